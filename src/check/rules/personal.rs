//! PB02: nobody's own phone, identity number or name is published.

use std::sync::Arc;

use jiff::civil::Date;

use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::value::{Phone, PhoneKind};
use crate::portal::{Item, Portal};
use crate::source::{FieldPath, FileId};

/// PB02.
static CODE: Code = Code {
    id: "PB02",
    name: "personal-data",
    severity: Severity::Warning,
    title_zh: "公开了个人的手机号、身份证号或姓名",
    title_en: "a personal phone, identity number or name in public",
    explain_zh: "页面上只写岗位和办公电话。个人的手机、身份证号码和姓名是个人信息，公开了收不回来；人一调动，群众也找不到。",
    explain_en: "Pages name posts and office phones. Mobile and identity numbers and names are personal data, cannot be \
        taken back, and lead nowhere when somebody moves on.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let root = FieldPath::root();
        phones(item.file, &item.facts.consult_phones, &root.key("咨询电话"), findings);
        phones(item.file, &item.facts.complaint_phones, &root.key("监督电话"), findings);
        for (n, place) in item.facts.places.iter().enumerate() {
            if let Some(phone) = &place.phone {
                one_phone(item.file, phone, root.key("办理地点").index(n).key("电话"), findings);
            }
        }
    }
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    let root = FieldPath::root();
    for department in &portal.departments {
        phones(department.file, &department.facts.consult_phones, &root.key("咨询电话"), findings);
        phones(department.file, &department.facts.complaint_phones, &root.key("监督电话"), findings);
    }
    for place in &portal.places {
        if let Some(phone) = place.facts.phone.told() {
            one_phone(place.file, phone, root.key("电话"), findings);
        }
    }
    over_others(portal, findings, look);
}

fn phones(file: FileId, phones: &[Phone], at: &FieldPath, findings: &mut Findings) {
    for (n, phone) in phones.iter().enumerate() {
        one_phone(file, phone, at.index(n), findings);
    }
}

fn one_phone(file: FileId, phone: &Phone, at: FieldPath, findings: &mut Findings) {
    if phone.kind() == PhoneKind::Mobile {
        findings.push(finding(file, Target::Value(at), Kind::Mobile, phone.as_str()));
    }
}

/// What of a person is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mobile,
    Identity,
    Name,
}

fn finding(file: FileId, target: Target, kind: Kind, found: &str) -> Finding {
    let (zh, en) = match kind {
        Kind::Mobile => (format!("`{found}` 是手机号"), format!("`{found}` is a mobile number")),
        Kind::Identity => (format!("`{found}` 是身份证号码"), format!("`{found}` is an identity number")),
        Kind::Name => (format!("`{found}` 像是人名"), format!("`{found}` looks like a name")),
    };
    let finding = Finding::new(&CODE, file, target, Words::new(zh, en));
    match kind {
        Kind::Mobile => finding
            .allowed("办公电话，如 0600-8801001", "an office phone, such as 0600-8801001")
            .repair("换成办公电话", "give an office phone"),
        Kind::Identity => finding.allowed("不写号码", "no number").repair("删掉号码", "remove the number"),
        Kind::Name => finding
            .allowed("岗位或科室，如“食品许可窗口一”", "a post or office")
            .repair("写岗位，不写人名", "name the post, not the person"),
    }
}

fn look(portal: &Portal, text: &Text<'_>, findings: &mut Findings) {
    for (kind, found) in personal(text.text, portal.as_of) {
        findings.push(finding(text.file, text.part(found), kind, found));
    }
    let is_post = text.is_under("责任") && (text.is_called("A岗") || text.is_called("B岗"));
    if is_post && is_name(text.text.trim()) {
        findings.push(finding(text.file, text.target(), Kind::Name, text.text.trim()));
    }
}

/// The mobile numbers, identity numbers and names of contacts in a text.
fn personal(text: &str, today: Date) -> Vec<(Kind, &str)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|at| rest + at) {
        let run = text[start..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(text.len(), |end| start + end);
        let word = &text[start..run];
        // A letter, hyphen or point before it makes it a part of a code.
        let is_apart = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "-_./=".contains(c));
        if is_apart && is_mobile(word) {
            found.push((Kind::Mobile, word));
        } else if is_apart && is_identity(word, today) {
            found.push((Kind::Identity, word));
        }
        rest = run;
    }
    found.extend(contact(text).map(|name| (Kind::Name, name)));
    found
}

fn is_mobile(word: &str) -> bool {
    word.len() == 11 && word.bytes().all(|b| b.is_ascii_digit()) && matches!(word.as_bytes()[..2], [b'1', b'3'..=b'9'])
}

/// An identity number of eighteen characters: a region, a birthday that can be, and its check character (GB 11643).
fn is_identity(word: &str, today: Date) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some((digits, last)) = word.split_at_checked(17).filter(|_| word.len() == 18) else { return false };
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.as_bytes()[0], b'1'..=b'8') {
        return false;
    }
    let part = |from: usize, to: usize| digits[from..to].parse::<i16>().unwrap_or(0);
    let (Ok(month), Ok(day)) = (i8::try_from(part(10, 12)), i8::try_from(part(12, 14))) else { return false };
    let is_born = Date::new(part(6, 10), month, day).is_ok_and(|day| day.year() >= 1900 && day <= today);
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = b"10X98765432"[(sum % 11) as usize];
    is_born && last.to_ascii_uppercase().as_bytes()[0] == check
}

/// The name behind 联系人 and the like.
fn contact(text: &str) -> Option<&str> {
    ["联系人", "经办人", "咨询人", "负责人", "承办人"].iter().find_map(|label| {
        let after = &text[text.find(label)? + label.len()..];
        let after = after.strip_prefix(['：', ':'])?.trim_start();
        let end = after.find(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).unwrap_or(after.len());
        let name = &after[..end];
        let name = name.strip_suffix("先生").or(name.strip_suffix("女士")).unwrap_or(name);
        is_name(name).then_some(name)
    })
}

/// Two or three characters that begin with a common family name and end in no word for a post.
fn is_name(text: &str) -> bool {
    const FAMILIES: &str = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚";
    const POSTS: [&str; 18] =
        ["岗", "科", "室", "窗", "口", "员", "长", "组", "处", "局", "部", "站", "所", "队", "班", "台", "厅", "任"];
    const WORDS: [&str; 12] =
        ["金融", "高级", "常务", "方便", "法人", "任何", "于法", "白天", "万元", "何人", "余额", "本人"];
    matches!(text.chars().count(), 2 | 3)
        && text.starts_with(|c| FAMILIES.contains(c))
        && text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !POSTS.iter().any(|post| text.ends_with(post))
        && !WORDS.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_name, personal};
    use jiff::civil::date;

    fn check(text: &str, expected: &[(Kind, &str)]) {
        assert_eq!(personal(text, date(2026, 7, 1)), expected, "{text}");
    }

    #[test]
    fn numbers_of_persons_and_other_numbers() {
        check("打13800138000问", &[(Kind::Mobile, "13800138000")]);
        check("号码11010519491231002X", &[(Kind::Identity, "11010519491231002X")]);
        check("号码110105194912310029，卡号6217001380013800138", &[]);
        check("114507210081153718、11450721MB15580811", &[]);
        check("编码11440100007482575H3440118009000", &[]);
        check("流水号A13800138000、2026-13800138000", &[]);
        check("热线12345，0600-8801001转138", &[]);
    }

    #[test]
    fn names_of_persons_and_of_posts() {
        check("联系人：王小明，0600-8801001", &[(Kind::Name, "王小明")]);
        check("经办人: 李华女士", &[(Kind::Name, "李华")]);
        check("联系人：办公室", &[]);
        check("负责人：法定代表人或者经营者", &[]);
        assert!(is_name("张三丰") && !is_name("高级岗") && !is_name("许可科") && !is_name("窗口一"));
    }
}
