//! The home page.

use serde::Serialize;

use crate::portal::{TopicKind, paths};
use crate::view::department::DepartmentRow;
use crate::view::lists::BundleRow;
use crate::view::page::{Head, View};
use crate::view::{ChangeRow, ItemRow, Link, NoticeRow, Scene, TopicRow};

/// How many changes the home page shows.
const CHANGES: usize = 8;
/// How many searches are suggested.
const SEARCHES: usize = 8;
/// How long a suggested search may be, in characters.
const SEARCH_LENGTH: usize = 6;

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    title: String,
    intro: String,
    popular_searches: Vec<Link>,
    notices: Vec<NoticeRow>,
    popular: Vec<ItemRow>,
    topics_person: Vec<TopicRow>,
    topics_enterprise: Vec<TopicRow>,
    life_stages_person: Vec<TopicRow>,
    life_stages_enterprise: Vec<TopicRow>,
    groups: Vec<TopicRow>,
    topics_url: String,
    bundles: Vec<BundleRow>,
    bundles_url: String,
    departments: Vec<DepartmentRow>,
    departments_url: String,
    changes: Vec<ChangeRow>,
    changes_url: String,
    notices_url: String,
    total_text: String,
}

impl Scene<'_> {
    pub(super) fn home(&self) -> (Head, View) {
        let site = &self.portal.site;
        let description = format!(
            "{}政务服务办事指南：{}个事项要带什么、在哪办、几天办好、收多少钱，一次说清。",
            site.area,
            self.portal.items.len()
        );
        let mut head = Head::new("home", "/", &site.name, description).nav("home");
        head.updated_on = None;
        let view = HomeView {
            title: "办什么事？".into(),
            intro: "说平常的话就能找到，例如“上户口”“开饭店”。".into(),
            popular_searches: self.popular_searches(),
            notices: self.portal.notices.iter().filter(|one| one.is_current).map(|one| self.notice_row(one)).collect(),
            popular: self.featured().into_iter().map(|id| self.item_row(id)).collect(),
            topics_person: self.topic_rows(TopicKind::Person, None),
            topics_enterprise: self.topic_rows(TopicKind::Legal, None),
            life_stages_person: self.topic_rows(TopicKind::Life, Some("个人")),
            life_stages_enterprise: self.topic_rows(TopicKind::Life, Some("经营主体")),
            groups: self.topic_rows(TopicKind::Group, None),
            topics_url: self.url(paths::TOPICS),
            bundles: self.bundle_rows(),
            bundles_url: self.url(paths::BUNDLES),
            departments: self.department_names(),
            departments_url: self.url(paths::DEPARTMENTS),
            changes: self.plan.listings.changes.iter().take(CHANGES).map(|change| self.change_row(*change)).collect(),
            changes_url: self.url(paths::CHANGES),
            notices_url: self.url(paths::NOTICES),
            total_text: format!("共{}个事项", self.portal.items.len()),
        };
        (head, View::Home { home: view })
    }

    /// The items named in 首页常办 that are in this build.
    pub(super) fn featured(&self) -> Vec<crate::portal::ItemId> {
        self.portal.site.featured.iter().filter_map(|slug| self.portal.item_named(slug.as_str())).collect()
    }

    /// Everyday words that lead straight to an item.
    pub(super) fn popular_searches(&self) -> Vec<Link> {
        self.featured()
            .into_iter()
            .take(SEARCHES)
            .map(|id| {
                let item = self.portal.item(id);
                let short = |name: &&str| name.chars().count() <= SEARCH_LENGTH;
                let word = item.facts.aliases.iter().map(String::as_str).find(short).unwrap_or(item.everyday_name());
                self.link(word, &item.path())
            })
            .collect()
    }

    /// The topics of a kind that have items, in the order of `topics.yaml`.
    pub(super) fn topic_rows(&self, kind: TopicKind, audience: Option<&str>) -> Vec<TopicRow> {
        self.portal
            .topic_ids()
            .filter(|(_, topic)| topic.kind == kind)
            .filter(|(_, topic)| audience.is_none_or(|wanted| topic.facts.audience.as_deref() == Some(wanted)))
            .filter_map(|(id, _)| self.topic_row(id))
            .collect()
    }
}
