//! A workbook as tables: the only user of calamine and zip.
//!
//! A workbook is a packed folder and can be anything: it is unpacked once
//! without keeping it, to know that it is no bomb, before it is read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic;

use calamine::{DataRef, Reader, Xlsx};
use zip::ZipArchive;

use crate::diagnostics::Words;
use crate::exchange::table::{Cell, CellKind, Limits, Table, Unreadable};

/// The first bytes of the older formats of Office, and of a protected file.
const OLE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// A workbook as read.
#[derive(Debug)]
pub struct Workbook {
    /// Its tables, in the order of the sheets.
    pub tables: Vec<Table>,
    /// Whether it holds macros. They are neither run nor read.
    pub has_macros: bool,
}

/// Reads the bytes of a workbook; `name` is that of the file.
///
/// # Errors
///
/// When it is no workbook, is damaged, or holds more than is read.
pub fn read_workbook(name: &str, bytes: &[u8]) -> Result<Workbook, Unreadable> {
    if bytes.is_empty() {
        return Err(unreadable(
            ("文件是空的", "the file is empty"),
            ("重新导出或者重新保存", "export or save it again"),
        ));
    }
    if bytes.starts_with(&OLE) {
        return Err(unreadable(
            ("这是旧的 .xls 格式，或者加了密码", "this is the old .xls format, or it is protected by a password"),
            ("用 Excel 或 WPS 另存为 .xlsx，不设密码", "save it as .xlsx without a password"),
        ));
    }
    let has_macros = unpack(bytes, Limits::UNPACKED)?;
    // The engine counts on numbers that a damaged workbook need not have, and may panic where they are too large.
    let tables = panic::catch_unwind(|| tables(name, bytes)).unwrap_or_else(|_| Err(damaged()))?;
    Ok(Workbook { tables, has_macros })
}

fn tables(name: &str, bytes: &[u8]) -> Result<Vec<Table>, Unreadable> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut tables = Vec::new();
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        tables.push(table(&mut workbook, name, sheet, &mut cells)?);
    }
    Ok(tables)
}

/// Unpacks every part without keeping it, and tells whether one holds macros.
fn unpack(bytes: &[u8], most: u64) -> Result<bool, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    // What the parts say of themselves is seen at once; whether it is true, only by unpacking.
    if archive.decompressed_size().is_some_and(|told| told > u128::from(most)) {
        return Err(too_much());
    }
    let mut left = most;
    let mut has_macros = false;
    for n in 0..archive.len() {
        let part = archive.by_index(n).map_err(|_| damaged())?;
        has_macros |= part.name().is_ok_and(|name| name.ends_with("vbaProject.bin"));
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(read).ok_or_else(too_much)?;
    }
    Ok(has_macros)
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

fn table(workbook: &mut Book<'_>, name: &str, sheet: String, cells: &mut usize) -> Result<Table, Unreadable> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    // A sheet that is a chart has no cells.
    if let Ok(mut reader) = workbook.worksheet_cells_reader(&sheet) {
        while let Some(read) = reader.next_cell_with_formula().map_err(|_| damaged())? {
            let (row, column) = read.pos;
            let formula = read.formula.filter(|formula| !formula.is_empty());
            let cell = match (cell(&read.value), formula) {
                (Some(cell), None) => cell,
                (Some(cell), Some(_)) => Cell { is_formula: true, ..cell },
                // Nobody worked it out: that is not the same as an empty cell.
                (None, Some(formula)) => Cell { text: format!("={formula}"), kind: CellKind::Fault, is_formula: true },
                (None, None) => continue,
            };
            if row >= Limits::ROWS || column >= Limits::COLUMNS {
                return Err(too_large(&sheet));
            }
            *cells += 1;
            if *cells > Limits::CELLS {
                return Err(too_much());
            }
            rows.entry(row).or_default().insert(column, cell);
        }
    }
    Ok(Table { place: format!("{name}!{sheet}"), name: sheet, rows })
}

fn cell(value: &DataRef<'_>) -> Option<Cell> {
    let (text, kind) = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => (text.clone(), CellKind::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), CellKind::Text),
        DataRef::Int(number) => (number.to_string(), CellKind::Number),
        DataRef::Float(number) => (number_text(*number), CellKind::Number),
        DataRef::Bool(flag) => ((if *flag { "是" } else { "否" }).to_owned(), CellKind::Flag),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, _, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let is_day = (hour, minute) == (0, 0);
            (if is_day { date } else { format!("{date} {hour:02}:{minute:02}") }, CellKind::Day)
        }
        DataRef::DateTime(time) => (number_text(time.as_f64()), CellKind::Number),
        DataRef::DateTimeIso(text) => (text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(), CellKind::Day),
        DataRef::DurationIso(text) => (text.clone(), CellKind::Number),
        DataRef::Error(fault) => (fault.to_string(), CellKind::Fault),
    };
    (!text.trim().is_empty()).then_some(Cell { text, kind, is_formula: false })
}

/// A number as it was typed: whole ones without a fraction, long ones in the form that shows what was lost.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    if number.abs() >= 1e15 { format!("{number:E}") } else { number.to_string() }
}

fn unreadable(problem: (&str, &str), repair: (&str, &str)) -> Unreadable {
    Unreadable::new(Words::new(problem.0, problem.1), Words::new(repair.0, repair.1))
}

fn damaged() -> Unreadable {
    unreadable(
        (
            "打不开，不是 .xlsx 表格，或者文件不完整",
            "it cannot be opened: it is no .xlsx workbook, or not the whole of one",
        ),
        ("用 Excel 或 WPS 打开，另存为 .xlsx；没下载完的重新下载", "open it and save it as .xlsx, or fetch it again"),
    )
}

fn too_much() -> Unreadable {
    unreadable(
        ("解开以后太大，没有读", "what is packed in it is too much to be read"),
        (
            "删掉没有内容的行列和图片，另存一份；或者分成几个文件",
            "remove empty rows and pictures and save it anew, or split it",
        ),
    )
}

fn too_large(sheet: &str) -> Unreadable {
    let (rows, columns) = (Limits::ROWS, Limits::COLUMNS);
    Unreadable::new(
        Words::new(
            format!("工作表 `{sheet}` 超过 {rows} 行或者 {columns} 列"),
            format!("the sheet `{sheet}` has more than {rows} rows or {columns} columns"),
        ),
        Words::new("删掉后面没有内容的行和列，另存一份", "delete the rows and columns behind the last content"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::workbook;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bytes = workbook(&[]).unwrap();
        assert_eq!(unpack(&bytes, Limits::UNPACKED), Ok(false));
        assert_eq!(unpack(&bytes, 1000), Err(too_much()));
        // The size that the parts tell is a lie.
        let mut lying = bytes.clone();
        let entry = b"PK\x01\x02";
        let mut at = 0;
        while let Some(found) = lying[at..].windows(4).position(|window| window == entry) {
            lying[at + found + 24..at + found + 28].copy_from_slice(&[1, 0, 0, 0]);
            at += found + 4;
        }
        assert!(unpack(&lying, 1000).is_err());
    }

    #[test]
    fn damaged_workbooks_are_refused_at_every_length() {
        let bytes = workbook(&[]).unwrap();
        for length in (0..bytes.len()).step_by(bytes.len() / 40) {
            assert!(read_workbook("表.xlsx", &bytes[..length]).is_err(), "{length}");
        }
        assert!(read_workbook("表.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0]).unwrap_err().problem.zh.contains(".xls"));
        assert_eq!(read_workbook("表.xlsx", &bytes).unwrap().tables.len(), crate::exchange::sheet::sheets().len() + 2);
    }

    #[test]
    fn numbers_are_shown_as_they_were_typed() {
        assert_eq!([1.0, 12315.0, 2.5, 1e14].map(number_text), ["1", "12315", "2.5", "100000000000000"]);
        assert!(number_text(1.1990000000001e30).contains('E'));
    }
}
