//! What the facts of a guide mean: vocabularies and values, without serde.

pub mod terms;
pub mod value;
