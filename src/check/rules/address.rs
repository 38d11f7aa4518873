//! CT04: an address can be found.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::Portal;
use crate::source::FieldPath;

/// CT04.
static CODE: Code = Code {
    id: "CT04",
    name: "address-not-exact",
    severity: Severity::Info,
    title_zh: "地址没有写到路名和门牌号",
    title_en: "an address without street and number",
    explain_zh: "地址写到路名、门牌号，导航才找得到，外地人才走得到。村里没有门牌的，写村名和旁边的标志。",
    explain_en: "With street and number a map finds the place. Where there are none, name the village and a landmark.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for place in &portal.places {
        let address = &place.facts.address;
        if is_exact(address) {
            continue;
        }
        findings.push(
            Finding::new(
                &CODE,
                place.file,
                Target::Value(FieldPath::root().key("地址")),
                Words::new(format!("地址 `{address}` 不够详细"), format!("the address `{address}` is not exact")),
            )
            .allowed("路名和门牌号，如“云中路18号”", "street and number, such as 云中路18号")
            .repair("写上路名和门牌号", "add street and number"),
        );
    }
}

/// Whether an address names a street, a village or a landmark, and a number or a side of it.
fn is_exact(address: &str) -> bool {
    let street = ["路", "街", "道", "巷", "弄", "胡同", "里", "村", "社区", "园区", "大厦", "广场", "国道"];
    let place = ["号", "旁", "对面", "交叉", "交汇", "口", "栋", "楼", "座", "室", "侧"];
    street.iter().any(|word| address.contains(word)) && place.iter().any(|word| address.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_exact;

    #[test]
    fn addresses_people_can_find() {
        assert!(is_exact("青岚市望山区云中路18号"));
        assert!(is_exact("青岚市临溪区石桥村委会对面"));
        assert!(!is_exact("青岚市望山区"));
        assert!(!is_exact("青岚市政务服务中心三楼"));
    }
}
