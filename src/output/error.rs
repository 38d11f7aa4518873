//! What can go wrong while writing, with the path and what was being tried.
//!
//! Says nothing about content: these are failures of the machine or its set-up.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::diagnostics::Words;

/// Why the site was not written. The published folder is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The operating system refused something.
    Io {
        /// What was being tried.
        doing: Doing,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The output path has no last part, such as `/` or `..`.
    NoName(PathBuf),
    /// The folder has files, but not from this program.
    NotOurs(PathBuf),
    /// The path is a symbolic link, which is never followed.
    SymbolicLink(PathBuf),
    /// The path is a file.
    NotAFolder(PathBuf),
    /// Another build is writing to the same folder.
    Busy(PathBuf),
    /// There is no complete earlier release.
    NothingToRollBack(PathBuf),
    /// Two files have the same path.
    Twice(String),
    /// One path is a file and also the folder of another file.
    FileAndFolder(String),
    /// A file was begun, but failed.
    Unfinished(String),
}

/// What was being tried when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading a file or folder.
    Read,
    /// Writing a file.
    Write,
    /// Making a folder.
    MakeFolder,
    /// Removing a file or folder.
    Remove,
    /// Sharing an unchanged file between the two folders.
    Link,
    /// Taking the lock.
    Lock,
    /// Exchanging the two folders.
    Exchange,
}

impl Doing {
    /// Makes the error for `path`, for use in `map_err`.
    pub(super) fn failed(self, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
        move |source| WriteError::Io { doing: self, path: path.to_owned(), source }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Doing::Read => ("无法读取", "cannot read"),
            Doing::Write => ("无法写入", "cannot write"),
            Doing::MakeFolder => ("无法建立文件夹", "cannot make the folder"),
            Doing::Remove => ("无法删除", "cannot remove"),
            Doing::Link => ("无法沿用未变化的文件", "cannot keep the unchanged file"),
            Doing::Lock => ("无法锁定", "cannot lock"),
            Doing::Exchange => ("无法切换到新版本", "cannot exchange the folders at"),
        }
    }
}

impl WriteError {
    /// The message in both languages.
    pub fn words(&self) -> Words {
        match self {
            WriteError::Io { doing, path, source } => {
                let (zh, en) = doing.words();
                let path = path.display();
                Words::new(format!("{zh} `{path}`：{}", reason(source)), format!("{en} `{path}`: {source}"))
            }
            WriteError::NoName(path) => about(path, "不能作为输出文件夹", "cannot be the output folder"),
            WriteError::NotOurs(path) => about(
                path,
                "里有不是本程序生成的文件，为免误删，不写入；请换一个空文件夹",
                "has files that this program did not make; choose an empty folder",
            ),
            WriteError::SymbolicLink(path) => about(
                path,
                "是符号链接，不会跟随；请写出实际的文件夹",
                "is a symbolic link, which is not followed; name the folder itself",
            ),
            WriteError::NotAFolder(path) => about(path, "是文件，不是文件夹", "is a file, not a folder"),
            WriteError::Busy(path) => {
                about(path, "正在被另一次生成写入，请等它结束", "is being written by another build; wait for it to end")
            }
            WriteError::NothingToRollBack(path) => about(
                path,
                "旁边没有上一次发布的网站，换不回去，现在的没有动；发布过两次而且内容不同，才有上一次的",
                "has no complete release before this one to go back to, and stays as it is; there is one after two releases that differ",
            ),
            WriteError::Twice(path) => about(path, "被写入了两次", "is written twice"),
            WriteError::FileAndFolder(path) => {
                about(path, "既是文件，又是另一个文件所在的文件夹", "is a file and also the folder of another file")
            }
            WriteError::Unfinished(path) => about(path, "没有写完", "was not finished"),
        }
    }
}

/// A message that begins with a path.
fn about(path: impl AsRef<Path>, zh: &str, en: &str) -> Words {
    let path = path.as_ref().display();
    Words::new(format!("`{path}` {zh}"), format!("`{path}` {en}"))
}

/// The common reasons in Chinese; the rest as the system words them.
fn reason(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound => "不存在".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "所在的磁盘是只读的".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::QuotaExceeded => "磁盘配额已用完".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段是文件而不是文件夹".to_owned(),
        io::ErrorKind::IsADirectory => "是文件夹而不是文件".to_owned(),
        io::ErrorKind::InvalidFilename => "名称太长或含有不允许的字符".to_owned(),
        io::ErrorKind::CrossesDevices => "两个文件夹不在同一个磁盘上".to_owned(),
        // Not the system's word but ours: a pipe or a device where a file should be.
        io::ErrorKind::InvalidInput if source.raw_os_error().is_none() => "不是普通的文件".to_owned(),
        io::ErrorKind::ResourceBusy => "正在被使用，或是一个挂载点".to_owned(),
        _ => source.to_string(),
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
