//! The plan stage: every output there will be, none of them rendered.
//!
//! Two outputs with one address, a redirect that leads nowhere and a link to
//! nothing are found here, because only here all addresses are known.

mod cases;
mod items;
mod links;
mod listing;
mod open_data;
mod pages;
mod planned;
mod redirects;
mod released;
pub mod sheets;
mod sitemap;

pub use cases::item_and_answers;
pub use listing::{Change, Listings};
pub use open_data::{ITEMS_A_PART, Listed, OpenFile};
pub(crate) use pages::numbered;
pub use pages::plan;
pub use planned::Before;
pub use released::{Lost, urls_lock};
pub use sitemap::{Mapped, sitemap_parts};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::performance::Behind;
use crate::output::OutputPath;
use crate::portal::{BundleId, CaseId, DepartmentId, ItemId, LawId, MaterialId, PlaceId, Portal, TopicId, paths};
use crate::search::IndexFile;
use crate::theme::Theme;

/// One page, by what it shows. A page number counts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// The home page.
    Home,
    /// An item.
    Item(ItemId),
    /// A case of an item (情形): the next question, or what these answers come to.
    Case(ItemId, CaseId),
    /// The 一次性告知书 of an item, or of what some answers come to.
    NoticeSheet(ItemId, Option<CaseId>),
    /// All 一次性告知书 of a department, a volume at a time.
    Booklet(DepartmentId, usize),
    /// All items from A to Z.
    Items(usize),
    /// The latest changes.
    Changes(usize),
    /// A department.
    Department(DepartmentId, usize),
    /// All departments.
    Departments,
    /// A topic, life stage or group.
    Topic(TopicId, usize),
    /// All topics.
    Topics,
    /// A place.
    Place(PlaceId, usize),
    /// All places.
    Places,
    /// A law.
    Law(LawId, usize),
    /// All laws.
    Laws(usize),
    /// A shared material.
    Material(MaterialId, usize),
    /// All shared materials.
    Materials(usize),
    /// A notice, by its position.
    Notice(usize),
    /// All notices.
    Notices(usize),
    /// A bundle.
    Bundle(BundleId),
    /// All bundles.
    Bundles,
    /// A Markdown page, by its position.
    Text(usize),
    /// 政务公开.
    Openness,
    /// 公开目录, of the whole portal or of a department.
    Catalogue(Option<DepartmentId>, usize),
    /// 效能公开.
    Performance,
    /// The items behind one of its figures.
    Behind(Behind, usize),
    /// 网站地图.
    Sitemap,
    /// What the open data are.
    Data,
    /// The search page.
    Search,
    /// What is shown where no page is.
    NotFound,
}

/// A machine-readable file made from the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Data {
    /// `sitemap.xml`.
    SitemapXml,
    /// `robots.txt`.
    Robots,
    /// The working calendar, `data/calendar.json`.
    Calendar,
    /// A feed of changes.
    Feed(Feed),
    /// A file of open data.
    Open(OpenFile),
}

/// A feed of changes (变更订阅), by whose changes it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feed {
    /// Of all items.
    Site,
    /// Of the items of a department.
    Department(DepartmentId),
    /// Of one item.
    Item(ItemId),
}

impl Feed {
    /// The page it belongs to.
    pub fn page(self, portal: &Portal) -> String {
        match self {
            Feed::Site => paths::CHANGES.to_owned(),
            Feed::Department(id) => portal.department(id).path(),
            Feed::Item(id) => portal.item(id).path(),
        }
    }

    /// Its site path.
    pub fn path(self, portal: &Portal) -> String {
        match self {
            Feed::Site => "/feed.xml".to_owned(),
            of_page => format!("{}feed.xml", of_page.page(portal)),
        }
    }

    /// What it is called.
    pub fn name(self, portal: &Portal) -> String {
        match self {
            Feed::Site => "最近变更".to_owned(),
            Feed::Department(id) => format!("{}的变更", portal.department(id).facts.short_name),
            Feed::Item(id) => format!("“{}”的变更", portal.item(id).everyday_name()),
        }
    }
}

/// One planned output.
#[derive(Debug, Clone)]
pub enum Output {
    /// An HTML page.
    Page(Page),
    /// A page that leads to another address.
    Redirect {
        /// The site path it leads to.
        to: String,
        /// What is there.
        name: String,
    },
    /// A machine-readable file.
    Data(Data),
    /// Bytes that are already known: a style sheet, a script.
    Asset(Arc<[u8]>),
    /// A file of the content folder, copied as it is: its path in the tree.
    Copy(String),
}

impl Output {
    /// The kind, as `mingbai plan` prints it.
    pub fn kind(&self) -> &'static str {
        match self {
            Output::Page(_) => "page",
            Output::Redirect { .. } => "redirect",
            Output::Data(_) => "data",
            Output::Asset(_) => "asset",
            Output::Copy(_) => "file",
        }
    }
}

/// Where the assets of the theme are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetPaths {
    /// The style sheet.
    pub css: String,
    /// The script.
    pub js: String,
    /// The module of the search page.
    pub search: String,
    /// The module of the pages of an errand.
    pub errand: String,
    /// The icon.
    pub favicon: String,
}

/// Where the working calendar is.
pub const CALENDAR_PATH: &str = "/data/calendar.json";

impl AssetPaths {
    /// Those of a theme.
    fn of(theme: &Theme) -> Self {
        AssetPaths {
            css: theme.css.clone(),
            js: theme.js.clone(),
            search: theme.search.clone(),
            errand: theme.errand.clone(),
            favicon: theme.favicon.clone(),
        }
    }
}

/// Where the files of the search index are, below the root of the site.
pub const INDEX_FOLDER: &str = "search/";

/// Every output there will be, by its path. A clone shares the lists.
#[derive(Debug, Clone)]
pub struct OutputPlan {
    /// The outputs.
    pub outputs: Arc<BTreeMap<OutputPath, Output>>,
    /// The addresses of the theme's assets.
    pub assets: AssetPaths,
    /// Items, changes and catalogues in the order lists show them.
    pub listings: Arc<Listings>,
    /// How many entries a page of a list has.
    pub page_size: usize,
    /// Addresses of the last release that lead nowhere now.
    pub lost: Arc<Vec<Lost>>,
}

impl OutputPlan {
    /// Adds the files of the search index.
    pub fn add_search(&mut self, files: Vec<IndexFile>) {
        let outputs = Arc::make_mut(&mut self.outputs);
        for file in files {
            if let Ok(path) = OutputPath::new(&format!("{INDEX_FOLDER}{}", file.name)) {
                outputs.insert(path, Output::Asset(file.bytes));
            }
        }
    }

    /// The output a site path (`/items/a/`) stands for.
    pub fn find(&self, path: &str) -> Option<(&OutputPath, &Output)> {
        let file = OutputPath::new(&file_of(path)).ok()?;
        self.outputs.get_key_value(&file)
    }
}

/// The file behind a site path: a folder's is its `index.html`.
pub fn file_of(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The site path of a file: `index.html` is its folder.
pub fn path_of(file: &OutputPath) -> String {
    let file = file.as_str();
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    }
}
