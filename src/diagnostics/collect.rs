//! A growing list of findings.

use std::collections::BTreeSet;

use crate::diagnostics::{Allowed, Finding, Severity};
use crate::source::FileId;

/// The findings made so far, in the order they were made, and beside them those
/// that are let pass: they count for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    open: Vec<Finding>,
    allowed: Vec<Allowed>,
}

impl Findings {
    /// No findings yet.
    pub fn new() -> Self {
        Findings::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.open.push(finding);
    }

    /// Adds one that is let pass.
    pub fn allow(&mut self, allowed: Allowed) {
        self.allowed.push(allowed);
    }

    /// Those that are let pass.
    pub fn allowed(&self) -> &[Allowed] {
        &self.allowed
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// Whether one of them is an error, so that nothing may be published.
    pub fn has_errors(&self) -> bool {
        self.open.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// How many have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.open.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The finding made last.
    pub fn last_mut(&mut self) -> Option<&mut Finding> {
        self.open.last_mut()
    }

    /// The findings, one after another.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.open.iter()
    }

    /// The files that are quoted when everything is printed.
    pub fn files(&self) -> BTreeSet<FileId> {
        let all = self.open.iter().chain(self.allowed.iter().map(|one| &one.finding));
        let places = all.flat_map(|one| [&one.place].into_iter().chain(one.related.iter().map(|(place, _)| place)));
        places.map(|place| place.file).collect()
    }

    /// The findings as a plain list.
    pub fn into_vec(self) -> Vec<Finding> {
        self.open
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, more: I) {
        self.open.extend(more);
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(findings: Vec<Finding>) -> Self {
        Findings { open: findings, allowed: Vec::new() }
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.open.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.open.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Target, Words, codes};
    use crate::source::FileId;

    #[test]
    fn counting() {
        let finding = |code| Finding::new(code, FileId(0), Target::File, Words::new("甲", "a"));
        let mut findings = Findings::new();
        assert!(findings.is_empty() && !findings.has_errors());
        findings.push(finding(&codes::IM03));
        assert!(!findings.has_errors());
        findings.extend(vec![finding(&codes::IM01), finding(&codes::IM03)]);
        assert!(findings.has_errors());
        let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| findings.count(severity));
        assert_eq!((counts, findings.len(), findings.iter().count()), ([1, 2, 0], 3, 3));
        assert_eq!(Findings::from(findings.clone().into_vec()), findings);
    }
}
