//! The files of a content folder, as they were read.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::source::Pointer;

/// Which file of a [`SourceTree`]; an index issued by the load stage only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

impl FileId {
    /// The first file of a tree, for findings that belong to none.
    pub(crate) const FIRST: FileId = FileId(0);

    /// Its position in the tree.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One text file, as read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its id.
    pub id: FileId,
    /// Its path from the root folder, with `/` between the parts: `content/site.yaml`.
    pub path: String,
    /// Its text. A byte order mark at the start has been dropped.
    pub text: Arc<str>,
}

/// One file that is passed on and not parsed: a form, a picture.
#[derive(Debug, Clone)]
pub struct BinaryFile {
    /// Its path from the root folder, with `/` between the parts.
    pub path: String,
    /// Where its bytes are on disk.
    pub disk: PathBuf,
    /// Its size in bytes; of what a pointer stands for, that of the file itself.
    pub size: u64,
    /// The Git LFS pointer that is there in place of the file.
    pub pointer: Option<Pointer>,
}

impl BinaryFile {
    /// Its bytes.
    ///
    /// # Errors
    ///
    /// When it is not on disk or cannot be read.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.disk)
    }
}

/// Everything the load stage read, in the order of paths.
#[derive(Debug, Default, Clone)]
pub struct SourceTree {
    /// The text files; a [`FileId`] is an index into this list.
    pub files: Vec<SourceFile>,
    /// The files that are passed on.
    pub binaries: Vec<BinaryFile>,
    /// Which of the files are cells of a table, and where people find them: the row, and the heading of the column.
    pub(crate) cells: BTreeMap<FileId, (u32, String)>,
}

impl SourceTree {
    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Lets go of the texts of files nobody asks for any more; the files themselves stay.
    pub(crate) fn keep_texts(&mut self, is_needed: impl Fn(&SourceFile) -> bool) {
        let none: Arc<str> = Arc::from("");
        for file in self.files.iter_mut().filter(|file| !is_needed(file)) {
            file.text = Arc::clone(&none);
        }
    }

    /// Adds an empty file that should be there, so that a finding can name it.
    pub(crate) fn add_missing(&mut self, path: &str) -> FileId {
        self.add_text(path, &Arc::from(""))
    }

    /// Adds a text that is not on disk, such as a built-in template.
    pub(crate) fn add_text(&mut self, path: &str, text: &Arc<str>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { id, path: path.to_owned(), text: Arc::clone(text) });
        id
    }
}
