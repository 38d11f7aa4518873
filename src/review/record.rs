//! `--record`: the 变更记录 of each item that changed, written for the editor to commit.
//!
//! The text is edited where the record stands, so that comments and the order
//! of keys stay. An item that has a new entry already is left as it is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::review::record_words::phrase;
use crate::review::{Card, Change, Fate, Kind, Review};
use crate::source::{FieldPath, SourceTree};
use crate::yaml::edit::Document;

/// How many changes are named in one entry.
const NAMED: usize = 6;
/// What the record does not repeat: it is about the file, not about the matter.
const ASIDE: [&str; 13] = [
    "更新日期",
    "复核日期",
    "复核周期",
    "版本",
    "变更记录",
    "关键词",
    "别名",
    "审核",
    "责任",
    "主题",
    "主项",
    "业务办理项编码",
    "地方实施编码",
];

/// A file with its new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The file from the portal's folder.
    pub file: String,
    /// What the entry says.
    pub entry: String,
    /// The text of the whole file.
    pub text: String,
}

/// The files whose record is to be written.
pub fn record(review: &Review, tree: &SourceTree) -> Vec<Recorded> {
    let changed = |card: &&Card| card.kind == Kind::Item && matches!(card.fate, Fate::Changed | Fate::Moved);
    let is_recorded = |card: &&Card| card.changes.iter().any(|change| change.key == "变更记录" && change.new.is_some());
    let cards = review.cards.iter().filter(changed).filter(|card| !is_recorded(card));
    let files: BTreeMap<&str, &str> = tree.files.iter().map(|file| (file.path.as_str(), &*file.text)).collect();
    let recorded = cards.flat_map(|card| {
        let paths = std::iter::once(&card.file).chain(card.alike.iter().map(|one| &one.file));
        let entry = entry(card);
        let write = |path: &String| {
            let entry = entry.clone()?;
            let text = patched(files.get(path.as_str())?, &review.as_of, &entry)?;
            Some(Recorded { file: path.clone(), entry, text })
        };
        paths.filter_map(write).collect::<Vec<_>>()
    });
    recorded.collect()
}

/// What the entry of a card says; nothing if only the file changed.
fn entry(card: &Card) -> Option<String> {
    let is_aside = |change: &&Change| ASIDE.iter().any(|key| change.key.split('.').next() == Some(key));
    let told: Vec<String> = card.changes.iter().filter(|change| !is_aside(change)).map(phrase).collect();
    if told.is_empty() {
        return None;
    }
    let more = told.len().saturating_sub(NAMED);
    let mut text = told.into_iter().take(NAMED).collect::<Vec<_>>().join("；");
    if more > 0 {
        text.push_str(&format!("；另有 {more} 处改动"));
    }
    Some(text)
}

/// The text with one entry more, before the others.
fn patched(text: &str, date: &str, entry: &str) -> Option<String> {
    let mut document = Document::read(text, None).ok()?;
    let entry = json!({ "日期": date, "内容": entry });
    let path = FieldPath::root().key("变更记录");
    match document.get(&path) {
        Some(_) => document.insert_entry(&path, 0, &entry).ok()?,
        None => document.insert(&FieldPath::root(), "变更记录", &Value::Array(vec![entry])).ok()?,
    }
    Some(document.into_text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(patched(text, "2026-07-01", "改了\"甲\"").as_deref(), Some(expected));
    }

    #[test]
    fn the_record_is_written_where_it_stands() {
        check("名称: 甲\n", "名称: 甲\n变更记录:\n  - { 日期: 2026-07-01, 内容: 改了\"甲\" }\n");
        check("变更记录: []\n名称: 甲\n", "变更记录:\n  - { 日期: 2026-07-01, 内容: 改了\"甲\" }\n名称: 甲\n");
        check(
            "变更记录:\n  # 旧的\n  - 日期: 2026-01-01\n    内容: 旧\n名称: 甲\n",
            "变更记录:\n  # 旧的\n  - 日期: 2026-07-01\n    内容: 改了\"甲\"\n  - 日期: 2026-01-01\n    内容: 旧\n名称: 甲\n",
        );
        check(
            "变更记录:\n- { 日期: 2026-01-01, 内容: 旧 }\n",
            "变更记录:\n- { 日期: 2026-07-01, 内容: 改了\"甲\" }\n- { 日期: 2026-01-01, 内容: 旧 }\n",
        );
    }
}
