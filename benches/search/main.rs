//! Measures the search: what it finds, what a question costs, what the index costs.
//!
//! ```text
//! cargo bench --bench search                                  # 1,000 and 10,000 items, 1,000 without aliases, the list of a province
//! cargo bench --bench search -- --items 1000,10000,100000 --unlike
//! cargo bench --bench search -- --peers                       # Pagefind and MiniSearch beside it (installs them from npm)
//! cargo bench --bench search -- --quality --failures          # while tuning: only what is found, and what is not
//! cargo bench --bench search -- --sets gd-hidden --json out.json
//! ```
//!
//! Each set is indexed in a process of its own. `measure.mjs` then asks the
//! questions with the engine that the site serves, under Node.js: it needs
//! version 20. With `--folder` the indexes are written elsewhere; they stay there.

mod base;
mod gd;
mod index;
mod random;
mod set;
mod situations;
mod unlike;

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use set::SetId;

/// How many items the set without aliases has.
const PLAIN: usize = 1000;

/// What is to be measured.
struct Options {
    /// How many items, one set each.
    sizes: Vec<usize>,
    /// Whether there are sets of unlike items too.
    unlike: bool,
    /// The sets, when they were named; otherwise they follow from the rest.
    sets: Vec<SetId>,
    /// Where the indexes are written.
    folder: PathBuf,
    /// What `measure.mjs` is told.
    script: Vec<OsString>,
}

fn main() -> ExitCode {
    let done = match std::env::args().nth(1) {
        Some(first) if first == index::CHILD => child(),
        _ => options().and_then(|options| run(&options)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("benchmark: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Indexes the one set that the arguments name.
fn child() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(2);
    let id = arguments.next().ok_or("which set?")?.parse()?;
    index::index(id, Path::new(&arguments.next().ok_or("into which folder?")?))
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let mut folders = Vec::new();
    for id in sets(options) {
        eprintln!("indexing {id}");
        let folder = options.folder.join(id.to_string());
        index::spawn(id, &folder)?;
        folders.push(folder);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/search/measure.mjs");
    let measured = Command::new("node").arg(script).args(&options.script).args(&folders).status();
    match measured {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err("measure.mjs failed".into()),
        Err(error) => Err(format!("node: {error}").into()),
    }
}

fn sets(options: &Options) -> Vec<SetId> {
    if !options.sets.is_empty() {
        return options.sets.clone();
    }
    let mut sets: Vec<SetId> = options.sizes.iter().map(|&items| SetId::Base { items, aliases: true }).collect();
    sets.push(SetId::Base { items: PLAIN, aliases: false });
    sets.extend([SetId::Province { indexed: true }, SetId::Province { indexed: false }]);
    if options.unlike {
        sets.extend(options.sizes.iter().copied().map(SetId::Unlike));
    }
    sets
}

fn options() -> Result<Options, Box<dyn Error>> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut options = Options {
        sizes: vec![1000, 10_000],
        unlike: false,
        sets: Vec::new(),
        folder: target.join("search"),
        script: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--items" => options.sizes = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--sets" => options.sets = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--folder" => options.folder = PathBuf::from(value()?),
            "--unlike" => options.unlike = true,
            // The peers are installed where builds write, not into the repository.
            "--peers" => options.script.extend(["--peers".into(), target.join("peers").into()]),
            "--json" => options.script.extend(["--json".into(), value()?.into()]),
            "--quality" | "--failures" => options.script.push(argument.into()),
            // Passed by `cargo bench` itself.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    options.folder = std::path::absolute(&options.folder)?;
    Ok(options)
}
