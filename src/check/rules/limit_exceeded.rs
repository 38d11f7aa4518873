//! TL01: the promised limit is not longer than the statutory one.

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

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

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
}
