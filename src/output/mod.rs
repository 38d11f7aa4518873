//! Writing the finished site, so that nothing old is lost before the new is whole.
//!
//! Two folders take turns: the published one (`dist`) and a spare beside it
//! (`.dist.spare`), which holds the previous release. [`open`] takes a lock
//! (`.dist.lock`), [`Staging::put`] brings files, [`Staging::publish`] completes
//! the spare and exchanges the two in one step of the file system. A build that
//! fails, is killed or fills the disk leaves the published folder as it was.
//!
//! A file whose bytes did not change is shared by a hard link, so it keeps its
//! time; a changed one is always a new file, never written through a link. When
//! nothing changed at all nothing is exchanged, and [`rollback`] still leads to
//! the release before. Each folder has a manifest, `.mingbai-manifest`, written
//! last; while a folder is being made it has a marker, `.mingbai-staging`.
//!
//! A file that was edited by hand is known by its size, or by a time not older
//! than the manifest's, and is then read and compared. An edit that keeps the
//! size and sets the clock back is not noticed.
//!
//! On request a text has its compressed forms beside it (`index.html.gz`,
//! `index.html.br`), which web servers send as they are. Only those of changed
//! files are made; the others are carried over together with their file.
//!
//! This module does not know what a page is, and it does not force data to the
//! disk: it guards against killed builds, not against power cuts.

mod change;
mod compressed;
mod error;
mod exchange;
mod file;
mod folders;
mod manifest;
pub(crate) mod media;
mod path;
mod publish;
mod replace;
mod staging;
mod tree;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

pub use change::{Change, change};
pub use error::{Doing, WriteError};
pub use folders::{Published, rollback};
pub use path::{OutputPath, OutputPathError};
pub use replace::{ReplaceError, Replacement, replace};
pub use staging::{Staging, open};

/// What a file of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What the file at this path holds.
    CopyOf(PathBuf),
}

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteReport {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the site before that are gone.
    pub removed: usize,
    /// Bytes of the files that were written.
    pub bytes: u64,
}
