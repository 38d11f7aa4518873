//! Files that change while they are read: each build has a finding, an error in
//! words, or a whole site, and never waits for ever.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use mingbai::load::Store;
use mingbai::pipeline;

use crate::kit::{ITEM, Site, tree};
use crate::random::{Random, effort};

const STATIC: &str = "content/static/map.bin";
const FORM: &str = "content/departments/scjgj/food/files/form.docx";
const PAGE: &str = "content/pages/a.md";

fn portal() -> Site {
    Site::minimal()
        .file(STATIC, "图".repeat(50_000))
        .file(FORM, "表")
        .replace(ITEM, "来源: 申请人自备 }", "来源: 申请人自备, 空白表格: files/form.docx }")
        .file(PAGE, "---\n标题: 甲\n摘要: 甲\n栏目: 帮助\n发布日期: 2026-01-01\n---\n[甲](/items/food/)\n")
}

/// Makes one path something else: gone, other text, a folder, a link, a pipe.
fn toggle(root: &Path, path: &str, random: &mut Random, first: &[u8]) {
    let place = root.join(path);
    let _ = fs::remove_file(&place).or_else(|_| fs::remove_dir_all(&place));
    match random.below(7) {
        0 => {}
        1 => fs::create_dir(&place).unwrap(),
        2 => std::os::unix::fs::symlink("/dev/zero", &place).unwrap(),
        3 => assert!(Command::new("mkfifo").arg(&place).status().unwrap().success()),
        4 => fs::write(&place, [first, first].concat()).unwrap(),
        5 => fs::write(&place, &first[..random.below(first.len())]).unwrap(),
        _ => fs::write(&place, first).unwrap(),
    }
}

/// Runs something again and again while files change.
fn while_changing(rounds: usize, site: &Site, run: impl Fn(&Path, usize)) {
    let root = site.write();
    let paths = [ITEM, STATIC, FORM, PAGE];
    let first: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(root.join(path)).unwrap()).collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let changing = scope.spawn(|| {
            let mut random = Random::of("race");
            let mut times = 0;
            while !done.load(Ordering::Relaxed) {
                let n = random.below(paths.len());
                toggle(root.path(), paths[n], &mut random, &first[n]);
                times += 1;
                if random.below(8) == 0 {
                    site.write_again(root.path(), &paths);
                    thread::yield_now();
                }
            }
            times
        });
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            (0..rounds).for_each(|round| run(root.path(), round));
        }));
        done.store(true, Ordering::Relaxed);
        assert!(changing.join().unwrap() > 0, "nothing changed meanwhile");
        ran.unwrap();
    });
    site.write_again(root.path(), &paths);
    run(root.path(), rounds);
    assert!(root.path().join("dist/index.html").exists(), "with nobody changing anything it is built");
}

impl Site {
    /// Writes these paths as they were, whatever stands there.
    fn write_again(&self, root: &Path, paths: &[&str]) {
        for path in paths {
            let place = root.join(path);
            let _ = fs::remove_file(&place).or_else(|_| fs::remove_dir_all(&place));
            fs::write(place, self.bytes(path)).unwrap();
        }
    }
}

/// The sizes that the list of a finished site gives for its files.
fn listed(manifest: &[u8]) -> BTreeMap<String, u64> {
    let text = std::str::from_utf8(manifest).unwrap();
    let entry = |line: &str| {
        let parts: Vec<&str> = line.split('\t').collect();
        (parts[0].to_owned(), parts[2].parse().unwrap())
    };
    text.lines().skip(1).map(entry).collect()
}

#[test]
fn builds_while_files_change() {
    let site = portal();
    while_changing(effort(60, 1_000), &site, |root, round| {
        let input = pipeline::Input {
            root: root.to_owned(),
            as_of: crate::kit::TODAY,
            drafts: round.is_multiple_of(2),
            base_url: None,
        };
        let out = root.join("dist");
        match pipeline::build(&input, &out, false, &|_, _| {}) {
            Ok(built) => assert!(built.report.is_some() || built.findings.has_errors(), "round {round}"),
            Err(error) => assert!(!error.words().zh.is_empty() && !error.words().zh.contains("Os {"), "{error:?}"),
        }
        if out.exists() {
            let mut files = tree(&out);
            let manifest = files.remove(".mingbai-manifest").unwrap();
            files.remove(".mingbai-staging");
            let sizes: BTreeMap<String, u64> =
                files.iter().map(|(path, bytes)| (path.clone(), bytes.len() as u64)).collect();
            assert_eq!(sizes, listed(&manifest), "round {round}: every file is whole and listed");
        }
    });
}

#[test]
fn a_store_reads_again_while_files_change() {
    let site = portal();
    let kept = std::sync::Mutex::new(None);
    while_changing(effort(600, 10_000), &site, |root, round| {
        let mut kept = kept.lock().unwrap();
        let store = kept.get_or_insert_with(|| Store::read(root).unwrap());
        let paths = if round.is_multiple_of(3) { Vec::new() } else { vec![ITEM.to_owned(), STATIC.to_owned()] };
        store.refresh(&paths).unwrap();
        let _ = store.loaded();
        if round + 1 >= effort(600, 10_000) {
            fs::create_dir_all(root.join("dist")).unwrap();
            fs::write(root.join("dist/index.html"), "x").unwrap();
        }
    });
}
