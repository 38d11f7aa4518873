//! Where things are on the site: each folder of the site is named here, and nowhere else.

use crate::documents::DocumentKind;
use crate::portal::{Bundle, Department, Item, Law, Notice, Page, Place, SharedMaterial, Topic};

/// All items.
pub const ITEMS: &str = "/items/";
/// All departments.
pub const DEPARTMENTS: &str = "/departments/";
/// All topics.
pub const TOPICS: &str = "/topics/";
/// All places.
pub const PLACES: &str = "/places/";
/// All laws.
pub const LAWS: &str = "/laws/";
/// All shared materials.
pub const MATERIALS: &str = "/materials/";
/// All notices.
pub const NOTICES: &str = "/notices/";
/// All bundles.
pub const BUNDLES: &str = "/bundles/";
/// 政务公开.
pub const OPENNESS: &str = "/openness/";
/// 公开目录 of the whole portal.
pub const CATALOGUE: &str = "/openness/catalogue/";
/// 效能公开.
pub const PERFORMANCE: &str = "/openness/performance/";
/// 最近变更.
pub const CHANGES: &str = "/changes/";
/// The search page.
pub const SEARCH: &str = "/search/";
/// 网站地图.
pub const SITEMAP: &str = "/sitemap/";
/// What the open data are.
pub const DATA: &str = "/data/";
/// Below it are the codes of items, each of which leads to its item.
pub const CODES: &str = "/code/";

/// The site path of a folder below one of these.
pub fn below(folder: &str, name: &str) -> String {
    format!("{folder}{name}/")
}

/// The site path of the page that a document alone makes; a guide is part of its item's.
pub fn of_document(kind: &DocumentKind) -> Option<String> {
    Some(match kind {
        DocumentKind::Item(_, slug) => below(ITEMS, slug),
        DocumentKind::Department(id) => below(DEPARTMENTS, id),
        DocumentKind::Law(id) => below(LAWS, id),
        DocumentKind::Material(id) => below(MATERIALS, id),
        DocumentKind::Place(id) => below(PLACES, id),
        DocumentKind::Bundle(slug) => below(BUNDLES, slug),
        DocumentKind::Notice(slug) => below(NOTICES, slug),
        DocumentKind::Page(path) => below("/", path),
        _ => return None,
    })
}

impl Item {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(ITEMS, &self.slug)
    }

    /// The site path of a file of its folder, named as editors write it.
    pub fn file_path(&self, name: &str) -> String {
        format!("{ITEMS}{}/{name}", self.slug)
    }
}

impl Department {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(DEPARTMENTS, &self.id)
    }

    /// The site path of its 公开目录.
    pub fn catalogue_path(&self) -> String {
        below(CATALOGUE, &self.id)
    }
}

impl Topic {
    /// The site path of its page.
    pub fn path(&self) -> String {
        format!("{TOPICS}{}/{}/", self.kind.slug(), self.facts.slug)
    }
}

impl Law {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(LAWS, &self.id)
    }
}

impl SharedMaterial {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(MATERIALS, &self.id)
    }
}

impl Place {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(PLACES, &self.id)
    }
}

impl Bundle {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(BUNDLES, &self.slug)
    }
}

impl Notice {
    /// The site path of its page.
    pub fn path(&self) -> String {
        below(NOTICES, &self.slug)
    }
}

impl Page {
    /// The site path of its page.
    pub fn site_path(&self) -> String {
        below("/", &self.path)
    }
}
