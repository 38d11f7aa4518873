//! `mingbai check`: every finding, and nothing else.

use clap::ArgMatches;

use crate::cli::arguments::{self, Reporting};
use crate::cli::{Exit, fix, report, tally};
use crate::diagnostics::{Format, Lang, Report};
use crate::pipeline::{self, Planned};

/// Checks the content and prints every finding.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let reporting = arguments::reporting(matches, lang);
    let input = arguments::input(matches);
    if matches.get_flag("fix") {
        return fix::run(matches, &input, reporting);
    }
    let planned = match pipeline::plan_both(&input) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    if matches.get_flag("summary") {
        return tally::run(planned, reporting);
    }
    found(planned, reporting)
}

/// Prints what was found, or that nothing was.
pub(super) fn found(planned: Planned, reporting: Reporting) -> Exit {
    if !planned.findings.is_empty() || reporting.format != Format::Human {
        return report::findings(planned.findings, &planned.tree, reporting);
    }
    let items = planned.ready.as_ref().map_or(0, |ready| ready.portal.items.len());
    let passed = Report::new(planned.findings, &planned.tree).allowed.len();
    report::out(&match (reporting.lang, passed) {
        (Lang::Zh, 0) => format!("没有问题：{items} 个事项（含草稿）\n"),
        (Lang::Zh, _) => format!("没有问题：{items} 个事项（含草稿），另有 {passed} 个问题已放行\n"),
        (Lang::En, 0) => format!("no findings: {items} items, drafts included\n"),
        (Lang::En, _) => format!("no findings: {items} items, drafts included; {passed} let pass\n"),
    });
    Exit::Fine
}
