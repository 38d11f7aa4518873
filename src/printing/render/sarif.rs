//! Findings as SARIF 2.1.0, for code scanning and editors.

use serde::Serialize;

use crate::diagnostics::{Code, Lang, Severity};
use crate::printing::render::json::to_json;
use crate::printing::{LocatedAllowed, LocatedFinding, LocatedFix, Part, Spot};
use crate::source::SourceTree;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    language: &'static str,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
}

/// What the program would change to repair it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Message>,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

/// Why it is let pass: by a comment in the file, or by an entry elsewhere. Whether it is
/// accepted goes without saying: editions of the schema call that by different names.
#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    justification: String,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// All findings in `lang`, with the rules that found them.
pub(super) fn print(findings: &[LocatedFinding], allowed: &[LocatedAllowed], tree: &SourceTree, lang: Lang) -> String {
    let all = findings.iter().chain(allowed.iter().map(|one| &one.finding));
    let mut codes: Vec<&'static Code> = all.map(|finding| finding.code).collect();
    codes.sort_by_key(|code| code.id);
    codes.dedup_by_key(|code| code.id);
    let open = findings.iter().map(|finding| result(finding, &codes, tree, lang));
    let passed = allowed
        .iter()
        .map(|one| SarifResult { suppressions: vec![suppression(one)], ..result(&one.finding, &codes, tree, lang) });
    let results = open.chain(passed).collect();
    let driver = Driver {
        name: "mingbai",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: codes.iter().map(|code| rule(code, lang)).collect(),
    };
    let run = Run { tool: Tool { driver }, language: language(lang), column_kind: "unicodeCodePoints", results };
    to_json(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en-US",
    }
}

/// A rule: its title, the first paragraph of its explanation, and all of it as help.
fn rule(code: &'static Code, lang: Lang) -> Rule<'static> {
    let (title, explain) = match lang {
        Lang::Zh => (code.title_zh, code.explain_zh.trim()),
        Lang::En => (code.title_en, code.explain_en.trim()),
    };
    let explain = if explain.is_empty() { title } else { explain };
    let first_paragraph = explain.split("\n\n").next().unwrap_or(explain);
    Rule {
        id: code.id,
        name: code.name,
        short_description: message(title),
        full_description: message(first_paragraph),
        help: message(explain),
        default_configuration: Configuration { level: level(code.severity) },
    }
}

fn result(finding: &LocatedFinding, codes: &[&'static Code], tree: &SourceTree, lang: Lang) -> SarifResult {
    let advice = [&finding.allowed, &finding.repair];
    let (allowed, repair) = super::help_names(lang);
    let mut text = finding.message.get(lang).to_owned();
    for (name, words) in [allowed, repair].iter().zip(advice) {
        if let Some(words) = words {
            text.push_str(&format!("\n{name}{}", words.get(lang)));
        }
    }
    SarifResult {
        rule_id: finding.code.id,
        rule_index: codes.partition_point(|code| code.id < finding.code.id),
        level: level(finding.severity),
        message: message(&text),
        locations: [location(&finding.spot, tree, None)],
        related_locations: finding
            .related
            .iter()
            .map(|(spot, words)| location(spot, tree, Some(message(words.get(lang)))))
            .collect(),
        fixes: finding.fix.iter().filter_map(|fix| self::fix(fix, finding, tree, lang)).collect(),
        suppressions: Vec::new(),
    }
}

/// The edits of a fix. A byte order mark stands in no line or column, so its fix is not told.
fn fix(fix: &LocatedFix, finding: &LocatedFinding, tree: &SourceTree, lang: Lang) -> Option<SarifFix> {
    let LocatedFix::Edits(edits) = fix else { return None };
    let replacements = edits.iter().map(|(part, text)| Replacement {
        deleted_region: region(part),
        inserted_content: Message { text: text.clone() },
    });
    let artifact_location = ArtifactLocation { uri: uri(&tree.file(finding.spot.file).path) };
    Some(SarifFix {
        description: finding.repair.as_ref().map(|words| message(words.get(lang))),
        artifact_changes: [ArtifactChange { artifact_location, replacements: replacements.collect() }],
    })
}

fn suppression(allowed: &LocatedAllowed) -> Suppression {
    let (kind, who) = match &allowed.agreed {
        None => ("inSource", String::new()),
        Some((person, date)) => ("external", format!(" ({person}, {date})")),
    };
    Suppression { kind, justification: format!("{}{who}", allowed.reason) }
}

fn region(part: &Part) -> Region {
    Region {
        start_line: part.start.line,
        start_column: part.start.column,
        end_line: part.end.line,
        end_column: part.end.column,
    }
}

fn location(spot: &Spot, tree: &SourceTree, message: Option<Message>) -> Location {
    let region = spot.part.as_ref().map(region);
    let artifact_location = ArtifactLocation { uri: uri(&tree.file(spot.file).path) };
    Location { physical_location: PhysicalLocation { artifact_location, region }, message }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A message as SARIF reads it: brackets that could be a link are escaped, so that text
/// quoted from a content file cannot place links in the report.
fn message(text: &str) -> Message {
    let text = if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() };
    Message { text }
}

/// A path as a relative URI: everything but the plainest characters is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
#[path = "sarif_tests.rs"]
mod tests;
