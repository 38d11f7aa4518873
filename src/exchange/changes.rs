//! What tables change in a portal: compared value by value, and made into new texts.
//!
//! Every text is finished before the first is written. A document that is not
//! in its table, and an entry whose row is gone, are told and kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diagnostics::{Finding, Findings, Severity, Target, Words, codes};
use crate::exchange::cell;
use crate::exchange::fill::Filler;
use crate::exchange::gather::{Gathered, Wish};
use crate::exchange::record::Record;
use crate::exchange::sheet::{Body, Kind};
use crate::exchange::table::At;
use crate::source::{FieldPath, FileId, SourceTree, Step};
use crate::yaml::Shape;
use crate::yaml::edit::{Difference, Document, differences, fresh};

/// The largest text file that is read as content, in bytes.
const TEXT_LIMIT: usize = 1024 * 1024;

/// What became of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// 新增.
    Added,
    /// 修改.
    Changed,
    /// 删除.
    Removed,
    /// An entry that stands elsewhere in its list, perhaps changed as well.
    Moved,
    /// Its row is gone, and it was kept.
    Kept,
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// Its key, with the names of entries: `申请材料「身份证」.份数`.
    pub field: String,
    /// What it was.
    pub old: String,
    /// What it is to be.
    pub new: String,
}

/// One document that differs.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Its kind.
    pub kind: Kind,
    /// The name of its folder or file.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its file.
    pub path: String,
    /// Whether there is no such document yet.
    pub is_new: bool,
    /// What differs, or was kept though its row is gone.
    pub changes: Vec<Change>,
    /// The new text of the file; nothing if only kept entries are told.
    pub text: Option<String>,
    /// The text from which the new one was made; nothing if the document is new.
    pub before: Option<Arc<str>>,
    /// Which cell says what, for findings about the new text.
    cells: Vec<(FieldPath, At)>,
    at: At,
}

/// Everything that is to be done.
#[derive(Debug)]
pub struct Prepared {
    /// The documents that differ, by kind and id.
    pub documents: Vec<Changed>,
    /// How many documents the tables speak of.
    pub read: usize,
    /// Documents that are in no row of their table: kind, id, name.
    pub missing: Vec<(Kind, String, String)>,
    gathered: Gathered,
}

/// Compares what tables ask for with the documents. With `delete`, entries whose rows are gone
/// are taken out; without, they are kept and told.
pub fn prepare(mut gathered: Gathered, records: &[Record], tree: &mut SourceTree, delete: bool) -> Prepared {
    let known: BTreeMap<(Kind, &str), &Record> =
        records.iter().map(|record| ((record.kind, record.id.as_str()), record)).collect();
    gathered.texts = tree.files.iter().map(|file| (file.path.clone(), Arc::clone(&file.text))).collect();
    let shapes: BTreeMap<Kind, Shape> = Kind::ALL.into_iter().map(|kind| (kind, kind.shape())).collect();
    let wishes = std::mem::take(&mut gathered.wishes);
    let is_own = |((kind, id), wish): (&(Kind, String), &Wish)| {
        (*kind == Kind::Department && wish.own.is_some()).then(|| id.clone())
    };
    gathered.new_departments = wishes.iter().filter_map(is_own).collect();
    let mut documents = Vec::new();
    for ((kind, id), wish) in &wishes {
        let wanted = Wanted { kind: *kind, id, wish, old: known.get(&(*kind, id.as_str())).copied() };
        if wanted.old.is_none() && wish.own.is_none() {
            unknown(&mut gathered, wanted, records, tree);
        } else {
            documents.extend(document(&mut gathered, wanted, &shapes[kind], tree, delete));
        }
    }
    let missing = records
        .iter()
        .filter(|record| gathered.has_documents(record.kind))
        .filter(|record| wishes.get(&(record.kind, record.id.clone())).is_none_or(|wish| wish.own.is_none()))
        .filter(|record| !documents.iter().any(|changed: &Changed| changed.path == record.path))
        .map(|record| (record.kind, record.id.clone(), record.name().to_owned()))
        .collect();
    Prepared { documents, read: wishes.len(), missing, gathered }
}

/// A document as the tables want it, and as the portal has it.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    kind: Kind,
    id: &'a str,
    wish: &'a Wish,
    /// None for a new one.
    old: Option<&'a Record>,
}

/// One document: what it is to say, what differs, and its new text.
fn document(
    gathered: &mut Gathered,
    wanted: Wanted<'_>,
    shape: &Shape,
    tree: &mut SourceTree,
    delete: bool,
) -> Option<Changed> {
    let path = place_of(gathered, wanted, tree)?;
    let Wanted { kind, id, wish, old } = wanted;
    let before = old.map_or_else(|| Value::Object(Map::new()), |record| record.value.clone());
    let mut filler = Filler { gathered, tree, cells: Vec::new(), kept: Vec::new(), is_sound: true, delete };
    let mut target = match &wish.content {
        Some(content) => filler.content(content, &before, wish.at),
        None => filler.target(wish, &before),
    };
    let Filler { cells, kept, is_sound, .. } = filler;
    if old.is_none() {
        target = in_order(target, shape);
    }
    let mut changes: Vec<Change> =
        differences(&before, &target).into_iter().flat_map(|one| change(&before, &target, one)).collect();
    let is_changed = !changes.is_empty();
    changes.extend(kept);
    if !is_sound || changes.is_empty() {
        return None;
    }
    let text = match old {
        _ if !is_changed => None,
        None => Some(fresh(&target)),
        Some(record) => {
            let text = gathered.texts.get(&record.path)?.to_string();
            match edited(&text, &target, shape) {
                // Only the order of keys was another, which says nothing.
                Ok(new) if new == text && !changes.iter().any(|change| change.kind == ChangeKind::Kept) => return None,
                Ok(new) => (new != text).then_some(new),
                Err(words) => {
                    gathered.add(
                        &codes::TB11,
                        wish.at,
                        Words::new(format!("{}：{}", record.path, words.zh), format!("{}: {}", record.path, words.en)),
                        tree,
                    );
                    return None;
                }
            }
        }
    };
    if text.as_ref().is_some_and(|text| text.len() > TEXT_LIMIT) {
        let words = Words::new(
            format!("`{path}` 会超过 1 MB，读不了"),
            format!("`{path}` would have more than 1 MB and could not be read"),
        );
        gathered.add(&codes::TB11, wish.at, words, tree);
        return None;
    }
    let name = target.get("名称").and_then(Value::as_str).unwrap_or_default().to_owned();
    let before = old.and_then(|record| gathered.texts.get(&record.path).cloned());
    Some(Changed {
        kind,
        id: id.to_owned(),
        name,
        path,
        is_new: old.is_none(),
        changes,
        text,
        before,
        cells,
        at: wish.at,
    })
}

fn edited(text: &str, target: &Value, shape: &Shape) -> Result<String, Words> {
    let mut document = Document::read(text, Some(shape)).map_err(|error| error.words())?;
    document.merge(&FieldPath::root(), target).map_err(|error| error.words())?;
    Ok(document.into_text())
}

/// Where the file is or will be; nothing if that is not told, or is another place than now.
fn place_of(gathered: &mut Gathered, wanted: Wanted<'_>, tree: &mut SourceTree) -> Option<String> {
    let Wanted { kind, id, wish, old } = wanted;
    match (old, &wish.department) {
        (Some(record), Some(department)) if record.department.as_ref() != Some(department) => {
            let is = record.department.clone().unwrap_or_default();
            let words = Words::new(
                format!("`{id}` 现在属于部门 `{is}`，表里写的是 `{department}`"),
                format!("`{id}` belongs to the department `{is}`, and the table says `{department}`"),
            );
            gathered.add(&codes::TB09, wish.at, words, tree);
            repair(
                gathered,
                "导入不搬家：改回原来的部门；真的要换，先把事项文件夹移过去",
                "an import moves nothing: write the present department, or move the folder first",
            );
            None
        }
        (Some(record), _) => Some(record.path.clone()),
        (None, department) => {
            let folder = department.clone().unwrap_or_default();
            let is_known = gathered.new_departments.contains(&folder)
                || gathered.texts.contains_key(&Kind::Department.path(&folder, ""));
            if kind == Kind::Item && !is_known {
                let words = Words::new(
                    format!("新事项 `{id}` 的部门 `{folder}` 不存在"),
                    format!("the department `{folder}` of the new item `{id}` does not exist"),
                );
                gathered.add(&codes::TB09, wish.at, words, tree);
                repair(
                    gathered,
                    "在“部门”一列写部门文件夹的名字；新部门在“部门”表里也要有一行",
                    "write the folder name of a department; a new one needs a row in the table of departments",
                );
                return None;
            }
            let path = kind.path(id, &folder);
            if gathered.texts.contains_key(&path) {
                let words =
                    Words::new(format!("`{path}` 有错，读不懂"), format!("`{path}` has faults and cannot be read"));
                gathered.add(&codes::TB11, wish.at, words, tree);
                repair(gathered, "先运行 mingbai check，照着改好", "run mingbai check and repair it first");
                return None;
            }
            Some(path)
        }
    }
}

fn repair(gathered: &mut Gathered, zh: &str, en: &str) {
    if let Some(finding) = gathered.findings.last_mut() {
        finding.repair = Some(Words::new(zh, en));
    }
}

/// A row of an entry that names a document that is nowhere.
fn unknown(gathered: &mut Gathered, wanted: Wanted<'_>, records: &[Record], tree: &mut SourceTree) {
    let Wanted { kind, id, wish, .. } = wanted;
    let words = Words::new(format!("没有{} `{id}`", kind.name()), format!("there is no {} `{id}`", kind.name_en()));
    gathered.add(&codes::TB09, wish.at, words, tree);
    let ids = records.iter().filter(|record| record.kind == kind).map(|record| record.id.as_str());
    match crate::diagnostics::nearest(id, ids) {
        Some(near) => repair(gathered, &format!("改成 `{near}`"), &format!("write `{near}`")),
        None => repair(
            gathered,
            &format!("新增的要在“{}”表里也有一行", kind.name()),
            "a new one needs a row in the table of its kind",
        ),
    }
}

/// A new document with its keys in the order of the format.
fn in_order(value: Value, shape: &Shape) -> Value {
    let (Value::Object(mut map), Shape::Map(keys)) = (value.clone(), shape) else { return value };
    let mut ordered = Map::new();
    for key in keys {
        if let Some(value) = map.shift_remove(&key.name) {
            ordered.insert(key.name.clone(), value);
        }
    }
    ordered.extend(map);
    Value::Object(ordered)
}

/// A difference in words; an entry that was moved and changed as well is several.
fn change(before: &Value, after: &Value, difference: Difference) -> Vec<Change> {
    let Difference { path, old, new, is_moved } = difference;
    let kind = match (&old, &new) {
        _ if is_moved => ChangeKind::Moved,
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    };
    let whole = if old.is_some() && !is_moved { before } else { after };
    let inner = match (&old, &new) {
        (Some(old), Some(new)) if is_moved => differences(old, new),
        _ => Vec::new(),
    };
    let inside = inner.into_iter().flat_map(|mut one| {
        one.path.0.splice(0..0, path.0.iter().cloned());
        change(after, after, one)
    });
    let shown = |value: &Option<Value>| value.as_ref().map(cell::shown).unwrap_or_default();
    let own = Change { kind, field: field(whole, &path), old: shown(&old), new: shown(&new) };
    std::iter::once(own).chain(inside).collect()
}

/// A path in words, entries by their names.
pub(crate) fn field(whole: &Value, path: &FieldPath) -> String {
    let mut text = String::new();
    let mut value = Some(whole);
    for step in &path.0 {
        match step {
            Step::Key(key) => {
                text.push_str(if text.is_empty() { "" } else { "." });
                text.push_str(key);
                value = value.and_then(|value| value.get(key));
            }
            Step::Index(n) => {
                value = value.and_then(|value| value.get(n));
                match value.and_then(entry_name) {
                    Some(name) => text.push_str(&format!("「{name}」")),
                    None => text.push_str(&format!("[{}]", n + 1)),
                }
            }
        }
    }
    text
}

/// What an entry is called among its neighbours.
fn entry_name(entry: &Value) -> Option<String> {
    const NAMES: [&str; 8] = ["名称", "环节", "问", "地点", "程序", "范围", "引用", "编号"];
    let map = entry.as_object()?;
    if let (Some(law), Some(clause)) = (map.get("法律"), map.get("条款")) {
        return Some(format!("{} {}", law.as_str()?, clause.as_str()?));
    }
    let name = NAMES.iter().find_map(|name| map.get(*name)?.as_str())?;
    let short: String = name.chars().take(20).collect();
    Some(if short.len() < name.len() { format!("{short}…") } else { short })
}

impl Prepared {
    /// What is wrong with the tables.
    pub fn findings(&self) -> &Findings {
        &self.gathered.findings
    }

    /// Whether nothing is wrong, so that it can be written.
    pub fn is_sound(&self) -> bool {
        self.gathered.is_sound()
    }

    /// Lets the findings about new texts name the cells they come from, which are added to the tree.
    pub fn name_cells(&mut self, findings: Vec<Finding>, tree: &mut SourceTree) -> Vec<Finding> {
        // The cells of another tree were other files.
        self.gathered.forget_places();
        let places: BTreeMap<String, usize> =
            self.documents.iter().enumerate().map(|(n, changed)| (changed.path.clone(), n)).collect();
        findings.into_iter().map(|finding| self.name_cell(finding, &places, tree)).collect()
    }

    fn name_cell(&mut self, mut finding: Finding, places: &BTreeMap<String, usize>, tree: &mut SourceTree) -> Finding {
        let changed = places.get(&tree.file(finding.place.file).path).and_then(|n| self.documents.get(*n));
        let Some(changed) = changed.filter(|changed| changed.text.is_some()) else { return finding };
        // The folder of a new item is made by the import; its attachments come after.
        if changed.is_new && finding.code.id == codes::RF02.id {
            finding.severity = Severity::Warning;
        }
        let at = match &finding.place.target {
            Target::Key(path) | Target::Value(path) | Target::Within(path, _) => changed.cell_of(path),
            Target::Bytes(_) | Target::File => changed.at,
        };
        let (file, target): (FileId, Target) = self.gathered.place(at, tree);
        (finding.place.file, finding.place.target) = (file, target);
        finding
    }
}

impl Changed {
    /// The cell that says what stands at a path, or the one that is nearest to it.
    fn cell_of(&self, path: &FieldPath) -> At {
        let shared = |other: &FieldPath| other.0.iter().zip(&path.0).take_while(|(a, b)| a == b).count();
        let fits = |other: &FieldPath| shared(other) == other.0.len().min(path.0.len());
        let best = self
            .cells
            .iter()
            .filter(|(other, _)| fits(other))
            .max_by_key(|(other, _)| (shared(other), std::cmp::Reverse(other.0.len())));
        best.filter(|(other, _)| !other.0.is_empty()).map_or(self.at, |(_, at)| *at)
    }
}

impl Gathered {
    /// The layouts that hold something of a document other than its own row.
    pub(crate) fn key_of(&self, layout: usize) -> Option<String> {
        self.sheets[self.layouts[layout].sheet].body.key().map(str::to_owned)
    }

    /// What the rows of a layout are.
    pub(crate) fn body_of(&self, layout: usize) -> Body {
        self.sheets[self.layouts[layout].sheet].body.clone()
    }
}
