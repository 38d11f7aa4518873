//! The JSON Schemas of what is published, and the tables that document it: both are made from the records
//! themselves, so that none of the three can say something else.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::opendata::bundle::BundleRow;
use crate::opendata::lists::{DepartmentRow, ItemRow, LawRow, List, PlaceRow, SharedMaterialRow};
use crate::opendata::performance::PerformanceRecord;
use crate::opendata::record::ItemRecord;
use crate::plan::{Listed, OpenFile};
use crate::portal::Portal;

/// The schema of an item, as a file.
pub(super) fn item_schema(portal: &Portal) -> Vec<u8> {
    file(portal, OpenFile::ItemSchema, "一个事项的数据", of::<ItemRecord>())
}

/// The schema of a list, as a file.
pub(super) fn list_schema(portal: &Portal, listed: Listed) -> Vec<u8> {
    file(portal, OpenFile::ListSchema(listed), list_title(listed), of_list(listed))
}

/// The schema of the figures of 效能公开, as a file.
pub(super) fn performance_schema(portal: &Portal) -> Vec<u8> {
    file(portal, OpenFile::PerformanceSchema, "效能公开的数字", of::<PerformanceRecord>())
}

/// What a list is called.
pub(super) fn list_title(listed: Listed) -> &'static str {
    match listed {
        Listed::Items => "全部事项的清单",
        Listed::Departments => "部门的清单",
        Listed::Bundles => "一件事的清单",
        Listed::Materials => "共用材料的清单",
        Listed::Places => "办事地点的清单",
        Listed::Laws => "法律法规的清单",
    }
}

fn of_list(listed: Listed) -> Value {
    match listed {
        Listed::Items => of::<List<ItemRow>>(),
        Listed::Departments => of::<List<DepartmentRow>>(),
        Listed::Bundles => of::<List<BundleRow>>(),
        Listed::Materials => of::<List<SharedMaterialRow>>(),
        Listed::Places => of::<List<PlaceRow>>(),
        Listed::Laws => of::<List<LawRow>>(),
    }
}

/// The schema of what is written, not of what could be read.
fn of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    schema
}

/// Numbers of bits mean nothing to a reader.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int")) {
                map.remove("format");
            }
            map.values_mut().for_each(tidy);
        }
        Value::Array(list) => list.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn file(portal: &Portal, file: OpenFile, title: &str, schema: Value) -> Vec<u8> {
    let mut head = Map::new();
    head.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    head.insert("$id".to_owned(), json!(portal.absolute_url(&file.path(portal))));
    head.insert("title".to_owned(), json!(title));
    if let Value::Object(map) = schema {
        head.extend(map.into_iter().filter(|(key, _)| !["$schema", "$id", "title"].contains(&key.as_str())));
    }
    let mut bytes = serde_json::to_vec_pretty(&head).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The keys of one structure of the published data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its name in the schema: `MaterialRecord`.
    pub(crate) id: String,
    /// What it is.
    pub(crate) text: String,
    /// Its keys.
    pub(crate) fields: Vec<Field>,
}

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: String,
    /// What kind of value it has, in words.
    pub(crate) kind: String,
    /// The structure it holds, by the name in the schema.
    pub(crate) of: Option<String>,
    /// What it means.
    pub(crate) text: String,
}

/// The tables of an item: the item itself first, then what it is made of by name.
pub(crate) fn item_tables() -> Vec<Table> {
    tables(&of::<ItemRecord>(), "Item")
}

/// The tables of a list.
pub(crate) fn list_tables(listed: Listed) -> Vec<Table> {
    tables(&of_list(listed), "List")
}

/// The tables of the figures of 效能公开.
pub(crate) fn performance_tables() -> Vec<Table> {
    tables(&of::<PerformanceRecord>(), "Performance")
}

fn tables(schema: &Value, id: &str) -> Vec<Table> {
    let own = table(id, schema);
    let parts = schema.get("$defs").and_then(Value::as_object).into_iter().flatten();
    std::iter::once(own).chain(parts.map(|(id, schema)| table(id, schema))).collect()
}

fn table(id: &str, schema: &Value) -> Table {
    let keys = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    Table { id: id.to_owned(), text: description(schema), fields: keys.map(|(key, one)| field(key, one)).collect() }
}

fn field(key: &str, schema: &Value) -> Field {
    let (kind, of) = kind(schema);
    Field { key: key.to_owned(), kind, of, text: description(schema) }
}

fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What kind of value a schema stands for, and the structure inside.
fn kind(schema: &Value) -> (String, Option<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next()) {
        return ("对象".to_owned(), Some(name.to_owned()));
    }
    if let Some(either) = schema.get("anyOf").and_then(Value::as_array) {
        let told = either.iter().find(|one| one.get("type").and_then(Value::as_str) != Some("null"));
        let (name, of) = told.map(kind).unwrap_or_default();
        return (format!("{name}或 null"), of);
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let or_null = if types.contains(&"null") { "或 null" } else { "" };
    let (name, of) = match types.first().copied() {
        Some("array") => {
            let (inner, of) = schema.get("items").map(kind).unwrap_or_default();
            (format!("{inner}的列表"), of)
        }
        Some("integer") => ("整数".to_owned(), None),
        Some("boolean") => ("true 或 false".to_owned(), None),
        Some("string") => (string_kind(schema), None),
        _ => ("对象".to_owned(), None),
    };
    (format!("{name}{or_null}"), of)
}

fn string_kind(schema: &Value) -> String {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("下列词之一（{}）", words.join("、"));
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("date") => "日期".to_owned(),
        Some("iri") => "网址".to_owned(),
        _ => "文字".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_documented_and_always_there() {
        for (name, schema) in [("item", of::<ItemRecord>()), ("performance", of::<PerformanceRecord>())]
            .into_iter()
            .chain(Listed::ALL.into_iter().map(|listed| (listed.id(), of_list(listed))))
        {
            for one in tables(&schema, name) {
                for field in &one.fields {
                    assert!(!field.text.is_empty(), "{name}: {}.{} says nothing", one.id, field.key);
                    assert!(!field.kind.starts_with('或'), "{name}: {}.{}: {}", one.id, field.key, field.kind);
                }
            }
            let all = schema["$defs"].as_object().into_iter().flatten().map(|(_, one)| one).chain([&schema]);
            for one in all.filter(|one| one.get("properties").is_some()) {
                let required = one["required"].as_array().unwrap().len();
                assert_eq!(required, one["properties"].as_object().unwrap().len(), "{one}");
            }
        }
    }

    #[test]
    fn kinds_are_in_words() {
        let tables = item_tables();
        let kind = |table: &str, key: &str| -> String {
            let table = tables.iter().find(|one| one.id == table).unwrap();
            table.fields.iter().find(|field| field.key == key).unwrap().kind.clone()
        };
        assert_eq!(kind("Item", "updated"), "日期");
        assert_eq!(kind("Item", "effective"), "日期或 null");
        assert_eq!(kind("Item", "materials"), "对象的列表");
        assert_eq!(kind("Item", "license"), "对象或 null");
        assert_eq!(kind("Limit", "value"), "整数或 null");
        assert!(kind("Identity", "item_type").starts_with("下列词之一（行政许可、"));
        assert!(tables.iter().all(|table| !table.fields.is_empty()));
    }
}
