//! `mingbai explain CODE`: what a code means.

use clap::{Arg, ArgMatches, Command};

use crate::check::{all_codes, families};
use crate::cli::arguments::{sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::{Code, Lang, Severity, nearest};

/// The command line of `mingbai explain`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "explain",
        t("解释一个问题代码", "explain a code"),
        t(
            "说明一个问题代码检查什么、为什么重要、怎么改。不写代码时列出全部。",
            "Says what a code checks, why it matters and how to repair it. Without a code it lists them all.",
        ),
    )
    .arg(
        Arg::new("code").value_name(t("代码", "CODE")).help(t("如 YM05 或 unknown-key", "such as YM05 or unknown-key")),
    )
}

/// Prints the explanation of a code, or all codes.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let codes = all_codes();
    let Some(asked) = matches.get_one::<String>("code") else {
        report::out(&list(lang));
        return Exit::Fine;
    };
    let wanted = asked.to_ascii_uppercase();
    match codes.iter().find(|code| code.id == wanted || code.name == asked) {
        Some(code) => {
            report::out(&text(code, lang));
            Exit::Fine
        }
        None => {
            let near = nearest(&wanted, codes.iter().map(|code| code.id));
            report::say(&match (lang, near) {
                (Lang::Zh, Some(near)) => format!("没有代码 `{asked}`，是不是 `{near}`？"),
                (Lang::Zh, None) => format!("没有代码 `{asked}`；不写代码可以列出全部"),
                (Lang::En, Some(near)) => format!("there is no code `{asked}`; did you mean `{near}`?"),
                (Lang::En, None) => format!("there is no code `{asked}`; leave it out to list them all"),
            });
            Exit::Failed
        }
    }
}

/// All codes by family, with their levels and names.
fn list(lang: Lang) -> String {
    let families = families();
    let width = families.iter().flat_map(|(_, codes)| codes.iter().map(|code| code.name.len())).max().unwrap_or(0);
    let mut out = String::new();
    for (name, codes) in &families {
        out.push_str(&format!("{}\n", name.get(lang)));
        for code in codes {
            let (level, title) = match (lang, code.severity) {
                (Lang::Zh, Severity::Error) => ("错误", code.title_zh),
                (Lang::Zh, Severity::Warning) => ("警告", code.title_zh),
                (Lang::Zh, Severity::Info) => ("提示", code.title_zh),
                (Lang::En, Severity::Error) => ("error  ", code.title_en),
                (Lang::En, Severity::Warning) => ("warning", code.title_en),
                (Lang::En, Severity::Info) => ("note   ", code.title_en),
            };
            out.push_str(&format!("  {}  {level}  {:width$}  {title}\n", code.id, code.name));
        }
        out.push('\n');
    }
    out.push_str(match lang {
        Lang::Zh => "mingbai explain 代码：这个代码查什么、为什么、怎么改\n",
        Lang::En => "mingbai explain CODE: what it checks, why, and how to repair it\n",
    });
    out
}

fn text(code: &Code, lang: Lang) -> String {
    let severity = match (lang, code.severity) {
        (Lang::Zh, Severity::Error) => "错误，网站不会发布",
        (Lang::Zh, Severity::Warning) => "警告，加 --strict 时网站不会发布",
        (Lang::Zh, Severity::Info) => "提示",
        (Lang::En, Severity::Error) => "error: the site is not published",
        (Lang::En, Severity::Warning) => "warning: blocks with --strict",
        (Lang::En, Severity::Info) => "info",
    };
    let (title, explain) = match lang {
        Lang::Zh => (code.title_zh, code.explain_zh),
        Lang::En => (code.title_en, code.explain_en),
    };
    let (open, close) = if lang == Lang::Zh { ("（", "）") } else { (" (", ")") };
    format!("{} {}\n{title}{open}{severity}{close}\n\n{explain}\n", code.id, code.name)
}
