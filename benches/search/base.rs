//! Any number of items, scaled from the base items by district and situation.
//!
//! Every base item is there as it stands, offered by the city; the others are
//! its situations (变更, 注销 …) and the same in the districts, all of one family.

use std::error::Error;

use mingbai::search::{Kind, Label, Record};
use serde::Deserialize;

use crate::random::Random;
use crate::set::{self, Question, Set};
use crate::situations::{self, Situation};

/// The city that offers the base items.
const CITY: &str = "青岚市";
/// The characters that names of districts begin with.
const FIRST: [char; 12] = ['云', '望', '临', '松', '青', '白', '龙', '东', '西', '南', '北', '石'];
/// The characters that follow.
const SECOND: [char; 12] = ['溪', '山', '阳', '湖', '泉', '津', '华', '浦', '岭', '桥', '河', '川'];
/// What ends them.
const LAST: [char; 3] = ['区', '县', '市'];

/// A base item.
#[derive(Debug, Deserialize)]
struct Item {
    id: String,
    name: String,
    dept: String,
    theme: String,
    audience: String,
    aliases: Vec<String>,
    intro: String,
    conditions: Vec<String>,
    materials: Vec<String>,
    promised_days: u16,
    result: String,
    body: String,
}

#[derive(Debug, Deserialize)]
struct Asked {
    qid: String,
    query: String,
    kind: String,
    expected: Vec<String>,
    split: String,
}

/// The set of so many items; without aliases, the built-in vocabulary alone knows other words for them.
pub(crate) fn set(size: usize, aliases: bool) -> Result<Set, Box<dyn Error>> {
    let mut items: Vec<Item> = set::read("items.jsonl")?;
    if !aliases {
        items.iter_mut().for_each(|item| item.aliases.clear());
    }
    if size < items.len() {
        return Err(format!("{size} items: there are {} base items", items.len()).into());
    }
    let asked: Vec<Asked> = set::read("queries.jsonl")?;
    let questions = asked.into_iter().map(|asked| Question {
        id: asked.qid,
        query: asked.query,
        kind: asked.kind,
        split: Some(asked.split),
        expected: asked.expected,
    });
    let (records, bodies) = records(&items, size).into_iter().unzip();
    Ok(Set {
        records,
        bodies,
        questions: questions.collect(),
        blind: set::read_blind("blind.jsonl")?,
        family_counts: true,
    })
}

/// First the city with all situations, then one district after the other, until there are enough.
fn records(items: &[Item], size: usize) -> Vec<(Record, Vec<String>)> {
    // A larger place tells more situations apart.
    let most = match size {
        0..5_000 => 2,
        5_000..50_000 => 4,
        _ => usize::MAX,
    };
    let departments = departments(items);
    let mut random = Random::new(size as u64);
    let mut records = Vec::with_capacity(size);
    for district in 0.. {
        let place = Place { number: district, departments: &departments };
        for round in 0..=most.min(situations::MOST) {
            for item in items {
                if records.len() == size {
                    return records;
                }
                let situation = match round {
                    0 => None,
                    _ => match situations::of(&item.name).get(round - 1) {
                        Some(situation) => Some(situation),
                        None => continue,
                    },
                };
                records.push(record(item, &place, situation, &mut random));
            }
        }
    }
    records
}

/// The names of the departments, in the order of the items.
fn departments(items: &[Item]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for item in items {
        if !names.contains(&item.dept.as_str()) {
            names.push(&item.dept);
        }
    }
    names
}

/// The city (0) or one of its districts.
struct Place<'a> {
    number: usize,
    departments: &'a [&'a str],
}

impl Place<'_> {
    fn name(&self) -> String {
        let Some(number) = self.number.checked_sub(1) else { return CITY.to_owned() };
        // Steps that share no factor with the lengths, so that neighbours look unlike.
        let (round, at) = (number / (FIRST.len() * SECOND.len()), number * 5 % (FIRST.len() * SECOND.len()));
        let (first, second) = (FIRST[at % FIRST.len()], SECOND[(at / FIRST.len() + at) % SECOND.len()]);
        let before: String = if round == 0 { String::new() } else { format!("第{}", round + 1) };
        format!("{before}{first}{second}{}", LAST[number % LAST.len()])
    }

    fn department(&self, name: &str) -> Label {
        let number = self.departments.iter().position(|other| *other == name).unwrap_or_default();
        Label { id: format!("p{}-{number}", self.number), name: format!("{}{name}", self.name()) }
    }
}

fn record(item: &Item, place: &Place<'_>, situation: Option<&Situation>, random: &mut Random) -> (Record, Vec<String>) {
    let mut id = item.id.clone();
    if place.number > 0 {
        id.push_str(&format!("-d{}", place.number));
    }
    if let Some(situation) = situation {
        id.push_str(&format!("-{}", situation.slug));
    }
    let name = situation.map_or_else(|| item.name.clone(), |case| format!("{}（{}）", item.name, case.name));
    let at_once = (item.promised_days <= 1) != (place.number > 0 && random.percent(10));
    let audience = if item.audience == "个人" { "自然人" } else { "法人" };
    let record = Record {
        kind: Kind::Item,
        url: set::url(&id),
        official: name.clone(),
        name,
        aliases: item.aliases.clone(),
        keywords: Vec::new(),
        related: vec![item.result.clone()],
        summary: summary(item, place, situation),
        family: item.id.clone(),
        department: place.department(&item.dept),
        topics: vec![set::label(&item.theme)],
        audiences: vec![set::label(audience)],
        handling: Some(set::label(if at_once { "即办件" } else { "承诺件" })),
        online: random.percent(80),
        // The city offers everything.
        open: place.number == 0 || !random.percent(1),
    };
    (record, body(item, place, situation))
}

fn summary(item: &Item, place: &Place<'_>, situation: Option<&Situation>) -> String {
    let before = situation.map(|case| case.intro.replace("{证}", &item.result)).unwrap_or_default();
    let after = if place.number > 0 { format!("由{}受理。", place.name()) } else { String::new() };
    format!("{before}{}{after}", item.intro)
}

/// Conditions, materials, questions and answers.
fn body(item: &Item, place: &Place<'_>, situation: Option<&Situation>) -> Vec<String> {
    let mut body = Vec::new();
    match situation {
        None => body.extend(item.conditions.iter().chain(&item.materials).cloned()),
        Some(case) => {
            body.extend(item.conditions.first().cloned());
            body.extend(case.texts.iter().map(|text| text.replace("{证}", &item.result).replace("{事}", &item.name)));
        }
    }
    body.extend(questions(&item.body));
    if place.number > 0 {
        body.push(format!("在哪里办理？到{}政务服务中心综合窗口或者就近的便民服务站办理。", place.name()));
    }
    body
}

/// `问：…答：…` of a text, each as one text without these marks.
fn questions(text: &str) -> Vec<String> {
    text.split("问：").skip(1).map(|part| part.trim().replacen("答：", "", 1)).collect()
}
