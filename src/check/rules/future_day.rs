//! PB05: nothing was updated, looked through or approved on a day to come.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::value::Day;
use crate::portal::{Item, Portal};
use crate::source::{FieldPath, FileId};

/// PB05.
static CODE: Code = Code {
    id: "PB05",
    name: "future-day",
    severity: Severity::Warning,
    title_zh: "做过的事写了以后的日期",
    title_en: "a day to come for what has been done",
    explain_zh: "更新日期、复核日期、审核日期是做过的事，多半是年份或月份打错了。复核日期写成以后，到期该复核时就不会提醒；下一次什么时候复核，由“复核周期”算。\
        还没有到生效日期的事项，这些日期可以写到生效那一天。",
    explain_en: "更新日期, 复核日期 and the day of approval are of things done, so the year or month is probably mistyped. \
        With a 复核日期 to come nobody is told when the next review is due, which 复核周期 works out. An item that is not yet \
        in force may state days up to that on which it will be.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The same for bundles and pages.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let (facts, root) = (&item.facts, FieldPath::root);
        let days = [
            (root().key("更新日期"), Some(facts.updated)),
            (root().key("复核日期"), facts.verified),
            (root().key("审核").key("日期"), facts.approval.date),
        ];
        for (path, day) in days {
            let is_announced = day.zip(facts.effective).is_some_and(|(day, begin)| day.date() <= begin.date());
            look(portal, item.file, path, day.filter(|_| !is_announced), findings);
        }
    }
}

fn others(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        look(portal, bundle.file, FieldPath::root().key("更新日期"), bundle.facts.updated, findings);
    }
    for page in &portal.pages {
        look(portal, page.file, FieldPath::root().key("更新日期"), page.head.updated, findings);
    }
}

fn look(portal: &Portal, file: FileId, path: FieldPath, day: Option<Day>, findings: &mut Findings) {
    // Whoever looks at a day before the last release wants to see how it was.
    let is_past = portal.release.lock.day.is_some_and(|release| portal.as_of < release);
    let Some(day) = day.filter(|day| day.date() > portal.as_of && !is_past) else { return };
    let as_of = portal.as_of;
    let next = path.0.len() == 1 && path.to_string() == "复核日期";
    let (zh, en) = match next {
        true => (
            "改成最近一次核对的那一天；多久核对一次写在“复核周期”里",
            "set the day it was last compared; how often that is done stands in 复核周期",
        ),
        false => ("核对年月日，改成实际的那一天", "look at year, month and day, and set the day it really was"),
    };
    findings.push(
        Finding::new(
            &CODE,
            file,
            Target::Value(path),
            Words::new(format!("`{day}` 还没有到，今天是 {as_of}"), format!("`{day}` is still to come, it is {as_of}")),
        )
        .allowed("今天或者以前的日期", "today or a day before")
        .repair(zh, en),
    );
}
