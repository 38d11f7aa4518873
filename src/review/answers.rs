//! 情形: answers that came, went or were renamed, and what only follows from that.

use serde_json::{Map, Value};

use crate::diagnostics::Words;
use crate::review::fields::{Difference, list_of, scalar};

/// One answer of 情形引导: the question, the answer's id and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    question: String,
    asked: String,
    id: String,
    text: String,
}

/// The answers of a document that cannot be given any more.
#[derive(Debug, Default)]
pub(super) struct Answers {
    gone: Vec<Answer>,
    /// An answer under another id, with the new one.
    renamed: Vec<(Answer, String)>,
}

impl Answers {
    /// What became of the answers of a document.
    pub(super) fn of(before: &Value, after: &Value) -> Self {
        let (old, new) = (all(before), all(after));
        let is_in = |list: &[Answer], one: &Answer| {
            list.iter().any(|other| (&other.question, &other.id) == (&one.question, &one.id))
        };
        let mut found = Answers::default();
        for one in old.iter().filter(|one| !is_in(&new, one)) {
            let same = new.iter().find(|other| (&other.question, &other.text) == (&one.question, &one.text));
            match same.filter(|other| !is_in(&old, other)) {
                Some(other) => found.renamed.push((one.clone(), other.id.clone())),
                None => found.gone.push(one.clone()),
            }
        }
        found
    }

    /// The old document as far as the answers that are left go: what held for one that is gone and for
    /// others holds for the others, and renamed ones have their new ids.
    pub(super) fn without(&self, before: &Value) -> Value {
        if self.gone.is_empty() && self.renamed.is_empty() {
            return before.clone();
        }
        let mut document = before.clone();
        self.rename(&mut document);
        self.prune(&mut document);
        document
    }

    /// The ids of answers that changed, as differences.
    pub(super) fn renames(&self) -> impl Iterator<Item = Difference> {
        self.renamed.iter().map(|(one, new)| Difference {
            field: format!("情形引导「{}」.答案「{}」（代号）", one.asked, one.text),
            key: "情形引导.答案".to_owned(),
            format: Some("slug".to_owned()),
            old: Some(one.id.clone()),
            new: Some(new.clone()),
            at: Default::default(),
            is_entry: false,
            entry: None,
            brief: None,
        })
    }

    /// Why an entry went, if it only held for answers that cannot be given any more.
    pub(super) fn follows(&self, found: &Difference) -> Option<Words> {
        let entry = found.entry.as_ref().filter(|_| found.is_entry && found.new.is_none())?;
        let when = entry.get("适用")?.as_object()?;
        let gone = when.iter().find_map(|(question, chosen)| {
            let ids = chosen_of(chosen);
            let gone: Vec<&Answer> = ids.iter().filter_map(|id| self.gone(question, id)).collect();
            (!ids.is_empty() && gone.len() == ids.len()).then_some(gone)
        })?;
        let named = gone.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("”“");
        Some(Words::new(
            format!("只用于“{named}”，随这种情形一起去掉"),
            format!("held for “{named}” only, and went with it"),
        ))
    }

    fn gone(&self, question: &str, id: &str) -> Option<&Answer> {
        self.gone.iter().find(|one| one.question == question && one.id == id)
    }

    fn renamed(&self, question: &str, id: &str) -> Option<&str> {
        let found = self.renamed.iter().find(|(one, _)| one.question == question && one.id == id);
        found.map(|(_, new)| new.as_str())
    }

    /// Gives the answers of the questions their new ids.
    fn rename(&self, document: &mut Value) {
        let questions = document.get_mut("情形引导").and_then(Value::as_array_mut);
        for question in questions.into_iter().flatten() {
            let id = question.get("问题").map(scalar).unwrap_or_default();
            if let Some(answers) = question.get_mut("答案").and_then(Value::as_object_mut) {
                let old = std::mem::take(answers);
                *answers = old
                    .into_iter()
                    .map(|(answer, text)| (self.renamed(&id, &answer).unwrap_or(&answer).to_owned(), text))
                    .collect::<Map<_, _>>();
            }
        }
    }

    /// Takes the answers that are gone out of every 适用 that names others as well.
    fn prune(&self, value: &mut Value) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|one| self.prune(one)),
            Value::Object(map) => {
                for (key, inner) in map.iter_mut() {
                    match inner.as_object_mut().filter(|_| key == "适用") {
                        Some(when) => self.prune_condition(when),
                        None => self.prune(inner),
                    }
                }
            }
            _ => {}
        }
    }

    fn prune_condition(&self, when: &mut Map<String, Value>) {
        for (question, chosen) in when.iter_mut() {
            let ids = chosen_of(chosen);
            let left: Vec<&String> = ids.iter().filter(|id| self.gone(question, id).is_none()).collect();
            if left.is_empty() {
                continue;
            }
            let left = left.into_iter().map(|id| self.renamed(question, id).unwrap_or(id).into());
            let left = left.collect::<Vec<Value>>();
            if chosen.is_array() || left.len() != 1 {
                *chosen = Value::Array(left);
            } else if let Some(one) = left.into_iter().next() {
                *chosen = one;
            }
        }
    }
}

/// The answers a condition names, written as a list or as one.
fn chosen_of(chosen: &Value) -> Vec<String> {
    match chosen {
        Value::Array(list) => list.iter().map(scalar).collect(),
        one => vec![scalar(one)],
    }
}

/// Every answer of a document.
fn all(document: &Value) -> Vec<Answer> {
    let mut found = Vec::new();
    for question in list_of(document.get("情形引导")) {
        let text = |key: &str| question.get(key).map(scalar).unwrap_or_default();
        for (id, said) in question.get("答案").and_then(Value::as_object).into_iter().flatten() {
            let (question, asked) = (text("问题"), text("问"));
            found.push(Answer { question, asked, id: id.clone(), text: scalar(said) });
        }
    }
    found
}
