//! Periods (期间): how long a result is valid or how often a guide is reviewed; unlike a time limit it never counts working days.

use std::fmt;

use jiff::Span;
use jiff::civil::Date;

use super::text::{shortened, split_digits, tidy_number, whole_number};
use super::{Value, ValueError, strict_or_suggest};

/// A stretch of calendar time (期间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// So many days, from 1 to 9999.
    Days(u16),
    /// So many months, from 1 to 9999.
    Months(u16),
    /// So many years, from 1 to 9999.
    Years(u16),
    /// 长期: without an end.
    Forever,
}

impl Period {
    /// The day on which the period that starts at `start` ends.
    ///
    /// A month or year ends on the corresponding day or, if there is none, the last day of the month (民法典 art. 202).
    /// `None` for 长期, and beyond the year 9999.
    pub fn end(self, start: Date) -> Option<Date> {
        let span = match self {
            Period::Days(number) => Span::new().try_days(number),
            Period::Months(number) => Span::new().try_months(number),
            Period::Years(number) => Span::new().try_years(number),
            Period::Forever => return None,
        };
        start.checked_add(span.ok()?).ok()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Days(number) => write!(f, "{number}日"),
            Period::Months(number) => write!(f, "{number}个月"),
            Period::Years(number) => write!(f, "{number}年"),
            Period::Forever => f.write_str("长期"),
        }
    }
}

impl Value for Period {
    const FORMAT: &'static str = "period";
    const TITLE: &'static str = "期间";
    const ALLOWED: (&'static str, &'static str) = (
        "`长期`，或数字加单位：`12个月`、`5年`、`30日`",
        "`长期` (no end), or a number and a unit: `12个月` (months), `5年` (years), `30日` (days)",
    );
    const EXAMPLES: &'static [&'static str] = &["12个月", "5年", "30日", "长期"];
    const PATTERN: &'static str = r"长期|[1-9][0-9]{0,3}(?:日|天|个月|年)";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<Period, ValueError> {
    if text == "长期" {
        return Ok(Period::Forever);
    }
    let (digits, unit) = split_digits(text);
    if digits.is_empty() {
        return Err(error(text, "不是期间", "is not a period"));
    }
    let period = match unit {
        "日" | "天" => Period::Days,
        "个月" => Period::Months,
        "年" => Period::Years,
        "" => return Err(error(text, "没有单位", "has no unit")),
        _ => {
            let unit = shortened(unit);
            return Err(error(text, &format!("的单位 `{unit}` 不能用"), &format!("has an unknown unit `{unit}`")));
        }
    };
    match whole_number(digits).map(u16::try_from) {
        Some(Ok(number)) if (1..=9999).contains(&number) => Ok(period(number)),
        _ => Err(error(text, "的数字不是 1 到 9999 的整数", "does not have a number from 1 to 9999")),
    }
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Period>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = tidy_number(text);
    match text.as_str() {
        "长期有效" | "永久" | "永久有效" | "无固定期限" => return "长期".to_owned(),
        _ => {}
    }
    match split_digits(&text) {
        (digits, "月") => format!("{digits}个月"),
        (digits, "周年" | "整年" | "个年") => format!("{digits}年"),
        (digits, "个自然日" | "自然日") => format!("{digits}日"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Period>(text), expected);
    }

    #[test]
    fn reads_periods() {
        check("30天", "= 30日");
        check("12月", "! `12月` 的单位 `月` 不能用 → 12个月");
        check("五年", "! `五年` 不是期间 → 5年");
        check("长期有效", "! `长期有效` 不是期间 → 长期");
        check("５年", "! `５年` 不是期间 → 5年");
        check("5", "! `5` 没有单位");
        check("0年", "! `0年` 的数字不是 1 到 9999 的整数");
        check("20个工作日", "! `20个工作日` 的单位 `个工作日` 不能用");
    }

    #[test]
    fn ends() {
        let end = |text: &str, start: Date| Period::parse(text).unwrap().end(start);
        assert_eq!(end("12个月", date(2026, 10, 8)), Some(date(2027, 10, 8)));
        assert_eq!(end("1个月", date(2026, 1, 31)), Some(date(2026, 2, 28)));
        assert_eq!(end("1年", date(2024, 2, 29)), Some(date(2025, 2, 28)));
        assert_eq!(end("30日", date(2026, 1, 31)), Some(date(2026, 3, 2)));
        assert_eq!(end("长期", date(2026, 1, 31)), None);
        assert_eq!(end("9999年", date(2026, 1, 31)), None);
    }
}
