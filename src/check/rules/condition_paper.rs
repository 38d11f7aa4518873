//! CD01 and CD02: conditions say who may apply, materials what is handed in.

use std::sync::Arc;

use crate::check::asked::asked;
use crate::check::wording::{clause_around, without_titles};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::schema::item_material::MaterialsEntry;
use crate::source::FieldPath;

/// CD01.
static BELONGS: Code = Code {
    id: "CD01",
    name: "material-among-conditions",
    severity: Severity::Warning,
    title_zh: "申请条件里写了要交的材料",
    title_en: "condition that asks for a material",
    explain_zh: "申请条件说的是什么样的人、什么样的情况可以办；交什么写在“申请材料”里，才有份数、来源、样式，一次性告知书上也才有。\
        怎么改：条件只写状态（如“已取得营业执照”），要交的移到申请材料。",
    explain_en: "Conditions say who may apply; what is handed in stands under 申请材料, with copies, source and sample, and so on the \
        checklist people take home. Keep the state in the condition and move the paper.",
};

/// CD02.
static LACKING: Code = Code {
    id: "CD02",
    name: "condition-asks-for-more",
    severity: Severity::Warning,
    title_zh: "申请条件里要的材料，申请材料里没有",
    title_en: "condition that asks for a paper not among the materials",
    explain_zh: "申请条件里要交的证件、表格，在“申请材料”里找不到，群众照着材料单带就会白跑。怎么改：在申请材料里加上；不要的，从条件里删掉。",
    explain_en: "A condition asks for a paper that the list of materials does not have, so people who bring what is listed come in \
        vain. Add it to 申请材料, or take it out of the condition.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&BELONGS, &LACKING], check: Check::Items(check) };

/// Verbs of handing in.
const HANDING: [&str; 12] =
    ["提交", "提供", "递交", "出示", "携带", "填写", "填报", "附送", "备齐", "交验", "带上", "带齐"];
/// What says that nothing is handed in, or that somebody else does it.
const NOT: [&str; 11] = ["无须", "无需", "不需要", "不用", "不必", "不再", "免予", "免于", "未", "不得", "拒不"];
/// Papers with names of their own; the longer first.
const PAPERS: [&str; 27] = [
    "居民身份证",
    "身份证",
    "居民户口簿",
    "户口簿",
    "户口本",
    "护照",
    "居住证",
    "结婚证",
    "离婚证",
    "营业执照",
    "驾驶证",
    "行驶证",
    "出生医学证明",
    "学历证书",
    "学位证书",
    "资格证书",
    "法人证书",
    "授权委托书",
    "委托书",
    "申请表",
    "申请书",
    "登记表",
    "承诺书",
    "审计报告",
    "验资报告",
    "体检报告",
    "照片",
];
/// Names of kinds of papers.
const KINDS: [&str; 8] = ["复印件", "证明", "材料", "凭证", "证书", "合同", "文件", "资料"];
/// How far behind the verb a paper may stand.
const REACH: usize = 18;

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for (n, condition) in item.facts.conditions.iter().enumerate() {
            let text = without_titles(condition);
            let Some(found) = asks_for(&text) else { continue };
            let at = FieldPath::root().key("申请条件").index(n);
            // Titles were taken out, so the words may not stand there as they are.
            let target = if condition.contains(found.words) {
                Target::Within(at, found.words.to_owned())
            } else {
                Target::Value(at)
            };
            findings.push(match found.paper.filter(|paper| !is_listed(item, paper)) {
                Some(paper) => lacking(item, target, paper),
                None => belongs(item, target, found.words),
            });
        }
    }
}

/// What a condition asks people to hand in.
#[derive(Debug, PartialEq, Eq)]
struct Asking<'t> {
    /// From the verb to the paper.
    words: &'t str,
    /// The paper, if it has a name of its own.
    paper: Option<&'static str>,
}

fn asks_for(text: &str) -> Option<Asking<'_>> {
    let mut verbs: Vec<(usize, &str)> = HANDING.iter().flat_map(|verb| text.match_indices(verb)).collect();
    verbs.sort_unstable();
    verbs.into_iter().find_map(|(at, verb)| {
        let clause = clause_around(text, at);
        let begin = clause.as_ptr() as usize - text.as_ptr() as usize;
        let before = &text[begin..at];
        let behind = &text[at + verb.len()..begin + clause.len()];
        let reach = behind.char_indices().nth(REACH).map_or(behind.len(), |(end, _)| end);
        let near = &behind[..reach];
        let is_ability = ["能", "能够", "可以", "有能力"].iter().any(|word| before.ends_with(word));
        if is_ability
            || NOT.iter().any(|word| before.contains(word))
            || near.starts_with(['的', '方', '人', '者', '前', '后', '虚', '服'])
        {
            return None;
        }
        let named = PAPERS.iter().filter_map(|paper| Some((near.find(paper)?, *paper))).min_by_key(|(at, _)| *at);
        let kind = KINDS.iter().filter_map(|kind| Some((near.find(kind)?, *kind))).min();
        let (end, paper) = match (named, kind) {
            (Some((from, paper)), _) => (from + paper.len(), Some(paper)),
            (None, Some((from, kind))) => (from + kind.len(), None),
            (None, None) => return None,
        };
        let is_number = near[end..].starts_with("号码") || near[end..].starts_with('号');
        (!is_number).then(|| Asking { words: &text[at..at + verb.len() + end], paper })
    })
}

/// Whether the item's materials have this paper, as far as they are told.
fn is_listed(item: &Item, paper: &str) -> bool {
    if matches!(item.facts.materials, MaterialsEntry::NotYet(_)) {
        return true;
    }
    let core = paper.trim_start_matches("居民").trim_end_matches(['本', '簿']);
    asked(item).any(|material| material.name().contains(core))
}

fn belongs(item: &Item, target: Target, words: &str) -> Finding {
    Finding::new(
        &BELONGS,
        item.file,
        target,
        Words::new(
            format!("`{words}` 是要交的材料，不是条件"),
            format!("`{words}` asks for a paper and is no condition"),
        ),
    )
    .allowed("什么人、什么情况可以办", "who may apply, and when")
    .repair("移到“申请材料”，条件里只写状态", "move it to 申请材料, and keep the state in the condition")
}

fn lacking(item: &Item, target: Target, paper: &str) -> Finding {
    Finding::new(
        &LACKING,
        item.file,
        target,
        Words::new(
            format!("条件里要 `{paper}`，申请材料里没有"),
            format!("the condition asks for `{paper}`, which is not among the materials"),
        ),
    )
    .allowed("要交的都在“申请材料”里", "everything to hand in stands under 申请材料")
    .repair("在申请材料里加上，或者从条件里删掉", "add it to the materials, or take it out of the condition")
}

#[cfg(test)]
mod tests {
    use super::asks_for;

    #[test]
    fn what_is_handed_in_is_told_from_what_is_so() {
        for (condition, words, paper) in [
            ("公民提交申请时必须提交身份证复印件，否则不予受理", "提交申请时必须提交身份证", Some("身份证")),
            ("应当填写申请表，并提交以下证明、凭证", "填写申请表", Some("申请表")),
            ("按通知要求按时递交证明材料", "递交证明", None),
            ("投诉者应提供书面投诉材料", "提供书面投诉材料", None),
        ] {
            let found = asks_for(condition).map(|found| (found.words, found.paper));
            assert_eq!(found, Some((words, paper)), "{condition}");
        }
        for condition in [
            "已经取得营业执照",
            "所持证书的职业在国家职业资格目录内",
            "无须提交办理材料",
            "提供申请人的姓名和身份证号码",
            "有固定的经营场所",
            "未按时提交年度报告的除外",
            "提供虚假材料取得许可未满三年",
            "能提供相应服务的机构",
            "会计核算健全，能够提供准确的税务资料",
        ] {
            assert_eq!(asks_for(condition), None, "{condition}");
        }
    }
}
