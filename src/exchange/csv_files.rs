//! Tables as CSV files.

use std::collections::BTreeMap;

use crate::csv;
use crate::diagnostics::Words;
use crate::exchange::record::Record;
use crate::exchange::sheet::{Sheet, sheets};
use crate::exchange::table::{Cell, CellKind, Limits, Table, Unreadable};
use crate::load::text_of;

/// Every table as a file: its name, and its bytes in UTF-8 with the mark by which Excel knows that.
pub fn csv_files(records: &[Record]) -> Vec<(String, Vec<u8>)> {
    let file = |sheet: Sheet| {
        let rows = records.iter().filter(|record| record.kind == sheet.kind).flat_map(|record| record.rows(&sheet));
        let bytes = csv::written(std::iter::once(sheet.headers()).chain(rows));
        (format!("{}.csv", sheet.name), bytes.into_bytes())
    };
    sheets().into_iter().map(file).collect()
}

/// Reads the bytes of a CSV file; `name` is that of the file. Tells whether it was in GBK.
///
/// # Errors
///
/// When it is empty, in no known encoding, breaks off in a quote, or holds more than is read.
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
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    for (n, row) in (0u32..).zip(csv::rows(&text)) {
        let row = row.map_err(unclosed)?;
        if n >= Limits::ROWS || row.cells().len() > Limits::COLUMNS as usize {
            return Err(too_large());
        }
        let cells = (0u32..).zip(row.cells()).filter(|(_, text)| !text.trim().is_empty());
        let cells: BTreeMap<u32, Cell> = cells.map(|(column, text)| (column, cell(text))).collect();
        if !cells.is_empty() {
            rows.insert(n, cells);
        }
    }
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = stem.strip_suffix(".csv").or_else(|| stem.strip_suffix(".CSV")).unwrap_or(stem);
    Ok((Table { name: stem.to_owned(), place: name.to_owned(), rows }, encoding))
}

/// The faults that spreadsheets write in place of values they could not work out.
const FAULTS: [&str; 10] =
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"];

/// A cell of a CSV file: a text, or the fault a spreadsheet saved there.
fn cell(text: &str) -> Cell {
    let is_fault = FAULTS.iter().any(|fault| text.trim().eq_ignore_ascii_case(fault));
    Cell { kind: if is_fault { CellKind::Fault } else { CellKind::Text }, ..Cell::text(text) }
}

fn unclosed(quote: csv::Unclosed) -> Unreadable {
    let (line, problem) = (quote.line, quote.problem());
    Unreadable::new(
        Words::new(format!("第 {line} 行：{}", problem.zh), format!("line {line}: {}", problem.en)),
        quote.repair(),
    )
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
