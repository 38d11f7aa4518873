//! 一次性告知书: everything one needs to know before going, on one sheet of paper.

use serde::Serialize;

use crate::check::together::is_for_all;
use crate::model::terms::{ItemType, LimitStart, Medium, Necessity, Term};
use crate::plan::sheets;
use crate::portal::{Case, CaseId, Item, ItemId, ItemStatus, LawId, Material, paths};
use crate::schema;
use crate::schema::item::QuantityEntry;
use crate::schema::item_handling::{ResultEntry, SpecialEntry};
use crate::schema::item_material::MaterialsEntry;
use crate::view::case::answers_text;
use crate::view::item_glance::conditions;
use crate::view::item_handling::{ChannelView, delivery};
use crate::view::item_materials::{issuer, later};
use crate::view::item_words;
use crate::view::page::{Article, Head, View};
use crate::view::parts::{ask, day_text, told};
use crate::view::{FileView, LabelValue, PhoneView, PlaceRow, Scene, qr};
use crate::wording::{prose, prose_opt};

/// The 一次性告知书 of an item.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeSheet {
    id: String,
    title: String,
    name: String,
    department: String,
    code: Option<String>,
    status_text: Option<String>,
    answers: Vec<LabelValue>,
    audience: String,
    conditions: Vec<String>,
    quantity_limit: Option<String>,
    materials_note: Option<String>,
    materials: Vec<SheetMaterial>,
    exempt: Vec<ExemptMaterial>,
    visits: String,
    channels: Vec<LabelValue>,
    places: Vec<PlaceRow>,
    promise: String,
    legal: String,
    start: Option<String>,
    time_notes: Vec<String>,
    fee: String,
    fees: Vec<LabelValue>,
    pay_text: Option<String>,
    results: Vec<LabelValue>,
    results_note: Option<String>,
    delivery: Vec<String>,
    consult: Vec<PhoneView>,
    complaint: Vec<PhoneView>,
    progress: Option<String>,
    refusals: Vec<String>,
    refusal: String,
    remedies: Vec<String>,
    supplement: String,
    basis: Vec<String>,
    version: String,
    updated_on: String,
    updated_datetime: String,
    address: PaperAddress,
    qr_html: Option<String>,
}

/// A material to bring, in one row.
#[derive(Debug, Clone, Serialize)]
struct SheetMaterial {
    name: String,
    copies: String,
    medium: Option<&'static str>,
    source: String,
    when: Option<String>,
    notes: String,
    blank_form: Option<FileView>,
}

/// A material that is not asked for because the data are shared (免交).
#[derive(Debug, Clone, Serialize)]
struct ExemptMaterial {
    name: String,
    reason: String,
    when: Option<String>,
    /// What those bring whom the reason does not cover.
    otherwise: String,
}

/// The address of a page as it stands on paper, to be typed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PaperAddress {
    text: String,
    url: String,
}

impl Scene<'_> {
    /// The page of the 一次性告知书 of an item, or of what some answers come to.
    pub(super) fn notice_sheet(&self, id: ItemId, case: Option<CaseId>) -> (Head, View) {
        let item = self.portal.item(id);
        let case = case.and_then(|case| item.case(case));
        let sheet = self.sheet(item, case.as_ref());
        let page = case.as_ref().map_or_else(|| item.path(), Case::path);
        let name = item.everyday_name();
        let heading = format!("{}一次性告知书", item.facts.name);
        let description = format!(
            "{name}的一次性告知书，一张A4纸：谁能办、要带什么、去哪办、几天办好、收不收费、结果怎么拿、问谁。可以打印。"
        );
        let mut head = Head::new("item_notice", &sheets::path(&page), &heading, description)
            .above(&[("全部事项", paths::ITEMS), (name, &item.path())])
            .nav("items")
            .column("办事指南", "办事服务");
        let source = self.portal.department(item.department).facts.name.clone();
        let keywords = vec![name.to_owned(), "一次性告知书".to_owned()];
        head.article = Some(Article { date: item.facts.updated.to_string(), source, keywords });
        head.updated_on = Some(item.facts.updated.chinese());
        head.report = Some(super::item::report(item));
        if let Some(case) = &case {
            head.above.push((answers_text(case), page));
            head.within = Some(answers_text(case).into());
            head.noindex = true;
        }
        (head, View::NoticeSheet { sheet })
    }

    /// The address of the 一次性告知书 of an item, if it has one.
    pub(super) fn sheet_url(&self, item: &Item) -> Option<String> {
        sheets::has_sheet(item).then(|| self.url(&sheets::path(&item.path())))
    }

    /// An address for paper. The page's own is the shortest there is that never changes: it has no code of 31
    /// digits, which some items do not have yet, and leads there at once.
    pub(super) fn paper_address(&self, path: &str) -> PaperAddress {
        let address = self.portal.absolute_url(path);
        PaperAddress { text: address.trim_start_matches("https://").to_owned(), url: self.url(path) }
    }

    /// The 一次性告知书 of an item; of a case with only what its answers select.
    pub(super) fn sheet(&self, item: &Item, case: Option<&Case<'_>>) -> NoticeSheet {
        let facts = &item.facts;
        let path = case.map_or_else(|| item.path(), Case::path);
        let who = conditions(item);
        let (materials_note, materials, exempt) = self.sheet_materials(item, case);
        let fees = self.fees(item, case);
        NoticeSheet {
            id: format!("sheet-{}", item.slug),
            title: format!("《{}一次性告知书》", facts.name),
            name: item.everyday_name().to_owned(),
            department: self.portal.department(item.department).facts.name.clone(),
            code: item.code(),
            status_text: (item.status != ItemStatus::Active).then(|| item_words::status(item).text),
            answers: case.map(sheet_answers).unwrap_or_default(),
            audience: who.audience,
            conditions: who.accept,
            quantity_limit: match facts.quantity {
                QuantityEntry::None(_) => None,
                _ => Some(who.quantity_limit),
            },
            materials_note,
            materials,
            exempt,
            visits: item_words::visits(facts.visits),
            channels: self.channels(item).into_iter().filter_map(|one| sheet_channel(item, one)).collect(),
            places: item.places.iter().map(|used| self.place_use(used)).collect(),
            promise: case.and_then(Case::promised).map_or_else(|| item_words::promise(item), item_words::limit_done),
            legal: item_words::told_limit(facts.limits.legal),
            start: facts
                .limits
                .promised
                .told()
                .map(|_| facts.limits.start.unwrap_or(LimitStart::Accepted).name().to_owned()),
            time_notes: time_notes(item, case),
            fee: fees.text,
            fees: fees
                .rows
                .into_iter()
                .map(|fee| {
                    let reduction = fee.reduction.map(|reduction| format!("减免：{reduction}"));
                    let said: Vec<String> =
                        [Some(fee.standard), fee.stage.map(|stage| format!("{stage}交")), reduction]
                            .into_iter()
                            .flatten()
                            .filter(|text| !text.is_empty())
                            .collect();
                    LabelValue { label: fee.name, value: said.join("；") }
                })
                .collect(),
            pay_text: fees.pay_text,
            results: self
                .results(item)
                .into_iter()
                .map(|result| LabelValue {
                    value: result.validity.map(|validity| format!("有效期{validity}")).unwrap_or_default(),
                    label: result.name,
                })
                .collect(),
            results_note: matches!(facts.results, ResultEntry::NotYet(_)).then(|| ask("办好以后拿到什么")),
            delivery: delivery(item),
            consult: self.consult(item).phones,
            complaint: self.complaint(item).phones,
            progress: prose_opt(facts.progress.as_ref()),
            refusals: who.prohibitions,
            refusal: refusal(item),
            remedies: remedies(item),
            supplement: item_words::supplement(item),
            basis: self.sheet_basis(item),
            version: format!("第{}版", facts.version.unwrap_or(1)),
            updated_on: day_text(facts.updated.date()),
            updated_datetime: facts.updated.to_string(),
            qr_html: qr::svg(&self.portal.absolute_url(&path)),
            // The address of a case is too long to be typed; the code leads there.
            address: self.paper_address(&item.path()),
        }
    }

    /// The laws an item rests on, each with its articles.
    fn sheet_basis(&self, item: &Item) -> Vec<String> {
        let mut laws: Vec<(LawId, String)> = Vec::new();
        for basis in &item.basis {
            let clause = item.facts.basis[basis.position].clause.to_string();
            match laws.iter_mut().find(|(law, _)| *law == basis.law) {
                Some((_, said)) => {
                    said.push('、');
                    said.push_str(&clause);
                }
                None => {
                    let name = &self.portal.law(basis.law).facts.name;
                    laws.push((basis.law, format!("《{}》{clause}", name.trim_start_matches("中华人民共和国"))));
                }
            }
        }
        laws.into_iter().map(|(_, said)| said).collect()
    }

    /// What is to be said of the materials as a whole, those to bring, and those that need not be handed in.
    fn sheet_materials(
        &self,
        item: &Item,
        case: Option<&Case<'_>>,
    ) -> (Option<String>, Vec<SheetMaterial>, Vec<ExemptMaterial>) {
        let list = match &item.facts.materials {
            MaterialsEntry::List(list) => list,
            MaterialsEntry::None(_) => return (Some("不用带任何材料。".to_owned()), Vec::new(), Vec::new()),
            MaterialsEntry::NotYet(_) => return (Some(ask("要带什么材料")), Vec::new(), Vec::new()),
        };
        let mut all: Vec<(&Material, &schema::item_material::Material)> =
            item.materials.iter().filter_map(|material| Some((material, list.get(material.position)?))).collect();
        all.retain(|(_, written)| case.is_none_or(|case| case.meets(&written.when)));
        // Those for everybody come first, as on the item's page.
        all.sort_by_key(|(_, written)| !is_for_all(item, written));
        let (exempt, asked): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, written)| is_exempt(written));
        let exempt = exempt.into_iter().map(|(material, written)| ExemptMaterial {
            name: material.facts.name.clone(),
            reason: sentence(material.facts.exemption.clone()),
            when: when(item, case, written),
            otherwise: told(&written.copies),
        });
        let asked = asked.into_iter().map(|(material, written)| self.sheet_material(item, case, material, written));
        (None, asked.collect(), exempt.collect())
    }

    fn sheet_material(
        &self,
        item: &Item,
        case: Option<&Case<'_>>,
        material: &Material,
        written: &schema::item_material::Material,
    ) -> SheetMaterial {
        let mut notes = Vec::new();
        if written.necessity.get() == Some(Necessity::Later) {
            notes.push(format!("可以后补：{}", later(item)));
        }
        notes.extend([&written.issued_within, &written.page_format, &written.seal].into_iter().flatten().cloned());
        notes.extend([&written.standard, &written.note].into_iter().filter_map(|text| prose_opt(text.as_ref())));
        notes.extend(match (&written.exemption, &material.facts.exemption) {
            (None, Some(_)) => Some("可以出示电子证照".to_owned()),
            (own, _) => own.clone(),
        });
        SheetMaterial {
            name: material.facts.name.clone(),
            copies: told(&written.copies),
            // 原件 on paper is the rule only where nothing else is allowed, and 电子件 says it all.
            medium: (material.facts.medium == Medium::Paper).then(|| item_words::medium(Medium::Paper)),
            source: issuer(&material.facts),
            when: when(item, case, written),
            notes: sentence(notes),
            blank_form: written.blank_form.as_deref().and_then(|file| self.file(item, file, &material.facts.name)),
        }
    }
}

/// The answers a sheet is for.
fn sheet_answers(case: &Case<'_>) -> Vec<LabelValue> {
    let answers = case.answers().into_iter();
    answers.map(|one| LabelValue { label: prose(&one.question.text), value: one.label.to_owned() }).collect()
}

/// Whether a material is not asked for because the data are shared (数据共享免交). An electronic
/// certificate that one has to show is still brought along.
fn is_exempt(written: &schema::item_material::Material) -> bool {
    written.exemption.as_ref().is_some_and(|reason| !reason.contains("出示"))
}

/// Several remarks as one sentence; nothing if there are none.
fn sentence(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> =
        parts.into_iter().map(|part| part.trim().trim_end_matches(['。', '；', '，']).to_owned()).collect();
    if parts.is_empty() { String::new() } else { format!("{}。", parts.join("；")) }
}

/// When a material is asked for; none if always.
fn when(item: &Item, case: Option<&Case<'_>>, written: &schema::item_material::Material) -> Option<String> {
    let narrowed = (case.is_none() && !is_for_all(item, written)).then(|| item_words::condition(item, &written.when));
    let conditions = [narrowed.flatten(), prose_opt(written.needed_when.as_ref())];
    let said: Vec<String> = conditions.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("；"))
}

/// A way to apply in a line: where and what, not which button to press.
fn sheet_channel(item: &Item, channel: ChannelView) -> Option<LabelValue> {
    let mut said: Vec<String> = Vec::new();
    match channel.id {
        "online" => {
            // What to press where stands on the page of the item.
            let online = item.facts.online.as_ref()?;
            let addresses = [online.url.told(), online.mobile_url.as_ref()];
            said.extend(
                addresses.into_iter().flatten().map(|url| url.as_str().trim_start_matches("https://").to_owned()),
            );
        }
        // The places follow, with their windows and hours.
        "window" => {
            said.extend(item.facts.window.as_ref().and_then(|window| prose_opt(window.note.as_ref())));
            said.extend(item.places.is_empty().then(|| ask("在哪里办")));
        }
        _ => {
            said.extend(channel.text);
            said.extend(channel.details);
        }
    }
    Some(LabelValue { label: channel.name.to_owned(), value: said.join(" ") })
}

/// What else is to be known of the time: how long it takes in which situation, what comes on top.
fn time_notes(item: &Item, case: Option<&Case<'_>>) -> Vec<String> {
    let limits = &item.facts.limits;
    let mut notes: Vec<String> = Vec::new();
    for one in limits.by_situation.iter().filter(|_| case.is_none()) {
        let condition = item_words::condition(item, &one.when);
        notes.extend(condition.map(|condition| format!("{condition}：{}。", item_words::limit_done(one.promised))));
    }
    notes.extend(limits.promised_note.as_deref().map(prose));
    if let SpecialEntry::List(list) = &item.facts.special {
        for one in list {
            let counted = if one.counted.0 { "计入" } else { "不计入" };
            notes.push(format!("有{}的，{}，{counted}办理期限。", one.kind.name(), one.limit));
        }
    }
    notes
}

/// What happens when the application is refused (不予受理、不予许可).
fn refusal(item: &Item) -> String {
    if item.facts.item_type == ItemType::License {
        // 行政许可法第七条、第三十八条第二款.
        return "不予许可的，书面说明理由。您有权陈述、申辩。".to_owned();
    }
    "不符合条件的，说明理由，材料退还给您；有不同意见，可以当面说明，也可以打投诉电话。".to_owned()
}

/// The remedies in a line each: to whom, by when.
fn remedies(item: &Item) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(item.review.as_ref().map(|review| {
        let phone = review.phone.as_ref().map(|phone| format!("（{phone}）")).unwrap_or_default();
        // 行政复议法（2023 修订）第二十条.
        format!("知道决定之日起60日内可以向{}{phone}申请行政复议", review.authority)
    }));
    // 行政诉讼法第四十六条.
    said.extend(
        item.litigation.as_ref().map(|litigation| format!("知道决定之日起6个月内可以向{}起诉", litigation.court)),
    );
    said
}
