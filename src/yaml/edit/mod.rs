//! Edits of a YAML text that leave everything else as it was written:
//! comments, the order of keys, quotes, line ends.
//!
//! A [`Document`] is a text that reads as one value. Each edit replaces bytes
//! and then reads the text again: it counts only if the text now says exactly
//! what was asked for. What cannot be done so is refused, and the text stays.

mod align;
mod node;
mod write;

use std::ops::Range;

use serde_json::{Map, Value};

use crate::diagnostics::Words;
use crate::source::{FieldPath, Step};
use crate::yaml::prescan;
use crate::yaml::shape::Shape;
use node::{Data, Entry, Form, Node, Pair};
use write::{Manner, Written};

pub(crate) use align::{Aligned, align, moved};

/// The lines of a new document.
pub(super) fn pairs(map: &Map<String, Value>) -> Vec<String> {
    let manner = Manner { column: 0, list_indent: 2, like: Form::Empty, in_flow: false };
    map.iter().flat_map(|(name, value)| write::pair_lines(name, value, manner)).collect()
}

/// Why an edit was not made. The text is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The text cannot be read as one document: repair it first.
    Unreadable,
    /// There is nothing at this path.
    Nothing(FieldPath),
    /// The key is there already.
    Taken(FieldPath),
    /// The value stands for another place, or another place for it (`&`, `*`).
    Shared(FieldPath),
    /// The way it is written leaves no safe place for the edit.
    Unsafe(FieldPath),
}

impl EditError {
    /// The error in words.
    pub fn words(&self) -> Words {
        match self {
            EditError::Unreadable => Words::new("YAML 有错，先改好再写", "the YAML has faults: repair it first"),
            EditError::Nothing(path) => Words::new(format!("没有 `{path}`"), format!("there is no `{path}`")),
            EditError::Taken(path) => Words::new(format!("`{path}` 已经有了"), format!("`{path}` is there already")),
            EditError::Shared(path) => Words::new(
                format!("`{path}` 用 & 和 * 与别处共用，请手工修改"),
                format!("`{path}` is shared with another place by & and *: edit it by hand"),
            ),
            EditError::Unsafe(path) => Words::new(
                format!("`{path}` 的写法特殊，不能自动改，请手工修改"),
                format!("`{path}` is written in a way that cannot be edited safely: edit it by hand"),
            ),
        }
    }
}

/// A YAML text that can be edited value by value.
#[derive(Debug, Clone)]
pub struct Document<'s> {
    text: String,
    root: Node,
    value: Value,
    /// The shape of the document: new keys are put where it has them.
    shape: Option<&'s Shape>,
    line_end: &'static str,
    list_indent: usize,
}

/// A replacement of some bytes.
type Patch = (Range<usize>, String);

impl<'s> Document<'s> {
    /// Reads a text. With a shape, new keys are put in its order.
    ///
    /// # Errors
    ///
    /// When the text is not exactly one YAML document without faults of its own.
    pub fn read(text: &str, shape: Option<&'s Shape>) -> Result<Self, EditError> {
        if prescan::too_deep(text).is_some() {
            return Err(EditError::Unreadable);
        }
        let root = node::parse(text).ok_or(EditError::Unreadable)?;
        let line_end =
            if text.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
        let list_indent = list_indent(text, &root).unwrap_or(2);
        Ok(Document { text: text.to_owned(), value: root.value(), root, shape, line_end, list_indent })
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it is now.
    pub fn into_text(self) -> String {
        self.text
    }

    /// What the whole text says.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// What stands at a path.
    pub fn get(&self, path: &FieldPath) -> Option<&Value> {
        at(&self.value, &path.0)
    }

    /// Replaces a value by another of any form, as a whole. What is the same already stays.
    ///
    /// # Errors
    ///
    /// When there is nothing at the path, or it cannot be replaced safely.
    pub fn set(&mut self, path: &FieldPath, value: &Value) -> Result<(), EditError> {
        let old = self.get(path).ok_or_else(|| EditError::Nothing(path.clone()))?;
        if same(old, value) {
            return Ok(());
        }
        let mut wanted = self.value.clone();
        *at_mut(&mut wanted, &path.0).ok_or_else(|| EditError::Nothing(path.clone()))? = value.clone();
        let place = self.place(path)?;
        let patches = self.replacements(&place, value);
        self.apply(path, patches, wanted)
    }

    /// Makes the value at a path equal to `value` with as few edits as there are differences:
    /// entries of lists are told apart by what names them, and what stays the same is not touched.
    ///
    /// # Errors
    ///
    /// When there is nothing at the path, or an edit is refused. Edits made before it stay.
    pub fn merge(&mut self, path: &FieldPath, value: &Value) -> Result<(), EditError> {
        let old = self.get(path).ok_or_else(|| EditError::Nothing(path.clone()))?.clone();
        if same(&old, value) {
            return Ok(());
        }
        match (&old, value) {
            (Value::Object(old), Value::Object(new)) if old.keys().any(|key| new.contains_key(key)) => {
                self.merge_map(path, old, new)
            }
            (Value::Array(old), Value::Array(new)) if !old.is_empty() && !new.is_empty() => {
                self.merge_list(path, old, new)
            }
            _ => self.set(path, value),
        }
    }

    fn merge_map(
        &mut self,
        path: &FieldPath,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
    ) -> Result<(), EditError> {
        let kept = |of: &Map<String, Value>, other: &Map<String, Value>| -> Vec<String> {
            of.keys().filter(|key| other.contains_key(*key)).cloned().collect()
        };
        // Where keys are the editors' own words, their order says something.
        let is_open =
            self.shape.and_then(|shape| shape.at(&path.0)).is_some_and(|shape| matches!(shape, Shape::Open(_)));
        if is_open && kept(old, new) != kept(new, old) {
            return self.set(path, &Value::Object(new.clone()));
        }
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            self.remove(&path.key(name))?;
        }
        let names: Vec<&String> = new.keys().collect();
        for (name, value) in new {
            let field = path.key(name);
            if old.contains_key(name) {
                self.merge(&field, value)?;
            } else {
                let order: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
                self.insert_ordered(path, name, value, &order)?;
            }
        }
        Ok(())
    }

    fn merge_list(&mut self, path: &FieldPath, old: &[Value], new: &[Value]) -> Result<(), EditError> {
        let steps = align(old, new);
        if !steps.iter().any(|step| matches!(step, Aligned::Both(..))) {
            return self.set(path, &Value::Array(new.to_vec()));
        }
        // From the end, so that positions before stay what they are.
        for step in steps.into_iter().rev() {
            match step {
                Aligned::Both(at, from) => self.merge(&path.index(at), &new[from])?,
                Aligned::Old(at) => self.remove(&path.index(at))?,
                Aligned::New { before, from } => self.insert_entry(path, before, &new[from])?,
            }
        }
        Ok(())
    }

    /// Adds a key to a mapping, at its place in the order of the shape, or else at the end.
    ///
    /// # Errors
    ///
    /// When there is no mapping at the path, the key is there already, or there is no safe place for it.
    pub fn insert(&mut self, path: &FieldPath, name: &str, value: &Value) -> Result<(), EditError> {
        self.insert_ordered(path, name, value, &[])
    }

    fn insert_ordered(&mut self, path: &FieldPath, name: &str, value: &Value, order: &[&str]) -> Result<(), EditError> {
        let field = path.key(name);
        let nothing = || EditError::Nothing(path.clone());
        let old = self.get(path).ok_or_else(nothing)?;
        let (Value::Object(_) | Value::Null) = old else { return Err(nothing()) };
        if old.get(name).is_some() {
            return Err(EditError::Taken(field));
        }
        let order: Vec<&str> = match self.keys_of(path) {
            Some(keys) => keys,
            None => order.to_vec(),
        };
        let place = self.place(path)?;
        let Data::Map(pairs) = &place.node.data else {
            return self.set(path, &Value::Object(Map::from_iter([(name.to_owned(), value.clone())])));
        };
        let after = position(pairs, name, &order);
        let names: Vec<String> = pairs.iter().map(|pair| pair.name.clone()).collect();
        let mut wanted = self.value.clone();
        let Some(Value::Object(map)) = at_mut(&mut wanted, &path.0) else { return Err(nothing()) };
        let mut next = Map::new();
        for (n, known) in names.iter().enumerate() {
            if n == after {
                next.insert(name.to_owned(), value.clone());
            }
            next.insert(known.clone(), map.get(known).cloned().unwrap_or_default());
        }
        next.entry(name.to_owned()).or_insert_with(|| value.clone());
        *map = next;
        if names.is_empty() {
            let whole = at(&wanted, &path.0).cloned().unwrap_or_default();
            return self.set(path, &whole);
        }
        let patches = match place.node.form {
            Form::Flow => {
                vec![vec![flow_insert(pairs.len(), after, |n| (pairs[n].key.start, pairs[n].node.range.end), {
                    let manner = self.manner(0, Form::Empty, true);
                    let head = write::written(value, manner).into_iter().next().unwrap_or_default().head;
                    format!("{}: {head}", write::flow_key(name))
                })]]
            }
            _ => self.block_insert_pair(pairs, after, name, value),
        };
        self.apply(&field, patches, wanted)
    }

    /// Adds an entry to a list, before the entry that is at `before` now, or at the end.
    ///
    /// # Errors
    ///
    /// When there is no list at the path, or there is no safe place for the entry.
    pub fn insert_entry(&mut self, path: &FieldPath, before: usize, value: &Value) -> Result<(), EditError> {
        let nothing = || EditError::Nothing(path.clone());
        let place = self.place(path)?;
        let mut wanted = self.value.clone();
        let list = at_mut(&mut wanted, &path.0).ok_or_else(nothing)?;
        match list {
            Value::Array(list) => list.insert(before.min(list.len()), value.clone()),
            Value::Null => *list = Value::Array(vec![value.clone()]),
            _ => return Err(nothing()),
        }
        let entries = match &place.node.data {
            Data::List(entries) if !entries.is_empty() => entries,
            _ => {
                let whole = at(&wanted, &path.0).cloned().unwrap_or_default();
                return self.set(path, &whole);
            }
        };
        let before = before.min(entries.len());
        let patches = match place.node.form {
            Form::Flow => {
                let head = write::written(value, self.manner(0, Form::Empty, true))
                    .into_iter()
                    .next()
                    .unwrap_or_default()
                    .head;
                let span = |n: usize| (entries[n].node.range.start, entries[n].node.range.end);
                vec![vec![flow_insert(entries.len(), before, span, head)]]
            }
            _ => self.block_insert_entry(entries, before, value),
        };
        self.apply(&path.index(before), patches, wanted)
    }

    /// Takes a key with its value, or an entry of a list, away. Comments around it stay.
    ///
    /// # Errors
    ///
    /// When there is nothing at the path, or it cannot be taken out safely.
    pub fn remove(&mut self, path: &FieldPath) -> Result<(), EditError> {
        let nothing = || EditError::Nothing(path.clone());
        let (last, parent) = path.0.split_last().ok_or_else(nothing)?;
        let parent = FieldPath(parent.to_vec());
        self.get(path).ok_or_else(nothing)?;
        let mut wanted = self.value.clone();
        match (at_mut(&mut wanted, &parent.0), last) {
            (Some(Value::Object(map)), Step::Key(name)) => {
                map.shift_remove(name);
            }
            (Some(Value::Array(list)), Step::Index(n)) => {
                list.remove(*n);
            }
            _ => return Err(nothing()),
        }
        let place = self.place(&parent)?;
        let spans: Vec<Range<usize>> = match &place.node.data {
            Data::Map(pairs) => pairs.iter().map(|pair| pair.key.start..pair.end()).collect(),
            Data::List(entries) => entries.iter().map(|entry| entry.lead..entry.end()).collect(),
            Data::Value(_) => return Err(EditError::Shared(path.clone())),
        };
        let n = match (&place.node.data, last) {
            (Data::Map(pairs), Step::Key(name)) => pairs.iter().position(|pair| pair.name == *name),
            (_, Step::Index(n)) => Some(*n),
            _ => None,
        };
        let n = n.filter(|n| *n < spans.len()).ok_or_else(nothing)?;
        let patches = match (place.node.form, spans.len()) {
            (_, 1) => {
                let empty = at(&wanted, &parent.0).cloned().unwrap_or_default();
                self.replacements(&place, &empty)
            }
            (Form::Flow, _) => vec![self.flow_remove(&spans, n)],
            _ => vec![vec![self.block_remove(&spans, n)]],
        };
        self.apply(path, patches, wanted)
    }

    /// Makes the first of the patches after which the text says what is wanted.
    fn apply(&mut self, path: &FieldPath, ways: Vec<Vec<Patch>>, wanted: Value) -> Result<(), EditError> {
        for mut patches in ways {
            patches.sort_by_key(|(range, _)| range.start);
            let mut text = String::with_capacity(self.text.len() + 64);
            let mut done = 0;
            let fits = patches.iter().all(|(range, new)| {
                let Some(before) = self.text.get(done..range.start) else { return false };
                text.push_str(before);
                text.push_str(new);
                done = range.end;
                true
            });
            let Some(rest) = self.text.get(done..).filter(|_| fits) else { continue };
            text.push_str(rest);
            if prescan::too_deep(&text).is_some() {
                continue;
            }
            if let Some(root) = node::parse(&text)
                && same(&root.value(), &wanted)
            {
                (self.text, self.root, self.value) = (text, root, wanted);
                return Ok(());
            }
        }
        Err(match has_alias(&self.root) {
            true => EditError::Shared(path.clone()),
            false => EditError::Unsafe(path.clone()),
        })
    }

    /// The keys of the mapping at a path in the order of the shape, if it has set ones.
    fn keys_of(&self, path: &FieldPath) -> Option<Vec<&'s str>> {
        match self.shape?.at(&path.0)? {
            Shape::Map(keys) => Some(keys.iter().map(|key| key.name.as_str()).collect()),
            _ => None,
        }
    }

    fn manner(&self, column: usize, like: Form, in_flow: bool) -> Manner {
        Manner { column, list_indent: self.list_indent, like, in_flow }
    }

    /// Follows a path to its node.
    fn place(&self, path: &FieldPath) -> Result<Place<'_>, EditError> {
        let mut place = Place { node: &self.root, after: 0, column: 0, in_flow: false, holder: Holder::Root };
        for step in &path.0 {
            let in_flow = place.in_flow || place.node.form == Form::Flow;
            place = match (&place.node.data, step) {
                (Data::Map(pairs), Step::Key(name)) => {
                    let pair =
                        pairs.iter().find(|pair| pair.name == *name).ok_or_else(|| EditError::Nothing(path.clone()))?;
                    let column = self.column(pair.key.start);
                    let after = pair.after_colon.ok_or_else(|| EditError::Unsafe(path.clone()))?;
                    Place { node: &pair.node, after, column, in_flow, holder: Holder::Key }
                }
                (Data::List(entries), Step::Index(n)) => {
                    let entry = entries.get(*n).ok_or_else(|| EditError::Nothing(path.clone()))?;
                    Place {
                        node: &entry.node,
                        after: entry.lead + 1,
                        column: self.column(entry.lead),
                        in_flow,
                        holder: Holder::Dash,
                    }
                }
                _ if place.node.form == Form::Alias => return Err(EditError::Shared(path.clone())),
                _ => return Err(EditError::Nothing(path.clone())),
            };
        }
        Ok(place)
    }

    /// The column of a byte, in characters.
    fn column(&self, at: usize) -> usize {
        self.text[self.line_start(at)..at].chars().count()
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    /// The byte after the line in which something ends.
    fn line_end(&self, at: usize) -> usize {
        if at > 0 && self.text[..at].ends_with('\n') {
            return at;
        }
        self.text[at..].find('\n').map_or(self.text.len(), |found| at + found + 1)
    }

    /// Lines to be put after the line in which something ends.
    fn lines_after(&self, at: usize, lines: &[String]) -> Patch {
        let end = self.line_end(at);
        let joined = lines.join(self.line_end);
        let new = match self.text[..end].ends_with('\n') || end == 0 {
            true => format!("{joined}{}", self.line_end),
            false => format!("{}{joined}", self.line_end),
        };
        (end..end, new)
    }

    /// The ways to put a value where another stands.
    fn replacements(&self, place: &Place<'_>, value: &Value) -> Vec<Vec<Patch>> {
        let step = match (&place.holder, value) {
            (Holder::Root, _) => 0,
            (Holder::Key, Value::Array(_)) => self.list_indent,
            _ => 2,
        };
        let column = match (place.node.form, &place.node.data, value) {
            // What is in lines of its own keeps its indentation.
            (Form::Block, Data::List(_), Value::Array(_)) | (Form::Block, Data::Map(_), Value::Object(_)) => {
                self.column(place.node.range.start)
            }
            _ => place.column + step,
        };
        let like = match (&place.node.data, value) {
            (Data::List(entries), Value::Array(_)) if !entries.is_empty() => place.node.form,
            (Data::Map(pairs), Value::Object(_)) if !pairs.is_empty() => place.node.form,
            (Data::Value(Value::String(_)), Value::String(_)) => place.node.form,
            _ => Form::Empty,
        };
        let ways = write::written(value, self.manner(column, like, place.in_flow));
        ways.into_iter().map(|written| self.replacement(place, written)).collect()
    }

    fn replacement(&self, place: &Place<'_>, written: Written) -> Vec<Patch> {
        let Place { node, after, .. } = place;
        let range = node.range.clone();
        let spaced = |head: &str| if head.is_empty() { String::new() } else { format!(" {head}") };
        let mut patches = Vec::new();
        match node.form {
            Form::Empty => {
                patches.push((*after..*after, spaced(&written.head)));
                if !written.body.is_empty() {
                    patches.push(self.lines_after(*after, &written.body));
                }
            }
            Form::Literal | Form::Folded => {
                let line = &self.text[range.start..self.line_end(range.start)];
                let comment = line.find(" #").map_or(String::new(), |at| line[at..].trim_end().to_owned());
                let mut lines = vec![format!("{}{comment}", written.head)];
                lines.extend(written.body);
                let end = if self.text[range.clone()].ends_with('\n') { self.line_end } else { "" };
                patches.push((range, lines.join(self.line_end) + end));
            }
            // The single pair of an entry such as that of `[甲: 1, 乙]` begins before what its place comes after.
            Form::Block
                if self.text.get(*after..range.start).is_some_and(|gap| gap.contains('\n'))
                    || matches!(place.holder, Holder::Root) =>
            {
                patches.push((*after..*after, spaced(&written.head)));
                let first = self.line_start(range.start);
                let last = self.line_end(range.end);
                let end = if self.text[..last].ends_with('\n') { self.line_end } else { "" };
                let body = written.body.join(self.line_end);
                patches.push((first..last, if written.body.is_empty() { body } else { body + end }));
            }
            Form::Block => {
                let mut lines = written.body;
                let first = match written.head.is_empty() && !lines.is_empty() {
                    true => lines.remove(0).trim_start().to_owned(),
                    false => written.head,
                };
                lines.insert(0, first);
                patches.push((range, lines.join(self.line_end)));
            }
            _ => {
                let is_bare = written.head.is_empty() && matches!(place.holder, Holder::Key);
                let start = if is_bare { *after } else { range.start };
                let mut body = written.body;
                let head = match written.head.is_empty() && !is_bare && !body.is_empty() {
                    true => body.remove(0).trim_start().to_owned(),
                    false => written.head,
                };
                patches.push((start..range.end, head));
                if !body.is_empty() {
                    patches.push(self.lines_after(range.end, &body));
                }
            }
        }
        patches
    }

    fn block_insert_pair(&self, pairs: &[Pair], after: usize, name: &str, value: &Value) -> Vec<Vec<Patch>> {
        let column = self.column(pairs[0].key.start);
        let lines = write::pair_lines(name, value, self.manner(column, Form::Empty, false));
        let patch = match after.checked_sub(1) {
            Some(before) => self.lines_after(pairs[before].end(), &lines),
            None => {
                let start = pairs[0].key.start;
                let text = lines.join(self.line_end);
                (start..start, format!("{}{}{}", text.trim_start(), self.line_end, " ".repeat(column)))
            }
        };
        vec![vec![patch]]
    }

    fn block_insert_entry(&self, entries: &[Entry], before: usize, value: &Value) -> Vec<Vec<Patch>> {
        let column = self.column(entries[0].lead);
        // A new entry is written as its neighbour is, if they are of a kind.
        let neighbour = &entries[before.saturating_sub(1).min(entries.len() - 1)].node;
        let like = match (&neighbour.data, value) {
            (Data::Map(_), Value::Object(_)) | (Data::List(_), Value::Array(_)) => neighbour.form,
            (Data::Value(Value::String(_)), Value::String(_))
                if !matches!(neighbour.form, Form::Literal | Form::Folded) =>
            {
                neighbour.form
            }
            _ => Form::Empty,
        };
        let ways = write::written(value, self.manner(column + 2, like, false));
        let indent = " ".repeat(column);
        let patch = |written: Written| {
            let lines = write::entry_lines(&indent, written, column + 2);
            match before.checked_sub(1) {
                Some(n) => self.lines_after(entries[n].end(), &lines),
                None => {
                    let start = entries[0].lead;
                    let text = lines.join(self.line_end);
                    (start..start, format!("{}{}{indent}", text.trim_start(), self.line_end))
                }
            }
        };
        ways.into_iter().map(|written| vec![patch(written)]).collect()
    }

    /// Takes one of several keys or entries that stand on lines of their own.
    fn block_remove(&self, spans: &[Range<usize>], n: usize) -> Patch {
        let start = self.line_start(spans[n].start);
        if self.text[start..spans[n].start].trim().is_empty() {
            let end = self.line_end(spans[n].end);
            // Without a line end after it, the one before it goes.
            let is_last = !self.text[..end].ends_with('\n');
            let start = if is_last { self.text[..start].trim_end_matches(['\r', '\n']).len() } else { start };
            return (start..end, String::new());
        }
        // The first one beside a dash: the next takes its place.
        let next = spans.get(n + 1).map_or(spans[n].end, |next| next.start);
        (spans[n].start..next, String::new())
    }

    /// Takes one of several keys or entries between brackets, with one comma.
    fn flow_remove(&self, spans: &[Range<usize>], n: usize) -> Vec<Patch> {
        let span = spans[n].clone();
        let is_plain = |range: Range<usize>| !self.text[range].contains('#');
        match (spans.get(n + 1), n.checked_sub(1).map(|n| &spans[n])) {
            (Some(next), _) if is_plain(span.end..next.start) => vec![(span.start..next.start, String::new())],
            (None, Some(before)) if is_plain(before.end..span.start) => vec![(before.end..span.end, String::new())],
            (Some(_), _) => {
                let comma = node::next_content(&self.text, span.end);
                vec![(span, String::new()), (comma..comma + 1, String::new())]
            }
            (None, Some(before)) => {
                let comma = node::next_content(&self.text, before.end);
                vec![(comma..comma + 1, String::new()), (span, String::new())]
            }
            (None, None) => vec![(span, String::new())],
        }
    }
}

/// A node and what surrounds it.
struct Place<'n> {
    node: &'n Node,
    /// The byte after the colon or the dash.
    after: usize,
    /// The column of the key or the dash.
    column: usize,
    in_flow: bool,
    holder: Holder,
}

/// What a node hangs on.
enum Holder {
    Root,
    Key,
    Dash,
}

impl Pair {
    /// Where the key with its value ends.
    fn end(&self) -> usize {
        self.node.range.end.max(self.after_colon.unwrap_or(self.key.end))
    }
}

impl Entry {
    /// Where the entry with its dash ends.
    fn end(&self) -> usize {
        self.node.range.end.max(self.lead + usize::from(self.node.form == Form::Empty))
    }
}

/// An entry more between brackets, with its comma. `span` tells where the n-th begins and ends.
fn flow_insert(len: usize, before: usize, span: impl Fn(usize) -> (usize, usize), text: String) -> Patch {
    match before.checked_sub(1) {
        Some(n) if n < len => (span(n).1..span(n).1, format!(", {text}")),
        _ => (span(0).0..span(0).0, format!("{text}, ")),
    }
}

/// Where a key belongs among others: behind the nearest of those that come before it in the order.
fn position(pairs: &[Pair], name: &str, order: &[&str]) -> usize {
    let Some(own) = order.iter().position(|known| *known == name) else { return pairs.len() };
    let is_before = |pair: &Pair| order[..own].contains(&pair.name.as_str());
    let place = |name: &str| order.iter().position(|known| *known == name);
    let nearest =
        pairs.iter().enumerate().filter(|(_, pair)| is_before(pair)).max_by_key(|(_, pair)| place(&pair.name));
    nearest.map_or(0, |(n, _)| n + 1)
}

/// How far the first list in lines of its own is indented below its key.
fn list_indent(text: &str, node: &Node) -> Option<usize> {
    let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |at| at + 1);
    match &node.data {
        Data::Map(pairs) => pairs.iter().find_map(|pair| match &pair.node.data {
            Data::List(entries) if pair.node.form == Form::Block => {
                let lead = entries.first().map(|entry| column(entry.lead));
                lead.and_then(|lead| lead.checked_sub(column(pair.key.start)))
            }
            _ => list_indent(text, &pair.node),
        }),
        Data::List(entries) => entries.iter().find_map(|entry| list_indent(text, &entry.node)),
        Data::Value(_) => None,
    }
}

/// Whether something in a node stands for another place.
fn has_alias(node: &Node) -> bool {
    match &node.data {
        Data::Map(pairs) => pairs.iter().any(|pair| has_alias(&pair.node)),
        Data::List(entries) => entries.iter().any(|entry| has_alias(&entry.node)),
        Data::Value(_) => node.form == Form::Alias,
    }
}

/// What stands at some steps from a value.
fn at<'v>(value: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(name) => value.get(name),
        Step::Index(n) => value.get(n),
    })
}

fn at_mut<'v>(value: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(name) => value.get_mut(name),
        Step::Index(n) => value.get_mut(n),
    })
}

/// Whether two values say the same, keys in the same order.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((x, v), (y, w))| x == y && same(v, w))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(v, w)| same(v, w)),
        (a, b) => a == b,
    }
}

/// One value that differs between two documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where it is: in the new document, or in the old one if it is gone.
    pub path: FieldPath,
    /// What it was.
    pub old: Option<Value>,
    /// What it is.
    pub new: Option<Value>,
    /// Whether an entry only stands elsewhere in its list.
    pub is_moved: bool,
}

/// What differs between two values, down to single values and whole entries.
pub fn differences(old: &Value, new: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    differ(&FieldPath::root(), Some(old), Some(new), &mut found);
    found
}

fn differ(path: &FieldPath, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<Difference>) {
    match (old, new) {
        (Some(old), Some(new)) if same(old, new) => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let before = found.len();
            for (key, value) in old {
                differ(&path.key(key), Some(value), new.get(key), found);
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                differ(&path.key(key), None, Some(value), found);
            }
            if found.len() == before && !path.0.is_empty() {
                // Only the order of keys is another.
                let whole = |map: &Map<String, Value>| Some(Value::Object(map.clone()));
                found.push(Difference { path: path.clone(), old: whole(old), new: whole(new), is_moved: false });
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if old.iter().chain(new).any(Value::is_object) => {
            let steps = align(old, new);
            let elsewhere = moved(&steps, old, new);
            for step in steps {
                match step {
                    Aligned::Both(at, from) => differ(&path.index(from), Some(&old[at]), Some(&new[from]), found),
                    Aligned::Old(at) if elsewhere.iter().any(|(was, _)| *was == at) => {}
                    Aligned::Old(at) => differ(&path.index(at), Some(&old[at]), None, found),
                    Aligned::New { from, .. } => match elsewhere.iter().find(|(_, is)| *is == from) {
                        Some((at, _)) => {
                            let (old, new) = (Some(old[*at].clone()), Some(new[from].clone()));
                            found.push(Difference { path: path.index(from), old, new, is_moved: true });
                        }
                        None => differ(&path.index(from), None, Some(&new[from]), found),
                    },
                }
            }
        }
        (old, new) => {
            found.push(Difference { path: path.clone(), old: old.cloned(), new: new.cloned(), is_moved: false });
        }
    }
}

/// A value as it stands between the brackets of YAML, on one line.
pub fn one_line(value: &Value) -> String {
    write::flow(value)
}

/// A whole new text that says this.
pub fn fresh(value: &Value) -> String {
    let Value::Object(map) = value else { return "{}\n".to_owned() };
    let manner = Manner { column: 0, list_indent: 2, like: Form::Empty, in_flow: false };
    let lines = map.iter().flat_map(|(name, value)| write::pair_lines(name, value, manner));
    lines.map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests;
