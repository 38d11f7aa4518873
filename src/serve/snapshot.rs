//! One version of the portal, ready to render any of its pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::output::OutputPath;
use crate::pipeline::{self, Input, Ready};
use crate::plan::{INDEX_FOLDER, Output};
use crate::portal::Portal;
use crate::printing::{LocatedFinding, locate};
use crate::render::Made;
use crate::search::Searchable;
use crate::serve::review::Compared;
use crate::source::SourceTree;

/// A portal without errors and its plan. It does not change, but it learns
/// which of its pages its templates cannot render.
pub(super) struct Snapshot {
    number: u64,
    input: Arc<Input>,
    root: PathBuf,
    tree: Arc<SourceTree>,
    ready: Ready,
    faults: Mutex<Vec<LocatedFinding>>,
    /// The files of the search index by their names, made when one is first asked for.
    search: OnceLock<BTreeMap<String, Arc<[u8]>>>,
    compared: Option<Compared>,
}

/// What a page is made of.
pub(super) enum Source {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The file at this place.
    File(PathBuf),
}

impl Snapshot {
    pub(super) fn new(
        number: u64,
        input: Arc<Input>,
        tree: Arc<SourceTree>,
        ready: Ready,
        compared: Option<Compared>,
    ) -> Self {
        let root = std::path::absolute(&input.root).unwrap_or_else(|_| input.root.clone());
        let (faults, search) = (Mutex::new(Vec::new()), OnceLock::new());
        Snapshot { number, input, root, tree, ready, faults, search, compared }
    }

    /// Which change it was made after.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// What it is compared with, if it is.
    pub(super) fn compared(&self) -> Option<&Compared> {
        self.compared.as_ref()
    }

    /// The portal.
    pub(super) fn portal(&self) -> &Portal {
        &self.ready.portal
    }

    /// The folder of the portal, as an editor finds it.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The address of the style sheet.
    pub(super) fn style(&self) -> String {
        self.ready.portal.url(&self.ready.plan.assets.css)
    }

    /// The path of the site on its host: `/` or `/zwfw/`.
    pub(super) fn base(&self) -> &str {
        &self.ready.portal.base_path
    }

    /// The output a site path stands for.
    pub(super) fn find(&self, path: &str) -> Option<(&OutputPath, &Output)> {
        self.ready.plan.find(path)
    }

    /// A file of the search index, by its site path.
    pub(super) fn search_file(&self, path: &str) -> Option<Arc<[u8]>> {
        let name = path.strip_prefix('/')?.strip_prefix(INDEX_FOLDER)?;
        let files = self.search.get_or_init(|| {
            let files = Searchable::new(&self.ready.portal).files();
            files.into_iter().map(|file| (file.name, file.bytes)).collect()
        });
        files.get(name).cloned()
    }

    /// Makes an output; nothing if its template has a fault, which is remembered.
    pub(super) fn make(&self, path: &OutputPath, output: &Output) -> Option<Source> {
        match self.ready.renderer.make(&self.ready.portal, &self.ready.plan, path, output) {
            Ok(Made::Bytes(bytes)) => Some(Source::Bytes(bytes)),
            Ok(Made::Copy(name)) => Some(Source::File(pipeline::disk_path(&self.input, &self.tree, &name))),
            Err(finding) => {
                let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
                for fault in locate(vec![*finding], &self.tree) {
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }
                None
            }
        }
    }

    /// Whether something could not be rendered.
    pub(super) fn has_faults(&self) -> bool {
        !self.faults.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// What could not be rendered.
    pub(super) fn faults(&self) -> Vec<LocatedFinding> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The files, for showing where the faults are.
    pub(super) fn tree(&self) -> &Arc<SourceTree> {
        &self.tree
    }
}
