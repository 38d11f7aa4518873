//! The files of a portal: reading them, naming them, finding places in them.

mod field_path;
mod file;
pub mod lines;
mod load;

pub use field_path::{FieldPath, Step};
pub use file::{BinaryFile, FileId, SourceFile, SourceTree};
pub(crate) use load::is_ignored;
pub use load::{Loaded, load};
