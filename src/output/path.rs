//! The path of a file within the site.
//!
//! Pure: it looks at the text only, never at a disk.

use std::borrow::Borrow;
use std::fmt;

use crate::diagnostics::Words;

use super::manifest;

/// A path within the site: relative, with `/` between its parts, no part empty,
/// `.` or `..`, no backslash and no control character.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutputPath(String);

/// Why a text is no [`OutputPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputPathError {
    /// It is empty.
    Empty,
    /// It begins with `/`.
    Absolute,
    /// A part between two `/` is empty.
    EmptyPart,
    /// A part is `.` or `..`.
    DotPart,
    /// It has a backslash, NUL or another control character.
    ForbiddenCharacter,
    /// The name belongs to this program's own bookkeeping.
    Reserved,
}

impl OutputPath {
    /// Checks a path.
    pub fn new(path: &str) -> Result<Self, OutputPathError> {
        if path.is_empty() {
            return Err(OutputPathError::Empty);
        }
        if path.starts_with('/') {
            return Err(OutputPathError::Absolute);
        }
        if path.contains(|c: char| c == '\\' || c.is_control()) {
            return Err(OutputPathError::ForbiddenCharacter);
        }
        for part in path.split('/') {
            match part {
                "" => return Err(OutputPathError::EmptyPart),
                "." | ".." => return Err(OutputPathError::DotPart),
                _ => {}
            }
        }
        let first = path.split('/').next().unwrap_or_default();
        if manifest::OWN_FILES.contains(&first) {
            return Err(OutputPathError::Reserved);
        }
        Ok(OutputPath(path.to_owned()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A path compares as its text does, so it can be looked up by it.
impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OutputPathError {
    /// The reason in both languages.
    pub fn words(&self) -> Words {
        match self {
            OutputPathError::Empty => Words::new("路径为空", "the path is empty"),
            OutputPathError::Absolute => Words::new("路径不能以 `/` 开头", "the path begins with `/`"),
            OutputPathError::EmptyPart => Words::new("路径中有连续的或多余的 `/`", "a part of the path is empty"),
            OutputPathError::DotPart => Words::new("路径中不能有 `.` 或 `..`", "the path has a part `.` or `..`"),
            OutputPathError::ForbiddenCharacter => {
                Words::new("路径中有反斜杠或控制字符", "the path has a backslash or a control character")
            }
            OutputPathError::Reserved => Words::new("这个名称由程序自己使用", "the name is reserved for this program"),
        }
    }
}

impl fmt::Display for OutputPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for OutputPathError {}
