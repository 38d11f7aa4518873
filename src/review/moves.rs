//! What has another name or folder and is the same thing: told once, as a move.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::review::documents::Doc;
use crate::review::{Half, Kind};

/// The documents of one state, by kind and id.
type Docs = BTreeMap<(Kind, String), Doc>;

/// What of the base stands elsewhere in the new state.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// What is of the new state alone: the id it had.
    from: BTreeMap<(Kind, String), String>,
    /// Folders of the base with those that took their place, the innermost first.
    folders: Vec<(String, String)>,
}

impl Moves {
    /// Items are known again by their 实施编码, departments by their 统一社会信用代码, and the other documents by a
    /// text that is the same to the letter.
    pub(super) fn of(base: &Half, head: &Half, old: &Docs, new: &Docs) -> Moves {
        let mut left: BTreeMap<(Kind, String), &Doc> = BTreeMap::new();
        for (key, doc) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
            left.extend(sign(base, doc).map(|sign| ((key.0, sign), doc)));
        }
        let mut moves = Moves::default();
        for (key, doc) in new {
            let before = match old.get(key) {
                Some(before) => Some(before),
                None => sign(head, doc).and_then(|sign| left.remove(&(key.0, sign))),
            };
            let Some(before) = before else { continue };
            if before.id != doc.id {
                moves.from.insert(key.clone(), before.id.clone());
            }
            let (old, new) = (base.tree.file(before.file), head.tree.file(doc.file));
            if let (Some((old, _)), Some((new, _))) = (old.path.rsplit_once('/'), new.path.rsplit_once('/'))
                && old != new
            {
                moves.folders.push((format!("{old}/"), format!("{new}/")));
            }
        }
        moves.folders.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
        moves
    }

    /// The id that a document of the new state had before it moved.
    pub(super) fn from(&self, key: &(Kind, String)) -> Option<&String> {
        self.from.get(key)
    }

    /// Whether a document of the base stands elsewhere now.
    pub(super) fn has_left(&self, key: &(Kind, String)) -> bool {
        self.from.iter().any(|((kind, _), id)| *kind == key.0 && *id == key.1)
    }

    /// Where a file of the base stands in the new state.
    pub(super) fn path<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let moved =
            self.folders.iter().find_map(|(old, new)| Some(format!("{new}{}", path.strip_prefix(old.as_str())?)));
        moved.map_or(Cow::Borrowed(path), Cow::Owned)
    }

    /// Whether a department only has another folder.
    pub(super) fn is_department(&self, before: &str, now: &str) -> bool {
        self.from(&(Kind::Department, now.to_owned())).is_some_and(|id| id == before)
    }
}

/// What a document is known by wherever it stands.
fn sign(half: &Half, doc: &Doc) -> Option<String> {
    let portal = half.portal.as_ref()?;
    match doc.kind {
        Kind::Item => {
            let item = portal.item(portal.item_named(&doc.id)?);
            item.facts.task_code.told().map(ToString::to_string)
        }
        Kind::Department => {
            let department = portal.departments.iter().find(|one| one.id == doc.id)?;
            department.facts.credit_code.told().map(ToString::to_string)
        }
        Kind::Table | Kind::File => None,
        _ => Some(half.tree.file(doc.file).text.to_string()),
    }
}
