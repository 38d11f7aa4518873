//! PB03: the ten elements that a published guide must have are there.
//!
//! Most of them are keys that reading asks for (YM06, RF06), and what an item
//! itself calls 待补 is told as YM15. This rule sees the page as it will be, with
//! what is inherited: a department without a phone leaves every item without one.

use std::sync::Arc;

use crate::check::completeness::{What, completeness};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::schema;
use crate::schema::item_handling::FeeEntry;
use crate::schema::item_material::MaterialsEntry;
use crate::source::FieldPath;

/// PB03.
static CODE: Code = Code {
    id: "PB03",
    name: "missing-basic-element",
    severity: Severity::Error,
    title_zh: "办事指南缺少基本要素",
    title_en: "guide without a basic element",
    explain_zh: "公开的办事指南要有十个基本要素：事项名称、办理依据、申请条件、申请材料、办理地点、办理机构、收费标准、办理时限、联系电话、办理流程（每个环节写明内容）。\
        事项自己没写、部门也没有写的，页面上就缺一块。只在网上办的不用写办理地点。",
    explain_en: "A published guide has ten basic elements: name, legal basis, conditions, materials, place, office in \
        charge, fees, time limits, phones, and a procedure whose steps say what happens. What neither the item nor its \
        department states is missing from the page. An item that is handled on the web only needs no place.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| item.status.is_open()) {
        let lacking = completeness(portal, item);
        let missing: Vec<_> = lacking
            .missing
            .iter()
            .filter(|element| element.is_basic && !is_told_elsewhere(&item.facts, element.what))
            .collect();
        let Some(first) = missing.first() else { continue };
        let names = |separator: &str, name: fn(&crate::check::completeness::Element) -> &'static str| {
            missing.iter().map(|element| name(element)).collect::<Vec<_>>().join(separator)
        };
        let (zh, en) = (names("、", |one| one.name), names(", ", |one| one.name_en));
        findings.push(
            Finding::new(
                &CODE,
                item.file,
                Target::Key(FieldPath::root().key(first.key)),
                Words::new(format!("页面上缺少{zh}"), format!("the page lacks: {en}")),
            )
            .allowed("事项自己写明，或者由部门、地点写明", "stated by the item, its department or its place")
            .repair(format!("补上{zh}"), format!("add: {en}")),
        );
    }
}

/// Whether another finding says that it is missing: the item itself calls it 待补, or a rule of its own is about it.
fn is_told_elsewhere(facts: &schema::Item, what: What) -> bool {
    match what {
        What::Basis => facts.basis.told().is_none(),
        What::Conditions => facts.conditions.told().is_none(),
        What::Materials => matches!(facts.materials, MaterialsEntry::NotYet(_)),
        What::Office => facts.owner.office.told().is_none(),
        // RF06 is about places, FE01 about fees without an amount.
        What::Place => true,
        What::Fees => !matches!(facts.fees, FeeEntry::Free(_)),
        What::Limits => facts.limits.legal.told().is_none() || facts.limits.promised.told().is_none(),
        // Steps without their content have a rule of their own.
        What::Steps => facts.steps.told().is_none() || !facts.steps.is_empty(),
        _ => false,
    }
}
