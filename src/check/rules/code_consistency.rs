//! ID01: the 实施编码 agrees with the department, the level and the type.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::ItemType;
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// ID01.
static CODE: Code = Code {
    id: "ID01",
    name: "code-mismatch",
    severity: Severity::Error,
    title_zh: "实施编码与部门、层级或类型不一致",
    title_en: "task code that contradicts the department, level or type",
    explain_zh: "31 位实施编码的前 18 位是部门的统一社会信用代码，第 19 位是行使层级，第 22、23 位是事项类型（类型代码见 GB/T 39046-2020 附录 A，11 至 19 是其他行政权力的扩展，21 起是公共服务的扩展）。\
        有一处对不上，这个编码就不是这个事项的。",
    explain_en: "The first 18 of the 31 characters are the department's credit code, the 19th is the level, the 22nd and \
        23rd are the type (its codes: GB/T 39046-2020 Annex A, where 11 to 19 extend 其他行政权力, and 21 onwards 公共服务).",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let Some(department) = portal.departments.get(item.department.index()) else { continue };
        let Some(code) = item.facts.task_code.told() else { continue };
        if let Some(owner) = department.facts.credit_code.told().map(|owner| owner.as_str())
            && code.authority().as_str() != owner
        {
            findings.push(finding(
                item,
                "实施编码",
                ("前 18 位", "first 18 characters"),
                code.authority().as_str(),
                (&format!("{}的统一社会信用代码", department.facts.short_name), "the department's credit code"),
                owner,
            ));
        }
        if code.level() != item.level.code() {
            findings.push(finding(
                item,
                "实施编码",
                ("第 19 位", "19th character"),
                &code.level().to_string(),
                ("行使层级", "the level"),
                &item.level.code().to_string(),
            ));
        }
        if !is_of_type(code.kind(), item.facts.item_type) {
            findings.push(finding(
                item,
                "实施编码",
                ("第 22、23 位", "22nd and 23rd characters"),
                code.kind(),
                ("事项类型", "the type"),
                item.facts.item_type.code(),
            ));
        }
        if let Some(handle) = &item.facts.handle_item_code
            && handle.task() != code
        {
            findings.push(finding(
                item,
                "业务办理项编码",
                ("前 31 位", "first 31 characters"),
                handle.task().as_str(),
                ("实施编码", "the task code"),
                code.as_str(),
            ));
        }
    }
}

/// Whether the two digits in a code are those of a type.
///
/// The standard leaves 11 to 19 beside 10 其他行政权力, and 21 onwards beside 20 公共服务, to those who extend it.
fn is_of_type(digits: &str, kind: ItemType) -> bool {
    match kind {
        ItemType::OtherPower => ("10"..="19").contains(&digits),
        ItemType::PublicService => ("20"..="99").contains(&digits),
        _ => digits == kind.code(),
    }
}

fn finding(item: &Item, key: &str, part: (&str, &str), is: &str, with: (&str, &str), should: &str) -> Finding {
    Finding::new(
        &CODE,
        item.file,
        Target::Value(FieldPath::root().key(key)),
        Words::new(
            format!("{key}的{}是 `{is}`，与{}不一致", part.0, with.0),
            format!("`{is}`, the {} of {key}, contradicts {}", part.1, with.1),
        ),
    )
    .allowed(format!("`{should}`"), format!("`{should}`"))
    .repair("改正编码，或者改正另一边", "correct the code, or the other side")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_may_be_extended_where_the_standard_says_so() {
        assert!(is_of_type("01", ItemType::License) && !is_of_type("20", ItemType::License));
        assert!(is_of_type("20", ItemType::PublicService) && is_of_type("21", ItemType::PublicService));
        assert!(!is_of_type("10", ItemType::PublicService));
        assert!(is_of_type("11", ItemType::OtherPower) && !is_of_type("20", ItemType::OtherPower));
    }
}
