//! Where the keys and values of a YAML text are.
//!
//! Looked up only when there is something to print. What is wrong with a text
//! is not decided here; a text that does not parse simply has no positions.

use std::ops::Range;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::source::lines::line_around;
use crate::source::{FieldPath, Step};

/// Longer texts are not searched for positions.
const MAX_BYTES: usize = 4 << 20;
/// A line indented further than this is not searched: the tree is as deep as its indentation.
const MAX_INDENT: usize = 200;
/// A line may hold so many `-`, `?` and `:` that stand alone; each can open a level.
const MAX_OPENERS: usize = 64;
/// The end of the private characters that stand for the first character of repeated keys.
const RENAMED_END: char = '\u{E020}';

/// The places of the keys and values of one YAML document, as byte ranges.
#[derive(Debug)]
pub struct Positions {
    text: Box<str>,
    /// The byte offset of every character, and the text's length.
    char_starts: Vec<u32>,
    root: MarkedYaml<'static>,
    /// An empty range at the first text that is neither blank nor a comment.
    head: Range<usize>,
}

/// The node a path leads to, or the last node on the way that exists.
struct Found<'a> {
    /// The key nearest to it, unless the last step was into a list.
    key: Option<&'a MarkedYaml<'static>>,
    node: &'a MarkedYaml<'static>,
    is_root: bool,
}

impl Positions {
    /// Reads the positions of the first document of `text`; nothing if it is no
    /// YAML, has no content, or is too large or too deep to look at.
    pub fn of(text: &str) -> Option<Positions> {
        if text.len() > MAX_BYTES || is_too_deep(text) {
            return None;
        }
        let root = load(text)?;
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let char_starts = ends.map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Some(Positions { text: text.into(), char_starts, root, head: head(text) })
    }

    /// The byte range of the key that leads to a field.
    ///
    /// An entry of a list has no key and gives what [`Positions::value`] gives. A path that
    /// does not exist gives the place of the last part of it that does; the root gives an
    /// empty range at the first line with content.
    pub fn key(&self, path: &FieldPath) -> Option<Range<usize>> {
        let found = self.find(path);
        match found.key {
            Some(key) => self.bytes(key),
            None if found.is_root => Some(self.head.clone()),
            None => self.entry(found.node),
        }
    }

    /// The byte range of a field's value: exact, with its quotes, for what stands on one
    /// line. For lists, mappings, block scalars and empty values it is the key's, because
    /// theirs would mark too much or nothing. What does not exist is treated as in
    /// [`Positions::key`].
    pub fn value(&self, path: &FieldPath) -> Option<Range<usize>> {
        let found = self.find(path);
        if found.is_root || found.key.is_none() {
            return self.key(path);
        }
        let range = self.bytes(found.node)?;
        let is_alias = self.text[range.clone()].starts_with('*');
        let is_plain = !is_collection(found.node) && !range.is_empty() && !self.is_block_scalar(range.start);
        if is_alias || is_plain { Some(range) } else { self.key(path) }
    }

    /// The byte range of everything a field's value is written in, of a block scalar as well.
    pub fn extent(&self, path: &FieldPath) -> Option<Range<usize>> {
        self.bytes(self.find(path).node)
    }

    /// Follows a path as far as it exists.
    fn find(&self, path: &FieldPath) -> Found<'_> {
        let mut found = Found { key: None, node: &self.root, is_root: true };
        for step in &path.0 {
            let next = match (step, inner(found.node)) {
                (Step::Key(name), YamlData::Mapping(entries)) => {
                    entries.iter().find(|(key, _)| self.is_named(key, name)).map(|(key, node)| (Some(key), node))
                }
                (Step::Index(n), YamlData::Sequence(items)) => items.get(*n).map(|node| (None, node)),
                _ => None,
            };
            let Some((key, node)) = next else { break };
            found = Found { key, node, is_root: false };
        }
        found
    }

    /// Whether a key is called `name`; a number or a date is called as it is written.
    fn is_named(&self, key: &MarkedYaml<'static>, name: &str) -> bool {
        match inner(key) {
            YamlData::Value(Scalar::String(text)) => text == name,
            YamlData::Value(_) => self.bytes(key).is_some_and(|range| &self.text[range] == name),
            _ => false,
        }
    }

    /// The best range for an entry of a list: a value or flow collection as a whole, else
    /// the first key or entry in it, else the dash before it.
    fn entry(&self, mut node: &MarkedYaml<'static>) -> Option<Range<usize>> {
        loop {
            let range = self.bytes(node)?;
            if range.is_empty() {
                return Some(self.dash_before(range.start));
            }
            if !is_collection(node) || self.is_flow(node) || self.text[range.clone()].starts_with('*') {
                return Some(range);
            }
            node = match inner(node) {
                YamlData::Mapping(entries) => entries.iter().next()?.0,
                YamlData::Sequence(items) => items.first()?,
                _ => return Some(range),
            };
        }
    }

    /// The dash that stands before an empty entry, or an empty range.
    fn dash_before(&self, offset: usize) -> Range<usize> {
        let before = self.text[..offset].trim_end();
        if before.ends_with('-') { before.len() - 1..before.len() } else { offset..offset }
    }

    /// Whether a node is a list or mapping in brackets: those end before their closing one.
    fn is_flow(&self, node: &MarkedYaml<'static>) -> bool {
        let is_closed = |end: usize| self.text[end..].starts_with([']', '}']);
        is_collection(node) && self.byte(node.span.end.index()).is_some_and(is_closed)
    }

    /// Whether the scalar that begins here is the text of a `|` or `>`.
    fn is_block_scalar(&self, start: usize) -> bool {
        let line = line_around(&self.text, start);
        if !self.text[line.start..start].trim().is_empty() {
            return false;
        }
        let before = self.text[..line.start].trim_end();
        let header = &before[line_around(before, before.len()).start..];
        let header = header.split(" #").next().unwrap_or("");
        header.split_whitespace().next_back().is_some_and(|word| {
            let modifiers = word.strip_prefix(['|', '>']);
            modifiers.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '+' || c == '-'))
        })
    }

    /// The byte range of a node, without the blanks at its end. The closing bracket, which
    /// the parser leaves out, is added.
    fn bytes(&self, node: &MarkedYaml<'static>) -> Option<Range<usize>> {
        let start = self.byte(node.span.start.index())?;
        let end = self.byte(node.span.end.index())?.max(start);
        let text = self.text.get(start..end)?;
        if self.is_flow(node) && !text.starts_with('*') {
            return Some(start..end + 1);
        }
        Some(start..start + text.trim_end().len())
    }

    /// The byte offset of the n-th character, as the parser counts.
    fn byte(&self, characters: usize) -> Option<usize> {
        let last = self.char_starts.len().checked_sub(1)?;
        self.char_starts.get(characters.min(last)).map(|&at| at as usize)
    }
}

/// The tree of the first document. A key that stands twice is an error to the parser; its
/// later occurrence is renamed, character by character, so that nothing else moves.
fn load(text: &str) -> Option<MarkedYaml<'static>> {
    let mut chars: Vec<char> = text.chars().collect();
    for mark in '\u{E000}'..RENAMED_END {
        match MarkedYaml::load_from_iter(chars.iter().copied()) {
            Ok(documents) => return documents.into_iter().next(),
            Err(error) if error.info() == "duplicated key in mapping" => {
                let key = error.marker().index();
                let is_quoted = matches!(chars.get(key), Some('"' | '\''));
                *chars.get_mut(key + usize::from(is_quoted))? = mark;
            }
            Err(_) => return None,
        }
    }
    None
}

/// The data of a node, through any tags on it.
fn inner<'a>(node: &'a MarkedYaml<'static>) -> &'a YamlData<'static, MarkedYaml<'static>> {
    let mut data = &node.data;
    while let YamlData::Tagged(_, tagged) = data {
        data = &tagged.data;
    }
    data
}

fn is_collection(node: &MarkedYaml<'static>) -> bool {
    matches!(inner(node), YamlData::Mapping(_) | YamlData::Sequence(_))
}

/// An empty range at the first text that is neither blank, a comment nor a document mark.
fn head(text: &str) -> Range<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with(['#', '%']) && content != "---" {
            let start = at + (line.len() - line.trim_start().len());
            return start..start;
        }
        at += line.len();
    }
    0..0
}

/// Whether the text could make a tree so deep that dropping it, which is done by recursion,
/// would overflow the stack. The parser itself limits only brackets.
fn is_too_deep(text: &str) -> bool {
    text.lines().any(|line| {
        let indent = line.len() - line.trim_start().len();
        let openers = line.split_whitespace().filter(|word| matches!(*word, "-" | "?" | ":")).count();
        indent > MAX_INDENT || openers > MAX_OPENERS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `申请材料[2].份数`, indexes from 0.
    fn path(text: &str) -> FieldPath {
        let mut path = FieldPath::root();
        for part in text.split(['.', '[']).filter(|part| !part.is_empty()) {
            path = match part.strip_suffix(']') {
                Some(index) => path.index(index.parse().unwrap()),
                None => path.key(part),
            };
        }
        path
    }

    /// Checks the key's and the value's text, each with the line it is on.
    fn check(text: &str, field: &str, key: (usize, &str), value: (usize, &str)) {
        let positions = Positions::of(text).unwrap();
        let show = |range: Option<Range<usize>>| {
            let range = range.unwrap();
            (text[..range.start].matches('\n').count() + 1, &text[range])
        };
        assert_eq!(show(positions.key(&path(field))), key, "key of {field}");
        assert_eq!(show(positions.value(&path(field))), value, "value of {field}");
    }

    #[test]
    fn scalars_after_wide_characters() {
        let text = "名称: 食品😀𠮷经营 # 注\r\n\"别名\": [餐饮, '食品''x', \"a\\nb\"]\r\n2026: 2026-01-01\r\n";
        check(text, "名称", (1, "名称"), (1, "食品😀𠮷经营"));
        check(text, "别名", (2, "\"别名\""), (2, "\"别名\""));
        check(text, "别名[0]", (2, "餐饮"), (2, "餐饮"));
        check(text, "别名[1]", (2, "'食品''x'"), (2, "'食品''x'"));
        check(text, "别名[2]", (2, "\"a\\nb\""), (2, "\"a\\nb\""));
        check(text, "2026", (3, "2026"), (3, "2026-01-01"));
    }

    #[test]
    fn what_is_better_marked_at_its_key() {
        let text = "甲: |\n  文本\n乙: >-\n\n  折叠\n丙:\n丁: ~\n戊: {子: 1}\n己: # > 注\n  值\n庚: !t 值\n辛:\n  长\n  文\n壬: ''\n";
        check(text, "甲", (1, "甲"), (1, "甲"));
        check(text, "乙", (3, "乙"), (3, "乙"));
        check(text, "丙", (6, "丙"), (6, "丙"));
        check(text, "丁", (7, "丁"), (7, "~"));
        check(text, "戊", (8, "戊"), (8, "戊"));
        check(text, "戊.子", (8, "子"), (8, "1"));
        check(text, "己", (9, "己"), (10, "值"));
        check(text, "庚", (11, "庚"), (11, "!t 值"));
        check(text, "辛", (12, "辛"), (13, "长\n  文"));
        check(text, "壬", (15, "壬"), (15, "''"));
    }

    #[test]
    fn entries_of_lists() {
        let text = "材料:\n- |\n  文本\n- - 甲\n  - 乙\n- 名称: 身份证\n  份数: 两份\n-\n- {名称: 照片, 份数: 1}\n- []\n- 别名: [甲]\n";
        check(text, "材料[0]", (3, "文本"), (3, "文本"));
        check(text, "材料[1]", (4, "甲"), (4, "甲"));
        check(text, "材料[2]", (6, "名称"), (6, "名称"));
        check(text, "材料[2].份数", (7, "份数"), (7, "两份"));
        check(text, "材料[3]", (8, "-"), (8, "-"));
        check(text, "材料[4]", (9, "{名称: 照片, 份数: 1}"), (9, "{名称: 照片, 份数: 1}"));
        check(text, "材料[5]", (10, "[]"), (10, "[]"));
        check(text, "材料[6]", (11, "别名"), (11, "别名"));
    }

    #[test]
    fn aliases_are_marked_where_they_stand() {
        let text = "甲: &x {子: 1}\n乙: *x\n丙: [*x]\n";
        check(text, "乙", (2, "乙"), (2, "*x"));
        check(text, "乙.子", (1, "子"), (1, "1"));
        check(text, "丙[0]", (3, "*x"), (3, "*x"));
    }

    #[test]
    fn what_is_missing_is_marked_at_its_parent() {
        let text = "# 注\n---\n\n审核:\n  状态: 已审核\n材料:\n- 名称: 照片\n";
        check(text, "", (4, ""), (4, ""));
        check(text, "没有", (4, ""), (4, ""));
        check(text, "审核.日期", (4, "审核"), (4, "审核"));
        check(text, "审核.状态[3].深", (5, "状态"), (5, "已审核"));
        check(text, "材料[0].份数", (7, "名称"), (7, "名称"));
        check(text, "材料[9].份数", (6, "材料"), (6, "材料"));
    }

    #[test]
    fn the_root_is_an_empty_range_at_the_first_content() {
        let positions = Positions::of("# 注\n  a: 1\n").unwrap();
        assert_eq!(positions.value(&FieldPath::root()), Some(8..8));
        assert_eq!(Positions::of("只有文字").unwrap().value(&path("名称")), Some(0..0));
    }

    #[test]
    fn keys_that_stand_twice() {
        let text = "名称: 𠮷\n名称: 乙\n\"名称\": 丙\n子: {甲: 1, 甲: 2}\n后: 值\n";
        check(text, "名称", (1, "名称"), (1, "𠮷"));
        check(text, "子.甲", (4, "甲"), (4, "1"));
        check(text, "后", (5, "后"), (5, "值"));
        assert!(Positions::of(&"甲: 1\n".repeat(100)).is_none());
    }

    #[test]
    fn texts_without_positions() {
        for text in ["", "# 注\n", "a: [", "\"\": 1\n\"\": 2\n", "\ta: 1\n", "a: \u{0}\"", "- - - -: ["] {
            let positions = Positions::of(text);
            if let Some(positions) = positions {
                assert!(positions.value(&path("a[0].b")).is_some(), "{text:?}");
            }
        }
        assert!(Positions::of(&"[".repeat(100_000)).is_none());
        assert!(Positions::of(&"- ".repeat(500_000)).is_none());
    }

    #[test]
    fn no_text_is_a_cause_of_panic() {
        let text =
            "甲: &x {子: [1, '二']}\r\n乙:\n- |\n  文𠮷\n- *x\n- \n- !t 值\n? [丙]\n: - 丁 # 注\n  - {戊: \"己\"}\n";
        let paths = ["", "甲", "甲.子[1]", "乙[0]", "乙[1].子[0]", "乙[2]", "乙[3]", "没有[3]"].map(path);
        let ends: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for (n, &start) in ends.iter().enumerate() {
            for &end in &ends[n..] {
                let cut = [&text[start..end], &format!("{}{}", &text[..start], &text[end..])].map(Positions::of);
                for positions in cut.iter().flatten() {
                    for range in paths.iter().flat_map(|path| [positions.key(path), positions.value(path)]).flatten() {
                        assert!(positions.text.get(range).is_some());
                    }
                }
            }
        }
    }

    #[test]
    fn the_deepest_allowed_text_fits_a_small_stack() {
        let mut text = "- ".repeat(MAX_OPENERS) + "a:\n";
        text += &(" ".repeat(MAX_INDENT) + "x:\n" + &" ".repeat(MAX_INDENT) + "- y\n");
        let steps: String = (0..=MAX_INDENT).map(|n| format!("{}k:\n", " ".repeat(n))).collect();
        for text in [text, steps] {
            std::thread::Builder::new()
                .stack_size(1 << 20)
                .spawn(move || Positions::of(&text).map(|p| p.value(&path("[0][0]"))))
                .unwrap()
                .join()
                .unwrap();
        }
    }
}
