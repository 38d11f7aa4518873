//! `mingbai review`: what a change means, before the public reads it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::cli::arguments::{self, choice_arg, flag, path_arg, some_input_args, sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::{Lang, Words};
use crate::pipeline::Input;
use crate::review::{self, Ask, Class, Levels, Review};
use crate::source::SourceTree;

/// The command line of `mingbai review`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "review",
        t("比对改动：哪些加重负担，哪些像笔误", "what a change means, field by field"),
        t(
            "把现在的内容和一个旧版本比较，逐个字段列出改了什么：加重负担、减轻负担、事实、文字、结构、连带，并指出疑似笔误和前后矛盾。\n不写版本时，与从 main（或者 master）分出来的地方比较；写“版本”与那个版本比较，写“版本..版本”比较两个版本。",
            "Compares the content with an earlier state and lists what changed, field by field: burden, relief, fact, wording, \
             structure, consequence, with possible slips and contradictions.\nWithout a revision the state is that where this \
             branch parted from main (or master); REV compares with a revision, REV..REV compares two.",
        ),
    )
    .arg(
        Arg::new("revisions")
            .value_name(t("版本", "REV"))
            .conflicts_with("against")
            .help(t("与哪个版本比较，如 main 或者 v1..v2", "the revision to compare with, such as main or v1..v2")),
    )
    .args(some_input_args(lang, &["root", "as-of"]))
    .arg(
        path_arg("against", t("文件夹", "DIR"), t(
            "与另一个文件夹比较，不用 git",
            "compare with another folder, without git",
        )),
    )
    .arg(
        choice_arg("format", "human|markdown|json", t("输出格式（默认 human，给人看）", "the format (default: human)")),
    )
    .arg(
        path_arg("html", t("文件", "FILE"), t(
            "另写一个网页文件，可以发给别人逐条核对",
            "also write one HTML file to mail and to tick off",
        )),
    )
    .arg(
        Arg::new("fail-on")
            .long("fail-on")
            .value_name(t("类别", "CLASS"))
            .value_delimiter(',')
            .action(ArgAction::Append)
            .value_parser(parse_class)
            .help(t(
                "有这些类别的改动就不通过（退出码 1），如 加重负担,结构",
                "fail (status 1) on changes of these classes, such as burden,structure",
            )),
    )
    .arg(flag("record", t(
        "把改动写进事项的变更记录，由您提交",
        "write the changes into the items' change records, for you to commit",
    )))
}

fn parse_class(text: &str) -> Result<Class, String> {
    let names = || Class::ALL.map(|class| class.names());
    Class::named(text).ok_or_else(|| names().map(|(zh, en)| format!("{zh} ({en})")).join(", "))
}

/// Compares two states and prints what differs.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let input = arguments::input_of(matches);
    let ask = Ask {
        revisions: matches.get_one::<String>("revisions").cloned(),
        against: matches.get_one::<PathBuf>("against").cloned(),
    };
    let sides = match review::open(&ask, &input) {
        Ok(sides) => sides,
        Err(words) => return report::failed(&words, lang),
    };
    let is_working_tree = ask.revisions.as_deref().is_none_or(|asked| !asked.contains(".."));
    let levels = Levels::of(sides.base.portal.as_ref().or(sides.head.portal.as_ref()));
    let found = review::review(&sides.base, &sides.head, &sides.about, input.as_of);
    report::out(&match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => review::json(&found, lang),
        Some("markdown") => review::markdown(&found, lang),
        _ => review::human(&found, lang),
    });
    if let Some(file) = matches.get_one::<PathBuf>("html")
        && let Err(error) = write_whole(file, &review::html(&found, lang))
    {
        return report::failed(&not_written(file, &error), lang);
    }
    if matches.get_flag("record") {
        if !is_working_tree {
            return report::failed(&no_working_tree(), lang);
        }
        if let Err(words) = record(&found, &sides.head.tree, &input, lang) {
            return report::failed(&words, lang);
        }
    }
    let asked: Vec<Class> = matches.get_many::<Class>("fail-on").unwrap_or_default().copied().collect();
    verdict(&found, &levels, &asked, lang)
}

/// Whether changes block, said aside.
fn verdict(found: &Review, levels: &Levels, asked: &[Class], lang: Lang) -> Exit {
    let blocked = review::blocked(found, levels, asked);
    if blocked == 0 {
        return Exit::Fine;
    }
    report::say(&match lang {
        Lang::Zh => format!(
            "不通过：{blocked} 处改动属于要阻止的类别。改掉它，或者在 content/exceptions.yaml 里写明理由、责任人和日期"
        ),
        Lang::En => format!(
            "blocked: {blocked} changes are of a class that blocks. Undo them, or give reason, person and date in content/exceptions.yaml"
        ),
    });
    Exit::Findings
}

/// Writes the change records, and says where.
fn record(found: &Review, tree: &SourceTree, input: &Input, lang: Lang) -> Result<(), Words> {
    let recorded = review::record(found, tree);
    for one in &recorded {
        let path = input.root.join(&one.file);
        write_whole(&path, &one.text).map_err(|error| not_written(&path, &error))?;
        report::say(&match lang {
            Lang::Zh => format!("写了变更记录 {}：{}", one.file, one.entry),
            Lang::En => format!("recorded in {}: {}", one.file, one.entry),
        });
    }
    if recorded.is_empty() {
        report::say(match lang {
            Lang::Zh => "没有要写的变更记录：事项没有改动，或者已经写过",
            Lang::En => "no change record to write: no item changed, or it is there already",
        });
    }
    Ok(())
}

/// Writes a file that is there either as it was or as a whole.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one: what it leads to is written.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&beside, text).and_then(|()| match fs::metadata(&path) {
        Ok(old) => fs::set_permissions(&beside, old.permissions()),
        Err(_) => Ok(()),
    });
    let written = written.and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn not_written(path: &Path, error: &io::Error) -> Words {
    Words::new(
        format!("写不了 `{}`（{error}）", path.display()),
        format!("`{}` cannot be written ({error})", path.display()),
    )
}

fn no_working_tree() -> Words {
    Words::new(
        "--record 要写进工作区的文件，不能和两个版本一起用",
        "--record writes into the working tree and cannot be used with two revisions",
    )
}
