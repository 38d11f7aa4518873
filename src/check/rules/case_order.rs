//! SI03: a question depends on questions before it.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// SI03.
static CODE: Code = Code {
    id: "SI03",
    name: "question-before-its-reason",
    severity: Severity::Error,
    title_zh: "问题要看后面才问的答案",
    title_en: "question that depends on a later one",
    explain_zh: "问题从上到下问。一个问题的“适用”只能写它上面的问题；写自己或者下面的，问到它的时候还没有答案，永远问不到。",
    explain_en: "Questions are asked from top to bottom. The 适用 of a question names questions above it; one that names \
        itself or a later one can never be asked, for there is no answer yet.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let questions = &item.facts.situations;
        for (n, question) in questions.iter().enumerate() {
            for (id, _) in &question.when.0 {
                let place = questions.iter().position(|one| one.id.as_str() == id);
                if place.is_some_and(|place| place >= n) {
                    findings.push(finding(item, n, id, place == Some(n)));
                }
            }
        }
    }
}

fn finding(item: &Item, n: usize, id: &str, is_itself: bool) -> Finding {
    let questions = &item.facts.situations;
    let before: Vec<&str> = questions[..n].iter().map(|one| one.id.as_str()).collect();
    let finding = Finding::new(
        &CODE,
        item.file,
        Target::Key(FieldPath::root().key("情形引导").index(n).key("适用").key(id)),
        match is_itself {
            true => Words::new(format!("问题 `{id}` 要看自己的答案"), format!("the question `{id}` depends on itself")),
            false => Words::new(
                format!("问题 `{}` 要看 `{id}` 的答案，`{id}` 却在它后面才问", questions[n].id),
                format!("the question `{}` depends on `{id}`, which is asked after it", questions[n].id),
            ),
        },
    );
    let finding = match before.is_empty() {
        true => finding.allowed("（第一个问题，没有“适用”）", "(the first question has no 适用)"),
        false => finding.allowed(before.join("、"), before.join(", ")),
    };
    match is_itself {
        true => finding.repair("删掉这个条件", "delete the condition"),
        false => finding.repair(format!("把问题 `{id}` 移到它上面"), format!("move the question `{id}` above it")),
    }
}
