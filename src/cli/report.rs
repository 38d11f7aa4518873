//! Printing: findings to the standard output, everything else to the error output.

use std::io::{IsTerminal, Write};

use clap::error::{ContextKind, ErrorKind};

use crate::cli::Exit;
use crate::cli::arguments::Reporting;
use crate::diagnostics::{Findings, Lang, Severity, Words};
use crate::printing::{Format, Report, print_brief, print_report, report_summary};
use crate::source::SourceTree;

/// Writes to the standard output; a closed pipe is not an error.
pub(crate) fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
}

/// Writes a line to the error output.
pub(crate) fn say(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = writeln!(stderr, "{text}");
}

/// Writes progress to the error output, without a line break.
pub(crate) fn status(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

/// Prints all findings to the error output, beside a result that is printed already.
pub(crate) fn findings_aside(found: Findings, tree: &SourceTree, reporting: Reporting) -> Exit {
    let found = Report::new(found, tree);
    let color = std::io::stderr().is_terminal();
    match reporting.format {
        Format::Human => say(print_brief(&found, tree, reporting.hints, reporting.lang, color).trim_end()),
        format => {
            say(print_report(&found, tree, format, reporting.lang, color).trim_end());
            say(&report_summary(&found, reporting.lang));
        }
    }
    Exit::Findings
}

/// Whether findings block.
pub(crate) fn verdict(found: &Findings, reporting: Reporting) -> Exit {
    let blocks = found.has_errors() || (reporting.strict && found.count(Severity::Warning) > 0);
    if blocks { Exit::Findings } else { Exit::Fine }
}

/// Prints all findings and says whether they block.
pub(crate) fn findings(found: Findings, tree: &SourceTree, reporting: Reporting) -> Exit {
    let exit = verdict(&found, reporting);
    located(&Report::new(found, tree), tree, reporting, exit)
}

/// Prints findings whose places are known, and passes the verdict on.
pub(crate) fn located(found: &Report, tree: &SourceTree, reporting: Reporting, exit: Exit) -> Exit {
    let is_clean = found.findings.is_empty() && found.allowed.is_empty();
    match reporting.format {
        Format::Human if is_clean => {}
        Format::Human => {
            out(&print_brief(found, tree, reporting.hints, reporting.lang, std::io::stdout().is_terminal()));
        }
        format => out(&print_report(found, tree, format, reporting.lang, false)),
    }
    exit
}

/// Prints why the command could not run.
pub(crate) fn failed(words: &Words, lang: Lang) -> Exit {
    match lang {
        Lang::Zh => say(&format!("不能运行：{}", words.zh)),
        Lang::En => say(&format!("cannot run: {}", words.en)),
    }
    Exit::Failed
}

/// Prints help, the version, or what is wrong with the command line.
pub(crate) fn usage(error: &clap::Error, lang: Lang) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            out(&format!("{}\n", error.render().to_string().trim_end()));
            Exit::Fine
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            say(match lang {
                Lang::Zh => "要做什么？运行 mingbai help 看看有哪些命令",
                Lang::En => "what shall be done? mingbai help lists the commands",
            });
            Exit::Failed
        }
        _ => {
            match lang {
                Lang::En => say(error.render().to_string().trim_end()),
                Lang::Zh => say(&usage_zh(error)),
            }
            Exit::Failed
        }
    }
}

/// What is wrong with the command line, in Chinese.
fn usage_zh(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(|value| value.to_string()).unwrap_or_default();
    let (option, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let suggested = match error.kind() {
        ErrorKind::InvalidSubcommand => said(ContextKind::SuggestedSubcommand),
        _ => said(ContextKind::SuggestedArg),
    };
    let choices = said(ContextKind::ValidValue);
    let problem = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识 `{option}`"),
        ErrorKind::InvalidSubcommand => format!("没有 `{}` 这个命令", said(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{option}` 后面少了值"),
        ErrorKind::InvalidValue => format!("`{option}` 的值 `{value}` 不对，可以写：{choices}"),
        ErrorKind::ValueValidation => {
            let right = std::error::Error::source(error).map(|why| why.to_string()).unwrap_or_default();
            format!("`{option}` 的值 `{value}` 不对，可以写：{right}")
        }
        ErrorKind::MissingRequiredArgument => format!("少了 `{option}`"),
        ErrorKind::ArgumentConflict if option == said(ContextKind::PriorArg) => format!("`{option}` 写了两次"),
        ErrorKind::ArgumentConflict => format!("`{option}` 不能和别的选项一起用"),
        _ => "命令写得不对".to_owned(),
    };
    let hint = if suggested.is_empty() { String::new() } else { format!("，是不是 `{suggested}`？") };
    format!("{problem}{hint}\n加 --help 看说明")
}
