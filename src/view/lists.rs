//! The lists of items, changes, topics and bundles, and the small pages.

use serde::Serialize;

use crate::markdown::Html;
use crate::plan::{Change, Feed};
use crate::portal::{BundleId, TopicId, TopicKind, paths};
use crate::view::page::{Head, View};
use crate::view::parts::day_text;
use crate::view::performance::month_anchor;
use crate::view::{ChangeRow, ItemRow, Link, Pagination, Scene, TopicRow};
use crate::wording::{prose, prose_opt};

/// All items from A to Z.
#[derive(Debug, Clone, Serialize)]
pub struct ItemList {
    intro: Option<String>,
    total_text: String,
    filters: Vec<Filter>,
    letters: Vec<Letter>,
    groups: Vec<LetterGroup>,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct Filter {
    name: String,
    url: String,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Letter {
    letter: String,
    url: Option<String>,
    current: bool,
}

#[derive(Debug, Clone, Serialize)]
struct LetterGroup {
    letter: String,
    anchor: String,
    items: Vec<ItemRow>,
}

/// The latest changes.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeList {
    intro: Option<String>,
    total_text: String,
    feed_url: Option<String>,
    groups: Vec<ChangeGroup>,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct ChangeGroup {
    /// Where links to the month arrive.
    anchor: String,
    name: String,
    rows: Vec<ChangeRow>,
}

/// A topic, life stage or group.
#[derive(Debug, Clone, Serialize)]
pub struct TopicView {
    name: String,
    kind_name: &'static str,
    description: Option<String>,
    total_text: String,
    items: Vec<ItemRow>,
    siblings: Vec<TopicRow>,
    pagination: Option<Pagination>,
}

/// All topics.
#[derive(Debug, Clone, Serialize)]
pub struct TopicList {
    intro: Option<String>,
    groups: Vec<TopicGroup>,
}

#[derive(Debug, Clone, Serialize)]
struct TopicGroup {
    id: &'static str,
    name: String,
    description: Option<String>,
    topics: Vec<TopicRow>,
}

/// A bundle in a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BundleRow {
    pub(super) name: String,
    official_name: String,
    url: String,
    pub(super) audience: String,
    summary: Option<String>,
    count_text: String,
}

/// The search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    items_url: String,
    letters: Vec<Letter>,
    departments: Vec<Link>,
    popular_searches: Vec<Link>,
    topics: Vec<LinkGroup>,
    topics_url: String,
}

/// 网站地图.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapView {
    groups: Vec<LinkGroup>,
}

#[derive(Debug, Clone, Serialize)]
struct LinkGroup {
    name: String,
    url: Option<String>,
    links: Vec<Link>,
}

/// What is shown where no page is.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorView {
    code: String,
    text: String,
    links: Vec<Link>,
}

/// A page that leads to another.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    pub(super) target: Link,
    pub(super) text: String,
}

/// The markup of a text.
pub(super) fn html(html: &Html) -> String {
    html.as_str().to_owned()
}

impl Scene<'_> {
    pub(super) fn items(&self, number: usize) -> (Head, View) {
        let all = &self.plan.listings.by_letter;
        let slice = self.slice(all, paths::ITEMS, number);
        let mut groups: Vec<LetterGroup> = Vec::new();
        for (letter, id) in slice.entries {
            let name = letter.to_string();
            if groups.last().is_none_or(|group| group.letter != name) {
                groups.push(LetterGroup { anchor: anchor(*letter), letter: name, items: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.items.push(self.item_row(*id));
            }
        }
        let description = format!("{}全部{}个办事事项，按平常叫法的拼音排列。", self.portal.site.area, all.len());
        let head = Head::new("items", paths::ITEMS, "全部事项", description).nav("items").number(number);
        let list = ItemList {
            intro: Some("按事项平常叫法的拼音首字母排列。".into()),
            total_text: format!("共{}项", all.len()),
            filters: Vec::new(),
            letters: self.letters(Some(number)),
            groups,
            pagination: slice.pagination,
        };
        (head, View::Items { list })
    }

    /// The letters with the page and place where each begins, for the page
    /// `number` of the list or for a page outside it.
    fn letters(&self, number: Option<usize>) -> Vec<Letter> {
        let all = &self.plan.listings.by_letter;
        let mut letters: Vec<char> = ('A'..='Z')
            .filter(|c| !matches!(c, 'I' | 'U' | 'V') || all.iter().any(|(letter, _)| letter == c))
            .collect();
        if all.iter().any(|(letter, _)| *letter == '#') {
            letters.push('#');
        }
        letters
            .into_iter()
            .map(|letter| {
                let first = all.iter().position(|(one, _)| *one == letter);
                let url = first.map(|at| {
                    let page = at / self.plan.page_size + 1;
                    let place = format!("#{}", anchor(letter));
                    if Some(page) == number {
                        place
                    } else {
                        format!("{}{place}", self.url(&crate::plan::numbered(paths::ITEMS, page)))
                    }
                });
                Letter { letter: letter.to_string(), url, current: false }
            })
            .collect()
    }

    pub(super) fn changes(&self, number: usize) -> (Head, View) {
        let all = &self.plan.listings.changes;
        let slice = self.slice(all, paths::CHANGES, number);
        let mut groups: Vec<ChangeGroup> = Vec::new();
        for change in slice.entries {
            let name = format!("{}年{}月", change.date.year(), change.date.month());
            if groups.last().is_none_or(|group| group.name != name) {
                let anchor = month_anchor(change.date.year(), change.date.month());
                groups.push(ChangeGroup { anchor, name, rows: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.rows.push(self.change_row(*change));
            }
        }
        let description = format!("{}办事指南最近改了什么：哪天、哪个事项、改了哪里。", self.portal.site.area);
        let head = Head::new("changes", paths::CHANGES, "最近变更", description).nav("items").number(number);
        let list = ChangeList {
            intro: Some("办事指南改了什么，都记在这里，新的在前。".into()),
            total_text: format!("共{}条", all.len()),
            feed_url: Some(self.url(&Feed::Site.path(self.portal))),
            groups,
            pagination: slice.pagination,
        };
        (head, View::Changes { list })
    }

    pub(super) fn change_row(&self, change: Change) -> ChangeRow {
        let item = self.portal.item(change.item);
        ChangeRow {
            date: day_text(change.date),
            datetime: change.date.to_string(),
            item: self.item_link(change.item),
            department: self.portal.department(item.department).facts.short_name.clone(),
            kind_text: None,
            text: prose(&item.facts.changes[change.position].text),
        }
    }

    pub(super) fn topic(&self, id: TopicId, number: usize) -> (Head, View) {
        let topic = self.portal.topic(id);
        let ids = &self.portal.indexes.by_topic[id.index()];
        let slice = self.slice(ids, &topic.path(), number);
        let note = prose_opt(topic.facts.note.as_ref());
        let description = format!(
            "{}“{}”方面的{}个办事事项。{}",
            self.portal.site.area,
            topic.facts.name,
            ids.len(),
            note.clone().unwrap_or_default()
        );
        let nav = if topic.kind == TopicKind::Legal { "enterprise" } else { "person" };
        let mut head = Head::new("topic", &topic.path(), &topic.facts.name, description)
            .above(&[("主题", paths::TOPICS)])
            .nav(nav)
            .number(number);
        head.within = Some(topic.kind.name().into());
        let view = TopicView {
            name: topic.facts.name.clone(),
            kind_name: topic.kind.name(),
            description: note,
            total_text: format!("{}项", ids.len()),
            items: slice.entries.iter().map(|id| self.item_row(*id)).collect(),
            siblings: self.topic_rows(topic.kind, None),
            pagination: slice.pagination,
        };
        (head, View::Topic { topic: view })
    }

    pub(super) fn topics(&self) -> (Head, View) {
        let description = format!("按主题、人生和企业的阶段、特定人群找{}的办事事项。", self.portal.site.area);
        let head = Head::new("topics", paths::TOPICS, "按主题找", description).nav("person");
        let kinds = [
            ("person", TopicKind::Person),
            ("enterprise", TopicKind::Legal),
            ("life", TopicKind::Life),
            ("groups", TopicKind::Group),
        ];
        let groups = kinds
            .into_iter()
            .map(|(id, kind)| TopicGroup {
                id,
                name: kind.name().to_owned(),
                description: None,
                topics: self.topic_rows(kind, None),
            })
            .filter(|group| !group.topics.is_empty())
            .collect();
        (head, View::Topics { list: TopicList { intro: None, groups } })
    }

    pub(super) fn bundle_rows(&self) -> Vec<BundleRow> {
        self.portal.bundle_ids().map(|(id, _)| self.bundle_row(id)).collect()
    }

    pub(super) fn bundle_row(&self, id: BundleId) -> BundleRow {
        let bundle = &self.portal.bundles[id.index()];
        BundleRow {
            name: bundle.facts.everyday_name.clone().unwrap_or_else(|| bundle.facts.name.clone()),
            official_name: bundle.facts.name.clone(),
            url: self.url(&bundle.path()),
            audience: bundle.facts.audience.clone(),
            summary: Some(prose(&bundle.facts.note)),
            count_text: format!("{}个事项", bundle.items.len()),
        }
    }

    pub(super) fn search(&self) -> (Head, View) {
        let description = format!("搜索{}的办事事项：正式名称、平常叫法、旧名都可以。", self.portal.site.area);
        let head = Head::new("search", paths::SEARCH, "搜索", description);
        let topics = [("个人办事", TopicKind::Person), ("企业办事", TopicKind::Legal)].map(|(name, kind)| LinkGroup {
            name: name.to_owned(),
            url: None,
            links: self.topic_links(kind),
        });
        let search = SearchView {
            items_url: self.url(paths::ITEMS),
            letters: self.letters(None),
            departments: self.department_links(),
            popular_searches: self.popular_searches(),
            topics: topics.into_iter().filter(|group| !group.links.is_empty()).collect(),
            topics_url: self.url(paths::TOPICS),
        };
        (head, View::Search { search })
    }

    fn topic_links(&self, kind: TopicKind) -> Vec<Link> {
        self.topic_rows(kind, None).into_iter().map(|row| Link { name: row.name, url: row.url }).collect()
    }

    fn department_links(&self) -> Vec<Link> {
        self.portal.departments.iter().map(|one| self.link(&one.facts.short_name, &one.path())).collect()
    }

    pub(super) fn sitemap(&self) -> (Head, View) {
        let group = |name: &str, path: &str, links: Vec<Link>| LinkGroup {
            name: name.to_owned(),
            url: Some(self.url(path)),
            links,
        };
        let mut services = vec![
            self.link("全部事项", paths::ITEMS),
            self.link("最近变更", paths::CHANGES),
            self.link("搜索", paths::SEARCH),
        ];
        if !self.portal.notices.is_empty() {
            services.push(self.link("通知", paths::NOTICES));
        }
        if !self.portal.bundles.is_empty() {
            services.push(self.link("一件事", paths::BUNDLES));
        }
        services.push(self.link("常用材料", paths::MATERIALS));
        services.push(self.link("法律法规", paths::LAWS));
        let places = self.portal.places.iter().map(|one| self.link(&one.facts.name, &one.path()));
        let mut openness =
            vec![self.link("政务公开标准目录", paths::CATALOGUE), self.link("效能公开", paths::PERFORMANCE)];
        let mut others = Vec::new();
        for page in &self.portal.pages {
            let link = self.link(&page.head.title, &page.site_path());
            if page.path.starts_with("openness/") { openness.push(link) } else { others.push(link) }
        }
        let mut groups = vec![
            LinkGroup { name: "办事".into(), url: None, links: services },
            group("个人办事", &format!("{}#person", paths::TOPICS), self.topic_links(TopicKind::Person)),
            group("企业办事", &format!("{}#enterprise", paths::TOPICS), self.topic_links(TopicKind::Legal)),
            group("人生和企业的各个阶段", &format!("{}#life", paths::TOPICS), self.topic_links(TopicKind::Life)),
            group("特定人群", &format!("{}#groups", paths::TOPICS), self.topic_links(TopicKind::Group)),
            group("部门", paths::DEPARTMENTS, self.department_links()),
            group("去哪办", paths::PLACES, places.collect()),
            group("政务公开", paths::OPENNESS, openness),
            LinkGroup { name: "承诺、帮助和说明".into(), url: None, links: others },
        ];
        groups.retain(|group| !group.links.is_empty());
        let head = Head::new("sitemap", paths::SITEMAP, "网站地图", format!("{}的全部栏目。", self.portal.site.name));
        (head, View::Sitemap { sitemap: SitemapView { groups } })
    }

    pub(super) fn not_found(&self) -> (Head, View) {
        let head = Head::new("error", "/404.html", "没有找到这个页面", "网址可能输错了，或者页面已经搬走。".into());
        let links =
            [("回首页", "/"), ("搜索", paths::SEARCH), ("全部事项", paths::ITEMS), ("找部门", paths::DEPARTMENTS)];
        let error = ErrorView {
            code: "404".into(),
            text: "网址可能输错了，或者页面已经搬走。".into(),
            links: links.into_iter().map(|(name, path)| self.link(name, path)).collect(),
        };
        (head, View::NotFound { error })
    }
}

fn anchor(letter: char) -> String {
    if letter == '#' { "letter-other".to_owned() } else { format!("letter-{}", letter.to_ascii_lowercase()) }
}
