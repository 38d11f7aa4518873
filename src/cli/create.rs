//! Writing files that are new: each is whole or not there, and nothing that exists is written over.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::files::not_written;
use crate::diagnostics::Words;

/// Writes a file that is not there yet.
///
/// # Errors
///
/// When it is there, or cannot be written.
pub(crate) fn new_file(path: &Path, bytes: &[u8]) -> Result<(), Words> {
    written(path, bytes).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let path = path.display();
            Words::new(format!("`{path}` 已经有了，不会覆盖"), format!("`{path}` exists and is not written over"))
        }
        _ => not_written(path, &error),
    })
}

/// Writes bytes beside a path, and gives them its name when they are whole.
fn written(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let own = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{own}.{}.tmp", std::process::id()));
    let result = fill(&beside, bytes).and_then(|()| match fs::hard_link(&beside, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Where there are no hard links the name is looked at before it is given.
        Err(_) if path.symlink_metadata().is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(&beside, path),
        Ok(()) => Ok(()),
    });
    // It has its name now, or is of no use.
    let _ = fs::remove_file(&beside);
    result
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes several files of which none is there yet, from a folder; all or none.
///
/// # Errors
///
/// When one is there, or cannot be written. Then those before it are taken away again.
pub(crate) fn new_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Words> {
    let mut done: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Err(words) = new_file(&path, bytes) {
            for path in &done {
                let _ = fs::remove_file(path);
            }
            return Err(words);
        }
        done.push(path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exists_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.yaml");
        new_file(&path, b"one").unwrap();
        let words = new_file(&path, b"two").unwrap_err();
        assert!(words.zh.ends_with("已经有了，不会覆盖"), "{}", words.zh);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn several_files_are_all_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "old").unwrap();
        let files = [("a".to_owned(), b"1".to_vec()), ("b".to_owned(), b"2".to_vec())];
        assert!(new_files(folder.path(), &files).is_err());
        assert!(!folder.path().join("a").exists());
        assert_eq!(fs::read(folder.path().join("b")).unwrap(), b"old");
    }
}
