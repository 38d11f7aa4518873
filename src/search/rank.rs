//! Which entries answer a question, and how well.
//!
//! The browser ranks in the same way (`client/40-rank.js`), in whole numbers, so that both give the same order.

use std::collections::{BTreeMap, BTreeSet};

use super::cover::{Cover, Looked, between, length};
use super::index::{Index, Language, Posting, Term};
use super::query::{
    Part, Piece, PieceKind, Query, Reading, TierName, Token, in_body, same_sound, singles, two_initials,
};
use super::record::{Kind, Record};
use super::slot::Class;
use super::sound::{common, syllables};
use super::suggest::{Suggesting, is_sound};
use super::text::{Preparer, UnitKind};

/// Below this share of the question (in thousandths) another spelling is tried.
const SPELLING_BELOW: u32 = 800;
/// Below this the running text is searched as well.
const BODY_BELOW: u32 = 850;
/// What an unknown piece counts in a short question, and in a story, in percent of the rarest term: a short
/// question of which a part is unknown asks for something else, a story has much that matters little.
const UNKNOWN: (u32, u32) = (80, 20);
/// What covers less of a short question, or of a story, is not shown.
const FLOOR: (u32, u32) = (430, 150);
/// … and what covers less than this share of the best, in percent.
const FLOOR_OF_BEST: u32 = 60;
/// What covers less than this is not even near.
const NEAR: u32 = 200;
/// How far a bundle stands behind an item that answers as well, and an office before the items of the office.
const BEHIND_ITEMS: u32 = 300;
const BEFORE_ITEMS: u32 = 2000;
/// What the names of offices end with.
const OFFICES: [&str; 10] = ["局", "委", "厅", "署", "办", "院", "所", "队", "会", "心"];
/// Departments are found by their names only.
const DEPARTMENT_FLOOR: u32 = 700;

/// An entry that answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entry.
    pub entry: u32,
    /// What decides the order.
    pub score: u32,
    /// How much of the question the entry covers, in thousandths.
    pub coverage: u32,
}

/// A term of the question that an entry has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The part of the question.
    pub asked: String,
    /// The term of the index.
    pub term: String,
    /// Where the index has it.
    pub tier: TierName,
    /// The field of the entry.
    pub class: Class,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The best entry of each family, best first.
    pub hits: Vec<Hit>,
    /// What is nearest when there is no hit.
    pub nearest: Vec<Hit>,
}

/// Searches an index.
#[derive(Debug)]
pub struct Searcher<'a> {
    index: &'a Index,
    records: &'a [Record],
    language: &'a Language,
    preparer: Preparer,
    syllables: BTreeSet<&'static str>,
    /// The characters of which the browser knows the sound.
    heard: BTreeSet<char>,
}

impl<'a> Searcher<'a> {
    /// A searcher over an index made from `records`.
    pub fn new(index: &'a Index, records: &'a [Record], language: &'a Language) -> Self {
        let preparer = language.preparer.restricted(|c| is_kept(index, language, c));
        let heard = common().chain(index.characters.iter().copied()).collect();
        Searcher { index, records, language, preparer, syllables: syllables(&language.sounds), heard }
    }

    /// The answers to a question.
    pub fn search(&self, text: &str) -> Found {
        let looked = self.looked(text);
        let hits = self.rank(&looked.0, &looked.1);
        let best = hits.iter().map(|hit| hit.coverage).max().unwrap_or(0);
        let length = looked.0.iter().map(|one| one.length).max().unwrap_or(0);
        let floor = between(FLOOR, length).max(best * FLOOR_OF_BEST / 100);
        let shown: Vec<Hit> = hits.iter().copied().filter(|hit| hit.coverage >= floor).collect();
        if shown.is_empty() {
            let near = self.one_of_each_family(hits).into_iter().filter(|hit| hit.coverage >= NEAR);
            return Found { hits: shown, nearest: near.take(3).collect() };
        }
        Found { hits: self.one_of_each_family(shown), nearest: Vec::new() }
    }

    /// The record of an entry that a question means: of an item that several departments offer, the one whose
    /// department the question names, otherwise the first.
    pub fn record(&self, text: &str, entry: u32) -> &'a Record {
        let records = &self.index.entries[entry as usize].records;
        let first = &self.records[records[0]];
        if records.len() == 1 {
            return first;
        }
        let (looked, _) = self.looked(text);
        let is_named = |posting: &Posting| posting.entry() == entry && posting.slot().class() == Class::Meta;
        let named: Vec<&str> = looked
            .iter()
            .flat_map(Looked::found)
            .filter(|(token, lists)| !token.single && lists.iter().flat_map(|term| &term.postings).any(is_named))
            .map(|(token, _)| token.term.as_str())
            .collect();
        let count = |record: &Record| named.iter().filter(|&&term| record.department.name.contains(term)).count();
        let better = |best: &'a Record, other: &'a Record| if count(other) > count(best) { other } else { best };
        records.iter().map(|&record| &self.records[record]).fold(first, better)
    }

    /// Another spelling of a question, taken from the names of its best answer.
    pub fn suggestion(&self, text: &str, best: Hit) -> Option<String> {
        if best.coverage >= 1000 {
            return None;
        }
        let (looked, _) = self.looked(text);
        let first = looked.first()?;
        let written = |token: &Token| token.tier != TierName::Sound;
        let suggesting = Suggesting {
            language: self.language,
            preparer: &self.preparer,
            pieces: &first.reading.pieces,
            sounds: first.found().map(|(token, _)| token).filter(|token| is_sound(token)).collect(),
            covered: first.covered(Some(best.entry), written),
        };
        suggesting.suggest(text, &self.records[self.index.entries[best.entry as usize].records[0]])
    }

    /// The terms through which an entry answers a question.
    pub fn explain(&self, text: &str, entry: u32) -> Vec<Match> {
        let (looked, whole) = self.looked(text);
        let mut out: Vec<Match> = Vec::new();
        for term in whole {
            if let Some(posting) = self.index.title.get(&term).iter().find(|posting| posting.entry() == entry) {
                let asked = text.to_owned();
                out.push(Match { asked, term, tier: TierName::Title, class: posting.slot().class() });
            }
        }
        for one in &looked {
            for (token, lists) in one.reading.tokens.iter().zip(&one.lists) {
                for term in lists {
                    let Some(posting) = term.postings.iter().find(|posting| posting.entry() == entry) else { continue };
                    let asked: String =
                        one.reading.pieces[token.from..token.to].iter().map(|piece| piece.text.as_str()).collect();
                    let found =
                        Match { asked, term: term.text.clone(), tier: token.tier, class: posting.slot().class() };
                    if !out.contains(&found) {
                        out.push(found);
                    }
                }
            }
        }
        out
    }

    /// Reads a question as far as needed: other spellings and running text only if names do not answer it.
    fn looked(&self, text: &str) -> (Vec<Looked<'a>>, Vec<String>) {
        let query = Query::new(text, self.language, &self.preparer, &self.syllables);
        let mut looked: Vec<Looked<'a>> = query.readings.into_iter().map(|reading| self.look(reading)).collect();
        for one in &mut looked {
            let tokens = singles(&one.reading.pieces, &one.known_pieces());
            self.extend(one, tokens);
        }
        if self.best(&looked).0 < SPELLING_BELOW {
            let further = two_initials(&looked[0].reading.pieces, &looked[0].known_pieces());
            looked.extend(further.into_iter().map(|reading| self.look(reading)));
            for one in &mut looked {
                let tokens = same_sound(&one.reading.pieces, &one.known_pairs(), self.language, &self.heard);
                self.extend(one, tokens);
            }
        }
        let (coverage, entry) = self.best(&looked);
        if coverage < BODY_BELOW {
            for one in &mut looked {
                let tokens = in_body(&one.reading.pieces, &one.covered(entry, |_| true));
                self.extend(one, tokens);
            }
        }
        (looked, query.whole)
    }

    fn look(&self, reading: Reading) -> Looked<'a> {
        let mut looked = Looked {
            length: length(&reading.pieces),
            lists: Vec::new(),
            weights: Vec::new(),
            reading: Reading { tokens: Vec::new(), ..reading },
        };
        self.extend(&mut looked, reading.tokens);
        looked
    }

    fn extend(&self, looked: &mut Looked<'a>, tokens: Vec<Token>) {
        for token in tokens {
            looked.lists.push(self.postings(&token));
            looked.reading.tokens.push(token);
        }
        looked.weights = self.weights(looked);
    }

    fn postings(&self, token: &Token) -> Vec<&'a Term> {
        let tier = match token.tier {
            TierName::Title => &self.index.title,
            TierName::Sound => &self.index.sound,
            TierName::Body => &self.index.body,
        };
        if token.prefix {
            return tier.starting_with(&token.term).iter().collect();
        }
        tier.find(&token.term).into_iter().collect()
    }

    /// How rare a term is, in sixteenths of a bit.
    fn rarity(&self, entries: usize) -> u32 {
        let share = 1.0 + self.index.entries.len() as f64 / entries.max(1) as f64;
        (16.0 * share.log2()).round() as u32
    }

    /// A piece counts as much as the rarest pair that covers it.
    fn weights(&self, looked: &Looked<'_>) -> Vec<u32> {
        let unknown = self.rarity(1) * between(UNKNOWN, looked.length) / 100;
        let mut of_pair = vec![0; looked.reading.pieces.len()];
        let mut of_single = vec![0; looked.reading.pieces.len()];
        for (token, lists) in looked.reading.tokens.iter().zip(&looked.lists) {
            let entries: usize = lists.iter().map(|term| term.entries).sum();
            if entries == 0 {
                continue;
            }
            let weights = if token.single { &mut of_single } else { &mut of_pair };
            for weight in &mut weights[token.from..token.to] {
                *weight = self.rarity(entries).max(*weight);
            }
        }
        let pieces = looked.reading.pieces.iter().zip(of_pair.iter().zip(&of_single));
        pieces
            .map(|(piece, (&pair, &single))| {
                let weight = match (pair, single) {
                    (0, 0) if piece.kind == PieceKind::Unit(UnitKind::Digits) => unknown / 4,
                    (0, 0) => unknown,
                    (0, single) => single,
                    (pair, _) => pair,
                };
                match piece.part {
                    Part::Content => weight,
                    Part::Filler => weight / 10,
                    Part::Noise => 0,
                }
            })
            .collect()
    }

    /// The most that an entry covers, and that entry.
    fn best(&self, looked: &[Looked<'_>]) -> (u32, Option<u32>) {
        let covers = looked.iter().flat_map(|one| one.cover());
        let best = covers.map(|(entry, cover)| (cover.coverage, std::cmp::Reverse(entry))).max();
        best.map_or((0, None), |(coverage, entry)| (coverage, Some(entry.0)))
    }

    /// Entries by score.
    fn rank(&self, looked: &[Looked<'_>], whole: &[String]) -> Vec<Hit> {
        let mut covers: BTreeMap<u32, Cover> = BTreeMap::new();
        for one in looked {
            for (entry, cover) in one.cover() {
                let best = covers.entry(entry).or_insert(cover);
                if cover.score() > best.score() {
                    *best = cover;
                }
            }
        }
        let mut exact: BTreeMap<u32, u32> = BTreeMap::new();
        for (n, term) in whole.iter().enumerate() {
            for posting in self.index.title.get(term) {
                let bonus = match (n, posting.slot().class()) {
                    (0, Class::Name) => 20_000,
                    (0, _) => 15_000,
                    (_, Class::Name) => 9_000,
                    _ => 8_000,
                };
                let best = exact.entry(posting.entry()).or_insert(0);
                *best = bonus.max(*best);
            }
        }
        for &entry in exact.keys() {
            covers.entry(entry).or_insert(Cover { coverage: 1000, tight: 1000, first: true });
        }
        // Who says nothing but the name of an office looks for the office.
        let content = |piece: &&Piece| piece.part == Part::Content;
        let last = looked.first().and_then(|one| one.reading.pieces.iter().rfind(content));
        let names_office = last.is_some_and(|piece| OFFICES.contains(&piece.text.as_str()));
        let hits = covers.into_iter().filter_map(|(entry, cover)| {
            let record = &self.records[self.index.entries[entry as usize].records[0]];
            let exact = exact.get(&entry).copied();
            if record.kind == Kind::Department && exact.is_none() && cover.coverage < DEPARTMENT_FLOOR {
                return None;
            }
            let mut score = cover.score() + exact.unwrap_or(0);
            match record.kind {
                Kind::Item => {}
                Kind::Bundle => score = score.saturating_sub(BEHIND_ITEMS),
                Kind::Department if names_office => score += BEFORE_ITEMS,
                Kind::Department => score = score.saturating_sub(BEHIND_ITEMS),
            }
            if !record.open {
                score = score * 6 / 10;
            }
            Some(Hit { entry, score, coverage: if exact.is_some() { 1000 } else { cover.coverage } })
        });
        let mut hits: Vec<Hit> = hits.collect();
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.score), hit.entry));
        hits
    }

    /// The first of each family.
    fn one_of_each_family(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        let mut seen = BTreeSet::new();
        hits.retain(|hit| seen.insert(self.index.entries[hit.entry as usize].family));
        hits
    }
}

/// Traditional characters matter only where their Simplified ones do.
pub(super) fn is_kept(index: &Index, language: &Language, simplified: char) -> bool {
    index.characters.contains(&simplified) || language.noise.has(simplified)
}
