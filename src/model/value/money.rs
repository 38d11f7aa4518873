//! Amounts of money (金额) and rates (费率), both kept exactly as integers.

use std::fmt;

use super::text::{decimal, decimal_text, half_width, is_decimal, places_of, shortened, tidy_number, without_spaces};
use super::{Value, ValueError, strict_or_suggest};

/// The units an amount is written in, with the decimal places down to the fen; the first wins a tie.
const UNITS: [(&str, usize); 3] = [("亿元", 10), ("万元", 6), ("元", 2)];

/// An amount in renminbi (金额), kept in fen (分).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(u64);

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// An amount of so many fen.
    pub fn from_fen(fen: u64) -> Self {
        Money(fen)
    }

    /// The amount in fen.
    pub fn fen(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Money {
    /// The shortest of `15000元` and `1.5万元`; the plain one if they are equally long.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shortest = format!("{}元", decimal_text(self.0, 2));
        for (unit, places) in UNITS {
            let text = format!("{}{unit}", decimal_text(self.0, places));
            if text.chars().count() < shortest.chars().count() {
                shortest = text;
            }
        }
        f.write_str(&shortest)
    }
}

impl Value for Money {
    const FORMAT: &'static str = "money";
    const TITLE: &'static str = "金额";
    const ALLOWED: (&'static str, &'static str) = (
        "数字加 `元`、`万元` 或 `亿元`，精确到分：`20元`、`0.5元`、`1.5万元`",
        "a number and `元`, `万元` (10,000 yuan) or `亿元` (100 million yuan), exact to the fen: `20元`, `0.5元`, `1.5万元`",
    );
    const EXAMPLES: &'static [&'static str] = &["20元", "0.5元", "1.5万元"];
    const PATTERN: &'static str =
        r"(?:0|[1-9][0-9]{0,17})(?:(?:\.[0-9]{1,2}0*)?元|(?:\.[0-9]{1,6}0*)?万元|(?:\.[0-9]{1,10}0*)?亿元)";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_money, tidy_money)
    }
}

fn strict_money(text: &str) -> Result<Money, ValueError> {
    let Some((number, places)) = UNITS.iter().find_map(|&(unit, places)| Some((text.strip_suffix(unit)?, places)))
    else {
        return Err(match text {
            "免费" | "不收费" | "无" => money_error(text, "不是金额", "is not an amount"),
            _ => money_error(text, "没有写 `元`", "does not end in `元`"),
        });
    };
    if let Some(fen) = decimal(number, places) {
        return Ok(Money(fen));
    }
    if number.is_empty() {
        return Err(money_error(text, "没有数字", "has no number"));
    }
    if !is_decimal(number) {
        let number = shortened(number);
        let en = format!("has `{number}` where a number should be");
        return Err(money_error(text, &format!("的 `{number}` 不是数"), &en));
    }
    if places_of(number) > places {
        return Err(money_error(text, "不是整分", "is not a whole number of fen"));
    }
    Err(money_error(text, "太大", "is too large"))
}

fn money_error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Money>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy_money(text: &str) -> String {
    let text = tidy_number(&text.replace('￥', "¥"));
    let text = text.strip_prefix(['¥', '￥']).or(text.strip_prefix("人民币")).unwrap_or(&text);
    let text = text.strip_suffix("圆").or(text.strip_suffix("块")).or(text.strip_suffix("元整")).unwrap_or(text);
    let grouped = text.trim_end_matches(['元', '万', '亿']).split('.').next().unwrap_or_default();
    let text = if is_grouped(grouped) { text.replace(',', "") } else { text.to_owned() };
    if text.ends_with('元') { text } else { text + "元" }
}

/// Whether the digits are grouped by commas in threes, as in `1,200,000`.
fn is_grouped(whole: &str) -> bool {
    whole.contains(',')
        && whole
            .split(',')
            .enumerate()
            .all(|(at, group)| super::text::is_digits(group) && (group.len() == 3 || (at == 0 && group.len() < 3)))
}

/// A rate (费率), kept in millionths, with the sign it was written with.
///
/// `3‰` and `0.3%` are the same number of millionths but different values, because each prints as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    millionths: u32,
    sign: RateSign,
}

/// The sign of a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateSign {
    /// `%`.
    PerCent,
    /// `‰`.
    PerMille,
}

impl RateSign {
    fn symbol(self) -> char {
        match self {
            RateSign::PerCent => '%',
            RateSign::PerMille => '‰',
        }
    }

    /// The decimal places down to a millionth.
    fn places(self) -> usize {
        match self {
            RateSign::PerCent => 4,
            RateSign::PerMille => 3,
        }
    }
}

impl Rate {
    /// The rate in millionths: 500 for `0.05%`; at most 1,000,000.
    pub fn millionths(self) -> u32 {
        self.millionths
    }

    /// The sign it is written with.
    pub fn sign(self) -> RateSign {
        self.sign
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = decimal_text(u64::from(self.millionths), self.sign.places());
        write!(f, "{number}{}", self.sign.symbol())
    }
}

impl Value for Rate {
    const FORMAT: &'static str = "rate";
    const TITLE: &'static str = "费率";
    const ALLOWED: (&'static str, &'static str) = (
        "数字加 `%` 或 `‰`，不超过 100%：`0.05%`、`3‰`、`5%`",
        "a number and `%` or `‰`, at most 100%: `0.05%`, `3‰`, `5%`",
    );
    const EXAMPLES: &'static [&'static str] = &["0.05%", "3‰", "5%"];
    const PATTERN: &'static str =
        r"(?:100(?:\.0+)?|[1-9]?[0-9](?:\.[0-9]{1,4}0*)?)%|(?:1000(?:\.0+)?|(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,3}0*)?)‰";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_rate, tidy_rate)
    }
}

fn strict_rate(text: &str) -> Result<Rate, ValueError> {
    let signs = [RateSign::PerCent, RateSign::PerMille];
    let Some((number, sign)) = signs.iter().find_map(|&sign| Some((text.strip_suffix(sign.symbol())?, sign))) else {
        return Err(rate_error(text, "没有写 `%` 或 `‰`", "does not end in `%` or `‰`"));
    };
    match decimal(number, sign.places()).map(u32::try_from) {
        Some(Ok(millionths)) if millionths <= 1_000_000 => Ok(Rate { millionths, sign }),
        Some(_) => Err(rate_error(text, "超过 100%", "is more than 100%")),
        None if is_decimal(number) && places_of(number) > sign.places() => {
            Err(rate_error(text, "太细，最多到百万分之一", "is finer than one millionth"))
        }
        None if is_decimal(number) => Err(rate_error(text, "超过 100%", "is more than 100%")),
        None => Err(rate_error(text, "不是费率", "is not a rate")),
    }
}

fn rate_error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Rate>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy_rate(text: &str) -> String {
    let text = without_spaces(&half_width(text));
    for (words, sign, shift) in [("百分之", '%', 0), ("千分之", '‰', 0), ("万分之", '‰', 1)] {
        if let Some(number) = text.strip_prefix(words)
            && let Some(scaled) = decimal(&tidy_number(number), 6)
        {
            return format!("{}{sign}", decimal_text(scaled, 6 + shift));
        }
    }
    tidy_number(&text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Money>(text), expected);
    }

    fn check_rate(text: &str, expected: &str) {
        assert_eq!(outcome::<Rate>(text), expected);
    }

    #[test]
    fn reads_amounts() {
        check("20.00元", "= 20元");
        check("15000元", "= 1.5万元");
        check("12345元", "= 12345元");
        check("12500元", "= 12500元");
        check("10000万元", "= 1亿元");
        check("0.000001万元", "= 0.01元");
        check("0元", "= 0元");
        assert_eq!(Money::parse("0.5元").map(Money::fen), Ok(50));
        assert_eq!(Money::parse("1.5万元").map(Money::fen), Ok(1_500_000));
    }

    #[test]
    fn suggests_amounts() {
        check("２０元", "! `２０元` 的 `２０` 不是数 → 20元");
        check("20", "! `20` 没有写 `元` → 20元");
        check("￥20", "! `￥20` 没有写 `元` → 20元");
        check("1,200元", "! `1,200元` 的 `1,200` 不是数 → 1200元");
        check("1，200，000.50元", "! `1，200，000.50元` 的 `1，200，000.50` 不是数 → 1200000.5元");
        check("二十元", "! `二十元` 的 `二十` 不是数 → 20元");
        check("20元整", "! `20元整` 没有写 `元` → 20元");
    }

    #[test]
    fn refuses_what_is_no_amount() {
        check("免费", "! `免费` 不是金额");
        check("0.005元", "! `0.005元` 不是整分");
        check("1,20元", "! `1,20元` 的 `1,20` 不是数");
        check("-5元", "! `-5元` 的 `-5` 不是数");
        check("元", "! `元` 没有数字");
        check("99999999999999999999元", "! `99999999999999999999元` 太大");
    }

    #[test]
    fn every_unit_prints_shortest_and_comes_back() {
        for fen in [0, 1, 100, 99_999, 1_000_000, 1_234_500_000, 10_000_000_000, 9_999_999_999_999, u64::MAX] {
            let text = Money::from_fen(fen).to_string();
            assert_eq!(Money::parse(&text), Ok(Money::from_fen(fen)), "{text}");
        }
    }

    #[test]
    fn reads_rates() {
        check_rate("5.0%", "= 5%");
        check_rate("100%", "= 100%");
        check_rate("0.5‰", "= 0.5‰");
        assert_eq!(Rate::parse("0.05%").map(Rate::millionths), Ok(500));
        assert_eq!(Rate::parse("3‰").map(Rate::millionths), Ok(3000));
        assert_eq!(Rate::parse("3‰").map(Rate::sign), Ok(RateSign::PerMille));
    }

    #[test]
    fn suggests_rates() {
        check_rate("５％", "! `５％` 没有写 `%` 或 `‰` → 5%");
        check_rate("百分之五", "! `百分之五` 没有写 `%` 或 `‰` → 5%");
        check_rate("千分之三", "! `千分之三` 没有写 `%` 或 `‰` → 3‰");
        check_rate("万分之五", "! `万分之五` 没有写 `%` 或 `‰` → 0.5‰");
    }

    #[test]
    fn refuses_what_is_no_rate() {
        check_rate("0.05", "! `0.05` 没有写 `%` 或 `‰`");
        check_rate("101%", "! `101%` 超过 100%");
        check_rate("0.00001%", "! `0.00001%` 太细，最多到百万分之一");
        check_rate("很低%", "! `很低%` 不是费率");
    }
}
