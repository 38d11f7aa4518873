//! LB04: what is quoted is what the law says.
//!
//! How many articles a law has is not stated in its file, so a number beyond the last is seen only as a clause whose
//! text the file lacks (RF03).

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::{Item, Portal, article_text};
use crate::source::FieldPath;

/// LB04.
static CODE: Code = Code {
    id: "LB04",
    name: "quote-differs",
    severity: Severity::Warning,
    title_zh: "引用的条文和法律文件里的原文不一致",
    title_en: "a quotation that differs from the text of the law",
    explain_zh: "事项里抄的条文，要和 laws 文件夹里这一条的原文一字不差（只抄其中一句也可以）。法律文件里有了原文，事项里的“内容”可以删掉，页面会自动显示。",
    explain_en: "A quotation in an item says word for word what the file of the law has, or a part of it. Where the file \
        has the text the item needs none: the page shows it.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for used in &item.basis {
            let basis = &item.facts.basis[used.position];
            let law = portal.law(used.law);
            let Some(own) = &basis.text else { continue };
            let Some(text) = article_text(law, &basis.clause) else { continue };
            if plain(&text).contains(&plain(own)) {
                continue;
            }
            findings.push(
                Finding::new(
                    &CODE,
                    item.file,
                    Target::Value(FieldPath::root().key("办理依据").index(used.position).key("内容")),
                    Words::new(
                        format!("《{}》`{}` 的原文不是这样写的", law.facts.name, basis.clause),
                        format!("`{}` of 《{}》 does not read like this", basis.clause, law.facts.name),
                    ),
                )
                .allowed("一字不差的原文", "the text word for word")
                .repair(
                    "删掉“内容”，用法律文件里的原文；或者改正其中一处",
                    "remove 内容 and let the file speak, or correct one of them",
                )
                .related(
                    Place { file: law.file, target: Target::Key(FieldPath::root().key("条款")) },
                    Words::new("原文在这里", "the text is here"),
                ),
            );
        }
    }
}

/// The characters that carry the words: no spaces, no marks, no ellipsis.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
