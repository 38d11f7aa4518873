//! What editors start from (脚手架): a new portal, department, item, bundle, law, place or notice
//! as files that read without fault and say themselves what is still missing.
//!
//! Pure: names and bytes in, names and bytes out. The files are made from the
//! shapes of the documents, so that no key can be forgotten; what the office
//! has not told stands there as 待补.

mod department;
mod item;
mod known;
mod names;
mod others;
mod portal;
mod started;
pub mod vscode;

pub use department::{NewBundle, NewDepartment};
pub use item::NewItem;
pub use known::{Known, KnownDepartment, KnownItem};
pub use names::{department_id, item_slug};
pub use others::{NewLaw, NewNotice, NewPlace};
pub use portal::NewPortal;
pub use started::Started;
