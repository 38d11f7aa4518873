//! `mingbai move`: a department or an item goes elsewhere, with everything that names it.

use std::fs;
use std::path::Path;

use clap::ArgMatches;

use crate::cli::arguments::{self, Reporting};
use crate::cli::{Exit, fix, report};
use crate::diagnostics::{Format, Hints, Lang, Words, visible};
use crate::output::{self, Change};
use crate::pipeline::{self, Input, Memory};
use crate::portal::Portal;
use crate::reform::{self, Reform, What, Wish};
use crate::source;

/// Files outside the content folder that name its folders.
const OWNERS: [&str; 5] =
    ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS", "content/CODEOWNERS"];

/// Works the change out, checks what comes of it, and writes it unless it is only to be shown.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let wish = match wish(matches) {
        Ok(wish) => wish,
        Err(words) => return report::failed(&words, lang),
    };
    let input = Input { drafts: true, ..arguments::input_of(matches) };
    let reporting = Reporting { strict: false, format: Format::Human, hints: Hints::Folded, lang };
    let loaded = match source::load(&input.root) {
        Ok(loaded) => loaded,
        Err(error) => return report::failed(&pipeline::Error::Content(input.root.clone(), error).words(), lang),
    };
    let now = pipeline::plan_both_loaded(loaded.clone(), &input, &mut Memory::default());
    let Some(ready) = now.ready.filter(|_| !now.findings.has_errors()) else {
        report::say(arguments::tr(lang, "内容有错误，改好了再移动", "the content has errors: repair them first"));
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
        report::say(arguments::tr(
            lang,
            "移动以后会有上面的错误，所以什么也没有动",
            "the move would lead to these errors, so nothing was changed",
        ));
        if is_code && !wish.recodes {
            report::say(arguments::tr(
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
    let t = |zh, en| arguments::tr(lang, zh, en);
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
