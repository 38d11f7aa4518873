//! CT01: phone numbers in texts are written as people can dial them.
//!
//! The fields for phones are held by their type (YM08, YM10); here are the numbers in prose.

use std::sync::Arc;

use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Words};
use crate::portal::{Item, Portal};

/// CT01.
static CODE: Code = Code {
    id: "CT01",
    name: "phone-as-written",
    severity: Severity::Error,
    title_zh: "文字里的电话号码写法不对",
    title_en: "a phone number in a text that is not written as it should be",
    explain_zh: "电话写成“区号-号码”：半角数字、半角短横线，如 0600-8801001。长横线、全角数字、括号里的区号，手机上点不了、复制了打不通；没有区号，外地打不通。",
    explain_en: "Phones are area code, hyphen, number, in half-width characters: 0600-8801001. Dashes, full-width digits \
        and area codes in brackets cannot be tapped or dialled; without area code nobody from elsewhere gets through.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, look);
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    for fault in faults(text.text) {
        let written = fault.written;
        let finding = Finding::new(
            &CODE,
            text.file,
            text.part(written),
            match &fault.tidy {
                Some(_) => Words::new(
                    format!("电话 `{written}` 的写法不对"),
                    format!("the phone `{written}` is not written as it should be"),
                ),
                None => Words::new(
                    format!("电话 `{written}` 没有区号"),
                    format!("the phone `{written}` lacks its area code"),
                ),
            },
        )
        .allowed("区号-号码，如 0600-8801001", "area code and number, such as 0600-8801001");
        findings.push(match fault.tidy {
            Some(tidy) => finding.repair(format!("改成 {tidy}"), format!("write {tidy}")),
            None => finding.repair("加上区号", "add the area code"),
        });
    }
}

/// A number that is written wrong, and how it should be; nothing if its area code is not known.
#[derive(Debug, PartialEq, Eq)]
struct Fault<'t> {
    written: &'t str,
    tidy: Option<String>,
}

/// A run of digits in a text.
#[derive(Debug)]
struct Run {
    start: usize,
    end: usize,
    digits: String,
    is_wide: bool,
}

fn faults(text: &str) -> Vec<Fault<'_>> {
    let runs = runs(text);
    let mut faults = Vec::new();
    let mut n = 0;
    while n < runs.len() {
        let area = &runs[n];
        let between = runs.get(n + 1).map(|next| &text[area.end..next.start]);
        if let (Some(between), Some(local)) = (between, runs.get(n + 1))
            && is_area(&area.digits)
            && is_local(&local.digits)
            && let Some(odd) = joins(text, area, between)
        {
            if odd || area.is_wide || local.is_wide {
                let start =
                    if between.starts_with(['）', ')']) { bracket_before(text, area.start) } else { area.start };
                let tidy = format!("{}-{}", area.digits, local.digits);
                faults.push(Fault { written: &text[start..local.end], tidy: Some(tidy) });
            }
            n += 2;
            continue;
        }
        if is_local(&area.digits) && is_called_phone(&text[..area.start]) && is_alone(&text[area.end..]) {
            faults.push(Fault { written: &text[area.start..area.end], tidy: None });
        }
        n += 1;
    }
    faults
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices() {
        let wide = ('０'..='９').contains(&c);
        let digit = match c {
            '0'..='9' => c,
            _ if wide => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or('0'),
            _ => continue,
        };
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == at => {
                run.digits.push(digit);
                run.end = end;
                run.is_wide |= wide;
            }
            _ => runs.push(Run { start: at, end, digits: digit.to_string(), is_wide: wide }),
        }
    }
    runs
}

/// An area code: 010, 02x or four digits.
fn is_area(digits: &str) -> bool {
    match digits.len() {
        3 => digits == "010" || digits.starts_with("02"),
        4 => {
            digits.starts_with('0')
                && !digits.starts_with("00")
                && !digits.starts_with("01")
                && !digits.starts_with("02")
        }
        _ => false,
    }
}

fn is_local(digits: &str) -> bool {
    matches!(digits.len(), 7 | 8) && matches!(digits.as_bytes()[0], b'2'..=b'8')
}

/// Whether what stands between two runs makes them one number, and whether it is not the hyphen.
fn joins(text: &str, area: &Run, between: &str) -> Option<bool> {
    let dashes = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '～' | '~');
    if between == "-" {
        return Some(false);
    }
    let is_bracket = matches!(between, "）" | ")" | "）-" | ")-") && text[..area.start].ends_with(['（', '(']);
    let is_dash =
        !between.is_empty() && between.trim().chars().all(|c| dashes(c) || c == '-') && between.chars().count() <= 3;
    (is_bracket || is_dash).then_some(true)
}

fn bracket_before(text: &str, at: usize) -> usize {
    text[..at].char_indices().next_back().map_or(at, |(before, _)| before)
}

/// Whether the words before a number say that it is a phone.
fn is_called_phone(before: &str) -> bool {
    let before = before.trim_end_matches([':', '：', ' ', '为', '是', '打', '拨']);
    ["电话", "热线", "传真", "致电", "来电"].iter().any(|word| before.ends_with(word))
}

/// Whether a number ends here: no unit, letter or further number follows.
fn is_alone(after: &str) -> bool {
    let next = after.chars().next();
    next.is_none_or(|c| "，。；、）)（( ,;/\n转或".contains(c))
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = faults(text)
            .into_iter()
            .map(|fault| format!("{} → {}", fault.written, fault.tidy.unwrap_or_default()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_that_cannot_be_dialled() {
        check("咨询0777—6428820或0777-6428821", &["0777—6428820 → 0777-6428820"]);
        check("（0777）6428820", &["（0777）6428820 → 0777-6428820"]);
        check("电话：０７７７-6428820。", &["０７７７-6428820 → 0777-6428820"]);
        check("电话：6428820、020——83133333", &["6428820 → ", "020——83133333 → 020-83133333"]);
        check("传真：83133333转1", &["83133333 → "]);
    }

    #[test]
    fn other_numbers() {
        for text in [
            "可以打0600-8801001转2",
            "热线12345",
            "2016—2020年，0.5—2平方米",
            "编号20260105、0600元",
            "热线电话 4001234567",
            "电话20260101号登记",
            "电话费20000000元",
        ] {
            check(text, &[]);
        }
    }
}
