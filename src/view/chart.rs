//! Charts as figures for templates: lengths and places on a drawing of fixed size.
//!
//! A drawing scales with its page and carries no style of its own. It is
//! decoration: the table beside it says the same in words.

use serde::Serialize;

/// Upright columns, one a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Columns {
    /// The width of the drawing.
    width: usize,
    /// Its height, labels included.
    height: usize,
    /// Where the columns stand.
    base: usize,
    columns: Vec<Column>,
}

/// One column: a rectangle, its value above and its label below, both centred on `middle`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Column {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    middle: usize,
    value: String,
    value_y: usize,
    label: String,
    label_y: usize,
}

/// What the drawing of columns measures: the width of one with its gap, and of the gap; the
/// height of the highest; the room for the value above and for the label below.
const STEP: usize = 48;
const GAP: usize = 10;
const HIGHEST: usize = 140;
const ABOVE: usize = 24;
const BELOW: usize = 28;

/// Columns of these values with their labels; the highest value is as high as the drawing.
pub(super) fn columns(values: &[(String, usize)]) -> Columns {
    let most = values.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let base = ABOVE + HIGHEST;
    let column = |(n, (label, value)): (usize, &(String, usize))| {
        // What is there is seen, however little.
        let height = (value * HIGHEST).div_ceil(most);
        Column {
            x: n * STEP + GAP / 2,
            y: base - height,
            width: STEP - GAP,
            height,
            middle: n * STEP + STEP / 2,
            value: value.to_string(),
            value_y: base - height - 6,
            label: label.clone(),
            label_y: base + 20,
        }
    };
    Columns {
        width: values.len().max(1) * STEP,
        height: base + BELOW,
        base,
        columns: values.iter().enumerate().map(column).collect(),
    }
}

/// The length of a bar in thousandths of the whole drawing; never more than all of it.
pub(super) fn bar(part: u64, whole: u64) -> u64 {
    (part * 1000).checked_div(whole).unwrap_or(0).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_column_fills_the_drawing_and_none_leaves_it() {
        let values = [("10月".to_owned(), 3), ("11月".to_owned(), 0), ("12月".to_owned(), 12)];
        let chart = columns(&values);
        assert_eq!((chart.width, chart.height, chart.base), (144, 192, 164));
        let sizes: Vec<_> = chart.columns.iter().map(|one| (one.x, one.y, one.height)).collect();
        assert_eq!(sizes, [(5, 129, 35), (53, 164, 0), (101, 24, 140)]);
        assert!(chart.columns.iter().all(|one| one.y + one.height == chart.base && one.value_y >= 12));
        assert_eq!(chart.columns[2].middle, 120);
    }

    #[test]
    fn little_is_seen_and_nothing_is_drawn_of_nothing() {
        let chart = columns(&[("1月".to_owned(), 1), ("2月".to_owned(), 5000)]);
        assert_eq!(chart.columns[0].height, 1);
        assert_eq!(columns(&[("1月".to_owned(), 0)]).columns[0].height, 0);
        assert!(columns(&[]).columns.is_empty());
    }

    #[test]
    fn bars_are_shares() {
        assert_eq!((bar(1, 3), bar(0, 5), bar(5, 5), bar(7, 5), bar(1, 0)), (333, 0, 1000, 1000, 0));
    }
}
