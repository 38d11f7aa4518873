//! SI06: the ids of questions and answers can stand in an address.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::value::{Slug, Value};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// SI06.
static CODE: Code = Code {
    id: "SI06",
    name: "case-id",
    severity: Severity::Error,
    title_zh: "问题或答案的代号不能用",
    title_en: "id of a question or answer that cannot be used",
    explain_zh: "每种答法的网址由代号组成，如 /items/…/case/who-self/。所以答案的代号用小写字母和数字，词之间用一个 -；\
        一个事项里的问题，代号各不相同。",
    explain_en: "The address of a case is made of ids, as in /items/…/case/who-self/. So the ids of answers are lower-case \
        letters and digits, words joined by one -, and no two questions of an item share an id.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let questions = &item.facts.situations;
        for (n, question) in questions.iter().enumerate() {
            let at = FieldPath::root().key("情形引导").index(n);
            if let Some(first) = questions[..n].iter().position(|one| one.id.as_str() == question.id.as_str()) {
                findings.push(twice(item, &at, first, question.id.as_str()));
            }
            for (answer, _) in &question.answers.0 {
                if Slug::parse(answer).is_err() {
                    findings.push(unfit(item, at.key("答案").key(answer), answer));
                }
            }
        }
    }
}

fn twice(item: &Item, at: &FieldPath, first: usize, id: &str) -> Finding {
    let other = FieldPath::root().key("情形引导").index(first).key("问题");
    Finding::new(
        &CODE,
        item.file,
        Target::Value(at.key("问题")),
        Words::new(format!("代号 `{id}` 前面的问题用过了"), format!("a question above has the id `{id}` already")),
    )
    .related(Place { file: item.file, target: Target::Value(other) }, Words::new("先用的是它", "first used here"))
    .allowed("每个问题的代号各不相同", "an id of its own for every question")
    .repair("换一个代号，“适用”里跟着改", "take another id, and change 适用 with it")
}

fn unfit(item: &Item, at: FieldPath, id: &str) -> Finding {
    let words = Slug::ALLOWED;
    Finding::new(
        &CODE,
        item.file,
        Target::Key(at),
        Words::new(format!("答案的代号 `{id}` 不能放进网址"), format!("the id `{id}` cannot stand in an address")),
    )
    .allowed(words.0, words.1)
    .repair("换一个代号，“适用”里跟着改", "take another id, and change 适用 with it")
}
