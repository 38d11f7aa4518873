//! The records of a table whose first row is its head, as spreadsheets save it.

use serde_json::{Map, Value};

use crate::csv::{Row, rows};
use crate::diagnostics::Words;
use crate::exchange::map::data::{Fault, Record};

/// The records of a table.
pub(super) fn records(text: &str) -> Result<Vec<Record>, Fault> {
    let mut rows = rows(text).map(|row| row.map_err(|quote| Fault::new(quote.line, quote.problem(), quote.repair())));
    let Some(head) = rows.next().transpose()? else { return Ok(Vec::new()) };
    let names: Vec<String> = head.cells().map(|name| name.trim().to_owned()).collect();
    if let Some(twice) = names.iter().enumerate().find(|(n, name)| names[..*n].contains(name)).map(|(_, name)| name) {
        return Err(Fault::new(
            head.line,
            Words::new(format!("表头里 `{twice}` 写了两次"), format!("`{twice}` stands twice in the head")),
            Words::new("给两列不同的名字", "give the columns different names"),
        ));
    }
    let mut records = Vec::new();
    for row in rows {
        let row = row?;
        if row.cells().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.cells().skip(names.len()).any(|cell| !cell.is_empty()) {
            return Err(too_long(&row, names.len()));
        }
        let fields: Map<String, Value> = names.iter().cloned().zip(row.cells().map(Value::from)).collect();
        records.push(Record { number: records.len() + 1, fields });
    }
    Ok(records)
}

fn too_long(row: &Row, head: usize) -> Fault {
    let count = row.cells().len();
    Fault::new(
        row.line,
        Words::new(
            format!("这一行有 {count} 格，表头只有 {head} 格"),
            format!("this row has {count} cells and the head only {head}"),
        ),
        Words::new("有逗号的格子两头加英文双引号", "put cells that hold a comma in double quotes"),
    )
}
