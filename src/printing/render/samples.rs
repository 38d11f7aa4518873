//! Codes, files and findings for the tests of this folder.

use crate::diagnostics::{Code, Finding, Place, Severity, Target, Words};
use crate::printing::{LocatedFinding, locate};
use crate::source::{FileId, SourceFile, SourceTree};

/// An error.
pub(crate) static UNKNOWN: Code = Code {
    id: "YM05",
    name: "unknown-key",
    severity: Severity::Error,
    title_zh: "不认识的键",
    title_en: "Unknown key",
    explain_zh: "只能写格式里有的键。\n\n写错的键不会被读到。",
    explain_en: "Only keys of the format can be written.\n\nA wrong key is never read.",
};

/// Another error.
pub(crate) static DUPLICATE: Code = Code {
    id: "YM06",
    name: "duplicate-key",
    severity: Severity::Error,
    title_zh: "重复的键",
    title_en: "Duplicate key",
    explain_zh: "一个键只能写一次。",
    explain_en: "A key can be written once.",
};

/// A warning.
pub(crate) static EXPIRED: Code = Code {
    id: "LB03",
    name: "law-expired",
    severity: Severity::Warning,
    title_zh: "依据已失效",
    title_en: "Law no longer in force",
    explain_zh: "",
    explain_en: "",
};

/// A notice.
pub(crate) static LATER: Code = Code {
    id: "NT01",
    name: "review-due-soon",
    severity: Severity::Info,
    title_zh: "快到复核日期",
    title_en: "Review due soon",
    explain_zh: "",
    explain_en: "",
};

/// A tree of text files.
pub(crate) fn tree(files: &[(&str, &str)]) -> SourceTree {
    let files = (0..).zip(files).map(|(n, (path, text))| SourceFile {
        id: FileId(n),
        path: (*path).to_owned(),
        text: (*text).into(),
    });
    SourceTree { files: files.collect(), ..SourceTree::default() }
}

/// A finding with everything, and one for a whole file with a hostile message.
pub(crate) fn duplicate_and_file() -> (SourceTree, Vec<LocatedFinding>) {
    let tree = tree(&[("content/甲 乙#.yaml", "名称: a\n名称: b\n")]);
    let first = Place { file: FileId(0), target: Target::Bytes(0..6) };
    let findings = vec![
        Finding::new(
            &DUPLICATE,
            FileId(0),
            Target::Bytes(10..16),
            Words::new("键 `名称` 写了两次", "key `名称` is written twice"),
        )
        .label("这是第二次", "the second")
        .allowed("每个键一次", "each key once")
        .repair("删去一处\n或改名，100%", "remove one\nor rename it, 100%")
        .related(first, Words::new("第一次写在这里", "first written here")),
        Finding::new(
            &EXPIRED,
            FileId(0),
            Target::File,
            Words::new("整个文件\u{1b}[2J\u{9b}", "[the file](https://example.com)"),
        ),
    ];
    let located = locate(findings, &tree);
    (tree, located)
}
