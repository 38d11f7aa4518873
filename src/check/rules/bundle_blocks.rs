//! BD07: a bundle says what is joint about it.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::Portal;
use crate::schema::Bundle;
use crate::source::FieldPath;

/// BD07.
static CODE: Code = Code {
    id: "BD07",
    name: "bundle-blocks",
    severity: Severity::Info,
    title_zh: "一件事的“五个一”没有写全",
    title_en: "bundle that does not say what is joint",
    explain_zh: "高效办成一件事，要做到一次告知、一表申请、一套材料、一窗受理、一网办理。没有写的，页面上照实说还没有合起来，群众要分开办。\
        做到了哪一样，就写上是哪张表、哪个窗口、哪个网址；还没有做到的不要写。",
    explain_en: "A bundle is told at once (一次告知), applied for with one form (一表申请), one set of papers (一套材料), at one \
        window (一窗受理) and on one site (一网办理). Where one is missing the page says that it is not joint yet. Name the form, \
        the window and the address as soon as they are there, and not before.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    for bundle in &portal.bundles {
        let missing = missing(&bundle.facts);
        if missing.is_empty() {
            continue;
        }
        let list = missing.join("、");
        findings.push(
            Finding::new(
                &CODE,
                bundle.file,
                Target::Value(FieldPath::root().key("名称")),
                Words::new(format!("没有写 {list}"), format!("lacks {}", missing.join(", "))),
            )
            .allowed(
                "一次告知、一表申请、一套材料、一窗受理、一网办理",
                "一次告知, 一表申请, 一套材料, 一窗受理, 一网办理",
            )
            .repair("做到了的补上；没有做到的，页面会照实说", "add what there is; the page says what there is not"),
        );
    }
}

/// The blocks that are not written.
fn missing(bundle: &Bundle) -> Vec<&'static str> {
    let blocks = [
        ("一次告知", bundle.told_once.is_some()),
        ("一表申请", bundle.joint_form.is_some()),
        ("一套材料", bundle.one_set.is_some()),
        ("一窗受理", bundle.one_window.is_some()),
        ("一网办理", bundle.one_site.is_some()),
    ];
    blocks.into_iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect()
}
