//! What was resolved before, for the next time that nothing it rests on is another.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::Findings;
use crate::documents::{DocumentKind, kind_of};
use crate::markdown::Rendered;
use crate::portal::{BundleId, Indexes, Item, ResolveOptions};
use crate::schema;
use crate::source::{FileId, SourceTree};

/// What earlier runs of the resolve stage made of single items, and of their order.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Of everything items can refer to, and of which items there are: the
    /// entries are of these items, one by one.
    around: u128,
    entries: Vec<Entry>,
    indexes: Option<Arc<Indexes>>,
    order: Order,
}

/// One resolved item and what it was made of.
#[derive(Debug)]
struct Entry {
    file: FileId,
    facts: Arc<schema::Item>,
    guide: Option<Arc<Rendered>>,
    bundles: Vec<BundleId>,
    item: Arc<Item>,
    findings: Findings,
}

/// What one item is resolved from, besides what all items share.
pub(in crate::portal) struct Parts<'a> {
    pub(in crate::portal) file: FileId,
    pub(in crate::portal) facts: &'a Arc<schema::Item>,
    pub(in crate::portal) guide: Option<&'a Arc<Rendered>>,
    pub(in crate::portal) bundles: &'a [BundleId],
}

impl Resolved {
    /// Forgets everything if something that any item may refer to is another.
    pub(in crate::portal) fn begin(&mut self, around: Arounds) -> Arounds {
        if self.around != around.items {
            self.entries.clear();
            self.indexes = None;
            self.around = around.items;
        }
        around
    }

    /// The item at a position, if it was made from the same.
    pub(in crate::portal) fn find(&self, n: usize, parts: &Parts<'_>) -> Option<(Arc<Item>, Findings)> {
        let entry = self.entries.get(n)?;
        let is_same = entry.file == parts.file
            && Arc::ptr_eq(&entry.facts, parts.facts)
            && entry.guide.as_ref().map(Arc::as_ptr) == parts.guide.map(Arc::as_ptr)
            && entry.bundles == parts.bundles;
        is_same.then(|| (Arc::clone(&entry.item), entry.findings.clone()))
    }

    /// Notes what became of the item at a position; the positions come in order.
    pub(in crate::portal) fn keep(&mut self, n: usize, parts: &Parts<'_>, item: &Arc<Item>, findings: &Findings) {
        let entry = Entry {
            file: parts.file,
            facts: Arc::clone(parts.facts),
            guide: parts.guide.map(Arc::clone),
            bundles: parts.bundles.to_vec(),
            item: Arc::clone(item),
            findings: findings.clone(),
        };
        if self.entries.get(n).is_none_or(|known| !Indexes::are_alike(&known.item, item)) {
            self.indexes = None;
        }
        match self.entries.get_mut(n) {
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
    }

    /// The indexes of the items kept.
    pub(in crate::portal) fn indexes(&mut self, make: impl FnOnce() -> Indexes) -> Arc<Indexes> {
        Arc::clone(self.indexes.get_or_insert_with(|| Arc::new(make())))
    }

    /// Whether the order that was noted is that of these items: around them is the same, and each is shown or not
    /// as before.
    pub(in crate::portal) fn has_order(&self, around: u128, written: &[(FileId, &Arc<schema::Item>)]) -> bool {
        let order = &self.order;
        let is_same = |facts: &Arc<schema::Item>, known: &Arc<schema::Item>| {
            Arc::ptr_eq(facts, known) || is_shown_alike(facts, known)
        };
        let mut pairs = written.iter().zip(&order.written);
        order.around == around
            && order.written.len() == written.len()
            && pairs.all(|((file, facts), (at, known))| file == at && is_same(facts, known))
    }

    /// The order that was noted last.
    pub(in crate::portal) fn known_order(&self) -> &Order {
        &self.order
    }

    /// Notes the order of the items.
    pub(in crate::portal) fn keep_order(&mut self, order: Order) {
        self.order = order;
    }
}

/// In which order the items of this build come, and which are none of it.
#[derive(Debug, Default)]
pub(in crate::portal) struct Order {
    /// Of everything but the items' own texts.
    pub(in crate::portal) around: u128,
    /// The items in the order of their files.
    pub(in crate::portal) written: Vec<(FileId, Arc<schema::Item>)>,
    /// The positions of those of this build, by slug.
    pub(in crate::portal) shown: Vec<usize>,
    /// The positions of those whose department has no readable file.
    pub(in crate::portal) homeless: Vec<usize>,
    /// The slugs that are known but not of this build.
    pub(in crate::portal) hidden: Vec<String>,
    /// Those of them that are not for the public, with their files.
    pub(in crate::portal) withheld: BTreeMap<String, FileId>,
    /// What was found.
    pub(in crate::portal) findings: Findings,
}

/// Whether one of two states of an item is shown when the other is.
fn is_shown_alike(one: &schema::Item, other: &schema::Item) -> bool {
    one.confidential.0 == other.confidential.0
        && one.approval.state == other.approval.state
        && one.effective.as_ref().map(|day| day.date()) == other.effective.as_ref().map(|day| day.date())
}

/// What stands for everything but the items' own texts.
pub(in crate::portal) struct Around {
    /// For everything items can refer to.
    items: Xxh3,
    /// For the texts of pages besides.
    pages: Xxh3,
    /// For the settings of the site.
    site: Xxh3,
}

/// What stands for everything but the items' own texts, together with which items there are.
pub(in crate::portal) struct Arounds {
    /// For everything items can refer to.
    pub(in crate::portal) items: u128,
    /// For the whole portal.
    pub(in crate::portal) portal: u128,
    /// For all of it but the settings of the site.
    pub(in crate::portal) but_site: u128,
}

impl Around {
    /// Of the texts of all files but those of items, and of the others that they are there.
    pub(in crate::portal) fn new(tree: &SourceTree, options: &ResolveOptions) -> Self {
        let (mut items, mut pages, mut site) = (Xxh3::new(), Xxh3::new(), Xxh3::new());
        add(&mut items, &format!("{} {}", options.as_of, options.drafts));
        for file in &tree.files {
            add(&mut items, &file.path);
            match of_what(&file.path) {
                Own::Item => {}
                Own::Page => add(&mut pages, &file.text),
                Own::Site => add(&mut site, &file.text),
                Own::Nothing => add(&mut items, &file.text),
            }
        }
        for binary in &tree.binaries {
            add(&mut items, &binary.path);
            items.update(&binary.size.to_le_bytes());
        }
        add(&mut site, options.base_url.as_deref().unwrap_or_default());
        Around { items, pages, site }
    }

    /// For everything that decides which items there are, but their own texts.
    pub(in crate::portal) fn order(&self) -> u128 {
        self.items.digest128()
    }

    /// Together with which items there are.
    pub(in crate::portal) fn with<'a>(mut self, slugs: impl Iterator<Item = &'a str>) -> Arounds {
        for slug in slugs {
            add(&mut self.items, slug);
        }
        let items = self.items.digest128();
        self.pages.update(&items.to_le_bytes());
        let but_site = self.pages.digest128();
        self.site.update(&but_site.to_le_bytes());
        Arounds { items, but_site, portal: self.site.digest128() }
    }
}

fn add(hasher: &mut Xxh3, text: &str) {
    hasher.update(&text.len().to_le_bytes());
    hasher.update(text.as_bytes());
}

/// What nothing but is made from a file.
enum Own {
    /// Its item; or a theme, which is no part of the portal.
    Item,
    /// Its page.
    Page,
    /// The settings of the site.
    Site,
    /// Anything may refer to it.
    Nothing,
}

fn of_what(path: &str) -> Own {
    if path.starts_with("themes/") || path.ends_with("/item.yaml") || path.ends_with("/guide.md") {
        return Own::Item;
    }
    match kind_of(path) {
        DocumentKind::Page(_) => Own::Page,
        DocumentKind::Site => Own::Site,
        _ => Own::Nothing,
    }
}
