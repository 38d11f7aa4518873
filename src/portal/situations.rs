//! The ways through the questions of 情形引导.

use crate::portal::Item;
use crate::schema::item::SituationQuestion;
use crate::schema::values::Ordered;

/// How many combinations of answers are gone through; no real item has so many.
const MOST: usize = 20_000;

/// One way through the questions: question id, answer id.
pub type Way<'a> = Vec<(&'a str, &'a str)>;

/// Every way through the questions that are asked.
pub fn ways(item: &Item) -> Vec<Way<'_>> {
    let mut ways: Vec<Way<'_>> = vec![Vec::new()];
    for question in &item.facts.situations {
        let mut longer = Vec::with_capacity(ways.len() * question.answers.0.len());
        for way in ways {
            if !asks(&way, question) {
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

/// Whether a question is asked after the answers of a way.
pub(super) fn asks(way: &Way<'_>, question: &SituationQuestion) -> bool {
    meets(way, &question.when)
}

/// Whether the answers of a way meet a condition: one of the answers of every question named.
pub fn meets(way: &Way<'_>, when: &Ordered<Vec<String>>) -> bool {
    when.0.iter().all(|(question, answers)| {
        way.iter().any(|(asked, given)| asked == question && answers.iter().any(|answer| answer == given))
    })
}
