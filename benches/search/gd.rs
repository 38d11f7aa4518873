//! The list of a province, with the short and everyday names its editors wrote.

use std::error::Error;

use mingbai::search::{Kind, Record};
use serde::Deserialize;

use crate::set::{self, Question, Set};

/// An item of the list.
#[derive(Debug, Deserialize)]
struct Listed {
    id: String,
    name: String,
    page_title: String,
    catalog_name: String,
    department: String,
    item_type: String,
    #[serde(default)]
    service_object: Vec<String>,
    #[serde(default)]
    themes: Vec<String>,
    #[serde(default)]
    conditions: String,
    #[serde(default)]
    materials: Vec<String>,
    online: bool,
    #[serde(default)]
    short_name: String,
    #[serde(default)]
    colloquial: String,
}

#[derive(Debug, Deserialize)]
struct Asked {
    qid: String,
    query: String,
    targets: Vec<String>,
    bigram_overlap_with_name: f64,
}

/// The set; its short and everyday names are aliases if `indexed`, and nowhere otherwise.
pub(crate) fn set(indexed: bool) -> Result<Set, Box<dyn Error>> {
    let mut asked: Vec<Asked> = set::read("gd-queries.jsonl")?;
    asked.sort_by(|a, b| b.bigram_overlap_with_name.total_cmp(&a.bigram_overlap_with_name));
    let questions = asked.into_iter().map(|asked| Question {
        id: asked.qid,
        query: asked.query,
        kind: kind(asked.bigram_overlap_with_name).to_owned(),
        split: None,
        expected: asked.targets,
    });
    let items: Vec<Listed> = set::read("gd-items.jsonl")?;
    let (records, bodies) = items.into_iter().map(|item| record(item, indexed)).unzip();
    Ok(Set {
        records,
        bodies,
        questions: questions.collect(),
        blind: set::read_blind("gd-blind.jsonl")?,
        family_counts: false,
    })
}

/// How much of the question stands in a name.
fn kind(overlap: f64) -> &'static str {
    match overlap {
        1.0.. => "in name",
        0.5.. => "mostly",
        ..=0.0 => "not at all",
        _ => "partly",
    }
}

fn record(item: Listed, indexed: bool) -> (Record, Vec<String>) {
    let mut aliases: Vec<String> = Vec::new();
    if indexed {
        for text in [&item.short_name, &item.colloquial] {
            let parts = text.split(|c: char| "、，,；;".contains(c) || c.is_whitespace());
            for part in parts.filter(|part| !part.is_empty() && **part != item.name) {
                if !aliases.iter().any(|alias| alias == part) {
                    aliases.push(part.to_owned());
                }
            }
        }
    }
    let mut body = item.materials;
    if !item.conditions.is_empty() {
        body.insert(0, item.conditions);
    }
    let summary = body.first().map(|text| text.chars().take(60).collect()).unwrap_or_default();
    let record = Record {
        kind: Kind::Item,
        url: set::url(&item.id),
        official: item.name.clone(),
        name: item.name,
        aliases,
        keywords: Vec::new(),
        family: format!("{}|{}", item.page_title, item.department),
        related: vec![item.catalog_name],
        summary,
        department: set::label(&item.department),
        topics: item.themes.iter().map(|name| set::label(name)).collect(),
        audiences: item.service_object.iter().map(|name| set::label(name)).collect(),
        handling: Some(set::label(&item.item_type)),
        online: item.online,
        open: true,
    };
    (record, body)
}
