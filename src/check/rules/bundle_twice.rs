//! BD02: a bundle names an item once.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::Portal;
use crate::source::FieldPath;

/// BD02.
static CODE: Code = Code {
    id: "BD02",
    name: "bundle-item-twice",
    severity: Severity::Warning,
    title_zh: "一件事里同一个事项写了两次",
    title_en: "item named twice in a bundle",
    explain_zh: "同一个事项在一件事里只写一次，时间和费用才不会算两遍。怎么改：留下一条；两种情形都要办的，在“说明”里写清。",
    explain_en: "A bundle names an item once, or its time and fees would count twice. Keep one; what differs by case is told \
        in 说明.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        let path = |n: usize| Target::Value(FieldPath::root().key("事项").index(n).key("事项"));
        let items = &bundle.facts.items;
        for (n, entry) in items.iter().enumerate() {
            let Some(first) = items[..n].iter().position(|one| one.item == entry.item) else { continue };
            let slug = entry.item.as_str();
            findings.push(
                Finding::new(
                    &CODE,
                    bundle.file,
                    path(n),
                    Words::new(format!("`{slug}` 前面已经写过了"), format!("`{slug}` was named before")),
                )
                .related(Place { file: bundle.file, target: path(first) }, Words::new("先写在这里", "first here"))
                .allowed("一个事项一条", "one entry an item")
                .repair("删掉一条", "remove one of them"),
            );
        }
    }
}
