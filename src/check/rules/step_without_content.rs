//! ST01: a step says what happens in it.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// ST01.
static CODE: Code = Code {
    id: "ST01",
    name: "step-name-only",
    severity: Severity::Error,
    title_zh: "环节只有名称",
    title_en: "step with a name only",
    explain_zh: "只写“受理—审查—决定”，群众看不出要做什么、等什么。每个环节写清内容、审查标准或结果。",
    explain_en: "Names of steps alone do not tell people what happens. State 内容, 审查标准 or 结果 of each step.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for (n, step) in item.facts.steps.iter().enumerate() {
            if step.content.is_some() || step.standard.is_some() || step.result.is_some() {
                continue;
            }
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key("办理流程").index(n)),
                    Words::new(
                        format!("环节 `{}` 没有写做什么", step.name),
                        format!("the step `{}` does not say what happens", step.name),
                    ),
                )
                .allowed("内容、审查标准、结果，至少一个", "at least one of 内容, 审查标准, 结果")
                .repair("加上“内容”", "add 内容"),
            );
        }
    }
}
