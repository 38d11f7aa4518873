//! Tables as texts that spreadsheets open and save: comma-separated values (RFC 4180).
//!
//! The only reader and writer of them. A quote that is never closed makes one cell of the rest
//! of a file; here it is an error with its line, which readers that take what they get do not tell.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

use crate::diagnostics::Words;

/// The mark by which spreadsheets know that a table is in UTF-8.
const MARK: &str = "\u{feff}";

/// What can stand between the cells; of those a table has as many of, the first does.
const SEPARATORS: [char; 3] = [',', '\t', ';'];

/// A table in UTF-8 with its mark; each row ends with CR and LF.
pub fn written<Row, Cell>(rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    let mut out = MARK.to_owned();
    for row in rows {
        for (n, cell) in row.into_iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            let cell = cell.as_ref();
            if cell.contains([',', '"', '\r', '\n']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(cell);
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// A cell that no spreadsheet takes for a formula or for a number that it would round.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        return Cow::Owned(format!("'{cell}"));
    }
    // A code of digits alone would become 1.19E+30.
    if cell.len() > 11 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return Cow::Owned(format!("\t{cell}"));
    }
    Cow::Borrowed(cell)
}

/// A row of a table as read.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: usize,
    /// The cells one after the other, and where each ends: a row may have millions.
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// Its cells.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| &self.text[std::mem::replace(&mut start, *end)..*end])
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len());
    }

    fn is_cell_empty(&self) -> bool {
        self.text.len() == self.ends.last().copied().unwrap_or(0)
    }
}

/// A quote that is never closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclosed {
    /// The line it stands on, from 1.
    pub line: usize,
}

impl Unclosed {
    /// What is wrong, where the line is told besides.
    pub fn problem(self) -> Words {
        Words::new("引号没有配对，从这一行起读不出来", "a quote is not closed: nothing can be read from here on")
    }

    /// What to do.
    pub fn repair(self) -> Words {
        Words::new("补上引号，或者重新导出", "close the quote, or export it again")
    }
}

/// The rows of a table; an empty line is a row too.
#[derive(Debug)]
pub struct Rows<'t> {
    rest: Peekable<Chars<'t>>,
    separator: char,
    line: usize,
}

/// Reads a table. A comma, a semicolon or a tab stands between the cells, whichever the first line has most of.
pub fn rows(text: &str) -> Rows<'_> {
    let head = text.lines().next().unwrap_or_default();
    let most = |mark: &char| head.matches(*mark).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(most).unwrap_or(',');
    Rows { rest: text.chars().peekable(), separator, line: 1 }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Unclosed>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.peek()?;
        let mut row = Row { line: self.line, ..Row::default() };
        let mut quoted_since = None;
        while let Some(c) = self.rest.next() {
            let next = self.rest.peek();
            if c == '\n' || c == '\r' && next != Some(&'\n') {
                self.line += 1;
            }
            match c {
                '"' if quoted_since.is_some() && next == Some(&'"') => {
                    self.rest.next();
                    row.text.push('"');
                }
                '"' if quoted_since.is_some() => quoted_since = None,
                _ if quoted_since.is_some() => row.text.push(c),
                '"' if row.is_cell_empty() => quoted_since = Some(self.line),
                '\r' if next == Some(&'\n') => {}
                '\n' | '\r' => {
                    row.end_cell();
                    return Some(Ok(row));
                }
                _ if c == self.separator => row.end_cell(),
                _ => row.text.push(c),
            }
        }
        row.end_cell();
        Some(match quoted_since {
            Some(line) => Err(Unclosed { line }),
            None => Ok(row),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read: each row with its line, or the line of the quote.
    fn check(text: &str, expected: &[(usize, &[&str])]) {
        let read: Result<Vec<Row>, Unclosed> = rows(text).collect();
        let read = read.unwrap();
        let shown: Vec<(usize, Vec<&str>)> = read.iter().map(|row| (row.line, row.cells().collect())).collect();
        let expected: Vec<(usize, Vec<&str>)> = expected.iter().map(|(line, cells)| (*line, cells.to_vec())).collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn quotes_hold_separators_and_line_ends() {
        check(
            "名称;说明\r\n\"甲;1\";\"两\n行 \"\"好\"\"\"\r\n;\r\n乙;b",
            &[(1, &["名称", "说明"]), (2, &["甲;1", "两\n行 \"好\""]), (4, &["", ""]), (5, &["乙", "b"])],
        );
        check("甲,乙\n\n\"\",b\"c\"\n", &[(1, &["甲", "乙"]), (2, &[""]), (3, &["", "b\"c\""])]);
        check("甲\t乙,丙\t丁\r1\t2\r3", &[(1, &["甲", "乙,丙", "丁"]), (2, &["1", "2"]), (3, &["3"])]);
        check("", &[]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told() {
        let read: Vec<_> = rows("甲,乙\n1,\"2\n3,4\n").map(|row| row.map(|row| row.line)).collect();
        assert_eq!(read, [Ok(1), Err(Unclosed { line: 2 })]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let table = [["甲", "a,\"b\""], ["两\r\n行", ""], [";", "\t1"]];
        let text = written(table);
        assert!(text.starts_with("\u{feff}甲,\"a,\"\"b\"\"\"\r\n"), "{text:?}");
        let read: Vec<Row> = rows(text.trim_start_matches(MARK)).map(Result::unwrap).collect();
        assert_eq!(read.iter().map(|row| row.cells().collect::<Vec<_>>()).collect::<Vec<_>>(), table);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        assert_eq!(guarded("开饭店=办许可"), "开饭店=办许可");
        assert_eq!(guarded("1"), "1");
        assert_eq!(guarded("1145072100811537184452004020000"), "\t1145072100811537184452004020000");
    }
}
