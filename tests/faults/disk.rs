//! Disks that are full or closed, and things that stand where others belong:
//! the published site stays as it was, and the next build on a good disk works.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::kit::{ITEM, Root, Site, tree};
use crate::program::{bounded, ended, program};

const BUILD: [&str; 3] = ["build", "--as-of", "2026-07-01"];

/// A portal of which a second state is to be built, and its published first state.
fn changed() -> (Root, BTreeMap<String, Vec<u8>>) {
    let site = Site::minimal().file("content/static/map.bin", "图".repeat(100_000));
    let root = site.write();
    ended(program(root.path(), &BUILD), "the first build").check("the first build");
    let before = tree(&root.join("dist"));
    let after = site.replace(ITEM, "在青岚市卖食品的", "在青岚市卖食品和药品的");
    root.update(&after.file("content/static/map.bin", "画".repeat(200_000)));
    (root, before)
}

/// The second state can be built after all.
fn recovers(root: &Root, before: &BTreeMap<String, Vec<u8>>) {
    ended(program(root.path(), &BUILD), "the next build").check("the next build");
    let after = tree(&root.join("dist"));
    assert!(after != *before);
    let fresh = tempfile::tempdir().unwrap();
    let out = fresh.path().join("dist");
    let arguments = [&BUILD[..], &["--out", out.to_str().unwrap()]].concat();
    ended(program(root.path(), &arguments), "a fresh build").check("a fresh build");
    assert!(tree(&out) == after, "a repaired site is that of a fresh build");
}

#[test]
fn files_that_may_not_grow() {
    let (root, before) = changed();
    for blocks in [0, 1, 8, 64, 512] {
        // With the signal a build is killed in the middle of a file; without it, writing fails.
        for bounds in [format!("ulimit -f {blocks}"), format!("trap '' XFSZ; ulimit -f {blocks}")] {
            let ran = ended(bounded(root.path(), &bounds, &BUILD), &bounds);
            assert!(ran.status != Some(0) && tree(&root.join("dist")) == before, "{bounds}: {ran:?}");
            if bounds.starts_with("trap") {
                ran.check(&bounds);
                assert!(ran.status == Some(2) && ran.said.starts_with("不能运行：无法写入"), "{bounds}: {ran:?}");
            }
        }
    }
    recovers(&root, &before);
}

#[test]
fn too_few_files_may_be_open() {
    let (root, before) = changed();
    for files in [5, 8, 12] {
        let bounds = format!("ulimit -n {files}");
        let ran = ended(bounded(root.path(), &bounds, &BUILD), &bounds);
        ran.check(&bounds);
        assert!(ran.status == Some(0) || tree(&root.join("dist")) == before, "{bounds}: {ran:?}");
    }
    root.update(&Site::minimal());
    recovers(&root, &before);
}

/// A disk of its own, of a few kilobytes, that only the child sees.
fn on_a_small_disk(root: &Root, kilobytes: usize, script: &str) -> Command {
    let mut command = Command::new("unshare");
    let mount = format!("mount -t tmpfs -o size={kilobytes}k none small && {{ {script}; }}");
    command.args(["-rm", "sh", "-c", &mount, env!("CARGO_BIN_EXE_mingbai")]).current_dir(root.path());
    command
}

#[test]
fn a_disk_that_is_full() {
    let (root, _) = changed();
    fs::create_dir(root.join("small")).unwrap();
    let mut probe = on_a_small_disk(&root, 64, "true");
    if !probe.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        println!("this system lets nobody mount a disk of their own: not tried");
        return;
    }
    let build = "\"$0\" build --as-of 2026-07-01 --out small/dist";
    let mut refused = 0;
    for kilobytes in [64, 640, 900, 1_100, 1_300, 1_500, 1_800, 2_400, 3_600] {
        // A site without items is published; the other may not fit beside it.
        let script = format!(
            "mkdir -p tiny/content && cp content/site.yaml tiny/content/ && {build} --root tiny && cp -r small/dist first; \
             {build}; echo \"status $?\"; if [ -d first ]; then diff -r first small/dist >&2 && echo same; else echo none; fi; rm -rf first"
        );
        let what = format!("a disk of {kilobytes} KB");
        let ran = ended(on_a_small_disk(&root, kilobytes, &script), &what);
        for word in ["panicked", "Os {"] {
            assert!(!ran.said.contains(word), "{what}: {}", ran.said);
        }
        if ran.said.contains("status 2") {
            assert!(ran.said.contains("：磁盘已满"), "{what}: {}", ran.said);
            refused += usize::from(ran.said.contains("status 2\nsame"));
            // On the smallest not even the first finds room.
            let is_kept = ran.said.contains("status 2\nsame") || ran.said.contains("status 2\nnone");
            assert!(is_kept, "{what}: {}", ran.said);
        } else {
            assert!(ran.said.contains("status 0"), "{what}: {}", ran.said);
        }
    }
    assert!(refused > 1, "{refused} of the disks were too small");
}

/// The program without the right of the administrator to write everywhere.
fn without_privilege(root: &Root) -> Command {
    if fs::metadata(root.path()).unwrap().uid() != 0 {
        return program(root.path(), &BUILD);
    }
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set=-dac_override,-dac_read_search", env!("CARGO_BIN_EXE_mingbai")]);
    command.args(BUILD).current_dir(root.path());
    command
}

fn read_only(path: &Path, is_so: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, if is_so { 0o555 } else { 0o755 });
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn an_output_that_is_read_only() {
    let (root, before) = changed();
    // Nothing can be made beside the site.
    read_only(root.path(), true);
    let ran = ended(without_privilege(&root), "a closed folder");
    read_only(root.path(), false);
    ran.check("a closed folder");
    assert!(ran.status == Some(2) && ran.said.contains("没有权限"), "{ran:?}");
    assert!(tree(&root.join("dist")) == before);
    // The published folder itself is closed; the spare is not, and takes its place.
    read_only(&root.join("dist"), true);
    let ran = ended(without_privilege(&root), "a closed site");
    ran.check("a closed site");
    for closed in ["dist", ".dist.spare"] {
        read_only(&root.join(closed), false);
    }
    recovers(&root, &before);
}

#[test]
fn two_builds_at_once_into_one_folder() {
    let (root, before) = changed();
    let many: Vec<_> = (0..6)
        .map(|_| program(root.path(), &BUILD).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    let mut fine = 0;
    for child in many {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) => fine += 1,
            Some(2) => assert!(said.contains("正在被另一次生成写入，请等它结束"), "{said}"),
            other => panic!("{other:?}: {said}"),
        }
    }
    assert!(fine > 0, "somebody has to be first");
    recovers(&root, &before);
}

#[test]
fn links_among_the_published_files_lead_nowhere() {
    let (root, before) = changed();
    let outside = root.join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("index.html"), "不要动").unwrap();
    let published = root.join("dist");
    fs::remove_dir_all(published.join("items")).unwrap();
    symlink(&outside, published.join("items")).unwrap();
    fs::remove_file(published.join("index.html")).unwrap();
    symlink(outside.join("index.html"), published.join("index.html")).unwrap();
    recovers(&root, &before);
    assert_eq!(fs::read_to_string(outside.join("index.html")).unwrap(), "不要动");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 1);
}

#[test]
fn outputs_that_would_meet_the_content() {
    let (root, _) = changed();
    let before = tree(&root.join("content"));
    for out in [".", "content", "content/departments", "content/site.yaml", "/", "..", "content/static/map.bin/x"] {
        let ran = ended(program(root.path(), &[&BUILD[..], &["--out", out]].concat()), out);
        ran.check(out);
        assert_eq!(ran.status, Some(2), "{out}: {}", ran.said);
        assert!(tree(&root.join("content")) == before, "{out}");
    }
}
