//! From the portal to what can be found in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::terms::{Applicant, Channel, Term};
use crate::portal::{Bundle, Department, Item, Portal, TopicKind};
use crate::schema;

use super::record::{Kind, Label, Record};
use super::text::Preparer;
use super::vocabulary::{Saying, Vocabulary};

/// The most characters of a summary.
const SUMMARY: usize = 72;
/// Names of one base code are one item in several situations if they begin alike for this share of the shorter, in percent.
const ALIKE: usize = 60;

/// Everything in the portal that can be found: items, bundles, departments.
pub fn records(portal: &Portal) -> Vec<Record> {
    let families = families(portal);
    let topics = topic_labels(portal);
    let items = portal.items.iter().zip(families).map(|(one, family)| item(portal, &topics, one, family));
    let bundles = portal.bundles.iter().map(|one| bundle(portal, one));
    let departments = portal.departments.iter().map(department);
    items.chain(bundles).chain(departments).collect()
}

/// The running text of each record, which is searched last: conditions, materials, questions and answers. It is most
/// of a portal and read once, so it stays the portal's.
pub fn bodies(portal: &Portal) -> Vec<Vec<&str>> {
    let items = portal.items.iter().map(|one| item_body(one));
    let bundles = portal.bundles.iter().map(|one| bundle_body(portal, one));
    let departments = portal.departments.iter().map(|_| Vec::new());
    items.chain(bundles).chain(departments).collect()
}

fn item_body(item: &Item) -> Vec<&str> {
    let facts = &item.facts;
    let mut body: Vec<&str> = facts.scope.told().map(String::as_str).into_iter().collect();
    body.extend(facts.conditions.iter().map(String::as_str));
    body.extend(item.materials.iter().map(|material| material.facts.name.as_str()));
    body.extend(item.guide.iter().flat_map(|guide| guide.text.lines()));
    body.extend(asked(&facts.questions));
    body
}

fn bundle_body<'a>(portal: &'a Portal, bundle: &'a Bundle) -> Vec<&'a str> {
    let items = bundle.items.iter().map(|&(_, id)| portal.item(id).facts.name.as_str());
    items.chain([bundle.facts.note.as_str()]).chain(asked(&bundle.facts.questions)).collect()
}

fn asked(questions: &[schema::item::Question]) -> impl Iterator<Item = &str> {
    questions.iter().flat_map(|one| [one.question.as_str(), one.answer.as_str()])
}

/// The built-in vocabulary with `synonyms.yaml` over it.
pub fn vocabulary(portal: &Portal, preparer: &Preparer) -> Vocabulary {
    let saying = |one: &schema::portal_tables::OneWay| Saying {
        said: one.words.clone(),
        formal: one.formal.iter().map(|word| word.split('+').map(str::to_owned).collect()).collect(),
    };
    let synonyms = &portal.synonyms;
    Vocabulary::new(preparer, synonyms.one_way.iter().map(saying).collect(), &synonyms.two_way)
}

/// The names of items, by which the same item of several departments or in several situations is known:
/// the same name, or the same base code (基本编码) and names that begin alike.
fn families(portal: &Portal) -> Vec<String> {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_code: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    let mut out = Vec::with_capacity(portal.items.len());
    for (number, item) in portal.items.iter().enumerate() {
        let name = item.facts.name.as_str();
        // Items whose code is still to be told are alike by name only.
        let base = item.facts.task_code.told().map_or(item.slug.as_str(), |code| code.base());
        let same_code = by_code.entry(base).or_default();
        let family = match by_name.get(name) {
            Some(&family) => family,
            None => same_code.iter().find(|(other, _)| alike(other, name)).map_or(number, |&(_, family)| family),
        };
        by_name.insert(name, family);
        same_code.push((name, family));
        out.push(family.to_string());
    }
    out
}

fn alike(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.chars().count().min(b.chars().count());
    same * 100 >= shorter * ALIKE
}

/// One label a topic name: topics of people and of companies may have the same name.
fn topic_labels(portal: &Portal) -> BTreeMap<&str, Label> {
    let mut labels = BTreeMap::new();
    for topic in portal.topics.iter().filter(|topic| is_filter(topic.kind)) {
        let name = topic.facts.name.as_str();
        labels.entry(name).or_insert_with(|| Label { id: topic.facts.slug.to_string(), name: name.to_owned() });
    }
    labels
}

/// Stages of life and groups are searched, but there would be too many to filter by.
fn is_filter(kind: TopicKind) -> bool {
    matches!(kind, TopicKind::Person | TopicKind::Legal)
}

fn item(portal: &Portal, topics: &BTreeMap<&str, Label>, item: &Item, family: String) -> Record {
    let facts = &item.facts;
    let department = portal.department(item.department);
    let mut related: Vec<String> = facts.parent.iter().cloned().collect();
    if let schema::item_handling::ResultEntry::List(results) = &facts.results {
        related.extend(results.iter().map(|result| result.name.clone()));
    }
    let (filters, others): (BTreeSet<&str>, BTreeSet<&str>) = {
        let named = |filter: bool| {
            let all =
                item.topics.iter().map(|&id| portal.topic(id)).filter(move |topic| is_filter(topic.kind) == filter);
            all.map(|topic| topic.facts.name.as_str()).collect()
        };
        (named(true), named(false))
    };
    related.extend(others.into_iter().map(str::to_owned));
    Record {
        kind: Kind::Item,
        url: item.path().trim_start_matches('/').to_owned(),
        name: item.everyday_name().to_owned(),
        official: facts.name.clone(),
        aliases: facts.aliases.clone(),
        keywords: facts.keywords.clone(),
        related,
        summary: shortened(facts.scope.told().map_or("", String::as_str)),
        family,
        department: label_of(department),
        topics: filters.into_iter().filter_map(|name| topics.get(name).cloned()).collect(),
        audiences: audiences(&facts.applicants),
        handling: facts
            .handling_type
            .get()
            .map(|kind| Label { id: kind.name().to_owned(), name: kind.name().to_owned() }),
        online: facts.channels.iter().any(|channel| matches!(channel, Channel::Web | Channel::Mobile)),
        open: item.status.is_open(),
    }
}

fn audiences(applicants: &[Applicant]) -> Vec<Label> {
    let label = |id: &str, name: &str| Label { id: id.to_owned(), name: name.to_owned() };
    let is_person = |applicant: &&Applicant| matches!(applicant, Applicant::Person);
    let mut out = Vec::new();
    if applicants.iter().any(|applicant| is_person(&applicant)) {
        out.push(label("person", "个人"));
    }
    if applicants.iter().any(|applicant| !is_person(&applicant)) {
        out.push(label("legal", "企业和单位"));
    }
    out
}

fn bundle(portal: &Portal, bundle: &Bundle) -> Record {
    let facts = &bundle.facts;
    let lead = facts.lead.as_ref().and_then(|lead| portal.departments.iter().find(|one| one.id == lead.as_str()));
    let audience = match facts.audience.as_str() {
        "个人" | "自然人" => vec![Label { id: "person".to_owned(), name: "个人".to_owned() }],
        _ => vec![Label { id: "legal".to_owned(), name: "企业和单位".to_owned() }],
    };
    Record {
        kind: Kind::Bundle,
        url: format!("bundles/{}/", bundle.slug),
        name: facts.everyday_name.as_ref().unwrap_or(&facts.name).clone(),
        official: facts.name.clone(),
        aliases: Vec::new(),
        keywords: Vec::new(),
        related: facts.life.clone(),
        summary: shortened(&facts.note),
        family: bundle.slug.clone(),
        department: lead.map_or_else(|| Label { id: String::new(), name: String::new() }, label_of),
        topics: Vec::new(),
        audiences: audience,
        handling: None,
        online: false,
        open: true,
    }
}

fn department(department: &Department) -> Record {
    let facts = &department.facts;
    Record {
        kind: Kind::Department,
        url: format!("departments/{}/", department.id),
        name: facts.name.clone(),
        official: facts.name.clone(),
        aliases: std::iter::once(&facts.short_name).chain(&facts.former_names).cloned().collect(),
        keywords: Vec::new(),
        related: Vec::new(),
        summary: shortened(facts.duties.told().map_or("", String::as_str)),
        family: department.id.clone(),
        department: label_of(department),
        topics: Vec::new(),
        audiences: Vec::new(),
        handling: None,
        online: false,
        open: true,
    }
}

fn label_of(department: &Department) -> Label {
    Label { id: department.id.clone(), name: department.facts.short_name.clone() }
}

/// The first sentences that have room, or the beginning.
fn shortened(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= SUMMARY {
        return text;
    }
    let start: String = text.chars().take(SUMMARY).collect();
    match start.rfind('。') {
        Some(end) => start[..end + '。'.len_utf8()].to_owned(),
        None => format!("{}…", start.trim_end_matches(['，', '、', '；'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_ends_with_a_sentence() {
        let long = "甲".repeat(40);
        assert_eq!(shortened("短 的\n话"), "短 的 话");
        assert_eq!(shortened(&format!("{long}。{long}。")), format!("{long}。"));
        assert_eq!(shortened(&"乙".repeat(100)), format!("{}…", "乙".repeat(SUMMARY)));
    }

    #[test]
    fn situations_of_one_item_begin_alike() {
        assert!(alike("烟草专卖零售许可证新办", "烟草专卖零售许可证延续"));
        assert!(alike("食品经营许可", "食品经营许可（变更）"));
        assert!(!alike("食品经营许可", "药品经营许可"));
        assert!(!alike("结婚登记", "离婚登记"));
    }
}
