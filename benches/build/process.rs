//! Runs programs and takes their time and their memory.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often the memory of a running program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// One run of a program that ended well.
pub(crate) struct Run {
    /// How long it took.
    pub(crate) seconds: f64,
    /// The most memory it had, in MiB; 0 where the system does not tell.
    pub(crate) memory: f64,
    /// What it printed.
    pub(crate) said: String,
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Result<Run, Box<dyn Error>> {
    let started = Instant::now();
    let name = command.get_program().to_string_lossy().into_owned();
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| format!("{name}: {error}"))?;
    // Read beside, so that a full pipe never stops it.
    let out = child.stdout.take().map(|pipe| thread::spawn(move || text(pipe)));
    let errors = child.stderr.take().map(|pipe| thread::spawn(move || text(pipe)));
    let memory = watch(&mut child)?;
    let seconds = started.elapsed().as_secs_f64();
    let read = |reader: Option<thread::JoinHandle<String>>| reader.and_then(|it| it.join().ok()).unwrap_or_default();
    let (said, errors) = (read(out), read(errors));
    match child.wait()?.success() {
        true => Ok(Run { seconds, memory, said }),
        false => Err(format!("{name} failed:\n{said}{errors}").into()),
    }
}

fn text(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    // What cannot be read is not shown.
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for the end of a program; its peak memory in MiB.
fn watch(child: &mut Child) -> Result<f64, Box<dyn Error>> {
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kib: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
        peak = peak.max(kib / 1024.0);
        thread::sleep(LOOK);
    }
    Ok(peak)
}

/// `cp -r` of a folder to a new one; the seconds.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<f64, Box<dyn Error>> {
    Ok(run(Command::new("cp").arg("-r").arg(from).arg(to))?.seconds)
}

/// Lets the disk finish what came before.
pub(crate) fn settle() -> Result<(), Box<dyn Error>> {
    Command::new("sync").status()?;
    Ok(())
}

/// The middle one.
pub(crate) fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    match all.len() {
        0 => 0.0,
        length => (all[(length - 1) / 2] + all[length / 2]) / 2.0,
    }
}
