//! What web servers are told and given: configuration, and texts in their compressed forms.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use mingbai::pipeline::{self, Wanted};

use crate::kit::{ITEM, Root, Site, run_in, tree};

const DAY: [&str; 2] = ["--as-of", "2026-07-01"];

fn portal() -> Site {
    Site::minimal()
        .with("-- content/redirects.yaml --\n跳转:\n  - { 从: /items/old/, 到: /items/food/, 理由: 改名 }\n")
        .file("content/static/rows.csv", "名称,数量\n".repeat(400))
        .file("content/static/own.txt", "自己的\n".repeat(400))
        .file("content/static/own.txt.gz", "自己压缩的")
        .file("content/static/tiny.txt", "短")
        .file("content/static/hall.png", vec![0; 4000])
}

/// Builds with compressed forms or without; tells how many files were written, stayed and went.
fn build(root: &Root, compressed: bool) -> (usize, usize, usize) {
    let out = root.join("dist");
    let wanted = Wanted { out: &out, strict: true, release: false, compressed };
    let (built, _) = pipeline::build_as(&root.input(), wanted, &|_, _| {}).unwrap();
    let files = built.report.expect("nothing blocks").files;
    (files.written, files.unchanged, files.removed)
}

fn inodes(folder: &Path) -> BTreeMap<String, u64> {
    let inode = |path: &String| fs::metadata(folder.join(path)).unwrap().ino();
    tree(folder).into_keys().map(|path| (path.clone(), inode(&path))).collect()
}

#[test]
fn texts_have_their_compressed_forms_beside_them() {
    let root = portal().write();
    build(&root, true);
    let files = tree(&root.join("dist"));
    let page = &files["items/food/index.html"];
    let mut again = Vec::new();
    std::io::copy(&mut flate2::read::GzDecoder::new(&*files["items/food/index.html.gz"]), &mut again).unwrap();
    assert!(again == *page);
    let mut again = Vec::new();
    brotli::BrotliDecompress(&mut &*files["items/food/index.html.br"], &mut again).unwrap();
    assert!(again == *page);
    for path in ["rows.csv.gz", "rows.csv.br", "index.html.br", "404.html.gz"] {
        assert!(files.contains_key(path), "{path}");
    }
    assert!(files["own.txt.gz"] == "自己压缩的".as_bytes(), "what an editor put there stays");
    assert!(files.contains_key("own.txt.br"));
    for path in ["tiny.txt.gz", "hall.png.gz", "hall.png.br", "search/index.bin.gz", "own.txt.gz.br"] {
        assert!(!files.contains_key(path), "{path}");
    }
    for (path, bytes) in &files {
        let form = ["gz", "br"].iter().find_map(|ending| files.get(&format!("{path}.{ending}")));
        assert!(form.is_none_or(|form| form.len() < bytes.len()), "{path}");
    }
}

#[test]
fn only_forms_of_changed_files_are_made() {
    let root = portal().item("second", "小餐饮登记", 2).write();
    build(&root, true);
    let before = inodes(&root.join("dist"));
    let (written, unchanged, removed) = build(&root, true);
    assert_eq!((written, unchanged, removed), (0, before.len() - 1, 0), "all but the list of the release");

    portal().item("second", "小餐饮登记", 2).append("content/static/own.txt", "再来一行\n").write_to(root.path());
    let (written, _, removed) = build(&root, true);
    assert_eq!((written, removed), (2, 0), "the file and the one form that is ours");
    let after = inodes(&root.join("dist"));
    let fresh: Vec<&String> =
        after.iter().filter(|(path, inode)| before.get(*path) != Some(inode)).map(|(path, _)| path).collect();
    assert_eq!(fresh, [".mingbai-manifest", "own.txt", "own.txt.br"]);

    // A form that was lost or damaged is made again, whatever its file is.
    fs::remove_file(root.join("dist/index.html.gz")).unwrap();
    fs::write(root.join("dist/index.html.br"), "x").unwrap();
    assert_eq!(build(&root, true).0, 2);
    assert!(tree(&root.join("dist"))["index.html.gz"].len() > 100);
}

#[test]
fn stale_forms_go() {
    let root = portal().write();
    build(&root, true);
    let all = tree(&root.join("dist"));
    // A text that became too short has no form any longer.
    fs::write(root.join("content/static/rows.csv"), "名称\n").unwrap();
    assert_eq!(build(&root, true).2, 2);
    assert!(!tree(&root.join("dist")).contains_key("rows.csv.gz"));
    // Without compression none has.
    let (written, _, removed) = build(&root, false);
    assert_eq!(written, 0);
    let left = tree(&root.join("dist"));
    let forms: Vec<&String> = left.keys().filter(|path| path.ends_with(".br") || path.ends_with(".gz")).collect();
    assert_eq!(forms, ["own.txt.gz"]);
    assert_eq!(removed, all.len() - 2 - left.len());
}

#[test]
fn the_forms_are_the_same_with_any_number_of_threads() {
    let site = portal().item("second", "小餐饮登记", 2);
    let made = [1, 7].map(|threads| {
        let root = site.write();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(&root, true));
        tree(&root.join("dist"))
    });
    assert!(made[0] == made[1]);
    let root = site.write();
    assert_eq!(run_in(root.path(), &[&["build", "--compress"], &DAY[..]].concat(), &[]).status, 0);
    assert!(tree(&root.join("dist")) == made[0], "the command makes them as well");
}

#[test]
fn servers_are_told_the_addresses_of_the_portal() {
    let root = portal().write();
    let host = |more: &[&str]| {
        let done = run_in(root.path(), &[&["host"], more, &DAY[..]].concat(), &[]);
        assert_eq!(done.status, 0, "{}", done.err);
        done.out
    };
    let text = host(&["nginx"]);
    assert!(text.contains("location = \"/items/old/\" { return 301 \"/items/food/\"; }"), "{text}");
    assert!(text.contains("root \"/srv/www/mingbai\";"), "{text}");
    let below = host(&[
        "nginx",
        "--base-url",
        "https://host.example/zwfw/",
        "--folder",
        "/data/site/",
        "--name",
        "other.example",
    ]);
    assert!(below.contains("location = \"/zwfw/items/old/\" { return 301 \"/zwfw/items/food/\"; }"), "{below}");
    assert!(below.contains("server_name other.example;") && below.contains("alias \"/data/site/\";"), "{below}");
    assert!(host(&["caddy"]).contains("redir \"/items/old/\" \"/items/food/\" 301"));
    assert_eq!(host(&["caddy", "--out", "Caddyfile"]), "");
    assert_eq!(fs::read_to_string(root.join("Caddyfile")).unwrap(), host(&["caddy"]));
}

#[test]
fn a_wrong_order_is_refused_in_words() {
    let root = portal().write();
    for (more, word) in [
        (&["apache"][..], "nginx"),
        (&["nginx", "--folder", "dist"], "/srv/www"),
        (&["nginx", "--name", "a;b"], "zwfw"),
    ] {
        let done = run_in(root.path(), &[&["host"], more, &DAY[..]].concat(), &[]);
        assert_eq!(done.status, 2, "{more:?}");
        assert!(done.err.contains(word), "{more:?}");
    }
    fs::write(root.join(ITEM), "名称: 坏").unwrap();
    let done = run_in(root.path(), &[&["host", "nginx"], &DAY[..]].concat(), &[]);
    assert_eq!((done.status, done.out.as_str()), (1, ""), "a broken portal has no configuration");
}
