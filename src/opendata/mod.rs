//! Machine-readable files: the XML site map, robots.txt, the feeds of changes,
//! the working calendar.

mod calendar;
mod feed;

pub use calendar::calendar;
pub use feed::feed;

use crate::markdown::escape;
use crate::plan::{Output, OutputPlan, Page, path_of};
use crate::portal::Portal;

/// `sitemap.xml`: every page a search engine may show, with the day of its last change.
pub fn sitemap_xml(portal: &Portal, plan: &OutputPlan) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (file, output) in plan.outputs.iter() {
        let Output::Page(page) = output else { continue };
        // What a case says is right for those who gave its answers, and not for those who come from a search.
        if matches!(page, Page::NotFound | Page::Case(..) | Page::NoticeSheet(_, Some(_))) {
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
        Page::Item(id) | Page::NoticeSheet(id, None) => Some(portal.item(id).facts.updated.to_string()),
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
