//! A growing list of findings.

use crate::diagnostics::{Finding, Severity};

/// The findings made so far, in the order they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No findings yet.
    pub fn new() -> Self {
        Findings::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether one of them is an error, so that nothing may be published.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// How many have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The finding made last.
    pub fn last_mut(&mut self) -> Option<&mut Finding> {
        self.0.last_mut()
    }

    /// The findings, one after another.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// The findings as a plain list.
    pub fn into_vec(self) -> Vec<Finding> {
        self.0
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(findings: Vec<Finding>) -> Self {
        Findings(findings)
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::render::samples::{DUPLICATE, EXPIRED};
    use crate::diagnostics::{Target, Words};
    use crate::source::FileId;

    #[test]
    fn counting() {
        let finding = |code| Finding::new(code, FileId(0), Target::File, Words::new("甲", "a"));
        let mut findings = Findings::new();
        assert!(findings.is_empty() && !findings.has_errors());
        findings.push(finding(&EXPIRED));
        assert!(!findings.has_errors());
        findings.extend(vec![finding(&DUPLICATE), finding(&EXPIRED)]);
        assert!(findings.has_errors());
        let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| findings.count(severity));
        assert_eq!((counts, findings.len(), findings.iter().count()), ([1, 2, 0], 3, 3));
        assert_eq!(Findings::from(findings.clone().into_vec()), findings);
    }
}
