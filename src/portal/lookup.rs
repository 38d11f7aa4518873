//! From the names editors write to the ids of resolved things.

use std::sync::Arc;

use crate::diagnostics::nearest;

/// Names of one kind of thing with their ids.
#[derive(Debug)]
pub struct Lookup<Id> {
    /// What the things are called in a message: Chinese, English.
    pub what: (&'static str, &'static str),
    /// By name.
    ids: Vec<(Arc<str>, Id)>,
    hidden: Vec<String>,
}

impl<Id: Copy> Lookup<Id> {
    /// A lookup over these names.
    pub fn new(what: (&'static str, &'static str), names: impl IntoIterator<Item = (Arc<str>, Id)>) -> Self {
        let mut ids: Vec<(Arc<str>, Id)> = names.into_iter().collect();
        ids.sort_by(|a, b| a.0.cmp(&b.0));
        // Of things of one name the last counts.
        ids.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                std::mem::swap(later, kept);
            }
            is_same
        });
        Lookup { what, ids, hidden: Vec::new() }
    }

    /// Adds names of things that exist but are not in this build: drafts, and
    /// files whose own findings say that they cannot be read.
    #[must_use]
    pub fn with_hidden(mut self, hidden: impl IntoIterator<Item = String>) -> Self {
        for name in hidden {
            if self.get(&name).is_none() {
                self.hidden.push(name);
            }
        }
        self
    }

    /// The id of a name.
    pub fn get(&self, name: &str) -> Option<Id> {
        self.ids.binary_search_by(|(known, _)| (**known).cmp(name)).ok().map(|at| self.ids[at].1)
    }

    /// Whether the thing exists but is left out of this build.
    pub fn is_hidden(&self, name: &str) -> bool {
        self.hidden.iter().any(|hidden| hidden == name)
    }

    /// The nearest known name.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }

    /// All known names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(|(name, _)| &**name).chain(self.hidden.iter().map(String::as_str))
    }
}
