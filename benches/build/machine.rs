//! What the figures were taken on.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

/// The machine and the versions of the programs.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    /// How many threads run at once.
    pub(crate) cores: usize,
    /// What the processor calls itself.
    pub(crate) processor: String,
    /// Its memory in GiB.
    pub(crate) memory: f64,
    /// The file system that is written to, and how much is free.
    pub(crate) disk: String,
    /// The kernel.
    pub(crate) kernel: String,
    /// How many others want to run: a figure above zero disturbs.
    pub(crate) load: String,
    /// The programs.
    pub(crate) versions: Vec<String>,
}

/// This machine, for files below a folder.
pub(crate) fn machine(folder: &Path, peers: Vec<String>) -> Machine {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let value = |path: &str, key: &str| {
        let text = read(path);
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let kib = value("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0.0);
    let program = said(Command::new(env!("CARGO_BIN_EXE_mingbai")).args(["--version", "--lang", "en"]));
    Machine {
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        processor: value("/proc/cpuinfo", "model name"),
        memory: kib / 1024.0 / 1024.0,
        disk: disk(folder),
        kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
        load: read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
        versions: [program].into_iter().chain(peers).filter(|version| !version.is_empty()).collect(),
    }
}

/// The kind of the file system, and what is free.
fn disk(folder: &Path) -> String {
    let table = said(Command::new("df").args(["--output=fstype,avail", "-BG"]).arg(folder));
    let last: Vec<&str> = table.lines().last().unwrap_or_default().split_whitespace().collect();
    match last.as_slice() {
        [kind, free] => format!("{kind}, {} GiB free", free.trim_end_matches('G')),
        _ => "unknown".to_owned(),
    }
}

/// What a program prints; nothing if it cannot be run.
pub(crate) fn said(command: &mut Command) -> String {
    let done = command.output().map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    done.unwrap_or_default()
}

impl Machine {
    /// In one sentence.
    pub(crate) fn line(&self) -> String {
        let Machine { cores, processor, memory, disk, kernel, load, .. } = self;
        let processor = if processor.is_empty() { "unnamed processor" } else { processor };
        format!(
            "{cores} cores ({processor}), {memory:.0} GiB of memory, {disk}, Linux {kernel}, load {load} at the start; {}",
            self.versions.join(", ")
        )
    }
}
