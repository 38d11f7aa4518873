//! `mingbai serve`: the preview in the browser.

use std::io::IsTerminal;
use std::path::Path;

use clap::ArgMatches;

use crate::cli::{Exit, arguments, report};
use crate::diagnostics::{Format, Lang, Severity, print, summary};
use crate::serve::{self, Change, Options};

/// Previews the portal until the program is ended.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let mut input = arguments::input(matches);
    // A preview is for what is not published yet.
    input.drafts = true;
    let root = input.root.clone();
    let asked = matches.get_one::<u16>("port").copied().unwrap_or(8000);
    let on_change = Box::new(move |change: &Change<'_>| tell(change, lang));
    let running = match serve::start(Options { input, port: asked, on_change }) {
        Ok(running) => running,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let port = running.address().port();
    if asked != 0 && port != asked {
        report::say(&match lang {
            Lang::Zh => format!("端口 {asked} 被别的程序占用了，改用 {port}"),
            Lang::En => format!("port {asked} is in use by another program, so it is {port}"),
        });
    }
    if running.polls() {
        report::say(arguments::tr(
            lang,
            "系统不能通知文件变化，改为每半秒查看一次",
            "the system does not report changes, so files are looked at every half second",
        ));
    }
    report::out(&welcome(port, &root, lang));
    running.wait();
    Exit::Fine
}

fn welcome(port: u16, root: &Path, lang: Lang) -> String {
    let root = root.strip_prefix(".").unwrap_or(root).join("content");
    match lang {
        Lang::Zh => {
            format!("预览：http://127.0.0.1:{port}/\n正在看着 {}，保存后页面自动更新。按 Ctrl-C 结束\n", root.display())
        }
        Lang::En => format!(
            "preview: http://127.0.0.1:{port}/\nwatching {}; pages follow when a file is saved. Ctrl-C ends it\n",
            root.display()
        ),
    }
}

/// Says what became of a change.
fn tell(change: &Change<'_>, lang: Lang) {
    let took = change.took.as_secs_f64() * 1000.0;
    if let Some(failure) = change.failure {
        report::say(failure.get(lang));
    } else if !change.is_shown {
        // Warnings would push the errors off the screen; check lists them.
        let errors: Vec<_> =
            change.findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
        let color = std::io::stderr().is_terminal();
        report::say(print(&errors, change.tree, Format::Human, lang, color).trim_end());
        let (zh, en) = if change.paths.is_empty() {
            ("改好后浏览器里会自动出现页面", "the pages appear in the browser when it is repaired")
        } else {
            ("页面先保持上一次没有错误的样子", "the pages stay as they were")
        };
        let mark = arguments::tr(lang, "；", "; ");
        report::say(&format!("{}{mark}{}", summary(change.findings, lang), arguments::tr(lang, zh, en)));
    } else if !change.paths.is_empty() {
        let names = names(change.paths, lang);
        report::say(&match lang {
            Lang::Zh => format!("已更新（{took:.0} 毫秒）：{names}；{}", summary(change.findings, lang)),
            Lang::En => format!("updated ({took:.0} ms): {names}; {}", summary(change.findings, lang)),
        });
    }
}

/// The first of the files that changed, and how many there are.
fn names(paths: &[String], lang: Lang) -> String {
    match (paths, lang) {
        ([], _) => String::new(),
        ([one], _) => one.clone(),
        ([first, ..], Lang::Zh) => format!("{first} 等 {} 个", paths.len()),
        ([first, rest @ ..], Lang::En) => format!("{first} and {} more", rest.len()),
    }
}
