//! Plans every page, file and redirect of a portal.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Finding, Findings, Place, Target, Words, codes};
use crate::output::OutputPath;
use crate::plan::listing::Sorting;
use crate::plan::{
    AssetPaths, Before, CALENDAR_PATH, Data, Feed, Listings, OpenFile, Output, OutputPlan, Page, cases, file_of, items,
    links, path_of, redirects, released, sheets, sitemap_parts,
};
use crate::portal::{Portal, paths};
use crate::source::FileId;
use crate::theme::Theme;

/// How many entries a list page has unless `site.yaml` says otherwise.
const PAGE_SIZE: usize = 30;

/// The plan while it is made: where each output comes from is kept, so that a
/// collision can name both sides.
pub(super) struct Draft<'a> {
    pub(super) portal: &'a Portal,
    outputs: BTreeMap<OutputPath, (Output, FileId)>,
    pub(super) findings: Findings,
    page_size: usize,
}

/// Plans every output of the portal. Where nothing that pages are planned by
/// is another than `before`, the plan is the one of then.
pub fn plan(portal: &Portal, theme: &Theme, before: &mut Before) -> (OutputPlan, Findings) {
    if let Some(known) = before.find(portal, theme) {
        return known;
    }
    let (plan, findings) = plan_anew(portal, theme, before.sorting());
    before.keep(portal, theme, &plan, &findings);
    (plan, findings)
}

fn plan_anew(portal: &Portal, theme: &Theme, sorting: &mut Sorting) -> (OutputPlan, Findings) {
    let size = usize::from(portal.site.page_size.unwrap_or(0));
    let mut draft = Draft {
        portal,
        outputs: BTreeMap::new(),
        findings: Findings::default(),
        page_size: if size == 0 { PAGE_SIZE } else { size },
    };
    let listings = Listings::new(portal, sorting);
    let assets = draft.assets(theme);
    items::plan(&mut draft);
    draft.lists(&listings);
    draft.departments();
    draft.topics();
    draft.shared();
    draft.texts(&listings);
    draft.open_data();
    draft.files();
    redirects::plan(&mut draft);
    cases::lead_on(&mut draft);
    sheets::lead_on(&mut draft);
    released::empty_lists(&mut draft);
    draft.files_and_folders();
    links::check(&mut draft);
    let lost = Arc::new(released::check(&mut draft));
    let page_size = draft.page_size;
    let mut outputs = draft.outputs.into_iter().map(|(path, (output, _))| (path, output)).collect();
    add_sitemap_parts(portal, &mut outputs);
    (OutputPlan { outputs: Arc::new(outputs), assets, listings: Arc::new(listings), page_size, lost }, draft.findings)
}

/// A site map that is too large for one file has parts, known once all pages are.
fn add_sitemap_parts(portal: &Portal, outputs: &mut BTreeMap<OutputPath, Output>) {
    let parts = sitemap_parts(portal, outputs).len();
    for file in (1..=parts).filter(|_| parts > 1).map(OpenFile::SitemapPart) {
        if let Ok(path) = OutputPath::new(&file_of(&file.path(portal))) {
            outputs.insert(path, Output::Data(Data::Open(file)));
        }
    }
}

/// An address that the program itself makes a page for.
fn reserved(path: &str, source: FileId) -> Finding {
    Finding::new(
        &codes::UR01,
        source,
        Target::File,
        Words::new(
            format!("网址 `{path}` 是程序自己生成的页面"),
            format!("the address `{path}` is that of a page the program makes"),
        ),
    )
    .allowed("程序没有用到的网址", "an address the program does not use")
    .repair("给文件或文件夹改名", "rename the file or folder")
}

/// How many pages a list of this length takes; an empty list has one.
fn page_count(length: usize, size: usize) -> usize {
    length.div_ceil(size).max(1)
}

/// The site path of a page of a list.
pub(crate) fn numbered(path: &str, number: usize) -> String {
    if number == 1 { path.to_owned() } else { format!("{path}page/{number}/") }
}

impl Draft<'_> {
    /// Adds an output at a site path; two at one path are a finding.
    pub(super) fn add(&mut self, path: &str, output: Output, source: FileId) {
        let file = match OutputPath::new(&file_of(path)) {
            Ok(file) => file,
            Err(error) => {
                let words = error.words();
                self.findings.push(
                    Finding::new(
                        &codes::SR10,
                        source,
                        Target::File,
                        Words::new(
                            format!("`{path}` 不能做网址：{}", words.zh),
                            format!("`{path}` cannot be an address: {}", words.en),
                        ),
                    )
                    .repair("给文件改名", "rename the file"),
                );
                return;
            }
        };
        if let Some((_, first)) = self.outputs.get(&file) {
            let first = *first;
            if first == self.portal.site_file {
                self.findings.push(reserved(path, source));
                return;
            }
            self.findings.push(
                Finding::new(
                    &codes::UR01,
                    source,
                    Target::File,
                    Words::new(format!("网址 `{path}` 已经有页面了"), format!("the address `{path}` is already taken")),
                )
                .allowed("每个页面的网址各不相同", "each page has an address of its own")
                .repair("给文件或文件夹改名", "rename the file or folder")
                .related(Place { file: first, target: Target::File }, Words::new("先用的是它", "first taken by this")),
            );
            return;
        }
        self.outputs.insert(file, (output, source));
    }

    /// Adds many outputs at once. None of them, if two have one path or one has that of an output that is there.
    pub(super) fn add_all(&mut self, mut new: Vec<(OutputPath, (Output, FileId))>) -> bool {
        new.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let is_twice = new.windows(2).any(|two| two[0].0 == two[1].0);
        let is_known = |path| new.binary_search_by(|(other, _)| other.cmp(path)).is_ok();
        if is_twice || self.outputs.keys().any(is_known) {
            return false;
        }
        self.outputs.append(&mut new.into_iter().collect());
        true
    }

    /// Whether there is an output at a site path.
    pub(super) fn has(&self, path: &str) -> bool {
        OutputPath::new(&file_of(path)).is_ok_and(|file| self.outputs.contains_key(&file))
    }

    /// Whether there is something at a site path that is no redirect.
    pub(super) fn is_page(&self, path: &str) -> bool {
        self.at(path).is_some_and(|output| !matches!(output, Output::Redirect { .. }))
    }

    /// Where the redirect at a site path leads.
    pub(super) fn leads_to(&self, path: &str) -> Option<String> {
        match self.at(path)? {
            Output::Redirect { to, .. } => Some(to.clone()),
            _ => None,
        }
    }

    /// Where one arrives at last who goes to a site path.
    pub(super) fn end_of(&self, path: &str) -> String {
        let bare = path.split('#').next().unwrap_or_default();
        self.leads_to(bare).unwrap_or_else(|| path.to_owned())
    }

    fn at(&self, path: &str) -> Option<&Output> {
        let file = OutputPath::new(&file_of(path)).ok()?;
        self.outputs.get(&file).map(|(output, _)| output)
    }

    /// The site paths of all outputs so far, in order.
    pub(super) fn paths(&self) -> Vec<String> {
        self.outputs.keys().map(path_of).collect()
    }

    /// Reports every output whose path is the folder of another: no file
    /// system can hold both.
    fn files_and_folders(&mut self) {
        let mut both: Vec<(String, FileId)> = Vec::new();
        let mut before = "";
        // In the order of paths all that is in a folder follows on each other, so each folder is looked at once.
        for path in self.outputs.keys().map(OutputPath::as_str) {
            let common = path.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
            for (end, _) in path.match_indices('/').filter(|(end, _)| *end >= common) {
                if let Some((file, (_, source))) = self.outputs.get_key_value(&path[..end]) {
                    both.push((path_of(file), *source));
                }
            }
            before = path;
        }
        for (path, source) in both {
            self.findings.push(
                Finding::new(
                    &codes::UR01,
                    source,
                    Target::File,
                    Words::new(
                        format!("`{path}` 既是文件，又是别的网址所在的文件夹"),
                        format!("`{path}` is a file and also the folder of other addresses"),
                    ),
                )
                .allowed("每个页面的网址各不相同", "each page has an address of its own")
                .repair("给文件改名", "rename the file"),
            );
        }
    }

    fn page(&mut self, path: &str, page: Page, source: FileId) {
        self.add(path, Output::Page(page), source);
    }

    fn pages(&mut self, path: &str, length: usize, source: FileId, page: impl Fn(usize) -> Page) {
        for number in 1..=page_count(length, self.page_size) {
            self.page(&numbered(path, number), page(number), source);
        }
    }

    fn feed(&mut self, feed: Feed, source: FileId) {
        self.add(&feed.path(self.portal), Output::Data(Data::Feed(feed)), source);
    }

    fn open(&mut self, file: OpenFile, source: FileId) {
        self.add(&file.path(self.portal), Output::Data(Data::Open(file)), source);
    }

    /// The page about open data, and the files that are about more than one item.
    fn open_data(&mut self) {
        let source = self.portal.site_file;
        self.page(paths::DATA, Page::Data, source);
        for file in OpenFile::shared(self.portal) {
            self.open(file, source);
        }
    }

    fn assets(&mut self, theme: &Theme) -> AssetPaths {
        let source = self.portal.site_file;
        for asset in &theme.assets {
            self.add(&asset.path, Output::Asset(Arc::clone(&asset.bytes)), source);
        }
        for (path, file) in &theme.copies {
            self.add(path, Output::Copy(file.clone()), source);
        }
        AssetPaths::of(theme)
    }

    fn lists(&mut self, listings: &Listings) {
        let source = self.portal.site_file;
        self.page("/", Page::Home, source);
        self.pages(paths::ITEMS, listings.by_letter.len(), source, Page::Items);
        self.pages(paths::CHANGES, listings.changes.len(), source, Page::Changes);
        self.feed(Feed::Site, source);
        self.page(paths::SEARCH, Page::Search, source);
        self.page(paths::SITEMAP, Page::Sitemap, source);
        self.add("/sitemap.xml", Output::Data(Data::SitemapXml), source);
        self.add("/robots.txt", Output::Data(Data::Robots), source);
        self.add(CALENDAR_PATH, Output::Data(Data::Calendar), source);
        self.page("/404.html", Page::NotFound, source);
    }

    fn departments(&mut self) {
        let source = self.portal.site_file;
        self.page(paths::DEPARTMENTS, Page::Departments, source);
        for (id, department) in self.portal.department_ids() {
            let length = self.portal.indexes.by_department[id.index()].len();
            let path = department.path();
            self.pages(&path, length, department.file, |number| Page::Department(id, number));
            sheets::plan_booklet(self, id);
            self.feed(Feed::Department(id), department.file);
        }
    }

    fn topics(&mut self) {
        let source = self.portal.site_file;
        self.page(paths::TOPICS, Page::Topics, source);
        for (id, topic) in self.portal.topic_ids() {
            let length = self.portal.indexes.by_topic[id.index()].len();
            // A topic without items has no page: a list is never empty.
            if length > 0 {
                let path = topic.path();
                self.pages(&path, length, source, |number| Page::Topic(id, number));
            }
        }
    }

    fn shared(&mut self) {
        let source = self.portal.site_file;
        self.page(paths::PLACES, Page::Places, source);
        for (id, place) in self.portal.place_ids() {
            let length = self.portal.indexes.by_place[id.index()].len();
            let path = place.path();
            self.pages(&path, length, place.file, |number| Page::Place(id, number));
        }
        self.pages(paths::LAWS, self.portal.laws.len(), source, Page::Laws);
        for (id, law) in self.portal.law_ids() {
            let length = self.portal.indexes.by_law[id.index()].len();
            let path = law.path();
            self.pages(&path, length, law.file, |number| Page::Law(id, number));
        }
        self.pages(paths::MATERIALS, self.portal.materials.len(), source, Page::Materials);
        for (id, material) in self.portal.material_ids() {
            let length = self.portal.indexes.by_material[id.index()].len();
            let path = material.path();
            self.pages(&path, length, material.file, |number| Page::Material(id, number));
        }
    }

    fn texts(&mut self, listings: &Listings) {
        let source = self.portal.site_file;
        let portal = self.portal;
        if !portal.notices.is_empty() {
            let past = portal.notices.iter().filter(|notice| !notice.is_current).count();
            self.pages(paths::NOTICES, past, source, Page::Notices);
        }
        for (n, notice) in portal.notices.iter().enumerate() {
            self.page(&notice.path(), Page::Notice(n), notice.file);
        }
        if !portal.bundles.is_empty() {
            self.page(paths::BUNDLES, Page::Bundles, source);
        }
        for (id, bundle) in portal.bundle_ids() {
            self.page(&bundle.path(), Page::Bundle(id), bundle.file);
        }
        self.page(paths::OPENNESS, Page::Openness, source);
        self.pages(paths::CATALOGUE, listings.catalogue.len(), source, |number| Page::Catalogue(None, number));
        for (id, items) in &listings.catalogue_of {
            let path = portal.department(*id).catalogue_path();
            self.pages(&path, items.len(), source, |number| Page::Catalogue(Some(*id), number));
        }
        self.page(paths::PERFORMANCE, Page::Performance, source);
        for (behind, items) in &listings.behind {
            self.pages(&behind.path(portal), items.len(), source, |number| Page::Behind(*behind, number));
        }
        for (n, page) in portal.pages.iter().enumerate() {
            self.page(&page.site_path(), Page::Text(n), page.file);
        }
    }

    fn files(&mut self) {
        let source = self.portal.site_file;
        for (path, file) in &self.portal.static_files {
            self.add(path, Output::Copy(file.clone()), source);
        }
    }
}
