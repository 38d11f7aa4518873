//! ID02: no two items have the same 实施编码, or the same name in one department.

use std::collections::HashMap;

use crate::check::asked::plain_name;
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::Portal;
use crate::source::FieldPath;

/// ID02.
static CODE: Code = Code {
    id: "ID02",
    name: "code-or-name-twice",
    severity: Severity::Error,
    title_zh: "两个事项的编码或名称相同",
    title_en: "two items with one code or name",
    explain_zh: "实施编码全站只能有一个；同一个部门里，事项名称也不能相同（全角半角、空格不算不同），否则群众分不清。",
    explain_en: "A task code is unique in the portal and a name in its department, whatever its widths and spaces, or people cannot tell items apart.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    let mut codes = HashMap::new();
    let mut names = HashMap::new();
    for item in &portal.items {
        let facts = &item.facts;
        let handled = facts.handle_item_code.as_ref().map(|code| (code.task().as_str(), code.serial()));
        let code_key = if handled.is_some() { "业务办理项编码" } else { "实施编码" };
        let code = handled.or_else(|| facts.task_code.told().map(|code| (code.as_str(), "")));
        let name = facts.name.as_str();
        // Widths of characters and spaces do not tell names apart for a reader.
        let read = (item.department, plain_name(name));
        let same_code = code.and_then(|code| Some((code_key, codes.insert(code, item)?, [code.0, code.1])));
        let same_name = names.insert(read, item).map(|first| ("名称", first, [name, ""]));
        for (key, first, what) in same_code.into_iter().chain(same_name) {
            let (at, what) = (FieldPath::root().key(key), what.concat());
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(at.clone()),
                    Words::new(
                        format!("{key} `{what}` 和事项 `{}` 的相同", first.slug),
                        format!("{key} `{what}` is also that of the item `{}`", first.slug),
                    ),
                )
                .allowed("每个事项各不相同", "one that no other item has")
                .repair("改正其中一个", "correct one of them")
                .related(
                    Place { file: first.file, target: Target::Value(at) },
                    Words::new("先写在这里", "first written here"),
                ),
            );
        }
    }
}
