//! What is wrong, as the panel in the page shows it: JSON with the source lines.
//!
//! Texts are sent as texts; the client never makes markup of them.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostics::{Finding, Lang, Severity, Words};
use crate::printing::{Counts, Format, LocatedFinding, Part, Spot, locate, print, summary_of};
use crate::serve::places;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::Current;
use crate::source::lines::{LineIndex, char_start};
use crate::source::{FileId, SourceTree};

/// How many findings are sent at most.
const SHOWN: usize = 100;
/// How many lines before and after the faulty one are shown.
const AROUND: usize = 1;
/// How much of a line is shown, in characters.
const WIDTH: usize = 160;

/// What was found in one version of the content.
#[derive(Debug)]
pub(super) struct Report {
    /// The folder of the portal, as an editor finds it.
    pub(super) root: PathBuf,
    /// The files the findings are in.
    pub(super) tree: Arc<SourceTree>,
    /// The errors and warnings, in order.
    pub(super) findings: Vec<LocatedFinding>,
    /// The hints. Places are worked out of those that are shown, for there can be thousands.
    pub(super) hints: Vec<Finding>,
    /// Why the content could not be read at all.
    pub(super) failure: Option<Words>,
    /// The files that changed since the version before.
    pub(super) changed: Vec<String>,
    /// Whether the pages cannot show this version.
    pub(super) is_blocked: bool,
}

impl Report {
    /// How much was found, with faults of templates that were met since.
    pub(super) fn counts(&self, faults: &[LocatedFinding]) -> Counts {
        let located = faults.iter().chain(&self.findings).map(|finding| finding.severity);
        Counts::of(located.chain(self.hints.iter().map(|hint| hint.severity)))
    }

    /// Whether a file is none of those that changed.
    fn is_elsewhere(&self, file: FileId) -> bool {
        !self.changed.contains(&self.tree.file(file).path)
    }

    /// So many of the hints, those of changed files first.
    fn some_hints(&self, count: usize) -> Vec<LocatedFinding> {
        let mut first: Vec<&Finding> = self.hints.iter().collect();
        first.sort_by_key(|hint| (self.is_elsewhere(hint.place.file), &self.tree.file(hint.place.file).path));
        locate(first.into_iter().take(count).cloned().collect(), &self.tree)
    }

    /// Everything as plain text.
    pub(super) fn text(&self) -> String {
        match &self.failure {
            Some(words) => words.zh.clone(),
            None => print(&self.findings, &self.tree, Format::Human, Lang::Zh, false),
        }
    }
}

/// What the client fetches.
#[derive(Serialize)]
struct Answer<'a> {
    page: String,
    state: String,
    /// The day the pages are made for.
    day: Option<String>,
    is_blocked: bool,
    errors: usize,
    warnings: usize,
    summary: String,
    failure: Option<&'a str>,
    findings: Vec<Entry<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    severity: &'static str,
    severity_name: &'static str,
    code: &'static str,
    name: &'static str,
    message: &'a str,
    place: Place<'a>,
    label: Option<&'a str>,
    allowed: Option<&'a str>,
    repair: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    place: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    /// The link that opens it in an editor.
    editor: String,
    /// The page and the part of it that shows it, if there is one.
    shown: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    lines: Vec<Line>,
}

/// A source line in three parts; the middle one is marked.
#[derive(Serialize)]
struct Line {
    number: usize,
    before: String,
    marked: Option<String>,
    after: String,
}

/// What links lead to.
#[derive(Clone, Copy)]
struct Around<'a> {
    root: &'a Path,
    good: Option<&'a Snapshot>,
}

/// The findings of the newest version, and the faults of templates met so far, as JSON.
pub(super) fn json(current: &Current, report: &Report) -> Vec<u8> {
    let shows_newest = !report.is_blocked;
    let good = current.good.as_ref().filter(|_| shows_newest);
    let faults = good.map(|good| good.faults()).unwrap_or_default();
    let around = Around { root: &report.root, good: current.good.as_deref() };
    let fault_entries = good.iter().flat_map(|good| faults.iter().map(|fault| entry(fault, good.tree(), around)));
    let counts = report.counts(&faults);
    let hints = report.some_hints(SHOWN.saturating_sub(faults.len() + report.findings.len()));
    // The panel has little room: first what stops the pages, and of that what was just written.
    let mut sorted: Vec<&LocatedFinding> = report.findings.iter().chain(&hints).collect();
    sorted.sort_by_key(|finding| (Reverse(finding.severity), report.is_elsewhere(finding.spot.file)));
    let entries = sorted.into_iter().map(|finding| entry(finding, &report.tree, around));
    let answer = Answer {
        page: current.page_token(),
        state: current.state_token(),
        day: current.good.as_ref().map(|good| good.portal().as_of.to_string()),
        is_blocked: report.is_blocked || !faults.is_empty(),
        errors: counts.errors + usize::from(report.failure.is_some()),
        warnings: counts.warnings,
        summary: summary_of(counts, Lang::Zh),
        failure: report.failure.as_ref().map(|words| words.zh.as_str()),
        findings: fault_entries.chain(entries).take(SHOWN).collect(),
        more: counts.total().saturating_sub(SHOWN),
    };
    serde_json::to_vec(&answer).expect("texts, numbers and lists always serialise")
}

fn entry<'a>(finding: &'a LocatedFinding, tree: &'a SourceTree, around: Around<'_>) -> Entry<'a> {
    let zh = |words: &'a Option<Words>| words.as_ref().map(|words| words.zh.as_str());
    let (severity, severity_name) = match finding.severity {
        Severity::Error => ("error", "错误"),
        Severity::Warning => ("warning", "警告"),
        Severity::Info => ("info", "提示"),
    };
    Entry {
        severity,
        severity_name,
        code: finding.code.id,
        name: finding.code.name,
        message: &finding.message.zh,
        place: place(&finding.spot, tree, around),
        label: zh(&finding.label),
        allowed: zh(&finding.allowed),
        repair: zh(&finding.repair),
        related: finding
            .related
            .iter()
            .map(|(spot, words)| Related { message: &words.zh, place: place(spot, tree, around) })
            .collect(),
    }
}

fn place<'a>(spot: &Spot, tree: &'a SourceTree, around: Around<'_>) -> Place<'a> {
    let file = tree.file(spot.file);
    let part = spot.part.as_ref();
    let at = part.map(|part| (part.start.line, part.start.column));
    let offset = part.map(|part| (&*file.text, part.range.start));
    Place {
        path: &file.path,
        editor: places::editor(around.root, &file.path, at),
        shown: around.good.and_then(|good| places::shown(good, &file.path, offset)),
        line: part.map(|part| part.start.line),
        column: part.map(|part| part.start.column),
        lines: part.map(|part| lines(&file.text, part)).unwrap_or_default(),
    }
}

/// The line of a part with those around it.
fn lines(text: &str, part: &Part) -> Vec<Line> {
    let index = LineIndex::new(text);
    let at = part.start.line;
    let first = at.saturating_sub(AROUND).max(1);
    (first..=at + AROUND)
        .filter_map(|number| {
            let range = index.line_range(number)?;
            let line = &text[range.clone()];
            if number != at {
                return Some(Line { number, before: cut(line), marked: None, after: String::new() });
            }
            // A long line is shown from a little before the mark.
            let mark = part.range.start.clamp(range.start, range.end);
            let end = part.range.end.clamp(mark, range.end);
            let from = char_start(text, range.start.max(mark.saturating_sub(WIDTH)));
            let lead = if from > range.start { "…" } else { "" };
            let before = format!("{lead}{}", &text[from..mark]);
            Some(Line { number, before, marked: Some(cut(&text[mark..end])), after: cut(&text[end..range.end]) })
        })
        .collect()
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
