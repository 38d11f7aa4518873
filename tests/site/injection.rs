//! Texts that try to become scripts, in every field that takes free text.
//!
//! `tests/fixtures/injection.txt` has one a line. Here portals are made of them
//! that must build, and nothing of them may be markup in what is built; what a
//! browser makes of the same portals is looked at in
//! `tests/browser/injection.test.mjs`, for which they are written into the
//! folder that `MINGBAI_HOSTILE` names.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use mingbai::pipeline;
use serde_json::Value;

use crate::content::{HOSTILE, hostile};
use crate::kit::{ITEM, Site, tree};

const CORPUS: &str = include_str!("../fixtures/injection.txt");
/// How many portals share the texts; in each every field has this part of them.
const PORTALS: usize = 3;

/// A text as it stands between the quotes of JSON.
fn in_quotes(text: &str) -> String {
    let quoted = Value::String(text.to_owned()).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// The portal in which every field with free text has the texts of this number.
fn portal(number: usize) -> Site {
    let vectors: Vec<&str> = CORPUS.lines().collect();
    let share: Vec<&str> = vectors.iter().copied().skip(number).step_by(PORTALS).collect();
    let needle = in_quotes(HOSTILE);
    let mut fields = 0;
    let mut site = hostile();
    for path in hostile().paths().filter(|path| path.ends_with(".yaml") || path.ends_with(".md")) {
        let mut parts = site.text(path);
        let mut changed = String::new();
        while let Some(at) = parts.find(&needle) {
            changed.push_str(&parts[..at]);
            // Each field begins with another of them.
            let mut texts = share.clone();
            let turn = fields % texts.len();
            texts.rotate_left(turn);
            changed.push_str(&in_quotes(&texts.join(" ")));
            fields += 1;
            parts = parts[at + needle.len()..].to_owned();
        }
        site = site.file(path, changed + &parts);
    }
    assert!(fields > 150, "{fields} fields only");
    site = with_markdown(site, &share);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"xss(1)\"><script>xss(1)</script></svg>";
    site.file("content/static/picture.svg", svg).file("content/static/onerror=xss(1) x='.txt", "x")
}

/// The same texts as Markdown, one a paragraph and one an entry.
fn with_markdown(site: Site, share: &[&str]) -> Site {
    let mut text = String::from("\n");
    for vector in share.iter().filter(|vector| is_allowed(vector)) {
        write!(text, "{vector}\n\n- **{vector}**\n\n").unwrap();
    }
    site.append("content/pages/help/how-to-use.md", &text)
        .append("content/notices/2026-06-01-closed.md", &text)
        .file("content/departments/scjgj/food/guide.md", text)
}

/// Whether Markdown may say it: raw HTML and forbidden addresses are errors, and nothing is built of them.
fn is_allowed(vector: &str) -> bool {
    let text =
        format!("---\n标题: 页\n摘要: 页\n栏目: 帮助\n发布日期: 2026-01-01\n---\n\n{vector}\n\n- **{vector}**\n");
    let root = Site::minimal().file("content/pages/a.md", text).write();
    !pipeline::plan(&root.input()).unwrap().findings.has_errors()
}

fn build(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let root = site.write();
    let out = root.join("dist");
    let built = pipeline::build(&root.input(), &out, false, &|_, _| {}).unwrap();
    assert!(built.report.is_some(), "{}", site.findings(mingbai::diagnostics::Lang::Zh));
    tree(&out)
}

#[test]
fn portals_of_hostile_texts_are_built_and_stay_text() {
    assert!(CORPUS.lines().count() >= 120);
    for number in 0..PORTALS {
        let site = portal(number);
        let built = build(&site);
        no_markup(number, &built);
        no_formulas(&built);
        if let Some(folder) = std::env::var_os("MINGBAI_HOSTILE") {
            site.write_to(&Path::new(&folder).join(number.to_string()));
        }
    }
}

fn no_markup(number: usize, built: &BTreeMap<String, Vec<u8>>) {
    const RAW: [&str; 9] = [
        "<script>xss",
        "<img src=x",
        "<svg onload",
        "<svg><",
        "onerror=xss(1)>",
        "<iframe",
        "<object",
        "<embed",
        "<base",
    ];
    let mut seen = 0;
    for (path, bytes) in built.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
        let page = std::str::from_utf8(bytes).unwrap().to_lowercase();
        seen += page.matches("xss(1)").count();
        for raw in RAW {
            let first = page.find(raw).map(|at| page[at..].chars().take(60).collect::<String>());
            assert_eq!(first, None, "portal {number}, {path}");
        }
    }
    assert!(seen > 5_000, "the texts are shown {seen} times only");
}

/// A spreadsheet would carry them out.
fn no_formulas(built: &BTreeMap<String, Vec<u8>>) {
    for (path, bytes) in built.iter().filter(|(path, _)| path.ends_with(".csv")) {
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]).records() {
            for cell in &record.unwrap() {
                let begins = cell.trim_start_matches(['\u{feff}', ' ']).chars().next();
                assert!(!begins.is_some_and(|c| "=+-@\t\r".contains(c)), "{path}: {cell:?}");
            }
        }
    }
}

#[test]
fn names_of_items_and_keys_that_are_markup_are_refused() {
    for vector in CORPUS.lines().filter(|vector| !vector.contains('/')) {
        let item = Site::minimal().text(ITEM);
        let site = Site::minimal().file(&format!("content/departments/scjgj/{vector}/item.yaml"), item.clone());
        let keyed = Site::minimal().append(ITEM, &format!("{}: 1\n", Value::String(vector.to_owned())));
        for site in [site, keyed] {
            let root = site.write();
            let checked = pipeline::check(&root.input()).unwrap();
            assert!(checked.findings.has_errors(), "{vector}");
        }
    }
}
