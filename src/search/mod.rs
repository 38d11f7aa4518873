//! Search: what can be found in a portal, the index that browsers read, and the same search in Rust.
//!
//! [`records`] takes from the portal what can be found, [`Index`] is where its
//! words lead, [`encode()`] writes that as small files, and [`Searcher`] answers
//! questions as the browser does with those files (`client/*.js`). Both sides
//! prepare text and rank in the same steps and in whole numbers; the tests
//! hold them to each other, so that `mingbai search` shows what citizens see.
//!
//! Chinese is cut into pairs of characters, so that nothing depends on a
//! dictionary in the browser. A dictionary only adds: where words begin (for
//! first letters), what may be shortened, which pairs of running text matter.
//! Relevance comes from the names people use: aliases, the built-in vocabulary
//! (`data/words.txt`) and the portal's `synonyms.yaml`.

mod arrange;
mod collect;
mod cover;
mod encode;
mod index;
mod query;
mod rank;
mod record;
mod slot;
mod sound;
mod suggest;
mod terms;
mod text;
mod vocabulary;
mod words;

use std::sync::LazyLock;

pub use collect::{bodies, records, vocabulary};
pub use encode::{IndexFile, encode};
pub use index::{Entry, Index, Language, Posting, Term, Tier};
pub use query::TierName;
pub use rank::{Found, Hit, Match, Searcher};
pub use record::{Kind, Label, Record};
pub use slot::{Class, Slot};
pub use sound::{Sounds, canonical, cut_syllables, syllables};
pub use text::{Preparer, Unit, UnitKind};
pub use vocabulary::{Noise, Saying, Vocabulary};
pub use words::Segmenter;

use crate::portal::Portal;

/// The tables of the language, loaded when first asked for (some 0.1 s) and the same ever after.
pub fn language() -> &'static Language {
    static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::new);
    &LANGUAGE
}

/// A portal's index and what it was made from.
#[derive(Debug)]
pub struct Searchable {
    /// What can be found.
    pub records: Vec<Record>,
    /// Where words lead.
    pub index: Index,
}

impl Searchable {
    /// Makes the index of a portal.
    pub fn new(portal: &Portal) -> Self {
        let records = records(portal);
        let index = Index::new(&records, &bodies(portal), language(), &vocabulary(portal, &language().preparer));
        Searchable { records, index }
    }

    /// The files of the index.
    pub fn files(&self) -> Vec<IndexFile> {
        encode(&self.index, &self.records, language())
    }

    /// A searcher that answers as the browser does.
    pub fn searcher(&self) -> Searcher<'_> {
        Searcher::new(&self.index, &self.records, language())
    }

    /// The record an entry shows.
    pub fn record(&self, entry: u32) -> &Record {
        &self.records[self.index.entries[entry as usize].records[0]]
    }

    /// Items that no everyday word reaches, in the order of the index.
    pub fn unreached(&self) -> impl Iterator<Item = &Record> {
        self.index.unreached.iter().map(|&entry| self.record(entry))
    }
}
