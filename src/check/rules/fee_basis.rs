//! FE01: every fee says how much.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::schema::item_handling::{Fee, FeeEntry};
use crate::source::FieldPath;

/// FE01.
static CODE: Code = Code {
    id: "FE01",
    name: "fee-without-standard",
    severity: Severity::Error,
    title_zh: "收费没有标准",
    title_en: "fee without a standard",
    explain_zh: "收费要按照公布的法定项目和标准（行政许可法第五十九条）。写清金额、费率或分档，群众才算得出要交多少。",
    explain_en: "Fees follow published statutory items and standards (Administrative Licensing Law, article 59): state an \
        amount, a rate or tiers so that people can work out what they pay.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let FeeEntry::List(fees) = &item.facts.fees else { continue };
        for (n, fee) in fees.iter().enumerate().filter(|(_, fee)| !has_standard(fee)) {
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key("收费").index(n).key("名称")),
                    Words::new(format!("`{}` 没有写收多少", fee.name), format!("`{}` does not say how much", fee.name)),
                )
                .allowed("金额、费率、分档或者计算说明", "金额, 费率, 分档 or 计算说明")
                .repair("加上金额或费率", "add an amount or a rate"),
            );
        }
    }
}

fn has_standard(fee: &Fee) -> bool {
    fee.amount.is_some() || fee.rate.is_some() || !fee.tiers.is_empty() || fee.calculation.is_some()
}
