//! From the names editors write to the ids of resolved things.

use std::collections::BTreeMap;

use crate::diagnostics::nearest;

/// Names of one kind of thing with their ids.
#[derive(Debug)]
pub struct Lookup<Id> {
    /// What the things are called in a message: Chinese, English.
    pub what: (&'static str, &'static str),
    ids: BTreeMap<String, Id>,
    hidden: Vec<String>,
}

impl<Id: Copy> Lookup<Id> {
    /// A lookup over these names.
    pub fn new(what: (&'static str, &'static str), names: impl IntoIterator<Item = (String, Id)>) -> Self {
        Lookup { what, ids: names.into_iter().collect(), hidden: Vec::new() }
    }

    /// Adds names of things that exist but are not in this build: drafts, and
    /// files whose own findings say that they cannot be read.
    #[must_use]
    pub fn with_hidden(mut self, hidden: impl IntoIterator<Item = String>) -> Self {
        self.hidden.extend(hidden.into_iter().filter(|name| !self.ids.contains_key(name)));
        self
    }

    /// The id of a name.
    pub fn get(&self, name: &str) -> Option<Id> {
        self.ids.get(name).copied()
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
        self.ids.keys().map(String::as_str).chain(self.hidden.iter().map(String::as_str))
    }
}
