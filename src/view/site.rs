//! What every page knows of the site.

use serde::Serialize;

use crate::plan::{Feed, OpenFile, OutputPlan};
use crate::portal::{Portal, TopicKind, paths};
use crate::view::parts::phone;
use crate::view::{Link, PhoneView, Scene};

/// The site, the same on every page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    name: String,
    short_name: String,
    area: String,
    language: String,
    home_url: String,
    sample: bool,
    sample_text: String,
    grey: bool,
    nav: Vec<NavEntry>,
    search_url: String,
    items_url: String,
    departments_url: String,
    sitemap_url: String,
    feed_url: String,
    data_url: String,
    opensearch_url: String,
    privacy_url: Option<String>,
    accessibility_url: Option<String>,
    help_url: Option<String>,
    hotlines: Vec<PhoneView>,
    entries: Vec<Entry>,
    footer: Footer,
    assets: Assets,
}

#[derive(Debug, Clone, Serialize)]
struct NavEntry {
    id: String,
    name: String,
    url: String,
}

#[derive(Debug, Clone, Serialize)]
struct Entry {
    id: String,
    name: String,
    url: String,
}

#[derive(Debug, Clone, Serialize)]
struct Footer {
    sponsor: String,
    operator: Option<String>,
    phone: Option<PhoneView>,
    site_code: Option<String>,
    icp: Option<Link>,
    police: Option<Link>,
    government_mark: Option<Link>,
    find_error: Option<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct Assets {
    css: String,
    js: String,
    search: String,
    errand: String,
    favicon: String,
}

/// Makes the view of the site.
pub fn site_view(portal: &Portal, plan: &OutputPlan) -> SiteView {
    let scene = Scene { portal, plan };
    let site = &portal.site;
    let page = |path: &str| plan.find(path).map(|_| portal.url(path));
    SiteView {
        name: site.name.clone(),
        short_name: site.short_name.clone().unwrap_or_else(|| site.name.clone()),
        area: site.area.clone(),
        language: site.language.clone().unwrap_or_else(|| "zh-Hans".into()),
        home_url: portal.url("/"),
        sample: site.sample.0,
        sample_text: format!("示例数据：{}是虚构的城市，本站内容只作演示，不能当作办事依据。", site.area),
        grey: site.grey.0,
        nav: nav(scene),
        search_url: portal.url(paths::SEARCH),
        items_url: portal.url(paths::ITEMS),
        departments_url: portal.url(paths::DEPARTMENTS),
        sitemap_url: portal.url(paths::SITEMAP),
        feed_url: portal.url(&Feed::Site.path(portal)),
        data_url: portal.url(paths::DATA),
        opensearch_url: portal.url(&OpenFile::OpenSearch.path(portal)),
        privacy_url: page("/about/privacy/"),
        accessibility_url: page("/about/accessibility/"),
        help_url: page("/help/how-to-use/"),
        hotlines: site.hotlines.iter().map(|one| phone(one, hotline_name(one.as_str()))).collect(),
        entries: entries(portal),
        footer: footer(portal),
        assets: Assets {
            css: portal.url(&plan.assets.css),
            js: portal.url(&plan.assets.js),
            search: portal.url(&plan.assets.search),
            errand: portal.url(&plan.assets.errand),
            favicon: portal.url(&plan.assets.favicon),
        },
    }
}

fn hotline_name(number: &str) -> Option<&'static str> {
    match number {
        "12345" => Some("政务服务便民热线"),
        "12366" => Some("纳税缴费服务热线"),
        "12333" => Some("人社服务热线"),
        "12329" => Some("住房公积金热线"),
        "12348" => Some("公共法律服务热线"),
        "12315" => Some("市场监管投诉热线"),
        "12393" => Some("医保服务热线"),
        "12367" => Some("移民管理服务热线"),
        _ => None,
    }
}

fn nav(scene: Scene<'_>) -> Vec<NavEntry> {
    let entry =
        |id: &str, name: &str, path: &str| NavEntry { id: id.to_owned(), name: name.to_owned(), url: scene.url(path) };
    let any = |kind| {
        scene
            .portal
            .topic_ids()
            .any(|(id, topic)| topic.kind == kind && !scene.portal.indexes.by_topic[id.index()].is_empty())
    };
    let mut entries = vec![
        entry("home", "首页", "/"),
        entry("person", "个人办事", &format!("{}#person", paths::TOPICS)),
        entry("enterprise", "企业办事", &format!("{}#enterprise", paths::TOPICS)),
        entry("items", "全部事项", paths::ITEMS),
        entry("departments", "找部门", paths::DEPARTMENTS),
        entry("places", "去哪办", paths::PLACES),
        entry("openness", "政务公开", paths::OPENNESS),
    ];
    // An entry leads to a part of a page that is there only if it has topics.
    entries.retain(|entry| match entry.id.as_str() {
        "person" => any(TopicKind::Person),
        "enterprise" => any(TopicKind::Legal),
        _ => true,
    });
    entries
}

fn entries(portal: &Portal) -> Vec<Entry> {
    let Some(entries) = &portal.site.entries else { return Vec::new() };
    [
        ("consult", "网上咨询", &entries.consult),
        ("progress", "进度查询", &entries.progress),
        ("appointment", "预约办事", &entries.appointment),
        ("review", "办事评价", &entries.rate),
        ("suggest", "意见建议", &entries.suggest),
        ("complain", "投诉举报", &entries.complain),
    ]
    .into_iter()
    .filter_map(|(id, name, url)| {
        url.as_ref().map(|url| Entry { id: id.to_owned(), name: name.to_owned(), url: url.to_string() })
    })
    .collect()
}

fn footer(portal: &Portal) -> Footer {
    let site = &portal.site;
    let link = |name: &str, url: String| Link { name: name.to_owned(), url };
    Footer {
        sponsor: site.sponsor.clone(),
        operator: site.operator.clone(),
        phone: site.phone.told().map(|one| phone(one, None)),
        site_code: site.site_code.told().map(ToString::to_string),
        icp: site.icp.told().map(|icp| link(icp.as_str(), "https://beian.miit.gov.cn/".into())),
        police: site.police.told().map(|police| {
            link(
                &format!("{}公网安备 {}号", police.province, police.number),
                format!("https://beian.mps.gov.cn/#/query/webSearch?code={}", police.number),
            )
        }),
        government_mark: site.party_mark.as_ref().map(|url| link("党政机关网站标识", url.to_string())),
        find_error: site.error_report.as_ref().map(|url| link("我为政府网站找错", url.to_string())),
    }
}
