//! MT07: no circle of items that each ask for what the next one issues.

use std::collections::{HashMap, HashSet};

use crate::check::asked::{Asked, PlainName, asked, plain_name};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::terms::Necessity;
use crate::portal::{Item, ItemStatus, Portal, SharedMaterial};
use crate::schema::item_handling::ResultEntry;

/// MT07.
static CODE: Code = Code {
    id: "MT07",
    name: "circular-proof",
    severity: Severity::Warning,
    title_zh: "循环证明：几个事项互相要对方办出来的材料",
    title_en: "items that each ask for what another issues",
    explain_zh: "办甲要乙的结果，办乙又要甲的结果，谁也办不成。检查时把全站每个事项必须交的材料和每个事项办出的结果连起来看：\
        材料的名称（或者共用材料的“办理事项”）和结果的名称对得上，就算一环。只在某种情形才要的、非必要的、可以免交的材料不算；\
        换证、补证、变更、延续要原证的不算；名称里写明是父母、代理人等别人的材料不算。\
        怎么改：去掉环里的一份材料，改成联网核验、告知承诺，或者写明没有时用什么代替。",
    explain_en: "If A asks for the result of B and B for the result of A, nobody gets either. The names of materials every applicant \
        hands in (or 办理事项 of a shared material) are matched with the names of results, over all items. Materials for some \
        situations only, dispensable ones, originals to be renewed, and papers of other persons do not count. Take one material \
        out of the circle: verify online, accept a commitment, or name what will do instead.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

/// Items whose result replaces one that was issued before.
const RENEWALS: [&str; 13] =
    ["换", "补", "变更", "延续", "注销", "年检", "年审", "遗失", "丢失", "更正", "更换", "期满", "挂失"];
/// Words in a name that make a paper that of another person.
const OTHERS: [&str; 17] = [
    "父",
    "母",
    "监护",
    "代理",
    "代办",
    "经办",
    "配偶",
    "法定代表",
    "户主",
    "双方",
    "亲属",
    "股东",
    "负责人",
    "原",
    "旧",
    "出租",
    "单位",
];

/// One paper that an item needs: where it asks for it, and which items issue it.
struct Need<'a> {
    material: Asked<'a>,
    issuers: Vec<usize>,
}

fn check(portal: &Portal, findings: &mut Findings) {
    let needs = needs(portal);
    let issuers = |list: &Vec<Need<'_>>| list.iter().map(|need| need.issuers.clone()).collect();
    let stuck = stuck(&needs.iter().map(issuers).collect::<Vec<_>>());
    // The first paper of a stuck item that only stuck items issue leads on; following it must end in a circle.
    let next = |n: usize| needs[n].iter().find(|need| need.issuers.iter().all(|issuer| stuck.contains(issuer)));
    let mut seen = HashSet::new();
    for start in (0..needs.len()).filter(|n| stuck.contains(n)) {
        let mut way: Vec<(usize, &Need<'_>)> = Vec::new();
        let mut at = start;
        while seen.insert(at) {
            let Some(need) = next(at) else { break };
            way.push((at, need));
            at = need.issuers[0];
        }
        if let Some(begin) = way.iter().position(|(n, _)| *n == at) {
            findings.push(finding(portal, &way[begin..]));
        }
    }
}

/// Which items issue each paper, by the name of the paper.
type Issuers<'a> = HashMap<PlainName<'a>, Vec<usize>>;

/// What each item needs that can only be got through other items.
fn needs(portal: &Portal) -> Vec<Vec<Need<'_>>> {
    let mut issuers: Issuers<'_> = HashMap::new();
    for (n, item) in portal.items.iter().enumerate().filter(|(_, item)| is_open(item)) {
        let ResultEntry::List(results) = &item.facts.results else { continue };
        for result in results {
            issuers.entry(plain_name(&result.name)).or_default().push(n);
        }
    }
    let of_shared = |material: &SharedMaterial| {
        let mut found = issuers.get(&plain_name(&material.facts.name)).cloned().unwrap_or_default();
        found.extend(portal.obtained_by(material).map(|id| id.index()).filter(|by| is_open(&portal.items[*by])));
        found
    };
    let shared: Vec<Vec<usize>> = portal.materials.iter().map(of_shared).collect();
    portal.items.iter().enumerate().map(|(n, item)| needs_of(portal, n, item, &issuers, &shared)).collect()
}

/// What one item needs that can only be got through other items.
fn needs_of<'a>(
    portal: &'a Portal,
    n: usize,
    item: &'a Item,
    issuers: &Issuers<'a>,
    shared: &[Vec<usize>],
) -> Vec<Need<'a>> {
    let mut needs = Vec::new();
    for material in asked(item).filter(|_| is_open(item)) {
        let by_name = || issuers.get(&plain_name(material.name())).map_or(&[][..], Vec::as_slice);
        let by_shared = material.resolved.shared.map_or(&[][..], |id| &shared[id.index()]);
        // The name of a shared material was looked up already.
        let by_name = if material.entry.name.is_some() { by_name() } else { &[] };
        if (by_name.is_empty() && by_shared.is_empty()) || !is_always_needed(&material) {
            continue;
        }
        let mut found = [by_name, by_shared].concat();
        found.sort_unstable();
        found.dedup();
        // What an item itself issues is only renewed by it.
        if found.contains(&n) {
            continue;
        }
        found.retain(|issuer| !is_renewal(&portal.items[*issuer]));
        if !found.is_empty() {
            needs.push(Need { material, issuers: found });
        }
    }
    needs
}

/// The items that cannot be had even if everything comes that can come first.
///
/// Of each item, for each paper it needs the items that issue it; one of them will do.
fn stuck(needs: &[Vec<Vec<usize>>]) -> HashSet<usize> {
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut users: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
    for (n, list) in needs.iter().enumerate() {
        for (k, issuers) in list.iter().enumerate() {
            for issuer in issuers {
                users.entry(*issuer).or_default().push((n, k));
            }
        }
    }
    let mut got: HashSet<(usize, usize)> = HashSet::new();
    let mut ready: Vec<usize> = (0..needs.len()).filter(|n| waiting[*n] == 0).collect();
    while let Some(n) = ready.pop() {
        for (user, need) in users.get(&n).into_iter().flatten() {
            if got.insert((*user, *need)) {
                waiting[*user] -= 1;
                if waiting[*user] == 0 {
                    ready.push(*user);
                }
            }
        }
    }
    (0..needs.len()).filter(|n| waiting[*n] > 0).collect()
}

fn is_open(item: &Item) -> bool {
    !matches!(item.status, ItemStatus::Cancelled | ItemStatus::Paused)
}

fn is_renewal(item: &Item) -> bool {
    RENEWALS.iter().any(|word| item.facts.name.contains(word))
}

/// Whether every applicant has to hand in this paper of his own.
fn is_always_needed(material: &Asked<'_>) -> bool {
    let entry = material.entry;
    let own_name = entry.name.as_deref().unwrap_or_default();
    entry.necessity.get() == Some(Necessity::Required)
        && entry.when.0.is_empty()
        && entry.needed_when.is_none()
        && entry.exemption.is_none()
        && !OTHERS.iter().any(|word| own_name.contains(word))
}

fn finding(portal: &Portal, circle: &[(usize, &Need<'_>)]) -> Finding {
    let name = |n: usize| portal.items[n].facts.name.as_str();
    let (first, need) = circle[0];
    let mut zh = String::new();
    let mut en = String::new();
    for (n, need) in circle {
        let material = need.material.name();
        zh += &format!("“{}”要 `{material}` → ", name(*n));
        en += &format!("{} asks for `{material}` → ", name(*n));
    }
    zh += &format!("“{}”", name(first));
    en += name(first);
    let item = &portal.items[first];
    let mut finding = Finding::new(
        &CODE,
        item.file,
        Target::Value(need.material.name_path()),
        Words::new(format!("循环证明：{zh}"), format!("a circle: {en}")),
    )
    .allowed("至少一个事项不用先有别的结果就能办", "one of them can be had without the others")
    .repair(
        "去掉其中一份材料，或者写明没有时用什么代替（必要性情形、免交）",
        "take one material away, or say what will do instead (必要性情形, 免交)",
    );
    for (n, need) in &circle[1..] {
        let target = Target::Value(need.material.name_path());
        let words = Words::new(format!("“{}”又要这一份", name(*n)), format!("{} asks for this", name(*n)));
        finding = finding.related(Place { file: portal.items[*n].file, target }, words);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::stuck;

    fn check(needs: &[&[&[usize]]], expected: &[usize]) {
        let needs: Vec<Vec<Vec<usize>>> =
            needs.iter().map(|list| list.iter().map(|issuers| issuers.to_vec()).collect()).collect();
        let mut found: Vec<usize> = stuck(&needs).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn items_that_wait_for_each_other_are_stuck() {
        check(&[&[&[1]], &[&[0]], &[]], &[0, 1]);
        check(&[&[&[1]], &[&[2]], &[&[0]]], &[0, 1, 2]);
        // What leads into a circle is stuck as well.
        check(&[&[&[1]], &[&[0]], &[&[0]]], &[0, 1, 2]);
    }

    #[test]
    fn one_other_way_is_enough() {
        check(&[&[&[1, 2]], &[&[0]], &[]], &[]);
        check(&[&[&[1], &[2]], &[&[2]], &[]], &[]);
        // Two papers are both needed, and one of them is in a circle.
        check(&[&[&[1], &[2]], &[&[0]], &[]], &[0, 1]);
    }
}
