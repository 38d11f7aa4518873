//! Builds that are killed at any moment: what is published is wholly the old
//! site or wholly the new one, and the next build puts everything right.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mingbai::output::{self, Content, OutputPath};
use mingbai::pipeline;
use rayon::prelude::*;

use crate::kit::{ITEM, Root, Site, TODAY, tree};
use crate::program::{ended, program};
use crate::random::{Random, effort, seed};

const BUILD: [&str; 3] = ["build", "--as-of", "2026-07-01"];
/// What a folder has while it is being made.
const MARKER: &str = ".dist.spare/.mingbai-staging";

type Files = BTreeMap<String, Vec<u8>>;

/// A middling portal: some hundred files, of which each state changes most.
fn portal(state: &str, items: u32) -> Site {
    let mut site = Site::minimal()
        .replace(ITEM, "适用范围: 在青岚市卖食品的", &format!("适用范围: {state}"))
        .file("content/static/hall.bin", state.repeat(200_000));
    for n in 2..items {
        let text = Site::item_text(&format!("第{n}种许可"), n).replace("在青岚市卖食品的", state);
        site = site.file(&format!("content/departments/scjgj/permit-{n}/item.yaml"), text);
    }
    // Something that only one of them has.
    site.file(&format!("content/static/only-{state}/a/b.txt"), state)
}

/// The finished site of a portal.
fn site_of(site: &Site) -> Files {
    let root = site.write();
    let out = root.join("dist");
    let built = pipeline::build(&root.input(), &out, false, &|_, _| {}).unwrap();
    assert!(built.report.is_some(), "{:?}", built.findings);
    tree(&out)
}

fn published(root: &Root) -> Files {
    tree_of_site(&root.join("dist"))
}

/// The published files.
fn tree_of_site(out: &Path) -> Files {
    let mut files = tree(out);
    // The mark of a folder that was exchanged a moment ago says nothing about it any more.
    files.remove(".mingbai-staging");
    files
}

/// Which of the states is published, if it is one of them, byte for byte.
fn state_of(root: &Root, states: &[Files]) -> Option<usize> {
    let found = published(root);
    states.iter().position(|state| *state == found)
}

fn differences(root: &Root, states: &[Files]) -> String {
    let found = published(root);
    let of = |state: &Files| {
        let other = |path: &&String| state.get(*path) != found.get(*path);
        state.keys().chain(found.keys()).filter(other).take(5).cloned().collect::<Vec<_>>().join(", ")
    };
    states.iter().map(of).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_old_site_or_the_new_one() {
    assert_eq!(TODAY.to_string(), BUILD[2]);
    let moments = effort(40, 400);
    let sites = [portal("甲", 40), portal("乙", 40)];
    let states = [site_of(&sites[0]), site_of(&sites[1])];
    assert!(states[0].len() > 100, "{}", states[0].len());
    let root = sites[0].write();
    let started = Instant::now();
    ended(program(root.path(), &BUILD), "the first build").check("the first build");
    let mut whole = started.elapsed();
    let (mut random, mut ends) = (Random::of("kill"), [0, 0]);
    let mut current = 0;
    for moment in 0..moments {
        let next = 1 - current;
        renew(&root, &sites[current], &sites[next]);
        let elapsed = kill(&root, whole, &mut random, moment);
        // Other work makes a build longer than the first was; who never ends is given more time.
        whole = elapsed.unwrap_or(whole + whole / 16);
        let state = state_of(&root, &states);
        let found = || format!("moment {moment} of seed {}: {}", seed(), differences(&root, &states));
        let state = state.unwrap_or_else(|| panic!("{}", found()));
        ends[usize::from(state == next)] += 1;
        if moment % 20 == 0 {
            // Whatever was left behind is no hindrance.
            ended(program(root.path(), &BUILD), "the next build").check("the next build");
            assert_eq!(state_of(&root, &states), Some(next), "{}", found());
            assert!(!root.join(MARKER).exists() && !root.join("dist/.mingbai-staging").exists());
            current = next;
        } else if state == next {
            current = next;
        } else {
            renew(&root, &sites[next], &sites[current]);
        }
    }
    println!("seed {}: {moments} builds killed, {} before and {} after the exchange", seed(), ends[0], ends[1]);
    assert!(ends[0] > 0 && ends[1] > 0, "{ends:?}: the moments are not spread over the build");
}

/// What a child of [`killed_while_writing`] shall publish, and where.
const CHILD: [&str; 2] = ["MINGBAI_TEST_FILES", "MINGBAI_TEST_OUT"];

/// Only in a child: publishes finished files, so that all it does is writing.
#[test]
fn the_child_that_writes() {
    let [Some(files), Some(out)] = CHILD.map(std::env::var_os) else { return };
    let mut files = tree(Path::new(&files));
    files.remove(".mingbai-manifest");
    let staging = output::open(Path::new(&out)).unwrap();
    files.into_par_iter().for_each(|(path, bytes)| {
        staging.put(&OutputPath::new(&path).unwrap(), Content::Bytes(bytes)).unwrap();
    });
    staging.publish().unwrap();
}

#[test]
fn killed_while_writing() {
    let moments = effort(200, 5_000);
    let folder = tempfile::tempdir().unwrap();
    let states = ["甲", "乙"].map(|state| {
        let root = portal(state, 40).write();
        let kept = folder.path().join(state);
        pipeline::build(&root.input(), &kept, false, &|_, _| {}).unwrap();
        tree(&kept)
    });
    let out = folder.path().join("dist");
    let write = |state: &str, wait: Option<Duration>| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "killed::the_child_that_writes"]).env(CHILD[0], folder.path().join(state));
        let mut child = command.env(CHILD[1], &out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if let Some(wait) = wait {
            thread::sleep(wait);
            child.kill().unwrap();
        }
        let status = child.wait().unwrap();
        assert!(status.success() || wait.is_some());
        status.success()
    };
    write("甲", None);
    let started = Instant::now();
    write("乙", None);
    let mut whole = started.elapsed();
    let (mut random, mut ends) = (Random::of("writing"), [0, 0, 0]);
    for moment in 0..moments {
        let is_done = write(["甲", "乙"][moment % 2], Some(whole * random.below(1_100) as u32 / 1_000));
        // Other work on the machine makes it slower or faster.
        whole = if is_done { whole * 19 / 20 } else { whole * 21 / 20 };
        let found = tree_of_site(&out);
        let state = states.iter().position(|state| *state == found);
        let state = state.unwrap_or_else(|| panic!("moment {moment} of seed {}: half a site", seed()));
        ends[if is_done { 2 } else { usize::from(state == moment % 2) }] += 1;
        if moment % 10 == 0 {
            write(["甲", "乙"][moment % 2], None);
            assert!(tree(&out) == states[moment % 2], "the next build puts everything right");
        }
    }
    let [before, after, late] = ends;
    println!(
        "seed {}: {moments} killed while writing, {before} with the old site, {after} with the new, {late} done",
        seed()
    );
    assert!(before > moments / 4, "{ends:?}: the moments are not spread over the writing");
}

/// Puts the content of one portal in the place of another's.
fn renew(root: &Root, from: &Site, to: &Site) {
    for gone in from.paths().filter(|path| !to.paths().any(|other| other == *path)) {
        fs::remove_file(root.join(gone)).unwrap();
    }
    root.update(to);
}

/// Starts a build and kills it: two times in three while it writes, else at any
/// time. Gives how long it took if it came to its end first.
fn kill(root: &Root, whole: Duration, random: &mut Random, moment: usize) -> Option<Duration> {
    let started = Instant::now();
    let mut command = program(root.path(), &BUILD);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let share = random.below(1_000) as u32;
    if moment.is_multiple_of(3) {
        thread::sleep(whole * share / 1_000);
    } else {
        wait_for_writing(&mut child, &root.join(MARKER));
        // Writing takes a part of the whole; the square gives its beginning more moments.
        thread::sleep(whole / 3 * (share * share / 1_000) / 1_000);
    }
    let is_over = child.try_wait().unwrap().is_some();
    if !is_over {
        let killed = Command::new("kill").args(["-9", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
    }
    child.wait().unwrap();
    is_over.then(|| started.elapsed())
}

fn wait_for_writing(child: &mut std::process::Child, marker: &Path) {
    let before = fs::metadata(marker).and_then(|meta| meta.modified()).ok();
    while child.try_wait().unwrap().is_none() {
        if fs::metadata(marker).and_then(|meta| meta.modified()).ok().is_some_and(|now| Some(now) != before) {
            return;
        }
        thread::yield_now();
    }
}
