//! The time of a bundle: its longest way (关键路径), by promise and by law.
//!
//! Working days, calendar days, months and hours are never made into one
//! another: a way of several units is told as their sum, unit by unit. Which
//! of two such ways is the longer is estimated, with five working days a week.

use crate::model::value::{LimitUnit, TimeLimit};
use crate::portal::{Item, Portal};

use super::{Order, Wanted};

/// Which of the two limits of an item is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// 承诺: the longest of its situations.
    Promised,
    /// 法定.
    Legal,
}

impl Limit {
    /// This limit of an item; nothing while it is 待补.
    pub fn of(self, item: &Item) -> Option<TimeLimit> {
        match self {
            Limit::Legal => item.facts.limits.legal.get(),
            Limit::Promised => Promise::of(item).map(|promise| promise.most),
        }
    }
}

/// Some time, unit by unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// 分钟 and 小时.
    pub minutes: u32,
    /// 工作日.
    pub working_days: u32,
    /// 自然日.
    pub natural_days: u32,
    /// 月 and 年.
    pub months: u32,
}

impl Span {
    /// The time of a limit; 当场 and 无期限 take none.
    pub fn of(limit: TimeLimit) -> Self {
        let mut span = Span::default();
        if let TimeLimit::Within { number, unit } = limit {
            match unit {
                LimitUnit::Minute => span.minutes = number,
                LimitUnit::Hour => span.minutes = number * 60,
                LimitUnit::WorkingDay => span.working_days = number,
                LimitUnit::NaturalDay => span.natural_days = number,
                LimitUnit::Month => span.months = number,
                LimitUnit::Year => span.months = number * 12,
            }
        }
        span
    }

    /// One after the other.
    #[must_use]
    pub fn then(self, other: Span) -> Span {
        Span {
            minutes: self.minutes + other.minutes,
            working_days: self.working_days + other.working_days,
            natural_days: self.natural_days + other.natural_days,
            months: self.months + other.months,
        }
    }

    /// A number to compare by, and for nothing else: minutes of a calendar in which seven days have five working days.
    fn estimate(self) -> u64 {
        const DAY: u64 = 24 * 60;
        u64::from(self.minutes)
            + u64::from(self.working_days) * DAY * 7 / 5
            + u64::from(self.natural_days) * DAY
            + u64::from(self.months) * DAY * 365 / 12
    }

    /// In how many different units it is told.
    pub fn units(self) -> usize {
        [self.minutes, self.working_days, self.natural_days, self.months].iter().filter(|number| **number > 0).count()
    }

    /// Whether it is as long as the other in each unit, or longer.
    fn covers(self, other: Span) -> bool {
        self.minutes >= other.minutes
            && self.working_days >= other.working_days
            && self.natural_days >= other.natural_days
            && self.months >= other.months
    }

    /// Whether it is surely shorter than the other.
    pub fn is_less(self, other: Span) -> bool {
        other.covers(self) && self != other
    }

    /// In words: 5个工作日，加15个自然日; 当场 if it takes no time.
    pub fn words(self) -> String {
        let limit = |number, unit| (number > 0).then(|| TimeLimit::Within { number, unit }.to_string());
        let minutes = match self.minutes {
            whole if whole % 60 == 0 => limit(whole / 60, LimitUnit::Hour),
            minutes => limit(minutes, LimitUnit::Minute),
        };
        let months = match self.months {
            whole if whole % 12 == 0 => limit(whole / 12, LimitUnit::Year),
            months => limit(months, LimitUnit::Month),
        };
        let days = [
            limit(self.working_days, LimitUnit::WorkingDay),
            limit(self.natural_days, LimitUnit::NaturalDay),
            months,
            minutes,
        ];
        let parts: Vec<String> = days.into_iter().flatten().collect();
        if parts.is_empty() { TimeLimit::OnTheSpot.to_string() } else { parts.join("，加") }
    }
}

/// The promise of an item: its shortest and its longest limit, by the estimate where their units differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// The shortest; 无期限 is the longest there is.
    pub least: TimeLimit,
    /// The longest.
    pub most: TimeLimit,
}

impl Promise {
    /// That of an item with all its situations (分情形); none while it is 待补.
    pub fn of(item: &Item) -> Option<Self> {
        let limits = &item.facts.limits;
        let promised = limits.promised.get()?;
        let mut promise = Promise { least: promised, most: promised };
        for limit in limits.by_situation.iter().map(|one| one.promised) {
            if length(limit) < length(promise.least) {
                promise.least = limit;
            }
            if length(limit) > length(promise.most) {
                promise.most = limit;
            }
        }
        Some(promise)
    }

    /// In words: 5个工作日, 2到5个工作日, 3小时到15个工作日.
    pub fn words(self) -> String {
        match (self.least, self.most) {
            (least, most) if least == most => most.to_string(),
            (least, TimeLimit::Unlimited) => format!("{least}，有的没有规定期限"),
            (TimeLimit::Within { number, unit }, TimeLimit::Within { unit: other, .. }) if unit == other => {
                format!("{number}到{}", self.most)
            }
            (least, most) => format!("{least}到{most}"),
        }
    }
}

/// A limit as something to compare by.
fn length(limit: TimeLimit) -> (bool, u64) {
    (limit == TimeLimit::Unlimited, Span::of(limit).estimate())
}

/// What some items of a bundle take one after the other and side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Total {
    /// The time of the longest way.
    pub span: Span,
    /// The entries on it that take time, in their order.
    pub way: Vec<usize>,
    /// All entries that are done.
    pub done: Vec<usize>,
    /// Those without limit (无期限): the total is no limit for them.
    pub unlimited: Vec<usize>,
    /// Those whose limit is still to be told.
    pub untold: Vec<usize>,
    /// Whether another way may be longer, because units are compared by an estimate.
    pub is_estimated: bool,
}

impl Total {
    /// The total of a bundle's items by one of the two limits.
    pub fn of(portal: &Portal, order: &Order, wanted: Wanted, limit: Limit) -> Self {
        let limits: Vec<Option<TimeLimit>> = order.items.iter().map(|item| limit.of(portal.item(*item))).collect();
        Total::over(order, wanted, &limits)
    }

    /// The total where `limits` are those of the entries.
    pub fn over(order: &Order, wanted: Wanted, limits: &[Option<TimeLimit>]) -> Self {
        let spans: Vec<Span> = limits.iter().map(|limit| limit.map(Span::of).unwrap_or_default()).collect();
        let is_open_ended = |limit: Option<TimeLimit>| limit.is_none_or(|limit| limit == TimeLimit::Unlimited);
        let weights: Vec<u64> = limits
            .iter()
            .zip(&spans)
            .map(|(limit, span)| if is_open_ended(*limit) { u64::MAX } else { span.estimate() })
            .collect();
        let done = order.done(wanted, &weights);
        let mut ends: Vec<(Span, Vec<usize>)> = vec![Default::default(); limits.len()];
        for &n in &done {
            let before = order.entries[n].before.iter().filter(|m| done.contains(m));
            // The first of several that are equal.
            let longest = before.rev().max_by_key(|m| ends[**m].0.estimate());
            let (span, mut way) = longest.map(|m| ends[*m].clone()).unwrap_or_default();
            if spans[n] != Span::default() {
                way.push(n);
            }
            ends[n] = (span.then(spans[n]), way);
        }
        let longest = done.iter().rev().max_by_key(|n| ends[**n].0.estimate());
        let (span, way) = longest.map(|n| ends[*n].clone()).unwrap_or_default();
        Total {
            is_estimated: done.iter().any(|n| !span.covers(ends[*n].0)),
            unlimited: done.iter().copied().filter(|n| limits[*n] == Some(TimeLimit::Unlimited)).collect(),
            untold: done.iter().copied().filter(|n| limits[*n].is_none()).collect(),
            span,
            way,
            done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::together::Entry;
    use crate::model::terms::BundleRelation::{self, Alternative, Always, Optional};
    use crate::model::value::Value as _;

    /// Entries in the order given: 顺序, 关系, what they wait for, limit.
    fn total(wanted: Wanted, list: &[(u8, BundleRelation, &[usize], &str)]) -> Total {
        let entries = list.iter().enumerate().map(|(n, (order, relation, before, _))| Entry {
            position: n,
            order: *order,
            relation: *relation,
            is_open: true,
            before: before.to_vec(),
        });
        let limits: Vec<_> = list.iter().map(|(.., limit)| TimeLimit::parse(limit).ok()).collect();
        Total::over(&Order { entries: entries.collect(), items: Vec::new() }, wanted, &limits)
    }

    #[test]
    fn one_after_the_other_and_side_by_side() {
        let chain: &[(u8, _, &[usize], _)] = &[
            (1, Always, &[], "当场"),
            (2, Always, &[0], "5个工作日"),
            (2, Always, &[0], "3个工作日"),
            (3, Always, &[0, 1, 2], "2个工作日"),
        ];
        let total = total(Wanted::Needed, chain);
        assert_eq!((total.span.words().as_str(), total.way), ("7个工作日", vec![1, 3]));
    }

    #[test]
    fn a_diamond_goes_its_longer_way() {
        // a → b → d and a → c → d, and e waits for c alone.
        let diamond: &[(u8, _, &[usize], _)] = &[
            (1, Always, &[], "1个工作日"),
            (2, Always, &[0], "10个工作日"),
            (2, Always, &[0], "4个工作日"),
            (3, Always, &[0, 1, 2], "2个工作日"),
            (3, Always, &[0, 2], "7个工作日"),
        ];
        let total = total(Wanted::Needed, diamond);
        assert_eq!((total.span.words().as_str(), total.way, total.is_estimated), ("13个工作日", vec![0, 1, 3], false));
    }

    #[test]
    fn of_alternatives_the_longest_counts_and_optional_ones_apart() {
        let list: &[(u8, _, &[usize], _)] = &[
            (1, Alternative, &[], "当场"),
            (1, Alternative, &[], "3个工作日"),
            (2, Always, &[0, 1], "5个工作日"),
            (3, Optional, &[0, 1, 2], "20个工作日"),
        ];
        let needed = total(Wanted::Needed, list);
        assert_eq!((needed.span.words().as_str(), needed.done), ("8个工作日", vec![1, 2]));
        assert_eq!(total(Wanted::All, list).span.words(), "28个工作日");
    }

    #[test]
    fn what_is_between_holds_the_order_although_it_is_not_done() {
        let list: &[(u8, _, &[usize], _)] =
            &[(1, Always, &[], "2个工作日"), (2, Optional, &[0], "9个工作日"), (3, Always, &[0, 1], "3个工作日")];
        assert_eq!(total(Wanted::Needed, list).span.words(), "5个工作日");
    }

    #[test]
    fn units_are_not_made_into_one_another() {
        let list: &[(u8, _, &[usize], _)] = &[
            (1, Always, &[], "5个工作日"),
            (2, Always, &[0], "45个自然日"),
            (2, Always, &[0], "3小时"),
            (3, Always, &[0, 1, 2], "1年"),
        ];
        let mixed = total(Wanted::Needed, list);
        assert_eq!((mixed.span.words().as_str(), mixed.span.units()), ("5个工作日，加45个自然日，加1年", 3));
        assert!(mixed.is_estimated, "the way over the three hours is shorter only by an estimate");
        let side: &[(u8, _, &[usize], _)] = &[(1, Always, &[], "10个工作日"), (1, Always, &[], "12个自然日")];
        let side = total(Wanted::Needed, side);
        assert_eq!((side.span.words().as_str(), side.is_estimated), ("10个工作日", true), "14 days against 12");
    }

    #[test]
    fn what_has_no_limit_is_told_and_not_counted() {
        let list: &[(u8, _, &[usize], _)] =
            &[(1, Always, &[], "无期限"), (2, Always, &[0], "20个工作日"), (3, Always, &[0, 1], "待补")];
        let total = total(Wanted::Needed, list);
        assert_eq!((total.span.words().as_str(), total.unlimited, total.untold), ("20个工作日", vec![0], vec![2]));
    }

    #[test]
    fn a_promise_goes_from_its_shortest_to_its_longest() {
        let words = |least, most| {
            let limit = |text| TimeLimit::parse(text).unwrap();
            Promise { least: limit(least), most: limit(most) }.words()
        };
        assert_eq!(words("5个工作日", "5个工作日"), "5个工作日");
        assert_eq!(words("2个工作日", "5个工作日"), "2到5个工作日");
        assert_eq!(words("3小时", "15个工作日"), "3小时到15个工作日");
        assert_eq!(words("当场", "20个自然日"), "当场到20个自然日");
        assert_eq!(words("20个自然日", "2个月"), "20个自然日到2个月");
        assert_eq!(words("3小时", "无期限"), "3小时，有的没有规定期限");
    }

    #[test]
    fn shorter_is_said_only_of_one_unit() {
        let span = |text| Span::of(TimeLimit::parse(text).unwrap());
        assert!(span("3个工作日").is_less(span("5个工作日")));
        assert!(span("当场").is_less(span("1小时")));
        assert!(!span("3个工作日").is_less(span("30个自然日")));
        assert!(!span("5个工作日").is_less(span("5个工作日")));
    }
}
