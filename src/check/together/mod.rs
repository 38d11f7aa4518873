//! What the items of a bundle (一件事) come to together: the order in which they
//! are done, one list of papers, one time and one fee.
//!
//! Counted are the items that can be applied for. Of alternatives (任选其一) one is
//! chosen: the longest for the time, each of them for the papers.

mod fees;
mod materials;
mod order;
mod time;

pub use fees::{FeeTotal, fee_of, fee_total};
pub use materials::{Counting, Merged, Use, is_for_all, materials};
pub use order::{Entry, Order, Wanted};
pub use time::{Limit, Promise, Span, Total};
