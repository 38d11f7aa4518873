//! The ids of one text: given ones first, then made ones, no two alike.
//!
//! A heading's own id comes from its place among the headings, not from its
//! words, so it survives rewording. Ids of other parts of the page are not known.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag};

use super::emphasis::strip;

/// The ids in use, and how many headings there were.
pub(super) struct Ids {
    prefix: String,
    used: HashSet<String>,
    given: HashSet<String>,
    headings: usize,
}

impl Ids {
    /// Looks for the ids that the author gave.
    pub(super) fn collect<'a>(prefix: &str, events: impl Iterator<Item = &'a Event<'a>>) -> Self {
        let given = events
            .filter_map(|event| match event {
                Event::Start(Tag::Heading { id: Some(id), .. }) => Some(strip(id).into_owned()),
                _ => None,
            })
            .collect();
        Ids { prefix: prefix.to_owned(), used: HashSet::new(), given, headings: 0 }
    }

    /// The id of the next heading, and whether a given one had to be changed.
    pub(super) fn heading(&mut self, given: Option<&str>) -> (String, bool) {
        self.headings += 1;
        let Some(given) = given.map(strip).filter(|id| !id.is_empty()) else {
            let id = format!("{}s-{}", self.prefix, self.headings);
            return (self.unused(id), false);
        };
        if self.used.insert(given.clone().into_owned()) {
            return (given.into_owned(), false);
        }
        (self.unused(given.into_owned()), true)
    }

    /// The id of a footnote part, such as `fn-1`.
    pub(super) fn footnote(&self, part: &str, number: usize) -> String {
        format!("{}{part}-{number}", self.prefix)
    }

    /// Keeps `id` for a footnote, so that no heading takes it.
    pub(super) fn reserve(&mut self, id: String) {
        self.used.insert(id);
    }

    /// Takes `id`, or `id` with a number that nobody has.
    fn unused(&mut self, id: String) -> String {
        let free = |ids: &Ids, id: &str| !ids.used.contains(id) && !ids.given.contains(id);
        let mut free_id = id.clone();
        let mut nth = self.headings.max(2);
        while !free(self, &free_id) {
            free_id = format!("{id}-{nth}");
            nth += 1;
        }
        self.used.insert(free_id.clone());
        free_id
    }
}
