//! Makes a part fit the format of the content files: values in their one form, 待补 where something required is not told.

use serde_json::{Map, Value};

use crate::exchange::map::compile::scalar_text;
use crate::exchange::map::eval::{Built, refuse};
use crate::exchange::map::record::{Leaf, Ledger};
use crate::exchange::map::report::Why;
use crate::schema::values::{FLAG_WORDS, PENDING, check_format};
use crate::yaml::{Key, Shape};

/// Fits a part to a shape, and tells which values are in it. What does not fit is noted and left out.
pub(super) fn fit(built: &Built, shape: &Shape, ledger: &mut Ledger) -> Option<(Value, Vec<Leaf>)> {
    let mut taken = Vec::new();
    let value = Fit { ledger, taken: &mut taken }.value(built, shape)?;
    Some((value, taken))
}

struct Fit<'l> {
    ledger: &'l mut Ledger,
    taken: &'l mut Vec<Leaf>,
}

impl Fit<'_> {
    fn value(&mut self, built: &Built, shape: &Shape) -> Option<Value> {
        if let Built::One(value @ (Value::Array(_) | Value::Object(_)), from) = built {
            return self.value(&opened(value, from), shape);
        }
        match shape {
            Shape::Told(inner) => match built {
                Built::One(value, _) if value == PENDING => Some(value.clone()),
                built => self.value(built, inner),
            },
            Shape::Map(keys) => match built {
                Built::Map(entries) => self.map(entries, keys, built),
                built => self.refuse(built, "这里要写一组“键: 值”"),
            },
            Shape::List(inner) => self.list(built, inner),
            Shape::Either(shapes) => self.either(built, shapes),
            Shape::Open(_) | Shape::Any => self.open(built),
            single => self.single(built, single),
        }
    }

    fn refuse(&mut self, built: &Built, why: &str) -> Option<Value> {
        refuse(built, why, self.ledger);
        None
    }

    fn map(&mut self, entries: &[(String, Built)], keys: &[Key], whole: &Built) -> Option<Value> {
        // What is in a mapping that is given up in the end is not taken.
        let before = (self.taken.len(), self.ledger.landed.len());
        let mut map = Map::new();
        for key in keys {
            let part = entries.iter().find(|(name, _)| *name == key.name);
            let value = part.and_then(|(_, part)| self.value(part, &key.shape));
            let value = match (value, &key.shape, key.required) {
                (None, Shape::Told(_), true) => Some(Value::from(PENDING)),
                (None, shape @ Shape::Map(_), true) => self.value(&Built::Map(Vec::new()), shape),
                (value, ..) => value,
            };
            match value {
                Some(value) => _ = map.insert(key.name.clone(), value),
                None if key.required => {
                    self.taken.truncate(before.0);
                    self.ledger.landed.truncate(before.1);
                    return self.refuse(whole, &format!("缺少 `{}`", key.name));
                }
                None => {}
            }
        }
        Some(Value::Object(map))
    }

    fn list(&mut self, built: &Built, inner: &Shape) -> Option<Value> {
        let entries: Vec<Value> = match built {
            Built::List(list) => list.iter().filter_map(|one| self.value(one, inner)).collect(),
            one => self.value(one, inner).into_iter().collect(),
        };
        (!entries.is_empty()).then_some(Value::Array(entries))
    }

    /// The form that fits: a word stands for itself, a list or mapping for what it is.
    fn either(&mut self, built: &Built, shapes: &[Shape]) -> Option<Value> {
        let said = |one: &Built| match one {
            Built::One(value, _) => scalar_text(value),
            _ => None,
        };
        let text = said(built);
        // A list of nothing but a word such as 无需材料 is that word.
        if let Built::List(list) = built
            && let [one] = list.as_slice()
            && let Some(word) = said(one)
            && let Some(shape) =
                shapes.iter().find(|shape| matches!(shape, Shape::Choice { words, .. } if words.contains(&word)))
        {
            return self.value(one, shape);
        }
        let fits = |shape: &&Shape| match (shape, built) {
            (Shape::Choice { words, .. }, Built::One(..)) => text.as_ref().is_some_and(|text| words.contains(text)),
            (Shape::Flag, Built::One(..)) => {
                text.as_ref().is_some_and(|text| FLAG_WORDS.iter().any(|(word, _)| word == text))
            }
            (Shape::Map(_) | Shape::Open(_), Built::Map(_)) | (Shape::List(_), Built::List(_)) => true,
            (Shape::Text { .. } | Shape::Number { .. }, Built::One(..)) => true,
            _ => false,
        };
        let list = || shapes.iter().find(|shape| matches!(shape, Shape::List(_)));
        match shapes.iter().find(fits).or_else(list) {
            Some(shape) => self.value(built, shape),
            None => {
                let expected: Vec<String> = shapes.iter().map(|shape| shape.expected().0).collect();
                self.refuse(built, &expected.join("，或者"))
            }
        }
    }

    fn open(&mut self, built: &Built) -> Option<Value> {
        Some(match built {
            Built::One(value, from) => {
                self.taken.extend(from);
                value.clone()
            }
            Built::List(list) => Value::Array(list.iter().filter_map(|one| self.open(one)).collect()),
            Built::Map(entries) => {
                let entries = entries.iter().filter_map(|(key, one)| Some((key.clone(), self.open(one)?)));
                Value::Object(entries.collect())
            }
        })
    }

    fn single(&mut self, built: &Built, shape: &Shape) -> Option<Value> {
        let (value, from) = match built {
            Built::One(value, from) => (value, from),
            Built::List(list) => {
                for more in list.iter().skip(1) {
                    self.refuse(more, "这里只能写一个");
                }
                return self.single(list.first()?, shape);
            }
            Built::Map(_) => return self.refuse(built, &shape.expected().0),
        };
        let text = scalar_text(value)?;
        let text = text.trim();
        let fitted = match shape {
            Shape::Text { format: Some(format) } => match check_format(format, text) {
                Some(Err(error)) => match error.suggestion {
                    Some(right) => {
                        self.ledger.note(from, Why::Rewritten, text, right.as_str());
                        Some(Value::from(right))
                    }
                    None => return self.refuse(built, &format!("{}；允许：{}", error.problem.zh, error.allowed.zh)),
                },
                _ => Some(Value::from(text)),
            },
            Shape::Text { format: None } => Some(Value::from(text)),
            Shape::Choice { words, .. } => {
                words.iter().find(|word| *word == text).map(|word| Value::from(word.as_str()))
            }
            Shape::Flag => FLAG_WORDS.iter().find(|(word, _)| *word == text).map(|(word, _)| Value::from(*word)),
            Shape::Number { min, max } => {
                text.parse::<i64>().ok().filter(|number| (min..=max).contains(&number)).map(Value::from)
            }
            _ => None,
        };
        // A yes or no of JSON has a word here.
        let fitted = match (fitted, shape, text) {
            (None, Shape::Flag, "true") => Some(Value::from("是")),
            (None, Shape::Flag, "false") => Some(Value::from("否")),
            (fitted, ..) => fitted,
        };
        match fitted {
            Some(value) => {
                self.taken.extend(from);
                let landed = scalar_text(&value).unwrap_or_default();
                self.ledger
                    .landed
                    .extend(from.iter().flat_map(|leaf| [(*leaf, landed.clone()), (*leaf, text.to_owned())]));
                Some(value)
            }
            None => self.refuse(built, &format!("允许：{}", shape.expected().0)),
        }
    }
}

/// A constant of several parts as its parts.
fn opened(value: &Value, from: &[Leaf]) -> Built {
    match value {
        Value::Array(list) => Built::List(list.iter().map(|one| opened(one, from)).collect()),
        Value::Object(map) => Built::Map(map.iter().map(|(key, one)| (key.clone(), opened(one, from))).collect()),
        single => Built::One(single.clone(), from.to_vec()),
    }
}
