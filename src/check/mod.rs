//! The check stage: the rules of the field over a resolved portal.
//!
//! One rule, one file: its code with explanation, its check, its tests. A rule
//! sees the whole portal and changes nothing.

mod asked;
mod citations;
pub mod completeness;
mod conditional;
mod families;
mod fixing;
mod frame;
pub mod indicators;
pub mod performance;
mod phrases;
mod redirects;
mod repealed;
mod rules;
mod sentences;
mod texts;
pub mod together;
mod wording;

pub use families::families;
pub use fixing::{FixedFile, fix};
pub use frame::{CHANGE_CLASSES, Comments, judge};
pub use redirects::{NewRedirect, add_redirects, with_redirects};
pub use rules::{Over, steps_over_promise};

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Code, Finding, Findings, Severity};
use crate::model::terms::ReviewState;
use crate::portal::{Item, Portal};
use crate::schema::{self, values::Told};
use crate::source::FileId;

/// One rule: what it is called and how it is checked.
#[derive(Debug)]
pub struct Rule {
    /// The codes it reports, with their explanations.
    pub codes: &'static [&'static Code],
    /// How it looks.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Each item on its own, with what it refers to; never at another item.
    Items(fn(&Portal, &[Arc<Item>], &mut Findings)),
    /// The whole portal, items side by side. The prose of items, which `aside` leaves out, is not looked at.
    Portal(fn(&Portal, &mut Findings)),
}

/// What earlier runs of the check stage found.
///
/// An item that is still the same value rests on the same as before, so the
/// rules that look at each item on its own would find the same again; those
/// that look at the whole portal would if no item differs in what they compare.
#[derive(Debug, Default)]
pub struct Looked {
    items: Vec<(Arc<Item>, Arc<[Finding]>)>,
    /// What stood around the items, and what was found in the whole.
    whole: Option<(u128, Findings)>,
}

impl Looked {
    fn find(&self, n: usize, item: &Arc<Item>) -> Option<&Arc<[Finding]>> {
        self.items.get(n).filter(|(known, _)| Arc::ptr_eq(known, item)).map(|(_, findings)| findings)
    }

    fn find_whole(&self, portal: &Portal) -> Option<Findings> {
        let (around, findings) = self.whole.as_ref()?;
        let is_same = *around == portal.around
            && self.items.len() == portal.items.len()
            && self.items.iter().zip(&portal.items).all(|((old, _), new)| is_compared_alike(old, new));
        is_same.then(|| findings.clone())
    }
}

/// Whether two states of an item are the same for every rule that looks at the whole portal.
fn is_compared_alike(old: &Arc<Item>, new: &Arc<Item>) -> bool {
    // What is printed for finding faults shows every field.
    let said = |item: &Item| format!("{:?} {:?} {:?}", item.status, item.files, aside(item));
    Arc::ptr_eq(old, new) || (old.slug == new.slug && old.file == new.file && said(old) == said(new))
}

/// What an item says, without the prose that no rule compares with other items.
fn aside(item: &Item) -> schema::Item {
    let mut facts = schema::Item::clone(&item.facts);
    facts.scope = Told::NotYet;
    facts.conditions = Told::NotYet;
    facts.prohibitions.clear();
    facts.questions.clear();
    facts.changes.clear();
    facts
}

/// All rules, in the order of their codes.
pub static RULES: &[Rule] = rules::ALL;

/// Runs every rule over the portal. What was found in items that are still the
/// same is taken from `looked`.
pub fn check(portal: &Portal, looked: &mut Looked) -> Findings {
    let before = &*looked;
    let by_item: Vec<Arc<[Finding]>> = portal
        .items
        .par_iter()
        .enumerate()
        .map(|(n, item)| match before.find(n, item) {
            Some(findings) => Arc::clone(findings),
            None => look(portal, item).into(),
        })
        .collect();
    let of_portal = |rule: &Rule| {
        let mut findings = Findings::default();
        if let Check::Portal(check) = rule.check {
            check(portal, &mut findings);
        }
        findings
    };
    let whole = before.find_whole(portal).unwrap_or_else(|| {
        let by_rule: Vec<Findings> = RULES.par_iter().map(of_portal).collect();
        by_rule.into_iter().flatten().collect::<Vec<_>>().into()
    });
    let mut findings = whole.clone();
    for found in &by_item {
        findings.extend(found.iter().cloned());
    }
    soften(portal, &mut findings);
    let items = portal.items.iter().cloned().zip(by_item).collect();
    *looked = Looked { items, whole: Some((portal.around, whole)) };
    findings
}

/// What was public elsewhere before and is not yet compared (导入待核) is not held back by the rules:
/// there an error is a warning until the item is approved.
fn soften(portal: &Portal, findings: &mut Findings) {
    let imported = |item: &&Arc<Item>| item.facts.approval.state == ReviewState::Imported;
    let files: BTreeSet<FileId> = portal.items.iter().filter(imported).map(|item| item.file).collect();
    if files.is_empty() {
        return;
    }
    let found = std::mem::take(findings).into_iter().map(|mut finding| {
        if files.contains(&finding.place.file) {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        finding
    });
    *findings = Findings::from(found.collect::<Vec<_>>());
}

/// Runs the rules that look at one item on its own.
fn look(portal: &Portal, item: &Arc<Item>) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in RULES {
        if let Check::Items(check) = rule.check {
            check(portal, std::slice::from_ref(item), &mut findings);
        }
    }
    findings.into_vec()
}

/// Every code the program can report, reading and rules, in the order of ids.
pub fn all_codes() -> Vec<&'static Code> {
    let mut codes: Vec<&Code> = crate::diagnostics::codes::READING.to_vec();
    codes.extend(RULES.iter().flat_map(|rule| rule.codes.iter().copied()));
    codes.extend(frame::CODES);
    codes.sort_by_key(|code| code.id);
    codes
}
