//! How a text is written, beyond what it says: punctuation and blanks.
//!
//! Nothing here changes a page much; the program repairs it itself. One finding
//! a file is enough.

use std::ops::Range;

use crate::diagnostics::{Code, Finding, Fix, Target, Words, codes};
use crate::documents::DocumentKind;
use crate::source::{SourceFile, Step};
use crate::yaml::{ScalarAt, Style, front_matter, scalars};

/// Marks that have a Chinese form, and that form.
const MARKS: [(u8, &str); 5] = [(b',', "，"), (b';', "；"), (b':', "："), (b'?', "？"), (b'!', "！")];

/// Findings on the manner of one file.
pub(super) fn look(file: &SourceFile, kind: &DocumentKind, findings: &mut Vec<Finding>) {
    let is_other =
        matches!(kind, DocumentKind::Theme | DocumentKind::Ignored | DocumentKind::Unknown | DocumentKind::UrlsLock);
    if is_other || !is_suspect(file.text.as_bytes()) {
        return;
    }
    let is_markdown = file.path.ends_with(".md");
    let yaml = if is_markdown { front_matter(&file.text).unwrap_or(0..0) } else { 0..file.text.len() };
    let Some(mut scalars) = scalars(&file.text[yaml.clone()]) else { return };
    scalars.iter_mut().for_each(|one| one.range = one.range.start + yaml.start..one.range.end + yaml.start);
    let mut marks = Vec::new();
    // The words of a law stay as they are.
    if !matches!(kind, DocumentKind::Law(_)) {
        for scalar in scalars.iter().filter(|scalar| !scalar.is_key && !is_quotation(scalar)) {
            collect(&file.text, scalar.range.clone(), &mut marks);
        }
        if is_markdown {
            prose(&file.text, yaml.end, &mut marks);
        }
    }
    findings.extend(punctuation(file, marks));
    findings.extend(trailing(file, &yaml, &scalars));
}

/// Whether a text may have something to find; most have not.
fn is_suspect(bytes: &[u8]) -> bool {
    let is_found = |three: &[u8]| {
        let is_mark = matches!(three[1], b',' | b';' | b':' | b'?' | b'!' | b'(');
        let is_blank = matches!(three[1], b' ' | b'\t') && matches!(three[2], b'\n' | b'\r');
        (is_mark && three[0] >= 0x80 && three[2] >= 0x80) || is_blank
    };
    // Most bytes are of Chinese characters, and none of those is looked for.
    bytes.windows(3).any(|three| three[1] < b'@' && is_found(three))
        || bytes.last().is_some_and(|last| matches!(last, b' ' | b'\t'))
}

/// Whether a value is the text of a law's article.
fn is_quotation(scalar: &ScalarAt) -> bool {
    let keys: Vec<&str> = scalar
        .path
        .0
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    keys.len() > 1 && keys[keys.len() - 2].ends_with("依据") && keys.last() == Some(&"内容")
}

fn is_han(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2FA1F}'))
}

/// The ASCII marks between Chinese characters in a part of the text, with their Chinese form.
fn collect(text: &str, range: Range<usize>, marks: &mut Vec<(Range<usize>, String)>) {
    let part = &text[range.clone()];
    let before = |at: usize| part[..at].chars().next_back();
    let after = |at: usize| part[at + 1..].chars().next();
    let is_address = |at: usize| {
        let run = part[..at].rsplit([' ', '\n', '(', '（', '<', '"']).next();
        run.is_some_and(|run| run.contains("://"))
    };
    for (at, byte) in part.bytes().enumerate() {
        let is_mark = byte == b'(' || MARKS.iter().any(|(mark, _)| *mark == byte);
        if !is_mark || is_address(at) {
            continue;
        }
        let place = range.start + at..range.start + at + 1;
        if let Some((_, mark)) = MARKS.iter().find(|(mark, _)| *mark == byte) {
            if is_han(before(at)) && is_han(after(at)) {
                marks.push((place, (*mark).to_owned()));
            }
        } else if byte == b'(' && is_han(before(at)) && is_han(after(at)) {
            // Both brackets or none.
            let Some(end) = part[at..].find(')').map(|end| at + end) else { continue };
            let inner = &part[at + 1..end];
            if is_han(before(end)) && !inner.contains(['(', '\n']) {
                marks.push((place, "（".to_owned()));
                marks.push((range.start + end..range.start + end + 1, "）".to_owned()));
            }
        }
    }
}

/// The same in the text of a Markdown file, without what is code.
fn prose(text: &str, from: usize, marks: &mut Vec<(Range<usize>, String)>) {
    let mut at = from;
    let mut is_fenced = false;
    for line in text[from..].split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        is_fenced ^= is_fence;
        if !is_fenced && !is_fence && !line.trim_start().starts_with('>') {
            let mut start = at;
            for (n, part) in line.split('`').enumerate() {
                if n % 2 == 0 {
                    collect(text, start..start + part.len(), marks);
                }
                start += part.len() + 1;
            }
        }
        at += line.len();
    }
}

fn punctuation(file: &SourceFile, mut marks: Vec<(Range<usize>, String)>) -> Option<Finding> {
    marks.sort_by_key(|(range, _)| range.start);
    let (first, mark) = marks.first()?.clone();
    let count = marks.len();
    let written = &file.text[first.clone()];
    let more =
        if count > 1 { (format!("，共 {count} 处"), format!(", {count} in all")) } else { Default::default() };
    let message = Words::new(
        format!("中文里用了英文标点 `{written}`{}", more.0),
        format!("ASCII `{written}` between Chinese characters{}", more.1),
    );
    let finding = one(&codes::TX01, file, first, message)
        .allowed(format!("`{mark}`"), format!("`{mark}`"))
        .repair("运行 mingbai check --fix，或者手工改", "run mingbai check --fix, or change it by hand");
    Some(finding.fix(Fix::Bytes(marks)))
}

/// Blanks at the ends of lines, outside of texts that keep them.
fn trailing(file: &SourceFile, yaml: &Range<usize>, scalars: &[ScalarAt]) -> Option<Finding> {
    let mut blanks = Vec::new();
    let mut at = yaml.start;
    for line in file.text[yaml.clone()].split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let kept = body.trim_end_matches([' ', '\t']);
        let blank = at + kept.len()..at + body.len();
        let before = scalars.partition_point(|scalar| scalar.range.start <= blank.start);
        let is_inside = before.checked_sub(1).is_some_and(|n| is_part_of(&scalars[n], blank.start));
        if !blank.is_empty() && !is_inside {
            blanks.push((blank, String::new()));
        }
        at += line.len();
    }
    let first = blanks.first()?.0.clone();
    let count = blanks.len();
    let message = Words::new(
        format!("{count} 行末尾有空格"),
        format!("blanks at the end of {count} {}", if count == 1 { "line" } else { "lines" }),
    );
    let finding = one(&codes::TX02, file, first, message)
        .repair("运行 mingbai check --fix，或者删掉行末的空格", "run mingbai check --fix, or delete the blanks");
    Some(finding.fix(Fix::Bytes(blanks)))
}

/// Whether a place is within a scalar; the lines of a block are followed by blanks of its own.
fn is_part_of(scalar: &ScalarAt, at: usize) -> bool {
    match scalar.style {
        Style::Block => at <= scalar.range.end,
        _ => at < scalar.range.end,
    }
}

fn one(code: &'static Code, file: &SourceFile, at: Range<usize>, message: Words) -> Finding {
    Finding::new(code, file.id, Target::Bytes(at), message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::kind_of;
    use crate::source::FileId;

    /// The text with every fix made.
    fn check(path: &str, text: &str, expected: &str) {
        let file = SourceFile { id: FileId::FIRST, path: path.to_owned(), text: text.into() };
        let mut findings = Vec::new();
        look(&file, &kind_of(path), &mut findings);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for finding in &findings {
            if let Some(Fix::Bytes(more)) = &finding.fix {
                edits.extend(more.iter().cloned());
            }
        }
        edits.sort_by_key(|(range, _)| range.start);
        let mut fixed = text.to_owned();
        for (range, new) in edits.into_iter().rev() {
            fixed.replace_range(range, &new);
        }
        assert_eq!(fixed, expected);
    }

    const ITEM: &str = "content/departments/a/b/item.yaml";

    #[test]
    fn marks_between_chinese_characters() {
        check(ITEM, "名称: 材料,表格;其余:甲?乙!丙\n", "名称: 材料，表格；其余：甲？乙！丙\n");
        check(ITEM, "名称: \"甲(乙丙)丁\"\n别名: [甲,乙, 丙]\n", "名称: \"甲（乙丙）丁\"\n别名: [甲,乙, 丙]\n");
        check(ITEM, "说明: |\n  请带,身份证\n", "说明: |\n  请带，身份证\n");
        for same in [
            "名称: 甲(2023修正)乙\n",
            "名称: 甲, 乙\n",
            "网址: https://a.example/甲:乙\n",
            "办理依据:\n  - { 法律: a, 内容: 甲,乙 }\n",
            "名称: A,B 甲,1\n",
        ] {
            check(ITEM, same, same);
        }
        check("content/laws/a.yaml", "名称: 甲,乙\n", "名称: 甲,乙\n");
    }

    #[test]
    fn marks_in_texts() {
        check(
            "content/pages/a.md",
            "---\n标题: 甲,乙\n---\n甲,乙 `甲,乙` 丙:丁\n\n```\n甲,乙\n```\n> 甲,乙\n",
            "---\n标题: 甲，乙\n---\n甲，乙 `甲,乙` 丙：丁\n\n```\n甲,乙\n```\n> 甲,乙\n",
        );
    }

    #[test]
    fn blanks_at_the_ends_of_lines() {
        check(
            ITEM,
            "名称: 甲  \r\n别名: \"乙\" # 注 \n说明: |\n  丙  \n  丁\n末: 戊\t",
            "名称: 甲\r\n别名: \"乙\" # 注\n说明: |\n  丙  \n  丁\n末: 戊",
        );
        check(ITEM, "说明: |+\n  丙  \n末: 戊\n", "说明: |+\n  丙  \n末: 戊\n");
        check("content/pages/a.md", "---\n标题: 甲 \n---\n乙  \n丙\n", "---\n标题: 甲\n---\n乙  \n丙\n");
    }
}
