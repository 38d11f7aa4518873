//! What the program is made of besides its own sources: where it comes from,
//! under which licences, how often, and with which features.
//!
//! Known faults of packages (advisories) are not looked up here: that needs a
//! list from outside.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their text to be kept.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages that may not come in, not even through others, and why.
const BANNED: &[(&str, &str)] = &[
    ("tokio", "no asynchronous runtime: threads are enough"),
    ("openssl-sys", "nothing is fetched from a network"),
    ("native-tls", "nothing is fetched from a network"),
    ("rustls", "nothing is fetched from a network"),
    ("reqwest", "nothing is fetched from a network"),
    ("git2", "git is called, not linked"),
    ("serde_yml", "not maintained"),
    ("bincode", "not maintained"),
    ("zhconv", "GPL"),
    ("atty", "not maintained"),
    ("time", "jiff does dates"),
    ("chrono", "jiff does dates"),
    ("openssl", "nothing is fetched from a network"),
];

/// Packages that are there in several versions, and who asks for the older.
const TWICE: &[(&str, &str)] = &[
    ("getrandom", "tempfile and ahash have not met yet; tests only"),
    ("hashbrown", "older and newer maps of two packages"),
    ("r-efi", "of getrandom, on UEFI only"),
    ("syn", "makers of code at build time that have not met yet"),
];

/// Packages that are used with the features they have by themselves: there is nothing to leave out, or it is used.
const DEFAULT_FEATURES: &[&str] = &[
    "encoding_rs",
    "jieba-rs",
    "notify",
    "pinyin",
    "rayon",
    "regex-lite",
    "rustix",
    "schemars",
    "serde",
    "serde_json",
    "serde_yaml",
    "strsim",
    "unicode-normalization",
    "unicode-width",
    "walkdir",
    "xxhash-rust",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Every package of the lock file but our own: name, version, source, whether its sum is known.
fn locked() -> Vec<(String, String, String, bool)> {
    let text = read("Cargo.lock");
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
        line.map(|rest| rest.trim_end_matches('"').to_owned()).unwrap_or_default()
    };
    let package = |block: &str| {
        let sum = value(block, "checksum");
        (value(block, "name"), value(block, "version"), value(block, "source"), sum.len() == 64)
    };
    text.split("[[package]]").skip(1).map(package).filter(|(name, ..)| name != "mingbai").collect()
}

/// The packages that this machine compiles, as cargo describes them. Nothing is fetched.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
    let ran = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let used: BTreeSet<&str> =
        told["resolve"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    let all = told["packages"].as_array().unwrap().iter();
    all.filter(|package| used.contains(package["id"].as_str().unwrap())).cloned().collect()
}

/// Whether an expression such as `(MIT OR Apache-2.0) AND BSD-3-Clause` can be met with the licences that are allowed.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (met, rest) = any(&words);
    met && rest.is_empty()
}

fn any<'a>(words: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = all(words);
    while rest.first() == Some(&"OR") {
        let (other, after) = all(&rest[1..]);
        (met, rest) = (met | other, after);
    }
    (met, rest)
}

fn all<'a>(words: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = one(words);
    while rest.first() == Some(&"AND") {
        let (other, after) = one(&rest[1..]);
        (met, rest) = (met & other, after);
    }
    (met, rest)
}

fn one<'a>(words: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inner @ ..] => {
            let (met, rest) = any(inner);
            (met && rest.first() == Some(&")"), rest.get(1..).unwrap_or_default())
        }
        // An exception only allows more.
        [name, "WITH", _, rest @ ..] | [name, rest @ ..] => (LICENCES.contains(name), rest),
        [] => (false, words),
    }
}

#[test]
fn licences_are_read_as_they_are_written() {
    for good in
        ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-2.0) AND ISC", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(is_allowed(good), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND MPL-2.0", "(MIT", "MIT ISC"] {
        assert!(!is_allowed(bad), "{bad}");
    }
}

#[test]
fn every_licence_is_allowed() {
    let packages = packages();
    assert!(packages.len() > 50);
    let refused = packages.iter().filter(|package| !is_allowed(package["license"].as_str().unwrap_or_default()));
    let refused: Vec<String> = refused.map(|package| format!("{} {}", package["name"], package["license"])).collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn everything_comes_from_the_registry_with_its_sum() {
    let locked = locked();
    assert!(locked.len() > 100);
    for (name, version, source, is_summed) in &locked {
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name} {version}");
        assert!(is_summed, "{name} {version} has no sum");
    }
}

#[test]
fn nothing_banned_comes_in() {
    let locked = locked();
    let found = BANNED.iter().filter(|(banned, _)| locked.iter().any(|(name, ..)| name == banned));
    assert_eq!(found.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

#[test]
fn nothing_is_there_twice_without_a_reason() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, version, ..) in locked() {
        versions.entry(name).or_default().push(version);
    }
    let twice: Vec<&str> = versions.iter().filter(|(_, all)| all.len() > 1).map(|(name, _)| name.as_str()).collect();
    let reasons: Vec<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    assert_eq!(twice, reasons, "{versions:?}");
}

#[test]
fn no_feature_without_need() {
    let manifest = read("Cargo.toml");
    let section = manifest.split("[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let mut whole: Vec<&str> = section
        .lines()
        .filter(|line| line.contains('=') && !line.contains("default-features = false"))
        .map(|line| line.split([' ', '=']).next().unwrap())
        .collect();
    whole.sort_unstable();
    assert_eq!(whole, DEFAULT_FEATURES);
}

#[test]
fn no_unsafe_code() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    assert!(!read("Cargo.toml").contains("[patch"), "nothing is replaced");
}
