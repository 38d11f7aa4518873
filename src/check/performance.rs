//! 效能公开: the figures of the portal as a whole, by department and by type, and
//! the items behind each.
//!
//! Counted are the items one can apply for today. What each figure means, and how
//! units are made into one another for the 承诺时限压缩比 alone, stands with
//! [`indicators`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::completeness::tally;
use crate::check::indicators::{DAY, Indicators, indicators, is_online, limits_of};
use crate::model::terms::{HandlingType, ItemType, Term};
use crate::portal::{DepartmentId, Item, ItemId, Portal, paths};

/// How many months of changes are told, the month of the build the last.
const MONTHS: usize = 12;

/// What a list of items stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    /// Both limits are limits: these make the 承诺时限压缩比.
    Limited,
    /// Left out of it.
    Unlimited,
    /// 即办件.
    Instant,
    /// 网上可办.
    Online,
    /// 跑零次.
    NoVisit,
    /// Somebody has to come.
    Visit,
    /// Of one 事项类型.
    Type(ItemType),
    /// Of one 办件类型.
    Handling(HandlingType),
    /// Of one department.
    Department(DepartmentId),
}

impl Behind {
    /// The lists that are there whatever the items are.
    pub const FIXED: [Behind; 6] =
        [Behind::Limited, Behind::Unlimited, Behind::Instant, Behind::Online, Behind::NoVisit, Behind::Visit];

    /// The site path of the list.
    pub fn path(self, portal: &Portal) -> String {
        let name = match self {
            Behind::Limited => "limited".to_owned(),
            Behind::Unlimited => "left-out".to_owned(),
            Behind::Instant => "instant".to_owned(),
            Behind::Online => "online".to_owned(),
            Behind::NoVisit => "no-visit".to_owned(),
            Behind::Visit => "visit".to_owned(),
            Behind::Type(kind) => format!("type-{}", kind.code()),
            Behind::Handling(kind) => format!("handling-{}", handling_slug(kind)),
            Behind::Department(id) => format!("department-{}", portal.department(id).id),
        };
        paths::below(paths::PERFORMANCE, &name)
    }

    /// Whether an item belongs to the list.
    fn holds(self, item: &Item) -> bool {
        let facts = &item.facts;
        match self {
            Behind::Limited => limits_of(item).is_some(),
            Behind::Unlimited => limits_of(item).is_none(),
            Behind::Instant => facts.handling_type.get() == Some(HandlingType::Instant),
            Behind::Online => is_online(item),
            Behind::NoVisit => facts.visits.get().is_some_and(|visits| visits.count() == 0),
            Behind::Visit => facts.visits.get().is_some_and(|visits| visits.count() > 0),
            Behind::Type(kind) => facts.item_type == kind,
            Behind::Handling(kind) => facts.handling_type.get() == Some(kind),
            Behind::Department(id) => item.department == id,
        }
    }
}

fn handling_slug(kind: HandlingType) -> &'static str {
    match kind {
        HandlingType::Instant => "instant",
        HandlingType::Promised => "promised",
        HandlingType::Joint => "joint",
        HandlingType::Reported => "reported",
        HandlingType::Preliminary => "preliminary",
        HandlingType::Other => "other",
    }
}

/// The lists of items behind the figures, each in the order of `open`, which are the items one can apply for.
///
/// Those of a type or a department are there only if they hold an item.
pub fn behind(portal: &Portal, open: &[ItemId]) -> BTreeMap<Behind, Vec<ItemId>> {
    let types = ItemType::ALL.iter().map(|kind| Behind::Type(*kind));
    let handling = HandlingType::ALL.iter().map(|kind| Behind::Handling(*kind));
    let mut lists: BTreeMap<Behind, Vec<ItemId>> = BTreeMap::new();
    for list in Behind::FIXED.into_iter().chain(types).chain(handling) {
        let held: Vec<ItemId> = open.iter().copied().filter(|id| list.holds(portal.item(*id))).collect();
        if !held.is_empty() || Behind::FIXED.contains(&list) {
            lists.insert(list, held);
        }
    }
    for id in open {
        lists.entry(Behind::Department(portal.item(*id).department)).or_default().push(*id);
    }
    lists
}

/// The figures of some items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many there are.
    pub items: usize,
    /// Days of work that the law allows, of the items of the 承诺时限压缩比, in minutes.
    pub legal_minutes: u64,
    /// Days of work that are promised for the same items, in minutes.
    pub promised_minutes: u64,
    /// How many items these are.
    pub limited: usize,
    /// 承诺时限压缩比, 即办率, 网上可办率, 跑零次率, 平均跑动次数.
    pub indicators: Indicators,
    /// 公开完整度 in thousandths.
    pub completeness: u32,
}

impl Figures {
    fn of<'i>(portal: &Portal, items: impl Iterator<Item = &'i Arc<Item>> + Clone) -> Self {
        let limits = items.clone().filter_map(|item| limits_of(item));
        let (legal_minutes, promised_minutes) =
            limits.clone().fold((0, 0), |(legal, promised), (a, b)| (legal + a, promised + b));
        Figures {
            items: items.clone().count(),
            limited: limits.count(),
            legal_minutes,
            promised_minutes,
            indicators: indicators(items.clone()),
            completeness: tally(portal, items).permille,
        }
    }

    /// Days of work to one decimal, rounded to the nearest: of 8 hours each.
    pub fn days(minutes: u64) -> String {
        let tenths = (minutes * 10 + DAY / 2) / DAY;
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}.{rest}", tenths / 10),
        }
    }
}

/// The changes of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// How many entries of 变更记录 are of it.
    pub changes: usize,
}

/// All figures of 效能公开.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Performance {
    /// Of all items.
    pub all: Figures,
    /// Of each department with items, in display order.
    pub departments: Vec<(DepartmentId, Figures)>,
    /// Of each 事项类型.
    pub types: Vec<(ItemType, Figures)>,
    /// Of each 办件类型.
    pub handling: Vec<(HandlingType, Figures)>,
    /// The last months, the earliest first.
    pub months: Vec<Month>,
}

/// Works the figures out, from the items behind them and the days of all changes up to the day of the build.
pub fn performance(
    portal: &Portal,
    behind: &BTreeMap<Behind, Vec<ItemId>>,
    changes: impl Iterator<Item = Date>,
) -> Performance {
    let figures = |list: Behind| {
        let ids = behind.get(&list).map_or(&[][..], Vec::as_slice);
        (!ids.is_empty()).then(|| Figures::of(portal, ids.iter().map(|id| &portal.items[id.index()])))
    };
    let all = portal.items.iter().filter(|item| item.status.is_open());
    Performance {
        all: Figures::of(portal, all),
        departments: portal
            .department_ids()
            .filter_map(|(id, _)| Some((id, figures(Behind::Department(id))?)))
            .collect(),
        types: ItemType::ALL.iter().filter_map(|kind| Some((*kind, figures(Behind::Type(*kind))?))).collect(),
        handling: HandlingType::ALL
            .iter()
            .filter_map(|kind| Some((*kind, figures(Behind::Handling(*kind))?)))
            .collect(),
        months: months(portal.as_of, changes),
    }
}

/// The last months up to the one of a day, with how many of `changes` are in each.
fn months(day: Date, changes: impl Iterator<Item = Date>) -> Vec<Month> {
    let number = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month) - 1;
    let last = number(day.year(), day.month());
    let mut counts = [0; MONTHS];
    for change in changes {
        let ago = last - number(change.year(), change.month());
        if let Some(count) = usize::try_from(ago).ok().and_then(|ago| counts.iter_mut().rev().nth(ago)) {
            *count += 1;
        }
    }
    let first = last + 1 - MONTHS as i32;
    let month = |(n, changes): (i32, usize)| Month {
        year: i16::try_from(n.div_euclid(12)).unwrap_or_default(),
        month: i8::try_from(n.rem_euclid(12) + 1).unwrap_or_default(),
        changes,
    };
    (first..).zip(counts).map(month).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_run_over_the_year_and_leave_out_what_is_older() {
        let changes = [date(2026, 2, 1), date(2026, 2, 28), date(2025, 12, 31), date(2025, 3, 1), date(2025, 2, 28)];
        let months = months(date(2026, 2, 28), changes.into_iter());
        assert_eq!(months.len(), MONTHS);
        assert_eq!(months[0], Month { year: 2025, month: 3, changes: 1 });
        assert_eq!(months[9], Month { year: 2025, month: 12, changes: 1 });
        assert_eq!(months[11], Month { year: 2026, month: 2, changes: 2 });
        assert_eq!(months.iter().map(|month| month.changes).sum::<usize>(), 4);
    }

    #[test]
    fn days_of_work() {
        assert_eq!(Figures::days(30 * DAY), "30");
        assert_eq!(Figures::days(DAY / 2), "0.5");
        assert_eq!(Figures::days(0), "0");
        assert_eq!(Figures::days(3 * 60), "0.4", "0.375");
    }
}
