//! The list of a release's files, by which a folder is known as ours.
//!
//! Text: a version line, then `path`, hash and size, with tabs between, sorted
//! by path. It holds no time, so that the same site gives the same manifest.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::SystemTime;

use super::OutputPath;
use super::file::remove;

/// The name of the list.
pub(super) const MANIFEST: &str = ".mingbai-manifest";
/// The name of the marker of a folder that is not complete.
pub(super) const MARKER: &str = ".mingbai-staging";
/// Names at the top of a folder that no page may have.
pub(super) const OWN_FILES: [&str; 2] = [MANIFEST, MARKER];

const VERSION: &str = "mingbai-manifest 1";
const ANY_VERSION: &str = "mingbai-manifest ";

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// xxh3-128 of its bytes.
    pub(super) hash: u128,
    /// Its length.
    pub(super) size: u64,
}

/// A list that was read.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The files by path.
    pub(super) files: HashMap<String, Record>,
    /// When the list was written; every file of the release is older.
    pub(super) written: Option<SystemTime>,
}

/// Reads the list of a folder; `None` if it has none, or one that is not ours.
/// Lines that are damaged are left out, so that their files are written anew.
pub(super) fn read(folder: &Path) -> io::Result<Option<Manifest>> {
    let path = folder.join(MANIFEST);
    let meta = match path.symlink_metadata() {
        Ok(meta) if meta.is_file() => meta,
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let bytes = std::fs::read(&path)?;
    let text = String::from_utf8_lossy(&bytes);
    if !text.starts_with(ANY_VERSION) {
        return Ok(None);
    }
    let mut lines = text.lines();
    let known = lines.next() == Some(VERSION);
    let files = lines.filter(|_| known).filter_map(parse_line).collect();
    Ok(Some(Manifest { files, written: meta.modified().ok() }))
}

fn parse_line(line: &str) -> Option<(String, Record)> {
    let mut parts = line.split('\t');
    let path = OutputPath::new(parts.next()?).ok()?;
    let hash = u128::from_str_radix(parts.next()?, 16).ok()?;
    let size = parts.next()?.parse().ok()?;
    Some((path.as_str().to_owned(), Record { hash, size }))
}

/// Writes the list of a folder as a new file.
pub(super) fn write(folder: &Path, files: &HashMap<String, Record>) -> io::Result<()> {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_unstable_by_key(|(path, _)| *path);
    let mut text = String::with_capacity(sorted.len() * 80);
    text.push_str(VERSION);
    text.push('\n');
    for (path, Record { hash, size }) in sorted {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{path}\t{hash:032x}\t{size}");
    }
    let path = folder.join(MANIFEST);
    remove(&path)?;
    std::fs::File::create_new(&path)?.write_all(text.as_bytes())
}

/// Whether a folder is marked as not complete.
pub(super) fn is_marked(folder: &Path) -> bool {
    folder.join(MARKER).symlink_metadata().is_ok()
}

/// Marks a folder as not complete and takes its list away.
pub(super) fn mark(folder: &Path) -> io::Result<()> {
    let marker = folder.join(MARKER);
    remove(&marker)?;
    std::fs::File::create_new(&marker)?;
    remove(&folder.join(MANIFEST))
}

/// Takes the mark away.
pub(super) fn unmark(folder: &Path) -> io::Result<()> {
    remove(&folder.join(MARKER))
}
