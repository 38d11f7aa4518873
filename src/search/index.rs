//! The index in memory: entries, and for each word the entries it leads to.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::record::{Kind, Record};
use super::slot::{Class, Slot};
use super::sound::Sounds;
use super::terms::{Terms, Writer, unpack};
use super::text::Preparer;
use super::vocabulary::{Noise, Vocabulary};
use super::words::Segmenter;

/// What makes an index besides the records.
#[derive(Debug)]
pub struct Language {
    /// Cuts text into units.
    pub preparer: Preparer,
    /// How characters sound.
    pub sounds: Sounds,
    /// Cuts text into words.
    pub segmenter: Segmenter,
    /// What people put around the thing they look for.
    pub noise: Noise,
}

impl Language {
    /// Loads every table; the dictionary takes some 0.1 s.
    #[allow(clippy::new_without_default, reason = "it takes time")]
    pub fn new() -> Self {
        let preparer = Preparer::new();
        let noise = Noise::new(&preparer);
        Language { sounds: Sounds::new(), segmenter: Segmenter::new(), noise, preparer }
    }
}

/// What a result stands for: records of one name and one family, such as the same item in several districts.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Entries of one family are one result; the best of them is shown.
    pub family: u32,
    /// The records, the first to be shown.
    pub records: Vec<usize>,
}

/// Where a term leads: the entry, and where in it the term stands. There are millions of them, so both are one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting(u32);

impl Posting {
    /// The number of an entry has three bytes, the slot one.
    fn new(entry: u32, slot: Slot) -> Self {
        Posting(entry << 8 | u32::from(slot.byte()))
    }

    /// The entry.
    pub fn entry(self) -> u32 {
        self.0 >> 8
    }

    /// Where in the entry the term stands.
    pub fn slot(self) -> Slot {
        Slot::of(self.0.to_le_bytes()[0])
    }
}

/// A term and where it leads.
#[derive(Debug)]
pub struct Term {
    /// The term.
    pub text: String,
    /// Its places, by entry; of a term that is nearly everywhere only the best.
    pub postings: Vec<Posting>,
    /// How many entries have it.
    pub entries: usize,
}

impl Term {
    /// A term without those places in which it would tell little anyway.
    fn new(text: String, mut postings: Vec<Posting>) -> Self {
        let entries = postings.len();
        if entries > MOST_PLACES {
            postings.sort_unstable_by_key(|posting| (posting.slot().rank(), posting.entry()));
            postings.truncate(MOST_PLACES);
            postings.sort_unstable();
        }
        Term { text, postings, entries }
    }
}

/// The terms of one kind with their postings, in the order of UTF-16, as browsers sort.
#[derive(Debug, Default)]
pub struct Tier {
    /// The terms.
    pub terms: Vec<Term>,
}

impl Tier {
    /// A term, if it is there.
    pub fn find(&self, term: &str) -> Option<&Term> {
        let place = self.terms.binary_search_by(|other| order(&other.text, term)).ok()?;
        Some(&self.terms[place])
    }

    /// The terms that begin with `prefix`.
    pub fn starting_with(&self, prefix: &str) -> &[Term] {
        let from = self.terms.partition_point(|term| order(&term.text, prefix).is_lt());
        let length = self.terms[from..].iter().take_while(|term| term.text.starts_with(prefix)).count();
        &self.terms[from..from + length]
    }

    /// The postings of a term; none if it is not there.
    pub fn get(&self, term: &str) -> &[Posting] {
        self.find(term).map_or(&[], |term| &term.postings)
    }

    fn new(postings: HashMap<String, Vec<Posting>>) -> Self {
        Tier::of(postings.into_iter().map(|(text, postings)| Term::new(text, postings)).collect())
    }

    fn of(mut terms: Vec<Term>) -> Self {
        terms.par_sort_unstable_by(|a, b| order(&a.text, &b.text));
        Tier { terms }
    }
}

/// The order of UTF-16 code units, that of strings in JavaScript.
pub(super) fn order(a: &str, b: &str) -> std::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Everything a search needs.
#[derive(Debug)]
pub struct Index {
    /// The results there can be.
    pub entries: Vec<Entry>,
    /// Names, other names, everyday words, departments, topics.
    pub title: Tier,
    /// The sounds of names, and their first letters (terms beginning with `~`).
    pub sound: Tier,
    /// Conditions, materials, questions.
    pub body: Tier,
    /// The Chinese characters of the terms.
    pub characters: BTreeSet<char>,
    /// Entries that no everyday word reaches: no other name, no word of the vocabulary.
    pub unreached: Vec<u32>,
}

/// A term keeps at most so many places: one that is in more entries tells little of each.
const MOST_PLACES: usize = 3000;
/// Terms of the body in more than this share of entries tell nothing.
const BODY_SHARE: f64 = 0.12;
/// … in an index of at least this many entries.
const BODY_SHARE_FROM: usize = 200;
/// The terms of so many entries are made at once, each some 80 KB.
const PIECE: usize = 256;

impl Index {
    /// Makes the index of records and of the running text of each.
    pub fn new<T: AsRef<str> + Sync>(
        records: &[Record],
        bodies: &[Vec<T>],
        language: &Language,
        vocabulary: &Vocabulary,
    ) -> Self {
        let entries = entries(records, language);
        let writer = Writer::new(language, vocabulary);
        let mut title: HashMap<String, Vec<Posting>> = HashMap::new();
        let mut sound: HashMap<String, Vec<Posting>> = HashMap::new();
        let most =
            if entries.len() >= BODY_SHARE_FROM { (entries.len() as f64 * BODY_SHARE) as usize } else { usize::MAX };
        let mut body = Body::new(most);
        let mut unreached = Vec::new();
        // In pieces, so that the terms of all entries are never in memory at once.
        for (piece, part) in entries.chunks(PIECE).enumerate() {
            let terms = |entry: &Entry| {
                let body = entry.records.first().and_then(|&first| bodies.get(first)).map_or(&[][..], Vec::as_slice);
                writer.terms(&entry.records.iter().map(|&r| &records[r]).collect::<Vec<_>>(), body)
            };
            let made: Vec<Terms> = part.par_iter().map(terms).collect();
            for (n, terms) in made.into_iter().enumerate() {
                let entry = (piece * PIECE + n) as u32;
                if !terms.everyday && records[entries[entry as usize].records[0]].kind == Kind::Item {
                    unreached.push(entry);
                }
                add(&mut title, terms.title, entry);
                add(&mut sound, terms.sound, entry);
                body.add(terms.body, terms.body_words, entry);
            }
        }
        let (title, sound, body) = (Tier::new(title), Tier::new(sound), body.tier());
        let characters = title.terms.iter().chain(&body.terms).flat_map(|term| term.text.chars());
        let characters = characters.filter(|c| *c as u32 >= 0x3400).collect();
        Index { entries, title, sound, body, characters, unreached }
    }
}

/// Running text has by far the most terms: the entries of each, without a place in the text.
struct Body {
    pairs: HashMap<u64, Places, BuildHasherDefault<PairHasher>>,
    words: HashMap<String, Places>,
    /// A term of more entries tells nothing.
    most: usize,
}

/// The entries a term of running text is in; of one that is in too many it is known only that.
#[derive(Default)]
struct Places {
    entries: Vec<u32>,
    too_many: bool,
}

impl Places {
    fn add(&mut self, entry: u32, most: usize) {
        if self.too_many {
            return;
        }
        if self.entries.len() == most {
            *self = Places { entries: Vec::new(), too_many: true };
            return;
        }
        self.entries.push(entry);
    }

    fn term(self, text: String) -> Term {
        let slot = Slot::new(Class::Body, false, 0);
        Term::new(text, self.entries.into_iter().map(|entry| Posting::new(entry, slot)).collect())
    }
}

impl Body {
    fn new(most: usize) -> Self {
        Body { pairs: HashMap::default(), words: HashMap::new(), most }
    }

    fn add(&mut self, pairs: Vec<u64>, words: BTreeSet<String>, entry: u32) {
        for pair in pairs {
            self.pairs.entry(pair).or_default().add(entry, self.most);
        }
        for word in words {
            self.words.entry(word).or_default().add(entry, self.most);
        }
    }

    fn tier(self) -> Tier {
        let pairs = self.pairs.into_iter().map(|(pair, places)| (unpack(pair), places));
        let told = pairs.chain(self.words).filter(|(_, places)| !places.too_many);
        Tier::of(told.map(|(text, places)| places.term(text)).collect())
    }
}

/// Spreads packed pairs of characters; nobody chooses them to do harm, and there are millions.
#[derive(Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95).rotate_left(29);
    }
}

fn add(tier: &mut HashMap<String, Vec<Posting>>, terms: impl IntoIterator<Item = (String, Slot)>, entry: u32) {
    for (term, slot) in terms {
        tier.entry(term).or_default().push(Posting::new(entry, slot));
    }
}

/// Where in the life of a licence an item stands. Of answers that are equally good the earliest comes first: who
/// asks for 营业执照 wants to get one rather than to give it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// It is got.
    Begin,
    /// It is there, and something of it changes.
    Change,
    /// It comes to an end.
    End,
}

impl Stage {
    /// The stage an official name tells.
    fn of(official: &str) -> Self {
        const END: [&str; 6] = ["注销", "撤销", "终止", "解散", "歇业", "退出"];
        const CHANGE: [&str; 10] = ["变更", "延续", "延期", "补领", "补办", "补发", "换领", "换发", "换证", "更正"];
        const BEGIN: [&str; 5] = ["设立", "开办", "开业", "首次", "新办"];
        let tells = |words: &[&str]| words.iter().any(|word| official.contains(word));
        match () {
            () if tells(&BEGIN) => Stage::Begin,
            () if tells(&CHANGE) => Stage::Change,
            () if tells(&END) => Stage::End,
            () => Stage::Begin,
        }
    }
}

/// The records of each name of a family, the earliest stage and the shortest name first.
type Names<'a> = BTreeMap<(Stage, usize, &'a str, &'a str), Vec<usize>>;

/// A family with what decides its place.
type Placed<'a> = (Kind, Stage, &'a str, String, Vec<Vec<usize>>);

/// Records of one family and one name are one entry. Families stand by stage, department and sound, so that
/// results of one search are near each other in the files.
fn entries(records: &[Record], language: &Language) -> Vec<Entry> {
    let mut families: BTreeMap<(Kind, &str), Names<'_>> = BTreeMap::new();
    for (i, record) in records.iter().enumerate() {
        let length = record.name.chars().count().max(record.official.chars().count());
        let names = families.entry((record.kind, &record.family)).or_default();
        let stage = if record.kind == Kind::Item { Stage::of(&record.official) } else { Stage::Begin };
        names.entry((stage, length, &record.name, &record.official)).or_default().push(i);
    }
    let mut order: Vec<Placed<'_>> = families
        .into_iter()
        .map(|((kind, _), names)| {
            let stage = names.keys().next().map_or(Stage::Begin, |(stage, ..)| *stage);
            let names: Vec<Vec<usize>> = names.into_values().collect();
            let first = &records[names[0][0]];
            let sound = language.sounds.read(&first.name).into_iter().flatten().collect::<Vec<_>>().join(" ");
            (kind, stage, first.department.id.as_str(), sound, names)
        })
        .collect();
    order.sort();
    let numbered = order.into_iter().enumerate();
    numbered
        .flat_map(|(family, (.., names))| {
            names.into_iter().map(move |records| Entry { family: family as u32, records })
        })
        .collect()
}
