//! Addresses that have no page only because a file could not be read: its own finding says why.

use crate::documents::DocumentKind;

/// What the addresses begin with that the unread files would have, and those of `items` that have no department.
pub(super) fn addresses<'a>(
    unread: &[DocumentKind],
    items: impl Iterator<Item = &'a str>,
    topics_unread: bool,
) -> Vec<String> {
    let mut found: Vec<String> = items.map(|slug| format!("/items/{slug}/")).collect();
    for kind in unread {
        found.extend(match kind {
            DocumentKind::Item(_, slug) => Some(format!("/items/{slug}/")),
            DocumentKind::Law(id) => Some(format!("/laws/{id}/")),
            DocumentKind::Material(id) => Some(format!("/materials/{id}/")),
            DocumentKind::Place(id) => Some(format!("/places/{id}/")),
            DocumentKind::Bundle(slug) => Some(format!("/bundles/{slug}/")),
            DocumentKind::Notice(slug) => Some(format!("/notices/{slug}/")),
            DocumentKind::Page(path) => Some(format!("/{path}/")),
            DocumentKind::Department(id) => Some(format!("/departments/{id}/")),
            _ => None,
        });
    }
    let departments = found.iter().filter_map(|path| path.strip_prefix("/departments/"));
    let catalogues: Vec<String> = departments.map(|id| format!("/openness/catalogue/{id}")).collect();
    found.extend(catalogues);
    found.extend(topics_unread.then(|| "/topics/".to_owned()));
    found
}
