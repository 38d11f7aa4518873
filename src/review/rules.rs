//! Which class a changed field has: one entry a field; what has none goes by its format.

use std::cmp::Ordering;

use crate::review::fields::{Difference, scalar};
use crate::review::values::{numbers, slip, weigh};
use crate::review::{Class, Kind, Note, Remark};

/// How a field is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// More of it is a burden: longer, dearer, more copies, more visits; so is one that is new.
    MoreBurdens,
    /// More of it is a relief: longer validity, yes instead of no, another channel.
    MoreRelieves,
    /// It is a fact whichever way it goes.
    Fact,
    /// It decides whether the public can use the thing, and where it is.
    Structure,
    /// It is one of the cases people can be in: a new one or one less is structure, other words are words.
    Cases,
    /// It is about the file and not about the matter.
    Aside,
}

use Rule::{Aside, Cases, Fact, MoreBurdens, MoreRelieves, Structure};

/// The fields of items.
const ITEM: &[(&str, Rule)] = &[
    ("名称", Fact),
    ("实施编码", Structure),
    ("业务办理项编码", Structure),
    ("状态", Structure),
    ("计划取消日期", Structure),
    ("接替事项", Structure),
    ("服务对象", MoreRelieves),
    ("审核.状态", Aside),
    ("审核.审核人", Aside),
    ("责任.科室", Aside),
    ("责任.A岗", Aside),
    ("责任.B岗", Aside),
    ("更新日期", Aside),
    ("复核日期", Aside),
    ("复核周期", Aside),
    ("版本", Aside),
    ("变更记录", Aside),
    ("别名", Aside),
    ("关键词", Aside),
    ("办理依据", Fact),
    ("情形引导", Cases),
    ("情形引导.问题", Structure),
    ("情形引导.答案", Cases),
    ("申请条件", MoreBurdens),
    ("禁止性要求", MoreBurdens),
    ("数量限制", MoreBurdens),
    ("申请材料", MoreBurdens),
    ("申请材料.份数", MoreBurdens),
    ("申请材料.必要性", MoreBurdens),
    ("申请材料.出具时间要求", MoreBurdens),
    ("申请材料.规格", MoreBurdens),
    ("申请材料.签章", MoreBurdens),
    ("申请材料.免交", MoreRelieves),
    ("申请材料.空白表格", MoreRelieves),
    ("申请材料.示例样表", MoreRelieves),
    ("申请材料.电子证照", MoreRelieves),
    ("申请材料.电子证照.可免交", MoreRelieves),
    ("申请材料.依据", Fact),
    ("申请材料.适用", Fact),
    ("容缺受理", MoreRelieves),
    ("告知承诺", MoreRelieves),
    ("办理流程.时限", Fact),
    ("办理流程", Fact),
    ("办理时限.法定", Fact),
    ("办理时限.承诺", MoreBurdens),
    ("办理时限.受理", MoreBurdens),
    ("办理时限.送达", MoreBurdens),
    ("办理时限.分情形", Fact),
    ("办理时限.分情形.承诺", MoreBurdens),
    ("特别程序", MoreBurdens),
    ("特别程序.时限", MoreBurdens),
    ("收费", MoreBurdens),
    ("收费.金额", MoreBurdens),
    ("收费.费率", MoreBurdens),
    ("收费.下限", MoreBurdens),
    ("收费.上限", MoreBurdens),
    ("收费.分档", Fact),
    ("收费.分档.金额", MoreBurdens),
    ("收费.分档.费率", MoreBurdens),
    ("收费.减免", MoreRelieves),
    ("收费.依据", Fact),
    ("收费.网上支付", MoreRelieves),
    ("审批结果", Fact),
    ("审批结果.有效期", MoreRelieves),
    ("审批结果.电子证照", MoreRelieves),
    ("送达方式", MoreRelieves),
    ("办理形式", MoreRelieves),
    ("网上办理", MoreRelieves),
    ("网上办理.深度", MoreRelieves),
    ("到现场次数", MoreBurdens),
    ("办理地点", Fact),
    ("预约", Fact),
    ("自助终端", MoreRelieves),
    ("代办", MoreRelieves),
    ("快递", MoreRelieves),
    ("快递.寄送材料", MoreRelieves),
    ("快递.寄送结果", MoreRelieves),
    ("通办范围", Fact),
    ("四办", MoreRelieves),
    ("进度查询", MoreRelieves),
    ("权利", MoreRelieves),
    ("义务", MoreBurdens),
    ("中介服务", MoreBurdens),
    ("年审年检", MoreBurdens),
    ("年报", MoreBurdens),
    ("常见问题", Aside),
];

/// The fields of what items share.
const SHARED: &[(Kind, &str, Rule)] = &[
    (Kind::Department, "名称", Fact),
    (Kind::Department, "默认地点", Fact),
    (Kind::Place, "名称", Fact),
    (Kind::Department, "服务承诺", MoreRelieves),
    (Kind::Place, "无障碍", MoreRelieves),
    (Kind::Place, "服务", MoreRelieves),
    (Kind::Material, "电子证照", MoreRelieves),
    (Kind::Material, "电子证照.可免交", MoreRelieves),
    (Kind::Law, "名称", Fact),
    (Kind::Law, "状态", Fact),
    (Kind::Law, "核对", Aside),
    (Kind::Bundle, "事项", Fact),
    (Kind::Bundle, "承诺时限", Fact),
    (Kind::Bundle, "一窗受理.地点", Fact),
    (Kind::Bundle, "一网办理.网址", Fact),
    (Kind::Bundle, "审核.状态", Aside),
    (Kind::Table, "跳转", Structure),
    (Kind::Table, "网址", Structure),
    (Kind::Table, "变更等级", Structure),
    (Kind::Table, "个人", Structure),
    (Kind::Table, "法人", Structure),
    (Kind::Table, "生命周期", Structure),
    (Kind::Table, "特定对象", Structure),
];

/// The class of a difference and what is to be said about it.
pub(super) fn judge(kind: Kind, found: &Difference, has_reason: bool) -> (Class, Vec<Note>) {
    let mut notes = Vec::new();
    let format = found.format.as_deref().unwrap_or_default();
    if let (Some(old), Some(new)) = (&found.old, &found.new) {
        notes.extend(slip(format, old, new).filter(|_| !format.is_empty()));
    }
    let class = match rule(kind, &found.key) {
        Some(MoreBurdens) => direction(found, format, [Class::Burden, Class::Relief], &mut notes),
        Some(MoreRelieves) => direction(found, format, [Class::Relief, Class::Burden], &mut notes),
        Some(Fact) => Class::Fact,
        Some(Structure) => Class::Structure,
        Some(Cases) => cases(found, format, &mut notes),
        Some(Aside) => Class::Wording,
        None => by_format(found, format),
    };
    let class = if class == Class::Wording && rule(kind, &found.key) != Some(Aside) {
        wording(found, &mut notes)
    } else {
        class
    };
    if class == Class::Burden {
        notes.extend(ground(found, has_reason));
    }
    (class, notes)
}

fn rule(kind: Kind, key: &str) -> Option<Rule> {
    let key = key.split('（').next().unwrap_or(key);
    match kind {
        Kind::Item => ITEM.iter().find(|(name, _)| *name == key).map(|(_, rule)| *rule),
        kind => SHARED.iter().find(|(of, name, _)| *of == kind && *name == key).map(|(_, _, rule)| *rule),
    }
}

/// The class of a field whose more and less matter.
fn direction(found: &Difference, format: &str, [more, less]: [Class; 2], notes: &mut Vec<Note>) -> Class {
    if found.field.ends_with('）') {
        return Class::Wording;
    }
    let (Some(old), Some(new)) = (&found.old, &found.new) else {
        return if found.new.is_some() { more } else { less };
    };
    match weigh(format, &found.key, old, new) {
        Some(Ordering::Greater) => more,
        Some(Ordering::Less) => less,
        Some(Ordering::Equal) => Class::Fact,
        None if format.is_empty() => {
            if more == Class::Burden {
                notes.push(Note::new(
                    Remark::Hint,
                    "要求的文字有变，请看是不是更严",
                    "the wording of a requirement changed: is it stricter?",
                ));
            }
            Class::Wording
        }
        None => {
            notes.push(Note::new(
                Remark::Hint,
                "前后单位不同，轻重请人判断",
                "the units differ: somebody must judge which is more",
            ));
            Class::Fact
        }
    }
}

/// A question or an answer that came or went, with what that means; another id of one changes addresses.
fn cases(found: &Difference, format: &str, notes: &mut Vec<Note>) -> Class {
    let is_question = found.is_entry;
    let name = |text: &str| text.split('；').next().unwrap_or_default().to_owned();
    let note = match (&found.old, &found.new) {
        (Some(_), Some(_)) if format == "slug" => {
            Note::new(Remark::Hint, "这种情形的网址跟着变", "the address of the case changes with it")
        }
        (Some(old), None) if is_question => {
            Note::new(Remark::Hint, format!("少了一个问题：{}", name(old)), format!("one question less: {}", name(old)))
        }
        (Some(old), None) => Note::new(Remark::Hint, format!("少了一种情形：{old}"), format!("one case less: {old}")),
        (None, Some(new)) if is_question => {
            Note::new(Remark::Hint, format!("多了一个问题：{}", name(new)), format!("one question more: {}", name(new)))
        }
        (None, Some(new)) => Note::new(Remark::Hint, format!("多了一种情形：{new}"), format!("one case more: {new}")),
        _ => return by_format(found, format),
    };
    notes.push(note);
    Class::Structure
}

/// Values are facts, texts are words.
fn by_format(found: &Difference, format: &str) -> Class {
    if format.is_empty() && !found.is_entry { Class::Wording } else { Class::Fact }
}

/// A text whose numbers change is a fact; one whose 不 or 可以 changes is looked at twice.
fn wording(found: &Difference, notes: &mut Vec<Note>) -> Class {
    const MODAL: [&str; 8] = ["不", "无", "未", "免", "必须", "应当", "可以", "禁止"];
    let (old, new) = (found.old.as_deref().unwrap_or_default(), found.new.as_deref().unwrap_or_default());
    if old.is_empty() || new.is_empty() {
        return Class::Wording;
    }
    let changed = MODAL.iter().find(|word| old.matches(**word).count() != new.matches(**word).count());
    if let Some(word) = changed {
        notes.push(Note::new(
            Remark::Hint,
            format!("“{word}”字有增减，意思可能变了"),
            format!("“{word}” came or went: the meaning may have changed"),
        ));
    }
    if numbers(old) != numbers(new) {
        notes.push(Note::new(Remark::Hint, "文字里的数字有变", "a number in the text changed"));
        return Class::Fact;
    }
    Class::Wording
}

/// What a burden rests on, if it says.
fn ground(found: &Difference, has_reason: bool) -> Option<Note> {
    let has_basis = found.entry.as_ref().is_some_and(|entry| {
        entry.get("依据").is_some_and(|basis| basis.as_array().is_none_or(|list| !list.is_empty()))
            || entry.get("说明").is_some_and(|note| !scalar(note).is_empty())
    });
    if has_basis || has_reason {
        return None;
    }
    let wants_basis = ["申请材料", "收费", "中介服务", "特别程序", "年审年检"].contains(&found.key.as_str());
    Some(if wants_basis && found.entry.is_some() {
        Note::new(
            Remark::Unfounded,
            "没有写依据，变更记录里也没有写理由",
            "it gives no basis, and the change record gives no reason",
        )
    } else {
        Note::new(Remark::Unfounded, "变更记录里没有写理由", "the change record gives no reason")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use crate::yaml::{Shape, shape_of};

    /// Whether a shape has a field at a path of keys.
    fn has(shape: &Shape, path: &[&str]) -> bool {
        let Some((first, rest)) = path.split_first() else { return true };
        match shape {
            Shape::Map(keys) => keys.iter().any(|key| key.name == *first && has(&key.shape, rest)),
            Shape::List(inner) | Shape::Open(inner) => has(inner, path),
            Shape::Told(told) => has(told, &[&[*first][..], rest].concat()),
            Shape::Either(shapes) => shapes.iter().any(|shape| has(shape, path)),
            _ => false,
        }
    }

    #[test]
    fn every_rule_is_about_a_field_of_the_schema() {
        let item = shape_of::<schema::Item>();
        for (name, _) in ITEM {
            assert!(has(&item, &name.split('.').collect::<Vec<_>>()), "{name}");
        }
        let tables =
            [shape_of::<schema::SiteFile>(), shape_of::<schema::TopicsFile>(), shape_of::<schema::RedirectsFile>()];
        for (kind, name, _) in SHARED {
            let path: Vec<&str> = name.split('.').collect();
            let found = match kind {
                Kind::Department => has(&shape_of::<schema::Department>(), &path),
                Kind::Place => has(&shape_of::<schema::Place>(), &path),
                Kind::Material => has(&shape_of::<schema::SharedMaterial>(), &path),
                Kind::Law => has(&shape_of::<schema::Law>(), &path),
                Kind::Bundle => has(&shape_of::<schema::Bundle>(), &path),
                _ => tables.iter().any(|table| has(table, &path)),
            };
            assert!(found, "{name}");
        }
    }
}
