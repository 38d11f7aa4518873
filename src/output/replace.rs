//! New texts in place of files of the content folder.
//!
//! For the commands that write into what editors keep by hand. All files are
//! looked at before the first is written; each is written beside its place and
//! moved there whole, with the permissions it had. A file that is not what it
//! was when it was read is left alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostics::Words;

/// A file of the content folder with its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Its path from the root folder, with `/` between the parts.
    pub path: String,
    /// What it held when it was read, without a byte order mark.
    pub before: String,
    /// What it shall hold.
    pub after: String,
}

/// Why a file was not replaced.
#[derive(Debug)]
pub enum ReplaceError {
    /// It holds something else than when it was read.
    Changed(String),
    /// It may not be written.
    ReadOnly(String),
    /// It lies outside of the root folder, behind a symbolic link.
    Outside(String),
    /// The operating system refused.
    Io(String, io::Error),
}

impl ReplaceError {
    /// The message in both languages.
    pub fn words(&self) -> Words {
        match self {
            ReplaceError::Changed(path) => Words::new(
                format!("`{path}` 刚才又被改过，没有写；再运行一次"),
                format!("`{path}` has changed meanwhile and was not written; run this again"),
            ),
            ReplaceError::ReadOnly(path) => Words::new(
                format!("`{path}` 是只读的，没有写；去掉只读再运行一次"),
                format!("`{path}` is read-only and was not written; make it writable and run this again"),
            ),
            ReplaceError::Outside(path) => Words::new(
                format!("`{path}` 指向门户文件夹外面，没有写"),
                format!("`{path}` leads out of the portal's folder and was not written"),
            ),
            ReplaceError::Io(path, error) if error.kind() == io::ErrorKind::AlreadyExists => Words::new(
                format!("`{path}` 已经有了，没有写"),
                format!("`{path}` is there already; nothing was written"),
            ),
            ReplaceError::Io(path, error) => {
                Words::new(format!("写不了 `{path}`（{error}）"), format!("`{path}` cannot be written ({error})"))
            }
        }
    }
}

/// Replaces the files, or none of them if one cannot be. Only when the disk fails
/// halfway some are written and some are not; each of them is whole.
///
/// # Errors
///
/// When a file has changed, is read-only, or cannot be written.
pub fn replace(root: &Path, replacements: &[Replacement]) -> Result<(), ReplaceError> {
    let mut places = Vec::with_capacity(replacements.len());
    for one in replacements {
        places.push(place(root, one)?);
    }
    for (one, disk) in replacements.iter().zip(places) {
        write(&disk, one).map_err(|error| ReplaceError::Io(one.path.clone(), error))?;
    }
    Ok(())
}

/// Where the file is, if it is what it was and may be written.
pub(super) fn place(root: &Path, one: &Replacement) -> Result<PathBuf, ReplaceError> {
    let failed = |error| ReplaceError::Io(one.path.clone(), error);
    let root = fs::canonicalize(root).map_err(failed)?;
    let disk = fs::canonicalize(root.join(&one.path)).map_err(failed)?;
    if !disk.starts_with(&root) {
        return Err(ReplaceError::Outside(one.path.clone()));
    }
    if fs::metadata(&disk).map_err(failed)?.permissions().readonly() {
        return Err(ReplaceError::ReadOnly(one.path.clone()));
    }
    let now = fs::read(&disk).map_err(failed)?;
    let now = now.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&now);
    if now != one.before.as_bytes() {
        return Err(ReplaceError::Changed(one.path.clone()));
    }
    Ok(disk)
}

/// Writes the new text beside the file and moves it there.
pub(super) fn write(disk: &Path, one: &Replacement) -> io::Result<()> {
    let name = disk.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = disk.with_file_name(format!(".{name}.mingbai-{}~", std::process::id()));
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(one.after.as_bytes())?;
        file.sync_all()?;
        fs::set_permissions(&beside, fs::metadata(disk)?.permissions())?;
        fs::rename(&beside, disk)
    };
    written().inspect_err(|_| _ = fs::remove_file(&beside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, before: &str, after: &str) -> Replacement {
        Replacement { path: path.to_owned(), before: before.to_owned(), after: after.to_owned() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_replaced_whole_with_their_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, b"\xEF\xBB\xBF\xE6\x97\xA7\r\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(folder.path(), &[one("a.yaml", "旧\r\n", "新\r\n")]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "新\r\n");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(names(folder.path()), ["a.yaml"]);
    }

    #[test]
    fn nothing_is_written_if_one_cannot_be() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.yaml"), "甲").unwrap();
        fs::write(folder.path().join("b.yaml"), "别的").unwrap();
        let all = [one("a.yaml", "甲", "新"), one("b.yaml", "乙", "新")];
        let error = replace(folder.path(), &all).unwrap_err();
        assert_eq!(error.words().zh, "`b.yaml` 刚才又被改过，没有写；再运行一次");
        assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), "甲");
        let mut permissions = fs::metadata(folder.path().join("b.yaml")).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(folder.path().join("b.yaml"), permissions).unwrap();
        let error = replace(folder.path(), &[one("b.yaml", "别的", "新")]).unwrap_err();
        assert!(matches!(error, ReplaceError::ReadOnly(_)));
        assert!(matches!(replace(folder.path(), &[one("c.yaml", "", "")]), Err(ReplaceError::Io(..))));
    }

    #[test]
    fn links_are_followed_within_the_folder_only() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.yaml"), "甲").unwrap();
        fs::write(other.path().join("b.yaml"), "甲").unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.yaml"), folder.path().join("in.yaml")).unwrap();
        std::os::unix::fs::symlink(other.path().join("b.yaml"), folder.path().join("out.yaml")).unwrap();
        replace(folder.path(), &[one("in.yaml", "甲", "乙")]).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a.yaml")).unwrap(), "乙");
        assert!(fs::symlink_metadata(folder.path().join("in.yaml")).unwrap().is_symlink());
        let error = replace(folder.path(), &[one("out.yaml", "甲", "乙")]).unwrap_err();
        assert!(matches!(error, ReplaceError::Outside(_)));
    }
}
