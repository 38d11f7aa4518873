//! How many files a folder has, and how large they are.

use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

/// Some files together.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Size {
    /// How many.
    pub(crate) files: usize,
    /// Their bytes.
    pub(crate) bytes: u64,
}

impl Size {
    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

/// The files below a folder that are wanted.
pub(crate) fn size(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> io::Result<Size> {
    let mut size = Size::default();
    walk(folder, &mut |path, bytes| {
        if wanted(path) {
            size.add(bytes);
        }
    })?;
    Ok(size)
}

/// Whether a file is a page.
pub(crate) fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "html")
}

/// Calls for each file with its length, in the order of their names.
pub(crate) fn walk(folder: &Path, each: &mut dyn FnMut(&Path, u64)) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), each)?;
        } else {
            each(&entry.path(), entry.metadata()?.len());
        }
    }
    Ok(())
}
