//! Puts the records together into the files of a portal.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::diagnostics::{Finding, Findings, Target, Words, codes};
use crate::documents::files;
use crate::exchange::map::compile::scalar_text;
use crate::exchange::map::data::Record;
use crate::exchange::map::eval::{Built, Run, Scope};
use crate::exchange::map::fit::fit;
use crate::exchange::map::node::{Group, Plan};
use crate::exchange::map::record::{Leaf, Ledger};
use crate::exchange::map::report::{Entry, LeftOut, Report, Why};
use crate::schema;
use crate::schema::values::PENDING;
use crate::search::Sounds;
use crate::source::{FieldPath, FileId};
use crate::yaml::{Shape, emit, shape_of};

/// The longest id, in characters; a number may follow.
const LONGEST_ID: usize = 60;
/// How many examples of what is left out are listed.
const EXAMPLES: usize = 5;
/// The lists of topics, as items and `topics.yaml` call them.
const TOPICS: [&str; 4] = ["个人", "法人", "生命周期", "特定对象"];

/// What becomes of a list.
#[derive(Debug)]
pub struct Done {
    /// The files of the portal, by their paths from its root.
    pub files: BTreeMap<String, String>,
    /// What could not be taken.
    pub report: Report,
}

/// A department or place that records speak of.
struct Member {
    id: String,
    /// What its file says.
    fields: Map<String, Value>,
}

/// The departments, or the places.
#[derive(Default)]
struct Members {
    by_key: BTreeMap<String, Member>,
    ids: BTreeSet<String>,
}

struct Assembly<'a> {
    plan: &'a Plan,
    sounds: Sounds,
    today: &'a str,
    shapes: [Shape; 3],
    departments: Members,
    places: Members,
    item_ids: BTreeSet<String>,
    /// The names of each department's items.
    names: BTreeSet<(String, String)>,
    topics: [Vec<String>; 4],
    files: BTreeMap<String, String>,
    report: Report,
}

/// Carries a mapping out on all records.
pub(super) fn assemble(
    plan: &Plan,
    records: &[Record],
    today: &str,
    (mapping, findings): (FileId, &mut Findings),
) -> Option<Done> {
    let mut assembly = Assembly {
        plan,
        sounds: Sounds::new(),
        today,
        shapes: [shape_of::<schema::Department>(), shape_of::<schema::Place>(), shape_of::<schema::Item>()],
        departments: Members::default(),
        places: Members::default(),
        item_ids: BTreeSet::new(),
        names: BTreeSet::new(),
        topics: [const { Vec::new() }; 4],
        files: BTreeMap::new(),
        report: Report { records: records.len(), ..Report::default() },
    };
    let site = assembly.site(mapping, findings)?;
    assembly.files.insert("content/site.yaml".to_owned(), emit(&site));
    // A record that says exactly what another says is no item of its own.
    let mut seen: HashMap<String, usize> = HashMap::new();
    for record in records {
        let said = Value::Object(record.fields.clone()).to_string();
        match seen.get(&said) {
            Some(first) => assembly.twice(record, *first),
            None => {
                seen.insert(said, record.number);
                assembly.record(record);
            }
        }
    }
    Some(assembly.done())
}

impl Assembly<'_> {
    fn site(&self, mapping: FileId, findings: &mut Findings) -> Option<Map<String, Value>> {
        let mut ledger = Ledger::default();
        let built = Built::One(self.plan.site.clone(), vec![0]);
        let fitted = fit(&built, &shape_of::<schema::SiteFile>(), &mut ledger);
        // A constant has one value only: that of the mapping.
        for note in ledger.notes.iter().filter(|note| note.why.is_loss()) {
            findings.push(
                Finding::new(
                    &codes::IM01,
                    mapping,
                    Target::Value(FieldPath::root().key("门户")),
                    Words::new(format!("`{}`：{}", note.text, note.note), format!("`{}` does not fit", note.text)),
                )
                .allowed("site.yaml 的写法，见手册", "what site.yaml may say: see the handbook")
                .repair("改正“门户”里的这个值", "correct this value under 门户"),
            );
        }
        match fitted {
            Some((Value::Object(map), _)) if ledger.notes.iter().all(|note| !note.why.is_loss()) => Some(map),
            _ => None,
        }
    }

    fn record(&mut self, record: &Record) {
        let whole = Value::Object(record.fields.clone());
        let mut ledger = Ledger::new(&whole);
        let mut run = Run {
            plan: self.plan,
            sounds: &self.sounds,
            record: &whole,
            department: None,
            place: None,
            today: self.today,
        };
        let scope = Scope::whole();
        let plan = self.plan;
        run.department = self.departments.join(&plan.department, &run, &self.shapes[0], &mut ledger);
        if let Some(place) = &plan.place {
            run.place = self.places.join(place, &run, &self.shapes[1], &mut ledger);
        }
        let id = run.text(&plan.item_id, &scope, &mut ledger).map(|(text, _)| text);
        let item = run.node(&plan.item, &scope, &mut ledger).and_then(|item| fit(&item, &self.shapes[2], &mut ledger));
        let same = plan.same_name.as_ref().and_then(|same| run.text(same, &scope, &mut ledger));
        match (run.department.take(), id, item) {
            (Some(department), Some(id), Some((Value::Object(item), taken))) => {
                ledger.taken.extend(taken);
                self.item(&department, &id, item, same.as_ref(), &mut ledger);
            }
            (department, _, item) => {
                let lacking = ledger.notes.iter().rev().find(|note| note.note.starts_with("缺少 `"));
                let lacking = lacking.map(|note| note.note.clone());
                let why = match (department.is_none(), item.is_none()) {
                    (true, _) => "不知道是哪个部门的".to_owned(),
                    (_, true) => lacking.unwrap_or_else(|| "缺少名称等必填的内容".to_owned()),
                    _ => "没有标识".to_owned(),
                };
                ledger.taken.clear();
                ledger.note(&[], Why::Record, why, "");
            }
        }
        self.settle(record, ledger);
    }

    /// A record that was there before: its values are in the portal already.
    fn twice(&mut self, record: &Record, first: usize) {
        let mut ledger = Ledger::new(&Value::Object(record.fields.clone()));
        ledger.taken = (0..ledger.leaves.len()).collect();
        ledger.note(&[], Why::Record, format!("与第 {first} 条完全相同"), "");
        self.settle(record, ledger);
    }

    fn item(
        &mut self,
        department: &str,
        id: &str,
        mut item: Map<String, Value>,
        same: Option<&(String, Vec<Leaf>)>,
        ledger: &mut Ledger,
    ) {
        let slug = unique_id(id, "item", &mut self.item_ids, ledger);
        let name = item.get("名称").and_then(Value::as_str).unwrap_or_default().to_owned();
        if self.names.contains(&(department.to_owned(), name.clone())) {
            let apart = same.map_or_else(|| slug.clone(), |(text, _)| text.clone());
            let name = [format!("{name}（{apart}）"), format!("{name}（{slug}）")]
                .into_iter()
                .find(|name| !self.names.contains(&(department.to_owned(), name.clone())))
                .unwrap_or(name);
            ledger.note(&[], Why::Rewritten, "同一部门里有同名的事项", name.as_str());
            ledger.taken.extend(same.iter().flat_map(|(_, from)| from));
            item.insert("名称".to_owned(), Value::from(name.as_str()));
            self.names.insert((department.to_owned(), name));
        } else {
            self.names.insert((department.to_owned(), name));
        }
        for (kind, known) in TOPICS.iter().zip(&mut self.topics) {
            let named = item.get("主题").and_then(|topics| topics.get(*kind)).and_then(Value::as_array);
            for name in named.into_iter().flatten().filter_map(Value::as_str) {
                if !known.iter().any(|one| one == name) {
                    known.push(name.to_owned());
                }
            }
        }
        self.report.items += 1;
        self.files.insert(files::item(department, &slug), emit(&item));
    }

    /// Says what became of every value of a record.
    fn settle(&mut self, record: &Record, mut ledger: Ledger) {
        ledger.forget_found();
        let reason = |field: &str| {
            let plain = without_numbers(field);
            let of =
                |named: &str| plain == named || plain.strip_prefix(named).is_some_and(|rest| rest.starts_with('.'));
            self.plan.ignored.iter().find(|(named, _)| of(&without_numbers(named))).map(|(named, why)| (named, why))
        };
        let losses: BTreeSet<Leaf> =
            ledger.notes.iter().filter(|note| note.why.is_loss()).filter_map(|note| note.leaf).collect();
        let mut unused = Vec::new();
        for (leaf, (field, text)) in ledger.leaves.iter().enumerate() {
            self.report.values += 1;
            if ledger.taken.contains(&leaf) {
                self.report.taken += 1;
            } else if let Some((named, why)) = reason(field) {
                count(&mut self.report.ignored, named, why, text);
            } else if ledger.blank.contains(&leaf) {
                count(&mut self.report.blank, &without_numbers(field), "没有内容", text);
            } else if ledger.decided.contains(&leaf) {
                self.report.decided += 1;
            } else {
                self.report.lost += 1;
                if !losses.contains(&leaf) {
                    unused.push((leaf, text.clone()));
                }
            }
        }
        for (leaf, text) in unused {
            ledger.note(&[leaf], Why::Unused, text, "");
        }
        let label = self.plan.label.as_ref().and_then(|field| record.fields.get(field)).and_then(Value::as_str);
        let label = label.unwrap_or_default().to_owned();
        let field = |leaf: Option<Leaf>| {
            leaf.and_then(|leaf| ledger.leaves.get(leaf)).map_or_else(String::new, |(field, _)| field.clone())
        };
        self.report.entries.extend(ledger.notes.iter().map(|note| Entry {
            record: record.number,
            label: label.clone(),
            field: field(note.leaf),
            why: note.why,
            text: note.text.clone(),
            note: note.note.clone(),
        }));
    }

    fn done(mut self) -> Done {
        self.report.departments = self.departments.by_key.len();
        self.report.places = self.places.by_key.len();
        for member in self.departments.by_key.values() {
            self.files.insert(files::department(&member.id), emit(&member.fields));
        }
        for member in self.places.by_key.values() {
            self.files.insert(files::place(&member.id), emit(&member.fields));
        }
        let mut topics = Map::new();
        for (kind, names) in TOPICS.iter().zip(&self.topics) {
            let mut ids = BTreeSet::new();
            let entries: Vec<Value> = names
                .iter()
                .map(|name| {
                    let sounds: Vec<&str> = self.sounds.read(name).into_iter().flatten().collect();
                    let id = unique_id(&sounds.join("-"), "topic", &mut ids, &mut Ledger::default());
                    Value::Object(
                        [("名称".to_owned(), Value::from(name.as_str())), ("标识".to_owned(), id.into())]
                            .into_iter()
                            .collect(),
                    )
                })
                .collect();
            if !entries.is_empty() {
                topics.insert((*kind).to_owned(), Value::Array(entries));
            }
        }
        if !topics.is_empty() {
            self.files.insert("content/topics.yaml".to_owned(), emit(&topics));
        }
        Done { files: self.files, report: self.report }
    }
}

impl Members {
    /// The id of the member a record speaks of; it is made when it is first spoken of.
    fn join(&mut self, group: &Group, run: &Run<'_, '_>, shape: &Shape, ledger: &mut Ledger) -> Option<String> {
        let scope = Scope::whole();
        let (key, from) = run.text(&group.key, &scope, ledger)?;
        let built = run.node(&group.fields, &scope, ledger)?;
        let (Value::Object(fields), taken) = fit(&built, shape, ledger)? else { return None };
        if let Some(known) = self.by_key.get_mut(&key) {
            for (name, value) in fields {
                match known.fields.get(&name) {
                    Some(said) if *said == value || value == PENDING => {}
                    Some(said) if *said != PENDING => {
                        let text = scalar_text(&value).unwrap_or_else(|| value.to_string());
                        let said = scalar_text(said).unwrap_or_else(|| said.to_string());
                        ledger.note(&from, Why::Contradiction, format!("{name}：{text}"), format!("先前是 {said}"));
                    }
                    _ => _ = known.fields.insert(name, value),
                }
            }
            ledger.taken.extend(taken.iter().chain(&from));
            return Some(known.id.clone());
        }
        let (id, _) = run.text(&group.id, &scope, ledger)?;
        let id = unique_id(&id, "id", &mut self.ids, &mut Ledger::default());
        ledger.taken.extend(taken.iter().chain(&from));
        self.by_key.insert(key, Member { id: id.clone(), fields });
        Some(id)
    }
}

/// An id that no other has: lower-case letters, digits and single hyphens.
fn unique_id(wish: &str, otherwise: &str, known: &mut BTreeSet<String>, ledger: &mut Ledger) -> String {
    let mut id = String::new();
    for c in wish.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(LONGEST_ID);
    let id = match id.trim_end_matches('-') {
        "" => otherwise.to_owned(),
        id => id.to_owned(),
    };
    let mut free = id.clone();
    let mut number = 2;
    while !known.insert(free.clone()) {
        free = format!("{id}-{number}");
        number += 1;
    }
    if free != id {
        ledger.note(&[], Why::Rewritten, format!("标识 {id} 已经有了"), free.as_str());
    }
    free
}

/// `materials[2].name` as `materials.name`.
fn without_numbers(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut inside = false;
    for c in field.chars() {
        match c {
            '[' => inside = true,
            ']' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn count(into: &mut BTreeMap<String, LeftOut>, field: &str, reason: &str, text: &str) {
    let left = into.entry(field.to_owned()).or_insert_with(|| LeftOut {
        reason: reason.to_owned(),
        values: 0,
        examples: Vec::new(),
    });
    left.values += 1;
    let short: String = text.chars().take(30).collect();
    if left.examples.len() < EXAMPLES && !left.examples.contains(&short) {
        left.examples.push(short);
    }
}
