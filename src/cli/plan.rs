//! `mingbai plan`: every output there will be, none of them made.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::cli::arguments::{self, Reporting, flag, input_args, sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::Lang;
use crate::pipeline;
use crate::plan::path_of;

#[derive(Serialize)]
struct Row {
    path: String,
    file: String,
    kind: &'static str,
}

/// The command line of `mingbai plan`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "plan",
        t("列出会生成的全部页面和文件", "list every page and file there will be"),
        t("列出会生成的全部网址，不生成页面。", "Lists every address there will be, without making a page."),
    )
    .args(input_args(lang))
    .arg(flag("json", t("用 JSON 输出", "print JSON")))
}

/// Prints the plan.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let mut planned = match pipeline::plan(&arguments::input(matches)) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    if let Some(ready) = &mut planned.ready {
        pipeline::index(ready);
        let rows: Vec<Row> = ready
            .plan
            .outputs
            .iter()
            .map(|(file, output)| Row { path: path_of(file), file: file.to_string(), kind: output.kind() })
            .collect();
        if matches.get_flag("json") {
            let text = serde_json::to_string_pretty(&rows).expect("a list of texts is always JSON");
            report::out(&format!("{text}\n"));
        } else {
            let lines: String = rows.iter().map(|row| format!("{:<9} {}\n", row.kind, row.path)).collect();
            report::out(&lines);
        }
    }
    if planned.findings.has_errors() {
        let reporting = Reporting::aside(lang);
        return report::findings_aside(planned.findings, &planned.tree, reporting);
    }
    Exit::Fine
}
