//! MT04: a form that is to be filled in can be got somewhere.
//!
//! That a linked file exists is seen while reading (RF02).

use std::sync::Arc;

use crate::check::asked::{Asked, asked};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::MaterialKind;
use crate::portal::{Item, Portal};

/// MT04.
static CODE: Code = Code {
    id: "MT04",
    name: "form-missing",
    severity: Severity::Warning,
    title_zh: "要填的表没有空白表格，也没有说怎么取得",
    title_en: "form that people cannot get",
    explain_zh: "申请书需要采用格式文本的，行政机关应当提供（行政许可法第二十九条）；需要提交的全部材料的目录和申请书示范文本要在办公场所公示（第三十条）。\
        “申请表格文书”要有“空白表格”或“示例样表”；不用自己填的，在“填报须知”里写明从哪里来，如系统自动生成、窗口打印，或者写在窗口办理、网上办理的步骤里。",
    explain_en: "Where an application has a set form, the authority provides it (Administrative Licensing Law, article 29), and \
        shows samples (article 30). A material of the kind 申请表格文书 has a 空白表格 or 示例样表, or says under 填报须知 or in the \
        steps of 窗口办理 and 网上办理 where the form comes from.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// Words in a note that say where a form comes from.
const ORIGIN: [&str; 14] =
    ["下载", "领取", "生成", "打印", "填", "写", "窗口", "平台", "系统", "表格", "空表", "样式", "录入", "自拟"];

/// Words in a step that tell people of the form.
const FORMS: [&str; 7] = ["填表", "领表", "申请表", "申请书", "登记表", "表格", "申报表"];

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let told = || steps(item).any(|step| FORMS.iter().any(|word| step.contains(word)));
        for material in asked(item).filter(|material| is_lacking(portal, material) && !told()) {
            let name = material.name();
            let message = Words::new(
                format!("`{name}` 没有空白表格，也没有说怎么取得"),
                format!("`{name}` has no blank form and nothing says where to get it"),
            );
            findings.push(
                Finding::new(&CODE, item.file, Target::Value(material.name_path()), message)
                    .allowed(
                        "空白表格: files/application.docx，或者“示例样表”“填报须知”",
                        "空白表格: files/application.docx, or 示例样表, or 填报须知",
                    )
                    .repair(
                        "加上“空白表格”；现场领取、系统生成的写在“填报须知”里",
                        "add 空白表格, or say under 填报须知 where the form comes from",
                    ),
            );
        }
    }
}

/// What people are told to do at the window and online.
fn steps(item: &Item) -> impl Iterator<Item = &str> {
    let window = item.facts.window.iter().flat_map(|window| &window.steps);
    let online = item.facts.online.iter().flat_map(|online| &online.steps);
    window.chain(online).map(String::as_str)
}

fn is_lacking(portal: &Portal, material: &Asked<'_>) -> bool {
    let entry = material.entry;
    let has_file = entry.blank_form.is_some() || entry.sample_form.is_some();
    if material.resolved.facts.kind != Some(MaterialKind::Form) || has_file || entry.filling_note.is_some() {
        return false;
    }
    let shared = material.resolved.shared.map(|id| &portal.material(id).facts);
    let how = shared.and_then(|shared| shared.how_to_get.as_deref());
    let notes = [entry.note.as_deref(), entry.standard.as_deref(), how];
    !notes.into_iter().flatten().any(|note| ORIGIN.iter().any(|word| note.contains(word)))
}
