//! The item page: one sheet that tells everything (明白纸).

use serde::Serialize;

use crate::markdown::escape;
use crate::model::terms::{PowerSource, Term};
use crate::portal::{Item, ItemId, Notice};
use crate::schema::item::QuantityEntry;
use crate::schema::item_handling::{
    Commitment, Deferral, HallPresence, InspectionEntry, IntermediaryEntry, ReportEntry, ResultEntry,
};
use crate::view::item_handling::{ChannelView, FeesView, ProcessView, ResultView, TimeView, delivery};
use crate::view::item_materials::MaterialsView;
use crate::view::item_words;
use crate::view::page::{Article, Head, View};
use crate::view::parts::{phone, phones, prose, prose_opt};
use crate::view::{
    Action, BasisRef, Contact, FileView, LabelValue, Link, NoticeRow, PhoneView, PlaceRow, Remedy, Scene,
};

/// Everything an item page shows.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    slug: String,
    url: String,
    code: String,
    name: String,
    official_name: String,
    aliases: Vec<String>,
    summary: Option<String>,
    status: Status,
    department: Link,
    office: Option<String>,
    notices: Vec<NoticeRow>,
    glance: Glance,
    primary_action: Option<Action>,
    notice_sheet_url: Option<String>,
    case: Option<()>,
    situations: Vec<Situation>,
    conditions: Conditions,
    materials: MaterialsView,
    channels: Vec<ChannelView>,
    process: ProcessView,
    guide: Option<Guide>,
    time: TimeView,
    fees: FeesView,
    places: Vec<PlaceRow>,
    results: Vec<ResultView>,
    delivery: Vec<String>,
    rights: Vec<String>,
    duties: Vec<String>,
    remedies: Vec<Remedy>,
    consult: Contact,
    complaint: Contact,
    progress: Option<Progress>,
    faq: Vec<Faq>,
    basis: Vec<BasisRef>,
    extras: Vec<Extra>,
    identity: Vec<LabelValue>,
    topics: Vec<Link>,
    bundles: Vec<Link>,
    related: Vec<Link>,
    changes: Vec<ItemChange>,
    updated_on: String,
    updated_datetime: String,
    effective_on: Option<String>,
    responsible: Option<String>,
    report_url: Option<String>,
    short_url: Option<ShortUrl>,
    qr_html: Option<String>,
    data_url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Status {
    id: &'static str,
    text: String,
    note: Option<String>,
    successor: Option<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct Fact {
    value: String,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct TimeFact {
    promise: String,
    legal: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Glance {
    online: Fact,
    visits: Fact,
    time: TimeFact,
    fee: Fact,
    materials: Fact,
    phones: Vec<PhoneView>,
}

#[derive(Debug, Clone, Serialize)]
struct Situation {
    id: String,
    question: String,
    options: Vec<SituationOption>,
}

#[derive(Debug, Clone, Serialize)]
struct SituationOption {
    label: String,
    url: String,
    note: Option<String>,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Conditions {
    audience: String,
    scope: Option<String>,
    accept: Vec<String>,
    prohibitions: Vec<String>,
    quantity_limit: String,
}

#[derive(Debug, Clone, Serialize)]
struct Guide {
    title: String,
    html: String,
}

#[derive(Debug, Clone, Serialize)]
struct Progress {
    text: Option<String>,
    links: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct Faq {
    question: String,
    answer_html: String,
}

#[derive(Debug, Clone, Serialize)]
struct Extra {
    id: &'static str,
    title: &'static str,
    text: Option<String>,
    rows: Vec<LabelValue>,
    file: Option<FileView>,
}

#[derive(Debug, Clone, Serialize)]
struct ItemChange {
    date: String,
    datetime: String,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct ShortUrl {
    text: String,
    url: String,
}

impl Scene<'_> {
    pub(super) fn item(&self, id: ItemId) -> (Head, View) {
        let item = self.portal.item(id);
        let view = self.item_view(id, item);
        let department = self.portal.department(item.department);
        let mut keywords = vec![item.everyday_name().to_owned(), item.facts.name.clone()];
        keywords.extend(item.facts.aliases.iter().take(6).cloned());
        keywords.dedup();
        let mut head = Head::new("item", &item.path(), item.everyday_name(), description(item))
            .above(&[("全部事项", "/items/")])
            .nav("items")
            .column("办事指南", "办事服务");
        head.article =
            Some(Article { date: item.facts.updated.to_string(), source: department.facts.name.clone(), keywords });
        head.updated_on = Some(item.facts.updated.chinese());
        head.report = Some(report(item));
        (head, View::Item { item: view })
    }

    fn item_view(&self, id: ItemId, item: &Item) -> ItemView {
        let facts = &item.facts;
        let department = self.portal.department(item.department);
        let status = item_words::status(item);
        let code = facts.task_code.to_string();
        let short = format!("/code/{}/", facts.handle_item_code.as_ref().map_or(code.clone(), ToString::to_string));
        ItemView {
            slug: item.slug.clone(),
            url: self.url(&item.path()),
            name: item.everyday_name().to_owned(),
            official_name: facts.name.clone(),
            aliases: facts.aliases.clone(),
            summary: Some(prose(&facts.scope)),
            status: Status {
                id: status.id,
                text: status.text,
                note: status.note,
                successor: item.successor.map(|id| self.item_link(id)),
            },
            department: self.department_link(item.department),
            office: Some(facts.owner.office.clone()),
            notices: self.item_notices(id, item),
            glance: self.glance(item),
            primary_action: self.online_action(item),
            notice_sheet_url: None,
            case: None,
            situations: if item.status.is_open() { situations(item) } else { Vec::new() },
            conditions: conditions(item),
            materials: self.materials(item),
            channels: self.channels(item),
            process: self.process(item),
            guide: guide(item),
            time: self.time(item),
            fees: self.fees(item),
            places: item.places.iter().map(|used| self.place_use(used)).collect(),
            results: self.results(item),
            delivery: delivery(item),
            rights: facts.rights.iter().map(|text| prose(text)).collect(),
            duties: facts.duties.iter().map(|text| prose(text)).collect(),
            remedies: self.remedies(item.review.as_ref(), item.litigation.as_ref()),
            consult: self.consult(item),
            complaint: self.complaint(item),
            progress: self.progress(item),
            faq: facts
                .questions
                .iter()
                .map(|one| Faq { question: prose(&one.question), answer_html: paragraphs(&one.answer) })
                .collect(),
            basis: item.basis.iter().map(|basis| self.basis_use(item, basis)).collect(),
            extras: self.extras(item),
            identity: identity(item),
            topics: item
                .topics
                .iter()
                .filter_map(|id| self.topic_row(*id))
                .map(|row| Link { name: row.name, url: row.url })
                .collect(),
            bundles: item
                .bundles
                .iter()
                .map(|id| &self.portal.bundles[id.index()])
                .map(|bundle| self.link(&bundle.facts.name, &format!("/bundles/{}/", bundle.slug)))
                .collect(),
            related: item.related.iter().map(|id| self.item_link(*id)).collect(),
            changes: facts
                .changes
                .iter()
                .filter(|change| change.date.date() <= self.portal.as_of)
                .map(|change| ItemChange {
                    date: change.date.chinese(),
                    datetime: change.date.to_string(),
                    text: prose(&change.text),
                })
                .collect(),
            updated_on: facts.updated.chinese(),
            updated_datetime: facts.updated.to_string(),
            effective_on: facts.effective.as_ref().map(|day| day.chinese()),
            responsible: Some(responsible(item, &department.facts.short_name)),
            report_url: self.complain_url(item),
            short_url: Some(ShortUrl { text: self.portal.absolute_url(&short), url: self.url(&short) }),
            qr_html: None,
            data_url: None,
            code,
        }
    }

    fn item_notices(&self, id: ItemId, item: &Item) -> Vec<NoticeRow> {
        self.portal
            .notices
            .iter()
            .filter(|notice| notice.is_current)
            .filter(|notice| concerns(notice, id, item))
            .map(|notice| self.notice_row(notice))
            .collect()
    }

    fn glance(&self, item: &Item) -> Glance {
        let facts = &item.facts;
        let department = self.portal.department(item.department);
        let online = if !item_words::is_online(item) {
            Fact { value: "不能，要到现场".into(), note: None }
        } else if facts.visits.count() == 0 {
            Fact { value: "能，全程网上办".into(), note: None }
        } else {
            Fact { value: "能，部分步骤要到现场".into(), note: None }
        };
        let online = if !item_words::is_online(item) && facts.visits.count() == 0 {
            Fact { value: "不用上网".into(), note: Some("可以电话、邮寄或上门办".into()) }
        } else {
            online
        };
        let visits_note = match facts.visits.count() {
            0 => Some("不用跑".to_owned()),
            _ => None,
        };
        let (fee, fee_note) = item_words::fee_glance(&facts.fees);
        let (materials, materials_note) = item_words::materials_glance(item);
        Glance {
            online,
            visits: Fact { value: format!("最多{}", facts.visits), note: visits_note },
            time: TimeFact {
                promise: item_words::limit_done(facts.limits.promised),
                legal: Some(item_words::limit_done(facts.limits.legal)),
                note: Some(format!(
                    "从{}起算",
                    facts.limits.start.unwrap_or(crate::model::terms::LimitStart::Accepted).name()
                )),
            },
            fee: Fact { value: fee, note: fee_note },
            materials: Fact { value: materials, note: materials_note },
            phones: phones(&item.consult_phones, Some(&department.facts.short_name)),
        }
    }

    fn consult(&self, item: &Item) -> Contact {
        let department = self.portal.department(item.department);
        let entries = self.portal.site.entries.as_ref();
        let links = entries.and_then(|entries| entries.consult.as_ref());
        Contact {
            phones: phones(&item.consult_phones, Some(&department.facts.short_name)),
            links: links.iter().map(|url| Link { name: "网上咨询".into(), url: url.to_string() }).collect(),
            address: department.facts.address.clone(),
        }
    }

    fn complaint(&self, item: &Item) -> Contact {
        let mut list = phones(&item.complaint_phones, Some("监督电话"));
        list.extend(
            self.portal
                .site
                .hotlines
                .iter()
                .filter(|one| one.as_str() == "12345")
                .map(|one| phone(one, Some("便民热线"))),
        );
        let entries = self.portal.site.entries.as_ref();
        let links = entries.and_then(|entries| entries.complain.as_ref());
        Contact {
            phones: list,
            links: links.iter().map(|url| Link { name: "网上投诉".into(), url: url.to_string() }).collect(),
            address: None,
        }
    }

    fn progress(&self, item: &Item) -> Option<Progress> {
        let entries = self.portal.site.entries.as_ref();
        let url = entries.and_then(|entries| entries.progress.as_ref());
        let text = prose_opt(item.facts.progress.as_ref());
        if text.is_none() && url.is_none() {
            return None;
        }
        let links = url.iter().map(|url| Link { name: "进度查询".into(), url: url.to_string() }).collect();
        Some(Progress { text, links })
    }

    fn complain_url(&self, item: &Item) -> Option<String> {
        let url = self.portal.site.entries.as_ref()?.complain.as_ref()?;
        Some(format!("{url}?{}", report(item)))
    }

    fn extras(&self, item: &Item) -> Vec<Extra> {
        let facts = &item.facts;
        let mut extras = Vec::new();
        let extra = |id, title, text: String| Extra { id, title, text: Some(text), rows: Vec::new(), file: None };
        match &facts.deferral {
            Some(Deferral::Detail(detail)) => {
                extras.push(extra("tolerance", "材料缺一点能先受理吗？", prose(&detail.note)));
            }
            Some(Deferral::Flag(flag)) if flag.0 => {
                extras.push(extra(
                    "tolerance",
                    "材料缺一点能先受理吗？",
                    "能。标着“容缺后补”的材料可以先受理、后补上。".into(),
                ));
            }
            _ => {}
        }
        match &facts.commitment {
            Some(Commitment::Detail(detail)) => {
                let mut one = extra("promise", "能签承诺书代替证明吗？", prose(&detail.note));
                one.file = detail.form.as_deref().and_then(|file| self.file(item, file, "告知承诺书"));
                extras.push(one);
            }
            Some(Commitment::Flag(flag)) if flag.0 => {
                extras.push(extra("promise", "能签承诺书代替证明吗？", "能。实行告知承诺。".into()));
            }
            _ => {}
        }
        if let Some(entry) = &facts.intermediaries {
            extras.push(match entry {
                IntermediaryEntry::None(_) => extra("intermediary", "要找中介吗？", "不用找任何中介。".into()),
                IntermediaryEntry::Some(list) => {
                    let rows = list.iter().map(|one| LabelValue {
                        label: one.name.clone(),
                        value: format!("{}；{}", prose(&one.provider), prose(&one.fee)),
                    });
                    Extra {
                        id: "intermediary",
                        title: "要找中介吗？",
                        text: Some("要，下面的服务由中介机构提供。".into()),
                        rows: rows.collect(),
                        file: None,
                    }
                }
            });
        }
        if let Some(entry) = &facts.inspection {
            extras.push(match entry {
                InspectionEntry::None(_) => {
                    extra("inspection", "办好以后要年审年检吗？", "不用年审，也不用年检。".into())
                }
                InspectionEntry::Some(one) => Extra {
                    id: "inspection",
                    title: "办好以后要年审年检吗？",
                    text: prose_opt(one.note.as_ref()),
                    rows: vec![
                        LabelValue { label: "周期".into(), value: one.cycle.to_string() },
                        LabelValue { label: "要交什么".into(), value: prose(&one.materials) },
                        LabelValue { label: "收费".into(), value: one.fee.clone() },
                    ],
                    file: None,
                },
            });
        }
        if let Some(entry) = &facts.report {
            extras.push(match entry {
                ReportEntry::None(_) => extra("annual_report", "要年报吗？", "不用。".into()),
                ReportEntry::Some(one) => {
                    extra("annual_report", "要年报吗？", format!("要，{}。{}", one.when, prose(&one.note)))
                }
            });
        }
        extras
    }
}

/// Whether a notice is about an item: it names the item, else its department,
/// else a place where it is handled.
fn concerns(notice: &Notice, id: ItemId, item: &Item) -> bool {
    if !notice.items.is_empty() {
        return notice.items.contains(&id);
    }
    if !notice.departments.is_empty() {
        return notice.departments.contains(&item.department);
    }
    item.places.iter().any(|used| notice.places.contains(&used.place))
}

/// What a report of an error names.
fn report(item: &Item) -> String {
    format!("code={}&version={}", item.facts.task_code, item.facts.updated)
}

fn description(item: &Item) -> String {
    let facts = &item.facts;
    let mut text = format!(
        "{}怎么办：{}，{}，{}。",
        item.everyday_name(),
        item_words::materials_glance(item).0,
        item_words::limit_done(facts.limits.promised),
        item_words::fee_glance(&facts.fees).0
    );
    if !facts.aliases.is_empty() {
        let aliases: Vec<&str> = facts.aliases.iter().take(4).map(String::as_str).collect();
        text.push_str(&format!("也叫{}。", aliases.join("、")));
    }
    text.push_str(&prose(&facts.scope));
    text.chars().take(160).collect()
}

fn situations(item: &Item) -> Vec<Situation> {
    item.facts
        .situations
        .iter()
        .map(|question| Situation {
            id: question.id.to_string(),
            question: prose(&question.text),
            options: question
                .answers
                .0
                .iter()
                .map(|(answer, label)| SituationOption {
                    label: label.clone(),
                    url: "#materials".into(),
                    note: situation_note(item, question.id.as_str(), answer),
                    current: false,
                })
                .collect(),
        })
        .collect()
}

/// What an answer adds: the materials that are only asked for then.
fn situation_note(item: &Item, question: &str, answer: &str) -> Option<String> {
    let crate::schema::item_material::MaterialsEntry::List(list) = &item.facts.materials else { return None };
    let names: Vec<&str> = item
        .materials
        .iter()
        .filter(|material| {
            let when = &list[material.position].when.0;
            when.iter().any(|(q, answers)| q == question && answers.iter().any(|one| one == answer))
        })
        .map(|material| material.facts.name.as_str())
        .collect();
    (!names.is_empty()).then(|| format!("要带{}", names.join("、")))
}

fn conditions(item: &Item) -> Conditions {
    let facts = &item.facts;
    Conditions {
        audience: item_words::audience(item),
        scope: None,
        accept: facts.conditions.iter().map(|text| prose(text)).collect(),
        prohibitions: facts.prohibitions.iter().map(|text| prose(text)).collect(),
        quantity_limit: match &facts.quantity {
            QuantityEntry::None(_) => "没有数量限制，符合条件就办。".to_owned(),
            QuantityEntry::Limited(quantity) => {
                let mut text = prose(&quantity.note);
                if let Some(place) = &quantity.published_in {
                    let every =
                        quantity.published_every.as_deref().map(|every| format!("，{every}")).unwrap_or_default();
                    text.push_str(&format!("名额在{place}公布{every}。"));
                }
                text
            }
        },
    }
}

/// The prose of `guide.md`; its first heading becomes the title of the section.
fn guide(item: &Item) -> Option<Guide> {
    let text = item.guide.as_ref()?;
    let html = text.html.as_str();
    let heading = text.headings.first().filter(|_| html.trim_start().starts_with("<h"));
    match heading {
        Some(heading) => {
            let end = html.find("</h").and_then(|at| html[at..].find('>').map(|close| at + close + 1)).unwrap_or(0);
            Some(Guide { title: heading.text.clone(), html: html[end..].trim_start().to_owned() })
        }
        None => Some(Guide { title: "办之前先看看".into(), html: html.to_owned() }),
    }
}

/// A plain text as paragraphs.
fn paragraphs(text: &str) -> String {
    prose(text)
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<p>{}</p>", escape(line)))
        .collect()
}

fn identity(item: &Item) -> Vec<LabelValue> {
    let facts = &item.facts;
    let row = |label: &str, value: &str| LabelValue { label: label.to_owned(), value: value.to_owned() };
    let mut rows = vec![
        row("实施编码", &facts.task_code.to_string()),
        row("基本编码", facts.task_code.base()),
        row("事项类型", facts.item_type.name()),
        row("办件类型", facts.handling_type.name()),
        row("行使层级", item.level.name()),
        row("权力来源", facts.power_source.unwrap_or(PowerSource::Own).name()),
        row("服务对象", &item_words::audience(item)),
    ];
    if let Some(code) = &facts.handle_item_code {
        rows.push(row("业务办理项编码", &code.to_string()));
    }
    rows.push(row("承办机构", facts.handling_body.as_deref().unwrap_or(&facts.owner.office)));
    for (label, value) in [
        ("主项", &facts.parent),
        ("乡镇街道", &facts.town),
        ("村（社区）", &facts.village),
        ("地方实施编码", &facts.local_task_code),
        ("委托部门", &facts.entrusted_by),
        ("受理机构", &facts.accepting_body),
        ("决定机构", &facts.deciding_body),
        ("审查类型", &facts.examination),
    ] {
        rows.extend(value.as_ref().map(|value| row(label, value)));
    }
    if !facts.joint_bodies.is_empty() {
        rows.push(row("联办机构", &facts.joint_bodies.join("、")));
    }
    rows.extend(match &facts.in_hall {
        Some(HallPresence::Flag(flag)) => Some(row("进驻政务大厅", if flag.0 { "是" } else { "否" })),
        Some(HallPresence::Detail(detail)) => Some(row("进驻政务大厅", &format!("否，{}", prose(&detail.note)))),
        None => None,
    });
    rows.push(row("事项版本", &facts.version.unwrap_or(1).to_string()));
    rows.extend(facts.online.as_ref().map(|online| row("网办深度", online.depth.name())));
    rows.extend(facts.coverage.map(|area| row("通办范围", area.name())));
    if !facts.four_kinds.is_empty() {
        let names: Vec<&str> = facts.four_kinds.iter().map(|kind| kind.name()).collect();
        rows.push(row("四办", &names.join("、")));
    }
    if let ResultEntry::List(list) = &facts.results {
        let names: Vec<&str> = list.iter().map(|result| result.name.as_str()).collect();
        rows.push(row("审批结果", &names.join("、")));
    }
    rows
}

fn responsible(item: &Item, department: &str) -> String {
    let owner = &item.facts.owner;
    let mut posts = Vec::new();
    posts.extend(owner.first.as_ref().map(|post| format!("A岗：{post}")));
    posts.extend(owner.second.as_ref().map(|post| format!("B岗：{post}")));
    if posts.is_empty() {
        format!("{department} {}", owner.office)
    } else {
        format!("{department} {}（{}）", owner.office, posts.join("，"))
    }
}
