//! Printing: findings to the standard output, everything else to the error output.

use std::io::{IsTerminal, Write};

use clap::error::ErrorKind;

use crate::cli::Exit;
use crate::cli::arguments::{Reporting, command};
use crate::diagnostics::{Findings, Format, Lang, Severity, Words, locate, print, summary};
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
    let located = locate(found.into_vec(), tree);
    let color = std::io::stderr().is_terminal();
    say(print(&located, tree, reporting.format, reporting.lang, color).trim_end());
    say(&summary(&located, reporting.lang));
    Exit::Findings
}

/// Prints all findings and says whether they block.
pub(crate) fn findings(found: Findings, tree: &SourceTree, reporting: Reporting) -> Exit {
    let blocks = found.has_errors() || (reporting.strict && found.count(Severity::Warning) > 0);
    let located = locate(found.into_vec(), tree);
    let color = reporting.format == Format::Human && std::io::stdout().is_terminal();
    let text = print(&located, tree, reporting.format, reporting.lang, color);
    out(&text);
    if reporting.format == Format::Human && !located.is_empty() {
        out(&format!("{}\n", summary(&located, reporting.lang)));
    }
    if blocks { Exit::Findings } else { Exit::Fine }
}

/// Prints the help of the program or of one command.
pub(crate) fn help(matches: &clap::ArgMatches, lang: Lang) -> Exit {
    let mut program = command(lang);
    program.build();
    let asked = matches.get_one::<String>("command");
    let help = match asked {
        None => Some(program.render_long_help()),
        Some(name) => program.find_subcommand_mut(name).map(clap::Command::render_long_help),
    };
    match (help, asked) {
        (Some(help), _) => {
            out(&format!("{}\n", help.to_string().trim_end()));
            Exit::Fine
        }
        (None, name) => {
            let name = name.map(String::as_str).unwrap_or_default();
            say(&match lang {
                Lang::Zh => format!("没有 `{name}` 这个命令"),
                Lang::En => format!("there is no command `{name}`"),
            });
            Exit::Failed
        }
    }
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
        kind => {
            let text = error.render().to_string();
            match lang {
                Lang::En => say(text.trim_end()),
                Lang::Zh => say(&usage_zh(kind, &text)),
            }
            Exit::Failed
        }
    }
}

fn usage_zh(kind: ErrorKind, text: &str) -> String {
    let quoted: Vec<&str> = text.split('\'').skip(1).step_by(2).collect();
    let what = quoted.first().copied().unwrap_or_default();
    let problem = match kind {
        ErrorKind::UnknownArgument => format!("不认识 `{what}`"),
        ErrorKind::InvalidSubcommand => format!("没有 `{what}` 这个命令"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let option = quoted.get(1).copied().unwrap_or_default();
            let choices = text.split("[possible values: ").nth(1).and_then(|rest| rest.split(']').next());
            let right = choices.or_else(|| text.lines().next().and_then(|line| line.rsplit("': ").next()));
            format!("`{option}` 的值 `{what}` 不对，可以写：{}", right.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("少了 `{what}`"),
        ErrorKind::ArgumentConflict => format!("`{what}` 不能和别的选项一起用"),
        _ => "命令写得不对".to_owned(),
    };
    let near = quoted.get(1).filter(|_| matches!(kind, ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand));
    let hint = near.map(|near| format!("，是不是 `{near}`？")).unwrap_or_default();
    format!("{problem}{hint}\n加 --help 看说明")
}
