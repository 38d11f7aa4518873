//! The cases (情形) of an item: the ways through its questions, whole or begun,
//! and what each selects.
//!
//! A case is a place in the tree of answers. One that still has a question to
//! ask leads on to those that answer it; one that has none is a result. Its
//! address is made of the ids of questions and answers, so that a question put
//! between two others or an answer moved up changes no address that stays true.

use std::sync::Arc;

use crate::model::value::TimeLimit;
use crate::portal::situations::{Way, asks, meets};
use crate::portal::{Item, Material};
use crate::schema::item::SituationQuestion;
use crate::schema::item_handling::{Fee, FeeEntry, Step};
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::Ordered;

/// How many results an item may have. More could not be looked through by those
/// who answer for the guide; such an item has a finding and no pages of cases.
pub const MOST_RESULTS: usize = 200;

/// Which case of an item: its place in the order of [`Item::cases`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(u16);

impl CaseId {
    /// The place in the order of [`Item::cases`].
    pub fn index(self) -> usize {
        self.0.into()
    }
}

/// One way through the questions of an item, whole (情形结果) or begun.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// The item.
    pub item: &'a Item,
    /// The answers so far in the order they were asked for: question id, answer id.
    pub way: Way<'a>,
    /// The question that is asked next; none in a result.
    pub next: Option<&'a SituationQuestion>,
}

/// A question and the answer that was given.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The question.
    pub question: &'a SituationQuestion,
    /// The id of the answer.
    pub id: &'a str,
    /// The answer in words.
    pub label: &'a str,
}

impl Item {
    /// Every case in the order of questions and answers, each before those it leads on to.
    /// None where there are no questions, and none where there are too many results.
    pub fn cases(&self) -> Vec<(CaseId, Case<'_>)> {
        let mut found = Vec::new();
        self.each_case(&mut |id, way, next| {
            found.push((id, Case { item: self, way: way.clone(), next }));
            true
        });
        found
    }

    /// Whether there are any.
    pub fn has_cases(&self) -> bool {
        result_count(self, MOST_RESULTS).is_some_and(|count| count > 0)
    }

    /// The case with this id.
    pub fn case(&self, wanted: CaseId) -> Option<Case<'_>> {
        let mut found = None;
        self.each_case(&mut |id, way, next| {
            if id == wanted {
                found = Some(Case { item: self, way: way.clone(), next });
            }
            found.is_none()
        });
        found
    }

    /// Whether an item that charges fees has a result that costs nothing.
    pub fn has_free_case(&self) -> bool {
        let FeeEntry::List(fees) = &self.facts.fees else { return false };
        let mut found = false;
        // A fee that everybody pays settles it without a look at the cases.
        if !fees.is_empty() && fees.iter().all(|fee| !fee.when.0.is_empty()) {
            self.each_case(&mut |_, way, next| {
                found = next.is_none() && !fees.iter().any(|fee| meets(way, &fee.when));
                !found
            });
        }
        found
    }

    /// The case before anything is asked, from which the others begin; it has no page but the item's.
    /// None without questions.
    pub fn first_case(&self) -> Option<Case<'_>> {
        let (_, first) = next(self, &Vec::new(), 0)?;
        Some(Case { item: self, way: Vec::new(), next: Some(first) })
    }

    /// The case that some answers lead to: each question that is asked takes its answer
    /// from them, up to the first that has none.
    pub fn case_of<'a>(&'a self, answer: impl Fn(&'a SituationQuestion) -> Option<&'a str>) -> Case<'a> {
        let mut way: Way<'a> = Vec::new();
        let mut from = 0;
        while let Some((n, question)) = next(self, &way, from) {
            let given = answer(question).and_then(|id| question.answers.0.iter().find(|(known, _)| known == id));
            let Some((given, _)) = given else { return Case { item: self, way, next: Some(question) } };
            way.push((question.id.as_str(), given));
            from = n + 1;
        }
        Case { item: self, way, next: None }
    }

    /// Calls `each` for every case, until it says no.
    fn each_case<'a>(&'a self, each: &mut Each<'a, '_>) {
        if self.has_cases() {
            walk(self, &mut Vec::new(), 0, &mut 0, each);
        }
    }

    /// The site path below which its cases are.
    pub fn cases_path(&self) -> String {
        format!("{}case/", self.path())
    }
}

/// How many results the questions have; none if that is more than `most`. Without questions there are 0.
pub fn result_count(item: &Item, most: usize) -> Option<usize> {
    fn count<'a>(item: &'a Item, way: &mut Way<'a>, from: usize, left: usize) -> Option<usize> {
        let Some((n, question)) = next(item, way, from) else { return (left > 0).then_some(1) };
        let mut sum = 0;
        for (answer, _) in &question.answers.0 {
            way.push((question.id.as_str(), answer));
            let found = count(item, way, n + 1, left - sum);
            way.pop();
            sum += found?;
        }
        Some(sum)
    }
    if item.facts.situations.is_empty() { Some(0) } else { count(item, &mut Vec::new(), 0, most) }
}

/// The next question that is asked after some answers, and its place.
fn next<'a>(item: &'a Item, way: &Way<'a>, from: usize) -> Option<(usize, &'a SituationQuestion)> {
    let rest = item.facts.situations.iter().enumerate().skip(from);
    rest.into_iter().find(|(_, question)| asks(way, question))
}

/// What is done at a case: its id, its answers, what is asked next.
type Each<'a, 'f> = dyn FnMut(CaseId, &Way<'a>, Option<&'a SituationQuestion>) -> bool + 'f;

/// Goes through the cases from some answers on. Says no when `each` did.
fn walk<'a>(item: &'a Item, way: &mut Way<'a>, from: usize, seen: &mut u16, each: &mut Each<'a, '_>) -> bool {
    let asked = next(item, way, from);
    if !way.is_empty() {
        let goes_on = each(CaseId(*seen), way, asked.map(|(_, question)| question));
        *seen = seen.saturating_add(1);
        if !goes_on {
            return false;
        }
    }
    let Some((n, question)) = asked else { return true };
    for (answer, _) in &question.answers.0 {
        way.push((question.id.as_str(), answer));
        let goes_on = walk(item, way, n + 1, seen, each);
        way.pop();
        if !goes_on {
            return false;
        }
    }
    true
}

impl<'a> Case<'a> {
    /// Whether nothing is left to ask.
    pub fn is_result(&self) -> bool {
        self.next.is_none()
    }

    /// The site path of its page: `/items/a/case/who-self/kind-new/`.
    pub fn path(&self) -> String {
        let mut path = self.item.cases_path();
        for (question, answer) in &self.way {
            path.push_str(question);
            path.push('-');
            path.push_str(answer);
            path.push('/');
        }
        path
    }

    /// The answers so far with their questions.
    pub fn answers(&self) -> Vec<Answered<'a>> {
        let known = |(asked, given): &(&'a str, &'a str)| {
            let question = self.item.facts.situations.iter().find(|one| one.id.as_str() == *asked)?;
            let (id, label) = question.answers.0.iter().find(|(id, _)| id == given)?;
            Some(Answered { question, id, label })
        };
        self.way.iter().filter_map(known).collect()
    }

    /// The case with one answer changed (改答案) or added. Later answers are kept where their
    /// questions are still asked; the first question that has no answer yet is asked next.
    pub fn with(&self, changed: &SituationQuestion, answer: &str) -> Case<'a> {
        self.item.case_of(|question| {
            if question.id.as_str() == changed.id.as_str() {
                return question.answers.0.iter().find(|(id, _)| id == answer).map(|(id, _)| id.as_str());
            }
            self.way.iter().find(|(asked, _)| *asked == question.id.as_str()).map(|(_, given)| *given)
        })
    }

    /// Whether its answers meet a condition (适用).
    pub fn meets(&self, when: &Ordered<Vec<String>>) -> bool {
        meets(&self.way, when)
    }

    /// The materials it asks for, as resolved and as written.
    pub fn materials(&self) -> Vec<(&'a Material, &'a crate::schema::item_material::Material)> {
        let MaterialsEntry::List(list) = &self.item.facts.materials else { return Vec::new() };
        let written = self.item.materials.iter().filter_map(|one| Some((one, list.get(one.position)?)));
        written.filter(|(_, written)| self.meets(&written.when)).collect()
    }

    /// The steps it goes through.
    pub fn steps(&self) -> Vec<&'a Step> {
        self.item.facts.steps.iter().filter(|step| self.meets(&step.when)).collect()
    }

    /// The fees it costs.
    pub fn fees(&self) -> Vec<&'a Fee> {
        let FeeEntry::List(list) = &self.item.facts.fees else { return Vec::new() };
        list.iter().filter(|fee| self.meets(&fee.when)).collect()
    }

    /// The promised limit: that of 分情形, else the one for all; none while it is 待补.
    pub fn promised(&self) -> Option<TimeLimit> {
        promised(self.item, special_limit(self.item, &self.way))
    }
}

/// The entry of 分情形 whose promise holds for a way.
pub fn special_limit(item: &Item, way: &Way<'_>) -> Option<usize> {
    item.facts.limits.by_situation.iter().position(|one| !one.when.0.is_empty() && meets(way, &one.when))
}

/// The promise of an entry of 分情形, or the one for all; none while that is 待补.
pub fn promised(item: &Item, special: Option<usize>) -> Option<TimeLimit> {
    let limits = &item.facts.limits;
    special.map_or(limits.promised.get(), |n| Some(limits.by_situation[n].promised))
}

/// Whether two states of an item have the same cases at the same addresses.
pub(crate) fn has_same_cases(old: &Item, new: &Item) -> bool {
    let (old, new) = (&old.facts, &new.facts);
    let ids = |question: &SituationQuestion| question.answers.0.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    Arc::ptr_eq(old, new)
        || old.situations.len() == new.situations.len()
            && old.situations.iter().zip(&new.situations).all(|(old, new)| {
                old.id.as_str() == new.id.as_str() && old.when.0 == new.when.0 && ids(old) == ids(new)
            })
}
