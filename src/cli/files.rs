//! Writing files so that none is ever half there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostics::Words;

/// Writes several files: all of them are finished beside their places before the first takes its own.
///
/// # Errors
///
/// When one cannot be written. Then none was replaced, unless the system failed between two of them.
pub(crate) fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Words> {
    let mut ready: Vec<(PathBuf, &Path)> = Vec::new();
    let prepared = files.iter().try_for_each(|(path, bytes)| {
        let beside = beside(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| (path, error))?;
        }
        fs::write(&beside, bytes).map_err(|error| (path, error))?;
        ready.push((beside, path));
        Ok(())
    });
    let written = prepared.and_then(|()| {
        files.iter().try_for_each(|(path, _)| fs::rename(beside(path), path).map_err(|error| (path, error)))
    });
    written.map_err(|(path, error)| {
        for (beside, _) in &ready {
            let _ = fs::remove_file(beside);
        }
        not_written(path, &error)
    })
}

/// A name beside a file, of a kind that is never read as content.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.tmp"))
}

/// Why a file was not written.
pub(crate) fn not_written(path: &Path, error: &io::Error) -> Words {
    Words::new(
        format!("写不了 `{}`（{error}）", path.display()),
        format!("`{}` cannot be written ({error})", path.display()),
    )
}

/// Where a file below the root is to be written, if that is truly below it: links are followed.
///
/// # Errors
///
/// When the place is out of the root.
pub(crate) fn below(root: &Path, path: &str) -> Result<PathBuf, Words> {
    let place = root.join(path);
    let out = || {
        Words::new(
            format!("`{path}` 经过链接指到门户文件夹外面，没有写"),
            format!("`{path}` leads out of the portal's folder by a link and was not written"),
        )
    };
    let root = fs::canonicalize(root).map_err(|_| out())?;
    if let Ok(real) = fs::canonicalize(&place) {
        return if real.starts_with(&root) { Ok(real) } else { Err(out()) };
    }
    let there = place.ancestors().skip(1).find_map(|folder| fs::canonicalize(folder).ok()).ok_or_else(out)?;
    if there.starts_with(&root) { Ok(place) } else { Err(out()) }
}
