//! How much of a question each entry covers.
//!
//! The browser does the same in `client/40-rank.js`.

use std::collections::BTreeMap;

use super::index::{Posting, Term};
use super::query::{Part, Piece, PieceKind, Reading, SINGLE_WORD, Token};
use super::slot::Class;

/// How long a question is short, and how long a story, in pieces.
const SHORT: u32 = 6;
const STORY: u32 = 12;

/// A reading with the postings of its tokens.
pub(super) struct Looked<'a> {
    pub(super) reading: Reading,
    /// For each token: the terms it stands for.
    pub(super) lists: Vec<Vec<&'a Term>>,
    /// How much each piece counts.
    pub(super) weights: Vec<u32>,
    /// How long the question is.
    pub(super) length: u32,
}

/// How long a question is: its pieces, and more where words stand apart, as each is one of several wishes.
pub(super) fn length(pieces: &[Piece]) -> u32 {
    let content: Vec<&Piece> = pieces.iter().filter(|piece| piece.part == Part::Content).collect();
    let breaks = content.windows(2).filter(|pair| pair[0].run != pair[1].run).count();
    (content.len() + 2 * breaks) as u32
}

/// The value for a question of this length, between that of short ones and that of stories.
pub(super) fn between((short, story): (u32, u32), length: u32) -> u32 {
    let above = length.clamp(SHORT, STORY) - SHORT;
    short - (short - story) * above / (STORY - SHORT)
}

impl Looked<'_> {
    /// The tokens that lead anywhere.
    pub(super) fn found(&self) -> impl Iterator<Item = (&Token, &Vec<&Term>)> {
        self.reading.tokens.iter().zip(&self.lists).filter(|(_, lists)| !lists.is_empty())
    }

    /// Which pieces have a term of their own.
    pub(super) fn known_pieces(&self) -> Vec<bool> {
        let mut known = vec![false; self.reading.pieces.len()];
        self.found().for_each(|(token, _)| known[token.from..token.to].fill(true));
        known
    }

    /// Which pairs, by their first piece, are a term.
    pub(super) fn known_pairs(&self) -> Vec<bool> {
        let mut known = vec![false; self.reading.pieces.len()];
        self.found().filter(|(token, _)| token.to == token.from + 2).for_each(|(token, _)| known[token.from] = true);
        known
    }

    /// Which pieces an entry covers by half at least, through tokens that are `wanted`.
    pub(super) fn covered(&self, entry: Option<u32>, wanted: impl Fn(&Token) -> bool) -> Vec<bool> {
        let mut covered = vec![false; self.reading.pieces.len()];
        for (token, lists) in self.found().filter(|(token, _)| wanted(token)) {
            for posting in lists.iter().flat_map(|term| &term.postings) {
                if Some(posting.entry()) == entry && covers(token, *posting) >= 50 {
                    covered[token.from..token.to].fill(true);
                }
            }
        }
        covered
    }

    /// How much of the reading each entry covers.
    pub(super) fn cover(&self) -> BTreeMap<u32, Cover> {
        let pieces = self.reading.pieces.len();
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        for (token, lists) in self.found() {
            for &posting in lists.iter().flat_map(|term| &term.postings) {
                rows.entry(posting.entry()).or_insert_with(|| Row::new(pieces)).add(token, posting);
            }
        }
        let total: u32 = self.weights.iter().sum();
        // Of first letters that were cut in two, one part alone would be chance.
        let needed: Vec<bool> = self.reading.pieces.iter().map(|piece| piece.kind == PieceKind::Initials).collect();
        rows.into_iter()
            .filter(|(_, row)| row.covers.iter().zip(&needed).all(|(&covers, &needed)| covers > 0 || !needed))
            .map(|(entry, row)| {
                let covered: u32 = row.covers.iter().zip(&self.weights).map(|(&covers, &weight)| covers * weight).sum();
                let coverage = (covered * 10).checked_div(total).unwrap_or(0);
                (entry, Cover { coverage, tight: row.tight(), first: row.first })
            })
            .collect()
    }
}

/// How well a match covers its pieces, in percent.
fn covers(token: &Token, posting: Posting) -> u32 {
    let class = posting.slot().class();
    let alone = token.single && class == Class::Word && posting.slot().length() == 1;
    let factor = if alone { SINGLE_WORD } else { token.factor };
    factor * class.weight() / 100
}

/// What one entry covers of a reading.
struct Row {
    covers: Vec<u32>,
    /// The pieces that the name, and that other names, have.
    named: [u32; 2],
    /// How long the name and the shortest other name are.
    length: [u32; 2],
    first: bool,
}

impl Row {
    fn new(pieces: usize) -> Self {
        Row { covers: vec![0; pieces], named: [0; 2], length: [u32::MAX; 2], first: false }
    }

    fn add(&mut self, token: &Token, posting: Posting) {
        let covers = covers(token, posting);
        for covered in &mut self.covers[token.from..token.to] {
            *covered = covers.max(*covered);
        }
        let class = posting.slot().class();
        if class > Class::Alias {
            return;
        }
        let class = class as usize;
        self.length[class] = self.length[class].min(posting.slot().length());
        if !token.single {
            self.named[class] |= (token.from..token.to).fold(0, |pieces, place| pieces | 1 << place.min(31));
            self.first |= posting.slot().first() && token.from == 0;
        }
    }

    /// How much of the name is asked for, in thousandths.
    fn tight(&self) -> u32 {
        let of = |class: usize| {
            let asked = self.named[class].count_ones();
            if asked == 0 { 0 } else { asked * 1000 / self.length[class].max(asked) }
        };
        of(0).max(of(1) * 95 / 100)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Cover {
    pub(super) coverage: u32,
    pub(super) tight: u32,
    pub(super) first: bool,
}

impl Cover {
    pub(super) fn score(self) -> u32 {
        self.coverage * 10 + self.tight * 12 / 10 + if self.first { 100 } else { 0 }
    }
}
