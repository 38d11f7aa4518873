//! Documents that were parsed before, for the next time that their files say the same.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostics::Finding;
use crate::documents::{Body, Document};
use crate::source::{FileId, SourceFile};

/// What earlier runs of the parse stage made. A document depends on its own
/// text and the base path only, so nothing else has to be compared.
#[derive(Debug, Default)]
pub struct Parsed {
    base_path: String,
    /// In the order of the files they were made from.
    entries: Vec<Entry>,
}

/// One parsed file.
#[derive(Debug)]
pub(super) struct Entry {
    path: String,
    text: Arc<str>,
    /// The id the file had; findings name it.
    file: FileId,
    body: Option<Body>,
    findings: Vec<Finding>,
}

impl Parsed {
    /// What is known of each of these files that says the same as it did; the
    /// rest is forgotten, and all where the links of texts lead elsewhere.
    pub(super) fn take(&mut self, files: &[SourceFile], base_path: &str) -> Vec<Option<Entry>> {
        let mut entries: Vec<Option<Entry>> = std::mem::take(&mut self.entries).into_iter().map(Some).collect();
        if self.base_path != base_path {
            entries.clear();
            base_path.clone_into(&mut self.base_path);
        }
        let mut by_path: Option<HashMap<String, usize>> = None;
        let mut next = 0_usize;
        let mut known = Vec::with_capacity(files.len());
        for file in files {
            let is_at =
                |at: &usize| entries.get(*at).and_then(Option::as_ref).is_some_and(|entry| entry.path == file.path);
            // Mostly the files are those of before, or one came or went.
            let near = [next, next + 1, next.saturating_sub(1)].into_iter().find(is_at);
            let at = near
                .or_else(|| by_path.get_or_insert_with(|| positions(&entries)).get(&file.path).copied().filter(is_at));
            next = at.map_or(next, |at| at + 1);
            let entry = at.and_then(|at| entries[at].take());
            known.push(entry.filter(|entry| Arc::ptr_eq(&entry.text, &file.text) || entry.text == file.text));
        }
        known
    }

    /// Notes what the files say, for the next time.
    pub(super) fn keep(&mut self, entries: Vec<Entry>) {
        self.entries = entries;
    }
}

fn positions(entries: &[Option<Entry>]) -> HashMap<String, usize> {
    let known = entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.as_ref()?.path.clone(), at)));
    known.collect()
}

impl Entry {
    /// What was made of a file.
    pub(super) fn new(file: &SourceFile, document: Option<Document>, findings: Vec<Finding>) -> Self {
        let (path, text) = (file.path.clone(), Arc::clone(&file.text));
        Entry { path, text, file: file.id, body: document.map(|document| document.body), findings }
    }

    /// What the file says. Its id may be another than it was.
    pub(super) fn said(&mut self, file: FileId) -> (Option<Document>, &[Finding]) {
        if self.file != file {
            self.file = file;
            for finding in &mut self.findings {
                finding.place.file = file;
                for (place, _) in &mut finding.related {
                    place.file = file;
                }
            }
        }
        (self.body.clone().map(|body| Document { file, body }), &self.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: u32, path: &str, text: &Arc<str>) -> SourceFile {
        SourceFile { id: FileId(id), path: path.into(), text: Arc::clone(text) }
    }

    #[test]
    fn a_file_is_known_wherever_it_stands_while_it_says_the_same() {
        let (one, two): (Arc<str>, Arc<str>) = ("一".into(), "二".into());
        let mut parsed = Parsed::default();
        let mut round = |names: &[(&str, &Arc<str>)], base: &str| {
            let files: Vec<SourceFile> = names.iter().zip(0..).map(|((path, text), id)| file(id, path, text)).collect();
            let known = parsed.take(&files, base);
            let hits: Vec<bool> = known.iter().map(Option::is_some).collect();
            let entries = known.into_iter().zip(&files);
            parsed.keep(entries.map(|(known, file)| known.unwrap_or_else(|| Entry::new(file, None, vec![]))).collect());
            hits
        };
        let four = [("a", &one), ("b", &one), ("c", &one), ("d", &one)];
        assert_eq!(round(&four, "/"), [false; 4]);
        assert_eq!(round(&four, "/"), [true; 4]);
        assert_eq!(round(&[("a", &one), ("c", &two), ("d", &"一".into())], "/"), [true, false, true]);
        assert_eq!(round(&[("d", &one), ("a", &one), ("b", &one), ("c", &two)], "/"), [true, true, false, true]);
        assert_eq!(round(&four, "/zwfw/"), [false; 4]);
    }
}
