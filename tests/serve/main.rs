//! The preview server, asked as a browser asks: over sockets, on a free port.
//!
//! Nothing here waits for a fixed time: a test waits for the event that tells
//! browsers of a change, up to a deadline.

#![expect(clippy::unwrap_used, reason = "a helper that fails ends its test")]

mod browser;
mod changes;
mod compare;
mod hostile;
mod portal;
mod program;
mod public;
mod requests;
mod review;
