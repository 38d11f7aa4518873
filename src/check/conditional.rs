//! What an item makes depend on the answers of 情形引导, as several rules see it.

use std::sync::Arc;

use crate::diagnostics::Words;
use crate::model::value::TimeLimit;
use crate::portal::{Item, Way, meets, promised, special_limit, ways};
use crate::schema::item::SituationQuestion;
use crate::schema::item_handling::FeeEntry;
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::Ordered;
use crate::source::FieldPath;

/// The list something with 适用 stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum List {
    /// 申请材料.
    Materials,
    /// 办理流程.
    Steps,
    /// 收费.
    Fees,
    /// 办理时限.分情形.
    Limits,
}

impl List {
    /// What one of its entries is, in Chinese and English.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            List::Materials => ("材料", "material"),
            List::Steps => ("环节", "step"),
            List::Fees => ("收费", "fee"),
            List::Limits => ("承诺时限", "promise"),
        }
    }

    fn path(self) -> FieldPath {
        let root = FieldPath::root();
        match self {
            List::Materials => root.key("申请材料"),
            List::Steps => root.key("办理流程"),
            List::Fees => root.key("收费"),
            List::Limits => root.key("办理时限").key("分情形"),
        }
    }
}

/// Something with 适用.
#[derive(Debug)]
pub(in crate::check) struct Conditional<'a> {
    list: List,
    position: usize,
    name: String,
    /// Its condition.
    pub(in crate::check) when: &'a Ordered<Vec<String>>,
}

impl Conditional<'_> {
    /// What it is, and its name: 材料 `委托书`.
    pub(in crate::check) fn what(&self) -> Words {
        let (zh, en) = self.list.names();
        Words::new(format!("{zh} `{}`", self.name), format!("the {en} `{}`", self.name))
    }

    /// Where its condition is written.
    pub(in crate::check) fn path(&self) -> FieldPath {
        self.list.path().index(self.position).key("适用")
    }
}

/// All materials, steps, fees and limits with a condition.
pub(in crate::check) fn conditional(item: &Item) -> Vec<Conditional<'_>> {
    let facts = &item.facts;
    let mut found = Vec::new();
    let mut add =
        |list, position, name: &str, when| found.push(Conditional { list, position, name: name.to_owned(), when });
    if let MaterialsEntry::List(list) = &facts.materials {
        for one in &item.materials {
            if let Some(written) = list.get(one.position) {
                add(List::Materials, one.position, &one.facts.name, &written.when);
            }
        }
    }
    for (n, step) in facts.steps.iter().enumerate() {
        add(List::Steps, n, &step.name, &step.when);
    }
    if let FeeEntry::List(list) = &facts.fees {
        for (n, fee) in list.iter().enumerate() {
            add(List::Fees, n, &fee.name, &fee.when);
        }
    }
    for (n, limit) in facts.limits.by_situation.iter().enumerate() {
        add(List::Limits, n, &limit.promised.to_string(), &limit.when);
    }
    found.retain(|one: &Conditional<'_>| one.list == List::Limits || !one.when.0.is_empty());
    found
}

/// The question with this id.
pub(in crate::check) fn question<'a>(item: &'a Item, id: &str) -> Option<&'a SituationQuestion> {
    item.facts.situations.iter().find(|one| one.id.as_str() == id)
}

/// The items with cases of which everything can be told, with what depends on answers.
pub(in crate::check) fn clear_items(items: &[Arc<Item>]) -> impl Iterator<Item = (&Item, Vec<Conditional<'_>>)> {
    let with_cases = items.iter().map(|item| &**item).filter(|item| item.has_cases());
    with_cases.map(|item| (item, conditional(item))).filter(|(item, conditional)| is_clear(item, conditional))
}

/// Whether every condition names questions and answers that are there; those that are not have a
/// finding already (RF05), and nothing can be told of what depends on them.
fn is_clear(item: &Item, conditional: &[Conditional<'_>]) -> bool {
    let questions = item.facts.situations.iter().map(|question| &question.when);
    let mut all = conditional.iter().map(|one| one.when).chain(questions);
    all.all(|when| when.0.iter().all(|(id, answers)| has_answers(item, id, answers)))
}

fn has_answers(item: &Item, id: &str, answers: &[String]) -> bool {
    let has = |answer: &String| question(item, id).is_some_and(|one| one.answers.0.iter().any(|(id, _)| id == answer));
    question(item, id).is_some() && answers.iter().all(has)
}

/// A way through all questions and what it selects.
#[derive(Debug)]
pub(in crate::check) struct Selection<'a> {
    /// The answers.
    pub(in crate::check) way: Way<'a>,
    /// Which of the conditional things are selected, in their order.
    pub(in crate::check) met: Vec<bool>,
    /// The promise.
    pub(in crate::check) promised: Option<TimeLimit>,
}

/// What every way selects; nothing for an item without cases.
pub(in crate::check) fn selections<'a>(item: &'a Item, conditional: &[Conditional<'_>]) -> Vec<Selection<'a>> {
    if !item.has_cases() {
        return Vec::new();
    }
    let select = |way: Way<'a>| {
        let asked = conditional.iter().filter(|one| one.list != List::Limits);
        let met = asked.map(|one| meets(&way, one.when)).collect();
        let promised = promised(item, special_limit(item, &way));
        Selection { way, met, promised }
    };
    ways(item).into_iter().map(select).collect()
}

/// The answers of a way in words: 首次申领、委托他人办.
pub(in crate::check) fn in_words(item: &Item, way: &Way<'_>) -> String {
    let label = |(asked, given): &(&str, &str)| {
        let answers = &question(item, asked)?.answers.0;
        answers.iter().find(|(id, _)| id == given).map(|(_, label)| label.clone())
    };
    way.iter().filter_map(label).collect::<Vec<_>>().join("、")
}
