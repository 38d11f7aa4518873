//! The documents of a portal as records, and records as the rows of tables.

use serde_json::{Value, json};

use crate::documents::kind_of;
use crate::exchange::cell;
use crate::exchange::sheet::{Body, Column, Kind, Sheet};
use crate::source::SourceTree;
use crate::yaml::edit::Document;

/// One document: an item, a law, a place …
#[derive(Debug, Clone)]
pub struct Record {
    /// Its kind.
    pub kind: Kind,
    /// The name of its folder or file.
    pub id: String,
    /// The department of an item.
    pub department: Option<String>,
    /// Its file.
    pub path: String,
    /// What it says.
    pub value: Value,
}

/// Every document of the files that is exchanged, by kind and path; and the
/// files that cannot be read, which must be repaired first.
pub fn records(tree: &SourceTree) -> (Vec<Record>, Vec<String>) {
    let mut records = Vec::new();
    let mut unreadable = Vec::new();
    for file in &tree.files {
        let kind = kind_of(&file.path);
        let Some((kind, id, department)) = Kind::of(&kind) else { continue };
        match Document::read(&file.text, None) {
            Ok(document) => records.push(Record {
                kind,
                id: id.to_owned(),
                department: department.map(str::to_owned),
                path: file.path.clone(),
                value: document.value().clone(),
            }),
            Err(_) => unreadable.push(file.path.clone()),
        }
    }
    records.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
    (records, unreadable)
}

impl Record {
    /// Its name for people.
    pub fn name(&self) -> &str {
        self.value.get("名称").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its rows in a table, with the leading columns.
    pub(crate) fn rows(&self, sheet: &Sheet) -> Vec<Vec<String>> {
        let bodies = bodies(&self.value, sheet);
        let lead = |n: usize| {
            let mut lead = vec![self.id.clone()];
            match (&sheet.body, self.kind) {
                (Body::Documents, Kind::Item) => lead.push(self.department.clone().unwrap_or_default()),
                (Body::Documents, _) => {}
                (body, _) => {
                    lead.push(self.name().to_owned());
                    if !body.is_single() {
                        lead.push((n + 1).to_string());
                    }
                }
            }
            lead
        };
        let row = |(n, body): (usize, Value)| {
            lead(n).into_iter().chain(sheet.columns.iter().map(|column| text(&body, column))).collect()
        };
        bodies.into_iter().enumerate().map(row).collect()
    }
}

/// What the rows of a document in a table are: the document, its entries, a pair each.
pub(crate) fn bodies(value: &Value, sheet: &Sheet) -> Vec<Value> {
    let held = sheet.body.key().and_then(|key| value.get(key));
    match (&sheet.body, held) {
        (Body::Documents, _) => vec![value.clone()],
        (Body::Entries(_) | Body::Sentences(_), Some(Value::Array(entries))) => entries.clone(),
        (Body::Pairs(_), Some(Value::Object(pairs))) => {
            pairs.iter().map(|(key, value)| json!({ "": key, "内容": value })).collect()
        }
        (Body::Group(_), Some(group @ Value::Object(_))) => vec![group.clone()],
        _ => Vec::new(),
    }
}

/// The text of a column in a row.
pub(crate) fn text(body: &Value, column: &Column) -> String {
    let value = match column.path.as_slice() {
        // The key of a pair stands under no name; any other row is what the column shows.
        [] => body.get("").unwrap_or(body),
        path => match path.iter().try_fold(body, |value, key| value.get(key)) {
            Some(value) => value,
            None => return String::new(),
        },
    };
    let is_word = !value.is_object() && !value.is_array();
    if column.is_word && !is_word { String::new() } else { cell::shown(value) }
}
