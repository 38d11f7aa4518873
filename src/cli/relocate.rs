//! `mingbai move`: a department or an item goes elsewhere, with everything that names it.

use std::fs;
use std::path::Path;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{self, Reporting, flag, some_input_args, sub, tr};
use crate::cli::{Exit, fix, report};
use crate::diagnostics::{Lang, Words};
use crate::load;
use crate::output::{self, Change};
use crate::pipeline::{self, Input, Memory};
use crate::portal::Portal;
use crate::printing::visible;
use crate::reform::{self, Reform, What, Wish};

/// Files outside the content folder that name its folders.
const OWNERS: [&str; 5] =
    ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS", "content/CODEOWNERS"];

/// The command line of `mingbai move`.
pub(super) fn command(lang: Lang) -> Command {
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
    .arg(flag("recode", t(
        "实施编码的前 18 位换成新部门的统一社会信用代码",
        "codes begin with the credit code of the new department",
    )))
    .arg(flag("dry-run", t(
        "只列出会做什么，不写文件",
        "show what would be done and write nothing",
    )))
    .args(some_input_args(lang, &["root", "as-of"]))
}

/// Works the change out, checks what comes of it, and writes it unless it is only to be shown.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let wish = match wish(matches) {
        Ok(wish) => wish,
        Err(words) => return report::failed(&words, lang),
    };
    let input = Input { drafts: true, ..arguments::input_of(matches) };
    let reporting = Reporting::aside(lang);
    let loaded = match load::load(&input.root) {
        Ok(loaded) => loaded,
        Err(error) => return report::failed(&pipeline::Error::Content(input.root.clone(), error).words(), lang),
    };
    let now = pipeline::plan_both_loaded(loaded.clone(), &input, &mut Memory::default());
    let Some(ready) = now.ready.filter(|_| !now.findings.has_errors()) else {
        report::say(tr(lang, "内容有错误，改好了再移动", "the content has errors: repair them first"));
        return report::findings(now.findings, &now.tree, reporting);
    };
    let reform = match reform::reform(&loaded.tree, &ready.portal, &wish, &owners(&input.root)) {
        Ok(reform) => reform,
        Err(words) => return report::failed(&words, lang),
    };
    let after = reform::result(&loaded.tree, &reform.changes);
    let then = pipeline::plan_both_loaded(after, &input, &mut Memory::default());
    let Some(will_be) = then.ready.filter(|_| !then.findings.has_errors()) else {
        let is_code = then.findings.iter().any(|finding| finding.code.id == "ID01");
        let exit = report::findings(then.findings, &then.tree, reporting);
        report::say(tr(
            lang,
            "移动以后会有上面的错误，所以什么也没有动",
            "the move would lead to these errors, so nothing was changed",
        ));
        if is_code && !wish.recodes {
            report::say(tr(
                lang,
                "实施编码随新部门换的，加 --recode：前 18 位换成新部门的统一社会信用代码，旧编码的网址自动跳转",
                "if codes follow the department add --recode: their first 18 characters become its credit code, and old codes are redirected",
            ));
        }
        return exit;
    };
    let is_dry = matches.get_flag("dry-run");
    if !is_dry && let Err(error) = output::change(&input.root, &reform.changes) {
        return report::failed(&error.words(), lang);
    }
    report::out(&told(&reform, &ready.portal, &will_be.portal, &wish, lang));
    report::out(&match (lang, is_dry) {
        (Lang::Zh, true) => format!("以上 {} 处没有写；去掉 --dry-run 再运行\n", reform.changes.len()),
        (Lang::Zh, false) => format!("做完了 {} 处。运行 mingbai review 看一遍，再提交\n", reform.changes.len()),
        (Lang::En, true) => format!("{} changes, not written: run it again without --dry-run\n", reform.changes.len()),
        (Lang::En, false) => format!("{} changes made. Look at mingbai review, then commit\n", reform.changes.len()),
    });
    Exit::Fine
}

fn wish(matches: &ArgMatches) -> Result<Wish, Words> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let (first, second) = (text("from").unwrap_or_default(), text("into"));
    let what = match (text("kind").as_deref(), second) {
        (Some("department"), Some(to)) if text("to").or(text("as")).is_none() => What::Department { from: first, to },
        (Some("department"), _) => {
            return Err(Words::new(
                "写成 mingbai move department 旧部门 新部门",
                "write mingbai move department OLD NEW",
            ));
        }
        (_, None) => What::Item { slug: first, to: text("to"), new_slug: text("as") },
        (_, Some(_)) => {
            return Err(Words::new(
                "写成 mingbai move item 事项 --to 部门，或者 --as 新名字",
                "write mingbai move item SLUG --to DEPARTMENT, or --as NEW",
            ));
        }
    };
    Ok(Wish { what, name: text("name"), recodes: matches.get_flag("recode") })
}

/// The files that say who owns which folder, as far as there are any.
fn owners(root: &Path) -> Vec<(String, String)> {
    let read = |path: &&str| Some(((*path).to_owned(), fs::read_to_string(root.join(path)).ok()?));
    OWNERS.iter().filter_map(read).collect()
}

/// What is done: each change with the lines it changes, and what is to be looked at.
fn told(reform: &Reform, before: &Portal, after: &Portal, wish: &Wish, lang: Lang) -> String {
    let t = |zh, en| tr(lang, zh, en);
    let clean = |text: &str| text.chars().map(visible).collect::<String>();
    let mut out = String::new();
    for change in &reform.changes {
        out.push_str(&match change {
            Change::Replace(one) => {
                format!("{} {}\n{}", t("改", "edit"), clean(&one.path), fix::changed_lines(&one.before, &one.after))
            }
            Change::Create { path, text } => {
                format!("{} {}\n{}", t("新建", "new"), clean(path), fix::changed_lines("", text))
            }
            Change::Move { from, to } => format!("{} {} → {}\n", t("移动", "move"), clean(from), clean(to)),
            Change::Remove { path, .. } => format!("{} {}\n", t("删除", "delete"), clean(path)),
        });
    }
    let moved: Vec<(String, String)> = match &wish.what {
        What::Item { slug, .. } => reform.items.iter().map(|new| (slug.clone(), new.clone())).collect(),
        What::Department { .. } => reform.items.iter().map(|item| (item.clone(), item.clone())).collect(),
    };
    let notes: Vec<Words> = reform.notes.iter().cloned().chain(reform::inherited(before, after, &moved)).collect();
    if !notes.is_empty() {
        out.push_str(&format!("\n{}\n", t("请留意：", "Please note:")));
        out.extend(notes.iter().map(|note| format!("  {}\n", clean(note.get(lang)))));
    }
    out.push('\n');
    out
}
