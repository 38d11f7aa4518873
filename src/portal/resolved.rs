//! Items that were resolved before, for the next time that nothing they rest on is another.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::Findings;
use crate::documents::{DocumentKind, kind_of};
use crate::markdown::Rendered;
use crate::portal::{BundleId, Item};
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

/// Stands for everything items can refer to: the texts of all files but those
/// of items and pages, and of the others that they are there.
pub(in crate::portal) fn around(tree: &SourceTree, slugs: &[&str], more: &str) -> u128 {
    let mut hasher = Xxh3::new();
    let mut add = |text: &str| {
        hasher.update(&text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(more);
    for file in &tree.files {
        add(&file.path);
        if !is_own(&file.path) {
            add(&file.text);
        }
    }
    for binary in &tree.binaries {
        add(&binary.path);
        add(&binary.size.to_string());
    }
    for slug in slugs {
        add(slug);
    }
    hasher.digest128()
}

/// Whether nothing but its own item or page is made from a file.
fn is_own(path: &str) -> bool {
    path.starts_with("themes/")
        || path.ends_with("/item.yaml")
        || path.ends_with("/guide.md")
        || matches!(kind_of(path), DocumentKind::Page(_) | DocumentKind::Site)
}
