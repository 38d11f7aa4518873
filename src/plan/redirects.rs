//! The redirects editors write, checked against what there is.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Finding, Fix, Place, Target, Words, codes, nearest};
use crate::output::OutputPath;
use crate::plan::pages::Draft;
use crate::plan::{Output, file_of};
use crate::source::FieldPath;

/// What is wrong with a redirect: the key, the words, and the repair if it is known.
struct Problem {
    key: &'static str,
    words: Words,
    repair: Option<Words>,
    /// Where 到 should lead instead, if that is certain.
    end: Option<String>,
    /// Another entry that belongs to it.
    other: Option<usize>,
}

impl Problem {
    fn new(key: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem { key, words: Words::new(zh, en), repair: None, end: None, other: None }
    }

    fn repair(self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Problem { repair: Some(Words::new(zh, en)), ..self }
    }
}

/// Plans the redirects of `redirects.yaml`.
pub(super) fn plan(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let Some(file) = portal.redirects_file else { return };
    let list = FieldPath::root().key("跳转");
    // Where each old address leads, so that a redirect to a redirect is known wherever they stand.
    let mut leads: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (n, one) in portal.redirects.iter().enumerate() {
        leads.entry(one.from.trim()).or_insert((n, one.to.trim()));
    }
    let problems: Vec<Option<Problem>> = (0..portal.redirects.len()).map(|n| problem(draft, n, &leads)).collect();
    for (n, (redirect, problem)) in portal.redirects.iter().zip(problems).enumerate() {
        let (from, to) = (redirect.from.trim(), redirect.to.trim());
        let Some(problem) = problem else {
            let output = Output::Redirect { to: to.to_owned(), name: redirect.reason.clone().unwrap_or_default() };
            draft.add(from, output, file);
            continue;
        };
        let target = Target::Value(list.index(n).key(problem.key));
        let mut finding = Finding::new(&codes::UR02, file, target, problem.words).allowed(
            "从：已经没有页面的旧网址；到：现在有页面的网址",
            "from an old address without a page to one that has a page",
        );
        let near = match (&problem.repair, problem.key) {
            (None, "到") => {
                nearest(to, portal.items.iter().map(|item| item.path()).collect::<Vec<_>>().iter().map(String::as_str))
                    .map(str::to_owned)
            }
            _ => None,
        };
        finding = match (problem.repair, near) {
            (Some(repair), _) => finding.repair(repair.zh, repair.en),
            (None, Some(near)) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
            (None, None) => finding.repair("改正网址，或者删掉这一条", "correct the address, or delete the entry"),
        };
        if let Some(other) = problem.other {
            let place = Place { file, target: Target::Value(list.index(other).key("从")) };
            finding = finding.related(place, Words::new("另一条在这里", "the other one is here"));
        }
        if let Some(end) = problem.end {
            finding = finding.fix(Fix::Within { from: to.to_owned(), to: end });
        }
        draft.findings.push(finding);
    }
}

/// What is wrong with the n-th redirect.
fn problem(draft: &Draft<'_>, n: usize, leads: &BTreeMap<&str, (usize, &str)>) -> Option<Problem> {
    let redirect = &draft.portal.redirects[n];
    let (from, to) = (redirect.from.trim(), redirect.to.trim());
    if !from.starts_with('/') || from.starts_with("//") {
        return Some(Problem::new("从", "旧网址要以 / 开头", "the old address must begin with /"));
    }
    if !to.starts_with('/') || to.starts_with("//") {
        return Some(Problem::new("到", "新网址要以 / 开头", "the new address must begin with /"));
    }
    if !from.ends_with('/') && !from.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return Some(Problem::new("从", "旧网址要以 / 结尾", "the old address must end with /"));
    }
    if let Err(error) = OutputPath::new(&file_of(from)) {
        let words = error.words();
        return Some(Problem::new(
            "从",
            format!("`{from}` 不能做网址：{}", words.zh),
            format!("`{from}` cannot be an address: {}", words.en),
        ));
    }
    let first = leads.get(from).map_or(n, |(first, _)| *first);
    if first != n {
        let words = (format!("`{from}` 上面已经写过了"), format!("`{from}` is written above already"));
        let problem = Problem::new("从", words.0, words.1)
            .repair("留下对的一条，删掉另一条", "keep the right one and delete the other");
        return Some(Problem { other: Some(first), ..problem });
    }
    if draft.has(from) {
        let problem = Problem::new(
            "从",
            format!("`{from}` 现在有页面，跳转不会起作用"),
            format!("`{from}` has a page now, so the redirect never acts"),
        );
        return Some(problem.repair("删掉这一条", "delete the entry"));
    }
    target(draft, from, to, leads)
}

/// What is wrong with where a redirect leads.
fn target(draft: &Draft<'_>, from: &str, to: &str, leads: &BTreeMap<&str, (usize, &str)>) -> Option<Problem> {
    let bare = |to: &str| to.split('#').next().unwrap_or_default().to_owned();
    let mut at = bare(to);
    let mut seen = BTreeSet::from([from.to_owned()]);
    let mut way = vec![from.to_owned()];
    let mut next = None;
    while !draft.is_page(&at) {
        // The file of the page has the finding.
        if draft.portal.release.is_unread(&at) {
            return None;
        }
        way.push(at.clone());
        if !seen.insert(at.clone()) {
            let way = way.join(" → ");
            let problem = Problem::new(
                "到",
                format!("跳转转了一圈又回来：{way}"),
                format!("the redirects lead round in a circle: {way}"),
            );
            let problem = problem.repair(
                "把其中一条的“到”改成有页面的网址，其他的照着改",
                "let one of them lead to a page, and the others as well",
            );
            return Some(Problem { other: leads.get(bare(to).as_str()).map(|(n, _)| *n), ..problem });
        }
        let Some(further) = leads.get(at.as_str()).map(|(_, to)| (*to).to_owned()).or_else(|| draft.leads_to(&at))
        else {
            return Some(Problem::new("到", format!("`{to}` 没有页面"), format!("there is no page `{to}`")));
        };
        at = bare(&further);
        next = Some(further);
    }
    let end = next?;
    let problem =
        Problem::new("到", format!("`{to}` 自己又跳转到 `{end}`"), format!("`{to}` itself leads on to `{end}`"));
    let problem = problem.repair(format!("直接写 `{end}`"), format!("write `{end}` at once"));
    Some(Problem { end: Some(end), other: leads.get(bare(to).as_str()).map(|(n, _)| *n), ..problem })
}
