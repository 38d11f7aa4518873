//! The resolve stage: documents become one immutable [`Portal`].
//!
//! Here ids are issued, references followed, and what a department or a place
//! states is inherited by its items. Nothing changes afterwards: later stages
//! share the portal by reference.

mod build;
mod cases;
mod ids;
mod index;
mod item;
mod item_resolve;
mod lookup;
pub mod paths;
mod references;
mod resolved;
mod situations;
mod unread;

pub(crate) use build::base;
pub use build::{ResolveOptions, resolve};
pub(crate) use cases::has_same_cases;
pub use cases::{Answered, Case, CaseId, MOST_RESULTS, promised, result_count, special_limit};
pub use ids::{BundleId, DepartmentId, ItemId, LawId, MaterialId, PlaceId, TopicId};
pub use index::Indexes;
pub use item::{BasisUse, Item, ItemStatus, Material, MaterialFacts, PlaceUse, ResolvedFile};
pub(crate) use item_resolve::article_text;
pub use lookup::Lookup;
pub use resolved::Resolved;
pub use situations::{Way, meets, ways};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::markdown::Rendered;
use crate::model::terms::NoticeKind;
use crate::model::value::Calendar;
use crate::schema;
use crate::source::FileId;

/// The whole portal, resolved.
#[derive(Debug)]
pub struct Portal {
    /// The settings.
    pub site: Arc<schema::SiteFile>,
    /// The file of the settings.
    pub site_file: FileId,
    /// What every address begins with: `/`, or `/zwfw/` under a sub-path.
    pub base_path: String,
    /// The address of the site without a slash at its end: `https://host/zwfw`.
    pub base_url: String,
    /// The day the site is made for.
    pub as_of: Date,
    /// Holidays and make-up working days.
    pub calendar: Calendar,
    /// What `calendar.yaml` says: the same days with their names and notices.
    pub calendar_file: Arc<schema::CalendarFile>,
    /// The topics of all kinds, in the order of `topics.yaml`.
    pub topics: Vec<Topic>,
    /// The laws, by id.
    pub laws: Vec<Law>,
    /// The shared materials, by id.
    pub materials: Vec<SharedMaterial>,
    /// The places, in display order.
    pub places: Vec<Place>,
    /// The departments, in display order.
    pub departments: Vec<Department>,
    /// The items of this build, by slug.
    pub items: Vec<Arc<Item>>,
    /// The bundles of this build, by slug.
    pub bundles: Vec<Bundle>,
    /// The notices of this build, newest first.
    pub notices: Vec<Notice>,
    /// The 政务公开 pages and others, by path.
    pub pages: Vec<Page>,
    /// Everyday words for search.
    pub synonyms: Arc<schema::SynonymsFile>,
    /// Addresses that moved, with the file they are in.
    pub redirects: Vec<schema::portal_tables::Redirect>,
    /// The file of the redirects.
    pub redirects_file: Option<FileId>,
    /// What was published last.
    pub release: Release,
    /// Findings and review classes that are allowed.
    pub exceptions: Arc<schema::ExceptionsFile>,
    /// Files copied as they are: address below the site → path in the tree.
    pub static_files: BTreeMap<String, String>,
    /// Items by department, law, material, place and topic.
    pub indexes: Arc<Indexes>,
    /// Stands for everything the portal was made from but the texts of the
    /// items: two portals with one `around` differ in their items at most.
    pub around: u128,
    /// The same without the settings of the site.
    pub around_but_site: u128,
}

/// What was published last (上一次发布), and whether it binds this portal.
#[derive(Debug)]
pub struct Release {
    /// Every address of it.
    pub lock: Arc<schema::UrlsLock>,
    /// The file of these addresses.
    pub file: Option<FileId>,
    /// Whether each of them must be there still: this is the public site, not of a day before
    /// the release, and every file could be read.
    pub binds: bool,
    /// The files of the items that are there but not for the public, by slug.
    pub withheld: BTreeMap<String, FileId>,
    /// What addresses begin with that have no page only because a file could not be read.
    pub unread: Vec<String>,
}

impl Release {
    /// Whether an address has no page only because a file could not be read.
    pub fn is_unread(&self, path: &str) -> bool {
        self.unread.iter().any(|start| path.starts_with(start))
    }
}

/// Which tree of topics a topic belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TopicKind {
    /// 面向自然人的主题分类.
    Person,
    /// 面向法人的主题分类.
    Legal,
    /// 生命周期.
    Life,
    /// 特定对象.
    Group,
}

impl TopicKind {
    /// All kinds in the order they are shown.
    pub const ALL: [TopicKind; 4] = [TopicKind::Person, TopicKind::Legal, TopicKind::Life, TopicKind::Group];

    /// The part of the address.
    pub fn slug(self) -> &'static str {
        match self {
            TopicKind::Person => "person",
            TopicKind::Legal => "legal",
            TopicKind::Life => "life",
            TopicKind::Group => "group",
        }
    }

    /// What the kind is called on pages.
    pub fn name(self) -> &'static str {
        match self {
            TopicKind::Person => "个人办事主题",
            TopicKind::Legal => "企业和单位办事主题",
            TopicKind::Life => "人生和企业的各个阶段",
            TopicKind::Group => "特定人群",
        }
    }

    /// The key of `topics.yaml` and of an item's 主题.
    pub fn key(self) -> &'static str {
        match self {
            TopicKind::Person => "个人",
            TopicKind::Legal => "法人",
            TopicKind::Life => "生命周期",
            TopicKind::Group => "特定对象",
        }
    }
}

/// A topic (主题), life stage or group.
#[derive(Debug)]
pub struct Topic {
    /// Which tree it belongs to.
    pub kind: TopicKind,
    /// What `topics.yaml` says.
    pub facts: schema::portal_tables::Topic,
}

/// A law (法律法规).
#[derive(Debug)]
pub struct Law {
    /// Its file's name.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// What it says.
    pub facts: Arc<schema::Law>,
    /// The laws that replace it.
    pub replaced_by: Vec<LawId>,
}

/// A material that many items share.
#[derive(Debug)]
pub struct SharedMaterial {
    /// Its file's name.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// What it says.
    pub facts: Arc<schema::SharedMaterial>,
}

/// A place (办事地点).
#[derive(Debug)]
pub struct Place {
    /// Its file's name.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// What it says.
    pub facts: Arc<schema::Place>,
}

/// A department (部门).
#[derive(Debug)]
pub struct Department {
    /// Its folder's name.
    pub id: String,
    /// The file.
    pub file: FileId,
    /// What it says.
    pub facts: Arc<schema::Department>,
    /// Where its items are handled unless they say otherwise.
    pub default_place: Option<PlaceId>,
}

/// A bundle (一件事).
#[derive(Debug)]
pub struct Bundle {
    /// Its folder's name.
    pub slug: String,
    /// The file.
    pub file: FileId,
    /// What it says.
    pub facts: Arc<schema::Bundle>,
    /// Its items that are in this build: the position in 事项, and the item.
    pub items: Vec<(usize, ItemId)>,
    /// The place of its 一窗受理.
    pub window: Option<PlaceId>,
}

/// A temporary notice (通知).
#[derive(Debug)]
pub struct Notice {
    /// The file's name without its ending.
    pub slug: String,
    /// The file.
    pub file: FileId,
    /// Its head.
    pub head: Arc<schema::NoticeHead>,
    /// Its text.
    pub text: Arc<Rendered>,
    /// Whether it is shown on the day of the build; a past one is kept in the list.
    pub is_current: bool,
    /// The departments it is about.
    pub departments: Vec<DepartmentId>,
    /// The places it is about.
    pub places: Vec<PlaceId>,
    /// The items it is about.
    pub items: Vec<ItemId>,
}

impl Notice {
    /// What kind of notice it is.
    pub fn kind(&self) -> NoticeKind {
        self.head.kind
    }
}

/// A Markdown page (政务公开, help, statements).
#[derive(Debug)]
pub struct Page {
    /// Its path: `openness/guide`.
    pub path: String,
    /// The file.
    pub file: FileId,
    /// Its head.
    pub head: Arc<schema::PageHead>,
    /// Its text.
    pub text: Arc<Rendered>,
}

impl Portal {
    /// The item with this id.
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.index()]
    }

    /// The law with this id.
    pub fn law(&self, id: LawId) -> &Law {
        &self.laws[id.index()]
    }

    /// The department with this id.
    pub fn department(&self, id: DepartmentId) -> &Department {
        &self.departments[id.index()]
    }

    /// The place with this id.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.index()]
    }

    /// The shared material with this id.
    pub fn material(&self, id: MaterialId) -> &SharedMaterial {
        &self.materials[id.index()]
    }

    /// The topic with this id.
    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.topics[id.index()]
    }

    /// The item of this build with this slug.
    pub fn item_named(&self, slug: &str) -> Option<ItemId> {
        self.items.binary_search_by(|item| item.slug.as_str().cmp(slug)).ok().map(ItemId::issue)
    }

    /// The items of this build that issue a shared material (办理事项); one of them is enough.
    pub fn obtained_by<'p>(&'p self, material: &'p SharedMaterial) -> impl Iterator<Item = ItemId> + 'p {
        let named = material.facts.obtained_by.as_ref().map_or(&[][..], |by| by.as_slice());
        named.iter().filter_map(|slug| self.item_named(slug.as_str()))
    }

    /// The window that is asked about among the hours of a place; hours that the item gives itself are those of its window.
    pub fn asked_window<'u>(&self, used: &'u PlaceUse) -> Option<&'u str> {
        used.window.as_deref().filter(|_| used.hours[..] == self.place(used.place).facts.hours[..])
    }

    /// The law whose file has this name.
    pub fn law_named(&self, id: &str) -> Option<LawId> {
        self.laws.binary_search_by(|law| law.id.as_str().cmp(id)).ok().map(LawId::issue)
    }

    /// The site address of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}", self.base_path, path.trim_start_matches('/'))
    }

    /// The full web address of a path that begins with a slash.
    pub fn absolute_url(&self, path: &str) -> String {
        format!("{}{}", self.base_url, path)
    }
}

macro_rules! id_iterators {
    ($($(#[$meta:meta])* $name:ident $list:ident $id:ident $type:ty),+ $(,)?) => {
        impl Portal {
            $(
                $(#[$meta])*
                pub fn $name(&self) -> impl Iterator<Item = ($id, &$type)> {
                    self.$list.iter().enumerate().map(|(n, one)| ($id::issue(n), one))
                }
            )+
        }
    };
}

id_iterators!(
    /// All items with their ids.
    item_ids items ItemId Arc<Item>,
    /// All laws with their ids.
    law_ids laws LawId Law,
    /// All shared materials with their ids.
    material_ids materials MaterialId SharedMaterial,
    /// All places with their ids.
    place_ids places PlaceId Place,
    /// All departments with their ids.
    department_ids departments DepartmentId Department,
    /// All topics with their ids.
    topic_ids topics TopicId Topic,
    /// All bundles with their ids.
    bundle_ids bundles BundleId Bundle,
);
