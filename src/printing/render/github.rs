//! Findings as workflow commands of GitHub Actions, one line each.

use crate::diagnostics::{Lang, Severity};
use crate::printing::render::{escape, help_names};
use crate::printing::{LocatedFinding, Part};
use crate::source::SourceTree;

/// All findings: `::error file=…,line=…::message`.
pub(super) fn print(findings: &[LocatedFinding], tree: &SourceTree, lang: Lang) -> String {
    findings.iter().map(|finding| command(finding, tree, lang)).collect()
}

fn command(finding: &LocatedFinding, tree: &SourceTree, lang: Lang) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let file = property(&tree.file(finding.spot.file).path);
    let place = finding.spot.part.as_ref().map(place).unwrap_or_default();
    let title = property(&format!("{} {}", finding.code.id, finding.code.name));
    let message = message(finding, tree, lang);
    format!("::{command} file={file}{place},title={title}::{message}\n")
}

/// The line and columns. GitHub takes columns only for a place within one line.
fn place(part: &Part) -> String {
    let (start, end) = (part.start, part.end);
    if start.line == end.line {
        format!(",line={},col={},endColumn={}", start.line, start.column, end.column)
    } else {
        format!(",line={},endLine={}", start.line, end.line)
    }
}

/// The message with the advice and the related places under it.
fn message(finding: &LocatedFinding, tree: &SourceTree, lang: Lang) -> String {
    let (allowed, repair) = help_names(lang);
    let mut lines = escape::lines(finding.message.get(lang));
    for (spot, words) in &finding.related {
        let path = &tree.file(spot.file).path;
        let place = match &spot.part {
            Some(part) => format!("{path}:{}:{}", part.start.line, part.start.column),
            None => path.clone(),
        };
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        lines.push(escape::one_line(&format!("{place}{colon}{}", words.get(lang))));
    }
    for (name, words) in [(allowed, &finding.allowed), (repair, &finding.repair)] {
        if let Some(words) = words {
            lines.extend(escape::lines(&format!("{name}{}", words.get(lang))));
        }
    }
    data(&lines.join("\n"))
}

/// Escapes the text after the `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(&escape::one_line(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Finding, Target, Words};
    use crate::printing::locate;
    use crate::printing::render::samples::{self, UNKNOWN};
    use crate::source::FileId;

    #[test]
    fn one_line_a_finding() {
        let (tree, findings) = samples::duplicate_and_file();
        assert_eq!(
            print(&findings, &tree, Lang::Zh),
            "::warning file=content/甲 乙#.yaml,title=LB03 law-expired::整个文件␛[2J\u{fffd}\n\
             ::error file=content/甲 乙#.yaml,line=2,col=1,endColumn=3,title=YM06 duplicate-key::键 `名称` 写了两次\
             %0Acontent/甲 乙#.yaml:1:1：第一次写在这里%0A允许：每个键一次%0A改法：删去一处%0A或改名，100%25\n"
        );
    }

    #[test]
    fn escapes_and_several_lines() {
        let tree = samples::tree(&[("a,b:c%.yaml", "甲: [一,\n 二]\n")]);
        let words = Words::new("甲", "100% of\n::error::x");
        let findings = locate(vec![Finding::new(&UNKNOWN, FileId(0), Target::Bytes(5..16), words)], &tree);
        assert_eq!(
            print(&findings, &tree, Lang::En),
            "::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=YM05 unknown-key::100%25 of%0A::error::x\n"
        );
    }
}
