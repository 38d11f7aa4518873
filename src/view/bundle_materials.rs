//! The papers of a bundle's page: each once, with who asks for it and in which case.

use serde::Serialize;

use crate::check::together::{self, Merged, Order, Use};
use crate::model::terms::{BundleRelation, Term};
use crate::portal::Bundle;
use crate::schema::item_material::MaterialsEntry;
use crate::view::parts::UNPUBLISHED;
use crate::view::{FileView, Link, Scene, item_words};
use crate::wording::{prose, prose_opt};

/// The papers of a bundle.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BundleMaterials {
    /// How they are counted.
    rule: String,
    /// The joint form and what it stands for.
    joint_form: Option<JointFormRow>,
    /// What everybody brings.
    always: Vec<MergedRow>,
    /// What some bring, by the item that asks for it first.
    sometimes: Vec<MergedGroup>,
    /// What nobody brings, because an earlier item of the bundle issues it.
    issued: Vec<IssuedRow>,
}

#[derive(Debug, Clone, Serialize)]
struct MergedGroup {
    item: Link,
    relation: Option<&'static str>,
    count_text: String,
    rows: Vec<MergedRow>,
}

#[derive(Debug, Clone, Serialize)]
struct JointFormRow {
    name: String,
    url: Option<String>,
    replaces: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct MergedRow {
    name: String,
    url: Option<String>,
    copies: String,
    exempt: Option<String>,
    blank_form: Option<FileView>,
    uses: Vec<UseRow>,
}

#[derive(Debug, Clone, Serialize)]
struct IssuedRow {
    name: String,
    url: Option<String>,
    /// Who issues it: one item, or the one that is chosen of these.
    items: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct UseRow {
    item: Link,
    relation: Option<&'static str>,
    when: Option<String>,
    copies: Option<String>,
}

impl BundleMaterials {
    /// How many everybody brings, the joint form among them.
    pub(super) fn count(&self) -> usize {
        self.always.len() + usize::from(self.joint_form.is_some())
    }

    /// How many more there are that only some bring.
    pub(super) fn more(&self) -> usize {
        self.sometimes.iter().map(|group| group.rows.len()).sum()
    }
}

impl Scene<'_> {
    pub(super) fn bundle_materials(&self, bundle: &Bundle, order: &Order) -> BundleMaterials {
        let merged = together::materials(self.portal, bundle, order);
        let (issued, brought): (Vec<&Merged>, Vec<&Merged>) = merged.iter().partition(|one| !one.issued_by.is_empty());
        let (always, sometimes): (Vec<&Merged>, Vec<&Merged>) = brought.into_iter().partition(|one| one.is_for_all);
        let rule = if bundle.facts.one_set.is_some() {
            "几个事项都要的，只交一套；份数不一样的，按要得最多的那个事项准备。只看原件的，看完还给您。"
        } else {
            "各部门各收各的：几个事项都要留的，份数已经加在一起；只看一眼的原件带一份就行。"
        };
        BundleMaterials {
            rule: rule.to_owned(),
            joint_form: self.joint_form_row(bundle),
            always: always.into_iter().filter_map(|one| self.merged_row(order, one)).collect(),
            sometimes: self.merged_groups(order, &sometimes),
            issued: issued.into_iter().map(|one| self.issued_row(order, one)).collect(),
        }
    }

    fn merged_groups(&self, order: &Order, merged: &[&Merged]) -> Vec<MergedGroup> {
        let groups = merged.chunk_by(|one, next| one.uses[0].entry == next.uses[0].entry);
        groups
            .map(|group| {
                let n = group[0].uses[0].entry;
                MergedGroup {
                    item: self.item_link(order.items[n]),
                    relation: relation(order, n),
                    count_text: format!("{}种", group.len()),
                    rows: group.iter().filter_map(|one| self.merged_row(order, one)).collect(),
                }
            })
            .collect()
    }

    fn issued_row(&self, order: &Order, one: &Merged) -> IssuedRow {
        let url = one.shared.map(|id| self.url(&self.portal.material(id).path()));
        let items = one.issued_by.iter().map(|n| self.item_link(order.items[*n])).collect();
        IssuedRow { name: one.name.clone(), url, items }
    }

    fn joint_form_row(&self, bundle: &Bundle) -> Option<JointFormRow> {
        let form = bundle.facts.joint_form.as_ref()?;
        Some(JointFormRow {
            name: form.name.clone(),
            url: form.url.as_ref().map(ToString::to_string),
            replaces: form.replaces.iter().filter_map(|name| self.replaced(bundle, name)).collect(),
        })
    }

    /// A form the joint one stands for: its item and its name.
    pub(super) fn replaced(&self, bundle: &Bundle, name: &str) -> Option<Link> {
        let (slug, material) = name.split_once('/')?;
        let item = bundle.items.iter().map(|(_, id)| self.portal.item(*id)).find(|item| item.slug == slug)?;
        let MaterialsEntry::List(list) = &item.facts.materials else { return None };
        let found = item.materials.iter().find(|one| list[one.position].id.as_str() == material)?;
        let path = format!("{}#material-{material}", item.path());
        Some(self.link(&format!("{}：{}", item.everyday_name(), found.facts.name), &path))
    }

    fn merged_row(&self, order: &Order, one: &Merged) -> Option<MergedRow> {
        let first = one.uses.first()?;
        let item = self.portal.item(order.items[first.entry]);
        let MaterialsEntry::List(list) = &item.facts.materials else { return None };
        let written = &list[first.position];
        let facts = item.materials.iter().find(|known| known.position == first.position).map(|known| &known.facts);
        let path = match one.shared {
            Some(id) => self.portal.material(id).path(),
            None => format!("{}#material-{}", item.path(), written.id),
        };
        let blank = written.blank_form.as_deref();
        Some(MergedRow {
            name: one.name.clone(),
            url: Some(self.url(&path)),
            copies: one.copies.map_or_else(|| UNPUBLISHED.to_owned(), |copies| copies.to_string()),
            exempt: facts.and_then(|facts| facts.exemption.as_deref()).map(prose),
            blank_form: blank.and_then(|file| self.file(item, file, &format!("{}（空白表格）", one.name))),
            uses: one.uses.iter().map(|used| self.use_row(order, one, used)).collect(),
        })
    }

    fn use_row(&self, order: &Order, one: &Merged, used: &Use) -> UseRow {
        let id = order.items[used.entry];
        let item = self.portal.item(id);
        let when = match &item.facts.materials {
            MaterialsEntry::List(list) if !used.is_for_all => {
                let written = &list[used.position];
                let conditions = [item_words::condition(item, &written.when), prose_opt(written.needed_when.as_ref())];
                let when: Vec<String> = conditions.into_iter().flatten().collect();
                (!when.is_empty()).then(|| when.join("；"))
            }
            _ => None,
        };
        UseRow {
            item: self.item_link(id),
            relation: relation(order, used.entry),
            when,
            copies: used.copies.filter(|copies| Some(*copies) != one.copies).map(|copies| copies.to_string()),
        }
    }
}

/// What an entry is called if not everybody does it.
fn relation(order: &Order, n: usize) -> Option<&'static str> {
    let relation = order.entries[n].relation;
    (relation != BundleRelation::Always).then(|| relation.name())
}
