//! Places, laws and shared materials, with the items that belong to them.

use serde::Serialize;

use crate::model::terms::{LawKind, LawStatus, Term};
use crate::portal::{Law, LawId, MaterialId, PlaceId, paths};
use crate::view::department::ItemGroup;
use crate::view::page::{Head, View};
use crate::view::{FileView, ItemRow, LabelValue, Link, NoticeRow, Pagination, PlaceRow, Scene};
use crate::wording::{prose, prose_opt};

/// A place's page.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    #[serde(flatten)]
    row: PlaceRow,
    parking: Option<String>,
    services: Vec<String>,
    floors: Vec<LabelValue>,
    notices: Vec<NoticeRow>,
    departments: Vec<Link>,
    groups: Vec<ItemGroup>,
    total_text: String,
    pagination: Option<Pagination>,
}

/// All places.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceList {
    intro: Option<String>,
    total_text: String,
    groups: Vec<PlaceGroup>,
}

#[derive(Debug, Clone, Serialize)]
struct PlaceGroup {
    name: Option<String>,
    rows: Vec<PlaceRow>,
}

/// A law's page.
#[derive(Debug, Clone, Serialize)]
pub struct LawView {
    title: String,
    category: &'static str,
    issuer: Option<String>,
    doc_number: Option<String>,
    version: Option<String>,
    effective_on: Option<String>,
    status: LawStatusView,
    replaced_by: Option<Link>,
    source_url: Option<String>,
    articles: Vec<ArticleOfLaw>,
    citations: Vec<CitationView>,
    total_text: String,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct LawStatusView {
    id: &'static str,
    text: &'static str,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ArticleOfLaw {
    anchor: String,
    number: String,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct CitationView {
    item: Link,
    article: String,
    role: String,
}

/// All laws.
#[derive(Debug, Clone, Serialize)]
pub struct LawList {
    intro: Option<String>,
    total_text: String,
    groups: Vec<LawGroup>,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct LawGroup {
    name: &'static str,
    rows: Vec<LawRow>,
}

#[derive(Debug, Clone, Serialize)]
struct LawRow {
    title: String,
    url: String,
    doc_number: Option<String>,
    version: Option<String>,
    issuer: Option<String>,
    status: LawStatusView,
    count_text: String,
}

/// A shared material's page.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialView {
    name: String,
    kind: &'static str,
    issuer: Option<String>,
    description: Option<String>,
    electronic: Option<String>,
    exempt: Option<String>,
    obtain: Vec<Link>,
    files: Vec<FileView>,
    items: Vec<ItemRow>,
    total_text: String,
    pagination: Option<Pagination>,
}

/// All shared materials.
#[derive(Debug, Clone, Serialize)]
pub struct MaterialList {
    intro: Option<String>,
    total_text: String,
    rows: Vec<MaterialLine>,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct MaterialLine {
    name: String,
    url: String,
    kind: &'static str,
    issuer: Option<String>,
    electronic: bool,
    count_text: String,
}

fn status(law: &Law) -> LawStatusView {
    let note = prose_opt(law.facts.note.as_ref());
    match law.facts.status {
        LawStatus::InForce => LawStatusView { id: "active", text: "现行有效", note },
        LawStatus::Amended => LawStatusView { id: "amended", text: "已修改", note },
        LawStatus::Repealed => {
            let since = law.facts.repealed.as_ref().map(|day| format!("{}起废止。", day.chinese()));
            let note = match (since, note) {
                (Some(since), Some(note)) => Some(format!("{since}{note}")),
                (since, note) => since.or(note),
            };
            LawStatusView { id: "repealed", text: "已废止", note }
        }
        LawStatus::Pending => LawStatusView { id: "pending", text: "尚未施行", note },
    }
}

impl Scene<'_> {
    pub(super) fn place(&self, id: PlaceId, number: usize) -> (Head, View) {
        let place = self.portal.place(id);
        let facts = &place.facts;
        let path = place.path();
        let ids = &self.portal.indexes.by_place[id.index()];
        let slice = self.slice(ids, &path, number);
        let mut departments: Vec<_> = ids.iter().map(|item| self.portal.item(*item).department).collect();
        departments.sort();
        departments.dedup();
        let hours = facts.hours.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
        let hours = if hours.is_empty() { hours } else { format!("，{hours}") };
        let phone = facts.phone.told().map(|phone| format!("，电话{phone}")).unwrap_or_default();
        let head = Head::new(
            "place",
            &path,
            &facts.name,
            format!("{}：{}{hours}{phone}，能办{}个事项。", facts.name, facts.address, ids.len()),
        )
        .above(&[("去哪办", paths::PLACES)])
        .nav("places")
        .number(number);
        let notices = self.portal.notices.iter().filter(|one| one.is_current && one.places.contains(&id));
        let view = PlaceView {
            row: PlaceRow { visit: self.visit(id, &facts.hours, None, None), ..self.place_row(place) },
            parking: prose_opt(facts.parking.as_ref()),
            services: facts.services.clone(),
            floors: facts
                .floors
                .iter()
                .map(|floor| LabelValue { label: floor.name.clone(), value: floor.windows.join("、") })
                .collect(),
            notices: notices.map(|one| self.notice_row(one)).collect(),
            departments: departments.into_iter().map(|id| self.department_link(id)).collect(),
            groups: self.by_type(slice.entries),
            total_text: format!("{}个事项", ids.len()),
            pagination: slice.pagination,
        };
        (head, View::Place { place: view })
    }

    pub(super) fn places(&self) -> (Head, View) {
        let rows: Vec<PlaceRow> = self.portal.places.iter().map(|place| self.place_row(place)).collect();
        let head = Head::new(
            "places",
            paths::PLACES,
            "去哪办",
            format!("{}办事大厅的地址、开放时间、电话和交通。", self.portal.site.area),
        )
        .nav("places");
        let list = PlaceList {
            intro: Some("去之前看看开放时间；能网上办的不用跑。".into()),
            total_text: format!("共{}处", rows.len()),
            groups: vec![PlaceGroup { name: None, rows }],
        };
        (head, View::Places { list })
    }

    pub(super) fn law(&self, id: LawId, number: usize) -> (Head, View) {
        let law = self.portal.law(id);
        let facts = &law.facts;
        let path = law.path();
        let ids = &self.portal.indexes.by_law[id.index()];
        let slice = self.slice(ids, &path, number);
        let citations = slice.entries.iter().flat_map(|item_id| {
            let item = self.portal.item(*item_id);
            item.basis.iter().filter(move |basis| basis.law == id).map(move |basis| {
                let written = &item.facts.basis[basis.position];
                CitationView {
                    item: self.item_link(*item_id),
                    article: written.clause.to_string(),
                    role: written.role.map_or("设定依据", Term::name).to_owned(),
                }
            })
        });
        let head = Head::new(
            "law",
            &path,
            &facts.name,
            format!("《{}》：办事指南引用的条文和{}个引用它的事项。", facts.name, ids.len()),
        )
        .above(&[("政务公开", paths::OPENNESS), ("法律法规", paths::LAWS)])
        .nav("openness")
        .column("法律法规", "信息公开")
        .number(number);
        let view = LawView {
            title: facts.name.clone(),
            category: facts.kind.name(),
            issuer: Some(facts.issuer.clone()),
            doc_number: facts.number.clone(),
            version: facts.version.as_ref().map(|day| day.chinese()),
            effective_on: facts.effective.as_ref().map(|day| day.chinese()),
            status: status(law),
            replaced_by: law.replaced_by.first().map(|id| {
                let other = self.portal.law(*id);
                self.link(&other.facts.name, &other.path())
            }),
            source_url: facts.url.as_ref().map(ToString::to_string),
            articles: facts
                .articles
                .0
                .iter()
                .enumerate()
                .map(|(n, (number, text))| ArticleOfLaw {
                    anchor: format!("article-{}", n + 1),
                    number: number.clone(),
                    text: text.clone(),
                })
                .collect(),
            citations: citations.collect(),
            total_text: format!("{}个事项引用", ids.len()),
            pagination: slice.pagination,
        };
        (head, View::Law { law: view })
    }

    pub(super) fn laws(&self, number: usize) -> (Head, View) {
        let mut ordered: Vec<(LawKind, LawId)> = self.portal.law_ids().map(|(id, law)| (law.facts.kind, id)).collect();
        ordered.sort();
        let slice = self.slice(&ordered, paths::LAWS, number);
        let mut groups: Vec<LawGroup> = Vec::new();
        for (kind, id) in slice.entries {
            let law = self.portal.law(*id);
            let row = LawRow {
                title: law.facts.name.clone(),
                url: self.url(&law.path()),
                doc_number: law.facts.number.clone(),
                version: law.facts.version.as_ref().map(|day| day.chinese()),
                issuer: Some(law.facts.issuer.clone()),
                status: status(law),
                count_text: format!("{}个事项引用", self.portal.indexes.by_law[id.index()].len()),
            };
            match groups.last_mut().filter(|group| group.name == kind.name()) {
                Some(group) => group.rows.push(row),
                None => groups.push(LawGroup { name: kind.name(), rows: vec![row] }),
            }
        }
        let head =
            Head::new("laws", paths::LAWS, "法律法规", "办事依据的法律、法规和规章，写明效力和引用它的事项。".into())
                .above(&[("政务公开", paths::OPENNESS)])
                .nav("openness")
                .column("法律法规", "信息公开")
                .number(number);
        let list = LawList {
            intro: Some("办事指南依据的法律法规，每部只写一次，改了都跟着改。".into()),
            total_text: format!("共{}部", ordered.len()),
            groups,
            pagination: slice.pagination,
        };
        (head, View::Laws { list })
    }

    pub(super) fn material(&self, id: MaterialId, number: usize) -> (Head, View) {
        let material = self.portal.material(id);
        let facts = &material.facts;
        let path = material.path();
        let ids = &self.portal.indexes.by_material[id.index()];
        let slice = self.slice(ids, &path, number);
        let mut description: Vec<String> = Vec::new();
        description.extend(prose_opt(facts.note.as_ref()));
        description.extend(facts.how_to_get.as_deref().map(|text| format!("怎么取得：{}", prose(text))));
        if !facts.aliases.is_empty() {
            description.push(format!("也叫{}。", facts.aliases.join("、")));
        }
        let exempts = facts.electronic.as_ref().filter(|certificate| certificate.exempts.0);
        let head = Head::new(
            "material",
            &path,
            &facts.name,
            format!("{}：什么样的算数、去哪里办、哪{}个事项要用。", facts.name, ids.len()),
        )
        .above(&[("常用材料", paths::MATERIALS)])
        .nav("items")
        .number(number);
        let view = MaterialView {
            name: facts.name.clone(),
            kind: facts.kind.name(),
            issuer: facts.issuer.clone(),
            description: (!description.is_empty()).then(|| description.join(" ")),
            electronic: facts.electronic.as_ref().map(|certificate| certificate.name.clone()),
            exempt: exempts.map(|certificate| format!("出示或调取电子证照《{}》的，不用交纸质的。", certificate.name)),
            obtain: self.obtain(id, None),
            files: Vec::new(),
            items: slice.entries.iter().map(|id| self.item_row(*id)).collect(),
            total_text: format!("{}个事项要用", ids.len()),
            pagination: slice.pagination,
        };
        (head, View::Material { material: view })
    }

    fn materials_list_head(number: usize) -> Head {
        Head::new(
            "materials",
            paths::MATERIALS,
            "常用材料",
            "办事常用的证件和材料：什么样的算数、去哪里办、哪些事项要用。".into(),
        )
        .nav("items")
        .number(number)
    }

    pub(super) fn shared_materials(&self, number: usize) -> (Head, View) {
        let ids: Vec<MaterialId> = self.portal.material_ids().map(|(id, _)| id).collect();
        let slice = self.slice(&ids, paths::MATERIALS, number);
        let rows = slice.entries.iter().map(|id| {
            let material = self.portal.material(*id);
            MaterialLine {
                name: material.facts.name.clone(),
                url: self.url(&material.path()),
                kind: material.facts.kind.name(),
                issuer: material.facts.issuer.clone(),
                electronic: material.facts.electronic.is_some(),
                count_text: format!("{}个事项", self.portal.indexes.by_material[id.index()].len()),
            }
        });
        let list = MaterialList {
            intro: Some("很多事项都要的证件和材料，在这里一次说清。".into()),
            total_text: format!("共{}种", ids.len()),
            rows: rows.collect(),
            pagination: slice.pagination,
        };
        (Self::materials_list_head(number), View::Materials { list })
    }
}
