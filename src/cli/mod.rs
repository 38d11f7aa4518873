//! The commands: what is typed, and what is printed.
//!
//! Only this module and the server print. One file a command.

mod arguments;
mod ask;
mod build;
mod check;
mod create;
mod due;
mod explain;
mod export;
mod files;
mod fix;
mod flow;
mod help;
mod host;
mod import;
mod import_map;
mod import_words;
mod new;
mod new_arguments;
mod plan;
mod program;
mod relocate;
mod report;
mod review;
mod schema;
mod search;
mod serve;
mod tally;
mod version;

use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended (design: 0 fine, 1 findings that block, 2 could not run).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is fine.
    Fine,
    /// There are findings that block.
    Findings,
    /// The command could not run.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

/// Runs the command line `arguments`, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = program::lang_of(&arguments);
    let matches = match program::program(lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return report::usage(&error, lang),
    };
    match matches.subcommand() {
        Some(("build", found)) => build::run(found, lang),
        Some(("plan", found)) => plan::run(found, lang),
        Some(("schema", found)) => schema::run(found, lang),
        Some(("new", found)) => new::run(found, lang),
        Some(("help", found)) => help::run(program::program(lang), found, lang),
        Some(("check", found)) => check::run(found, lang),
        Some(("flow", found)) => flow::run(found, lang),
        Some(("explain", found)) => explain::run(found, lang),
        Some(("move", found)) => relocate::run(found, lang),
        Some(("due", found)) => due::run(found, lang),
        Some(("next-change", found)) => due::next_change(found, lang),
        Some(("search", found)) => search::run(found, lang),
        Some(("review", found)) => review::run(found, lang),
        Some(("export", found)) => export::run(found, lang),
        Some(("import", found)) if found.contains_id("map") => import_map::run(found, lang),
        Some(("import", found)) => import::run(found, lang),
        Some(("host", found)) => host::run(found, lang),
        Some(("serve", found)) => serve::run(found, lang),
        _ => Exit::Failed,
    }
}
