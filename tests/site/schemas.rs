//! The JSON Schema for editors says what the reader says: whatever one refuses, the other refuses.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use mingbai::diagnostics::{Finding, Severity};
use mingbai::documents::{FORMATS, Format};
use mingbai::load::load;
use mingbai::source::{FieldPath, FileId, Step};
use mingbai::yaml::edit::{Document, fresh};
use mingbai::yaml::{Source, front_matter, read};
use rayon::prelude::*;
use regress::Regex;
use serde_json::{Map, Value, json};

use crate::kit::{Root, Site};

/// What the schema cannot see, since it is no matter of shape: the end of a path, and the value that only
/// the reader refuses.
const BEYOND: &[(&str, &str)] = &[
    // The last character of a credit code is computed from the others.
    ("统一社会信用代码", "11990000000001012A"),
    // Whether a year has a 29th of February is arithmetic.
    ("更新日期", "2026-02-29"),
];

/// Whether a text fits a pattern of a schema.
fn fits(pattern: &str, text: &str) -> bool {
    thread_local!(static KNOWN: RefCell<HashMap<String, Regex>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        let made = || Regex::with_flags(pattern, "u").unwrap();
        known.entry(pattern.to_owned()).or_insert_with(made).find(text).is_some()
    })
}

/// Whether a value is what a schema asks for.
fn accepts(schema: &Value, value: &Value) -> bool {
    let Value::Object(rules) = schema else { return schema != &json!(false) };
    rules.iter().all(|(rule, wanted)| match rule.as_str() {
        "type" => match wanted.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            other => panic!("unknown type {other}"),
        },
        "enum" => wanted.as_array().unwrap().contains(value),
        "const" => wanted == value,
        "pattern" => value.as_str().is_none_or(|text| fits(wanted.as_str().unwrap(), text)),
        "minimum" => value.as_i64().is_none_or(|number| number >= wanted.as_i64().unwrap()),
        "maximum" => value.as_i64().is_none_or(|number| number <= wanted.as_i64().unwrap()),
        "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= wanted.as_u64().unwrap()),
        "items" => value.as_array().is_none_or(|list| list.iter().all(|one| accepts(wanted, one))),
        "required" => value
            .as_object()
            .is_none_or(|map| wanted.as_array().unwrap().iter().all(|key| map.contains_key(key.as_str().unwrap()))),
        "properties" => value
            .as_object()
            .is_none_or(|map| map.iter().all(|(key, one)| wanted.get(key).is_none_or(|schema| accepts(schema, one)))),
        "additionalProperties" => value.as_object().is_none_or(|map| {
            let known = rules.get("properties").and_then(Value::as_object);
            map.iter()
                .filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)))
                .all(|(_, one)| accepts(wanted, one))
        }),
        "anyOf" => wanted.as_array().unwrap().iter().any(|schema| accepts(schema, value)),
        "oneOf" => wanted.as_array().unwrap().iter().filter(|schema| accepts(schema, value)).count() == 1,
        "$schema"
        | "$id"
        | "title"
        | "description"
        | "examples"
        | "format"
        | "errorMessage"
        | "patternErrorMessage" => true,
        other => panic!("the validator of this test does not know `{other}`"),
    })
}

/// A document kind, and whether its reader and its schema take a document.
struct Judge {
    format: &'static Format,
    schema: Value,
    shape: mingbai::yaml::Shape,
    file: FileId,
}

impl Judge {
    fn reader(&self, value: &Value) -> Result<(), String> {
        let text = if value == &json!({}) { "{}\n".to_owned() } else { fresh(value) };
        let source = Source { file: self.file, text: &text, base: 0 };
        let (_, findings) = read::<Value>(source, &self.shape);
        let errors: Vec<&Finding> = findings.iter().filter(|one| one.severity == Severity::Error).collect();
        match errors.first() {
            None => Ok(()),
            Some(first) => Err(format!("{} {}", first.code.id, first.message.zh)),
        }
    }

    /// Compares both about a value that was changed at a place.
    fn compare(&self, what: &str, value: &Value, apart: &mut Vec<String>) {
        let (reader, schema) = (self.reader(value), accepts(&self.schema, value));
        if reader.is_ok() != schema {
            let schema = if schema { "accepts" } else { "refuses" };
            apart.push(format!("{}: {what}: the schema {schema}, the reader says {reader:?}", self.format.name));
        }
    }
}

/// A file id: any will do, since only findings are counted.
fn some_file() -> (Root, FileId) {
    let root = Site::minimal().write();
    let id = load(root.path()).unwrap().tree.files[0].id;
    (root, id)
}

fn judges(file: FileId) -> Vec<Judge> {
    let judge = |format: &'static Format| Judge { format, schema: format.schema(), shape: format.shape(), file };
    FORMATS.iter().map(judge).collect()
}

/// The documents of the sample content, as values, at most so many of a kind.
fn samples(format: &Format, most: usize) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("content"), &mut files);
    files.sort();
    let pattern = format!("^{}$", format.files.replace('.', "\\.").replace("**/*", ".+").replace("/*", "/[^/]+"));
    let is_of = Regex::new(&pattern).unwrap();
    let named = files.into_iter().filter(|file| {
        let path = file.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        is_of.find(&path).is_some() && !path.ends_with("README.md")
    });
    let values: Vec<Value> = named.take(most).map(|file| value_of(&fs::read_to_string(file).unwrap())).collect();
    assert!(!values.is_empty(), "{} has no sample", format.name);
    values
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

fn value_of(text: &str) -> Value {
    let text = front_matter(text).map_or(text, |range| &text[range]);
    Document::read(text, None).unwrap().value().clone()
}

/// Every place of a value.
fn places(value: &Value, here: &FieldPath, found: &mut Vec<FieldPath>) {
    found.push(here.clone());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, one)| places(one, &here.key(key), found)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, one)| places(one, &here.index(n), found)),
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, path: &FieldPath) -> &'v mut Value {
    path.0.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(n) => &mut value[*n],
    })
}

/// The kind of place: positions in lists do not matter.
fn kind_of_place(path: &FieldPath) -> String {
    path.0
        .iter()
        .map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(_) => "[]".to_owned(),
        })
        .collect()
}

#[test]
fn the_schema_accepts_the_whole_sample() {
    let (_root, file) = some_file();
    let mut apart = Vec::new();
    for judge in judges(file) {
        for value in samples(judge.format, usize::MAX) {
            assert_eq!(judge.reader(&value), Ok(()), "{}", judge.format.name);
            judge.compare("as it is", &value, &mut apart);
        }
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

#[test]
fn whatever_the_reader_refuses_the_schema_refuses() {
    let (_root, file) = some_file();
    let judges = judges(file);
    let mut jobs = Vec::new();
    for judge in &judges {
        let mut seen = BTreeSet::new();
        for sample in samples(judge.format, 4).into_iter().map(|sample| Arc::new(first_entries(sample))) {
            let mut all = Vec::new();
            places(&sample, &FieldPath::root(), &mut all);
            all.retain(|path| seen.insert(kind_of_place(path)));
            jobs.extend(all.into_iter().map(|path| (judge, sample.clone(), path)));
        }
    }
    let compared: Vec<(usize, Vec<String>)> = jobs
        .into_par_iter()
        .map(|(judge, sample, path)| {
            let mut apart = Vec::new();
            (broken(judge, &sample, &path, &mut apart), apart)
        })
        .collect();
    let tried: usize = compared.iter().map(|(tried, _)| tried).sum();
    let apart: Vec<String> = compared.into_iter().flat_map(|(_, apart)| apart).collect();
    assert!(apart.is_empty(), "{} of {tried}:\n{}", apart.len(), apart.join("\n"));
    assert!(tried > 4000, "{tried} broken documents were tried");
}

/// The value with one entry in each list: the others are broken alike.
fn first_entries(value: Value) -> Value {
    match value {
        Value::Array(list) => Value::Array(list.into_iter().take(1).map(first_entries).collect()),
        Value::Object(map) => Value::Object(map.into_iter().map(|(key, one)| (key, first_entries(one))).collect()),
        other => other,
    }
}

/// Breaks a document at a place in many ways.
fn broken(judge: &Judge, sample: &Value, path: &FieldPath, apart: &mut Vec<String>) -> usize {
    let others = [
        json!(null),
        json!(""),
        json!("　"),
        json!("待补"),
        json!("无"),
        json!("不收费"),
        json!("是"),
        json!("x"),
        json!("行政许可"),
        json!("20天"),
        json!("20个工作日"),
        json!("2026-13-01"),
        json!("0600-8801001"),
        json!("https://a.example/"),
        json!(20),
        json!(-1),
        json!(70000),
        json!(1.5),
        json!(true),
        json!([]),
        json!([1]),
        json!([null]),
        json!({}),
        json!({ "x": "y" }),
    ];
    let mut tried = 0;
    if !path.0.is_empty() {
        for other in &others {
            let mut changed = sample.clone();
            *at(&mut changed, path) = other.clone();
            judge.compare(&format!("{path} = {other}"), &changed, apart);
            tried += 1;
        }
    }
    let mut changed = sample.clone();
    let here = at(&mut changed, path);
    match here.clone() {
        Value::Object(map) => {
            for key in map.keys() {
                let mut less = map.clone();
                less.shift_remove(key);
                *at(&mut changed, path) = Value::Object(less.clone());
                judge.compare(&format!("{path} without {key}"), &changed, apart);
                less.insert(format!("{key}x"), map[key].clone());
                *at(&mut changed, path) = Value::Object(less);
                judge.compare(&format!("{path} with {key}x"), &changed, apart);
                tried += 2;
            }
        }
        Value::Array(list) => {
            *at(&mut changed, path) = Value::Array(list.iter().chain(list.first()).cloned().collect());
            judge.compare(&format!("{path} with one more"), &changed, apart);
            tried += 1;
        }
        _ => {}
    }
    tried
}

#[test]
fn only_arithmetic_is_beyond_the_schema() {
    let (_root, file) = some_file();
    let judges = judges(file);
    let mut found = BTreeSet::new();
    for judge in judges.iter().filter(|judge| ["department", "item"].contains(&judge.format.name)) {
        let mut sample = samples(judge.format, 1).remove(0);
        for (key, wrong) in BEYOND.iter().filter(|(key, _)| judge.schema["properties"].get(key).is_some()) {
            let mut changed: Map<String, Value> = sample.as_object_mut().unwrap().clone();
            changed.insert((*key).to_owned(), json!(wrong));
            let changed = Value::Object(changed);
            assert!(judge.reader(&changed).is_err(), "{key}: {wrong}");
            assert!(accepts(&judge.schema, &changed), "{key}: {wrong} is refused: not beyond any more");
            found.insert(*key);
        }
    }
    assert_eq!(found.len(), BEYOND.len());
}

#[test]
fn the_command_prints_and_writes_schemas() {
    let root = Site::default().write();
    let printed = root.run(&["schema", "item"]);
    assert_eq!(printed.status, 0);
    let schema: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(schema["$id"], "urn:mingbai:schema:1:item");
    assert_eq!(schema["properties"]["办件类型"]["anyOf"][0]["enum"][0], "即办件");
    assert!(
        schema["properties"]["办理时限"]["properties"]["承诺"]["anyOf"][0]["patternErrorMessage"]
            .as_str()
            .unwrap()
            .contains("20个工作日")
    );

    assert_eq!(root.run(&["schema"]).out.lines().count(), FORMATS.len());
    assert_eq!(root.run(&["schema", "--out", "s"]).status, 0);
    assert_eq!(fs::read_to_string(root.join("s/item.schema.json")).unwrap(), printed.out);
    assert_eq!(fs::read_dir(root.join("s")).unwrap().count(), FORMATS.len());
    assert_eq!(root.run(&["schema", "law", "--out", "one"]).status, 0);
    assert_eq!(fs::read_dir(root.join("one")).unwrap().count(), 1);

    let unknown = root.run(&["schema", "itm"]);
    assert_eq!((unknown.status, unknown.err.trim()), (2, "没有 `itm` 这种文件，是不是 `item`？"));
}

#[test]
fn the_settings_of_an_editor_are_not_written_over() {
    let root = Site::minimal().file(".vscode/settings.json", "{ \"editor.fontSize\": 18 }\n").write();
    let ran = root.run(&["schema", "--vscode"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(fs::read_to_string(root.join(".vscode/settings.json")).unwrap(), "{ \"editor.fontSize\": 18 }\n");
    assert!(ran.err.contains("settings.json 已经有了") && ran.err.contains("item.schema.json"), "{}", ran.err);
    assert!(root.join(".vscode/extensions.json").exists());
    assert!(root.join(".vscode/schemas/item.schema.json").exists());
}
