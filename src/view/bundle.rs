//! Bundles (一件事): several items in one errand.

use serde::Serialize;

use crate::model::terms::{BundleRelation, Term};
use crate::model::value::Copies;
use crate::portal::{BundleId, DepartmentId, ItemId, MaterialId};
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::Told;
use crate::view::lists::BundleRow;
use crate::view::page::{Article, Head, View};
use crate::view::parts::{phones, prose, told};
use crate::view::{Action, ItemRow, Link, PhoneView, PlaceRow, Scene, item_words};

/// A bundle's page.
#[derive(Debug, Clone, Serialize)]
pub struct BundleView {
    name: String,
    official_name: String,
    url: String,
    audience: String,
    summary: Option<String>,
    glance: Vec<GlanceRow>,
    primary_action: Option<Action>,
    steps: Vec<BundleStep>,
    materials: Vec<MergedMaterial>,
    phones: Vec<PhoneView>,
    places: Vec<PlaceRow>,
    updated_on: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct GlanceRow {
    label: String,
    value: String,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct BundleStep {
    number: String,
    relation: String,
    note: Option<String>,
    items: Vec<ItemRow>,
}

#[derive(Debug, Clone, Serialize)]
struct MergedMaterial {
    name: String,
    url: Option<String>,
    copies: String,
    used_by: Vec<Link>,
}

/// All bundles.
#[derive(Debug, Clone, Serialize)]
pub struct BundleList {
    intro: Option<String>,
    total_text: String,
    groups: Vec<BundleGroup>,
}

#[derive(Debug, Clone, Serialize)]
struct BundleGroup {
    name: String,
    rows: Vec<BundleRow>,
}

impl Scene<'_> {
    pub(super) fn bundle(&self, id: BundleId) -> (Head, View) {
        let bundle = &self.portal.bundles[id.index()];
        let facts = &bundle.facts;
        let path = format!("/bundles/{}/", bundle.slug);
        let row = self.bundle_row(id);
        let summary = prose(&facts.note);
        // Of alternatives one is chosen, so only what everybody goes through is counted.
        let needed = bundle.items.iter().filter(|(at, _)| facts.items[*at].relation == BundleRelation::Always);
        let materials = self.merged(needed.map(|(_, item)| *item));
        let mut head = Head::new("bundle", &path, &row.name, summary.chars().take(150).collect())
            .above(&[("一件事", "/bundles/")])
            .nav(if facts.audience == "法人" { "enterprise" } else { "person" })
            .column("一件事", "办事服务");
        let lead: Option<DepartmentId> = facts
            .lead
            .as_ref()
            .and_then(|lead| self.portal.department_ids().find(|(_, one)| one.id == lead.as_str()).map(|(id, _)| id));
        let lead = lead.map(|id| self.portal.department(id));
        head.updated_on = facts.updated.as_ref().map(|day| day.chinese());
        head.article = facts.updated.as_ref().map(|day| Article {
            date: day.to_string(),
            source: lead.map_or(&self.portal.site.sponsor, |one| &one.facts.name).clone(),
            keywords: vec![facts.name.clone()],
        });
        let view = BundleView {
            name: row.name.clone(),
            official_name: facts.name.clone(),
            url: self.url(&path),
            audience: facts.audience.clone(),
            summary: Some(summary),
            glance: vec![
                GlanceRow { label: "包含".into(), value: format!("{}个事项", bundle.items.len()), note: None },
                GlanceRow {
                    label: "材料".into(),
                    value: format!("合并后{}种", materials.len()),
                    note: Some("只算人人都要的，重复的只交一份；看情形才要的，见各事项".into()),
                },
            ],
            primary_action: None,
            steps: self.bundle_steps(id),
            materials,
            phones: lead.map(|one| phones(&one.facts.consult_phones, Some(&one.facts.short_name))).unwrap_or_default(),
            places: lead
                .and_then(|one| one.default_place)
                .map(|place| self.place_row(self.portal.place(place)))
                .into_iter()
                .collect(),
            updated_on: head.updated_on.clone(),
        };
        (head, View::Bundle { bundle: view })
    }

    fn bundle_steps(&self, id: BundleId) -> Vec<BundleStep> {
        let bundle = &self.portal.bundles[id.index()];
        let mut ordered: Vec<(u8, usize, ItemId)> =
            bundle.items.iter().map(|(at, item)| (bundle.facts.items[*at].order, *at, *item)).collect();
        ordered.sort_by_key(|(order, at, _)| (*order, *at));
        let mut steps: Vec<BundleStep> = Vec::new();
        let mut last = None;
        for (order, at, item) in ordered {
            let entry = &bundle.facts.items[at];
            let relation = entry.relation.name();
            let note = entry.note.as_deref().map(prose);
            let joins = last == Some(order)
                && steps.last().is_some_and(|step| step.relation == relation && note.is_none() && step.note.is_none());
            match steps.last_mut().filter(|_| joins) {
                Some(step) => step.items.push(self.item_row(item)),
                None => steps.push(BundleStep {
                    number: order.to_string(),
                    relation: relation.to_owned(),
                    note,
                    items: vec![self.item_row(item)],
                }),
            }
            last = Some(order);
        }
        steps
    }

    /// The materials of several items; a shared one stands once, with the largest
    /// number of copies and everybody who asks for it.
    fn merged(&self, items: impl Iterator<Item = ItemId>) -> Vec<MergedMaterial> {
        let mut merged: Vec<(Option<MaterialId>, Told<Copies>, MergedMaterial)> = Vec::new();
        for id in items {
            let item = self.portal.item(id);
            let MaterialsEntry::List(list) = &item.facts.materials else { continue };
            for material in &item.materials {
                let written = &list[material.position];
                if !item_words::is_for_all(item, written) {
                    continue;
                }
                let same = merged.iter_mut().find(|(shared, ..)| shared.is_some() && *shared == material.shared);
                if let Some((_, copies, known)) = same {
                    known.used_by.push(self.item_link(id));
                    let total = |copies: &Told<Copies>| copies.get().map_or(0, |copies| copies.total());
                    if total(&written.copies) > total(copies) {
                        *copies = written.copies;
                        known.copies = told(copies);
                    }
                    continue;
                }
                let view = MergedMaterial {
                    name: material.facts.name.clone(),
                    url: material.shared.map(|id| self.url(&format!("/materials/{}/", self.portal.material(id).id))),
                    copies: told(&written.copies),
                    used_by: vec![self.item_link(id)],
                };
                merged.push((material.shared, written.copies, view));
            }
        }
        merged.into_iter().map(|(.., view)| view).collect()
    }

    pub(super) fn bundles(&self) -> (Head, View) {
        let rows = self.bundle_rows();
        let total = rows.len();
        let mut groups: Vec<BundleGroup> = Vec::new();
        for row in rows {
            let name = if row.audience == "法人" { "企业和单位" } else { "个人" };
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.rows.push(row),
                None => groups.push(BundleGroup { name: name.to_owned(), rows: vec![row] }),
            }
        }
        let head = Head::new(
            "bundles",
            "/bundles/",
            "一件事",
            "把几个部门的事合成一次办：一次告知、一套材料、一窗受理。".into(),
        );
        let list = BundleList {
            intro: Some("把要跑几个部门的事合成一次办。".into()),
            total_text: format!("共{total}件"),
            groups,
        };
        (head, View::Bundles { list })
    }
}
