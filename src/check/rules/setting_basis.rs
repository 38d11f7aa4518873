//! LB05: a licence (行政许可) rests on what may set one.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{BasisRole, ItemType, LawKind, Term};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// LB05.
static CODE: Code = Code {
    id: "LB05",
    name: "licence-without-law",
    severity: Severity::Error,
    title_zh: "行政许可的设定依据不够格",
    title_en: "a licence that rests on nothing that may set it",
    explain_zh: "行政许可只能由法律、行政法规、国务院决定、地方性法规和省级政府规章设定，其他规范性文件一律不得设定（行政许可法第十四条至第十七条）。\
        用途写“设定依据”（或者省略）的办理依据里，至少要有一条这样的依据；部门规章和规范性文件的用途写“实施依据”。",
    explain_en: "A licence is set by a law, administrative regulation, decision of the State Council, local regulation or \
        rule of a province, and by no other document (Administrative Licensing Law, articles 14 to 17). At least one \
        basis with the role 设定依据, or none, is such; others have the role 实施依据.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| item.facts.item_type == ItemType::License) {
        // A basis whose law is not known has its own finding and could be the one.
        if item.basis.len() < item.facts.basis.len() || item.basis.is_empty() {
            continue;
        }
        let setting: Vec<_> = item
            .basis
            .iter()
            .filter(|used| matches!(item.facts.basis[used.position].role, None | Some(BasisRole::Setting)))
            .collect();
        let sets = |kind| !matches!(kind, LawKind::MinistryRule | LawKind::Document);
        if setting.iter().any(|used| sets(portal.law(used.law).facts.kind)) {
            continue;
        }
        let at = FieldPath::root().key("办理依据");
        let finding = match setting.first() {
            Some(first) => {
                let law = &portal.law(first.law).facts;
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(at.index(first.position).key("法律")),
                    Words::new(
                        format!("{}《{}》不能设定行政许可", law.kind.name(), law.name),
                        format!("《{}》, a {}, cannot set a licence", law.name, law.kind.name()),
                    ),
                )
            }
            None => Finding::new(
                &CODE,
                item.file,
                Target::Value(at),
                Words::new("行政许可没有设定依据", "the licence lacks its 设定依据"),
            ),
        };
        findings.push(
            finding
                .allowed(
                    "法律、行政法规、国务院决定、地方性法规或省级政府规章",
                    "a law, administrative regulation, State Council decision, local regulation or provincial rule",
                )
                .repair("加上设定这个许可的法律法规", "add the law that sets the licence"),
        );
    }
}
