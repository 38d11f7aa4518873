//! A YAML text as a tree with the place of every node.
//!
//! Made from the events of saphyr's parser: mappings keep the order in which
//! they were written, and a key that stands twice is noted instead of ending
//! the reading. What is right or wrong is not decided here.

use std::borrow::Cow;
use std::collections::HashSet;

use saphyr::Scalar;
use saphyr_parser::{Event, Parser, ScanError, Span, SpannedEventReceiver, Tag};
use serde_yaml::Value;

/// How many nodes all aliases of a text may stand for.
const ALIAS_LIMIT: usize = 100_000;

/// A text as read: usually one document.
#[derive(Debug, Default)]
pub(crate) struct Stream<'t> {
    /// The documents.
    pub(crate) documents: Vec<Node<'t>>,
    /// Where keys stand that their mapping has already, in characters. They and
    /// their values are not in the tree.
    pub(crate) duplicates: Vec<usize>,
}

/// One value or key.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    /// What it is.
    pub(crate) data: Data<'t>,
    /// Where it begins, in characters.
    pub(crate) start: usize,
    /// Where it ends, in characters.
    pub(crate) end: usize,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(crate) enum Data<'t> {
    /// A single value.
    Scalar(Scalar<'t>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A mapping, in the order it was written.
    Map(Vec<(Node<'t>, Node<'t>)>),
    /// Something no content has: a tag of its own, an alias to nothing.
    Odd,
}

/// Reads a text.
pub(crate) fn parse(text: &str) -> Result<Stream<'_>, ScanError> {
    let mut builder = Builder::default();
    Parser::new_from_str(text).load(&mut builder, true)?;
    match builder.error {
        Some(error) => Err(error),
        None => Ok(builder.stream),
    }
}

impl Node<'_> {
    /// The text of a node that is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(Scalar::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The same without places, for conversion into a type.
    pub(crate) fn into_value(self) -> Value {
        match self.data {
            Data::Scalar(Scalar::String(text)) => {
                // The parser leaves room behind each text, and the text stays as long as the portal.
                let mut text = text.into_owned();
                text.shrink_to_fit();
                Value::String(text)
            }
            Data::Scalar(Scalar::Boolean(flag)) => Value::Bool(flag),
            Data::Scalar(Scalar::Integer(number)) => Value::Number(number.into()),
            Data::Scalar(Scalar::FloatingPoint(number)) => Value::Number(number.into_inner().into()),
            Data::Scalar(Scalar::Null) | Data::Odd => Value::Null,
            Data::List(nodes) => Value::Sequence(nodes.into_iter().map(Node::into_value).collect()),
            Data::Map(entries) => {
                let entries = entries.into_iter().map(|(key, value)| (key.into_value(), value.into_value()));
                Value::Mapping(entries.collect())
            }
        }
    }

    /// How many nodes it and everything in it are.
    fn count(&self) -> usize {
        1 + match &self.data {
            Data::Scalar(_) | Data::Odd => 0,
            Data::List(nodes) => nodes.iter().map(Node::count).sum(),
            Data::Map(entries) => entries.iter().map(|(key, value)| key.count() + value.count()).sum(),
        }
    }
}

/// Puts the tree together while events come.
#[derive(Default)]
struct Builder<'t> {
    stream: Stream<'t>,
    /// The lists and mappings that are not at their end, from the outermost.
    open: Vec<Open<'t>>,
    /// The document, when everything in it is at its end.
    finished: Option<Node<'t>>,
    anchors: Vec<(usize, Node<'t>)>,
    from_aliases: usize,
    error: Option<ScanError>,
}

/// A list or mapping that is not at its end.
struct Open<'t> {
    node: Node<'t>,
    anchor: usize,
    is_odd: bool,
    /// The key whose value comes next.
    key: Option<Node<'t>>,
    /// The keys so far, once they are too many to look through.
    names: HashSet<String>,
}

impl<'t> SpannedEventReceiver<'t> for Builder<'t> {
    fn on_event(&mut self, event: Event<'t>, span: Span) {
        let (start, end) = (span.start.index(), span.end.index());
        match event {
            Event::SequenceStart(anchor, tag) => self.begin(Data::List(Vec::new()), start, anchor, tag),
            Event::MappingStart(anchor, tag) => self.begin(Data::Map(Vec::new()), start, anchor, tag),
            Event::SequenceEnd | Event::MappingEnd => self.end(start),
            Event::Scalar(text, style, anchor, tag) => {
                let data = match tag.as_ref().filter(|tag| !tag.is_yaml_core_schema()) {
                    Some(_) => Data::Odd,
                    None => {
                        Scalar::parse_from_cow_and_metadata(text, style, tag.as_ref()).map_or(Data::Odd, Data::Scalar)
                    }
                };
                self.add(Node { data, start, end }, anchor);
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::DocumentEnd => {
                let document = self.finished.take().unwrap_or(Node { data: Data::Odd, start, end });
                self.stream.documents.push(document);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
}

impl<'t> Builder<'t> {
    fn begin(&mut self, data: Data<'t>, start: usize, anchor: usize, tag: Option<Cow<'t, Tag>>) {
        let is_odd = tag.is_some_and(|tag| !tag.is_yaml_core_schema());
        self.open.push(Open {
            node: Node { data, start, end: start },
            anchor,
            is_odd,
            key: None,
            names: HashSet::new(),
        });
    }

    fn end(&mut self, end: usize) {
        let Some(Open { mut node, anchor, is_odd, .. }) = self.open.pop() else { return };
        node.end = end;
        if is_odd {
            node.data = Data::Odd;
        }
        self.add(node, anchor);
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let (start, end) = (span.start.index(), span.end.index());
        let known = self.anchors.iter().rev().find(|(id, _)| *id == anchor).map(|(_, node)| node);
        self.from_aliases += known.map_or(0, Node::count);
        if self.from_aliases > ALIAS_LIMIT {
            self.error.get_or_insert_with(|| ScanError::new_str(span.start, "alias stands for too many nodes"));
            return;
        }
        let data = known.map_or(Data::Odd, |node| node.data.clone());
        self.add(Node { data, start, end }, 0);
    }

    /// Puts a finished node where it belongs. Anchors are counted from 1.
    fn add(&mut self, node: Node<'t>, anchor: usize) {
        if anchor > 0 {
            self.anchors.push((anchor, node.clone()));
        }
        let Some(open) = self.open.last_mut() else {
            self.finished = Some(node);
            return;
        };
        match &mut open.node.data {
            Data::List(nodes) => nodes.push(node),
            Data::Map(entries) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) if key.text().is_some_and(|text| has(entries, &mut open.names, text)) => {
                    self.stream.duplicates.push(key.start);
                }
                Some(key) => entries.push((key, node)),
            },
            Data::Scalar(_) | Data::Odd => {}
        }
    }
}

/// How many keys are looked through one by one.
const FEW: usize = 64;

/// Whether a mapping has a key already. A mapping of a hundred thousand keys
/// must not be looked through for each of them.
fn has(entries: &[(Node<'_>, Node<'_>)], names: &mut HashSet<String>, name: &str) -> bool {
    if entries.len() < FEW {
        return entries.iter().any(|(key, _)| key.text() == Some(name));
    }
    if names.is_empty() {
        names.extend(entries.iter().filter_map(|(key, _)| key.text()).map(str::to_owned));
    }
    !names.insert(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, duplicates: &[usize]) {
        let stream = parse(text).unwrap();
        let values: Vec<Value> = stream.documents.into_iter().map(Node::into_value).collect();
        assert_eq!(serde_yaml::to_string(&values).unwrap(), expected, "{text:?}");
        assert_eq!(stream.duplicates, duplicates, "{text:?}");
    }

    #[test]
    fn scalars_lists_and_mappings() {
        check("名称: 食品\n份数: 2\n要: true\n无: ~\n", "- 名称: 食品\n  份数: 2\n  要: true\n  无: null\n", &[]);
        check("- [甲, '1']\n- {乙: [丙]}\n", "- - - 甲\n    - '1'\n  - 乙:\n    - 丙\n", &[]);
        check("一: 1\n---\n二: 2\n", "- 一: 1\n- 二: 2\n", &[]);
        check("# 只有注释\n", "[]\n", &[]);
    }

    #[test]
    fn a_key_that_stands_twice_is_left_out() {
        check("甲: 1\n乙: {丙: 2, 丙: 3}\n甲: 4\n", "- 甲: 1\n  乙:\n    丙: 2\n", &[15, 21]);
    }

    #[test]
    fn aliases_repeat_what_they_stand_for() {
        check("甲: &x [1]\n乙: *x\n", "- 甲:\n  - 1\n  乙:\n  - 1\n", &[]);
        let bomb: String = (1..9).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9))).collect();
        assert!(parse(&format!("a0: &a0 [1]\n{bomb}")).unwrap_err().info().contains("alias"));
    }

    #[test]
    fn tags_of_its_own_are_odd() {
        assert!(matches!(parse("!own 甲").unwrap().documents[0].data, Data::Odd));
        assert!(matches!(parse("!own [甲]").unwrap().documents[0].data, Data::Odd));
    }

    #[test]
    fn a_hundred_thousand_keys_are_no_burden_and_a_repeated_one_is_seen() {
        let mut text: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
        text.push_str("k7: 2\n");
        let shape = crate::yaml::Shape::Open(Box::new(crate::yaml::Shape::Number { min: 0, max: 9 }));
        let source = crate::yaml::Source { file: crate::source::FileId::FIRST, text: &text, base: 0 };
        let (_, findings) = crate::yaml::read::<Value>(source, &shape);
        assert_eq!(findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>(), ["YM04"]);
    }
}
