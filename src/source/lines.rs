//! Lines and columns of a text.
//!
//! Everything else counts in bytes; lines and columns are made only here, when
//! there is something to print. Columns count characters, not display cells.

use std::ops::Range;

/// A line and a column, both counted from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Where the lines of a text begin.
///
/// A line ends at `\n` or `\r\n`. A text that ends in a line break has an empty
/// last line, as editors show it. No offset is out of range: one past the end
/// means the end, one inside a character means its first byte.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Finds the lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        LineIndex { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line and column of a byte offset. Inside a line break it is the
    /// column just after the line's last character.
    pub fn position(&self, offset: usize) -> Position {
        let offset = char_start(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let range = self.line_range(line).unwrap_or(0..0);
        let before = self.text.get(range.start..offset.min(range.end)).unwrap_or("");
        Position { line, column: before.chars().count() + 1 }
    }

    /// The byte range of a line without its line break, or nothing if the text
    /// has no such line.
    pub fn line_range(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        Some(start..without_return(self.text, start, end))
    }
}

/// The nearest offset at or before `offset` at which a character of `text`
/// begins, or the text's end.
pub fn char_start(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest offset at or after `offset` at which a character of `text` ends,
/// or the text's end.
pub fn char_end(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The byte range, without its line break, of the line in which `offset` is.
/// It looks only at that line, so it needs no [`LineIndex`].
pub fn line_around(text: &str, offset: usize) -> Range<usize> {
    let offset = char_start(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    start..without_return(text, start, end)
}

/// `end`, or one less if a `\r` stands before it.
fn without_return(text: &str, start: usize, end: usize) -> usize {
    let ends_in_return = text.get(start..end).is_some_and(|line| line.ends_with('\r'));
    if ends_in_return { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, usize, usize)]) {
        let index = LineIndex::new(text);
        for &(offset, line, column) in expected {
            assert_eq!(index.position(offset), Position { line, column }, "offset {offset} of {text:?}");
        }
    }

    #[test]
    fn columns_count_characters() {
        check("名称: 𠮷\nb", &[(0, 1, 1), (3, 1, 2), (8, 1, 5), (12, 1, 6), (13, 2, 1), (14, 2, 2)]);
    }

    #[test]
    fn offsets_inside_a_character_or_past_the_end() {
        check("名称\n", &[(1, 1, 1), (2, 1, 1), (4, 1, 2), (7, 2, 1), (8, 2, 1), (usize::MAX, 2, 1)]);
        check("", &[(0, 1, 1), (5, 1, 1)]);
    }

    #[test]
    fn carriage_returns_belong_to_the_line_break() {
        check("a\r\nb\r\n", &[(1, 1, 2), (2, 1, 2), (3, 2, 1), (4, 2, 2), (6, 3, 1)]);
        let index = LineIndex::new("a\r\nb\r\n");
        let lines = [0, 1, 2, 3, 4].map(|line| index.line_range(line));
        assert_eq!(lines, [None, Some(0..1), Some(3..4), Some(6..6), None]);
    }

    #[test]
    fn a_line_is_found_without_an_index() {
        let text = "名\r\n称b\n\nend";
        assert_eq!(line_around(text, 1), 0..3);
        assert_eq!(line_around(text, 4), 0..3);
        assert_eq!(line_around(text, 6), 5..9);
        assert_eq!(line_around(text, 10), 10..10);
        assert_eq!(line_around(text, 999), 11..14);
        for offset in 0..20 {
            let index = LineIndex::new(text);
            assert_eq!(index.line_range(index.position(offset).line), Some(line_around(text, offset)));
        }
    }
}
