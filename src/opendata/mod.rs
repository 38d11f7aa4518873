//! Machine-readable files: the XML site map, robots.txt, names for search.

use serde::Serialize;

use crate::markdown::escape;
use crate::plan::{Output, OutputPlan, Page, path_of};
use crate::portal::{Item, Portal};

/// `sitemap.xml`: every page a search engine may show, with the day of its last change.
pub fn sitemap_xml(portal: &Portal, plan: &OutputPlan) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (file, output) in &plan.outputs {
        let Output::Page(page) = output else { continue };
        if *page == Page::NotFound {
            continue;
        }
        xml.push_str("<url><loc>");
        xml.push_str(&escape(&portal.absolute_url(&path_of(file))));
        xml.push_str("</loc>");
        if let Some(day) = last_modified(portal, *page) {
            xml.push_str("<lastmod>");
            xml.push_str(&day);
            xml.push_str("</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

fn last_modified(portal: &Portal, page: Page) -> Option<String> {
    match page {
        Page::Item(id) => Some(portal.item(id).facts.updated.to_string()),
        Page::Notice(position) => Some(portal.notices[position].head.from.to_string()),
        Page::Text(position) => {
            let head = &portal.pages[position].head;
            Some(head.updated.as_ref().unwrap_or(&head.published).to_string())
        }
        _ => None,
    }
}

/// `robots.txt`: everything may be read.
pub fn robots(portal: &Portal) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", portal.absolute_url("/sitemap.xml")).into_bytes()
}

/// The other words for an item: its own, and those of `synonyms.yaml` for words in its names.
fn words<'a>(portal: &'a Portal, item: &'a Item) -> Vec<&'a str> {
    let facts = &item.facts;
    let mut words: Vec<&str> = facts.aliases.iter().chain(&facts.keywords).map(String::as_str).collect();
    for group in &portal.synonyms.one_way {
        let names = |formal: &String| facts.name.contains(formal) || item.everyday_name().contains(formal.as_str());
        if group.formal.iter().any(names) {
            words.extend(group.words.iter().map(String::as_str));
        }
    }
    words
}

#[derive(Serialize)]
struct SearchName<'a> {
    n: &'a str,
    o: &'a str,
    a: Vec<&'a str>,
    d: &'a str,
    u: String,
    /// Whether nobody can apply now (paused, ended, not yet begun): it comes after those that are open.
    z: bool,
}

/// The names of all items, for the search page.
pub fn search_names(portal: &Portal) -> Vec<u8> {
    let names: Vec<SearchName<'_>> = portal
        .items
        .iter()
        .map(|item| SearchName {
            n: item.everyday_name(),
            o: &item.facts.name,
            a: words(portal, item),
            d: &portal.department(item.department).facts.short_name,
            u: portal.url(&item.path()),
            z: !item.status.is_open(),
        })
        .collect();
    serde_json::to_vec(&names).expect("a list of texts is always JSON")
}
