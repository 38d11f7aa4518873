//! Bundles (一件事): several items in one errand.

use serde::Serialize;

use crate::check::together::{Entry, Order};
use crate::model::terms::{BundleRelation, Term};
use crate::portal::{Bundle, BundleId, Department, Item, paths};
use crate::schema::item_handling::ResultEntry;
use crate::view::bundle_materials::BundleMaterials;
use crate::view::bundle_time::{BundleFees, BundleTime};
use crate::view::lists::BundleRow;
use crate::view::page::{Article, Head, View};
use crate::view::parts::{phone, phones};
use crate::view::{Action, ItemRow, Link, PhoneView, PlaceRow, Scene};
use crate::wording::{prose, prose_opt};

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
    blocks: Vec<BundleBlock>,
    stages: Vec<BundleStage>,
    materials: BundleMaterials,
    time: BundleTime,
    fees: BundleFees,
    results: Vec<ResultRow>,
    faq: Vec<Faq>,
    phones: Vec<PhoneView>,
    places: Vec<PlaceRow>,
    updated_on: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct GlanceRow {
    label: &'static str,
    value: String,
    note: Option<String>,
    href: Option<&'static str>,
}

/// One of the five blocks (五个一).
#[derive(Debug, Clone, Serialize)]
struct BundleBlock {
    id: &'static str,
    name: &'static str,
    /// Whether the editor filled it in.
    is_there: bool,
    text: Vec<String>,
    links: Vec<Link>,
    external: Vec<Link>,
    phones: Vec<PhoneView>,
    place: Option<PlaceRow>,
}

/// What can be done at the same time.
#[derive(Debug, Clone, Serialize)]
struct BundleStage {
    number: String,
    note: Option<String>,
    parts: Vec<BundlePart>,
}

/// The items of a stage with one relation.
#[derive(Debug, Clone, Serialize)]
struct BundlePart {
    relation: &'static str,
    hint: &'static str,
    items: Vec<BundleItemRow>,
}

#[derive(Debug, Clone, Serialize)]
struct BundleItemRow {
    /// 并且 or 或者, before all but the first.
    join: Option<&'static str>,
    item: ItemRow,
    note: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ResultRow {
    item: Link,
    relation: Option<&'static str>,
    names: String,
}

#[derive(Debug, Clone, Serialize)]
struct Faq {
    question: String,
    answer: String,
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
        let path = bundle.path();
        let row = self.bundle_row(id);
        let order = Order::of(self.portal, bundle);
        let lead = self.lead(bundle);
        let head = self.bundle_head(bundle, &row.name, &path, lead);
        let materials = self.bundle_materials(bundle, &order);
        let view = BundleView {
            name: row.name.clone(),
            official_name: facts.name.clone(),
            url: self.url(&path),
            audience: facts.audience.clone(),
            summary: Some(prose(&facts.note)),
            glance: self.bundle_glance(bundle, &order, &materials),
            primary_action: facts.one_site.as_ref().map(|site| Action {
                text: "网上办这件事".into(),
                url: site.url.to_string(),
                note: None,
            }),
            blocks: self.blocks(bundle, lead),
            stages: self.stages(bundle, &order),
            time: self.bundle_time(bundle, &order),
            fees: self.bundle_fees(&order),
            results: self.bundle_results(&order),
            materials,
            faq: facts
                .questions
                .iter()
                .map(|one| Faq { question: one.question.clone(), answer: prose(&one.answer) })
                .collect(),
            phones: lead.map(|one| phones(&one.facts.consult_phones, Some(&one.facts.short_name))).unwrap_or_default(),
            places: self.bundle_places(bundle, lead),
            updated_on: head.updated_on.clone(),
        };
        (head, View::Bundle { bundle: view })
    }

    fn bundle_head(&self, bundle: &Bundle, name: &str, path: &str, lead: Option<&Department>) -> Head {
        let facts = &bundle.facts;
        let mut head = Head::new("bundle", path, name, prose(&facts.note).chars().take(150).collect())
            .above(&[("一件事", paths::BUNDLES)])
            .nav(if facts.audience == "法人" { "enterprise" } else { "person" })
            .column("一件事", "办事服务");
        head.updated_on = facts.updated.as_ref().map(|day| day.chinese());
        head.article = facts.updated.as_ref().map(|day| Article {
            date: day.to_string(),
            source: lead.map_or(&self.portal.site.sponsor, |one| &one.facts.name).clone(),
            keywords: vec![facts.name.clone()],
        });
        head
    }

    /// The department in charge (牵头部门).
    fn lead(&self, bundle: &Bundle) -> Option<&Department> {
        let lead = bundle.facts.lead.as_ref()?;
        self.portal.departments.iter().find(|one| one.id == lead.as_str())
    }

    fn bundle_glance(&self, bundle: &Bundle, order: &Order, materials: &BundleMaterials) -> Vec<GlanceRow> {
        let count = |relation| order.entries.iter().filter(|entry| entry.relation == relation).count();
        let choices = order.choices().len();
        let mut parts = vec![format!("必办{}项", count(BundleRelation::Always))];
        if choices > 0 {
            parts.push(format!("{}项里任选{choices}项", count(BundleRelation::Alternative)));
        }
        if count(BundleRelation::Optional) > 0 {
            parts.push(format!("选办{}项", count(BundleRelation::Optional)));
        }
        let (time, time_note) = self.bundle_time_glance(bundle, order);
        let fees = self.bundle_fees(order);
        let more = materials.more();
        vec![
            GlanceRow {
                label: "要办的事",
                value: format!("{}个事项", bundle.items.len()),
                note: Some(parts.join("，")),
                href: Some("#steps"),
            },
            GlanceRow {
                label: "要带的材料",
                value: format!("人人要带{}种", materials.count()),
                note: (more > 0).then(|| format!("另有{more}种看情形")),
                href: Some("#materials"),
            },
            GlanceRow { label: "要等多久", value: time, note: Some(time_note), href: Some("#time") },
            GlanceRow {
                label: "要花多少钱",
                value: fees.needed().to_owned(),
                note: Some(
                    if fees.has_rows() {
                        "只算必办的；选办的看收费一节"
                    } else {
                        "每个事项都不收费"
                    }
                    .to_owned(),
                ),
                href: Some("#fees"),
            },
        ]
    }

    /// The five blocks; one that is not filled in says so.
    fn blocks(&self, bundle: &Bundle, lead: Option<&Department>) -> Vec<BundleBlock> {
        vec![
            self.told_once(bundle, lead),
            self.one_form(bundle),
            one_set(bundle),
            self.one_window(bundle),
            self.one_site(bundle),
        ]
    }

    fn told_once(&self, bundle: &Bundle, lead: Option<&Department>) -> BundleBlock {
        let mut block = BundleBlock::new("told", "一次告知");
        let told = bundle.facts.told_once.as_ref();
        if let Some(told) = told {
            block.fill(Some(&told.note));
        } else {
            block.text.push("还没有专人一次讲清。先看这一页，拿不准的打牵头部门的电话。".into());
        }
        block.phones = match (told.and_then(|told| told.phone.as_ref()), lead) {
            (Some(own), _) => vec![phone(own, None)],
            (None, Some(lead)) => phones(&lead.facts.consult_phones, Some(&lead.facts.short_name)),
            (None, None) => Vec::new(),
        };
        block
    }

    fn one_form(&self, bundle: &Bundle) -> BundleBlock {
        let mut block = BundleBlock::new("form", "一表申请");
        let Some(form) = &bundle.facts.joint_form else {
            block.text.push("还没有合成一张表，每个事项各填各的表。".into());
            return block;
        };
        block.text.push(format!("只填一张《{}》。", form.name));
        block.fill(form.note.as_ref());
        if let Some(url) = &form.url {
            block.external.push(Link { name: format!("填写{}", form.name), url: url.to_string() });
        }
        let replaced = form.replaces.iter().filter_map(|name| self.replaced(bundle, name)).count();
        if replaced > 0 {
            block.text.push(format!("填了它，{replaced}张表不用再填，是哪几张看材料一节。"));
        }
        block
    }

    fn one_window(&self, bundle: &Bundle) -> BundleBlock {
        let mut block = BundleBlock::new("window", "一窗受理");
        if let (Some(window), Some(place)) = (&bundle.facts.one_window, bundle.window) {
            let mut row = self.place_row(self.portal.place(place));
            row.window = Some(window.window.clone());
            row.note = None;
            block.place = Some(row);
            block.fill(window.note.as_ref());
            return block;
        }
        let mut links: Vec<Link> = Vec::new();
        for (_, id) in &bundle.items {
            for used in self.portal.item(*id).places.iter().take(1) {
                let place = self.portal.place(used.place);
                if links.iter().all(|known| known.name != place.facts.name) {
                    links.push(self.link(&place.facts.name, &place.path()));
                }
            }
        }
        block.text.push(match links.len() {
            0 | 1 => "还没有一个窗口统一受理，各事项分别受理。".to_owned(),
            several => format!("还没有一个窗口统一受理，要到窗口办的，分别去这{several}个地方："),
        });
        block.links = links;
        block
    }

    fn one_site(&self, bundle: &Bundle) -> BundleBlock {
        let mut block = BundleBlock::new("online", "一网办理");
        let Some(site) = &bundle.facts.one_site else {
            let online = |item: &&Item| crate::view::item_words::is_online(item);
            let count = bundle.items.iter().map(|(_, id)| self.portal.item(*id)).filter(online).count();
            block.text.push(match count {
                0 => "还不能在网上办。".to_owned(),
                count => format!("还没有一个网址全办完；{count}个事项可以分别在网上办，网址看各事项。"),
            });
            return block;
        };
        block.fill(site.note.as_ref());
        block.external.push(Link { name: "在电脑上办".into(), url: site.url.to_string() });
        block
            .external
            .extend(site.mobile_url.as_ref().map(|url| Link { name: "在手机上办".into(), url: url.to_string() }));
        block
    }

    fn bundle_places(&self, bundle: &Bundle, lead: Option<&Department>) -> Vec<PlaceRow> {
        // The joint window stands in its block.
        let place = lead.and_then(|one| one.default_place).filter(|_| bundle.window.is_none());
        place.map(|place| self.place_row(self.portal.place(place))).into_iter().collect()
    }

    fn stages(&self, bundle: &Bundle, order: &Order) -> Vec<BundleStage> {
        let mut stages: Vec<BundleStage> = Vec::new();
        let mut last = None;
        for (n, entry) in order.entries.iter().enumerate() {
            if last != Some(entry.order) {
                stages.push(BundleStage { number: entry.order.to_string(), note: None, parts: Vec::new() });
                last = Some(entry.order);
            }
            let Some(stage) = stages.last_mut() else { continue };
            let at = match stage.parts.iter().position(|part| part.relation == entry.relation.name()) {
                Some(at) => at,
                None => {
                    let (relation, hint) = (entry.relation.name(), hint(entry.relation));
                    stage.parts.push(BundlePart { relation, hint, items: Vec::new() });
                    stage.parts.len() - 1
                }
            };
            let join = (!stage.parts[at].items.is_empty()).then(|| join(entry.relation)).flatten();
            let row = self.bundle_item(bundle, order, (n, entry), join);
            stage.parts[at].items.push(row);
        }
        for stage in &mut stages {
            let sides: usize = stage
                .parts
                .iter()
                .map(|part| if part.relation == BundleRelation::Alternative.name() { 1 } else { part.items.len() })
                .sum();
            stage.note = (sides > 1).then(|| "这一步里的可以同时办，不用一个等一个。".to_owned());
        }
        stages
    }

    fn bundle_item(
        &self,
        bundle: &Bundle,
        order: &Order,
        (n, entry): (usize, &Entry),
        join: Option<&'static str>,
    ) -> BundleItemRow {
        let written = &bundle.facts.items[entry.position];
        let names: Vec<String> = written
            .after
            .iter()
            .filter_map(|slug| self.portal.item_named(slug.as_str()))
            .map(|id| format!("“{}”", self.portal.item(id).everyday_name()))
            .collect();
        BundleItemRow {
            join,
            item: self.item_row(order.items[n]),
            note: written.note.as_deref().map(prose),
            after: (!names.is_empty()).then(|| format!("办完{}就能办，不用等别的。", names.join("和"))),
        }
    }

    /// What one gets of each item; papers that refuse are no results anybody comes for.
    fn bundle_results(&self, order: &Order) -> Vec<ResultRow> {
        let entries = order.entries.iter().zip(&order.items).filter(|(entry, _)| entry.is_open);
        entries
            .filter_map(|(entry, id)| {
                let ResultEntry::List(results) = &self.portal.item(*id).facts.results else { return None };
                let names: Vec<&str> =
                    results.iter().map(|one| one.name.as_str()).filter(|name| !name.starts_with('不')).collect();
                (!names.is_empty()).then(|| ResultRow {
                    item: self.item_link(*id),
                    relation: (entry.relation != BundleRelation::Always).then(|| entry.relation.name()),
                    names: names.join("、"),
                })
            })
            .collect()
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
            paths::BUNDLES,
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

impl BundleBlock {
    fn new(id: &'static str, name: &'static str) -> Self {
        BundleBlock {
            id,
            name,
            is_there: false,
            text: Vec::new(),
            links: Vec::new(),
            external: Vec::new(),
            phones: Vec::new(),
            place: None,
        }
    }

    /// What the editor says; the block is there.
    fn fill(&mut self, note: Option<&String>) {
        self.is_there = true;
        self.text.extend(prose_opt(note));
    }
}

fn one_set(bundle: &Bundle) -> BundleBlock {
    let mut block = BundleBlock::new("set", "一套材料");
    if bundle.facts.one_set.is_some() {
        block.fill(bundle.facts.one_set.as_ref());
    } else {
        block.text.push("还没有合成一套，各部门各收各的；合在一起要带什么，看材料一节。".into());
    }
    block
}

fn hint(relation: BundleRelation) -> &'static str {
    match relation {
        BundleRelation::Always => "人人要办",
        BundleRelation::Optional => "用得着的才办",
        BundleRelation::Alternative => "挑一个办就行",
    }
}

fn join(relation: BundleRelation) -> Option<&'static str> {
    match relation {
        BundleRelation::Always => Some("并且"),
        BundleRelation::Alternative => Some("或者"),
        BundleRelation::Optional => None,
    }
}
