//! The questions of an item (情形引导) and what their answers come to, for those who approve the
//! guide: as a tree in the terminal and as a drawing.

mod svg;
mod tree;

pub use svg::svg;
pub use tree::tree;

use crate::diagnostics::Lang;
use crate::model::value::TimeLimit;
use crate::portal::{Case, Item};
use crate::schema::item_handling::Fee;

/// A question with its answers, or a result: a node of the tree.
#[derive(Debug)]
struct Node {
    /// The answer that leads here, with its id; none at the first question.
    answer: Option<(String, String)>,
    /// What is here.
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A question, its id, and what follows on each answer.
    Question(String, String, Vec<Node>),
    /// A result: its number and what it selects.
    Result(usize, Selected),
}

/// What a result selects, in words.
#[derive(Debug)]
struct Selected {
    path: String,
    materials: Vec<String>,
    steps: Vec<String>,
    fees: Vec<String>,
    promise: String,
}

/// The tree of an item; none without cases.
fn nodes(item: &Item, lang: Lang) -> Option<Node> {
    item.has_cases().then_some(())?;
    Some(node(&item.first_case()?, None, &mut 0, lang))
}

fn node(case: &Case<'_>, answer: Option<(String, String)>, results: &mut usize, lang: Lang) -> Node {
    let Some(question) = case.next else {
        *results += 1;
        return Node { answer, kind: Kind::Result(*results, selected(case, lang)) };
    };
    let answers = question
        .answers
        .0
        .iter()
        .map(|(id, label)| node(&case.with(question, id), Some((label.clone(), id.clone())), results, lang));
    let answers = answers.collect();
    Node { answer, kind: Kind::Question(question.text.trim().to_owned(), question.id.to_string(), answers) }
}

fn selected(case: &Case<'_>, lang: Lang) -> Selected {
    Selected {
        path: case.path(),
        materials: case.materials().into_iter().map(|(material, _)| material.facts.name.clone()).collect(),
        steps: case.steps().into_iter().map(|step| step.name.clone()).collect(),
        fees: case.fees().into_iter().map(fee).collect(),
        promise: match (case.promised(), lang) {
            (Some(limit), _) => TimeLimit::to_string(&limit),
            (None, Lang::Zh) => "待补".to_owned(),
            (None, Lang::En) => "to be told".to_owned(),
        },
    }
}

fn fee(fee: &Fee) -> String {
    match fee.amount {
        Some(amount) => format!("{} {amount}", fee.name),
        None => fee.name.clone(),
    }
}

impl Selected {
    /// How much of everything in one line: `5 种材料，3 个环节，承诺 当场`.
    fn in_numbers(&self, lang: Lang) -> String {
        let (materials, steps, promise) = (self.materials.len(), self.steps.len(), &self.promise);
        let mut text = match lang {
            Lang::Zh => format!("{materials} 种材料，{steps} 个环节，承诺 {promise}"),
            Lang::En => format!("{materials} materials, {steps} steps, promised {promise}"),
        };
        if !self.fees.is_empty() {
            let join = if lang == Lang::Zh { "，" } else { ", " };
            text.push_str(join);
            text.push_str(&self.fees.join(if lang == Lang::Zh { "、" } else { ", " }));
        }
        text
    }
}

/// The results below a node, in their order.
fn results<'a>(node: &'a Node, found: &mut Vec<(usize, &'a Selected)>) {
    match &node.kind {
        Kind::Question(_, _, answers) => answers.iter().for_each(|answer| results(answer, found)),
        Kind::Result(number, selected) => found.push((*number, selected)),
    }
}

/// What all lists have, in the order of the first.
fn common(lists: &[&Vec<String>]) -> Vec<String> {
    let Some(first) = lists.first() else { return Vec::new() };
    first.iter().filter(|name| lists.iter().all(|list| list.contains(name))).cloned().collect()
}
