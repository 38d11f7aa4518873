//! Findings for people: the source line, a marker under it, and what to do.
//!
//! Written by hand because the frame is Chinese: the crates for this write
//! `help:` and `-->` their own way and know no full-width colon.

use crate::diagnostics::{Lang, Severity, Words};
use crate::printing::render::escape::{lines, one_line};
use crate::printing::render::excerpt::excerpt;
use crate::printing::render::{help_names, severity_name};
use crate::printing::{LocatedFinding, Spot};
use crate::source::SourceTree;
use crate::wrap::columns;

const RESET: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const BLUE: &str = "\u{1b}[1;34m";

/// Where a finding is: `content/site.yaml:3:3`.
pub(super) fn place(finding: &LocatedFinding, tree: &SourceTree) -> String {
    let path = one_line(&tree.file(finding.spot.file).path);
    match &finding.spot.part {
        Some(part) => format!("{path}:{}:{}", part.start.line, part.start.column),
        None => path,
    }
}

/// All findings, with an empty line between two.
pub(super) fn print(findings: &[LocatedFinding], tree: &SourceTree, lang: Lang, color: bool) -> String {
    let printed: Vec<String> = findings
        .iter()
        .map(|finding| {
            let last_line = spots(finding).filter_map(|spot| spot.part.as_ref()).map(|part| part.start.line).max();
            let gutter = last_line.unwrap_or(1).to_string().len();
            let mut page = Page { tree, lang, color, gutter, out: String::new() };
            page.finding(finding);
            page.out
        })
        .collect();
    printed.join("\n")
}

fn spots(finding: &LocatedFinding) -> impl Iterator<Item = &Spot> {
    std::iter::once(&finding.spot).chain(finding.related.iter().map(|(spot, _)| spot))
}

/// The colour that stands for a severity.
fn severity_color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Info => "\u{1b}[1;36m",
    }
}

/// How a place is drawn.
struct Marker<'a> {
    arrow: &'static str,
    sign: &'static str,
    color: &'static str,
    label: Option<&'a Words>,
}

/// One printed finding.
struct Page<'a> {
    tree: &'a SourceTree,
    lang: Lang,
    color: bool,
    /// The width of the widest line number.
    gutter: usize,
    out: String,
}

impl Page<'_> {
    fn finding(&mut self, finding: &LocatedFinding) {
        let color = severity_color(finding.severity);
        let code = format!("{}[{}]", severity_name(finding.severity, self.lang), finding.code.id);
        let colon = self.colon();
        let message = format!("{}{colon}{}", finding.code.name, one_line(finding.message.get(self.lang)));
        self.paint(color, &code);
        self.out.push(' ');
        self.paint(BOLD, &message);
        self.out.push('\n');
        self.spot(&finding.spot, &Marker { arrow: "-->", sign: "^", color, label: finding.label.as_ref() });
        for (spot, words) in &finding.related {
            self.spot(spot, &Marker { arrow: ":::", sign: "-", color: BLUE, label: Some(words) });
        }
        let (allowed, repair) = help_names(self.lang);
        self.help(allowed, finding.allowed.as_ref());
        self.help(repair, finding.repair.as_ref());
    }

    /// The place, its source line and the marker; for a whole file only the place.
    fn spot(&mut self, spot: &Spot, marker: &Marker<'_>) {
        let file = self.tree.file(spot.file);
        let label = marker.label.map(|words| one_line(words.get(self.lang)));
        let arrow = format!("{}{} ", " ".repeat(self.gutter + 1), marker.arrow);
        self.paint(BLUE, &arrow);
        self.out.push_str(&one_line(&file.path));
        let Some(part) = &spot.part else {
            if let Some(label) = label {
                self.out.push_str(self.colon());
                self.out.push_str(&label);
            }
            self.out.push('\n');
            return;
        };
        match (self.tree.cells.get(&spot.file), self.lang) {
            (None, _) => self.out.push_str(&format!(":{}:{}", part.start.line, part.start.column)),
            (Some((row, head)), Lang::Zh) => self.out.push_str(&format!("（第 {row} 行“{}”）", one_line(head))),
            (Some((row, head)), Lang::En) => self.out.push_str(&format!(" (row {row}, “{}”)", one_line(head))),
        }
        self.out.push('\n');
        let shown = excerpt(&file.text, &part.range);
        self.bar(None);
        self.out.push('\n');
        self.bar(Some(part.start.line));
        if !shown.line.is_empty() {
            self.out.push(' ');
            self.out.push_str(&shown.line);
        }
        self.out.push('\n');
        self.bar(None);
        self.out.push_str(&" ".repeat(shown.indent + 1));
        let signs = marker.sign.repeat(shown.mark);
        let signs = label.map_or(signs.clone(), |label| format!("{signs} {label}"));
        self.paint(marker.color, signs.trim_end());
        self.out.push('\n');
    }

    /// The gutter with or without a line number.
    fn bar(&mut self, line: Option<usize>) {
        let number = line.map(|line| line.to_string()).unwrap_or_default();
        let bar = format!(" {number:>width$} |", width = self.gutter);
        self.paint(BLUE, &bar);
    }

    /// A line of advice; further lines stand under its first.
    fn help(&mut self, name: &str, words: Option<&Words>) {
        let Some(words) = words else { return };
        let margin = " ".repeat(self.gutter + 2);
        for (n, line) in lines(words.get(self.lang)).iter().enumerate() {
            if n == 0 {
                self.paint(BLUE, &format!("{margin}= "));
                self.paint(BOLD, name);
                self.out.push_str(line);
            } else if !line.is_empty() {
                let indent = " ".repeat(2 + columns(name));
                self.out.push_str(&format!("{margin}{indent}{line}"));
            }
            self.out.push('\n');
        }
    }

    fn colon(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        }
    }

    fn paint(&mut self, color: &str, text: &str) {
        if self.color {
            self.out.push_str(&format!("{color}{text}{RESET}"));
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
#[path = "human_tests.rs"]
mod tests;
