//! What becomes of the elements that are still to be told (待补).
//!
//! An approved item may have none of them; every other document is told once
//! how much of it is missing.

use crate::diagnostics::{Finding, Severity, Target, Words, codes};
use crate::source::{FieldPath, Step};

/// Makes errors of what is 待补 in an approved item, and one warning of it anywhere else.
pub(super) fn settle(findings: &mut Vec<Finding>, approved: bool) {
    let (mut pending, rest): (Vec<Finding>, Vec<Finding>) =
        findings.drain(..).partition(|finding| finding.code.id == codes::YM15.id);
    *findings = rest;
    if approved {
        for finding in &mut pending {
            finding.severity = Severity::Error;
            finding.repair = Some(Words::new(
                "填上；还填不上的，先把审核状态改回 `待审核` 或 `导入待核`",
                "fill it in; until then the 审核 state is `待审核` or `导入待核`",
            ));
        }
        findings.extend(pending);
        return;
    }
    let names = names(&pending);
    let Some(mut first) = pending.into_iter().next() else { return };
    let count = names.len();
    first.message = Words::new(
        format!("还有 {count} 项待补：{}", names.join("、")),
        format!("{count} elements are still to be told: {}", names.join(", ")),
    );
    findings.push(
        first
            .allowed(
                "部门给出的内容；页面上现在显示“暂未公布”",
                "what the office tells; the page says that it does not yet",
            )
            .repair("向部门问清楚，逐项填上", "ask the office, and fill them in one by one"),
    );
}

/// The elements by their keys; those of the entries of one list are counted together.
fn names(pending: &[Finding]) -> Vec<String> {
    let mut names: Vec<(String, usize)> = Vec::new();
    for finding in pending {
        let (Target::Value(path) | Target::Key(path)) = &finding.place.target else { continue };
        let name = name(path);
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => names.push((name, 1)),
        }
    }
    let counted = |(name, count)| if count == 1 { format!("`{name}`") } else { format!("`{name}`×{count}") };
    names.into_iter().map(counted).collect()
}

fn name(path: &FieldPath) -> String {
    let keys: Vec<&str> = path
        .0
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_ref()),
            Step::Index(_) => None,
        })
        .collect();
    keys.join(".")
}
