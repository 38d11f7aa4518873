//! CH03: an item that can be handled online says where.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{Channel, Term};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// CH03.
static CODE: Code = Code {
    id: "CH03",
    name: "online-without-address",
    severity: Severity::Error,
    title_zh: "写了网上办理，却没有网址",
    title_en: "online handling without an address",
    explain_zh: "办理形式里有“电脑端网上办理”或“移动端网上办理”的，“网上办理”要写清网址和深度。",
    explain_en: "Items handled online state the address and the depth under 网上办理.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let channels = &item.facts.channels;
        let at = channels.iter().position(|channel| matches!(channel, Channel::Web | Channel::Mobile));
        let Some(at) = at.filter(|_| item.facts.online.is_none()) else { continue };
        findings.push(
            Finding::new(
                &CODE,
                item.file,
                Target::Value(FieldPath::root().key("办理形式").index(at)),
                Words::new(
                    format!("有“{}”，却没有写网址", channels[at].name()),
                    format!("{} without an address", channels[at].name()),
                ),
            )
            .allowed(
                "网上办理: { 网址: https://…, 深度: 互联网办理 }",
                "网上办理: { 网址: https://…, 深度: 互联网办理 }",
            )
            .repair("加上“网上办理”，或者从办理形式里去掉", "add 网上办理, or remove the channel"),
        );
    }
}
