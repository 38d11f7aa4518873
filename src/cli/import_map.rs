//! `mingbai import FILE --map MAP`: a foreign list becomes a new portal folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches};

use crate::cli::arguments::{self, Reporting, tr};
use crate::cli::{Exit, report};
use crate::diagnostics::{Finding, Findings, Lang, Severity, Target, Words, codes};
use crate::exchange::map::{Done, Imported, LIMIT, Named, Why, import};
use crate::load::text_of;
use crate::pipeline::{self, Input};
use crate::printing::Hints;
use crate::source::SourceTree;

/// The folder in which a portal is put together before it takes its place.
const STAGING: &str = ".mingbai-import";
/// How many examples of a kind are shown on the terminal.
const SHOWN: usize = 3;

/// The argument that names the mapping.
pub(crate) fn map_arg(lang: Lang) -> Arg {
    let t = |zh, en| tr(lang, zh, en);
    Arg::new("map").long("map").value_name(t("映射文件", "MAP")).value_parser(ValueParser::path_buf()).help(t(
        "照这个映射文件，把别处的清单变成一个新的门户",
        "turn the list of another system into a new portal, as this mapping says",
    ))
}

/// Imports a list as a mapping says.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    // A check does not see what is wrong with the list, so nothing of it is folded.
    let reporting = Reporting { hints: Hints::Whole, ..arguments::reporting(matches, lang) };
    let input = arguments::input_of(matches);
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let dry = matches.get_flag("dry-run");
    if !dry && let Some(words) = taken(&input.root) {
        return report::failed(&words, lang);
    }
    let (list, mapping) = match (read(&path("from")), read(&path("map"))) {
        (Ok(list), Ok(mapping)) => (list, mapping),
        (Err(problem), _) | (_, Err(problem)) => return problem.tell(reporting),
    };
    let today = input.as_of.to_string();
    let (mapping, list) = (mapping.named(), list.named());
    let Imported { tree, findings, done } = import(mapping, list, &today);
    let exit = match findings.is_empty() {
        true => Exit::Fine,
        false => report::findings(findings, &tree, reporting),
    };
    match done {
        Some(_) if exit == Exit::Findings && reporting.strict => exit,
        Some(done) => finish(&done, &input, dry, lang),
        None => {
            report::say(tr(lang, "什么也没有写。改好以后再导入", "nothing was written: repair it and import again"));
            Exit::Findings
        }
    }
}

/// Why nothing can be written here, if so.
fn taken(root: &Path) -> Option<Words> {
    let content = root.join("content");
    let is_empty = match fs::read_dir(&content) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    (!is_empty).then(|| {
        let content = content.display();
        Words::new(
            format!("`{content}` 里已经有内容，导入不会覆盖它。用 --root 指一个新的文件夹"),
            format!("`{content}` holds a portal already and is not overwritten: name a new folder with --root"),
        )
    })
}

/// A file that was read.
struct Given {
    path: String,
    text: String,
}

impl Given {
    fn named(&self) -> Named<'_> {
        Named { path: &self.path, text: &self.text }
    }
}

/// Why a file cannot be used.
enum Problem {
    /// It is not there, or the system refuses it.
    Unread(Words),
    /// It is no such file as is read.
    Unfit(String, Words, Words),
}

impl Problem {
    fn tell(self, reporting: Reporting) -> Exit {
        match self {
            Problem::Unread(words) => report::failed(&words, reporting.lang),
            Problem::Unfit(path, message, repair) => {
                let mut tree = SourceTree::default();
                let file = tree.add_missing(&path);
                let mut finding = Finding::new(&codes::IM02, file, Target::File, message);
                finding.repair = Some(repair);
                report::findings(Findings::from(vec![finding]), &tree, reporting)
            }
        }
    }
}

fn read(path: &Path) -> Result<Given, Problem> {
    let shown = path.display().to_string();
    let unread = |error: io::Error| {
        Problem::Unread(Words::new(
            format!("读不了 `{shown}`（{error}）"),
            format!("`{shown}` cannot be read ({error})"),
        ))
    };
    let size = fs::metadata(path).map_err(unread)?.len();
    let mib = |bytes: u64| bytes / 1024 / 1024;
    if size > LIMIT {
        return Err(Problem::Unfit(
            shown,
            Words::new(
                format!("文件有 {} MB，最多读 {} MB", mib(size), mib(LIMIT)),
                format!("the file has {} MB; at most {} MB are read", mib(size), mib(LIMIT)),
            ),
            Words::new("分成几份导出，分别导入", "export it in parts and import each"),
        ));
    }
    let bytes = fs::read(path).map_err(unread)?;
    match text_of(&bytes) {
        Some((text, _)) => Ok(Given { path: shown, text }),
        None => Err(Problem::Unfit(
            shown,
            Words::new("这不是文字文件，或者编码认不出来", "this is no text, or in no encoding that is known here"),
            Words::new("导出成 UTF-8 的 JSON Lines 或 CSV", "export JSON Lines or CSV in UTF-8"),
        )),
    }
}

fn finish(done: &Done, input: &Input, dry: bool, lang: Lang) -> Exit {
    report::out(&done.report.summary(lang == Lang::En));
    for why in Why::ALL.into_iter().filter(|why| why.is_loss()) {
        let entries = done.report.entries.iter().filter(|entry| entry.why == why);
        for entry in entries.take(SHOWN) {
            let text: String = entry.text.chars().take(50).collect();
            let (zh, en) = why.words();
            report::out(&format!("  {} #{} {}: {text}\n", tr(lang, zh, en), entry.record, entry.field));
        }
    }
    if done.report.items == 0 {
        report::say(&match lang {
            Lang::Zh => format!(
                "{} 条记录里没有一条能成为事项，什么也没有写。看上面缺的是什么，改好映射或者清单再导入",
                done.report.records
            ),
            Lang::En => format!(
                "none of {} records became an item, and nothing was written: see above what they lack",
                done.report.records
            ),
        });
        return Exit::Findings;
    }
    if dry {
        report::say(tr(lang, "只是试一试，什么也没有写", "a trial: nothing was written"));
        return Exit::Fine;
    }
    match write(done, input) {
        Ok(findings) => {
            report::out(&found(&findings, &input.root, lang));
            Exit::Fine
        }
        Err((path, error)) => report::failed(
            &Words::new(
                format!("写不了 `{}`（{error}）。什么也没有留下", path.display()),
                format!("`{}` cannot be written ({error}); nothing is left behind", path.display()),
            ),
            lang,
        ),
    }
}

/// What a check of the new portal finds, by code.
fn found(findings: &Findings, root: &Path, lang: Lang) -> String {
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *by_code.entry(finding.code.id).or_default() += 1;
    }
    let (errors, warnings) = (findings.count(Severity::Error), findings.count(Severity::Warning));
    let codes: Vec<String> = by_code.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let (root, codes) = (root.display(), codes.join(tr(lang, "，", ", ")));
    match lang {
        Lang::Zh => format!(
            "写好了：{root}/content 和 import-report.txt。检查：{errors} 个错误，{warnings} 个警告（{codes}）\n接着运行 mingbai check --root {root}\n"
        ),
        Lang::En => format!(
            "written: {root}/content and import-report.txt. Check: {errors} errors, {warnings} warnings ({codes})\nnext: mingbai check --root {root}\n"
        ),
    }
}

/// Writes the portal into a folder of its own beside its place, looks at it, and gives it its place at last.
fn write(done: &Done, input: &Input) -> Result<Findings, (PathBuf, io::Error)> {
    let staging = input.root.join(STAGING);
    let made_root = !input.root.exists();
    let result = staged(done, input, &staging);
    let _ = fs::remove_dir_all(&staging);
    if result.is_err() && made_root {
        let _ = fs::remove_dir(&input.root);
    }
    result
}

fn staged(done: &Done, input: &Input, staging: &Path) -> Result<Findings, (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err((staging.to_owned(), error)),
        _ => {}
    }
    for (path, text) in &done.files {
        let path = staging.join(path);
        let folder = path.parent().unwrap_or(staging);
        fs::create_dir_all(folder).map_err(at(folder))?;
        fs::write(&path, text).map_err(at(&path))?;
    }
    let reports =
        [("import-report.txt", done.report.text()), ("import-report.json", format!("{:#}\n", done.report.json()))];
    for (name, text) in &reports {
        let path = staging.join(name);
        fs::write(&path, text).map_err(at(&path))?;
    }
    let checked = pipeline::plan(&Input { root: staging.to_owned(), ..input.clone() });
    let content = input.root.join("content");
    // An empty folder may be there.
    let _ = fs::remove_dir(&content);
    fs::rename(staging.join("content"), &content).map_err(at(&content))?;
    for (name, _) in &reports {
        let path = input.root.join(name);
        fs::rename(staging.join(name), &path).map_err(at(&path))?;
    }
    Ok(checked.map(|planned| planned.findings).unwrap_or_default())
}
