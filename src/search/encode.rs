//! The files of the index, as browsers read them: small, compressed, named by their content.
//!
//! `index.bin` is read first: which file holds which terms and results, and
//! what is needed to read a question. Every file is compressed here, because
//! many hosts compress nothing, and readers undo it themselves. All but the
//! files of terms are JSON. A file of terms is
//!
//! ```text
//! number of terms
//! for each term: bytes shared with the one before, further bytes, these bytes (UTF-8)
//! for each term: number of its entries that are told
//! for each term: number of further entries that have it
//! for each term: the entries, each as the distance from the one before
//! for each term: the slot of each entry, one byte (not for running text)
//! ```
//!
//! where numbers are written seven bits to a byte, the lowest first, and all
//! but the last byte of a number have the highest bit set.

use crate::compress::{Effort, gzip};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::arrange::arrange;
use super::index::{Entry, Index, Language, Term, Tier};
use super::rank::is_kept;
use super::record::{Kind, Label, Record};
use super::sound::{by_sound, syllables};

/// The number of the format; a page and an index of different numbers do not understand each other.
const VERSION: u32 = 1;
/// A tier of at most so many bytes is one file.
const WHOLE_TIER: usize = 14 * 1024;
/// About how many bytes a file of terms has.
const SHARD: usize = 6 * 1024;
/// About how many bytes a file of results has.
const BLOCK: usize = 4 * 1024;
/// The most other names a result carries.
pub(super) const ALIASES: usize = 8;

/// A file of the index, below `/search/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Its name below `/search/`.
    pub name: String,
    /// Its bytes, compressed.
    pub bytes: Arc<[u8]>,
}

#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    /// One character an entry: `0` and 1 if it begins a family, 2 if nobody can apply now, 4 for a bundle, 8 for a department.
    entries: String,
    /// The Chinese characters of the terms. Terms stand in files by the place of their first character here
    /// (others before them), then in the order of UTF-16.
    characters: String,
    noise: Vec<&'a str>,
    fillers: Vec<&'a str>,
    title: Files,
    sound: Files,
    body: Files,
    blocks: Files,
    /// The file of places for each file of results; empty where every result has one place.
    places: String,
    sounds: String,
    facets: String,
}

/// Files in the order of what they hold: the first of each, and their names, separated by spaces.
#[derive(Serialize, Default)]
struct Files {
    first: String,
    file: String,
}

impl Files {
    fn add(&mut self, first: &str, file: &str) {
        for (list, text) in [(&mut self.first, first), (&mut self.file, file)] {
            if !list.is_empty() {
                list.push(' ');
            }
            list.push_str(text);
        }
    }
}

/// Collects files by name.
#[derive(Default)]
struct Folder(BTreeMap<String, Arc<[u8]>>);

impl Folder {
    fn put(&mut self, bytes: Vec<u8>) -> String {
        let hash = format!("{:016x}", xxh3_64(&bytes));
        let mut length = 10;
        loop {
            let name = &hash[..length];
            let same = self.0.get(&format!("{name}.bin")).is_none_or(|other| **other == *bytes);
            if same || length == hash.len() {
                self.0.insert(format!("{name}.bin"), Arc::from(bytes));
                return name.to_owned();
            }
            length += 1;
        }
    }

    fn put_json(&mut self, value: &impl Serialize) -> String {
        self.put(json(value))
    }
}

/// The files of an index made from `records`; `index.bin` is the first.
pub fn encode(index: &Index, records: &[Record], language: &Language) -> Vec<IndexFile> {
    let mut folder = Folder::default();
    let characters = arrange(&index.title, &index.characters, limit(&index.title, true));
    let rank: HashMap<char, usize> = characters.iter().enumerate().map(|(rank, &c)| (c, rank + 1)).collect();
    let title = tier(&index.title, &rank, true, &mut folder);
    let sound = tier(&index.sound, &HashMap::new(), true, &mut folder);
    let body = tier(&index.body, &rank, false, &mut folder);
    let (blocks, places) = blocks(index, records, &mut folder);
    let head = Head {
        version: VERSION,
        entries: flags(index, records),
        characters: characters.iter().collect(),
        noise: language.noise.phrases.iter().map(String::as_str).collect(),
        fillers: language.noise.characters.iter().map(String::as_str).collect(),
        title,
        sound,
        body,
        blocks,
        places,
        sounds: folder.put_json(&sounds(index, language)),
        facets: folder.put_json(&Facets::new(index, records)),
    };
    let first = IndexFile { name: "index.bin".to_owned(), bytes: Arc::from(json(&head)) };
    let others = folder.0.into_iter().map(|(name, bytes)| IndexFile { name, bytes });
    std::iter::once(first).chain(others).collect()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    compress(&serde_json::to_vec(value).expect("numbers and texts are always JSON"))
}

fn compress(bytes: &[u8]) -> Vec<u8> {
    gzip(bytes, Effort::Best)
}

fn flags(index: &Index, records: &[Record]) -> String {
    let mut before = None;
    let flag = |entry: &Entry| {
        let record = &records[entry.records[0]];
        let new = before.replace(entry.family) != Some(entry.family);
        let kind = match record.kind {
            Kind::Item => 0,
            Kind::Bundle => 4,
            Kind::Department => 8,
        };
        char::from(b'0' + u8::from(new) + 2 * u8::from(!record.open) + kind)
    };
    index.entries.iter().map(flag).collect()
}

/// About how many bytes a term takes before compression.
pub(super) fn cost(term: &Term, slots: bool) -> usize {
    term.text.len() / 2 + 4 + term.postings.len() * if slots { 2 } else { 1 }
}

/// The [`cost`] of terms that makes a file of the wanted size: texts that are alike compress well.
fn limit(tier: &Tier, slots: bool) -> usize {
    let terms: Vec<&Term> = tier.terms.iter().collect();
    let cost: usize = terms.iter().map(|term| cost(term, slots)).sum();
    let bytes = gzip(&shard(&terms, slots), Effort::Fast).len();
    if bytes <= WHOLE_TIER { usize::MAX } else { cost * SHARD / bytes }
}

/// Cuts a tier into files of about one size. Terms stand by the rank of their first character.
fn tier(tier: &Tier, rank: &HashMap<char, usize>, slots: bool, folder: &mut Folder) -> Files {
    let mut terms: Vec<&Term> = tier.terms.iter().collect();
    let rank = |term: &str| term.chars().next().and_then(|c| rank.get(&c)).copied().unwrap_or(0);
    terms.sort_by_cached_key(|term| rank(&term.text));
    let limit = limit(tier, slots);
    let mut ranges = Vec::new();
    let (mut from, mut size) = (0, 0);
    for (i, term) in terms.iter().enumerate() {
        let bytes = cost(term, slots);
        if size > 0 && size + bytes > limit {
            ranges.push(from..i);
            (from, size) = (i, 0);
        }
        size += bytes;
    }
    if from < terms.len() {
        ranges.push(from..terms.len());
    }
    let made: Vec<Vec<u8>> = ranges.par_iter().map(|range| compress(&shard(&terms[range.clone()], slots))).collect();
    let mut files = Files::default();
    for (range, bytes) in ranges.iter().zip(made) {
        files.add(&terms[range.start].text, &folder.put(bytes));
    }
    files
}

fn shard(terms: &[&Term], slots: bool) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, terms.len() as u32);
    let mut before: &[u8] = b"";
    for term in terms {
        let term = term.text.as_bytes();
        let shared = before.iter().zip(term).take_while(|(a, b)| a == b).count();
        number(&mut out, shared as u32);
        number(&mut out, (term.len() - shared) as u32);
        out.extend_from_slice(&term[shared..]);
        before = term;
    }
    for term in terms {
        number(&mut out, term.postings.len() as u32);
    }
    for term in terms {
        number(&mut out, (term.entries - term.postings.len()) as u32);
    }
    for term in terms {
        let mut before = 0;
        for posting in &term.postings {
            number(&mut out, posting.entry() - before);
            before = posting.entry();
        }
    }
    if slots {
        out.extend(terms.iter().flat_map(|term| &term.postings).map(|posting| posting.slot().byte()));
    }
    out
}

fn number(out: &mut Vec<u8>, mut n: u32) {
    while n >= 128 {
        out.push((n & 127) as u8 | 128);
        n >>= 7;
    }
    out.push(n as u8);
}

/// What the list of results shows of an entry: name, official name (empty if the same), department, address,
/// summary, other names, in how many further places it is offered.
type Shown<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, Vec<&'a str>, usize);

/// The results in pieces, and where the further places of each piece are.
fn blocks(index: &Index, records: &[Record], folder: &mut Folder) -> (Files, String) {
    let all: Vec<Shown<'_>> = index.entries.iter().map(|entry| shown(entry, records)).collect();
    let bytes = gzip(&serde_json::to_vec(&all).expect("texts are always JSON"), Effort::Fast).len();
    let entries = (all.len() * BLOCK / bytes.max(1)).max(1);
    let mut files = Files::default();
    let mut places: Vec<String> = Vec::new();
    for (n, piece) in all.chunks(entries).enumerate() {
        files.add(&(n * entries).to_string(), &folder.put_json(&piece));
        let further: Vec<Vec<(&str, &str)>> = index.entries[n * entries..]
            .iter()
            .take(piece.len())
            .map(|entry| entry.records[1..].iter().map(|&r| place(&records[r])).collect())
            .collect();
        places.push(if further.iter().all(Vec::is_empty) { "-".to_owned() } else { folder.put_json(&further) });
    }
    let places = if places.iter().all(|file| file == "-") { String::new() } else { places.join(" ") };
    (files, places)
}

fn place(record: &Record) -> (&str, &str) {
    (&record.department.name, &record.url)
}

fn shown<'a>(entry: &Entry, records: &'a [Record]) -> Shown<'a> {
    let (record, places) = (&records[entry.records[0]], entry.records.len() - 1);
    let official = if record.official == record.name { "" } else { record.official.as_str() };
    let aliases = record.aliases.iter().take(ALIASES).map(String::as_str).collect();
    (&record.name, official, &record.department.name, &record.url, &record.summary, aliases, places)
}

#[derive(Serialize)]
struct SoundTable {
    /// Traditional and Simplified characters in turn.
    traditional: String,
    /// Every syllable that can be typed.
    syllables: Vec<&'static str>,
    /// A sound in the form in which sounds are compared, and the characters that have it.
    sounds: BTreeMap<String, String>,
}

fn sounds(index: &Index, language: &Language) -> SoundTable {
    let preparer = language.preparer.restricted(|c| is_kept(index, language, c));
    let table = by_sound(&language.sounds, index.characters.iter().copied());
    SoundTable {
        traditional: preparer.pairs().iter().flat_map(|&(traditional, simple)| [traditional, simple]).collect(),
        syllables: syllables(&language.sounds).into_iter().collect(),
        sounds: table.into_iter().map(|(sound, characters)| (sound, characters.into_iter().collect())).collect(),
    }
}

/// What results can be filtered by.
#[derive(Serialize, Default)]
struct Facets<'a> {
    department: Vec<&'a Label>,
    topic: Vec<&'a Label>,
    audience: Vec<&'a Label>,
    #[serde(rename = "type")]
    handling: Vec<&'a Label>,
    /// Lists of departments.
    offered: Vec<Vec<usize>>,
    /// Topics, audiences, whether it is online, type (one more than its position, 0 for none).
    kinds: Vec<(Vec<usize>, Vec<usize>, u8, usize)>,
    /// For each entry: who offers it and of what kind it is; nothing for departments.
    entries: Vec<(usize, usize)>,
}

impl<'a> Facets<'a> {
    fn new(index: &Index, records: &'a [Record]) -> Self {
        let mut facets = Facets::default();
        let mut departments = Numbering::default();
        let mut topics = Numbering::default();
        let mut audiences = Numbering::default();
        let mut handlings = Numbering::default();
        let mut offered = Numbering::default();
        let mut kinds = Numbering::default();
        for entry in &index.entries {
            let first = &records[entry.records[0]];
            if first.kind == Kind::Department {
                let nothing = offered.of(Vec::new());
                facets.entries.push((nothing, kinds.of((Vec::new(), Vec::new(), 0, 0))));
                continue;
            }
            let by = entry.records.iter().map(|&r| departments.of(&records[r].department)).collect();
            let kind = (
                first.topics.iter().map(|label| topics.of(label)).collect(),
                first.audiences.iter().map(|label| audiences.of(label)).collect(),
                u8::from(first.online),
                first.handling.as_ref().map_or(0, |label| handlings.of(label) + 1),
            );
            facets.entries.push((offered.of(by), kinds.of(kind)));
        }
        facets.department = departments.values;
        facets.topic = topics.values;
        facets.audience = audiences.values;
        facets.handling = handlings.values;
        facets.offered = offered.values;
        facets.kinds = kinds.values;
        facets
    }
}

/// Gives each different value a number, in the order of their coming.
struct Numbering<T> {
    numbers: BTreeMap<T, usize>,
    values: Vec<T>,
}

impl<T> Default for Numbering<T> {
    fn default() -> Self {
        Numbering { numbers: BTreeMap::new(), values: Vec::new() }
    }
}

impl<T: Ord + Clone> Numbering<T> {
    fn of(&mut self, value: T) -> usize {
        if let Some(&number) = self.numbers.get(&value) {
            return number;
        }
        self.values.push(value.clone());
        self.numbers.insert(value, self.values.len() - 1);
        self.values.len() - 1
    }
}
