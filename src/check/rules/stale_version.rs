//! LB03: texts cite the number and version of a law that are in force.

use std::sync::Arc;

use crate::check::repealed::bare;
use crate::check::sentences::{number_before, sentence_at, titles};
use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Words};
use crate::portal::{Item, Portal};

/// LB03.
static CODE: Code = Code {
    id: "LB03",
    name: "stale-version",
    severity: Severity::Warning,
    title_zh: "文号或版本是旧的",
    title_en: "an old number or version of a law",
    explain_zh: "《…》后面写的令号、修订年份，与 laws 文件夹里现行的不一致。比如政府信息公开条例现在是国务院令第711号，不是第492号。\
        照现行的改；令号写在法律文件里，文字里可以不写。",
    explain_en: "The number or year after a title in 《》 is not that of the law's file, as when the Regulation on Open \
        Government Information is cited with No. 492 instead of 711. Correct it, or leave it to the file of the law.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// Numbers that are in force, of regulations that are cited with an old one.
const KNOWN: [(&str, u32); 1] = [("政府信息公开条例", 711)];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, look);
}

fn look(portal: &Portal, text: &Text<'_>, findings: &mut Findings) {
    if text.is_under("变更记录") {
        return;
    }
    for (start, end, title) in titles(text.text) {
        let Some(bracket) = bracket(&text.text[end..]) else { continue };
        let sentence = sentence_at(text.text, start);
        if ["废止", "原《", "修订前", "旧"].iter().any(|word| sentence.contains(word)) {
            continue;
        }
        let Some(now) = outdated(portal, title, bracket) else { continue };
        findings.push(
            Finding::new(
                &CODE,
                text.file,
                text.part(&text.text[start..end + bracket.len() + 2 * '（'.len_utf8()]),
                Words::new(
                    format!("《{title}》现在是{}，不是 `{bracket}`", now.zh),
                    format!("《{title}》 is {} now, not `{bracket}`", now.en),
                ),
            )
            .label("旧的", "old")
            .allowed(now.zh.clone(), now.en.clone())
            .repair(format!("改成{}，或者只写名称", now.zh), format!("write {}, or the title alone", now.en)),
        );
    }
}

/// What stands in full-width brackets right behind a title.
fn bracket(after: &str) -> Option<&str> {
    let inner = after.strip_prefix('（')?;
    inner.find('）').map(|end| &inner[..end])
}

/// What is in force instead of the number or year in a bracket, if that is another.
fn outdated(portal: &Portal, title: &str, bracket: &str) -> Option<Words> {
    let title = bare(title);
    let law = portal.laws.iter().find(|law| {
        bare(&law.facts.name) == title || law.facts.short_name.as_deref().is_some_and(|short| bare(short) == title)
    });
    if let Some(cited) = decree(bracket) {
        let number = law.and_then(|law| law.facts.number.as_deref());
        let known = KNOWN.iter().find(|(name, _)| *name == title).map(|(_, number)| *number);
        let now = number.and_then(decree).or(known)?;
        let right = number.map_or_else(|| format!("国务院令第{now}号"), str::to_owned);
        return (now != cited).then(|| Words::new(right.clone(), right));
    }
    let year = ["年修订", "年修正", "修订", "修正"]
        .iter()
        .find_map(|word| bracket.find(word).and_then(|at| number_before(&bracket[..at])))
        .map(|(year, _)| year)
        .filter(|year| (1949..2200).contains(year))?;
    let version = law.and_then(|law| law.facts.version)?.date();
    let newer = i32::from(version.year()) > i32::try_from(year).ok()?;
    newer.then(|| Words::new(format!("{}年的版本", version.year()), format!("the version of {}", version.year())))
}

/// The number of a decree: 711 of 国务院令第711号.
fn decree(text: &str) -> Option<u32> {
    let after = &text[text.find('令')? + '令'.len_utf8()..];
    let number = &after[after.find('第')? + '第'.len_utf8()..];
    number_before(&number[..number.find('号')?]).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::{bracket, decree};

    #[test]
    fn numbers_of_decrees() {
        assert_eq!(decree("国务院令第711号"), Some(711));
        assert_eq!(decree("中华人民共和国国务院令 第四百九十二号"), Some(492));
        assert_eq!(decree("财税〔2019〕45号"), None);
        assert_eq!(bracket("（2015年修订）第三条"), Some("2015年修订"));
        assert_eq!(bracket("第三条（）"), None);
    }
}
