//! The deadline calculator (算算哪天办好): what a script needs to count from a chosen day.

use serde::Serialize;

use crate::model::terms::{LimitStart, Term};
use crate::model::value::{LimitUnit, TimeLimit};
use crate::plan::CALENDAR_PATH;
use crate::portal::{Case, Item};
use crate::schema::item_handling::SpecialEntry;
use crate::view::Scene;
use crate::view::item_words;
use crate::wording::prose;

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
    /// The answers it is for, as pages write them.
    only: Option<String>,
    /// Whether it is for those whom none of the other promises is for.
    otherwise: bool,
}

/// A limit to count.
struct Row {
    label: String,
    limit: TimeLimit,
    only: Option<String>,
    otherwise: bool,
}

impl Row {
    fn new(label: &str, limit: TimeLimit) -> Self {
        Row { label: label.to_owned(), limit, only: None, otherwise: false }
    }
}

impl Scene<'_> {
    /// The calculator, for an item with a limit that has a last day; in a case, with the promise for it.
    pub(super) fn deadline(&self, item: &Item, case: Option<&Case<'_>>) -> Option<Deadline> {
        let limits = &item.facts.limits;
        let mut rows = match case {
            Some(case) => case.promised().map(|limit| Row::new("我们承诺", limit)).into_iter().collect(),
            None => promises(item),
        };
        rows.extend(limits.legal.get().map(|limit| Row::new("法律规定", limit)));
        rows.retain(|row| row.limit != TimeLimit::Unlimited);
        if !rows.iter().any(|row| has_last_day(row.limit)) {
            return None;
        }
        let start = limits.start.unwrap_or(LimitStart::Accepted);
        let (day_label, day_note) = match start {
            LimitStart::Accepted => {
                ("哪天受理的", "看受理通知书或者短信上写的日子。还没交材料的，选您打算去办的那天。")
            }
            LimitStart::Applied => ("哪天申请的", "看申请回执或者短信上写的日子。还没交材料的，选您打算去办的那天。"),
        };
        let row = |Row { label, limit, only, otherwise }: Row| DeadlineRow {
            label,
            limit: limit.to_string(),
            note: None,
            only,
            otherwise,
        };
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
fn promises(item: &Item) -> Vec<Row> {
    let limits = &item.facts.limits;
    let otherwise = !limits.by_situation.is_empty();
    let usual = if otherwise { "我们承诺（别的情形）" } else { "我们承诺" };
    let mut rows: Vec<Row> = Vec::new();
    rows.extend(limits.promised.get().map(|limit| Row { otherwise, ..Row::new(usual, limit) }));
    for one in &limits.by_situation {
        if let Some(condition) = item_words::condition(item, &one.when) {
            let label = format!("我们承诺（{condition}）");
            rows.push(Row { only: item_words::only(&one.when), ..Row::new(&label, one.promised) });
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
            only: None,
            otherwise: false,
        })
        .collect()
}

/// Whether a limit ends on some day, so that there is something to count.
fn has_last_day(limit: TimeLimit) -> bool {
    limit.unit().is_some_and(|unit| !matches!(unit, LimitUnit::Minute | LimitUnit::Hour))
}
