//! Items that were resolved before, for the next time that nothing they rest on is another.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::Findings;
use crate::documents::{DocumentKind, kind_of};
use crate::markdown::Rendered;
use crate::portal::{BundleId, Item, ResolveOptions};
use crate::schema;
use crate::source::{FileId, SourceTree};

/// What earlier runs of the resolve stage made of single items.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Of everything items can refer to.
    around: u128,
    items: HashMap<String, Entry>,
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
    pub(in crate::portal) slug: &'a str,
    pub(in crate::portal) file: FileId,
    pub(in crate::portal) facts: &'a Arc<schema::Item>,
    pub(in crate::portal) guide: Option<&'a Arc<Rendered>>,
    pub(in crate::portal) bundles: &'a [BundleId],
}

impl Resolved {
    /// Forgets everything if something that any item may refer to is another.
    pub(in crate::portal) fn begin(&mut self, around: u128) {
        if self.around != around {
            self.items.clear();
            self.around = around;
        }
    }

    /// The item, if it was made from the same.
    pub(in crate::portal) fn find(&self, parts: &Parts<'_>) -> Option<(Arc<Item>, Findings)> {
        let entry = self.items.get(parts.slug)?;
        let is_same = entry.file == parts.file
            && Arc::ptr_eq(&entry.facts, parts.facts)
            && entry.guide.as_ref().map(Arc::as_ptr) == parts.guide.map(Arc::as_ptr)
            && entry.bundles == parts.bundles;
        is_same.then(|| (Arc::clone(&entry.item), entry.findings.clone()))
    }

    /// Notes what became of an item.
    pub(in crate::portal) fn keep(&mut self, parts: &Parts<'_>, item: &Arc<Item>, findings: &Findings) {
        let entry = Entry {
            file: parts.file,
            facts: Arc::clone(parts.facts),
            guide: parts.guide.map(Arc::clone),
            bundles: parts.bundles.to_vec(),
            item: Arc::clone(item),
            findings: findings.clone(),
        };
        self.items.insert(parts.slug.to_owned(), entry);
    }
}

/// What stands for everything but the items' own texts.
pub(in crate::portal) struct Around {
    /// For everything items can refer to.
    pub(in crate::portal) items: u128,
    /// For that and what else the portal is made from.
    pub(in crate::portal) portal: u128,
}

impl Around {
    /// Of the texts of all files but those of items, and of the others that they are there.
    pub(in crate::portal) fn new(tree: &SourceTree, slugs: &[&str], options: &ResolveOptions) -> Self {
        let mut hasher = Xxh3::new();
        add(&mut hasher, &format!("{} {}", options.as_of, options.drafts));
        let mut pages = Vec::new();
        for file in &tree.files {
            add(&mut hasher, &file.path);
            match of_what(&file.path) {
                Own::Item => {}
                Own::Page => pages.push(&file.text),
                Own::Nothing => add(&mut hasher, &file.text),
            }
        }
        for binary in &tree.binaries {
            add(&mut hasher, &binary.path);
            hasher.update(&binary.size.to_le_bytes());
        }
        for slug in slugs {
            add(&mut hasher, slug);
        }
        let items = hasher.digest128();
        for text in pages {
            add(&mut hasher, text);
        }
        add(&mut hasher, options.base_url.as_deref().unwrap_or_default());
        Around { items, portal: hasher.digest128() }
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
    /// Its page, or the settings of the site.
    Page,
    /// Anything may refer to it.
    Nothing,
}

fn of_what(path: &str) -> Own {
    if path.starts_with("themes/") || path.ends_with("/item.yaml") || path.ends_with("/guide.md") {
        return Own::Item;
    }
    match kind_of(path) {
        DocumentKind::Page(_) | DocumentKind::Site => Own::Page,
        _ => Own::Nothing,
    }
}
