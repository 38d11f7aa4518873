//! The scalars of a YAML text as they are written, and the comments between them.
//!
//! For what looks at the text itself: which comment stands where, which
//! characters belong to a value and which to its frame. What the values say is
//! not decided here.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, SpannedEventReceiver};

use crate::source::{FieldPath, Step};
use crate::yaml::prescan;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes, on one line or several.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// The text of a `|` or `>`.
    Block,
}

/// One key or value that is a single text, number or word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScalarAt {
    /// The way to the value; for a key the way to its value.
    pub path: FieldPath,
    /// Whether it is a key.
    pub is_key: bool,
    /// The bytes it is written in, with its quotes; of a block its lines.
    pub range: Range<usize>,
    /// How it is written.
    pub style: Style,
}

/// Every scalar of a text in its order; nothing if the text is no YAML or too deep.
pub fn scalars(text: &str) -> Option<Vec<ScalarAt>> {
    if prescan::too_deep(text).is_some() {
        return None;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut walk = Walk { text, starts, open: Vec::new(), path: FieldPath::root(), found: Vec::new() };
    Parser::new_from_str(text).load(&mut walk, true).ok()?;
    Some(walk.found)
}

/// Every comment of a text, from its `#` to the end of its line.
pub fn comments(text: &str) -> Option<Vec<Range<usize>>> {
    let scalars = scalars(text)?;
    Some(comments_between(text, &scalars))
}

/// The comments of a text whose scalars are known.
pub fn comments_between(text: &str, scalars: &[ScalarAt]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let begins = text[..at].ends_with([' ', '\t', '\n']) || at == 0;
        let is_known = found.last().is_some_and(|last| at < last.end);
        let before = scalars.partition_point(|scalar| scalar.range.start <= at);
        let is_inside = before.checked_sub(1).is_some_and(|n| at < scalars[n].range.end);
        if begins && !is_known && !is_inside {
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let end = at + text[at..end].trim_end().len();
            found.push(at..end);
        }
    }
    found
}

/// A list or mapping that is not at its end.
enum Open {
    /// The entry that comes next.
    List(usize),
    /// Whether a key comes next.
    Map(bool),
}

struct Walk<'t> {
    text: &'t str,
    starts: Vec<usize>,
    open: Vec<Open>,
    path: FieldPath,
    found: Vec<ScalarAt>,
}

impl Walk<'_> {
    fn byte(&self, chars: usize) -> usize {
        self.starts.get(chars).copied().unwrap_or(self.text.len())
    }

    /// Steps to the place of the next node; says whether it is a key.
    fn begin(&mut self) -> bool {
        match self.open.last_mut() {
            Some(Open::List(n)) => {
                self.path.0.push(Step::Index(*n));
                *n += 1;
                false
            }
            Some(Open::Map(key_next)) => std::mem::replace(key_next, false),
            None => false,
        }
    }

    /// Steps back from a finished node.
    fn end(&mut self) {
        match self.open.last_mut() {
            Some(Open::List(_)) => {
                self.path.0.pop();
            }
            Some(Open::Map(key_next)) => {
                self.path.0.pop();
                *key_next = true;
            }
            None => {}
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: Span) {
        let is_key = self.begin();
        if is_key {
            self.path.0.push(Step::Key(value.to_owned()));
        }
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let end = match style {
            Style::Quoted => start + quoted(&self.text[start..end]),
            _ => start + self.text[start..end].trim_end().len(),
        };
        self.found.push(ScalarAt { path: self.path.clone(), is_key, range: start..end, style });
        if !is_key {
            self.end();
        }
    }
}

/// How long a text in quotes is: the parser counts a comment behind it as part of it.
fn quoted(text: &str) -> usize {
    let Some(quote) = text.bytes().next().filter(|quote| matches!(quote, b'"' | b'\'')) else {
        return text.trim_end().len();
    };
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

impl<'t> SpannedEventReceiver<'t> for Walk<'_> {
    fn on_event(&mut self, event: Event<'t>, span: Span) {
        match event {
            Event::Scalar(text, style, _, _) => self.scalar(&text, style, span),
            Event::Alias(_) => {
                if self.begin() {
                    self.path.0.push(Step::Key(String::new()));
                } else {
                    self.end();
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if self.begin() {
                    // A key that is no text: its parts count for nothing, its place must be right.
                    self.path.0.push(Step::Key(String::new()));
                }
                let is_list = matches!(event, Event::SequenceStart(..));
                self.open.push(if is_list { Open::List(0) } else { Open::Map(true) });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.end();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = scalars(text).unwrap();
        let found: Vec<(String, &str)> = found
            .iter()
            .filter(|one| !one.is_key)
            .map(|one| (one.path.to_string(), &text[one.range.clone()]))
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn values_with_their_paths_and_quotes() {
        check(
            "名称: \"食品\" # 注\n材料:\n  - { 名: 甲, 数: '2' }\n  - 乙\n文: |\n  一 # 二\n\n  三\n末: 值\n",
            &[
                ("名称", "\"食品\""),
                ("材料[1].名", "甲"),
                ("材料[1].数", "'2'"),
                ("材料[2]", "乙"),
                ("文", "一 # 二\n\n  三"),
                ("末", "值"),
            ],
        );
        check("- [甲, [乙]]\n- 丙\n", &[("[1][1]", "甲"), ("[1][2][1]", "乙"), ("[2]", "丙")]);
        assert_eq!(scalars("甲: ["), None);
    }

    #[test]
    fn comments_and_what_only_looks_like_one() {
        let check = |text: &str, expected: &[&str]| {
            let found = comments(text).unwrap();
            assert_eq!(found.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), expected, "{text:?}");
        };
        check("# 头 # 尾\n名称: 甲 # 注\r\n", &["# 头 # 尾", "# 注"]);
        check("甲: \"a # b\"\n乙: a#b\n丙: |\n  # 文字\n  二\n# 注\n", &["# 注"]);
        check("甲: 'x' # 一\n乙: [a, # 二\n  b]\n", &["# 一", "# 二"]);
        check("甲: | # 头\n  文\n", &["# 头"]);
        check("甲: 一\n  二 # 三\n", &["# 三"]);
    }
}
