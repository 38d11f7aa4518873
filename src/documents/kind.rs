//! Which kind of document a file is, by its place in the content folder.

/// The kind of document a path stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentKind {
    /// `site.yaml`.
    Site,
    /// `calendar.yaml`.
    Calendar,
    /// `topics.yaml`.
    Topics,
    /// `synonyms.yaml`.
    Synonyms,
    /// `redirects.yaml`.
    Redirects,
    /// `exceptions.yaml`.
    Exceptions,
    /// `urls.lock`.
    UrlsLock,
    /// `laws/<id>.yaml`.
    Law(String),
    /// `materials/<id>.yaml`.
    Material(String),
    /// `places/<id>.yaml`.
    Place(String),
    /// `departments/<id>/department.yaml`.
    Department(String),
    /// `departments/<id>/<slug>/item.yaml`.
    Item(String, String),
    /// `departments/<id>/<slug>/guide.md`.
    Guide(String, String),
    /// `bundles/<slug>/bundle.yaml`.
    Bundle(String),
    /// `notices/<date>-<slug>.md`.
    Notice(String),
    /// `pages/**/*.md`.
    Page(String),
    /// A file of a theme.
    Theme,
    /// A file for people, such as a README.
    Ignored,
    /// Nothing known.
    Unknown,
}

/// The kind of the text file at `path` (from the root folder).
pub fn kind_of(path: &str) -> DocumentKind {
    if path.starts_with("themes/") {
        return DocumentKind::Theme;
    }
    let Some(rest) = path.strip_prefix("content/") else { return DocumentKind::Unknown };
    let parts: Vec<&str> = rest.split('/').collect();
    let name = parts.last().copied().unwrap_or_default();
    if name == "README.md" || name == "CODEOWNERS" {
        return DocumentKind::Ignored;
    }
    let yaml = |name: &str| name.strip_suffix(".yaml").map(str::to_owned);
    let markdown = |name: &str| name.strip_suffix(".md").map(str::to_owned);
    match parts.as_slice() {
        ["site.yaml"] => DocumentKind::Site,
        ["calendar.yaml"] => DocumentKind::Calendar,
        ["topics.yaml"] => DocumentKind::Topics,
        ["synonyms.yaml"] => DocumentKind::Synonyms,
        ["redirects.yaml"] => DocumentKind::Redirects,
        ["exceptions.yaml"] => DocumentKind::Exceptions,
        ["urls.lock"] => DocumentKind::UrlsLock,
        ["laws", file] => yaml(file).map_or(DocumentKind::Unknown, DocumentKind::Law),
        ["materials", file] => yaml(file).map_or(DocumentKind::Unknown, DocumentKind::Material),
        ["places", file] => yaml(file).map_or(DocumentKind::Unknown, DocumentKind::Place),
        ["departments", id, "department.yaml"] => DocumentKind::Department((*id).to_owned()),
        ["departments", id, slug, "item.yaml"] => DocumentKind::Item((*id).to_owned(), (*slug).to_owned()),
        ["departments", id, slug, "guide.md"] => DocumentKind::Guide((*id).to_owned(), (*slug).to_owned()),
        ["bundles", slug, "bundle.yaml"] => DocumentKind::Bundle((*slug).to_owned()),
        ["notices", file] => markdown(file).map_or(DocumentKind::Unknown, DocumentKind::Notice),
        ["pages", .., _] => {
            let path = parts[1..].join("/");
            match markdown(&path) {
                Some(path) => DocumentKind::Page(path.strip_suffix("/index").map(str::to_owned).unwrap_or(path)),
                None => DocumentKind::Unknown,
            }
        }
        _ => DocumentKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_file_tells_its_kind() {
        assert_eq!(kind_of("content/site.yaml"), DocumentKind::Site);
        assert_eq!(kind_of("content/departments/a/b/item.yaml"), DocumentKind::Item("a".into(), "b".into()));
        assert_eq!(kind_of("content/pages/openness/index.md"), DocumentKind::Page("openness".into()));
        assert_eq!(kind_of("content/pages/help/contact.md"), DocumentKind::Page("help/contact".into()));
        assert_eq!(kind_of("content/laws/a.yml"), DocumentKind::Unknown);
        assert_eq!(kind_of("content/README.md"), DocumentKind::Ignored);
    }
}
