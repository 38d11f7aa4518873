//! Tidying and quoting of texts, shared by the kinds of value; knows no kind itself.

use super::chinese_number::parse_chinese_number;

/// How many characters of a text a message quotes.
const QUOTED: usize = 40;

/// The text as a message quotes it between backticks: short, on one line, without backticks of its own.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(QUOTED)
        .map(|c| match c {
            '`' => '\'',
            c if is_invisible(c) => '\u{fffd}',
            c => c,
        })
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        short.push('…');
    }
    short
}

/// Whether a character is a control, or a format character that hides or reorders its neighbours.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Full-width ASCII and the ideographic space in their half-width form.
pub(super) fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

fn half_width_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Hyphens, dashes and minus signs of every kind as `-`.
pub(super) fn plain_dashes(text: &str) -> String {
    text.replace(is_dash, "-")
}

/// Whether a character is a hyphen, dash or minus sign (`domain.md` §3.5).
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}')
}

/// The text without any white space or invisible character.
pub(super) fn without_spaces(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !is_invisible(c)).collect()
}

/// What most values are tidied by: half width, no spaces, Arabic numbers, no needless leading zeros.
pub(super) fn tidy_number(text: &str) -> String {
    without_leading_zeros(&arabic(&without_spaces(&half_width(text))))
}

/// Chinese numbers (`二十`, `两`) in the text as Arabic ones (`20`, `2`).
fn arabic(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if is_chinese_digit(c) => run.push(c),
            other => {
                push_arabic(&mut result, &run);
                run.clear();
                result.extend(other);
            }
        }
    }
    result
}

fn push_arabic(result: &mut String, run: &str) {
    let number = if run == "两" { Some(2) } else { parse_chinese_number(run) };
    match number {
        Some(number) => result.push_str(&number.to_string()),
        None => result.push_str(run),
    }
}

/// Whether a character can stand in a Chinese number.
pub(super) fn is_chinese_digit(c: char) -> bool {
    "零〇一二两三四五六七八九十百千".contains(c)
}

/// `05` as `5`, but `0.05`, `1,000` and `0` as they are.
fn without_leading_zeros(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let leads = c == '0' && !matches!(before, '.' | ',') && !before.is_ascii_digit();
        if leads && chars.peek().is_some_and(char::is_ascii_digit) {
            continue;
        }
        result.push(c);
        before = c;
    }
    result
}

/// Whether a text is made of ASCII digits only, and of at least one.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The longest run of ASCII digits at the start, and the rest.
pub(super) fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// A whole number of at most nine digits without leading zeros.
pub(super) fn whole_number(text: &str) -> Option<u32> {
    let tidy = is_digits(text) && text.len() <= 9 && (text == "0" || !text.starts_with('0'));
    if tidy { text.parse().ok() } else { None }
}

/// A decimal number times ten to the power `places`, if it is whole then; zeros at the end do not matter.
pub(super) fn decimal(text: &str, places: usize) -> Option<u64> {
    if !is_decimal(text) {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let missing = places.checked_sub(fraction.len())?;
    let scale = 10u64.checked_pow(u32::try_from(places).ok()?)?;
    let fraction: u64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let fraction = fraction.checked_mul(10u64.checked_pow(u32::try_from(missing).ok()?)?)?;
    whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(fraction)
}

/// Whether a text is written as a decimal number: digits, perhaps a point and more digits, no needless leading zero.
pub(super) fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    is_digits(whole) && is_digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// How many decimal places a decimal number needs.
pub(super) fn places_of(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len())
}

/// `value` divided by ten to the power `places`, written without zeros at the end.
pub(super) fn decimal_text(value: u64, places: usize) -> String {
    let digits = format!("{value:0width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_numbers() {
        let check = |text: &str, expected: &str| assert_eq!(tidy_number(text), expected);
        check("２０ 个\u{3000}工作日", "20个工作日");
        check("二十个工作日", "20个工作日");
        check("两个月", "2个月");
        check("005元", "5元");
        check("0.05%", "0.05%");
        check("00.50", "0.50");
        check("0次", "0次");
        check("1.005", "1.005");
        check("三四天", "三四天");
    }

    #[test]
    fn reads_decimals() {
        let check = |text: &str, places: usize, expected: Option<u64>| {
            assert_eq!(decimal(text, places), expected);
        };
        check("20", 2, Some(2000));
        check("20.00", 2, Some(2000));
        check("0.5", 2, Some(50));
        check("1.5", 6, Some(1_500_000));
        check("0.005", 2, None);
        check(".5", 2, None);
        check("5.", 2, None);
        check("1.2.3", 2, None);
        check("+5", 2, None);
        check("05", 2, None);
        check("999999999", 10, Some(9_999_999_990_000_000_000));
        check("1", 20, None);
    }

    #[test]
    fn writes_decimals() {
        let check = |value: u64, places: usize, expected: &str| {
            assert_eq!(decimal_text(value, places), expected);
        };
        check(2000, 2, "20");
        check(50, 2, "0.5");
        check(5, 2, "0.05");
        check(0, 4, "0");
        check(u64::MAX, 0, "18446744073709551615");
    }

    #[test]
    fn quotes_texts() {
        let check = |text: &str, expected: &str| assert_eq!(shortened(text), expected);
        check("20天", "20天");
        check("a`b\nc\u{202e}", "a'b\u{fffd}c\u{fffd}");
        check(&"长".repeat(41), &format!("{}…", "长".repeat(40)));
    }

    #[test]
    fn folds_dashes() {
        assert_eq!(plain_dashes("0777—6428820–1－2"), "0777-6428820-1-2");
    }
}
