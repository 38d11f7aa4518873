//! What an import changes, in words.

use crate::diagnostics::Lang;
use crate::exchange::{Change, ChangeKind, Changed, Prepared};

/// The most characters of a value that are shown.
const MOST: usize = 60;
/// How many characters before a difference are shown.
const BEFORE: usize = 8;
/// How many missing documents are named.
const NAMED: usize = 20;

/// Everything that differs, document by document, and the sum of it.
pub(crate) fn told(prepared: &Prepared, lang: Lang) -> String {
    let mut text = String::new();
    for changed in &prepared.documents {
        text.push_str(&document(changed, lang));
    }
    text.push_str(&missing(prepared, lang));
    text.push_str(&sum(prepared, lang));
    text
}

fn document(changed: &Changed, lang: Lang) -> String {
    let Changed { id, name, path, .. } = changed;
    let mut text = match (lang, changed.is_new) {
        (Lang::Zh, true) => format!("新{} {id}「{name}」（{path}）\n", changed.kind.name()),
        (Lang::Zh, false) => format!("{} {id}「{name}」（{path}）\n", changed.kind.name()),
        (Lang::En, true) => format!("new {} {id} \"{name}\" ({path})\n", changed.kind.name_en()),
        (Lang::En, false) => format!("{} {id} \"{name}\" ({path})\n", changed.kind.name_en()),
    };
    if changed.is_new {
        return text;
    }
    for change in &changed.changes {
        text.push_str(&line(change, lang));
    }
    text
}

fn line(change: &Change, lang: Lang) -> String {
    let Change { field, .. } = change;
    let (old, new) = clipped(&change.old, &change.new);
    match (change.kind, lang) {
        (ChangeKind::Changed, Lang::Zh) => format!("  改 {field}：{old} → {new}\n"),
        (ChangeKind::Changed, Lang::En) => format!("  changed {field}: {old} → {new}\n"),
        (ChangeKind::Added, Lang::Zh) => format!("  加 {field}：{new}\n"),
        (ChangeKind::Added, Lang::En) => format!("  added {field}: {new}\n"),
        (ChangeKind::Removed, Lang::Zh) => format!("  删 {field}：{old}\n"),
        (ChangeKind::Removed, Lang::En) => format!("  removed {field}: {old}\n"),
        (ChangeKind::Moved, Lang::Zh) => format!("  挪 {field}：换了先后\n"),
        (ChangeKind::Moved, Lang::En) => format!("  moved {field}\n"),
        (ChangeKind::Kept, Lang::Zh) => format!("  留 {field}：表里没有这一行，没有删（要删加 --delete）\n"),
        (ChangeKind::Kept, Lang::En) => format!("  kept {field}: its row is gone; --delete removes it\n"),
    }
}

/// Two values on one line each; of long ones the part where they differ.
fn clipped(old: &str, new: &str) -> (String, String) {
    let (old, new) = (old.trim_end().replace('\n', " ⏎ "), new.trim_end().replace('\n', " ⏎ "));
    let shared = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let long = |text: &str| text.chars().count() > MOST;
    let skip = if long(&old) || long(&new) { shared.saturating_sub(BEFORE) } else { 0 };
    let clip = |text: &str| {
        let mut short: String = text.chars().skip(skip).take(MOST).collect();
        if skip > 0 {
            short.insert(0, '…');
        }
        if text.chars().count() > skip + MOST {
            short.push('…');
        }
        short
    };
    (clip(&old), clip(&new))
}

fn missing(prepared: &Prepared, lang: Lang) -> String {
    let mut text = String::new();
    // A table of a few rows is not meant to be the whole.
    let named = if prepared.missing.len() > prepared.read { 0 } else { NAMED };
    for (kind, id, name) in prepared.missing.iter().take(named) {
        text.push_str(&match lang {
            Lang::Zh => format!("表里没有{} {id}「{name}」，没有删\n", kind.name()),
            Lang::En => format!("the {} {id} \"{name}\" is in no row, and was kept\n", kind.name_en()),
        });
    }
    if prepared.missing.len() > named {
        let more = prepared.missing.len() - named;
        text.push_str(&match lang {
            Lang::Zh => format!("表里没有的{}有 {more} 个，都没有动\n", if named > 0 { "另" } else { "" }),
            Lang::En => format!("{more}{} are in no row, and were kept\n", if named > 0 { " more" } else { "" }),
        });
    }
    if !prepared.missing.is_empty() && named > 0 {
        text.push_str(match lang {
            Lang::Zh => "不再办的事项，把“状态”改成“取消”，写上接替事项，网址才不会失效\n",
            Lang::En => "set an item that is no longer handled to 取消, so that its address lives on\n",
        });
    }
    text
}

fn sum(prepared: &Prepared, lang: Lang) -> String {
    let written = prepared.documents.iter().filter(|changed| changed.text.is_some());
    let (new, old): (Vec<&Changed>, Vec<&Changed>) = written.partition(|changed| changed.is_new);
    let is_real = |change: &&Change| change.kind != ChangeKind::Kept;
    let changes: usize = old.iter().map(|changed| changed.changes.iter().filter(is_real).count()).sum();
    let read = prepared.read;
    match (lang, new.len() + old.len()) {
        (Lang::Zh, 0) => format!("没有变化：读了 {read} 个\n"),
        (Lang::En, 0) => format!("nothing changes: {read} documents were read\n"),
        (Lang::Zh, _) => format!("读了 {read} 个：{} 个改 {changes} 处，新增 {} 个\n", old.len(), new.len()),
        (Lang::En, _) => format!("{read} documents were read: {changes} changes in {}, {} new\n", old.len(), new.len()),
    }
}
