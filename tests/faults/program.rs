//! The program as a child that is watched: it has to end by itself, in time and
//! in bounds, and may not panic.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long any command may take here.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program, to be run in a folder.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingbai"));
    command.args(arguments).current_dir(folder);
    command
}

/// The program behind a shell that sets it bounds first.
pub(crate) fn bounded(folder: &Path, bounds: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{bounds}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_mingbai")]);
    command.args(arguments).current_dir(folder);
    command
}

/// How a command ended: its status, none if a signal ended it, and all it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: Option<i32>,
    pub(crate) said: String,
}

impl Ended {
    /// Fails unless it ended by itself and in words.
    pub(crate) fn check(&self, what: &str) {
        assert!(matches!(self.status, Some(0..=2)), "{what}: {:?}\n{}", self.status, self.said);
        for word in ["panicked", "RUST_BACKTRACE", "stack overflow", "Os {", "Error {", "Err("] {
            assert!(!self.said.contains(word), "{what}: {}", self.said);
        }
        assert!(self.status == Some(0) || !self.said.trim().is_empty(), "{what}: it failed without a word");
    }
}

/// Runs a command to its end. One that does not end fails the test.
pub(crate) fn ended(mut command: Command, what: &str) -> Ended {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null()).spawn().unwrap();
    let (out, err) = (reading(child.stdout.take().unwrap()), reading(child.stderr.take().unwrap()));
    let status = in_time(&mut child, what);
    let said = format!("{}{}", out.join().unwrap(), err.join().unwrap());
    Ended { status, said }
}

fn reading(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("the program prints UTF-8")
    })
}

/// Waits for a child; after a while it is ended, and the test fails.
fn in_time(child: &mut Child, what: &str) -> Option<i32> {
    let (done, is_done) = mpsc::channel::<()>();
    let id = child.id().to_string();
    let late = thread::spawn(move || {
        let is_late = is_done.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout);
        if is_late {
            Command::new("kill").args(["-9", &id]).status().unwrap();
        }
        is_late
    });
    let status = child.wait().unwrap();
    drop(done);
    assert!(!late.join().unwrap(), "{what}: it did not end");
    status.code()
}
