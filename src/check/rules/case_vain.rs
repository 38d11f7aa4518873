//! SI04: no question is asked in vain.

use std::sync::Arc;

use crate::check::conditional::{Selection, clear_items, selections};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::value::TimeLimit;
use crate::portal::{Item, Portal};
use crate::schema::item::SituationQuestion;
use crate::source::FieldPath;

/// SI04.
static CODE: Code = Code {
    id: "SI04",
    name: "question-in-vain",
    severity: Severity::Warning,
    title_zh: "怎么答都一样的问题",
    title_en: "question that changes nothing",
    explain_zh: "问一个问题，是因为不同的答案要带的材料、走的环节、交的钱、等的天数不同，或者接着问的不同。\
        不管前面怎么选，这个问题怎么答结果都一样，就是白问。怎么改：给真正不同的材料、环节加上“适用”；没有不同的，删掉这个问题。",
    explain_en: "A question is asked because its answers change materials, steps, fees, limits or what is asked next. \
        Whatever was answered before, all answers to this one come to the same. Give what truly differs an 适用, \
        or delete the question.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for (item, conditional) in clear_items(items) {
        let all = selections(item, &conditional);
        for (n, question) in item.facts.situations.iter().enumerate() {
            if changes_nothing(&all, question) {
                findings.push(finding(item, n, question));
            }
        }
    }
}

/// Whether a question is asked, and after the same answers before it every answer to it leads on to
/// the same questions and selections.
fn changes_nothing(all: &[Selection<'_>], question: &SituationQuestion) -> bool {
    let id = question.id.as_str();
    // Ways with the same beginning follow one another, and so do those with the same answer.
    let mut contexts =
        all.chunk_by(|a, b| upto(a, id, 0) == upto(b, id, 0)).filter(|list| upto(&list[0], id, 0).is_some());
    let mut is_asked = false;
    let is_same = contexts.all(|context| {
        is_asked = true;
        let mut answers = context.chunk_by(|a, b| upto(a, id, 1) == upto(b, id, 1));
        let first = answers.next().unwrap_or_default();
        answers.all(|other| first.iter().map(|one| after(one, id)).eq(other.iter().map(|one| after(one, id))))
    });
    is_asked && is_same
}

/// The answers before the one to a question, and so many from it on.
fn upto<'s>(one: &'s Selection<'_>, id: &str, more: usize) -> Option<&'s [(&'s str, &'s str)]> {
    let at = one.way.iter().position(|(asked, _)| *asked == id)?;
    one.way.get(..at + more)
}

/// What follows on the answer to a question: the later answers, and what they select with it.
fn after<'s>(one: &'s Selection<'_>, id: &str) -> (&'s [(&'s str, &'s str)], &'s [bool], Option<TimeLimit>) {
    let at = one.way.iter().position(|(asked, _)| *asked == id).map_or(0, |at| at + 1);
    (one.way.get(at..).unwrap_or_default(), &one.met, one.promised)
}

fn finding(item: &Item, n: usize, question: &SituationQuestion) -> Finding {
    let id = &question.id;
    Finding::new(
        &CODE,
        item.file,
        Target::Value(FieldPath::root().key("情形引导").index(n).key("问")),
        Words::new(
            format!("`{}` 怎么答，材料、环节、收费和时限都一样", question.text),
            format!("no answer to `{}` changes materials, steps, fees or limits", question.text),
        ),
    )
    .allowed("至少在一种情形下，不同的答案结果不同", "answers that differ in at least one case")
    .repair(
        format!("给真正不同的材料或环节写 `适用: {{ {id}: [{}] }}`，或者删掉这个问题", an_answer(question)),
        format!("give what differs `适用: {{ {id}: [{}] }}`, or delete the question", an_answer(question)),
    )
}

fn an_answer(question: &SituationQuestion) -> &str {
    question.answers.0.last().map_or("", |(id, _)| id)
}
