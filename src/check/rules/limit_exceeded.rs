//! TL01: the promised limit is not longer than the statutory one.

use std::cmp::Ordering;

use crate::check::Rule;
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::Portal;
use crate::source::FieldPath;

/// TL01.
static CODE: Code = Code {
    id: "TL01",
    name: "promise-over-statute",
    severity: Severity::Error,
    title_zh: "承诺时限比法定时限长",
    title_en: "promise longer than the statutory limit",
    explain_zh: "行政机关应当在法定时限内办结，各地可以再缩短（优化营商环境条例第三十六条）。承诺长过法定，就是公开承诺违法。",
    explain_en: "Authorities decide within the statutory limit and may shorten it further (Regulation on Optimising the \
        Business Environment, article 36). A longer promise would announce a breach.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check };

fn check(portal: &Portal, findings: &mut Findings) {
    for item in &portal.items {
        let limits = &item.facts.limits;
        let root = FieldPath::root().key("办理时限");
        let promises = std::iter::once((limits.promised, root.key("承诺"))).chain(
            limits
                .by_situation
                .iter()
                .enumerate()
                .map(|(n, one)| (one.promised, root.key("分情形").index(n).key("承诺"))),
        );
        for (promised, path) in promises {
            if promised.compare(&limits.legal) != Some(Ordering::Greater) {
                continue;
            }
            let legal = limits.legal;
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
