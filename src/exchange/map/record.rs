//! One record while it is looked at: its values, and what became of each.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::exchange::map::compile::scalar_text;
use crate::exchange::map::report::Why;

/// A value of the record, by its position among all of them.
pub(super) type Leaf = usize;

/// Something to be said of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) leaf: Option<Leaf>,
    pub(super) why: Why,
    pub(super) text: String,
    pub(super) note: String,
}

/// The values of one record and their fate.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The field and the text of each value, such as `materials[1].name`.
    pub(super) leaves: Vec<(String, String)>,
    by_path: HashMap<String, Leaf>,
    /// In the portal.
    pub(super) taken: BTreeSet<Leaf>,
    /// Asked by a condition.
    pub(super) decided: BTreeSet<Leaf>,
    /// Texts that say nothing.
    pub(super) blank: BTreeSet<Leaf>,
    /// The texts that are in the portal, and of which value.
    pub(super) landed: Vec<(Leaf, String)>,
    /// What is to be reported.
    pub(super) notes: Vec<Note>,
}

impl Ledger {
    /// All values of a record.
    pub(super) fn new(record: &Value) -> Self {
        let mut ledger = Ledger::default();
        ledger.add(record, "");
        ledger
    }

    fn add(&mut self, value: &Value, path: &str) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    self.add(value, &path);
                }
            }
            Value::Array(list) => {
                for (n, value) in list.iter().enumerate() {
                    self.add(value, &format!("{path}[{}]", n + 1));
                }
            }
            value => {
                let Some(text) = scalar_text(value).filter(|text| !text.trim().is_empty()) else { return };
                self.by_path.insert(path.to_owned(), self.leaves.len());
                self.leaves.push((path.to_owned(), text));
            }
        }
    }

    /// The value at a field.
    pub(super) fn leaf(&self, path: &str) -> Option<Leaf> {
        self.by_path.get(path).copied()
    }

    /// Forgets what was said to be left of a value and is in the portal all the same, in another place.
    pub(super) fn forget_found(&mut self) {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (landed, taken, decided) = (&self.landed, &self.taken, &self.decided);
        self.notes.retain(|note| {
            let Some(leaf) = note.leaf.filter(|_| note.why == Why::Rest) else { return true };
            if !taken.contains(&leaf) {
                // A value that only decides something is no text of which a part could be left.
                return !decided.contains(&leaf);
            }
            let elsewhere = |part: &str| {
                let part = plain(part);
                landed.iter().any(|(of, text)| *of == leaf && plain(text).contains(&part))
            };
            !note.text.split(" … ").all(elsewhere)
        });
    }

    /// Notes something about the values a piece was made of.
    pub(super) fn note(&mut self, from: &[Leaf], why: Why, text: impl Into<String>, note: impl Into<String>) {
        let note = Note { leaf: from.first().copied(), why, text: text.into(), note: note.into() };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// A way through the record, from where it begins.
#[derive(Debug, Clone)]
pub(super) struct Spot<'r> {
    pub(super) path: String,
    pub(super) value: &'r Value,
}

/// What stands at `field`, each entry of a list by itself.
pub(super) fn look<'r>(field: &str, start: &Spot<'r>) -> Vec<Spot<'r>> {
    // A column of a table may have any name.
    if let Some(value) = start.value.get(field) {
        return entries(Spot { path: join(&start.path, field), value });
    }
    let mut spots = vec![start.clone()];
    for step in field.split('.') {
        let step = step.trim_end_matches("[]");
        spots = spots
            .iter()
            .flat_map(entries_of)
            .filter_map(|spot| Some(Spot { path: join(&spot.path, step), value: spot.value.get(step)? }))
            .collect();
    }
    spots.into_iter().flat_map(entries).collect()
}

fn entries_of<'r>(spot: &Spot<'r>) -> Vec<Spot<'r>> {
    entries(spot.clone())
}

/// The entries of a list; anything else is its own only entry.
fn entries(spot: Spot<'_>) -> Vec<Spot<'_>> {
    match spot.value {
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(n, value)| Spot { path: format!("{}[{}]", spot.path, n + 1), value })
            .collect(),
        Value::Null => Vec::new(),
        _ => vec![spot],
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
