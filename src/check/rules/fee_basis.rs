//! FE01 and FE02: every fee says how much, and rests on what may set it.
//!
//! That a fee has a name and a basis with its clause is held by the keys (YM06, YM11).
//! FE04 of the catalogue (a free item says 不收费, not 无 or nothing) is held by the type of 收费: YM07 and YM09.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{FeeNature, ItemType, LawKind, Term};
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

/// FE02.
static LICENCE: Code = Code {
    id: "FE02",
    name: "licence-fee-without-law",
    severity: Severity::Error,
    title_zh: "行政许可的收费没有法律、行政法规的依据",
    title_en: "a licence fee that no law or regulation allows",
    explain_zh: "行政机关实施行政许可，不得收取任何费用，法律、行政法规另有规定的除外（行政许可法第五十八条）。\
        行政事业性收费的依据里，至少要有一条法律或者行政法规。不是行政机关收的，写明“性质”。",
    explain_en: "A licence costs nothing unless a law or administrative regulation says so (Administrative Licensing \
        Law, article 58). At least one basis of an administrative fee is such a law. A fee of another kind states its 性质.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE, &LICENCE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let FeeEntry::List(list) = &item.facts.fees else { continue };
        for (n, fee) in list.iter().enumerate() {
            let at = FieldPath::root().key("收费").index(n);
            if !has_standard(fee) {
                findings.push(
                    Finding::new(
                        &CODE,
                        item.file,
                        Target::Value(at.key("名称")),
                        Words::new(
                            format!("`{}` 没有写收多少", fee.name),
                            format!("`{}` does not say how much", fee.name),
                        ),
                    )
                    .allowed("金额、费率、分档或者计算说明", "金额, 费率, 分档 or 计算说明")
                    .repair("加上金额或费率", "add an amount or a rate"),
                );
            }
            if item.facts.item_type == ItemType::License && !is_lawful(portal, fee) {
                findings.push(without_law(portal, item, fee, at.key("依据")));
            }
        }
    }
}

fn has_standard(fee: &Fee) -> bool {
    fee.amount.is_some() || fee.rate.is_some() || !fee.tiers.is_empty() || fee.calculation.is_some()
}

/// Whether a fee is none of the authority, or rests on a law or administrative regulation.
///
/// A law that is not known has its own finding and counts as one that allows it.
fn is_lawful(portal: &Portal, fee: &Fee) -> bool {
    if !matches!(fee.nature, None | Some(FeeNature::Administrative)) {
        return true;
    }
    fee.basis.iter().any(|basis| match portal.law_named(basis.law.as_str()) {
        Some(law) => matches!(portal.law(law).facts.kind, LawKind::Law | LawKind::Regulation),
        None => true,
    })
}

fn without_law(portal: &Portal, item: &Item, fee: &Fee, at: FieldPath) -> Finding {
    let laws = fee.basis.iter().filter_map(|basis| portal.law_named(basis.law.as_str()));
    let kinds: Vec<String> =
        laws.map(|law| &portal.law(law).facts).map(|law| format!("《{}》（{}）", law.name, law.kind.name())).collect();
    let kinds = kinds.join("、");
    Finding::new(
        &LICENCE,
        item.file,
        Target::Value(at),
        Words::new(
            format!("行政许可收 `{}`，依据只有{kinds}", fee.name),
            format!("the licence charges `{}` on nothing but {kinds}", fee.name),
        ),
    )
    .allowed("至少一条法律或行政法规", "at least one law or administrative regulation")
    .repair("写上法律、行政法规的依据；没有的不能收", "add the law or regulation; without one nothing may be charged")
}
