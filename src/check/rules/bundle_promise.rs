//! BD04: a bundle does not promise less time than its items take.

use crate::check::together::{Limit, Order, Span, Total, Wanted};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::value::TimeLimit;
use crate::portal::Portal;
use crate::source::FieldPath;

/// BD04.
static CODE: Code = Code {
    id: "BD04",
    name: "bundle-promise",
    severity: Severity::Warning,
    title_zh: "一件事的承诺时限比事项加起来还短",
    title_en: "bundle that promises less time than its items take",
    explain_zh: "人人都要办的事项按先后连起来，最长的一路要多少天，整件事就至少要多少天；任选其一的按长的算，单位不同的不比。\
        承诺得更短，要么事项页面上的承诺该改短，要么这里写错了。怎么改：两边写成一致。",
    explain_en: "A bundle takes at least as long as the longest way through the items everybody does, of alternatives the \
        longest; different units are not compared. If it promises less, either the promises of its items are out of date \
        or this one is wrong. Make both agree.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        let Some(promised) = bundle.facts.promised.filter(|limit| *limit != TimeLimit::Unlimited) else { continue };
        let order = Order::of(portal, bundle);
        let total = Total::of(portal, &order, Wanted::Needed, Limit::Promised);
        if !Span::of(promised).is_less(total.span) {
            continue;
        }
        let way: Vec<&str> = total.way.iter().map(|n| portal.item(order.items[*n]).slug.as_str()).collect();
        let (take, takes) = if way.len() > 1 { ("连着办要", "take") } else { ("就要", "takes") };
        let (way, span) = (way.join(" → "), total.span.words());
        findings.push(
            Finding::new(
                &CODE,
                bundle.file,
                Target::Value(FieldPath::root().key("承诺时限")),
                Words::new(
                    format!("承诺 `{promised}`，可是 {way} {take} {span}"),
                    format!("promises `{promised}`, but {way} {takes} {span}"),
                ),
            )
            .allowed(format!("{span}，或者更长"), format!("{span} or longer"))
            .repair(
                "改成一致：改这里，或者改事项的承诺时限",
                "make both agree: change this, or the limits of the items",
            ),
        );
    }
}
