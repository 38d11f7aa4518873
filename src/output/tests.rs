//! What writing must promise, tried on real folders.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use tempfile::TempDir;

use super::exchange::{by_renames, recover};
use super::file::copy_with_time;
use super::folders::Folders;
use super::manifest::{self, MANIFEST, MARKER};
use super::{Content, Doing, OutputPath, OutputPathError, Staging, WriteError, WriteReport, open, rollback};

/// A folder of its own for one test.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Place { dir: tempfile::tempdir().unwrap() }
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("dist")
    }

    fn spare(&self) -> PathBuf {
        self.dir.path().join(".dist.spare")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    fn open(&self) -> Staging {
        open(&self.out()).unwrap()
    }

    fn try_build(&self, files: &[(&str, &str)]) -> Result<WriteReport, WriteError> {
        let staging = open(&self.out())?;
        files.par_iter().try_for_each(|(path, text)| put(&staging, path, text))?;
        staging.publish()
    }

    /// Builds, and checks that exactly these files are published.
    fn build(&self, files: &[(&str, &str)]) -> WriteReport {
        let report = self.try_build(files).unwrap();
        self.check(files);
        report
    }

    fn check(&self, files: &[(&str, &str)]) {
        let mut expected: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        expected.sort();
        assert_eq!(tree(&self.out()), expected);
        assert!(!self.at(MARKER).exists());
    }
}

fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn put(staging: &Staging, name: &str, text: &str) -> Result<(), WriteError> {
    staging.put(&path(name), Content::Bytes(text.as_bytes().to_vec()))
}

/// All files below a folder with their text; an empty folder as `name/`.
fn tree(root: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, name: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{name}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                if fs::read_dir(entry.path()).unwrap().next().is_none() {
                    found.push((format!("{path}/"), String::new()));
                }
                walk(&entry.path(), &format!("{path}/"), found);
            } else if path != MANIFEST {
                found.push((path, fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(root, "", &mut found);
    found.sort();
    found
}

fn stamp(path: &Path) -> (u64, SystemTime) {
    let meta = path.symlink_metadata().unwrap();
    (meta.ino(), meta.modified().unwrap())
}

/// Makes a file look as if edited long after the build.
fn edit(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    let later = SystemTime::now() + Duration::from_secs(5);
    fs::File::options().write(true).open(path).unwrap().set_modified(later).unwrap();
}

fn report(written: usize, unchanged: usize, removed: usize, bytes: u64) -> WriteReport {
    WriteReport { written, unchanged, removed, bytes }
}

#[test]
fn a_first_build_makes_the_folder() {
    let place = Place::new();
    let files = [("index.html", "首页"), ("items/a/index.html", "甲"), ("items/b/index.html", "乙")];
    assert_eq!(place.build(&files), report(3, 0, 0, 12));
    assert!(!place.spare().exists());
    let text = fs::read_to_string(place.at(MANIFEST)).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "mingbai-manifest 1");
    assert!(lines[1].starts_with("index.html\t") && lines[1].ends_with("\t6"), "{text}");
    assert_eq!(lines[1].split('\t').nth(1).unwrap().len(), 32);
    assert_eq!(lines.len(), 4);
    // A parent that is missing is made, an empty folder is taken.
    let place = Place::new();
    fs::create_dir(place.out()).unwrap();
    place.build(&[("a", "1")]);
    let deep = place.dir.path().join("x/y/dist");
    open(&deep).unwrap().publish().unwrap();
    assert!(deep.join(MANIFEST).exists());
}

#[test]
fn unchanged_files_stay_the_same_files() {
    let place = Place::new();
    place.build(&[("a/same", "same"), ("changed", "one"), ("gone/x", "x")]);
    let (same, changed) = (stamp(&place.at("a/same")), stamp(&place.at("changed")));
    let second = [("a/same", "same"), ("changed", "two"), ("new", "n")];
    assert_eq!(place.build(&second), report(2, 1, 1, 4));
    assert_eq!(stamp(&place.at("a/same")), same);
    assert_ne!(stamp(&place.at("changed")).0, changed.0);
    assert_eq!(fs::read_to_string(place.spare().join("changed")).unwrap(), "one");
    // The third build works on a spare that has the first release.
    let third = [("a/same", "same"), ("changed", "two"), ("new", "m"), ("a/more", "more")];
    assert_eq!(place.build(&third), report(2, 2, 0, 5));
    assert_eq!(stamp(&place.at("a/same")), same);
    assert_eq!(fs::read_to_string(place.spare().join("new")).unwrap(), "n");
}

#[test]
fn a_build_without_changes_touches_nothing() {
    let place = Place::new();
    place.build(&[("a", "1")]);
    place.build(&[("a", "2")]);
    let before = (stamp(&place.out()).0, stamp(&place.at(MANIFEST)));
    assert_eq!(place.build(&[("a", "2")]), report(0, 1, 0, 0));
    assert_eq!((stamp(&place.out()).0, stamp(&place.at(MANIFEST))), before);
    // The previous release is still there to go back to.
    rollback(&place.out()).unwrap();
    place.check(&[("a", "1")]);
}

#[test]
fn removed_files_and_empty_folders_go() {
    let place = Place::new();
    place.build(&[("a/b/c/d", "1"), ("a/x", "2")]);
    assert_eq!(place.build(&[("a/x", "2")]), report(0, 1, 1, 0));
    assert_eq!(place.build(&[]), report(0, 0, 1, 0));
    assert_eq!(place.build(&[]), report(0, 0, 0, 0));
}

#[test]
fn files_are_copied_from_disk() {
    let place = Place::new();
    let source = place.dir.path().join("图.png");
    let long = "字".repeat(100_000);
    let build = |text: &str| {
        fs::write(&source, text).unwrap();
        let staging = place.open();
        staging.put(&path("图.png"), Content::CopyOf(source.clone())).unwrap();
        let report = staging.publish().unwrap();
        place.check(&[("图.png", text)]);
        report
    };
    assert_eq!(build(&long), report(1, 0, 0, 300_000));
    let first = stamp(&place.at("图.png"));
    assert_eq!(build(&long), report(0, 1, 0, 0));
    assert_eq!(stamp(&place.at("图.png")), first);
    assert_eq!(build(&long.replace('字', "宇")), report(1, 0, 0, 300_000));
    assert_eq!(build("x"), report(1, 0, 0, 1));
    // Bytes and a copied file are told apart by what they hold only.
    assert_eq!(place.build(&[("图.png", "x")]), report(0, 1, 0, 0));
    let staging = place.open();
    let missing = staging.put(&path("a"), Content::CopyOf(place.dir.path().join("none")));
    assert!(matches!(missing, Err(WriteError::Io { doing: Doing::Read, .. })), "{missing:?}");
    let folder = staging.put(&path("b"), Content::CopyOf(place.dir.path().to_owned()));
    assert!(matches!(folder, Err(WriteError::Io { doing: Doing::Read, .. })), "{folder:?}");
}

#[test]
fn the_published_folder_is_always_whole() {
    let place = Place::new();
    let text = |round: usize| format!("{round:04}").repeat(5_000);
    let build = |round: usize| {
        let text = text(round);
        let names: Vec<String> = (0..20).map(|n| format!("{n}/index.html")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &*text)).collect();
        place.try_build(&files).unwrap();
    };
    build(0);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                let found = fs::read_to_string(place.at("7/index.html")).unwrap();
                assert_eq!(found.len(), 20_000);
                assert_eq!(found, found[..4].repeat(5_000));
                reads += 1;
            }
            reads
        });
        (1..60).for_each(build);
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let place = Place::new();
    let refused = |expected: fn(&WriteError) -> bool| {
        let error = open(&place.out()).unwrap_err();
        assert!(expected(&error), "{error:?}");
        let error = open(&place.out().join("")).unwrap_err();
        assert!(expected(&error), "{error:?}");
    };
    fs::create_dir(place.out()).unwrap();
    fs::write(place.at("毕业论文.doc"), "x").unwrap();
    refused(|error| matches!(error, WriteError::NotOurs(_)));
    fs::write(place.at(MANIFEST), "something else").unwrap();
    refused(|error| matches!(error, WriteError::NotOurs(_)));
    fs::remove_dir_all(place.out()).unwrap();
    fs::write(place.out(), "x").unwrap();
    refused(|error| matches!(error, WriteError::NotAFolder(_)));
    fs::remove_file(place.out()).unwrap();
    fs::create_dir(place.dir.path().join("elsewhere")).unwrap();
    symlink("elsewhere", place.out()).unwrap();
    refused(|error| matches!(error, WriteError::SymbolicLink(_)));
    fs::remove_file(place.out()).unwrap();
    // Nothing was made beside it.
    assert_eq!(fs::read_dir(place.dir.path()).unwrap().count(), 1);
    fs::create_dir(place.spare()).unwrap();
    fs::write(place.spare().join("x"), "x").unwrap();
    refused(|error| matches!(error, WriteError::NotOurs(_)));
    assert!(matches!(open(Path::new("/")), Err(WriteError::NoName(_))));
}

#[test]
fn a_dropped_staging_changes_nothing() {
    let place = Place::new();
    place.build(&[("a", "1")]);
    place.build(&[("a", "2"), ("b", "b")]);
    let before = stamp(&place.at("a"));
    let staging = place.open();
    put(&staging, "a", "2").unwrap();
    drop(staging);
    rollback(&place.out()).unwrap();
    rollback(&place.out()).unwrap();
    let staging = place.open();
    put(&staging, "a", "3").unwrap();
    put(&staging, "b", "b").unwrap();
    drop(staging);
    place.check(&[("a", "2"), ("b", "b")]);
    assert_eq!(stamp(&place.at("a")), before);
    // Half of a release is nothing to go back to.
    assert!(matches!(rollback(&place.out()), Err(WriteError::NothingToRollBack(_))));
    place.build(&[("a", "3"), ("b", "b")]);
}

#[test]
fn a_killed_build_is_repaired() {
    let place = Place::new();
    let files = [("a", "1"), ("b/c", "2"), ("d", "3")];
    place.build(&files);
    let outside = place.dir.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("c"), "keep").unwrap();
    let spare = place.spare();
    fs::create_dir(&spare).unwrap();
    fs::write(spare.join(MARKER), "").unwrap();
    fs::hard_link(place.at("a"), spare.join("a")).unwrap();
    symlink(&outside, spare.join("b")).unwrap();
    symlink(outside.join("c"), spare.join("d")).unwrap();
    fs::create_dir_all(spare.join("garbage/deep")).unwrap();
    fs::write(spare.join("garbage/deep/x"), "x").unwrap();
    symlink(&outside, spare.join("garbage/link")).unwrap();
    // Killed after the list was written, before the exchange.
    fs::write(spare.join(MANIFEST), "mingbai-manifest 1\n").unwrap();
    assert!(matches!(rollback(&place.out()), Err(WriteError::NothingToRollBack(_))));
    assert_eq!(place.build(&[("a", "new"), ("b/c", "two"), ("d", "3"), ("e", "5")]), report(3, 1, 0, 7));
    assert_eq!(tree(&outside), [("c".to_owned(), "keep".to_owned())]);
    assert_eq!(fs::read_to_string(spare.join("a")).unwrap(), "1");
    // Killed just after the exchange: the mark is still in the new release.
    fs::write(place.at(MARKER), "").unwrap();
    assert_eq!(place.build(&[("a", "new"), ("b/c", "two"), ("d", "3"), ("e", "5")]), report(0, 4, 0, 0));
    rollback(&place.out()).unwrap();
    place.check(&files);
}

#[test]
fn rolling_back_twice_leads_back() {
    let place = Place::new();
    let nothing = rollback(&place.out());
    assert!(matches!(nothing, Err(WriteError::NothingToRollBack(_))), "{nothing:?}");
    assert_eq!(fs::read_dir(place.dir.path()).unwrap().count(), 0);
    place.build(&[("a", "1"), ("same", "s")]);
    assert!(matches!(rollback(&place.out()), Err(WriteError::NothingToRollBack(_))));
    place.build(&[("a", "2"), ("same", "s")]);
    rollback(&place.out()).unwrap();
    place.check(&[("a", "1"), ("same", "s")]);
    rollback(&place.out()).unwrap();
    place.check(&[("a", "2"), ("same", "s")]);
    rollback(&place.out()).unwrap();
    assert_eq!(place.build(&[("a", "3"), ("same", "s")]), report(1, 1, 0, 1));
    rollback(&place.out()).unwrap();
    place.check(&[("a", "1"), ("same", "s")]);
}

#[test]
fn two_builds_at_once_are_refused() {
    let place = Place::new();
    let first = place.open();
    let error = open(&place.out()).unwrap_err();
    assert!(matches!(error, WriteError::Busy(_)), "{error:?}");
    put(&first, "a", "1").unwrap();
    assert!(matches!(rollback(&place.out()), Err(WriteError::Busy(_))));
    first.publish().unwrap();
    place.build(&[("a", "2")]);
}

#[test]
fn a_failure_leaves_the_published_folder_alone() {
    let place = Place::new();
    place.build(&[("a", "1")]);
    let staging = place.open();
    put(&staging, "a", "2").unwrap();
    let long = "长".repeat(200);
    let error = put(&staging, &format!("x/{long}"), "x").unwrap_err();
    assert!(matches!(error, WriteError::Io { doing: Doing::Write, .. }), "{error:?}");
    let error = put(&staging, &format!("{long}/x"), "x").unwrap_err();
    assert!(matches!(error, WriteError::Io { doing: Doing::MakeFolder, .. }), "{error:?}");
    assert!(error.words().zh.ends_with("名称太长或含有不允许的字符"), "{:?}", error.words());
    let error = staging.publish().unwrap_err();
    assert!(matches!(error, WriteError::Unfinished(_)), "{error:?}");
    place.check(&[("a", "1")]);
}

#[test]
fn a_folder_in_a_wrong_place_is_an_error() {
    let place = Place::new();
    place.build(&[("a", "1")]);
    // A file where the parent should be a folder.
    let file = place.dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = open(&file.join("dist")).unwrap_err();
    assert!(matches!(error, WriteError::Io { .. }), "{error:?}");
    // The folder vanishes under the build.
    let staging = place.open();
    put(&staging, "a", "1").unwrap();
    put(&staging, "b", "2").unwrap();
    fs::remove_file(place.at("a")).unwrap();
    let error = staging.publish().unwrap_err();
    assert!(matches!(error, WriteError::Io { doing: Doing::Link, .. }), "{error:?}");
    place.build(&[("a", "1"), ("b", "2")]);
}

#[test]
fn paths_that_lead_out_are_refused() {
    use OutputPathError::{Absolute, DotPart, Empty, EmptyPart, ForbiddenCharacter, Reserved};
    for (text, expected) in [
        ("", Empty),
        ("/etc/passwd", Absolute),
        ("..", DotPart),
        ("a/../../b", DotPart),
        ("./a", DotPart),
        ("a//b", EmptyPart),
        ("a/", EmptyPart),
        ("a\\..\\b", ForbiddenCharacter),
        ("a\0", ForbiddenCharacter),
        ("a\tb", ForbiddenCharacter),
        ("a\nb", ForbiddenCharacter),
        (MANIFEST, Reserved),
        (".mingbai-staging/x", Reserved),
    ] {
        assert_eq!(OutputPath::new(text), Err(expected), "{text:?}");
    }
    for text in ["index.html", "事项/甲/index.html", "a..b/..c/.well-known", "a b", "a/.mingbai-manifest"] {
        assert_eq!(OutputPath::new(text).unwrap().as_str(), text);
    }
}

#[test]
fn edits_by_hand_are_repaired() {
    let place = Place::new();
    let files = [("a", "1"), ("b/c", "22"), ("d/e", "3"), ("f", "4")];
    place.build(&files);
    let untouched = stamp(&place.at("f"));
    edit(&place.at("a"), "9");
    edit(&place.at("b/c"), "longer");
    fs::remove_file(place.at("d/e")).unwrap();
    assert_eq!(place.build(&files), report(3, 1, 0, 4));
    assert_eq!(stamp(&place.at("f")), untouched);
    // Touched, but the same.
    edit(&place.at("a"), "1");
    assert_eq!(place.build(&files), report(0, 4, 0, 0));
    // Strangers go; what is put by a link is not followed.
    fs::create_dir_all(place.at("x/y")).unwrap();
    fs::write(place.at("x/y/z"), "z").unwrap();
    assert_eq!(place.build(&files), report(0, 4, 1, 0));
    let outside = place.dir.path().join("outside");
    fs::rename(place.at("b"), &outside).unwrap();
    symlink(&outside, place.at("b")).unwrap();
    fs::rename(place.at("a"), outside.join("a")).unwrap();
    symlink(outside.join("a"), place.at("a")).unwrap();
    assert_eq!(place.build(&files), report(2, 2, 0, 3));
    assert!(!place.at("b").is_symlink() && !place.at("a").is_symlink());
    // A list that is damaged costs a rewrite, no more.
    fs::write(place.at(MANIFEST), "mingbai-manifest 1\na\tzz\n\u{0}\nf").unwrap();
    assert_eq!(place.build(&files), report(4, 0, 0, 5));
    fs::write(place.at(MANIFEST), "mingbai-manifest 99\nf\t0\t0\n").unwrap();
    assert_eq!(place.build(&files), report(4, 0, 0, 5));
}

#[test]
fn a_folder_and_a_file_change_places() {
    let place = Place::new();
    let one = [("a", "file"), ("b/c/d", "1"), ("b/e", "2"), ("s", "same")];
    let two = [("a/x/y", "3"), ("a/z", "4"), ("b", "file"), ("s", "same")];
    place.build(&one);
    assert_eq!(place.build(&two), report(3, 1, 3, 6));
    assert_eq!(place.build(&one), report(3, 1, 3, 6));
    assert_eq!(place.build(&two), report(3, 1, 3, 6));
}

#[test]
fn one_name_is_one_file() {
    let place = Place::new();
    let staging = place.open();
    put(&staging, "a/b", "1").unwrap();
    put(&staging, "c", "1").unwrap();
    let twice = put(&staging, "a/b", "1");
    assert!(matches!(twice, Err(WriteError::Twice(_))), "{twice:?}");
    for name in ["a", "a/b/c", "a/b/c/d", "c/d"] {
        let both = put(&staging, name, "1");
        assert!(matches!(both, Err(WriteError::FileAndFolder(_))), "{name} {both:?}");
    }
    let words = put(&staging, "a", "1").unwrap_err().words();
    assert_eq!(words.zh, "`a` 既是文件，又是另一个文件所在的文件夹");
    assert_eq!(words.en, "`a` is a file and also the folder of another file");
    staging.publish().unwrap();
    place.check(&[("a/b", "1"), ("c", "1")]);
}

#[test]
fn many_threads_put_into_one_folder() {
    let place = Place::new();
    let names: Vec<String> = (0..2_000).map(|n| format!("a/b/{}/{n}.html", n % 7)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (&**name, &**name)).collect();
    place.build(&files);
    // A spare with links and files where folders must go.
    fs::create_dir_all(place.spare().join("a/b")).unwrap();
    fs::write(place.spare().join(MARKER), "").unwrap();
    (0..7).for_each(|n| fs::write(place.spare().join(format!("a/b/{n}")), "x").unwrap());
    let changed: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "new")).collect();
    assert_eq!(place.build(&changed), report(2_000, 0, 0, 6_000));
}

#[test]
fn the_way_without_exchange_or_links_works() {
    let place = Place::new();
    place.build(&[("a", "1")]);
    place.build(&[("a", "2")]);
    let folders = Folders::locate(&place.out()).unwrap();
    by_renames(&folders).unwrap();
    place.check(&[("a", "1")]);
    // Killed after the first rename, then after the second.
    fs::rename(&folders.published, &folders.aside).unwrap();
    recover(&folders).unwrap();
    place.check(&[("a", "1")]);
    fs::rename(&folders.published, &folders.aside).unwrap();
    fs::rename(&folders.spare, &folders.published).unwrap();
    rollback(&place.out()).unwrap();
    place.check(&[("a", "1")]);
    // The second rename fails: the first is taken back.
    fs::rename(&folders.spare, place.dir.path().join("hidden")).unwrap();
    assert_eq!(by_renames(&folders).unwrap_err().kind(), io::ErrorKind::NotFound);
    place.check(&[("a", "1")]);
    let copy = place.dir.path().join("copy");
    let meta = place.at("a").symlink_metadata().unwrap();
    copy_with_time(&place.at("a"), &copy, &meta).unwrap();
    assert_eq!(stamp(&copy).1, stamp(&place.at("a")).1);
    assert_ne!(stamp(&copy).0, stamp(&place.at("a")).0);
}

#[test]
fn the_manifest_does_not_depend_on_order() {
    let files = [("b", "2"), ("a/c", "1"), ("a.b", "3"), ("事项/甲", "4")];
    let (one, two) = (Place::new(), Place::new());
    one.build(&files);
    two.build(&files.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(fs::read(one.at(MANIFEST)).unwrap(), fs::read(two.at(MANIFEST)).unwrap());
    let list = manifest::read(&one.out()).unwrap().unwrap();
    assert_eq!(list.files.len(), 4);
}
