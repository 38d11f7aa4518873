//! The headline, and what stands beside a change: in words.

use crate::diagnostics::{Lang, Words};
use crate::review::{Card, Change, Class, Fate, Gone, Kind, Remark, Review};

/// How many pages that change as well are named.
const NAMED: usize = 3;

/// What the comparison comes to, in one sentence.
pub fn headline(review: &Review) -> Words {
    if review.is_empty() {
        return Words::new("没有改动", "nothing changed");
    }
    let parts = [things(review), classes(review), doubts(review), consequences(review), around(review)];
    let text = |lang: Lang| {
        let parts = parts.iter().flatten().map(|words| words.get(lang).to_owned());
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(if lang == Lang::Zh { "；" } else { "; " })
    };
    Words::new(text(Lang::Zh), text(Lang::En))
}

/// Joins counts that are not zero.
fn counted(counts: &[(usize, &str, &str)]) -> Option<Words> {
    let there: Vec<_> = counts.iter().filter(|(count, _, _)| *count > 0).collect();
    let zh: Vec<String> = there.iter().map(|(count, zh, _)| zh.replace('#', &count.to_string())).collect();
    let en: Vec<String> = there.iter().map(|(count, _, en)| en.replace('#', &count.to_string())).collect();
    (!there.is_empty()).then(|| Words::new(zh.join("，"), en.join(", ")))
}

fn things(review: &Review) -> Option<Words> {
    let items = |test: &dyn Fn(&Card) -> bool| -> usize {
        let items = review.cards.iter().filter(|card| card.kind == Kind::Item);
        items.filter(|card| test(card)).map(Card::count).sum()
    };
    let stopped = |card: &Card| {
        card.changes
            .iter()
            .any(|change| change.key == "状态" && change.new.as_deref().is_some_and(|state| state != "在用"))
    };
    let merged = review.cards.iter().filter(|card| card.fate == Fate::Merged).count();
    let others = review
        .cards
        .iter()
        .filter(|card| ![Kind::Item, Kind::File].contains(&card.kind) && card.fate != Fate::Merged)
        .map(Card::count)
        .sum();
    let files = review.cards.iter().filter(|card| card.kind == Kind::File).map(|card| card.changes.len()).sum();
    counted(&[
        (items(&|card| card.fate == Fate::Changed && !stopped(card)), "# 个事项改动", "items changed: #"),
        (items(&|card| card.fate == Fate::New), "# 个事项新增", "new: #"),
        (items(&|card| card.fate == Fate::Gone), "# 个事项撤下", "gone: #"),
        (items(&|card| card.fate == Fate::Moved), "# 个事项改网址", "moved: #"),
        (merged, "# 处合并", "merged: #"),
        (items(&stopped), "# 个事项停办", "stopped: #"),
        (others, "另有 # 个部门、地点、法律、页面等改动", "other things changed: #"),
        (files, "# 个附件或主题文件改动", "files changed: #"),
    ])
}

fn classes(review: &Review) -> Option<Words> {
    let count = |class| review.count(class);
    counted(&[
        (count(Class::Burden), "# 处加重负担", "burden: #"),
        (count(Class::Relief), "# 处减轻负担", "relief: #"),
        (count(Class::Fact), "# 处事实", "fact: #"),
        (count(Class::Wording), "# 处文字", "wording: #"),
        (count(Class::Structure), "# 处结构", "structure: #"),
        (review.count_if(|change| change.class == Class::Consequence), "# 处连带", "consequences: #"),
    ])
}

fn doubts(review: &Review) -> Option<Words> {
    let count = |remark| review.count_if(|change| change.has(remark));
    let excepted = review.count_if(|change| change.excepted.is_some());
    counted(&[
        (count(Remark::Slip), "# 处疑似笔误", "possible slips: #"),
        (count(Remark::Contradiction), "# 处前后矛盾", "contradictions: #"),
        (count(Remark::Unfounded), "# 处加重负担缺依据", "burdens without ground: #"),
        (excepted, "# 处按例外放行", "let pass by exceptions: #"),
        (review.ignored, "# 处按设置忽略", "ignored by the settings: #"),
    ])
}

/// 另有 37 个事项因市场监管局的咨询电话变化而连带改动（合并为 1 条）.
fn consequences(review: &Review) -> Option<Words> {
    let changes = review.cards.iter().flat_map(|card| card.changes.iter().map(move |change| (card, change)));
    let wide: Vec<_> = changes.filter(|(_, change)| !change.touched.is_empty()).collect();
    let line = |(card, change): &(&Card, &Change), lang: Lang| {
        let (name, field, count) = (&card.name, &change.field, change.touched.len());
        match lang {
            Lang::Zh => format!("另有 {count} 个事项因{name}的{field}变化而连带改动（合并为 1 条）"),
            Lang::En => format!("{count} more items change with {field} of {name} (one entry)"),
        }
    };
    let (first, rest) = wide.split_first()?;
    if rest.is_empty() {
        return Some(Words::new(line(first, Lang::Zh), line(first, Lang::En)));
    }
    let pages: std::collections::BTreeSet<&str> =
        wide.iter().flat_map(|(_, change)| change.touched.iter().map(|one| one.path.as_str())).collect();
    Some(Words::new(
        format!("另有 {} 个事项因 {} 处共用内容变化而连带改动", pages.len(), wide.len()),
        format!("{} more items change with {} shared facts", pages.len(), wide.len()),
    ))
}

fn around(review: &Review) -> Option<Words> {
    let uncovered = review.gone.iter().filter(|gone| gone.redirect.is_none()).count();
    counted(&[
        (review.gone.len(), "# 个网址消失", "addresses gone: #"),
        (uncovered, "其中 # 个没有跳转", "without a redirect: #"),
        (review.fresh.len(), "# 个新网址", "new addresses: #"),
        (review.found.len(), "新增 # 个问题", "new findings: #"),
        (review.let_pass.len(), "放行 # 个问题", "findings let pass: #"),
        (review.cured.len(), "消除 # 个问题", "cured findings: #"),
    ])
}

/// What stands beside a change, one phrase each.
pub fn impact(change: &Change, lang: Lang) -> Vec<String> {
    let mut phrases: Vec<String> = change.notes.iter().map(|note| note.phrase().get(lang).to_owned()).collect();
    if !change.touched.is_empty() {
        let names: Vec<&str> = change.touched.iter().take(NAMED).map(|one| one.name.as_str()).collect();
        let count = change.touched.len();
        phrases.push(match lang {
            Lang::Zh => {
                let more = if count > NAMED { "等" } else { "" };
                format!("连带：{count} 个事项跟着变（{}{more}）", names.join("、"))
            }
            Lang::En => {
                let more = if count > NAMED { ", …" } else { "" };
                format!("consequence: {count} items change with it ({}{more})", names.join(", "))
            }
        });
    }
    if let Some(excepted) = &change.excepted {
        phrases.push(match lang {
            Lang::Zh => format!("按例外放行：{}（{}，{}）", excepted.reason, excepted.person, excepted.date),
            Lang::En => format!("let pass: {} ({}, {})", excepted.reason, excepted.person, excepted.date),
        });
    }
    phrases
}

/// The head of a card: 改动 事项「食品经营许可」.
pub fn title(card: &Card, lang: Lang) -> String {
    let (fate, kind) = (card.fate.names(), card.kind.names());
    let count = card.count();
    if let (Fate::Merged, Some(to)) = (card.fate, card.changes.first().and_then(|change| change.new.as_deref())) {
        return match (lang, card.kind) {
            (Lang::Zh, Kind::Law) => format!("{} · {}「{}」由「{to}」代替", fate.0, kind.0, card.name),
            (Lang::Zh, _) => format!("{} · {}「{}」并入「{to}」", fate.0, kind.0, card.name),
            (Lang::En, Kind::Law) => format!("{} · {} “{}” replaced by “{to}”", fate.1, kind.1, card.name),
            (Lang::En, _) => format!("{} · {} “{}” into “{to}”", fate.1, kind.1, card.name),
        };
    }
    match lang {
        Lang::Zh if count > 1 => format!("{} · {count} 个{}（「{}」等，改动相同）", fate.0, kind.0, card.name),
        Lang::En if count > 1 => format!("{} · {count} of kind {} (“{}” …, all alike)", fate.1, kind.1, card.name),
        Lang::Zh => format!("{} · {}「{}」", fate.0, kind.0, card.name),
        Lang::En => format!("{} · {} “{}”", fate.1, kind.1, card.name),
    }
}

/// What is not there, in words.
pub(super) fn absent(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "（没有）",
        Lang::En => "(none)",
    }
}

/// A title of a part of the review.
pub(super) fn heading(part: &str, lang: Lang) -> &'static str {
    let (zh, en) = match part {
        "gone" => ("消失的网址", "Addresses that are gone"),
        "fresh" => ("新的网址", "New addresses"),
        "found" => ("新增的问题", "New findings"),
        "let_pass" => ("新放行的问题", "Findings let pass now"),
        "cured" => ("消除的问题", "Cured findings"),
        "field" => ("字段", "Field"),
        "old" => ("原", "Old"),
        "new" => ("新", "New"),
        "impact" => ("影响", "Effect"),
        _ => ("审核比对", "Review"),
    };
    if lang == Lang::Zh { zh } else { en }
}

/// An address that is gone, and what becomes of those who come for it.
pub(super) fn gone(one: &Gone, lang: Lang) -> String {
    let path = &one.path;
    match (&one.redirect, lang) {
        (Some(to), Lang::Zh) if one.is_automatic => format!("{path}（自动跳转到 {to}）"),
        (Some(to), Lang::En) if one.is_automatic => format!("{path} (redirected to {to} without an entry)"),
        (Some(to), Lang::Zh) => format!("{path}（跳转到 {to}）"),
        (Some(to), Lang::En) => format!("{path} (redirected to {to})"),
        // Cases are many, and lead on by themselves once a release knows them.
        (None, Lang::Zh) if one.is_case() => format!(
            "{path}（没有跳转，打开是 404：urls.lock 里没有它。在改动以前的内容里运行 mingbai build --release，提交 urls.lock，就会自动跳转）"
        ),
        (None, Lang::En) if one.is_case() => format!(
            "{path} (no redirect, answered 404: urls.lock does not have it. Run mingbai build --release on the content before the change and commit urls.lock, and it leads on by itself)"
        ),
        (None, Lang::Zh) => format!("{path}（没有跳转，打开是 404；在 redirects.yaml 里写一条）"),
        (None, Lang::En) => format!("{path} (no redirect, answered 404: add one to redirects.yaml)"),
    }
}
