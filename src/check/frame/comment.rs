//! Comments that let a finding pass: `# 允许 VG01：理由` in YAML,
//! `<!-- 允许 VG01：理由 -->` in Markdown.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::documents::{DocumentKind, kind_of};
use crate::source::lines::line_around;
use crate::source::{SourceFile, SourceTree};
use crate::yaml::{ScalarAt, Style, comments_between, front_matter, scalars};

const WORD: &str = "允许";

/// One comment, as far as it names one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// The code as written.
    pub(super) code: String,
    /// Where it is written.
    pub(super) code_at: Range<usize>,
    /// What follows the colon.
    pub(super) reason: String,
    /// The lines a finding may begin on.
    pub(super) covers: Range<usize>,
}

/// The comments of every file, kept for the next time that it says the same.
#[derive(Debug, Default)]
pub struct Comments(Vec<(Arc<str>, Vec<Comment>)>);

impl Comments {
    /// The comments of every file of the tree, in its order.
    pub(super) fn of(&mut self, tree: &SourceTree) -> impl Iterator<Item = &[Comment]> {
        let before = std::mem::take(&mut self.0);
        let is_same =
            |n: usize, file: &SourceFile| before.get(n).is_some_and(|(text, _)| Arc::ptr_eq(text, &file.text));
        self.0 = tree
            .files
            .par_iter()
            .enumerate()
            .map(|(n, file)| match is_same(n, file) {
                true => before[n].clone(),
                false => (Arc::clone(&file.text), comments_of(file)),
            })
            .collect();
        self.0.iter().map(|(_, comments)| comments.as_slice())
    }
}

/// The comments of one file.
fn comments_of(file: &SourceFile) -> Vec<Comment> {
    let kind = kind_of(&file.path);
    if matches!(kind, DocumentKind::Theme | DocumentKind::Ignored | DocumentKind::Unknown | DocumentKind::UrlsLock)
        || !file.text.contains(WORD)
    {
        return Vec::new();
    }
    if !file.path.ends_with(".md") {
        return in_yaml(&file.text, 0);
    }
    let head = front_matter(&file.text).unwrap_or(0..0);
    let mut found = in_yaml(&file.text[head.clone()], head.start);
    found.extend(in_markdown(&file.text, head.end));
    found
}

fn in_yaml(text: &str, base: usize) -> Vec<Comment> {
    let Some(scalars) = scalars(text) else { return Vec::new() };
    let mut found = Vec::new();
    for range in comments_between(text, &scalars) {
        let covers = covered(text, range.start, &scalars);
        let from = range.start + 1;
        for mut comment in read(&text[from..range.end], from) {
            comment.code_at = comment.code_at.start + base..comment.code_at.end + base;
            comment.covers = covers.start + base..covers.end + base;
            found.push(comment);
        }
    }
    found
}

/// The line of a comment behind a value, else the next line that is no comment; with it the
/// rest of a text that begins there.
fn covered(text: &str, at: usize, scalars: &[ScalarAt]) -> Range<usize> {
    let mut line = line_around(text, at);
    while text[line.clone()].trim_start().starts_with('#') && line.end < text.len() {
        let next = line_around(text, line.end + 1);
        if next.start <= line.start {
            break;
        }
        line = next;
    }
    let begins = |scalar: &&ScalarAt| match scalar.style {
        // Its first line is the one with the | or >.
        Style::Block => (line.start..=line.end).contains(&text[..scalar.range.start].trim_end().len()),
        _ => (line.start..line.end.max(line.start + 1)).contains(&scalar.range.start),
    };
    let end = scalars.iter().filter(begins).map(|scalar| scalar.range.end).max();
    line.start..end.map_or(line.end, |end| end.max(line.end))
}

fn in_markdown(text: &str, from: usize) -> Vec<Comment> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(start) = text[at..].find("<!--").map(|start| at + start) {
        let Some(end) = text[start..].find("-->").map(|end| start + end) else { break };
        let inner = start + "<!--".len();
        let covers = paragraph(text, start, end + "-->".len());
        for comment in read(text[inner..end.max(inner)].trim_end(), inner) {
            found.push(Comment { covers: covers.clone(), ..comment });
        }
        at = end + "-->".len();
    }
    found
}

/// The line of a comment within a text; for one on its own line the lines below it up to an empty one.
fn paragraph(text: &str, start: usize, end: usize) -> Range<usize> {
    let line = line_around(text, start);
    let is_alone = text[line.start..start].trim().is_empty() && text[end..line.end.max(end)].trim().is_empty();
    if !is_alone {
        return line;
    }
    let below = (line.end + 1).min(text.len());
    let skipped = text[below..].len() - text[below..].trim_start_matches(['\n', '\r']).len();
    let below = below + skipped;
    let length = text[below..].find("\n\n").or_else(|| text[below..].find("\r\n\r\n")).unwrap_or(text.len() - below);
    line.start..below + length
}

/// What a comment allows: one entry for each code it names. A comment that only begins with
/// the same word is none.
fn read(text: &str, base: usize) -> Vec<Comment> {
    let lead = text.len() - text.trim_start().len();
    let Some(rest) = text.trim_start().strip_prefix(WORD) else { return Vec::new() };
    let start = lead + WORD.len();
    let (codes, reason) = match rest.find(['：', ':']) {
        Some(colon) => (&rest[..colon], rest[colon..].trim_start_matches(['：', ':']).trim()),
        None => (rest, ""),
    };
    let mut found = Vec::new();
    let mut at = 0;
    for part in codes.split(['、', ',', '，', ' ']) {
        let place = base + start + at;
        at += part.len() + codes[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        let word: String = part.chars().map(half_width).collect();
        if word.is_empty() {
            continue;
        }
        if !is_code(&word) {
            // Without a colon the reason may follow the code.
            break;
        }
        let code_at = place..place + part.len();
        found.push(Comment { code: word, code_at, reason: reason.to_owned(), covers: 0..0 });
    }
    found
}

fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// Whether a word looks like a code or the name of one.
fn is_code(word: &str) -> bool {
    let plain = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain && word.bytes().any(|b| b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: &[Comment], text: &str, expected: &[(&str, &str, &str)]) {
        let shown: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|one| (&text[one.code_at.clone()], one.reason.as_str(), &text[one.covers.clone()]))
            .collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn behind_a_value_or_above_it() {
        for (text, expected) in [
            ("甲: 一 # 允许 VG01：理由\n", vec![("VG01", "理由", "甲: 一 # 允许 VG01：理由")]),
            ("# 允许 vague-word: 理由\n甲: 一\n乙: 二\n", vec![("vague-word", "理由", "甲: 一")]),
            (
                "# 允许 VG01：一\n# 允许ＴＬ０７：二\n甲: 一\n",
                vec![("VG01", "一", "甲: 一"), ("ＴＬ０７", "二", "甲: 一")],
            ),
            ("# 允许 VG01、TL07：同\n甲: 一\n", vec![("VG01", "同", "甲: 一"), ("TL07", "同", "甲: 一")]),
            ("甲: | # 允许 VG01：文\n  一\n  二\n乙: 三\n", vec![("VG01", "文", "甲: | # 允许 VG01：文\n  一\n  二")]),
            ("# 允许 VG01：文\n甲:\n  - 一\n", vec![("VG01", "文", "甲:")]),
            ("甲: 一 # 允许 VG01\n", vec![("VG01", "", "甲: 一 # 允许 VG01")]),
            ("甲: 一 # 允许代办\n乙: \"# 允许 VG01：假\"\n丙: 二 # 允许 A岗 代办\n", vec![]),
            ("甲: 一\n# 允许 VG01：末", vec![("VG01", "末", "# 允许 VG01：末")]),
        ] {
            check(&in_yaml(text, 0), text, &expected);
        }
    }

    #[test]
    fn in_a_text() {
        for (text, expected) in [
            ("一 <!-- 允许 VG01：理由 --> 二\n三\n", vec![("VG01", "理由", "一 <!-- 允许 VG01：理由 --> 二")]),
            (
                "<!-- 允许 VG01：理由 -->\n\n一\n二\n\n三\n",
                vec![("VG01", "理由", "<!-- 允许 VG01：理由 -->\n\n一\n二")],
            ),
            ("<!-- 别的 -->\n<!-- 允许", vec![]),
        ] {
            check(&in_markdown(text, 0), text, &expected);
        }
    }
}
