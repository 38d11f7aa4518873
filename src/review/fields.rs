//! Field by field: two values of one shape, and where they differ.
//!
//! The shape comes from the schema types, so a new field is compared from the
//! day it is added. Entries of lists are matched by what identifies them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::review::Brief;
use crate::review::diff::likeness;
use crate::review::names::Names;
use crate::review::values::normal;
use crate::schema::values::PENDING;
use crate::source::FieldPath;
use crate::yaml::{Key, Shape};

/// A difference, before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The field, as shown: `申请材料「户口簿」.份数`.
    pub(super) field: String,
    /// Its keys alone: `申请材料.份数`.
    pub(super) key: String,
    /// The format of its value, if it is a single one: `time-limit`.
    pub(super) format: Option<String>,
    /// What it said.
    pub(super) old: Option<String>,
    /// What it says.
    pub(super) new: Option<String>,
    /// Where it is in the new state; in the old one for what is gone.
    pub(super) at: FieldPath,
    /// Whether a whole entry of a list of structures came or went.
    pub(super) is_entry: bool,
    /// The entry as written, for what came or went as a whole.
    pub(super) entry: Option<Value>,
    /// What went, without all that nobody has to bear.
    pub(super) brief: Option<Brief>,
}

/// What identifies the entries of a list of mappings.
const IDENTITY: &[(&str, &[&str])] = &[
    ("申请材料", &["编号"]),
    ("办理流程", &["环节"]),
    ("办理依据", &["法律", "条款", "用途"]),
    ("依据", &["法律", "条款"]),
    ("情形引导", &["问题"]),
    ("常见问题", &["问"]),
    ("收费", &["名称"]),
    ("分档", &["范围"]),
    ("减免", &["对象"]),
    ("审批结果", &["名称"]),
    ("办理地点", &["地点"]),
    ("分情形", &["适用"]),
    ("特别程序", &["程序"]),
    ("中介服务", &["名称"]),
    ("楼层", &["位置"]),
    ("变更记录", &["日期", "内容"]),
    ("事项", &["事项"]),
    ("个人", &["标识"]),
    ("法人", &["标识"]),
    ("生命周期", &["标识"]),
    ("特定对象", &["标识"]),
    ("跳转", &["从"]),
    ("例外", &["代码", "文件", "位置"]),
    ("年份", &["年"]),
    ("放假", &["名称"]),
];

/// What an entry is called, by the first of these keys it has.
const LABELS: [&str; 16] = [
    "名称", "引用", "环节", "问", "范围", "对象", "地点", "程序", "位置", "事项", "从", "代码", "年", "法律", "标识",
    "日期",
];

/// What people bear of an entry: all that is said of one that went, where much more is written.
const BORNE: [&str; 14] = [
    "份数",
    "必要性",
    "必要性情形",
    "免交",
    "金额",
    "单位",
    "费率",
    "分档",
    "时限",
    "承诺",
    "法定",
    "适用",
    "条款",
    "答",
];
/// So much may be left out of an entry before it is shortened.
const LEFT_OUT: usize = 2;

/// How alike two entries are that are taken for one with other words.
const ALIKE: f64 = 0.5;

/// Every difference of two documents of one shape.
pub(super) fn differences(shape: &Shape, old: &Value, new: &Value, names: [&Names; 2]) -> Vec<Difference> {
    let mut walk = Walk { names, answers: [answers(old), answers(new)], found: Vec::new() };
    let at = Place { field: String::new(), key: String::new(), last: String::new(), path: FieldPath::root() };
    walk.compare(shape, Some(old), Some(new), &at);
    walk.found
}

/// Where the walk is.
#[derive(Clone)]
struct Place {
    field: String,
    key: String,
    last: String,
    path: FieldPath,
}

impl Place {
    fn key(&self, name: &str) -> Place {
        let dot = |text: &str| if text.is_empty() { name.to_owned() } else { format!("{text}.{name}") };
        Place { field: dot(&self.field), key: dot(&self.key), last: name.to_owned(), path: self.path.key(name) }
    }

    fn entry(&self, label: &str, at: usize) -> Place {
        Place { field: format!("{}「{label}」", self.field), path: self.path.index(at), ..self.clone() }
    }
}

struct Walk<'a> {
    /// The names of the old state and the new.
    names: [&'a Names; 2],
    /// What the questions and answers of 情形引导 say in the old state and the new.
    answers: [BTreeMap<String, String>; 2],
    found: Vec<Difference>,
}

/// The words of each question (`kind`) and each of its answers (`kind/home`).
fn answers(document: &Value) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for question in list_of(document.get("情形引导")) {
        let text = |key: &str| question.get(key).map(scalar).unwrap_or_default();
        let id = text("问题");
        for (answer, said) in question.get("答案").and_then(Value::as_object).into_iter().flatten() {
            words.insert(format!("{id}/{answer}"), scalar(said));
        }
        words.insert(id, text("问"));
    }
    words
}

impl Walk<'_> {
    fn compare(&mut self, shape: &Shape, old: Option<&Value>, new: Option<&Value>, at: &Place) {
        let (old, new) = (old.filter(|value| !is_blank(value)), new.filter(|value| !is_blank(value)));
        if old == new {
            return;
        }
        match shape {
            Shape::Told(told) => self.compare(told, old.filter(is_told), new.filter(is_told), at),
            Shape::Either(shapes) => self.either(shapes, old, new, at),
            Shape::Map(keys) if old.is_some_and(Value::is_object) && new.is_some_and(Value::is_object) => {
                for key in keys {
                    let child = |value: Option<&'_ Value>| value.and_then(|value| value.get(&key.name)).cloned();
                    let (old, new) = (child(old), child(new));
                    self.compare(&key.shape, old.as_ref(), new.as_ref(), &at.key(&key.name));
                }
            }
            Shape::Open(inner) if !matches!(**inner, Shape::List(_)) => self.open(inner, old, new, at),
            Shape::List(inner) => self.list(inner, list_of(old), list_of(new), at),
            _ => self.leaf(shape, old, new, at),
        }
    }

    /// A word such as 无 or 不收费 in place of a list stands for an empty one.
    fn either(&mut self, shapes: &[Shape], old: Option<&Value>, new: Option<&Value>, at: &Place) {
        let shape_of = |value: Option<&Value>| value.and_then(|value| shapes.iter().find(|shape| fits(shape, value)));
        let list = shapes.iter().find_map(|shape| match shape {
            Shape::List(inner) => Some(inner),
            _ => None,
        });
        match (shape_of(old), shape_of(new), list) {
            (Some(one), Some(other), _) if one == other => self.compare(one, old, new, at),
            (_, _, Some(inner)) => self.list(inner, list_of(old), list_of(new), at),
            (one, other, None) => {
                let said = |shape: Option<&Shape>, value: Option<&Value>, side: usize| {
                    Some(self.print(shape?, value?, &at.last, side))
                };
                let (old_text, new_text) = (said(one, old, 0), said(other, new, 1));
                self.add(at, None, old_text, new_text, false);
            }
        }
    }

    fn open(&mut self, inner: &Shape, old: Option<&Value>, new: Option<&Value>, at: &Place) {
        let keys = |value: Option<&Value>| {
            let map = value.and_then(Value::as_object);
            map.map(|map| map.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
        };
        let mut all = keys(new);
        let gone: Vec<String> = keys(old).into_iter().filter(|key| !all.contains(key)).collect();
        all.extend(gone);
        for key in all {
            let child = |value: Option<&Value>| value.and_then(|value| value.get(&key)).cloned();
            let place = Place { field: format!("{}「{key}」", at.field), path: at.path.key(&key), ..at.clone() };
            self.compare(inner, child(old).as_ref(), child(new).as_ref(), &place);
        }
    }

    fn list(&mut self, inner: &Shape, old: &[Value], new: &[Value], at: &Place) {
        let (old_ids, new_ids) = (identities(&at.last, old), identities(&at.last, new));
        let mut partner: Vec<Option<usize>> =
            new_ids.iter().map(|id| old_ids.iter().position(|other| other == id)).collect();
        let mut left: Vec<usize> = (0..old.len()).filter(|n| !partner.contains(&Some(*n))).collect();
        for (n, entry) in new.iter().enumerate() {
            if partner[n].is_none() {
                // Structures are alike by their names: what is said of most is much the same.
                let label = self.label(entry, 1);
                let best = left.iter().copied().map(|m| (m, likeness(&self.label(&old[m], 0), &label)));
                let best = best.filter(|(_, like)| *like >= ALIKE).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(m, _)| m);
                // Another phone or other hours take the place of those that went.
                let best = best.or_else(|| left.first().copied().filter(|_| is_value(inner)));
                if let Some(m) = best {
                    partner[n] = Some(m);
                    left.retain(|other| *other != m);
                }
            }
        }
        for (n, entry) in new.iter().enumerate() {
            match partner[n] {
                Some(m) if is_structure(inner) => {
                    let label = self.label(entry, 1);
                    self.compare(inner, Some(&old[m]), Some(entry), &at.entry(&label, n));
                }
                Some(m) => {
                    self.leaf(inner, Some(&old[m]), Some(entry), &Place { path: at.path.index(n), ..at.clone() });
                }
                None => self.whole(inner, entry, 1, n, at),
            }
        }
        for m in left {
            self.whole(inner, &old[m], 0, m, at);
        }
        self.order(old, new, at);
    }

    /// The same entries in another order.
    fn order(&mut self, old: &[Value], new: &[Value], at: &Place) {
        let same = old.len() == new.len() && old.iter().all(|entry| new.contains(entry));
        if same && old != new && !["常见问题", "变更记录"].contains(&at.last.as_str()) {
            let line = |list: &[Value], side: usize| {
                Some(list.iter().map(|entry| self.label(entry, side)).collect::<Vec<_>>().join("、"))
            };
            let (old, new) = (line(old, 0), line(new, 1));
            let place = Place { field: format!("{}（顺序）", at.field), ..at.clone() };
            self.add(&place, None, old, new, false);
        }
    }

    /// An entry that came or went.
    fn whole(&mut self, inner: &Shape, entry: &Value, side: usize, n: usize, at: &Place) {
        let text = self.print_entry(inner, entry, &at.last, side);
        let place = if is_structure(inner) {
            at.entry(&self.label(entry, side), n)
        } else {
            Place { path: at.path.index(n), ..at.clone() }
        };
        let (old, new) = if side == 0 { (Some(text), None) } else { (None, Some(text)) };
        self.add(&place, format_of(inner), old, new, true);
        let brief = if side == 0 { self.brief(inner, entry) } else { None };
        if let Some(found) = self.found.last_mut() {
            found.entry = Some(entry.clone());
            found.brief = brief;
        }
    }

    fn leaf(&mut self, shape: &Shape, old: Option<&Value>, new: Option<&Value>, at: &Place) {
        if old == new {
            return;
        }
        let old = old.map(|value| self.print(shape, value, &at.last, 0));
        let new = new.map(|value| self.print(shape, value, &at.last, 1));
        if old != new {
            self.add(at, format_of(shape), old, new, false);
        }
    }

    fn add(&mut self, at: &Place, format: Option<String>, old: Option<String>, new: Option<String>, is_entry: bool) {
        let path = at.path.clone();
        let (field, key) = (at.field.clone(), at.key.clone());
        self.found.push(Difference { field, key, format, old, new, at: path, is_entry, entry: None, brief: None });
    }

    /// What an entry of a list is called.
    fn label(&self, entry: &Value, side: usize) -> String {
        let Some(map) = entry.as_object() else { return scalar(entry) };
        let key = LABELS.iter().find(|key| map.contains_key(**key));
        key.map(|key| self.names[side].shown(key, &scalar(&map[*key]))).unwrap_or_else(|| plain(entry))
    }

    /// An entry in one line: its name first, then what is said of it.
    fn print_entry(&self, shape: &Shape, value: &Value, key: &str, side: usize) -> String {
        let (Shape::Map(keys), Value::Object(map)) = (shape, value) else { return self.print(shape, value, key, side) };
        let name = LABELS.iter().find(|key| map.contains_key(**key)).copied().unwrap_or_default();
        let rest = keys.iter().filter(|key| key.name != name && key.name != "编号").cloned().collect();
        let rest = self.print(&Shape::Map(rest), value, key, side);
        let label = self.label(value, side);
        if rest.is_empty() { label } else { format!("{label}；{rest}") }
    }

    /// The name of an entry that went and what people had to bear of it, if that is much shorter than all of it.
    fn brief(&self, shape: &Shape, value: &Value) -> Option<Brief> {
        let (Shape::Map(keys), Value::Object(map)) = (shape, value) else { return None };
        let name = LABELS.iter().find(|key| map.contains_key(**key)).copied().unwrap_or_default();
        let is_said = |key: &&Key| map.get(&key.name).is_some_and(|value| !is_blank(value));
        let said: Vec<&Key> =
            keys.iter().filter(is_said).filter(|key| key.name != name && key.name != "编号").collect();
        let borne: Vec<Key> =
            said.iter().filter(|key| BORNE.contains(&key.name.as_str())).map(|key| (*key).clone()).collect();
        let rest = said.len() - borne.len();
        if rest <= LEFT_OUT {
            return None;
        }
        let label = self.label(value, 0);
        let facts = self.print(&Shape::Map(borne), value, "", 0);
        let text = if facts.is_empty() { label } else { format!("{label}；{facts}") };
        Some(Brief { text, rest })
    }

    /// A value in one line, as the guide would print it.
    fn print(&self, shape: &Shape, value: &Value, key: &str, side: usize) -> String {
        match (shape, value) {
            (Shape::Told(told), value) => self.print(told, value, key, side),
            (Shape::Either(shapes), value) => {
                let shape = shapes.iter().find(|shape| fits(shape, value));
                shape.map(|shape| self.print(shape, value, key, side)).unwrap_or_else(|| plain(value))
            }
            (Shape::Map(keys), Value::Object(map)) => {
                let parts = keys.iter().filter_map(|key| {
                    let value = map.get(&key.name).filter(|value| !is_blank(value))?;
                    Some(format!("{}：{}", key.name, self.print(&key.shape, value, &key.name, side)))
                });
                parts.collect::<Vec<_>>().join("；")
            }
            (Shape::Open(_), Value::Object(map)) if key == "适用" => {
                let said = |id: &str| self.answers[side].get(id).cloned();
                let parts = map.iter().map(|(question, chosen)| {
                    let chosen = list_of(Some(chosen)).iter().map(scalar);
                    let chosen = chosen.map(|one| said(&format!("{question}/{one}")).unwrap_or(one));
                    let asked = said(question).unwrap_or_else(|| question.clone());
                    format!("{asked}{}", chosen.collect::<Vec<_>>().join("、"))
                });
                parts.collect::<Vec<_>>().join("；")
            }
            (Shape::Open(inner), Value::Object(map)) => {
                let parts = map.iter().map(|(name, value)| format!("{name}：{}", self.print(inner, value, key, side)));
                parts.collect::<Vec<_>>().join("；")
            }
            (Shape::List(inner), Value::Array(list)) => {
                let between = if is_structure(inner) { " / " } else { "、" };
                list.iter().map(|entry| self.print(inner, entry, key, side)).collect::<Vec<_>>().join(between)
            }
            (Shape::Flag, value) => match value {
                Value::Bool(true) => "是".to_owned(),
                Value::Bool(false) => "否".to_owned(),
                value => scalar(value),
            },
            (Shape::Text { format: Some(format) }, value) if format == "slug" => {
                self.names[side].shown(key, &scalar(value))
            }
            (Shape::Text { format: Some(format) }, value) => normal(format, &scalar(value)),
            (_, value) => plain(value),
        }
    }
}

/// What identifies each entry; equal ones are counted.
fn identities(list: &str, entries: &[Value]) -> Vec<String> {
    let keys = IDENTITY.iter().find(|(name, _)| *name == list).map(|(_, keys)| *keys);
    let mut seen: Vec<String> = Vec::with_capacity(entries.len());
    for entry in entries {
        let id = match (entry.as_object(), keys) {
            (Some(map), Some(keys)) => {
                keys.iter().map(|key| map.get(*key).map(plain).unwrap_or_default()).collect::<Vec<_>>().join("\u{1}")
            }
            _ => plain(entry),
        };
        let count = seen.iter().filter(|other| other.split('\u{2}').next() == Some(&id)).count();
        seen.push(if count == 0 { id } else { format!("{id}\u{2}{count}") });
    }
    seen
}

/// The entries of a list; none of what is no list.
pub(super) fn list_of(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Whether it is a text of a format that is no id.
fn is_value(shape: &Shape) -> bool {
    matches!(shape, Shape::Text { format: Some(format) } if format != "slug")
}

fn is_structure(shape: &Shape) -> bool {
    matches!(shape, Shape::Map(_))
}

/// What is still to be told (待补) is compared as if it were not there.
fn is_told(value: &&Value) -> bool {
    value.as_str() != Some(PENDING)
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn fits(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Map(_) | Shape::Open(_) => value.is_object(),
        Shape::List(_) => value.is_array(),
        Shape::Told(told) => fits(told, value),
        Shape::Either(shapes) => shapes.iter().any(|shape| fits(shape, value)),
        _ => !value.is_object() && !value.is_array(),
    }
}

fn format_of(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Text { format } => format.clone(),
        Shape::Told(told) => format_of(told),
        Shape::Number { .. } => Some("number".to_owned()),
        Shape::Flag => Some("flag".to_owned()),
        Shape::Choice { .. } => Some("choice".to_owned()),
        _ => None,
    }
}

/// A single value as text.
pub(super) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim_end().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Any value as text.
fn plain(value: &Value) -> String {
    match value {
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("、"),
        Value::Object(map) => map.values().map(plain).collect::<Vec<_>>().join("；"),
        value => scalar(value),
    }
}
