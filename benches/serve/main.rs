//! Times how long an editor waits for a saved change in `mingbai serve`.
//!
//! ```text
//! cargo bench --bench serve                                # 1,000 items
//! cargo bench --bench serve -- --items 10000 --runs 21
//! cargo bench --bench serve -- --items 10000 --folder /data/bench --keep
//! ```
//!
//! The clock runs from before a file is saved until the last byte of the new
//! page has arrived over HTTP: the watcher's quiet time, reading, all stages
//! and rendering are in it. Every figure is a median. `hugo server` and `zola
//! serve` are measured beside it, on as many pages with the same texts, where
//! they are installed.

#[path = "../build/generate.rs"]
mod generate;
mod peers;
mod waits;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be measured.
struct Settings {
    items: usize,
    runs: usize,
    folder: PathBuf,
    keep: bool,
}

fn main() -> ExitCode {
    match settings().and_then(|settings| run(&settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("benchmark: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(settings: &Settings) -> Result<(), Box<dyn Error>> {
    let root = settings.folder.join(format!("{}-{}", settings.items, std::process::id()));
    let portal = generate::generate(&root, settings.items)?;
    let waits = waits::measure(&portal, settings.runs)?;
    println!("| what | median ms | slowest ms |\n|---|--:|--:|");
    println!("| start → first page | {0:.1} | {0:.1} |", waits.start);
    for waits::Wait { what, median, slowest } in &waits.saves {
        println!("| {what} saved → new page | {median:.1} | {slowest:.1} |");
    }
    println!(
        "\n{} items, {} runs, memory {} now, {} at most",
        settings.items,
        settings.runs,
        memory("VmRSS:"),
        memory("VmHWM:")
    );
    beside(&root, settings)?;
    if !settings.keep {
        fs::remove_dir_all(&root)?;
    }
    Ok(())
}

/// Measures the peers that are installed.
fn beside(root: &Path, settings: &Settings) -> Result<(), Box<dyn Error>> {
    let mut texts = Vec::new();
    for department in fs::read_dir(root.join("content/departments"))? {
        for item in fs::read_dir(department?.path())? {
            let file = item?.path().join("item.yaml");
            if file.exists() {
                texts.push(fs::read_to_string(file)?.replace('\n', "\n\n").replace("{{", "").replace("{%", ""));
            }
        }
    }
    for peer in peers::PEERS.iter().filter(|peer| peer.is_installed()) {
        let folder = settings.folder.join(format!("{}-{}", peer.name, std::process::id()));
        let measured = peer.measure(&folder, &texts, settings.runs);
        fs::remove_dir_all(&folder)?;
        let peers::Waits { start, saves } = measured?;
        let waits::Wait { median, slowest, .. } = waits::Wait::of("page", saves);
        println!("\n| {} | median ms | slowest ms |\n|---|--:|--:|", peer.name);
        println!("| start → first page | {start:.1} | {start:.1} |");
        println!("| page saved → new page | {median:.1} | {slowest:.1} |");
    }
    Ok(())
}

/// A line of what the system says of this process.
fn memory(key: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib: Option<f64> = status
        .lines()
        .find_map(|line| line.strip_prefix(key))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    kib.map_or("unknown".to_owned(), |kib| format!("{:.0} MiB", kib / 1024.0))
}

fn settings() -> Result<Settings, Box<dyn Error>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("serve");
    let mut settings = Settings { items: 1000, runs: 11, folder, keep: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--items" => settings.items = value()?.parse()?,
            "--runs" => settings.runs = value()?.parse::<usize>()?.max(1),
            "--folder" => settings.folder = PathBuf::from(value()?),
            "--keep" => settings.keep = true,
            // Passed by `cargo bench` itself.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    Ok(settings)
}
