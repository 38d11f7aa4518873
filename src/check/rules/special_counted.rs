//! TL08: special procedures stand beside the limit, with their own time and basis.
//!
//! Their time is a required key (YM06); that it is none, and that it is counted, is seen here.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{ItemType, SpecialKind, Term};
use crate::model::value::TimeLimit;
use crate::portal::{Item, Portal};
use crate::schema::item_handling::{Special, SpecialEntry};
use crate::source::FieldPath;

/// TL08.
static CODE: Code = Code {
    id: "TL08",
    name: "special-procedure-incomplete",
    severity: Severity::Warning,
    title_zh: "特别程序计入了时限，或者没有期限、没有依据",
    title_en: "a special procedure that is counted, or has no limit or basis",
    explain_zh: "行政许可依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在期限内，并且要把时间告诉申请人（行政许可法第四十五条）。\
        写清最长多久、依据哪一条，不写“计入时限: 是”。",
    explain_en: "The time of hearings, tenders, auctions, inspections, tests, quarantine, appraisals and expert reviews \
        of a licence is not part of its limit, and the applicant is told how long they take \
        (Administrative Licensing Law, article 45). State the longest time and the basis, and do not count them.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The procedures of article 45.
const APART: [SpecialKind; 8] = [
    SpecialKind::Hearing,
    SpecialKind::Tender,
    SpecialKind::Auction,
    SpecialKind::Inspection,
    SpecialKind::Testing,
    SpecialKind::Quarantine,
    SpecialKind::Appraisal,
    SpecialKind::Experts,
];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let SpecialEntry::List(list) = &item.facts.special else { continue };
        let is_licence = item.facts.item_type == ItemType::License;
        for (n, special) in list.iter().enumerate() {
            let at = FieldPath::root().key("特别程序").index(n);
            if is_licence && special.counted.0 && APART.contains(&special.kind) {
                findings.push(
                    finding(item, special, at.key("计入时限"), ("计入了时限", "is counted"))
                        .allowed("计入时限: 否", "计入时限: 否")
                        .repair("改成否，或者删掉这一行", "write 否, or delete the line"),
                );
            }
            if special.limit == TimeLimit::Unlimited {
                findings.push(
                    finding(item, special, at.key("时限"), ("没有期限", "has no limit"))
                        .allowed("最长多久，如 30个自然日", "the longest time, such as 30个自然日")
                        .repair("写出最长多久", "state the longest time"),
                );
            }
            let is_told = APART.contains(&special.kind) || special.kind == SpecialKind::Extension;
            if is_licence && is_told && special.basis.is_empty() {
                findings.push(
                    finding(item, special, at.key("程序"), ("没有写依据", "lacks its basis"))
                        .allowed("依据: [{ 法律: …, 条款: 第…条 }]", "依据: [{ 法律: …, 条款: 第…条 }]")
                        .repair("加上“依据”", "add 依据"),
                );
            }
        }
    }
}

fn finding(item: &Item, special: &Special, at: FieldPath, (zh, en): (&str, &str)) -> Finding {
    let name = special.kind.name();
    Finding::new(
        &CODE,
        item.file,
        Target::Value(at),
        Words::new(format!("特别程序 `{name}` {zh}"), format!("the special procedure `{name}` {en}")),
    )
}
