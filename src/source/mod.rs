//! The files of a portal: what they are, naming them, finding places in them.

mod field_path;
mod file;
pub(crate) mod lfs;
pub mod lines;

pub use field_path::{FieldPath, Step};
pub use file::{BinaryFile, FileId, SourceFile, SourceTree};
pub use lfs::Pointer;
