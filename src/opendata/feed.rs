//! Atom feeds of what changed: on the whole site, in a department, of an item.
//!
//! Everything in them is from the 变更记录 of items and never from the clock, so
//! the same content gives the same feed on any day. An entry keeps its id for as
//! long as its day and its words stay, and is the same in every feed it is in.

use std::cmp::Reverse;

use jiff::civil::{Date, date};
use xxhash_rust::xxh3::xxh3_64;

use crate::markdown::escape;
use crate::plan::{Change, Feed, OutputPlan};
use crate::portal::{Item, ItemId, Portal, base};
use crate::wording::prose;

/// How many entries the feeds of many items have; that of an item has all.
const ENTRIES: usize = 100;
/// How many characters of what changed stand in a title.
const TITLE: usize = 60;
/// The year in the ids of feeds: part of the name, and so never another one.
const SINCE: &str = "2026";
/// The day of a feed that has nothing with a day.
const NEVER: Date = date(1970, 1, 1);

/// The feed as Atom (RFC 4287).
pub(super) fn feed(portal: &Portal, plan: &OutputPlan, feed: Feed) -> Vec<u8> {
    let entries = entries(portal, plan, feed);
    let updated = entries.first().map_or_else(|| last_update(portal, feed), |entry| entry.date);
    let home = feed.page(portal);
    let site = &portal.site;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml.push_str(&text(site.language.as_deref().unwrap_or("zh-Hans")));
    xml.push_str("\">\n");
    line(&mut xml, "id", &format!("tag:{},{SINCE}:feed:{}", site.url.host(), own_path(portal, &home)));
    line(&mut xml, "title", &format!("{} - {}", feed.name(portal), site.name));
    line(&mut xml, "subtitle", "办事指南改了什么：哪天、哪个事项、改了哪里。");
    line(&mut xml, "updated", &moment(updated));
    author(&mut xml, &site.sponsor);
    link(&mut xml, "self", "application/atom+xml", &portal.absolute_url(&feed.path(portal)));
    link(&mut xml, "alternate", "text/html", &portal.absolute_url(&home));
    for entry in entries {
        entry.write(&mut xml, portal);
    }
    xml.push_str("</feed>\n");
    xml.into_bytes()
}

/// One record of an item.
struct Entry<'a> {
    id: String,
    date: Date,
    item: &'a Item,
    text: String,
}

impl<'a> Entry<'a> {
    fn new(portal: &'a Portal, item: &'a Item, position: usize) -> Self {
        let change = &item.facts.changes[position];
        let (date, text) = (change.date.date(), prose(&change.text));
        // By its words, not its place: a record above or below does not make it another one.
        let words = xxh3_64(text.as_bytes());
        let id = format!("tag:{},{date}:{}:{words:016x}", portal.site.url.host(), own_path(portal, &item.path()));
        Entry { id, date, item, text }
    }

    fn write(&self, xml: &mut String, portal: &Portal) {
        let Entry { id, date, item, text: words } = self;
        let department = portal.department(item.department);
        xml.push_str("<entry>\n");
        line(xml, "id", id);
        line(xml, "title", &format!("{}：{}", item.everyday_name(), shortened(words)));
        line(xml, "updated", &moment(*date));
        line(xml, "published", &moment(*date));
        author(xml, &department.facts.name);
        xml.push_str(&format!(
            "<category term=\"{}\" label=\"{}\"/>\n",
            text(&department.id),
            text(&department.facts.short_name)
        ));
        link(xml, "alternate", "text/html", &portal.absolute_url(&format!("{}#record", item.path())));
        xml.push_str(&format!("<content type=\"text\">{}</content>\n</entry>\n", text(words)));
    }
}

/// A path below the address in `site.yaml`, wherever this build will stand.
fn own_path(portal: &Portal, path: &str) -> String {
    let (_, base) = base(&portal.site.url.to_string());
    format!("{base}{}", path.trim_start_matches('/'))
}

/// The entries of a feed, the newest first. Two of one item and day with the same words are one.
fn entries<'a>(portal: &'a Portal, plan: &OutputPlan, feed: Feed) -> Vec<Entry<'a>> {
    let mut found: Vec<Entry> = Vec::new();
    let mut add = |item: ItemId, position: usize| {
        let entry = Entry::new(portal, portal.item(item), position);
        if found.iter().all(|other| other.id != entry.id) {
            found.push(entry);
        }
    };
    let all = plan.listings.changes.iter();
    match feed {
        Feed::Site => all.take(ENTRIES).for_each(|change| add(change.item, change.position)),
        Feed::Department(id) => {
            let own = all.filter(|change| portal.item(change.item).department == id);
            own.take(ENTRIES).for_each(|change| add(change.item, change.position));
        }
        Feed::Item(id) => {
            let records = portal.item(id).facts.changes.iter().enumerate();
            let past = records.filter(|(_, change)| change.date.date() <= portal.as_of);
            let mut past: Vec<Change> =
                past.map(|(position, change)| Change { date: change.date.date(), item: id, position }).collect();
            past.sort_by_key(|change| Reverse(change.date));
            past.iter().for_each(|change| add(id, change.position));
        }
    }
    found
}

/// When a feed without entries was last true: the newest 更新日期 of its items.
fn last_update(portal: &Portal, feed: Feed) -> Date {
    let of = |id: &ItemId| portal.item(*id).facts.updated.date();
    let newest = match feed {
        Feed::Site => portal.items.iter().map(|item| item.facts.updated.date()).max(),
        Feed::Department(id) => portal.indexes.by_department[id.index()].iter().map(of).max(),
        Feed::Item(id) => Some(of(&id)),
    };
    newest.unwrap_or(NEVER)
}

fn shortened(words: &str) -> String {
    let mut title: String = words.chars().take(TITLE).collect();
    if title.len() < words.len() {
        title.push('…');
    }
    title
}

fn moment(date: Date) -> String {
    format!("{date}T00:00:00+08:00")
}

fn line(xml: &mut String, name: &str, words: &str) {
    xml.push_str(&format!("<{name}>{}</{name}>\n", text(words)));
}

fn author(xml: &mut String, name: &str) {
    xml.push_str(&format!("<author><name>{}</name></author>\n", text(name)));
}

fn link(xml: &mut String, rel: &str, kind: &str, url: &str) {
    xml.push_str(&format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>\n", text(url)));
}

/// A text as XML can hold it: what is no character there is left out.
fn text(words: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && c != '\u{FFFE}' && c != '\u{FFFF}');
    escape(&words.chars().filter(|c| is_allowed(*c)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_xml_can_hold() {
        assert_eq!(text("甲\u{b}<乙> & \"丙\"\u{FFFF}"), "甲&lt;乙&gt; &amp; &quot;丙&quot;");
    }

    #[test]
    fn titles_are_short() {
        assert_eq!(shortened("承诺时限缩短"), "承诺时限缩短");
        assert_eq!(shortened(&"长".repeat(61)), format!("{}…", "长".repeat(60)));
    }
}
