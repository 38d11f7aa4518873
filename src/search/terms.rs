//! From the texts of an entry to the terms it is found by.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::index::Language;
use super::record::{Kind, Record};
use super::slot::{Class, Slot};
use super::sound::canonical;
use super::text::{Span, Unit, UnitKind};
use super::vocabulary::Vocabulary;
use super::words::Segmenter;

/// The longest run of first letters that is indexed.
pub(super) const LONGEST_INITIALS: usize = 8;
/// Stands between the first unit of a name and the whole name, which so is near the pairs that begin with that unit.
const WHOLE: char = '=';
/// Stands before first letters of syllables.
pub(super) const INITIALS: char = '~';

/// The terms of an entry, each with the best place it stands in.
#[derive(Debug, Default)]
pub(super) struct Terms {
    pub(super) title: BTreeMap<String, Slot>,
    pub(super) sound: BTreeMap<String, Slot>,
    /// Pairs of Chinese characters of running text, packed by [`pack`], sorted.
    pub(super) body: Vec<u64>,
    /// Other words and pairs of running text.
    pub(super) body_words: BTreeSet<String>,
    /// Whether a word of every day leads to it.
    pub(super) everyday: bool,
}

impl Terms {
    /// Leaves out of the body what the names have.
    fn forget_what_names_say(&mut self) {
        self.body.sort_unstable();
        self.body.dedup();
        let named: BTreeSet<u64> = self.title.keys().filter_map(|term| pair_of(term)).collect();
        self.body.retain(|pair| !named.contains(pair));
        self.body_words.retain(|word| !self.title.contains_key(word));
    }
}

/// A term of two characters, packed.
fn pair_of(term: &str) -> Option<u64> {
    let mut letters = term.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(a), Some(b), None) => Some(pack(a, b)),
        _ => None,
    }
}

/// A name or word, read once for all that is made of its sound.
struct Heard {
    /// Its characters, simplified.
    simple: Vec<char>,
    /// The readings of each.
    readings: Vec<Vec<&'static str>>,
    /// Its words and the shorter ones in them.
    spans: Vec<(usize, usize)>,
    /// Whether nothing had to be simplified.
    is_as_written: bool,
}

/// Writes the terms of entries.
pub(super) struct Writer<'a> {
    language: &'a Language,
    vocabulary: &'a Vocabulary,
    /// The terms of each word people say, made when it first leads to an entry: one leads to hundreds.
    said: HashMap<&'a str, OnceLock<Terms>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(language: &'a Language, vocabulary: &'a Vocabulary) -> Self {
        let said = vocabulary.words().map(|word| (word, OnceLock::new())).collect();
        Writer { language, vocabulary, said }
    }

    /// The terms of the records of one entry, and of its running text.
    pub(super) fn terms(&self, records: &[&Record], body: &[impl AsRef<str>]) -> Terms {
        let mut terms = Terms::default();
        let Some(first) = records.first() else { return terms };
        let names: BTreeSet<&str> = [first.name.as_str(), first.official.as_str()].into();
        let aliases: BTreeSet<&str> = records.iter().flat_map(|record| &record.aliases).map(String::as_str).collect();
        for name in &names {
            self.name(&mut terms, name, Class::Name);
        }
        for alias in aliases.difference(&names) {
            terms.everyday = true;
            self.name(&mut terms, alias, Class::Alias);
        }
        if first.kind == Kind::Department {
            names.union(&aliases).for_each(|name| self.office(&mut terms, name));
        }
        let keys: BTreeSet<String> = names.union(&aliases).map(|name| self.language.preparer.key(name)).collect();
        let said: BTreeSet<&str> = keys.iter().flat_map(|key| self.vocabulary.said_of(key)).collect();
        for word in said {
            terms.everyday = true;
            self.said(&mut terms, word);
        }
        for word in records.iter().flat_map(|record| &record.keywords).collect::<BTreeSet<_>>() {
            terms.everyday = true;
            self.word(&mut terms, word);
        }
        for word in records.iter().flat_map(|record| &record.related).collect::<BTreeSet<_>>() {
            self.text(&mut terms, word, Class::Related);
        }
        let departments = records.iter().map(|record| &record.department);
        let topics = records.iter().flat_map(|record| &record.topics);
        for label in departments.chain(topics).map(|label| label.name.as_str()).collect::<BTreeSet<_>>() {
            self.text(&mut terms, label, Class::Meta);
        }
        for text in body.iter().map(AsRef::as_ref).chain([first.summary.as_str()]) {
            self.body(&mut terms, text);
        }
        terms.forget_what_names_say();
        terms
    }

    /// A name: as a whole, its pieces, its sound, its first letters.
    fn name(&self, terms: &mut Terms, name: &str, class: Class) {
        let units = self.text(terms, name, class);
        if units.is_empty() {
            return;
        }
        let whole = whole(units.iter().map(|unit| unit.text.as_str()));
        put(&mut terms.title, whole, Slot::new(class, true, units.len()));
        let heard = self.heard(name);
        self.sounds(terms, &heard, class);
        self.initials(terms, &heard, class);
        self.short_forms(terms, name, &heard);
    }

    /// A text as it is heard: simplified, read, cut into words.
    fn heard(&self, text: &str) -> Heard {
        let simple: Vec<char> = text.chars().map(|c| self.language.preparer.simplify(c)).collect();
        let letters: String = simple.iter().collect();
        let readings = self.language.sounds.read_all(&letters);
        let spans = self.language.segmenter.spans(&letters);
        Heard { is_as_written: letters == text, simple, readings, spans }
    }

    /// What people shorten words to: the first characters of two words (法律援助: 法援), or the first of one and the last
    /// of the next (个人所得税: 个税).
    fn short_forms(&self, terms: &mut Terms, name: &str, heard: &Heard) {
        let simple = &heard.simple;
        let words = match heard.is_as_written {
            true => Segmenter::words_of(&heard.spans),
            false => self.language.segmenter.words(name),
        };
        let words: Vec<(usize, usize)> = words
            .into_iter()
            .filter(|&(from, to)| to - from > 1 && simple[from..to].iter().all(|c| *c as u32 >= 0x3400))
            .collect();
        let slot = Slot::new(Class::Short, false, simple.len());
        for (i, &(from, to)) in words.iter().enumerate() {
            let Some(&(next, next_end)) = words.get(i + 1).filter(|next| next.0 == to) else { continue };
            put(&mut terms.title, [simple[from], simple[next]].iter().collect(), slot);
            put(&mut terms.title, [simple[from], simple[next_end - 1]].iter().collect(), slot);
        }
    }

    /// What people shorten the name of an office to: the first characters of its words, or what stands in it, and its last character
    /// (卫生健康委员会: 卫健委; 人力资源和社会保障局: 人社局; 工商行政管理局: 工商局).
    fn office(&self, terms: &mut Terms, name: &str) {
        let simple: Vec<char> = name.chars().map(|c| self.language.preparer.simplify(c)).collect();
        let slot = Slot::new(Class::Short, false, simple.len());
        // Nobody types the blanks and brackets of a name, and terms are listed with blanks between them.
        let is_letter = |c: &char| c.is_alphanumeric();
        let words = self.language.segmenter.words(name);
        let firsts: Vec<char> = words.into_iter().map(|(from, _)| simple[from]).filter(is_letter).collect();
        for (i, &first) in firsts.iter().enumerate() {
            for &later in firsts.iter().skip(i + 1) {
                put(&mut terms.title, [first, later].iter().collect(), slot);
            }
        }
        let letters: Vec<char> = simple.into_iter().filter(is_letter).collect();
        let Some((&last, others)) = letters.split_last() else { return };
        for &c in others {
            put(&mut terms.title, [c, last].iter().collect(), slot);
        }
    }

    /// A word of the vocabulary.
    fn said(&self, terms: &mut Terms, word: &str) {
        let Some(kept) = self.said.get(word) else { return };
        let made = kept.get_or_init(|| {
            let mut made = Terms::default();
            self.word(&mut made, word);
            made
        });
        add_all(&mut terms.title, &made.title);
        add_all(&mut terms.sound, &made.sound);
    }

    /// A word people say: its pieces, its sound, its first letters.
    fn word(&self, terms: &mut Terms, word: &str) {
        self.text(terms, word, Class::Word);
        let heard = self.heard(word);
        self.sounds(terms, &heard, Class::Word);
        self.initials(terms, &heard, Class::Word);
    }

    /// Single units, and pairs of units that follow each other.
    fn text(&self, terms: &mut Terms, text: &str, class: Class) -> Vec<Unit> {
        let units = self.language.preparer.units(text);
        for (i, unit) in units.iter().enumerate() {
            put(&mut terms.title, unit.text.clone(), Slot::new(class, i == 0, units.len()));
            if let Some(next) = units.get(i + 1).filter(|next| next.run == unit.run) {
                put(&mut terms.title, format!("{}{}", unit.text, next.text), Slot::new(class, i == 0, units.len()));
            }
        }
        units
    }

    /// Pairs of sounds that follow each other.
    fn sounds(&self, terms: &mut Terms, heard: &Heard, class: Class) {
        let compared = |readings: &Vec<&str>| readings.iter().copied().map(canonical).collect();
        let readings: Vec<Vec<String>> = heard.readings.iter().map(compared).collect();
        for (i, pair) in readings.windows(2).enumerate() {
            for a in &pair[0] {
                for b in &pair[1] {
                    put(&mut terms.sound, format!("{a}'{b}"), Slot::new(class, i == 0, readings.len()));
                }
            }
        }
    }

    /// The first letters of the syllables, from each place where a word begins.
    fn initials(&self, terms: &mut Terms, heard: &Heard, class: Class) {
        let letters: Vec<Option<char>> = heard
            .simple
            .iter()
            .zip(&heard.readings)
            .map(|(c, readings)| match readings.first() {
                Some(reading) => reading.chars().next(),
                None => c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()),
            })
            .collect();
        let starts: BTreeSet<usize> = heard.spans.iter().map(|&(from, _)| from).collect();
        for start in starts {
            let word: String = letters[start..].iter().flatten().take(LONGEST_INITIALS).collect();
            if word.len() > 1 && letters[start].is_some() {
                put(&mut terms.sound, format!("{INITIALS}{word}"), Slot::new(class, start == 0, letters.len()));
            }
        }
    }

    /// Pairs of units within words of running text, so that what merely meets by chance is not indexed.
    fn body(&self, terms: &mut Terms, text: &str) {
        let (letters, spans) = self.language.preparer.spans(text);
        let mut word_of = vec![0_u32; text.chars().count()];
        for (n, (from, to)) in self.language.segmenter.spans(text).into_iter().enumerate() {
            // A longer word comes after the shorter ones in it and takes their places.
            word_of[from..to].fill(n as u32 + 1);
        }
        let alone = |span: &Span| {
            let word = word_of[span.from];
            let before = span.from.checked_sub(1).is_some_and(|at| word_of[at] == word);
            let after = word_of.get(span.to).is_some_and(|&other| other == word);
            !before && !after
        };
        let text_of = |span: &Span| letters[span.start..span.end].iter().collect::<String>();
        for pair in spans.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let together = word_of[a.from] == word_of[b.from] || (alone(a) && alone(b));
            if a.run != b.run || !together || (a.kind == UnitKind::Digits && b.kind == UnitKind::Digits) {
                continue;
            }
            if a.kind == UnitKind::Han && b.kind == UnitKind::Han {
                terms.body.push(pack(letters[a.start], letters[b.start]));
            } else {
                terms.body_words.insert(text_of(a) + &text_of(b));
            }
        }
        for span in spans.iter().filter(|span| span.kind == UnitKind::Letters && span.end - span.start > 1) {
            terms.body_words.insert(text_of(span));
        }
    }
}

/// Two characters in one number.
fn pack(a: char, b: char) -> u64 {
    (u64::from(u32::from(a)) << 32) | u64::from(u32::from(b))
}

/// The two characters of a number made by [`pack`].
pub(super) fn unpack(pair: u64) -> String {
    [pair >> 32, pair & 0xffff_ffff].iter().filter_map(|&c| char::from_u32(c as u32)).collect()
}

/// The term of a whole name: `护=护照签发`.
pub(super) fn whole<'a>(units: impl Iterator<Item = &'a str>) -> String {
    let mut term = String::new();
    for unit in units {
        if term.is_empty() {
            term.push_str(unit);
            term.push(WHOLE);
        }
        term.push_str(unit);
    }
    term
}

fn add_all(terms: &mut BTreeMap<String, Slot>, more: &BTreeMap<String, Slot>) {
    for (term, &slot) in more {
        match terms.get_mut(term) {
            Some(other) => *other = other.better(slot),
            None => _ = terms.insert(term.clone(), slot),
        }
    }
}

fn put(terms: &mut BTreeMap<String, Slot>, term: String, slot: Slot) {
    terms.entry(term).and_modify(|other| *other = other.better(slot)).or_insert(slot);
}
