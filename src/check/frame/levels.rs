//! 检查等级: what a finding of each code means in this portal.

use std::collections::BTreeMap;

use crate::check::frame::{is_fixed, named};
use crate::diagnostics::{Code, Finding, Place, Severity, Target, Words};
use crate::model::terms::{CheckLevel, Term};
use crate::portal::Portal;
use crate::source::FieldPath;

/// AL01.
pub(super) static AL01: Code = Code {
    id: "AL01",
    name: "unknown-code",
    severity: Severity::Error,
    title_zh: "没有这个问题代码",
    title_en: "code that does not exist",
    explain_zh: "检查等级、“允许”的注释和 exceptions.yaml 里，写的是问题的代码（如 VG01）或它的英文名。运行 mingbai explain 看全部代码。",
    explain_en: "检查等级, comments that allow a finding, and exceptions.yaml name a code (such as VG01) or its name. mingbai explain lists them all.",
};

/// AL04.
pub(super) static AL04: Code = Code {
    id: "AL04",
    name: "not-allowable",
    severity: Severity::Error,
    title_zh: "这种问题不能放行，也不能改级别",
    title_en: "finding that nothing can let pass",
    explain_zh: "读不懂、缺要素、引用不存在这些错误，会让页面出错，只能改正。可以放行、可以改级别的是检查规则的问题和各种警告。",
    explain_en: "What cannot be read, lacks an element or refers to nothing makes a page wrong and has to be repaired. Only what the rules find, and warnings, can be let pass or have another level.",
};

/// The levels a portal gives to codes.
pub(super) struct Levels(BTreeMap<&'static str, CheckLevel>);

impl Levels {
    /// The finding at its level; nothing if the portal does not look for it.
    pub(super) fn apply(&self, mut finding: Finding) -> Option<Finding> {
        let level = match self.0.get(finding.code.id) {
            None => return Some(finding),
            Some(CheckLevel::Block) => Severity::Error,
            Some(CheckLevel::Warn) => Severity::Warning,
            Some(CheckLevel::Inform) => Severity::Info,
            Some(CheckLevel::Off) => return None,
        };
        // What is milder here than elsewhere, as in items that are 导入待核, stays so.
        let is_softened = finding.severity < finding.code.severity;
        finding.severity = if is_softened { level.min(finding.severity) } else { level };
        Some(finding)
    }
}

/// The levels of `site.yaml`, with a finding for each that cannot be.
pub(super) fn of(portal: &Portal, faults: &mut Vec<Finding>) -> Levels {
    let path = FieldPath::root().key("检查等级");
    let mut levels = BTreeMap::new();
    for (word, level) in &portal.site.check_levels.0 {
        let place = Place { file: portal.site_file, target: Target::Key(path.key(word)) };
        match named(word) {
            Err(near) => faults.push(unknown(word, near, place)),
            Ok(code) if is_fixed(code) => faults.push(fixed(code, place)),
            Ok(code) => {
                levels.insert(code.id, *level);
            }
        }
    }
    Levels(levels)
}

/// The finding for a code that does not exist.
pub(super) fn unknown(word: &str, near: Option<&'static Code>, place: Place) -> Finding {
    let finding = Finding::new(
        &AL01,
        place.file,
        place.target,
        Words::new(format!("没有代码 `{word}`"), format!("there is no code `{word}`")),
    )
    .allowed("问题代码或它的英文名，如 VG01", "a code or its name, such as VG01");
    match near {
        Some(near) => finding.repair(
            format!("改成 `{}`（{}）", near.id, near.title_zh),
            format!("write `{}` ({})", near.id, near.title_en),
        ),
        None => finding.repair("运行 mingbai explain 找到要写的代码", "look the code up with mingbai explain"),
    }
}

/// The finding for a code that has one level everywhere.
pub(super) fn fixed(code: &Code, place: Place) -> Finding {
    let levels: Vec<&str> = CheckLevel::ALL.iter().map(|level| level.name()).collect();
    Finding::new(
        &AL04,
        place.file,
        place.target,
        Words::new(
            format!("`{}`（{}）不能放行，也不能改级别", code.id, code.title_zh),
            format!("`{}` ({}) can neither be let pass nor have another level", code.id, code.title_en),
        ),
    )
    .allowed(
        format!("检查规则的代码和各种警告的代码；等级写{}", levels.join("、")),
        format!("codes of rules and of warnings; the levels are {}", levels.join(", ")),
    )
    .repair("删掉这一条，改正问题本身", "remove it and repair what was found")
}
