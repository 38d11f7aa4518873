//! The preview server, asked as a browser asks: over sockets, on a free port.
//!
//! Nothing here waits for a fixed time: a test waits for the event that tells
//! browsers of a change, up to a deadline.

mod browser;
mod changes;
mod portal;
mod requests;
