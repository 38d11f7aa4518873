//! `mingbai due` and `mingbai next-change`: what has its day, and by when.

use clap::ArgMatches;
use serde_json::json;

use crate::cli::{Exit, arguments, report};
use crate::diagnostics::{Format, Hints, Lang, Words, visible};
use crate::due::{self, Coming, Form};
use crate::model::value::Period;
use crate::pipeline::{self, Checked, Input};
use crate::portal::Portal;

/// How far ahead the list looks.
const WITHIN: Period = Period::Days(30);

/// Prints what is due.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let (portal, checked) = match portal(&arguments::input_of(matches), lang) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let within = matches.get_one::<Period>("within").copied().unwrap_or(WITHIN);
    let until = within.end(portal.as_of).unwrap_or(jiff::civil::Date::MAX);
    let list = due::due(&portal, &checked.tree, until);
    let form = match matches.get_one::<String>("format").map(String::as_str) {
        Some("csv") => Form::Csv,
        Some("json") => Form::Json,
        Some("ics") => Form::Ics,
        _ => Form::Table,
    };
    report::out(&due::print(&list, &portal, form, lang));
    Exit::Fine
}

/// Prints the next day on which the site is another.
pub(crate) fn next_change(matches: &ArgMatches, lang: Lang) -> Exit {
    let (portal, checked) = match portal(&arguments::input_of(matches), lang) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let coming = due::next_change(&portal, &checked.tree);
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    report::out(&if is_json { as_json(&coming, &portal, lang) } else { as_text(&coming, lang) });
    Exit::Fine
}

/// The portal with what is not in force yet. Faults of the content are told aside: the list may lack something.
fn portal(input: &Input, lang: Lang) -> Result<(Portal, Checked), Exit> {
    let input = Input { drafts: true, ..input.clone() };
    let mut checked = pipeline::check(&input).map_err(|error| report::failed(&error.words(), lang))?;
    let portal = checked.portal.take();
    let Some(portal) = portal else {
        let reporting = arguments::Reporting { strict: false, format: Format::Human, hints: Hints::Folded, lang };
        return Err(report::findings_aside(std::mem::take(&mut checked.findings), &checked.tree, reporting));
    };
    if checked.findings.has_errors() {
        report::say(arguments::tr(
            lang,
            "内容有错误，下面可能不全；先运行 mingbai check",
            "the content has errors, so something may be missing: run mingbai check first",
        ));
    }
    Ok((portal, checked))
}

fn as_text(coming: &[Coming], lang: Lang) -> String {
    let Some(first) = coming.first() else {
        return arguments::tr(
            lang,
            "没有：不改内容，网站就不会变\n",
            "none: the site stays as it is while nobody edits it\n",
        )
        .to_owned();
    };
    let mut out = format!("{}\n", first.date);
    for one in coming {
        let name: String = one.name.chars().map(visible).collect();
        out.push_str(&format!("  {name}  {}  {}\n", one.why.get(lang), one.file));
    }
    out
}

fn as_json(coming: &[Coming], portal: &Portal, lang: Lang) -> String {
    let why = |words: &Words| words.get(lang).to_owned();
    let entries: Vec<serde_json::Value> = coming
        .iter()
        .map(|one| json!({ "name": one.name, "reason": one.reason.name(Lang::En), "why": why(&one.why), "file": one.file }))
        .collect();
    let date = coming.first().map(|one| one.date.to_string());
    format!("{:#}\n", json!({ "asOf": portal.as_of.to_string(), "date": date, "changes": entries }))
}
