//! Visits (到现场次数): how often an applicant must come in person.

use std::fmt;

use super::text::{shortened, tidy_number, whole_number};
use super::{Value, ValueError, strict_or_suggest};

/// How many times the applicant must come in person (到现场次数), from 0 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Visits(u8);

impl Visits {
    /// The number of visits.
    pub fn count(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Visits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}次", self.0)
    }
}

impl Value for Visits {
    const FORMAT: &'static str = "visits";
    const TITLE: &'static str = "到现场次数";
    const ALLOWED: (&'static str, &'static str) = ("数字加 `次`：`0次`、`1次`", "a number and `次`: `0次`, `1次`");
    const EXAMPLES: &'static [&'static str] = &["0次", "1次"];
    const PATTERN: &'static str = r"(?:0|[1-9][0-9]?)次";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<Visits, ValueError> {
    let Some(number) = text.strip_suffix('次') else {
        return Err(error(text, "没有写 `次`", "does not end in `次`"));
    };
    match whole_number(number).map(u8::try_from) {
        Some(Ok(count)) if count <= 99 => Ok(Visits(count)),
        _ => Err(error(text, "的数字不是 0 到 99 的整数", "does not have a number from 0 to 99")),
    }
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Visits>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = tidy_number(text);
    let text = text.strip_prefix("最多跑").or(text.strip_prefix('跑')).unwrap_or(&text);
    if text.ends_with('次') { text.to_owned() } else { format!("{text}次") }
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Visits>(text), expected);
    }

    #[test]
    fn reads_visits() {
        check("2次", "= 2次");
        assert_eq!(Visits::parse("2次").map(Visits::count), Ok(2));
        check("1", "! `1` 没有写 `次` → 1次");
        check("１次", "! `１次` 的数字不是 0 到 99 的整数 → 1次");
        check("零次", "! `零次` 的数字不是 0 到 99 的整数 → 0次");
        check("最多跑一次", "! `最多跑一次` 的数字不是 0 到 99 的整数 → 1次");
        check("100次", "! `100次` 的数字不是 0 到 99 的整数");
        check("多次", "! `多次` 的数字不是 0 到 99 的整数");
    }
}
