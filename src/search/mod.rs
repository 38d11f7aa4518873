//! Search: the index the browser reads, and the same search in Rust.

mod arrange;
mod encode;
mod index;
mod query;
mod rank;
mod record;
mod slot;
mod sound;
mod terms;
mod text;
mod vocabulary;
mod words;

pub use encode::{IndexFile, encode};
pub use index::{Entry, Index, Language, Posting, Tier};
pub use query::TierName;
pub use rank::{Found, Hit, Match, Searcher};
pub use record::{Kind, Label, Record};
pub use slot::{Class, Slot};
pub use sound::{Sounds, canonical, cut_syllables, syllables};
pub use text::{Preparer, Unit, UnitKind};
pub use vocabulary::{Noise, Saying, Vocabulary};
pub use words::Segmenter;
