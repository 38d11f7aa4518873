//! The texts of the content folder while they are edited in memory.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diagnostics::Words;
use crate::documents::{DocumentKind, kind_of};
use crate::output::{Change, Replacement};
use crate::schema;
use crate::source::{FieldPath, SourceTree};
use crate::yaml::edit::{Document, EditError};
use crate::yaml::{Shape, front_matter, shape_of};

/// Where documents of a kind name something: the keys that lead there, `*` for each entry of a list, and a `/` at the
/// end where the name is what stands before the first slash.
pub(super) type Places = &'static [(fn(&DocumentKind) -> bool, &'static [&'static [&'static str]])];

/// Where items are named by their slugs.
pub(super) const ITEMS: Places = &[
    (|kind| matches!(kind, DocumentKind::Item(..)), &[&["相关事项", "*"], &["接替事项"]]),
    (
        |kind| matches!(kind, DocumentKind::Bundle(_)),
        &[&["事项", "*", "事项"], &["事项", "*", "先办", "*"], &["一表申请", "代替", "*", "/"]],
    ),
    (|kind| matches!(kind, DocumentKind::Notice(_)), &[&["事项", "*"]]),
    (|kind| matches!(kind, DocumentKind::Material(_)), &[&["办理事项"], &["办理事项", "*"]]),
    (|kind| matches!(kind, DocumentKind::Site), &[&["首页常办", "*"]]),
];

/// Where departments are named by their ids.
pub(super) const DEPARTMENTS: Places = &[
    (|kind| matches!(kind, DocumentKind::Bundle(_)), &[&["牵头部门"]]),
    (|kind| matches!(kind, DocumentKind::Notice(_)), &[&["部门", "*"]]),
];

/// Files whose addresses are not links but history.
const HISTORY: [&str; 2] = ["content/redirects.yaml", "content/urls.lock"];

/// The texts, and those of them that are others now.
pub(super) struct Texts<'a> {
    tree: &'a SourceTree,
    new: BTreeMap<String, String>,
    /// Texts outside of the tree: what they were.
    others: BTreeMap<String, String>,
}

/// What went wrong in a file.
pub(super) fn said(path: &str, words: &Words) -> Words {
    Words::new(format!("{path}：{}", words.zh), format!("{path}: {}", words.en))
}

impl<'a> Texts<'a> {
    pub(super) fn new(tree: &'a SourceTree) -> Self {
        Texts { tree, new: BTreeMap::new(), others: BTreeMap::new() }
    }

    /// The text of a file as it is now.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let old = || self.tree.files.iter().find(|file| file.path == path).map(|file| &*file.text);
        self.new.get(path).map(String::as_str).or_else(old)
    }

    pub(super) fn put(&mut self, path: &str, text: String) {
        self.new.insert(path.to_owned(), text);
    }

    /// Notes the new text of a file that is not in the tree.
    pub(super) fn put_other(&mut self, path: &str, before: &str, after: String) {
        self.others.insert(path.to_owned(), before.to_owned());
        self.put(path, after);
    }

    /// Edits the YAML of a file.
    pub(super) fn edit(
        &mut self,
        path: &str,
        shape: &Shape,
        edit: impl FnOnce(&mut Document<'_>) -> Result<(), EditError>,
    ) -> Result<(), Words> {
        let text = self.text(path).unwrap_or_default();
        let after = edited(path, text, |yaml| {
            let mut document = Document::read(yaml, Some(shape))?;
            edit(&mut document)?;
            Ok(document.into_text())
        })?;
        self.put(path, after);
        Ok(())
    }

    /// Lets the links of all texts lead to another address.
    pub(super) fn links(&mut self, from: &str, to: &str) {
        let tree = self.tree;
        for file in tree.files.iter().filter(|file| file.path.starts_with("content/")) {
            let text = self.text(&file.path).unwrap_or_default();
            if HISTORY.contains(&&*file.path) || !text.contains(from) {
                continue;
            }
            let after = relinked(text, from, to);
            self.put(&file.path, after);
        }
    }

    /// Names something by another name wherever documents name it.
    pub(super) fn refer(&mut self, places: Places, from: &str, to: &str) -> Result<(), Words> {
        let tree = self.tree;
        for file in &tree.files {
            let kind = kind_of(&file.path);
            let Some((_, ways)) = places.iter().find(|(is_kind, _)| is_kind(&kind)) else { continue };
            let text = self.text(&file.path).unwrap_or_default();
            if !text.contains(from) {
                continue;
            }
            let after = edited(&file.path, text, |yaml| {
                let mut document = Document::read(yaml, None)?;
                for way in *ways {
                    swap(&mut document, way, from, to)?;
                }
                Ok(document.into_text())
            })?;
            self.put(&file.path, after);
        }
        Ok(())
    }

    /// Lets what is let pass in `exceptions.yaml` follow its files.
    pub(super) fn refer_files(&mut self, folders: &[(String, String)]) -> Result<(), Words> {
        const FILE: &str = "content/exceptions.yaml";
        let Some(text) = self.text(FILE).filter(|text| folders.iter().any(|(from, _)| text.contains(&**from))) else {
            return Ok(());
        };
        let after = edited(FILE, text, |yaml| {
            let shape = shape_of::<schema::ExceptionsFile>();
            let mut document = Document::read(yaml, Some(&shape))?;
            let list = FieldPath::root().key("例外");
            let count = document.get(&list).and_then(Value::as_array).map_or(0, Vec::len);
            for n in 0..count {
                let field = list.index(n).key("文件");
                let Some(path) = document.get(&field).and_then(Value::as_str).map(str::to_owned) else { continue };
                let moved = folders.iter().find_map(|(from, to)| Some(format!("{to}{}", super::below(&path, from)?)));
                if let Some(moved) = moved {
                    document.set(&field, &json!(moved))?;
                }
            }
            Ok(document.into_text())
        })?;
        self.put(FILE, after);
        Ok(())
    }

    /// The changes that make the files what they are here, but of one that goes.
    pub(super) fn changes(self, removed: Option<&str>) -> Vec<Change> {
        let Texts { tree, new, others } = self;
        let mut changes = Vec::new();
        for (path, after) in new {
            let before = match others.get(&path) {
                Some(before) => Some(before.clone()),
                None => tree.files.iter().find(|file| file.path == path).map(|file| file.text.to_string()),
            };
            match before {
                Some(before) if before == after || removed == Some(&*path) => {}
                Some(before) => changes.push(Change::Replace(Replacement { path, before, after })),
                None => changes.push(Change::Create { path, text: after }),
            }
        }
        changes
    }
}

/// A text with its YAML edited: all of it, or the head of a Markdown file.
fn edited(path: &str, text: &str, edit: impl FnOnce(&str) -> Result<String, EditError>) -> Result<String, Words> {
    let range = if path.ends_with(".md") { front_matter(text).unwrap_or(0..0) } else { 0..text.len() };
    if range.is_empty() {
        return Ok(text.to_owned());
    }
    let inner = edit(&text[range.clone()]).map_err(|error| said(path, &error.words()))?;
    Ok(format!("{}{inner}{}", &text[..range.start], &text[range.end..]))
}

/// Writes `to` where `from` stands; from a list that has `to` already, `from` goes.
fn swap(document: &mut Document<'_>, way: &[&str], from: &str, to: &str) -> Result<(), EditError> {
    let mut found = Vec::new();
    find(document.value(), way, FieldPath::root(), from, &mut found);
    for path in found.into_iter().rev() {
        let list = FieldPath(path.0[..path.0.len() - 1].to_vec());
        let is_double = way.last() == Some(&"*")
            && document.get(&list).and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == to));
        match is_double {
            true => document.remove(&path)?,
            false => {
                let old = document.get(&path).and_then(Value::as_str).unwrap_or_default();
                let rest = old.find('/').filter(|_| way.last() == Some(&"/")).map_or("", |at| &old[at..]);
                let new = json!(format!("{to}{rest}"));
                document.set(&path, &new)?;
            }
        }
    }
    Ok(())
}

fn find(value: &Value, way: &[&str], at: FieldPath, from: &str, found: &mut Vec<FieldPath>) {
    match (way, value) {
        ([], Value::String(text)) if text == from => found.push(at),
        (["/"], Value::String(text)) if text.split('/').next() == Some(from) => found.push(at),
        (["*", rest @ ..], Value::Array(list)) => {
            for (n, one) in list.iter().enumerate() {
                find(one, rest, at.index(n), from, found);
            }
        }
        ([key, rest @ ..], Value::Object(map)) => {
            if let Some(one) = map.get(*key) {
                find(one, rest, at.key(key), from, found);
            }
        }
        _ => {}
    }
}

/// The text with links to another address. An address of another site has a name before its path and stays.
fn relinked(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let is_other = rest[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "-_./~".contains(c));
        out.push_str(&rest[..at]);
        out.push_str(if is_other { from } else { to });
        rest = &rest[at + from.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_this_site_are_led_on() {
        let text = "[甲](/items/a/) [乙](/items/a/#b) [丙](https://x.example/items/a/) [丁](/items/ab/) `/items/a/`";
        assert_eq!(
            relinked(text, "/items/a/", "/items/c/"),
            "[甲](/items/c/) [乙](/items/c/#b) [丙](https://x.example/items/a/) [丁](/items/ab/) `/items/c/`"
        );
    }

    #[test]
    fn names_are_swapped_in_their_places_only() {
        let text = "部门: [a, b] # 两个\n牵头部门: a\n说明: a\n";
        let mut document = Document::read(text, None).unwrap();
        swap(&mut document, &["部门", "*"], "a", "b").unwrap();
        swap(&mut document, &["牵头部门"], "a", "b").unwrap();
        assert_eq!(document.text(), "部门: [b] # 两个\n牵头部门: b\n说明: a\n");
        let mut document = Document::read("代替: [a/form, ab/form, b/a]\n", None).unwrap();
        swap(&mut document, &["代替", "*", "/"], "a", "c").unwrap();
        assert_eq!(document.text(), "代替: [c/form, ab/form, b/a]\n");
    }
}
