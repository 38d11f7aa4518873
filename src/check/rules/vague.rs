//! VG01: what is asked and promised can be measured.

use std::sync::{Arc, LazyLock};

use crate::check::phrases::Phrases;
use crate::check::sentences::{clause_at, sentence_at, titles};
use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Words};
use crate::portal::{Item, Portal};

/// VG01.
static CODE: Code = Code {
    id: "VG01",
    name: "vague-wording",
    severity: Severity::Warning,
    title_zh: "模糊的说法",
    title_en: "vague wording",
    explain_zh: "“视情况”“酌情”“原则上”“以窗口要求为准”这样的话，群众不知道轮到自己是哪一种，窗口可以各说各话。\
        写出是哪些情形、几天之内、多少。条件、材料、环节、时限和收费里，“尽快”“及时”“一般”“大约”“适当”“若干”“必要时”也要换成数字或者具体情形；\
        问答和说明里可以用。",
    explain_en: "With 视情况, 酌情, 原则上 or 以窗口要求为准 nobody knows which case is his, and each window may say otherwise. \
        Say in which cases, within how many days, how much. In conditions, materials, steps, limits and fees 尽快, 及时, \
        一般, 大约, 适当, 若干 and 必要时 too become numbers or cases; answers and notes may use them.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// Vague wherever it stands.
const HARD: [&str; 16] = [
    "视情况",
    "视具体情况",
    "视实际情况",
    "视情",
    "酌情",
    "原则上",
    "适时",
    "以窗口",
    "以现场",
    "以实际",
    "以工作人员",
    "以受理人员",
    "以审批人员",
    "根据实际情况",
    "根据具体情况",
    "视需要",
];
/// Vague where something is asked or promised.
const SOFT: [&str; 19] = [
    "尽快",
    "尽早",
    "及时",
    "必要时",
    "根据需要",
    "大约",
    "左右",
    "若干",
    "适当",
    "一般情况下",
    "一般情况",
    "一般来说",
    "一般在",
    "一般为",
    "一般需",
    "一般应",
    "一般不",
    "通常情况下",
    "正常情况下",
];
/// Words that hold one of those and mean something else.
const OTHER: [&str; 37] = [
    "电视情",
    "重视情",
    "监视情",
    "忽视情",
    "视情形从重",
    "基本原则上",
    "合适时",
    "涉及时",
    "普及时",
    "提及时",
    "顾及时",
    "及时间",
    "及时的原则",
    "不及时",
    "未及时",
    "没有及时",
    "没及时",
    "大约束",
    "左右两",
    "左右手",
    "左右眼",
    "左右侧",
    "左右邻",
    "左右各",
    "左右耳",
    "若干规定",
    "若干意见",
    "若干问题",
    "若干措施",
    "若干政策",
    "不适当",
    "适当性",
    "一般不动产",
    "一般为主",
    "以实际控制",
    "以实际出资",
    "以实际施工",
];
/// Keys of an item under which something is asked or promised.
const BINDING: [&str; 9] =
    ["申请条件", "禁止性要求", "数量限制", "申请材料", "办理流程", "办理时限", "特别程序", "收费", "审批结果"];

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(HARD.iter().chain(&SOFT).chain(&OTHER)));

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, look);
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    // What a thing is called is not for the office to choose.
    if text.is_called("问") || text.is_called("名称") || text.is_under("通俗名") || text.is_under("变更记录")
    {
        return;
    }
    let is_binding = BINDING.iter().any(|key| text.is_under(key)) && !text.is_called("常见错误");
    for found in vague(text.text, is_binding) {
        findings.push(
            Finding::new(
                &CODE,
                text.file,
                text.part(found),
                Words::new(format!("`{found}` 说不清"), format!("`{found}` is vague")),
            )
            .label("不知道是哪种、多少", "which, or how much?")
            .allowed("具体的情形、天数或数量", "cases, days or amounts")
            .repair("写出是哪些情形、几天之内或者多少", "say in which cases, within how many days, or how much"),
        );
    }
}

/// The vague words of a text; those that are vague only in a demand or promise if it is one.
fn vague(text: &str, is_binding: bool) -> Vec<&str> {
    let mut found = Vec::new();
    for hit in PHRASES.hits(text) {
        let word = &text[hit.at..hit.end];
        let is_hard = hit.which < HARD.len();
        if hit.which >= HARD.len() + SOFT.len() || (!is_hard && !is_binding) {
            continue;
        }
        if let Some(end) = meant(text, word, hit.at, hit.end)
            && !titles(text).iter().any(|(start, close, _)| (*start..*close).contains(&hit.at))
        {
            found.push(&text[hit.at..end]);
        }
    }
    found
}

/// Where the vague words end, if here they are vague.
fn meant(text: &str, word: &str, at: usize, end: usize) -> Option<usize> {
    match word {
        // 30分钟左右, but not 门的左右.
        "左右" => {
            let before = text[..at].chars().next_back()?;
            "天日月年时钟元个岁米次份分里斤人户".contains(before).then_some(end)
        }
        // Only with 为准 behind it in the same clause.
        "以窗口" | "以现场" | "以实际" | "以工作人员" | "以受理人员" | "以审批人员" => {
            let clause_end = at + clause_at(&text[at..], 0).len();
            let stop = text[end..clause_end].find("为准")?;
            let between = &text[end..end + stop];
            let is_written = ["书面", "公告", "公示", "公布", "登记", "证"].iter().any(|word| between.contains(word));
            (between.chars().count() <= 8 && !is_written).then_some(end + stop + "为准".len())
        }
        // What applicants need they know themselves.
        "根据需要" | "根据实际情况" | "根据具体情况" => {
            let sentence = sentence_at(text, at);
            let own = ["您", "自行", "自愿", "自主", "自己", "选择", "企业可", "申请人可", "可根据", "可以根据"];
            (!own.iter().any(|word| sentence.contains(word))).then_some(end)
        }
        _ => Some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::vague;

    #[test]
    fn vague_words_and_their_homonyms() {
        let check = |text: &str, expected: &[&str]| assert_eq!(vague(text, true), expected, "{text}");
        check("视情况延长，原则上不超过30天", &["视情况", "原则上"]);
        check("所需材料以窗口要求为准", &["以窗口要求为准"]);
        check("审核后尽快通知，大约30分钟左右", &["尽快", "大约", "左右"]);
        check("一般情况下当天办结，必要时现场核实", &["一般情况下", "必要时"]);
        check("增值税一般纳税人，一般项目，按一般计税方法", &[]);
        check("钢筋混凝土大约束构件，门的左右两侧", &[]);
        check("涉及时间的，未及时报告的", &[]);
        check("《关于若干适当措施的意见》", &[]);
        check("企业根据需要自行下载", &[]);
        check("以窗口叫号的先后办理", &[]);
    }

    #[test]
    fn answers_may_say_about() {
        assert!(vague("一般在上午人多，大约等10分钟", false).is_empty());
        assert_eq!(vague("能不能加急，由窗口酌情处理", false), ["酌情"]);
    }
}
