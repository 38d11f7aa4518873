//! TL01 and TL03: the promised limit is not longer than the statutory one, and one can see that it is not.
//!
//! TL02 of the catalogue (a limit that is missing, negative or without unit) is held by the types: a missing one is
//! YM06, an unreadable one YM10, and a statute without limit is written 无期限.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::value::{LimitUnit, TimeLimit};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// TL01.
static CODE: Code = Code {
    id: "TL01",
    name: "promise-over-statute",
    severity: Severity::Error,
    title_zh: "承诺时限比法定时限长",
    title_en: "promise longer than the statutory limit",
    explain_zh: "行政机关应当在法定时限内办结，各地可以再缩短（优化营商环境条例第三十六条）。承诺长过法定，就是公开承诺违法。\
        怎么改：把承诺缩短到法定以内；法定写错了的，照法律条文改正。",
    explain_en: "Authorities decide within the statutory limit and may shorten it further (Regulation on Optimising the \
        Business Environment, article 36). A longer promise would announce a breach. \
        Shorten the promise, or correct the statutory limit by the text of the law.",
};

/// TL03.
static UNSURE: Code = Code {
    id: "TL03",
    name: "limits-not-comparable",
    severity: Severity::Warning,
    title_zh: "法定和承诺的单位不同，比不出长短",
    title_en: "limits whose units cannot be compared",
    explain_zh: "一边写工作日，一边写自然日或月，遇上长假就说不清有没有超过法定时限。两边用同一种单位；法律按月、按自然日规定的，承诺缩短到怎么算都不会超过。",
    explain_en: "With working days on one side and calendar days or months on the other nobody can tell over a long holiday \
        whether the statute is kept. Use one unit, or a promise that is shorter whichever way it is counted.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE, &UNSURE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let limits = &item.facts.limits;
        let root = FieldPath::root().key("办理时限");
        let Some(legal) = limits.legal.get() else { continue };
        let promises = limits.promised.get().map(|promised| (promised, root.key("承诺"))).into_iter().chain(
            limits
                .by_situation
                .iter()
                .enumerate()
                .map(|(n, one)| (one.promised, root.key("分情形").index(n).key("承诺"))),
        );
        for (promised, path) in promises {
            if is_unsure(promised, legal) {
                findings.push(unsure(item, path, promised, legal));
                continue;
            }
            if !exceeds(promised, legal) {
                continue;
            }
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(path),
                    Words::new(
                        format!("承诺 `{promised}` 比法定 `{legal}` 长"),
                        format!("the promise `{promised}` is longer than the statutory `{legal}`"),
                    ),
                )
                .label("长过法定", "longer than the statute")
                .allowed(format!("不超过 {legal}"), format!("at most {legal}"))
                .repair("缩短承诺，或者核对法定时限", "shorten the promise, or check the statutory limit"),
            );
        }
    }
}

/// Whether a promise is surely longer than the statute, across units as well:
/// by the shortest time the one can mean and the longest the other can.
fn exceeds(promised: TimeLimit, legal: TimeLimit) -> bool {
    match promised.compare(&legal) {
        Some(order) => order == Ordering::Greater,
        None => matches!((days(promised), days(legal)), (Some((least, _)), Some((_, most))) if least > most),
    }
}

/// Whether the units are different and neither limit is surely the longer, even with ordinary long holidays.
fn is_unsure(promised: TimeLimit, legal: TimeLimit) -> bool {
    if promised.compare(&legal).is_some() || exceeds(promised, legal) {
        return false;
    }
    let most = match promised {
        // Nine days are the longest holiday of the last years.
        TimeLimit::Within { number, unit: LimitUnit::WorkingDay } => Some(number.div_ceil(5) * 7 + 9),
        TimeLimit::Within { number, unit: LimitUnit::Hour } => Some(number / 24),
        TimeLimit::Within { number, unit: LimitUnit::Minute } => Some(number / (24 * 60)),
        other => days(other).map(|(_, most)| most),
    };
    !matches!((most, days(legal)), (Some(most), Some((least, _))) if most <= least)
}

fn unsure(item: &Item, path: FieldPath, promised: TimeLimit, legal: TimeLimit) -> Finding {
    let unit = legal.unit().map_or("工作日", LimitUnit::name);
    Finding::new(
        &UNSURE,
        item.file,
        Target::Value(path),
        Words::new(
            format!("承诺 `{promised}` 和法定 `{legal}` 的单位不同，比不出长短"),
            format!("the promise `{promised}` and the statutory `{legal}` have units that cannot be compared"),
        ),
    )
    .allowed(format!("两边都用 {unit}，或者短到怎么算都不超过"), format!("both in {unit}, or surely shorter"))
    .repair(format!("承诺改用 {unit}，或者再缩短"), format!("write the promise in {unit}, or shorten it"))
}

/// The fewest and the most calendar days a limit can mean.
fn days(limit: TimeLimit) -> Option<(u32, u32)> {
    let TimeLimit::Within { number, unit } = limit else { return None };
    Some(match unit {
        LimitUnit::Minute | LimitUnit::Hour => (0, number.div_ceil(24) + 1),
        // Five working days a week; the longest holidays add a fortnight.
        LimitUnit::WorkingDay => (number, number * 7 / 5 + 14),
        LimitUnit::NaturalDay => (number, number + 10),
        LimitUnit::Month => (number * 28, number * 31 + 10),
        LimitUnit::Year => (number * 365, number * 366 + 10),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Value as _;

    #[test]
    fn limits_of_different_units_are_compared_when_it_is_sure() {
        let check = |promised: &str, legal: &str| {
            exceeds(TimeLimit::parse(promised).unwrap(), TimeLimit::parse(legal).unwrap())
        };
        assert!(check("21个工作日", "20个工作日"));
        assert!(check("2个月", "20个工作日"));
        assert!(check("1年", "60个自然日"));
        assert!(!check("30个自然日", "20个工作日"));
        assert!(!check("1个月", "20个工作日"));
        assert!(!check("当场", "1个工作日"));
        assert!(!check("5个工作日", "无期限"));
    }

    #[test]
    fn what_cannot_be_compared_is_told_from_what_is_surely_shorter() {
        let check = |promised: &str, legal: &str| {
            is_unsure(TimeLimit::parse(promised).unwrap(), TimeLimit::parse(legal).unwrap())
        };
        assert!(check("20个工作日", "1个月"));
        assert!(check("20个工作日", "30个自然日"));
        assert!(check("30个自然日", "20个工作日"));
        assert!(!check("15个工作日", "30个自然日"));
        assert!(!check("7个工作日", "1个月"));
        assert!(!check("2个月", "20个工作日"), "surely longer: TL01");
        assert!(!check("3小时", "1个工作日") && !check("20个工作日", "无期限") && !check("当场", "1个月"));
    }
}
