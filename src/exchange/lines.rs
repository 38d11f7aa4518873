//! Records as lines of JSON: the form for programs.

use serde_json::{Map, Value, json};

use crate::diagnostics::Words;
use crate::exchange::record::Record;
use crate::exchange::sheet::Kind;

/// The keys of a line.
const KEYS: [&str; 4] = ["种类", "代号", "部门", "内容"];

/// One line as read: kind, id, department and what the document says.
pub(crate) type Line = (Kind, String, Option<String>, Map<String, Value>);

/// Every record on a line of its own.
pub fn json_lines(records: &[Record]) -> String {
    let line = |record: &Record| {
        let mut line = Map::new();
        line.insert(KEYS[0].to_owned(), json!(record.kind.name()));
        line.insert(KEYS[1].to_owned(), json!(record.id));
        if let Some(department) = &record.department {
            line.insert(KEYS[2].to_owned(), json!(department));
        }
        line.insert(KEYS[3].to_owned(), record.value.clone());
        format!("{}\n", Value::Object(line))
    };
    records.iter().map(line).collect()
}

/// Reads a line.
///
/// # Errors
///
/// When it is no JSON, or not of the form that is exported.
pub(crate) fn read_json_lines(line: &str) -> Result<Line, Words> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        Words::new(
            format!("这一行不是 JSON（第 {} 个字节起读不懂）", error.column()),
            format!("the line is no JSON (from byte {} on)", error.column()),
        )
    })?;
    let form = || {
        Words::new(
            "这一行要有“种类”“代号”“内容”，新事项还要有“部门”",
            "a line has 种类, 代号 and 内容, and 部门 for a new item",
        )
    };
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind =
        text(KEYS[0]).and_then(|name| Kind::ALL.into_iter().find(|kind| kind.name() == name)).ok_or_else(form)?;
    let id = text(KEYS[1]).ok_or_else(form)?;
    let content = value.get(KEYS[3]).and_then(Value::as_object).ok_or_else(form)?.clone();
    Ok((kind, id, text(KEYS[2]), content))
}
