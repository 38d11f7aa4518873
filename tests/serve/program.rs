//! The program itself: what it says, and how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::browser::{Events, get};
use crate::portal::{PAGE, SITE, write};

/// A running program: its folder, what it prints, and where it listens.
pub(crate) type Started = (TempDir, Child, BufReader<std::process::ChildStdout>, SocketAddr);

/// Starts the program; what it prints, line by line, and where it listens.
fn run(port: &str, arguments: &[&str]) -> Started {
    run_with(Command::new(env!("CARGO_BIN_EXE_mingbai")), port, arguments)
}

fn run_with(command: Command, port: &str, arguments: &[&str]) -> Started {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    start(folder, command, port, arguments)
}

pub(crate) fn start(folder: TempDir, mut command: Command, port: &str, arguments: &[&str]) -> Started {
    let mut child = command
        .args(["serve", "--as-of", "2026-11-20", "--port", port])
        .args(arguments)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("预览：http://").and_then(|rest| rest.strip_suffix('/')).unwrap();
    let address = address.parse().unwrap();
    (folder, child, lines, address)
}

#[test]
fn control_c_ends_it() {
    // A shell that runs the tests in the background has children ignore this signal.
    let mut command = Command::new("env");
    command.args(["--default-signal=INT", env!("CARGO_BIN_EXE_mingbai")]);
    let (_folder, mut child, _lines, address) = run_with(command, "0", &[]);
    let mut events = Events::open(address);
    assert!(events.next().is_some());
    assert_eq!(get(address, "/about/").status, 200);
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    child.wait().unwrap();
    assert_eq!(events.next(), None, "streams end with it");
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "", "nothing is complained of");
}

#[test]
fn the_same_address_after_a_restart() {
    let (_folder, mut child, _lines, address) = run("0", &[]);
    assert_eq!(get(address, "/about/").status, 200);
    child.kill().unwrap();
    child.wait().unwrap();
    let port = address.port().to_string();
    let (_folder, mut child, _lines, again) = run(&port, &[]);
    assert_eq!(again, address);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn the_local_network_is_told_without_a_code_in_a_pipe() {
    let (_folder, mut child, mut lines, address) = run("0", &["--lan"]);
    assert_eq!(get(address, "/about/").status, 200);
    let mut said = [String::new(), String::new()];
    for line in &mut said {
        lines.read_line(line).unwrap();
    }
    let port = address.port();
    let expected = match mingbai::serve::lan_address() {
        Some(lan) => format!("同一局域网里的手机和电脑打开：http://{}/\n", SocketAddr::new(lan, port)),
        None => "这台电脑没有连上局域网，现在只有本机能看\n".to_owned(),
    };
    assert_eq!(said[1], expected);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn it_says_who_has_the_port() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (_folder, mut child, _lines, address) = run(&port.to_string(), &[]);
    assert_ne!(address.port(), port);
    let mut said = String::new();
    child.kill().unwrap();
    child.wait().unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, format!("端口 {port} 被别的程序占用了，改用 {}\n", address.port()));
}

#[test]
fn more_connections_than_it_may_have() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 48; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_mingbai")]);
    let (_folder, mut child, _lines, address) = start(folder, command, "0", &[]);
    let many: Vec<TcpStream> = (0..60).map(|_| TcpStream::connect(address).unwrap()).collect();
    drop(many);
    let deadline = Instant::now() + Duration::from_secs(60);
    // An answer may be cut off while it still runs out of descriptors.
    let mut answers = std::iter::from_fn(|| (Instant::now() < deadline).then(|| try_get(address))).flatten();
    assert!(answers.any(|page| page.starts_with("HTTP/1.1 200")), "it answers again");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Asks for a page; nothing if there is no answer soon.
pub(crate) fn try_get(address: SocketAddr) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
    write!(stream, "GET /about/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer).filter(|answer| !answer.is_empty())
}
