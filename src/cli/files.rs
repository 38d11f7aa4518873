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
        if let Ok(meta) = fs::metadata(path) {
            fs::set_permissions(&beside, meta.permissions()).map_err(|error| (path, error))?;
        }
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

/// A place whose file still says what it said when it was read; a new one must not be there.
///
/// # Errors
///
/// When somebody else wrote it in the meantime.
pub(crate) fn unchanged(place: PathBuf, before: Option<&str>) -> Result<PathBuf, Words> {
    let now = fs::read(&place).ok();
    let now = now.as_deref().map(|bytes| bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    if now == before.map(str::as_bytes) {
        return Ok(place);
    }
    Err(Words::new(
        format!("`{}` 刚刚被别人改过，一个字也没有写。再运行一次", place.display()),
        format!("`{}` was changed in the meantime, and nothing was written: run it again", place.display()),
    ))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_replaced_when_one_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::write(place("a"), "old").unwrap();
        fs::write(place("file"), "").unwrap();
        let all = [(place("a"), b"new".to_vec()), (place("file/b"), b"new".to_vec())];
        assert!(write_all(&all).is_err());
        assert_eq!(fs::read_to_string(place("a")).unwrap(), "old");
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        write_all(&[(place("a"), b"new".to_vec()), (place("b/c"), b"new".to_vec())]).unwrap();
        assert_eq!(
            [fs::read_to_string(place("a")).unwrap(), fs::read_to_string(place("b/c")).unwrap()],
            ["new", "new"]
        );
    }

    #[test]
    fn only_what_is_as_it_was_is_written_and_only_below_the_root() {
        let folder = tempfile::tempdir().unwrap();
        let out = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "\u{feff}old").unwrap();
        let place = below(folder.path(), "a").unwrap();
        assert!(unchanged(place.clone(), Some("old")).is_ok());
        assert!(unchanged(place.clone(), Some("other")).is_err() && unchanged(place, None).is_err());
        assert!(unchanged(folder.path().join("b"), None).is_ok());
        std::os::unix::fs::symlink(out.path(), folder.path().join("link")).unwrap();
        assert!(below(folder.path(), "link/new.yaml").is_err());
        assert!(below(folder.path(), "new/new.yaml").is_ok());
    }
}
