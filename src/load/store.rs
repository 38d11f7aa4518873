//! The files of a portal as they were read last, so that only what changed is read again.
//!
//! The preview keeps one; a build reads everything once and lets it go. What
//! an event names is looked at on its own; [`Store::rescan`] looks at the time
//! and size of every file, for when events were lost.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use crate::load::read::{self, Contents, Found, Loaded};

/// The folders a portal is made from.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Every file below `content/` and `themes/`, as it was read last.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    canonical: PathBuf,
    files: BTreeMap<Key, Kept>,
}

/// A path whose order is that of the walk: folder by folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key(String);

impl Key {
    fn new(path: &str) -> Self {
        Key(path.replace('/', "\0"))
    }
}

/// One file: what it held, and by what a change of it is noticed.
#[derive(Debug)]
struct Kept {
    path: String,
    stamp: Option<Stamp>,
    contents: Contents,
}

/// Time and size of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

impl Stamp {
    fn of(place: &Found) -> Option<Self> {
        let Found::File(disk) = place else { return None };
        let meta = fs::metadata(disk).ok()?;
        Some(Stamp { modified: meta.modified().ok(), size: meta.len() })
    }
}

impl Store {
    /// Reads everything.
    ///
    /// # Errors
    ///
    /// When the content folder itself does not exist or cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut store = Store { root: root.to_owned(), canonical: PathBuf::new(), files: BTreeMap::new() };
        store.rescan()?;
        Ok(store)
    }

    /// Looks at every file, and reads those whose time or size is another. Tells which files changed, in order.
    ///
    /// # Errors
    ///
    /// When the content folder itself does not exist or cannot be read.
    pub fn rescan(&mut self) -> io::Result<Vec<String>> {
        fs::read_dir(self.root.join("content"))?;
        self.canonical = fs::canonicalize(&self.root)?;
        let mut found = Vec::new();
        for top in FOLDERS {
            let folder = self.root.join(top);
            if folder.is_dir() {
                read::walk(&self.root, &folder, &self.canonical, &mut found);
            }
        }
        let mut before = std::mem::take(&mut self.files);
        let looked: Vec<(Key, String, Found, Option<Kept>)> = found
            .into_iter()
            .map(|(path, place)| {
                let key = Key::new(&path);
                let old = before.remove(&key);
                (key, path, place, old)
            })
            .collect();
        let read: Vec<(Key, Kept, bool)> = looked
            .into_par_iter()
            .map(|(key, path, place, old)| {
                let stamp = Stamp::of(&place);
                match old {
                    Some(old) if stamp.is_some() && old.stamp == stamp => (key, old, false),
                    old => {
                        let (kept, is_changed) = Kept::read(path, place, stamp, old);
                        (key, kept, is_changed)
                    }
                }
            })
            .collect();
        let others = read.iter().filter(|(_, _, is_changed)| *is_changed).map(|(_, kept, _)| kept.path.clone());
        let mut changed: Vec<String> = before.into_values().map(|kept| kept.path).chain(others).collect();
        changed.sort();
        self.files = read.into_iter().map(|(key, kept, _)| (key, kept)).collect();
        Ok(changed)
    }

    /// Reads what is at these paths now. Tells which files are other than before, in order.
    ///
    /// # Errors
    ///
    /// When the content folder itself does not exist or cannot be read.
    pub fn refresh(&mut self, paths: &[String]) -> io::Result<Vec<String>> {
        if paths.is_empty() || paths.iter().any(|path| FOLDERS.contains(&path.as_str())) {
            return self.rescan();
        }
        fs::read_dir(self.root.join("content"))?;
        let mut changed = Vec::new();
        for path in paths {
            self.refresh_one(path, &mut changed);
        }
        changed.sort();
        changed.dedup();
        Ok(changed)
    }

    fn refresh_one(&mut self, path: &str, changed: &mut Vec<String>) {
        let old = self.take(path);
        let disk = self.root.join(path);
        let mut found = Vec::new();
        if fs::symlink_metadata(&disk).is_ok() {
            read::walk(&self.root, &disk, &self.canonical, &mut found);
        }
        let mut old: BTreeMap<Key, Kept> = old.into_iter().collect();
        for (path, place) in found {
            let (key, stamp) = (Key::new(&path), Stamp::of(&place));
            let (kept, is_other) = Kept::read(path, place, stamp, old.remove(&key));
            if is_other {
                changed.push(kept.path.clone());
            }
            self.files.insert(key, kept);
        }
        changed.extend(old.into_values().map(|kept| kept.path));
    }

    /// Takes out what is at a path or below it.
    fn take(&mut self, path: &str) -> Vec<(Key, Kept)> {
        let key = Key::new(path);
        let below = format!("{}\0", key.0);
        let keys: Vec<Key> = self
            .files
            .range(key.clone()..)
            .map(|(key, _)| key)
            .take_while(|other| **other == key || other.0.starts_with(&below))
            .cloned()
            .collect();
        keys.into_iter().filter_map(|key| self.files.remove_entry(&key)).collect()
    }

    /// The files as the next stage takes them.
    pub fn loaded(&self) -> Loaded {
        let mut loaded = Loaded::default();
        for kept in self.files.values() {
            read::add(&kept.path, &kept.contents, &mut loaded);
        }
        // The walk sorts names folder by folder; passed-on files are looked up by path.
        loaded.tree.binaries.sort_by(|a, b| a.path.cmp(&b.path));
        loaded
    }
}

impl Kept {
    /// Reads a file. Tells whether it says anything other than before; if not,
    /// the text that is there already stays, and all that was made of it.
    fn read(path: String, place: Found, stamp: Option<Stamp>, old: Option<Kept>) -> (Self, bool) {
        let contents = read::read_one(&path, place);
        match old {
            Some(old) if old.says(&contents, stamp) => (Kept { stamp, ..old }, false),
            _ => (Kept { path, stamp, contents }, true),
        }
    }

    fn says(&self, contents: &Contents, stamp: Option<Stamp>) -> bool {
        match (&self.contents, contents) {
            (Contents::Text { text: old, marked: was }, Contents::Text { text, marked }) => {
                old == text && was == marked
            }
            (Contents::Binary(old, _), Contents::Binary(new, _)) => old == new && self.stamp == stamp,
            (Contents::Pointer(old, was), Contents::Pointer(new, pointer)) => old == new && was == pointer,
            (Contents::Nul { line: old }, Contents::Nul { line }) => old == line,
            (Contents::NotUtf8(old), Contents::NotUtf8(new)) => old == new,
            (Contents::TooLarge(old, _), Contents::TooLarge(new, _)) => old == new,
            (Contents::Unreadable(old), Contents::Unreadable(new)) => old == new,
            (Contents::LinkOut, Contents::LinkOut) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What the store holds is what a fresh one reads.
    fn check(store: &Store) {
        let shown = |store: &Store| {
            let tree = store.loaded().tree;
            let texts = tree.files.iter().map(|file| (file.path.clone(), file.text.to_string())).collect::<Vec<_>>();
            let binaries = tree.binaries.iter().map(|file| (file.path.clone(), file.size)).collect::<Vec<_>>();
            (texts, binaries)
        };
        assert_eq!(shown(store), shown(&Store::read(&store.root).unwrap()));
    }

    #[test]
    fn only_what_is_named_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, "content/site.yaml", "甲: 1\n");
        write(root, "content/a-b/x.yaml", "a\n");
        write(root, "content/a/x.yaml", "b\n");
        write(root, "content/static/a.bin", "b");
        let mut store = Store::read(root).unwrap();
        check(&store);
        let mut change = |paths: &[&str], expected: &[&str]| {
            let paths: Vec<String> = paths.iter().map(ToString::to_string).collect();
            assert_eq!(store.refresh(&paths).unwrap(), expected, "{paths:?}");
            check(&store);
        };
        change(&["content/site.yaml", "content/none.yaml"], &[]);
        write(root, "content/site.yaml", "甲: 2\n");
        change(&["content/site.yaml"], &["content/site.yaml"]);
        fs::rename(root.join("content/a"), root.join("content/z")).unwrap();
        change(&["content/a", "content/z"], &["content/a/x.yaml", "content/z/x.yaml"]);
        fs::remove_dir_all(root.join("content/a-b")).unwrap();
        write(root, "content/static/b/c.bin", "c");
        change(&["content/a-b", "content/static/b"], &["content/a-b/x.yaml", "content/static/b/c.bin"]);
        write(root, "themes/mine/templates/a.html", "<p>");
        change(&["themes"], &["themes/mine/templates/a.html"]);
        write(root, "content/lost.yaml", "x\n");
        std::os::unix::fs::symlink("nothing", root.join("content/link.yaml")).unwrap();
        change(&[], &["content/link.yaml", "content/lost.yaml"]);
        change(&[], &[]);
        change(&["content/link.yaml"], &[]);
    }
}
