//! Runs the program and `cp -r`, and takes their time and memory.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::generate::{self, Portal};

/// The program that is measured.
const PROGRAM: &str = env!("CARGO_BIN_EXE_mingbai");
/// How often the memory of a running build is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// The medians for one portal.
pub(crate) struct Row {
    /// How many items were asked for.
    pub(crate) items: usize,
    /// How many files the site has.
    pub(crate) files: usize,
    /// How many bytes.
    pub(crate) bytes: u64,
    /// The size of a typical item page in bytes.
    pub(crate) page: u64,
    /// A full build into a new folder.
    pub(crate) build: f64,
    /// The stages of the full build.
    pub(crate) stages: Vec<(String, f64)>,
    /// `cp -r` of the site into a new folder.
    pub(crate) copy: f64,
    /// Peak memory of the full build in MiB, where the system tells it.
    pub(crate) memory: f64,
    /// A build when nothing has changed.
    pub(crate) unchanged: f64,
    /// A build when one item has changed.
    pub(crate) one_item: f64,
    /// A build when a template of every page has changed.
    pub(crate) one_template: f64,
}

/// One run of the program.
struct Run {
    seconds: f64,
    memory: f64,
    stages: Vec<(String, f64)>,
}

/// Measures a portal of `items` items, written below `folder`.
pub(crate) fn measure(folder: &Path, items: usize, runs: usize) -> Result<Row, Box<dyn Error>> {
    let portal = generate::generate(&folder.join("portal"), items)?;
    let site = |n: usize| folder.join(format!("site-{n}"));
    let mut builds = Vec::new();
    let mut copies = Vec::new();
    // One after the other, so that a slow minute of the machine hits both.
    for n in 0..runs {
        settle()?;
        builds.push(build(&portal, &site(n))?);
        settle()?;
        copies.push(copy(&site(n), &folder.join(format!("copy-{n}")))?);
    }
    let (files, bytes) = size(&site(0))?;
    let rebuild = |change: &dyn Fn(usize) -> Result<(), Box<dyn Error>>| -> Result<f64, Box<dyn Error>> {
        let mut seconds = Vec::new();
        for n in 0..runs {
            change(n)?;
            settle()?;
            seconds.push(build(&portal, &site(0))?.seconds);
        }
        Ok(median(seconds))
    };
    Ok(Row {
        items,
        files,
        bytes,
        page: item_page(&site(0), &portal.item)?,
        unchanged: rebuild(&|_| Ok(()))?,
        one_item: rebuild(&|n| edit_item(&portal.item, n))?,
        one_template: rebuild(&|n| edit_template(&portal.template, n))?,
        stages: stages(&builds),
        build: median(builds.iter().map(|run| run.seconds).collect()),
        memory: median(builds.iter().map(|run| run.memory).collect()),
        copy: median(copies),
    })
}

/// Lets the disk finish what came before.
fn settle() -> Result<(), Box<dyn Error>> {
    Command::new("sync").status()?;
    Ok(())
}

fn build(portal: &Portal, out: &Path) -> Result<Run, Box<dyn Error>> {
    let started = Instant::now();
    let mut child = Command::new(PROGRAM)
        .args(["build", "--lang", "en", "--as-of", "2026-11-15", "--root"])
        .arg(&portal.root)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let memory = watch(&mut child)?;
    let seconds = started.elapsed().as_secs_f64();
    let mut said = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut said)?;
    }
    if !child.wait()?.success() {
        let mut errors = String::new();
        if let Some(mut out) = child.stderr.take() {
            out.read_to_string(&mut errors)?;
        }
        return Err(format!("the build failed:\n{said}{errors}").into());
    }
    Ok(Run { seconds, memory, stages: read_stages(&said) })
}

/// Waits for the end of a process; its peak memory in MiB, 0 where it is not known.
fn watch(child: &mut Child) -> Result<f64, Box<dyn Error>> {
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
        peak = peak.max(kib / 1024.0);
        std::thread::sleep(LOOK);
    }
    Ok(peak)
}

/// The stages of the closing line: `… s (load 0.10, parse 0.20, …)`.
fn read_stages(said: &str) -> Vec<(String, f64)> {
    let line = said.lines().find(|line| line.starts_with("done:")).unwrap_or_default();
    let inside = line.rsplit_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let stage = |part: &str| {
        let (name, seconds) = part.trim().split_once(' ')?;
        Some((name.to_owned(), seconds.parse().ok()?))
    };
    inside.split(',').filter_map(stage).collect()
}

fn stages(builds: &[Run]) -> Vec<(String, f64)> {
    let Some(first) = builds.first() else { return Vec::new() };
    let median_of = |(at, (name, _)): (usize, &(String, f64))| {
        let all = builds.iter().filter_map(|run| run.stages.get(at)).map(|(_, seconds)| *seconds);
        (name.clone(), median(all.collect()))
    };
    first.stages.iter().enumerate().map(median_of).collect()
}

fn copy(from: &Path, to: &Path) -> Result<f64, Box<dyn Error>> {
    let started = Instant::now();
    let done = Command::new("cp").arg("-r").arg(from).arg(to).status()?;
    if done.success() { Ok(started.elapsed().as_secs_f64()) } else { Err("cp -r failed".into()) }
}

fn size(folder: &Path) -> std::io::Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let (more, larger) = size(&entry.path())?;
            (files, bytes) = (files + more, bytes + larger);
        } else {
            (files, bytes) = (files + 1, bytes + entry.metadata()?.len());
        }
    }
    Ok((files, bytes))
}

fn item_page(site: &Path, item: &Path) -> Result<u64, Box<dyn Error>> {
    let slug = item.parent().and_then(Path::file_name).ok_or("an item is in a folder")?;
    Ok(fs::metadata(site.join("items").join(slug).join("index.html"))?.len())
}

/// Changes a text of the item that its page shows.
fn edit_item(item: &Path, n: usize) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(item)?;
    let line = text.lines().find(|line| line.starts_with("适用范围: ")).ok_or("an item has 适用范围")?;
    let changed = text.replacen(line, &format!("{line}第{n}次修改。"), 1);
    Ok(fs::write(item, changed)?)
}

/// Changes a template that every page uses.
fn edit_template(template: &Path, n: usize) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(template)?;
    Ok(fs::write(template, format!("{text}<!-- {n} -->\n"))?)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    match all.len() {
        0 => 0.0,
        length => (all[(length - 1) / 2] + all[length / 2]) / 2.0,
    }
}
