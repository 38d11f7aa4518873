//! Findings as one JSON object, for scripts.

use serde::Serialize;

use crate::diagnostics::{Lang, Severity};
use crate::printing::render::escape;
use crate::printing::{LocatedFinding, Spot};
use crate::source::SourceTree;

#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Suppressed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a serde_json::Value>,
}

/// A finding that is let pass, with the reason.
#[derive(Serialize)]
struct Suppressed<'a> {
    #[serde(flatten)]
    finding: Entry<'a>,
    reason: &'a str,
    person: Option<&'a str>,
    date: Option<&'a str>,
}

/// One finding. What it has none of is `null`, so that every entry has the same fields.
#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: Location<'a>,
    message: &'a str,
    allowed: Option<&'a str>,
    repair: Option<&'a str>,
    related: Vec<Related<'a>>,
    /// Whether `--fix` repairs it.
    fixable: bool,
}

/// Lines and columns count from 1, columns in characters; `null` for a whole file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Location<'a>,
    message: &'a str,
}

/// All findings in `lang`, the fields always in the same order.
pub(super) fn print(report: &crate::printing::Report, tree: &SourceTree, lang: Lang) -> String {
    let suppressed = report.allowed.iter().map(|one| Suppressed {
        finding: entry(&one.finding, tree, lang),
        reason: &one.reason,
        person: one.agreed.as_ref().map(|(person, _)| person.as_str()),
        date: one.agreed.as_ref().map(|(_, date)| date.as_str()),
    });
    let findings = report.findings.iter().map(|finding| entry(finding, tree, lang));
    to_json(&Report {
        findings: findings.collect(),
        suppressed: suppressed.collect(),
        summary: report.summary.as_ref(),
    })
}

fn entry<'a>(finding: &'a LocatedFinding, tree: &'a SourceTree, lang: Lang) -> Entry<'a> {
    let related = finding.related.iter();
    Entry {
        code: finding.code.id,
        name: finding.code.name,
        severity: severity_name(finding.severity),
        place: location(&finding.spot, tree),
        message: finding.message.get(lang),
        allowed: finding.allowed.as_ref().map(|words| words.get(lang)),
        repair: finding.repair.as_ref().map(|words| words.get(lang)),
        related: related
            .map(|(spot, words)| Related { place: location(spot, tree), message: words.get(lang) })
            .collect(),
        fixable: finding.fix.is_some(),
    }
}

/// Serialises a report, readable and with a line break at the end.
pub(super) fn to_json(report: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(report).expect("texts, numbers and lists always serialise");
    escape::json(&text) + "\n"
}

fn location<'a>(spot: &Spot, tree: &'a SourceTree) -> Location<'a> {
    let part = spot.part.as_ref();
    Location {
        path: &tree.file(spot.file).path,
        line: part.map(|part| part.start.line),
        column: part.map(|part| part.start.column),
        end_line: part.map(|part| part.end.line),
        end_column: part.map(|part| part.end.column),
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::render::samples;

    fn report(findings: Vec<LocatedFinding>) -> crate::printing::Report {
        crate::printing::Report { findings, ..Default::default() }
    }

    #[test]
    fn every_field_in_order() {
        let (tree, findings) = samples::duplicate_and_file();
        assert_eq!(
            print(&report(findings), &tree, Lang::Zh),
            r#"{
  "findings": [
    {
      "code": "LB03",
      "name": "law-expired",
      "severity": "warning",
      "path": "content/甲 乙#.yaml",
      "line": null,
      "column": null,
      "endLine": null,
      "endColumn": null,
      "message": "整个文件\u001b[2J\u009b",
      "allowed": null,
      "repair": null,
      "related": [],
      "fixable": false
    },
    {
      "code": "YM06",
      "name": "duplicate-key",
      "severity": "error",
      "path": "content/甲 乙#.yaml",
      "line": 2,
      "column": 1,
      "endLine": 2,
      "endColumn": 3,
      "message": "键 `名称` 写了两次",
      "allowed": "每个键一次",
      "repair": "删去一处\n或改名，100%",
      "related": [
        {
          "path": "content/甲 乙#.yaml",
          "line": 1,
          "column": 1,
          "endLine": 1,
          "endColumn": 3,
          "message": "第一次写在这里"
        }
      ],
      "fixable": false
    }
  ]
}
"#
        );
    }

    #[test]
    fn none_at_all() {
        assert_eq!(print(&report(Vec::new()), &SourceTree::default(), Lang::En), "{\n  \"findings\": []\n}\n");
    }
}
