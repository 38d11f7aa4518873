//! A document that is begun: every required key with what to write there, in the order of the handbook.

use serde_json::{Map, Value, json};

use crate::schema::values::{PENDING, first_example};
use crate::yaml::edit::fresh;
use crate::yaml::{Key, Shape};

/// How many characters of a list of keys stand on one line.
const LINE: usize = 40;

/// A file that is begun, and what is still missing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The file from the portal's folder.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The keys that are 待补.
    pub missing: Vec<String>,
}

/// An example of a value: its key, the value as YAML, and what is to be said of it.
pub(super) type Example = (&'static str, &'static str, &'static str);

/// What is known of a document before it is begun.
pub(super) struct Given<'g> {
    /// The lines at the top, without `#`.
    pub(super) intro: &'g [&'g str],
    /// The values that are known, by key.
    pub(super) values: Map<String, Value>,
    /// How a value can be written, where the shape alone does not tell.
    pub(super) examples: &'g [Example],
}

/// The text of a document of this shape.
pub(super) fn started(path: String, shape: &Shape, given: &Given<'_>) -> Started {
    let Shape::Map(keys) = shape else { return Started { path, text: String::new(), missing: Vec::new() } };
    let (mut body, mut missing, mut optional) = (String::new(), Vec::new(), Vec::new());
    for key in keys {
        let value = match given.values.get(&key.name) {
            Some(value) => value.clone(),
            None if key.required => blank(&key.shape),
            None => {
                optional.push(key.name.as_str());
                continue;
            }
        };
        pending(&key.name, &value, &mut missing);
        body.push('\n');
        body.push_str(&comment(key, given.examples));
        let mut pair = Map::new();
        pair.insert(key.name.clone(), value);
        body.push_str(&fresh(&Value::Object(pair)));
    }
    let mut text: String = given.intro.iter().map(|line| format!("# {line}\n")).collect();
    if !missing.is_empty() {
        text.push_str(&listed(&format!("待补的 {} 项，填好一项，从这里划掉一项：", missing.len()), &missing));
    }
    text.push_str(&body);
    if !optional.is_empty() {
        text.push('\n');
        text.push_str(&listed("还可以写，有就写：", &optional));
    }
    Started { path, text, missing }
}

/// Comment lines that list keys.
fn listed(head: &str, names: &[impl AsRef<str>]) -> String {
    format!("# {head}\n{}", wrapped(names))
}

/// Comment lines of a few names each.
fn wrapped(names: &[impl AsRef<str>]) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for (n, name) in names.iter().enumerate() {
        line.push_str(name.as_ref());
        line.push_str(if n + 1 < names.len() { "、" } else { "" });
        if line.chars().count() >= LINE || n + 1 == names.len() {
            text.push_str(&format!("#   {line}\n"));
            line.clear();
        }
    }
    text
}

/// What stands there until somebody knows.
fn blank(shape: &Shape) -> Value {
    match shape {
        Shape::Map(keys) => {
            let required = keys.iter().filter(|key| key.required);
            Value::Object(required.map(|key| (key.name.clone(), blank(&key.shape))).collect())
        }
        _ => json!(PENDING),
    }
}

fn pending(name: &str, value: &Value, missing: &mut Vec<String>) {
    match value {
        Value::String(text) if text == PENDING => missing.push(name.to_owned()),
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| pending(&format!("{name}.{key}"), value, missing));
        }
        _ => {}
    }
}

/// What a key means and how it is written.
fn comment(key: &Key, examples: &[Example]) -> String {
    let mut text = String::new();
    let meaning = key.description.lines().next().unwrap_or_default().trim_end_matches('。');
    let told = match &key.shape {
        Shape::Told(told) => told,
        shape => shape,
    };
    match (examples.iter().find(|(name, ..)| *name == key.name), choice(told)) {
        (Some((_, example, note)), _) => {
            let note = if note.is_empty() { String::new() } else { format!("（{note}）") };
            let lead = if example.starts_with("- ") {
                format!("。一项写成{note}：\n#  ")
            } else {
                format!("{note}。如：")
            };
            text.push_str(&format!("# {meaning}{lead} {example}\n").replace("： ", "："));
        }
        (None, Some(words)) => text.push_str(&format!("# {meaning}。可以写：\n{}", wrapped(&words))),
        (None, None) => text.push_str(&match format_of(told).and_then(first_example) {
            Some((example, true)) => format!("# {meaning}。如：\"{example}\"\n"),
            Some((example, false)) => format!("# {meaning}。如：{example}\n"),
            None => format!("# {meaning}\n"),
        }),
    }
    text
}

/// The words one can choose from.
fn choice(shape: &Shape) -> Option<Vec<String>> {
    match shape {
        Shape::Choice { words, .. } => Some(words.clone()),
        Shape::List(entry) => choice(entry),
        _ => None,
    }
}

fn format_of(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Text { format } => format.as_deref(),
        Shape::List(entry) => format_of(entry),
        _ => None,
    }
}
