//! Where the folders are, whose they are, and who may write to them.
//!
//! Does not write a site. Refuses a folder that this program did not make, and
//! any folder that is reached through a symbolic link at its own name.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::{Doing, WriteError};
use super::exchange::{exchange, recover};
use super::manifest::{self, Manifest};

/// The folders of one site.
#[derive(Debug)]
pub(super) struct Folders {
    /// What the world sees.
    pub(super) published: PathBuf,
    /// The previous release, or the next one while it is made.
    pub(super) spare: PathBuf,
    /// Where the published folder waits in an exchange by renames.
    pub(super) aside: PathBuf,
    lock: PathBuf,
}

/// What is at the name of a folder.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A folder without files.
    Empty,
    /// A complete release.
    Release(Manifest),
    /// A folder that a build was making.
    HalfMade,
}

impl Folders {
    /// Names the folders for an output path.
    pub(super) fn locate(out: &Path) -> Result<Self, WriteError> {
        let out = std::path::absolute(out).map_err(Doing::Read.failed(out))?;
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(WriteError::NoName(out));
        };
        let beside = |suffix: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent.join(hidden)
        };
        Ok(Folders {
            spare: beside(".spare"),
            aside: beside(".aside"),
            lock: beside(".lock"),
            published: parent.join(name),
        })
    }

    /// Takes the lock, which lasts as long as the file is kept open.
    pub(super) fn lock(&self) -> Result<File, WriteError> {
        let failed = |error| Doing::Lock.failed(&self.lock)(error);
        if let Some(parent) = self.lock.parent() {
            fs::create_dir_all(parent).map_err(Doing::MakeFolder.failed(parent))?;
        }
        if self.lock.is_symlink() {
            return Err(WriteError::SymbolicLink(self.lock.clone()));
        }
        let file = File::options().write(true).create(true).truncate(false).open(&self.lock).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(WriteError::Busy(self.published.clone())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

/// Looks at a folder, and refuses one that is not ours.
pub(super) fn look(folder: &Path) -> Result<Found, WriteError> {
    let failed = |error| Doing::Read.failed(folder)(error);
    let meta = match folder.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        other => other.map_err(failed)?,
    };
    if meta.is_symlink() {
        return Err(WriteError::SymbolicLink(folder.to_owned()));
    }
    if !meta.is_dir() {
        return Err(WriteError::NotAFolder(folder.to_owned()));
    }
    if let Some(manifest) = manifest::read(folder).map_err(failed)? {
        return Ok(Found::Release(manifest));
    }
    if manifest::is_marked(folder) {
        return Ok(Found::HalfMade);
    }
    match fs::read_dir(folder).map_err(failed)?.next() {
        None => Ok(Found::Empty),
        Some(_) => Err(WriteError::NotOurs(folder.to_owned())),
    }
}

/// Looks at the published folder: the release in it, if it has one.
pub(super) fn look_at_published(folders: &Folders) -> Result<Option<Manifest>, WriteError> {
    let folder = &folders.published;
    match look(folder)? {
        Found::Nothing | Found::Empty => Ok(None),
        Found::HalfMade => Err(WriteError::NotOurs(folder.clone())),
        Found::Release(manifest) => {
            // Left by a build that was killed just after the exchange.
            manifest::unmark(folder).map_err(Doing::Remove.failed(folder))?;
            Ok(Some(manifest))
        }
    }
}

/// A release that is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// When it was completed.
    pub completed: Option<SystemTime>,
    /// How many web pages it has.
    pub pages: usize,
}

/// Exchanges the published folder with the previous release, and tells which is
/// published now. Doing it twice leads back.
///
/// # Errors
///
/// When there is no previous release that is whole, or the folders cannot be exchanged.
pub fn rollback(out: &Path) -> Result<Published, WriteError> {
    let folders = Folders::locate(out)?;
    let nothing = || WriteError::NothingToRollBack(folders.published.clone());
    if folders.spare.symlink_metadata().is_err() && folders.aside.symlink_metadata().is_err() {
        return Err(nothing());
    }
    let _lock = folders.lock()?;
    recover(&folders).map_err(Doing::Exchange.failed(&folders.published))?;
    look_at_published(&folders)?;
    match look(&folders.spare)? {
        Found::Release(manifest) if !manifest::is_marked(&folders.spare) => {
            exchange(&folders).map_err(Doing::Exchange.failed(&folders.published))?;
            let pages = manifest.files.keys().filter(|path| path.ends_with(".html")).count();
            Ok(Published { completed: manifest.written, pages })
        }
        _ => Err(nothing()),
    }
}
