//! The stable code of a kind of finding.

use crate::diagnostics::Severity;

/// One kind of finding: its code, name and standing explanation.
///
/// Codes are two letters and two digits; the name is kebab-case, reads well
/// after “allow”, and names the fault rather than the cure. Both are stable.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Two letters and two digits, such as `YM05`.
    pub id: &'static str,
    /// The kebab-case name, such as `unknown-key`.
    pub name: &'static str,
    /// The severity it has unless the portal says otherwise.
    pub severity: Severity,
    /// A title of a few words in Chinese.
    pub title_zh: &'static str,
    /// A title of a few words in English.
    pub title_en: &'static str,
    /// What it checks, why it matters, and how to repair it, in Chinese.
    /// For a rule of the field it names the source where a sure one is known.
    pub explain_zh: &'static str,
    /// The same in English.
    pub explain_en: &'static str,
}
