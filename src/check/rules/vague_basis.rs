//! LB01: a basis can be looked up.
//!
//! That each basis names a law of the portal and a clause is held by its type (YM06, YM10, RF01).

use std::sync::{Arc, LazyLock};

use crate::check::phrases::Phrases;
use crate::check::sentences::sentence_at;
use crate::check::texts::{Text, over_items, over_others};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{LawKind, LawStatus, Term};
use crate::portal::{Item, Law, Portal};
use crate::source::FieldPath;

/// LB01.
static CODE: Code = Code {
    id: "LB01",
    name: "vague-basis",
    severity: Severity::Error,
    title_zh: "依据没有写清是哪部法律",
    title_en: "a basis that does not say which law",
    explain_zh: "依据要写《全称》、文号和条款，群众查得到原文。“有关规定”“相关法律法规”“上级要求”谁也查不到。\
        法律文件的名称写全称，部门规章、政府规章和规范性文件写文号。名称说不清是错误，文字里的“有关规定”是警告，缺文号是提示。",
    explain_en: "A basis has its full title, number and clause, so that people can read it. Nobody can look up “relevant \
        provisions”. The file of a law has the full title, that of a rule or document also its 文号. A title that says \
        nothing is an error, 有关规定 in a text a warning, a missing 文号 is only mentioned.",
};

/// The rule over items.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// The rule over everything else.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(others) };

/// Provisions that have no name, then words that hold one of them and mean something else.
static VAGUE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(NAMELESS.iter().chain(&OTHER_WORDS)));
const NAMELESS: [&str; 24] = [
    "有关规定",
    "相关规定",
    "有关的规定",
    "相关的规定",
    "有关法规",
    "相关法规",
    "有关法律",
    "相关法律",
    "有关政策",
    "相关政策",
    "有关要求",
    "相关要求",
    "上级规定",
    "上级要求",
    "上级文件",
    "上级有关",
    "上级政策",
    "有关文件要求",
    "有关文件规定",
    "相关文件要求",
    "相关文件规定",
    "有关办法",
    "相关制度规定",
    "其他有关规定",
];
const OTHER_WORDS: [&str; 8] = [
    "有关法律问题",
    "相关法律问题",
    "有关法律援助",
    "相关法律服务",
    "有关法律服务",
    "有关政策咨询",
    "相关政策咨询",
    "有关法律咨询",
];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    over_items(portal, items, findings, look);
}

fn others(portal: &Portal, findings: &mut Findings) {
    over_others(portal, findings, |portal, text, findings| {
        let is_prose = text.at.is_root() || text.is_called("标题") || text.is_called("摘要");
        if !is_prose {
            look(portal, text, findings);
        }
    });
    for law in &portal.laws {
        look_at_law(law, findings);
    }
}

fn look(_: &Portal, text: &Text<'_>, findings: &mut Findings) {
    // In conditions it is a catch-all (MT01).
    let is_condition = text.is_under("申请条件") || text.is_under("禁止性要求") || text.is_called("必要性情形");
    let is_name = text.is_called("名称") || text.is_called("通俗名");
    if is_condition || is_name || text.is_called("问") || text.is_under("变更记录") || text.is_under("责任") {
        return;
    }
    let words = text.text;
    let Some(hit) = VAGUE.hits(words).find(|hit| hit.which < NAMELESS.len() && !is_named(sentence_at(words, hit.at)))
    else {
        return;
    };
    let found = &words[hit.at..hit.end];
    let mut finding = Finding::new(
        &CODE,
        text.file,
        text.part(found),
        Words::new(format!("`{found}` 没有说是哪个文件"), format!("`{found}` does not say which")),
    )
    .label("查不到", "cannot be looked up")
    .allowed("《全称》第几条，或者直接写出要求", "《title》 and clause, or the demand itself")
    .repair("写出文件名称和条款，或者把要求写清楚", "name the document and clause, or say what it demands");
    finding.severity = Severity::Warning;
    findings.push(finding);
}

/// Whether a sentence names a law all the same.
fn is_named(sentence: &str) -> bool {
    let article = sentence.split('第').skip(1).any(|rest| rest.chars().take(8).any(|c| c == '条'));
    sentence.contains('《') || article
}

fn look_at_law(law: &Law, findings: &mut Findings) {
    let facts = &law.facts;
    let at = |key: &str| Target::Value(FieldPath::root().key(key));
    let name = facts.name.as_str();
    let is_national =
        name.starts_with("中华人民共和国") || name.starts_with("全国人民代表大会") || name.contains("修正案");
    let is_vague = VAGUE.hits(name).any(|hit| hit.which < NAMELESS.len()) && !name.contains("关于");
    let is_short = facts.kind == LawKind::Law && facts.status != LawStatus::Repealed && !is_national;
    if is_vague || is_short {
        findings.push(
            Finding::new(
                &CODE,
                law.file,
                at("名称"),
                Words::new(format!("`{name}` 不是全称"), format!("`{name}` is not a full title")),
            )
            .allowed("全称，如“中华人民共和国食品安全法”", "the full title, such as 中华人民共和国食品安全法")
            .repair("写全称，常用的叫法写进“简称”", "write the full title, and the common name under 简称"),
        );
    }
    let is_numbered = matches!(facts.kind, LawKind::MinistryRule | LawKind::LocalRule | LawKind::Document);
    if is_numbered && facts.number.is_none() {
        let mut finding = Finding::new(
            &CODE,
            law.file,
            at("类别"),
            Words::new(
                format!("{} `{name}` 没有文号", facts.kind.name()),
                format!("`{name}`, a {}, lacks its 文号", facts.kind.name()),
            ),
        )
        .allowed("文号，如“公安部令第164号”“财税〔2019〕45号”", "文号, such as 公安部令第164号 or 财税〔2019〕45号")
        .repair("加上“文号”", "add 文号");
        finding.severity = Severity::Info;
        findings.push(finding);
    }
}
