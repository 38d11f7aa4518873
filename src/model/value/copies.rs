//! Copies (份数): how many originals, photocopies and electronic copies of a material are wanted.

use std::fmt;

use super::text::{shortened, tidy_number, whole_number};
use super::{Value, ValueError, strict_or_suggest};

/// How many of a material are to be brought (份数); at least one in total, at most 99 of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Copies {
    /// 原件: originals; with `either`, originals or photocopies as the applicant likes.
    pub originals: u8,
    /// 复印件: photocopies.
    pub copies: u8,
    /// 电子件: electronic copies.
    pub electronic: u8,
    /// 原件或复印件: a photocopy will do in place of an original.
    pub either: bool,
    /// 核验: the original is only looked at and handed back.
    pub inspect: bool,
}

const NONE: Copies = Copies { originals: 0, copies: 0, electronic: 0, either: false, inspect: false };

impl Copies {
    /// How many pieces in total.
    pub fn total(&self) -> u32 {
        u32::from(self.originals) + u32::from(self.copies) + u32::from(self.electronic)
    }

    /// Whether nothing stays with the office: only originals to be looked at.
    pub fn only_inspected(&self) -> bool {
        self.inspect && self.copies == 0 && self.electronic == 0
    }
}

impl fmt::Display for Copies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.originals > 0 {
            let kind = if self.either { "原件或复印件" } else { "原件" };
            let inspect = if self.inspect { "（核验）" } else { "" };
            parts.push(format!("{kind}{}份{inspect}", self.originals));
        }
        if self.copies > 0 {
            parts.push(format!("复印件{}份", self.copies));
        }
        if self.electronic > 0 {
            parts.push(format!("电子件{}份", self.electronic));
        }
        f.write_str(&parts.join("，"))
    }
}

/// One kind and its number, as a regular expression.
macro_rules! part {
    () => {
        "(?:原件(?:0|[1-9][0-9]?)份(?:[(（]核验[)）])?|(?:原件或复印件|复印件|电子件)(?:0|[1-9][0-9]?)份)"
    };
}

impl Value for Copies {
    const FORMAT: &'static str = "copies";
    const TITLE: &'static str = "份数";
    const ALLOWED: (&'static str, &'static str) = (
        "`原件1份`、`复印件2份`、`电子件1份`、`原件或复印件1份`，几种用 `，` 连接：`原件1份，复印件1份`；\
         只看不收的写 `原件1份（核验）`",
        "`原件1份` (original), `复印件2份` (photocopies), `电子件1份` (electronic), `原件或复印件1份` (either), joined \
         by `，`: `原件1份，复印件1份`; what is only inspected and handed back is `原件1份（核验）`",
    );
    const EXAMPLES: &'static [&'static str] = &[
        "原件1份",
        "复印件2份",
        "原件1份，复印件1份",
        "原件1份（核验）",
        "原件1份（核验），复印件1份",
        "原件或复印件1份",
        "电子件1份",
    ];
    const PATTERN: &'static str = concat!(part!(), r"(?:\s*[,，、]\s*", part!(), "){0,2}");

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Original,
    Copy,
    Either,
    Electronic,
}

/// The longer name comes before the one it begins with.
const KINDS: [(&str, Kind); 4] =
    [("原件或复印件", Kind::Either), ("原件", Kind::Original), ("复印件", Kind::Copy), ("电子件", Kind::Electronic)];

fn strict(text: &str) -> Result<Copies, ValueError> {
    let mut result = NONE;
    let mut seen: Vec<Kind> = Vec::new();
    for part in text.split([',', '，', '、']) {
        let part = part.trim();
        if part.is_empty() {
            return Err(error(text, "多了一个逗号", "has a comma too many"));
        }
        let (kind, count, inspect) = read_part(part)?;
        let clash = |other: &Kind| {
            *other == kind
                || (*other == Kind::Either && kind != Kind::Electronic)
                || (kind == Kind::Either && *other != Kind::Electronic)
        };
        if seen.iter().any(clash) {
            return Err(error(part, "和前面的重复", "repeats what came before it"));
        }
        seen.push(kind);
        match kind {
            Kind::Original => (result.originals, result.inspect) = (count, inspect && count > 0),
            Kind::Either => (result.originals, result.either) = (count, count > 0),
            Kind::Copy => result.copies = count,
            Kind::Electronic => result.electronic = count,
        }
    }
    if result.total() == 0 {
        return Err(error(text, "一份也没有", "asks for nothing at all"));
    }
    Ok(result)
}

/// One part such as `原件1份（核验）`: kind, number, whether it is only inspected.
fn read_part(part: &str) -> Result<(Kind, u8, bool), ValueError> {
    let (counted, note) = match part.strip_suffix([')', '）']).and_then(|part| part.rsplit_once(['(', '（'])) {
        Some((counted, note)) => (counted, Some(note)),
        None => (part, None),
    };
    let Some((number, kind)) = KINDS.iter().find_map(|&(name, kind)| Some((counted.strip_prefix(name)?, kind))) else {
        return Err(error(
            part,
            "没有说明是原件、复印件还是电子件",
            "does not say whether an original (`原件`), a photocopy (`复印件`) or an electronic copy (`电子件`) is meant",
        ));
    };
    let Some(number) = number.strip_suffix('份') else {
        return Err(error(part, "没有写几份", "does not say how many (`份`)"));
    };
    let count = match whole_number(number).map(u8::try_from) {
        Some(Ok(count)) if count <= 99 => count,
        _ => {
            return Err(error(part, "的数字不是 0 到 99 的整数", "does not have a number from 0 to 99"));
        }
    };
    Ok((kind, count, read_inspection(part, kind, note)?))
}

/// Whether the note in brackets, if there is one, says `核验`.
fn read_inspection(part: &str, kind: Kind, note: Option<&str>) -> Result<bool, ValueError> {
    match note {
        None => Ok(false),
        Some("核验") if kind == Kind::Original => Ok(true),
        Some("核验") => Err(error(part, "不能核验，只有原件可以", "cannot be inspected; only an original can")),
        Some("") => Err(error(part, "的括号是空的", "has empty brackets")),
        Some(note) => {
            let note = shortened(note);
            Err(error(
                part,
                &format!("的括号里只能写 `核验`，不能写 `{note}`"),
                &format!("may have only `核验` in its brackets, not `{note}`"),
            ))
        }
    }
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Copies>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = tidy_number(text);
    let text = text.trim_matches([',', '，', '、', '。', ';']);
    if let Some(each) = text.strip_prefix("原件和复印件各").or(text.strip_prefix("原件、复印件各")) {
        return format!("原件{each}，复印件{each}");
    }
    text.replace("原件及复印件", "原件和复印件")
        .replace("份和", "份，")
        .replace("份及", "份，")
        .replace([';', '+'], "，")
        .replace("原件/复印件", "原件或复印件")
        .replace("复印件或原件", "原件或复印件")
        .replace("验原件", "核验")
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Copies>(text), expected);
    }

    #[test]
    fn reads_copies() {
        check("复印件1份、原件1份", "= 原件1份，复印件1份");
        check("原件1份(核验), 复印件1份", "= 原件1份（核验），复印件1份");
        check("原件0份，复印件2份", "= 复印件2份");
        check("原件1份，复印件1份，电子件1份", "= 原件1份，复印件1份，电子件1份");
        check("电子件1份，原件或复印件2份", "= 原件或复印件2份，电子件1份");
        let copies = Copies::parse("原件1份（核验），复印件2份").unwrap();
        assert_eq!(copies, Copies { originals: 1, copies: 2, inspect: true, ..NONE });
        assert_eq!((copies.total(), copies.only_inspected()), (3, false));
        assert!(Copies::parse("原件1份（核验）").unwrap().only_inspected());
        assert!(Copies::parse("原件或复印件1份").unwrap().either);
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("原件一份", "! `原件一份` 的数字不是 0 到 99 的整数 → 原件1份");
        check("原件 1 份", "! `原件 1 份` 的数字不是 0 到 99 的整数 → 原件1份");
        check("原件１份", "! `原件１份` 的数字不是 0 到 99 的整数 → 原件1份");
        check("原件1份和复印件1份", "! `原件1份和复印件1份` 的数字不是 0 到 99 的整数 → 原件1份，复印件1份");
        check("原件和复印件各1份", "! `原件和复印件各1份` 的数字不是 0 到 99 的整数 → 原件1份，复印件1份");
        check("复印件或原件1份", "! `复印件或原件1份` 的数字不是 0 到 99 的整数 → 原件或复印件1份");
    }

    #[test]
    fn refuses_the_rest() {
        check("1份", "! `1份` 没有说明是原件、复印件还是电子件");
        check("原件", "! `原件` 没有写几份");
        check("原件0份", "! `原件0份` 一份也没有");
        check("原件2份（签字）", "! `原件2份（签字）` 的括号里只能写 `核验`，不能写 `签字`");
        check("原件2份（）", "! `原件2份（）` 的括号是空的");
        check("复印件1份（核验）", "! `复印件1份（核验）` 不能核验，只有原件可以");
        check("原件1份，原件2份", "! `原件2份` 和前面的重复");
        check("原件1份，原件或复印件1份", "! `原件或复印件1份` 和前面的重复");
        check("原件100份", "! `原件100份` 的数字不是 0 到 99 的整数");
        check("原件1份，", "! `原件1份，` 多了一个逗号 → 原件1份");
    }
}
