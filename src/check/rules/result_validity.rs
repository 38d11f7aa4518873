//! CX04: one certificate is valid for one time.

use std::collections::HashMap;

use crate::check::asked::{PlainName, plain_name};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::value::Period;
use crate::portal::{Item, ItemStatus, Portal};
use crate::schema::item_handling::ResultEntry;
use crate::source::FieldPath;

/// CX04.
static CODE: Code = Code {
    id: "CX04",
    name: "result-two-validities",
    severity: Severity::Warning,
    title_zh: "同一种结果写了两种有效期",
    title_en: "one result with two periods of validity",
    explain_zh: "新办、变更、延续办出来的是同一种证的，有效期应当一样。不一样的，多半是改了一处、漏了另一处。\
        怎么改：核对依据，写成一样；确实是两种证的，名称要分得开。",
    explain_en: "What is issued anew, changed or renewed is one kind of certificate with one validity. Look at the law and write \
        the same; if they are two kinds, their names should tell.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    let mut firsts: HashMap<PlainName<'_>, (&Item, usize, Period)> = HashMap::new();
    for item in portal.items.iter().filter(|item| item.status != ItemStatus::Cancelled) {
        let ResultEntry::List(results) = &item.facts.results else { continue };
        for (n, result) in results.iter().enumerate() {
            let Some(period) = result.valid_for else { continue };
            match firsts.get(&plain_name(&result.name)) {
                // An item that issues one paper for two terms knows what it does.
                Some((first, at, before)) if *before != period && first.slug != item.slug => {
                    findings.push(finding(item, n, &result.name, period, (first, *at, *before)));
                }
                Some(_) => {}
                None => _ = firsts.insert(plain_name(&result.name), (item, n, period)),
            }
        }
    }
}

fn finding(item: &Item, n: usize, name: &str, period: Period, first: (&Item, usize, Period)) -> Finding {
    let (other, at, before) = first;
    let path = |n: usize| Target::Value(FieldPath::root().key("审批结果").index(n).key("有效期"));
    let message = Words::new(
        format!("`{name}` 的有效期在这里是 `{period}`，在事项 `{}` 里是 `{before}`", other.slug),
        format!("`{name}` is valid for `{period}` here and for `{before}` in the item `{}`", other.slug),
    );
    let place = Place { file: other.file, target: path(at) };
    Finding::new(&CODE, item.file, path(n), message)
        .related(place, Words::new("另一处", "the other"))
        .allowed("同一种证一个有效期", "one validity for one certificate")
        .repair("核对依据，写成一样", "look at the law and write the same")
}
