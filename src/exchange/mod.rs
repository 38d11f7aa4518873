//! What comes in from other systems and goes out to them.
//!
//! [`map`] turns a foreign list into the files of a portal.

pub mod map;
