//! What stands in one cell: a value as one text, and read back.
//!
//! A single value stands as it is. A list has one entry a line; an entry that
//! itself has several lines, or begins with a quote, is written in double
//! quotes as in YAML. Entries with keys are written `键: 值, 键: 值`, as between
//! the braces of YAML, and a mapping has one `键: 值` a line.

use serde_json::{Map, Value};

use crate::diagnostics::Words;
use crate::exchange::sheet::{choices, parts, told};
use crate::schema::values::PENDING;
use crate::source::FieldPath;
use crate::yaml::Shape;
use crate::yaml::edit::{Document, one_line};

/// A value as the text of a cell.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(entries) => entries.iter().map(line).collect::<Vec<_>>().join("\n"),
        Value::Object(map) => {
            let line = |(key, value): (&String, &Value)| match value {
                Value::String(text) if is_bare(text) && !key.contains(':') => format!("{key}: {text}"),
                value => braceless(&Value::Object(Map::from_iter([(key.clone(), value.clone())]))),
            };
            map.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

/// One entry of a list on one line.
fn line(entry: &Value) -> String {
    match entry {
        Value::String(text) if is_bare(text) => text.clone(),
        Value::String(text) => quoted(text),
        Value::Object(map) if !map.is_empty() => braceless(entry),
        entry => one_line(entry),
    }
}

/// A mapping on one line, without its braces.
fn braceless(map: &Value) -> String {
    let text = one_line(map);
    text.strip_prefix("{ ").and_then(|text| text.strip_suffix(" }")).unwrap_or(&text).to_owned()
}

/// Whether a text can stand on a line of its own without quotes.
fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r']) && !text.starts_with('"')
}

/// A text in double quotes, on one line.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// The text of a cell without what spreadsheets and people leave around it.
pub(crate) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let trimmed = text.trim();
    // A text in lines of its own ends with a line break in YAML.
    if trimmed.contains('\n') && text.ends_with('\n') { format!("{trimmed}\n") } else { trimmed.to_owned() }
}

/// The value a cell stands for, by the shape it must have. What is not of the shape
/// is taken as it stands, for the checks to say what is allowed.
///
/// # Errors
///
/// When the text is not in the notation of its shape.
pub(crate) fn read(text: &str, shape: &Shape) -> Result<Value, Words> {
    match (parts(shape), shape) {
        // A word that can stand in place of the list or the group.
        ((Some(words), Some(_)), _) if choices(&words).iter().any(|word| word == text) => read(text, &words),
        // What is said of one thing alone is no list of one.
        ((Some(Shape::Text { .. }), Some(Shape::List(entry))), _) if text.trim().lines().count() == 1 => {
            read_entry(text.trim(), entry)
        }
        ((_, Some(structure)), _) => match structure {
            Shape::List(entry) => text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| read_entry(line, entry))
                .collect(),
            Shape::Open(value) => read_pairs(text, value),
            _ => read_entry(text, structure),
        },
        (_, Shape::Told(inner)) if text != PENDING => read(text, told(inner)),
        (_, Shape::Flag) if text == "true" || text == "false" => Ok(Value::Bool(text == "true")),
        (_, Shape::Number { .. }) => {
            let number = text.parse::<i64>().ok();
            Ok(number.map_or_else(|| Value::String(text.to_owned()), Value::from))
        }
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn read_entry(line: &str, shape: &Shape) -> Result<Value, Words> {
    match parts(shape).1 {
        Some(Shape::Map(_) | Shape::Open(_)) => {
            read_flow(&format!("{{ {line} }}")).filter(|value| !has_null(value)).ok_or_else(|| not_keys(line))
        }
        Some(Shape::List(_)) => read_flow(line).filter(Value::is_array).ok_or_else(|| not_list(line)),
        _ if line.starts_with('"') => match serde_json::from_str::<Value>(line) {
            Ok(Value::String(text)) => Ok(Value::String(text)),
            _ => Ok(Value::String(line.to_owned())),
        },
        _ => read(line, shape),
    }
}

/// Lines `键: 值`.
fn read_pairs(text: &str, shape: &Shape) -> Result<Value, Words> {
    let mut map = Map::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (key, value) = match line.split_once(": ").or_else(|| line.split_once('：')) {
            Some((key, value)) if !line.starts_with('"') => {
                (key.trim().trim_matches('"').to_owned(), read_value(value.trim(), shape)?)
            }
            _ => {
                let read = read_flow(&format!("{{ {line} }}"));
                let pair = read
                    .as_ref()
                    .and_then(Value::as_object)
                    .filter(|map| map.len() == 1)
                    .and_then(|map| map.iter().next());
                let (key, value) = pair.filter(|(_, value)| !value.is_null()).ok_or_else(|| not_keys(line))?;
                (key.clone(), value.clone())
            }
        };
        if map.insert(key.clone(), value).is_some() {
            return Err(Words::new(format!("`{key}` 写了两次"), format!("`{key}` is written twice")));
        }
    }
    Ok(Value::Object(map))
}

fn read_value(text: &str, shape: &Shape) -> Result<Value, Words> {
    match parts(shape).1 {
        Some(Shape::List(_)) if text.starts_with('[') => read_flow(text).ok_or_else(|| not_list(text)),
        Some(Shape::List(entry)) => text
            .split(['、', ',', '，'])
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| read_entry(word, entry))
            .collect(),
        _ => read_entry(text, shape),
    }
}

/// A value written as between the brackets of YAML.
fn read_flow(text: &str) -> Option<Value> {
    let document = Document::read(&format!("值: {text}\n"), None).ok()?;
    document.get(&FieldPath::root().key("值")).cloned()
}

fn has_null(value: &Value) -> bool {
    value.as_object().is_none_or(|map| map.values().any(Value::is_null))
}

fn not_keys(line: &str) -> Words {
    Words::new(
        format!("`{line}` 不是“键: 值, 键: 值”，冒号和逗号要用英文的，后面各有一个空格"),
        format!("`{line}` is not of the form key: value, key: value"),
    )
}

fn not_list(line: &str) -> Words {
    Words::new(format!("`{line}` 不是列表，写成 [甲, 乙]"), format!("`{line}` is no list such as [a, b]"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shape_of(kind: &str) -> Shape {
        let text = || Box::new(Shape::Text { format: None });
        let key = |name: &str, shape: Shape| crate::yaml::Key {
            name: name.into(),
            required: true,
            description: String::new(),
            shape,
        };
        match kind {
            "texts" => Shape::List(text()),
            "maps" => Shape::List(Box::new(Shape::Map(vec![key("法律", *text()), key("条款", *text())]))),
            "answers" => Shape::Open(text()),
            "when" => Shape::Open(Box::new(Shape::List(text()))),
            "one or more" => Shape::Either(vec![*text(), Shape::List(text())]),
            "flag" => Shape::Flag,
            "number" => Shape::Number { min: 0, max: 9 },
            _ => *text(),
        }
    }

    fn check(value: &Value, kind: &str, expected: &str) {
        assert_eq!(shown(value), expected);
        assert_eq!(read(&tidy(expected), &shape_of(kind)).as_ref(), Ok(value), "{expected}");
    }

    #[test]
    fn what_is_shown_reads_back() {
        check(&json!("一\n二\n"), "text", "一\n二\n");
        check(&json!(["甲, 乙", "丙: 丁", "两\n行", "\"引\""]), "texts", "甲, 乙\n丙: 丁\n\"两\\n行\"\n\"\\\"引\\\"\"");
        check(
            &json!([{"法律": "a", "条款": "第一条，第二条"}, {"法律": "b", "条款": "x, y\n#"}]),
            "maps",
            "法律: a, 条款: 第一条，第二条\n法律: b, 条款: \"x, y\\n#\"",
        );
        check(&json!({"x": "甲, 乙", "y": "两\n行"}), "answers", "x: 甲, 乙\ny: \"两\\n行\"");
        check(&json!({"way": ["a", "b"], "kind": ["c"]}), "when", "way: [a, b]\nkind: [c]");
        check(&json!("甲"), "one or more", "甲");
        check(&json!(["甲", "乙"]), "one or more", "甲\n乙");
        check(&json!(true), "flag", "true");
        check(&json!(7), "number", "7");
    }

    #[test]
    fn what_is_still_to_be_told_is_a_word() {
        let told = |kind: &str| Shape::Told(Box::new(shape_of(kind)));
        assert_eq!(read("待补", &told("texts")), Ok(json!("待补")));
        assert_eq!(read("甲\n待补", &told("texts")), Ok(json!(["甲", "待补"])));
        assert_eq!(read("待补", &told("number")), Ok(json!("待补")));
        assert_eq!(read("7", &told("number")), Ok(json!(7)));
        assert_eq!(read("待补", &shape_of("texts")), Ok(json!(["待补"])));
    }

    #[test]
    fn what_people_write() {
        assert_eq!(read("way：a、b\n\n", &shape_of("when")), Ok(json!({"way": ["a", "b"]})));
        assert_eq!(read(&tidy(" 甲 \r\n乙\r\n"), &shape_of("texts")), Ok(json!(["甲", "乙"])));
        assert_eq!(read("法律：a，条款：b", &shape_of("maps")).map_err(|words| words.zh.contains("英文")), Err(true));
        assert!(read("a: 1\na: 2", &shape_of("answers")).is_err());
        assert!(read("没有冒号", &shape_of("answers")).is_err());
    }
}
