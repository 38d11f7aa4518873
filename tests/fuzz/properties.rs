//! What holds for every portal and every date.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use mingbai::load::{Given, load_given};
use mingbai::model::value::{Calendar, LimitUnit, TimeLimit, YearArrangement};
use mingbai::pipeline::{Input, Memory, Planned, index, plan_loaded};
use mingbai::render::Made;
use mingbai::review::{Ask, open, review};

use crate::content::portal;
use crate::kit::{ITEM, Site, TODAY};
use crate::random::{Random, effort};

fn some_day(random: &mut Random) -> Date {
    date(2024, 1, 1).saturating_add((random.below(1500) as i64).days())
}

#[test]
fn due_dates_are_monotonic() {
    let mut random = Random::of("due dates");
    for _ in 0..effort(3_000, 300_000) {
        let year = |year, random: &mut Random| YearArrangement {
            year,
            official: random.below(2) == 0,
            holidays: (0..random.below(20)).map(|_| some_day(random)).collect(),
            workdays: (0..random.below(10)).map(|_| some_day(random)).collect(),
        };
        let calendar = Calendar::new((2024..2028).map(|n| year(n, &mut random)).collect());
        let unit = [LimitUnit::WorkingDay, LimitUnit::NaturalDay, LimitUnit::Month, LimitUnit::Year][random.below(4)];
        let number = 1 + random.below(40) as u32;
        let within = |number| TimeLimit::Within { number, unit };
        let (start, later) = (some_day(&mut random), random.below(30) as i64);
        let due = |start: Date, limit: &TimeLimit| calendar.due(start, limit).unwrap().date;
        let end = due(start, &within(number));
        let what = || format!("{} from {start}: {end}; {calendar:?}", within(number));
        assert!(end > start, "{}", what());
        assert!(due(start.saturating_add(later.days()), &within(number)) >= end, "later starts end later: {}", what());
        let more = within(number + 1 + random.below(5) as u32);
        assert!(due(start, &more) >= end, "longer limits end later: {}", what());
        assert_eq!(due(start, &TimeLimit::OnTheSpot), start);
    }
}

/// A portal that chance made of the smallest: other items, names, departments and files.
fn some_portal(random: &mut Random) -> Site {
    const WORDS: [&str; 8] = ["许可", "备案", "Index", "食品", "a-b", "登记（二）", "Ａ", "注销"];
    let mut site = if random.below(2) == 0 { portal() } else { Site::minimal() };
    for n in 0..random.below(5) {
        let name = format!("{}{}", random.pick(&WORDS), random.pick(&WORDS));
        let slug = format!("item-{}", random.below(9));
        site = site.item(&slug, &name, 10 + n as u32);
        if random.below(3) == 0 {
            let lines: Vec<String> = site.text(ITEM).lines().map(str::to_owned).collect();
            let gone = random.below(lines.len());
            let text: String =
                lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| format!("{line}\n")).collect();
            site = site.file(ITEM, text);
        }
    }
    for _ in 0..random.below(4) {
        let path = ["items/index.html", "items/item-1/index.html", "Items/a", "a/b", "a", "404.html", "data/items.csv"];
        let path = format!("content/static/{}", random.pick(&path));
        if !site.paths().any(|other| other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"))) {
            site = site.file(&path, "x");
        }
    }
    if random.below(2) == 0 {
        let page = "---\n标题: 页\n摘要: 页\n栏目: 帮助\n发布日期: 2026-01-01\n---\n正文\n";
        site = site.file(&format!("content/pages/{}.md", random.pick(&["items", "search", "x", "help/use"])), page);
    }
    site
}

fn given(site: &Site) -> Vec<(String, Given)> {
    site.paths().map(|path| (path.to_owned(), Given::Bytes(site.bytes(path).to_vec()))).collect()
}

fn planned(files: Vec<(String, Given)>) -> Planned {
    let input = Input { root: "/nowhere".into(), as_of: TODAY, drafts: false, base_url: None };
    plan_loaded(load_given(files), &input, &mut Memory::default())
}

#[test]
fn no_plan_has_a_collision() {
    let mut random = Random::of("plans");
    for round in 0..effort(60, 6_000) {
        let planned = planned(given(&some_portal(&mut random)));
        let Some(mut ready) = planned.ready else { continue };
        index(&mut ready);
        let paths: Vec<&str> = ready.plan.outputs.keys().map(|path| path.as_str()).collect();
        let files: BTreeSet<String> = paths.iter().map(|path| path.to_lowercase()).collect();
        // Unless somebody is told: then nothing is written.
        if planned.findings.has_errors() {
            continue;
        }
        assert_eq!(files.len(), paths.len(), "round {round}: two paths differ in case alone");
        for path in &paths {
            let folders = path.match_indices('/').map(|(at, _)| path[..at].to_lowercase());
            let both: Vec<String> = folders.filter(|folder| files.contains(folder)).collect();
            assert_eq!(both, Vec::<String>::new(), "round {round}: a file is the folder of {path}");
        }
    }
}

/// Everything that is planned, with its bytes, and all that is found.
fn everything(files: Vec<(String, Given)>) -> (String, Vec<(String, Vec<u8>)>) {
    let planned = planned(files);
    let findings = format!("{:?}", planned.findings);
    let mut outputs = Vec::new();
    if let Some(mut ready) = planned.ready {
        index(&mut ready);
        for (path, output) in ready.plan.outputs.iter() {
            if let Made::Bytes(bytes) = ready.renderer.make(&ready.portal, &ready.plan, path, output).unwrap() {
                outputs.push((path.as_str().to_owned(), bytes));
            }
        }
    }
    (findings, outputs)
}

#[test]
fn the_order_of_files_and_the_number_of_threads_do_not_matter() {
    let mut random = Random::of("orders");
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(7).build().unwrap();
    for round in 0..effort(6, 600) {
        let files = given(&some_portal(&mut random));
        let mut shuffled = files.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, random.below(at + 1));
        }
        let (first, second) = (one.install(|| everything(files)), many.install(|| everything(shuffled)));
        assert_eq!(first.0, second.0, "round {round}");
        assert!(first.1 == second.1, "round {round}: some bytes differ");
    }
}

#[test]
fn no_portal_differs_from_itself() {
    let mut random = Random::of("reviews");
    for round in 0..effort(25, 2_500) {
        let root = some_portal(&mut random).write();
        let ask = Ask { revisions: None, against: Some(root.path().to_owned()) };
        let sides = open(&ask, &root.input()).unwrap();
        let found = review(&sides.base, &sides.head, &sides.about, TODAY);
        assert!(found.is_empty(), "round {round}: {found:?}");
    }
}
