//! One item (事项), resolved: every reference followed, everything inherited.

use std::sync::Arc;

use jiff::civil::Date;

use crate::markdown::Rendered;
use crate::model::terms::{Level, MaterialKind, MaterialSource, Medium};
use crate::model::value::{OpeningHours, Phone};
use crate::portal::{BundleId, DepartmentId, ItemId, LawId, MaterialId, PlaceId, TopicId};
use crate::schema;
use crate::schema::department::{Litigation, Review};
use crate::source::FileId;

/// Whether the public can use an item on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemStatus {
    /// 在用.
    Active,
    /// 在用, and will end on this day (计划取消日期).
    Ending(Date),
    /// 暂停.
    Paused,
    /// 取消: it has ended.
    Cancelled,
    /// Not yet in force; only a build with drafts shows it.
    Coming(Date),
    /// Not approved; only a build with drafts shows it.
    Draft,
}

impl ItemStatus {
    /// Whether one can apply today.
    pub fn is_open(self) -> bool {
        matches!(self, ItemStatus::Active | ItemStatus::Ending(_))
    }
}

/// An item with its references followed.
#[derive(Debug)]
pub struct Item {
    /// Its folder's name, which is its address.
    pub slug: String,
    /// The file.
    pub file: FileId,
    /// What it says, as written; what is inherited stands beside it.
    pub facts: Arc<schema::Item>,
    /// The department that is responsible.
    pub department: DepartmentId,
    /// Its status on the day of the build.
    pub status: ItemStatus,
    /// 行使层级, its own or the department's.
    pub level: Level,
    /// 办理依据.
    pub basis: Vec<BasisUse>,
    /// 申请材料.
    pub materials: Vec<Material>,
    /// 办理地点, its own or the department's default.
    pub places: Vec<PlaceUse>,
    /// 咨询电话, its own or the department's.
    pub consult_phones: Vec<Phone>,
    /// 监督电话, its own or the department's.
    pub complaint_phones: Vec<Phone>,
    /// 行政复议, its own or the department's; none where it does not apply.
    pub review: Option<Review>,
    /// 行政诉讼, its own or the department's; none where it does not apply.
    pub litigation: Option<Litigation>,
    /// 主题 of all kinds.
    pub topics: Vec<TopicId>,
    /// 相关事项 in this build.
    pub related: Vec<ItemId>,
    /// 接替事项.
    pub successor: Option<ItemId>,
    /// 一件事 it belongs to.
    pub bundles: Vec<BundleId>,
    /// The prose of `guide.md`.
    pub guide: Option<Arc<Rendered>>,
    /// The file of that prose.
    pub guide_file: Option<FileId>,
    /// The files of its folder.
    pub files: Vec<ResolvedFile>,
}

/// A law cited by an item.
#[derive(Debug, Clone)]
pub struct BasisUse {
    /// The law.
    pub law: LawId,
    /// The text of the clause, from the law's file or the item.
    pub quote: Option<String>,
    /// The position in 办理依据.
    pub position: usize,
}

/// A material of an item; what a shared material states is filled in.
#[derive(Debug, Clone)]
pub struct Material {
    /// The shared material, if it refers to one.
    pub shared: Option<MaterialId>,
    /// The position in 申请材料.
    pub position: usize,
    /// The facts after filling in.
    pub facts: MaterialFacts,
}

/// What is known of a material after the shared one is filled in.
#[derive(Debug, Clone)]
pub struct MaterialFacts {
    /// 材料名称.
    pub name: String,
    /// 材料类型; none while it is 待补.
    pub kind: Option<MaterialKind>,
    /// 材料形式.
    pub medium: Medium,
    /// 来源渠道; none while it is 待补.
    pub source: Option<MaterialSource>,
    /// 出具单位.
    pub issuer: Option<String>,
    /// The electronic certificate that stands for it.
    pub electronic: Option<String>,
    /// Why it need not be handed in.
    pub exemption: Option<String>,
    /// What else is to be said.
    pub note: Option<String>,
}

/// A place where an item is handled.
#[derive(Debug, Clone)]
pub struct PlaceUse {
    /// The place.
    pub place: PlaceId,
    /// 窗口.
    pub window: Option<String>,
    /// Hours, its own or the place's.
    pub hours: Vec<OpeningHours>,
    /// Phone, its own or the place's; none while it is 待补.
    pub phone: Option<Phone>,
    /// What else is to be said.
    pub note: Option<String>,
}

/// A file of an item's folder that pages may link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedFile {
    /// The path in the item's folder, as editors write it: `files/a.docx`.
    pub name: String,
    /// The path in the source tree.
    pub source: String,
    /// Its size in bytes.
    pub size: u64,
}

impl Item {
    /// The name a citizen knows: 通俗名, else 事项名称.
    pub fn everyday_name(&self) -> &str {
        self.facts.everyday_name.as_deref().unwrap_or(&self.facts.name)
    }

    /// The code it is known by: 业务办理项编码, else 实施编码; none while that is 待补.
    pub fn code(&self) -> Option<String> {
        let whole = self.facts.handle_item_code.as_ref().map(ToString::to_string);
        whole.or_else(|| self.facts.task_code.told().map(ToString::to_string))
    }

    /// The file of its folder with this name.
    pub fn file(&self, name: &str) -> Option<&ResolvedFile> {
        self.files.iter().find(|file| file.name == name)
    }
}
