//! What programs ask of any web site: the XML site map, `robots.txt`, how to search, whom to tell of a weakness.

use jiff::civil::Date;

use crate::markdown::escape;
use crate::plan::{Mapped, OpenFile, OutputPlan, Page, sitemap_parts};
use crate::portal::{ItemId, Portal, paths};
use crate::wording::encoded;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`: every page a search engine may show, with the day of its last change; an index of the
/// parts if there are too many for one file.
pub(super) fn sitemap(portal: &Portal, plan: &OutputPlan) -> Vec<u8> {
    let parts = sitemap_parts(portal, &plan.outputs);
    if let [whole] = parts.as_slice() {
        return urlset(portal, plan, whole);
    }
    let mut xml = format!("{XML}<sitemapindex xmlns=\"{SITEMAP}\">\n");
    for (n, part) in parts.iter().enumerate() {
        let newest = part.iter().filter_map(|one| last_modified(portal, plan, one.page)).max();
        let path = OpenFile::SitemapPart(n + 1).path(portal);
        entry(&mut xml, "sitemap", &portal.absolute_url(&path), newest);
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// One of the parts; they count from 1.
pub(super) fn sitemap_part(portal: &Portal, plan: &OutputPlan, part: usize) -> Vec<u8> {
    let parts = sitemap_parts(portal, &plan.outputs);
    urlset(portal, plan, parts.get(part - 1).map_or(&[], Vec::as_slice))
}

fn urlset(portal: &Portal, plan: &OutputPlan, pages: &[Mapped]) -> Vec<u8> {
    let mut xml = format!("{XML}<urlset xmlns=\"{SITEMAP}\">\n");
    for one in pages {
        entry(&mut xml, "url", &portal.absolute_url(&encoded(&one.path)), last_modified(portal, plan, one.page));
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

fn entry(xml: &mut String, name: &str, url: &str, day: Option<Date>) {
    xml.push_str(&format!("<{name}><loc>{}</loc>", escape(url)));
    if let Some(day) = day {
        xml.push_str(&format!("<lastmod>{day}</lastmod>"));
    }
    xml.push_str(&format!("</{name}>\n"));
}

/// The day a page last changed, where its content knows it: its own day, or the newest of the items it lists.
fn last_modified(portal: &Portal, plan: &OutputPlan, page: Page) -> Option<Date> {
    let newest = |ids: &[ItemId]| ids.iter().map(|id| portal.item(*id).facts.updated.date()).max();
    match page {
        Page::Item(id) | Page::NoticeSheet(id, None) => Some(portal.item(id).facts.updated.date()),
        Page::Notice(position) => Some(portal.notices[position].head.from.date()),
        Page::Text(position) => {
            let head = &portal.pages[position].head;
            Some(head.updated.as_ref().unwrap_or(&head.published).date())
        }
        Page::Bundle(id) => portal.bundles[id.index()].facts.updated.map(|day| day.date()),
        Page::Department(id, _) => newest(&portal.indexes.by_department[id.index()]),
        Page::Topic(id, _) => newest(&portal.indexes.by_topic[id.index()]),
        Page::Home | Page::Changes(_) => plan.listings.changes.first().map(|change| change.date),
        _ => None,
    }
}

/// `robots.txt`: everything may be read.
pub(super) fn robots(portal: &Portal) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", portal.absolute_url("/sitemap.xml")).into_bytes()
}

/// `opensearch.xml`: browsers offer the search of the site in their address bar.
pub(super) fn opensearch(portal: &Portal) -> Vec<u8> {
    let site = &portal.site;
    // The description allows 16 characters here.
    let short: String = site.short_name.as_ref().unwrap_or(&site.name).chars().take(16).collect();
    let language = site.language.as_deref().unwrap_or("zh-Hans");
    let page = portal.absolute_url(paths::SEARCH);
    format!(
        "{XML}<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>{}</Description>\n\
         <Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}\"/>\n\
         <Language>{}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n\
         </OpenSearchDescription>\n",
        escape(&short),
        escape(&format!("搜索{}的办事指南", site.name)),
        escape(&page),
        escape(&portal.absolute_url(&OpenFile::OpenSearch.path(portal))),
        escape(language),
    )
    .into_bytes()
}

/// `security.txt` (RFC 9116). Its end is the day `site.yaml` names, never one counted from today.
pub(super) fn security(portal: &Portal) -> Vec<u8> {
    let Some(facts) = &portal.site.security else { return Vec::new() };
    let mut text: String = facts.contacts.iter().map(|url| format!("Contact: {url}\n")).collect();
    text.push_str(&format!("Expires: {}T23:59:59+08:00\n", facts.expires));
    text.push_str("Preferred-Languages: zh\n");
    text.push_str(&format!("Canonical: {}\n", portal.absolute_url(&OpenFile::Security.path(portal))));
    text.extend(facts.policy.as_ref().map(|url| format!("Policy: {url}\n")));
    text.into_bytes()
}
