//! MT11: no 无, 略 or — where a text should stand.

use std::sync::Arc;

use crate::check::texts::{self, Text};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Words};
use crate::portal::{Item, Portal};

/// MT11.
static CODE: Code = Code {
    id: "MT11",
    name: "placeholder",
    severity: Severity::Warning,
    title_zh: "用“无”“略”“同上”占位",
    title_en: "placeholder instead of a text",
    explain_zh: "“无”“暂无”“略”“同上”“详见备注”“—”这样的字，群众看了等于没看。怎么改：写出内容；不需要的栏目整行删掉，页面上就不会出现。\
        收费、报送材料、停车这些确实可以是“无”的栏目不算。",
    explain_en: "无, 暂无, 略, 同上 or — tell people nothing. Write what there is to say, or delete the line: keys that are left out do \
        not appear on the page. Keys where 无 is an answer, such as fees or parking, are left alone.",
};

/// The rule for items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };
/// The rule for everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(check_others) };

/// Words that only fill a place.
const FILLING: [&str; 23] = [
    "暂无",
    "略",
    "同上",
    "见上",
    "如上",
    "同前",
    "见备注",
    "详见备注",
    "见说明",
    "详见说明",
    "见附件",
    "详见附件",
    "待定",
    "待补充",
    "待完善",
    "待更新",
    "不详",
    "空",
    "无内容",
    "暂无内容",
    "暂无信息",
    "测试",
    "按规定",
];
/// Keys where 无 is an answer.
const MAY_BE_NONE: [&str; 11] =
    ["收费", "费用", "报送材料", "停车", "无障碍", "交通", "数量限制", "规格", "签章", "机构", "审查类型"];

/// The bytes of the longest text that can be a placeholder.
const MOST: usize = 24;

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        texts::of_item(item, &mut |text| look(text, findings));
    }
}

fn check_others(portal: &Portal, findings: &mut Findings) {
    texts::of_others(portal, &mut |text| look(text, findings));
}

fn look(text: Text<'_>, findings: &mut Findings) {
    // Texts of more than a few characters say something; a short paragraph of Markdown stands among others.
    if text.text.len() > MOST || text.is_called("") {
        return;
    }
    let is_answer = text.is_called("答") || text.is_under("情形引导");
    if !fills_only(text.text, is_answer || MAY_BE_NONE.iter().any(|key| text.is_called(key))) {
        return;
    }
    let found = text.text.trim();
    let message = Words::new(format!("`{found}` 只是占位，没有内容"), format!("`{found}` only fills the place"));
    findings.push(
        Finding::new(&CODE, text.file, text.target(), message)
            .allowed("要说的话；没有就不写这一栏", "what there is to say, or nothing at all")
            .repair("写出内容，或者删掉这一栏", "write it, or delete the key"),
    );
}

/// Whether a text says nothing.
fn fills_only(text: &str, may_be_none: bool) -> bool {
    let is_mark = |c: char| c.is_ascii_punctuation() || "。，、；：？！…—－／～·　（）".contains(c);
    let bare = text.trim().trim_matches(is_mark);
    if bare.is_empty() || ["x", "X", "×", "某"].iter().any(|sign| bare.replace(sign, "").is_empty()) {
        return true;
    }
    FILLING.contains(&bare) || (matches!(bare, "无" | "没有" | "/") && !may_be_none)
}

#[cfg(test)]
mod tests {
    use super::fills_only;

    #[test]
    fn placeholders_are_told_from_short_answers() {
        for text in ["无", " 暂无。", "略", "—", "//", "（略）", "xxx", "同上；", "×××"] {
            assert!(fills_only(text, false), "{text}");
        }
        assert!(!fills_only("无", true));
        assert!(fills_only("—", true) && fills_only("暂无", true));
        for text in ["当场", "无需核验", "A4", "没有空白表", "1寸", "见窗口电子屏", "X光片"] {
            assert!(!fills_only(text, false), "{text}");
        }
    }
}
