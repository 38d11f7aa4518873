//! Comma-separated values (RFC 4180), as spreadsheets save them.

use serde_json::{Map, Value};

use crate::diagnostics::Words;
use crate::exchange::map::data::{Fault, Record};

/// A row and the line it begins on.
type Row = (usize, Vec<String>);

/// The records of a table whose first row is its head. The separator is a comma, a semicolon or a tab, whichever the
/// head has most of.
pub(super) fn records(text: &str) -> Result<Vec<Record>, Fault> {
    let head_line = text.lines().next().unwrap_or_default();
    let most = |c: &char| head_line.matches(*c).count();
    let separator = [',', '\t', ';'].into_iter().rev().max_by_key(most).unwrap_or(',');
    let mut rows = rows(text, separator)?.into_iter();
    let Some((line, head)) = rows.next() else { return Ok(Vec::new()) };
    let head: Vec<String> = head.iter().map(|name| name.trim().to_owned()).collect();
    if let Some(twice) = head.iter().enumerate().find(|(n, name)| head[..*n].contains(name)).map(|(_, name)| name) {
        return Err(fault(
            line,
            (format!("表头里 `{twice}` 写了两次"), format!("`{twice}` stands twice in the head")),
            ("给两列不同的名字", "give the columns different names"),
        ));
    }
    let mut records = Vec::new();
    for (line, cells) in rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())) {
        if cells.len() > head.len() && cells[head.len()..].iter().any(|cell| !cell.is_empty()) {
            return Err(fault(
                line,
                (
                    format!("这一行有 {} 格，表头只有 {} 格", cells.len(), head.len()),
                    format!("this row has {} cells and the head only {}", cells.len(), head.len()),
                ),
                ("有逗号的格子两头加英文双引号", "put cells that hold a comma in double quotes"),
            ));
        }
        let fields: Map<String, Value> = head.iter().cloned().zip(cells.into_iter().map(Value::from)).collect();
        records.push(Record { number: records.len() + 1, fields });
    }
    Ok(records)
}

fn fault(line: usize, problem: (String, String), repair: (&str, &str)) -> Fault {
    Fault { line, problem: Words::new(problem.0, problem.1), repair: Words::new(repair.0, repair.1) }
}

fn rows(text: &str, separator: char) -> Result<Vec<Row>, Fault> {
    let mut rows: Vec<Row> = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begun, mut quoted_since) = (1, 1, None);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        match c {
            '"' if quoted_since.is_some() && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted_since.is_some() => quoted_since = None,
            _ if quoted_since.is_some() => cell.push(c),
            '"' if cell.is_empty() => quoted_since = Some(line),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                row.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut row)));
                begun = line;
            }
            _ if c == separator => row.push(std::mem::take(&mut cell)),
            _ => cell.push(c),
        }
    }
    if let Some(line) = quoted_since {
        return Err(fault(
            line,
            (
                "引号没有配对，从这一行起读不出来".to_owned(),
                "a quote is not closed: nothing can be read from here on".to_owned(),
            ),
            ("补上引号，或者重新导出", "close the quote, or export it again"),
        ));
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((begun, row));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_separators_and_line_ends() {
        let read = records("名称;说明\r\n\"甲;1\";\"两\n行 \"\"好\"\"\"\r\n;\r\n乙;b").unwrap_or_default();
        let shown: Vec<String> =
            read.iter().map(|one| format!("{} {}", one.fields["名称"], one.fields["说明"])).collect();
        assert_eq!(shown, ["\"甲;1\" \"两\\n行 \\\"好\\\"\"", "\"乙\" \"b\""]);
    }
}
