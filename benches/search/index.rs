//! Makes the index of one set in a process of its own, so that time and memory are its own.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use mingbai::search::{Index, IndexFile, Language, Vocabulary, encode};

use crate::set::{Set, SetId};

/// The argument that makes this program index one set and nothing else.
pub(crate) const CHILD: &str = "--index";

/// Indexes a set into a folder, in a new process.
pub(crate) fn spawn(id: SetId, folder: &Path) -> Result<(), Box<dyn Error>> {
    let child = Command::new(std::env::current_exe()?).args([CHILD, &id.to_string()]).arg(folder).status()?;
    if child.success() { Ok(()) } else { Err(format!("the index of {id} failed").into()) }
}

/// Indexes a set into a folder: the site with its index, the questions and the figures.
pub(crate) fn index(id: SetId, folder: &Path) -> Result<(), Box<dyn Error>> {
    let site = folder.join("site/search");
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(&site)?;
    let set = Set::new(id)?;
    set.write_records(&folder.join("records.jsonl"))?;
    let mut description = set.describe();
    let records = memory("VmRSS:");
    reset_peak();
    let started = Instant::now();
    let language = Language::new();
    let vocabulary = Vocabulary::new(&language.preparer, Vec::new(), &[]);
    let loaded = started.elapsed().as_secs_f64();
    let index = Index::new(&set.records, &set.bodies, &language, &vocabulary);
    let files = encode(&index, &set.records, &language);
    let seconds = started.elapsed().as_secs_f64();
    description["index"] = serde_json::json!({
        "seconds": seconds,
        "loadSeconds": loaded,
        "recordsMib": records,
        "peakMib": memory("VmHWM:"),
        "files": files.len(),
        "bytes": files.iter().map(|file| file.bytes.len()).sum::<usize>(),
        "largest": files.iter().map(|file| file.bytes.len()).max(),
    });
    description["name"] = id.to_string().into();
    write(&site, &files)?;
    Ok(fs::write(folder.join("set.json"), description.to_string())?)
}

fn write(site: &Path, files: &[IndexFile]) -> std::io::Result<()> {
    for file in files {
        let path = site.join(&file.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &file.bytes)?;
    }
    Ok(())
}

/// A line of this process's status in MiB, 0 where the system does not tell it.
fn memory(line: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = text.lines().find_map(|other| other.strip_prefix(line)).unwrap_or_default();
    value.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

/// Makes what comes now count, not what making the records took.
fn reset_peak() {
    // Where this cannot be written the peak is that of the whole process.
    let _ = fs::write("/proc/self/clear_refs", "5");
}
