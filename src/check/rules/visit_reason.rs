//! CH02: who can begin online and must still come is told why.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{Channel, OnlineDepth};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// CH02.
static CODE: Code = Code {
    id: "CH02",
    name: "visit-without-reason",
    severity: Severity::Warning,
    title_zh: "能网上办，还要到现场，没有写原因",
    title_en: "online, but a visit is needed and nobody says why",
    explain_zh: "网上能办的事项还要群众到现场，要写“现场办理原因”，如核对原件、当面签名。说不出原因的，多半可以不跑。",
    explain_en: "An item that is handled online and still needs a visit states 现场办理原因, such as seeing originals. \
        Where there is no reason the visit can probably go.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let facts = &item.facts;
        let is_online = facts.channels.iter().any(|channel| matches!(channel, Channel::Web | Channel::Mobile))
            && facts.online.as_ref().is_none_or(|online| online.depth.get() != Some(OnlineDepth::Consult));
        let Some(visits) = facts.visits.get() else { continue };
        if visits.count() == 0 || !is_online || facts.visit_reason.is_some() {
            continue;
        }
        findings.push(
            Finding::new(
                &CODE,
                item.file,
                Target::Value(FieldPath::root().key("到现场次数")),
                Words::new(
                    format!("能网上办，还要到现场 `{}`，没有写原因", visits),
                    format!("handled online, but `{}` to come and no reason", visits),
                ),
            )
            .allowed("同时写“现场办理原因”", "together with 现场办理原因")
            .repair("加上“现场办理原因”，或者改成 0次", "add 现场办理原因, or write 0次"),
        );
    }
}
