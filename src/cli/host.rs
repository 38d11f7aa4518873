//! `mingbai host`: the configuration of a web server for the site.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{self, Reporting, input_args, sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::{Lang, Words};
use crate::hosting::{self, Host};
use crate::pipeline;

/// Where the site is looked for on the server unless it is said.
const FOLDER: &str = "/srv/www/mingbai";

/// What can be typed.
pub(crate) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "host",
        t("写出网站服务器（nginx、Caddy）的配置", "write the configuration of a web server: nginx or Caddy"),
        t(
            "按网站的网址和跳转写出网站服务器的配置：换了地方的网址、“页面不存在”、缓存、压缩文件、安全声明、文件种类。\n\
             网址变动以后请重新生成。主机名和子目录来自 site.yaml 的网址，或者用 --base-url 写明。",
            "Writes the configuration of a web server for this site: redirects, the page for what does not exist, caching, \
             compressed files, security headers, media types.\nWrite it anew when addresses changed. Host and sub-path are those of \
             site.yaml, or of --base-url.",
        ),
    )
    .override_usage(t("mingbai host <nginx|caddy> [选项]", "mingbai host <nginx|caddy> [options]"))
    .arg(
        Arg::new("server")
            .value_name("nginx|caddy")
            .required(true)
            .value_parser(PossibleValuesParser::new(["nginx", "caddy"]))
            .hide_possible_values(true)
            .help(t("哪一种服务器", "which server")),
    )
    .arg(Arg::new("folder").long("folder").value_name(t("文件夹", "DIR")).default_value(FOLDER).hide_default_value(true).help(t(
        "网站在服务器上的文件夹（默认：/srv/www/mingbai）",
        "the folder of the site on the server (default: /srv/www/mingbai)",
    )))
    .arg(
        Arg::new("name")
            .long("name")
            .value_name(t("主机名", "HOST"))
            .value_parser(parse_name)
            .help(t("主机名，代替网址里的", "the name of the host instead of that of the address")),
    )
    .arg(
        Arg::new("out")
            .long("out")
            .value_name(t("文件", "FILE"))
            .value_parser(ValueParser::path_buf())
            .help(t("写进这个文件（默认：显示出来）", "write it to this file (default: print it)")),
    )
    .args(input_args(lang))
}

/// A name stands in the file as it is, so it may hold nothing but a name.
fn parse_name(text: &str) -> Result<String, String> {
    let is_name = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if is_name { Ok(text.to_owned()) } else { Err("zwfw.host.example".to_owned()) }
}

/// Writes the configuration.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let planned = match pipeline::plan(&arguments::input(matches)) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let reporting = Reporting::aside(lang);
    let Some(ready) = planned.ready.filter(|_| !planned.findings.has_errors()) else {
        return report::findings_aside(planned.findings, &planned.tree, reporting);
    };
    let folder = matches.get_one::<String>("folder").map_or(FOLDER, String::as_str);
    if !folder.starts_with('/') || folder.contains(|c: char| c.is_control() || matches!(c, '$' | '{' | '}')) {
        return report::failed(
            &Words::new(
                format!("`{folder}` 不能用：--folder 要写服务器上的完整位置，如 {FOLDER}，不能有 $、{{ 或 }}"),
                format!(
                    "`{folder}` cannot be used: --folder is a full path on the server like {FOLDER}, without $, {{ and }}"
                ),
            ),
            lang,
        );
    }
    let mut host = Host::new(&ready.portal, &ready.plan, folder);
    if let Some(name) = matches.get_one::<String>("name") {
        host.name = name;
    }
    let text = match matches.get_one::<String>("server").map(String::as_str) {
        Some("caddy") => hosting::caddy(&host),
        _ => hosting::nginx(&host),
    };
    let Some(file) = matches.get_one::<PathBuf>("out") else {
        report::out(&text);
        return Exit::Fine;
    };
    match std::fs::write(file, text) {
        Ok(()) => Exit::Fine,
        Err(error) => report::failed(
            &Words::new(
                format!("`{}` 写不进去（{error}）", file.display()),
                format!("`{}` cannot be written ({error})", file.display()),
            ),
            lang,
        ),
    }
}
