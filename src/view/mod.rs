//! What templates see: plain structures of finished strings.
//!
//! Every text is ready to print; templates only loop, test for presence and
//! print. `themes/README.md` describes the structures for theme authors.

mod article;
mod booklet;
mod bundle;
mod bundle_materials;
mod bundle_time;
mod case;
mod chart;
mod data;
mod deadline;
mod department;
mod flow_chart;
mod home;
mod item;
mod item_extras;
mod item_flow;
mod item_glance;
mod item_handling;
mod item_materials;
mod item_words;
mod lists;
mod notice_sheet;
mod openness;
mod page;
mod parts;
mod performance;
mod qr;
mod qr_mask;
mod shared;
mod site;
mod situations;
mod visit;

pub(crate) use page::CSP;
pub use page::redirect;
pub use page::{PageView, View, view};
pub use parts::{
    Action, BasisRef, ChangeRow, Contact, FileView, ItemRow, LabelValue, Link, NoticeRow, PageNumber, Pagination,
    PhoneView, PlaceRow, Remedy, TopicRow,
};
pub use qr::terminal as qr_code;
pub use site::{SiteView, site_view};
pub use visit::Visit;

use crate::plan::OutputPlan;
use crate::portal::Portal;

/// What views are made from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// The plan.
    pub plan: &'a OutputPlan,
}
