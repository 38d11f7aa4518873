//! What the command lines of the commands have in common: their form, shared options, and what was typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostics::Lang;
use crate::pipeline::Input;
use crate::printing::{Format, Hints};

/// Picks the text of a language.
pub(crate) fn tr(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A command: its name, what it is for in a line, and in a paragraph.
pub(crate) fn sub(lang: Lang, name: &'static str, about: &'static str, long: &'static str) -> Command {
    let usage = format!("mingbai {name} {}", tr(lang, "[选项]", "[options]"));
    Command::new(name)
        .override_usage(usage)
        .about(about)
        .long_about(long)
        .disable_help_flag(true)
        .arg(help_arg(lang))
        .help_template(tr(
            lang,
            "{about}\n\n用法：{usage}\n\n{all-args}\n",
            "{about}\n\nUsage: {usage}\n\n{all-args}\n",
        ))
        .next_help_heading(heading(lang))
}

/// `--help`.
pub(crate) fn help_arg(lang: Lang) -> Arg {
    Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .help(tr(lang, "显示说明", "show this help"))
        .help_heading(heading(lang))
}

/// The heading over the options.
pub(crate) fn heading(lang: Lang) -> &'static str {
    tr(lang, "选项", "Options")
}

/// A switch.
pub(crate) fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// An option whose value is a text.
pub(crate) fn text_arg(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

/// An option whose value is a file or a folder.
pub(crate) fn path_arg(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    text_arg(name, value, help).value_parser(ValueParser::path_buf())
}

/// An option whose value is one of these words, with `|` between them; without the option it is the first.
pub(crate) fn choice_arg(name: &'static str, words: &'static str, help: &'static str) -> Arg {
    let first = words.split('|').next().unwrap_or_default();
    text_arg(name, words, help)
        .value_parser(PossibleValuesParser::new(words.split('|')))
        .hide_possible_values(true)
        .default_value(first)
        .hide_default_value(true)
}

/// `--unreached`, of build and search.
pub(crate) fn unreached_arg(lang: Lang) -> Arg {
    flag("unreached", tr(lang, "列出没有任何口语词能搜到的事项", "list the items that no everyday word reaches"))
}

/// The arguments that say what the portal is made from.
pub(crate) fn input_args(lang: Lang) -> Vec<Arg> {
    let t = |zh, en| tr(lang, zh, en);
    vec![
        Arg::new("root")
            .long("root")
            .value_name(t("文件夹", "DIR"))
            .value_parser(ValueParser::path_buf())
            .default_value(".")
            .hide_default_value(true)
            .help(t(
                "门户的文件夹，里面有 content（默认：当前文件夹）",
                "the folder that holds content (default: this one)",
            )),
        Arg::new("as-of").long("as-of").value_name(t("日期", "DATE")).value_parser(parse_date).help(t(
            "按哪一天生成，如 2026-07-01（默认：今天，北京时间）",
            "the day to build for (default: today in Asia/Shanghai)",
        )),
        flag("drafts", t("连草稿和还没生效的一起生成", "include drafts and what is not yet in force")),
        Arg::new("base-url")
            .long("base-url")
            .value_name(t("网址", "URL"))
            .value_parser(parse_url)
            .help(t("网站的网址，代替 site.yaml 里的", "the site's address instead of that of site.yaml")),
    ]
}

/// Those of [`input_args`] that a command has.
pub(crate) fn some_input_args(lang: Lang, wanted: &'static [&'static str]) -> impl Iterator<Item = Arg> {
    input_args(lang).into_iter().filter(move |arg| wanted.contains(&arg.get_id().as_str()))
}

/// The arguments that say how findings are reported.
pub(crate) fn finding_args(lang: Lang) -> Vec<Arg> {
    let t = |zh, en| tr(lang, zh, en);
    vec![
        flag("strict", t("警告也算不通过", "warnings block as well")),
        choice_arg(
            "format",
            "human|json|sarif|github",
            t("问题的输出格式（默认 human，给人看）", "format of findings (default: human)"),
        ),
    ]
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "2026-07-01".to_owned())
}

fn parse_url(text: &str) -> Result<String, String> {
    use crate::model::value::{Value, WebAddress};
    WebAddress::parse(text).map(|url| url.to_string()).map_err(|_| "https://host.example/zwfw/".to_owned())
}

/// The day that is today where the portal is used.
pub(crate) fn today() -> Date {
    local(jiff::Timestamp::now()).date()
}

/// A time as the clocks show it where the portal is used.
pub(crate) fn local(time: jiff::Timestamp) -> jiff::Zoned {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::fixed(jiff::tz::offset(8)));
    time.to_zoned(zone)
}

/// What the portal is made from.
pub(crate) fn input(matches: &ArgMatches) -> Input {
    Input {
        drafts: matches.get_flag("drafts"),
        base_url: matches.get_one::<String>("base-url").cloned(),
        ..input_of(matches)
    }
}

/// What the public portal is made from, for commands that know neither drafts nor another address.
pub(crate) fn input_of(matches: &ArgMatches) -> Input {
    Input {
        root: matches.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| PathBuf::from(".")),
        as_of: matches.try_get_one::<Date>("as-of").ok().flatten().copied().unwrap_or_else(today),
        drafts: false,
        base_url: None,
    }
}

/// How findings are reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reporting {
    /// Whether warnings block.
    pub(crate) strict: bool,
    /// The format.
    pub(crate) format: Format,
    /// Whether hints of one code are folded.
    pub(crate) hints: Hints,
    /// The language.
    pub(crate) lang: Lang,
}

impl Reporting {
    /// For a command that does something else and was stopped by findings.
    pub(crate) fn aside(lang: Lang) -> Self {
        Reporting { strict: false, format: Format::Human, hints: Hints::Folded, lang }
    }
}

/// How findings are reported.
pub(crate) fn reporting(matches: &ArgMatches, lang: Lang) -> Reporting {
    let format = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        Some("github") => Format::Github,
        _ => Format::Human,
    };
    let is_all = matches.try_get_one::<bool>("all").ok().flatten().copied().unwrap_or_default();
    let hints = if is_all { Hints::Whole } else { Hints::Folded };
    Reporting { strict: matches.get_flag("strict"), format, hints, lang }
}
