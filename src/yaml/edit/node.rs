//! A YAML text as a tree that knows how each of its nodes is written.

use std::borrow::Cow;
use std::ops::Range;

use saphyr::Scalar;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, SpannedEventReceiver, Tag};
use serde_json::{Map, Number, Value};

/// How many nodes all aliases of a text may stand for.
const ALIAS_LIMIT: usize = 100_000;

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing at all.
    Empty,
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// The lines after a `|`.
    Literal,
    /// The lines after a `>`.
    Folded,
    /// In brackets or braces.
    Flow,
    /// On lines of its own.
    Block,
    /// `*name`.
    Alias,
}

/// One value.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its bytes: with quotes and brackets, from the `|` of a literal, without blanks at the end.
    pub(super) range: Range<usize>,
    /// How it is written.
    pub(super) form: Form,
    /// What it is.
    pub(super) data: Data,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Data {
    /// A single value, or what an alias stands for.
    Value(Value),
    /// A list.
    List(Vec<Entry>),
    /// A mapping, in the order it was written.
    Map(Vec<Pair>),
}

/// One entry of a list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Where its dash is, or where it begins between brackets.
    pub(super) lead: usize,
    /// The entry.
    pub(super) node: Node,
}

/// One key of a mapping with its value.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    /// The key.
    pub(super) name: String,
    /// Its bytes.
    pub(super) key: Range<usize>,
    /// The byte after its colon, if it has one.
    pub(super) after_colon: Option<usize>,
    /// The value.
    pub(super) node: Node,
}

impl Node {
    /// What it says, without how it is written.
    pub(super) fn value(&self) -> Value {
        match &self.data {
            Data::Value(value) => value.clone(),
            Data::List(entries) => entries.iter().map(|entry| entry.node.value()).collect(),
            Data::Map(pairs) => Value::Object(
                pairs.iter().map(|pair| (pair.name.clone(), pair.node.value())).collect::<Map<String, Value>>(),
            ),
        }
    }
}

/// The only document of a text; nothing if it cannot be read, has a key twice, or is several documents.
pub(super) fn parse(text: &str) -> Option<Node> {
    let char_starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut builder = Builder {
        text,
        char_starts,
        open: Vec::new(),
        done: Vec::new(),
        anchors: Vec::new(),
        from_aliases: 0,
        is_odd: false,
    };
    Parser::new_from_str(text).load(&mut builder, true).ok()?;
    (builder.done.len() == 1 && !builder.is_odd).then(|| builder.done.pop()).flatten()
}

/// The first byte at or after `at` that is neither blank nor part of a comment.
pub(super) fn next_content(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        at += blank;
        if !text[at..].starts_with('#') {
            return at;
        }
        at += text[at..].find('\n').unwrap_or(text.len() - at);
    }
}

/// Puts the tree together while events come.
struct Builder<'t> {
    text: &'t str,
    char_starts: Vec<usize>,
    open: Vec<Open>,
    done: Vec<Node>,
    anchors: Vec<(usize, Value)>,
    from_aliases: usize,
    is_odd: bool,
}

/// A list or mapping that is not at its end.
struct Open {
    node: Node,
    anchor: usize,
    /// The key whose value comes next, and where its colon ends.
    key: Option<(String, Range<usize>, Option<usize>)>,
}

impl<'t> SpannedEventReceiver<'t> for Builder<'t> {
    fn on_event(&mut self, event: Event<'t>, span: Span) {
        // Behind a tag of its own nothing is read, and places are not what they seem.
        if self.is_odd {
            return;
        }
        let range = self.byte(span.start.index())..self.byte(span.end.index());
        match event {
            Event::SequenceStart(anchor, tag) => {
                self.begin(Data::List(Vec::new()), range.start, anchor, tag.as_deref());
            }
            Event::MappingStart(anchor, tag) => self.begin(Data::Map(Vec::new()), range.start, anchor, tag.as_deref()),
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag, range),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }
}

impl<'t> Builder<'t> {
    /// The byte offset of the n-th character, as the parser counts.
    fn byte(&self, characters: usize) -> usize {
        self.char_starts.get(characters).copied().unwrap_or(self.text.len())
    }

    fn begin(&mut self, data: Data, start: usize, anchor: usize, tag: Option<&Tag>) {
        self.is_odd |= tag.is_some_and(|tag| !tag.is_yaml_core_schema());
        // What an anchor or a tag names begins after it.
        let bare = self.after_properties(self.begin_of_list(&data).unwrap_or(start));
        let bracket = if matches!(data, Data::List(_)) { '[' } else { '{' };
        let form = if self.text[bare..].starts_with(bracket) { Form::Flow } else { Form::Block };
        self.open.push(Open { node: Node { range: bare..bare, form, data }, anchor, key: None });
    }

    /// Where a list begins by what is before it: to the parser a list that is not indented
    /// below its key begins behind its first dash.
    fn begin_of_list(&self, data: &Data) -> Option<usize> {
        let parent = self.open.last().filter(|open| matches!(data, Data::List(_)) && open.node.form == Form::Block)?;
        let (_, _, after_colon) = parent.key.as_ref()?;
        let begin = self.after_properties(next_content(self.text, (*after_colon)?));
        self.text[begin..].starts_with('-').then_some(begin)
    }

    fn after_properties(&self, mut at: usize) -> usize {
        while self.text[at..].starts_with(['&', '!']) {
            let rest = &self.text[at..];
            at = next_content(self.text, at + rest.find(char::is_whitespace).unwrap_or(rest.len()));
        }
        at
    }

    fn end(&mut self, end: usize) {
        let Some(Open { mut node, anchor, .. }) = self.open.pop() else { return };
        let last = match &node.data {
            Data::List(entries) => entries.last().map(|entry| entry.node.range.end.max(entry.lead + 1)),
            Data::Map(pairs) => pairs.last().map(|pair| pair.node.range.end),
            Data::Value(_) => None,
        };
        node.range.end = match node.form {
            Form::Flow => self.after_bracket(last.unwrap_or(node.range.start + 1), end),
            _ => last.unwrap_or(node.range.start),
        };
        self.add(node, anchor);
    }

    /// Where a text in quotes ends. To the parser a comment after it is part of it.
    fn after_quote(&self, range: &Range<usize>) -> usize {
        let start = self.after_properties(range.start);
        let text = &self.text[start..range.end];
        let Some(quote) = text.chars().next() else { return range.end };
        let mut rest = text.char_indices().skip(1).peekable();
        while let Some((at, c)) = rest.next() {
            let is_twice = c == '\'' && quote == '\'' && rest.peek().is_some_and(|(_, next)| *next == quote);
            if is_twice || (c == '\\' && quote == '"') {
                rest.next();
            } else if c == quote {
                return start + at + 1;
            }
        }
        range.end
    }

    /// Where a list or mapping in brackets ends: its last entry, a comma perhaps, the bracket.
    /// To the parser what follows it, such as a comment, is part of it.
    fn after_bracket(&self, last: usize, end: usize) -> usize {
        let mut at = next_content(self.text, last);
        if self.text[at..].starts_with(',') {
            at = next_content(self.text, at + 1);
        }
        if self.text[at..].starts_with([']', '}']) { at + 1 } else { end }
    }

    fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'t, Tag>>,
        at: Range<usize>,
    ) {
        self.is_odd |= tag.as_ref().is_some_and(|tag| !tag.is_yaml_core_schema());
        let range = at.start..at.start + self.text[at.clone()].trim_end().len();
        let range = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => range.start..self.after_quote(&range),
            _ => range,
        };
        let form = match style {
            ScalarStyle::Plain if range.is_empty() || (text.is_empty() && tag.is_none() && anchor == 0) => Form::Empty,
            ScalarStyle::Plain => Form::Plain,
            ScalarStyle::SingleQuoted => Form::Single,
            ScalarStyle::DoubleQuoted => Form::Double,
            ScalarStyle::Literal => Form::Literal,
            ScalarStyle::Folded => Form::Folded,
        };
        // The blank lines at the end of a `|+` belong to it.
        let range = if text.ends_with("\n\n") { at } else { range };
        let range = if form == Form::Empty { range.start..range.start } else { range };
        let value = match Scalar::parse_from_cow_and_metadata(text, style, tag.as_ref()) {
            Some(Scalar::String(text)) => Value::String(text.into_owned()),
            Some(Scalar::Boolean(flag)) => Value::Bool(flag),
            Some(Scalar::Integer(number)) => Value::Number(number.into()),
            Some(Scalar::FloatingPoint(number)) => {
                Number::from_f64(number.into_inner()).map_or(Value::Null, Value::Number)
            }
            Some(Scalar::Null) => Value::Null,
            None => {
                self.is_odd = true;
                Value::Null
            }
        };
        self.add(Node { range, form, data: Data::Value(value) }, anchor);
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) {
        let value = self.anchors.iter().rev().find(|(id, _)| *id == anchor).map(|(_, value)| value.clone());
        let value = value.unwrap_or_else(|| {
            self.is_odd = true;
            Value::Null
        });
        self.from_aliases += count(&value);
        if self.from_aliases > ALIAS_LIMIT {
            self.is_odd = true;
            return self.add(Node { range, form: Form::Alias, data: Data::Value(Value::Null) }, 0);
        }
        self.add(Node { range, form: Form::Alias, data: Data::Value(value) }, 0);
    }

    /// Puts a finished node where it belongs. Anchors are counted from 1.
    fn add(&mut self, mut node: Node, anchor: usize) {
        if anchor > 0 {
            self.anchors.push((anchor, node.value()));
        }
        let text = self.text;
        let Some(open) = self.open.last_mut() else {
            begin_at_header(text, &mut node, 0);
            self.done.push(node);
            return;
        };
        let is_flow = open.node.form == Form::Flow;
        match &mut open.node.data {
            Data::List(entries) => {
                let before =
                    entries.last().map_or(open.node.range.start, |entry| entry.node.range.end.max(entry.lead + 1));
                let lead = if is_flow { node.range.start } else { next_content(text, before) };
                if !is_flow && !text[lead..].starts_with('-') {
                    self.is_odd = true;
                }
                if !is_flow {
                    begin_at_header(text, &mut node, (lead + 1).min(text.len()));
                }
                entries.push(Entry { lead, node });
            }
            Data::Map(pairs) => match open.key.take() {
                None => {
                    let name = match &node.data {
                        Data::Value(Value::String(name)) => name.clone(),
                        _ => text[node.range.clone()].to_owned(),
                    };
                    let colon = next_content(text, node.range.end);
                    let after_colon = text[colon..].starts_with(':').then_some(colon + 1);
                    open.key = Some((name, node.range, after_colon));
                }
                Some((name, key, after_colon)) => {
                    self.is_odd |= pairs.iter().any(|pair| pair.name == name);
                    begin_at_header(text, &mut node, after_colon.unwrap_or(key.end));
                    pairs.push(Pair { name, key, after_colon, node });
                }
            },
            Data::Value(_) => {}
        }
    }
}

/// Lets a literal begin at its `|`, and an empty value right after its colon or dash.
fn begin_at_header(text: &str, node: &mut Node, after: usize) {
    match node.form {
        Form::Empty => node.range = after..after,
        Form::Literal | Form::Folded => {
            let header = next_content(text, after);
            let line = text[header..].find('\n').map_or(text.len(), |at| header + at);
            let word = text[header..line].find([' ', '\t', '\r']).map_or(line, |at| header + at);
            node.range = header..node.range.end.max(word);
        }
        _ => {}
    }
}

/// How many values it and everything in it are.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(entries) => entries.iter().map(count).sum::<usize>(),
        Value::Object(map) => map.values().map(count).sum::<usize>(),
        _ => 0,
    }
}
