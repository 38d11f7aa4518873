//! Texts in lines that fit: into a box of a drawing, into a column of a terminal.
//!
//! Chinese may be broken anywhere but before closing and after opening marks; numbers and Latin
//! words stay whole unless one is wider than a line. The only user of unicode-width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// By what a text is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// By the columns of a terminal: a Chinese character takes two.
    Columns,
    /// By the size of type in a drawing, whatever the font.
    Type(i32),
}

/// How many columns of a terminal a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// How many of them a character takes that stands alone.
pub fn columns_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// How wide a text is.
pub fn width(text: &str, measure: Measure) -> i32 {
    text.chars().map(|c| advance(c, measure)).sum()
}

/// A text in lines that are no wider than the room there is.
pub fn lines(text: &str, room: i32, measure: Measure) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for unit in units(text) {
        if width(&line, measure) + width(unit.trim_end(), measure) > room && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if line.is_empty() {
            line.push_str(unit.trim_start());
        } else {
            line.push_str(unit);
        }
        // A word wider than the line, such as an address.
        while width(line.trim_end(), measure) > room {
            let mut used = 0;
            let fits = line.char_indices().find(|(_, c)| {
                used += advance(*c, measure);
                used > room
            });
            let Some((at, _)) = fits.filter(|(at, _)| *at > 0) else { break };
            let rest = line.split_off(at);
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// How wide a character is. In a drawing Chinese ones fill a square, also the quotation marks that terminals
/// take for narrow.
fn advance(c: char, measure: Measure) -> i32 {
    match (measure, columns_of(c)) {
        (_, 0) => 0,
        (Measure::Columns, 1) => 1,
        (Measure::Columns, _) => 2,
        (Measure::Type(size), _) if c.is_ascii_digit() => size * 3 / 5,
        (Measure::Type(size), _) if c.is_ascii() => size * 2 / 3,
        (Measure::Type(size), _) => size,
    }
}

/// Whether a line must not begin with a character.
fn closes(c: char) -> bool {
    "，。、；：？！）》”’」』…％%),.;:!?·".contains(c)
}

/// Whether a line must not end with a character.
fn opens(c: char) -> bool {
    "（《“‘「『(".contains(c)
}

/// The pieces of a text between which a line may be broken.
fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let word = |c: char| c.is_ascii() && c != ' ';
        let stays = before.is_none_or(|last| closes(c) || opens(last) || c == ' ' || word(last) && word(c));
        if !stays {
            units.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        units.push(&text[start..]);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    const FONT: i32 = 16;
    const TYPE: Measure = Measure::Type(FONT);

    #[test]
    fn lines_break_where_chinese_may() {
        assert_eq!(lines("一二三四，五六", 4 * FONT, TYPE), ["一二三", "四，五六"]);
        assert_eq!(lines("一二三（四）五", 4 * FONT, TYPE), ["一二三", "（四）五"]);
        assert_eq!(lines("要 12345 个", 3 * FONT + 4, TYPE), ["要", "12345", "个"]);
        assert_eq!(lines("", 100, TYPE), Vec::<String>::new());
    }

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "申请人委托他人办理的，带授权委托书和代理人的身份证；没有“委托书”的，现场填一份";
        let broken = lines(text, 14 * FONT, TYPE);
        assert!(broken.len() > 1);
        for line in &broken {
            assert!(width(line, TYPE) <= 14 * FONT && !line.starts_with(['，', '；']), "{line}");
        }
        assert_eq!(broken.concat(), text);
    }
}
