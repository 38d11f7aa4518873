//! Nothing stays that nobody uses: functions, keys of the format, dependencies, and what a theme is made of.
//!
//! Texts are compared, not meanings: a name that two things share holds both.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Keys that are kept with the content and make nothing by themselves.
const FOR_THE_RECORD: &[&str] = &["item.rs 审核人", "site.rs 开通日期"];

/// Classes of style sheets that no template has, with the reason.
const CLASSES_OF_NOBODY: &[&str] = &[
    // What is not this class is a weightier selector than the class alone.
    "mb-table--plain",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder that end so, by their paths from the root.
fn files(folder: &str, ending: &str) -> BTreeMap<String, String> {
    fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") {
                collect(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The Rust files of the program without their tests and comments.
fn program() -> BTreeMap<String, String> {
    let is_test = |path: &str| path.ends_with("tests.rs") || path.contains("/tests/") || path.ends_with("samples.rs");
    let code = |text: String| {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let all = files("src", ".rs").into_iter().filter(|(path, _)| !is_test(path));
    all.map(|(path, text)| (path, code(text))).collect()
}

/// The words of a text: names, and with hyphens classes and properties.
fn words(text: &str, hyphens: bool) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || hyphens && c == '-';
    text.split(move |c| !is_part(c)).filter(|word| !word.is_empty()).collect()
}

/// The name that a text begins with.
fn name_at(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default()
}

/// Fails with every fault, one a line.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// A text without its `use` declarations: to hand a name on is not to use it.
fn without_imports(text: &str) -> String {
    let mut kept = String::new();
    let mut is_import = false;
    for line in text.lines() {
        let bare = line.trim_start();
        let after = bare.strip_prefix("pub").map_or(bare, |rest| rest.trim_start_matches(|c| c != ' ').trim_start());
        is_import |= after.starts_with("use ");
        if !is_import {
            kept.push_str(line);
            kept.push('\n');
        }
        is_import &= !line.trim_end().ends_with(';');
    }
    kept
}

#[test]
fn what_is_public_is_used_elsewhere() {
    let texts = ["src", "tests", "benches"].map(|folder| files(folder, ".rs")).into_iter().flatten();
    let texts: BTreeMap<String, String> = texts.map(|(path, text)| (path, without_imports(&text))).collect();
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, text) in &texts {
        words(text, false).into_iter().for_each(|word| users.entry(word).or_default().push(path));
    }
    let mut faults = Vec::new();
    for (path, code) in program() {
        for line in code.lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
            let rest = line.split_once(' ').map_or("", |(_, rest)| rest);
            let rest =
                if line.starts_with("pub(in ") { line.split_once(") ").map_or("", |(_, rest)| rest) } else { rest };
            let rest = rest.strip_prefix("const fn ").or(rest.strip_prefix("fn ")).or(rest.strip_prefix("const "));
            let Some(name) = rest.or_else(|| line.strip_prefix("pub static ")).map(name_at) else { continue };
            // A macro makes the names of others.
            if users.get(name).is_some_and(|users| users.iter().all(|user| *user == path)) {
                faults.push(format!("{path}: nobody outside uses {name}"));
            }
        }
    }
    none(faults);
}

#[test]
fn every_key_of_the_format_is_read() {
    let program = program();
    let readers: Vec<&String> =
        program.iter().filter(|(path, _)| !path.starts_with("src/schema/")).map(|(_, code)| code).collect();
    let read: BTreeSet<&str> = readers
        .iter()
        .flat_map(|code| code.match_indices('.').map(|(at, _)| (name_at(&code[at + 1..]), &code[at + 1..])))
        .filter(|(name, rest)| !name.is_empty() && !rest[name.len()..].starts_with('('))
        .map(|(name, _)| name)
        .collect();
    let mut unread = Vec::new();
    for (path, code) in program.iter().filter(|(path, _)| path.starts_with("src/schema/")) {
        let mut key = None;
        for line in code.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("#[serde(rename = \"") {
                key = rest.split('"').next();
            } else if let (Some(field), Some(known)) = (line.strip_prefix("pub ").map(name_at), key) {
                if !read.contains(field) {
                    unread.push(format!("{} {known}", path.rsplit('/').next().unwrap()));
                }
                key = None;
            }
        }
    }
    assert_eq!(unread, FOR_THE_RECORD);
}

#[test]
fn every_dependency_is_named() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let program: String = files("src", ".rs").into_values().collect();
    let tests: String = files("tests", ".rs").into_values().chain(files("benches", ".rs").into_values()).collect();
    let mut faults = Vec::new();
    for (section, code) in [("[dependencies]\n", program.clone()), ("[dev-dependencies]\n", program + &tests)] {
        let list = manifest.split(section).nth(1).unwrap().split("\n[").next().unwrap();
        let names = list.lines().filter(|line| line.contains('=')).map(|line| name_at(line).replace('-', "_"));
        let unnamed = names.filter(|name| !code.contains(&format!("{name}::")));
        faults.extend(unnamed.map(|name| format!("nobody names {name}")));
    }
    none(faults);
}

/// Everything that can write a class or name a property: templates, scripts, the program.
fn writers() -> String {
    let scripts = files("themes", ".js").into_values().chain(files("src", ".js").into_values());
    files("themes", ".html").into_values().chain(scripts).chain(program().into_values()).collect()
}

/// The style sheets of the built-in theme without comments.
fn styles() -> String {
    let sheets: String = files("themes", ".css").into_values().collect();
    sheets
        .split("/*")
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once("*/").unwrap().1 })
        .collect()
}

#[test]
fn every_class_of_the_style_sheets_is_written() {
    let (styles, writers) = (styles(), writers());
    let written = words(&writers, true);
    let texts: BTreeSet<&str> = writers.split('"').collect();
    let pages = files("themes/default/templates/pages", ".html");
    let is_made = |class: &str| {
        // mb-status--{{ … }}: the end is a text of the program, or a kind of page.
        let Some((begin, end)) = class.split_once("--") else { return false };
        let is_kind = pages.contains_key(&format!("themes/default/templates/pages/{end}.html"));
        written.contains(format!("{begin}--").as_str()) && (texts.contains(end) || is_kind)
    };
    let classes: BTreeSet<&str> = styles.match_indices(".mb-").map(|(at, _)| name_at(&styles[at + 1..])).collect();
    let faults = classes.into_iter().filter(|class| !written.contains(class) && !is_made(class));
    assert_eq!(faults.collect::<Vec<_>>(), CLASSES_OF_NOBODY);
}

#[test]
fn every_property_of_the_style_sheets_is_used_and_every_one_used_is_there() {
    let styles = styles();
    let made: BTreeSet<&str> = styles
        .match_indices("--mb-")
        .map(|(at, _)| (at, name_at(&styles[at..])))
        .filter(|(at, name)| styles[at + name.len()..].trim_start().starts_with(':'))
        .map(|(_, name)| name)
        .collect();
    let used: BTreeSet<&str> =
        styles.match_indices("var(").map(|(at, _)| name_at(&styles[at + "var(".len()..])).collect();
    assert!(made.len() > 20, "{made:?}");
    assert_eq!(made, used);
}

#[test]
fn every_component_is_used() {
    let templates: String = files("themes/default/templates", ".html").into_values().collect();
    let used: BTreeSet<&str> = templates.match_indices('<').map(|(at, _)| name_at(&templates[at + 1..])).collect();
    let made = templates.match_indices("{% component ").map(|(at, word)| name_at(&templates[at + word.len()..]));
    let made: Vec<&str> = made.collect();
    assert!(made.len() > 50, "{made:?}");
    none(made.into_iter().filter(|name| !used.contains(name)).map(|name| format!("nobody uses {name}")).collect());
}
