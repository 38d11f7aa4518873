//! TH01: types, sources and states that need a further word have it.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{HandlingType, ItemState, Level, PowerSource, Term};
use crate::portal::{Item, Portal};
use crate::schema::values::PENDING;
use crate::source::FieldPath;

/// TH01.
static CODE: Code = Code {
    id: "TH01",
    name: "type-unexplained",
    severity: Severity::Error,
    title_zh: "类型、权力来源或状态缺少说明",
    title_en: "type, power source or state unexplained",
    explain_zh: "联办件要写“联办机构”，办件类型是“其他”的要写“办件说明”，受委托的要写“委托部门”，乡镇级、村级的要写“乡镇街道”“村居社区”；\
        暂停、取消的要写“状态说明”。",
    explain_en: "Joint items name 联办机构, other types explain themselves in 办件说明, entrusted powers name 委托部门, items of towns and villages 乡镇街道 and 村居社区, \
        paused and cancelled items 状态说明.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let facts = &item.facts;
        let entrusted = matches!(facts.power_source, Some(PowerSource::EntrustedAbove | PowerSource::EntrustedPeer));
        let unexplained =
            matches!(facts.state, Some(ItemState::Paused | ItemState::Cancelled)) && facts.state_note.is_none();
        let lacking = [
            ("状态", "状态说明", unexplained),
            ("行使层级", "乡镇街道", item.level == Level::Town && facts.town.is_none()),
            ("行使层级", "村居社区", item.level == Level::Village && facts.village.is_none()),
            (
                "办件类型",
                "联办机构",
                facts.handling_type.get() == Some(HandlingType::Joint) && facts.joint_bodies.is_empty(),
            ),
            (
                "办件类型",
                "办件说明",
                facts.handling_type.get() == Some(HandlingType::Other) && facts.handling_note.is_none(),
            ),
            ("权力来源", "委托部门", entrusted && facts.entrusted_by.is_none()),
        ];
        for (key, needed, _) in lacking.into_iter().filter(|(_, _, lacks)| *lacks) {
            let is = match key {
                "办件类型" => facts.handling_type.get().map_or(PENDING, Term::name),
                "行使层级" => item.level.name(),
                "状态" => facts.state.map_or("", Term::name),
                _ => facts.power_source.map_or("", Term::name),
            };
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key(key)),
                    Words::new(
                        format!("{key}是 `{is}`，却没有写“{needed}”"),
                        format!("{key} is `{is}` but {needed} is missing"),
                    ),
                )
                .allowed(format!("同时写“{needed}”"), format!("together with {needed}"))
                .repair(format!("加上“{needed}”"), format!("add {needed}")),
            );
        }
    }
}
