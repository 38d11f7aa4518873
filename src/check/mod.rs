//! The check stage: the rules of the field over a resolved portal.
//!
//! One rule, one file: its code with explanation, its check, its tests. A rule
//! sees the whole portal and changes nothing.

mod rules;

use rayon::prelude::*;

use crate::diagnostics::{Code, Findings};
use crate::portal::Portal;

/// One rule: what it is called and how it is checked.
#[derive(Debug)]
pub struct Rule {
    /// The codes it reports, with their explanations.
    pub codes: &'static [&'static Code],
    /// Looks at the whole portal.
    pub check: fn(&Portal, &mut Findings),
}

/// All rules, in the order of their codes.
pub static RULES: &[Rule] = rules::ALL;

/// Runs every rule over the portal.
pub fn check(portal: &Portal) -> Findings {
    let by_rule: Vec<Findings> = RULES
        .par_iter()
        .map(|rule| {
            let mut findings = Findings::default();
            (rule.check)(portal, &mut findings);
            findings
        })
        .collect();
    Findings::from(by_rule.into_iter().flatten().collect::<Vec<_>>())
}

/// Every code the program can report, reading and rules, in the order of ids.
pub fn all_codes() -> Vec<&'static Code> {
    let mut codes: Vec<&Code> = crate::diagnostics::codes::READING.to_vec();
    codes.extend(RULES.iter().flat_map(|rule| rule.codes.iter().copied()));
    codes.sort_by_key(|code| code.id);
    codes
}
