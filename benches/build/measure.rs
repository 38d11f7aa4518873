//! Builds a portal again and again, beside `cp -r` of the site.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use super::generate::{self, Portal};
use super::peers::{self, Installed, Peer};
use super::process::{self, Run, copy, median, settle};
use super::size::{self, Size};
use super::waits::{self, Waits};

/// The program that is measured.
const PROGRAM: &str = env!("CARGO_BIN_EXE_mingbai");
/// The day the sample is made for.
const DAY: &str = "2026-11-15";

/// The medians for one portal.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// How many items were asked for.
    pub(crate) items: usize,
    /// The whole site.
    pub(crate) site: Size,
    /// Its pages.
    pub(crate) pages: Size,
    /// Its item pages.
    pub(crate) item_pages: Size,
    /// Its case pages and the notices.
    pub(crate) case_pages: Size,
    /// Its search index.
    pub(crate) index: Size,
    /// The seconds of a full build into a new folder.
    pub(crate) build: f64,
    /// The stages of the full build, in seconds.
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
    /// How long an editor waits in the preview.
    pub(crate) waits: Waits,
    /// The same pages made by others.
    pub(crate) peers: Vec<Peer>,
}

impl Row {
    /// What making the index takes of the build.
    pub(crate) fn index_seconds(&self) -> f64 {
        self.stages.iter().find(|(name, _)| name == "index").map_or(0.0, |(_, seconds)| *seconds)
    }
}

/// Measures a portal of `items` items, written below `folder`.
pub(crate) fn measure(
    folder: &Path,
    items: usize,
    runs: usize,
    installed: &[Installed],
) -> Result<Row, Box<dyn Error>> {
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
    let site = site(0);
    let sizes = sizes(&site)?;
    let peers = peers::measure(&site, folder, runs, installed)?;
    let rebuild = |change: &dyn Fn(usize) -> Result<(), Box<dyn Error>>| -> Result<f64, Box<dyn Error>> {
        let mut seconds = Vec::new();
        for n in 0..runs {
            change(n)?;
            settle()?;
            seconds.push(build(&portal, &site)?.seconds);
        }
        Ok(median(seconds))
    };
    Ok(Row {
        items,
        stages: stages(&builds),
        build: median(builds.iter().map(|run| run.seconds).collect()),
        memory: median(builds.iter().map(|run| run.memory).collect()),
        copy: median(copies),
        unchanged: rebuild(&|_| Ok(()))?,
        one_item: rebuild(&|n| edit_item(&portal.item, n))?,
        one_template: rebuild(&|n| edit_template(&portal.template, n))?,
        waits: waits::measure(&portal, 5 * runs)?,
        peers,
        ..sizes
    })
}

/// A row that knows no more than how large the parts of the site are.
fn sizes(site: &Path) -> Result<Row, Box<dyn Error>> {
    let items = site.join("items");
    let depth = |path: &Path| path.strip_prefix(&items).map_or(0, |rest| rest.components().count());
    let is_index = |path: &Path| !size::is_page(path) && path.strip_prefix(site.join("search")).is_ok();
    Ok(Row {
        items: 0,
        site: size::size(site, &|_| true)?,
        pages: size::size(site, &size::is_page)?,
        item_pages: size::size(&items, &|path| size::is_page(path) && depth(path) == 2)?,
        case_pages: size::size(&items, &|path| size::is_page(path) && depth(path) > 2)?,
        index: size::size(site, &is_index)?,
        build: 0.0,
        stages: Vec::new(),
        copy: 0.0,
        memory: 0.0,
        unchanged: 0.0,
        one_item: 0.0,
        one_template: 0.0,
        waits: Waits::default(),
        peers: Vec::new(),
    })
}

fn build(portal: &Portal, out: &Path) -> Result<Run, Box<dyn Error>> {
    let arguments = ["build", "--lang", "en", "--as-of", DAY, "--root"];
    process::run(Command::new(PROGRAM).args(arguments).arg(&portal.root).arg("--out").arg(out))
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
    let all: Vec<Vec<(String, f64)>> = builds.iter().map(|run| read_stages(&run.said)).collect();
    let Some(first) = all.first() else { return Vec::new() };
    let median_of = |(at, (name, _)): (usize, &(String, f64))| {
        let seconds = all.iter().filter_map(|stages| stages.get(at)).map(|(_, seconds)| *seconds);
        (name.clone(), median(seconds.collect()))
    };
    first.iter().enumerate().map(median_of).collect()
}

/// Changes a text of the item that its page shows.
fn edit_item(item: &Path, n: usize) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(item)?;
    Ok(fs::write(item, generate::edited(&text, n))?)
}

/// Changes a template that every page uses.
fn edit_template(template: &Path, n: usize) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(template)?;
    Ok(fs::write(template, format!("{text}<!-- {n} -->\n"))?)
}
