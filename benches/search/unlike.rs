//! Items that are unlike each other: the hard case for the size of an index.
//!
//! Names are a field, a matter and an action, all real words of the two lists
//! of `data/`, and no two items have the same name; the texts are rows of such
//! words. What is asked is made from the names.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use mingbai::search::{Kind, Record};
use pinyin::ToPinyin;

use crate::random::Random;
use crate::set::{self, Question, Set};

/// How many questions of each kind.
const QUESTIONS: usize = 30;
/// What people type for another character of the same sound.
const HOMOPHONES: [(char, char); 30] = [
    ('证', '正'),
    ('业', '页'),
    ('营', '赢'),
    ('经', '京'),
    ('登', '灯'),
    ('记', '计'),
    ('申', '深'),
    ('领', '令'),
    ('许', '需'),
    ('可', '克'),
    ('备', '被'),
    ('案', '按'),
    ('核', '合'),
    ('询', '寻'),
    ('务', '物'),
    ('保', '宝'),
    ('险', '显'),
    ('格', '隔'),
    ('机', '基'),
    ('公', '工'),
    ('园', '元'),
    ('林', '临'),
    ('农', '浓'),
    ('药', '要'),
    ('医', '依'),
    ('学', '雪'),
    ('教', '叫'),
    ('金', '今'),
    ('房', '防'),
    ('建', '见'),
];

/// Real words.
struct Words {
    fields: Vec<String>,
    matters: Vec<String>,
    actions: Vec<String>,
    texts: Vec<String>,
}

/// A name in its parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    field: String,
    matter: String,
    action: String,
}

impl Name {
    fn whole(&self) -> String {
        format!("{}{}{}", self.field, self.matter, self.action)
    }
}

/// The set of so many items.
pub(crate) fn set(size: usize) -> Result<Set, Box<dyn Error>> {
    let words = words()?;
    let possible = words.fields.len() * words.matters.len() * words.actions.len();
    if size > possible / 4 {
        return Err(format!("{size} items: the words give {possible} names").into());
    }
    let mut random = Random::new(size as u64);
    let names = names(&words, size, &mut random);
    let (records, bodies) = names.iter().enumerate().map(|(n, name)| record(n, name, &words, &mut random)).unzip();
    let questions = questions(&names, &mut random);
    // Nobody would ask for names that mean nothing.
    Ok(Set { records, bodies, questions, blind: Vec::new(), family_counts: false })
}

/// The words of `data/words.json`; every other one is a field, so that a word is never both.
fn words() -> Result<Words, Box<dyn Error>> {
    let read: BTreeMap<String, String> = set::read_whole("words.json")?;
    let list = |key: &str| -> Vec<String> {
        read.get(key).into_iter().flat_map(|words| words.split(' ')).map(str::to_owned).collect()
    };
    let (fields, matters): (Vec<_>, Vec<_>) = list("matters").into_iter().enumerate().partition(|(n, _)| n % 2 == 0);
    let plain = |words: Vec<(usize, String)>| words.into_iter().map(|(_, word)| word).collect();
    Ok(Words { fields: plain(fields), matters: plain(matters), actions: list("actions"), texts: list("texts") })
}

fn names(words: &Words, size: usize, random: &mut Random) -> Vec<Name> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(size);
    while names.len() < size {
        let name = Name {
            field: random.pick(&words.fields).clone(),
            matter: random.pick(&words.matters).clone(),
            action: random.pick(&words.actions).clone(),
        };
        if seen.insert(name.whole()) {
            names.push(name);
        }
    }
    names
}

fn record(number: usize, name: &Name, words: &Words, random: &mut Random) -> (Record, Vec<String>) {
    let mut text = |length: usize, end: &str| {
        let row: String = (0..length + random.below(3)).map(|_| random.pick(&words.texts).as_str()).collect();
        format!("{row}{end}")
    };
    let summary = text(8, "。");
    let mut body: Vec<String> = (0..4).map(|_| text(5, "")).collect();
    body.extend((0..4).map(|_| text(3, "")));
    body.extend((0..2).map(|_| format!("{}{}", text(3, "？"), text(6, "。"))));
    let id = format!("u{:06}", number + 1);
    let record = Record {
        kind: Kind::Item,
        url: set::url(&id),
        name: name.whole(),
        official: name.whole(),
        aliases: Vec::new(),
        keywords: Vec::new(),
        related: Vec::new(),
        summary,
        family: id,
        department: set::label(&format!("青岚市{}局", words.fields[number % 40])),
        topics: vec![set::label(&words.matters[number % 25])],
        audiences: vec![set::label(if random.percent(50) { "自然人" } else { "法人" })],
        handling: Some(set::label(if random.percent(40) { "即办件" } else { "承诺件" })),
        online: random.percent(80),
        open: !random.percent(1),
    };
    (record, body)
}

/// Questions to items that share field and matter with no other.
fn questions(names: &[Name], random: &mut Random) -> Vec<Question> {
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for name in names {
        *pairs.entry((&name.field, &name.matter)).or_default() += 1;
    }
    let mut questions = Vec::new();
    for (kind, ask) in KINDS {
        let mut left = QUESTIONS;
        // Not every name has a character that can be mistaken: a bound ends the search.
        for _ in 0..QUESTIONS * 100 {
            let at = random.below(names.len());
            let name = &names[at];
            if left == 0 || pairs[&(name.field.as_str(), name.matter.as_str())] > 1 {
                continue;
            }
            if let Some(query) = ask(name) {
                left -= 1;
                let id = format!("{kind}{:02}", QUESTIONS - left);
                let expected = vec![format!("u{:06}", at + 1)];
                questions.push(Question { id, query, kind: kind.to_owned(), split: None, expected });
            }
        }
    }
    questions
}

/// Asks for an item by its name, if it can be asked so.
type Ask = fn(&Name) -> Option<String>;

const KINDS: [(&str, Ask); 5] = [
    ("exact", |name| Some(name.whole())),
    ("partial", |name| Some(format!("{}{}", name.field, name.matter))),
    ("reorder", |name| Some(format!("{}{}{}", name.matter, name.action, name.field))),
    ("typo", typo),
    ("pinyin", |name| Some(letters(&name.whole()))),
];

/// The name with its first character that has a homophone replaced by it.
fn typo(name: &Name) -> Option<String> {
    let other = |c: char| HOMOPHONES.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    let whole = name.whole();
    let (at, right) = whole.char_indices().find(|(_, c)| other(*c).is_some())?;
    let wrong = other(right)?;
    Some(format!("{}{wrong}{}", &whole[..at], &whole[at + right.len_utf8()..]))
}

fn letters(text: &str) -> String {
    text.chars().filter_map(|c| c.to_pinyin()).map(|syllable| syllable.plain()).collect()
}
