//! `mingbai build`: the finished site.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ArgMatches;

use crate::cli::{Exit, arguments, report, search};
use crate::diagnostics::{Format, Lang};
use crate::output::{self, Change, ReplaceError, Replacement};
use crate::pipeline::{self, BuildReport, Error, Input, Wanted};
use crate::source::SourceTree;

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
        None if reporting.format == Format::Human => report::say(arguments::tr(
            lang,
            "没有生成：先改好上面的问题。已经发布的网站没有变",
            "nothing was built: repair the findings first. The published site is as it was",
        )),
        None => {}
    }
    match locked {
        Some(Ok(true)) => report::say(arguments::tr(
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
        Ok(()) => {
            report::out(arguments::tr(lang, "已经换回上一次发布的网站\n", "the previous release is published again\n"));
            Exit::Fine
        }
        Err(error) => report::failed(&Error::Write(error).words(), lang),
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
