//! `mingbai check --summary`: one line a department instead of every finding, and how far the promises go.

use serde::Serialize;

use crate::check::completeness::{self, Tally};
use crate::check::indicators::{Indicators, Share, indicators};
use crate::cli::arguments::Reporting;
use crate::cli::{Exit, report};
use crate::diagnostics::{Lang, Severity};
use crate::documents::files;
use crate::pipeline::Planned;
use crate::portal::Portal;
use crate::printing::{Format, Report, report_summary, visible};
use crate::wrap::columns;

/// How many missing elements are named in a line.
const NAMED: usize = 3;

/// The figures of one department, or of all.
#[derive(Serialize)]
struct Line {
    department: Option<String>,
    name: String,
    items: usize,
    errors: usize,
    warnings: usize,
    /// Percent with one decimal, rounded down.
    completeness: f64,
    missing: Vec<Missing>,
    indicators: Figures,
}

/// The figures of KPI01: percent with one decimal, rounded down; nothing where no item states it.
#[derive(Serialize)]
struct Figures {
    time_saved: Option<f64>,
    instant: Option<f64>,
    no_visit: Option<f64>,
    /// Visits an item, with two decimals.
    visits: Option<f64>,
    online: Option<f64>,
}

#[derive(Serialize)]
struct Missing {
    element: &'static str,
    items: usize,
}

/// Prints the figures; findings block as they do without them.
pub(super) fn run(planned: Planned, reporting: Reporting) -> Exit {
    let lang = reporting.lang;
    let exit = report::verdict(&planned.findings, reporting);
    let mut found = Report::new(planned.findings, &planned.tree);
    let Some(ready) = planned.ready else {
        return report::located(&found, &planned.tree, reporting, exit);
    };
    let count = |department: Option<&str>, severity| {
        let folder = department.map(|id| files::department_folder(id) + "/");
        let is_there = |path: &str| folder.as_ref().is_none_or(|folder| path.starts_with(folder.as_str()));
        let all = found.findings.iter().filter(|one| one.severity == severity);
        all.filter(|one| is_there(&planned.tree.file(one.spot.file).path)).count()
    };
    let lines = lines(&ready.portal, lang, &count);
    if reporting.format == Format::Human {
        report::out(&table(&lines, lang));
        report::out(&promises(&lines, lang));
        report::out(&format!("\n{}\n", report_summary(&found, lang)));
        return exit;
    }
    found.summary = serde_json::to_value(&lines).ok();
    report::located(&found, &planned.tree, reporting, exit)
}

/// One line for each department that has items, and one for all.
fn lines(portal: &Portal, lang: Lang, count: &dyn Fn(Option<&str>, Severity) -> usize) -> Vec<Line> {
    let line = |department: Option<&str>, name: &str, tally: Tally, promises: Indicators| Line {
        department: department.map(str::to_owned),
        name: name.to_owned(),
        items: tally.items,
        errors: count(department, Severity::Error),
        warnings: count(department, Severity::Warning),
        completeness: f64::from(tally.permille) / 10.0,
        missing: tally
            .missing
            .iter()
            .map(|(element, items)| Missing {
                element: if lang == Lang::Zh { element.name } else { element.name_en },
                items: *items,
            })
            .collect(),
        indicators: figures(promises),
    };
    let mut lines: Vec<Line> = completeness::by_department(portal)
        .into_iter()
        .map(|(id, tally)| {
            let department = portal.department(id);
            let own = indicators(portal.items.iter().filter(|item| item.department == id));
            line(Some(&department.id), &department.facts.short_name, tally, own)
        })
        .collect();
    let all = if lang == Lang::Zh { "合计" } else { "all" };
    lines.push(line(None, all, completeness::tally(portal, &portal.items), indicators(&portal.items)));
    lines
}

/// The figures as they are printed.
fn figures(promises: Indicators) -> Figures {
    let percent = |share: Share| share.permille().map(|permille| permille as f64 / 10.0);
    let visits = (promises.visits.part * 100).checked_div(promises.visits.whole);
    Figures {
        time_saved: percent(promises.saved),
        instant: percent(promises.instant),
        no_visit: percent(promises.no_visit),
        visits: visits.map(|hundredths| hundredths as f64 / 100.0),
        online: percent(promises.online),
    }
}

/// One line on what all departments together promise beyond the law.
fn promises(lines: &[Line], lang: Lang) -> String {
    let Some(figures) = lines.last().map(|line| &line.indicators) else { return String::new() };
    let percent = |figure: Option<f64>| figure.map(|percent| format!("{percent:.1}%"));
    let visits = figures.visits.map(|visits| format!("{visits:.2}"));
    let (all, before, between): ([(&str, Option<String>); 5], &str, &str) = match lang {
        Lang::Zh => (
            [
                ("承诺比法定时限缩短", percent(figures.time_saved)),
                ("即办件", percent(figures.instant)),
                ("不用跑", percent(figures.no_visit)),
                ("平均跑动次数", visits),
                ("网上可办", percent(figures.online)),
            ],
            "合计：",
            "，",
        ),
        Lang::En => (
            [
                ("limits shortened by", percent(figures.time_saved)),
                ("instant", percent(figures.instant)),
                ("without a visit", percent(figures.no_visit)),
                ("visits an item", visits),
                ("online", percent(figures.online)),
            ],
            "all: ",
            ", ",
        ),
    };
    let known: Vec<String> = all.into_iter().filter_map(|(name, figure)| Some(format!("{name} {}", figure?))).collect();
    if known.is_empty() { String::new() } else { format!("\n{before}{}\n", known.join(between)) }
}

/// The lines in columns of one width.
fn table(lines: &[Line], lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["部门", "事项", "错误", "警告", "公开完整度", "最常缺的"],
        Lang::En => ["department", "items", "errors", "warnings", "completeness", "missing most"],
    };
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(lines.iter().map(|line| {
        let missing = line.missing.iter().take(NAMED).map(|one| match lang {
            Lang::Zh => format!("{}（{}）", one.element, one.items),
            Lang::En => format!("{} ({})", one.element, one.items),
        });
        let separator = if lang == Lang::Zh { "、" } else { ", " };
        [
            line.name.chars().map(visible).collect(),
            line.items.to_string(),
            line.errors.to_string(),
            line.warnings.to_string(),
            format!("{:.1}%", line.completeness),
            missing.collect::<Vec<_>>().join(separator),
        ]
    }));
    let widths: Vec<usize> =
        (0..head.len()).map(|n| rows.iter().map(|row| columns(&row[n])).max().unwrap_or(0)).collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (n, cell) in row.iter().enumerate() {
            let gap = " ".repeat(widths[n] - columns(cell));
            // Numbers stand at the right of their column.
            let is_number = (1..=4).contains(&n);
            line.push_str(&if is_number { format!("{gap}{cell}  ") } else { format!("{cell}{gap}  ") });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
