//! Findings with their places worked out: byte ranges, lines and columns.
//!
//! Done once, after all stages, and only for the files that have findings.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Code, Finding, Findings, Fix, Place, Severity, Target, Words};
use crate::source::lines::{LineIndex, Position, char_end, char_start};
use crate::source::{FieldPath, FileId, SourceFile, SourceTree};
use crate::yaml::{Positions, ScalarAt, Style, front_matter, scalars};

/// A place as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// The part of its text, or nothing for the file as a whole.
    pub part: Option<Part>,
}

/// A part of a file's text. The range always lies on the borders of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The byte range.
    pub range: Range<usize>,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the column after its last character.
    pub end: Position,
}

/// A [`Finding`] whose places are known. A clone shares its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedFinding(Arc<LocatedParts>);

impl Deref for LocatedFinding {
    type Target = LocatedParts;

    fn deref(&self) -> &LocatedParts {
        &self.0
    }
}

/// The parts of a [`LocatedFinding`].
#[derive(Debug, PartialEq, Eq)]
pub struct LocatedParts {
    /// The stable code and its standing explanation.
    pub code: &'static Code,
    /// How much it matters here.
    pub severity: Severity,
    /// Where it is.
    pub spot: Spot,
    /// What is wrong, in one phrase.
    pub message: Words,
    /// A short text at the marker under the source line.
    pub label: Option<Words>,
    /// What would be right.
    pub allowed: Option<Words>,
    /// The one repair to make.
    pub repair: Option<Words>,
    /// Other places that belong to it.
    pub related: Vec<(Spot, Words)>,
    /// How the program itself repairs it: texts in place of parts of its file.
    pub fix: Option<LocatedFix>,
}

/// A [`Fix`] whose places are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocatedFix {
    /// Texts in place of parts of the file.
    Edits(Vec<(Part, String)>),
    /// The byte order mark before the first line goes.
    NoMark,
}

/// A finding that is let pass, its place worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedAllowed {
    /// The finding.
    pub finding: LocatedFinding,
    /// Why it may stand.
    pub reason: String,
    /// Who agreed and when; nothing for a comment beside the text.
    pub agreed: Option<(String, String)>,
}

/// Everything that is printed of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings, in the order in which they are printed.
    pub findings: Vec<LocatedFinding>,
    /// Those that are let pass.
    pub allowed: Vec<LocatedAllowed>,
    /// Figures that go with them, for programs.
    pub summary: Option<serde_json::Value>,
}

impl Report {
    /// Works out the places of all findings.
    pub fn new(findings: Findings, tree: &SourceTree) -> Report {
        let mut allowed: Vec<LocatedAllowed> = Vec::new();
        for one in findings.allowed() {
            for finding in locate(vec![one.finding.clone()], tree) {
                let located = LocatedAllowed { finding, reason: one.reason.clone(), agreed: one.agreed.clone() };
                if !allowed.contains(&located) {
                    allowed.push(located);
                }
            }
        }
        allowed.sort_by(|a, b| sort_key(&a.finding, tree).cmp(&sort_key(&b.finding, tree)));
        Report { findings: locate(findings.into_vec(), tree), allowed, summary: None }
    }
}

/// Works out the place of every finding, and puts them in the order in which
/// they are printed: by path, then offset, then the graver first, then code.
/// Of findings that are the same in everything one is kept.
pub fn locate(findings: Vec<Finding>, tree: &SourceTree) -> Vec<LocatedFinding> {
    in_order(locate_each(findings, tree).into_iter().map(|(_, located)| located).collect(), tree)
}

/// Works out the places, file by file and side by side: the positions in a file
/// are many times its size, and are let go before the next.
fn locate_each(findings: Vec<Finding>, tree: &SourceTree) -> Vec<(Finding, LocatedFinding)> {
    let mut by_file: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        by_file.entry(finding.place.file).or_default().push(finding);
    }
    let of_file = |findings: Vec<Finding>| {
        let mut files = BTreeMap::new();
        let pair = |finding: Finding| (finding.clone(), locate_one(finding, tree, &mut files));
        findings.into_iter().map(pair).collect::<Vec<_>>()
    };
    by_file.into_par_iter().flat_map_iter(|(_, findings)| of_file(findings)).collect()
}

/// Places that were worked out before, for the next time that the files of a finding say the same.
#[derive(Debug, Default)]
pub struct Places {
    texts: BTreeMap<FileId, Arc<str>>,
    known: BTreeMap<FileId, Vec<(Finding, LocatedFinding)>>,
}

impl Places {
    /// The same as [`locate`].
    pub fn locate(&mut self, findings: Vec<Finding>, tree: &SourceTree) -> Vec<LocatedFinding> {
        let mut before = std::mem::take(self);
        let (mut pairs, mut unknown) = (Vec::with_capacity(findings.len()), Vec::new());
        for finding in findings {
            match before.take(&finding, tree) {
                Some(pair) => pairs.push(pair),
                None => unknown.push(finding),
            }
        }
        pairs.extend(locate_each(unknown, tree));
        let mut all = Vec::with_capacity(pairs.len());
        for (finding, located) in pairs {
            for file in files_of(&finding) {
                self.texts.entry(file).or_insert_with(|| Arc::clone(&tree.file(file).text));
            }
            all.push(located.clone());
            self.known.entry(finding.place.file).or_default().push((finding, located));
        }
        in_order(all, tree)
    }

    /// What is known of a finding, if all its files say what they said.
    fn take(&mut self, finding: &Finding, tree: &SourceTree) -> Option<(Finding, LocatedFinding)> {
        let is_same = |file| self.texts.get(&file).is_some_and(|text| Arc::ptr_eq(text, &tree.file(file).text));
        if !files_of(finding).all(is_same) {
            return None;
        }
        let known = self.known.get_mut(&finding.place.file)?;
        let at = known.iter().position(|(other, _)| other == finding)?;
        Some(known.swap_remove(at))
    }
}

/// The files a finding names.
fn files_of(finding: &Finding) -> impl Iterator<Item = FileId> {
    std::iter::once(finding.place.file).chain(finding.related.iter().map(|(place, _)| place.file))
}

fn in_order(mut located: Vec<LocatedFinding>, tree: &SourceTree) -> Vec<LocatedFinding> {
    located.sort_by(|a, b| sort_key(a, tree).cmp(&sort_key(b, tree)));
    let mut kept: Vec<LocatedFinding> = Vec::with_capacity(located.len());
    for finding in located {
        let key = sort_key(&finding, tree);
        let is_known =
            kept.iter().rev().take_while(|other| sort_key(other, tree) == key).any(|other| *other == finding);
        if !is_known {
            kept.push(finding);
        }
    }
    kept
}

/// Everything that decides the order; the message is in it for the same order in every run.
type SortKey<'a> = (&'a str, Option<usize>, Reverse<Severity>, &'a str, Option<usize>, &'a str);

fn sort_key<'a>(finding: &'a LocatedFinding, tree: &'a SourceTree) -> SortKey<'a> {
    let range = finding.spot.part.as_ref().map(|part| &part.range);
    (
        &tree.file(finding.spot.file).path,
        range.map(|range| range.start),
        Reverse(finding.severity),
        finding.code.id,
        range.map(|range| range.end),
        &finding.message.zh,
    )
}

fn locate_one<'t>(
    finding: Finding,
    tree: &'t SourceTree,
    files: &mut BTreeMap<FileId, LocatedFile<'t>>,
) -> LocatedFinding {
    let mut spot = |place: Place| {
        let file = files.entry(place.file).or_insert_with(|| LocatedFile::new(tree.file(place.file)));
        Spot { file: place.file, part: file.part(place.target) }
    };
    let place = finding.place.clone();
    let related = finding.related.iter().map(|(place, words)| (spot(place.clone()), words.clone())).collect();
    let spot = spot(place.clone());
    let fix = finding.fix.clone().and_then(|fix| files.get_mut(&place.file)?.fix(fix, place.target));
    LocatedFinding(Arc::new(LocatedParts {
        code: finding.code,
        severity: finding.severity,
        spot,
        message: finding.message.clone(),
        label: finding.label.clone(),
        allowed: finding.allowed.clone(),
        repair: finding.repair.clone(),
        related,
        fix,
    }))
}

/// One file with findings: its lines, and its YAML once that is asked for.
struct LocatedFile<'t> {
    source: &'t SourceFile,
    lines: LineIndex<'t>,
    /// The positions, and the offset of the YAML in the file.
    yaml: Option<(Option<Positions>, usize)>,
    /// Its scalars with their places in the file, once a fix asks for them.
    scalars: Option<Vec<ScalarAt>>,
}

impl<'t> LocatedFile<'t> {
    fn new(source: &'t SourceFile) -> Self {
        LocatedFile { source, lines: LineIndex::new(&source.text), yaml: None, scalars: None }
    }

    fn part(&mut self, target: Target) -> Option<Part> {
        let range = match target {
            Target::File => return None,
            Target::Bytes(range) => range,
            Target::Key(path) => self.field(&path, Positions::key),
            Target::Value(path) => self.field(&path, Positions::value),
            Target::Within(path, words) => self.words(&path, &words),
        };
        Some(self.part_of(range))
    }

    fn part_of(&self, range: Range<usize>) -> Part {
        let start = char_start(&self.source.text, range.start);
        let end = char_end(&self.source.text, range.end).max(start);
        Part { range: start..end, start: self.lines.position(start), end: self.lines.position(end) }
    }

    /// The places of a fix; nothing if the text is not written as the fix expects.
    fn fix(&mut self, fix: Fix, target: Target) -> Option<LocatedFix> {
        let edits: Vec<(Range<usize>, String)> = match fix {
            Fix::NoMark => return Some(LocatedFix::NoMark),
            Fix::Bytes(edits) => edits,
            Fix::Within { from, to } => {
                let range = self.scalar(target)?.0;
                let written = self.source.text.get(range.clone())?;
                written
                    .match_indices(&from)
                    .map(|(at, _)| (range.start + at..range.start + at + from.len(), to.clone()))
                    .collect()
            }
            Fix::Quotes => {
                let (range, style) = self.scalar(target)?;
                let written = self.source.text.get(range.clone())?;
                let is_simple = style == Style::Plain && !written.contains(['"', '\\', '\n']);
                is_simple.then(|| vec![(range, format!("\"{written}\""))])?
            }
        };
        let edits: Vec<(Part, String)> = edits.into_iter().map(|(range, text)| (self.part_of(range), text)).collect();
        (!edits.is_empty()).then_some(LocatedFix::Edits(edits))
    }

    /// Where a key or value is written.
    fn scalar(&mut self, target: Target) -> Option<(Range<usize>, Style)> {
        let (path, is_key) = match target {
            Target::File => return None,
            Target::Bytes(range) => return Some((range, Style::Plain)),
            Target::Within(path, words) if path.0.is_empty() => return Some((self.words(&path, &words), Style::Plain)),
            Target::Key(path) => (path, true),
            Target::Value(path) | Target::Within(path, _) => (path, false),
        };
        let source = self.source;
        let scalars = self.scalars.get_or_insert_with(|| {
            let range = yaml_range(source);
            let mut found = range.clone().and_then(|range| scalars(&source.text[range])).unwrap_or_default();
            let offset = range.map_or(0, |range| range.start);
            found.iter_mut().for_each(|one| one.range = one.range.start + offset..one.range.end + offset);
            found
        });
        let found = scalars.iter().find(|one| one.is_key == is_key && one.path == path)?;
        Some((found.range.clone(), found.style))
    }

    /// The range of a field, or the beginning of a text that has no positions.
    fn field(&mut self, path: &FieldPath, look_up: fn(&Positions, &FieldPath) -> Option<Range<usize>>) -> Range<usize> {
        let (positions, offset) = self.yaml.get_or_insert_with(|| read_yaml(self.source));
        let range = positions.as_ref().and_then(|positions| look_up(positions, path)).unwrap_or(0..0);
        range.start + *offset..range.end + *offset
    }

    /// The range of words in a field, or in the text below the head of a Markdown file; else that of the field.
    fn words(&mut self, path: &FieldPath, words: &str) -> Range<usize> {
        let text = &self.source.text;
        let whole = if path.0.is_empty() { body(self.source)..text.len() } else { self.field(path, Positions::extent) };
        match text.get(whole.clone()).and_then(|inner| inner.find(words)) {
            Some(at) => whole.start + at..whole.start + at + words.len(),
            None => self.field(path, Positions::value),
        }
    }
}

/// Where the YAML of a file is: all of it, or what is between the fences of a Markdown file.
fn yaml_range(source: &SourceFile) -> Option<Range<usize>> {
    if source.path.ends_with(".md") { front_matter(&source.text) } else { Some(0..source.text.len()) }
}

/// The positions of a file's YAML, and where it begins.
fn read_yaml(source: &SourceFile) -> (Option<Positions>, usize) {
    match yaml_range(source) {
        Some(range) => (Positions::of(&source.text[range.clone()]), range.start),
        None => (None, 0),
    }
}

/// Where the text below the head of a Markdown file begins.
fn body(source: &SourceFile) -> usize {
    let head = if source.path.ends_with(".md") { front_matter(&source.text) } else { None };
    head.map_or(0, |head| source.text[head.end..].find('\n').map_or(source.text.len(), |at| head.end + at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::render::samples::{DUPLICATE, EXPIRED, UNKNOWN, tree};

    fn finding(code: &'static Code, file: u32, target: Target) -> Finding {
        Finding::new(code, FileId(file), target, Words::new("甲", "a"))
    }

    /// Each finding as `code file range line:column-line:column`.
    fn check(tree: &SourceTree, findings: Vec<Finding>, expected: &[&str]) {
        let shown: Vec<String> = locate(findings, tree)
            .iter()
            .map(|found| {
                let head = format!("{} {}", found.code.id, found.spot.file.0);
                match &found.spot.part {
                    None => head,
                    Some(Part { range, start, end }) => {
                        format!("{head} {range:?} {}:{}-{}:{}", start.line, start.column, end.line, end.column)
                    }
                }
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn order_and_duplicates() {
        let tree = tree(&[("a.yaml", "甲: 1\n乙: 2\n"), ("b.yaml", "丙: 3\n")]);
        let path = FieldPath::root().key("乙");
        let other = finding(&EXPIRED, 0, Target::Key(path.clone())).label("标", "label");
        check(
            &tree,
            vec![
                finding(&UNKNOWN, 1, Target::Bytes(0..3)),
                finding(&EXPIRED, 0, Target::Key(path.clone())),
                other,
                finding(&EXPIRED, 0, Target::Bytes(7..10)),
                finding(&UNKNOWN, 0, Target::Key(path.clone())),
                finding(&DUPLICATE, 0, Target::Value(path)),
                finding(&EXPIRED, 0, Target::File),
            ],
            &[
                "LB03 0",
                "YM05 0 7..10 2:1-2:2",
                "LB03 0 7..10 2:1-2:2",
                "LB03 0 7..10 2:1-2:2",
                "YM06 0 12..13 2:4-2:5",
                "YM05 1 0..3 1:1-1:2",
            ],
        );
    }

    #[test]
    fn ranges_are_brought_into_the_text() {
        let tree = tree(&[("a.yaml", "名称\n")]);
        let backwards = Range { start: 5, end: 1 };
        check(
            &tree,
            vec![
                finding(&UNKNOWN, 0, Target::Bytes(1..4)),
                finding(&UNKNOWN, 0, Target::Bytes(backwards)),
                finding(&UNKNOWN, 0, Target::Bytes(90..usize::MAX)),
            ],
            &["YM05 0 0..6 1:1-1:3", "YM05 0 3..3 1:2-1:2", "YM05 0 7..7 2:1-2:1"],
        );
    }

    #[test]
    fn words_in_a_value() {
        let tree = tree(&[
            ("a.yaml", "甲: 尽快办\n乙: |\n  办理：\n  尽快\n丙: [尽快, 视情况\n  而定]\n"),
            ("b.md", "---\n标题: 尽快\n---\n马上，尽快\n"),
        ]);
        let within = |file, path: FieldPath, words: &str| finding(&UNKNOWN, file, Target::Within(path, words.into()));
        let root = FieldPath::root;
        check(
            &tree,
            vec![
                within(0, root().key("甲"), "尽快"),
                within(0, root().key("乙"), "尽快"),
                within(0, root().key("丙").index(1), "情况"),
                within(0, root().key("丙").index(1), "视情况而定"),
                within(1, root(), "尽快"),
                within(1, root(), "酌情"),
            ],
            &[
                "YM05 0 5..11 1:4-1:6",
                "YM05 0 36..42 4:3-4:5",
                "YM05 0 57..75 5:9-6:5",
                "YM05 0 60..66 5:10-5:12",
                "YM05 1 4..4 2:1-2:1",
                "YM05 1 32..38 4:4-4:6",
            ],
        );
    }

    #[test]
    fn front_matter_and_broken_yaml() {
        let tree = tree(&[
            ("a.md", "---\n标题: 停办\n---\n标题: 正文\n"),
            ("b.md", "正文\n"),
            ("c.yaml", "甲: [\n"),
            ("d.md", "---\n标题: [\n---\n"),
        ]);
        let title = FieldPath::root().key("标题");
        let targets = (0..4).map(|file| finding(&UNKNOWN, file, Target::Value(title.clone()))).collect();
        check(
            &tree,
            targets,
            &["YM05 0 12..18 2:5-2:7", "YM05 1 0..0 1:1-1:1", "YM05 2 0..0 1:1-1:1", "YM05 3 4..4 2:1-2:1"],
        );
    }
}
