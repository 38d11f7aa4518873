//! `mingbai check`: every finding, and nothing else.

use clap::ArgMatches;

use crate::cli::{Exit, arguments, report};
use crate::diagnostics::{Format, Lang};
use crate::pipeline;

/// Checks the content and prints every finding.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let reporting = arguments::reporting(matches, lang);
    let checked = match pipeline::check(&arguments::input(matches)) {
        Ok(checked) => checked,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let clean = checked.findings.is_empty();
    let exit = report::findings(checked.findings, &checked.tree, reporting);
    if clean && reporting.format == Format::Human {
        let items = checked.portal.map_or(0, |portal| portal.items.len());
        report::out(&match lang {
            Lang::Zh => format!("没有问题：{items} 个事项\n"),
            Lang::En => format!("no findings: {items} items\n"),
        });
    }
    exit
}
