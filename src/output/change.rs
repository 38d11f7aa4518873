//! Several changes of the content folder at once: all of them, or none.
//!
//! For the commands that make, move and take away what editors keep by hand.
//! Everything is looked at before the first change is made; if the disk fails
//! halfway, what was done is undone in the other order.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::output::replace::{self, ReplaceError, Replacement};

/// One change. Paths are from the root folder, with `/` between the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A text in place of another.
    Replace(Replacement),
    /// A text where no file is.
    Create {
        /// Where it is written.
        path: String,
        /// What it holds.
        text: String,
    },
    /// A file or a whole folder goes to where nothing is.
    Move {
        /// Where it is.
        from: String,
        /// Where it goes.
        to: String,
    },
    /// A file goes.
    Remove {
        /// Where it is.
        path: String,
        /// What it held when it was read, without a byte order mark.
        before: String,
    },
}

/// What was done, and undoes it.
enum Done {
    Wrote { disk: PathBuf, before: Vec<u8> },
    Created { disk: PathBuf },
    Folder { disk: PathBuf },
    Moved { from: PathBuf, to: PathBuf },
    Removed { disk: PathBuf, before: Vec<u8> },
}

/// Makes the changes in their order, or none of them.
///
/// # Errors
///
/// When one of them cannot be made; everything is as it was then.
pub fn change(root: &Path, changes: &[Change]) -> Result<(), ReplaceError> {
    let root = fs::canonicalize(root).map_err(|error| ReplaceError::Io(root.display().to_string(), error))?;
    for one in changes {
        look(&root, one)?;
    }
    let mut done = Vec::new();
    for one in changes {
        if let Err((path, error)) = make(&root, one, &mut done) {
            undo(done);
            return Err(ReplaceError::Io(path, error));
        }
    }
    for one in changes {
        if let Change::Move { from: path, .. } | Change::Remove { path, .. } = one {
            remove_empty(&root, path);
        }
    }
    Ok(())
}

/// Whether a change can be made, as far as can be told before the others are.
fn look(root: &Path, one: &Change) -> Result<(), ReplaceError> {
    let failed = |path: &str, error| ReplaceError::Io(path.to_owned(), error);
    match one {
        Change::Replace(replacement) => replace::place(root, replacement).map(|_| ()),
        Change::Remove { path, before } => {
            let as_is = Replacement { path: path.clone(), before: before.clone(), after: String::new() };
            replace::place(root, &as_is).map(|_| ())
        }
        Change::Create { path, .. } => free(root, path),
        Change::Move { from, to } => {
            let disk = fs::canonicalize(root.join(from)).map_err(|error| failed(from, error))?;
            if !disk.starts_with(root) {
                return Err(ReplaceError::Outside(from.clone()));
            }
            free(root, to)
        }
    }
}

/// Whether there is nothing at a path, and what is above it lies below the root.
fn free(root: &Path, path: &str) -> Result<(), ReplaceError> {
    let disk = root.join(path);
    if fs::symlink_metadata(&disk).is_ok() {
        return Err(ReplaceError::Io(path.to_owned(), io::ErrorKind::AlreadyExists.into()));
    }
    let is_climbing = path.split('/').any(|part| matches!(part, "" | "." | ".."));
    let above = disk.ancestors().skip(1).find_map(|folder| fs::canonicalize(folder).ok());
    match above {
        Some(above) if above.starts_with(root) && !is_climbing => Ok(()),
        _ => Err(ReplaceError::Outside(path.to_owned())),
    }
}

fn make(root: &Path, one: &Change, done: &mut Vec<Done>) -> Result<(), (String, io::Error)> {
    let (path, result) = match one {
        Change::Replace(replacement) => (&replacement.path, replaced(root, replacement, done)),
        Change::Create { path, text } => (path, created(root, path, text, done)),
        Change::Move { from, to } => (from, moved(root, from, to, done)),
        Change::Remove { path, .. } => (path, removed(root, path, done)),
    };
    result.map_err(|error| (path.clone(), error))
}

fn replaced(root: &Path, one: &Replacement, done: &mut Vec<Done>) -> io::Result<()> {
    let disk = fs::canonicalize(root.join(&one.path))?;
    let before = fs::read(&disk)?;
    replace::write(&disk, one)?;
    done.push(Done::Wrote { disk, before });
    Ok(())
}

fn created(root: &Path, path: &str, text: &str, done: &mut Vec<Done>) -> io::Result<()> {
    let disk = root.join(path);
    folders(&disk, done)?;
    let name = disk.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = disk.with_file_name(format!(".{name}.mingbai-{}~", std::process::id()));
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        // A link, unlike a rename, never takes the place of what came meanwhile.
        fs::hard_link(&beside, &disk)
    };
    let result = written();
    _ = fs::remove_file(&beside);
    result?;
    done.push(Done::Created { disk });
    Ok(())
}

fn moved(root: &Path, from: &str, to: &str, done: &mut Vec<Done>) -> io::Result<()> {
    let (from, to) = (root.join(from), root.join(to));
    folders(&to, done)?;
    if fs::symlink_metadata(&to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(&from, &to)?;
    done.push(Done::Moved { from, to });
    Ok(())
}

fn removed(root: &Path, path: &str, done: &mut Vec<Done>) -> io::Result<()> {
    let disk = root.join(path);
    let before = fs::read(&disk)?;
    fs::remove_file(&disk)?;
    done.push(Done::Removed { disk, before });
    Ok(())
}

/// Makes the folders above a path.
fn folders(disk: &Path, done: &mut Vec<Done>) -> io::Result<()> {
    let missing: Vec<&Path> = disk.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        done.push(Done::Folder { disk: folder.to_owned() });
    }
    Ok(())
}

/// Takes back what was done, the last first. What cannot be taken back stays.
fn undo(done: Vec<Done>) {
    for one in done.into_iter().rev() {
        _ = match one {
            Done::Wrote { disk, before } | Done::Removed { disk, before } => fs::write(disk, before),
            Done::Created { disk } => fs::remove_file(disk),
            Done::Folder { disk } => fs::remove_dir(disk),
            Done::Moved { from, to } => fs::rename(to, from),
        };
    }
}

/// Takes away the folders above a path that are empty now.
fn remove_empty(root: &Path, path: &str) {
    let disk = root.join(path);
    for folder in disk.ancestors().skip(1).take_while(|folder| folder.starts_with(root) && *folder != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/a/item/files")).unwrap();
        fs::write(folder.path().join("content/a/item/item.yaml"), "甲\n").unwrap();
        fs::write(folder.path().join("content/a/item/files/表.docx"), [0, 1]).unwrap();
        fs::write(folder.path().join("content/a/a.yaml"), "乙\n").unwrap();
        folder
    }

    fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(&next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path.clone());
                    all.push((path, Vec::new()));
                } else {
                    all.push((path.clone(), fs::read(&path).unwrap()));
                }
            }
        }
        all.sort();
        all
    }

    fn changes() -> Vec<Change> {
        let replacement = Replacement {
            path: "content/a/item/item.yaml".to_owned(),
            before: "甲\n".to_owned(),
            after: "丙\n".to_owned(),
        };
        vec![
            Change::Replace(replacement),
            Change::Create { path: "content/new/x.yaml".to_owned(), text: "丁\n".to_owned() },
            Change::Remove { path: "content/a/a.yaml".to_owned(), before: "乙\n".to_owned() },
            Change::Move { from: "content/a/item".to_owned(), to: "content/b/item".to_owned() },
        ]
    }

    #[test]
    fn everything_is_changed() {
        let folder = folder();
        change(folder.path(), &changes()).unwrap();
        let paths: Vec<String> = tree(folder.path())
            .into_iter()
            .filter(|(path, _)| path.is_file())
            .map(|(path, _)| path.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(paths, ["content/b/item/files/表.docx", "content/b/item/item.yaml", "content/new/x.yaml"]);
        assert_eq!(fs::read_to_string(folder.path().join("content/b/item/item.yaml")).unwrap(), "丙\n");
        assert!(!folder.path().join("content/a").exists(), "empty folders go");
    }

    #[test]
    fn or_nothing_is() {
        let folder = folder();
        let before = tree(folder.path());
        // The last change is found to be impossible only when it is made: its source went with the one before.
        let mut all = changes();
        all.push(Change::Move { from: "content/a/item/files".to_owned(), to: "content/c".to_owned() });
        let error = change(folder.path(), &all).unwrap_err();
        assert!(matches!(error, ReplaceError::Io(path, _) if path == "content/a/item/files"));
        assert_eq!(tree(folder.path()), before);
        for bad in [
            Change::Create { path: "content/a/a.yaml".to_owned(), text: String::new() },
            Change::Create { path: "../x".to_owned(), text: String::new() },
            Change::Move { from: "content/a/item".to_owned(), to: "content/a/a.yaml".to_owned() },
            Change::Remove { path: "content/a/a.yaml".to_owned(), before: "别的".to_owned() },
        ] {
            let mut all = changes();
            all.push(bad);
            assert!(change(folder.path(), &all).is_err());
            assert_eq!(tree(folder.path()), before);
        }
    }
}
