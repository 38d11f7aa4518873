//! Writes values as YAML the way editors do: short lists and mappings on one
//! line, long texts in lines of their own, quotes only where they are needed.

use saphyr::Scalar;
use saphyr_parser::ScalarStyle;
use serde_json::{Map, Value};

use super::node::Form;

/// A mapping or list of this many characters still stands on one line.
const ONE_LINE: usize = 100;
/// A list of words stands on one line if none is longer.
const WORD: usize = 24;

/// A value in writing: what follows the colon or dash, and the lines below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Written {
    /// What stands on the line of the colon or dash; may be nothing.
    pub(super) head: String,
    /// The lines below, with their indentation and without line ends.
    pub(super) body: Vec<String>,
}

/// How a value is to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// The column of the lines below.
    pub(super) column: usize,
    /// How far a list is indented below its key.
    pub(super) list_indent: usize,
    /// How what it replaces, or its neighbours, are written.
    pub(super) like: Form,
    /// Whether it stands between brackets, where only one line is allowed.
    pub(super) in_flow: bool,
}

/// The ways to write a value, the best first; what does not read back is left to the next.
pub(super) fn written(value: &Value, manner: Manner) -> Vec<Written> {
    let on_line = |head: String| Written { head, body: Vec::new() };
    match value {
        Value::String(text) => texts(text, manner),
        Value::Array(list) if !list.is_empty() => {
            let flow = on_line(flow(value));
            let block = Written { head: String::new(), body: list_lines(list, manner) };
            ways(value, manner, flow, block)
        }
        Value::Object(map) if !map.is_empty() => {
            let flow = on_line(flow(value));
            let block = Written { head: String::new(), body: map_lines(map, manner) };
            ways(value, manner, flow, block)
        }
        value => vec![on_line(flow(value))],
    }
}

fn ways(value: &Value, manner: Manner, flow: Written, block: Written) -> Vec<Written> {
    // The lists of a document's own keys have a line an entry, unless they are words.
    let is_outer = manner.column <= manner.list_indent.max(2);
    let has_maps = matches!(value, Value::Array(list) if list.iter().any(Value::is_object));
    let prefers_flow = match manner.like {
        Form::Flow => !has_lines(value),
        Form::Block => false,
        _ => is_short(value) && !(is_outer && has_maps),
    };
    match (manner.in_flow, prefers_flow) {
        (true, _) => vec![flow],
        (false, true) => vec![flow, block],
        (false, false) => vec![block, flow],
    }
}

/// The ways to write a text.
fn texts(text: &str, manner: Manner) -> Vec<Written> {
    let on_line = |head: String| Written { head, body: Vec::new() };
    let mut ways = Vec::new();
    let is_block = matches!(manner.like, Form::Literal | Form::Folded);
    if !manner.in_flow && (text.contains('\n') || is_block) && can_be_literal(text) {
        ways.push(literal(text, manner.column));
    }
    let is_one_line = !text.contains(|c: char| c.is_control() || is_break(c));
    match manner.like {
        Form::Single if is_one_line => ways.push(on_line(format!("'{}'", text.replace('\'', "''")))),
        Form::Double => {}
        _ if is_one_line && is_plain(text, manner.in_flow) => ways.push(on_line(text.to_owned())),
        _ => {}
    }
    ways.push(on_line(quoted(text)));
    ways
}

/// A text in lines of its own.
fn literal(text: &str, column: usize) -> Written {
    let stripped = text.trim_end_matches('\n');
    let head = match text.len() - stripped.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    };
    let mut body: Vec<String> = stripped
        .split('\n')
        .map(|line| if line.is_empty() { String::new() } else { format!("{}{line}", " ".repeat(column)) })
        .collect();
    body.extend((2..=text.len() - stripped.len()).map(|_| String::new()));
    Written { head: head.to_owned(), body }
}

fn can_be_literal(text: &str) -> bool {
    let is_odd = |c: char| (c.is_control() && c != '\n') || is_break(c);
    !text.trim().is_empty() && !text.starts_with([' ', '\n']) && !text.contains(is_odd)
}

/// Line breaks of other alphabets and marks that no editor shows.
fn is_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A value on one line.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Null => "~".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => flow_text(text),
        Value::Array(list) => format!("[{}]", list.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(map) if map.is_empty() => "{}".to_owned(),
        Value::Object(map) => {
            let pairs: Vec<String> =
                map.iter().map(|(key, value)| format!("{}: {}", flow_text(key), flow(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

fn flow_text(text: &str) -> String {
    if is_plain(text, true) { text.to_owned() } else { quoted(text) }
}

/// A key as it is written outside of brackets.
pub(super) fn key(text: &str) -> String {
    if is_plain(text, false) { text.to_owned() } else { quoted(text) }
}

/// A key as it is written between braces.
pub(super) fn flow_key(text: &str) -> String {
    flow_text(text)
}

fn list_lines(list: &[Value], manner: Manner) -> Vec<String> {
    let indent = " ".repeat(manner.column);
    let inner = Manner { column: manner.column + 2, like: Form::Empty, in_flow: false, ..manner };
    let all_short = list.iter().all(is_short);
    list.iter()
        .flat_map(|entry| {
            let like = match entry {
                Value::Object(_) | Value::Array(_) if all_short => Form::Flow,
                Value::Object(_) | Value::Array(_) => Form::Block,
                _ => Form::Empty,
            };
            let written = best(entry, Manner { like, ..inner });
            entry_lines(&indent, written, inner.column)
        })
        .collect()
}

/// The lines of one entry with its dash. The first key of a mapping stands beside the dash.
pub(super) fn entry_lines(indent: &str, mut written: Written, column: usize) -> Vec<String> {
    if written.head.is_empty() && !written.body.is_empty() {
        let first = written.body.remove(0);
        written.head = first.get(column..).unwrap_or_default().to_owned();
    }
    std::iter::once(format!("{indent}- {}", written.head)).chain(written.body).collect()
}

fn map_lines(map: &Map<String, Value>, manner: Manner) -> Vec<String> {
    map.iter().flat_map(|(name, value)| pair_lines(name, value, manner)).collect()
}

/// The lines of one key with its value.
pub(super) fn pair_lines(name: &str, value: &Value, manner: Manner) -> Vec<String> {
    let step = if matches!(value, Value::Array(_)) { manner.list_indent } else { 2 };
    let inner = Manner { column: manner.column + step, like: Form::Empty, in_flow: false, ..manner };
    let written = best(value, inner);
    let space = if written.head.is_empty() { "" } else { " " };
    let first = format!("{}{}:{space}{}", " ".repeat(manner.column), key(name), written.head);
    std::iter::once(first).chain(written.body).collect()
}

fn best(value: &Value, manner: Manner) -> Written {
    written(value, manner).into_iter().next().unwrap_or_default()
}

/// Whether editors write a value on one line.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Array(list) => {
            let is_word = |entry: &Value| match entry {
                Value::String(text) => text.chars().count() <= WORD,
                Value::Array(_) => false,
                Value::Object(_) => list.len() == 1 && is_short(entry),
                _ => true,
            };
            list.iter().all(is_word) && !has_lines(value) && length(value) <= ONE_LINE
        }
        Value::Object(map) => {
            map.values().all(|value| !value.is_object() || is_short(value))
                && !has_lines(value)
                && length(value) <= ONE_LINE
        }
        _ => true,
    }
}

fn length(value: &Value) -> usize {
    flow(value).chars().count()
}

/// Whether a text of several lines is in it.
fn has_lines(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\n'),
        Value::Array(list) => list.iter().any(has_lines),
        Value::Object(map) => map.values().any(has_lines),
        _ => false,
    }
}

/// Whether a text can and should stand without quotes: it reads back as itself,
/// and no one could take it for a number, such as a phone or a code.
fn is_plain(text: &str, in_flow: bool) -> bool {
    const FIRST: [char; 22] =
        ['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '=', '<', '.'];
    let is_odd = |c: char| c.is_control() || is_break(c) || (in_flow && matches!(c, ',' | '[' | ']' | '{' | '}' | '?'));
    let is_text = || {
        let read = Scalar::parse_from_cow_and_metadata(text.into(), ScalarStyle::Plain, None);
        matches!(read, Some(Scalar::String(_)))
    };
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(FIRST)
        && !text.contains(is_odd)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(in_flow && text.contains(':') && !text.contains("://"))
        && !is_like_a_number(text)
        && is_text()
}

/// Whether it is a code or a phone, which editors put in quotes; a date is not.
fn is_like_a_number(text: &str) -> bool {
    let is_date = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(n, byte)| if n == 4 || n == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '(' | ')' | ' ' | '.' | ':' | '/');
    !is_date && text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '(') && text.chars().all(is_code)
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_break(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
