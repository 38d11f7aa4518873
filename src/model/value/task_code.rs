//! The codes of an item: 实施编码 (31), 业务办理项编码 (33) and 基本编码 (12), GB/T 39554.1-2020 (`domain.md` §1.4).
//!
//! Older and local codes (24 or 10 characters, or with hyphens) are not read here; they are free text elsewhere.

use std::fmt;

use super::credit_code::{self, CreditCode};
use super::text::{half_width, is_digits, plain_dashes, shortened, without_spaces};
use super::{Value, ValueError, strict_or_suggest};

const AUTHORITY: usize = credit_code::LENGTH;
const BASE: usize = 12;
const TASK: usize = AUTHORITY + 1 + BASE;
const HANDLE_ITEM: usize = TASK + 2;

/// The national base code of an item (基本编码): 12 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseCode(String);

impl BaseCode {
    /// The 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Division or level (区划/层级), 2 digits: `00` for the national catalogue, otherwise the province, such as `45`.
    pub fn region(&self) -> &str {
        &self.0[..2]
    }

    /// The code of the kind of item (事项类型), 2 digits: `01` 行政许可 … `20` 公共服务事项 (GB/T 39046-2020 annex A).
    pub fn kind(&self) -> &str {
        &self.0[2..4]
    }

    /// The code of the department (部门代码), 2 digits.
    pub fn dept(&self) -> &str {
        &self.0[4..6]
    }

    /// The number of the main item (主项), 3 digits.
    pub fn main(&self) -> &str {
        &self.0[6..9]
    }

    /// The number of the sub-item (子项), 3 digits; `000` if there is none.
    pub fn sub(&self) -> &str {
        &self.0[9..]
    }
}

/// The code of an item at one authority (实施编码): credit code (18), level (1), base code (12). It has no check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskCode {
    text: String,
    authority: CreditCode,
    level: u8,
    base: BaseCode,
}

impl TaskCode {
    /// The 31 characters.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The credit code of the authority (实施主体), the first 18 characters.
    pub fn authority(&self) -> CreditCode {
        self.authority.clone()
    }

    /// The level of government (行使层级), character 19: 1 国家级, 2 省级, 3 市级, 4 县级, 5 乡级, 6 村级, 7 分级管理.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The base code (基本编码) as text, characters 20 to 31.
    pub fn base(&self) -> &str {
        self.base.as_str()
    }

    /// The base code (基本编码) as a value.
    pub fn base_code(&self) -> &BaseCode {
        &self.base
    }

    /// See [`BaseCode::region`].
    pub fn region(&self) -> &str {
        self.base.region()
    }

    /// See [`BaseCode::kind`].
    pub fn kind(&self) -> &str {
        self.base.kind()
    }

    /// See [`BaseCode::dept`].
    pub fn dept(&self) -> &str {
        self.base.dept()
    }

    /// See [`BaseCode::main`].
    pub fn main(&self) -> &str {
        self.base.main()
    }

    /// See [`BaseCode::sub`].
    pub fn sub(&self) -> &str {
        self.base.sub()
    }
}

/// The code of one way of handling an item (业务办理项编码): 实施编码 (31) and 2 digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandleItemCode {
    task: TaskCode,
    serial: String,
}

impl HandleItemCode {
    /// The 实施编码 it belongs to.
    pub fn task(&self) -> &TaskCode {
        &self.task
    }

    /// The serial number (流水), 2 digits.
    pub fn serial(&self) -> &str {
        &self.serial
    }
}

impl fmt::Display for BaseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for TaskCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for HandleItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.task, self.serial)
    }
}

impl Value for BaseCode {
    const FORMAT: &'static str = "base-code";
    const TITLE: &'static str = "基本编码";
    const ALLOWED: (&'static str, &'static str) = (
        "12 位数字：区划 2 位、事项类型 2 位、部门 2 位、主项 3 位、子项 3 位",
        "12 digits: 2 for the division, 2 for the kind of item, 2 for the department, 3 for the main item, 3 for the sub-item",
    );
    const EXAMPLES: &'static [&'static str] = &["000131023000", "452004020000"];
    const PATTERN: &'static str = r"[0-9]{12}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, |text| strict_base::<Self>(text, 1), tidy)
    }
}

impl Value for TaskCode {
    const FORMAT: &'static str = "task-code";
    const TITLE: &'static str = "实施编码";
    const ALLOWED: (&'static str, &'static str) = (
        "31 位：实施主体的统一社会信用代码 18 位、行使层级 1 位（1 至 7）、基本编码 12 位数字",
        "31 characters: the authority's credit code (18), the level (1, from 1 to 7), the base code (12 digits)",
    );
    const EXAMPLES: &'static [&'static str] = &["11990000000001012U3000131023000", "11450721MB155808114000104002000"];
    const PATTERN: &'static str = r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}[1-7][0-9]{12}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_task::<Self>, tidy)
    }
}

impl Value for HandleItemCode {
    const FORMAT: &'static str = "handle-item-code";
    const TITLE: &'static str = "业务办理项编码";
    const ALLOWED: (&'static str, &'static str) =
        ("33 位：实施编码 31 位、流水号 2 位数字", "33 characters: the task code (31) and a serial number (2 digits)");
    const EXAMPLES: &'static [&'static str] = &["11990000000001012U300013102300001"];
    const PATTERN: &'static str = r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}[1-7][0-9]{14}";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict_handle_item, tidy)
    }
}

/// Reads 12 digits of which the first is character `first` of the whole text.
fn strict_base<T: Value>(text: &str, first: usize) -> Result<BaseCode, ValueError> {
    check_length::<T>(text, BASE)?;
    check_digits::<T>(text, first, "基本编码", "the base code")?;
    Ok(BaseCode(text.to_owned()))
}

fn strict_task<T: Value>(text: &str) -> Result<TaskCode, ValueError> {
    check_length::<T>(text, TASK)?;
    let (authority, rest) = split_chars(text, AUTHORITY);
    let authority = credit_code::strict::<T>(authority)?;
    let (level_text, base) = split_chars(rest, 1);
    let level = match level_text.parse() {
        Ok(level @ 1..=7) => level,
        _ => {
            let level = shortened(level_text);
            return Err(ValueError::new::<T>(
                format!("第 19 位行使层级是 `{level}`，应为 1 至 7"),
                format!("`{level}`, character 19, is not a level from 1 to 7"),
            ));
        }
    };
    let base = strict_base::<T>(base, AUTHORITY + 2)?;
    Ok(TaskCode { text: text.to_owned(), authority, level, base })
}

fn strict_handle_item(text: &str) -> Result<HandleItemCode, ValueError> {
    check_length::<HandleItemCode>(text, HANDLE_ITEM)?;
    let (task, serial) = split_chars(text, TASK);
    let task = strict_task::<HandleItemCode>(task)?;
    check_digits::<HandleItemCode>(serial, TASK + 1, "流水号", "the serial number")?;
    Ok(HandleItemCode { task, serial: serial.to_owned() })
}

/// Splits after `count` characters; the text is known to have as many.
fn split_chars(text: &str, count: usize) -> (&str, &str) {
    let at = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}

fn check_length<T: Value>(text: &str, expected: usize) -> Result<(), ValueError> {
    let length = text.chars().count();
    if length == expected {
        return Ok(());
    }
    let (zh, en) = match length {
        BASE => ("，像基本编码", ", like a base code (`基本编码`)"),
        AUTHORITY => ("，像统一社会信用代码", ", like a credit code (`统一社会信用代码`)"),
        TASK => ("，像实施编码", ", like a task code (`实施编码`)"),
        HANDLE_ITEM => ("，像业务办理项编码", ", like a handle item code (`业务办理项编码`)"),
        10 | 24 => ("，像旧编码，旧编码写在地方编码里", ", like a code of the older scheme, which is a local code"),
        _ => ("", ""),
    };
    let text = shortened(text);
    Err(ValueError::new::<T>(
        format!("`{text}` 有 {length} 位，应为 {expected} 位{zh}"),
        format!("`{text}` has {length} characters instead of {expected}{en}"),
    ))
}

fn check_digits<T: Value>(text: &str, first: usize, part_zh: &str, part_en: &str) -> Result<(), ValueError> {
    if is_digits(text) {
        return Ok(());
    }
    let odd = text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit());
    let (place, odd) = odd.map_or((first, ' '), |(at, c)| (first + at, c));
    let odd = shortened(&odd.to_string());
    Err(ValueError::new::<T>(
        format!("第 {place} 位的 `{odd}` 不是数字，它在{part_zh}里"),
        format!("`{odd}`, character {place}, is not a digit; it is part of {part_en}"),
    ))
}

/// Half width, capitals, no spaces or hyphens.
fn tidy(text: &str) -> String {
    plain_dashes(&without_spaces(&half_width(text))).replace('-', "").to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<TaskCode>(text), expected);
    }

    fn check_handle_item(text: &str, expected: &str) {
        assert_eq!(outcome::<HandleItemCode>(text), expected);
    }

    fn check_base(text: &str, expected: &str) {
        assert_eq!(outcome::<BaseCode>(text), expected);
    }

    #[test]
    fn reads_real_codes() {
        let check = |text: &str, authority: &str, level: u8, parts: [&str; 5]| {
            let code = TaskCode::parse(text).unwrap();
            assert_eq!(code.authority().as_str(), authority);
            assert_eq!(code.level(), level);
            assert_eq!([code.region(), code.kind(), code.dept(), code.main(), code.sub()], parts);
            assert_eq!(code.base(), parts.concat());
            assert_eq!(code.base_code().as_str(), code.base());
            assert_eq!(code.as_str(), text);
        };
        check("1145072100811537184452004020000", "114507210081153718", 4, ["45", "20", "04", "020", "000"]);
        check("11450721MB155808114000104002000", "11450721MB15580811", 4, ["00", "01", "04", "002", "000"]);
        check("11440000MB2D0164XH2440289876000", "11440000MB2D0164XH", 2, ["44", "02", "89", "876", "000"]);
        check("11440100007482575H3440118009000", "11440100007482575H", 3, ["44", "01", "18", "009", "000"]);
        check("12441500196720244T3442199806003", "12441500196720244T", 3, ["44", "21", "99", "806", "003"]);
        check("11990000000001012U3000131023000", "11990000000001012U", 3, ["00", "01", "31", "023", "000"]);
    }

    #[test]
    fn tells_which_part_is_wrong() {
        check("11990000000001012U300013102300", "! `11990000000001012U300013102300` 有 30 位，应为 31 位");
        check("11990000000001012U", "! `11990000000001012U` 有 18 位，应为 31 位，像统一社会信用代码");
        check(
            "11990000000001012U300013102300001",
            "! `11990000000001012U300013102300001` 有 33 位，应为 31 位，像业务办理项编码",
        );
        check(
            "11990000000001012A3000131023000",
            "! `11990000000001012A` 的校验码不对：第 18 位是 `A`，按前 17 位应为 `U`",
        );
        check("11990000000001012U8000131023000", "! 第 19 位行使层级是 `8`，应为 1 至 7");
        check("11990000000001012U30001310X3000", "! 第 27 位的 `X` 不是数字，它在基本编码里");
        check("XK01234001", "! `XK01234001` 有 10 位，应为 31 位，像旧编码，旧编码写在地方编码里");
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("11990000000001012u3000131023000", "! 信用代码第 18 位的 `u` 不能用 → 11990000000001012U3000131023000");
        check(
            "11990000000001012U 3 000131023000",
            "! `11990000000001012U 3 000131023000` 有 33 位，应为 31 位，像业务办理项编码 → 11990000000001012U3000131023000",
        );
    }

    #[test]
    fn reads_handle_items_and_bases() {
        let code = HandleItemCode::parse("11990000000001012U300013102300001").unwrap();
        assert_eq!((code.task().as_str(), code.serial()), ("11990000000001012U3000131023000", "01"));
        check_handle_item("11990000000001012U30001310230000A", "! 第 33 位的 `A` 不是数字，它在流水号里");
        check_handle_item(
            "11990000000001012U3000131023000",
            "! `11990000000001012U3000131023000` 有 31 位，应为 33 位，像实施编码",
        );
        check_base("00013102300", "! `00013102300` 有 11 位，应为 12 位");
        check_base("0001310230OO", "! 第 11 位的 `O` 不是数字，它在基本编码里");
        check_base("０00131023000", "! 第 1 位的 `０` 不是数字，它在基本编码里 → 000131023000");
    }
}
