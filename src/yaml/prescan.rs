//! Looks at the lines of a YAML text for the mistakes no parser explains:
//! tabs, full-width spaces and colons, a nesting that would hurt a parser.

use crate::diagnostics::{Finding, Target, Words, codes};
use crate::source::FileId;
use crate::source::lines::line_around;

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 64;

/// Whether the text nests deeper than any content needs.
///
/// It counts brackets and dashes without understanding quotes, so it may only
/// be trusted for its large limit. Returns the byte offset where it gets too deep.
pub(crate) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        let dashes = leading_dashes(trimmed);
        if indent > MAX_DEPTH * 8 || dashes > MAX_DEPTH {
            return Some(offset);
        }
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'[' | b'{' if depth == MAX_DEPTH => return Some(offset + at),
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        offset += line.len();
    }
    None
}

fn leading_dashes(mut line: &str) -> usize {
    let mut dashes = 0;
    while let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("? ")) {
        dashes += 1;
        line = rest.trim_start_matches(' ');
    }
    dashes
}

/// Findings for lines whose indentation or colon is wrong.
///
/// Called when a text could not be parsed: in a text that parses, such lines
/// are part of a longer value and right.
pub(crate) fn line_faults(text: &str, file: FileId, base: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut offset = base;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        if let Some(finding) = line_fault(body, file, offset) {
            findings.push(finding);
        }
        offset += line.len();
    }
    findings
}

fn line_fault(line: &str, file: FileId, offset: usize) -> Option<Finding> {
    let indent_end = line.find(|c: char| c != ' ' && c != '\t' && c != '\u{3000}').unwrap_or(line.len());
    let rest = &line[indent_end..];
    if rest.is_empty() || rest.starts_with('#') {
        return None;
    }
    let indent = &line[..indent_end];
    if let Some(at) = indent.find('\t') {
        return Some(
            Finding::new(
                &codes::YM02,
                file,
                Target::Bytes(offset + at..offset + at + 1),
                Words::new("这一行用 Tab 缩进", "this line is indented with a tab"),
            )
            .label("这里是 Tab", "a tab")
            .allowed("空格，每层两个", "spaces, two for each level")
            .repair("把 Tab 换成空格", "replace the tab by spaces"),
        );
    }
    if let Some(at) = indent.find('\u{3000}') {
        return Some(
            Finding::new(
                &codes::YM14,
                file,
                Target::Bytes(offset + at..offset + at + 3),
                Words::new("这一行用全角空格缩进", "this line is indented with a full-width space"),
            )
            .label("这里是全角空格", "a full-width space")
            .allowed("英文（半角）空格，每层两个", "ASCII spaces, two for each level")
            .repair("删掉全角空格，改用英文空格", "replace it by ASCII spaces"),
        );
    }
    full_width_colon(line, rest, indent_end, file, offset)
}

fn full_width_colon(line: &str, rest: &str, start: usize, file: FileId, offset: usize) -> Option<Finding> {
    let mut key = rest;
    while let Some(inner) = key.strip_prefix("- ") {
        key = inner.trim_start();
    }
    let key_start = start + (rest.len() - key.len());
    let colon = key.find('：')?;
    let name = &key[..colon];
    if !is_key(name) {
        return None;
    }
    let fixed = format!("{}{}: {}", &line[..key_start], name, key[colon + '：'.len_utf8()..].trim_start());
    Some(colon_finding(name, &fixed, file, offset + key_start + colon))
}

/// Whether a text could be a key of a document.
pub(crate) fn is_key(name: &str) -> bool {
    !name.is_empty() && name.chars().count() <= 12 && name.chars().all(char::is_alphanumeric)
}

/// A fault of the colon of a key on the line at `at`, where a parser gave up,
/// or on the line before it: full-width in brackets, without its space, or missing.
pub(crate) fn colon_near(text: &str, at: usize, file: FileId, base: usize) -> Option<Finding> {
    let line = line_around(text, at);
    let before = text[..line.start].trim_end().len();
    let mut lines = vec![line.clone()];
    if line.start > 0 {
        lines.push(line_around(text, before));
    }
    lines.into_iter().find_map(|range| {
        let line = &text[range.clone()];
        full_width_in_brackets(line, file, base + range.start).or_else(|| bare_colon(line, file, base + range.start))
    })
}

/// `{ 键：值 }` or `, 键：值`.
fn full_width_in_brackets(line: &str, file: FileId, offset: usize) -> Option<Finding> {
    line.match_indices('：').find_map(|(colon, _)| {
        let start = line[..colon].rfind(['{', ','])?;
        let name = line[start + 1..colon].trim();
        let fixed = format!("{name}: …");
        is_key(name).then(|| colon_finding(name, &fixed, file, offset + colon))
    })
}

/// A line `键:值` or `键 值`: no key to a parser.
fn bare_colon(line: &str, file: FileId, offset: usize) -> Option<Finding> {
    let rest = line.trim_start_matches([' ', '-']);
    let start = line.len() - rest.len();
    if rest.starts_with('#') || rest.is_empty() {
        return None;
    }
    if let Some((name, value)) = rest.split_once(':') {
        let joined = is_key(name) && !name.is_ascii() && !value.is_empty() && !value.starts_with(' ');
        let colon = offset + start + name.len();
        return joined.then(|| {
            Finding::new(
                &codes::YM01,
                file,
                Target::Bytes(colon..colon + 1),
                Words::new(format!("`{name}:` 后面没有空格"), format!("`{name}:` is not followed by a space")),
            )
            .label("后面少一个空格", "a space is missing after it")
            .allowed("英文冒号加一个空格", "a colon and a space")
            .repair(format!("改成 `{name}: {value}`"), format!("write `{name}: {value}`"))
        });
    }
    let (name, value) = rest.split_once(' ')?;
    let begins_line = !line[..start].contains('-');
    (begins_line && is_key(name) && !name.is_ascii()).then(|| {
        Finding::new(
            &codes::YM01,
            file,
            Target::Bytes(offset + start..offset + start + name.len()),
            Words::new(format!("`{name}` 后面没有冒号"), format!("`{name}` is not followed by a colon")),
        )
        .label("少了冒号", "the colon is missing")
        .allowed("英文冒号加一个空格", "a colon and a space")
        .repair(format!("改成 `{name}: {}`", value.trim()), format!("write `{name}: {}`", value.trim()))
    })
}

/// A full-width colon at `at`, behind the key `name`.
pub(crate) fn colon_finding(name: &str, fixed: &str, file: FileId, at: usize) -> Finding {
    Finding::new(
        &codes::YM03,
        file,
        Target::Bytes(at..at + '：'.len_utf8()),
        Words::new(format!("`{name}` 后面是中文冒号 `：`"), format!("`{name}` is followed by a full-width colon `：`")),
    )
    .label("中文冒号", "a full-width colon")
    .allowed("英文冒号加一个空格", "an ASCII colon and a space")
    .repair(format!("改成 `{}`", fixed.trim()), format!("write `{}`", fixed.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_is_seen_before_any_parser_sees_it() {
        assert_eq!(too_deep("a: [1, [2, 3]]\n- - b\n"), None);
        assert!(too_deep(&"[".repeat(100_000)).is_some());
        assert!(too_deep(&"- ".repeat(70)).is_some());
        assert!(too_deep(&format!("{}a: 1\n", " ".repeat(600))).is_some());
    }
}
