//! A site while it is being written.
//!
//! The spare is touched only when the first changed file comes: until then it
//! is the previous release, and a build that changes nothing keeps it so.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::error::{Doing, WriteError};
use super::exchange::recover;
use super::file::{copy_new, open_regular, record_of, record_of_file, write_new};
use super::folders::{Folders, look, look_at_published};
use super::manifest::{self, Manifest, Record};
use super::tree::{Progress, Tree};
use super::{Content, OutputPath};

/// A site that is being written. Dropped without [`Staging::publish`], it
/// leaves the published folder as it was.
#[derive(Debug)]
pub struct Staging {
    pub(super) folders: Folders,
    /// The release that is published now.
    pub(super) published: Option<Manifest>,
    pub(super) tree: Tree,
    spare: Mutex<Spare>,
    /// Held until the end.
    _lock: File,
}

/// What became of the spare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spare {
    /// It is as it was found.
    Untouched,
    /// It was made by this build, so it holds nothing else.
    New,
    /// It was there before.
    Used,
}

/// Takes the lock and checks that `out` is absent, empty or ours.
pub fn open(out: &Path) -> Result<Staging, WriteError> {
    let folders = Folders::locate(out)?;
    // Refuse a wrong folder before anything is made beside it.
    look(&folders.published)?;
    let lock = folders.lock()?;
    recover(&folders).map_err(Doing::Exchange.failed(&folders.published))?;
    let published = look_at_published(&folders)?;
    look(&folders.spare)?;
    Ok(Staging { folders, published, tree: Tree::default(), spare: Mutex::new(Spare::Untouched), _lock: lock })
}

impl Staging {
    /// Puts one file of the site. May be called from many threads at once; the
    /// order does not matter, but each path may come only once.
    pub fn put(&self, path: &OutputPath, content: Content) -> Result<(), WriteError> {
        self.put_one(path, content).map(|_| ())
    }

    /// Puts one file and tells what became of it.
    pub(super) fn put_one(&self, path: &OutputPath, content: Content) -> Result<Progress, WriteError> {
        self.tree.reserve(path)?;
        let progress = match content {
            Content::Bytes(bytes) => self.put_bytes(path, &bytes),
            Content::CopyOf(from) => self.put_copy(path, &from),
        }?;
        self.tree.note(path, progress);
        Ok(progress)
    }

    fn put_bytes(&self, path: &OutputPath, bytes: &[u8]) -> Result<Progress, WriteError> {
        let record = record_of(bytes);
        if self.is_published(path, record) {
            return Ok(Progress::Unchanged(record));
        }
        self.begin()?;
        self.tree.make_folder_of(path.as_str(), &self.folders.spare)?;
        let to = self.folders.spare.join(path.as_str());
        write_new(&to, bytes).map_err(Doing::Write.failed(&to))?;
        Ok(Progress::Written(record))
    }

    fn put_copy(&self, path: &OutputPath, from: &Path) -> Result<Progress, WriteError> {
        let failed = |error| Doing::Read.failed(from)(error);
        // Only a file of the same length can be the same; only then is it read twice.
        let mut source = open_regular(from).map_err(failed)?;
        let size = source.metadata().map_err(failed)?.len();
        if self.published_record(path).is_some_and(|old| old.size == size) {
            let record = record_of_file(from).map_err(failed)?;
            if self.is_published(path, record) {
                return Ok(Progress::Unchanged(record));
            }
        }
        self.begin()?;
        self.tree.make_folder_of(path.as_str(), &self.folders.spare)?;
        let to = self.folders.spare.join(path.as_str());
        copy_new(&mut source, &to).map_err(Doing::Write.failed(&to)).map(Progress::Written)
    }

    /// What the published release has at a path.
    pub(super) fn published_record(&self, path: &OutputPath) -> Option<Record> {
        self.published.as_ref()?.files.get(path.as_str()).copied()
    }

    /// Whether the published file holds exactly this, now.
    pub(super) fn is_published(&self, path: &OutputPath, record: Record) -> bool {
        if self.published_record(path) != Some(record)
            || !self.tree.is_in_real_folder(path.as_str(), &self.folders.published)
        {
            return false;
        }
        let place = self.folders.published.join(path.as_str());
        let Ok(meta) = place.symlink_metadata() else {
            return false;
        };
        if !meta.is_file() || meta.len() != record.size {
            return false;
        }
        let written = self.published.as_ref().and_then(|manifest| manifest.written);
        let is_older = match (meta.modified(), written) {
            (Ok(modified), Some(written)) => modified < written,
            _ => false,
        };
        is_older || record_of_file(&place).is_ok_and(|found| found == record)
    }

    /// Makes sure that the spare is there and marked as not complete.
    pub(super) fn begin(&self) -> Result<Spare, WriteError> {
        let mut state = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if *state != Spare::Untouched {
            return Ok(*state);
        }
        let spare = &self.folders.spare;
        let begun = match fs::create_dir(spare) {
            Ok(()) => Spare::New,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Spare::Used,
            Err(error) => return Err(Doing::MakeFolder.failed(spare)(error)),
        };
        manifest::mark(spare).map_err(Doing::Write.failed(spare))?;
        *state = begun;
        Ok(begun)
    }
}
