//! MT01: no catch-all in what is asked of people.

use std::sync::Arc;

use crate::check::texts::{self, Text};
use crate::check::wording::{clause_before, member_before, without_titles};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::{Item, Portal};
use crate::source::{FieldPath, FileId};

/// MT01.
static CODE: Code = Code {
    id: "MT01",
    name: "catch-all",
    severity: Severity::Error,
    title_zh: "有“其他材料”一类的兜底说法",
    title_en: "catch-all such as 其他材料",
    explain_zh: "申请条件和材料要写全，不能有“其他材料”“有关证明”“法律法规规定的其他条件”“身份证等”“符合有关规定”这样的兜底说法，群众会因此多跑。\
        北京市优化营商环境条例第三十一条、广东省优化营商环境条例第二十九条等都明文禁止。书名号里的文件名和条文原文不算。\
        怎么改：把“其他”具体是哪几样逐一写出来；确实没有的，删掉这几个字。",
    explain_en: "Conditions and materials are complete: no “other materials”, “relevant proofs”, “other conditions of law” or open \
        lists, which send people home twice. Regulations of Beijing (art. 31) and Guangdong (art. 29) forbid them in so many \
        words. Titles in 《》 and quoted articles are left alone. Name each thing that is meant, or take the words away.",
};

/// The rule for items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };
/// The rule for materials that many items share.
pub(super) const SHARED: Rule = Rule { codes: &[], check: Check::Portal(check_shared) };

/// What kind of text is looked at: the more it is prose, the less a word proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The name of a material.
    Name,
    /// A condition, a prohibition, or when a material is needed.
    Condition,
    /// A note.
    Prose,
}

/// What kind of unnamed thing.
const VAGUE: [&str; 4] = ["其他", "其它", "有关", "相关"];
/// What may stand between.
const BETWEEN: [&str; 6] = ["的", "有关", "相关", "必要", "所需", "证明"];
/// The unnamed thing itself; the longer name first.
const THINGS: [&str; 9] = ["证明材料", "材料", "资料", "文件", "证件", "手续", "条件", "情形", "证明"];
/// The papers among them.
const PAPERS: [&str; 5] = ["材料", "资料", "文件", "证件", "证明"];
/// What laws are said to demand besides.
const DEMANDS: [&str; 8] = ["条件", "材料", "情形", "要求", "事项", "文件", "资料", "证件"];
/// Words after which “the relevant papers” are ones that were named.
const NAMED_BEFORE: [&str; 9] = ["下列", "以下", "上述", "前述", "前款", "所列", "如下", "清单中", "清单里"];
/// Verbs that ask for something.
const ASKING: [&str; 10] = ["提供", "提交", "补充", "补交", "携带", "带上", "带齐", "准备", "附上", "出示"];
/// Characters names of papers end with.
const PAPER_ENDS: &str = "证书表件照料同簿告录单据册";
/// Words that end in 等 and leave nothing open.
const WHOLE_WORDS: &str = "高中初平同优上下对均相不劣甲乙丙一二三头特何次";

/// The words of which every catch-all has one.
const MARKS: [&str; 6] = ["其他", "其它", "有关", "相关", "等", "认为"];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        texts::of_item(item, &mut |text| {
            let found = kind(text).and_then(|kind| catch_all(text.text, kind));
            findings.extend(found.map(|found| finding(text.file, text.part(&found), &found)));
        });
    }
}

fn check_shared(portal: &Portal, findings: &mut Findings) {
    for material in &portal.materials {
        let facts = &material.facts;
        let notes = [("怎么取得", facts.how_to_get.as_deref()), ("说明", facts.note.as_deref())];
        let notes = notes.into_iter().filter_map(|(key, text)| Some((key, text?, Kind::Prose)));
        for (key, text, kind) in std::iter::once(("名称", facts.name.as_str(), Kind::Name)).chain(notes) {
            let Some(found) = catch_all(text, kind) else { continue };
            let target = Target::Within(FieldPath::root().key(key), found.clone());
            findings.push(finding(material.file, target, &found));
        }
    }
}

/// How a text of an item is to be read; none for those that ask nothing of anybody.
fn kind(text: Text<'_>) -> Option<Kind> {
    if text.is_under("申请条件") || text.is_under("禁止性要求") || text.is_called("必要性情形") {
        return Some(Kind::Condition);
    }
    if text.is_under("申请材料") && text.is_called("名称") {
        return Some(Kind::Name);
    }
    let asks = !["常见错误", "问", "名称", "结果", "状态说明"].iter().any(|key| text.is_called(key))
        && !["权利", "义务", "变更记录"].iter().any(|key| text.is_under(key));
    asks.then_some(Kind::Prose)
}

fn finding(file: FileId, target: Target, found: &str) -> Finding {
    let message = Words::new(format!("`{found}` 是兜底的说法"), format!("`{found}` is a catch-all"));
    Finding::new(&CODE, file, target, message)
        .label("没有说清是什么", "does not say what")
        .allowed("逐项写明名称", "each named one by one")
        .repair("写出具体是哪些，或者删掉", "name them, or remove it")
}

/// The catch-all in a text, outside 《》.
fn catch_all(text: &str, kind: Kind) -> Option<String> {
    // Most texts have none of the words every catch-all has.
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let text = &*without_titles(text);
    by_law(text)
        .or_else(|| open_list(text, kind))
        .or_else(|| unnamed_thing(text, kind))
        .or_else(|| on_demand(text, kind))
        .or_else(|| (kind == Kind::Condition).then(|| unnamed_law(text))?)
}

/// “法律法规规定的其他条件”: the reader would have to know all laws.
fn by_law(text: &str) -> Option<String> {
    ["规定的其他", "规定的其它"].iter().find_map(|phrase| {
        let (at, _) = text.match_indices(phrase).find(|(at, _)| {
            let rest = &text[at + phrase.len()..];
            let rest = rest.trim_start_matches("有关").trim_start_matches("相关");
            DEMANDS.iter().any(|demand| rest.starts_with(demand))
        })?;
        let end = at + phrase.len() + text[at + phrase.len()..].chars().take(2).map(char::len_utf8).sum::<usize>();
        Some(text[member_before(text, at, 12)..end].to_owned())
    })
}

/// “其他有关材料”: a vague word and the bare name of a kind.
fn unnamed_thing(text: &str, kind: Kind) -> Option<String> {
    let places = VAGUE.iter().flat_map(|vague| text.match_indices(vague));
    for (at, vague) in places {
        let mut rest = &text[at + vague.len()..];
        while let Some(next) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
            if THINGS.iter().any(|thing| rest.starts_with(thing)) {
                break;
            }
            rest = next;
        }
        let Some(thing) = THINGS.iter().find(|thing| rest.starts_with(**thing)) else { continue };
        let (before, after) = (&text[..at], &rest[thing.len()..]);
        let asked =
            ASKING.iter().any(|verb| before.ends_with(verb)) && PAPERS.iter().any(|paper| thing.ends_with(paper));
        let is_way = (*thing == "手续" && kind != Kind::Name) || before.ends_with('因');
        if is_way || is_named(before, after) || (kind == Kind::Prose && !asked) {
            continue;
        }
        return Some(text[at..text.len() - after.len()].to_owned());
    }
    None
}

/// Whether what is called relevant was named before or is named at once.
fn is_named(before: &str, after: &str) -> bool {
    let clause = clause_before(before);
    let listed = after.starts_with(['：', ':']) || (after.starts_with(['（', '(']) && !after.contains('等'));
    let not_asked = ["不变", "不用", "不需要", "夹", "袋", "相同", "见"].iter().any(|word| after.starts_with(word));
    listed || not_asked || NAMED_BEFORE.iter().any(|word| clause.contains(word))
}

/// “审批机关认为需要的”: what is asked is decided at the window.
fn on_demand(text: &str, kind: Kind) -> Option<String> {
    for phrase in ["要求提供的其他", "要求提交的其他", "需要提供的其他", "需要提交的其他", "需要补充的其他"]
    {
        if text.contains(phrase) {
            return Some(phrase.to_owned());
        }
    }
    if kind == Kind::Prose {
        return None;
    }
    let (at, _) = text.match_indices("认为").find(|(at, phrase)| {
        let office = ["机关", "部门", "窗口", "机构", "单位"].iter().any(|office| text[..*at].ends_with(office));
        let after: String = text[at + phrase.len()..].chars().take(8).collect();
        office && ["需要", "必要", "应当提供", "应当提交"].iter().any(|word| after.contains(word))
    })?;
    Some(text[member_before(text, at, 6)..].chars().take(12).collect())
}

/// “身份证、户口簿等材料”, “营业执照等”: a list that is left open.
fn open_list(text: &str, kind: Kind) -> Option<String> {
    for (at, sign) in text.match_indices('等') {
        let (head, rest) = (&text[..at], &text[at + sign.len()..]);
        if head.is_empty() || (head.ends_with(|c| WHOLE_WORDS.contains(c)) && !head.ends_with("合同")) {
            continue;
        }
        let tail = rest.trim_start_matches("相关").trim_start_matches("有关").trim_start_matches("其他");
        let paper = PAPERS.iter().find(|paper| tail.starts_with(**paper));
        let of_papers = head.ends_with(|c| PAPER_ENDS.contains(c)) || head.ends_with("证明");
        let ends = rest.is_empty() || rest.starts_with(['。', '；', ';', '）', ')']) || rest.trim().is_empty();
        let open = match kind {
            Kind::Name => paper.is_some() || ends,
            Kind::Condition => of_papers && (paper.is_some() || ends),
            Kind::Prose => of_papers && paper.is_some() && !clause_before(head).contains(['不', '免', '无']),
        };
        if !open {
            continue;
        }
        let end = at + sign.len() + paper.map_or(0, |paper| rest.len() - tail.len() + paper.len());
        return Some(text[member_before(text, at, 12)..end].to_owned());
    }
    None
}

/// “符合有关规定”: a condition that names no rule one could look up.
fn unnamed_law(text: &str) -> Option<String> {
    const RULES: [&str; 7] = ["规定", "要求", "法律", "法规", "政策", "标准", "规范"];
    for vague in ["有关", "相关"] {
        for (at, _) in text.match_indices(vague) {
            let rest = &text[at + vague.len()..];
            let clause = clause_before(&text[..at]);
            let asked = ["符合", "满足", "具备", "遵守"].iter().find_map(|verb| clause.rfind(verb));
            let (Some(from), Some(rule)) = (asked, RULES.iter().find(|rule| rest.starts_with(**rule))) else {
                continue;
            };
            let between = &clause[from..];
            let of =
                between.contains('的') && !["国", "中", "省", "市"].iter().any(|area| between[6..].starts_with(area));
            let names_one = of || between.contains(['》', '第', '号']) || between.chars().count() > 14;
            if !names_one {
                return Some(format!("{between}{vague}{rule}"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Kind, catch_all};

    #[test]
    fn catch_alls_among_materials_are_found_and_names_are_not() {
        for (bad, found) in [
            ("其他材料", "其他材料"),
            ("其他有关材料", "其他有关材料"),
            ("相关证明材料", "相关证明材料"),
            ("有关部门要求的其他文件", "其他文件"),
            ("需要提供的其它资料", "其它资料"),
            ("身份证、户口簿等材料", "户口簿等材料"),
            ("营业执照等", "营业执照等"),
            ("申请人身份证明文件（含营业执照、授权委托书等）", "授权委托书等"),
            ("验收证明等相关文件", "验收证明等相关文件"),
            ("能够证明股权价格的有关材料", "有关材料"),
            ("登记机关认为需要提交的文件", "登记机关认为需要提交的文"),
        ] {
            assert_eq!(catch_all(bad, Kind::Name).as_deref(), Some(found), "{bad}");
        }
        for good in [
            "授权委托书",
            "其他组织的登记证书",
            "《其他材料清单》",
            "高等学校毕业证书",
            "二级甲等",
            "有效护照或者其他国际旅行证件",
            "变更其他登记事项的证明材料",
            "中国海关等部门出具的准许入境的凭证",
            "相关材料（身份证、户口簿）",
            "等级证书",
            "死亡、失踪等原因暂停发放的证明材料",
        ] {
            assert_eq!(catch_all(good, Kind::Name), None, "{good}");
        }
    }

    #[test]
    fn catch_alls_among_conditions_are_found_and_scopes_are_not() {
        for (bad, found) in [
            ("法律法规规定的其他条件", "法律法规规定的其他条件"),
            ("符合国人防〔2014〕438号规定的其他条件", "人防〔2014〕438号规定的其他条件"),
            ("符合国家有关规定", "符合国家有关规定"),
            ("符合相关法律、法规的规定", "符合相关法律"),
            ("具有亲属关系证明、无犯罪记录证明等相关证明", "无犯罪记录证明等相关证明"),
            ("有身份证、户口簿等。", "户口簿等"),
        ] {
            assert_eq!(catch_all(bad, Kind::Condition).as_deref(), Some(found), "{bad}");
        }
        for good in [
            "学历不低于中等",
            "第三十三条规定的条件",
            "男女双方自愿、平等",
            "建设（含新建、改建、扩建等）跨越航道的建筑物的",
            "下列与航道有关的工程",
            "公民、法人和其他组织",
            "符合《机动车登记规定》的有关规定",
            "符合下列有关条件之一",
            "变更法定代表人，其他条件不变的",
            "符合文物保护规划的相关要求",
            "按考籍管理办法办理有关手续的",
        ] {
            assert_eq!(catch_all(good, Kind::Condition), None, "{good}");
        }
    }

    #[test]
    fn in_prose_only_what_is_asked_for_counts() {
        for bad in
            ["按窗口要求提供相关材料", "带上合同等材料", "请带上身份证、户口簿等材料", "登记机关要求提供的其他材料"]
        {
            assert!(catch_all(bad, Kind::Prose).is_some(), "{bad}");
        }
        for good in [
            "和其他材料一起交",
            "其他材料齐全的当场受理",
            "不用再交身份证、户口簿等材料",
            "核对有关证件是否在有效期",
            "提交上述有关材料",
        ] {
            assert_eq!(catch_all(good, Kind::Prose), None, "{good}");
        }
    }
}
