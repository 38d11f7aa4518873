//! SI02: everything that depends on answers is reached by some.

use std::sync::Arc;

use crate::check::conditional::{Conditional, clear_items};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal, Way, meets, ways};
use crate::schema::item::SituationQuestion;
use crate::source::FieldPath;

/// SI02.
static CODE: Code = Code {
    id: "SI02",
    name: "never-reached",
    severity: Severity::Error,
    title_zh: "怎么答也到不了的一条",
    title_en: "something no answers lead to",
    explain_zh: "材料、环节、收费、承诺时限和后面的问题，都可以用“适用”限定在某些答案下。如果没有一种答法对得上，\
        这一条就永远不出现。多半是“适用”里的两个答案不会同时选到，或者那个问题在这种情形下根本不问。",
    explain_en: "Materials, steps, fees, promises and later questions can be limited to answers by 适用. If no way of \
        answering meets it, the entry never shows: two of its answers exclude each other, or a question it names is not \
        asked in that case.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for (item, conditional) in clear_items(items) {
        let all = ways(item);
        let never: Vec<&SituationQuestion> =
            item.facts.situations.iter().filter(|question| !is_asked(&all, question)).collect();
        for (n, question) in item.facts.situations.iter().enumerate() {
            let is_first = never.iter().any(|one| std::ptr::eq(*one, question)) && !waits(item, n, &never);
            if is_first {
                findings.push(unasked(item, n, question));
            }
        }
        let waits = |one: &Conditional<'_>| {
            one.when.0.iter().any(|(id, _)| never.iter().any(|question| question.id.as_str() == id))
        };
        for one in conditional.iter().filter(|one| !waits(one)) {
            if one.when.0.is_empty() || !all.iter().any(|way| meets(way, one.when)) {
                findings.push(finding(item, one));
            }
        }
    }
}

fn is_asked(ways: &[Way<'_>], question: &SituationQuestion) -> bool {
    ways.iter().any(|way| way.iter().any(|(asked, _)| *asked == question.id.as_str()))
}

/// Whether the condition of a question has a fault of its own: it names one that is never asked, or
/// comes later (SI03).
fn waits(item: &Item, n: usize, never: &[&SituationQuestion]) -> bool {
    let questions = &item.facts.situations;
    questions[n].when.0.iter().any(|(id, _)| {
        let place = questions.iter().position(|one| one.id.as_str() == id);
        place.is_none_or(|place| place >= n) || never.iter().any(|one| one.id.as_str() == id)
    })
}

fn unasked(item: &Item, n: usize, question: &SituationQuestion) -> Finding {
    let at = FieldPath::root().key("情形引导").index(n).key("适用");
    let text = &question.text;
    told(item, at, &Words::new(format!("问题 `{text}`"), format!("the question `{text}`")))
}

fn finding(item: &Item, one: &Conditional<'_>) -> Finding {
    told(item, one.path(), &one.what())
}

fn told(item: &Item, at: FieldPath, what: &Words) -> Finding {
    Finding::new(
        &CODE,
        item.file,
        Target::Value(at),
        Words::new(format!("没有一种答法用得上{}", what.zh), format!("no way of answering leads to {}", what.en)),
    )
    .allowed("至少有一种答法对得上的“适用”", "a condition that some way of answering meets")
    .repair(
        "改正“适用”里的问题和答案，或者删掉这一条",
        "correct the questions and answers of 适用, or delete the entry",
    )
}
