//! `mingbai help`: the help of the program or of one command.

use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::Lang;

/// The command line of `mingbai help`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "help",
        t("显示说明", "show the help"),
        t("显示总的说明，或者一个命令的说明。", "Shows the help of the program or of a command."),
    )
    .arg(Arg::new("command").value_name(t("命令", "COMMAND")).num_args(0..).help(t("哪个命令", "which command")))
}

/// Prints the help of the program or of one command of it.
pub(crate) fn run(mut program: Command, matches: &ArgMatches, lang: Lang) -> Exit {
    program.build();
    let mut asked = matches.get_many::<String>("command").unwrap_or_default();
    let mut found = Some(&mut program);
    let unknown = asked.find(|name| {
        found = found.take().and_then(|command| command.find_subcommand_mut(name));
        found.is_none()
    });
    let help = found.map(Command::render_long_help);
    match (help, unknown) {
        (Some(help), _) => {
            report::out(&format!("{}\n", help.to_string().trim_end()));
            Exit::Fine
        }
        (None, name) => {
            let name = name.map(String::as_str).unwrap_or_default();
            report::say(&match lang {
                Lang::Zh => format!("没有 `{name}` 这个命令"),
                Lang::En => format!("there is no command `{name}`"),
            });
            Exit::Failed
        }
    }
}
