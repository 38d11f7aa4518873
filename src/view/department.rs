//! Departments: what they do, promise, and handle.

use serde::Serialize;

use crate::model::terms::Term;
use crate::plan::Feed;
use crate::plan::sheets::booklet_path;
use crate::portal::{Department, DepartmentId, ItemId, paths};
use crate::schema::department::{LitigationEntry, ReviewEntry};
use crate::view::page::{Head, View};
use crate::view::parts::phones;
use crate::view::{ItemRow, Link, Pagination, PhoneView, PlaceRow, Remedy, Scene};
use crate::wording::{prose, prose_opt};

/// Items under a name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ItemGroup {
    pub(super) name: Option<String>,
    pub(super) items: Vec<ItemRow>,
}

/// A department's page.
#[derive(Debug, Clone, Serialize)]
pub struct DepartmentView {
    name: String,
    short_name: String,
    url: String,
    level: &'static str,
    credit_code: Option<String>,
    website: Option<String>,
    duties: Option<String>,
    first_responsible: Option<String>,
    commitments: Vec<String>,
    brand: Option<BrandView>,
    phones: Vec<PhoneView>,
    complaint_phones: Vec<PhoneView>,
    links: Vec<Link>,
    remedies: Vec<Remedy>,
    places: Vec<PlaceRow>,
    total_text: String,
    catalogue_url: Option<String>,
    booklet_url: Option<String>,
    groups: Vec<ItemGroup>,
    pagination: Option<Pagination>,
    updated_on: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct BrandView {
    name: String,
    idea: String,
    practices: Vec<String>,
}

/// The list of departments.
#[derive(Debug, Clone, Serialize)]
pub struct DepartmentList {
    intro: Option<String>,
    total_text: String,
    groups: Vec<DepartmentGroup>,
}

#[derive(Debug, Clone, Serialize)]
struct DepartmentGroup {
    name: Option<String>,
    rows: Vec<DepartmentRow>,
}

/// A department in a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DepartmentRow {
    name: String,
    short_name: String,
    url: String,
    count_text: String,
    summary: Option<String>,
    phones: Vec<PhoneView>,
}

impl Scene<'_> {
    pub(super) fn department(&self, id: DepartmentId, number: usize) -> (Head, View) {
        let department = self.portal.department(id);
        let facts = &department.facts;
        let path = department.path();
        let (open, closed): (Vec<ItemId>, Vec<ItemId>) = self.portal.indexes.by_department[id.index()]
            .iter()
            .partition(|item| self.portal.item(**item).status.is_open());
        let total_text = match closed.len() {
            0 => format!("{}个事项", open.len()),
            closed => format!("{}个事项能办，另有{closed}个暂停或者取消了，排在最后", open.len()),
        };
        // What can be applied for stands before what cannot.
        let items: Vec<ItemId> = open.into_iter().chain(closed).collect();
        let slice = self.slice(&items, &path, number);
        let mut head = Head::new(
            "department",
            &path,
            &facts.name,
            facts.duties.told().map(|text| prose(text)).unwrap_or_default().chars().take(150).collect(),
        )
        .above(&[("找部门", paths::DEPARTMENTS)])
        .nav("departments")
        .column("找部门", "机构职能")
        .number(number);
        head.updated_on = None;
        head.feed = Some(Feed::Department(id));
        let catalogue = department.catalogue_path();
        let booklet = booklet_path(self.portal, id);
        let entries = self.portal.site.entries.as_ref().and_then(|entries| entries.consult.as_ref());
        let view = DepartmentView {
            name: facts.name.clone(),
            short_name: facts.short_name.clone(),
            url: self.url(&path),
            level: facts.level.name(),
            credit_code: facts.credit_code.told().map(ToString::to_string),
            website: facts.url.as_ref().map(ToString::to_string),
            duties: prose_opt(facts.duties.told()),
            first_responsible: prose_opt(facts.first_contact.as_ref()),
            commitments: facts.promises.iter().map(|text| prose(text)).collect(),
            brand: facts.brand.as_ref().map(|brand| BrandView {
                name: brand.name.clone(),
                idea: prose(&brand.idea),
                practices: brand.practices.iter().map(|text| prose(text)).collect(),
            }),
            phones: phones(&facts.consult_phones, Some("咨询电话")),
            complaint_phones: phones(&facts.complaint_phones, Some("监督电话")),
            links: entries.iter().map(|url| Link { name: "网上咨询".into(), url: url.to_string() }).collect(),
            remedies: self.department_remedies(department),
            places: department.default_place.iter().map(|id| self.place_row(self.portal.place(*id))).collect(),
            total_text,
            catalogue_url: self.plan.find(&catalogue).map(|_| self.url(&catalogue)),
            booklet_url: self.plan.find(&booklet).map(|_| self.url(&booklet)),
            groups: self.by_type(slice.entries),
            pagination: slice.pagination,
            updated_on: None,
        };
        (head, View::Department { department: view })
    }

    fn department_remedies(&self, department: &Department) -> Vec<Remedy> {
        let review = match &department.facts.review {
            Some(ReviewEntry::Review(review)) => Some(review),
            _ => None,
        };
        let litigation = match &department.facts.litigation {
            Some(LitigationEntry::Litigation(litigation)) => Some(litigation),
            _ => None,
        };
        self.remedies(review, litigation)
    }

    /// Items grouped by 事项类型, in the order of the first of each type.
    pub(super) fn by_type(&self, ids: &[ItemId]) -> Vec<ItemGroup> {
        let mut groups: Vec<ItemGroup> = Vec::new();
        for id in ids {
            let name = self.portal.item(*id).facts.item_type.name();
            let row = self.item_row(*id);
            match groups.iter_mut().find(|group| group.name.as_deref() == Some(name)) {
                Some(group) => group.items.push(row),
                None => groups.push(ItemGroup { name: Some(name.to_owned()), items: vec![row] }),
            }
        }
        if groups.len() == 1 {
            groups[0].name = None;
        }
        groups
    }

    pub(super) fn departments(&self) -> (Head, View) {
        let rows = self.department_rows();
        let description = format!("{}各部门的职责、服务承诺、咨询电话和能办的事项。", self.portal.site.area);
        let head = Head::new("departments", paths::DEPARTMENTS, "找部门", description)
            .nav("departments")
            .column("找部门", "机构职能");
        let list = DepartmentList {
            intro: Some("找不到该问谁，先问哪个部门都行：第一位接待您的人负责帮您问到底。".into()),
            total_text: format!("共{}个部门", rows.len()),
            groups: vec![DepartmentGroup { name: None, rows }],
        };
        (head, View::Departments { list })
    }

    /// All departments as rows.
    fn department_rows(&self) -> Vec<DepartmentRow> {
        self.portal
            .department_ids()
            .map(|(id, department)| DepartmentRow {
                name: department.facts.name.clone(),
                short_name: department.facts.short_name.clone(),
                url: self.url(&department.path()),
                count_text: format!("{}项", self.portal.indexes.by_department[id.index()].len()),
                summary: prose_opt(department.facts.duties.told()),
                phones: phones(&department.facts.consult_phones, None),
            })
            .collect()
    }

    /// All departments by name and number of items only.
    pub(super) fn department_names(&self) -> Vec<DepartmentRow> {
        let mut rows = self.department_rows();
        for row in &mut rows {
            row.summary = None;
            row.phones.clear();
        }
        rows
    }
}
