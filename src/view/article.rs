//! Markdown pages, notices, and the list of notices.

use serde::Serialize;

use crate::model::terms::Term;
use crate::portal::{Notice, Page, paths};
use crate::view::lists::html;
use crate::view::page::{Article, Head, View};
use crate::view::{FileView, LabelValue, Link, NoticeRow, Pagination, Scene};

/// A Markdown page.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    title: String,
    info: Vec<LabelValue>,
    html: String,
    toc: Vec<TocEntry>,
    attachments: Vec<FileView>,
    updated_on: Option<String>,
    responsible: Option<String>,
    children: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct TocEntry {
    id: String,
    name: String,
}

/// A notice.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    #[serde(flatten)]
    row: NoticeRow,
    kind: &'static str,
    department: Option<Link>,
    html: String,
    items: Vec<Link>,
    places: Vec<Link>,
    attachments: Vec<FileView>,
}

/// All notices: those in force, then the past ones.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeList {
    intro: Option<String>,
    current: Vec<NoticeRow>,
    past: Vec<NoticeRow>,
    pagination: Option<Pagination>,
}

impl Scene<'_> {
    pub(super) fn text(&self, position: usize) -> (Head, View) {
        let page = &self.portal.pages[position];
        let facts = &page.head;
        let source = facts.source.clone().unwrap_or_else(|| self.portal.site.sponsor.clone());
        let updated = facts.updated.as_ref().unwrap_or(&facts.published);
        let openness = page.path.starts_with("openness/");
        let mut head = Head::new("page", &page.site_path(), &facts.title, facts.summary.clone())
            .column(&facts.column, facts.category.as_deref().unwrap_or(&facts.column));
        if openness || page.path.starts_with("promise/") {
            head = head.above(&[("政务公开", paths::OPENNESS)]).nav("openness");
        }
        head.article = Some(Article {
            date: facts.published.to_string(),
            source: source.clone(),
            keywords: facts.keywords.clone(),
        });
        head.updated_on = Some(updated.chinese());
        let view = ArticleView {
            title: facts.title.clone(),
            info: if openness { info(page, &source) } else { Vec::new() },
            html: html(&page.text.html),
            toc: page
                .text
                .headings
                .iter()
                .filter(|heading| heading.level == 2)
                .map(|heading| TocEntry { id: heading.id.clone(), name: heading.text.clone() })
                .collect(),
            attachments: Vec::new(),
            updated_on: Some(updated.chinese()),
            responsible: Some(source),
            children: self.children(&page.path),
        };
        (head, View::Text { article: view })
    }

    /// The pages below a path.
    pub(super) fn children(&self, path: &str) -> Vec<Link> {
        let below = format!("{path}/");
        self.portal
            .pages
            .iter()
            .filter(|page| page.path.strip_prefix(&below).is_some_and(|rest| !rest.contains('/')))
            .map(|page| self.link(&page.head.title, &page.site_path()))
            .collect()
    }

    pub(super) fn notice(&self, position: usize) -> (Head, View) {
        let notice = &self.portal.notices[position];
        let row = self.notice_row(notice);
        let path = notice.path();
        let summary = row.summary.clone().unwrap_or_else(|| notice.head.title.clone());
        let mut head = Head::new("notice", &path, &notice.head.title, summary)
            .above(&[("通知", paths::NOTICES)])
            .column("通知", "公告公示");
        let source = notice
            .departments
            .first()
            .map_or_else(|| self.portal.site.sponsor.clone(), |id| self.portal.department(*id).facts.name.clone());
        head.article = Some(Article { date: notice.head.from.to_string(), source, keywords: Vec::new() });
        let view = NoticeView {
            row,
            kind: notice.kind().name(),
            department: notice.departments.first().map(|id| self.department_link(*id)),
            html: html(&notice.text.html),
            items: notice.items.iter().map(|id| self.item_link(*id)).collect(),
            places: notice
                .places
                .iter()
                .map(|id| self.portal.place(*id))
                .map(|place| self.link(&place.facts.name, &place.path()))
                .collect(),
            attachments: Vec::new(),
        };
        (head, View::Notice { notice: view })
    }

    pub(super) fn notices(&self, number: usize) -> (Head, View) {
        let past: Vec<&Notice> = self.portal.notices.iter().filter(|one| !one.is_current).collect();
        let slice = self.slice(&past, paths::NOTICES, number);
        let current = self.portal.notices.iter().filter(|one| one.is_current).map(|one| self.notice_row(one));
        let head = Head::new("notices", paths::NOTICES, "通知", "窗口停办、系统维护等临时通知。".into())
            .column("通知", "公告公示")
            .number(number);
        let list = NoticeList {
            intro: Some("窗口停办、系统维护这些临时的变化。到期的移到下面。".into()),
            current: if number == 1 { current.collect() } else { Vec::new() },
            past: slice.entries.iter().map(|one| self.notice_row(one)).collect(),
            pagination: slice.pagination,
        };
        (head, View::Notices { list })
    }
}

/// The block at the head of public information: 索引号, 发文字号 and so on.
fn info(page: &Page, source: &str) -> Vec<LabelValue> {
    let facts = &page.head;
    let row = |label: &str, value: &str| LabelValue { label: label.to_owned(), value: value.to_owned() };
    let mut rows = Vec::new();
    rows.extend(facts.index_number.as_ref().map(|value| row("索引号", value)));
    rows.push(row("发文机关", source));
    rows.extend(facts.document_number.as_ref().map(|value| row("发文字号", value)));
    rows.push(row("发布日期", &facts.published.chinese()));
    rows.extend(facts.category.as_ref().map(|value| row("主题分类", value)));
    rows
}
