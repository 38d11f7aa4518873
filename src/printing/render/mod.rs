//! Printing findings: for a person, a program or a platform.

mod brief;
pub(super) mod escape;
mod excerpt;
mod github;
mod human;
mod json;
#[cfg(test)]
pub(crate) mod samples;
mod sarif;

pub use brief::{Hints, print_brief};

use crate::diagnostics::{Lang, Severity};
use crate::printing::{LocatedFinding, Report};
use crate::source::SourceTree;

/// The form in which findings are printed (`--format`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people, with the source line and a marker under it.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// Workflow commands of GitHub Actions, shown beside the changed lines.
    Github,
}

/// The findings in the given form, with a line break at the end. Colour is used
/// only by [`Format::Human`]. The [`summary`] is not part of it.
///
/// No form contains a control character of the source: a file cannot send
/// commands to the terminal on which its findings are shown.
pub fn print(findings: &[LocatedFinding], tree: &SourceTree, format: Format, lang: Lang, color: bool) -> String {
    match format {
        Format::Human => human::print(findings, tree, lang, color),
        Format::Json => json::print(&Report { findings: findings.to_vec(), ..Report::default() }, tree, lang),
        Format::Sarif => sarif::print(findings, &[], tree, lang),
        Format::Github => github::print(findings, tree, lang),
    }
}

/// The same of a whole run. Programs are told of the findings that are let pass, with
/// their reasons; people and platforms are not shown them.
pub fn print_report(report: &Report, tree: &SourceTree, format: Format, lang: Lang, color: bool) -> String {
    match format {
        Format::Json => json::print(report, tree, lang),
        Format::Sarif => sarif::print(&report.findings, &report.allowed, tree, lang),
        Format::Human | Format::Github => print(&report.findings, tree, format, lang, color),
    }
}

/// The closing line of a run, with what can be repaired by itself and what is let pass:
/// `；2 个可以用 mingbai check --fix 改好；另有 3 个问题已放行`.
pub fn report_summary(report: &Report, lang: Lang) -> String {
    let mut said = summary(&report.findings, lang);
    let fixable = report.findings.iter().filter(|finding| finding.fix.is_some()).count();
    match (fixable, lang) {
        (0, _) => {}
        (count, Lang::Zh) => said.push_str(&format!("；{count} 个可以用 mingbai check --fix 改好")),
        (count, Lang::En) => said.push_str(&format!("; mingbai check --fix repairs {count}")),
    }
    match (report.allowed.len(), lang) {
        (0, _) => {}
        (count, Lang::Zh) => said.push_str(&format!("；另有 {count} 个问题已放行")),
        (count, Lang::En) => said.push_str(&format!("; {count} more let pass")),
    }
    said
}

/// The closing line: `共 3 个问题：2 个错误，1 个警告`.
pub fn summary(findings: &[LocatedFinding], lang: Lang) -> String {
    summary_of(Counts::of(findings.iter().map(|finding| finding.severity)), lang)
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// 错误.
    pub errors: usize,
    /// 警告.
    pub warnings: usize,
    /// 提示.
    pub hints: usize,
}

impl Counts {
    /// Counts these.
    pub fn of(severities: impl Iterator<Item = Severity>) -> Self {
        let mut counts = Counts::default();
        for severity in severities {
            *match severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Info => &mut counts.hints,
            } += 1;
        }
        counts
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.hints
    }
}

/// The closing line of so many findings.
pub fn summary_of(counts: Counts, lang: Lang) -> String {
    let by_severity =
        [(Severity::Error, counts.errors), (Severity::Warning, counts.warnings), (Severity::Info, counts.hints)];
    let parts = by_severity.iter().filter(|(_, count)| *count > 0);
    match (counts.total(), lang) {
        (0, Lang::Zh) => "没有发现问题".to_owned(),
        (0, Lang::En) => "no problems found".to_owned(),
        (total, Lang::Zh) => {
            let parts: Vec<String> =
                parts.map(|(severity, count)| format!("{count} 个{}", severity_name(*severity, lang))).collect();
            format!("共 {total} 个问题：{}", parts.join("，"))
        }
        (total, Lang::En) => {
            let parts: Vec<String> =
                parts.map(|(severity, count)| counted(*count, severity_name(*severity, lang))).collect();
            format!("{}: {}", counted(total, "problem"), parts.join(", "))
        }
    }
}

/// A number and an English noun, in the plural where it belongs.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// What a severity is called in text for people.
fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Info, Lang::Zh) => "提示",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Info, Lang::En) => "note",
    }
}

/// The words before what would be right and before the repair, with their colon.
fn help_names(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Zh => ("允许：", "改法："),
        Lang::En => ("allowed: ", "repair: "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Finding, Target, Words};
    use crate::printing::locate;
    use crate::printing::render::samples::{DUPLICATE, EXPIRED, LATER, tree};
    use crate::source::FileId;

    fn check(codes: &[&'static Code], zh: &str, en: &str) {
        let tree = tree(&[("a.yaml", "甲: 1\n")]);
        let findings = codes
            .iter()
            .enumerate()
            .map(|(n, code)| Finding::new(code, FileId(0), Target::File, Words::new(n.to_string(), n.to_string())));
        let located = locate(findings.collect(), &tree);
        assert_eq!(summary(&located, Lang::Zh), zh);
        assert_eq!(summary(&located, Lang::En), en);
    }

    #[test]
    fn closing_lines() {
        check(&[], "没有发现问题", "no problems found");
        check(&[&DUPLICATE], "共 1 个问题：1 个错误", "1 problem: 1 error");
        check(
            &[&DUPLICATE, &EXPIRED, &DUPLICATE],
            "共 3 个问题：2 个错误，1 个警告",
            "3 problems: 2 errors, 1 warning",
        );
        check(&[&LATER, &EXPIRED, &LATER], "共 3 个问题：1 个警告，2 个提示", "3 problems: 1 warning, 2 notes");
    }
}
