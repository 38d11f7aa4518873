//! Reading YAML: typed values with a position for every fault.

pub mod edit;
mod emit;
mod fixes;
mod front_matter;
mod locate;
mod prescan;
mod published;
mod read;
mod scalars;
mod shape;
mod slips;
mod tree;
mod walk;

pub use emit::emit;
pub use front_matter::front_matter;
pub use locate::Positions;
pub use published::published_schema;
pub use read::{Source, read};
pub use scalars::{ScalarAt, Style, comments, comments_between, scalars};
pub use shape::{Key, Shape, json_schema, shape_of};
