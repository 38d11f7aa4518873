//! Following references, with a finding for each that leads nowhere.

use crate::diagnostics::{Finding, Findings, Target, Words, codes, nearest};
use crate::portal::Lookup;
use crate::source::{FieldPath, FileId};

/// How many known names a finding lists.
const LISTED: usize = 12;

/// The id `name` stands for, or a finding at `path` and `None`.
///
/// A thing that exists but is left out of this build gives `None` silently.
pub(crate) fn follow<Id: Copy>(
    lookup: &Lookup<Id>,
    name: &str,
    file: FileId,
    path: &FieldPath,
    findings: &mut Findings,
) -> Option<Id> {
    if let Some(id) = lookup.get(name) {
        return Some(id);
    }
    if !lookup.is_hidden(name) {
        findings.push(unknown(lookup, name, file, Target::Value(path.clone())));
    }
    None
}

/// A finding for a name that stands for nothing.
pub(crate) fn unknown<Id: Copy>(lookup: &Lookup<Id>, name: &str, file: FileId, target: Target) -> Finding {
    let (zh, en) = lookup.what;
    let mut known: Vec<&str> = lookup.names().collect();
    // With and without drafts the finding must read the same, or it is told twice.
    known.sort_unstable();
    known.dedup();
    let near = nearest(name, known.iter().copied());
    if known.len() > LISTED {
        known.truncate(LISTED);
        known.push("…");
    }
    let finding = Finding::new(
        &codes::RF01,
        file,
        target,
        Words::new(format!("没有叫 `{name}` 的{zh}"), format!("there is no {en} called `{name}`")),
    )
    .label("找不到", "not found");
    let finding = if known.is_empty() {
        finding.allowed(format!("（还没有任何{zh}）"), format!("(there is no {en} yet)"))
    } else {
        finding.allowed(known.join("、"), known.join(", "))
    };
    let parts: Vec<&str> = name.split(['，', '、', ',']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| lookup.get(part).is_some() || lookup.is_hidden(part)) {
        let apart = parts.join(", ");
        return finding.repair(
            format!("几个之间用英文逗号加一个空格：改成 `{apart}`"),
            format!("put a comma and a space between them: write `{apart}`"),
        );
    }
    match near {
        Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
        None => finding
            .repair(format!("检查拼写，或者先建立这个{zh}"), format!("check the spelling, or make this {en} first")),
    }
}
