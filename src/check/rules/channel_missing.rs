//! CH01: an item that needs no visit must be possible without one.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{Channel, Term};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// CH01.
static CODE: Code = Code {
    id: "CH01",
    name: "no-visit-without-channel",
    severity: Severity::Error,
    title_zh: "写了跑 0 次，却没有不用跑的办法",
    title_en: "no visit needed, but no way without one",
    explain_zh: "到现场 0 次，就要能网上办、快递办、电话办、上门办或自助办。只有窗口办理的，至少要跑 1 次。",
    explain_en: "With 0 visits the item must be possible online, by post, by phone, at a kiosk, or at home.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let reachable =
            item.facts.channels.iter().any(|channel| *channel != Channel::Window && *channel != Channel::Other);
        if item.facts.visits.get().is_none_or(|visits| visits.count() > 0) || reachable {
            continue;
        }
        let remote: Vec<&str> = Channel::ALL
            .iter()
            .filter(|channel| !matches!(channel, Channel::Window | Channel::Other))
            .map(|channel| channel.name())
            .collect();
        findings.push(
            Finding::new(
                &CODE,
                item.file,
                Target::Value(FieldPath::root().key("到现场次数")),
                Words::new("写了跑 0 次，办理形式里却只有窗口", "0 visits, but the only channel is the window"),
            )
            .allowed(remote.join("、"), remote.join(", "))
            .repair("在“办理形式”里加上不用跑的办法，或者改成 1次", "add such a channel to 办理形式, or write 1次"),
        );
    }
}
