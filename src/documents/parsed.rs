//! Documents that were parsed before, for the next time that their files say the same.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostics::Finding;
use crate::documents::{Body, Document};
use crate::source::{FileId, SourceFile, SourceTree};

/// What earlier runs of the parse stage made. A document depends on its own
/// text and the base path only, so nothing else has to be compared.
#[derive(Debug, Default)]
pub struct Parsed {
    base_path: String,
    entries: HashMap<String, Entry>,
}

/// One parsed file.
#[derive(Debug)]
struct Entry {
    text: Arc<str>,
    /// The id the file had; findings name it.
    file: FileId,
    body: Option<Body>,
    findings: Vec<Finding>,
}

impl Parsed {
    /// Nothing stays where the links of texts lead elsewhere.
    pub(super) fn begin(&mut self, base_path: &str) {
        if self.base_path != base_path {
            self.entries.clear();
            base_path.clone_into(&mut self.base_path);
        }
    }

    /// Whether the file was parsed when it said the same.
    pub(super) fn is_known(&self, file: &SourceFile) -> bool {
        let known = self.entries.get(&file.path);
        known.is_some_and(|entry| Arc::ptr_eq(&entry.text, &file.text) || entry.text == file.text)
    }

    /// Notes what a file says.
    pub(super) fn keep(&mut self, file: &SourceFile, body: Option<Body>, findings: Vec<Finding>) {
        let entry = Entry { text: Arc::clone(&file.text), file: file.id, body, findings };
        self.entries.insert(file.path.clone(), entry);
    }

    /// What a file says. Its id may be another than it was.
    pub(super) fn take(&mut self, file: &SourceFile) -> (Option<Document>, Vec<Finding>) {
        let Some(entry) = self.entries.get_mut(&file.path) else { return (None, Vec::new()) };
        if entry.file != file.id {
            entry.file = file.id;
            for finding in &mut entry.findings {
                finding.place.file = file.id;
                for (place, _) in &mut finding.related {
                    place.file = file.id;
                }
            }
        }
        let document = entry.body.clone().map(|body| Document { file: file.id, body });
        (document, entry.findings.clone())
    }

    /// Forgets the files that are gone.
    pub(super) fn end(&mut self, tree: &SourceTree) {
        if self.entries.len() > tree.files.len() {
            let there: std::collections::HashSet<&str> = tree.files.iter().map(|file| file.path.as_str()).collect();
            self.entries.retain(|path, _| there.contains(path.as_str()));
        }
    }
}
