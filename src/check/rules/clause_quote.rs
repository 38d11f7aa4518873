//! LB04: what is cited is in the law, and reads as the law does.
//!
//! Without 条数 in the file of a law, a number beyond its last article is seen only as a clause whose text the file
//! lacks (RF03).

use std::sync::Arc;

use crate::check::citations::{Cited, citations};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::value::Slug;
use crate::portal::{Item, Portal, article_text};
use crate::source::FieldPath;

/// LB04.
static CODE: Code = Code {
    id: "LB04",
    name: "clause-mismatch",
    severity: Severity::Warning,
    title_zh: "引用的条款和法律文件对不上",
    title_en: "a clause or quotation that is not as in the law",
    explain_zh: "事项里抄的条文，要和 laws 文件夹里这一条的原文一字不差（只抄其中一句也可以）。法律文件里有了原文，事项里的“内容”可以删掉，页面会自动显示。\
        法律文件写了“条数”的，条款号不能超过它。",
    explain_en: "A quotation in an item says word for word what the file of the law has, or a part of it. Where the file \
        has the text the item needs none: the page shows it. No clause lies beyond the 条数 that the file states.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        beyond(portal, item, findings);
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

/// Clauses with a number that the law does not reach.
fn beyond(portal: &Portal, item: &Item, findings: &mut Findings) {
    let law_of = |slug: &Slug| portal.law_named(slug.as_str()).map(|id| portal.law(id));
    let is_counted = |slug: &Slug| law_of(slug).is_some_and(|law| law.facts.article_count.is_some());
    for Cited { law, clause, path } in citations(&item.facts, &is_counted) {
        let Some(law) = law_of(law) else { continue };
        let count = law.facts.article_count.unwrap_or(u16::MAX);
        if clause.articles().iter().all(|article| *article <= u32::from(count)) {
            continue;
        }
        let words = Words::new(
            format!("《{}》只有 {count} 条，没有 `{clause}`", law.facts.name),
            format!("《{}》 has {count} articles and no `{clause}`", law.facts.name),
        );
        findings.push(
            Finding::new(&CODE, item.file, Target::Value(path.key("条款")), words)
                .allowed(format!("第一条到第 {count} 条"), format!("articles 1 to {count}"))
                .repair("照法律原文改正条款号", "correct the number by the text of the law")
                .related(
                    Place { file: law.file, target: Target::Value(FieldPath::root().key("条数")) },
                    Words::new("条数写在这里", "the number of articles is stated here"),
                ),
        );
    }
}

/// The characters that carry the words: no spaces, no marks, no ellipsis.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
