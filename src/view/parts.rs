//! The small structures many pages share, and how they are made.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::terms::{LawStatus, Term};
use crate::model::value::{Clause, Phone};
use crate::plan::numbered;
use crate::portal::{BasisUse, DepartmentId, Item, ItemId, ItemStatus, LawId, Notice, Place, PlaceUse};
use crate::schema::department::{Litigation, Review};
use crate::schema::item::Citation;
use crate::schema::values::Told;
use crate::view::item_words;
use crate::view::{Scene, Visit};
use crate::wording::{encoded, prose_opt};

/// A name that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The text.
    pub name: String,
    /// The address.
    pub url: String,
}

/// A phone that can be dialled.
#[derive(Debug, Clone, Serialize)]
pub struct PhoneView {
    /// Whose it is.
    pub label: Option<String>,
    /// The number as shown.
    pub text: String,
    /// The `tel:` address.
    pub tel: String,
}

/// A file that can be downloaded.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// The whole name, which is the text of the link.
    pub name: String,
    /// The address.
    pub url: String,
    /// The format in capitals: `DOCX`.
    pub format: String,
    /// The size: `24 KB`.
    pub size_text: String,
}

/// A topic with the number of its items.
#[derive(Debug, Clone, Serialize)]
pub struct TopicRow {
    /// The name.
    pub name: String,
    /// The address.
    pub url: String,
    /// How many items it has: `6项`.
    pub count_text: String,
}

/// A law that is cited.
#[derive(Debug, Clone, Serialize)]
pub struct BasisRef {
    /// What it is cited for: 设定依据.
    pub role: String,
    /// The title in 《》.
    pub law: String,
    /// The page of the law.
    pub law_url: Option<String>,
    /// 文号.
    pub doc_number: Option<String>,
    /// 条款.
    pub article: String,
    /// The text of the clause.
    pub quote: Option<String>,
    /// What is to be known of its force.
    pub status_note: Option<String>,
}

/// An item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// The everyday name.
    pub name: String,
    /// The official name.
    pub official_name: String,
    /// The address.
    pub url: String,
    /// The department.
    pub department: Link,
    /// The other names, joined.
    pub aliases_text: String,
    /// The short facts: 可网上办, 不用跑.
    pub facts: Vec<String>,
    /// The status, only if it is not the normal one.
    pub status_text: Option<String>,
    /// 更新日期.
    pub updated_on: String,
}

/// A place.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceRow {
    /// The name.
    pub name: String,
    /// The address of its page.
    pub url: String,
    /// The window.
    pub window: Option<String>,
    /// The street address.
    pub address: String,
    /// The opening hours, one line each.
    pub hours: Vec<String>,
    /// What holds on holidays.
    pub holidays: Option<String>,
    /// The phones.
    pub phones: Vec<PhoneView>,
    /// How to get there.
    pub transit: Option<String>,
    /// What makes it accessible.
    pub accessibility: Option<String>,
    /// A map on another site.
    pub map_url: Option<String>,
    /// What else is to be known.
    pub note: Option<String>,
    /// What the planner of a visit needs, where one is shown.
    pub visit: Option<Visit>,
}

/// A notice in a list.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeRow {
    /// The title.
    pub title: String,
    /// The address.
    pub url: String,
    /// The day it begins, in words.
    pub date: String,
    /// The same in ISO form.
    pub datetime: String,
    /// The first sentences.
    pub summary: Option<String>,
    /// The day it ends, in words.
    pub until: Option<String>,
    /// Whether it is in force on the day of the build.
    pub is_current: bool,
}

/// A change of an item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// The day in words.
    pub date: String,
    /// The same in ISO form.
    pub datetime: String,
    /// The item.
    pub item: Link,
    /// The short name of the department.
    pub department: String,
    /// The kind of change.
    pub kind_text: Option<String>,
    /// What changed.
    pub text: String,
}

/// A remedy (行政复议, 行政诉讼).
#[derive(Debug, Clone, Serialize)]
pub struct Remedy {
    /// 行政复议 or 行政诉讼.
    pub kind: String,
    /// What one can do.
    pub text: String,
    /// By when.
    pub deadline: String,
    /// To whom.
    pub body: String,
    /// Where.
    pub address: Option<String>,
    /// The phones.
    pub phones: Vec<PhoneView>,
    /// The address for doing it online.
    pub url: Option<String>,
}

/// How to reach somebody.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// The phones.
    pub phones: Vec<PhoneView>,
    /// Links to other systems.
    pub links: Vec<Link>,
    /// The street address.
    pub address: Option<String>,
}

/// A name with a value.
#[derive(Debug, Clone, Serialize)]
pub struct LabelValue {
    /// The name.
    pub label: String,
    /// The value.
    pub value: String,
}

/// Something to do, on this or another site.
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    /// The text of the button.
    pub text: String,
    /// The address.
    pub url: String,
    /// What to know before.
    pub note: Option<String>,
}

/// The pages of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Pagination {
    /// `第2页，共9页`.
    pub text: String,
    /// The page before.
    pub previous_url: Option<String>,
    /// The page after.
    pub next_url: Option<String>,
    /// The pages by number; an entry without address is a gap.
    pub pages: Vec<PageNumber>,
}

/// One entry of a pagination.
#[derive(Debug, Clone, Serialize)]
pub struct PageNumber {
    /// The number, or `…`.
    pub label: String,
    /// The address.
    pub url: Option<String>,
    /// Whether it is this page.
    pub current: bool,
}

/// A day in words: 2026年10月8日.
pub(crate) fn day_text(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// What stands where an element is still to be told (待补).
pub(crate) const UNPUBLISHED: &str = "暂未公布";

/// An element in words, or that it is still to be told.
pub(crate) fn told<T: std::fmt::Display>(value: &Told<T>) -> String {
    value.told().map_or_else(|| UNPUBLISHED.to_owned(), ToString::to_string)
}

/// A whole sentence for a section whose element is still to be told.
pub(crate) fn ask(what: &str) -> String {
    format!("{what}，{UNPUBLISHED}，请打咨询电话问。")
}

/// A phone, with whose it is.
pub(crate) fn phone(phone: &Phone, label: Option<&str>) -> PhoneView {
    PhoneView { label: label.map(str::to_owned), text: phone.to_string(), tel: phone.href() }
}

/// Several phones of one owner.
pub(crate) fn phones(list: &[Phone], label: Option<&str>) -> Vec<PhoneView> {
    list.iter().map(|one| phone(one, label)).collect()
}

/// A file's size as people read it.
fn size_text(bytes: u64) -> String {
    if bytes < 1024 * 1024 {
        format!("{} KB", bytes.div_ceil(1024))
    } else {
        format!("{:.1} MB", bytes as f64 / 1_048_576.0)
    }
}

/// A page of a list and its pagination.
pub(crate) struct Slice<'a, T> {
    pub(crate) entries: &'a [T],
    pub(crate) pagination: Option<Pagination>,
}

impl<'a> Scene<'a> {
    /// The final address of a site path.
    pub(crate) fn url(&self, path: &str) -> String {
        self.portal.url(path)
    }

    /// A link to a site path.
    pub(crate) fn link(&self, name: &str, path: &str) -> Link {
        Link { name: name.to_owned(), url: self.url(path) }
    }

    /// A link to an item under its everyday name.
    pub(crate) fn item_link(&self, id: ItemId) -> Link {
        let item = self.portal.item(id);
        self.link(item.everyday_name(), &item.path())
    }

    /// A link to a department under its full name.
    pub(crate) fn department_link(&self, id: DepartmentId) -> Link {
        let department = self.portal.department(id);
        self.link(&department.facts.name, &department.path())
    }

    /// A file of an item, under the name of what it is.
    pub(crate) fn file(&self, item: &Item, name: &str, title: &str) -> Option<FileView> {
        let file = item.file(name)?;
        let format = name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase();
        Some(FileView {
            name: title.to_owned(),
            url: self.url(&encoded(&item.file_path(name))),
            format,
            size_text: size_text(file.size),
        })
    }

    /// The entries of page `number` of a list at `path`.
    pub(crate) fn slice<'s, T>(&self, all: &'s [T], path: &str, number: usize) -> Slice<'s, T> {
        let size = self.plan.page_size;
        let count = all.len().div_ceil(size).max(1);
        let start = ((number - 1) * size).min(all.len());
        let end = (start + size).min(all.len());
        Slice { entries: &all[start..end], pagination: self.pagination(path, number, count) }
    }

    pub(crate) fn pagination(&self, path: &str, number: usize, count: usize) -> Option<Pagination> {
        if count <= 1 {
            return None;
        }
        let url = |n: usize| self.url(&numbered(path, n));
        let mut pages = Vec::new();
        let mut last = 0;
        for n in 1..=count {
            let near = n == 1 || n == count || n.abs_diff(number) <= 2;
            if !near {
                continue;
            }
            if n > last + 1 {
                pages.push(PageNumber { label: "…".into(), url: None, current: false });
            }
            pages.push(PageNumber { label: n.to_string(), url: Some(url(n)), current: n == number });
            last = n;
        }
        Some(Pagination {
            text: format!("第{number}页，共{count}页"),
            previous_url: (number > 1).then(|| url(number - 1)),
            next_url: (number < count).then(|| url(number + 1)),
            pages,
        })
    }

    /// An item as a row of a list.
    pub(crate) fn item_row(&self, id: ItemId) -> ItemRow {
        let item = self.portal.item(id);
        let department = self.portal.department(item.department);
        ItemRow {
            name: item.everyday_name().to_owned(),
            official_name: item.facts.name.clone(),
            url: self.url(&item.path()),
            department: self.link(&department.facts.short_name, &department.path()),
            aliases_text: item.facts.aliases.join("、"),
            facts: if item.status.is_open() { item_words::short_facts(item) } else { Vec::new() },
            status_text: match item.status {
                ItemStatus::Active => None,
                _ => Some(item_words::status(item).text),
            },
            updated_on: item.facts.updated.chinese(),
        }
    }

    /// A law cited for a role.
    fn basis_ref(&self, law: LawId, clause: &Clause, role: &str, quote: Option<String>) -> BasisRef {
        let law = self.portal.law(law);
        let status_note = match law.facts.status {
            LawStatus::InForce => None,
            LawStatus::Amended => Some("这部法律已经修改，正在核对".to_owned()),
            LawStatus::Repealed => Some("这部法律已经废止".to_owned()),
            LawStatus::Pending => Some("这部法律还没有施行".to_owned()),
        };
        BasisRef {
            role: role.to_owned(),
            law: format!("《{}》", law.facts.name),
            law_url: Some(self.url(&law.path())),
            doc_number: law.facts.number.clone(),
            article: clause.to_string(),
            quote,
            status_note,
        }
    }

    /// The basis of an item at a position of its 办理依据.
    pub(crate) fn basis_use(&self, item: &Item, basis: &BasisUse) -> BasisRef {
        let facts = &item.facts.basis[basis.position];
        let role = facts.role.map_or("设定依据", Term::name);
        self.basis_ref(basis.law, &facts.clause, role, basis.quote.clone())
    }

    /// Citations outside 办理依据, without quotes.
    pub(crate) fn citations(&self, list: &[Citation], role: &str) -> Vec<BasisRef> {
        list.iter()
            .filter_map(|citation| {
                let law = self.portal.law_named(citation.law.as_str())?;
                Some(self.basis_ref(law, &citation.clause, role, None))
            })
            .collect()
    }

    /// A place as pages of places show it.
    pub(crate) fn place_row(&self, place: &Place) -> PlaceRow {
        let facts = &place.facts;
        PlaceRow {
            name: facts.name.clone(),
            url: self.url(&place.path()),
            window: None,
            address: facts.address.clone(),
            hours: facts.hours.iter().map(ToString::to_string).collect(),
            holidays: prose_opt(facts.holidays.told()),
            phones: facts.phone.told().map(|one| phone(one, None)).into_iter().collect(),
            transit: prose_opt(facts.transit.as_ref()),
            accessibility: prose_opt(facts.accessibility.as_ref()),
            map_url: None,
            note: prose_opt(facts.note.as_ref()),
            visit: None,
        }
    }

    /// A place where an item is handled.
    pub(crate) fn place_use(&self, used: &PlaceUse) -> PlaceRow {
        let mut row = self.place_row(self.portal.place(used.place));
        row.window.clone_from(&used.window);
        row.hours = used.hours.iter().map(ToString::to_string).collect();
        row.phones = used.phone.iter().map(|one| phone(one, None)).collect();
        row.note.clone_from(&used.note);
        row
    }

    /// A notice as a row of a list.
    pub(crate) fn notice_row(&self, notice: &Notice) -> NoticeRow {
        let summary: String = notice.text.text.lines().next().unwrap_or_default().chars().take(90).collect();
        NoticeRow {
            title: notice.head.title.clone(),
            url: self.url(&notice.path()),
            date: notice.head.from.chinese(),
            datetime: notice.head.from.to_string(),
            summary: (!summary.is_empty()).then_some(summary),
            until: Some(notice.head.until.chinese()),
            is_current: notice.is_current,
        }
    }

    /// The remedies against a decision.
    pub(crate) fn remedies(&self, review: Option<&Review>, litigation: Option<&Litigation>) -> Vec<Remedy> {
        let mut remedies = Vec::new();
        if let Some(review) = review {
            remedies.push(Remedy {
                kind: "行政复议".into(),
                text: "不服决定的，可以申请行政复议。".into(),
                // 行政复议法（2023 修订）第二十条.
                deadline: "知道或者应当知道决定之日起60日内".into(),
                body: review.authority.clone(),
                address: review.address.clone(),
                phones: review.phone.iter().map(|one| phone(one, None)).collect(),
                url: review.url.as_ref().map(ToString::to_string),
            });
        }
        if let Some(litigation) = litigation {
            remedies.push(Remedy {
                kind: "行政诉讼".into(),
                // 行政诉讼法第四十五条.
                text:
                    "可以向法院起诉；法律规定要先复议的，先申请复议。不服复议决定的，收到复议决定书之日起15日内起诉。"
                        .into(),
                // 行政诉讼法第四十六条.
                deadline: "知道或者应当知道决定之日起6个月内".into(),
                body: litigation.court.clone(),
                address: litigation.address.clone(),
                phones: litigation.phone.iter().map(|one| phone(one, None)).collect(),
                url: None,
            });
        }
        remedies
    }

    /// A topic with the number of its items; none when it has no page.
    pub(crate) fn topic_row(&self, id: crate::portal::TopicId) -> Option<TopicRow> {
        let topic = self.portal.topic(id);
        let count = self.portal.indexes.by_topic[id.index()].len();
        (count > 0).then(|| TopicRow {
            name: topic.facts.name.clone(),
            url: self.url(&topic.path()),
            count_text: format!("{count}项"),
        })
    }
}
