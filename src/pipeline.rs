//! The straight line: the only place that names all stages, in their order.

use std::fmt;
use std::io;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::check;
use crate::diagnostics::{Finding, Findings, Target, Words, codes};
use crate::documents::{self, ParseContext, Shapes};
use crate::portal::{self, Portal, ResolveOptions};
use crate::source::{self, Loaded, SourceTree};

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
}

impl Error {
    /// The error in words.
    pub fn words(&self) -> Words {
        match self {
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
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Error {}

/// A portal as far as it can be made without planning pages.
#[derive(Debug)]
pub struct Checked {
    /// The files.
    pub tree: SourceTree,
    /// The portal; none when `site.yaml` is missing or broken.
    pub portal: Option<Portal>,
    /// Everything found so far.
    pub findings: Findings,
}

/// Load → parse → resolve → check.
///
/// # Errors
///
/// When the content folder cannot be read at all.
pub fn check(input: &Input) -> Result<Checked, Error> {
    let loaded = source::load(&input.root).map_err(|error| Error::Content(input.root.clone(), error))?;
    Ok(check_loaded(loaded, input))
}

fn check_loaded(mut loaded: Loaded, input: &Input) -> Checked {
    let shapes = Shapes::new();
    let mut findings = std::mem::take(&mut loaded.findings);
    if !loaded.tree.files.iter().any(|file| file.path == "content/site.yaml") {
        findings.push(no_site_file(&mut loaded.tree));
    }
    let site = documents::parse_site(&loaded.tree, &shapes);
    let url = input.base_url.clone().or_else(|| site.map(|site| site.url.to_string())).unwrap_or_default();
    let (_, base_path) = portal::base(&url);
    let context = ParseContext { shapes: &shapes, base_path: &base_path };
    let (documents, found) = documents::parse_all(&loaded, context);
    findings.extend(found);
    let options =
        ResolveOptions { as_of: input.as_of, drafts: input.drafts, base_url: input.base_url.clone() };
    let (portal, found) = portal::resolve(&loaded.tree, documents, &options);
    findings.extend(found);
    if let Some(portal) = &portal {
        findings.extend(check::check(portal));
    }
    Checked { tree: loaded.tree, portal, findings }
}

fn no_site_file(tree: &mut SourceTree) -> Finding {
    let id = tree.add_missing("content/site.yaml");
    Finding::new(
        &codes::SR08,
        id,
        Target::File,
        Words::new("没有 content/site.yaml", "there is no content/site.yaml"),
    )
    .allowed("门户的名称、网址、主办单位、备案号", "the portal's name, address, sponsor and filings")
    .repair("照手册写一个 content/site.yaml", "write content/site.yaml as the handbook shows")
}
