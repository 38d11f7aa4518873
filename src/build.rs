//! Puts the built-in theme and the search engine of the pages into the program, and what it was built from.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder of the package"));
    let theme = root.join("themes/default");
    let mut files = Vec::new();
    for folder in ["templates", "assets"] {
        collect(&theme.join(folder), &mut files);
    }
    files.sort();
    let mut code =
        String::from("/// The files of the built-in theme, by path.\nstatic BUILTIN: &[(&str, &[u8])] = &[\n");
    for file in &files {
        let name =
            file.strip_prefix(&theme).expect("every file was found below it").to_string_lossy().replace('\\', "/");
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", file.display().to_string()).expect("strings grow");
    }
    code.push_str("];\n");
    engine(&root, &mut code);
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets the output folder"));
    fs::write(out.join("builtin_theme.rs"), code).expect("the output folder can be written");
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rustc-env=MINGBAI_COMMIT={}", commit(&root).unwrap_or_default());
}

/// The commit of the sources and its date; nothing where neither git nor an archive made by git tells it.
///
/// Only for a release: else every commit would compile everything anew.
fn commit(root: &Path) -> Option<String> {
    println!("cargo::rerun-if-changed=src/commit.txt");
    let archived = fs::read_to_string(root.join("src/commit.txt")).ok()?;
    if let Some((hash, date)) = archived.trim().split_once(' ').filter(|(hash, _)| !hash.contains('$')) {
        return Some(format!("{} {date}", hash.get(..10)?));
    }
    if env::var("PROFILE").ok()? != "release" {
        return Some("-".to_owned());
    }
    // Sources that lie within a repository of somebody else are not of that repository.
    if fs::canonicalize(git(root, &["rev-parse", "--show-toplevel"])?).ok()? != fs::canonicalize(root).ok()? {
        return None;
    }
    for name in ["HEAD", "index", "logs/HEAD"] {
        println!("cargo::rerun-if-changed={}", root.join(git(root, &["rev-parse", "--git-path", name])?).display());
    }
    let is_changed = !git(root, &["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    let told = git(root, &["show", "-s", "--format=%H %cs", "HEAD"])?;
    let (hash, date) = told.split_once(' ')?;
    Some(format!("{}{} {date}", hash.get(..10)?, if is_changed { "+" } else { "" }))
}

/// What git says; nothing if there is no git, or no repository.
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let ran = Command::new("git").current_dir(root).args(arguments).output().ok()?;
    ran.status.success().then(|| String::from_utf8_lossy(&ran.stdout).trim().to_owned())
}

/// The scripts that search in the browser, in the order of their names.
fn engine(root: &Path, code: &mut String) {
    let mut files = Vec::new();
    collect(&root.join("src/search/client"), &mut files);
    files.retain(|file| file.extension().is_some_and(|ending| ending == "js"));
    files.sort();
    code.push_str("/// The scripts of the search engine, in order.\nstatic ENGINE: &[&str] = &[\n");
    for file in &files {
        writeln!(code, "    include_str!({:?}),", file.display().to_string()).expect("strings grow");
    }
    code.push_str("];\n");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
