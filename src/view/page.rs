//! The head of a page, and which view a planned page has.

use std::borrow::Cow;

use serde::Serialize;

use crate::opendata;
use crate::plan::{self, Page};
use crate::view::article::{ArticleView, NoticeList, NoticeView};
use crate::view::booklet::Booklet;
use crate::view::bundle::{BundleList, BundleView};
use crate::view::case::CaseView;
use crate::view::data::DataView;
use crate::view::department::{DepartmentList, DepartmentView};
use crate::view::home::HomeView;
use crate::view::item::ItemView;
use crate::view::lists::{
    ChangeList, ErrorView, ItemList, RedirectView, SearchView, SitemapView, TopicList, TopicView,
};
use crate::view::notice_sheet::NoticeSheet;
use crate::view::openness::{CatalogueView, OpennessView};
use crate::view::performance::{BehindView, PerformanceView};
use crate::view::shared::{LawList, LawView, MaterialList, MaterialView, PlaceList, PlaceView};
use crate::view::{Link, Scene};

/// The Content-Security-Policy of every page: nothing from elsewhere, nothing inline.
pub(crate) const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'";

/// The head and frame of one page.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The template's name.
    pub kind: &'static str,
    title: String,
    heading: String,
    description: String,
    path: String,
    canonical: Option<String>,
    crumbs: Vec<Link>,
    nav: Option<&'static str>,
    meta: Vec<Meta>,
    noindex: bool,
    csp: &'static str,
    json_ld: Option<String>,
    feeds: Vec<FeedLink>,
    feed_url: Option<String>,
    updated_on: Option<String>,
    report_url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Meta {
    name: &'static str,
    content: String,
}

#[derive(Debug, Clone, Serialize)]
struct FeedLink {
    name: String,
    url: String,
    r#type: &'static str,
}

/// One page, ready for its template.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is named after its template")]
#[expect(clippy::large_enum_variant, reason = "one is made and dropped for each page")]
pub enum View {
    Home { home: HomeView },
    Item { item: ItemView },
    Case { case: CaseView },
    NoticeSheet { sheet: NoticeSheet },
    Booklet { booklet: Booklet },
    Items { list: ItemList },
    Changes { list: ChangeList },
    Department { department: DepartmentView },
    Departments { list: DepartmentList },
    Topic { topic: TopicView },
    Topics { list: TopicList },
    Place { place: PlaceView },
    Places { list: PlaceList },
    Law { law: LawView },
    Laws { list: LawList },
    Material { material: MaterialView },
    Materials { list: MaterialList },
    Notice { notice: NoticeView },
    Notices { list: NoticeList },
    Bundle { bundle: BundleView },
    Bundles { list: BundleList },
    Text { article: ArticleView },
    Openness { openness: OpennessView },
    Catalogue { catalogue: CatalogueView },
    Performance { performance: PerformanceView },
    Behind { behind: BehindView },
    Sitemap { sitemap: SitemapView },
    Data { data: DataView },
    Search { search: SearchView },
    NotFound { error: ErrorView },
    Redirect { redirect: RedirectView },
}

/// What a page is called and where it stands; the rest of the head follows.
pub(crate) struct Head {
    pub(crate) kind: &'static str,
    pub(crate) path: String,
    pub(crate) heading: String,
    /// Tells pages of the same heading apart in their title: 准营准办 of persons and of enterprises.
    pub(crate) within: Option<Cow<'static, str>>,
    pub(crate) description: String,
    /// The way to it: name and site path of each page above, without the home page.
    pub(crate) above: Vec<(String, String)>,
    pub(crate) nav: Option<&'static str>,
    pub(crate) column: Column,
    /// Set on pages of content: published on, source, keywords.
    pub(crate) article: Option<Article>,
    pub(crate) updated_on: Option<String>,
    /// What the report of an error names: the item's code and version.
    pub(crate) report: Option<String>,
    /// The feed of what the page is about, besides that of the whole site.
    pub(crate) feed: Option<plan::Feed>,
    /// Set on pages that are right only for those who came to them step by step.
    pub(crate) noindex: bool,
    pub(crate) number: usize,
}

/// The column (栏目) of a page, for the meta tags.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: String,
}

/// What the meta tags of a content page say.
pub(crate) struct Article {
    pub(crate) date: String,
    pub(crate) source: String,
    pub(crate) keywords: Vec<String>,
}

impl Head {
    pub(crate) fn new(kind: &'static str, path: &str, heading: &str, description: String) -> Self {
        Head {
            kind,
            path: path.to_owned(),
            heading: heading.to_owned(),
            within: None,
            description,
            above: Vec::new(),
            nav: None,
            column: Column { name: heading.to_owned(), kind: "办事服务".to_owned() },
            article: None,
            updated_on: None,
            report: None,
            feed: None,
            noindex: false,
            number: 1,
        }
    }

    pub(crate) fn above(mut self, pages: &[(&str, &str)]) -> Self {
        self.above = pages.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned())).collect();
        self
    }

    pub(crate) fn nav(mut self, nav: &'static str) -> Self {
        self.nav = Some(nav);
        self
    }

    pub(crate) fn column(mut self, name: &str, kind: &str) -> Self {
        self.column = Column { name: name.to_owned(), kind: kind.to_owned() };
        self
    }

    pub(crate) fn number(mut self, number: usize) -> Self {
        self.number = number;
        self
    }
}

/// The view of a planned page.
pub fn view(scene: Scene<'_>, page: Page) -> (PageView, View) {
    let (head, view) = match page {
        Page::Home => scene.home(),
        Page::Item(id) => scene.item(id),
        Page::Case(id, case) => scene.case(id, case),
        Page::NoticeSheet(id, case) => scene.notice_sheet(id, case),
        Page::Booklet(id, number) => scene.booklet(id, number),
        Page::Items(number) => scene.items(number),
        Page::Changes(number) => scene.changes(number),
        Page::Department(id, number) => scene.department(id, number),
        Page::Departments => scene.departments(),
        Page::Topic(id, number) => scene.topic(id, number),
        Page::Topics => scene.topics(),
        Page::Place(id, number) => scene.place(id, number),
        Page::Places => scene.places(),
        Page::Law(id, number) => scene.law(id, number),
        Page::Laws(number) => scene.laws(number),
        Page::Material(id, number) => scene.material(id, number),
        Page::Materials(number) => scene.shared_materials(number),
        Page::Notice(position) => scene.notice(position),
        Page::Notices(number) => scene.notices(number),
        Page::Bundle(id) => scene.bundle(id),
        Page::Bundles => scene.bundles(),
        Page::Text(position) => scene.text(position),
        Page::Openness => scene.openness(),
        Page::Catalogue(department, number) => scene.catalogue(department, number),
        Page::Performance => scene.performance(),
        Page::Behind(behind, number) => scene.behind(behind, number),
        Page::Sitemap => scene.sitemap(),
        Page::Data => scene.data(),
        Page::Search => scene.search(),
        Page::NotFound => scene.not_found(),
    };
    let mut head = scene.page(head);
    head.json_ld = opendata::page_data(scene.portal, page);
    (head, view)
}

/// The view of a redirect from one site path to another.
pub fn redirect(scene: Scene<'_>, from: &str, to: &str, name: &str) -> (PageView, View) {
    let target = if name.is_empty() { "新的网址" } else { name };
    let head = Head::new("redirect", from, "页面已搬家", format!("这个网址已经改为“{target}”"));
    let mut page = scene.page(head);
    page.canonical = Some(scene.portal.absolute_url(to));
    page.noindex = true;
    page.report_url = None;
    let redirect = RedirectView {
        target: scene.link(target, to), text: "页面搬到了新地址，马上带您过去。".to_owned()
    };
    (page, View::Redirect { redirect })
}

impl Scene<'_> {
    fn page(&self, head: Head) -> PageView {
        let site = &self.portal.site;
        let home = head.kind == "home";
        let heading =
            if head.number > 1 { format!("{}（第{}页）", head.heading, head.number) } else { head.heading.clone() };
        let title = match &head.within {
            _ if home => site.name.clone(),
            Some(within) => format!("{heading} - {within} - {}", site.name),
            None => format!("{heading} - {}", site.name),
        };
        let mut crumbs = Vec::new();
        if !home {
            crumbs.push(self.link("首页", "/"));
            crumbs.extend(head.above.iter().map(|(name, path)| self.link(name, path)));
        }
        let numbered = plan::numbered(&head.path, head.number);
        let meta = self.meta(&head, home);
        let report_url = self.report_url(&head, &numbered);
        let feeds = head.feed.into_iter().chain([plan::Feed::Site]).map(|feed| self.feed_link(feed)).collect();
        PageView {
            kind: head.kind,
            title,
            heading,
            description: head.description,
            canonical: (head.kind != "error").then(|| self.portal.absolute_url(&numbered)),
            path: numbered,
            crumbs,
            nav: head.nav,
            meta,
            noindex: head.noindex || head.kind == "error",
            csp: CSP,
            json_ld: None,
            feeds,
            feed_url: head.feed.map(|feed| self.url(&feed.path(self.portal))),
            updated_on: head.updated_on,
            report_url,
        }
    }

    fn feed_link(&self, feed: plan::Feed) -> FeedLink {
        let url = self.url(&feed.path(self.portal));
        FeedLink { name: feed.name(self.portal), url, r#type: "application/atom+xml" }
    }

    /// The ten meta tags that government sites carry, by kind of page.
    fn meta(&self, head: &Head, home: bool) -> Vec<Meta> {
        let site = &self.portal.site;
        let mut meta = vec![
            Meta { name: "SiteName", content: site.name.clone() },
            Meta { name: "SiteDomain", content: site.url.host().to_owned() },
        ];
        meta.extend(site.site_code.told().map(|code| Meta { name: "SiteIDCode", content: code.to_string() }));
        if home {
            return meta;
        }
        let column = &head.column;
        meta.push(Meta { name: "ColumnName", content: column.name.clone() });
        meta.push(Meta { name: "ColumnDescription", content: format!("{}“{}”栏目", site.name, column.name) });
        meta.push(Meta { name: "ColumnKeywords", content: format!("{},{}", column.name, site.area) });
        meta.push(Meta { name: "ColumnType", content: column.kind.clone() });
        if let Some(article) = &head.article {
            meta.push(Meta { name: "ArticleTitle", content: head.heading.clone() });
            meta.push(Meta { name: "PubDate", content: format!("{} 00:00", article.date) });
            meta.push(Meta { name: "ContentSource", content: article.source.clone() });
            if !article.keywords.is_empty() {
                meta.push(Meta { name: "Keywords", content: article.keywords.join(",") });
            }
            meta.push(Meta { name: "Description", content: head.description.clone() });
        }
        meta
    }

    fn report_url(&self, head: &Head, path: &str) -> Option<String> {
        let url = self.portal.site.entries.as_ref()?.complain.as_ref()?;
        let what = head.report.clone().unwrap_or_else(|| format!("page={path}"));
        Some(with_query(url.as_str(), &what))
    }
}

/// An address of another system with a query added, before its fragment.
pub(super) fn with_query(url: &str, query: &str) -> String {
    let (address, fragment) =
        url.split_once('#').map_or((url, String::new()), |(address, id)| (address, format!("#{id}")));
    let join = if address.contains('?') { '&' } else { '?' };
    format!("{address}{join}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn a_query_is_added_where_it_belongs() {
        assert_eq!(with_query("https://a.example/c", "x=1"), "https://a.example/c?x=1");
        assert_eq!(with_query("https://a.example/c?y=2#z", "x=1"), "https://a.example/c?y=2&x=1#z");
    }
}
