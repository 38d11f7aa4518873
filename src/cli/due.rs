//! `mingbai due` and `mingbai next-change`: what has its day, and by when.

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::cli::arguments::{self, Reporting, choice_arg, some_input_args, sub, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::{Lang, Words};
use crate::due::{self, Coming, Form};
use crate::model::value::Period;
use crate::pipeline::{self, Checked, Input};
use crate::portal::Portal;
use crate::printing::visible;

/// How far ahead the list looks.
const WITHIN: Period = Period::Days(30);

/// The command line of `mingbai due`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "due",
        t("列出到期要办的：复核、依据变了、生效和取消", "list what is due, by owner"),
        t(
            "按部门和科室列出到期的：该复核的指南，依据的法律要变或者已经变了，生效日期、计划取消日期、通知的开始和截止、放行的到期，还没有正式放假安排的年份。已经过期的也列出。",
            "Lists by department and office: guides to be looked through again, laws that change or changed, days on which items \
             begin and end, notices, findings let pass for a time, and years without official holidays. What is overdue is listed too.",
        ),
    )
    .args(some_input_args(lang, &["root", "as-of"]))
    .arg(
        Arg::new("within").long("within").value_name(t("期间", "PERIOD")).value_parser(parse_within).help(t(
            "看多远：如 30天、3个月、1年（默认 30天）",
            "how far ahead: 30d, 3m or 1y (default 30d)",
        )),
    )
    .arg(
        choice_arg("format", "table|csv|json|ics", t(
                "输出格式（默认 table，给人看；ics 可以导入日历）",
                "the format (default: table; ics is for calendars)",
            )),
    )
}

/// The command line of `mingbai next-change`.
pub(super) fn next_change_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "next-change",
        t("网站下一次自己会变的日期", "the next day on which the site must be built again"),
        t(
            "列出公开的网站下一次必须重新生成的日期和原因：事项到了生效日期或者计划取消日期，通知开始或者过期，变更记录的日期到了。",
            "Prints the next day on which the public site must be built again, and why: items that begin or end, notices that \
             are shown or have ended, entries of change records.",
        ),
    )
    .args(some_input_args(lang, &["root", "as-of"]))
    .arg(
        choice_arg("format", "text|json", t("输出格式（默认 text，给人看）", "the format (default: text)")),
    )
}

fn parse_within(text: &str) -> Result<Period, String> {
    use crate::model::value::Value;
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text[number.len()..].trim() {
        "" | "天" | "日" | "d" => "日",
        "个月" | "月" | "m" => "个月",
        "年" | "y" => "年",
        _ => "?",
    };
    Period::parse(&format!("{number}{unit}")).map_err(|_| "30天、3个月、1年 (30d, 3m, 1y)".to_owned())
}

/// Prints what is due.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let (portal, checked) = match portal(&arguments::input_of(matches), lang) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let within = matches.get_one::<Period>("within").copied().unwrap_or(WITHIN);
    let until = within.end(portal.as_of).unwrap_or(jiff::civil::Date::MAX);
    let list = due::due(&portal, &checked.tree, until);
    let form = match matches.get_one::<String>("format").map(String::as_str) {
        Some("csv") => Form::Csv,
        Some("json") => Form::Json,
        Some("ics") => Form::Ics,
        _ => Form::Table,
    };
    report::out(&due::print(&list, &portal, form, lang));
    Exit::Fine
}

/// Prints the next day on which the site is another.
pub(crate) fn next_change(matches: &ArgMatches, lang: Lang) -> Exit {
    let (portal, checked) = match portal(&arguments::input_of(matches), lang) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let coming = due::next_change(&portal, &checked.tree);
    let is_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    report::out(&if is_json { as_json(&coming, &portal, lang) } else { as_text(&coming, lang) });
    Exit::Fine
}

/// The portal with what is not in force yet. Faults of the content are told aside: the list may lack something.
fn portal(input: &Input, lang: Lang) -> Result<(Portal, Checked), Exit> {
    let input = Input { drafts: true, ..input.clone() };
    let mut checked = pipeline::check(&input).map_err(|error| report::failed(&error.words(), lang))?;
    let portal = checked.portal.take();
    let Some(portal) = portal else {
        let reporting = Reporting::aside(lang);
        return Err(report::findings_aside(std::mem::take(&mut checked.findings), &checked.tree, reporting));
    };
    if checked.findings.has_errors() {
        report::say(tr(
            lang,
            "内容有错误，下面可能不全；先运行 mingbai check",
            "the content has errors, so something may be missing: run mingbai check first",
        ));
    }
    Ok((portal, checked))
}

fn as_text(coming: &[Coming], lang: Lang) -> String {
    let Some(first) = coming.first() else {
        return tr(lang, "没有：不改内容，网站就不会变\n", "none: the site stays as it is while nobody edits it\n")
            .to_owned();
    };
    let mut out = format!("{}\n", first.date);
    for one in coming {
        let name: String = one.name.chars().map(visible).collect();
        out.push_str(&format!("  {name}  {}  {}\n", one.why.get(lang), one.file));
    }
    out
}

fn as_json(coming: &[Coming], portal: &Portal, lang: Lang) -> String {
    let why = |words: &Words| words.get(lang).to_owned();
    let entries: Vec<serde_json::Value> = coming
        .iter()
        .map(|one| json!({ "name": one.name, "reason": one.reason.name(Lang::En), "why": why(&one.why), "file": one.file }))
        .collect();
    let date = coming.first().map(|one| one.date.to_string());
    format!("{:#}\n", json!({ "asOf": portal.as_of.to_string(), "date": date, "changes": entries }))
}
