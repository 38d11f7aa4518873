//! From a change on disk to the next state: the stages up to plan, run again.
//!
//! Now the whole portal is read on every change. Reading only what changed
//! belongs here, behind the same [`Builder::rebuild`].

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::Xxh3;

use crate::diagnostics::{Words, locate};
use crate::pipeline::{self, Error, Input, Planned, Ready};
use crate::serve::Change;
use crate::serve::findings::Report;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::{Current, State};
use crate::source::SourceTree;

type OnChange = Box<dyn Fn(&Change<'_>) + Send>;

/// Makes a new state after each change.
pub(super) struct Builder {
    input: Arc<Input>,
    state: Arc<State>,
    /// The hash of everything that was read last.
    last: Option<u128>,
    on_change: OnChange,
}

/// One attempt to make a portal.
struct Attempt {
    ready: Option<Ready>,
    report: Report,
    hash: Option<u128>,
}

impl Builder {
    /// Reads the portal for the first time.
    pub(super) fn start(input: Input, on_change: OnChange) -> Result<(Self, Arc<State>), Error> {
        let started = Instant::now();
        let input = Arc::new(input);
        let Attempt { ready, report, hash } = attempt(pipeline::plan(&input)?, &[]);
        tell(&on_change, &[], &report, started);
        let snapshot = ready.map(|ready| Snapshot::new(1, Arc::clone(&input), Arc::clone(&report.tree), ready));
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        let run = u64::try_from(run).unwrap_or(u64::MAX);
        let state = Arc::new(State::new(Current::first(run, snapshot, report)));
        Ok((Builder { input, state: Arc::clone(&state), last: hash, on_change }, state))
    }

    /// Reads the portal again after a change to the files `paths`.
    pub(super) fn rebuild(&mut self, paths: &[String]) {
        let started = Instant::now();
        // A bug in a stage must not end the preview; the next save is another chance.
        let planned = panic::catch_unwind(AssertUnwindSafe(|| pipeline::plan(&self.input)));
        let Attempt { ready, report, hash } = match planned {
            Ok(Ok(planned)) => attempt(planned, paths),
            Ok(Err(error)) => failed(error.words()),
            Err(_) => failed(Words::new(
                "程序自己出错了（详情在终端里）。请把终端里的信息报告给开发者；撤回刚才的修改就能继续",
                "the program itself failed (see the terminal): please report it; undo the last change to go on",
            )),
        };
        // Saving without a change, or a file that is none of ours, is no news.
        if hash.is_some() && hash == self.last {
            return;
        }
        self.last = hash;
        tell(&self.on_change, paths, &report, started);
        let current = self.state.current();
        let snapshot = ready.map(|ready| {
            Snapshot::new(current.next_number(), Arc::clone(&self.input), Arc::clone(&report.tree), ready)
        });
        self.state.publish(current.next(snapshot, report));
    }
}

fn attempt(planned: Planned, paths: &[String]) -> Attempt {
    let Planned { tree, ready, findings, timings: _ } = planned;
    let is_blocked = findings.has_errors() || ready.is_none();
    let hash = hash(&tree);
    let found = locate(findings.into_vec(), &tree);
    let report = Report { tree: Arc::new(tree), findings: found, failure: None, changed: paths.to_vec(), is_blocked };
    Attempt { ready: ready.filter(|_| !is_blocked), report, hash: Some(hash) }
}

fn failed(words: Words) -> Attempt {
    let report = Report {
        tree: Arc::default(),
        findings: Vec::new(),
        failure: Some(words),
        changed: Vec::new(),
        is_blocked: true,
    };
    Attempt { ready: None, report, hash: None }
}

fn tell(on_change: &OnChange, paths: &[String], report: &Report, started: Instant) {
    on_change(&Change {
        paths,
        findings: &report.findings,
        tree: &report.tree,
        failure: report.failure.as_ref(),
        is_shown: !report.is_blocked,
        took: started.elapsed(),
    });
}

/// The hash of everything that was read. Of files that are only passed on, the size and the time.
fn hash(tree: &SourceTree) -> u128 {
    let mut hasher = Xxh3::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&bytes.len().to_le_bytes());
        hasher.update(bytes);
    };
    for file in &tree.files {
        add(file.path.as_bytes());
        add(file.text.as_bytes());
    }
    for binary in &tree.binaries {
        add(binary.path.as_bytes());
        add(&binary.size.to_le_bytes());
        let modified = fs::metadata(&binary.disk).and_then(|meta| meta.modified()).ok();
        let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |time| time.as_nanos());
        add(&since.to_le_bytes());
    }
    hasher.digest128()
}
