//! Notices changes on disk. The only user of notify.
//!
//! Folders are watched, never single files, because editors replace files. An
//! event says which path to look at, and nothing else of it is trusted. Events
//! get lost while a new folder begins to be watched, so when it is quiet after
//! a change, and at the beginning, everything is looked at once more.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::is_ignored;

/// A batch ends when nothing happened for this long.
const QUIET: Duration = Duration::from_millis(15);
/// A batch ends after this long even if more happens.
const CAP: Duration = Duration::from_millis(500);
/// How long after a change everything is looked at once more, for events that got lost.
const SETTLE: Duration = Duration::from_millis(1000);
/// How often folders are looked at where the system reports no changes.
const POLL: Duration = Duration::from_millis(500);
/// The folders a portal is made from.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The system reports them.
    Events,
    /// The folders are looked at again and again, as on network drives, which report nothing.
    Polling,
}

/// What arrives from the watcher's own thread, or from who stops it.
enum Message {
    Event(notify::Result<Event>),
    Stop,
}

/// Watches the folders of a portal.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    polls: bool,
    sender: Sender<Message>,
    messages: Receiver<Message>,
    /// When everything is to be looked at once more.
    settle: Option<Instant>,
}

/// Ends a [`Watch`].
pub(super) struct Stopper(Sender<Message>);

impl Stopper {
    /// Ends it.
    pub(super) fn stop(&self) {
        // It has ended already if nobody listens.
        let _ = self.0.send(Message::Stop);
    }
}

impl Watch {
    /// Begins to watch. Where the system cannot, or shall not, the folders are looked at again and again.
    pub(super) fn new(root: &Path, watching: Watching) -> Self {
        let (sender, messages) = mpsc::channel();
        let root = root.to_path_buf();
        let system = match watching {
            Watching::Events => system_watcher(&root, sender.clone()),
            Watching::Polling => None,
        };
        let polls = system.is_none();
        let watcher = system.unwrap_or_else(|| Box::new(notify::NullWatcher));
        // What was read while this began may be another by now.
        let settle = Some(Instant::now());
        Watch { root, watcher, polls, sender, messages, settle }
    }

    /// Whether folders are looked at again and again.
    pub(super) fn polls(&self) -> bool {
        self.polls
    }

    /// What ends it.
    pub(super) fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Waits for the next batch of changes: the paths from the root folder; none
    /// at all if everything is to be looked at. Nothing when it is stopped.
    pub(super) fn next_change(&mut self) -> Option<Vec<String>> {
        let mut batch: Option<Batch> = None;
        loop {
            let message = match &batch {
                None => match self.settle {
                    Some(at) => self.messages.recv_timeout(at.saturating_duration_since(Instant::now())),
                    None => self.messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
                },
                Some(batch) => match batch.left() {
                    Some(left) => self.messages.recv_timeout(left),
                    None => Err(RecvTimeoutError::Timeout),
                },
            };
            match message {
                Ok(Message::Event(event)) => {
                    if let Some(paths) = changed_paths(&self.root, event) {
                        let now = Instant::now();
                        let batch = batch.get_or_insert_with(|| Batch::new(now));
                        batch.last = now;
                        batch.is_lost |= paths.is_empty();
                        batch.paths.extend(paths);
                    }
                }
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    let Some(batch) = batch.take() else {
                        self.settle = self.polls.then(|| Instant::now() + POLL);
                        return Some(Vec::new());
                    };
                    self.settle = Some(Instant::now() + SETTLE);
                    let paths: Vec<String> = batch.paths.into_iter().collect();
                    self.watch_again(&paths);
                    return Some(if batch.is_lost { Vec::new() } else { paths });
                }
            }
        }
    }

    /// A folder that was made anew or moved here is watched from now on.
    fn watch_again(&mut self, paths: &[String]) {
        for folder in FOLDERS {
            if paths.iter().any(|path| path == folder) {
                let path = self.root.join(folder);
                // It is not watched if it is new, and cannot be if it is gone.
                let _ = self.watcher.unwatch(&path);
                let _ = self.watcher.watch(&path, RecursiveMode::Recursive);
            }
        }
    }
}

/// Changes that belong together.
struct Batch {
    first: Instant,
    last: Instant,
    paths: BTreeSet<String>,
    /// Whether an event was lost.
    is_lost: bool,
}

impl Batch {
    fn new(now: Instant) -> Self {
        Batch { first: now, last: now, paths: BTreeSet::new(), is_lost: false }
    }

    /// How long to wait for more; nothing if it is complete.
    fn left(&self) -> Option<Duration> {
        let end = (self.last + QUIET).min(self.first + CAP);
        end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }
}

fn system_watcher(root: &Path, sender: Sender<Message>) -> Option<Box<dyn Watcher + Send>> {
    let report = move |event| {
        let _ = sender.send(Message::Event(event));
    };
    let mut watcher = RecommendedWatcher::new(report, Config::default()).ok()?;
    watch_all(&mut watcher, root).ok()?;
    Some(Box::new(watcher))
}

/// Watches the folders, and the root for folders that come and go.
fn watch_all(watcher: &mut dyn Watcher, root: &Path) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS {
        let path = root.join(folder);
        if path.is_dir() {
            watcher.watch(&path, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

/// The paths an event is about, from the root folder; nothing if it is none of ours.
fn changed_paths(root: &Path, event: notify::Result<Event>) -> Option<Vec<String>> {
    let Ok(event) = event else {
        // Something was lost; what it was is found out by reading again.
        return Some(Vec::new());
    };
    if event.need_rescan() {
        return Some(Vec::new());
    }
    if !is_change(event.kind) {
        return None;
    }
    let paths: Vec<String> = event.paths.iter().filter_map(|path| content_path(root, path)).collect();
    (!paths.is_empty()).then_some(paths)
}

/// Whether something was changed and not only looked at: reading the content
/// must not lead to reading it again.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// The path from the root folder, if it is one a portal is made from.
fn content_path(root: &Path, path: &Path) -> Option<String> {
    let rest = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = rest.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let first = parts.first()?;
    let is_ours = FOLDERS.contains(&first.as_ref()) && !parts.iter().any(|part| is_ignored(part));
    is_ours.then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(content_path(Path::new("/p"), Path::new(path)).as_deref(), expected, "{path}");
    }

    #[test]
    fn paths_that_matter() {
        check("/p/content/site.yaml", Some("content/site.yaml"));
        check("/p/themes", Some("themes"));
        check("/p/content/departments/新/item.yaml", Some("content/departments/新/item.yaml"));
        for path in [
            "/p",
            "/p/dist/index.html",
            "/p/.git/index",
            "/q/content/a",
            "/p/content/.a.swp",
            "/p/content/a.yaml~",
            "/p/content/.git/x",
            "/p/content/4913",
        ] {
            check(path, None);
        }
    }
}
