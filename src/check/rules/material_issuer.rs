//! MT03: a material issued by somebody says by whom.

use std::sync::Arc;

use crate::check::asked::{Asked, asked};
use crate::check::wording::without_titles;
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{MaterialSource, Term};
use crate::portal::{Item, Portal};
use crate::source::{FieldPath, FileId};

/// MT03.
static CODE: Code = Code {
    id: "MT03",
    name: "issuer-missing",
    severity: Severity::Warning,
    title_zh: "没有写清材料由谁出具",
    title_en: "material without its issuer",
    explain_zh: "政府部门核发或中介机构出具的材料，要写清由谁出具，群众才知道去哪里开。“有关部门”“发证机关”这样的话等于没写。\
        名称里写着由部门出具、批复的，来源不能是“申请人自备”。",
    explain_en: "A material issued by an authority or an intermediary names the issuer, so that people know where to go; “the \
        authority concerned” names nobody. What by its name is issued by an authority is not 申请人自备.",
};

/// The rule for items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };
/// The rule for materials that many items share.
pub(super) const SHARED: Rule = Rule { codes: &[], check: Check::Portal(check_shared) };

/// Issuers that name nobody.
const NOBODY: [&str; 14] = [
    "有关部门",
    "相关部门",
    "有关单位",
    "相关单位",
    "有关机关",
    "相关机关",
    "有关机构",
    "相关机构",
    "主管部门",
    "主管机关",
    "政府部门",
    "发证机关",
    "原发证机关",
    "出具单位",
];
/// What offices are called.
const OFFICES: [&str; 15] = [
    "机关",
    "部门",
    "公安局",
    "派出所",
    "委员会",
    "医院",
    "医疗机构",
    "法院",
    "检察院",
    "公证处",
    "政府",
    "司法局",
    "税务局",
    "街道办",
    "管理局",
];
/// Endings of decisions of an authority.
const DECISIONS: [&str; 8] = ["批复", "批文", "批准文件", "批准书", "核准文件", "审批意见", "审查意见", "验收意见书"];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for material in asked(item) {
            findings.extend(look(item, &material));
        }
    }
}

/// The issuers that shared materials name.
fn check_shared(portal: &Portal, findings: &mut Findings) {
    for material in &portal.materials {
        let Some(issuer) = material.facts.issuer.as_deref().map(str::trim).filter(|issuer| NOBODY.contains(issuer))
        else {
            continue;
        };
        findings.push(vague(material.file, FieldPath::root().key("出具单位"), issuer));
    }
}

fn look(item: &Item, material: &Asked<'_>) -> Option<Finding> {
    let facts = &material.resolved.facts;
    match (facts.source, facts.issuer.as_deref()) {
        (Some(MaterialSource::Authority | MaterialSource::Intermediary), None) => Some(nobody(item, material)),
        (_, Some(issuer)) if NOBODY.contains(&issuer.trim()) && material.entry.issuer.is_some() => {
            Some(vague(item.file, material.path().key("出具单位"), issuer.trim()))
        }
        (Some(MaterialSource::Applicant), None) if material.entry.source.is_some() => {
            issued_by_name(&facts.name).map(|found| not_own(item, material, &found))
        }
        _ => None,
    }
}

fn nobody(item: &Item, material: &Asked<'_>) -> Finding {
    let name = material.name();
    let message = Words::new(format!("没有写 `{name}` 由谁出具"), format!("`{name}` lacks its issuer"));
    Finding::new(&CODE, item.file, Target::Value(material.path()), message)
        .allowed("单位名称，如“公安机关”", "the name of the body")
        .repair("加上“出具单位”", "add 出具单位")
}

fn vague(file: FileId, path: FieldPath, issuer: &str) -> Finding {
    let message = Words::new(format!("`{issuer}` 没有说是哪个单位"), format!("`{issuer}` names no body"));
    Finding::new(&CODE, file, Target::Value(path), message)
        .allowed("单位名称，如“公安机关”", "the name of the body")
        .repair("写出是哪个单位", "name the body")
}

fn not_own(item: &Item, material: &Asked<'_>, found: &str) -> Finding {
    let own = MaterialSource::Applicant.name();
    let message = Words::new(
        format!("来源是“{own}”，名称里却写着 `{found}`"),
        format!("the source is {own}, but the name says `{found}`"),
    );
    Finding::new(&CODE, item.file, Target::Value(material.path().key("来源")), message)
        .allowed(
            format!("{}，并写“出具单位”", MaterialSource::Authority.name()),
            format!("{}, with 出具单位", MaterialSource::Authority.name()),
        )
        .repair("改来源，加上“出具单位”", "change the source and add 出具单位")
}

/// What in a name says that an authority issues the paper.
fn issued_by_name(name: &str) -> Option<String> {
    let name = without_titles(name);
    if let Some((office, _)) =
        ["出具的", "开具的", "核发的", "颁发的", "签发的"].iter().find_map(|verb| name.split_once(verb))
    {
        let office = office.rsplit(['，', '、', '（', '(', '或', '和']).next().unwrap_or(office);
        if OFFICES.iter().any(|known| office.ends_with(known)) {
            return Some(format!("{office}出具"));
        }
    }
    let core = name.split(['（', '(']).next().unwrap_or_default();
    DECISIONS.iter().find(|decision| core.ends_with(**decision)).map(|decision| (*decision).to_owned())
}

#[cfg(test)]
mod tests {
    use super::issued_by_name;

    #[test]
    fn names_that_tell_of_an_authority() {
        for (name, found) in [
            ("县级公安机关出具的无犯罪记录证明", Some("县级公安机关出具")),
            ("驻地部队现役军人提交部队按管理权限出具的批文", Some("批文")),
            ("项目立项批复（复印件）", Some("批复")),
            ("用人单位出具的在职说明", None),
            ("上级单位批准申请人设立的决定", None),
            ("《关于核发许可证的批复》的公告页", None),
        ] {
            assert_eq!(issued_by_name(name).as_deref(), found, "{name}");
        }
    }
}
