//! The load stage: a portal's files from a folder, from what is kept of it, or from a revision.
//!
//! What cannot be read is a finding; nothing outside of the folder is.

pub mod git;
mod read;
mod store;

pub use read::{Given, Loaded, load, load_given};
pub(crate) use read::{is_ignored, is_read, text_of};
pub use store::Store;
