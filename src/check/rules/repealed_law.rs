//! LB02: no item rests on a law that has been repealed.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::LawStatus;
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// LB02.
static CODE: Code = Code {
    id: "LB02",
    name: "repealed-law",
    severity: Severity::Error,
    title_zh: "依据的法律已经废止",
    title_en: "basis that has been repealed",
    explain_zh: "已经废止的法律不能做办理依据。民法典施行后，婚姻法、继承法、收养法、担保法、合同法、物权法等同时废止（民法典第一千二百六十条）。",
    explain_en: "A repealed law is no basis. The Civil Code repealed the laws on marriage, succession, adoption, \
        guarantees, contracts, property and others (article 1260).",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for basis in &item.basis {
            let law = portal.law(basis.law);
            if law.facts.status != LawStatus::Repealed || !item.status.is_open() {
                continue;
            }
            let instead: Vec<String> = law
                .replaced_by
                .iter()
                .map(|id| format!("{}（{}）", portal.law(*id).facts.name, portal.law(*id).id))
                .collect();
            let finding = Finding::new(
                &CODE,
                item.file,
                Target::Value(FieldPath::root().key("办理依据").index(basis.position).key("法律")),
                Words::new(
                    format!("《{}》已经废止", law.facts.name),
                    format!("《{}》 has been repealed", law.facts.name),
                ),
            )
            .allowed("现行有效的法律", "a law in force");
            findings.push(if instead.is_empty() {
                finding.repair("换成现在有效的依据", "cite the law that is in force now")
            } else {
                finding.repair(format!("换成 {}", instead.join("、")), format!("cite {}", instead.join(", ")))
            });
        }
    }
}
