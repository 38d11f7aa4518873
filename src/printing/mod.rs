//! Findings with their places, printed.
//!
//! [`locate`] turns fields and byte ranges into lines and columns once all
//! findings are known, and [`print()`] writes them for a person, a program or a
//! platform.

mod located;
mod render;

pub use located::{LocatedAllowed, LocatedFinding, LocatedFix, LocatedParts, Part, Places, Report, Spot, locate};
pub use render::escape::visible;
pub use render::{Counts, Format, Hints, print, print_brief, print_report, report_summary, summary, summary_of};
