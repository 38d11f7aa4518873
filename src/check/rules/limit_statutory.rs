//! TL07 and TL09: the statutory limit of a licence (行政许可) is that of its law.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{BasisRole, HandlingType, ItemType};
use crate::model::value::{LimitUnit, TimeLimit};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// TL07.
static LONG: Code = Code {
    id: "TL07",
    name: "statute-over-twenty-days",
    severity: Severity::Warning,
    title_zh: "行政许可的法定时限超过二十个工作日，没有写依据",
    title_en: "a licence with a statutory limit of over twenty days and no basis for it",
    explain_zh: "行政许可应当自受理之日起二十日内决定，联合办理的四十五日，法律、法规另有规定的依照其规定（行政许可法第四十二条，按工作日算）。\
        更长的，或者写“无期限”的，要写“法定依据”，或者在办理依据里写一条时限依据。",
    explain_en: "A licence is decided within twenty working days, forty-five if authorities act jointly, unless a law or \
        regulation says otherwise (Administrative Licensing Law, article 42). A longer limit, or none, \
        names its 法定依据, or a basis with the role 时限依据.",
};

/// TL09.
static NATURAL: Code = Code {
    id: "TL09",
    name: "licence-in-natural-days",
    severity: Severity::Info,
    title_zh: "行政许可的法定时限用了自然日",
    title_en: "a licence with a statutory limit in calendar days",
    explain_zh: "行政许可法规定的期限按工作日计算（第八十二条）。别的法律、法规按自然日规定的，写上“法定依据”；不是的，改成工作日。",
    explain_en: "The limits of the Administrative Licensing Law are working days (article 82). Where another law counts \
        calendar days, name it as 法定依据; otherwise write working days.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&LONG, &NATURAL], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let facts = &item.facts;
        let is_founded =
            facts.limits.legal_basis.is_some() || facts.basis.iter().any(|basis| basis.role == Some(BasisRole::Limit));
        if facts.item_type != ItemType::License || is_founded {
            continue;
        }
        let Some(legal) = facts.limits.legal.get() else { continue };
        let target = Target::Value(FieldPath::root().key("办理时限").key("法定"));
        if is_long(legal, facts.handling_type.get() == Some(HandlingType::Joint)) {
            findings.push(
                Finding::new(
                    &LONG,
                    item.file,
                    target,
                    Words::new(
                        format!("行政许可的法定时限 `{legal}` 没有写依据"),
                        format!("the statutory limit `{legal}` of a licence lacks its basis"),
                    ),
                )
                .allowed("不超过20个工作日，或者写明法定依据", "at most 20个工作日, or with 法定依据")
                .repair("加上“法定依据”，或者照行政许可法改正", "add 法定依据, or correct the limit"),
            );
        } else if legal.unit() == Some(LimitUnit::NaturalDay) {
            findings.push(
                Finding::new(
                    &NATURAL,
                    item.file,
                    target,
                    Words::new(
                        format!("行政许可的法定时限 `{legal}` 按自然日算"),
                        format!("the statutory limit `{legal}` of a licence is in calendar days"),
                    ),
                )
                .allowed("工作日，或者写明法定依据", "working days, or with 法定依据")
                .repair("改成工作日，或者加上“法定依据”", "write working days, or add 法定依据"),
            );
        }
    }
}

/// Whether a limit is surely more than what the licensing law itself allows.
fn is_long(legal: TimeLimit, joint: bool) -> bool {
    let (working, natural, months) = if joint { (45, 75, 3) } else { (20, 37, 2) };
    match legal {
        TimeLimit::OnTheSpot => false,
        TimeLimit::Unlimited => true,
        TimeLimit::Within { number, unit } => match unit {
            LimitUnit::Minute | LimitUnit::Hour => false,
            LimitUnit::WorkingDay => number > working,
            LimitUnit::NaturalDay => number > natural,
            LimitUnit::Month => number >= months,
            LimitUnit::Year => true,
        },
    }
}
