//! BD01: a bundle consists of items one can apply for.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{ItemStatus, Portal};
use crate::source::FieldPath;

/// BD01.
static CODE: Code = Code {
    id: "BD01",
    name: "bundle-item-closed",
    severity: Severity::Warning,
    title_zh: "一件事里有办不了的事项",
    title_en: "item of a bundle that nobody can apply for",
    explain_zh: "一件事里的事项暂停、取消，或者还没有审核、没有公开，群众照着办会走不通。页面上不把它算进材料、时间和费用。\
        怎么改：换成接替的事项，或者从一件事里删掉；只是没审核的，审核以后就好。",
    explain_en: "An item that is paused, cancelled or not public leads people who follow the bundle nowhere. The page leaves \
        it out of papers, time and fees. Name the item that takes its place, or remove it; one that is only not yet \
        approved is in order once it is.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        for (n, entry) in bundle.facts.items.iter().enumerate() {
            let slug = entry.item.as_str();
            let id = bundle.items.iter().find(|(position, _)| *position == n).map(|(_, id)| *id);
            let (zh, en) = match id.map(|id| portal.item(id).status) {
                Some(ItemStatus::Paused) => ("已经暂停办理", "is paused"),
                Some(ItemStatus::Cancelled) => ("已经取消", "is cancelled"),
                None if portal.release.withheld.contains_key(slug) => ("还没有公开", "is not public"),
                _ => continue,
            };
            let target = Target::Value(FieldPath::root().key("事项").index(n).key("事项"));
            let successor = id.and_then(|id| portal.item(id).successor).map(|id| &portal.item(id).slug);
            let finding = Finding::new(
                &CODE,
                bundle.file,
                target,
                Words::new(format!("`{slug}` {zh}"), format!("`{slug}` {en}")),
            )
            .allowed("正在办理、已经公开的事项", "items that are public and open");
            findings.push(match successor {
                Some(to) => {
                    finding.repair(format!("改成接替它的 `{to}`"), format!("write `{to}`, which takes its place"))
                }
                None => finding.repair("从一件事里删掉，或者换成能办的事项", "remove it, or name an item that is open"),
            });
        }
    }
}
