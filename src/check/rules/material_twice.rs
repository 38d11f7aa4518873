//! MT08: a material is asked for once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::check::asked::{Asked, asked, never_together, plain_name};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::{Item, Portal};

/// MT08.
static CODE: Code = Code {
    id: "MT08",
    name: "material-twice",
    severity: Severity::Warning,
    title_zh: "同一份材料写了两次",
    title_en: "one material asked for twice",
    explain_zh: "同一个事项里，名称相同的材料只写一条；全角半角、空格和“原件”“复印件”的字样不算不同，要几份原件、几份复印件写在“份数”里。\
        情形引导里不会同时要的两条不算重复。怎么改：合成一条；确实是两个人的，在名称里写明是谁的。",
    explain_en: "Within an item, a material stands once; widths, spaces and words like 原件 or 复印件 make no difference, for \
        the numbers stand under 份数. Entries for situations that exclude each other are no repetition. Join the two, or \
        say in the names whose paper each is.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let mut seen: HashMap<_, Vec<Asked<'_>>> = HashMap::new();
        for material in asked(item) {
            let before = seen.entry(plain_name(material.name())).or_default();
            if let Some(first) = before.iter().find(|one| !never_together(&one.entry.when, &material.entry.when)) {
                findings.push(finding(item, first, &material));
            }
            before.push(material);
        }
    }
}

fn finding(item: &Item, first: &Asked<'_>, again: &Asked<'_>) -> Finding {
    let name = again.name();
    let place = Place { file: item.file, target: Target::Value(first.name_path()) };
    let message = Words::new(format!("`{name}` 前面已经要过了"), format!("`{name}` was asked for before"));
    Finding::new(&CODE, item.file, Target::Value(again.name_path()), message)
        .related(place, Words::new("先写在这里", "first here"))
        .allowed("一份材料一条", "one entry a material")
        .repair("合成一条，份数写在一起；两个人的，名称里写明是谁的", "join the two, or name whose paper each is")
}
