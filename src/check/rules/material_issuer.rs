//! MT03: a material issued by an authority says by which.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::MaterialSource;
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// MT03.
static CODE: Code = Code {
    id: "MT03",
    name: "issuer-missing",
    severity: Severity::Warning,
    title_zh: "没有写材料由谁出具",
    title_en: "material without its issuer",
    explain_zh: "政府部门核发或中介机构出具的材料，要写清由谁出具，群众才知道去哪里开。",
    explain_en: "A material issued by an authority or an intermediary names the issuer, so that people know where to go.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for material in &item.materials {
            let issued =
                matches!(material.facts.source, Some(MaterialSource::Authority | MaterialSource::Intermediary));
            if !issued || material.facts.issuer.is_some() {
                continue;
            }
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key("申请材料").index(material.position)),
                    Words::new(
                        format!("没有写 `{}` 由谁出具", material.facts.name),
                        format!("`{}` lacks its issuer", material.facts.name),
                    ),
                )
                .allowed("单位名称，如“公安机关”", "the name of the body")
                .repair("加上“出具单位”", "add 出具单位"),
            );
        }
    }
}
