//! FE05: nothing rests on a 收费许可证, which there is no more.

use std::sync::Arc;

use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// FE05.
static CODE: Code = Code {
    id: "FE05",
    name: "fee-permit-abolished",
    severity: Severity::Warning,
    title_zh: "写了早已取消的收费许可证",
    title_en: "the fee permit, long abolished",
    explain_zh: "收费许可证制度2016年起已经取消，收费许可证和《收费许可证管理办法》不能再做收费的依据。\
        写收费的文件，也就是价格、财政部门批准收费项目和标准的文件。",
    explain_en: "The 收费许可证 was abolished in 2016 and is no basis for a fee. Cite the document by which the price and \
        finance authorities allowed the item and its rate.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// The permit.
const PERMIT: &str = "收费许可证";

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, look);
    for law in portal.laws.iter().filter(|law| law.facts.name.contains(PERMIT)) {
        let target = Target::Within(FieldPath::root().key("名称"), PERMIT.to_owned());
        findings.push(finding(law.file, target));
    }
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    let is_past = ["取消", "不再", "废止", "停用", "原"].iter().any(|word| text.text.contains(word));
    if text.text.contains(PERMIT) && !is_past && !text.is_under("变更记录") {
        findings.push(finding(text.file, text.part(PERMIT)));
    }
}

fn finding(file: crate::source::FileId, target: Target) -> Finding {
    Finding::new(&CODE, file, target, Words::new("`收费许可证` 已经取消", "the `收费许可证` was abolished"))
        .label("2016年起没有了", "abolished in 2016")
        .allowed("批准收费项目和标准的文件", "the document that allows the fee and its rate")
        .repair("换成现行的收费文件，或者删掉", "cite the document in force, or remove it")
}
