//! The files of open data: which there are and where.

use crate::portal::{ItemId, Portal, paths};

/// How many items a part of the list of items has: what is in memory at once.
pub const ITEMS_A_PART: usize = 1000;

/// A file of open data (开放数据), by what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenFile {
    /// Every public fact of an item.
    Item(ItemId),
    /// An item as CPSV-AP describes public services.
    ItemCpsv(ItemId),
    /// The JSON Schema of an item.
    ItemSchema,
    /// A part of a list; parts count from 1.
    List(Listed, usize),
    /// The JSON Schema of a list.
    ListSchema(Listed),
    /// The figures of 效能公开.
    Performance,
    /// The JSON Schema of these figures.
    PerformanceSchema,
    /// All items as a table.
    ItemsCsv,
    /// What data there is, as DCAT describes it.
    Catalogue,
    /// A part of a site map that is too large for one file; parts count from 1.
    SitemapPart(usize),
    /// How browsers search the site.
    OpenSearch,
    /// Whom to tell of a weakness.
    Security,
}

/// What lists are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    /// All items.
    Items,
    /// All departments.
    Departments,
    /// All bundles.
    Bundles,
    /// All shared materials.
    Materials,
    /// All places.
    Places,
    /// All laws.
    Laws,
}

impl Listed {
    /// All lists in the order they are documented.
    pub const ALL: [Listed; 6] =
        [Listed::Items, Listed::Departments, Listed::Bundles, Listed::Materials, Listed::Places, Listed::Laws];

    /// The name of its file.
    pub fn id(self) -> &'static str {
        match self {
            Listed::Items => "items",
            Listed::Departments => "departments",
            Listed::Bundles => "bundles",
            Listed::Materials => "materials",
            Listed::Places => "places",
            Listed::Laws => "laws",
        }
    }

    /// How many parts it has: only the list of items can be long.
    pub fn parts(self, portal: &Portal) -> usize {
        match self {
            Listed::Items => portal.items.len().div_ceil(ITEMS_A_PART).max(1),
            _ => 1,
        }
    }
}

impl OpenFile {
    /// Its site path.
    pub fn path(self, portal: &Portal) -> String {
        match self {
            OpenFile::Item(id) => format!("{}index.json", portal.item(id).path()),
            OpenFile::ItemCpsv(id) => format!("{}cpsv.jsonld", portal.item(id).path()),
            OpenFile::ItemSchema => "/data/schema/item.json".to_owned(),
            OpenFile::List(list, 1) => format!("{}{}.json", paths::DATA, list.id()),
            OpenFile::List(list, part) => format!("{}{}-{part}.json", paths::DATA, list.id()),
            OpenFile::ListSchema(list) => format!("{}schema/{}.json", paths::DATA, list.id()),
            OpenFile::Performance => "/data/performance.json".to_owned(),
            OpenFile::PerformanceSchema => "/data/schema/performance.json".to_owned(),
            OpenFile::ItemsCsv => "/data/items.csv".to_owned(),
            OpenFile::Catalogue => "/data/catalogue.jsonld".to_owned(),
            OpenFile::SitemapPart(part) => format!("/sitemap-{part}.xml"),
            OpenFile::OpenSearch => "/opensearch.xml".to_owned(),
            OpenFile::Security => "/.well-known/security.txt".to_owned(),
        }
    }

    /// The files that are about more than one item.
    pub fn shared(portal: &Portal) -> Vec<OpenFile> {
        let mut files = vec![
            OpenFile::ItemSchema,
            OpenFile::Performance,
            OpenFile::PerformanceSchema,
            OpenFile::ItemsCsv,
            OpenFile::Catalogue,
            OpenFile::OpenSearch,
        ];
        for list in Listed::ALL {
            files.extend((1..=list.parts(portal)).map(|part| OpenFile::List(list, part)));
            files.push(OpenFile::ListSchema(list));
        }
        files.extend(portal.site.security.as_ref().map(|_| OpenFile::Security));
        files
    }
}
