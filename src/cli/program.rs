//! The whole command line: the program's own options and its commands.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

use crate::cli::arguments::{heading, help_arg, tr};
use crate::cli::version::version;
use crate::cli::{
    build, check, due, explain, export, flow, help, host, import, new_arguments, plan, relocate, review, schema,
    search, serve,
};
use crate::diagnostics::Lang;

/// The language asked for, found before the arguments are parsed so that the
/// help itself speaks it.
pub(crate) fn lang_of(arguments: &[OsString]) -> Lang {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let asked =
        texts.iter().position(|text| text == "--lang").and_then(|at| texts.get(at + 1)).map(|text| text.as_ref());
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match asked.or(joined) {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// The whole command line.
pub(crate) fn program(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    Command::new("mingbai")
        .version(version(lang))
        .about(t(
            "mingbai（明白）：把一个文件夹的办事指南变成政务公开网站",
            "mingbai: turns a folder of service guides into a public portal",
        ))
        .after_help(t(
            "常用：\n  mingbai serve          边改边看，浏览器打开 http://127.0.0.1:8000/\n  mingbai check          只检查，不生成\n  mingbai build          生成网站到 dist 文件夹\n  mingbai host nginx     写出网站服务器的配置\n  mingbai search 驾照丢了  看群众这样搜会找到什么\n  mingbai review         看改动对群众意味着什么\n  mingbai new item       新增一个事项\n  mingbai export --xlsx 事项.xlsx   导出成表格，改好用 mingbai import 写回\n  mingbai explain YM05   看一个问题代码是什么意思\n\n每个命令后面加 --help 有详细说明。",
            "Often used:\n  mingbai serve          look while you edit: http://127.0.0.1:8000/\n  mingbai check          check only\n  mingbai build          make the site in dist\n  mingbai host nginx     the configuration of a web server\n  mingbai search 驾照丢了  what a citizen would find\n  mingbai review         what your changes mean\n  mingbai new item       begin an item\n  mingbai export --xlsx items.xlsx   tables to edit, taken back by mingbai import\n  mingbai explain YM05   what a code means\n\nEach command has its own --help.",
        ))
        .override_usage(t("mingbai <命令> [选项]", "mingbai <command> [options]"))
        .help_template(t(
            "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}\n{after-help}\n",
            "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\nOptions:\n{options}\n{after-help}\n",
        ))
        .subcommand_required(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(lang_arg(lang))
        .arg(help_arg(lang).help_heading(None))
        .arg(version_arg(lang))
        .subcommand(serve::command(lang))
        .subcommand(check::command(lang))
        .subcommand(build::command(lang))
        .subcommand(review::command(lang))
        .subcommand(search::command(lang))
        .subcommand(relocate::command(lang))
        .subcommand(flow::command(lang))
        .subcommand(due::command(lang))
        .subcommand(due::next_change_command(lang))
        .subcommand(plan::command(lang))
        .subcommand(host::command(lang))
        .subcommand(export::command(lang))
        .subcommand(import::command(lang))
        .subcommand(new_arguments::command(lang))
        .subcommand(schema::command(lang))
        .subcommand(explain::command(lang))
        .subcommand(help::command(lang))
}

fn version_arg(lang: Lang) -> Arg {
    Arg::new("version").long("version").short('V').action(ArgAction::Version).help(tr(
        lang,
        "显示版本",
        "show the version",
    ))
}

fn lang_arg(lang: Lang) -> Arg {
    Arg::new("lang")
        .long("lang")
        .global(true)
        .value_name("zh|en")
        .value_parser(PossibleValuesParser::new(["zh", "en"]))
        .hide_possible_values(true)
        .help_heading(heading(lang))
        .help(tr(lang, "说明和问题用中文（默认）还是英文", "language of help and findings: zh (default) or en"))
}
