//! What became of the values of a list: what could not be taken, by record and field.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

/// Why a value, or a part of it, is not in the portal as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The whole record could not be taken.
    Record,
    /// It is not in a form the portal knows.
    Form,
    /// The table of the mapping does not have it.
    Table,
    /// Another record says something else of the same thing.
    Contradiction,
    /// A part of the text was no part of the value.
    Rest,
    /// Nothing in the mapping took it.
    Unused,
    /// It was written in another form; nothing is lost.
    Rewritten,
}

impl Why {
    /// All of them, the gravest first.
    pub const ALL: [Why; 7] =
        [Why::Record, Why::Form, Why::Table, Why::Contradiction, Why::Rest, Why::Unused, Why::Rewritten];

    /// What it is called: Chinese, English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Why::Record => ("整条未取", "record not taken"),
            Why::Form => ("写法不合格", "form not known"),
            Why::Table => ("对照表里没有", "not in the table"),
            Why::Contradiction => ("前后不一致", "contradicts another record"),
            Why::Rest => ("余下的文字", "rest of the text"),
            Why::Unused => ("没有用上", "not used"),
            Why::Rewritten => ("改了写法", "rewritten"),
        }
    }

    /// Whether something of the value is not in the portal.
    pub fn is_loss(self) -> bool {
        self != Why::Rewritten
    }
}

/// One value that was not taken as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number of the record.
    pub record: usize,
    /// What the record calls itself.
    pub label: String,
    /// The field, such as `materials[2].name`.
    pub field: String,
    /// Why.
    pub why: Why,
    /// The text, or the part of it.
    pub text: String,
    /// What else is to be said, such as the new form.
    pub note: String,
}

/// Fields that the mapping leaves out on purpose, or that say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The reason.
    pub reason: String,
    /// How many values.
    pub values: usize,
    /// The first few different texts.
    pub examples: Vec<String>,
}

/// The whole account.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many records there were.
    pub records: usize,
    /// How many became items.
    pub items: usize,
    /// How many departments and places there are.
    pub departments: usize,
    /// How many places.
    pub places: usize,
    /// How many values the records held.
    pub values: usize,
    /// How many are in the portal, as they were or in another form.
    pub taken: usize,
    /// How many only decided something, such as 是 and 否.
    pub decided: usize,
    /// How many are not in the portal.
    pub lost: usize,
    /// By field: left out on purpose.
    pub ignored: BTreeMap<String, LeftOut>,
    /// By field: texts such as 无 that say nothing.
    pub blank: BTreeMap<String, LeftOut>,
    /// Everything else, by record and field.
    pub entries: Vec<Entry>,
}

impl Report {
    /// How many entries of a kind there are.
    pub fn count(&self, why: Why) -> usize {
        self.entries.iter().filter(|entry| entry.why == why).count()
    }

    /// How many values are left out on purpose or say nothing.
    pub fn left_out(&self) -> usize {
        self.ignored.values().chain(self.blank.values()).map(|one| one.values).sum()
    }

    /// A few lines for the terminal.
    pub fn summary(&self, english: bool) -> String {
        let (records, items, departments, places) = (self.records, self.items, self.departments, self.places);
        let (values, taken, decided) = (self.values, self.taken, self.decided);
        let (left_out, lost) = (self.left_out(), self.lost);
        let mut out = if english {
            format!(
                "{records} records: {items} items, {departments} departments, {places} places\n\
                 {values} values: {taken} taken, {decided} decided something, {left_out} left out as the mapping says, {lost} not taken\n"
            )
        } else {
            format!(
                "{records} 条记录：{items} 个事项，{departments} 个部门，{places} 个地点\n\
                 {values} 个值：取用 {taken}，只作判断 {decided}，照映射不取或没有内容 {left_out}，没有取到 {lost}\n"
            )
        };
        for why in Why::ALL {
            let count = self.count(why);
            if count > 0 {
                let (zh, en) = why.words();
                _ = writeln!(out, "  {}{}{count}", if english { en } else { zh }, if english { ": " } else { "：" });
            }
        }
        out
    }

    /// The whole report as text.
    pub fn text(&self) -> String {
        let mut out = String::from("导入报告\n\n");
        out.push_str(&self.summary(false));
        for (title, fields) in [("照映射不取的栏目", &self.ignored), ("没有内容的值", &self.blank)] {
            if fields.is_empty() {
                continue;
            }
            _ = writeln!(out, "\n## {title}\n");
            for (field, left) in fields {
                _ = writeln!(out, "{field}：{} 个，{}。如：{}", left.values, left.reason, left.examples.join("、"));
            }
        }
        for why in Why::ALL {
            let entries: Vec<&Entry> = self.entries.iter().filter(|entry| entry.why == why).collect();
            if entries.is_empty() {
                continue;
            }
            _ = writeln!(out, "\n## {}（{}）\n", why.words().0, entries.len());
            for entry in entries {
                let note = if entry.note.is_empty() { String::new() } else { format!(" → {}", entry.note) };
                let text = entry.text.replace('\n', "⏎");
                _ = writeln!(out, "第 {} 条 {} {}：{text}{note}", entry.record, entry.label, entry.field);
            }
        }
        out
    }

    /// The whole report as JSON.
    pub fn json(&self) -> Value {
        let left = |fields: &BTreeMap<String, LeftOut>| -> Value {
            fields
                .iter()
                .map(|(field, one)| {
                    json!({ "field": field, "reason": one.reason, "values": one.values, "examples": one.examples })
                })
                .collect()
        };
        let entries: Vec<Value> = self
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "record": entry.record, "label": entry.label, "field": entry.field, "kind": entry.why.words().1,
                    "kind_zh": entry.why.words().0, "text": entry.text, "note": entry.note,
                })
            })
            .collect();
        json!({
            "records": self.records, "items": self.items, "departments": self.departments, "places": self.places,
            "values": { "all": self.values, "taken": self.taken, "decided": self.decided, "left_out": self.left_out(), "lost": self.lost },
            "ignored": left(&self.ignored), "blank": left(&self.blank), "entries": entries,
        })
    }
}
