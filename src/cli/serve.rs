//! `mingbai serve`: the preview in the browser.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{self, Stdio};

use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{self, flag, input_args, sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::{Lang, Severity};
use crate::printing::{Format, print, summary_of};
use crate::serve::{self, Browsers, Change, Options, Reach, Watching};

/// The command line of `mingbai serve`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "serve",
        t("边改边看：在浏览器里预览", "preview in the browser while you edit"),
        t(
            "在本机打开预览，默认 http://127.0.0.1:8000/，端口被占用就用下一个。文件一保存，页面自动更新；内容有错，页面上会指出是哪个文件哪一行，改好自动恢复；按 S 键显示每一块写在哪个文件里；右下角可以换日期，看那一天的样子。草稿也会显示。按 Ctrl-C 结束。",
            "Opens a preview at http://127.0.0.1:8000/ (or the next free port). Saving a file updates the page; a fault \
             is shown with its file and line and goes away when repaired; the key S shows where each part is written; \
             another day can be chosen in the page. Drafts are shown. Ctrl-C ends it.",
        ),
    )
    .args(input_args(lang))
    .arg(
        Arg::new("port")
            .long("port")
            .value_name("N")
            .value_parser(parse_port)
            .default_value("8000")
            .hide_default_value(true)
            .help(t("端口（默认 8000）", "the port (default 8000)")),
    )
    .args(serve_args(lang))
}

/// The arguments that only the preview has.
fn serve_args(lang: Lang) -> Vec<Arg> {
    let t = |zh, en| tr(lang, zh, en);
    vec![
        Arg::new("host").long("host").value_name("IP").value_parser(parse_host).conflicts_with("lan").help(t(
            "在本机的哪个地址上预览（默认 127.0.0.1，只有本机能看）",
            "the address of this machine to listen on (default 127.0.0.1: only this machine)",
        )),
        flag(
            "lan",
            t(
                "局域网里的手机和电脑也能看，并显示二维码",
                "let phones and computers of the local network see it, with a QR code",
            ),
        ),
        flag("open", t("打开浏览器", "open the browser")),
        flag("follow", t("保存后浏览器自动转到改动的页面", "browsers go to the page that was saved")),
        Arg::new("review").long("review").value_name(t("版本", "REV")).help(t(
            "一直与这个版本比较，如 main：改动的页面上标出新旧，清单在 /__review/",
            "compare with this revision all the time, such as main: changed pages show old and new, listed at /__review/",
        )),
        flag("poll", t("定时查看文件，用于网络硬盘", "look at the files again and again, for network drives")),
        flag("no-drafts", t("不显示草稿和还没生效的", "leave out drafts and what is not yet in force"))
            .conflicts_with("drafts"),
    ]
}

fn parse_host(text: &str) -> Result<IpAddr, String> {
    if text == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    text.parse().map_err(|_| "192.168.1.20".to_owned())
}

fn parse_port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "0–65535".to_owned())
}

/// Previews the portal until the program is ended.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let mut input = arguments::input(matches);
    // A preview is for what is not published yet.
    input.drafts = !matches.get_flag("no-drafts");
    let root = input.root.clone();
    let asked = matches.get_one::<u16>("port").copied().unwrap_or(8000);
    let options = Options {
        reach: reach(matches),
        watching: if matches.get_flag("poll") { Watching::Polling } else { Watching::Events },
        browsers: if matches.get_flag("follow") { Browsers::Follow } else { Browsers::Stay },
        review: matches.get_one::<String>("review").cloned(),
        on_change: Box::new(move |change: &Change<'_>| tell(change, lang)),
        ..Options::new(input, asked)
    };
    let (reach, compares) = (options.reach.clone(), options.review.is_some());
    let running = match serve::start(options) {
        Ok(running) => running,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let address = running.address();
    if asked != 0 && address.port() != asked {
        let port = address.port();
        report::say(&match lang {
            Lang::Zh => format!("端口 {asked} 被别的程序占用了，改用 {port}"),
            Lang::En => format!("port {asked} is in use by another program, so it is {port}"),
        });
    }
    if running.polls() && !matches.get_flag("poll") {
        report::say(tr(
            lang,
            "系统不能通知文件变化，改为每半秒查看一次",
            "the system does not report changes, so files are looked at every half second",
        ));
    }
    let here = here(address);
    report::out(&welcome(&here, &root, lang));
    if compares {
        report::out(&format!("{}{here}__review/\n", tr(lang, "改动清单：", "changes: ")));
    }
    if reach == Reach::Lan {
        report::out(&lan(serve::lan_address(), address.port(), std::io::stdout().is_terminal(), lang));
    }
    if matches.get_flag("open") && !open_browser(&here) {
        report::say(tr(
            lang,
            "浏览器没能打开，请自己打开上面的网址",
            "the browser cannot be opened: please open the address above yourself",
        ));
    }
    running.wait();
    Exit::Fine
}

fn reach(matches: &ArgMatches) -> Reach {
    match matches.get_one::<IpAddr>("host") {
        _ if matches.get_flag("lan") => Reach::Lan,
        Some(host) if *host == Ipv4Addr::LOCALHOST => Reach::Local,
        Some(host) => Reach::Host(*host),
        None => Reach::Local,
    }
}

/// The address for this machine's own browser.
fn here(address: SocketAddr) -> String {
    let ip = if address.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { address.ip() };
    format!("http://{}/", SocketAddr::new(ip, address.port()))
}

fn welcome(here: &str, root: &Path, lang: Lang) -> String {
    let root = root.strip_prefix(".").unwrap_or(root).join("content");
    match lang {
        Lang::Zh => format!("预览：{here}\n正在看着 {}，保存后页面自动更新。按 Ctrl-C 结束\n", root.display()),
        Lang::En => {
            format!("preview: {here}\nwatching {}; pages follow when a file is saved. Ctrl-C ends it\n", root.display())
        }
    }
}

/// How others in the local network reach it; a code to scan only on a terminal.
fn lan(address: Option<IpAddr>, port: u16, on_terminal: bool, lang: Lang) -> String {
    let Some(address) = address else {
        return tr(
            lang,
            "这台电脑没有连上局域网，现在只有本机能看\n",
            "this machine is in no local network: only it can see the preview now\n",
        )
        .to_owned();
    };
    let url = format!("http://{}/", SocketAddr::new(address, port));
    let code = if on_terminal { serve::qr_code(&url).unwrap_or_default() } else { String::new() };
    match lang {
        Lang::Zh => format!("同一局域网里的手机和电脑打开：{url}\n{code}"),
        Lang::En => format!("phones and computers of the same network open: {url}\n{code}"),
    }
}

/// Opens the system's browser. It is not waited for.
fn open_browser(url: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = process::Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
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
        let (zh, en) = if change.paths.is_empty() && change.day.is_none() {
            ("改好后浏览器里会自动出现页面", "the pages appear in the browser when it is repaired")
        } else {
            ("页面先保持上一次没有错误的样子", "the pages stay as they were")
        };
        let mark = tr(lang, "；", "; ");
        report::say(&format!("{}{mark}{}", summary_of(change.counts, lang), tr(lang, zh, en)));
    } else if let Some(day) = change.day {
        report::say(&match lang {
            Lang::Zh => format!("现在看的是 {day} 那天的样子（{took:.0} 毫秒）；{}", summary_of(change.counts, lang)),
            Lang::En => format!("now as of {day} ({took:.0} ms); {}", summary_of(change.counts, lang)),
        });
    } else if !change.paths.is_empty() {
        let names = names(change.paths, lang);
        report::say(&match lang {
            Lang::Zh => format!("已更新（{took:.0} 毫秒）：{names}；{}", summary_of(change.counts, lang)),
            Lang::En => format!("updated ({took:.0} ms): {names}; {}", summary_of(change.counts, lang)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_others_reach_it() {
        let address = Some("192.168.1.20".parse().unwrap());
        assert_eq!(lan(address, 8000, false, Lang::Zh), "同一局域网里的手机和电脑打开：http://192.168.1.20:8000/\n");
        assert!(lan(address, 8000, true, Lang::En).lines().count() > 10, "a code to scan");
        assert_eq!(lan(None, 8000, true, Lang::Zh), "这台电脑没有连上局域网，现在只有本机能看\n");
        assert_eq!(here("0.0.0.0:8000".parse().unwrap()), "http://127.0.0.1:8000/");
        assert_eq!(here("[::1]:80".parse().unwrap()), "http://[::1]:80/");
    }
}
