//! BD06: who chooses has something to choose from.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::BundleRelation;
use crate::portal::Portal;
use crate::source::FieldPath;

/// BD06.
static CODE: Code = Code {
    id: "BD06",
    name: "bundle-alternative-alone",
    severity: Severity::Warning,
    title_zh: "任选其一，只有一个可选",
    title_en: "choice of one",
    explain_zh: "“任选其一”的事项，同一个“顺序”里要有两个以上。怎么改：把一组的“顺序”写成同一个数字；只有一个的，写“必办”或者“选办”。",
    explain_en: "Of 任选其一 there are two or more with one 顺序. Give those of a group the same number; one alone is 必办 or 选办.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        let items = &bundle.facts.items;
        for (n, entry) in items.iter().enumerate() {
            let is_other = |(m, one): (usize, &crate::schema::bundle::BundleItem)| {
                m != n && one.relation == BundleRelation::Alternative && one.order == entry.order
            };
            if entry.relation != BundleRelation::Alternative || items.iter().enumerate().any(is_other) {
                continue;
            }
            let order = entry.order;
            findings.push(
                Finding::new(
                    &CODE,
                    bundle.file,
                    Target::Value(FieldPath::root().key("事项").index(n).key("关系")),
                    Words::new(
                        format!("顺序 `{order}` 里只有这一个 `任选其一`"),
                        format!("the only `任选其一` of the order `{order}`"),
                    ),
                )
                .allowed("同一个顺序里两个以上", "two or more with one 顺序")
                .repair(
                    "写成 `必办` 或者 `选办`，或者把一组的顺序写成一样",
                    "write `必办` or `选办`, or give the group one 顺序",
                ),
            );
        }
    }
}
