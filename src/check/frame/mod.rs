//! What becomes of findings: levels of the portal (检查等级) and findings let
//! pass (放行).
//!
//! A portal can block, warn of, mention or leave out what a rule finds, and
//! single findings can be let pass with a reason: by a comment beside the text
//! or by an entry of `exceptions.yaml`. What would make a page wrong, because
//! it could not be read, can be neither. Faults of all this are findings too.

mod allowance;
mod comment;
mod levels;

pub use allowance::CHANGE_CLASSES;
pub use comment::Comments;

use std::collections::BTreeMap;

use crate::check::all_codes;
use crate::diagnostics::{Allowed, Code, Finding, Findings, Severity, codes, nearest};
use crate::documents::{DocumentKind, kind_of};
use crate::portal::Portal;
use crate::printing::locate;
use crate::source::{FileId, SourceTree};

/// The codes of the frame itself.
pub(super) static CODES: &[&Code] = &[&levels::AL01, &allowance::AL02, &allowance::AL03, &levels::AL04];

/// Lets pass what is allowed and gives every finding the level it has in this portal.
///
/// Without a portal nothing changes: where `site.yaml` cannot be read, nobody knows what holds.
pub fn judge(tree: &SourceTree, portal: Option<&Portal>, findings: Findings, comments: &mut Comments) -> Findings {
    let Some(portal) = portal else { return findings };
    let mut faults = Vec::new();
    let levels = levels::of(portal, &mut faults);
    let mut allowances = allowance::of(tree, portal, comments, &mut faults);
    let mut judged = Findings::new();
    // Looking at the kind of every file takes a while; mostly nothing is let pass.
    let unread = if allowances.is_empty() { Vec::new() } else { unread(tree, portal, &findings) };
    for finding in findings {
        match let_pass(&finding, tree, &mut allowances) {
            Some(allowed) => judged.allow(allowed),
            None => judged.push(finding),
        }
    }
    faults.extend(allowances.idle(tree, &unread));
    let judged_faults = faults.into_iter().filter_map(|finding| levels.apply(finding));
    let allowed = judged.allowed().to_vec();
    let mut out: Findings = judged.into_iter().filter_map(|finding| levels.apply(finding)).collect::<Vec<_>>().into();
    out.extend(judged_faults);
    allowed.into_iter().for_each(|one| out.allow(one));
    out
}

/// The finding as one that is let pass, if something allows it.
fn let_pass(finding: &Finding, tree: &SourceTree, allowances: &mut allowance::Allowances) -> Option<Allowed> {
    let candidates = allowances.for_code(finding.place.file, finding.code.id);
    if candidates.is_empty() {
        return None;
    }
    let spot = locate(vec![finding.clone()], tree).into_iter().next()?.spot.clone();
    let range = spot.part.map(|part| part.range);
    let n = candidates.into_iter().find(|n| allowances.covers(*n, finding, range.as_ref()))?;
    let (reason, agreed) = allowances.used(n);
    Some(Allowed { finding: finding.clone(), reason, agreed })
}

/// The files no rule could look at: they could not be read, or are of an item that is not in this build.
fn unread(tree: &SourceTree, portal: &Portal, findings: &Findings) -> Vec<FileId> {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error && is_fixed(finding.code);
    let mut files: Vec<FileId> = findings.iter().filter(is_error).map(|finding| finding.place.file).collect();
    let slugs = |slug: &str| portal.item_named(slug).is_some();
    files.extend(tree.files.iter().filter_map(|file| match kind_of(&file.path) {
        DocumentKind::Item(_, slug) | DocumentKind::Guide(_, slug) => (!slugs(&slug)).then_some(file.id),
        _ => None,
    }));
    files
}

/// Whether a code has one level everywhere and nothing can let it pass: what was
/// not read right makes the page wrong.
pub(super) fn is_fixed(code: &Code) -> bool {
    let is_reading = codes::READING.iter().any(|known| known.id == code.id);
    let is_frame = ["AL01", "AL02", "AL04"].contains(&code.id);
    (is_reading && code.severity == Severity::Error) || is_frame
}

/// The code that an editor names by its id or its name, or the nearest one.
fn named(word: &str) -> Result<&'static Code, Option<&'static Code>> {
    let codes = all_codes();
    let wanted = word.to_ascii_uppercase();
    let found = codes.iter().find(|code| code.id == wanted || code.name == word);
    match found {
        Some(code) => Ok(code),
        None => {
            let names: BTreeMap<&str, &'static Code> =
                codes.iter().flat_map(|code| [(code.id, *code), (code.name, *code)]).collect();
            let near = nearest(&wanted, names.keys().copied()).or_else(|| nearest(word, names.keys().copied()));
            Err(near.and_then(|near| names.get(near).copied()))
        }
    }
}
