//! `mingbai flow ITEM`: the questions of an item and what their answers come to.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::cli::arguments::{Reporting, input_args, sub, tr};
use crate::cli::{Exit, arguments, files, report};
use crate::diagnostics::{Lang, Words, nearest};
use crate::flow;
use crate::pipeline::{self, Input};
use crate::portal::{Item, Portal};

/// The command and its arguments.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "flow",
        t("画出一个事项的情形引导：问什么、怎么答、结果要带什么", "draw the questions of an item and their results"),
        t(
            "把一个事项的问题、答案和每种结果列成一棵树，下面是每种结果要带的材料、走的环节、交的钱和承诺的时限，给审核的人核对。--svg 画成图。",
            "Lists the questions, answers and results of an item as a tree, and below it the materials, steps, fees and promise of \
             each result, for those who check the guide. --svg makes a drawing.",
        ),
    )
    .override_usage(t("mingbai flow 事项 [选项]", "mingbai flow ITEM [options]"))
    .arg(Arg::new("item").value_name(t("事项", "ITEM")).required(true).help(t(
        "事项的文件夹名、名称或者通俗名",
        "the folder of the item, its name or its everyday name",
    )))
    .args(input_args(lang).into_iter().filter(|arg| ["root", "as-of"].contains(&arg.get_id().as_str())))
    .arg(Arg::new("svg").long("svg").action(ArgAction::SetTrue).help(t(
        "画成图（SVG），写到标准输出",
        "make a drawing (SVG) on the standard output",
    )))
    .arg(
        Arg::new("out")
            .long("out")
            .value_name(t("文件", "FILE"))
            .value_parser(value_parser!(PathBuf))
            .help(t("写到这个文件", "write to this file")),
    )
}

/// Prints the flow of an item.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let input = Input { drafts: true, ..arguments::input_of(matches) };
    let mut checked = match pipeline::check(&input) {
        Ok(checked) => checked,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let Some(portal) = checked.portal.take() else {
        let reporting = Reporting::aside(lang);
        return report::findings_aside(std::mem::take(&mut checked.findings), &checked.tree, reporting);
    };
    let asked = matches.get_one::<String>("item").map_or("", String::as_str).trim();
    match drawn(&portal, asked, matches.get_flag("svg"), lang) {
        Ok(text) => written(text, matches.get_one::<PathBuf>("out"), lang),
        Err(words) => report::failed(&words, lang),
    }
}

fn drawn(portal: &Portal, asked: &str, is_drawing: bool, lang: Lang) -> Result<String, Words> {
    let item = find(portal, asked)?;
    let drawn = if is_drawing { flow::svg(item, lang) } else { flow::tree(item, lang) };
    drawn.ok_or_else(|| match item.facts.situations.is_empty() {
        true => Words::new(format!("`{asked}` 没有情形引导"), format!("`{asked}` asks no questions")),
        false => Words::new(
            format!("`{asked}` 的情形引导有错，画不出来；先运行 mingbai check"),
            format!("the questions of `{asked}` have faults: run mingbai check first"),
        ),
    })
}

fn find<'a>(portal: &'a Portal, asked: &str) -> Result<&'a Item, Words> {
    let slug = asked.trim_end_matches('/').rsplit('/').next().unwrap_or(asked);
    let named = |item: &&std::sync::Arc<Item>| {
        item.slug == slug || item.facts.name == asked || item.facts.everyday_name.as_deref() == Some(asked)
    };
    if let Some(item) = portal.items.iter().find(named) {
        return Ok(item);
    }
    let names = portal.items.iter().flat_map(|item| [item.slug.as_str(), item.everyday_name()]);
    Err(match nearest(asked, names) {
        Some(near) => Words::new(
            format!("没有事项 `{asked}`，是不是 `{near}`？"),
            format!("there is no item `{asked}`; did you mean `{near}`?"),
        ),
        None => Words::new(format!("没有事项 `{asked}`"), format!("there is no item `{asked}`")),
    })
}

fn written(text: String, out: Option<&PathBuf>, lang: Lang) -> Exit {
    let Some(path) = out else {
        report::out(&text);
        return Exit::Fine;
    };
    match files::write_all(&[(path.clone(), text.into_bytes())]) {
        Ok(()) => {
            report::out(&match lang {
                Lang::Zh => format!("写了 {}\n", path.display()),
                Lang::En => format!("wrote {}\n", path.display()),
            });
            Exit::Fine
        }
        Err(words) => report::failed(&words, lang),
    }
}
