//! Which faults of a YAML text the program can repair itself.
//!
//! Only where the writer's meaning is beyond doubt: a colon behind a key of the
//! format, an indentation of one kind of character, digits of the wrong width.
//! What could as well be a part of somebody's text is left alone.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostics::{Finding, Fix, Target};
use crate::schema::values::check_format;
use crate::source::lines::line_around;
use crate::yaml::read::Source;
use crate::yaml::shape::Shape;

/// How many columns a tab and a full-width space stand for.
const TWO: &str = "  ";

/// The same value in ASCII digits, letters and dashes, if that is a value of the format.
pub(super) fn of_value(format: &str, text: &str) -> Option<Fix> {
    let plain: String = text.chars().map(plain).collect();
    let is_right = plain != text && matches!(check_format(format, &plain), Some(Ok(())));
    is_right.then(|| Fix::Within { from: text.to_owned(), to: plain })
}

/// Digits, letters and the marks between digits in half width, dashes of every kind as `-`.
fn plain(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '／' | '：' | '＃' => {
            u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' => '-',
        _ => c,
    }
}

/// Stands for the keys of a mapping with any keys.
const ANY: &str = "";

/// Adds fixes to the faults of lines: colons and indentation.
pub(super) fn attach(source: Source<'_>, shape: &Shape, findings: &mut [Finding]) {
    let is_line_fault = |finding: &Finding| matches!(finding.code.id, "YM01" | "YM02" | "YM03" | "YM14");
    if !findings.iter().any(is_line_fault) {
        return;
    }
    let mut keys = BTreeSet::new();
    collect(shape, &mut keys);
    let is_even = is_evenly_indented(source.text);
    for finding in findings.iter_mut().filter(|finding| is_line_fault(finding) && finding.fix.is_none()) {
        let Target::Bytes(range) = &finding.place.target else { continue };
        let Some(at) = range.start.checked_sub(source.base).filter(|at| *at < source.text.len()) else { continue };
        finding.fix = match finding.code.id {
            "YM02" | "YM14" if is_even => indentation(source, at),
            "YM01" | "YM03" => colon(source, at, &keys),
            _ => None,
        };
    }
}

/// The names of all keys of a shape.
fn collect<'s>(shape: &'s Shape, keys: &mut BTreeSet<&'s str>) {
    match shape {
        Shape::Map(map) => map.iter().for_each(|key| {
            keys.insert(&key.name);
            collect(&key.shape, keys);
        }),
        Shape::Open(inner) => {
            keys.insert(ANY);
            collect(inner, keys);
        }
        Shape::List(inner) => collect(inner, keys),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| collect(shape, keys)),
        _ => {}
    }
}

/// The leading blanks of a line.
fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()]
}

fn is_content(line: &str) -> bool {
    let rest = line[indent(line).len()..].trim_end();
    !rest.is_empty() && !rest.starts_with('#')
}

/// Whether every line is indented by one kind of blank, spaces by twos: then a tab and a
/// full-width space stand for one level.
fn is_evenly_indented(text: &str) -> bool {
    text.lines().filter(|line| is_content(line)).all(|line| {
        let indent = indent(line);
        let is_of = |blank: char| indent.chars().all(|c| c == blank);
        (is_of(' ') && indent.len().is_multiple_of(2)) || is_of('\t') || is_of('\u{3000}')
    })
}

fn indentation(source: Source<'_>, at: usize) -> Option<Fix> {
    let line = line_around(source.text, at);
    let written = indent(&source.text[line.clone()]);
    let spaces = TWO.repeat(written.chars().count());
    Some(Fix::Bytes(vec![(place(source, line.start..line.start + written.len()), spaces)]))
}

fn place(source: Source<'_>, range: Range<usize>) -> Range<usize> {
    range.start + source.base..range.end + source.base
}

/// The colon at `at`, if it stands behind a key of the format where a key can stand.
fn colon(source: Source<'_>, at: usize, keys: &BTreeSet<&str>) -> Option<Fix> {
    let text = source.text;
    let colon = text[at..].chars().next().filter(|c| matches!(c, '：' | ':'))?;
    let line = line_around(text, at);
    let before = &text[line.start..at];
    let in_brackets = before.rfind(['{', ',']);
    let name = match in_brackets {
        Some(open) => before[open + 1..].trim(),
        None => before.trim_start_matches([' ', '-', '\t', '\u{3000}']),
    };
    // The articles of a law are keys without a fixed name.
    let is_article = keys.contains(ANY) && name.starts_with('第') && name.contains('条');
    if !(keys.contains(name) || is_article) || (in_brackets.is_none() && !can_hold_a_key(text, line.start)) {
        return None;
    }
    let end = at + colon.len_utf8();
    let gap = text[end..].len() - text[end..].trim_start_matches([' ', '\u{3000}']).len();
    let is_end = text[end + gap..].is_empty() || text[end + gap..].starts_with(['\n', '\r']);
    let new = if is_end { ":" } else { ": " };
    if text[at..end + gap] == *new {
        return None;
    }
    Some(Fix::Bytes(vec![(place(source, at..end + gap), new.to_owned())]))
}

/// Whether the line that begins here can begin with a key: it is not a part of a text that
/// began above it.
fn can_hold_a_key(text: &str, start: usize) -> bool {
    let mut depth = indent(&text[start..]).chars().count();
    let mut is_first = true;
    for line in text[..start].lines().rev().filter(|line| is_content(line)) {
        let outer = indent(line).chars().count();
        if outer >= depth {
            continue;
        }
        depth = outer;
        let bare = line.split(" #").next().unwrap_or(line).trim_end();
        let opens = bare.ends_with([':', '：']) || bare.trim_start().starts_with('-');
        if is_block(bare) || (is_first && !opens) {
            return false;
        }
        is_first = false;
        if depth == 0 {
            break;
        }
    }
    true
}

/// Whether a text of several lines begins below this line.
fn is_block(line: &str) -> bool {
    let last = line.rsplit([' ', '：']).next().unwrap_or_default();
    let modifiers = last.strip_prefix(['|', '>']);
    modifiers.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '+' || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::read;
    use crate::yaml::shape::Key;

    fn shape() -> Shape {
        let key = |name: &str, shape| Key { name: name.to_owned(), required: false, description: String::new(), shape };
        let text = || Shape::Text { format: None };
        let inner = Shape::Map(vec![key("名称", text()), key("电话", Shape::Text { format: Some("phone".into()) })]);
        Shape::Map(vec![
            key("名称", text()),
            key("说明", text()),
            key("条款", Shape::Open(Box::new(text()))),
            key("地点", inner.clone()),
            key("材料", Shape::List(Box::new(inner))),
        ])
    }

    /// The text with every fix by bytes made.
    fn check(text: &str, expected: &str) {
        let source = Source { file: FileId::FIRST, text, base: 0 };
        let (_, findings) = read::<serde_json::Value>(source, &shape());
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for finding in findings {
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

    #[test]
    fn colons_behind_keys() {
        check("名称：甲\n说明：　乙\n", "名称: 甲\n说明: 乙\n");
        check("名称：甲\n地点：\n  名称：乙\n", "名称: 甲\n地点:\n  名称: 乙\n");
        check(
            "名称: 甲\n材料:\n  - 名称：乙\n    电话: \"12345\"\n",
            "名称: 甲\n材料:\n  - 名称: 乙\n    电话: \"12345\"\n",
        );
        check("地点: { 名称：甲, 电话: \"12345\" }\n", "地点: { 名称: 甲, 电话: \"12345\" }\n");
        check("名称:甲\n说明: 乙\n", "名称: 甲\n说明: 乙\n");
        check("条款:\n  第三条：|-\n    甲\n  第四条: 乙\n", "条款:\n  第三条: |-\n    甲\n  第四条: 乙\n");
    }

    #[test]
    fn what_may_be_text_stays() {
        for text in [
            "说明: |\n  名称：甲\n  乙\n地点: [\n",
            "说明: 甲\n  名称：乙\n地点: [\n",
            "名字：甲\n",
            "说明: |\n  一\n\n  名称：甲\n坏: [\n",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn indentation_of_one_kind() {
        check("地点:\n\t名称: 甲\n\t电话: \"12345\"\n", "地点:\n  名称: 甲\n  电话: \"12345\"\n");
        check("地点:\n　名称: 甲\n", "地点:\n  名称: 甲\n");
        check("材料:\n- 名称: 甲\n　电话: \"12345\"\n", "材料:\n- 名称: 甲\n  电话: \"12345\"\n");
        check("材料:\n  - 名称: 甲\n地点:\n\t名称: 甲\n", "材料:\n  - 名称: 甲\n地点:\n  名称: 甲\n");
        check("地点:\n    名称: 甲\n \t电话: \"12345\"\n", "地点:\n    名称: 甲\n \t电话: \"12345\"\n");
        check("说明: 甲\n   乙\n地点:\n\t名称: 甲\n", "说明: 甲\n   乙\n地点:\n\t名称: 甲\n");
    }

    #[test]
    fn values_of_the_wrong_width() {
        let fixed = |format, text| match of_value(format, text) {
            Some(Fix::Within { to, .. }) => to,
            _ => String::new(),
        };
        assert_eq!(fixed("phone", "０６００—８８０１００１"), "0600-8801001");
        assert_eq!(fixed("phone", "0600\u{2212}8801001"), "0600-8801001");
        assert_eq!(fixed("date", "２０２６-０６-０１"), "2026-06-01");
        assert_eq!(fixed("phone", "0600 8801001"), "");
        assert_eq!(fixed("phone", "0600-8801001"), "");
    }
}
