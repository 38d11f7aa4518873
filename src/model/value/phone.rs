//! Telephone numbers (电话): `0600-8801001`, `12345`, `400-123-4567`.

use std::fmt;

use super::text::{half_width, is_digits, plain_dashes, shortened, without_spaces};
use super::{Value, ValueError, strict_or_suggest};

/// A telephone number (电话), in the form 区号-号码 for landlines (`domain.md` §3.5).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    text: String,
    kind: PhoneKind,
}

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhoneKind {
    /// 固定电话: with area code and perhaps an extension.
    Landline,
    /// 热线: a short number such as 12345 or 110.
    Hotline,
    /// 400 or 800 number.
    Service,
    /// 手机: an office should give an office line instead.
    Mobile,
}

impl Phone {
    /// The number as it is printed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What kind of number it is.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The address of a link that dials: `tel:+86-600-8801001`, `tel:12345`, `tel:4001234567`.
    ///
    /// An extension is a parameter of RFC 3966: `;ext=12`.
    pub fn href(&self) -> String {
        match self.kind {
            PhoneKind::Landline => {
                let number = self.text.strip_prefix('0').unwrap_or(&self.text);
                let mut parts = number.splitn(3, '-');
                let (area, local) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                let extension = parts.next().map(|extension| format!(";ext={extension}")).unwrap_or_default();
                format!("tel:+86-{area}-{local}{extension}")
            }
            PhoneKind::Hotline => match self.text.split_once('-') {
                Some((hotline, keys)) => format!("tel:{hotline};ext={keys}"),
                None => format!("tel:{}", self.text),
            },
            PhoneKind::Service => format!("tel:{}", self.text.replace('-', "")),
            PhoneKind::Mobile => format!("tel:+86-{}", self.text),
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Value for Phone {
    const FORMAT: &'static str = "phone";
    const TITLE: &'static str = "电话";
    const ALLOWED: (&'static str, &'static str) = (
        "`区号-号码`：`0600-8801001`、`010-62880000-12`（分机）；热线 `12345`、`020-12345`、`12333-9-0`（按键）；`400-123-4567`；手机 `13800138000`",
        "area code and number `0600-8801001`, with an extension `010-62880000-12`, a hotline `12345`, \
         `020-12345` or `12333-9-0` (with keys to press), \
         `400-123-4567`, or a mobile number `13800138000`",
    );
    const EXAMPLES: &'static [&'static str] =
        &["0600-8801001", "010-62880000-12", "12345", "110", "400-123-4567", "13800138000"];
    const PATTERN: &'static str = r"(?:(?:010|02[0-9])-[2-8][0-9]{7}|0[3-9][0-9]{2}-[2-8][0-9]{6,7})(?:-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}|1[0-9]{4}|110|119|120|122|9[56][0-9]{3,4}|1[3-9][0-9]{9}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<Phone, ValueError> {
    if is_landline(text) {
        return Ok(Phone { text: text.to_owned(), kind: PhoneKind::Landline });
    }
    if let Some(text) = service(text) {
        return Ok(Phone { text, kind: PhoneKind::Service });
    }
    if is_hotline(text) {
        return Ok(Phone { text: text.to_owned(), kind: PhoneKind::Hotline });
    }
    if is_mobile(text) {
        return Ok(Phone { text: text.to_owned(), kind: PhoneKind::Mobile });
    }
    Err(explain(text))
}

/// `^0\d{2,3}-(?:[2-8]\d{6,7}|hotline)` and extensions; area codes of three digits are 010 and 02x and go with eight
/// digits. A hotline with an area code is that of another place than the caller's: `020-12345`.
fn is_landline(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(area), Some(local)) = (parts.next(), parts.next()) else { return false };
    let lengths = match area.as_bytes() {
        [b'0', b'1', b'0'] | [b'0', b'2', _] => [8, 8],
        [b'0', b'3'..=b'9', _, _] => [7, 8],
        _ => return false,
    };
    let starts = local.starts_with(|c: char| ('2'..='8').contains(&c));
    let whole = is_digits(local) && starts && lengths.contains(&local.len());
    let hotline = local.len() >= 5 && is_short_number(local);
    is_digits(area) && (whole || hotline) && are_extensions(parts)
}

/// An extension, or the keys that a hotline asks for one after another: `-2-4`.
fn are_extensions<'t>(parts: impl Iterator<Item = &'t str>) -> bool {
    let parts: Vec<&str> = parts.collect();
    parts.len() <= 3 && parts.iter().all(|part| is_digits(part) && part.len() <= 6)
}

/// A 400 or 800 number, `^[48]00-?\d{3}-?\d{4}$`, with its hyphens.
fn service(text: &str) -> Option<String> {
    let digits = text.replace('-', "");
    if !is_digits(&digits) || digits.len() != 10 || !(digits.starts_with("400") || digits.starts_with("800")) {
        return None;
    }
    let canonical = format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]);
    let shapes = [
        digits.clone(),
        canonical.clone(),
        canonical.replacen('-', "", 1),
        format!("{}-{}", &digits[..3], &digits[3..]),
    ];
    shapes.iter().any(|shape| shape == text).then_some(canonical)
}

/// A short number, perhaps with the keys to press: `12333-9-0`.
fn is_hotline(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(is_short_number) && are_extensions(parts)
}

/// `^(?:1\d{4}|110|119|120|122|95\d{3,4}|96\d{3,4})$`.
fn is_short_number(text: &str) -> bool {
    if !is_digits(text) {
        return false;
    }
    match text.len() {
        3 => ["110", "119", "120", "122"].contains(&text),
        5 => text.starts_with('1') || text.starts_with("95") || text.starts_with("96"),
        6 => text.starts_with("95") || text.starts_with("96"),
        _ => false,
    }
}

/// `^1[3-9]\d{9}$`.
fn is_mobile(text: &str) -> bool {
    let second = matches!(text.as_bytes(), [b'1', b'3'..=b'9', ..]);
    second && text.len() == 11 && is_digits(text)
}

fn explain(text: &str) -> ValueError {
    let several = text.contains(['、', '/', '，', ',', ';', '；', '或']);
    if several {
        return error(text, "里不止一个号码，一项写一个", "holds more than one number; write one an entry");
    }
    if is_digits(text) {
        let length = text.len();
        let second = matches!(text.as_bytes(), [b'1', b'3'..=b'9', ..]);
        return match length {
            7 | 8 => error(text, "没有区号", "has no area code"),
            10..=12 if text.starts_with('0') => {
                error(text, "的区号和号码之间没有 `-`", "has no `-` between area code and number")
            }
            9..=13 if second => error(
                text,
                &format!("像手机号，但有 {length} 位，应为 11 位"),
                &format!("looks like a mobile number but has {length} digits instead of 11"),
            ),
            _ => error(text, "不是电话号码", "is not a telephone number"),
        };
    }
    let odd = text.chars().find(|c| !c.is_ascii_digit() && *c != '-');
    match odd {
        Some(odd) => {
            let odd = shortened(&odd.to_string());
            error(
                text,
                &format!("里有 `{odd}`，电话只用数字和 `-`"),
                &format!("contains `{odd}`; a telephone number has only digits and `-`"),
            )
        }
        None => error(text, "不是电话号码", "is not a telephone number"),
    }
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Phone>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = plain_dashes(&without_spaces(&half_width(text))).replace("转", "-").replace('(', "").replace(')', "-");
    let text = text.replace("--", "-");
    let (country, text) = match text.strip_prefix("+86").or(text.strip_prefix("0086")) {
        Some(rest) => (true, rest.trim_start_matches('-')),
        None => (false, text.as_str()),
    };
    let joined = text.replace('-', "");
    if is_mobile(&joined) {
        return joined;
    }
    if let Some(service) = service(&joined) {
        return service;
    }
    let text = if country && !text.starts_with('0') { format!("0{text}") } else { text.to_owned() };
    if !is_digits(&text) || !text.starts_with('0') {
        return text;
    }
    let area = if text.starts_with("010") || text.starts_with("02") { 3 } else { 4 };
    match text.split_at_checked(area) {
        Some((area, local)) => format!("{area}-{local}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Phone>(text), expected);
    }

    #[test]
    fn reads_numbers() {
        check("0600-88010011", "= 0600-88010011");
        check("021-62880000", "= 021-62880000");
        check("4001234567", "= 400-123-4567");
        check("800-1234567", "= 800-123-4567");
        check("95588", "= 95588");
        check("968888", "= 968888");
        check("020-12345", "= 020-12345");
        check("020-12366-2-4", "= 020-12366-2-4");
        check("12333-9-0", "= 12333-9-0");
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("0777—6428820", "! `0777—6428820` 里有 `—`，电话只用数字和 `-` → 0777-6428820");
        check("0777–6428820", "! `0777–6428820` 里有 `–`，电话只用数字和 `-` → 0777-6428820");
        check("０７７７-6428820", "! `０７７７-6428820` 里有 `０`，电话只用数字和 `-` → 0777-6428820");
        check("(0777)6428820", "! `(0777)6428820` 里有 `(`，电话只用数字和 `-` → 0777-6428820");
        check("（0777）6428820", "! `（0777）6428820` 里有 `（`，电话只用数字和 `-` → 0777-6428820");
        check("0777 6428820", "! `0777 6428820` 里有 ` `，电话只用数字和 `-` → 0777-6428820");
        check("07776428820", "! `07776428820` 的区号和号码之间没有 `-` → 0777-6428820");
        check("01062880000", "! `01062880000` 的区号和号码之间没有 `-` → 010-62880000");
        check("+86-777-6428820", "! `+86-777-6428820` 里有 `+`，电话只用数字和 `-` → 0777-6428820");
        check("0777-6428820转12", "! `0777-6428820转12` 里有 `转`，电话只用数字和 `-` → 0777-6428820-12");
        check("138-0013-8000", "! `138-0013-8000` 不是电话号码 → 13800138000");
    }

    #[test]
    fn refuses_the_rest() {
        check("6428820", "! `6428820` 没有区号");
        check("0777-6428820、6428821", "! `0777-6428820、6428821` 里不止一个号码，一项写一个");
        check("1380013800", "! `1380013800` 像手机号，但有 10 位，应为 11 位");
        check("0777-1428820", "! `0777-1428820` 不是电话号码");
        check("010-6288000", "! `010-6288000` 不是电话号码");
        check("057-76428820", "! `057-76428820` 不是电话号码");
        check("0777-6428820-", "! `0777-6428820-` 不是电话号码");
        check("无", "! `无` 里有 `无`，电话只用数字和 `-`");
        check("111", "! `111` 不是电话号码");
        check("020-110", "! `020-110` 不是电话号码");
        check("12333-9-", "! `12333-9-` 不是电话号码");
        check("020-12366-1-2-3-4", "! `020-12366-1-2-3-4` 不是电话号码");
    }

    #[test]
    fn links() {
        let check = |text: &str, kind: PhoneKind, href: &str| {
            let phone = Phone::parse(text).unwrap();
            assert_eq!((phone.kind(), phone.href().as_str()), (kind, href));
        };
        check("0600-8801001", PhoneKind::Landline, "tel:+86-600-8801001");
        check("010-62880000-12", PhoneKind::Landline, "tel:+86-10-62880000;ext=12");
        check("12345", PhoneKind::Hotline, "tel:12345");
        check("020-12366-2", PhoneKind::Landline, "tel:+86-20-12366;ext=2");
        check("12333-9-0", PhoneKind::Hotline, "tel:12333;ext=9-0");
        check("400-123-4567", PhoneKind::Service, "tel:4001234567");
        check("13800138000", PhoneKind::Mobile, "tel:+86-13800138000");
    }
}
