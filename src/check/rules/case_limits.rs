//! SI01: one case has one promise.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::conditional::in_words;
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::{Item, Portal, meets, ways};
use crate::source::FieldPath;

/// SI01.
static CODE: Code = Code {
    id: "SI01",
    name: "two-promises",
    severity: Severity::Error,
    title_zh: "一种情形对上了两个承诺时限",
    title_en: "one case with two promises",
    explain_zh: "“分情形”里的两条，如果有一种答法两条都对得上，天数又不一样，群众不知道信哪个。\
        怎么改：在其中一条的“适用”里再写一个问题，让每种答法只对上一条。",
    explain_en: "Where answers meet two entries of 分情形 that promise different times, nobody knows which one holds. \
        Name a further question in the 适用 of one of them, so that every way of answering meets one.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| item.facts.limits.by_situation.len() > 1 && item.has_cases()) {
        let limits = &item.facts.limits.by_situation;
        let mut told = BTreeSet::new();
        for way in ways(item) {
            let mut met = (0..limits.len()).filter(|n| !limits[*n].when.0.is_empty() && meets(&way, &limits[*n].when));
            let Some(first) = met.next() else { continue };
            for other in met.filter(|n| limits[*n].promised != limits[first].promised) {
                if told.insert((first, other)) {
                    findings.push(finding(item, first, other, &in_words(item, &way)));
                }
            }
        }
    }
}

fn finding(item: &Item, first: usize, other: usize, answers: &str) -> Finding {
    let limits = &item.facts.limits.by_situation;
    let at = |n: usize| FieldPath::root().key("办理时限").key("分情形").index(n).key("适用");
    let (promised, before) = (limits[other].promised, limits[first].promised);
    Finding::new(
        &CODE,
        item.file,
        Target::Value(at(other)),
        Words::new(
            format!("“{answers}”对上了两个承诺：`{before}` 和 `{promised}`"),
            format!("“{answers}” meets two promises: `{before}` and `{promised}`"),
        ),
    )
    .related(
        Place { file: item.file, target: Target::Value(at(first)) },
        Words::new("另一条在这里", "the other is here"),
    )
    .allowed("每种答法最多对上一条", "at most one entry for every way of answering")
    .repair("在其中一条的“适用”里再写一个问题，分清楚", "name a further question in the 适用 of one of them")
}
