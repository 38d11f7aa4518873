//! BD03: what an item of a bundle waits for is done before it.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::Portal;
use crate::schema::Bundle;
use crate::schema::bundle::BundleItem;
use crate::source::{FieldPath, FileId};

/// BD03.
static CODE: Code = Code {
    id: "BD03",
    name: "bundle-order",
    severity: Severity::Error,
    title_zh: "一件事的先后说不通",
    title_en: "order of a bundle that cannot be kept",
    explain_zh: "“先办”只能写这件事里“顺序”比它小的事项。你等我、我等你，转成一圈，谁也办不成；等一个不在这件事里的事项，群众看不到它。\
        怎么改：改“顺序”，或者删掉“先办”里的这一条。",
    explain_en: "先办 names items of the same bundle with a smaller 顺序. Items that wait for each other are never done, and one \
        outside the bundle is not seen. Change 顺序, or remove the name from 先办.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        for (n, entry) in bundle.facts.items.iter().enumerate() {
            for (m, slug) in entry.after.iter().enumerate() {
                let target = Target::Value(FieldPath::root().key("事项").index(n).key("先办").index(m));
                if let Some(words) = fault(&bundle.facts, entry, slug.as_str()) {
                    findings.push(finding(bundle.file, target, words, &bundle.facts, entry));
                }
            }
        }
    }
}

/// What is wrong with waiting for an item.
fn fault(bundle: &Bundle, entry: &BundleItem, slug: &str) -> Option<Words> {
    let Some(other) = bundle.items.iter().find(|one| one.item.as_str() == slug) else {
        return Some(Words::new(format!("`{slug}` 不在这件事里"), format!("`{slug}` is no item of this bundle")));
    };
    if other.order < entry.order {
        return None;
    }
    let own = entry.item.as_str();
    Some(if waits(bundle, other, own) {
        Words::new(
            format!("`{own}` 等 `{slug}`，`{slug}` 又等 `{own}`，转成了一圈"),
            format!("`{own}` waits for `{slug}`, which waits for `{own}`"),
        )
    } else {
        Words::new(
            format!("`{slug}` 的顺序是 `{}`，不在 `{}` 前面", other.order, entry.order),
            format!("`{slug}` has the order `{}`, which is not before `{}`", other.order, entry.order),
        )
    })
}

/// Whether an item waits for another, over any number of others.
fn waits(bundle: &Bundle, from: &BundleItem, to: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut open = vec![from];
    while let Some(one) = open.pop() {
        if one.item.as_str() == to {
            return true;
        }
        if seen.contains(&one.item.as_str()) {
            continue;
        }
        seen.push(one.item.as_str());
        open.extend(one.after.iter().filter_map(|slug| bundle.items.iter().find(|known| known.item == *slug)));
    }
    false
}

fn finding(file: FileId, target: Target, words: Words, bundle: &Bundle, entry: &BundleItem) -> Finding {
    let before = bundle.items.iter().filter(|one| one.order < entry.order);
    let before: Vec<&str> = before.map(|one| one.item.as_str()).collect();
    let finding = Finding::new(&CODE, file, target, words);
    let finding = if before.is_empty() {
        finding.allowed("前面没有事项，不写“先办”", "no item is before it, so no 先办")
    } else {
        finding.allowed(before.join("、"), before.join(", "))
    };
    finding.repair("改“顺序”，或者删掉这一条", "change 顺序, or remove this name")
}
