//! The 申请材料 of an item page.

use serde::Serialize;

use crate::check::together::is_for_all;
use crate::model::terms::{MaterialSource, Necessity, Term};
use crate::portal::{Case, Item, ItemId, ItemStatus, Material, MaterialFacts, MaterialId};
use crate::schema;
use crate::schema::item_handling::Deferral;
use crate::schema::item_material::MaterialsEntry;
use crate::view::item_words;
use crate::view::parts::{UNPUBLISHED, ask, told};
use crate::view::{BasisRef, FileView, Link, Scene};
use crate::wording::{prose, prose_opt};

/// All materials, those for everybody first.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MaterialsView {
    note: Option<String>,
    list: String,
    groups: Vec<MaterialGroup>,
}

#[derive(Debug, Clone, Serialize)]
struct MaterialGroup {
    name: Option<String>,
    note: Option<String>,
    rows: Vec<MaterialRow>,
}

#[derive(Debug, Clone, Serialize)]
struct MaterialRow {
    no: String,
    id: String,
    anchor: String,
    name: String,
    url: Option<String>,
    kind: &'static str,
    copies: String,
    medium: &'static str,
    necessity: &'static str,
    sometimes: bool,
    when: Option<String>,
    issuer: String,
    blank_form: Option<FileView>,
    sample_form: Option<FileView>,
    exempt: Option<String>,
    electronic: Option<String>,
    obtain: Vec<Link>,
    later: Option<String>,
    fill_note: Option<String>,
    accept_standard: Option<String>,
    common_errors: Vec<String>,
    seal: Option<String>,
    issued_within: Option<String>,
    page_format: Option<String>,
    remark: Option<String>,
    basis: Vec<BasisRef>,
    only: Option<String>,
}

impl MaterialsView {
    /// How many there are: `4种`, `3到4种`.
    pub(super) fn count_text(&self) -> String {
        if self.note.is_some() {
            return UNPUBLISHED.to_owned();
        }
        let rows = || self.groups.iter().flat_map(|group| &group.rows);
        let conditional = Necessity::Conditional.name();
        let (all, sure) = (rows().count(), rows().filter(|row| row.necessity != conditional).count());
        match (sure, all) {
            (_, 0) => "不用带材料".to_owned(),
            (sure, all) if sure == all => format!("{all}种材料"),
            (sure, all) => format!("{sure}到{all}种材料"),
        }
    }
}

impl Scene<'_> {
    /// The materials of an item; in a case, those it asks for.
    pub(super) fn materials(&self, item: &Item, case: Option<&Case<'_>>) -> MaterialsView {
        let list = match &item.facts.materials {
            MaterialsEntry::List(list) => list,
            MaterialsEntry::None(_) => {
                return MaterialsView { note: None, list: item.slug.clone(), groups: Vec::new() };
            }
            MaterialsEntry::NotYet(_) => {
                return MaterialsView {
                    note: Some(ask("要带什么材料")), list: item.slug.clone(), groups: Vec::new()
                };
            }
        };
        let is_asked = |material: &&Material| case.is_none_or(|case| case.meets(&list[material.position].when));
        let is_sure = |material: &&Material| is_sure(item, case, &list[material.position]);
        let (always, sometimes): (Vec<&Material>, Vec<&Material>) =
            item.materials.iter().filter(is_asked).partition(is_sure);
        let mut number = 0;
        let mut rows = |materials: Vec<&Material>| -> Vec<MaterialRow> {
            materials
                .into_iter()
                .map(|material| {
                    number += 1;
                    self.material_row(item, case, material, &list[material.position], number)
                })
                .collect()
        };
        let (always, sometimes) = (rows(always), rows(sometimes));
        let mut groups = Vec::new();
        let both = !always.is_empty() && !sometimes.is_empty();
        if !always.is_empty() {
            groups.push(MaterialGroup { name: both.then(|| "都要带".to_owned()), note: None, rows: always });
        }
        if !sometimes.is_empty() {
            let name = if both { "有下面情形的，再带" } else { "看您的情形带" };
            groups.push(MaterialGroup { name: Some(name.to_owned()), note: None, rows: sometimes });
        }
        MaterialsView { note: None, list: item.slug.clone(), groups }
    }

    fn material_row(
        &self,
        item: &Item,
        case: Option<&Case<'_>>,
        material: &Material,
        written: &schema::item_material::Material,
        number: usize,
    ) -> MaterialRow {
        let facts = &material.facts;
        let issuer = issuer(facts);
        let is_open = case.is_none() && !is_for_all(item, written);
        let narrowed = is_open.then(|| item_words::condition(item, &written.when)).flatten();
        let conditions = [narrowed, prose_opt(written.needed_when.as_ref())];
        let when: Vec<String> = conditions.into_iter().flatten().collect();
        MaterialRow {
            no: number.to_string(),
            id: written.id.to_string(),
            anchor: format!("material-{}", written.id),
            name: facts.name.clone(),
            url: material.shared.map(|id| self.url(&self.portal.material(id).path())),
            kind: facts.kind.map_or(UNPUBLISHED, Term::name),
            copies: told(&written.copies),
            // Either is the rule where nothing is said, unless nothing at all is told yet.
            medium: match written.copies.told() {
                None if written.medium.is_none() => "",
                _ => item_words::medium(facts.medium),
            },
            necessity: written.necessity.get().map_or("必要性待核", Term::name),
            sometimes: !is_sure(item, case, written),
            when: (!when.is_empty()).then(|| when.join("；")),
            issuer,
            blank_form: written
                .blank_form
                .as_deref()
                .and_then(|file| self.file(item, file, &format!("{}（空白表格）", facts.name))),
            sample_form: written
                .sample_form
                .as_deref()
                .and_then(|file| self.file(item, file, &format!("{}（样表）", facts.name))),
            exempt: facts.exemption.clone(),
            electronic: certificate(&facts.electronic, &facts.exemption),
            obtain: material.shared.map_or_else(Vec::new, |id| self.obtain(id, Some(item))),
            later: (written.necessity.get() == Some(Necessity::Later)).then(|| later(item)),
            fill_note: prose_opt(written.filling_note.as_ref()),
            accept_standard: prose_opt(written.standard.as_ref()),
            common_errors: written.common_errors.clone(),
            seal: written.seal.clone(),
            issued_within: written.issued_within.clone(),
            page_format: written.page_format.clone(),
            remark: facts.note.clone(),
            basis: self.citations(&written.basis, "材料依据"),
            only: item_words::only(&written.when).filter(|_| case.is_none()),
        }
    }

    /// Where somebody gets a shared material, besides at an item.
    pub(super) fn obtain(&self, id: MaterialId, besides: Option<&Item>) -> Vec<Link> {
        let is_way = |by: &ItemId| {
            let by = self.portal.item(*by);
            by.status != ItemStatus::Cancelled && besides.is_none_or(|item| item.slug != by.slug)
        };
        let by = self.portal.obtained_by(self.portal.material(id));
        by.filter(is_way).map(|by| self.item_link(by)).collect()
    }
}

/// Whether a material is needed for certain: of everybody, or in a case of everybody whose case it is.
fn is_sure(item: &Item, case: Option<&Case<'_>>, written: &schema::item_material::Material) -> bool {
    match case {
        Some(_) => written.necessity.get() != Some(Necessity::Conditional),
        None => is_for_all(item, written),
    }
}

/// The electronic certificate of a material, where what is said of handing it in does not name it.
fn certificate(name: &Option<String>, exemption: &Option<String>) -> Option<String> {
    let name = name.as_ref()?;
    (!exemption.as_ref().is_some_and(|text| text.contains(name.as_str()))).then(|| format!("《{name}》"))
}

/// Who issues a material, or that one prepares it oneself.
pub(super) fn issuer(facts: &MaterialFacts) -> String {
    match (&facts.issuer, facts.source) {
        (Some(issuer), _) => issuer.clone(),
        (None, Some(MaterialSource::Applicant)) => "自己准备".to_owned(),
        (None, source) => source.map_or(UNPUBLISHED, Term::name).to_owned(),
    }
}

/// When a material that may follow later (容缺后补) has to be there.
pub(super) fn later(item: &Item) -> String {
    match &item.facts.deferral {
        Some(Deferral::Detail(detail)) => prose(&detail.note),
        _ => "可以先受理，这一份在办结前补上。".to_owned(),
    }
}
