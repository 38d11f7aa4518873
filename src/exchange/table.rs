//! Tables as read: cells with the text they hold and where it came from.

use std::collections::BTreeMap;

use crate::diagnostics::Words;

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits;

impl Limits {
    /// The largest file, in bytes.
    pub const FILE: u64 = 50 * 1024 * 1024;
    /// The most bytes the parts of a workbook may hold when they are unpacked.
    pub const UNPACKED: u64 = 512 * 1024 * 1024;
    /// The most rows of a table.
    pub const ROWS: u32 = 200_000;
    /// The most columns of a table.
    pub const COLUMNS: u32 = 1000;
    /// The most cells of all tables.
    pub const CELLS: usize = 4_000_000;
}

/// What a cell held before it was made text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day, or a day and a time.
    Day,
    /// Yes or no.
    Flag,
    /// A fault such as `#N/A`.
    Fault,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What it was.
    pub kind: CellKind,
    /// Whether a formula gave the value.
    pub is_formula: bool,
}

/// One table: a sheet of a workbook, or a CSV file.
#[derive(Debug, Clone)]
pub struct Table {
    /// The name of the sheet, or of the file without its ending.
    pub name: String,
    /// What stands before `!` and the cell in findings: `表.xlsx!事项`, `事项.csv`.
    pub place: String,
    /// The cells that hold something, by row and column from 0.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

/// A cell: which table, row and column, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) table: usize,
    pub(crate) row: u32,
    pub(crate) column: u32,
}

/// Why a file cannot be read as tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong.
    pub problem: Words,
    /// What to do.
    pub repair: Words,
}

impl Unreadable {
    /// A fault with its repair.
    pub(crate) fn new(problem: Words, repair: Words) -> Self {
        Unreadable { problem, repair }
    }
}

impl Cell {
    /// A cell that holds a text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Cell { text: text.into(), kind: CellKind::Text, is_formula: false }
    }
}

/// The name of a cell as spreadsheets show it: `F12`.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        assert_eq!(
            [cell_name(0, 0), cell_name(11, 25), cell_name(0, 26), cell_name(99, 701), cell_name(0, 702)],
            ["A1", "Z12", "AA1", "ZZ100", "AAA1"]
        );
    }
}
