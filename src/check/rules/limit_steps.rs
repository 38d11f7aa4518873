//! TL06: the counted steps fit into the promise.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::StepChannel;
use crate::model::value::{LimitUnit, TimeLimit};
use crate::portal::{Item, Portal, Way, meets, promised, special_limit, ways};
use crate::schema::item_handling::Step;
use crate::source::FieldPath;

/// TL06.
static CODE: Code = Code {
    id: "TL06",
    name: "steps-over-promise",
    severity: Severity::Warning,
    title_zh: "各环节的时限加起来超过承诺",
    title_en: "steps that add up to more than the promise",
    explain_zh: "计入时限的环节一个接一个，加起来不能超过承诺。超过了，不是环节写长了，就是承诺办不到。\
        按情形引导的每一种答法、窗口和网上分别相加；不计入的环节写“计入时限: 否”。",
    explain_en: "Counted steps follow one another and must not add up to more than the promise. They are added for \
        every way through 情形引导, at the window and online. A step that does not count says 计入时限: 否.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

/// A way through the questions whose steps take too long.
struct Excess<'a> {
    steps: Vec<&'a Step>,
    number: u32,
    unit: LimitUnit,
    promised: TimeLimit,
    /// The entry of 分情形 the promise is of.
    special: Option<usize>,
    way: &'a Way<'a>,
}

impl Excess<'_> {
    fn total(&self) -> TimeLimit {
        TimeLimit::Within { number: self.number, unit: self.unit }
    }
}

/// What the counted steps of a way take, longer than what is promised for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// What the steps take together.
    pub total: TimeLimit,
    /// What is promised.
    pub promised: TimeLimit,
    /// The answers of the way, in words; empty if none decides.
    pub answers: String,
}

/// The first way through an item's questions whose steps take longer than the promise.
pub fn steps_over_promise(item: &Item) -> Option<Over> {
    let all_ways = all_ways(item);
    excesses(item, &all_ways).first().map(|excess| Over {
        total: excess.total(),
        promised: excess.promised,
        answers: answers(item, excess.way),
    })
}

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        if let Some((n, step, promised)) = endless(item) {
            findings.push(endless_step(item, n, step, promised));
            continue;
        }
        let all_ways = all_ways(item);
        findings.extend(excesses(item, &all_ways).iter().map(|excess| finding(item, excess)));
    }
}

/// The steps that count toward the promise.
fn counted(item: &Item) -> Vec<&Step> {
    item.facts.steps.iter().filter(|step| step.counted.is_none_or(|flag| flag.0)).collect()
}

/// Every way through the questions; the empty one if neither steps nor promises depend on them.
fn all_ways(item: &Item) -> Vec<Way<'_>> {
    let is_plain = item.facts.limits.by_situation.is_empty() && counted(item).iter().all(|step| step.when.0.is_empty());
    if is_plain { vec![Vec::new()] } else { ways(item) }
}

/// The worst way of each promise whose steps take too long.
fn excesses<'a>(item: &'a Item, all_ways: &'a [Way<'a>]) -> Vec<Excess<'a>> {
    let counted = counted(item);
    let promises = (0..item.facts.limits.by_situation.len()).map(Some).chain([None]);
    let worst = promises.filter_map(|special| {
        let own: Vec<&Way<'_>> = all_ways.iter().filter(|way| special_limit(item, way) == special).collect();
        let over: Vec<Excess<'_>> = own.iter().filter_map(|way| excess(item, &counted, way, special)).collect();
        // Some answers do not go together: a promise for some of them is surely wrong if it holds for none.
        match special {
            Some(_) if over.len() < own.len() => None,
            Some(_) => over.into_iter().min_by_key(|one| one.number),
            None => over.into_iter().max_by_key(|one| one.number),
        }
    });
    worst.collect()
}

/// A counted step without limit although the promise has one.
fn endless(item: &Item) -> Option<(usize, &Step, TimeLimit)> {
    let promised = item.facts.limits.promised.get()?;
    let endless = |step: &Step| step.limit == TimeLimit::Unlimited && step.counted.is_none_or(|flag| flag.0);
    let found = item.facts.steps.iter().enumerate().find(|(_, step)| endless(step));
    found.filter(|_| promised != TimeLimit::Unlimited).map(|(n, step)| (n, step, promised))
}

/// The counted steps of one way, if together they take longer than what is promised for it.
fn excess<'a>(item: &'a Item, counted: &[&'a Step], way: &'a Way<'a>, special: Option<usize>) -> Option<Excess<'a>> {
    let promised = promised(item, special)?;
    let (most, unit) = match promised {
        TimeLimit::Unlimited => return None,
        TimeLimit::OnTheSpot => (0, LimitUnit::WorkingDay),
        TimeLimit::Within { number, unit } => (number, unit),
    };
    [StepChannel::Window, StepChannel::Online]
        .into_iter()
        .filter_map(|channel| {
            let taken = counted.iter().copied().filter(|step| {
                meets(way, &step.when)
                    && step.channel.is_none_or(|own| own == StepChannel::Both || own == channel)
                    && step.limit.unit() == Some(unit)
            });
            let steps: Vec<&Step> = taken.collect();
            let number = steps.iter().filter_map(|step| step.limit.number()).sum();
            (number > most).then_some((number, steps))
        })
        .max_by_key(|(number, _)| *number)
        .map(|(number, steps)| Excess { steps, number, unit, promised, special, way })
}

fn finding(item: &Item, excess: &Excess<'_>) -> Finding {
    let total = excess.total();
    let parts: Vec<String> =
        excess.steps.iter().map(|step| format!("{}{}", step.name, step.limit.number().unwrap_or_default())).collect();
    let parts = parts.join("＋");
    let promised = excess.promised;
    let answers = answers(item, excess.way);
    let (zh, en) = match answers.as_str() {
        "" => (String::new(), String::new()),
        _ => (format!("（{answers}）"), format!(" ({answers})")),
    };
    let at = FieldPath::root().key("办理时限");
    let at = excess.special.map_or(at.clone(), |n| at.key("分情形").index(n)).key("承诺");
    Finding::new(
        &CODE,
        item.file,
        Target::Value(at),
        Words::new(
            format!("计入时限的环节一共 `{total}`，比承诺 `{promised}` 长{zh}"),
            format!("the counted steps take `{total}`, longer than the promise `{promised}`{en}"),
        ),
    )
    .label(parts.clone(), parts)
    .allowed(format!("各环节一共不超过 {promised}"), format!("{promised} for all steps together"))
    .repair(
        "缩短环节，或者给不计入的环节写“计入时限: 否”",
        "shorten steps, or mark those that do not count 计入时限: 否",
    )
}

/// The answers that lead to a way, where steps or promises depend on them.
fn answers(item: &Item, way: &Way<'_>) -> String {
    let facts = &item.facts;
    let decides = |id: &str| {
        let steps = facts.steps.iter().map(|step| &step.when);
        let limits = facts.limits.by_situation.iter().map(|one| &one.when);
        steps.chain(limits).any(|when| when.0.iter().any(|(question, _)| question == id))
    };
    let text = |id: &str, answer: &str| {
        let question = facts.situations.iter().find(|one| one.id.as_str() == id)?;
        question.answers.0.iter().find(|(known, _)| known == answer).map(|(_, text)| text.clone())
    };
    let chosen = way.iter().filter(|(id, _)| decides(id)).filter_map(|(id, answer)| text(id, answer));
    chosen.collect::<Vec<_>>().join("、")
}

fn endless_step(item: &Item, n: usize, step: &Step, promised: TimeLimit) -> Finding {
    Finding::new(
        &CODE,
        item.file,
        Target::Value(FieldPath::root().key("办理流程").index(n).key("时限")),
        Words::new(
            format!("环节 `{}` 没有期限，却计入承诺的 `{promised}`", step.name),
            format!("the step `{}` has no limit but counts toward the promise `{promised}`", step.name),
        ),
    )
    .allowed("有期限的时限，或者“计入时限: 否”", "a limit, or 计入时限: 否")
    .repair("写出时限，或者加上“计入时限: 否”", "state the limit, or add 计入时限: 否")
}
