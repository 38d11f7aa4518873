//! What editors are told: every kind of finding, printed in full.
//!
//! The cases are texts in `findings/`, one file a family. A case begins with
//! `#### CODE what is wrong`, changes the smallest valid portal, and after a
//! line `====` holds the exact text that is printed. The changes are:
//!
//! * `~ path`: in this file the lines up to `=>` become the lines after it;
//! * `+ path`: the whole file; `+ path *70`: its text as many times over;
//!   `+ path \`: with `\xFF`, `\t`, `\u{FEFF}` and `\` at the end for no line break;
//! * `- path`: the file is taken away; `@ path -> target`: a symbolic link;
//!   `| path`: a named pipe;
//! * `! en`: the finding is printed in English.
//!
//! `UPDATE=1 cargo test --test site` writes what is printed now; read the
//! difference as an editor would before keeping it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mingbai::check::all_codes;
use mingbai::diagnostics::Lang;
use rayon::prelude::*;

use crate::kit::Site;

/// One case: the lines that say what is changed, and the expected text.
struct Case {
    title: String,
    changes: String,
    expected: String,
}

impl Case {
    fn code(&self) -> &str {
        self.title.split(' ').next().unwrap_or_default()
    }

    fn run(&self) -> String {
        let mut site = Site::minimal();
        let mut lang = Lang::Zh;
        for (head, body) in changes(&self.changes) {
            let (sign, rest) = head.split_once(' ').unwrap_or((head, ""));
            site = match sign {
                "!" => {
                    lang = Lang::En;
                    site
                }
                "-" => site.without(rest),
                "|" => site.pipe(rest),
                "@" => {
                    let (path, target) = rest.split_once(" -> ").expect("a link has a target");
                    site.link(path, target)
                }
                "~" => {
                    let (from, to) = body.split_once("=>\n").expect("a change has a line =>");
                    let line = |text: &'_ str| text.strip_suffix('\n').unwrap_or(text).to_owned();
                    site.replace(rest, &line(from), &line(to))
                }
                "+" => add(site, rest, &body),
                _ => panic!("{}: unknown change {head}", self.title),
            };
        }
        let printed = std::panic::catch_unwind(|| site.findings(lang));
        printed.unwrap_or_else(|_| "the program panicked\n".to_owned())
    }
}

fn add(site: Site, rest: &str, body: &str) -> Site {
    match rest.split_once(' ') {
        Some((path, "\\")) => site.file(path, unescape(body)),
        Some((path, times)) => {
            let times = times.strip_prefix('*').and_then(|n| n.parse().ok()).expect("`*` and a number");
            site.file(path, body.trim_end_matches('\n').repeat(times) + "\n")
        }
        None => site.file(rest, body),
    }
}

/// The changes of a case: the line that begins one, and the lines below it.
fn changes(text: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let begins = ["~ content", "+ content", "- content", "@ content", "| content", "~ themes", "+ themes", "! en"];
        match found.last_mut() {
            _ if begins.iter().any(|sign| line.starts_with(sign)) => found.push((line.trim_end(), String::new())),
            Some((_, body)) => body.push_str(line),
            None => panic!("a case begins with a change, not with {line}"),
        }
    }
    found
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.as_bytes());
        let used = match after.chars().next() {
            Some('x') => {
                bytes.push(u8::from_str_radix(&after[1..3], 16).expect("two hexadecimal digits"));
                3
            }
            Some('u') => {
                let end = after.find('}').expect("a closing brace");
                let number = u32::from_str_radix(&after[2..end], 16).expect("a hexadecimal number");
                bytes.extend(char::from_u32(number).expect("a character").to_string().bytes());
                end + 1
            }
            Some('t') => {
                bytes.push(b'\t');
                1
            }
            Some('\n') => 1,
            other => panic!("unknown escape {other:?}"),
        };
        rest = &after[used..];
    }
    bytes.extend(rest.as_bytes());
    bytes
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/findings");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("entries can be read").path())
        .collect();
    files.sort();
    files
}

fn cases(text: &str) -> Vec<Case> {
    text.split("#### ")
        .skip(1)
        .map(|case| {
            let (title, rest) = case.split_once('\n').expect("a case has lines");
            let (changes, expected) = rest.split_once("====\n").expect("a case has a line ====");
            Case {
                title: title.to_owned(),
                changes: changes.to_owned(),
                expected: expected.strip_suffix('\n').unwrap_or(expected).to_owned(),
            }
        })
        .collect()
}

#[test]
fn every_finding_reads_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).expect("cases are UTF-8");
        let cases = cases(&text);
        let printed: Vec<String> = cases.par_iter().map(Case::run).collect();
        if update {
            let new: Vec<String> = cases
                .iter()
                .zip(&printed)
                .map(|(case, printed)| format!("#### {}\n{}====\n{printed}\n", case.title, case.changes))
                .collect();
            fs::write(&file, new.concat()).expect("the cases can be written");
            continue;
        }
        for (case, printed) in cases.iter().zip(printed) {
            if printed != case.expected {
                wrong.push(format!("{}\nexpected:\n{}\nprinted:\n{printed}", case.title, case.expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases differ\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_case_that_makes_it() {
    // What an import finds is not found in a portal; it has tests of its own.
    let is_of_import = |id: &&str| id.starts_with("IM") || id.starts_with("TB");
    let all: BTreeSet<&str> = all_codes().iter().map(|code| code.id).filter(|id| !is_of_import(id)).collect();
    let texts: Vec<String> = files().iter().map(|file| fs::read_to_string(file).expect("cases are UTF-8")).collect();
    let cases: Vec<Case> = texts.iter().flat_map(|text| cases(text)).collect();
    let mut made = BTreeSet::new();
    let mut english = BTreeSet::new();
    for case in &cases {
        let code = case.code();
        assert!(case.expected.contains(&format!("[{code}]")), "`{}` does not show its code", case.title);
        made.insert(code);
        if case.changes.contains("! en\n") {
            english.insert(&code[..2]);
        }
    }
    let lacking: Vec<&&str> = all.difference(&made).collect();
    assert!(lacking.is_empty(), "codes without a case: {lacking:?}");
    let unknown: Vec<&&str> = made.difference(&all).collect();
    assert!(unknown.is_empty(), "cases for unknown codes: {unknown:?}");
    let families: BTreeSet<&str> = all.iter().map(|code| &code[..2]).collect();
    let lacking: Vec<&&str> = families.difference(&english).collect();
    assert!(lacking.is_empty(), "families without an English case: {lacking:?}");
}

#[test]
fn the_smallest_portal_has_no_finding() {
    assert_eq!(Site::minimal().findings(Lang::Zh), "");
}
