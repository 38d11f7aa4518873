//! A finding (问题): one thing in the content that somebody should look at.

use std::ops::{Deref, DerefMut, Range};
use std::sync::Arc;

use crate::diagnostics::{Code, Words};
use crate::source::{FieldPath, FileId};

/// How much a finding matters (级别). The order is from mild to grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// 提示: worth knowing, never blocks.
    Info,
    /// 警告: blocks only with `--strict`.
    Warning,
    /// 错误: the site is not published.
    Error,
}

/// Which part of a file a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The file as a whole; printed without a source line.
    File,
    /// A byte range of the file's text.
    Bytes(Range<usize>),
    /// The key that leads to a field.
    Key(FieldPath),
    /// The value of a field.
    Value(FieldPath),
    /// Words in the value of a field, in the text of a Markdown file at the root: the first
    /// place where they stand, or the whole value if they are written in another way.
    Within(FieldPath, String),
}

/// A place in the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The part of it.
    pub target: Target,
}

/// One finding, with everything an editor needs to repair it. A clone shares
/// its parts: the preview hands on what was found before at every save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding(Arc<FindingParts>);

impl Deref for Finding {
    type Target = FindingParts;

    fn deref(&self) -> &FindingParts {
        &self.0
    }
}

impl DerefMut for Finding {
    fn deref_mut(&mut self) -> &mut FindingParts {
        Arc::make_mut(&mut self.0)
    }
}

/// The parts of a [`Finding`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingParts {
    /// The stable code and its standing explanation.
    pub code: &'static Code,
    /// How much it matters here.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in one phrase that quotes the offending text.
    pub message: Words,
    /// A short text at the marker under the source line.
    pub label: Option<Words>,
    /// What would be right (允许的写法).
    pub allowed: Option<Words>,
    /// The one repair to make (怎么改).
    pub repair: Option<Words>,
    /// Other places that belong to it, such as the first of two equal keys.
    pub related: Vec<(Place, Words)>,
    /// How the program itself repairs it, where that is safe.
    pub fix: Option<Fix>,
}

/// A repair that needs no thought (自动修复): what is written is clear, only the
/// form is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Texts in place of byte ranges of the finding's file.
    Bytes(Vec<(Range<usize>, String)>),
    /// One text in place of another wherever it stands in the finding's value, which
    /// stays as it is otherwise: its quotes and its comment.
    Within {
        /// What stands there now.
        from: String,
        /// What shall stand there.
        to: String,
    },
    /// The value is put in double quotes.
    Quotes,
    /// The byte order mark at the start of the file goes.
    NoMark,
}

/// A finding that is let pass (放行), and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The finding.
    pub finding: Finding,
    /// Why it may stand.
    pub reason: String,
    /// Who agreed and when, if it is an entry of `exceptions.yaml`; nothing for a
    /// comment beside the text.
    pub agreed: Option<(String, String)>,
}

impl Finding {
    /// A finding of `code` at its default severity.
    pub fn new(code: &'static Code, file: FileId, target: Target, message: Words) -> Self {
        Finding(Arc::new(FindingParts {
            code,
            severity: code.severity,
            place: Place { file, target },
            message,
            label: None,
            allowed: None,
            repair: None,
            related: Vec::new(),
            fix: None,
        }))
    }

    /// Adds the repair the program can make itself.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Adds the short text at the marker.
    #[must_use]
    pub fn label(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.label = Some(Words::new(zh, en));
        self
    }

    /// Adds what would be right.
    #[must_use]
    pub fn allowed(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.allowed = Some(Words::new(zh, en));
        self
    }

    /// Adds the repair to make.
    #[must_use]
    pub fn repair(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.repair = Some(Words::new(zh, en));
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: Place, words: Words) -> Self {
        self.related.push((place, words));
        self
    }
}
