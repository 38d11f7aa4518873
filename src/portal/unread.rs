//! Addresses that have no page only because a file could not be read: its own finding says why.

use crate::documents::DocumentKind;
use crate::portal::paths;

/// What the addresses begin with that the unread files would have, and those of `items` that have no department.
pub(super) fn addresses<'a>(
    unread: &[DocumentKind],
    items: impl Iterator<Item = &'a str>,
    topics_unread: bool,
) -> Vec<String> {
    let mut found: Vec<String> = items.map(|slug| paths::below(paths::ITEMS, slug)).collect();
    found.extend(unread.iter().filter_map(paths::of_document));
    let departments = found.iter().filter_map(|path| path.strip_prefix(paths::DEPARTMENTS));
    let catalogues: Vec<String> = departments.map(|id| format!("{}{id}", paths::CATALOGUE)).collect();
    found.extend(catalogues);
    found.extend(topics_unread.then(|| paths::TOPICS.to_owned()));
    found
}
