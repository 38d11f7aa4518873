//! The JSON Schema of a document as editors of YAML files use it: as strict as
//! the reader, with Chinese titles and Chinese words for what is wrong.
//!
//! It is made from the same schema as the [`Shape`](crate::yaml::Shape). What
//! that leaves to the reader is written out here: nothing may be empty, and a
//! required list has an entry.

use serde_json::{Map, Value, json};

/// What every `$id` begins with; the number is that of the format in `site.yaml`.
const ID: &str = "urn:mingbai:schema:1:";

/// The schema of a document kind for publication.
pub fn published_schema(name: &str, title: &str, mut schema: Value) -> Value {
    strict(&mut schema);
    let mut head = Map::new();
    head.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    head.insert("$id".to_owned(), json!(format!("{ID}{name}")));
    head.insert("title".to_owned(), json!(title));
    if let Value::Object(map) = schema {
        head.extend(map.into_iter().filter(|(key, _)| !["$schema", "$id", "title"].contains(&key.as_str())));
    }
    Value::Object(head)
}

/// Makes a schema refuse what the reader refuses, all the way down.
fn strict(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    without_null(map);
    // Numbers of bits mean nothing to an editor.
    if map.get("type").is_some_and(|kind| kind == "integer") {
        map.remove("format");
    }
    // What is left out is left out: the reader has no use for a default.
    map.remove("default");
    if map.get("title").and_then(Value::as_str).is_some_and(|title| title.is_ascii()) {
        map.remove("title");
    }
    told(map);
    for combined in ["anyOf", "oneOf"] {
        map.get_mut(combined).and_then(Value::as_array_mut).into_iter().flatten().for_each(strict);
    }
    for inner in ["items", "additionalProperties"] {
        map.get_mut(inner).into_iter().for_each(strict);
    }
    properties(map);
}

/// The keys of a mapping: each has a title, and what is required has content.
fn properties(map: &mut Map<String, Value>) {
    let required: Vec<String> = list(map, "required").filter_map(Value::as_str).map(str::to_owned).collect();
    let Some(Value::Object(keys)) = map.get_mut("properties") else { return };
    for (key, value) in keys {
        strict(value);
        if required.contains(key) {
            filled(value);
        }
        if let Value::Object(inner) = value
            && !inner.contains_key("title")
        {
            let rest = std::mem::take(inner);
            inner.insert("title".to_owned(), json!(key));
            inner.extend(rest);
        }
    }
}

/// A required list is not empty.
fn filled(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    if map.get("type").is_some_and(|kind| kind == "array") {
        map.insert("minItems".to_owned(), json!(1));
    }
    for combined in ["anyOf", "oneOf"] {
        map.get_mut(combined).and_then(Value::as_array_mut).into_iter().flatten().for_each(filled);
    }
}

/// What may be left out may not stand there empty.
fn without_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(kinds)) = map.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            map.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(words)) = map.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    for combined in ["anyOf", "oneOf"] {
        let Some(Value::Array(all)) = map.get_mut(combined) else { continue };
        all.retain(|one| one["type"] != "null");
        if all.len() == 1
            && let Some(Value::Object(only)) = all.pop()
        {
            map.remove(combined);
            // What is said of the key goes before what is said of its type.
            only.into_iter().for_each(|(key, value)| {
                map.entry(key).or_insert(value);
            });
        }
    }
}

/// Texts are not empty, and editors say in Chinese what is wrong.
fn told(map: &mut Map<String, Value>) {
    let words: Vec<&str> = list(map, "enum").filter_map(Value::as_str).collect();
    if !words.is_empty() {
        let message = format!("只能写：{}", words.join("、"));
        map.insert("errorMessage".to_owned(), json!(message));
        return;
    }
    if map.get("type").is_none_or(|kind| kind != "string") || map.contains_key("const") {
        return;
    }
    if !map.contains_key("pattern") {
        map.insert("pattern".to_owned(), json!("\\S"));
        map.insert("patternErrorMessage".to_owned(), json!("这里不能是空的"));
    }
}

fn list<'m>(map: &'m Map<String, Value>, key: &str) -> impl Iterator<Item = &'m Value> {
    map.get(key).and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schema: Value, expected: Value) {
        assert_eq!(published_schema("x", "某", schema)["properties"], expected);
    }

    #[test]
    fn nothing_may_be_empty() {
        check(
            json!({ "properties": { "甲": { "type": ["string", "null"], "default": null } } }),
            json!({ "甲": { "title": "甲", "type": "string", "pattern": "\\S", "patternErrorMessage": "这里不能是空的" } }),
        );
        check(
            json!({ "properties": { "甲": { "description": "外", "anyOf": [
                { "type": "array", "items": { "type": "integer", "format": "uint8" }, "description": "内" }, { "type": "null" },
            ] } } }),
            json!({ "甲": { "title": "甲", "description": "外", "type": "array", "items": { "type": "integer" } } }),
        );
    }

    #[test]
    fn a_required_list_has_an_entry() {
        check(
            json!({ "required": ["甲"], "properties": { "甲": { "anyOf": [{ "type": "array" }, { "const": "待补" }] }, "乙": { "type": "array" } } }),
            json!({ "甲": { "title": "甲", "anyOf": [{ "type": "array", "minItems": 1 }, { "const": "待补" }] }, "乙": { "title": "乙", "type": "array" } }),
        );
    }

    #[test]
    fn messages_are_chinese() {
        check(
            json!({ "properties": { "甲": { "title": "Kind", "type": "string", "enum": ["一", "二"] } } }),
            json!({ "甲": { "title": "甲", "type": "string", "enum": ["一", "二"], "errorMessage": "只能写：一、二" } }),
        );
    }
}
