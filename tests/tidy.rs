//! What the source must be like: sizes, layers, one module for each engine,
//! and words that must not stay.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use mingbai::documents::FORMATS;
use serde_json::Value;

/// The modules in the order of the line: one may import those of the layers before its own, and
/// none beside it.
///
/// `plan` names the paths of `output`, whose writing comes later. `view` shows what `opendata`
/// documents, and `render` makes its files. Only `pipeline` and what is above it name every stage.
const LAYERS: &[&[&str]] = &[
    &["source", "compress", "wrap", "markdown"],
    &["diagnostics"],
    &["load", "csv", "model"],
    &["schema"],
    &["yaml"],
    &["printing"],
    &["documents"],
    &["portal"],
    &["search", "wording"],
    &["check", "theme", "output", "scaffold"],
    &["plan"],
    &["opendata"],
    &["view"],
    &["render"],
    &["pipeline"],
    &["due", "reform", "flow", "hosting"],
    &["review", "exchange"],
    &["serve"],
    &["cli"],
];

/// Each engine and the module that may name it.
const ENGINES: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["markdown"]),
    ("tera", &["render"]),
    ("serde_yaml", &["yaml"]),
    ("saphyr", &["yaml"]),
    ("walkdir", &["load"]),
    ("encoding_rs", &["load"]),
    ("schemars", &["schema", "yaml", "opendata"]),
    ("pinyin", &["search"]),
    ("jieba_rs", &["search"]),
    ("unicode_normalization", &["search"]),
    ("unicode_width", &["wrap"]),
    ("strsim", &["diagnostics"]),
    ("saphyr_parser", &["yaml"]),
    ("flate2", &["compress"]),
    ("brotli", &["compress"]),
    ("rustix", &["output", "serve"]),
    ("notify", &["serve"]),
    ("tiny_http", &["serve"]),
    ("qrcode", &["view"]),
    ("regex_lite", &["exchange"]),
    ("calamine", &["exchange"]),
    ("rust_xlsxwriter", &["exchange"]),
    ("zip", &["exchange"]),
    ("clap", &["cli"]),
    ("mimalloc", &["lib"]),
];

struct File {
    /// The path below `src`, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The folder or file of `src` it belongs to: `yaml` of `yaml/read.rs`.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.ends_with("samples.rs") || self.path.contains("/tests/")
    }

    /// The text without the tests at its end.
    fn code(&self) -> &str {
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        &self.text[..end]
    }

    /// The lines of the code without comments, with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code().lines().enumerate().map(|(n, line)| (n + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<File> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.sort();
    let named = |path: PathBuf| File {
        path: path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(path).unwrap(),
    };
    files.into_iter().map(named).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Fails with every fault, one a line.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Whether a text names a word, and not a longer one that holds it.
fn names(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

#[test]
fn files_are_of_a_readable_length() {
    let long = sources().into_iter().filter(|file| !file.is_test()).filter_map(|file| {
        let lines = file.code().lines().count();
        (lines > 800).then(|| format!("{}: {lines} lines", file.path))
    });
    none(long.collect());
}

#[test]
fn functions_are_of_a_readable_length() {
    let mut faults = Vec::new();
    for file in sources().into_iter().filter(|file| !file.is_test()) {
        let mut begun: Option<(usize, usize, String)> = None;
        for (number, line) in file.code().lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let begins = line.trim_start().split(' ').take(5).any(|word| word == "fn");
            if let Some((start, depth, name)) = &begun {
                if indent == *depth && line.trim_start().starts_with('}') {
                    let length = number - start + 1;
                    if length > 80 {
                        faults.push(format!("{}:{}: {} has {length} lines", file.path, start + 1, name));
                    }
                    begun = None;
                }
            } else if begins && !line.trim_end().ends_with('}') && !line.trim_end().ends_with(';') {
                begun = Some((number, indent, line.trim().to_owned()));
            }
        }
    }
    none(faults);
}

/// The parameters of a function besides the value it belongs to; `text` begins behind its name.
fn parameters(text: &str) -> usize {
    let Some(start) = text.find('(') else { return 0 };
    let (mut depth, mut count, mut is_begun) = (0, 0, false);
    for c in text[start..].replace("->", "").chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' if depth == 1 => break,
            ')' | ']' | '>' => depth -= 1,
            ',' if depth == 1 => is_begun = false,
            c if c.is_whitespace() => {}
            _ if depth == 1 && !is_begun => (count, is_begun) = (count + 1, true),
            _ => {}
        }
    }
    let has_self = ["(self", "(mut self", "(&self", "(&mut self"].iter().any(|own| text[start..].starts_with(own));
    count - usize::from(has_self)
}

#[test]
fn functions_take_no_more_than_six_parameters() {
    assert_eq!(parameters("(&mut self, a: Vec<(A, B)>, b: [u8; 2]) -> C"), 2);
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        let code = file.code();
        for (at, _) in code.match_indices("fn ") {
            let signature = code[at..].split(['{', ';']).next().unwrap();
            if parameters(signature) > 6 {
                faults.push(format!("{}: {}", file.path, signature.lines().next().unwrap()));
            }
        }
    }
    none(faults);
}

#[test]
fn what_is_imported_is_named() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        let globs = file
            .lines()
            .filter(|(_, line)| line.contains("use ") && line.contains("::*") && !line.contains("::prelude::*"));
        faults.extend(globs.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())));
    }
    none(faults);
}

#[test]
fn each_file_says_what_it_is_for() {
    let files = sources().into_iter().filter(|file| !file.text.starts_with("//! "));
    none(files.map(|file| file.path).collect());
}

#[test]
fn no_stage_imports_a_later_one() {
    let layer = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !["lib.rs", "main.rs", "build.rs"].contains(&file.path.as_str())) {
        let Some(own) = layer(file.module()) else {
            faults.push(format!("{}: the module has no layer", file.path));
            continue;
        };
        for (number, line) in file.lines() {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let other = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                if layer(other).is_none_or(|other| other >= own) && other != file.module() {
                    faults.push(format!("{}:{number}: imports {other}", file.path));
                }
            }
        }
    }
    none(faults);
}

#[test]
fn each_engine_is_named_in_one_place() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        for (number, line) in file.lines() {
            for (engine, homes) in ENGINES {
                let used = names(line, &format!("{engine}::")) || names(line, &format!("use {engine}"));
                if used && !homes.contains(&file.module()) {
                    faults.push(format!("{}:{number}: names {engine}", file.path));
                }
            }
        }
    }
    none(faults);
}

/// Where the folders of the site are named.
const PATHS: &str = "portal/paths.rs";

#[test]
fn the_folders_of_the_site_are_named_in_one_place() {
    let files = sources();
    let paths = files.iter().find(|file| file.path == PATHS).unwrap();
    let constants = paths.lines().filter_map(|(_, line)| line.strip_prefix("pub const ")?.split('"').nth(1));
    let folders: Vec<&str> = constants.collect();
    assert!(folders.contains(&"/items/") && folders.contains(&"/departments/"), "{folders:?}");
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.is_test() && file.path != PATHS) {
        for (number, line) in file.lines() {
            let is_named = |folder: &str| ["\"", "{"].iter().any(|end| line.contains(&format!("\"{folder}{end}")));
            let named = folders.iter().filter(|folder| is_named(folder));
            faults.extend(named.map(|folder| format!("{}:{number}: {folder} is of {PATHS}", file.path)));
        }
    }
    none(faults);
}

#[test]
fn nothing_unfinished_and_no_shortcuts() {
    const WORDS: [&str; 8] = [".unwrap()", "todo!", "unimplemented!", "dbg!", "FIXME", "TODO", "XXX", "unreachable!()"];
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        for (number, line) in file.code().lines().enumerate() {
            for word in WORDS.iter().filter(|word| line.contains(**word)) {
                faults.push(format!("{}:{}: {word}", file.path, number + 1));
            }
            let prints = ["println!", "print!", "eprintln!", "eprint!"].iter().any(|word| names(line, word));
            if prints && !["cli", "serve", "build"].contains(&file.module()) {
                faults.push(format!("{}:{}: prints", file.path, number + 1));
            }
        }
    }
    none(faults);
}

#[test]
fn only_load_write_and_serve_touch_the_outside() {
    // Names in braces behind `std::` would not be seen.
    const OUTSIDE: [&str; 10] = [
        "std::fs",
        "std::env",
        "std::process",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "SystemTime",
        "Timestamp::now",
        "Zoned::now",
        "use std::{",
    ];
    let may = ["load", "source", "output", "serve", "cli", "build", "main"];
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test() && !may.contains(&file.module())) {
        for (number, line) in file.lines() {
            for word in OUTSIDE.iter().filter(|word| line.contains(**word)) {
                faults.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    none(faults);
}

#[test]
fn every_key_of_every_document_is_described() {
    let mut faults = Vec::new();
    for format in FORMATS {
        describe(format.name, &format.schema(), &mut faults);
    }
    none(faults);
}

fn describe(path: &str, schema: &Value, faults: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(keys) = map.get("properties").and_then(Value::as_object) {
                for (key, inner) in keys {
                    let words = inner["description"].as_str().unwrap_or_default();
                    let is_chinese = words.chars().any(|c| ('一'..='龥').contains(&c));
                    if !is_chinese {
                        faults.push(format!("{path}.{key}: `{words}`"));
                    }
                }
            }
            for (key, inner) in map.iter().filter(|(key, _)| *key != "description" && *key != "examples") {
                describe(&format!("{path}.{key}"), inner, faults);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| describe(path, inner, faults)),
        _ => {}
    }
}
