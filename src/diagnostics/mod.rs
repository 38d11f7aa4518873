//! Findings (问题): what they are, how they are collected, placed and printed.
//!
//! A finding is made wherever something is wrong and names a field or a byte
//! range. [`locate`] turns that into lines and columns once all are known, and
//! [`print()`] writes them for a person, a program or a platform. Which findings
//! there are is not known here.

mod code;
pub mod codes;
mod collect;
mod finding;
mod located;
mod nearest;
mod render;
mod words;

pub use code::Code;
pub use collect::Findings;
pub use finding::{Allowed, Finding, FindingParts, Fix, Place, Severity, Target};
pub use located::{LocatedAllowed, LocatedFinding, LocatedFix, LocatedParts, Part, Places, Report, Spot, locate};
pub use nearest::nearest;
pub use render::escape::visible;
pub use render::{Counts, Format, Hints, print, print_brief, print_report, report_summary, summary, summary_of};
pub use words::{Lang, Words};
