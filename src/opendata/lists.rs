//! The lists of open data: what is published of items, departments, bundles, materials, places and laws.
//!
//! A list has one shape however long it is: what does not stand in this file is in the one `next` names, so
//! that neither the program nor a reader holds ten thousand items at once.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::terms::{
    Applicant, HandlingType, ItemType, LawKind, LawStatus, Level, MaterialKind, MaterialSource, Medium,
};
use crate::opendata::bundle;
use crate::opendata::item::{self, Source};
use crate::opendata::parts::{DayText, FileHead, Hours, Limit, PhoneRecord, Reference, Url, Word, words};
use crate::opendata::record::State;
use crate::plan::{Feed, ITEMS_A_PART, Listed, OpenFile};
use crate::portal::{Department, ItemId, Law, Place, Portal, SharedMaterial};
use crate::schema::item_handling::FeeEntry;
use crate::wording::prose_opt;

/// 一份清单。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct List<T> {
    /// 数据格式的版本。
    schema_version: &'static str,
    // Besides the version, what every file begins with.
    #[serde(flatten)]
    head: FileHead,
    /// 整份清单一共有多少条（各个文件合计）。
    total: usize,
    /// 接着的文件；null 表示没有了。
    next: Option<Url>,
    /// 各条数据。
    entries: Vec<T>,
}

/// 清单里的一个事项。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ItemRow {
    /// 代号，也是网址的一段，发布后不变。
    pub(super) id: String,
    /// 31 位实施编码。
    pub(super) code: Option<String>,
    /// 事项名称。
    pub(super) name: String,
    /// 群众平时的叫法，没有的就是事项名称。
    pub(super) everyday_name: String,
    /// 其他叫法。
    pub(super) aliases: Vec<String>,
    /// 实施主体。
    pub(super) department: Reference,
    /// 事项类型。
    pub(super) item_type: Word<ItemType>,
    /// 办件类型。
    pub(super) handling_type: Option<Word<HandlingType>>,
    /// 服务对象。
    pub(super) applicants: Vec<Word<Applicant>>,
    /// 现在能不能办，见事项数据的 status。
    pub(super) state: State,
    /// 法定办结时限。
    pub(super) statutory: Option<Limit>,
    /// 承诺办结时限。
    pub(super) promised: Option<Limit>,
    /// 收不收费；null 表示待补。
    pub(super) charged: Option<bool>,
    /// 最多到现场几次。
    pub(super) visits: Option<u8>,
    /// 办理地点。
    pub(super) places: Vec<Reference>,
    /// 更新日期。
    pub(super) updated: DayText,
    /// 网页的网址。
    pub(super) url: Url,
    /// 全部要素的数据（JSON）。
    pub(super) data_url: Url,
    /// 按 CPSV-AP 描述的数据（JSON-LD）。
    pub(super) cpsv_url: Url,
    /// 变更订阅（Atom）。
    pub(super) feed_url: Url,
}

/// 一个部门。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DepartmentRow {
    /// 代号，也是网址的一段。
    id: String,
    /// 全称。
    name: String,
    /// 简称。
    short_name: String,
    /// 曾用名。
    former_names: Vec<String>,
    /// 统一社会信用代码。
    credit_code: Option<String>,
    /// 行使层级。
    level: Word<Level>,
    /// 职责。
    duties: Option<String>,
    /// 地址。
    address: Option<String>,
    /// 咨询电话。
    consult_phones: Vec<PhoneRecord>,
    /// 监督投诉电话。
    complaint_phones: Vec<PhoneRecord>,
    /// 部门自己的网站。
    website: Option<Url>,
    /// 网页的网址。
    url: Url,
    /// 变更订阅（Atom）。
    feed_url: Url,
    /// 事项的代号。
    items: Vec<String>,
}

/// 多个事项共用的一种材料。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SharedMaterialRow {
    /// 代号，也是网址的一段。
    id: String,
    /// 规范名称。
    name: String,
    /// 群众的叫法。
    aliases: Vec<String>,
    /// 材料类型。
    kind: Word<MaterialKind>,
    /// 材料形式。
    medium: Option<Word<Medium>>,
    /// 来源渠道。
    source: Option<Word<MaterialSource>>,
    /// 出具单位。
    issuer: Option<String>,
    /// 对应的电子证照的名称。
    electronic: Option<String>,
    /// 没有或丢了怎么办。
    how_to_get: Option<String>,
    /// 办出这份材料的事项，其中一个就行。
    obtained_by: Vec<Reference>,
    /// 说明。
    note: Option<String>,
    /// 网页的网址。
    url: Url,
    /// 用到它的事项的代号。
    items: Vec<String>,
}

/// 一个办事地点。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceRow {
    /// 代号，也是网址的一段。
    id: String,
    /// 名称。
    name: String,
    /// 地址。
    address: String,
    /// 开放时间。
    hours: Vec<Hours>,
    /// 法定节假日办不办公。
    holidays: Option<String>,
    /// 电话。
    phone: Option<PhoneRecord>,
    /// 怎么到。
    transit: Option<String>,
    /// 停车。
    parking: Option<String>,
    /// 无障碍设施。
    accessibility: Option<String>,
    /// 有哪些服务。
    services: Vec<String>,
    /// 说明。
    note: Option<String>,
    /// 网页的网址。
    url: Url,
    /// 在这里办的事项的代号。
    items: Vec<String>,
}

/// 一部法律法规。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LawRow {
    /// 代号，也是网址的一段。
    id: String,
    /// 全称，不带书名号。
    name: String,
    /// 文号。
    number: Option<String>,
    /// 依据类别。
    kind: Word<LawKind>,
    /// 颁布机关。
    issuer: String,
    /// 效力状态。
    status: Word<LawStatus>,
    /// 现行版本的通过或修订日期。
    version: Option<DayText>,
    /// 施行日期。
    effective: Option<DayText>,
    /// 废止日期。
    repealed: Option<DayText>,
    /// 代替它的法律法规。
    replaced_by: Vec<Reference>,
    /// 官方文本的网址。
    source_url: Option<Url>,
    /// 网页的网址。
    url: Url,
    /// 引用它的事项的代号。
    items: Vec<String>,
}

/// A part of a list as JSON.
pub(super) fn list(portal: &Portal, listed: Listed, part: usize) -> Vec<u8> {
    let from = Source { portal };
    match listed {
        Listed::Items => bytes(&items(from, part)),
        Listed::Departments => {
            let rows = portal.departments.iter().enumerate();
            bytes(&whole(from, listed, rows.map(|(n, one)| department(from, n, one)).collect()))
        }
        Listed::Bundles => {
            bytes(&whole(from, listed, portal.bundles.iter().map(|one| bundle::row(from, one)).collect()))
        }
        Listed::Materials => {
            let rows = portal.materials.iter().enumerate();
            bytes(&whole(from, listed, rows.map(|(n, one)| material(from, n, one)).collect()))
        }
        Listed::Places => {
            let rows = portal.places.iter().enumerate();
            bytes(&whole(from, listed, rows.map(|(n, one)| place(from, n, one)).collect()))
        }
        Listed::Laws => {
            let rows = portal.laws.iter().enumerate();
            bytes(&whole(from, listed, rows.map(|(n, one)| law(from, n, one)).collect()))
        }
    }
}

/// A record as JSON, on one line.
pub(super) fn bytes<T: Serialize>(record: &T) -> Vec<u8> {
    // Records are texts, numbers and lists: nothing that JSON cannot hold.
    let mut bytes = serde_json::to_vec(record).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn whole<T>(from: Source<'_>, listed: Listed, entries: Vec<T>) -> List<T> {
    List {
        schema_version: item::VERSION,
        head: from.head(OpenFile::ListSchema(listed)),
        total: entries.len(),
        next: None,
        entries,
    }
}

fn items(from: Source<'_>, part: usize) -> List<ItemRow> {
    let portal = from.portal;
    let of_part = portal.item_ids().skip((part - 1) * ITEMS_A_PART).take(ITEMS_A_PART);
    let mut list = whole(from, Listed::Items, of_part.map(|(id, _)| item_row(portal, id)).collect());
    list.total = portal.items.len();
    let has_next = part < Listed::Items.parts(portal);
    list.next = has_next.then(|| from.url(&OpenFile::List(Listed::Items, part + 1).path(portal)));
    list
}

/// The row of an item, also in the table.
pub(super) fn item_row(portal: &Portal, id: ItemId) -> ItemRow {
    let from = Source { portal };
    let item = portal.item(id);
    let facts = &item.facts;
    ItemRow {
        id: item.slug.clone(),
        code: facts.task_code.told().map(ToString::to_string),
        name: facts.name.clone(),
        everyday_name: item.everyday_name().to_owned(),
        aliases: facts.aliases.clone(),
        department: from.department(item.department),
        item_type: Word(facts.item_type),
        handling_type: facts.handling_type.get().map(Word),
        applicants: words(&facts.applicants),
        state: item::state(item),
        statutory: facts.limits.legal.get().map(Into::into),
        promised: facts.limits.promised.get().map(Into::into),
        charged: match &facts.fees {
            FeeEntry::Free(_) => Some(false),
            FeeEntry::List(list) => Some(!list.is_empty()),
            FeeEntry::NotYet(_) => None,
        },
        visits: facts.visits.get().map(|visits| visits.count()),
        places: item.places.iter().map(|used| from.place(used.place)).collect(),
        updated: DayText(facts.updated.date()),
        url: from.url(&item.path()),
        data_url: from.url(&OpenFile::Item(id).path(portal)),
        cpsv_url: from.url(&OpenFile::ItemCpsv(id).path(portal)),
        feed_url: from.url(&Feed::Item(id).path(portal)),
    }
}

fn slugs(portal: &Portal, ids: &[ItemId]) -> Vec<String> {
    ids.iter().map(|id| portal.item(*id).slug.clone()).collect()
}

fn department(from: Source<'_>, position: usize, one: &Department) -> DepartmentRow {
    let facts = &one.facts;
    let path = one.path();
    DepartmentRow {
        id: one.id.clone(),
        name: facts.name.clone(),
        short_name: facts.short_name.clone(),
        former_names: facts.former_names.clone(),
        credit_code: facts.credit_code.told().map(ToString::to_string),
        level: Word(facts.level),
        duties: prose_opt(facts.duties.told()),
        address: facts.address.clone(),
        consult_phones: facts.consult_phones.iter().map(PhoneRecord::from).collect(),
        complaint_phones: facts.complaint_phones.iter().map(PhoneRecord::from).collect(),
        website: facts.url.as_ref().map(|url| Url(url.to_string())),
        feed_url: from.url(&format!("{path}feed.xml")),
        url: from.url(&path),
        items: slugs(from.portal, &from.portal.indexes.by_department[position]),
    }
}

fn material(from: Source<'_>, position: usize, one: &SharedMaterial) -> SharedMaterialRow {
    let (portal, facts) = (from.portal, &one.facts);
    SharedMaterialRow {
        id: one.id.clone(),
        name: facts.name.clone(),
        aliases: facts.aliases.clone(),
        kind: Word(facts.kind),
        medium: facts.medium.map(Word),
        source: facts.source.map(Word),
        issuer: facts.issuer.clone(),
        electronic: facts.electronic.as_ref().map(|one| one.name.clone()),
        how_to_get: prose_opt(facts.how_to_get.as_ref()),
        obtained_by: portal.obtained_by(one).map(|id| from.item(id)).collect(),
        note: prose_opt(facts.note.as_ref()),
        url: from.url(&one.path()),
        items: slugs(portal, &portal.indexes.by_material[position]),
    }
}

fn place(from: Source<'_>, position: usize, one: &Place) -> PlaceRow {
    let (portal, facts) = (from.portal, &one.facts);
    PlaceRow {
        id: one.id.clone(),
        name: facts.name.clone(),
        address: facts.address.clone(),
        hours: facts.hours.iter().map(Hours::from).collect(),
        holidays: prose_opt(facts.holidays.told()),
        phone: facts.phone.told().map(PhoneRecord::from),
        transit: prose_opt(facts.transit.as_ref()),
        parking: prose_opt(facts.parking.as_ref()),
        accessibility: prose_opt(facts.accessibility.as_ref()),
        services: facts.services.clone(),
        note: prose_opt(facts.note.as_ref()),
        url: from.url(&one.path()),
        items: slugs(portal, &portal.indexes.by_place[position]),
    }
}

fn law(from: Source<'_>, position: usize, one: &Law) -> LawRow {
    let (portal, facts) = (from.portal, &one.facts);
    let day = |day: Option<crate::model::value::Day>| day.map(|day| DayText(day.date()));
    LawRow {
        id: one.id.clone(),
        name: facts.name.clone(),
        number: facts.number.clone(),
        kind: Word(facts.kind),
        issuer: facts.issuer.clone(),
        status: Word(facts.status),
        version: day(facts.version),
        effective: day(facts.effective),
        repealed: day(facts.repealed),
        replaced_by: one.replaced_by.iter().map(|id| from.law(*id)).collect(),
        source_url: facts.url.as_ref().map(|url| Url(url.to_string())),
        url: from.url(&one.path()),
        items: slugs(portal, &portal.indexes.by_law[position]),
    }
}
