//! KPI01: what a portal promises beyond the law: 减时限, 减跑动, 即办, 网上可办.
//!
//! Figures and no findings: they tell how far an office has come, and nothing
//! is wrong when they are low. Only items that are open count, and each figure
//! counts the items that state what it is about.
//!
//! 承诺时限压缩比 is the ratio of sums (Σ法定 − Σ承诺) ÷ Σ法定 and not the mean of
//! the items' ratios. 工作日 and 自然日 count alike, a month is 22 days, a year
//! 250, eight hours a day, 当场 none; an item without limit on either side is
//! left out.

use std::sync::Arc;

use crate::model::terms::{Channel, HandlingType};
use crate::model::value::{LimitUnit, TimeLimit};
use crate::portal::Item;

/// Minutes of a day in which an office works.
pub const DAY: u64 = 8 * 60;

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Share {
    /// Thousandths, rounded down; nothing of nothing.
    pub fn permille(self) -> Option<u64> {
        (self.part * 1000).checked_div(self.whole)
    }

    fn add(&mut self, part: u64, whole: u64) {
        self.part += part;
        self.whole += whole;
    }
}

/// The figures of some items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Indicators {
    /// 承诺时限压缩比: minutes promised away, of those the law allows.
    pub saved: Share,
    /// 即办率: items that are 即办件.
    pub instant: Share,
    /// 跑零次率: items for which nobody has to come.
    pub no_visit: Share,
    /// 平均跑动次数: visits, of items.
    pub visits: Share,
    /// 网上可办率: items handled online.
    pub online: Share,
}

/// The figures of these items together.
pub fn indicators<'i>(items: impl IntoIterator<Item = &'i Arc<Item>>) -> Indicators {
    let mut all = Indicators::default();
    for item in items.into_iter().filter(|item| item.status.is_open()) {
        let facts = &item.facts;
        if let Some((legal, promised)) = limits_of(item) {
            all.saved.add(legal.saturating_sub(promised), legal);
        }
        if let Some(kind) = facts.handling_type.get() {
            all.instant.add(u64::from(kind == HandlingType::Instant), 1);
        }
        if let Some(visits) = facts.visits.get() {
            all.no_visit.add(u64::from(visits.count() == 0), 1);
            all.visits.add(u64::from(visits.count()), 1);
        }
        if facts.channels.told().is_some() {
            all.online.add(u64::from(is_online(item)), 1);
        }
    }
    all
}

/// Whether an item is handled online, on a computer or a phone.
pub fn is_online(item: &Item) -> bool {
    item.facts.channels.iter().any(|channel| matches!(channel, Channel::Web | Channel::Mobile))
}

/// The statutory and the promised limit of an item in minutes of work; nothing unless both are told and are limits.
pub fn limits_of(item: &Item) -> Option<(u64, u64)> {
    let limits = &item.facts.limits;
    limits.legal.get().and_then(minutes).zip(limits.promised.get().and_then(minutes))
}

/// A limit in minutes of work; none without a limit.
fn minutes(limit: TimeLimit) -> Option<u64> {
    let TimeLimit::Within { number, unit } = limit else {
        return (limit == TimeLimit::OnTheSpot).then_some(0);
    };
    let each = match unit {
        LimitUnit::Minute => 1,
        LimitUnit::Hour => 60,
        LimitUnit::WorkingDay | LimitUnit::NaturalDay => DAY,
        LimitUnit::Month => 22 * DAY,
        LimitUnit::Year => 250 * DAY,
    };
    Some(u64::from(number) * each)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Value as _;

    #[test]
    fn the_ratio_is_one_of_sums() {
        let mut saved = Share::default();
        for (legal, promised) in [("20个工作日", "5个工作日"), ("10个工作日", "当场"), ("无期限", "3个工作日")]
        {
            let read = |text| minutes(TimeLimit::parse(text).unwrap());
            if let (Some(legal), Some(promised)) = (read(legal), read(promised)) {
                saved.add(legal.saturating_sub(promised), legal);
            }
        }
        assert_eq!(saved.permille(), Some(833));
        assert_eq!(minutes(TimeLimit::parse("1个月").unwrap()), minutes(TimeLimit::parse("22个工作日").unwrap()));
        assert_eq!(Share::default().permille(), None);
    }
}
