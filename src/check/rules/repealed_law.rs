//! LB02: nothing rests on a law that has been repealed, and no text sends people to one.

use std::sync::{Arc, LazyLock};

use crate::check::citations::{Cited, citations};
use crate::check::phrases::Phrases;
use crate::check::repealed::{Repealed, repealed};
use crate::check::sentences::{sentence_at, titles};
use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::LawStatus;
use crate::portal::{Item, Law, Portal};

/// LB02.
static CODE: Code = Code {
    id: "LB02",
    name: "repealed-law",
    severity: Severity::Error,
    title_zh: "依据的法律已经废止",
    title_en: "basis that has been repealed",
    explain_zh: "已经废止的法律不能做办理依据，文字里也不能再叫群众照着办。民法典施行后，婚姻法、继承法、收养法、担保法、合同法、物权法等同时废止\
        （民法典第一千二百六十条）。程序认得 laws 文件夹里状态是“已废止”的，和自带的一份废止名单。\
        说明历史的句子，写明“已经废止”或者“原《…》”，就不会报。",
    explain_en: "A repealed law is no basis, and no text may send people to it. The Civil Code repealed the laws on \
        marriage, succession, adoption, guarantees, contracts, property and others (article 1260). Known are the laws of \
        the portal with the status 已废止 and a list that comes with the program. A sentence on the past says 已经废止 or 原《…》.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// Names that are understood without 《》, then words that hold one of them and mean something else.
static BARE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(NAMES.iter().chain(&OTHER_WORDS)));
const NAMES: [&str; 17] = [
    "婚姻法",
    "继承法",
    "收养法",
    "担保法",
    "合同法",
    "物权法",
    "侵权责任法",
    "民法通则",
    "民法总则",
    "执业医师法",
    "环境噪声污染防治法",
    "公司登记管理条例",
    "企业法人登记管理条例",
    "增值税暂行条例",
    "营业税暂行条例",
    "契税暂行条例",
    "车辆购置税暂行条例",
];
const OTHER_WORDS: [&str; 3] = ["劳动合同法", "电子合同法", "助理执业医师法"];
/// What may not follow a bare name: 物权法定, 合同法律关系, 婚姻法庭.
const NOT_AFTER: &str = "定律院庭人官学治制规理";
/// Words of a sentence that knows that the law is past.
const PAST: [&str; 10] = ["废止", "失效", "原《", "原来", "旧", "代替", "取代", "停止执行", "不再", "以前"];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| item.status.is_open()) {
        let law_of = |slug: &crate::model::value::Slug| portal.law_named(slug.as_str()).map(|id| portal.law(id));
        let is_repealed =
            |slug: &crate::model::value::Slug| law_of(slug).is_some_and(|law| law.facts.status == LawStatus::Repealed);
        for cited in citations(&item.facts, &is_repealed) {
            findings.extend(law_of(cited.law).map(|law| cites(portal, item, law, &cited)));
        }
    }
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, look);
}

fn cites(portal: &Portal, item: &Item, law: &Law, cited: &Cited<'_>) -> Finding {
    let instead: Vec<String> =
        law.replaced_by.iter().map(|id| format!("{}（{}）", portal.law(*id).facts.name, portal.law(*id).id)).collect();
    let finding = Finding::new(
        &CODE,
        item.file,
        Target::Value(cited.path.key("法律")),
        Words::new(format!("《{}》已经废止", law.facts.name), format!("《{}》 has been repealed", law.facts.name)),
    )
    .allowed("现行有效的法律", "a law in force");
    if instead.is_empty() {
        finding.repair("换成现在有效的依据", "cite the law that is in force now")
    } else {
        finding.repair(format!("换成 {}", instead.join("、")), format!("cite {}", instead.join(", ")))
    }
}

fn look(portal: &Portal, text: &Text<'_>, findings: &mut Findings) {
    if text.is_under("变更记录") || text.is_under("状态说明") {
        return;
    }
    let words = text.text;
    let titles = titles(words);
    for (start, end, title) in &titles {
        if !is_past(words, *start)
            && let Some(law) = repealed(portal, title)
        {
            findings.push(named(text, &words[*start..*end], &law));
        }
    }
    for hit in BARE.hits(words).filter(|hit| hit.which < NAMES.len()) {
        let in_title = titles.iter().any(|(start, end, _)| (*start..*end).contains(&hit.at));
        let goes_on = words[hit.end..].starts_with(|c| NOT_AFTER.contains(c));
        if in_title || goes_on || is_past(words, hit.at) {
            continue;
        }
        let name = &words[hit.at..hit.end];
        if let Some(law) = repealed(portal, name) {
            findings.push(named(text, name, &law));
        }
    }
}

/// Whether the sentence at a byte is about the past.
fn is_past(words: &str, at: usize) -> bool {
    let sentence = sentence_at(words, at);
    words[..at].ends_with('原') || PAST.iter().any(|word| sentence.contains(word))
}

fn named(text: &Text<'_>, name: &str, law: &Repealed) -> Finding {
    let finding = Finding::new(
        &CODE,
        text.file,
        text.part(name),
        Words::new(format!("`{name}` 已经废止"), format!("`{name}` has been repealed")),
    )
    .label("已经废止", "repealed")
    .allowed("现行有效的法律，或者写明“原《…》”", "a law in force, or 原《…》");
    match &law.replaced_by {
        Some(new) => finding.repair(format!("换成{new}的规定"), format!("name what {new} says")),
        None => finding.repair("换成现行的规定，或者删掉", "name the law in force, or remove it"),
    }
}
