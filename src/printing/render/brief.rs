//! What a person is shown of a whole run: hints do not bury errors.

use std::collections::BTreeMap;

use crate::diagnostics::{Lang, Severity};
use crate::printing::render::{human, report_summary, severity_name};
use crate::printing::{LocatedFinding, Report};
use crate::source::SourceTree;

/// How many hints of one code are shown one by one.
const SHOWN: usize = 3;

/// Whether hints of one code that come often stand in one line together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hints {
    /// Each by itself.
    Whole,
    /// Many of one code in one line.
    Folded,
}

/// All findings and the closing line, for a person to read from its end: hints first, then warnings,
/// then errors, each in the order of their places.
pub fn print_brief(report: &Report, tree: &SourceTree, hints: Hints, lang: Lang, color: bool) -> String {
    let mut by_code: BTreeMap<&str, Vec<&LocatedFinding>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.severity == Severity::Info) {
        by_code.entry(finding.code.id).or_default().push(finding);
    }
    by_code.retain(|_, of_code| hints == Hints::Folded && of_code.len() > SHOWN);
    let is_folded = |one: &LocatedFinding| one.severity == Severity::Info && by_code.contains_key(one.code.id);
    let mut whole: Vec<LocatedFinding> = report.findings.iter().filter(|one| !is_folded(one)).cloned().collect();
    // The order of places stays within a severity.
    whole.sort_by_key(|finding| finding.severity);
    let lines: String = by_code.values().map(|of_code| folded(of_code, tree, lang)).collect();
    let printed = human::print(&whole, tree, lang, color);
    let gap = if lines.is_empty() || printed.is_empty() { "" } else { "\n" };
    let mut closing = report_summary(report, lang);
    if !by_code.is_empty() {
        closing.push_str(match lang {
            Lang::Zh => "；合成一行的提示用 mingbai check --all 逐条看",
            Lang::En => "; mingbai check --all shows each note that is folded",
        });
    }
    format!("{lines}{gap}{printed}{closing}\n")
}

/// The hints of one code in one line: how many there are, and in how many files.
fn folded(of_code: &[&LocatedFinding], tree: &SourceTree, lang: Lang) -> String {
    let Some(first) = of_code.first() else { return String::new() };
    let mut files: Vec<_> = of_code.iter().map(|finding| finding.spot.file).collect();
    files.sort_unstable();
    files.dedup();
    let severity = severity_name(Severity::Info, lang);
    let (count, code, file) = (of_code.len(), first.code, human::place(first, tree));
    match (lang, files.len()) {
        (Lang::Zh, 1) => {
            format!("{severity}[{}] {}：{}，{count} 处，第一处 {file}\n", code.id, code.name, code.title_zh)
        }
        (Lang::Zh, many) => {
            format!(
                "{severity}[{}] {}：{}，{many} 个文件里 {count} 处，第一处 {file}\n",
                code.id, code.name, code.title_zh
            )
        }
        (Lang::En, 1) => {
            format!("{severity}[{}] {}: {}: {count} places, the first {file}\n", code.id, code.name, code.title_en)
        }
        (Lang::En, many) => {
            format!(
                "{severity}[{}] {}: {}: {count} places in {many} files, the first {file}\n",
                code.id, code.name, code.title_en
            )
        }
    }
}
