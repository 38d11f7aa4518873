//! What the possible answers of 情形引导 add up to.

use crate::model::terms::Necessity;
use crate::portal::Item;
use crate::schema::item_material::Material;
use crate::schema::values::Ordered;

/// How many combinations of answers are gone through; no real item has so many.
const MOST: usize = 20_000;

/// One way through the questions: question id, answer id.
type Way<'a> = Vec<(&'a str, &'a str)>;

/// The fewest and the most materials any way through the questions asks for.
///
/// A material that is not always needed (非必要) counts only toward the most.
pub(super) fn material_counts(item: &Item, list: &[Material]) -> (usize, usize) {
    let mut least = usize::MAX;
    let mut most = 0;
    for way in ways(item) {
        let asked = list.iter().filter(|material| meets(&way, &material.when));
        let (sure, all) = asked.fold((0, 0), |(sure, all), material| {
            (sure + usize::from(material.necessity.get() != Some(Necessity::Conditional)), all + 1)
        });
        least = least.min(sure);
        most = most.max(all);
    }
    if least > most { (list.len(), list.len()) } else { (least, most) }
}

/// Every way through the questions that are asked.
fn ways(item: &Item) -> Vec<Way<'_>> {
    let mut ways: Vec<Way<'_>> = vec![Vec::new()];
    for question in &item.facts.situations {
        let mut longer = Vec::with_capacity(ways.len() * question.answers.0.len());
        for way in ways {
            if !meets(&way, &question.when) {
                longer.push(way);
                continue;
            }
            for (answer, _) in &question.answers.0 {
                let mut next = way.clone();
                next.push((question.id.as_str(), answer.as_str()));
                longer.push(next);
            }
        }
        longer.truncate(MOST);
        ways = longer;
    }
    ways
}

/// Whether the answers of a way meet a condition: one of the answers of every question named.
fn meets(way: &Way<'_>, when: &Ordered<Vec<String>>) -> bool {
    when.0.iter().all(|(question, answers)| {
        way.iter().any(|(asked, given)| asked == question && answers.iter().any(|answer| answer == given))
    })
}
