//! The program itself: what it says, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::browser::{Events, get};
use crate::portal::{PAGE, SITE, write};

/// Starts the program; what it prints, line by line, and where it listens.
fn run(port: &str, arguments: &[&str]) -> (TempDir, Child, BufReader<std::process::ChildStdout>, SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingbai"))
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
    let (_folder, mut child, _lines, address) = run("0", &[]);
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
