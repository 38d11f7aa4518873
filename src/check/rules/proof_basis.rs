//! MT05: a proof is asked for only where a law says so.

use std::sync::Arc;

use crate::check::asked::{Asked, asked, plain_name};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{BasisRole, LawKind, MaterialSource, Term};
use crate::portal::{Item, Portal};

/// MT05.
static CODE: Code = Code {
    id: "MT05",
    name: "proof-without-basis",
    severity: Severity::Error,
    title_zh: "证明没有法律、法规或者国务院决定做依据",
    title_en: "proof without a law that asks for it",
    explain_zh: "证明事项应当有法律、法规或者国务院决定依据（优化营商环境条例第四十四条）。要别的单位开的证明，在这份材料的“依据”里写出是哪部法哪一条；\
        规章和文件不能设定证明。身份证明、出生医学证明这样的法定证件不算。怎么改：加上依据；没有依据的，改成联网核验、告知承诺，或者不要。",
    explain_en: "Proofs rest on a law, a regulation or a decision of the State Council (Regulation on Optimising the Business \
        Environment, article 44). A proof another body issues names that law under 依据; rules of ministries and documents do \
        not suffice. Certificates of law, such as that of birth, are no such proofs. Add the basis, or ask for no proof.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// Endings of names of proofs.
const PROOFS: [&str; 5] = ["证明", "证明材料", "证明资料", "证明文件", "证明函"];
/// Certificates and documents of law that are called proofs, and papers about identity.
const STATUTORY: [&str; 26] = [
    "权属",
    "房产证明",
    "土地使用",
    "法人证明",
    "申请人证明",
    "开业证明",
    "登记证明",
    "许可证明",
    "执照",
    "资质证明",
    "资格",
    "学历",
    "职称",
    "考试合格",
    "出生医学证明",
    "身份证明",
    "身份的证明",
    "死亡",
    "完税证明",
    "清税证明",
    "户籍证明",
    "公证",
    "检验",
    "检疫",
    "鉴定",
    "主体资格证明",
];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let general = item.facts.basis.iter().any(|basis| basis.role == Some(BasisRole::Materials));
        for material in asked(item).filter(is_proof) {
            let laws = material.entry.basis.iter().filter_map(|one| portal.law_named(one.law.as_str()));
            let kinds: Vec<LawKind> = laws.map(|law| portal.law(law).facts.kind).collect();
            if kinds.iter().any(|kind| suffices(*kind)) || (kinds.is_empty() && general) {
                continue;
            }
            findings.push(finding(item, &material, kinds.first().copied()));
        }
    }
}

fn suffices(kind: LawKind) -> bool {
    matches!(kind, LawKind::Law | LawKind::Regulation | LawKind::StateCouncilDecision | LawKind::LocalRegulation)
}

/// Whether a material is a proof some other body has to issue.
fn is_proof(material: &Asked<'_>) -> bool {
    material.resolved.facts.source.is_some_and(|source| source != MaterialSource::Applicant)
        && material.resolved.facts.electronic.is_none()
        && is_name_of_proof(material.name())
}

fn is_name_of_proof(name: &str) -> bool {
    if !name.contains("证明") {
        return false;
    }
    let core = plain_name(name).core();
    PROOFS.iter().any(|end| core.ends_with(end)) && !STATUTORY.iter().any(|word| core.contains(word))
}

fn finding(item: &Item, material: &Asked<'_>, kind: Option<LawKind>) -> Finding {
    let name = material.name();
    let allowed = "法律、行政法规、地方性法规或者国务院决定的条款";
    let finding = match kind {
        None => Finding::new(
            &CODE,
            item.file,
            Target::Value(material.name_path()),
            Words::new(
                format!("`{name}` 是要别的单位开的证明，没有写依据"),
                format!("`{name}` is a proof by another body and has no basis"),
            ),
        ),
        Some(kind) => Finding::new(
            &CODE,
            item.file,
            Target::Value(material.path().key("依据")),
            Words::new(
                format!("`{name}` 的依据只是{}，不能设定证明", kind.name()),
                format!("the basis of `{name}` is only a {}, which cannot demand proofs", kind.name()),
            ),
        ),
    };
    finding.allowed(allowed, "an article of a law, a regulation, or a decision of the State Council").repair(
        "加上“依据”；没有依据的，改成核验或者告知承诺，不再要证明",
        "add 依据; where there is none, verify or accept a commitment instead",
    )
}

#[cfg(test)]
mod tests {
    use super::is_name_of_proof;

    #[test]
    fn proofs_are_told_from_certificates() {
        for proof in ["无犯罪记录证明", "监护关系证明（原件）", "住所使用权证明材料", "在学证明复印件", "存款证明文件"]
        {
            assert!(is_name_of_proof(proof), "{proof}");
        }
        for other in [
            "出生医学证明",
            "申请人身份证明",
            "房屋权属证明文件",
            "执业单位合法开业证明",
            "教师资格考试合格证明",
            "死亡证明材料",
            "能证明本人身份的证件",
            "烈士证明书",
            "法人身份证明文件",
        ] {
            assert!(!is_name_of_proof(other), "{other}");
        }
    }
}
