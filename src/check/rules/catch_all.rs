//! MT01: no catch-all among materials and conditions.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// MT01.
static CODE: Code = Code {
    id: "MT01",
    name: "catch-all",
    severity: Severity::Error,
    title_zh: "有“其他材料”一类的兜底说法",
    title_en: "catch-all such as 其他材料",
    explain_zh: "申请条件和材料要写全，不能有“其他材料”“有关证明”“法律法规规定的其他条件”这样的兜底说法，群众会因此多跑。\
        北京市优化营商环境条例第三十一条、广东省优化营商环境条例第二十九条等都明文禁止。",
    explain_en: "Conditions and materials are complete: no “other materials”, “relevant proofs” or “other conditions of law”, \
        which send people home twice. Regulations of Beijing (art. 31) and Guangdong (art. 29) forbid them in so many words.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The first part of a catch-all: what kind of unnamed thing.
const VAGUE: [&str; 4] = ["其他", "其它", "有关", "相关"];
/// What may stand between.
const BETWEEN: [&str; 6] = ["的", "有关", "相关", "必要", "所需", "证明"];
/// The second part: the unnamed thing itself.
const THINGS: [&str; 9] = ["证明材料", "材料", "资料", "文件", "证件", "手续", "条件", "情形", "证明"];
/// Whole phrases.
const PHRASES: [&str; 4] =
    ["法律法规规定的其他", "法律、法规规定的其他", "法律、行政法规规定的其他", "法律、法规、规章规定的其他"];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for material in &item.materials {
            if material.shared.is_none() {
                let path = FieldPath::root().key("申请材料").index(material.position).key("名称");
                look(item, &material.facts.name, path, findings);
            }
        }
        for (n, condition) in item.facts.conditions.iter().enumerate() {
            look(item, condition, FieldPath::root().key("申请条件").index(n), findings);
        }
        for (n, prohibition) in item.facts.prohibitions.iter().enumerate() {
            look(item, prohibition, FieldPath::root().key("禁止性要求").index(n), findings);
        }
    }
}

fn look(item: &Item, text: &str, path: FieldPath, findings: &mut Findings) {
    let Some(found) = catch_all(text) else { return };
    findings.push(
        Finding::new(
            &CODE,
            item.file,
            Target::Value(path),
            Words::new(format!("`{found}` 是兜底的说法"), format!("`{found}` is a catch-all")),
        )
        .label("没有说清是什么", "does not say what")
        .allowed("逐项写明名称", "each named one by one")
        .repair("写出具体是哪些，或者删掉", "name them, or remove it"),
    );
}

/// The catch-all in a text, outside 《》.
fn catch_all(text: &str) -> Option<String> {
    let text = without_titles(text);
    if let Some(phrase) = PHRASES.iter().find(|phrase| text.contains(**phrase)) {
        return Some((*phrase).to_owned());
    }
    for vague in VAGUE {
        for (at, _) in text.match_indices(vague) {
            let mut rest = &text[at + vague.len()..];
            while let Some(next) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
                if THINGS.iter().any(|thing| rest.starts_with(thing)) && !rest.starts_with("的") {
                    break;
                }
                rest = next;
            }
            if let Some(thing) = THINGS.iter().find(|thing| rest.starts_with(**thing)) {
                let end = text.len() - rest.len() + thing.len();
                return Some(text[at..end].to_owned());
            }
        }
    }
    trailing_and_so_on(&text)
}

/// A 等 at the end that leaves the list open.
fn trailing_and_so_on(text: &str) -> Option<String> {
    let end = text.trim_end_matches(['。', '；', ';', '）', ')', ' ']);
    let bare = ["等材料", "等资料", "等文件", "等证明", "等证件", "等"]
        .iter()
        .find_map(|tail| end.strip_suffix(tail).map(|head| (head, *tail)))?;
    let (head, tail) = bare;
    let exempt = ["高", "中", "初", "平", "同", "优", "上", "下", "对", "均", "相", "不"];
    if tail == "等" && exempt.iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let from = head.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    Some(format!("{}{tail}", &head[from..]))
}

fn without_titles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::catch_all;

    #[test]
    fn catch_alls_are_found_and_names_are_not() {
        for bad in [
            "其他材料",
            "其他有关材料",
            "相关证明材料",
            "法律法规规定的其他条件",
            "身份证、户口簿等材料",
            "有关部门要求的其他文件",
            "需要提供的其它资料",
            "营业执照等",
        ] {
            assert!(catch_all(bad).is_some(), "{bad}");
        }
        for good in [
            "授权委托书",
            "其他组织的登记证书",
            "《其他材料清单》",
            "高等学校毕业证书",
            "学历不低于中等",
            "第三十三条规定的条件",
            "男女双方自愿、平等",
            "申请人的居民身份证",
        ] {
            assert!(catch_all(good).is_none(), "{good}");
        }
    }
}
