//! The unified social credit code (统一社会信用代码) of an organ or organisation, GB 32100.

use std::fmt;

use super::text::{half_width, plain_dashes, shortened, without_spaces};
use super::{Value, ValueError, strict_or_suggest};

/// The characters of the code in the order of their values; I, O, S, V and Z are not used.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The length of the code.
pub(super) const LENGTH: usize = 18;

/// A unified social credit code (统一社会信用代码): 18 characters, the last a check character (GB 32100).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode(String);

impl CreditCode {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The check character that belongs to the first 17 characters (GB 32100).
    ///
    /// `None` if there are not exactly 17, or one is not of the alphabet.
    pub fn check_character(first: &str) -> Option<char> {
        if first.chars().count() != LENGTH - 1 {
            return None;
        }
        let (mut sum, mut weight) = (0, 1);
        for c in first.chars() {
            sum += ALPHABET.chars().position(|other| other == c)? * weight;
            weight = weight * 3 % 31;
        }
        ALPHABET.chars().nth((31 - sum % 31) % 31)
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for CreditCode {
    const FORMAT: &'static str = "credit-code";
    const TITLE: &'static str = "统一社会信用代码";
    const ALLOWED: (&'static str, &'static str) = (
        "18 位：2 位数字或大写字母（不用 I、O、S、V、Z）、6 位数字的区划码、10 位数字或大写字母，最后一位是校验码",
        "18 characters: 2 digits or capital letters (never I, O, S, V, Z), the 6 digits of the division, 10 digits or \
         capital letters, of which the last is a check character",
    );
    const EXAMPLES: &'static [&'static str] = &["11990000000001012U", "11450721MB15580811"];
    const PATTERN: &'static str = r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict::<Self>, tidy)
    }
}

/// Reads the 18 characters, with errors about a value of kind `T`.
pub(super) fn strict<T: Value>(text: &str) -> Result<CreditCode, ValueError> {
    let length = text.chars().count();
    if length != LENGTH {
        let text = shortened(text);
        return Err(ValueError::new::<T>(
            format!("`{text}` 有 {length} 位，应为 18 位"),
            format!("`{text}` has {length} characters instead of 18"),
        ));
    }
    for (at, c) in text.chars().enumerate() {
        let place = at + 1;
        let digit = (2..8).contains(&at);
        let fits = if digit { c.is_ascii_digit() } else { ALPHABET.contains(c) };
        if !fits {
            let c = shortened(&c.to_string());
            let (zh, en) = if digit { ("不是数字", "is not a digit") } else { ("不能用", "is not allowed") };
            return Err(ValueError::new::<T>(
                format!("信用代码第 {place} 位的 `{c}` {zh}"),
                format!("`{c}`, character {place} of the credit code, {en}"),
            ));
        }
    }
    let (first, last) = text.split_at(LENGTH - 1);
    match CreditCode::check_character(first) {
        Some(expected) if last == expected.to_string() => Ok(CreditCode(text.to_owned())),
        expected => {
            let expected = expected.unwrap_or('?');
            Err(ValueError::new::<T>(
                format!("`{text}` 的校验码不对：第 18 位是 `{last}`，按前 17 位应为 `{expected}`"),
                format!(
                    "`{text}` has a wrong check character: the last is `{last}`, the first 17 call for `{expected}`"
                ),
            ))
        }
    }
}

/// Half width, capitals, no spaces or hyphens; letters that the code never uses become the digits they look like.
pub(super) fn tidy(text: &str) -> String {
    plain_dashes(&without_spaces(&half_width(text)))
        .replace('-', "")
        .to_ascii_uppercase()
        .replace('O', "0")
        .replace('I', "1")
        .replace('Z', "2")
        .replace('S', "5")
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<CreditCode>(text), expected);
    }

    #[test]
    fn reads_codes() {
        for code in [
            "114507210081153718",
            "11450721MB15580811",
            "11440000MB2D0164XH",
            "11440100007482575H",
            "12441500196720244T",
        ] {
            check(code, &format!("= {code}"));
        }
    }

    #[test]
    fn tells_the_expected_check_character() {
        check("11990000000001012A", "! `11990000000001012A` 的校验码不对：第 18 位是 `A`，按前 17 位应为 `U`");
        assert_eq!(CreditCode::check_character("11990000000001012"), Some('U'));
        assert_eq!(CreditCode::check_character("1199000000000101"), None);
        assert_eq!(CreditCode::check_character("1199000000000101O"), None);
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("11450721mb15580811", "! 信用代码第 9 位的 `m` 不能用 → 11450721MB15580811");
        check("1145 0721 MB15 580811", "! `1145 0721 MB15 580811` 有 21 位，应为 18 位 → 11450721MB15580811");
        check("1199OOOO000001012U", "! 信用代码第 5 位的 `O` 不是数字 → 11990000000001012U");
        check("１1450721MB15580811", "! 信用代码第 1 位的 `１` 不能用 → 11450721MB15580811");
    }

    #[test]
    fn refuses_the_rest() {
        check("1199000000000101", "! `1199000000000101` 有 16 位，应为 18 位");
        check("1199A000000001012U", "! 信用代码第 5 位的 `A` 不是数字");
        check("V1990000000001012U", "! 信用代码第 1 位的 `V` 不能用");
    }
}
