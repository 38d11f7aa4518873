//! Single files: hashing, writing anew, sharing, removing.
//!
//! Nothing here follows a symbolic link at the end of a path, and nothing is
//! ever written into a file that exists.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::manifest::Record;

/// How much of a copied file is in memory at a time.
const CHUNK: usize = 64 * 1024;

/// The record of bytes in memory.
pub(super) fn record_of(bytes: &[u8]) -> Record {
    Record { hash: xxh3_128(bytes), size: bytes.len() as u64 }
}

/// The record of a file on disk.
pub(super) fn record_of_file(path: &Path) -> io::Result<Record> {
    pump(&mut open_regular(path)?, &mut io::sink())
}

/// Opens a file for reading, but not a pipe, which could wait for ever.
pub(super) fn open_regular(path: &Path) -> io::Result<File> {
    let not_regular = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
    if !fs::metadata(path)?.is_file() {
        return Err(not_regular());
    }
    let file = File::open(path)?;
    // By now the name may be that of something without an end.
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

/// Copies everything and says what it was.
fn pump(from: &mut impl Read, to: &mut impl Write) -> io::Result<Record> {
    let mut hasher = Xxh3::new();
    let mut size = 0;
    let mut chunk = vec![0; CHUNK];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => {
                return Ok(Record { hash: hasher.digest128(), size });
            }
            Ok(length) => {
                hasher.update(&chunk[..length]);
                to.write_all(&chunk[..length])?;
                size += length as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Makes a new file, taking away whatever has its name.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            remove(path)?;
            File::create_new(path)
        }
        other => other,
    }
}

/// Writes bytes to a new file.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    create(path)?.write_all(bytes)
}

/// Copies an open file to a new file and says what was copied.
pub(super) fn copy_new(from: &mut File, to: &Path) -> io::Result<Record> {
    pump(from, &mut create(to)?)
}

/// Makes `to` the same file as `from`: by a hard link, or where there are none
/// by a copy with the same time.
pub(super) fn share(from: &Path, to: &Path) -> io::Result<()> {
    let wanted = from.symlink_metadata()?;
    if to.symlink_metadata().is_ok_and(|there| is_same(&wanted, &there)) {
        return Ok(());
    }
    let linked = match fs::hard_link(from, to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            remove(to)?;
            fs::hard_link(from, to)
        }
        other => other,
    };
    linked.or_else(|_| copy_with_time(from, to, &wanted))
}

/// Copies a file together with its time.
pub(super) fn copy_with_time(from: &Path, to: &Path, meta: &Metadata) -> io::Result<()> {
    let mut file = create(to)?;
    pump(&mut open_regular(from)?, &mut file)?;
    file.set_modified(meta.modified()?)
}

/// Whether two names lead to one file.
#[cfg(unix)]
fn is_same(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    a.dev() == b.dev() && a.ino() == b.ino()
}

/// Whether two names lead to one file: not known here, so it is linked anew.
#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// Removes a file, a link, or a folder with all that is in it; a name that is
/// not there is fine.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let result = match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
