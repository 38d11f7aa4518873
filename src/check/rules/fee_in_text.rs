//! FE03: an item that is free does not charge in its texts.
//!
//! That a free item has no list of fees is held by the type of 收费.

use std::sync::Arc;

use crate::check::sentences::{clause_at, number_before, sentence_at};
use crate::check::texts::{Text, over_items};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Words};
use crate::portal::{Item, Portal};
use crate::schema::item_handling::FeeEntry;

/// FE03.
static CODE: Code = Code {
    id: "FE03",
    name: "free-but-charged",
    severity: Severity::Error,
    title_zh: "写了不收费，文字里却要收钱",
    title_en: "free, but its texts charge",
    explain_zh: "“收费: 不收费”的事项，步骤、说明和问答里不能又写收多少元。真的收费，写进“收费”；不收了，删掉那句话；\
        是快递费、罚款这样另外的钱，写明是什么钱、交给谁。",
    explain_en: "The texts of an item with 收费: 不收费 must not name an amount that is charged. State the fee under 收费, \
        or remove the sentence. Money for something else, such as postage or a fine, is called by its name.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// Words of an authority that charges.
const CHARGES: [&str; 12] =
    ["收取", "收费", "收工本费", "工本费", "手续费", "登记费", "证照费", "审查费", "报名费", "考试费", "缴费", "交费"];
/// Words of a sentence that is about no charge, about other money, or about what was charged once.
const OTHERWISE: [&str; 47] = [
    "不收",
    "不得收",
    "免收",
    "免费",
    "不再收",
    "不用交",
    "不要交",
    "不另",
    "取消",
    "停征",
    "免征",
    "以前",
    "过去",
    "原来",
    "快递",
    "邮",
    "运费",
    "罚",
    "复印",
    "照相",
    "拍照",
    "押金",
    "保证金",
    "税",
    "补贴",
    "补助",
    "津贴",
    "工资",
    "收入",
    "资本",
    "价款",
    "租金",
    "保费",
    "保险",
    "公积金",
    "医疗",
    "体检",
    "中介",
    "鉴定",
    "检测",
    "公证",
    "社保",
    "养老",
    "骗",
    "冒充",
    "举报",
    "基数",
];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items.iter().filter(|item| matches!(item.facts.fees, FeeEntry::Free(_))) {
        over_items(portal, std::slice::from_ref(item), findings, look);
    }
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    if text.is_under("变更记录") || text.is_under("中介服务") {
        return;
    }
    let Some(found) = charge(text.text) else { return };
    findings.push(
        Finding::new(
            &CODE,
            text.file,
            text.part(found),
            Words::new(format!("不收费的事项写着 `{found}`"), format!("the item is free but says `{found}`")),
        )
        .label("要收钱", "charges")
        .allowed("与“收费: 不收费”一致", "in agreement with 收费: 不收费")
        .repair("收费的写进“收费”，不收的删掉这句", "state it under 收费, or remove the words"),
    );
}

/// The words in which an amount is charged.
fn charge(text: &str) -> Option<&str> {
    text.match_indices('元').find_map(|(at, _)| {
        let (_, number) = number_before(text[..at].trim_end_matches(['万', '百', '千']))?;
        let clause = clause_at(text, at);
        let sentence = sentence_at(text, at);
        let verb = CHARGES.iter().filter_map(|word| clause.find(word)).min()?;
        if OTHERWISE.iter().any(|word| sentence.contains(word)) {
            return None;
        }
        let offset = clause.as_ptr() as usize - text.as_ptr() as usize;
        let start = (offset + verb).min(number);
        Some(&text[start..at + '元'.len_utf8()])
    })
}

#[cfg(test)]
mod tests {
    use super::charge;

    #[test]
    fn charges_are_told_from_other_money() {
        assert_eq!(charge("领证时每本收取工本费10元，可以刷卡"), Some("收取工本费10元"));
        assert_eq!(charge("每份20元的手续费在窗口交"), Some("20元"));
        assert_eq!(charge("收费标准为每人五十元"), Some("收费标准为每人五十元"));
        for fine in [
            "不收工本费，以前每本9元",
            "逾期的，收取滞纳金并处罚款500元",
            "快递费到付，一般12元",
            "注册资本收缴到位，不少于10万元",
            "办事不收费，有人收取200元代办费的请举报",
            "每月补贴300元",
            "元旦收费处休息",
        ] {
            assert_eq!(charge(fine), None, "{fine}");
        }
    }
}
