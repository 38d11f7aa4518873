//! MT09: a material that is not always needed says when it is.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::Necessity;
use crate::portal::{Item, Portal};
use crate::schema::item_material::MaterialsEntry;
use crate::source::FieldPath;

/// MT09.
static CODE: Code = Code {
    id: "MT09",
    name: "condition-missing",
    severity: Severity::Warning,
    title_zh: "没有写什么情况下要这份材料",
    title_en: "conditional material without its condition",
    explain_zh: "必要性是“非必要”的材料，要写“必要性情形”，或者用“适用”说明哪种情形要，否则群众不知道带不带。",
    explain_en: "A material that is not always needed states 必要性情形 or 适用, or people cannot know whether to bring it.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let MaterialsEntry::List(list) = &item.facts.materials else { continue };
        for (n, material) in list.iter().enumerate() {
            let explained = material.needed_when.is_some() || !material.when.0.is_empty();
            if material.necessity.get() != Some(Necessity::Conditional) || explained {
                continue;
            }
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key("申请材料").index(n).key("必要性")),
                    Words::new("“非必要”没有说明什么情况下要", "非必要 without saying when it is needed"),
                )
                .allowed("必要性情形: 委托他人办理时", "必要性情形: 委托他人办理时")
                .repair("加上“必要性情形”或“适用”", "add 必要性情形 or 适用"),
            );
        }
    }
}
