//! Times full and repeated builds beside `cp -r` of their result.
//!
//! ```text
//! cargo bench --bench build                                # 1,000 items
//! cargo bench --bench build -- --items 1000,10000,50000 --runs 5
//! cargo bench --bench build -- --items 10000 --folder /data/bench --keep
//! ```
//!
//! Every figure is a median of several runs in one process, and the ratio to
//! `cp -r` is what counts. On ext4 new files cost many times more for a minute
//! after many were deleted, so each run writes to a new folder, all of them are
//! removed only at the end, and one waits a minute before the next benchmark.

mod generate;
mod measure;
mod table;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// What is to be measured.
struct Options {
    /// How many items, one table row each.
    sizes: Vec<usize>,
    /// How often each thing is measured.
    runs: usize,
    /// Where portals and sites are written.
    folder: PathBuf,
    /// Whether what was written stays there.
    keep: bool,
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
    let mut rows = Vec::new();
    for &items in &options.sizes {
        let folder = options.folder.join(format!("{items}-{}", std::process::id()));
        eprintln!("{items} items in {}", folder.display());
        rows.push(measure::measure(&folder, items, options.runs)?);
    }
    println!("{}", table::table(&rows, options.runs));
    if !options.keep {
        for &items in &options.sizes {
            std::fs::remove_dir_all(options.folder.join(format!("{items}-{}", std::process::id())))?;
        }
        eprintln!("removed what was written: wait a minute before measuring again");
    }
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut options = Options { sizes: vec![1000], runs: 3, folder: target.join("bench"), keep: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--items" => options.sizes = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--runs" => options.runs = value()?.parse::<usize>()?.max(1),
            "--folder" => options.folder = PathBuf::from(value()?),
            "--keep" => options.keep = true,
            // Passed by `cargo bench` itself.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    Ok(options)
}
