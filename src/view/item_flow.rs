//! What the flow chart of an item shows: who does what, how long it takes, and what comes in between.

use crate::model::terms::{StepChannel, Term};
use crate::portal::{Case, Item};
use crate::schema::item_handling::{ResultEntry, SpecialEntry, Step};
use crate::view::flow_chart::{Chart, Kind, Node, Part};
use crate::view::item_words;

/// The words by which the step is known that special procedures come before.
const DECISIONS: [&str; 4] = ["决定", "审批", "核准", "办结"];

/// The flow chart of some steps of an item as SVG; nothing without steps.
pub(super) fn svg(item: &Item, case: Option<&Case<'_>>, steps: &[&Step]) -> Option<String> {
    let (first, rest) = steps.split_first()?;
    let special = specials(item);
    // Hearings, tests and the like come after the first step and before the decision.
    let decision = rest.iter().position(|step| DECISIONS.iter().any(|word| step.name.contains(word)));
    let at = 1 + decision.unwrap_or(rest.len().saturating_sub(1));
    let mut parts = vec![Part::One(Node { kind: Kind::Start, name: "您提交申请".to_owned(), lines: Vec::new() })];
    let (before, after) = match special.is_empty() || rest.is_empty() {
        true => (steps, &[] as &[&Step]),
        false => steps.split_at(at),
    };
    parts.extend(in_lanes(item, case, before));
    if !special.is_empty() {
        parts.push(Part::Aside(special));
    }
    parts.extend(in_lanes(item, case, after));
    parts.push(Part::One(end(item, case)));
    let names: Vec<&str> = std::iter::once(first).chain(rest).map(|step| step.name.as_str()).collect();
    let chart = Chart {
        title: format!("{}的流程图", item.everyday_name()),
        description: format!("画的就是上面“办理过程”的各步：{}。每一步的详细内容看上面的文字。", names.join("，")),
        parts,
    };
    Some(chart.layout().svg())
}

/// Steps in order; those of windows and those online that follow on each other stand side by side.
fn in_lanes(item: &Item, case: Option<&Case<'_>>, steps: &[&Step]) -> Vec<Part> {
    let lane = |step: &Step| match step.channel {
        Some(StepChannel::Window) => Some(0),
        Some(StepChannel::Online) => Some(1),
        _ => None,
    };
    let mut parts = Vec::new();
    for run in steps.chunk_by(|a, b| lane(a).is_some() == lane(b).is_some()) {
        let mut lanes: [Vec<Node>; 2] = [Vec::new(), Vec::new()];
        for step in run {
            match lane(step) {
                Some(n) => lanes[n].push(node(item, case, step)),
                None => parts.push(Part::One(node(item, case, step))),
            }
        }
        let [window, online] = &lanes;
        match (window.is_empty(), online.is_empty()) {
            (true, true) => {}
            (false, false) => parts.push(Part::Lanes(lanes)),
            _ => parts.extend(lanes.into_iter().flatten().map(Part::One)),
        }
    }
    parts
}

fn node(item: &Item, case: Option<&Case<'_>>, step: &Step) -> Node {
    let counted = step.counted.is_none_or(|flag| flag.0);
    let mut lines = Vec::new();
    lines.extend(match step.channel {
        Some(StepChannel::Window) => Some("到窗口办的".to_owned()),
        Some(StepChannel::Online) => Some("网上办的".to_owned()),
        _ => None,
    });
    let when = case.is_none().then(|| item_words::condition(item, &step.when)).flatten();
    lines.extend(when.map(|when| format!("只有{}", when.trim_end_matches('的'))));
    lines.push(step.actor.clone());
    lines.push(if counted { step.limit.to_string() } else { format!("{}，不计入时限", step.limit) });
    lines.extend(step.result.as_ref().map(|result| format!("给您：{result}")));
    Node { kind: if counted { Kind::Step } else { Kind::Uncounted }, name: step.name.clone(), lines }
}

fn specials(item: &Item) -> Vec<Node> {
    let SpecialEntry::List(list) = &item.facts.special else { return Vec::new() };
    list.iter()
        .map(|special| {
            let counted = if special.counted.0 { "计入时限" } else { "不计入时限" };
            let lines = vec![format!("{}，{counted}", special.limit)];
            Node { kind: Kind::Special, name: format!("有的要{}", special.kind.name()), lines }
        })
        .collect()
}

/// What one has in the end, and after how long.
fn end(item: &Item, case: Option<&Case<'_>>) -> Node {
    let name = match &item.facts.results {
        ResultEntry::List(list) if !list.is_empty() => {
            let names: Vec<&str> = list.iter().map(|result| result.name.as_str()).collect();
            format!("您拿到：{}", names.join("、"))
        }
        _ => "办好".to_owned(),
    };
    let words = || case.and_then(Case::promised).map_or_else(|| item_words::promise(item), item_words::limit_done);
    let promise = item.facts.limits.promised.told().map(|_| format!("承诺{}", words()));
    Node { kind: Kind::End, name, lines: promise.into_iter().collect() }
}
