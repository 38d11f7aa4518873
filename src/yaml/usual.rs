//! Reads YAML as editors usually write it, quickly and without places.
//!
//! Nearly every file is written in the same few ways: keys and values, lists
//! with `- `, values on one line, `[…]` and `{…}` on one line, texts after `|`.
//! These are read here, line by line, without a copy of their texts. Whatever
//! is written in any other way, or might be wrong, is left to the real parser:
//! what is read here is what that one would read, and nothing else.

use std::borrow::Cow;
use std::collections::HashSet;
use std::iter;

use saphyr::Scalar;

use crate::yaml::tree::{Data, Node, has};

/// The deepest nesting that is read here.
const DEPTH: usize = 32;
/// The longest key that is read here, in bytes.
const KEY: usize = 256;

/// The only document of a text, without places; nothing if something in it is written in a way that is not usual.
pub(crate) fn parse(text: &str) -> Option<Node<'_>> {
    // All bytes are looked at, which is quicker than to stop at the first.
    let is_odd = |odd, byte| odd | ((byte < b' ') & (byte != b'\n')) | (byte == 0x7F);
    if text.contains('\u{FEFF}') || text.bytes().fold(false, is_odd) {
        return None;
    }
    let mut reader = Reader { text, at: 0 };
    let first = reader.peek()?;
    let root = reader.block(first.here(), 0)?;
    reader.is_at_end().then_some(root)
}

/// A text and how far it is read: always to the beginning of a line.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

/// A line that says something.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// How many spaces it begins with.
    indent: usize,
    /// What follows them.
    body: &'t str,
    /// Where the next line begins.
    next: usize,
}

/// A column of a line and what stands from there.
#[derive(Clone, Copy)]
struct Here<'t> {
    column: usize,
    body: &'t str,
}

impl<'t> Line<'t> {
    fn here(self) -> Here<'t> {
        Here { column: self.indent, body: self.body }
    }
}

impl<'t> Here<'t> {
    fn is_entry(self) -> bool {
        self.body == "-" || self.body.starts_with("- ")
    }
}

fn node(data: Data<'_>) -> Node<'_> {
    Node { data, start: 0, end: 0 }
}

fn text_node(text: &str) -> Node<'_> {
    node(Data::Scalar(Scalar::String(Cow::Borrowed(text))))
}

fn empty_node<'t>() -> Node<'t> {
    node(Data::Scalar(Scalar::Null))
}

impl<'t> Reader<'t> {
    /// The line that begins at a place, with where the next begins.
    fn line_at(&self, at: usize) -> (&'t str, usize) {
        let rest = &self.text[at..];
        match rest.find('\n') {
            Some(end) => (&rest[..end], at + end + 1),
            None => (rest, self.text.len()),
        }
    }

    /// The next line that says something; it is not passed yet.
    fn peek(&mut self) -> Option<Line<'t>> {
        while self.at < self.text.len() {
            let (line, next) = self.line_at(self.at);
            let body = line.trim_start_matches(' ');
            if !body.is_empty() && !body.starts_with('#') {
                return Some(Line { indent: line.len() - body.len(), body, next });
            }
            self.at = next;
        }
        None
    }

    fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// A list or mapping that begins here; its line is passed with its first entry.
    fn block(&mut self, here: Here<'t>, depth: usize) -> Option<Node<'t>> {
        if depth > DEPTH {
            return None;
        }
        if here.is_entry() { self.list(here, depth) } else { self.mapping(here, depth) }
    }

    /// Passes the line that [`Reader::peek`] gave.
    fn pass(&mut self) -> Option<()> {
        self.at = self.peek()?.next;
        Some(())
    }

    /// The next line of a list or mapping at a column; nothing inside if it is over there.
    fn following(&mut self, column: usize) -> Option<Option<Here<'t>>> {
        match self.peek() {
            // Deeper than what it follows: the rest of a text, or wrong.
            Some(line) if line.indent > column => None,
            Some(line) if line.indent == column => Some(Some(line.here())),
            _ => Some(None),
        }
    }

    fn list(&mut self, first: Here<'t>, depth: usize) -> Option<Node<'t>> {
        let column = first.column;
        let mut entries = Vec::new();
        let mut here = first;
        loop {
            let body = here.body[1..].trim_start_matches(' ');
            let inner = Here { column: column + here.body.len() - body.len(), body };
            entries.push(self.entry(inner, column, depth)?);
            match self.following(column)? {
                Some(next) if next.is_entry() => here = next,
                // The mapping this list is a value of may go on at the same column.
                _ => return Some(node(Data::List(entries))),
            }
        }
    }

    /// An entry of a list whose dashes stand at `column`.
    fn entry(&mut self, here: Here<'t>, column: usize, depth: usize) -> Option<Node<'t>> {
        if here.body.is_empty() || here.body.starts_with('#') {
            self.pass()?;
            return self.below(column, depth);
        }
        if here.is_entry() || split_key(here.body).is_some() {
            return self.block(here, depth + 1);
        }
        self.value(here.body, column)
    }

    /// What stands on the lines below a key or dash with nothing behind it.
    fn below(&mut self, column: usize, depth: usize) -> Option<Node<'t>> {
        match self.peek() {
            Some(line) if line.indent > column => self.block(line.here(), depth + 1),
            _ => Some(empty_node()),
        }
    }

    fn mapping(&mut self, first: Here<'t>, depth: usize) -> Option<Node<'t>> {
        let column = first.column;
        let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::new();
        let mut names = HashSet::new();
        let mut here = first;
        loop {
            let (key, rest) = split_key(here.body)?;
            if has(&entries, &mut names, key.text()?) {
                return None;
            }
            let rest = rest.trim_start_matches(' ');
            let value = if rest.is_empty() || rest.starts_with('#') {
                self.pass()?;
                match self.peek().filter(|line| line.indent == column).map(Line::here) {
                    Some(list) if list.is_entry() => self.list(list, depth + 1)?,
                    _ => self.below(column, depth)?,
                }
            } else {
                self.value(rest, column)?
            };
            entries.push((key, value));
            match self.following(column)? {
                // A dash here belongs to no key.
                Some(next) if next.is_entry() => return None,
                Some(next) => here = next,
                None => return Some(node(Data::Map(entries))),
            }
        }
    }

    /// A value behind a key or dash, up to the end of its line or the lines of its text.
    fn value(&mut self, body: &'t str, column: usize) -> Option<Node<'t>> {
        self.pass()?;
        let (value, rest) = match body.as_bytes().first()? {
            b'|' => return self.lines(body, column),
            b'"' | b'\'' => {
                let (text, rest) = quoted(body)?;
                (text_node(text), rest)
            }
            b'[' | b'{' => flow(body, 0)?,
            _ => (plain(body)?, ""),
        };
        let is_comment = || rest.starts_with(' ') && rest.trim_start_matches(' ').starts_with('#');
        if !rest.trim_start_matches(' ').is_empty() && !is_comment() {
            return None;
        }
        // A text that goes on below is deeper than what it belongs to.
        self.following(column)?;
        Some(value)
    }

    /// The lines of a text after `|` or `|-`.
    fn lines(&mut self, header: &str, column: usize) -> Option<Node<'t>> {
        let ends = match header {
            "|" => "\n",
            "|-" => "",
            _ => return None,
        };
        let (first, _) = self.line_at(self.at);
        let indent = first.len() - first.trim_start_matches(' ').len();
        if indent <= column || indent == first.len() {
            return None;
        }
        let mut text = String::new();
        let mut empty = 0;
        while self.at < self.text.len() {
            let (line, next) = self.line_at(self.at);
            let bare = line.trim_start_matches(' ');
            let spaces = line.len() - bare.len();
            if bare.is_empty() {
                if spaces > indent {
                    return None;
                }
                empty += 1;
            } else if spaces < indent {
                if spaces > column {
                    return None;
                }
                break;
            } else {
                // An empty line is one end of line more; the last ones are no part of the text.
                let ends = if text.is_empty() { 0 } else { empty + 1 };
                text.extend(iter::repeat_n('\n', ends));
                text.push_str(&line[indent..]);
                empty = 0;
            }
            if next == self.text.len() && !self.text.ends_with('\n') {
                return None;
            }
            self.at = next;
        }
        text.push_str(ends);
        self.following(column)?;
        Some(node(Data::Scalar(Scalar::String(Cow::Owned(text)))))
    }
}

/// Whether a plain text can begin with this byte, as far as that is usual.
fn begins_plain(byte: u8) -> bool {
    !matches!(
        byte,
        b'-' | b'?'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
            | b'.'
            | b'<'
            | b'='
            | b' '
    )
}

/// The key a line begins with, and what follows its colon. Keys that are no text are not usual.
fn split_key(body: &str) -> Option<(Node<'_>, &str)> {
    let first = *body.as_bytes().first()?;
    let (key, rest) = if matches!(first, b'"' | b'\'') {
        let (key, rest) = quoted(body)?;
        let rest = rest.strip_prefix(':')?;
        if !rest.is_empty() && !rest.starts_with(' ') {
            return None;
        }
        (text_node(key), rest)
    } else if begins_plain(first) {
        let at = colon(body)?;
        let key = &body[..at];
        // What is wrong with a full-width space is told by its place.
        if key.ends_with(' ') || key.starts_with('\u{3000}') || comment(key).is_some() {
            return None;
        }
        (scalar(key), &body[at + 1..])
    } else {
        return None;
    };
    let is_usual = key.text().is_some_and(|text| !text.is_empty() && text.len() <= KEY);
    is_usual.then_some((key, rest))
}

/// Where the first colon is that has a space or nothing behind it.
fn colon(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    let ends = |at: &usize| bytes.get(at + 1).is_none_or(|next| *next == b' ');
    body.match_indices(':').map(|(at, _)| at).find(ends)
}

/// Where a comment behind a text begins.
fn comment(body: &str) -> Option<usize> {
    let bytes = body.as_bytes();
    body.match_indices('#').map(|(at, _)| at).find(|at| *at > 0 && bytes[at - 1] == b' ')
}

/// A text between quotes that has nothing special in it, and what follows.
fn quoted(body: &str) -> Option<(&str, &str)> {
    let mark = body.chars().next()?;
    let inner = &body[1..];
    let (text, rest) = inner.split_once(mark)?;
    let is_special = if mark == '"' { text.contains('\\') } else { rest.starts_with('\'') };
    (!is_special).then_some((text, rest))
}

/// A text without quotes, up to the end of the line or a comment.
fn plain(body: &str) -> Option<Node<'_>> {
    if !begins_plain(*body.as_bytes().first()?) {
        return None;
    }
    let text = comment(body).map_or(body, |at| &body[..at]).trim_end_matches(' ');
    (colon(text).is_none()).then(|| scalar(text))
}

/// What a text without quotes stands for.
fn scalar(text: &str) -> Node<'_> {
    node(Data::Scalar(Scalar::parse_from_cow(Cow::Borrowed(text))))
}

/// A value inside brackets or braces, or these themselves, and what follows.
fn flow(body: &str, depth: usize) -> Option<(Node<'_>, &str)> {
    if depth > DEPTH {
        return None;
    }
    match body.as_bytes().first()? {
        b'[' => flow_list(&body[1..], depth),
        b'{' => flow_mapping(&body[1..], depth),
        b'"' | b'\'' => {
            let (text, rest) = quoted(body)?;
            Some((text_node(text), rest))
        }
        _ => flow_plain(body),
    }
}

fn flow_list(body: &str, depth: usize) -> Option<(Node<'_>, &str)> {
    let mut entries = Vec::new();
    let mut body = body.trim_start_matches(' ');
    if let Some(rest) = body.strip_prefix(']') {
        return Some((node(Data::List(entries)), rest));
    }
    loop {
        let (entry, rest) = flow(body, depth + 1)?;
        entries.push(entry);
        let rest = rest.trim_start_matches(' ');
        match rest.as_bytes().first()? {
            b',' => body = rest[1..].trim_start_matches(' '),
            b']' => return Some((node(Data::List(entries)), &rest[1..])),
            _ => return None,
        }
    }
}

fn flow_mapping(body: &str, depth: usize) -> Option<(Node<'_>, &str)> {
    let mut entries: Vec<(Node<'_>, Node<'_>)> = Vec::new();
    let mut names = HashSet::new();
    let mut body = body.trim_start_matches(' ');
    if let Some(rest) = body.strip_prefix('}') {
        return Some((node(Data::Map(entries)), rest));
    }
    loop {
        let (key, rest) = match body.as_bytes().first()? {
            b'"' | b'\'' => flow(body, depth + 1)?,
            _ => flow_plain(body)?,
        };
        if key.text().is_none_or(|text| text.len() > KEY || has(&entries, &mut names, text)) {
            return None;
        }
        let rest = rest.strip_prefix(": ")?.trim_start_matches(' ');
        let (value, rest) = flow(rest, depth + 1)?;
        entries.push((key, value));
        let rest = rest.trim_start_matches(' ');
        match rest.as_bytes().first()? {
            b',' => body = rest[1..].trim_start_matches(' '),
            b'}' => return Some((node(Data::Map(entries)), &rest[1..])),
            _ => return None,
        }
    }
}

/// A text without quotes inside brackets or braces, up to what ends it there.
fn flow_plain(body: &str) -> Option<(Node<'_>, &str)> {
    let bytes = body.as_bytes();
    if !begins_plain(*bytes.first()?) {
        return None;
    }
    let mut end = None;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b',' | b']' | b'}' => end = Some(at),
            b':' => match bytes.get(at + 1)? {
                b' ' => end = Some(at),
                b',' | b'[' | b']' | b'{' | b'}' => return None,
                _ => {}
            },
            b'[' | b'{' => return None,
            b'#' if bytes[at - 1] == b' ' => return None,
            _ => {}
        }
        if end.is_some() {
            break;
        }
    }
    let end = end?;
    let text = body[..end].trim_end_matches(' ');
    // `key :` is not usual.
    let is_key = bytes[end] == b':';
    (!is_key || text.len() == end).then(|| (scalar(text), &body[end..]))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source;
    use crate::yaml::front_matter;
    use crate::yaml::tree;

    /// A node without its places.
    fn shown(node: &Node<'_>) -> String {
        match &node.data {
            Data::Scalar(scalar) => format!("{scalar:?}"),
            Data::List(nodes) => format!("{:?}", nodes.iter().map(shown).collect::<Vec<_>>()),
            Data::Map(entries) => {
                format!("{:?}", entries.iter().map(|(key, value)| (shown(key), shown(value))).collect::<Vec<_>>())
            }
            Data::Odd => "odd".to_owned(),
        }
    }

    /// What the real parser reads of a text that has one document and no key twice.
    fn real(text: &str) -> Option<String> {
        let stream = tree::parse(text).ok()?;
        match stream.documents.as_slice() {
            [document] if stream.duplicates.is_empty() => Some(shown(document)),
            _ => None,
        }
    }

    /// Whatever is read here is what the real parser reads. Tells whether it is read here.
    fn check(text: &str) -> bool {
        let usual = parse(text).map(|node| shown(&node));
        assert!(usual.is_none() || usual == real(text), "{text:?}\n{usual:?}\n{:?}", real(text));
        usual.is_some()
    }

    /// Texts that are read here.
    const USUAL: [&str; 24] = [
        "名称: 食品\n份数: 2\n要: true\n无: ~\n空:\n",
        "名称: 食品 # 说明: 一\n\n# 一行\n  # 又一行\n版本: 1.5",
        "甲:\n- 一\n- 二\n乙:\n  - 三\n丙: 四\n",
        "甲:\n  乙:\n    丙: 1\n  丁: 2\n戊: 3\n",
        "- 甲: 1\n  乙:\n  - 2\n  - 3\n-\n  丙: 4\n- - 5\n  - 6\n- 七\n",
        "- 甲:\n- 乙\n-\n- 丙\n",
        "甲: [一, 二 三, \"四, 五\", '六', 7, [], {}]\n",
        "甲: { 乙: 丙, \"丁\": [1, 2], 戊: { 己: 'a: b' } } # 注\n",
        "甲: \"1\"\n乙: '是' # 注\n\"丙\": \"a # b: c\"\n",
        "甲: |-\n  第一行\n    多两格\n\n  # 也是文字\n乙: 二\n",
        "甲:\n  - |\n    一\n    二\n\n\n  - 三\n",
        "甲: |\n  一\n\n\n",
        "甲: |-\n  一\n\n# 注\n乙: 1\n",
        "网址: https://a.example/b#c\n时间: 9:00-12:00\n",
        "甲: [9:00, https://a.example/?a=b, a-b]\n",
        "  甲: 1\n  乙: 2\n",
        "甲: a\"b'c\n乙: 1 - 2, [3], {4}\n",
        "甲： 乙: 1\n",
        "甲: 一\u{85}二\n乙: 一\u{2028}二\u{a0}\n",
        "甲: 0x1F\n乙: 0o7\n丙: 1e3\n丁: 007\n戊: null\n己: 2026-11-22\n",
        "? : 1\n",
        "甲: 是\n\n\n",
        "甲: '' \n乙: \"\"\n",
        "- a\n- b: c\n",
    ];

    /// Texts that are left to the real parser.
    const OTHER: [&str; 48] = [
        "",
        "# 注\n",
        "只有文字\n",
        "甲: 一\n  二\n",
        "甲: &x 1\n乙: *x\n",
        "甲: !!str 1\n",
        "甲: >\n  一\n  二\n",
        "甲: |+\n  一\n\n",
        "甲: |2\n  一\n",
        "甲: |-\n\n  一\n",
        "甲: |-\n乙: 1\n",
        "甲: |-\n    一\n  二\n",
        "甲: |-\n  一\n      \n  二\n",
        "甲: |\n  一",
        "甲: \"a\\nb\"\n",
        "甲: 'a''b'\n",
        "甲: \"一\n  二\"\n",
        "甲: \"一\" 二\n",
        "甲: \"一\"# 二\n",
        "甲: [一,\n  二]\n",
        "甲: [一, ]\n",
        "甲: [一: 二]\n",
        "甲: [一 # 二]\n",
        "甲: { 一 }\n",
        "甲: { 一: }\n",
        "甲: { 一: 1, 一: 2 }\n",
        "甲: 1\n甲: 2\n",
        "甲: 1\n---\n乙: 2\n",
        "---\n甲: 1\n",
        "甲: 1\n...\n",
        "%YAML 1.2\n---\n甲: 1\n",
        "甲:\t1\n",
        "甲: 1\r\n",
        "甲: 1\n 乙: 2\n",
        "甲:\n  乙: 1\n 丙: 2\n",
        "甲:\n  - 1\n   - 2\n",
        "- 1\n乙: 2\n",
        "甲: 1\n- 2\n",
        "甲: 乙: 丙\n",
        "甲: - 一\n",
        "甲 : 1\n",
        "1: 一\n",
        "\"甲\":一\n",
        "? 甲\n: 乙\n",
        "\u{feff}甲: 1\n",
        "甲: @一\n",
        "甲:\n- 乙: 1\n\u{3000}丙: 2\n",
        "甲: 一\u{feff}\n",
    ];

    #[test]
    fn what_is_usual_is_read_as_the_parser_reads_it() {
        let read: Vec<&str> = USUAL.into_iter().filter(|text| check(text)).collect();
        let missed: Vec<&&str> = USUAL.iter().filter(|text| !read.contains(text)).collect();
        assert_eq!(missed, [&"? : 1\n"], "what begins with a mark is not usual");
    }

    #[test]
    fn everything_else_is_left_to_the_parser() {
        for text in OTHER {
            assert!(!check(text), "{text:?}");
        }
        let deep = |open: &str, close: &str| format!("甲: {}1{}\n", open.repeat(60), close.repeat(60));
        for text in
            [deep("[", "]"), deep("{ 乙: ", " }"), "- ".repeat(60) + "1\n", format!("{}: 1\n", "长".repeat(500))]
        {
            assert!(!check(&text), "{text:?}");
        }
    }

    #[test]
    fn the_sample_is_written_in_the_usual_way() {
        let loaded = source::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (mut all, mut usual) = (0, 0);
        for file in &loaded.tree.files {
            let head = file.path.ends_with(".md").then(|| front_matter(&file.text)).flatten();
            let text = head.map_or(&*file.text, |head| &file.text[head]);
            if file.path.ends_with(".yaml") || text.len() < file.text.len() {
                all += 1;
                usual += usize::from(check(text));
            }
        }
        assert!(usual * 100 > all * 95, "{usual} of {all}");
    }

    /// Numbers that look random and are the same each time.
    struct Random(u64);

    impl Random {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((self.0 >> 33) % end as u64).unwrap()
        }
    }

    #[test]
    fn no_slip_of_the_hand_is_read_in_another_way() {
        const SLIPS: [&str; 37] = [
            " ", "  ", "\n", "\n\n", "\n  ", "\n- ", "- ", "-", ":", ": ", "：", "#", " #", " # ", "\"", "'", "[", "]",
            "{", "}", ", ", ",", "|", "|-", ">", "&a ", "*a", "!", "%", "@", "`", "?", "---\n", "...\n", "\\", "~",
            "\u{feff}",
        ];
        let rounds = if std::env::var_os("MINGBAI_LONG").is_some() { 2_000_000 } else { 20_000 };
        let (mut random, mut read) = (Random(20_261_122), 0);
        for n in 0..rounds {
            let mut text: Vec<char> = USUAL[n % USUAL.len()].chars().collect();
            for _ in 0..=random.below(3) {
                let at = random.below(text.len() + 1);
                let end = (at + random.below(3)).min(text.len());
                let new = if random.below(4) == 0 { "" } else { SLIPS[random.below(SLIPS.len())] };
                text.splice(at..end, new.chars());
            }
            read += usize::from(check(&text.into_iter().collect::<String>()));
        }
        assert!(read * 10 > rounds, "{read} of {rounds} are read here");
    }
}
