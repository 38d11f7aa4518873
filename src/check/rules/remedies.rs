//! RM01 and RM02: people are told the right way and the right time to object.

use std::sync::Arc;

use crate::check::sentences::{clause_at, number_before, sentence_at};
use crate::check::texts::{Text, of_item, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::Level;
use crate::portal::{Department, Item, Portal};
use crate::schema::department::ReviewEntry;
use crate::source::{FieldPath, FileId};

/// RM01.
static WHERE: Code = Code {
    id: "RM01",
    name: "review-by-department",
    severity: Severity::Error,
    title_zh: "行政复议机关写错了",
    title_en: "the wrong authority for a review",
    explain_zh: "2024年1月1日起，对地方政府工作部门的决定不服，向本级人民政府申请复议（行政复议法第二十四条），不再是上一级主管部门。\
        海关、金融、外汇管理等实行垂直领导的机关、税务和国家安全机关，仍向上一级主管部门申请（第二十七条）。",
    explain_en: "Since 1 January 2024 a decision of a local department is reviewed by the government of its own level \
        (Administrative Reconsideration Law, article 24) and no longer by the department above. Customs, finance, foreign \
        exchange and others under vertical leadership, taxation and state security are the exceptions (article 27).",
};

/// RM02.
static WHEN: Code = Code {
    id: "RM02",
    name: "remedy-out-of-date",
    severity: Severity::Warning,
    title_zh: "复议、诉讼的期限或说法是旧的",
    title_en: "time or wording of a remedy that is out of date",
    explain_zh: "申请行政复议是知道之日起六十日内（行政复议法第二十条）；直接起诉是六个月内，经过复议再起诉是收到复议决定之日起十五日内（行政诉讼法第四十五条、第四十六条）。\
        “具体行政行为”现在叫“行政行为”。",
    explain_en: "A review is applied for within sixty days (Administrative Reconsideration Law, article 20); one sues within \
        six months, or within fifteen days of the decision of a review (Administrative Litigation Law, articles 45 and \
        46). 具体行政行为 is called 行政行为 now.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&WHERE, &WHEN], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// Words in the names of authorities that are led from above, or that article 28 lets choose.
const VERTICAL: [&str; 17] = [
    "税务",
    "海关",
    "国家安全",
    "外汇",
    "金融",
    "银行",
    "证券",
    "烟草",
    "海事",
    "气象",
    "邮政管理",
    "通信管理",
    "边检",
    "移民",
    "铁路",
    "司法",
    "垂直",
];
/// Words of a department that reviews what another one below it decided.
const ABOVE: [&str; 9] = ["上一级", "上级", "主管部门", "主管机关", "厅", "局", "委员会", "总局", "办公室"];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let department = portal.department(item.department);
        if let Some(ReviewEntry::Review(review)) = &item.facts.review {
            let at = FieldPath::root().key("行政复议").key("机关");
            look_at_review(department, item.level, item.file, at, &review.authority, findings);
        }
        if !is_vertical(&department.facts.name) && item.level != Level::National {
            of_item(item, &mut |text| send_above(&text, findings));
        }
    }
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    for department in &portal.departments {
        if let Some(ReviewEntry::Review(review)) = &department.facts.review {
            let at = FieldPath::root().key("行政复议").key("机关");
            let level = department.facts.level;
            look_at_review(department, level, department.file, at, &review.authority, findings);
        }
    }
    over_others(portal, findings, |portal, text, findings| {
        look(portal, text, findings);
        let is_vertical = portal
            .departments
            .iter()
            .any(|department| department.file == text.file && is_vertical(&department.facts.name));
        if !is_vertical && !text.is_under("行政复议") {
            send_above(text, findings);
        }
    });
}

fn is_vertical(name: &str) -> bool {
    VERTICAL.iter().any(|word| name.contains(word))
}

fn look_at_review(
    department: &Department,
    level: Level,
    file: FileId,
    at: FieldPath,
    authority: &str,
    findings: &mut Findings,
) {
    let is_right = authority.contains("人民政府") || authority.contains("复议");
    let is_free = level == Level::National || is_vertical(&department.facts.name);
    if is_right || is_free || !ABOVE.iter().any(|word| authority.contains(word)) {
        return;
    }
    let name = &department.facts.short_name;
    findings.push(
        Finding::new(
            &WHERE,
            file,
            Target::Value(at),
            Words::new(
                format!("对{name}的决定不服，不是向 `{authority}` 申请复议"),
                format!("decisions of {name} are not reviewed by `{authority}`"),
            ),
        )
        .allowed("本级人民政府", "the government of the same level (本级人民政府)")
        .repair("改成本级人民政府，如“青岚市人民政府”", "name the government, such as 青岚市人民政府"),
    );
}

/// A text that sends people to the department above for a review.
fn send_above(text: &Text<'_>, findings: &mut Findings) {
    let words = text.text;
    if !words.contains("复议") || text.is_under("变更记录") {
        return;
    }
    let above = [
        "上一级主管部门",
        "上一级行政主管部门",
        "上一级行政机关",
        "上级主管部门",
        "上级行政机关",
        "上一级机关",
        "上一级部门",
    ];
    let found = above.iter().find_map(|phrase| words.find(phrase).map(|at| (at, *phrase)));
    let Some((at, phrase)) = found else { return };
    let sentence = sentence_at(words, at);
    let is_other = VERTICAL.iter().any(|word| sentence.contains(word))
        || ["不再", "不是", "以前", "不用"].iter().any(|word| sentence.contains(word));
    if !clause_at(words, at).contains("复议") || is_other {
        return;
    }
    findings.push(
        Finding::new(
            &WHERE,
            text.file,
            text.part(phrase),
            Words::new(
                format!("复议不再向 `{phrase}` 申请"),
                format!("reviews are no longer applied for at the `{phrase}`"),
            ),
        )
        .allowed("本级人民政府", "the government of the same level (本级人民政府)")
        .repair("改成本级人民政府", "name the government of the same level"),
    );
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    if text.is_under("变更记录") {
        return;
    }
    let words = text.text;
    if let Some(at) = words.find("具体行政行为")
        && !["以前", "原来", "旧", "改为"].iter().any(|word| sentence_at(words, at).contains(word))
    {
        findings.push(
            Finding::new(
                &WHEN,
                text.file,
                text.part("具体行政行为"),
                Words::new("`具体行政行为` 是旧的说法", "`具体行政行为` is an old wording"),
            )
            .allowed("行政行为", "行政行为")
            .repair("改成“行政行为”", "write 行政行为"),
        );
    }
    for (found, remedy) in wrong_times(words) {
        let (zh, en, right) = match remedy {
            Remedy::Review => ("申请行政复议", "applying for a review", "六十日"),
            Remedy::Suit => ("提起行政诉讼", "suing", "六个月，经过复议的十五日"),
        };
        findings.push(
            Finding::new(
                &WHEN,
                text.file,
                text.part(found),
                Words::new(format!("{zh}的期限不是 `{found}`"), format!("`{found}` is not the time for {en}")),
            )
            .allowed(right, right)
            .repair(format!("改成{right}"), format!("write {right}")),
        );
    }
}

/// What one objects by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    Review,
    Suit,
}

/// The times in a text that are said of a remedy and are not those of the law.
fn wrong_times(words: &str) -> Vec<(&str, Remedy)> {
    if !words.contains("复议") && !words.contains("诉") {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    for (at, _) in words.match_indices('内') {
        let before = &words[..at];
        let Some((unit, head)) = ["个工作日", "工作日", "个自然日", "个月", "日", "天"]
            .iter()
            .find_map(|unit| Some((*unit, before.strip_suffix(unit)?)))
        else {
            continue;
        };
        let Some((number, start)) = number_before(head) else { continue };
        let Some(remedy) = remedy_after(sentence_at(words, at), &words[at..]) else { continue };
        let is_right = match remedy {
            Remedy::Review => number == 60 && matches!(unit, "日" | "天" | "个自然日"),
            Remedy::Suit => {
                (number == 6 && unit == "个月") || (number == 15 && matches!(unit, "日" | "天" | "个自然日"))
            }
        };
        if !is_right {
            wrong.push((&words[start..at], remedy));
        }
    }
    wrong
}

/// The remedy that a time belongs to: what is applied for right behind it.
fn remedy_after(sentence: &str, after: &str) -> Option<Remedy> {
    let other = ["仲裁", "专利", "商标", "劳动", "民事", "答辩"];
    if other.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let end = after.find(['。', '；', ';', '\n']).unwrap_or(after.len());
    let rest: String = after[..end].chars().skip(1).take(30).collect();
    // The next time in the sentence begins the words of another remedy.
    let rest = rest.split('内').next().unwrap_or_default();
    let found = [
        ("申请行政复议", Remedy::Review),
        ("申请复议", Remedy::Review),
        ("提出复议", Remedy::Review),
        ("提起行政诉讼", Remedy::Suit),
        ("提起诉讼", Remedy::Suit),
        ("起诉", Remedy::Suit),
    ]
    .iter()
    .filter_map(|(phrase, remedy)| rest.find(phrase).map(|at| (at, *remedy)))
    .min_by_key(|(at, _)| *at)?;
    let between = &rest[..found.0];
    let is_authority =
        ["作出", "审查", "受理", "答复", "补正", "告知", "决定书送达"].iter().any(|word| between.contains(word));
    (!is_authority).then_some(found.1)
}

#[cfg(test)]
mod tests {
    use super::{Remedy, wrong_times};

    #[test]
    fn times_of_remedies() {
        let check = |text: &str, expected: &[(&str, Remedy)]| assert_eq!(wrong_times(text), expected, "{text}");
        check("收到决定之日起60日内向青岚市人民政府申请行政复议，或者6个月内向法院起诉", &[]);
        check("自知道之日起六十日内申请复议；六个月内提起行政诉讼", &[]);
        check("不服复议决定的，十五日内向人民法院起诉", &[]);
        check("可以在30日内申请行政复议", &[("30日", Remedy::Review)]);
        check("三个月内直接向人民法院提起行政诉讼", &[("三个月", Remedy::Suit)]);
        check("60日内申请行政复议，或者在3个月内起诉", &[("3个月", Remedy::Suit)]);
        check("60个工作日内申请复议", &[("60个工作日", Remedy::Review)]);
        check("复议机关应当自受理之日起60日内作出复议决定", &[]);
        check("5日内审查，符合条件的受理复议申请", &[]);
        check("不服仲裁裁决的，15日内起诉；7日内申请补证", &[]);
    }
}
