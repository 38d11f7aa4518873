//! From what somebody typed to the terms that are looked up.
//!
//! The browser does the same in `client/30-query.js`.

use std::collections::BTreeSet;

use super::index::Language;
use super::sound::{canonical, cut_syllables};
use super::terms::{INITIALS, LONGEST_INITIALS, whole};
use super::text::{Preparer, Unit, UnitKind};
use super::vocabulary::Noise;

/// How much a part of a question counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What is looked for.
    Content,
    /// A character that hardly counts.
    Filler,
    /// A phrase that is left out.
    Noise,
}

/// A piece of a question that can be matched: a unit, or a syllable of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) kind: PieceKind,
    pub(super) part: Part,
    /// Pieces of one run follow each other.
    pub(super) run: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Unit(UnitKind),
    Syllable,
    /// First letters, a part of a word of letters.
    Initials,
}

/// Which part of the index a term is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TierName {
    /// Names and words.
    Title,
    /// Sounds.
    Sound,
    /// Running text.
    Body,
}

/// A term to look up and what of the question it would match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The pieces from … to it covers.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) tier: TierName,
    pub(super) term: String,
    /// Whether every term that begins so counts.
    pub(super) prefix: bool,
    /// How well a match covers the pieces, in percent.
    pub(super) factor: u32,
    /// A single Chinese character; only a word of its own covers more than a little.
    pub(super) single: bool,
}

/// One way to read a question.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) pieces: Vec<Piece>,
    pub(super) tokens: Vec<Token>,
}

/// A question, ready to be looked up.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// The ways to read it: letters as they are, letters as syllables.
    pub(super) readings: Vec<Reading>,
    /// The whole question as a name, and without its noise.
    pub(super) whole: Vec<String>,
}

/// The most units of a question that are read.
const LONGEST: usize = 32;
/// How well a single character covers itself.
const SINGLE: u32 = 35;
/// … and one that is a word of its own in the vocabulary.
pub(super) const SINGLE_WORD: u32 = 90;
const NUMBER: u32 = 40;
const SYLLABLES: u32 = 90;
const SAME_SOUND: u32 = 72;
const PART_INITIALS: u32 = 80;

impl Query {
    /// Reads a question. `preparer` knows the Traditional characters that matter to the index.
    pub(super) fn new(text: &str, language: &Language, preparer: &Preparer, syllables: &BTreeSet<&str>) -> Query {
        let mut units = preparer.units(text);
        units.truncate(LONGEST);
        let parts = parts(&units, &language.noise);
        let pieces: Vec<Piece> = units
            .iter()
            .zip(&parts)
            .map(|(unit, &part)| Piece {
                text: unit.text.clone(),
                kind: PieceKind::Unit(unit.kind),
                part,
                run: unit.run,
            })
            .collect();
        let mut names = vec![whole(pieces.iter().map(|piece| piece.text.as_str()))];
        let content = pieces.iter().filter(|piece| piece.part != Part::Noise);
        let content = whole(content.map(|piece| piece.text.as_str()));
        if content != names[0] {
            names.push(content);
        }
        names.retain(|term| !term.is_empty());
        let mut readings = vec![Reading { tokens: tokens(&pieces), pieces: pieces.clone() }];
        // A letter alone is hardly ever a syllable (A证), and the browser would load the table of sounds for it.
        let is_spelled =
            |piece: &Piece| piece.kind == PieceKind::Unit(UnitKind::Letters) && piece.text.chars().nth(1).is_some();
        let ways = if pieces.iter().any(is_spelled) { 2 } else { 0 };
        for way in 0..ways {
            if let Some(pieces) = as_syllables(&pieces, text, &units, syllables, way) {
                let reading = Reading { tokens: tokens(&pieces), pieces };
                if readings.iter().all(|other| other.pieces != reading.pieces) {
                    readings.push(reading);
                }
            }
        }
        Query { readings, whole: names }
    }
}

/// Marks noise: the longest phrase at each place. A question that is nothing but noise has none.
fn parts(units: &[Unit], noise: &Noise) -> Vec<Part> {
    let mut parts = vec![Part::Content; units.len()];
    let mut at = 0;
    while at < units.len() {
        let most = units[at..].iter().take(noise.longest).take_while(|unit| unit.run == units[at].run).count();
        let phrase = (2..=most).rev().find(|&length| {
            let text: String = units[at..at + length].iter().map(|unit| unit.text.as_str()).collect();
            noise.phrases.contains(&text)
        });
        match phrase {
            Some(length) => {
                parts[at..at + length].fill(Part::Noise);
                at += length;
            }
            None => {
                if noise.characters.contains(&units[at].text) {
                    parts[at] = Part::Filler;
                }
                at += 1;
            }
        }
    }
    if !parts.contains(&Part::Content) {
        parts.fill(Part::Content);
    }
    parts
}

/// The terms of pieces: pairs, words of letters, first letters, numbers.
fn tokens(pieces: &[Piece]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.part == Part::Noise {
            continue;
        }
        if let Some(next) = pieces.get(i + 1).filter(|next| next.run == piece.run && next.part != Part::Noise) {
            tokens.extend(pair(i, piece, next));
        }
        let one = |tier, term, prefix, factor| Token { from: i, to: i + 1, tier, term, prefix, factor, single: false };
        match piece.kind {
            PieceKind::Unit(UnitKind::Digits) => {
                tokens.push(one(TierName::Title, piece.text.clone(), false, NUMBER));
            }
            PieceKind::Unit(UnitKind::Letters) => {
                tokens.push(one(TierName::Title, piece.text.clone(), false, 100));
                let length = piece.text.len();
                if (2..=LONGEST_INITIALS + 4).contains(&length) && piece.text.is_ascii() {
                    let term: String =
                        [INITIALS].into_iter().chain(piece.text.chars().take(LONGEST_INITIALS)).collect();
                    tokens.push(one(TierName::Sound, term, true, if length == 2 { 70 } else { 88 }));
                }
            }
            PieceKind::Initials => {
                tokens.push(one(TierName::Sound, format!("{INITIALS}{}", piece.text), true, PART_INITIALS));
            }
            PieceKind::Unit(UnitKind::Han) | PieceKind::Syllable => {}
        }
    }
    tokens
}

fn pair(i: usize, a: &Piece, b: &Piece) -> Option<Token> {
    let (tier, term, factor) = match (a.kind, b.kind) {
        (PieceKind::Unit(_), PieceKind::Unit(_)) => (TierName::Title, format!("{}{}", a.text, b.text), 100),
        (PieceKind::Syllable, PieceKind::Syllable) => {
            (TierName::Sound, format!("{}'{}", canonical(&a.text), canonical(&b.text)), SYLLABLES)
        }
        _ => return None,
    };
    Some(Token { from: i, to: i + 2, tier, term, prefix: false, factor, single: false })
}

/// The first letters of two things, one after the other: `gjjdk` is 公积金 and 贷款. Readings for each place to cut the
/// words of letters that are not `known`.
pub(super) fn two_initials(pieces: &[Piece], known: &[bool]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let length = piece.text.len();
        let is_letters = piece.kind == PieceKind::Unit(UnitKind::Letters) && piece.text.is_ascii();
        // Letters among digits are a number of something.
        let digits = |other: &Piece| other.run == piece.run && other.kind == PieceKind::Unit(UnitKind::Digits);
        if pieces.iter().any(digits) || known[i] || !is_letters || !(4..=LONGEST_INITIALS).contains(&length) {
            continue;
        }
        for cut in 2..=length - 2 {
            let part = |text: &str| Piece { text: text.to_owned(), kind: PieceKind::Initials, ..piece.clone() };
            let mut pieces = pieces.to_vec();
            pieces.splice(i..=i, [part(&piece.text[..cut]), part(&piece.text[cut..])]);
            readings.push(Reading { tokens: tokens(&pieces), pieces });
        }
    }
    readings
}

/// The pieces with every word of letters cut into syllables, where that is possible; none if no word can be.
/// Words of letters with nothing but space between them are one run: `ying ye zhi zhao`.
fn as_syllables(
    pieces: &[Piece],
    text: &str,
    units: &[Unit],
    known: &BTreeSet<&str>,
    way: usize,
) -> Option<Vec<Piece>> {
    let letters: Vec<char> = text.chars().collect();
    let mut out: Vec<Piece> = Vec::new();
    let mut found = false;
    let mut run = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let ways = match piece.kind {
            PieceKind::Unit(UnitKind::Letters) => cut_syllables(&piece.text, known),
            _ => Vec::new(),
        };
        if i > 0 && piece.run != pieces[i - 1].run {
            let spaced = letters[units[i - 1].to..units[i].from].iter().all(|c| c.is_whitespace());
            let joined = spaced && !ways.is_empty() && out.last().is_some_and(|last| last.kind == PieceKind::Syllable);
            run += usize::from(!joined);
        }
        let Some(syllables) = ways.get(way).or(ways.first()) else {
            out.push(Piece { run, ..piece.clone() });
            continue;
        };
        found = true;
        out.extend(syllables.iter().map(|syllable| Piece {
            text: syllable.clone(),
            kind: PieceKind::Syllable,
            part: piece.part,
            run,
        }));
    }
    found.then_some(out)
}

/// Chinese characters alone, where no pair with them is known.
pub(super) fn singles(pieces: &[Piece], known: &[bool]) -> Vec<Token> {
    let alone = |&(i, piece): &(usize, &Piece)| {
        !known[i] && piece.kind == PieceKind::Unit(UnitKind::Han) && piece.part != Part::Noise
    };
    let token = |(i, piece): (usize, &Piece)| Token {
        from: i,
        to: i + 1,
        tier: TierName::Title,
        term: piece.text.clone(),
        prefix: false,
        factor: SINGLE,
        single: true,
    };
    pieces.iter().enumerate().filter(alone).map(token).collect()
}

/// Terms of the same sound for pairs of Chinese characters that are not `known`: 营业执造 → zi'zao. `heard` are the
/// characters of which the browser knows the sound.
pub(super) fn same_sound(pieces: &[Piece], known: &[bool], language: &Language, heard: &BTreeSet<char>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (i, pair) in pieces.windows(2).enumerate() {
        if known[i]
            || pair.iter().any(|piece| piece.kind != PieceKind::Unit(UnitKind::Han) || piece.part == Part::Noise)
            || pair[0].run != pair[1].run
        {
            continue;
        }
        if !pair.iter().flat_map(|piece| piece.text.chars()).all(|c| heard.contains(&c)) {
            continue;
        }
        for a in readings_of(&pair[0].text, language) {
            for b in readings_of(&pair[1].text, language) {
                tokens.push(Token {
                    from: i,
                    to: i + 2,
                    tier: TierName::Sound,
                    term: format!("{a}'{b}"),
                    prefix: false,
                    factor: SAME_SOUND,
                    single: false,
                });
            }
        }
    }
    tokens
}

/// The sounds of one character, in the form in which they are compared, sorted.
pub(super) fn readings_of(text: &str, language: &Language) -> BTreeSet<String> {
    text.chars().flat_map(|c| language.sounds.readings(c)).map(canonical).collect()
}

/// Pairs of units for running text, but those that are `covered` already.
pub(super) fn in_body(pieces: &[Piece], covered: &[bool]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.part == Part::Noise {
            continue;
        }
        let token =
            |to, term| Token { from: i, to, tier: TierName::Body, term, prefix: false, factor: 100, single: false };
        if piece.kind == PieceKind::Unit(UnitKind::Letters) && !covered[i] {
            tokens.push(token(i + 1, piece.text.clone()));
        }
        let Some(next) = pieces.get(i + 1).filter(|next| next.run == piece.run && next.part != Part::Noise) else {
            continue;
        };
        if covered[i] && covered[i + 1] {
            continue;
        }
        if let (PieceKind::Unit(_), PieceKind::Unit(_)) = (piece.kind, next.kind) {
            tokens.push(token(i + 2, format!("{}{}", piece.text, next.text)));
        }
    }
    tokens
}
