//! VG02: sentences can be read.

use std::sync::Arc;

use crate::check::sentences::sentences;
use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Words};
use crate::portal::{Item, Portal};

/// VG02.
static CODE: Code = Code {
    id: "VG02",
    name: "long-sentence",
    severity: Severity::Info,
    title_zh: "句子太长",
    title_en: "a sentence that is too long",
    explain_zh: "一句话超过90个字，或者45个字里没有一个标点，多数人要读两遍。拆成几句，并列的几种情形一种一条。\
        《》和括号里的字不算，顿号隔开的名称不算长。",
    explain_en: "A sentence of over 90 characters, or 45 without any mark, is read twice by most people. Make several of \
        it, and one entry of each case. What stands in 《》 and brackets is not counted.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// The longest sentence: one in two hundred of the sentences of real guides is longer.
const SENTENCE: usize = 90;
/// The longest run without a mark.
const BREATH: usize = 45;

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, look);
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    // Most texts are shorter than the shortest that could be found.
    if text.text.len() < BREATH * 3 || text.is_under("变更记录") {
        return;
    }
    for sentence in sentences(text.text) {
        let Some((zh, en)) = fault(sentence) else { continue };
        let begin: String = sentence.chars().take(12).collect();
        findings.push(
            Finding::new(
                &CODE,
                text.file,
                text.part(sentence),
                Words::new(format!("`{begin}…` {zh}"), format!("`{begin}…` {en}")),
            )
            .allowed("一句不超过90个字，45个字里至少一个标点", "at most 90 characters a sentence, a mark within 45")
            .repair("拆成几句，或者一种情形一条", "make several sentences, or one entry of each case"),
        );
    }
}

/// What makes a sentence hard to read.
fn fault(sentence: &str) -> Option<(String, String)> {
    let (mut total, mut run, mut longest, mut depth) = (0, 0, 0, 0_usize);
    for c in sentence.chars() {
        match c {
            '《' | '（' | '(' | '“' | '〈' => depth += 1,
            '》' | '）' | ')' | '”' | '〉' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '，' | ',' | '、' | '：' | ':' | ' ' | '—' | '…' => {
                total += usize::from(c != '、');
                run = 0;
            }
            // Addresses of the web and numbers are read at a glance.
            c if c.is_ascii() => {}
            _ => {
                total += 1;
                run += 1;
                longest = longest.max(run);
            }
        }
    }
    if total > SENTENCE {
        return Some((format!("一句有 {total} 个字"), format!("has {total} characters in one sentence")));
    }
    (longest > BREATH)
        .then(|| (format!("有 {longest} 个字没有停顿"), format!("has {longest} characters without a mark")))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn long_sentences_and_long_breaths() {
        let seven = "这里有七个汉字";
        assert!(fault(&format!("{seven}，").repeat(11)).is_none());
        assert!(fault(&format!("{seven}，").repeat(12)).is_some_and(|(zh, _)| zh == "一句有 96 个字"));
        assert!(fault(&seven.repeat(6)).is_none());
        assert!(fault(&seven.repeat(7)).is_some_and(|(_, en)| en == "has 49 characters without a mark"));
        assert!(fault(&format!("《{}》（{}）", seven.repeat(9), seven.repeat(9))).is_none());
    }
}
