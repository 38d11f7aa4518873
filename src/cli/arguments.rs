//! The command line: what can be typed, with its help in two languages.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::new_arguments::{new_command, schema_command};
use crate::cli::version::version;
use crate::cli::{flow, host, import_map};
use crate::diagnostics::{Format, Hints, Lang};
use crate::model::value::Period;
use crate::pipeline::Input;
use crate::review::Class;

/// The language asked for, found before the arguments are parsed so that the
/// help itself speaks it.
pub(crate) fn lang_of(arguments: &[OsString]) -> Lang {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let asked =
        texts.iter().position(|text| text == "--lang").and_then(|at| texts.get(at + 1)).map(|text| text.as_ref());
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match asked.or(joined) {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    }
}

/// Picks the text of a language.
pub(crate) fn tr(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The whole command line.
pub(crate) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    Command::new("mingbai")
        .version(version(lang))
        .about(t(
            "mingbai（明白）：把一个文件夹的办事指南变成政务公开网站",
            "mingbai: turns a folder of service guides into a public portal",
        ))
        .after_help(t(
            "常用：\n  mingbai serve          边改边看，浏览器打开 http://127.0.0.1:8000/\n  mingbai check          只检查，不生成\n  mingbai build          生成网站到 dist 文件夹\n  mingbai host nginx     写出网站服务器的配置\n  mingbai search 驾照丢了  看群众这样搜会找到什么\n  mingbai review         看改动对群众意味着什么\n  mingbai new item       新增一个事项\n  mingbai export --xlsx 事项.xlsx   导出成表格，改好用 mingbai import 写回\n  mingbai explain YM05   看一个问题代码是什么意思\n\n每个命令后面加 --help 有详细说明。",
            "Often used:\n  mingbai serve          look while you edit: http://127.0.0.1:8000/\n  mingbai check          check only\n  mingbai build          make the site in dist\n  mingbai host nginx     the configuration of a web server\n  mingbai search 驾照丢了  what a citizen would find\n  mingbai review         what your changes mean\n  mingbai new item       begin an item\n  mingbai export --xlsx items.xlsx   tables to edit, taken back by mingbai import\n  mingbai explain YM05   what a code means\n\nEach command has its own --help.",
        ))
        .override_usage(t("mingbai <命令> [选项]", "mingbai <command> [options]"))
        .help_template(t(
            "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n选项：\n{options}\n{after-help}\n",
            "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\nOptions:\n{options}\n{after-help}\n",
        ))
        .subcommand_required(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(lang_arg(lang))
        .arg(help_arg(lang).help_heading(None))
        .arg(version_arg(lang))
        .subcommand(serve_command(lang))
        .subcommand(check_command(lang))
        .subcommand(build_command(lang))
        .subcommand(review_command(lang))
        .subcommand(search_command(lang))
        .subcommand(move_command(lang))
        .subcommand(flow::command(lang))
        .subcommand(due_command(lang))
        .subcommand(next_change_command(lang))
        .subcommand(plan_command(lang))
        .subcommand(host::command(lang))
        .subcommand(export_command(lang))
        .subcommand(import_command(lang))
        .subcommand(new_command(lang))
        .subcommand(schema_command(lang))
        .subcommand(explain_command(lang))
        .subcommand(help_command(lang))
}

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

fn help_arg(lang: Lang) -> Arg {
    Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .help(tr(lang, "显示说明", "show this help"))
        .help_heading(heading(lang))
}

/// The heading over the options.
fn heading(lang: Lang) -> &'static str {
    tr(lang, "选项", "Options")
}

fn version_arg(lang: Lang) -> Arg {
    Arg::new("version").long("version").short('V').action(ArgAction::Version).help(tr(
        lang,
        "显示版本",
        "show the version",
    ))
}

fn lang_arg(lang: Lang) -> Arg {
    Arg::new("lang")
        .long("lang")
        .global(true)
        .value_name("zh|en")
        .value_parser(PossibleValuesParser::new(["zh", "en"]))
        .hide_possible_values(true)
        .help_heading(heading(lang))
        .help(tr(lang, "说明和问题用中文（默认）还是英文", "language of help and findings: zh (default) or en"))
}

fn build_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "build",
        t("生成网站", "make the site"),
        t(
            "检查内容并生成网站。有错误就不写一个字，已经发布的网站保持原样；没变的文件保留修改时间。\n上一次发布的网站留在旁边，--rollback 可以换回来。",
            "Checks the content and makes the site. With an error nothing is written and the published site stays as it \
             was; files that did not change keep their time. The previous release is kept: --rollback exchanges them.",
        ),
    )
    .args(input_args(lang))
    .arg(
        Arg::new("out")
            .long("out")
            .value_name(t("文件夹", "DIR"))
            .value_parser(ValueParser::path_buf())
            .help(t("生成到哪个文件夹（默认：门户文件夹里的 dist）", "the folder of the site (default: dist in the root)")),
    )
    .arg(
        Arg::new("rollback")
            .long("rollback")
            .action(ArgAction::SetTrue)
            .help(t("不生成，换回上一次发布的网站", "exchange the site for the previous release")),
    )
    .arg(
        Arg::new("release").long("release").action(ArgAction::SetTrue).conflicts_with_all(["drafts", "rollback"]).help(t(
            "正式发布：把全部网址记进 content/urls.lock，以后哪一个打不开了，检查时就会报",
            "a release: note every address in content/urls.lock, so that one that is lost later is an error",
        )),
    )
    .arg(Arg::new("compress").long("compress").action(ArgAction::SetTrue).conflicts_with("rollback").help(t(
        "在网页等文字文件旁边放好压缩文件（.gz 和 .br），网站服务器直接发送；只重做变了的",
        "put compressed forms (.gz and .br) beside texts for the web server to send; only those of changed files are made",
    )))
    .arg(unreached_arg(lang))
    .args(finding_args(lang))
}

fn search_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "search",
        t("看群众这样搜会找到什么、为什么", "see what a citizen would find, and why"),
        t(
            "按网站搜索的同样办法找，列出群众会看到的结果：排在第几，问题里的哪个词在哪一栏找到，得分多少。\n找不到该找到的事项，就给它写别名，或者在 synonyms.yaml 里加词，再试一次。",
            "Searches as the site does and lists what a citizen would see: the order, which word of the question was found \
             in which field, and the score. Where an item is missed, give it another name or add words to synonyms.yaml and try again.",
        ),
    )
    .arg(Arg::new("question").value_name(t("问题", "QUESTION")).help(t("群众会怎么搜", "what somebody would type")))
    .arg(
        Arg::new("from").long("from").value_name(t("文件", "FILE")).value_parser(ValueParser::path_buf()).help(t(
            "连同一个文件里的问题一起搜，一行一个（- 是标准输入）",
            "search for the questions of a file as well, one a line (- for the standard input)",
        )),
    )
    .arg(
        Arg::new("limit")
            .long("limit")
            .value_name("N")
            .value_parser(clap::value_parser!(usize))
            .help(t("列出几项（默认 5）", "how many results (default 5)")),
    )
    .arg(unreached_arg(lang))
    .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help(t("用 JSON 输出", "print JSON")))
    .args(input_args(lang))
}

fn unreached_arg(lang: Lang) -> Arg {
    Arg::new("unreached").long("unreached").action(ArgAction::SetTrue).help(tr(
        lang,
        "列出没有任何口语词能搜到的事项",
        "list the items that no everyday word reaches",
    ))
}

fn review_command(lang: Lang) -> Command {
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
    .args(input_args(lang).into_iter().filter(|arg| ["root", "as-of"].contains(&arg.get_id().as_str())))
    .arg(
        Arg::new("against").long("against").value_name(t("文件夹", "DIR")).value_parser(ValueParser::path_buf()).help(t(
            "与另一个文件夹比较，不用 git",
            "compare with another folder, without git",
        )),
    )
    .arg(
        Arg::new("format")
            .long("format")
            .value_name("human|markdown|json")
            .value_parser(PossibleValuesParser::new(["human", "markdown", "json"]))
            .hide_possible_values(true)
            .default_value("human")
            .hide_default_value(true)
            .help(t("输出格式（默认 human，给人看）", "the format (default: human)")),
    )
    .arg(
        Arg::new("html").long("html").value_name(t("文件", "FILE")).value_parser(ValueParser::path_buf()).help(t(
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
    .arg(Arg::new("record").long("record").action(ArgAction::SetTrue).help(t(
        "把改动写进事项的变更记录，由您提交",
        "write the changes into the items' change records, for you to commit",
    )))
}

fn parse_class(text: &str) -> Result<Class, String> {
    let names = || Class::ALL.map(|class| class.names());
    Class::named(text).ok_or_else(|| names().map(|(zh, en)| format!("{zh} ({en})")).join(", "))
}

fn move_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    let value = |name: &'static str, zh: &'static str, en: &'static str, help| {
        Arg::new(name).long(name).value_name(t(zh, en)).help(help)
    };
    sub(
        lang,
        "move",
        t("部门合并、改名，事项换部门、换网址", "merge or rename departments, move items"),
        t(
            "mingbai move department 旧 新：新的已经有，就并进去；没有，就改名。\nmingbai move item 事项 --to 部门 --as 新名字：换部门、换网址，可以只写一个。\n文件夹、各处的引用、旧网址的跳转、曾用名、变更记录一次办好；先在内存里做一遍并检查，有错误就什么也不动。",
            "mingbai move department OLD NEW: goes into NEW if that is there, or gets its name.\nmingbai move item SLUG --to DEPARTMENT --as NEW: \
             another department, another address, or both.\nFolders, references, redirects, former names and change records are \
             done at once; the result is checked first, and with an error nothing is changed.",
        ),
    )
    .arg(
        Arg::new("kind")
            .required(true)
            .value_name("department|item")
            .value_parser(PossibleValuesParser::new(["department", "item"]))
            .hide_possible_values(true)
            .help(t("移动部门还是事项", "whether a department or an item moves")),
    )
    .arg(Arg::new("from").required(true).value_name(t("名字", "NAME")).help(t("现在的文件夹名", "its folder's name now")))
    .arg(Arg::new("into").value_name(t("新部门", "NEW")).help(t(
        "部门的新文件夹名，或者并入的部门",
        "the department's new folder, or the department it goes into",
    )))
    .arg(value("to", "部门", "DEPARTMENT", t("事项归哪个部门，写部门的文件夹名", "the department the item goes to")))
    .arg(value("as", "名字", "NEW", t("事项的新文件夹名，也就是新网址", "the item's new folder, which is its address")))
    .arg(value("name", "名称", "TITLE", t("同时改的名称；旧名称写进曾用名或别名", "its new title; the old one is kept as a former name")))
    .arg(Arg::new("recode").long("recode").action(ArgAction::SetTrue).help(t(
        "实施编码的前 18 位换成新部门的统一社会信用代码",
        "codes begin with the credit code of the new department",
    )))
    .arg(Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(t(
        "只列出会做什么，不写文件",
        "show what would be done and write nothing",
    )))
    .args(input_args(lang).into_iter().filter(|arg| ["root", "as-of"].contains(&arg.get_id().as_str())))
}

fn due_command(lang: Lang) -> Command {
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
    .args(input_args(lang).into_iter().filter(|arg| ["root", "as-of"].contains(&arg.get_id().as_str())))
    .arg(
        Arg::new("within").long("within").value_name(t("期间", "PERIOD")).value_parser(parse_within).help(t(
            "看多远：如 30天、3个月、1年（默认 30天）",
            "how far ahead: 30d, 3m or 1y (default 30d)",
        )),
    )
    .arg(
        Arg::new("format")
            .long("format")
            .value_name("table|csv|json|ics")
            .value_parser(PossibleValuesParser::new(["table", "csv", "json", "ics"]))
            .hide_possible_values(true)
            .default_value("table")
            .hide_default_value(true)
            .help(t(
                "输出格式（默认 table，给人看；ics 可以导入日历）",
                "the format (default: table; ics is for calendars)",
            )),
    )
}

fn next_change_command(lang: Lang) -> Command {
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
    .args(input_args(lang).into_iter().filter(|arg| ["root", "as-of"].contains(&arg.get_id().as_str())))
    .arg(
        Arg::new("format")
            .long("format")
            .value_name("text|json")
            .value_parser(PossibleValuesParser::new(["text", "json"]))
            .hide_possible_values(true)
            .default_value("text")
            .hide_default_value(true)
            .help(t("输出格式（默认 text，给人看）", "the format (default: text)")),
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

fn plan_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "plan",
        t("列出会生成的全部页面和文件", "list every page and file there will be"),
        t("列出会生成的全部网址，不生成页面。", "Lists every address there will be, without making a page."),
    )
    .args(input_args(lang))
    .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help(t("用 JSON 输出", "print JSON")))
}

fn serve_command(lang: Lang) -> Command {
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
    let flag = |name: &'static str, help| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
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

fn help_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "help",
        t("显示说明", "show the help"),
        t("显示总的说明，或者一个命令的说明。", "Shows the help of the program or of a command."),
    )
    .arg(Arg::new("command").value_name(t("命令", "COMMAND")).num_args(0..).help(t("哪个命令", "which command")))
}

fn check_command(lang: Lang) -> Command {
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
    .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help(t(
        "把写法上的小毛病改好：全角数字、电话里的横线、没加的引号、中文里的英文标点、行末空格、BOM、键后的中文冒号、Tab 缩进；注释和顺序不动",
        "repair what is only a matter of form: full-width digits, dashes of phones, missing quotes, ASCII punctuation between \
         Chinese characters, blanks at line ends, byte order marks, full-width colons, tabs; comments and order stay",
    )))
    .arg(
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .requires("fix")
            .help(t("和 --fix 一起用：只列出会改什么，不写文件", "with --fix: show what would change and write nothing")),
    )
    .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).conflicts_with("summary").help(t(
        "同一种提示很多时也逐条列（不写，合成一行；错误和警告总是逐条列）",
        "list every note one by one, even many of one kind (errors and warnings always are)",
    )))
    .arg(Arg::new("summary").long("summary").action(ArgAction::SetTrue).conflicts_with("fix").help(t(
        "不逐条列，按部门列表：事项数、错误、警告、公开完整度、最常缺的要素",
        "instead of every finding a table by department: items, errors, warnings, completeness, what is missing most",
    )))
    .args(input_args(lang))
    .args(finding_args(lang))
}

fn export_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    let place = |name: &'static str, value: &'static str, help| {
        Arg::new(name).long(name).value_name(value).value_parser(ValueParser::path_buf()).help(help)
    };
    sub(
        lang,
        "export",
        t("导出成表格，改好再导入", "write the portal as tables, to be edited and imported"),
        t(
            "把事项、材料、环节、收费、依据和部门、法律、地点导出成表格：一个工作簿，一样内容一张表，带下拉选项和说明。\n改好以后用 mingbai import 写回，没有改的地方一个字也不会动。",
            "Writes items, materials, steps, fees, bases, departments, laws and places as tables: one workbook with a sheet for \
             each, with choices to pick and an explanation.\nmingbai import takes it back and leaves alone what was not changed.",
        ),
    )
    .arg(root_arg(lang))
    .arg(place("xlsx", t("文件", "FILE"), t("写成一个 Excel 工作簿", "one workbook for Excel")))
    .arg(place("csv", t("文件夹", "DIR"), t("写成一张表一个 CSV 文件", "one CSV file a table")))
    .arg(place("jsonl", t("文件", "FILE"), t("写成每行一个 JSON，给程序用", "one JSON a line, for programs")))
    .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(t("文件已经有了就覆盖", "replace files that are there already")))
    .group(clap::ArgGroup::new("form").args(["xlsx", "csv", "jsonl"]).required(true).multiple(true))
}

fn import_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    let flag = |name: &'static str, help| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    sub(
        lang,
        "import",
        t("把改好的表格写回内容，或者把别处的清单导进来", "take tables back, or take in the list of another system"),
        t(
            "把导出后改过的表格和现在的内容逐项比较，列出改了什么，再写进文件：只改不同的地方，备注、顺序和引号都不动。\n新的行成为新的事项；删掉的行只提示。有一处错误就一个字也不写。\n\n写 --map 时，照映射文件把别处的清单（JSON Lines、JSON 数组或 CSV）变成一个新的门户文件夹。清单里没有的必填内容写成“待补”，事项的审核状态是“导入待核”。\n没有取到的内容，逐条逐栏写在 import-report.txt 和 import-report.json 里。映射文件的写法见手册“把别的清单导进来”。",
            "Compares tables with the content value by value, tells what differs and writes it: only what differs, keeping comments, \
             order and quotes.\nNew rows become new items; rows that are gone are only told. With one error nothing is written.\n\n\
             With --map it turns a list (JSON Lines, a JSON array or CSV) into a new portal folder, as a mapping file says. What is \
             required and not in the list is left to be filled in, and the items are marked as imported and unchecked.\nWhat could \
             not be taken stands by record and field in import-report.txt and import-report.json. The handbook tells how to write \
             a mapping.",
        ),
    )
    .arg(
        Arg::new("from")
            .value_name(t("文件", "FILE"))
            .value_parser(ValueParser::path_buf())
            .required(true)
            .help(t(".xlsx、.csv、.jsonl 文件，或者放着 .csv 的文件夹", "a file .xlsx, .csv or .jsonl, or a folder of .csv files")),
    )
    .arg(import_map::map_arg(lang))
    .arg(flag("dry-run", t("只列出改了什么，不写", "tell what differs and write nothing")))
    .arg(flag("delete", t("表里没有的条目也从内容里删掉（事项本身不删）", "take out entries whose rows are gone (never a whole item)")).conflicts_with("map"))
    .args(input_args(lang).into_iter().filter(|arg| ["root", "as-of"].contains(&arg.get_id().as_str())))
    .args(finding_args(lang))
}

/// The folder of the portal, for commands that depend on nothing else.
fn root_arg(lang: Lang) -> Arg {
    input_args(lang).swap_remove(0)
}

fn explain_command(lang: Lang) -> Command {
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
        Arg::new("drafts")
            .long("drafts")
            .action(ArgAction::SetTrue)
            .help(t("连草稿和还没生效的一起生成", "include drafts and what is not yet in force")),
        Arg::new("base-url")
            .long("base-url")
            .value_name(t("网址", "URL"))
            .value_parser(parse_url)
            .help(t("网站的网址，代替 site.yaml 里的", "the site's address instead of that of site.yaml")),
    ]
}

/// The arguments that say how findings are reported.
fn finding_args(lang: Lang) -> Vec<Arg> {
    let t = |zh, en| tr(lang, zh, en);
    vec![
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help(t("警告也算不通过", "warnings block as well")),
        Arg::new("format")
            .long("format")
            .value_name("human|json|sarif|github")
            .value_parser(PossibleValuesParser::new(["human", "json", "sarif", "github"]))
            .hide_possible_values(true)
            .default_value("human")
            .hide_default_value(true)
            .help(t("问题的输出格式（默认 human，给人看）", "format of findings (default: human)")),
    ]
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "2026-07-01".to_owned())
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

fn parse_url(text: &str) -> Result<String, String> {
    use crate::model::value::{Value, WebAddress};
    WebAddress::parse(text).map(|url| url.to_string()).map_err(|_| "https://host.example/zwfw/".to_owned())
}

/// The day that is today where the portal is used.
pub(crate) fn today() -> Date {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::fixed(jiff::tz::offset(8)));
    jiff::Timestamp::now().to_zoned(zone).date()
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
