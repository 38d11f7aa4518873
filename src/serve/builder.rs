//! From a change on disk to the next state: the stages up to plan, run again.
//!
//! Only the files that events name are read again, and only what changed is
//! parsed again; the stages themselves run over the whole portal, as in a build.

use std::panic::{self, AssertUnwindSafe};
use std::path::{self, PathBuf};
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jiff::civil::Date;

use crate::diagnostics::{Findings, Severity, Words};
use crate::load::Store;
use crate::pipeline::{self, Error, Input, Memory, Planned, Ready, Unchecked};
use crate::printing::Places;
use crate::serve::findings::Report;
use crate::serve::review::{Against, Compared};
use crate::serve::snapshot::Snapshot;
use crate::serve::state::{Current, State};
use crate::serve::{Browsers, Change, places};
use crate::source::SourceTree;

type OnChange = Box<dyn Fn(&Change<'_>) + Send>;

/// Makes a new state after each change.
pub(super) struct Builder {
    input: Arc<Input>,
    state: Arc<State>,
    /// The files; none when they could not be read.
    store: Option<Store>,
    known: Known,
    browsers: Browsers,
    against: Option<Arc<Against>>,
    on_change: OnChange,
    unchecked: Option<Shown>,
}

/// What is shown since the start and no rule has looked at.
struct Shown {
    /// What was found when it was read.
    findings: Findings,
    started: Instant,
}

/// What earlier attempts found out.
#[derive(Default)]
struct Known {
    memory: Memory,
    places: Places,
}

/// One attempt to make a portal.
struct Attempt {
    ready: Option<Ready>,
    report: Report,
}

impl Builder {
    /// Reads the portal for the first time. Its pages can be looked at before the rules have: [`Builder::check`]
    /// is what remains.
    pub(super) fn start(
        input: Input,
        browsers: Browsers,
        against: Option<Arc<Against>>,
        on_change: OnChange,
    ) -> Result<(Self, Arc<State>), Error> {
        let started = Instant::now();
        let input = Arc::new(input);
        let store = read(&input)?;
        let mut known = Known::default();
        let compared = || against.as_ref().map(|against| Compared::new(against, store.loaded()));
        let snapshot = |tree, ready| Snapshot::new(1, Arc::clone(&input), tree, ready, compared());
        let (good, report, unchecked) = match pipeline::plan_unchecked(store.loaded(), &input, &mut known.memory) {
            Some(Unchecked { tree, ready, findings }) => {
                (Some(snapshot(Arc::new(tree), ready)), None, Some(Shown { findings, started }))
            }
            None => {
                let Attempt { ready, report } = attempt(&store, &input, &mut known, &[]);
                tell(&on_change, &[], None, &report, started);
                (ready.map(|ready| snapshot(Arc::clone(&report.tree), ready)), Some(report), None)
            }
        };
        let run = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        let run = u64::try_from(run).unwrap_or(u64::MAX);
        let state = Arc::new(State::new(Current::first(run, good, report).beside(compared)));
        let (told, store) = (Arc::clone(&state), Some(store));
        Ok((Builder { input, state, store, known, browsers, against, on_change, unchecked }, told))
    }

    /// Lets the rules look at what is shown since the start, if they have not.
    pub(super) fn check(&mut self) {
        let Some(Shown { findings, started }) = self.unchecked.take() else { return };
        let current = self.state.current();
        let Some(good) = &current.good else { return };
        let (input, known) = (&self.input, &mut self.known);
        let report = guarded(known, |known| {
            let findings = known.memory.check(good.tree(), good.portal(), findings);
            let is_blocked = findings.has_errors();
            report(findings, Arc::clone(good.tree()), input, known, &[], is_blocked)
        });
        let report = report.unwrap_or_else(|words| failed(words).report);
        tell(&self.on_change, &[], None, &report, started);
        self.state.publish(current.checked(report).beside(|| self.compared()));
    }

    /// What is kept beside the revision it is compared with.
    fn compared(&self) -> Option<Compared> {
        Some(Compared::new(self.against.as_ref()?, self.store.as_ref()?.loaded()))
    }

    /// Brings what is kept up to date; tells the files that changed. Without a
    /// readable content folder nothing is kept.
    fn refresh(&mut self, paths: &[String]) -> Result<Vec<String>, Words> {
        let refreshed = match &mut self.store {
            Some(store) => store.refresh(paths).map_err(|error| Error::Content(self.input.root.clone(), error)),
            None => read(&self.input).map(|store| {
                self.store = Some(store);
                Vec::new()
            }),
        };
        refreshed.map_err(|error| {
            self.store = None;
            error.words()
        })
    }

    /// Looks at the portal as of another day. The pages of the day before stay if it cannot be made for this one.
    ///
    /// # Errors
    ///
    /// When the revision it is compared with cannot be read again.
    pub(super) fn set_day(&mut self, day: Date) -> Result<(), Words> {
        self.check();
        if self.input.as_of == day {
            return Ok(());
        }
        let started = Instant::now();
        let input = Arc::new(Input { as_of: day, ..Input::clone(&self.input) });
        if let Some(against) = &self.against {
            self.against = Some(against.on(&input)?);
        }
        self.input = input;
        // What was made of the files may rest on the day.
        self.known = Known::default();
        let Some(store) = &self.store else { return Ok(()) };
        let attempt = again(store, &self.input, &mut self.known, &[]);
        let number = self.state.current().next_number();
        self.publish(attempt, &[], number, Some(day), started);
        Ok(())
    }

    /// Reads the portal again after a change to the files `paths`; without any, all that changed.
    pub(super) fn rebuild(&mut self, paths: &[String]) {
        self.check();
        let started = Instant::now();
        let had_failed = self.store.is_none();
        let changed = match self.refresh(paths) {
            // Saving without a change, or a file that is none of ours, is no news.
            Ok(changed) if changed.is_empty() && !had_failed => return,
            Ok(changed) => Ok(changed),
            Err(_) if had_failed => return,
            Err(words) => Err(words),
        };
        let (attempt, paths) = match (changed, &self.store) {
            (Ok(changed), Some(store)) => (again(store, &self.input, &mut self.known, &changed), changed),
            (Ok(_), None) => return,
            (Err(words), _) => (failed(words), Vec::new()),
        };
        let current = self.state.current();
        // Pages with another style sheet are the same pages: browsers exchange it alone.
        let number = match &current.good {
            Some(good) if only_styles(&paths) => good.number(),
            _ => current.next_number(),
        };
        self.publish(attempt, &paths, number, None, started);
    }

    /// Tells of what became of a change, and serves it.
    fn publish(&self, attempt: Attempt, paths: &[String], number: u64, day: Option<Date>, started: Instant) {
        let Attempt { ready, report } = attempt;
        tell(&self.on_change, paths, day, &report, started);
        let current = self.state.current();
        let snapshot = ready.map(|ready| {
            Snapshot::new(number, Arc::clone(&self.input), Arc::clone(&report.tree), ready, self.compared())
        });
        let follow = match (self.browsers, &snapshot) {
            (Browsers::Follow, Some(new)) => paths.iter().find_map(|path| places::shown(new, path, None)),
            _ => None,
        };
        self.state.publish(current.next(snapshot, report, follow).beside(|| self.compared()));
    }
}

/// Whether nothing but style sheets of themes changed.
fn only_styles(paths: &[String]) -> bool {
    let is_style = |path: &String| path.starts_with("themes/") && path.contains("/assets/css/");
    !paths.is_empty() && paths.iter().all(is_style)
}

fn read(input: &Input) -> Result<Store, Error> {
    Store::read(&input.root).map_err(|error| Error::Content(input.root.clone(), error))
}

/// Runs the stages again over what is kept.
fn again(store: &Store, input: &Input, known: &mut Known, paths: &[String]) -> Attempt {
    guarded(known, |known| attempt(store, input, known, paths)).unwrap_or_else(failed)
}

/// What stages make, or what to say where they fail: a bug must not end the preview; the next save is another chance.
fn guarded<T>(known: &mut Known, run: impl FnOnce(&mut Known) -> T) -> Result<T, Words> {
    let run = AssertUnwindSafe(|| run(known));
    panic::catch_unwind(run).map_err(|_| {
        // Nothing that a stage left half done is taken up again.
        *known = Known::default();
        Words::new(
            "程序自己出错了（详情在终端里）。请把终端里的信息报告给开发者；撤回刚才的修改就能继续",
            "the program itself failed (see the terminal): please report it; undo the last change to go on",
        )
    })
}

/// The folder of the portal, as an editor finds it.
fn root(input: &Input) -> PathBuf {
    path::absolute(&input.root).unwrap_or_else(|_| input.root.clone())
}

fn attempt(store: &Store, input: &Input, known: &mut Known, paths: &[String]) -> Attempt {
    let planned = pipeline::plan_loaded(store.loaded(), input, &mut known.memory);
    let Planned { tree, ready, findings, timings: _ } = planned;
    let is_blocked = findings.has_errors() || ready.is_none();
    let report = report(findings, Arc::new(tree), input, known, paths, is_blocked);
    Attempt { ready: ready.filter(|_| !is_blocked), report }
}

/// What was found, with the places of what is no hint.
fn report(
    findings: Findings,
    tree: Arc<SourceTree>,
    input: &Input,
    known: &mut Known,
    paths: &[String],
    is_blocked: bool,
) -> Report {
    let (hints, grave) = findings.into_iter().partition(|finding| finding.severity == Severity::Info);
    let findings = known.places.locate(grave, &tree);
    let (root, changed) = (root(input), paths.to_vec());
    Report { root, tree, findings, hints, failure: None, changed, is_blocked }
}

fn failed(words: Words) -> Attempt {
    let report = Report {
        root: PathBuf::new(),
        tree: Arc::default(),
        findings: Vec::new(),
        hints: Vec::new(),
        failure: Some(words),
        changed: Vec::new(),
        is_blocked: true,
    };
    Attempt { ready: None, report }
}

fn tell(on_change: &OnChange, paths: &[String], day: Option<Date>, report: &Report, started: Instant) {
    on_change(&Change {
        paths,
        day,
        findings: &report.findings,
        counts: report.counts(&[]),
        tree: &report.tree,
        failure: report.failure.as_ref(),
        is_shown: !report.is_blocked,
        took: started.elapsed(),
    });
}
