//! TL04 and TL05: the promise fits the 办件类型.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{HandlingType, SpecialKind, Term};
use crate::model::value::{LimitUnit, TimeLimit};
use crate::portal::{Item, Portal};
use crate::schema::item_handling::SpecialEntry;
use crate::source::FieldPath;

/// TL04.
static SLOW: Code = Code {
    id: "TL04",
    name: "instant-not-instant",
    severity: Severity::Error,
    title_zh: "写的是即办件，却办不到当场",
    title_en: "an instant item that is not instant",
    explain_zh: "即办件是当场办结的。承诺超过1个工作日，或者还要现场勘验、公示、听证、专家评审的，应当写承诺件，不然群众会白等。\
        时限对不上是错误，环节对不上是警告。",
    explain_en: "即办件 are decided while one waits. An item with a promise of more than one working day, or with an \
        inspection on site, a publication, a hearing or experts, is a 承诺件. \
        A limit that does not fit is an error, a step that does not is a warning.",
};

/// TL05.
static FAST: Code = Code {
    id: "TL05",
    name: "promised-but-instant",
    severity: Severity::Warning,
    title_zh: "写的是承诺件，承诺却是当场",
    title_en: "a promised item that is instant",
    explain_zh: "当场能办结的是即办件。写成承诺件，群众会以为还要等。",
    explain_en: "What is decided on the spot is a 即办件; as a 承诺件 it makes people expect to wait.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&SLOW, &FAST], check: Check::Items(check) };

/// Steps that cannot be taken while an applicant waits.
const SLOW_STEPS: [&str; 10] =
    ["现场勘", "现场核查", "现场检查", "现场验收", "实地", "公示", "听证", "专家评审", "招标", "拍卖"];

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        match item.facts.handling_type.get() {
            Some(HandlingType::Instant) => instant(item, findings),
            Some(HandlingType::Promised) => promised(item, findings),
            _ => {}
        }
    }
}

fn instant(item: &Item, findings: &mut Findings) {
    let limits = &item.facts.limits;
    if let Some(promised) = limits.promised.get().filter(|promised| is_long(*promised)) {
        findings.push(
            Finding::new(
                &SLOW,
                item.file,
                Target::Value(FieldPath::root().key("办理时限").key("承诺")),
                Words::new(format!("即办件承诺 `{promised}`"), format!("a 即办件 with the promise `{promised}`")),
            )
            .allowed("当场，或者不超过1个工作日", "当场, or at most 1个工作日")
            .repair("办件类型改成承诺件，或者承诺改成当场", "make it a 承诺件, or promise 当场"),
        );
    }
    let slow = item.facts.steps.iter().position(|step| SLOW_STEPS.iter().any(|word| step.name.contains(word)));
    if let Some(n) = slow {
        let name = &item.facts.steps[n].name;
        findings.push(slow_step(item, FieldPath::root().key("办理流程").index(n).key("环节"), name));
    }
    if let SpecialEntry::List(list) = &item.facts.special {
        let is_slow = |kind| kind != SpecialKind::Extension && kind != SpecialKind::Announcement;
        if let Some((n, one)) = list.iter().enumerate().find(|(_, one)| is_slow(one.kind)) {
            findings.push(slow_step(item, FieldPath::root().key("特别程序").index(n).key("程序"), one.kind.name()));
        }
    }
}

fn slow_step(item: &Item, path: FieldPath, name: &str) -> Finding {
    let mut finding = Finding::new(
        &SLOW,
        item.file,
        Target::Value(path),
        Words::new(format!("即办件却有 `{name}`"), format!("a 即办件 with the step `{name}`")),
    )
    .allowed("当场能走完的环节", "steps taken while the applicant waits")
    .repair("办件类型改成承诺件，或者去掉这个环节", "make it a 承诺件, or remove the step");
    finding.severity = Severity::Warning;
    finding
}

fn promised(item: &Item, findings: &mut Findings) {
    let limits = &item.facts.limits;
    let is_instant = limits.promised.get() == Some(TimeLimit::OnTheSpot);
    if !is_instant || limits.by_situation.iter().any(|one| one.promised != TimeLimit::OnTheSpot) {
        return;
    }
    findings.push(
        Finding::new(
            &FAST,
            item.file,
            Target::Value(FieldPath::root().key("办件类型")),
            Words::new("承诺当场办结，办件类型却是 `承诺件`", "promised on the spot, but its type is `承诺件`"),
        )
        .allowed("即办件", "即办件")
        .repair("办件类型改成即办件，或者写出真正的承诺时限", "make it a 即办件, or state the real promise"),
    );
}

/// Whether a limit is more than one working day.
fn is_long(limit: TimeLimit) -> bool {
    match limit {
        TimeLimit::OnTheSpot => false,
        TimeLimit::Unlimited => true,
        TimeLimit::Within { number, unit } => match unit {
            LimitUnit::Minute => number > 24 * 60,
            LimitUnit::Hour => number > 24,
            LimitUnit::WorkingDay | LimitUnit::NaturalDay => number > 1,
            LimitUnit::Month | LimitUnit::Year => true,
        },
    }
}
