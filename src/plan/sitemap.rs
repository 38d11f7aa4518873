//! What stands in the XML site map, and in which of its parts.
//!
//! The protocol (sitemaps.org) allows 50,000 addresses and 50 MB a file. A larger site has an index and
//! numbered parts.

use std::collections::BTreeMap;

use crate::output::OutputPath;
use crate::plan::{Output, Page, path_of};
use crate::portal::Portal;

/// The most addresses of a file.
const MOST: usize = 50_000;
/// The most bytes of a file, with room for its first and last line.
const BYTES: usize = 52_428_800 - 1000;
/// What an entry takes besides its address: tags and a day.
const AROUND: usize = 80;

/// A page of the site map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// Its site path.
    pub path: String,
    /// What it shows.
    pub page: Page,
}

/// The pages a search engine may show, cut into the files of the site map.
pub fn sitemap_parts(portal: &Portal, outputs: &BTreeMap<OutputPath, Output>) -> Vec<Vec<Mapped>> {
    let pages = outputs.iter().filter_map(|(file, output)| match output {
        // What a case says is right for those who gave its answers, and not for those who come from a search.
        Output::Page(page) if !matches!(page, Page::NotFound | Page::Case(..) | Page::NoticeSheet(_, Some(_))) => {
            Some(Mapped { path: path_of(file), page: *page })
        }
        _ => None,
    });
    cut(pages, |one| portal.base_url.len() + one.path.len(), MOST, BYTES)
}

/// Cuts entries into files that are within the limits; there is always one.
fn cut(
    entries: impl Iterator<Item = Mapped>,
    length: impl Fn(&Mapped) -> usize,
    most: usize,
    bytes: usize,
) -> Vec<Vec<Mapped>> {
    let mut parts = vec![Vec::new()];
    let mut taken = 0;
    for entry in entries {
        // Every byte of an address may be written as an entity or an escape of six.
        let size = 6 * length(&entry) + AROUND;
        let last = parts.last().map_or(0, Vec::len);
        if last == most || (last > 0 && taken + size > bytes) {
            parts.push(Vec::new());
            taken = 0;
        }
        taken += size;
        if let Some(part) = parts.last_mut() {
            part.push(entry);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_within_both_limits() {
        let entries = || (0..10).map(|n| Mapped { path: format!("/{n}/"), page: Page::Home });
        let sizes = |most, bytes| -> Vec<usize> {
            cut(entries(), |one| one.path.len(), most, bytes).iter().map(Vec::len).collect()
        };
        assert_eq!(sizes(10, 10_000), [10]);
        assert_eq!(sizes(4, 10_000), [4, 4, 2]);
        assert_eq!(sizes(10, 3 * (18 + AROUND)), [3, 3, 3, 1]);
        assert_eq!(sizes(10, 1), [1; 10], "what is too large alone stands alone");
        assert_eq!(cut(std::iter::empty(), |_| 0, 1, 1), [vec![]]);
    }
}
