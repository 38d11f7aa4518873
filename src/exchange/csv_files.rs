//! Tables as CSV files: the only user of csv.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, Terminator, WriterBuilder};

use crate::diagnostics::Words;
use crate::exchange::record::Record;
use crate::exchange::sheet::sheets;
use crate::exchange::table::{Cell, Limits, Table, Unreadable};
use crate::exchange::xlsx_write::NotWritten;
use crate::source::text_of;

/// Every table as a file: its name, and its bytes in UTF-8 with the mark by which Excel knows that.
///
/// # Errors
///
/// When a table cannot be written as CSV.
pub fn csv_files(records: &[Record]) -> Result<Vec<(String, Vec<u8>)>, NotWritten> {
    let failed = |error: String| {
        NotWritten(Words::new(format!("CSV 做不出来：{error}"), format!("the CSV cannot be made: {error}")))
    };
    let mut files = Vec::new();
    for sheet in sheets() {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
        let rows = records.iter().filter(|record| record.kind == sheet.kind).flat_map(|record| record.rows(&sheet));
        for row in std::iter::once(sheet.headers()).chain(rows) {
            writer.write_record(&row).map_err(|error| failed(error.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
        files.push((format!("{}.csv", sheet.name), bytes));
    }
    Ok(files)
}

/// Reads the bytes of a CSV file; `name` is that of the file. Tells whether it was in GBK.
///
/// # Errors
///
/// When it is empty, in no known encoding, or holds more than is read.
pub fn csv_table(name: &str, bytes: &[u8]) -> Result<(Table, Option<&'static str>), Unreadable> {
    let (text, encoding) = text_of(bytes).ok_or_else(|| {
        Unreadable::new(
            Words::new("不是文字，或者认不出是哪种编码", "it is no text, or in no known encoding"),
            Words::new("另存为“CSV UTF-8”", "save it as CSV UTF-8"),
        )
    })?;
    if text.trim().is_empty() {
        return Err(Unreadable::new(
            Words::new("文件是空的", "the file is empty"),
            Words::new("重新导出或者重新保存", "export or save it again"),
        ));
    }
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    for (n, record) in (0u32..).zip(reader.records()) {
        let record = record.map_err(|_| too_large())?;
        if n >= Limits::ROWS || record.len() > Limits::COLUMNS as usize {
            return Err(too_large());
        }
        let cells = (0u32..).zip(&record).filter(|(_, text)| !text.trim().is_empty());
        let cells: BTreeMap<u32, Cell> = cells.map(|(column, text)| (column, Cell::text(text))).collect();
        if !cells.is_empty() {
            rows.insert(n, cells);
        }
    }
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.strip_suffix(".csv").or_else(|| stem.strip_suffix(".CSV")).unwrap_or(stem);
    Ok((Table { name: stem.to_owned(), place: name.to_owned(), rows }, encoding))
}

/// What stands between the cells: the mark that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let marks = [b',', b'\t', b';'];
    marks.into_iter().max_by_key(|mark| (count(*mark), *mark == b',')).unwrap_or(b',')
}

fn too_large() -> Unreadable {
    let (rows, columns) = (Limits::ROWS, Limits::COLUMNS);
    Unreadable::new(
        Words::new(
            format!("超过 {rows} 行或者 {columns} 列"),
            format!("it has more than {rows} rows or {columns} columns"),
        ),
        Words::new("分成几个文件", "split it into several files"),
    )
}
