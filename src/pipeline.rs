//! The straight line: the only place that names all stages, in their order.
//!
//! load → parse → resolve → check → plan → index → render → write. Findings never stop
//! a stage; errors stop the line before anything is written.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::check::{self, Comments, FixedFile, Looked, NewRedirect};
use crate::diagnostics::{Finding, Findings, Severity, Words};
use crate::documents::{self, ParseContext, Parsed, Shapes};
use crate::load::{self, Loaded};
use crate::output::{self, Content, OutputPath, WriteError, WriteReport};
use crate::plan::{self, Before, Output, OutputPlan};
use crate::portal::{self, Portal, ResolveOptions, Resolved};
use crate::printing::locate;
use crate::render::{Compiled, Made, Renderer};
use crate::search::{self, Searchable};
use crate::source::{FileId, SourceTree};
use crate::theme::{self, Theme};

/// What a portal is made from besides its files.
#[derive(Debug, Clone)]
pub struct Input {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The day the site is made for.
    pub as_of: Date,
    /// Whether drafts and what is not yet in force are shown.
    pub drafts: bool,
    /// The address the site will have, if not that of `site.yaml`.
    pub base_url: Option<String>,
}

/// The program could not run at all; nothing is wrong with the content.
#[derive(Debug)]
pub enum Error {
    /// The content folder does not exist or cannot be read.
    Content(PathBuf, io::Error),
    /// The site cannot be written.
    Write(WriteError),
}

impl Error {
    /// The error in words.
    pub fn words(&self) -> Words {
        match self {
            Error::Content(root, error) if error.kind() != io::ErrorKind::NotFound => Words::new(
                format!("读不了 `{}` 里的 content 文件夹（{error}）", root.display()),
                format!("the folder content in `{}` cannot be read ({error})", root.display()),
            ),
            Error::Content(root, _) => Words::new(
                format!(
                    "`{}` 里没有可以读取的 content 文件夹。请在门户的文件夹里运行，或者用 --root 指明它",
                    root.display()
                ),
                format!(
                    "there is no readable folder content in `{}`: run this in a portal's folder, or name it with --root",
                    root.display()
                ),
            ),
            Error::Write(error) => error.words(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Error {}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        Error::Write(error)
    }
}

/// A stage of the line, for progress and timing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// 读取.
    Load,
    /// 解析.
    Parse,
    /// 关联.
    Resolve,
    /// 检查.
    Check,
    /// 规划.
    Plan,
    /// 索引, of the search.
    Index,
    /// 生成, together with writing.
    Render,
    /// 发布.
    Write,
}

impl Stage {
    /// What the stage is called.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Stage::Load => ("读取", "load"),
            Stage::Parse => ("解析", "parse"),
            Stage::Resolve => ("关联", "resolve"),
            Stage::Check => ("检查", "check"),
            Stage::Plan => ("规划", "plan"),
            Stage::Index => ("索引", "index"),
            Stage::Render => ("生成", "render"),
            Stage::Write => ("发布", "write"),
        }
    }
}

/// How long each stage took.
pub type Timings = Vec<(Stage, Duration)>;

/// A portal as far as it can be made without planning pages.
#[derive(Debug)]
pub struct Checked {
    /// The files.
    pub tree: SourceTree,
    /// The portal; none when `site.yaml` is missing or broken.
    pub portal: Option<Portal>,
    /// Everything found so far.
    pub findings: Findings,
    /// How long each stage took.
    pub timings: Timings,
}

/// A portal that is ready to be rendered.
#[derive(Debug)]
pub struct Ready {
    /// The portal.
    pub portal: Portal,
    /// Every output there will be.
    pub plan: OutputPlan,
    /// The templates.
    pub renderer: Renderer,
}

/// Everything up to plan.
#[derive(Debug)]
pub struct Planned {
    /// The files.
    pub tree: SourceTree,
    /// The portal and its plan; none when something is so wrong that no page can be made.
    pub ready: Option<Ready>,
    /// Everything found so far.
    pub findings: Findings,
    /// How long each stage took.
    pub timings: Timings,
}

/// A finished build.
#[derive(Debug)]
pub struct Built {
    /// The files, for printing findings.
    pub tree: SourceTree,
    /// Everything that was found.
    pub findings: Findings,
    /// What was written; none when findings blocked it.
    pub report: Option<BuildReport>,
}

/// What a build wrote.
#[derive(Debug)]
pub struct BuildReport {
    /// How many items the site has.
    pub items: usize,
    /// How many pages.
    pub pages: usize,
    /// What became of the files.
    pub files: WriteReport,
    /// How long each stage took.
    pub timings: Timings,
    /// Items that no everyday word reaches: name and path.
    pub unreached: Vec<(String, String)>,
}

/// What earlier runs of the line made of parts of their input. A stage takes
/// from it what rests on the same, so the result is that of a first run.
#[derive(Debug, Default)]
pub struct Memory {
    shapes: Shapes,
    parsed: Parsed,
    resolved: Resolved,
    looked: Looked,
    comments: Comments,
    before: Before,
    templates: Compiled,
}

/// Load → parse → resolve → check.
///
/// # Errors
///
/// When the content folder cannot be read at all.
pub fn check(input: &Input) -> Result<Checked, Error> {
    let started = Instant::now();
    let loaded = load::load(&input.root).map_err(|error| Error::Content(input.root.clone(), error))?;
    let mut checked = check_loaded(loaded, input, &mut Memory::default());
    checked.timings.insert(0, (Stage::Load, started.elapsed().saturating_sub(total(&checked.timings))));
    Ok(checked)
}

fn total(timings: &Timings) -> Duration {
    timings.iter().map(|(_, time)| *time).sum()
}

/// Parse → resolve → check, of files that are loaded already.
pub fn check_loaded(loaded: Loaded, input: &Input, memory: &mut Memory) -> Checked {
    let mut resolved = resolve_loaded(loaded, input, memory);
    let started = Instant::now();
    if let Some(portal) = &resolved.portal {
        resolved.findings.extend(check::check(portal, &mut memory.looked));
    }
    resolved.timings.push((Stage::Check, started.elapsed()));
    resolved
}

/// Parse → resolve: no rule has looked at the portal yet.
fn resolve_loaded(mut loaded: Loaded, input: &Input, memory: &mut Memory) -> Checked {
    let mut timings = Timings::new();
    let mut started = Instant::now();
    let mut lap = |stage: Stage| {
        timings.push((stage, started.elapsed()));
        started = Instant::now();
    };
    let shapes = &memory.shapes;
    documents::check_layout(&mut loaded);
    let mut findings = std::mem::take(&mut loaded.findings);
    let site = documents::parse_site(&loaded.tree, shapes);
    let url = input.base_url.clone().or_else(|| site.map(|site| site.url.to_string())).unwrap_or_default();
    let (_, base_path) = portal::base(&url);
    let context = ParseContext { shapes, base_path: &base_path };
    let (documents, found) = documents::parse_all(&loaded, context, &mut memory.parsed);
    findings.extend(found);
    lap(Stage::Parse);
    let options = ResolveOptions { as_of: input.as_of, drafts: input.drafts, base_url: input.base_url.clone() };
    let (portal, found) = portal::resolve(&loaded.tree, documents, &options, &mut memory.resolved);
    findings.extend(found);
    lap(Stage::Resolve);
    Checked { tree: loaded.tree, portal, findings, timings }
}

/// Load → parse → resolve → check → plan.
///
/// # Errors
///
/// When the content folder cannot be read at all.
pub fn plan(input: &Input) -> Result<Planned, Error> {
    let started = Instant::now();
    let loaded = load::load(&input.root).map_err(|error| Error::Content(input.root.clone(), error))?;
    let load = started.elapsed();
    let mut planned = plan_loaded(loaded, input, &mut Memory::default());
    planned.timings.insert(0, (Stage::Load, load));
    Ok(planned)
}

/// Everything up to plan of both the public site and the site with drafts, for who wants
/// to know all that can be found. What is ready is that with drafts.
///
/// # Errors
///
/// When the content folder cannot be read at all.
pub fn plan_both(input: &Input) -> Result<Planned, Error> {
    let loaded = load::load(&input.root).map_err(|error| Error::Content(input.root.clone(), error))?;
    Ok(plan_both_loaded(loaded, input, &mut Memory::default()))
}

/// The same of files that are loaded already.
pub fn plan_both_loaded(loaded: Loaded, input: &Input, memory: &mut Memory) -> Planned {
    let public = planned(loaded.clone(), &Input { drafts: false, ..input.clone() }, &mut Memory::default());
    // Reading is the same both times, so findings of both name the same files.
    let mut all = planned(loaded, &Input { drafts: true, ..input.clone() }, memory);
    all.findings.extend(public.findings);
    judged(all, memory)
}

/// How often repairs are looked for: one can bring another to light.
const ROUNDS: usize = 8;

/// Makes every repair that findings carry, in memory, until there is none left. Gives the
/// files that changed, and everything that is found afterwards.
///
/// # Errors
///
/// When the content folder cannot be read at all.
pub fn fixed(input: &Input) -> Result<(Vec<FixedFile>, Planned), Error> {
    let mut loaded = load::load(&input.root).map_err(|error| Error::Content(input.root.clone(), error))?;
    let before = loaded.tree.clone();
    let mut memory = Memory::default();
    let mut done: BTreeMap<FileId, (bool, usize)> = BTreeMap::new();
    let note = |done: &mut BTreeMap<FileId, (bool, usize)>, made: BTreeMap<FileId, (bool, usize)>| {
        for (file, (lost_mark, places)) in made {
            let all = done.entry(file).or_default();
            *all = (all.0 || lost_mark, all.1 + places);
        }
    };
    for _ in 0..ROUNDS {
        let checked = check_loaded(loaded.clone(), &Input { drafts: true, ..input.clone() }, &mut memory);
        let found = memory.judge(&checked.tree, checked.portal.as_ref(), checked.findings);
        let made = check::fix(&mut loaded, &locate(found.into_vec(), &checked.tree));
        if made.is_empty() {
            break;
        }
        note(&mut done, made);
    }
    note(&mut done, fix_addresses(&mut loaded, input));
    let is_new = |file: FileId| before.files.len() <= file.index();
    let files = done.into_iter().map(|(file, (lost_mark, places))| FixedFile {
        path: loaded.tree.file(file).path.clone(),
        before: if is_new(file) { Arc::from("") } else { before.file(file).text.clone() },
        after: loaded.tree.file(file).text.clone(),
        is_new: is_new(file),
        lost_mark,
        places,
    });
    Ok((files.collect(), plan_both_loaded(loaded, input, &mut Memory::default())))
}

/// Shortens redirects to redirects and writes those of lost addresses, as the public site has them.
fn fix_addresses(loaded: &mut Loaded, input: &Input) -> BTreeMap<FileId, (bool, usize)> {
    let public = Input { drafts: false, ..input.clone() };
    let Planned { tree, ready, findings, .. } = plan_loaded(loaded.clone(), &public, &mut Memory::default());
    let mut made = check::fix(loaded, &locate(findings.into_vec(), &tree));
    let lost = ready.map(|ready| ready.plan.lost).unwrap_or_default();
    if let Some((file, places)) = check::add_redirects(loaded, &lost_redirects(&lost), input.as_of) {
        made.entry(file).or_default().1 += places;
    }
    made
}

fn lost_redirects(lost: &[plan::Lost]) -> Vec<NewRedirect> {
    let new = |one: &plan::Lost| NewRedirect { from: one.from.clone(), to: one.to.clone(), reason: one.reason.clone() };
    lost.iter().map(new).collect()
}

/// Parse → resolve → check → plan, for who keeps the files and runs the line again and again.
pub fn plan_loaded(loaded: Loaded, input: &Input, memory: &mut Memory) -> Planned {
    let planned = planned(loaded, input, memory);
    judged(planned, memory)
}

/// A portal with its plan that no rule has looked at.
#[derive(Debug)]
pub struct Unchecked {
    /// The files.
    pub tree: SourceTree,
    /// The portal and its plan.
    pub ready: Ready,
    /// What was found so far; [`Memory::check`] finds the rest.
    pub findings: Findings,
}

/// Parse → resolve → plan, for who shows pages before the rules have looked at the portal. Nothing, if what was
/// found by then keeps the pages from being shown; [`plan_loaded`] then takes up what is remembered.
pub fn plan_unchecked(loaded: Loaded, input: &Input, memory: &mut Memory) -> Option<Unchecked> {
    let resolved = resolve_loaded(loaded, input, memory);
    if resolved.findings.has_errors() {
        return None;
    }
    let Planned { tree, ready, findings, .. } = plan_checked(resolved, memory);
    let ready = ready.filter(|_| !findings.has_errors())?;
    Some(Unchecked { tree, ready, findings })
}

/// The same with what was found judged.
fn judged(mut planned: Planned, memory: &mut Memory) -> Planned {
    let portal = planned.ready.as_ref().map(|ready| &ready.portal);
    planned.findings = memory.judge(&planned.tree, portal, planned.findings);
    planned
}

impl Memory {
    /// What the rules find in a portal, with what was found before, judged.
    pub fn check(&mut self, tree: &SourceTree, portal: &Portal, mut findings: Findings) -> Findings {
        findings.extend(check::check(portal, &mut self.looked));
        self.judge(tree, Some(portal), findings)
    }

    /// What was found, at the levels of the portal and without what is let pass.
    pub fn judge(&mut self, tree: &SourceTree, portal: Option<&Portal>, findings: Findings) -> Findings {
        check::judge(tree, portal, findings, &mut self.comments)
    }

    /// The theme of a portal, and every output there will be.
    pub fn plan(&mut self, portal: &Portal, tree: &SourceTree, findings: &mut Findings) -> (Theme, OutputPlan) {
        let name = portal.site.theme.as_ref().map_or("default", |name| name.as_str());
        let theme = theme::theme(tree, name, portal.site_file, findings);
        let (plan, found) = plan::plan(portal, &theme, &mut self.before);
        findings.extend(found);
        (theme, plan)
    }
}

/// Everything up to plan, with all that was found.
fn planned(loaded: Loaded, input: &Input, memory: &mut Memory) -> Planned {
    plan_checked(check_loaded(loaded, input, memory), memory)
}

fn plan_checked(checked: Checked, memory: &mut Memory) -> Planned {
    let Checked { mut tree, portal, mut findings, mut timings } = checked;
    let started = Instant::now();
    let ready = portal.and_then(|portal| {
        let (theme, plan) = memory.plan(&portal, &tree, &mut findings);
        let (renderer, found) = Renderer::new(&portal, &plan, &theme, &mut tree, &mut memory.templates);
        findings.extend(found);
        renderer.map(|renderer| Ready { portal, plan, renderer })
    });
    timings.push((Stage::Plan, started.elapsed()));
    Planned { tree, ready, findings, timings }
}

/// Makes the index of the search and adds its files to the plan. The preview leaves this until somebody searches.
pub fn index(ready: &mut Ready) -> Searchable {
    let searchable = Searchable::new(&ready.portal);
    ready.plan.add_search(searchable.files());
    searchable
}

/// How a site is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Its folder.
    pub out: &'a Path,
    /// Whether warnings block.
    pub strict: bool,
    /// Whether it is a release, whose addresses are noted.
    pub release: bool,
    /// Whether texts have their compressed forms beside them.
    pub compressed: bool,
}

/// The whole line: the finished site in `out`.
///
/// `progress` is told how many of how many outputs are made.
///
/// # Errors
///
/// When the content cannot be read or the site cannot be written. Findings are
/// no error: they come with the result, and what is published stays as it was.
pub fn build(
    input: &Input,
    out: &Path,
    strict: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Built, Error> {
    let wanted = Wanted { out, strict, release: false, compressed: false };
    build_as(input, wanted, progress).map(|(built, _)| built)
}

/// The same for a site as it is wanted. For a release gives also the text of `urls.lock`, if the site was written.
///
/// # Errors
///
/// As for [`build`].
pub fn build_as(
    input: &Input,
    wanted: Wanted<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(Built, Option<String>), Error> {
    let Wanted { out, strict, release, compressed } = wanted;
    // The dictionary is loaded beside the first stages.
    rayon::spawn(|| _ = search::language());
    let Planned { mut tree, ready, mut findings, mut timings } = plan(input)?;
    let blocks = |findings: &Findings| findings.has_errors() || (strict && findings.count(Severity::Warning) > 0);
    let Some(mut ready) = ready.filter(|_| !blocks(&findings)) else {
        return Ok((Built { tree, findings, report: None }, None));
    };
    // Documents are most of a portal: from here on only those with findings are quoted.
    let quoted = findings.files();
    let is_document = |path: &str| path.ends_with(".yaml") || path.ends_with(".md");
    tree.keep_texts(|file| !is_document(&file.path) || quoted.contains(&file.id));
    let started = Instant::now();
    // The index itself is not needed any longer and large; its files are in the plan.
    let unreached =
        index(&mut ready).unreached().map(|record| (record.name.clone(), record.url.clone())).collect::<Vec<_>>();
    timings.push((Stage::Index, started.elapsed()));
    let staging = output::open(out)?;
    let started = Instant::now();
    findings.extend(render(input, &tree, &ready, Site { staging: &staging, compressed }, progress)?);
    timings.push((Stage::Render, started.elapsed()));
    if blocks(&findings) {
        return Ok((Built { tree, findings, report: None }, None));
    }
    let started = Instant::now();
    let files = staging.publish()?;
    timings.push((Stage::Write, started.elapsed()));
    let pages = ready.plan.outputs.values().filter(|output| matches!(output, Output::Page(_))).count();
    let report = BuildReport { items: ready.portal.items.len(), pages, files, timings, unreached };
    let lock = release.then(|| plan::urls_lock(&ready.portal, &ready.plan));
    // Freeing many items one after another would take as long as resolving them.
    ready.portal.items.into_par_iter().for_each(drop);
    Ok((Built { tree, findings, report: Some(report) }, lock))
}

/// The site that is being written.
#[derive(Clone, Copy)]
struct Site<'a> {
    staging: &'a output::Staging,
    compressed: bool,
}

impl Site<'_> {
    fn put(self, plan: &OutputPlan, path: &OutputPath, content: Content) -> Result<(), WriteError> {
        match self.compressed {
            true => self.staging.put_compressed(path, content, |form| plan.outputs.contains_key(form)),
            false => self.staging.put(path, content),
        }
    }
}

/// Renders every output into the staging folder, in parallel.
fn render(
    input: &Input,
    tree: &SourceTree,
    ready: &Ready,
    site: Site<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Findings, Error> {
    let outputs: Vec<(&OutputPath, &Output)> = ready.plan.outputs.iter().collect();
    let done = AtomicUsize::new(0);
    let faults: Mutex<Vec<Finding>> = Mutex::new(Vec::new());
    outputs.par_iter().try_for_each(|(path, output)| {
        match ready.renderer.make(&ready.portal, &ready.plan, path, output) {
            Ok(Made::Bytes(bytes)) => site.put(&ready.plan, path, Content::Bytes(bytes))?,
            Ok(Made::Copy(name)) => site.put(&ready.plan, path, Content::CopyOf(disk_path(input, tree, &name)))?,
            Err(finding) => {
                if let Ok(mut faults) = faults.lock() {
                    faults.push(*finding);
                }
            }
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, outputs.len());
        Ok::<(), Error>(())
    })?;
    let mut faults = faults.into_inner().unwrap_or_default();
    // One broken template fails on many pages with one and the same finding.
    faults.sort_by(|a, b| a.message.zh.cmp(&b.message.zh));
    faults.dedup();
    Ok(Findings::from(faults))
}

/// Where a passed-on file is on disk.
pub fn disk_path(input: &Input, tree: &SourceTree, name: &str) -> PathBuf {
    match tree.binaries.binary_search_by(|binary| binary.path.as_str().cmp(name)) {
        Ok(at) => tree.binaries[at].disk.clone(),
        Err(_) => input.root.join(name),
    }
}
