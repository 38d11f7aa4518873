//! `mingbai build`: the finished site.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{ArgMatches, Command};

use crate::cli::arguments::{self, finding_args, flag, input_args, path_arg, sub, tr, unreached_arg};
use crate::cli::{Exit, report, search};
use crate::diagnostics::Lang;
use crate::output::{self, Change, Published, ReplaceError, Replacement};
use crate::pipeline::{self, BuildReport, Error, Input, Wanted};
use crate::printing::Format;
use crate::source::SourceTree;

/// The command line of `mingbai build`.
pub(super) fn command(lang: Lang) -> Command {
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
        path_arg("out", t("文件夹", "DIR"), t("生成到哪个文件夹（默认：门户文件夹里的 dist）", "the folder of the site (default: dist in the root)")),
    )
    .arg(
        flag("rollback", t("不生成，换回上一次发布的网站", "exchange the site for the previous release")),
    )
    .arg(
        flag("release", t(
            "正式发布：把全部网址记进 content/urls.lock，以后哪一个打不开了，检查时就会报",
            "a release: note every address in content/urls.lock, so that one that is lost later is an error",
        )).conflicts_with_all(["drafts", "rollback"]),
    )
    .arg(flag("compress", t(
        "在网页等文字文件旁边放好压缩文件（.gz 和 .br），网站服务器直接发送；只重做变了的",
        "put compressed forms (.gz and .br) beside texts for the web server to send; only those of changed files are made",
    )).conflicts_with("rollback"))
    .arg(unreached_arg(lang))
    .args(finding_args(lang))
}

/// Builds the site, or exchanges it for the previous one.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let input = arguments::input(matches);
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| input.root.join("dist"));
    if matches.get_flag("rollback") {
        return rollback(&out, lang);
    }
    let reporting = arguments::reporting(matches, lang);
    let shown = Progress::new(lang);
    let wanted = Wanted {
        out: &out,
        strict: reporting.strict,
        release: matches.get_flag("release"),
        compressed: matches.get_flag("compress"),
    };
    let made = pipeline::build_as(&input, wanted, &|done, total| shown.show(done, total));
    let (built, lock) = match made {
        Ok(made) => made,
        Err(error) => {
            shown.clear();
            return report::failed(&error.words(), lang);
        }
    };
    shown.clear();
    let locked = lock.map(|lock| write_lock(&input, &built.tree, lock));
    let exit = report::findings(built.findings, &built.tree, reporting);
    if let Some(done) = built.report.as_ref().filter(|_| matches.get_flag("unreached")) {
        report::say(search::unreached_text(&done.unreached, lang).trim_end());
    }
    match built.report {
        Some(done) if reporting.format == Format::Human => report::out(&summary(&done, lang)),
        Some(done) => report::say(summary(&done, lang).trim_end()),
        None if reporting.format == Format::Human => report::say(tr(
            lang,
            "没有生成：先改好上面的问题。已经发布的网站没有变",
            "nothing was built: repair the findings first. The published site is as it was",
        )),
        None => {}
    }
    match locked {
        Some(Ok(true)) => report::say(tr(
            lang,
            "content/urls.lock 记下了这次发布的网址，请一起提交",
            "content/urls.lock has the addresses of this release: commit it as well",
        )),
        Some(Err(error)) => return report::failed(&error.words(), lang),
        Some(Ok(false)) | None => {}
    }
    exit
}

/// Writes the addresses of the release beside the content. Tells whether they are others than before.
fn write_lock(input: &Input, tree: &SourceTree, lock: String) -> Result<bool, ReplaceError> {
    let path = "content/urls.lock".to_owned();
    let change = match tree.files.iter().find(|file| file.path == path) {
        Some(file) if *file.text == *lock => return Ok(false),
        Some(file) => Change::Replace(Replacement { path, before: file.text.to_string(), after: lock }),
        None => Change::Create { path, text: lock },
    };
    output::change(&input.root, &[change]).map(|()| true)
}

fn rollback(out: &std::path::Path, lang: Lang) -> Exit {
    match output::rollback(out) {
        Ok(published) => {
            report::out(&rolled_back(published, lang));
            Exit::Fine
        }
        Err(error) => report::failed(&Error::Write(error).words(), lang),
    }
}

/// Which release is published after a rollback.
fn rolled_back(published: Published, lang: Lang) -> String {
    let completed = published.completed.and_then(|time| jiff::Timestamp::try_from(time).ok());
    let completed = completed.map(|time| arguments::local(time).strftime("%Y-%m-%d %H:%M").to_string());
    let pages = published.pages;
    match (lang, completed) {
        (Lang::Zh, Some(time)) => {
            format!("已经换回上一次发布的网站：{time} 生成的，{pages} 个网页；再运行一次就换回来\n")
        }
        (Lang::Zh, None) => format!("已经换回上一次发布的网站：{pages} 个网页；再运行一次就换回来\n"),
        (Lang::En, Some(time)) => {
            format!("the previous release is published again: of {time}, {pages} web pages; once more leads back\n")
        }
        (Lang::En, None) => {
            format!("the previous release is published again: {pages} web pages; once more leads back\n")
        }
    }
}

/// The closing line of a build.
fn summary(done: &BuildReport, lang: Lang) -> String {
    let stages: Vec<String> = done
        .timings
        .iter()
        .map(|(stage, time)| {
            let (zh, en) = stage.words();
            format!("{} {:.2}", if lang == Lang::Zh { zh } else { en }, time.as_secs_f64())
        })
        .collect();
    let total: f64 = done.timings.iter().map(|(_, time)| time.as_secs_f64()).sum();
    let files = &done.files;
    let size = megabytes(files.bytes);
    match lang {
        Lang::Zh => format!(
            "完成：{} 个事项，{} 个页面；写入 {} 个文件（{size}），{} 个没变，删除 {} 个；{total:.2} 秒（{}）\n",
            done.items,
            done.pages,
            files.written,
            files.unchanged,
            files.removed,
            stages.join("，")
        ),
        Lang::En => format!(
            "done: {} items, {} pages; {} files written ({size}), {} unchanged, {} removed; {total:.2} s ({})\n",
            done.items,
            done.pages,
            files.written,
            files.unchanged,
            files.removed,
            stages.join(", ")
        ),
    }
}

fn megabytes(bytes: u64) -> String {
    if bytes < 1024 * 1024 {
        format!("{} KB", bytes.div_ceil(1024))
    } else {
        format!("{:.1} MB", bytes as f64 / 1_048_576.0)
    }
}

/// Progress on a terminal; silent in a pipe.
struct Progress {
    lang: Lang,
    terminal: bool,
    last: AtomicUsize,
}

impl Progress {
    fn new(lang: Lang) -> Self {
        Progress { lang, terminal: std::io::stderr().is_terminal(), last: AtomicUsize::new(0) }
    }

    fn show(&self, done: usize, total: usize) {
        let percent = done * 100 / total.max(1);
        if !self.terminal || self.last.fetch_max(percent, Ordering::Relaxed) >= percent {
            return;
        }
        report::status(&match self.lang {
            Lang::Zh => format!("\r生成 {percent}%（{done}/{total}）"),
            Lang::En => format!("\rrendering {percent}% ({done}/{total})"),
        });
    }

    fn clear(&self) {
        if self.terminal {
            report::status("\r\x1b[K");
        }
    }
}
