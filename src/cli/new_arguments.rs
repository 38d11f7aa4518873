//! The command line of `mingbai new`.

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command};

use crate::cli::arguments::{some_input_args, sub, text_arg, tr};
use crate::diagnostics::Lang;
use crate::model::terms::{Applicant, Channel, ItemType, LawKind, Level, NoticeKind, Term};
use crate::model::value::{CreditCode, Day, Slug, TaskCode, Value};

/// The command line of `mingbai new`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "new",
        t(
            "新建门户、部门、事项、一件事、法律、地点、通知",
            "begin a portal, a department, an item, a bundle, a law, a place or a notice",
        ),
        t(
            "写一个写好说明的文件，必填的键一个不少，还不知道的写着“待补”。已经有的文件不会覆盖。",
            "Writes a file with every required key and what to write there; what is not known yet is marked. No file that \
             exists is written over.",
        ),
    )
    .override_usage(t("mingbai new <种类> [选项]", "mingbai new <kind> [options]"))
    .subcommand_required(true)
    .disable_help_subcommand(true)
    .subcommand_help_heading(t("种类", "Kinds"))
    .subcommand_value_name(t("种类", "kind"))
    .subcommand(item_command(lang))
    .subcommand(department_command(lang))
    .subcommand(bundle_command(lang))
    .subcommand(law_command(lang))
    .subcommand(place_command(lang))
    .subcommand(notice_command(lang))
    .subcommand(portal_command(lang))
}

fn portal_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "portal",
        t("新门户", "a portal"),
        t(
            "在一个空文件夹里写好一个门户：有一个示例部门和一个示例事项（草稿），马上可以生成。",
            "Writes a portal into an empty folder, with one department and one item (a draft) as examples. It builds at once.",
        ),
    )
    .override_usage(t("mingbai new portal <文件夹> [选项]", "mingbai new portal <DIR> [options]"))
    .arg(
        Arg::new("folder")
            .value_name(t("文件夹", "DIR"))
            .value_parser(ValueParser::path_buf())
            .required(true)
            .help(t("哪个文件夹，没有就新建", "the folder; it is made if there is none")),
    )
    .arg(text_arg("name", t("名称", "NAME"), t("门户的名称", "the portal's name")))
    .arg(text_arg("area", t("地区", "AREA"), t("门户服务的地区", "the area it serves")))
    .args(some_input_args(lang, &["as-of"]))
}

fn item_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "item",
        t("新事项", "an item"),
        t(
            "在终端里问五个问题：叫什么、哪个部门、什么类型、谁可以办、网上能不能办；用选项答过的不再问。",
            "Asks five questions on a terminal: the name, the department, the type, who may apply, whether online. What \
             the options answer is not asked.",
        ),
    )
    .override_usage(t("mingbai new item [部门/短名] [选项]", "mingbai new item [DEPARTMENT/SLUG] [options]"))
    .arg(target_arg(t("部门/短名", "DEPARTMENT/SLUG"), t("部门文件夹和事项文件夹", "the folders of department and item")))
    .arg(text_arg("name", t("名称", "NAME"), t("事项名称，与权责清单一致", "the official name")))
    .arg(text_arg(
        "department",
        t("部门", "DEPARTMENT"),
        t("部门的文件夹、名称或简称", "the department's folder, name or short name"),
    ))
    .arg(term_arg::<ItemType>("type", t("类型", "TYPE"), t("事项类型，如 行政许可", "the type of the item, in Chinese")))
    .arg(
        term_arg::<Applicant>(
            "applicant",
            t("对象", "WHO"),
            t("谁可以办，如 自然人,企业法人", "who may apply, in Chinese, with commas between"),
        )
        .value_delimiter(',')
        .action(ArgAction::Append),
    )
    .arg(
        term_arg::<Channel>(
            "channel",
            t("形式", "CHANNEL"),
            t("办理形式，如 窗口办理,电脑端网上办理", "the channels, in Chinese, with commas between"),
        )
        .value_delimiter(',')
        .action(ArgAction::Append),
    )
    .arg(slug_arg(lang))
    .arg(value_arg::<TaskCode>("code", t("编码", "CODE"), t("31 位实施编码", "the task code")))
    .args(some_input_args(lang, &["root", "as-of"]))
}

fn department_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "department",
        t("新部门", "a department"),
        t(
            "在终端里问名称、简称和行使层级；用选项答过的不再问。",
            "Asks for name, short name and level on a terminal. What the options answer is not asked.",
        ),
    )
    .override_usage(t("mingbai new department [短名] [选项]", "mingbai new department [ID] [options]"))
    .arg(target_arg(t("短名", "ID"), t("部门的文件夹", "the department's folder")))
    .arg(text_arg("name", t("名称", "NAME"), t("部门全称", "the full name")))
    .arg(text_arg("short", t("简称", "NAME"), t("部门简称", "the short name")))
    .arg(term_arg::<Level>("level", t("层级", "LEVEL"), t("行使层级，如 市级", "the level, in Chinese")))
    .arg(value_arg::<CreditCode>("code", t("代码", "CODE"), t("统一社会信用代码", "the credit code")))
    .args(some_input_args(lang, &["root"]))
}

fn bundle_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "bundle",
        t("新的“一件事”", "a bundle of items"),
        t(
            "在终端里问名称、面向谁、有哪些事项；用选项答过的不再问。",
            "Asks for the name, for whom it is, and the items on a terminal. What the options answer is not asked.",
        ),
    )
    .override_usage(t("mingbai new bundle [短名] [选项]", "mingbai new bundle [SLUG] [options]"))
    .arg(target_arg(t("短名", "SLUG"), t("一件事的文件夹", "the bundle's folder")))
    .arg(text_arg("name", t("名称", "NAME"), t("名称，如 开办餐饮店一件事", "the name")))
    .arg(text_arg("for", t("面向", "WHO"), t("个人 或 法人", "persons or companies, in Chinese")))
    .arg(text_arg("lead", t("部门", "DEPARTMENT"), t("牵头部门", "the department that leads")))
    .arg(
        text_arg(
            "items",
            t("事项", "ITEMS"),
            t(
                "事项文件夹的名字，按办的先后，用逗号隔开",
                "the folders of the items in their order, with commas between",
            ),
        )
        .value_delimiter(',')
        .action(ArgAction::Append),
    )
    .args(some_input_args(lang, &["root", "as-of"]))
}

fn law_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "law",
        t("新的法律法规", "a law"),
        t(
            "在终端里问全称、类别和颁布机关；用选项答过的不再问。",
            "Asks for title, kind and issuer on a terminal. What the options answer is not asked.",
        ),
    )
    .override_usage(t("mingbai new law [短名] [选项]", "mingbai new law [ID] [options]"))
    .arg(target_arg(
        t("短名", "ID"),
        t("文件名，不带 .yaml（默认：名称的拼音）", "the file's name (default: how the title sounds)"),
    ))
    .arg(text_arg("name", t("名称", "TITLE"), t("全称，不带书名号", "the full title")))
    .arg(term_arg::<LawKind>("kind", t("类别", "KIND"), t("依据类别，如 行政法规", "its kind, in Chinese")))
    .arg(text_arg("issuer", t("机关", "ISSUER"), t("颁布机关", "who issued it")))
    .args(some_input_args(lang, &["root"]))
}

fn place_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "place",
        t("新的办事地点", "a place"),
        t(
            "在终端里问名称和地址；用选项答过的不再问。开放时间、节假日、电话写着“待补”。",
            "Asks for name and address on a terminal. What the options answer is not asked. Hours, holidays and phone are left to be filled in.",
        ),
    )
    .override_usage(t("mingbai new place [短名] [选项]", "mingbai new place [ID] [options]"))
    .arg(target_arg(t("短名", "ID"), t("文件名，不带 .yaml（默认：名称的拼音）", "the file's name (default: how the name sounds)")))
    .arg(text_arg("name", t("名称", "NAME"), t("地点的名称", "the place's name")))
    .arg(text_arg("address", t("地址", "ADDRESS"), t("详细地址，写到路名和门牌号", "the address with street and number")))
    .args(some_input_args(lang, &["root"]))
}

fn notice_command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "notice",
        t("新的通知", "a notice"),
        t(
            "在终端里问标题、类型和截止日期；用选项答过的不再问。写好的是草稿，删掉“草稿”一行才公开。",
            "Asks for title, kind and last day on a terminal. What the options answer is not asked. It is a draft until that line is deleted.",
        ),
    )
    .override_usage(t("mingbai new notice [短名] [选项]", "mingbai new notice [SLUG] [options]"))
    .arg(target_arg(
        t("短名", "SLUG"),
        t("文件名里日期后面的部分（默认：标题的拼音）", "the file's name behind the day (default: how the title sounds)"),
    ))
    .arg(text_arg("title", t("标题", "TITLE"), t("通知的标题", "the notice's title")))
    .arg(term_arg::<NoticeKind>("kind", t("类型", "KIND"), t("通知类型，如 窗口停办", "its kind, in Chinese")))
    .arg(value_arg::<Day>("from", t("日期", "DATE"), t("从哪天起显示（默认：今天）", "the first day it is shown (default: today)")))
    .arg(value_arg::<Day>("until", t("日期", "DATE"), t("显示到哪天（含当天）", "the last day it is shown")))
    .args(some_input_args(lang, &["root", "as-of"]))
}

fn target_arg(value: &'static str, help: &'static str) -> Arg {
    Arg::new("target").value_name(value).help(help)
}

fn slug_arg(lang: Lang) -> Arg {
    value_arg::<Slug>(
        "slug",
        tr(lang, "短名", "SLUG"),
        tr(
            lang,
            "事项的文件夹，也是网址（默认：名称的拼音）",
            "the item's folder and address (default: how the name sounds)",
        ),
    )
}

/// An option whose value is one of a vocabulary.
fn term_arg<T: Term + Send + Sync>(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    text_arg(name, value, help).value_parser(|text: &str| T::of(text).ok_or_else(|| names::<T>().join("、")))
}

/// An option whose value is written as in the files.
fn value_arg<T: Value + Clone + Send + Sync + 'static>(
    name: &'static str,
    value: &'static str,
    help: &'static str,
) -> Arg {
    text_arg(name, value, help)
        .value_parser(|text: &str| T::parse(text).map_err(|error| error.suggestion.unwrap_or(error.allowed.zh)))
}

/// The names of a vocabulary.
pub(crate) fn names<T: Term>() -> Vec<&'static str> {
    T::ALL.iter().map(|term| term.name()).collect()
}
