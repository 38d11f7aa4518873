//! SI05: the cases of an item can be looked through.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, MOST_RESULTS, Portal, result_count};
use crate::source::FieldPath;

/// SI05.
static CODE: Code = Code {
    id: "SI05",
    name: "too-many-cases",
    severity: Severity::Error,
    title_zh: "答法太多",
    title_en: "too many cases",
    explain_zh: "每一种答法有一个页面，审核的人要能一个一个看过来，所以一个事项最多200种。\
        怎么改：只在要紧的时候才问（给问题加“适用”），合并结果一样的答案，或者拆成几个事项。",
    explain_en: "Every way of answering has a page, and those who approve the guide must be able to look at each, so an item \
        has at most 200. Ask a question only where it matters (适用), join answers that come to the same, or make \
        several items.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// How far the ways are counted, so that the counting ends.
const COUNTED: usize = 20_000;

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| result_count(item, MOST_RESULTS).is_none()) {
        let (zh, en) = match result_count(item, COUNTED) {
            Some(count) => (format!("{count} 种"), count.to_string()),
            None => (format!("{COUNTED} 种以上"), format!("more than {COUNTED}")),
        };
        let sizes: Vec<String> = item
            .facts
            .situations
            .iter()
            .map(|question| format!("{} {}", question.id, question.answers.0.len()))
            .collect();
        findings.push(
            Finding::new(
                &CODE,
                item.file,
                Target::Key(FieldPath::root().key("情形引导")),
                Words::new(
                    format!("这些问题一共有 `{zh}` 答法（每个问题的答案数：{}）", sizes.join("、")),
                    format!("the questions can be answered in `{en}` ways (answers of each: {})", sizes.join(", ")),
                ),
            )
            .allowed(format!("最多 {MOST_RESULTS} 种"), format!("at most {MOST_RESULTS}"))
            .repair(
                "给不是人人要答的问题加“适用”，合并结果一样的答案，或者拆成几个事项",
                "add 适用 to questions not everybody must answer, join answers that come to the same, or make several items",
            ),
        );
    }
}
