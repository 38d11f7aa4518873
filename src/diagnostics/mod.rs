//! Findings (问题): what they are and how they are collected.
//!
//! A finding is made wherever something is wrong and names a field or a byte
//! range. Which findings there are is not known here, nor where they stand and
//! how they are printed: that is [`crate::printing`].

mod code;
pub mod codes;
mod collect;
mod finding;
mod nearest;
mod words;

pub use code::Code;
pub use collect::Findings;
pub use finding::{Allowed, Finding, FindingParts, Fix, Place, Severity, Target};
pub use nearest::nearest;
pub use words::{Lang, Words};
