//! RS01: people can see what they will get.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{ResultKind, Term};
use crate::portal::{Item, Portal};
use crate::schema::item_handling::ResultEntry;
use crate::source::FieldPath;

/// RS01.
static CODE: Code = Code {
    id: "RS01",
    name: "result-without-sample",
    severity: Severity::Info,
    title_zh: "审批结果没有样本",
    title_en: "a result without a sample",
    explain_zh: "结果是证照或批文的，要有样本，群众知道会拿到什么，别处查验的人也认得出真假（GB/T 39046-2020 的数据项“审批结果样本”）。\
        样本里的名字、号码用假的，盖上“样本”字样。",
    explain_en: "A certificate or approval has a sample, so that people know what they will get and others can recognise \
        it (审批结果样本 of GB/T 39046-2020). Names and numbers in it are invented.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let ResultEntry::List(list) = &item.facts.results else { continue };
        for (n, result) in list.iter().enumerate() {
            let is_document = matches!(result.kind, ResultKind::Certificate | ResultKind::Approval);
            let is_refusal = result.name.starts_with("不");
            if !is_document || is_refusal || result.sample.is_some() {
                continue;
            }
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key("审批结果").index(n).key("名称")),
                    Words::new(
                        format!("{} `{}` 没有样本", result.kind.name(), result.name),
                        format!("the {} `{}` has no sample", result.kind.name(), result.name),
                    ),
                )
                .allowed("样本: files/文件名", "样本: files/name")
                .repair(
                    "把样本放进事项文件夹的 files 里，加上“样本”",
                    "put a sample into files of the item and add 样本",
                ),
            );
        }
    }
}
