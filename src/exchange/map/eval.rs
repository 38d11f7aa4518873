//! Carries a mapping out on one record: the parts of documents, and of which values each is made.

use serde_json::Value;

use crate::exchange::map::compile::scalar_text;
use crate::exchange::map::node::{Expr, Kind, Node, Part, Plan, Source, Test, When};
use crate::exchange::map::record::{Leaf, Ledger, Spot, look};
use crate::exchange::map::report::Why;
use crate::exchange::map::steps::{Piece, step};
use crate::search::Sounds;

/// A part of a document, with the values it was made of.
#[derive(Debug, Clone)]
pub(super) enum Built {
    /// A single value, or a constant of any form.
    One(Value, Vec<Leaf>),
    /// A list.
    List(Vec<Built>),
    /// A mapping.
    Map(Vec<(String, Built)>),
}

/// What a record is looked at with.
pub(super) struct Run<'a, 'r> {
    pub(super) plan: &'a Plan,
    pub(super) sounds: &'a Sounds,
    pub(super) record: &'r Value,
    /// The ids of the record's department and place.
    pub(super) department: Option<String>,
    pub(super) place: Option<String>,
    pub(super) today: &'a str,
}

/// Where one stands in the record.
#[derive(Clone)]
pub(super) struct Scope<'r> {
    /// The entry of a list that is looked at.
    entry: Option<Spot<'r>>,
    /// The text that is looked at.
    piece: Option<Piece<'r>>,
    /// Which of several it is, from 1.
    number: usize,
}

impl Scope<'_> {
    /// At the record itself.
    pub(super) fn whole() -> Self {
        Scope { entry: None, piece: None, number: 1 }
    }
}

impl<'r> Run<'_, 'r> {
    /// A part of a document; none if nothing is known of it.
    pub(super) fn node(&self, node: &Node, scope: &Scope<'r>, ledger: &mut Ledger) -> Option<Built> {
        match node {
            Node::Expr(expr) => self.built(expr, scope, ledger),
            Node::List(nodes) => {
                let mut list = Vec::new();
                for node in nodes {
                    match self.node(node, scope, ledger) {
                        Some(Built::List(more)) => list.extend(more),
                        Some(one) => list.push(one),
                        None => {}
                    }
                }
                (!list.is_empty()).then_some(Built::List(list))
            }
            Node::Map(entries) => {
                let entries: Vec<(String, Built)> = entries
                    .iter()
                    .filter_map(|(key, node)| Some((key.clone(), self.node(node, scope, ledger)?)))
                    .collect();
                (!entries.is_empty()).then_some(Built::Map(entries))
            }
        }
    }

    fn built(&self, expr: &Expr, scope: &Scope<'r>, ledger: &mut Ledger) -> Option<Built> {
        if !self.holds(&expr.when, scope, ledger) {
            return None;
        }
        if let Source::Constant(value) = &expr.source {
            return Some(Built::One(value.clone(), Vec::new()));
        }
        let pieces = self.pieces(expr, scope, ledger);
        let mut list: Vec<Built> = match &expr.each {
            None => pieces
                .into_iter()
                .filter(|piece| !piece.text.is_empty())
                .map(|piece| Built::One(Value::from(piece.text), piece.from))
                .collect(),
            Some(each) => pieces
                .into_iter()
                .enumerate()
                .filter_map(|(n, piece)| {
                    let entry = piece.entry.clone().map(|(path, value)| Spot { path, value });
                    self.node(each, &Scope { entry, piece: Some(piece), number: n + 1 }, ledger)
                })
                .collect(),
        };
        match (list.len(), &expr.default) {
            (0, Some(default)) => Some(Built::One(default.clone(), Vec::new())),
            (0, None) => None,
            (1, _) if expr.each.is_none() => list.pop(),
            _ => Some(Built::List(list)),
        }
    }

    /// The only text of an expression, or the first.
    pub(super) fn text(&self, expr: &Expr, scope: &Scope<'r>, ledger: &mut Ledger) -> Option<(String, Vec<Leaf>)> {
        if !self.holds(&expr.when, scope, ledger) {
            return None;
        }
        let first = self.pieces(expr, scope, ledger).into_iter().find(|piece| !piece.text.is_empty());
        first.map(|piece| (piece.text, piece.from)).or_else(|| Some((scalar_text(expr.default.as_ref()?)?, Vec::new())))
    }

    fn pieces(&self, expr: &Expr, scope: &Scope<'r>, ledger: &mut Ledger) -> Vec<Piece<'r>> {
        let mut pieces = match &expr.source {
            Source::Take(fields) => self.take(fields, scope, ledger),
            Source::Join(nodes) => {
                let mut pieces = Vec::new();
                for node in nodes {
                    if let Some(built) = self.node(node, scope, ledger) {
                        flatten(built, &mut pieces);
                    }
                }
                pieces
            }
            Source::Template(parts) => self.template(parts, scope, ledger).into_iter().collect(),
            Source::Id(kind) => {
                let id = match kind {
                    Kind::Department => &self.department,
                    Kind::Place => &self.place,
                };
                id.iter().map(|id| Piece { text: id.clone(), from: Vec::new(), entry: None }).collect()
            }
            Source::Constant(value) => {
                scalar_text(value).map(|text| Piece { text, from: Vec::new(), entry: None }).into_iter().collect()
            }
        };
        for one in &expr.steps {
            pieces = step(one, pieces, self.sounds, ledger);
        }
        // What says nothing may show only after cleaning, as in 办理地点：无.
        pieces.retain(|piece| {
            let blank = piece.entry.is_none() && self.plan.blanks.contains(&piece.text);
            if blank {
                ledger.blank.extend(&piece.from);
            }
            !blank
        });
        pieces
    }

    fn take(&self, fields: &[String], scope: &Scope<'r>, ledger: &mut Ledger) -> Vec<Piece<'r>> {
        for field in fields {
            let mut pieces = Vec::new();
            for piece in self.found(field, scope, ledger) {
                match piece.from.first() {
                    Some(leaf) if self.plan.blanks.iter().any(|blank| *blank == piece.text.trim()) => {
                        ledger.blank.insert(*leaf);
                    }
                    _ => pieces.push(piece),
                }
            }
            if !pieces.is_empty() {
                return pieces;
            }
        }
        Vec::new()
    }

    /// What stands at a field, seen from the scope.
    fn found(&self, field: &str, scope: &Scope<'r>, ledger: &Ledger) -> Vec<Piece<'r>> {
        if field == "$" {
            return scope.piece.iter().cloned().collect();
        }
        let root = Spot { path: String::new(), value: self.record };
        let here = scope.entry.iter().flat_map(|entry| look(field, entry)).collect::<Vec<_>>();
        let spots = if here.is_empty() { look(field, &root) } else { here };
        spots
            .into_iter()
            .filter_map(|spot| match spot.value {
                Value::Object(_) => {
                    Some(Piece { text: String::new(), from: Vec::new(), entry: Some((spot.path, spot.value)) })
                }
                value => {
                    let text = scalar_text(value)?;
                    let from: Vec<Leaf> = ledger.leaf(&spot.path).into_iter().collect();
                    (!text.trim().is_empty()).then_some(Piece { text, from, entry: None })
                }
            })
            .collect()
    }

    /// A template with all its fields filled in; none if one says nothing.
    fn template(&self, parts: &[Part], scope: &Scope<'r>, ledger: &mut Ledger) -> Option<Piece<'r>> {
        let mut whole = Piece { text: String::new(), from: Vec::new(), entry: None };
        for part in parts {
            match part {
                Part::Text(text) => whole.text.push_str(text),
                Part::Number => whole.text.push_str(&scope.number.to_string()),
                Part::Today => whole.text.push_str(self.today),
                Part::Field(field) => {
                    let found = self.take(std::slice::from_ref(field), scope, ledger);
                    let first = found.into_iter().next()?;
                    whole.text.push_str(&first.text);
                    whole.from.extend(first.from);
                }
            }
        }
        Some(whole)
    }

    fn holds(&self, all: &[When], scope: &Scope<'r>, ledger: &mut Ledger) -> bool {
        all.iter().all(|one| {
            // Asking is not taking: what the steps of a condition find is not reported.
            let mut aside = Ledger::default();
            let asked: Vec<Piece<'r>> = match &one.subject.source {
                Source::Take(fields) => fields.iter().flat_map(|field| self.found(field, scope, ledger)).collect(),
                _ => Vec::new(),
            };
            ledger.decided.extend(asked.iter().flat_map(|piece| piece.from.iter().copied()));
            let steps = one.subject.steps.iter();
            let pieces = steps.fold(asked, |pieces, one| step(one, pieces, self.sounds, &mut aside));
            let is = |texts: &[String]| pieces.iter().any(|piece| texts.contains(&piece.text));
            match &one.test {
                Test::Is(texts) => is(texts),
                Test::IsNot(texts) => !pieces.is_empty() && !is(texts),
                Test::Holds(texts) => {
                    pieces.iter().any(|piece| texts.iter().any(|text| piece.text.contains(text.as_str())))
                }
                Test::Given(given) => *given != pieces.is_empty(),
            }
        })
    }
}

fn flatten(built: Built, pieces: &mut Vec<Piece<'_>>) {
    match built {
        Built::One(value, from) => {
            pieces.extend(scalar_text(&value).map(|text| Piece { text, from, entry: None }));
        }
        Built::List(list) => list.into_iter().for_each(|one| flatten(one, pieces)),
        Built::Map(entries) => entries.into_iter().for_each(|(_, one)| flatten(one, pieces)),
    }
}

/// What is said of a part that cannot be taken.
pub(super) fn refuse(built: &Built, why: &str, ledger: &mut Ledger) {
    match built {
        Built::One(value, from) if !from.is_empty() => {
            ledger.note(from, Why::Form, scalar_text(value).unwrap_or_default(), why);
        }
        Built::One(..) => {}
        Built::List(list) => list.iter().for_each(|one| refuse(one, why, ledger)),
        Built::Map(entries) => entries.iter().for_each(|(_, one)| refuse(one, why, ledger)),
    }
}
