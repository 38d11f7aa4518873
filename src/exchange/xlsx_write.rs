//! A portal as one workbook: the only user of rust_xlsxwriter.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook,
    Worksheet, XlsxError,
};

use crate::diagnostics::Words;
use crate::exchange::guide;
use crate::exchange::record::Record;
use crate::exchange::sheet::{DEPARTMENT, Kind, Sheet, choices, reference, sheets};

/// The most characters a cell can hold.
const MOST: usize = 32_767;
/// The sheet of the words that columns offer.
const CHOICES: &str = "选项";
/// Rows below the last one that offer choices as well, for new entries.
const MORE_ROWS: u32 = 1000;

/// Why a workbook cannot be written.
#[derive(Debug)]
pub struct NotWritten(pub Words);

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> Self {
        NotWritten(Words::new(format!("表格做不出来：{error}"), format!("the workbook cannot be made: {error}")))
    }
}

/// The bytes of a workbook with every record. The same records give the same bytes.
///
/// # Errors
///
/// When a text is too long for a cell.
pub fn workbook(records: &[Record]) -> Result<Vec<u8>, NotWritten> {
    let sheets = sheets();
    let mut workbook = Workbook::new();
    let begun = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("办事指南").set_creation_datetime(&begun));
    guide_sheet(workbook.add_worksheet(), &sheets)?;
    let mut offered = Offered::of(&sheets, records);
    for sheet in &sheets {
        let rows: Vec<Vec<String>> =
            records.iter().filter(|record| record.kind == sheet.kind).flat_map(|record| record.rows(sheet)).collect();
        table(workbook.add_worksheet(), sheet, &rows, &mut offered)?;
    }
    offered.write(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

fn text_format() -> Format {
    Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top)
}

fn header_format() -> Format {
    text_format().set_bold().set_background_color(0xE8_EE_F4)
}

fn table(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    rows: &[Vec<String>],
    offered: &mut Offered,
) -> Result<(), NotWritten> {
    worksheet.set_name(&sheet.name)?;
    let (text, header) = (text_format(), header_format());
    let note = text_format().set_font_color(0x6B_6B_6B);
    let leading = sheet.leading();
    for (n, name) in (0u16..).zip(sheet.headers()) {
        let is_note = name.starts_with('（');
        worksheet.set_column_format(n, if is_note { &note } else { &text })?;
        worksheet.set_column_width(n, width(&name, usize::from(n), rows))?;
        worksheet.write_string_with_format(0, n, &name, &header)?;
        let column = usize::from(n).checked_sub(leading.len()).map(|at| &sheet.columns[at]);
        let list = match column {
            Some(column) => offered.list_of(&choices(&column.shape), reference(&column.path)),
            None if n == 0 && sheet.body.key().is_some() => offered.ids(sheet.kind),
            None if name == DEPARTMENT => offered.ids(Kind::Department),
            None => None,
        };
        if let Some((formula, is_strict)) = list {
            let style = if is_strict { DataValidationErrorStyle::Stop } else { DataValidationErrorStyle::Warning };
            let validation = DataValidation::new().allow_list_formula(Formula::new(formula)).set_error_style(style);
            let last = u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_add(MORE_ROWS);
            worksheet.add_data_validation(1, n, last, n, &validation)?;
        }
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            if cell.chars().map(char::len_utf16).sum::<usize>() > MOST {
                return Err(too_long(sheet, &cells[0], usize::from(column)));
            }
            let is_note = leading.get(usize::from(column)).is_some_and(|name| name.starts_with('（'));
            worksheet.write_string_with_format(row, column, cell, if is_note { &note } else { &text })?;
        }
    }
    let frozen = u16::try_from(leading.len()).unwrap_or(0);
    worksheet.set_freeze_panes(1, frozen.min(2))?;
    let last = u16::try_from(sheet.headers().len() - 1).unwrap_or(0);
    worksheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(0).max(1), last)?;
    Ok(())
}

fn too_long(sheet: &Sheet, id: &str, column: usize) -> NotWritten {
    let header = sheet.headers().into_iter().nth(column).unwrap_or_default();
    NotWritten(Words::new(
        format!("`{id}` 的 `{header}` 超过 {MOST} 个字，一格放不下。用 --jsonl 或者 --csv"),
        format!("`{header}` of `{id}` has more than {MOST} characters, too many for a cell: use --jsonl or --csv"),
    ))
}

/// A column is as wide as its texts, within reason.
fn width(name: &str, column: usize, rows: &[Vec<String>]) -> f64 {
    let cells = |text: &str| {
        text.lines()
            .map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u16>().min(200))
            .max()
            .unwrap_or(0)
    };
    let longest = rows.iter().take(500).map(|row| cells(&row[column])).max().unwrap_or(0);
    f64::from(longest.max(cells(name) + 4).clamp(8, 50))
}

fn guide_sheet(worksheet: &mut Worksheet, sheets: &[Sheet]) -> Result<(), NotWritten> {
    worksheet.set_name(guide::NAME)?;
    let (text, header) = (text_format(), header_format());
    for (column, width) in [(0u16, 16.0), (1, 24.0), (2, 16.0), (3, 60.0), (4, 80.0)] {
        worksheet.set_column_width(column, width)?;
    }
    let mut row = 0u32;
    let plain = Format::new();
    for note in guide::notes() {
        worksheet.write_string_with_format(row, 0, note, &plain)?;
        row += 1;
    }
    row += 1;
    for (column, name) in (0u16..).zip(guide::COLUMNS) {
        worksheet.write_string_with_format(row, column, name, &header)?;
    }
    for line in guide::rows(sheets) {
        row += 1;
        for (column, cell) in (0u16..).zip(&line) {
            worksheet.write_string_with_format(row, column, cell, &text)?;
        }
    }
    Ok(())
}

/// The lists that columns offer, each once, in the columns of one sheet.
struct Offered {
    /// The ids of each kind, and the column of the list once it is used.
    ids: BTreeMap<Kind, Vec<String>>,
    lists: Vec<Vec<String>>,
}

impl Offered {
    fn of(_: &[Sheet], records: &[Record]) -> Self {
        let mut ids: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
        for record in records {
            ids.entry(record.kind).or_default().push(record.id.clone());
        }
        ids.values_mut().for_each(|ids| ids.sort());
        Offered { ids, lists: Vec::new() }
    }

    /// The formula of a list of ids. Others can be typed: they may be new.
    fn ids(&mut self, kind: Kind) -> Option<(String, bool)> {
        let ids = self.ids.get(&kind).filter(|ids| !ids.is_empty())?.clone();
        Some((self.formula(ids), false))
    }

    fn list_of(&mut self, words: &[String], kind: Option<Kind>) -> Option<(String, bool)> {
        match kind {
            Some(kind) => self.ids(kind),
            None if words.is_empty() => None,
            None => Some((self.formula(words.to_vec()), true)),
        }
    }

    fn formula(&mut self, list: Vec<String>) -> String {
        let rows = list.len();
        let at = self.lists.iter().position(|other| *other == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        let cell = crate::exchange::table::cell_name(0, u32::try_from(at).unwrap_or(0));
        let letters = cell.trim_end_matches('1');
        format!("={CHOICES}!${letters}$1:${letters}${rows}")
    }

    fn write(self, worksheet: &mut Worksheet) -> Result<(), NotWritten> {
        worksheet.set_name(CHOICES)?;
        worksheet.set_hidden(true);
        let text = text_format();
        for (column, list) in (0u16..).zip(&self.lists) {
            for (row, word) in (0u32..).zip(list) {
                worksheet.write_string_with_format(row, column, word, &text)?;
            }
        }
        Ok(())
    }
}
