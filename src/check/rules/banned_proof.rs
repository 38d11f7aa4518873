//! MT06: no proof that nobody should be sent for any more.

use std::sync::Arc;

use crate::check::asked::{Asked, asked};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};

/// MT06.
static CODE: Code = Code {
    id: "MT06",
    name: "needless-proof",
    severity: Severity::Warning,
    title_zh: "已经不该再要的证明",
    title_en: "proof that should not be asked for",
    explain_zh: "能用法定证照、法定文书、网络核验、告知承诺办理的，开具单位无法调查核实的，不得设定证明（优化营商环境条例第四十四条）。\
        村（居）民委员会没有能力核实亲属关系、婚姻、财产、有无犯罪这些事，不该让群众去开；同一人、健在、单身证明可以靠证件和联网核验解决。\
        怎么改：换成户口簿、结婚证这样的证件，或者联网核验、告知承诺。",
    explain_en: "What certificates, verification online or a written commitment can show, or what the issuer cannot verify, must \
        not be asked for as a proof (Regulation on Optimising the Business Environment, article 44). Committees of villages and \
        residents cannot verify kinship, marriage, property or criminal records. Ask for the certificate or verify online.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// Proofs that are needless whoever issues them, and what to use instead.
const NEEDLESS: [(&str, &str, &str); 9] = [
    ("同一人证明", "证件号码和曾用名的户籍记载", "the numbers of the papers and the household register"),
    ("健在证明", "联网核验或者刷脸认证", "verification online or by face"),
    ("生存证明", "联网核验或者刷脸认证", "verification online or by face"),
    ("单身证明", "婚姻登记信息核验或者本人声明", "the marriage register or a declaration"),
    ("未婚证明", "婚姻登记信息核验或者本人声明", "the marriage register or a declaration"),
    ("无婚姻登记记录证明", "婚姻登记信息核验或者本人声明", "the marriage register or a declaration"),
    ("计划生育证明", "不再要", "nothing"),
    ("流动人口婚育证明", "不再要", "nothing"),
    ("未再婚证明", "婚姻登记信息核验或者本人声明", "the marriage register or a declaration"),
];
/// Matters that committees of villages and residents cannot verify, and what shows them.
const NOT_LOCAL: [(&str, &str, &str); 14] = [
    ("亲属关系", "户口簿、出生医学证明、结婚证", "the household book or certificates"),
    ("家庭成员关系", "户口簿、出生医学证明、结婚证", "the household book or certificates"),
    ("身份证明", "居民身份证、户口簿", "the identity card or household book"),
    ("婚姻状况", "结婚证、离婚证或者联网核验", "the certificate or the marriage register"),
    ("婚育状况", "结婚证、出生医学证明", "the certificates"),
    ("出生证明", "出生医学证明", "the medical certificate of birth"),
    ("死亡证明", "医疗机构或者公安机关的死亡证明", "the certificate of the hospital or the police"),
    ("疾病", "医院的诊断书", "the diagnosis of a hospital"),
    ("残疾", "残疾人证", "the disability certificate"),
    ("无犯罪", "公安机关联网核查", "verification with the police"),
    ("犯罪记录", "公安机关联网核查", "verification with the police"),
    ("财产证明", "不动产、存款信息核验或者告知承诺", "verification or a commitment"),
    ("就业状况", "社会保险参保记录", "the record of social insurance"),
    ("收入证明", "告知承诺加核对", "a commitment and verification"),
];
/// How such committees are called.
const COMMITTEES: [&str; 8] =
    ["居委会", "村委会", "居民委员会", "村民委员会", "村（居）委会", "村(居)委会", "社区居委", "村（社区）"];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for material in asked(item) {
            let Some((found, zh, en)) = needless(&material) else { continue };
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(material.name_path()),
                    Words::new(
                        format!("`{}`：不该再要群众去开{found}", material.name()),
                        format!("`{}` should not be asked for", material.name()),
                    ),
                )
                .allowed(zh, en)
                .repair("换成上面的办法，删掉这份证明", "use that instead and take the proof away"),
            );
        }
    }
}

fn needless(material: &Asked<'_>) -> Option<(&'static str, &'static str, &'static str)> {
    let facts = &material.resolved.facts;
    if !facts.name.contains("证明") {
        return None;
    }
    let by_committee = |text: &str| COMMITTEES.iter().any(|committee| text.contains(committee));
    // Where others may issue it as well, the committee is only one way among several.
    let only_there = match facts.issuer.as_deref() {
        Some(issuer) => by_committee(issuer) && !issuer.contains(['、', '或', '，', '和']),
        None => by_committee(&facts.name),
    };
    needless_name(&facts.name, only_there)
}

fn needless_name(name: &str, by_committee: bool) -> Option<(&'static str, &'static str, &'static str)> {
    let of = |list: &'static [(&'static str, &'static str, &'static str)]| {
        list.iter().find(|(proof, _, _)| name.contains(proof)).copied()
    };
    of(&NEEDLESS).map(|(_, zh, en)| ("证明", zh, en)).or_else(|| {
        let (_, zh, en) = of(&NOT_LOCAL).filter(|_| by_committee && name.contains("证明"))?;
        Some(("村（居）委会证明", zh, en))
    })
}

#[cfg(test)]
mod tests {
    use super::needless_name;

    #[test]
    fn needless_proofs() {
        assert!(needless_name("两个名字为同一人证明", false).is_some());
        assert!(needless_name("亲属关系证明", true).is_some());
        assert!(needless_name("亲属关系证明", false).is_none());
        assert!(needless_name("居住情况说明", true).is_none());
        assert!(needless_name("残疾人证", true).is_none());
    }
}
