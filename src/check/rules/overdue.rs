//! PB01: a guide is looked through again in time, and when its law changed.

use std::sync::Arc;

use jiff::civil::Date;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::{Item, Law, Portal};
use crate::source::FieldPath;

/// PB01.
static CODE: Code = Code {
    id: "PB01",
    name: "review-overdue",
    severity: Severity::Warning,
    title_zh: "该复核了",
    title_en: "a guide that should be looked through again",
    explain_zh: "过了复核周期，或者复核以后依据的法律又改了，指南可能已经不对。政府信息变更的，自变更之日起20个工作日内公开（政府信息公开条例第二十六条）。\
        照现行规定核对一遍，改好“复核日期”；有改动的，“更新日期”也改。",
    explain_en: "Past its 复核周期, or with a law that changed since 复核日期, a guide may be wrong. Changes are published \
        within twenty working days (Regulation on Open Government Information, article 26). Compare it with the law in force \
        and set 复核日期, and 更新日期 too if something changed.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| item.status.is_open()) {
        let facts = &item.facts;
        let (key, last) = match facts.verified {
            Some(day) if day.date() >= facts.updated.date() => ("复核日期", day.date()),
            _ => ("更新日期", facts.updated.date()),
        };
        let end = facts.review_cycle.and_then(|cycle| cycle.end(last));
        if let (Some(cycle), Some(end)) = (facts.review_cycle, end)
            && end < portal.as_of
        {
            findings.push(finding(
                item,
                key,
                Words::new(
                    format!("每 `{cycle}` 复核一次，应当在 {end} 以前复核"),
                    format!("looked through every `{cycle}`, so it was due on {end}"),
                ),
            ));
        }
        let changed = item
            .basis
            .iter()
            .map(|used| portal.law(used.law))
            .filter_map(|law| Some((changed_on(law).filter(|day| *day > last && *day <= portal.as_of)?, law)))
            .max_by_key(|(day, _)| *day);
        if let Some((day, law)) = changed {
            let name = &law.facts.name;
            let at =
                if law.facts.effective.map(|day| day.date()) == Some(day) { "施行日期" } else { "现行版本" };
            findings.push(
                finding(
                    item,
                    key,
                    Words::new(
                        format!("《{name}》在 `{last}` 以后改过（{day}），还没有复核"),
                        format!("《{name}》 changed on {day}, after `{last}`, and nobody looked since"),
                    ),
                )
                .related(
                    Place { file: law.file, target: Target::Value(FieldPath::root().key(at)) },
                    Words::new("这一天改的", "the day it changed"),
                ),
            );
        }
    }
}

/// The day on which what a law says last became another.
fn changed_on(law: &Law) -> Option<Date> {
    law.facts.version.map(|day| day.date()).max(law.facts.effective.map(|day| day.date()))
}

fn finding(item: &Item, key: &str, message: Words) -> Finding {
    Finding::new(&CODE, item.file, Target::Value(FieldPath::root().key(key)), message)
        .allowed("核对过的日期", "the day it was compared with the law in force")
        .repair("照现行规定核对一遍，再改“复核日期”", "compare it with the law in force, then set 复核日期")
}
