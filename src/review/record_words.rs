//! What changed, in the words of who comes to apply: 承诺的办理时间由10个工作日缩短为5个工作日.

use crate::review::{Change, Class};

/// Longer values are not repeated.
const MAX_VALUE: usize = 30;

/// What keys are called by who does not write guides; all others are called as they are.
const NAMES: [(&str, &str); 24] = [
    ("办理时限.承诺", "承诺的办理时间"),
    ("办理时限.法定", "法律规定的办理时间"),
    ("到现场次数", "要跑的次数"),
    ("办件类型", "多久能办完"),
    ("办理流程", "办理步骤"),
    ("环节", "步骤"),
    ("情形引导", "按情况选的问题"),
    ("申请材料", "材料"),
    ("必要性情形", "什么情况下要交"),
    ("必要性", "要不要交"),
    ("出具单位", "由谁出具"),
    ("受理标准", "什么样的算合格"),
    ("填报须知", "怎么填"),
    ("免交", "什么情况下不用交"),
    ("容缺受理", "先受理、后补材料的办法"),
    ("告知承诺", "用书面承诺代替材料的办法"),
    ("特别程序", "不算在办理时间里的程序"),
    ("审批结果", "办好拿到的证件"),
    ("送达方式", "怎么拿到办好的证件"),
    ("办理形式", "可以怎么办"),
    ("深度", "能办到哪一步"),
    ("通办范围", "在哪些地方都能办"),
    ("适用范围", "谁可以办"),
    ("guide.md", "补充说明"),
];

/// What words of the field say to who hears them for the first time, by their key.
const VALUES: [(&str, &str, &str); 11] = [
    ("办件类型", "即办件", "当场办完"),
    ("办件类型", "承诺件", "在承诺的时间里办完"),
    ("办件类型", "上报件", "报上级审批"),
    ("办件类型", "联办件", "几个部门一起办"),
    ("办件类型", "初审件", "先初审、再报上级"),
    ("必要性", "必要", "都要交"),
    ("必要性", "非必要", "有的情况才要交"),
    ("必要性", "容缺后补", "可以后补"),
    ("状态", "在用", "正常办理"),
    ("状态", "暂停", "暂停办理"),
    ("状态", "取消", "不再办理"),
];

/// How people say that a value became another: by its key, for less and for more to bear.
const TURNS: [(&str, &str, &str); 5] = [
    ("办理时限.承诺", "缩短为", "延长为"),
    ("办理时限.法定", "缩短为", "延长为"),
    ("到现场次数", "减少为", "增加为"),
    ("收费.金额", "降为", "涨到"),
    ("收费.费率", "降为", "涨到"),
];

/// A change in everyday words, with what it was and what it is.
pub(super) fn phrase(change: &Change) -> String {
    match (change.key.as_str(), &change.old, &change.new) {
        ("网址", Some(_), Some(_)) => "网页换了地址".to_owned(),
        ("部门", Some(old), Some(new)) => format!("改由{new}办理，原来是{old}"),
        ("收费", None, Some(new)) => format!("新增收费：{}", entry(new, &["金额", "费率"])),
        ("收费", Some(old), None) => format!("不再收{}", entry(old, &["金额", "费率"])),
        ("申请材料", None, Some(new)) => format!("新增材料：{}", entry(new, &["份数", "必要性情形"])),
        ("申请材料", Some(old), None) => format!("不再要材料“{}”", name(old)),
        ("办理地点", None, Some(new)) => format!("增加办理地点：{}", entry(new, &["窗口"])),
        ("办理地点", Some(old), None) => format!("不再在{}办理", name(old)),
        (key, old, new) => of_field(change, key, old.as_deref(), new.as_deref()),
    }
}

fn of_field(change: &Change, key: &str, old: Option<&str>, new: Option<&str>) -> String {
    if let (Some(old), Some(new)) = (old.and_then(|old| said(key, old)), new.and_then(|new| said(key, new))) {
        let of = change.field.rsplit_once('.').map(|(of, _)| field(of, "")).unwrap_or_default();
        return format!("{of}原来{old}，现在{new}");
    }
    let field = field(&change.field, key);
    let is_short = |text: &str| text.chars().count() <= MAX_VALUE && !text.contains('\n');
    match (old, new) {
        (Some(old), Some(new)) if is_short(old) && is_short(new) => {
            let turn = TURNS.iter().find(|(one, ..)| *one == key);
            let turn = match (turn, change.class) {
                (Some((_, less, _)), Class::Relief) => less,
                (Some((.., more)), Class::Burden) => more,
                _ => "改为",
            };
            format!("{field}由{}{turn}{}", value(key, old), value(key, new))
        }
        // What has a name of its own in the field is not an entry of a list.
        (None, Some(new)) if key.contains('.') && is_short(new) => {
            format!("写明{field}：{}", said(key, new).unwrap_or(new))
        }
        (Some(old), None) if key.contains('.') && is_short(old) => {
            format!("去掉{field}：{}", said(key, old).unwrap_or(old))
        }
        (None, Some(new)) => format!("增加{}：{}", called(key), name(new)),
        (Some(old), None) => format!("去掉{}：{}", called(key), name(old)),
        _ => format!("{field}有修改"),
    }
}

/// A value in everyday words; quoted unless it is a number of something.
fn value(key: &str, text: &str) -> String {
    if let Some(said) = said(key, text) {
        return said.to_owned();
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) { text.to_owned() } else { format!("“{text}”") }
}

/// What a word of the field says.
fn said(key: &str, word: &str) -> Option<&'static str> {
    let key = key.rsplit('.').next().unwrap_or(key);
    VALUES.iter().find(|(one, known, _)| *one == key && *known == word).map(|(.., said)| *said)
}

/// A field with the names in it: 材料“户口簿”的份数, of 申请材料「户口簿」.份数.
fn field(field: &str, key: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(one, _)| *one == key) {
        return (*name).to_owned();
    }
    // A fee is spoken of by its name, and its amount is the fee.
    if let Some(rest) = field.strip_prefix("收费「")
        && let Some((name, rest)) = rest.split_once('」')
    {
        return match rest.trim_start_matches('.') {
            "金额" | "费率" | "" => name.to_owned(),
            rest => format!("{name}的{}", called(rest)),
        };
    }
    let part = |part: &str| match part.split_once('「') {
        Some((key, name)) => format!("{}“{}”", called(key), name.trim_end_matches('」')),
        None => called(part).to_owned(),
    };
    parts(field).into_iter().map(part).collect::<Vec<_>>().join("的")
}

/// The parts of a field between its dots; a dot in a name divides nothing.
fn parts(field: &str) -> Vec<&str> {
    let mut depth = 0usize;
    field
        .split(|c: char| {
            match c {
                '「' => depth += 1,
                '」' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == '.' && depth == 0
        })
        .collect()
}

fn called(key: &str) -> &str {
    let name = NAMES.iter().find(|(one, _)| *one == key);
    name.map_or_else(|| key.rsplit('.').next().unwrap_or(key), |(_, name)| name)
}

/// The name of a printed entry with some of its facts: 照相费（20元）.
fn entry(text: &str, keys: &[&str]) -> String {
    let fact = |key: &&str| text.split('；').find_map(|part| part.strip_prefix(*key)?.strip_prefix('：'));
    let facts: Vec<&str> = keys.iter().filter_map(fact).filter(|fact| fact.chars().count() <= MAX_VALUE).collect();
    if facts.is_empty() { name(text) } else { format!("{}（{}）", name(text), facts.join("，")) }
}

/// The name of a printed entry, without what is said of it.
fn name(text: &str) -> String {
    let name = text.split('；').next().unwrap_or_default();
    let mut short: String = name.lines().next().unwrap_or_default().chars().take(MAX_VALUE).collect();
    if short.chars().count() < name.chars().count() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(class: Class, field: &str, key: &str, (old, new): (&str, &str), expected: &str) {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let change = Change {
            class,
            field: field.to_owned(),
            key: key.to_owned(),
            old: text(old),
            brief: None,
            new: text(new),
            notes: Vec::new(),
            touched: Vec::new(),
            line: None,
            excepted: None,
        };
        assert_eq!(phrase(&change), expected);
    }

    #[test]
    fn what_people_bear_is_said_with_both_values() {
        let time = ("10个工作日", "5个工作日");
        check(Class::Relief, "办理时限.承诺", "办理时限.承诺", time, "承诺的办理时间由10个工作日缩短为5个工作日");
        check(Class::Burden, "到现场次数", "到现场次数", ("1次", "2次"), "要跑的次数由1次增加为2次");
        check(Class::Burden, "收费「工本费」.金额", "收费.金额", ("10元", "20元"), "工本费由10元涨到20元");
        check(Class::Fact, "收费「工本费」.单位", "收费.单位", ("本", "次"), "工本费的单位由“本”改为“次”");
        check(
            Class::Burden,
            "收费",
            "收费",
            ("", "照相费；性质：其他；金额：20元；单位：张"),
            "新增收费：照相费（20元）",
        );
        check(Class::Relief, "收费", "收费", ("工本费；金额：10元", ""), "不再收工本费（10元）");
    }

    #[test]
    fn words_of_the_field_are_explained() {
        let letter = "单位介绍信；编号：letter；份数：原件1份；必要性：必要";
        check(Class::Burden, "申请材料", "申请材料", ("", letter), "新增材料：单位介绍信（原件1份）");
        check(Class::Relief, "申请材料", "申请材料", (letter, ""), "不再要材料“单位介绍信”");
        let need = "申请材料「户口簿」.必要性";
        check(Class::Relief, need, "申请材料.必要性", ("必要", "非必要"), "材料“户口簿”原来都要交，现在有的情况才要交");
        let copies = "申请材料「A.B 表」.份数";
        check(Class::Burden, copies, "申请材料.份数", ("1份", "2份"), "材料“A.B 表”的份数由1份改为2份");
        check(Class::Fact, "办件类型", "办件类型", ("承诺件", "即办件"), "原来在承诺的时间里办完，现在当场办完");
        check(Class::Fact, "咨询电话", "咨询电话", ("12367", ""), "去掉咨询电话：12367");
        check(Class::Wording, "guide.md", "guide.md", ("一\n二", "一\n三"), "补充说明有修改");
        check(Class::Structure, "网址", "网址", ("/items/a/", "/items/b/"), "网页换了地址");
    }
}
