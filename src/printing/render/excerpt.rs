//! One source line as it is shown, and where its marker goes.

use std::ops::Range;

use crate::printing::render::escape::visible;
use crate::source::lines::{char_end, char_start, line_around};
use crate::wrap::{columns, columns_of};

/// The most display columns of source that are shown.
const MAX_COLUMNS: usize = 100;
/// The most columns of a long marked part that a cut makes room for.
const MAX_MARK: usize = 60;
/// How many bytes around the marker are looked at; enough for the columns shown.
const WINDOW: usize = 1600;
const TAB: &str = "    ";
const CUT: char = '…';

/// A source line as shown, with its marker measured in display columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The line: tabs expanded, controls made visible, cut if it is long.
    pub(super) line: String,
    /// The columns before the marker.
    pub(super) indent: usize,
    /// The columns of the marker, at least one.
    pub(super) mark: usize,
}

/// One character of the line.
struct Cell {
    at: usize,
    shown: char,
    width: usize,
}

/// The line on which `range` begins, with the part of it that is in `range` marked.
/// A range over several lines is marked to the end of its first line.
pub(super) fn excerpt(text: &str, range: &Range<usize>) -> Excerpt {
    let start = char_start(text, range.start);
    let line = line_around(text, start);
    let start = start.min(line.end);
    let end = char_end(text, range.end).clamp(start, line.end);
    let window =
        char_start(text, start.saturating_sub(WINDOW)).max(line.start)..char_end(text, start + WINDOW).min(line.end);
    let cells: Vec<Cell> = text[window.clone()]
        .char_indices()
        .map(|(at, c)| {
            let shown = if c == '\t' { c } else { visible(c) };
            let width = if c == '\t' { TAB.len() } else { columns_of(shown) };
            Cell { at: window.start + at, shown, width }
        })
        .collect();
    let before = width(&cells, |cell| cell.at < start);
    let marked = width(&cells, |cell| (start..end).contains(&cell.at));
    let cut = Cut {
        left: window.start > line.start,
        right: window.end < line.end,
        before,
        marked: marked.clamp(1, MAX_MARK),
    };
    let kept = cut.kept(&cells);
    let cut_left = cut.left || kept.start > 0;
    let cut_right = cut.right || kept.end < cells.len();
    let shown = |keep: &dyn Fn(&Cell) -> bool| write(cells[kept.clone()].iter().filter(|cell| keep(cell)));
    let lead = if cut_left { CUT.to_string() } else { String::new() };
    let indent = columns(&lead) + columns(&shown(&|cell| cell.at < start));
    let mark = columns(&shown(&|cell| (start..end).contains(&cell.at))).max(1);
    let tail = if cut_right { CUT.to_string() } else { String::new() };
    let line = (lead + &shown(&|_| true) + &tail).trim_end().to_owned();
    Excerpt { line, indent, mark }
}

/// What decides which characters of a long line are shown.
struct Cut {
    /// Whether something to the left, or to the right, was left out already.
    left: bool,
    right: bool,
    /// The columns before the marker, and those of the marker.
    before: usize,
    marked: usize,
}

impl Cut {
    /// The cells to show: all if they fit, else from the line's head if the marker is
    /// there, else from some way before the marker.
    fn kept(&self, cells: &[Cell]) -> Range<usize> {
        let total = width(cells, |_| true);
        if !self.left && !self.right && total <= MAX_COLUMNS {
            return 0..cells.len();
        }
        let fits_at_head = !self.left && self.before + self.marked < MAX_COLUMNS;
        let skipped = if fits_at_head { 0 } else { self.before.saturating_sub((MAX_COLUMNS - self.marked) / 2) };
        let mut column = 0;
        let mut from = 0;
        while from < cells.len() && column < skipped {
            column += cells[from].width;
            from += 1;
        }
        let room = MAX_COLUMNS - usize::from(self.left || from > 0);
        if !self.right && total - column <= room {
            return from..cells.len();
        }
        let mut used = 0;
        let mut to = from;
        while to < cells.len() && used + cells[to].width < room {
            used += cells[to].width;
            to += 1;
        }
        from..to
    }
}

fn width(cells: &[Cell], keep: impl Fn(&Cell) -> bool) -> usize {
    cells.iter().filter(|cell| keep(cell)).map(|cell| cell.width).sum()
}

fn write<'a>(cells: impl Iterator<Item = &'a Cell>) -> String {
    let mut out = String::new();
    for cell in cells {
        if cell.shown == '\t' { out.push_str(TAB) } else { out.push(cell.shown) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks `marked` (its first occurrence) and compares the line and the marker.
    fn check(text: &str, marked: &str, expected: &str) {
        let start = text.find(marked).unwrap();
        let found = excerpt(text, &(start..start + marked.len()));
        let marker = " ".repeat(found.indent) + &"^".repeat(found.mark);
        assert_eq!(format!("{}\n{marker}", found.line), expected);
        assert!(columns(&found.line) <= MAX_COLUMNS);
    }

    #[test]
    fn markers_stand_under_wide_text() {
        check("名称: 食品经营\n", "食品", "名称: 食品经营\n      ^^^^");
        check("a😀𠮷: x", "x", "a😀𠮷: x\n       ^");
        check("备注：（全角）括号", "）", "备注：（全角）括号\n            ^^");
        check("\t名称\tx", "x", "    名称    x\n            ^");
        check("\t名称\tx", "\t", "    名称    x\n^^^^");
        check("a\u{1b}[31mb", "b", "a␛[31mb\n      ^");
        check("值\r\n后", "值", "值\n^^");
    }

    #[test]
    fn a_range_over_lines_is_marked_on_its_first() {
        check("甲: [一,\n  二]\n", "[一,\n  二]", "甲: [一,\n    ^^^^");
    }

    #[test]
    fn long_lines_are_cut_around_the_marker() {
        let wide = "很".repeat(200);
        check(&format!("甲: 错{wide}"), "错", &format!("甲: 错{}…\n    ^^", "很".repeat(46)));
        check(&format!("甲: {wide}错"), "错", &format!("…{}错\n{}^^", "很".repeat(24), " ".repeat(49)));
        check(
            &format!("甲: {wide}错{wide}"),
            "错",
            &format!("…{}错{}…\n{}^^", "很".repeat(24), "很".repeat(24), " ".repeat(49)),
        );
        check(
            &format!("甲: {wide}{}{wide}", "错".repeat(200)),
            &"错".repeat(200),
            &format!("…{}{}…\n{}{}", "很".repeat(10), "错".repeat(39), " ".repeat(21), "^".repeat(78)),
        );
        check(
            &format!("甲: {}错", "x".repeat(1_000_000)),
            "错",
            &format!("…{}错\n{}^^", "x".repeat(49), " ".repeat(50)),
        );
        check(&"x".repeat(100), "x", &format!("{}\n^", "x".repeat(100)));
        check(&"x".repeat(101), "x", &format!("{}…\n^", "x".repeat(99)));
    }

    #[test]
    fn no_range_is_out_of_place() {
        let text = "甲\r\n\u{301}👨\u{200d}👩\t\n\n末";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let range = Range { start, end };
                assert!(excerpt(text, &range).mark >= 1);
            }
        }
        assert_eq!(excerpt("", &(0..0)), Excerpt { line: String::new(), indent: 0, mark: 1 });
        assert_eq!(excerpt("", &(7..usize::MAX)), Excerpt { line: String::new(), indent: 0, mark: 1 });
    }
}
