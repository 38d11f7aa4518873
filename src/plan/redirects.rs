//! The redirects editors write, checked against what there is.

use std::collections::BTreeSet;

use crate::diagnostics::{Finding, Target, Words, codes, nearest};
use crate::output::OutputPath;
use crate::plan::pages::Draft;
use crate::plan::{Output, file_of};
use crate::source::FieldPath;

/// Plans the redirects of `redirects.yaml`.
pub(super) fn plan(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let Some(file) = portal.redirects_file else { return };
    let list = FieldPath::root().key("跳转");
    let known: Vec<String> = portal.items.iter().map(|item| item.path()).collect();
    let mut seen = BTreeSet::new();
    for (n, redirect) in portal.redirects.iter().enumerate() {
        let at = list.index(n);
        let (from, to) = (redirect.from.trim(), redirect.to.trim());
        let (target_path, _) = to.split_once('#').unwrap_or((to, ""));
        let problem = if !from.starts_with('/') || from.starts_with("//") {
            Some(("从", "旧网址要以 / 开头".to_owned(), "the old address must begin with /".to_owned()))
        } else if !to.starts_with('/') || to.starts_with("//") {
            Some(("到", "新网址要以 / 开头".to_owned(), "the new address must begin with /".to_owned()))
        } else if !from.ends_with('/') && !from.rsplit('/').next().is_some_and(|last| last.contains('.')) {
            Some(("从", "旧网址要以 / 结尾".to_owned(), "the old address must end with /".to_owned()))
        } else if let Err(error) = OutputPath::new(&file_of(from)) {
            let words = error.words();
            Some((
                "从",
                format!("`{from}` 不能做网址：{}", words.zh),
                format!("`{from}` cannot be an address: {}", words.en),
            ))
        } else if !seen.insert(from) {
            Some(("从", format!("`{from}` 上面已经写过了"), format!("`{from}` is written above already")))
        } else if draft.has(from) {
            Some(("从", format!("`{from}` 现在有页面，不能跳走"), format!("`{from}` is a page and cannot lead away")))
        } else if !draft.has(target_path) {
            Some(("到", format!("`{to}` 没有页面"), format!("there is no page `{to}`")))
        } else {
            None
        };
        match problem {
            None => {
                let output = Output::Redirect { to: to.to_owned(), name: redirect.reason.clone().unwrap_or_default() };
                draft.add(from, output, file);
            }
            Some((key, zh, en)) => {
                let finding = Finding::new(&codes::UR02, file, Target::Value(at.key(key)), Words::new(zh, en)).allowed(
                    "从：已经没有页面的旧网址；到：现在有页面的网址",
                    "from an old address without a page to one that has a page",
                );
                let near = if key == "到" { nearest(to, known.iter().map(String::as_str)) } else { None };
                draft.findings.push(match near {
                    Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
                    None => finding.repair("改正网址，或者删掉这一条", "correct the address, or delete the entry"),
                });
            }
        }
    }
}
