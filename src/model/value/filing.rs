//! The filing numbers in the footer of a government site (国办发〔2017〕47号): 网站标识码, ICP备案编号, 公安备案号.

use std::fmt;

use super::text::{half_width, is_digits, plain_dashes, shortened, without_spaces};
use super::{Value, ValueError, strict_or_suggest};

/// The abbreviations of the provinces (省份简称) that filing numbers begin with.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// The identification code of a government site (网站标识码): 10 digits, or `bm` and 8 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteCode(String);

/// The number of the ICP filing (ICP备案编号): `青ICP备00000000号`, perhaps with `-1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IcpNumber(String);

/// The 14 digits of the filing with the police (公安备案号), without the words around them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PoliceNumber(String);

macro_rules! text_of {
    ($kind:ident) => {
        impl $kind {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_of!(SiteCode);
text_of!(IcpNumber);
text_of!(PoliceNumber);

impl Value for SiteCode {
    const FORMAT: &'static str = "site-code";
    const TITLE: &'static str = "网站标识码";
    const ALLOWED: (&'static str, &'static str) = (
        "10 位数字 `1304000009`，或 `bm` 加 8 位数字 `bm64130001`",
        "10 digits `1304000009`, or `bm` and 8 digits `bm64130001`",
    );
    const EXAMPLES: &'static [&'static str] = &["9900000001", "bm64130001"];
    const PATTERN: &'static str = r"[0-9]{10}|bm[0-9]{8}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_site, |text| without_spaces(&half_width(text)).to_ascii_lowercase())
    }
}

fn strict_site(text: &str) -> Result<SiteCode, ValueError> {
    let (digits, expected) = match text.strip_prefix("bm") {
        Some(digits) => (digits, 8),
        None => (text, 10),
    };
    if !is_digits(digits) {
        return Err(error::<SiteCode>(text, "不是网站标识码", "is not a site code"));
    }
    if digits.len() != expected {
        let length = digits.len();
        let zh = format!("有 {length} 位数字，应为 {expected} 位");
        return Err(error::<SiteCode>(text, &zh, &format!("has {length} digits instead of {expected}")));
    }
    Ok(SiteCode(text.to_owned()))
}

impl Value for IcpNumber {
    const FORMAT: &'static str = "icp-number";
    const TITLE: &'static str = "ICP备案编号";
    const ALLOWED: (&'static str, &'static str) = (
        "省份简称、`ICP备`、8 位或 10 位数字、`号`：`青ICP备00000000号`，后面可有 `-1`",
        "a province's abbreviation, `ICP备`, 8 or 10 digits, `号`: `青ICP备00000000号`, perhaps followed by `-1`",
    );
    const EXAMPLES: &'static [&'static str] = &["青ICP备00000000号", "京ICP备2021000000号-1"];
    const PATTERN: &'static str = r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP备(?:[0-9]{8}|[0-9]{10})号(?:-[0-9]{1,4})?";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_icp, tidy_icp)
    }
}

fn strict_icp(text: &str) -> Result<IcpNumber, ValueError> {
    if !text.starts_with(|c| PROVINCES.contains(c)) {
        let zh = "没有以省份简称开头";
        return Err(error::<IcpNumber>(text, zh, "does not begin with a province's abbreviation"));
    }
    let body = text.trim_start_matches(|c| PROVINCES.contains(c));
    let one = text.chars().count() == body.chars().count() + 1;
    let Some(rest) = body.strip_prefix("ICP备").filter(|_| one) else {
        return Err(error::<IcpNumber>(text, "的省份简称后不是 `ICP备`", "does not have `ICP备` after the province"));
    };
    let Some((digits, suffix)) = rest.split_once('号') else {
        return Err(error::<IcpNumber>(text, "没有 `号`", "lacks `号`"));
    };
    if !is_digits(digits) || !matches!(digits.len(), 8 | 10) {
        let zh = "的编号不是 8 位或 10 位数字";
        return Err(error::<IcpNumber>(text, zh, "does not have a number of 8 or 10 digits"));
    }
    let serial = suffix.strip_prefix('-').filter(|serial| is_digits(serial) && serial.len() <= 4);
    if suffix.is_empty() || serial.is_some() {
        return Ok(IcpNumber(text.to_owned()));
    }
    Err(error::<IcpNumber>(
        text,
        "的 `号` 后面只能是 `-1` 这样的序号",
        "may have only a serial such as `-1` after `号`",
    ))
}

fn tidy_icp(text: &str) -> String {
    let text = plain_dashes(&without_spaces(&half_width(text))).to_ascii_uppercase();
    if text.contains('号') {
        return text;
    }
    match text.split_once('-') {
        Some((number, serial)) => format!("{number}号-{serial}"),
        None => text + "号",
    }
}

impl Value for PoliceNumber {
    const FORMAT: &'static str = "police-number";
    const TITLE: &'static str = "公安备案号";
    const ALLOWED: (&'static str, &'static str) =
        ("只写 14 位数字：`12010302000991`", "only the 14 digits: `12010302000991`");
    const EXAMPLES: &'static [&'static str] = &["99000000000000", "12010302000991"];
    const PATTERN: &'static str = r"[0-9]{14}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_police, tidy_police)
    }
}

fn strict_police(text: &str) -> Result<PoliceNumber, ValueError> {
    if !is_digits(text) {
        return Err(error::<PoliceNumber>(text, "不全是数字", "is not made of digits only"));
    }
    if text.len() != 14 {
        let length = text.len();
        let zh = format!("有 {length} 位，应为 14 位");
        return Err(error::<PoliceNumber>(text, &zh, &format!("has {length} digits instead of 14")));
    }
    Ok(PoliceNumber(text.to_owned()))
}

/// The digits of `津公网安备 12010302000991号`.
fn tidy_police(text: &str) -> String {
    let text = without_spaces(&half_width(text));
    let number = text.split_once("公网安备").map_or(text.as_str(), |(_, number)| number);
    number.trim_end_matches('号').to_owned()
}

fn error<T: Value>(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<T>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check<T: Value>(text: &str, expected: &str) {
        assert_eq!(outcome::<T>(text), expected);
    }

    #[test]
    fn reads_site_codes() {
        check::<SiteCode>("5101320017", "= 5101320017");
        check::<SiteCode>("BM64130001", "! `BM64130001` 不是网站标识码 → bm64130001");
        check::<SiteCode>("１304000009", "! `１304000009` 不是网站标识码 → 1304000009");
        check::<SiteCode>("120000005200", "! `120000005200` 有 12 位数字，应为 10 位");
        check::<SiteCode>("bm6413000", "! `bm6413000` 有 7 位数字，应为 8 位");
        check::<SiteCode>("N000000672", "! `N000000672` 不是网站标识码");
    }

    #[test]
    fn reads_icp_numbers() {
        check::<IcpNumber>("津ICP备05010518号", "= 津ICP备05010518号");
        check::<IcpNumber>("津icp备05010518号", "! `津icp备05010518号` 的省份简称后不是 `ICP备` → 津ICP备05010518号");
        check::<IcpNumber>("津ICP备05010518", "! `津ICP备05010518` 没有 `号` → 津ICP备05010518号");
        check::<IcpNumber>(
            "津ICP备 05010518号—1",
            "! `津ICP备 05010518号—1` 的编号不是 8 位或 10 位数字 → 津ICP备05010518号-1",
        );
        check::<IcpNumber>("津ICP备0501号", "! `津ICP备0501号` 的编号不是 8 位或 10 位数字");
        check::<IcpNumber>("津ICP证05010518号", "! `津ICP证05010518号` 的省份简称后不是 `ICP备`");
        check::<IcpNumber>("京津ICP备05010518号", "! `京津ICP备05010518号` 的省份简称后不是 `ICP备`");
        check::<IcpNumber>("ICP备05010518号", "! `ICP备05010518号` 没有以省份简称开头");
        check::<IcpNumber>("津ICP备05010518号x", "! `津ICP备05010518号x` 的 `号` 后面只能是 `-1` 这样的序号");
    }

    #[test]
    fn reads_police_numbers() {
        check::<PoliceNumber>(
            "津公网安备 12010302000991号",
            "! `津公网安备 12010302000991号` 不全是数字 → 12010302000991",
        );
        check::<PoliceNumber>("1201030200099", "! `1201030200099` 有 13 位，应为 14 位");
        check::<PoliceNumber>("暂无", "! `暂无` 不全是数字");
    }
}
