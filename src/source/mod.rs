//! The files of a portal: reading them, naming them, finding places in them.

mod field_path;
mod file;
pub mod git;
mod lfs;
pub mod lines;
mod load;
mod store;

pub use field_path::{FieldPath, Step};
pub use file::{BinaryFile, FileId, SourceFile, SourceTree};
pub use lfs::Pointer;
pub use load::{Given, Loaded, load, load_given};
pub(crate) use load::{is_ignored, is_read, text_of};
pub use store::Store;
