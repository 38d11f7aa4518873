//! `mingbai check`: every finding, and nothing else.

use clap::ArgMatches;

use crate::cli::{Exit, arguments, report};
use crate::diagnostics::{Format, Lang};
use crate::pipeline::{self, Error, Input, Planned};

/// Checks the content and prints every finding.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let reporting = arguments::reporting(matches, lang);
    let input = arguments::input(matches);
    let planned = match planned(&input) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let clean = planned.findings.is_empty();
    let items = planned.ready.map_or(0, |ready| ready.portal.items.len());
    let exit = report::findings(planned.findings, &planned.tree, reporting);
    if clean && reporting.format == Format::Human {
        report::out(&match lang {
            Lang::Zh => format!("没有问题：{items} 个事项（含草稿）\n"),
            Lang::En => format!("no findings: {items} items, drafts included\n"),
        });
    }
    exit
}

/// Everything that can be found: what the public site would have, and the drafts.
fn planned(input: &Input) -> Result<Planned, Error> {
    let public = pipeline::plan(input)?;
    if input.drafts {
        return Ok(public);
    }
    // Reading is the same both times, so findings of both name the same files.
    let mut all = pipeline::plan(&Input { drafts: true, ..input.clone() })?;
    all.findings.extend(public.findings);
    Ok(all)
}
