//! Puts the built-in theme and the search engine of the pages into the program.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
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
