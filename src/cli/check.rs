//! `mingbai check`: every finding, and nothing else.

use clap::{ArgMatches, Command};

use crate::cli::arguments::{self, Reporting, finding_args, flag, input_args, sub, tr};
use crate::cli::{Exit, fix, report, tally};
use crate::diagnostics::Lang;
use crate::pipeline::{self, Planned};
use crate::printing::{Format, Report};

/// The command line of `mingbai check`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "check",
        t("检查内容，列出全部问题", "check the content and list every finding"),
        t(
            "读取 content 文件夹，把所有文件的所有问题一次列全：在哪个文件哪一行、错在哪里、允许怎么写、怎么改。不生成网站。",
            "Reads the folder content and lists every finding of every file at once, with its place and its repair. Makes no site.",
        ),
    )
    .arg(flag("fix", t(
        "把写法上的小毛病改好：全角数字、电话里的横线、没加的引号、中文里的英文标点、行末空格、BOM、键后的中文冒号、Tab 缩进；注释和顺序不动",
        "repair what is only a matter of form: full-width digits, dashes of phones, missing quotes, ASCII punctuation between \
         Chinese characters, blanks at line ends, byte order marks, full-width colons, tabs; comments and order stay",
    )))
    .arg(
        flag("dry-run", t("和 --fix 一起用：只列出会改什么，不写文件", "with --fix: show what would change and write nothing"))
            .requires("fix"),
    )
    .arg(flag("all", t(
        "同一种提示很多时也逐条列（不写，合成一行；错误和警告总是逐条列）",
        "list every note one by one, even many of one kind (errors and warnings always are)",
    )).conflicts_with("summary"))
    .arg(flag("summary", t(
        "不逐条列，按部门列表：事项数、错误、警告、公开完整度、最常缺的要素",
        "instead of every finding a table by department: items, errors, warnings, completeness, what is missing most",
    )).conflicts_with("fix"))
    .args(input_args(lang))
    .args(finding_args(lang))
}

/// Checks the content and prints every finding.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let reporting = arguments::reporting(matches, lang);
    let input = arguments::input(matches);
    if matches.get_flag("fix") {
        return fix::run(matches, &input, reporting);
    }
    let planned = match pipeline::plan_both(&input) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    if matches.get_flag("summary") {
        return tally::run(planned, reporting);
    }
    found(planned, reporting)
}

/// Prints what was found, or that nothing was.
pub(super) fn found(planned: Planned, reporting: Reporting) -> Exit {
    if !planned.findings.is_empty() || reporting.format != Format::Human {
        return report::findings(planned.findings, &planned.tree, reporting);
    }
    let items = planned.ready.as_ref().map_or(0, |ready| ready.portal.items.len());
    let passed = Report::new(planned.findings, &planned.tree).allowed.len();
    report::out(&match (reporting.lang, passed) {
        (Lang::Zh, 0) => format!("没有问题：{items} 个事项（含草稿）\n"),
        (Lang::Zh, _) => format!("没有问题：{items} 个事项（含草稿），另有 {passed} 个问题已放行\n"),
        (Lang::En, 0) => format!("no findings: {items} items, drafts included\n"),
        (Lang::En, _) => format!("no findings: {items} items, drafts included; {passed} let pass\n"),
    });
    Exit::Fine
}
