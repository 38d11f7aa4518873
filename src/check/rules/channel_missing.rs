//! CH01: an item that needs no visit must be possible without one, from the application to the result.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{Channel, Delivery, Term};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// CH01.
static CODE: Code = Code {
    id: "CH01",
    name: "no-visit-without-channel",
    severity: Severity::Error,
    title_zh: "写了跑 0 次，却没有不用跑的办法",
    title_en: "no visit needed, but no way without one",
    explain_zh: "到现场 0 次，就要能网上办、快递办、电话办、上门办或自助办。只有窗口办理的，至少要跑 1 次。\
        结果也要能不跑就拿到：送达方式只有窗口领取、自助打印的，同样要跑。",
    explain_en: "With 0 visits the item must be possible online, by post, by phone, at a kiosk, or at home, \
        and its result must reach people too: not only at the window or a kiosk.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let reachable =
            item.facts.channels.iter().any(|channel| *channel != Channel::Window && *channel != Channel::Other);
        if item.facts.visits.get().is_none_or(|visits| visits.count() > 0) {
            continue;
        }
        if reachable {
            findings.extend(fetched(item));
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

/// A result that must be fetched although nobody has to come.
fn fetched(item: &Item) -> Option<Finding> {
    let delivery = &item.facts.delivery;
    let must_come = |way: &Delivery| matches!(way, Delivery::Window | Delivery::Kiosk);
    let at_home = item.facts.channels.iter().any(|channel| matches!(channel, Channel::Visit | Channel::Kiosk));
    if at_home || delivery.is_empty() || !delivery.iter().all(must_come) {
        return None;
    }
    let names: Vec<&str> = delivery.iter().map(|way| way.name()).collect();
    let finding = Finding::new(
        &CODE,
        item.file,
        Target::Value(FieldPath::root().key("送达方式")),
        Words::new(
            format!("写了跑 0 次，结果却只能 `{}`", names.join("、")),
            format!("0 visits, but the result comes only by `{}`", names.join(", ")),
        ),
    );
    let remote: Vec<&str> = Delivery::ALL.iter().filter(|way| !must_come(way)).map(|way| way.name()).collect();
    Some(
        finding
            .allowed(remote.join("、"), remote.join(", "))
            .repair("在“送达方式”里加上不用跑的，或者到现场次数改成 1次", "add such a way to 送达方式, or write 1次"),
    )
}
