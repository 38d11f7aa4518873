//! BD05: what the joint form of a bundle stands for is asked for by its items.

use crate::check::asked::asked;
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words, nearest};
use crate::portal::{Bundle, Portal};
use crate::source::FieldPath;

/// BD05.
static CODE: Code = Code {
    id: "BD05",
    name: "joint-form-replaces",
    severity: Severity::Error,
    title_zh: "一表申请代替的表找不到",
    title_en: "joint form that stands for nothing",
    explain_zh: "“代替”里一条写一张表：事项的文件夹名、斜线、这张表在事项里的“编号”。事项要在这件事里。写对了，页面上才会说哪几张表不用再填。",
    explain_en: "An entry of 代替 names one form: the folder of an item of the bundle, a slash, and the 编号 of the form in \
        that item. Only then can the page say which forms need not be filled in.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        let Some(form) = &bundle.facts.joint_form else { continue };
        let known = known(portal, bundle);
        for (n, name) in form.replaces.iter().enumerate() {
            // What is wrong with an item that is not there is found elsewhere.
            let hidden = name.split_once('/').is_some_and(|(slug, _)| is_hidden(bundle, slug));
            if known.contains(name) || hidden {
                continue;
            }
            let finding = Finding::new(
                &CODE,
                bundle.file,
                Target::Value(FieldPath::root().key("一表申请").key("代替").index(n)),
                Words::new(
                    format!("这件事的事项里没有 `{name}` 这份材料"),
                    format!("no item of this bundle asks for `{name}`"),
                ),
            )
            .allowed("事项/材料编号，如 food-business-licence/application", "item/id of a material");
            findings.push(match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
                None => {
                    finding.repair("照事项文件里材料的“编号”写", "write the 编号 of the material in the item's file")
                }
            });
        }
    }
}

/// Every material of the bundle's items as 代替 names it.
fn known(portal: &Portal, bundle: &Bundle) -> Vec<String> {
    let items = bundle.items.iter().map(|(_, id)| portal.item(*id));
    items
        .flat_map(|item| asked(item).map(|one| format!("{}/{}", item.slug, one.entry.id)).collect::<Vec<_>>())
        .collect()
}

/// Whether the bundle names an item that is not in this build.
fn is_hidden(bundle: &Bundle, slug: &str) -> bool {
    let entries = bundle.facts.items.iter().enumerate();
    let named = entries.filter(|(_, one)| one.item.as_str() == slug).map(|(n, _)| n);
    named.into_iter().any(|n| bundle.items.iter().all(|(position, _)| *position != n))
}
