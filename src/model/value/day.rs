//! Dates (日期), written `YYYY-MM-DD` and nothing else.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, date};

use super::text::{half_width, is_digits, plain_dashes, shortened, whole_number};
use super::{Value, ValueError, strict_or_suggest};

/// The years that are believed; anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// The serial numbers of a spreadsheet that fall in the years 1927 to 2091.
const SERIALS: std::ops::RangeInclusive<u32> = 10_000..=70_000;

/// A day of the calendar (日期), from 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The date.
    pub fn date(self) -> Date {
        self.0
    }

    /// The date as prose has it: `2026年3月5日`.
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl Value for Day {
    const FORMAT: &'static str = "date";
    const TITLE: &'static str = "日期";
    const ALLOWED: (&'static str, &'static str) =
        ("`年-月-日`，月和日各两位：`2026-03-05`", "`YYYY-MM-DD`, month and day with two digits: `2026-03-05`");
    const EXAMPLES: &'static [&'static str] = &["2026-03-05", "2024-02-29"];
    const PATTERN: &'static str = r"(?:19|20|21)[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<Day, ValueError> {
    let Some([year, month, day]) = parts(text, '-') else {
        return Err(explain(text));
    };
    if year.len() != 4 {
        return Err(error(text, "的年份应有四位", "should have a year of four digits"));
    }
    if month.len() != 2 || day.len() != 2 {
        return Err(error(text, "的月和日应各有两位", "should have a month and a day of two digits each"));
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>()) else {
        return Err(error(text, "不是日期", "is not a date"));
    };
    if !YEARS.contains(&year) {
        return Err(error(text, "的年份不在 1900 到 2199 之间", "has a year that is not from 1900 to 2199"));
    }
    if !(1..=12).contains(&month) {
        return Err(error(text, "没有这个月份", "has a month that does not exist"));
    }
    Date::new(year, month, day).map(Day).map_err(|_| error(text, "没有这一天", "is a day that does not exist"))
}

/// Three parts, each made of digits.
fn parts(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut parts = text.split(separator);
    let result = [parts.next()?, parts.next()?, parts.next()?];
    (parts.next().is_none() && result.iter().all(|part| is_digits(part))).then_some(result)
}

/// What a text that is not of the shape `1-2-3` seems to be.
fn explain(text: &str) -> ValueError {
    if let Some(day) = from_serial(text) {
        let (zh, en) = ("像电子表格的日期序号", "looks like the serial number of a date in a spreadsheet");
        return error(text, zh, en).suggesting(day.to_string());
    }
    let dashed = tidy(text);
    if parts(&dashed, '-').is_some() && Day::parse(&dashed).is_ok() {
        return error(text, "不是 `年-月-日` 的写法", "is not written `YYYY-MM-DD`");
    }
    let pieces: Vec<&str> = dashed.split('-').filter(|piece| !piece.is_empty()).collect();
    match pieces.as_slice() {
        [year, month] if year.len() == 4 && is_digits(year) && is_digits(month) => {
            error(text, "没有写哪一天", "does not say which day")
        }
        _ => error(text, "不是日期", "is not a date"),
    }
}

/// The date of a serial number of a spreadsheet: day 1 is 1900-01-01, and 1900 wrongly has a 29 February.
fn from_serial(text: &str) -> Option<Day> {
    let serial = match text.split_once('.') {
        Some((serial, time)) if is_digits(time) => serial,
        Some(_) => return None,
        None => text,
    };
    let days = whole_number(serial).filter(|serial| SERIALS.contains(serial))?;
    date(1899, 12, 30).checked_add(Span::new().try_days(days).ok()?).ok().map(Day)
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Day>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

/// `2026年3月5日`, `2026/3/5`, `20260305` and `2026-3-5 00:00:00` as `2026-03-05`.
fn tidy(text: &str) -> String {
    let text = plain_dashes(&half_width(text));
    let text = text.trim_end_matches('号').trim_end_matches('日');
    let text = text.replace(['年', '月', '/', '.'], "-");
    let date = match text.split_once([' ', 'T']) {
        Some((date, time)) if time.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') => date.to_owned(),
        _ => text.split_whitespace().collect(),
    };
    if date.len() == 8 && is_digits(&date) {
        return format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]);
    }
    match parts(&date, '-') {
        Some([year, month, day]) if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => date,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Day>(text), expected);
    }

    #[test]
    fn reads_days() {
        let day = Day::parse("2026-03-05").unwrap();
        assert_eq!((day.date(), day.chinese().as_str()), (date(2026, 3, 5), "2026年3月5日"));
    }

    #[test]
    fn tells_what_is_wrong() {
        check("2026-02-29", "! `2026-02-29` 没有这一天");
        check("2026-13-01", "! `2026-13-01` 没有这个月份");
        check("2026-00-01", "! `2026-00-01` 没有这个月份");
        check("2026-01-32", "! `2026-01-32` 没有这一天");
        check("0206-03-05", "! `0206-03-05` 的年份不在 1900 到 2199 之间");
        check("26-03-05", "! `26-03-05` 的年份应有四位");
        check("2026-03", "! `2026-03` 没有写哪一天");
        check("2026年3月", "! `2026年3月` 没有写哪一天");
        check("昨天", "! `昨天` 不是日期");
        check("3/5/2026", "! `3/5/2026` 不是日期");
        check("2026/2/30", "! `2026/2/30` 不是日期");
        check("99999999-99-99", "! `99999999-99-99` 的年份应有四位");
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("2026-3-5", "! `2026-3-5` 的月和日应各有两位 → 2026-03-05");
        for text in [
            "2026年3月5日",
            "2026年03月05日",
            "2026/3/5",
            "2026.3.5",
            "20260305",
            "2026–03–05",
            "２０２６-03-05",
            "2026 年 3 月 5 日",
            "2026-03-05 00:00:00",
            "2026-03-05T08:00:00Z",
        ] {
            check(text, &format!("! `{text}` 不是 `年-月-日` 的写法 → 2026-03-05"));
        }
    }

    #[test]
    fn knows_spreadsheet_serials() {
        check("45000", "! `45000` 像电子表格的日期序号 → 2023-03-15");
        check("46086.5", "! `46086.5` 像电子表格的日期序号 → 2026-03-05");
        check("2026", "! `2026` 不是日期");
        check("450000", "! `450000` 不是日期");
    }
}
