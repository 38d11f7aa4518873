//! The item page: one sheet that tells everything (明白纸).

use serde::Serialize;

use crate::markdown::escape;
use crate::plan::{Feed, OpenFile};
use crate::portal::{Item, ItemId, Notice, paths};
use crate::schema::item_handling::ResultEntry;
use crate::view::item_extras::{Extra, identity, responsible};
use crate::view::item_glance::{Conditions, Glance, Situation, conditions};
use crate::view::item_handling::{ChannelView, FeesView, ProcessView, ResultView, TimeView, delivery};
use crate::view::item_materials::MaterialsView;
use crate::view::item_words;
use crate::view::notice_sheet::PaperAddress;
use crate::view::page::{Article, Head, View, with_query};
use crate::view::parts::{ask, phone, phones};
use crate::view::qr;
use crate::view::{Action, BasisRef, Contact, LabelValue, Link, NoticeRow, PlaceRow, Remedy, Scene};
use crate::wording::{prose, prose_opt};

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
    situations: Vec<Situation>,
    cases_url: Option<String>,
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
    results_note: Option<String>,
    rights: Vec<String>,
    duties: Vec<String>,
    remedies: Vec<Remedy>,
    consult: Contact,
    complaint: Contact,
    progress: Option<Progress>,
    faq: Vec<Faq>,
    basis: Vec<BasisRef>,
    basis_note: Option<String>,
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
    short_url: PaperAddress,
    qr_html: Option<String>,
    data_url: Option<String>,
    data_page_url: String,
    feed_url: String,
}

#[derive(Debug, Clone, Serialize)]
struct Status {
    id: &'static str,
    text: String,
    note: Option<String>,
    successor: Option<Link>,
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
struct ItemChange {
    date: String,
    datetime: String,
    text: String,
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
            .above(&[("全部事项", paths::ITEMS)])
            .nav("items")
            .column("办事指南", "办事服务");
        head.article =
            Some(Article { date: item.facts.updated.to_string(), source: department.facts.name.clone(), keywords });
        head.updated_on = Some(item.facts.updated.chinese());
        head.report = Some(report(item));
        head.feed = Some(Feed::Item(id));
        (head, View::Item { item: view })
    }

    fn item_view(&self, id: ItemId, item: &Item) -> ItemView {
        let facts = &item.facts;
        let department = self.portal.department(item.department);
        let status = item_words::status(item);
        ItemView {
            slug: item.slug.clone(),
            url: self.url(&item.path()),
            name: item.everyday_name().to_owned(),
            official_name: facts.name.clone(),
            aliases: facts.aliases.clone(),
            summary: prose_opt(facts.scope.told()),
            status: Status {
                id: status.id,
                text: status.text,
                note: status.note,
                successor: item.successor.map(|id| self.item_link(id)),
            },
            department: self.department_link(item.department),
            office: facts.owner.office.told().cloned(),
            notices: self.item_notices(id, item),
            glance: self.glance(item),
            primary_action: self.online_action(item),
            notice_sheet_url: self.sheet_url(item),
            situations: if item.status.is_open() { self.situations(item) } else { Vec::new() },
            cases_url: (item.status.is_open() && item.has_cases()).then(|| self.url(&item.cases_path())),
            conditions: conditions(item),
            materials: self.materials(item, None),
            channels: self.channels(item),
            process: self.process(item, None),
            guide: guide(item),
            time: self.time(item, None),
            fees: self.fees(item, None),
            places: item.places.iter().map(|used| self.place_to_visit(id, item, used)).collect(),
            results: self.results(item),
            delivery: delivery(item),
            results_note: matches!(facts.results, ResultEntry::NotYet(_)).then(|| ask("办好以后拿到什么")),
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
            basis_note: facts.basis.told().is_none().then(|| ask("依据哪部法律")),
            extras: self.extras(item),
            identity: identity(item),
            topics: self.item_topics(item),
            bundles: item
                .bundles
                .iter()
                .map(|id| &self.portal.bundles[id.index()])
                .map(|bundle| self.link(&bundle.facts.name, &bundle.path()))
                .collect(),
            related: item.related.iter().map(|id| self.item_link(*id)).collect(),
            changes: self.past_changes(item),
            updated_on: facts.updated.chinese(),
            updated_datetime: facts.updated.to_string(),
            effective_on: facts.effective.as_ref().map(|day| day.chinese()),
            responsible: Some(responsible(item, &department.facts.short_name)),
            report_url: self.complain_url(item),
            short_url: self.paper_address(&item.path()),
            qr_html: qr::svg(&self.portal.absolute_url(&item.path())),
            data_url: Some(self.url(&OpenFile::Item(id).path(self.portal))),
            data_page_url: self.url(paths::DATA),
            feed_url: self.url(&Feed::Item(id).path(self.portal)),
            code: facts.task_code.told().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// The 变更记录 of an item up to the day of the build.
    fn past_changes(&self, item: &Item) -> Vec<ItemChange> {
        let past = item.facts.changes.iter().filter(|change| change.date.date() <= self.portal.as_of);
        let shown = past.map(|change| ItemChange {
            date: change.date.chinese(),
            datetime: change.date.to_string(),
            text: prose(&change.text),
        });
        shown.collect()
    }

    /// The topics of an item; one name in two trees is told apart.
    fn item_topics(&self, item: &Item) -> Vec<Link> {
        let named = |name: &str| item.topics.iter().filter(|id| self.portal.topic(**id).facts.name == name).count();
        item.topics
            .iter()
            .filter_map(|id| self.topic_row(*id).map(|row| (*id, row)))
            .map(|(id, row)| match named(&row.name) {
                1 => Link { name: row.name, url: row.url },
                _ => Link { name: format!("{}（{}）", row.name, self.portal.topic(id).kind.key()), url: row.url },
            })
            .collect()
    }

    pub(super) fn item_notices(&self, id: ItemId, item: &Item) -> Vec<NoticeRow> {
        self.portal
            .notices
            .iter()
            .filter(|notice| notice.is_current)
            .filter(|notice| concerns(notice, id, item))
            .map(|notice| self.notice_row(notice))
            .collect()
    }

    pub(super) fn consult(&self, item: &Item) -> Contact {
        let department = self.portal.department(item.department);
        let entries = self.portal.site.entries.as_ref();
        let links = entries.and_then(|entries| entries.consult.as_ref());
        Contact {
            phones: phones(&item.consult_phones, Some(&department.facts.short_name)),
            links: links.iter().map(|url| Link { name: "网上咨询".into(), url: url.to_string() }).collect(),
            address: department.facts.address.clone(),
        }
    }

    pub(super) fn complaint(&self, item: &Item) -> Contact {
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
        Some(with_query(url.as_str(), &report(item)))
    }
}

/// Whether a notice is about an item: it names the item, else its department,
/// else a place where it is handled.
/// Whether a notice is about an item: it names it, its department, or a place where it is handled.
pub(super) fn concerns(notice: &Notice, id: ItemId, item: &Item) -> bool {
    if !notice.items.is_empty() {
        return notice.items.contains(&id);
    }
    if !notice.departments.is_empty() {
        return notice.departments.contains(&item.department);
    }
    item.places.iter().any(|used| notice.places.contains(&used.place))
}

/// What a report of an error names.
pub(super) fn report(item: &Item) -> String {
    format!(
        "code={}&version={}",
        item.facts.task_code.told().map_or(item.slug.as_str(), |code| code.as_str()),
        item.facts.updated
    )
}

fn description(item: &Item) -> String {
    let facts = &item.facts;
    let (materials, _) = item_words::materials_glance(item);
    let mut text = format!(
        "{}怎么办：{}，{}，{}。",
        item.everyday_name(),
        if materials.ends_with('种') { format!("带{materials}材料") } else { materials },
        item_words::promise(item),
        item_words::fees_glance(item).0
    );
    if !facts.aliases.is_empty() {
        let aliases: Vec<&str> = facts.aliases.iter().take(4).map(String::as_str).collect();
        text.push_str(&format!("也叫{}。", aliases.join("、")));
    }
    text.extend(facts.scope.told().map(|scope| prose(scope)));
    text.chars().take(160).collect()
}

/// The prose of `guide.md`; its first heading becomes the title of the section.
fn guide(item: &Item) -> Option<Guide> {
    let text = item.guide.as_ref()?;
    let html = text.html.as_str();
    let heading = text.headings.first().filter(|_| begins_with_heading(html));
    match heading {
        Some(heading) => {
            let end = html.find("</h").and_then(|at| html[at..].find('>').map(|close| at + close + 1)).unwrap_or(0);
            Some(Guide { title: heading.text.clone(), html: html[end..].trim_start().to_owned() })
        }
        None => Some(Guide { title: "办之前先看看".into(), html: html.to_owned() }),
    }
}

/// Whether markup begins with a heading; `<hr>` is none.
fn begins_with_heading(html: &str) -> bool {
    let mut start = html.trim_start().bytes();
    start.next() == Some(b'<') && start.next() == Some(b'h') && start.next().is_some_and(|level| level.is_ascii_digit())
}

/// A plain text as paragraphs.
fn paragraphs(text: &str) -> String {
    prose(text)
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("<p>{}</p>", escape(line)))
        .collect()
}
