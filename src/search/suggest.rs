//! Another spelling of a question: 营业执造 is 营业执照. The browser does the same in `client/50-engine.js`.

use std::collections::BTreeMap;

use super::encode::ALIASES;
use super::index::Language;
use super::query::{Part, Piece, PieceKind, TierName, Token, readings_of};
use super::record::Record;
use super::text::{Preparer, Unit, UnitKind};

/// What a suggestion is made from: the question as it was read, and what is known of the best result.
pub(super) struct Suggesting<'a> {
    pub(super) language: &'a Language,
    pub(super) preparer: &'a Preparer,
    pub(super) pieces: &'a [Piece],
    /// The tokens of sounds that lead anywhere.
    pub(super) sounds: Vec<&'a Token>,
    /// The pieces that the best result has as they are written.
    pub(super) covered: Vec<bool>,
}

impl Suggesting<'_> {
    /// The question with the characters of the names of the best result in the place of those it does not have.
    pub(super) fn suggest(&self, question: &str, best: &Record) -> Option<String> {
        let aliases = best.aliases.iter().take(ALIASES);
        let texts: Vec<Vec<Unit>> =
            [&best.name, &best.official].into_iter().chain(aliases).map(|text| self.preparer.units(text)).collect();
        let mut instead: BTreeMap<usize, String> = BTreeMap::new();
        self.same_sound(&texts, &mut instead);
        self.one_other(&texts, &mut instead);
        instead.retain(|&place, text| self.pieces[place].text != *text);
        if instead.is_empty() {
            return None;
        }
        let units = self.preparer.units(question);
        let letters: Vec<char> = question.chars().collect();
        let mut out = String::new();
        let mut at = 0;
        for (place, text) in &instead {
            out.extend(&letters[at..units[*place].from]);
            out.push_str(text);
            at = units[*place].to;
        }
        out.extend(&letters[at..]);
        Some(out)
    }

    /// Pairs of the same sound.
    fn same_sound(&self, texts: &[Vec<Unit>], instead: &mut BTreeMap<usize, String>) {
        for token in &self.sounds {
            let Some((a, b)) = token.term.split_once('\'') else { continue };
            for pair in texts.iter().flat_map(|units| units.windows(2)) {
                let sounds = |unit: &Unit, sound: &str| readings_of(&unit.text, self.language).contains(sound);
                if pair[0].run != pair[1].run || !sounds(&pair[0], a) || !sounds(&pair[1], b) {
                    continue;
                }
                for (place, unit) in (token.from..token.to).zip(pair) {
                    if !self.covered[place] {
                        instead.entry(place).or_insert_with(|| unit.text.clone());
                    }
                }
            }
        }
    }

    /// One other character between the same two: 失业保验金, 失业保险金.
    fn one_other(&self, texts: &[Vec<Unit>], instead: &mut BTreeMap<usize, String>) {
        for (i, around) in self.pieces.windows(3).enumerate() {
            let (place, piece) = (i + 1, &around[1]);
            let is_han = piece.kind == PieceKind::Unit(UnitKind::Han) && piece.part == Part::Content;
            // What stands on the other side of a comma is no neighbour.
            let is_one_run = around[0].run == piece.run && around[2].run == piece.run;
            if self.covered[place] || !is_han || !is_one_run {
                continue;
            }
            for three in texts.iter().flat_map(|units| units.windows(3)) {
                let same = three[0].text == around[0].text && three[2].text == around[2].text;
                if same && three[0].run == three[2].run && three[1].kind == UnitKind::Han {
                    instead.entry(place).or_insert_with(|| three[1].text.clone());
                }
            }
        }
    }
}

/// Whether a token is a sound that was written in characters or letters, not first letters.
pub(super) fn is_sound(token: &Token) -> bool {
    token.tier == TierName::Sound && !token.prefix
}
