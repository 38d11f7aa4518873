//! What the files say: one type a document kind, in the words of the editors.
//!
//! These types mirror the YAML and nothing more. Their keys are Chinese, their
//! doc comments are Chinese because they become the editors' handbook and the
//! descriptions of the JSON Schema. What the files mean is in [`crate::model`].

pub mod bundle;
pub mod department;
pub mod item;
pub mod item_handling;
pub mod item_material;
pub mod law;
pub mod markdown_head;
pub mod portal_tables;
pub mod shared;
pub mod site;
pub mod urls_lock;
pub mod values;

pub use bundle::Bundle;
pub use department::Department;
pub use item::Item;
pub use law::Law;
pub use markdown_head::{NoticeHead, PageHead};
pub use portal_tables::{CalendarFile, ExceptionsFile, RedirectsFile, SynonymsFile, TopicsFile};
pub use shared::{Place, SharedMaterial};
pub use site::SiteFile;
pub use urls_lock::UrlsLock;
pub use values::{Flag, Free, NoMaterials, NotApplicable, Nothing};
