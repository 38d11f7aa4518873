//! The deadline calculator (算算哪天办好): what a script needs to count from a chosen day.

use serde::Serialize;

use crate::model::terms::{LimitStart, Term};
use crate::model::value::{LimitUnit, TimeLimit};
use crate::plan::CALENDAR_PATH;
use crate::portal::{Case, Item};
use crate::schema::item_handling::SpecialEntry;
use crate::view::Scene;
use crate::view::item_words;
use crate::view::parts::prose;

/// The calculator of an item.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Deadline {
    calendar_url: String,
    slug: String,
    name: String,
    day_label: &'static str,
    day_note: &'static str,
    from: String,
    rows: Vec<DeadlineRow>,
    apart: Vec<DeadlineRow>,
    delivery: Option<String>,
    delivery_text: Option<String>,
}

/// A limit to count, or a stretch of time that comes on top.
#[derive(Debug, Clone, Serialize)]
struct DeadlineRow {
    label: String,
    limit: String,
    note: Option<String>,
}

impl Scene<'_> {
    /// The calculator, for an item with a limit that has a last day; in a case, with the promise for it.
    pub(super) fn deadline(&self, item: &Item, case: Option<&Case<'_>>) -> Option<Deadline> {
        let limits = &item.facts.limits;
        let mut rows = match case {
            Some(case) => case.promised().map(|limit| ("我们承诺".to_owned(), limit)).into_iter().collect(),
            None => promises(item),
        };
        rows.extend(limits.legal.get().map(|limit| ("法律规定".to_owned(), limit)));
        rows.retain(|(_, limit)| *limit != TimeLimit::Unlimited);
        if !rows.iter().any(|(_, limit)| has_last_day(*limit)) {
            return None;
        }
        let start = limits.start.unwrap_or(LimitStart::Accepted);
        let (day_label, day_note) = match start {
            LimitStart::Accepted => {
                ("哪天受理的", "看受理通知书或者短信上写的日子。还没交材料的，选您打算去办的那天。")
            }
            LimitStart::Applied => ("哪天申请的", "看申请回执或者短信上写的日子。还没交材料的，选您打算去办的那天。"),
        };
        let row = |(label, limit): (String, TimeLimit)| DeadlineRow { label, limit: limit.to_string(), note: None };
        Some(Deadline {
            calendar_url: self.url(CALENDAR_PATH),
            slug: item.slug.clone(),
            name: item.everyday_name().to_owned(),
            day_label,
            day_note,
            from: start.name().to_owned(),
            rows: rows.into_iter().map(row).collect(),
            apart: apart(item),
            delivery: limits.delivery.map(|limit| limit.to_string()),
            delivery_text: limits.delivery.map(|limit| match limit {
                TimeLimit::OnTheSpot => "当场交给您".to_owned(),
                TimeLimit::Unlimited => "没有规定多久送到".to_owned(),
                TimeLimit::Within { .. } => format!("{limit}内送到您手上"),
            }),
        })
    }
}

/// Every promise of an item: the usual one, and those of situations.
fn promises(item: &Item) -> Vec<(String, TimeLimit)> {
    let limits = &item.facts.limits;
    let usual = if limits.by_situation.is_empty() { "我们承诺" } else { "我们承诺（别的情形）" };
    let mut rows: Vec<(String, TimeLimit)> = Vec::new();
    rows.extend(limits.promised.get().map(|limit| (usual.to_owned(), limit)));
    for one in &limits.by_situation {
        if let Some(condition) = item_words::condition(item, &one.when) {
            rows.push((format!("我们承诺（{condition}）"), one.promised));
        }
    }
    rows
}

/// The special procedures (特别程序) that the limit does not count.
fn apart(item: &Item) -> Vec<DeadlineRow> {
    let SpecialEntry::List(list) = &item.facts.special else { return Vec::new() };
    list.iter()
        .filter(|special| !special.counted.0)
        .map(|special| DeadlineRow {
            label: special.kind.name().to_owned(),
            limit: special.limit.to_string(),
            note: Some(prose(&special.note)),
        })
        .collect()
}

/// Whether a limit ends on some day, so that there is something to count.
fn has_last_day(limit: TimeLimit) -> bool {
    limit.unit().is_some_and(|unit| !matches!(unit, LimitUnit::Minute | LimitUnit::Hour))
}
