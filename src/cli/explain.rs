//! `mingbai explain CODE`: what a code means.

use clap::ArgMatches;

use crate::check::all_codes;
use crate::cli::{Exit, report};
use crate::diagnostics::{Code, Lang, Severity, nearest};

/// Prints the explanation of a code, or all codes.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let codes = all_codes();
    let Some(asked) = matches.get_one::<String>("code") else {
        for code in codes {
            let title = if lang == Lang::Zh { code.title_zh } else { code.title_en };
            report::out(&format!("{}  {}\n", code.id, title));
        }
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
