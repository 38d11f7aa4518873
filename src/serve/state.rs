//! What is served at this moment, and how everybody learns of a change.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::serve::findings::Report;
use crate::serve::review::Compared;
use crate::serve::snapshot::Snapshot;

/// How many event streams there are at most; the oldest makes room and comes back if it is still wanted.
const STREAMS: u64 = 256;

/// What is served: immutable, replaced as a whole.
pub(super) struct Current {
    /// Which start of the program this is, so that pages of an earlier one are known.
    run: u64,
    /// Counts the changes, from 1.
    attempt: u64,
    /// The newest snapshot without errors.
    pub(super) good: Option<Arc<Snapshot>>,
    /// The one before it, for pages the newest cannot render.
    pub(super) fallback: Option<Arc<Snapshot>>,
    /// What was found in the newest change; nothing while the rules still look at it.
    pub(super) report: Option<Report>,
    /// The page that was just saved, if browsers shall go there.
    pub(super) follow: Option<String>,
    /// The files beside the revision, while errors leave no pages to show.
    pub(super) bare: Option<Arc<Compared>>,
}

impl Current {
    /// The state after the start. Without a report its pages are shown before the rules have looked at them.
    pub(super) fn first(run: u64, snapshot: Option<Snapshot>, report: Option<Report>) -> Self {
        Current { run, attempt: 1, good: snapshot.map(Arc::new), fallback: None, report, follow: None, bare: None }
    }

    /// The same state with what changed to look at where there are no pages.
    pub(super) fn beside(self, compared: impl FnOnce() -> Option<Compared>) -> Self {
        let bare = if self.good.is_none() { compared().map(Arc::new) } else { None };
        Current { bare, ..self }
    }

    /// The state after a change: a good snapshot takes the place of the last, a bad one leaves it.
    pub(super) fn next(&self, snapshot: Option<Snapshot>, report: Report, follow: Option<String>) -> Self {
        let (good, fallback) = match snapshot {
            // A snapshot that could not render something is nothing to fall back on.
            Some(new) => {
                let old = self.good.as_ref().filter(|old| !old.has_faults()).or(self.fallback.as_ref());
                (Some(Arc::new(new)), old.cloned())
            }
            None => (self.good.clone(), self.fallback.clone()),
        };
        let attempt = self.attempt + 1;
        Current { run: self.run, attempt, good, fallback, report: Some(report), follow, bare: None }
    }

    /// The same state once the rules have looked at it. Pages that may not be shown are taken back.
    pub(super) fn checked(&self, report: Report) -> Self {
        let (attempt, good) = match report.is_blocked {
            true => (self.attempt + 1, None),
            // Browsers that wait for the report hear of it; for all others nothing is another.
            false => (self.attempt, self.good.clone()),
        };
        Current { run: self.run, attempt, good, fallback: None, report: Some(report), follow: None, bare: None }
    }

    /// The number of the change this is the state after.
    pub(super) fn attempt(&self) -> u64 {
        self.attempt
    }

    /// The number the next snapshot gets.
    pub(super) fn next_number(&self) -> u64 {
        self.attempt + 1
    }

    /// Names the pages: a page with another name is out of date.
    pub(super) fn page_token(&self) -> String {
        self.token(self.good.as_ref().map_or(0, |good| good.number()))
    }

    /// What an event says: the names of the pages and of the findings, the style
    /// sheet, and the page to go to.
    pub(super) fn event(&self) -> String {
        let style = self.good.as_ref().map(|good| good.style());
        let (page, state) = (self.page_token(), self.state_token());
        serde_json::json!({ "page": page, "state": state, "style": style, "follow": self.follow }).to_string()
    }

    /// Names the findings.
    pub(super) fn state_token(&self) -> String {
        self.token(self.attempt)
    }

    fn token(&self, number: u64) -> String {
        format!("{:x}-{number}", self.run)
    }
}

/// The one place that changes: the current state, and who waits for the next.
pub(super) struct State {
    inner: Mutex<Inner>,
    changed: Condvar,
}

struct Inner {
    current: Arc<Current>,
    streams: u64,
    stopped: bool,
}

/// What a waiting stream is told.
pub(super) enum Wake {
    /// There is a state it has not seen.
    Changed(Arc<Current>),
    /// Nothing happened for as long as it wanted to wait.
    Quiet,
    /// It has to end.
    Ended,
}

impl State {
    pub(super) fn new(current: Current) -> Self {
        let inner = Inner { current: Arc::new(current), streams: 0, stopped: false };
        State { inner: Mutex::new(inner), changed: Condvar::new() }
    }

    /// Nothing can panic while the lock is held, so a poisoned one is as good.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is served now.
    pub(super) fn current(&self) -> Arc<Current> {
        Arc::clone(&self.lock().current)
    }

    /// Serves something else from now on.
    pub(super) fn publish(&self, current: Current) {
        let current = Arc::new(current);
        // The old state is dropped after the lock: it can be large.
        let old = std::mem::replace(&mut self.lock().current, current);
        self.changed.notify_all();
        drop(old);
    }

    /// What is served once it is known what was found in it. Without a report if everything ends before.
    pub(super) fn reported(&self) -> Arc<Current> {
        let mut inner = self.lock();
        while inner.current.report.is_none() && !inner.stopped {
            inner = self.changed.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
        Arc::clone(&inner.current)
    }

    /// A new event stream; gives its number.
    pub(super) fn open_stream(&self) -> u64 {
        let mut inner = self.lock();
        inner.streams += 1;
        let ticket = inner.streams;
        drop(inner);
        if ticket > STREAMS {
            self.changed.notify_all();
        }
        ticket
    }

    /// Waits for a state other than the one after the change `seen`.
    pub(super) fn wait(&self, ticket: u64, seen: Option<u64>, patience: Duration) -> Wake {
        let end = Instant::now() + patience;
        let mut inner = self.lock();
        loop {
            if inner.stopped || inner.streams >= ticket + STREAMS {
                return Wake::Ended;
            }
            if seen != Some(inner.current.attempt) {
                return Wake::Changed(Arc::clone(&inner.current));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Wake::Quiet;
            }
            inner = self.changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends all event streams.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn who_waits_for_the_report_is_let_go_at_the_end() {
        let state = Arc::new(State::new(Current::first(1, None, None)));
        let waiting = thread::spawn({
            let state = Arc::clone(&state);
            move || state.reported().report.is_some()
        });
        state.stop();
        assert!(!waiting.join().unwrap(), "nobody knows what would have been found");
    }
}
