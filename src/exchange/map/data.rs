//! A foreign list as records: JSON Lines, a JSON array, or CSV.

use serde_json::{Map, Value};

use crate::diagnostics::Words;
use crate::exchange::map::csv;

/// The largest list that is read, in bytes.
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// One record of a list.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// Its number in the list, from 1.
    pub(super) number: usize,
    /// What it says.
    pub(super) fields: Map<String, Value>,
}

/// Why a list cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1; 0 for the whole file.
    pub(super) line: usize,
    /// What is wrong.
    pub(super) problem: Words,
    /// What to do.
    pub(super) repair: Words,
}

impl Fault {
    pub(super) fn new(line: usize, problem: Words, repair: Words) -> Self {
        Fault { line, problem, repair }
    }
}

/// Reads the records of a list. `within` names the way to the list inside a JSON document.
///
/// # Errors
///
/// When it is empty or cut off, or no list of records.
pub(super) fn records(text: &str, within: Option<&str>) -> Result<Vec<Record>, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let records = match text.trim_start().chars().next() {
        None => Vec::new(),
        Some('[') => of_document(text, within)?,
        Some('{') => match within {
            Some(_) => of_document(text, within)?,
            None => of_lines(text)?,
        },
        Some(_) => csv::records(text)?,
    };
    if records.is_empty() {
        return Err(Fault::new(
            0,
            Words::new("文件里没有一条记录", "the file holds no record"),
            Words::new("重新导出一份", "export it again"),
        ));
    }
    Ok(records)
}

fn of_lines(text: &str) -> Result<Vec<Record>, Fault> {
    let mut records = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(fields)) => records.push(Record { number: records.len() + 1, fields }),
            Ok(_) => {
                return Err(Fault::new(
                    n + 1,
                    Words::new("这一行不是一条记录", "this line is no record"),
                    Words::new("每行写一条 { … }", "write one { … } a line"),
                ));
            }
            // A whole document that is no array, over several lines.
            Err(error) if n == 0 && error.is_eof() && text.lines().nth(1).is_some() => return of_document(text, None),
            Err(error) => return Err(broken(n + 1, &error)),
        }
    }
    Ok(records)
}

fn of_document(text: &str, within: Option<&str>) -> Result<Vec<Record>, Fault> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| broken(error.line(), &error))?;
    for step in within.unwrap_or_default().split('.').filter(|step| !step.is_empty()) {
        value = value.get_mut(step).map(Value::take).unwrap_or_default();
    }
    let Value::Array(list) = value else {
        return Err(Fault::new(
            0,
            Words::new("JSON 文件里找不到记录的列表", "the JSON document holds no list of records"),
            Words::new(
                "在映射的“记录”里写明列表在哪一栏，如 data.items",
                "name the way to the list under 记录, such as data.items",
            ),
        ));
    };
    let mut records = Vec::with_capacity(list.len());
    for (n, entry) in list.into_iter().enumerate() {
        let Value::Object(fields) = entry else {
            return Err(Fault::new(
                0,
                Words::new(format!("第 {} 条不是一条记录", n + 1), format!("entry {} is no record", n + 1)),
                Words::new("每条写成 { … }", "write each as { … }"),
            ));
        };
        records.push(Record { number: n + 1, fields });
    }
    Ok(records)
}

fn broken(line: usize, error: &serde_json::Error) -> Fault {
    if error.is_eof() {
        return Fault::new(
            line,
            Words::new("文件在这里断了，没有写完", "the file breaks off here"),
            Words::new("重新导出或者重新下载一份", "export or download it again"),
        );
    }
    Fault::new(
        line,
        Words::new(
            format!("第 {} 个字符起读不懂，不是 JSON", error.column()),
            format!("this is no JSON from character {} on", error.column()),
        ),
        Words::new("改正这一处，或者重新导出", "correct it, or export it again"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Result<usize, String> {
        records(text, None)
            .map(|records| records.len())
            .map_err(|fault| format!("{}: {}", fault.line, fault.problem.zh))
    }

    #[test]
    fn lists_of_three_kinds() {
        assert_eq!(count("{\"a\":1}\n\n{\"a\":2}\r\n"), Ok(2));
        assert_eq!(count("\u{feff}[{\"a\":1},\n{\"a\":2}]"), Ok(2));
        assert_eq!(count("名称,编码\n甲,1\n乙,2\n"), Ok(2));
        let within = records("{\"data\": {\"rows\": [{\"a\": 1}]}}", Some("data.rows"));
        assert_eq!(within.map(|records| records.len()), Ok(1));
    }

    #[test]
    fn what_is_broken_is_named() {
        assert_eq!(count(""), Err("0: 文件里没有一条记录".into()));
        assert_eq!(count(" \n"), Err("0: 文件里没有一条记录".into()));
        assert_eq!(count("{\"a\":1}\n{\"a\":"), Err("2: 文件在这里断了，没有写完".into()));
        assert_eq!(count("[{\"a\":1},\n{\"a\""), Err("2: 文件在这里断了，没有写完".into()));
        assert_eq!(count("{\"a\":1}\n{a}"), Err("2: 第 2 个字符起读不懂，不是 JSON".into()));
        assert_eq!(count("{\"a\":1}\n3"), Err("2: 这一行不是一条记录".into()));
        assert_eq!(count("名称,编码\n"), Err("0: 文件里没有一条记录".into()));
        assert_eq!(count("名称,编码\n\"甲,1\n"), Err("2: 引号没有配对，从这一行起读不出来".into()));
        assert_eq!(count("名称,编码\n甲,1,2\n"), Err("2: 这一行有 3 格，表头只有 2 格".into()));
        assert_eq!(count("名称,名称\n甲,1\n"), Err("1: 表头里 `名称` 写了两次".into()));
    }
}
