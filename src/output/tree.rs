//! Which files and folders the new site has, known while it is being written.
//!
//! Keeps a file and a folder from having one name, makes each folder once, and
//! finds what is on disk but not in the site. It writes no file.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::OutputPath;
use super::error::{Doing, WriteError};
use super::file::remove;
use super::manifest::{OWN_FILES, Record};

/// How far a file of the new site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// Its name is taken.
    Begun,
    /// The published file is already right.
    Unchanged(Record),
    /// It was written to the spare.
    Written(Record),
}

/// What is known of a folder of the new site.
#[derive(Debug, Clone, Copy, Default)]
struct Folder {
    /// It was made in the spare.
    made: bool,
    /// It is a folder in the published site too, and not behind a link.
    real: Option<bool>,
}

/// The names of the new site.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The files by path.
    pub(super) files: HashMap<String, Progress>,
    folders: HashMap<String, Folder>,
}

/// The names of the new site, for many threads.
#[derive(Debug, Default)]
pub(super) struct Tree(Mutex<Names>);

impl Tree {
    fn names(&self) -> MutexGuard<'_, Names> {
        // Every change is a single insertion, so a panic elsewhere breaks nothing.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A tree that goes on from these names.
    pub(super) fn from_names(names: Names) -> Self {
        Tree(Mutex::new(names))
    }

    /// All names, when the last file is put.
    pub(super) fn into_names(self) -> Names {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the name of a file and of the folders above it.
    pub(super) fn reserve(&self, path: &OutputPath) -> Result<(), WriteError> {
        let path = path.as_str();
        let mut names = self.names();
        if names.files.contains_key(path) {
            return Err(WriteError::Twice(path.to_owned()));
        }
        if names.folders.contains_key(path) {
            return Err(WriteError::FileAndFolder(path.to_owned()));
        }
        let parent = parent(path);
        if !names.folders.contains_key(parent) {
            if let Some(file) = lineage(parent).find(|folder| names.files.contains_key(*folder)) {
                return Err(WriteError::FileAndFolder(file.to_owned()));
            }
            for folder in lineage(parent) {
                names.folders.entry(folder.to_owned()).or_default();
            }
        }
        names.files.insert(path.to_owned(), Progress::Begun);
        Ok(())
    }

    /// Notes how far a file is.
    pub(super) fn note(&self, path: &OutputPath, progress: Progress) {
        self.names().files.insert(path.as_str().to_owned(), progress);
    }

    /// Makes the folder of a file below `root`, taking away what is in its place.
    pub(super) fn make_folder_of(&self, path: &str, root: &Path) -> Result<(), WriteError> {
        let parent = parent(path);
        if self.folder(parent).made {
            return Ok(());
        }
        for folder in lineage(parent) {
            if !self.folder(folder).made {
                let place = root.join(folder);
                make_folder(&place).map_err(Doing::MakeFolder.failed(&place))?;
                self.names().folders.entry(folder.to_owned()).or_default().made = true;
            }
        }
        Ok(())
    }

    /// Whether every folder above a file is a folder of its own below `root`.
    pub(super) fn is_in_real_folder(&self, path: &str, root: &Path) -> bool {
        let parent = parent(path);
        if let Some(real) = self.folder(parent).real {
            return real;
        }
        let mut real = true;
        for folder in lineage(parent) {
            let known = self.folder(folder).real;
            real =
                real && known.unwrap_or_else(|| root.join(folder).symlink_metadata().is_ok_and(|meta| meta.is_dir()));
            self.names().folders.entry(folder.to_owned()).or_default().real = Some(real);
        }
        real
    }

    fn folder(&self, folder: &str) -> Folder {
        if folder.is_empty() {
            return Folder { made: true, real: Some(true) };
        }
        self.names().folders.get(folder).copied().unwrap_or_default()
    }
}

impl Names {
    /// What is below `root` and not of this site; of a folder only its top.
    pub(super) fn strays(&self, root: &Path) -> Result<Vec<PathBuf>, WriteError> {
        self.strays_below(root, "")
    }

    fn strays_below(&self, place: &Path, folder: &str) -> Result<Vec<PathBuf>, WriteError> {
        let failed = |error| Doing::Read.failed(place)(error);
        let mut strays = Vec::new();
        let mut below = Vec::new();
        for entry in fs::read_dir(place).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                strays.push(entry.path());
                continue;
            };
            if folder.is_empty() && OWN_FILES.contains(&name) {
                continue;
            }
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            if kind.is_dir() && self.folders.contains_key(&path) {
                below.push(path);
            } else if !(kind.is_file() && self.files.contains_key(&path)) {
                strays.push(entry.path());
            }
        }
        let deeper: Vec<Vec<PathBuf>> = below
            .par_iter()
            .map(|path| {
                let name = path.rsplit('/').next().unwrap_or(path);
                self.strays_below(&place.join(name), path)
            })
            .collect::<Result<_, _>>()?;
        strays.extend(deeper.into_iter().flatten());
        Ok(strays)
    }
}

/// Makes one folder; its parent is there. Two threads may do so at once, for a
/// folder is never removed here.
fn make_folder(place: &Path) -> io::Result<()> {
    let made = fs::create_dir(place);
    let in_the_way = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
    if !made.as_ref().is_err_and(in_the_way) {
        return made;
    }
    let is_folder = || place.symlink_metadata().is_ok_and(|meta| meta.is_dir());
    if is_folder() {
        return Ok(());
    }
    // A file or link; another thread may just have done the same with it.
    let removed = fs::remove_file(place);
    match fs::create_dir(place) {
        Err(_) if is_folder() => Ok(()),
        Err(error) => Err(removed.err().unwrap_or(error)),
        Ok(()) => Ok(()),
    }
}

/// Removes what is not of the site.
pub(super) fn remove_all(strays: &[PathBuf]) -> Result<(), WriteError> {
    strays.par_iter().try_for_each(|stray| remove(stray).map_err(Doing::Remove.failed(stray)))
}

/// The folder of a path; empty at the top.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// A folder and those above it, from the top; none for the top itself.
fn lineage(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at);
    let all = ends.chain((!folder.is_empty()).then_some(folder.len()));
    all.map(move |end| &folder[..end])
}
