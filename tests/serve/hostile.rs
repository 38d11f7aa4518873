//! Requests that no browser sends: ways out of the site, floods, halves, two in
//! one, names of other hosts, and more connections than there is room for.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::browser::{Events, ask, get, send};
use crate::portal::{PAGE, Preview, SITE, write};
use crate::program::{start, try_get};

fn preview() -> Preview {
    Preview::of(&[("secret.txt", "geheim"), ("content/static/a.txt", "offen")])
}

/// Sends bytes, closes that side, and gives all that comes back.
fn exchange(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The server may have heard enough before everything is sent.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn statuses(answer: &str) -> Vec<&str> {
    answer.split("HTTP/1.1 ").skip(1).map(|part| &part[..3]).collect()
}

#[test]
fn more_ways_out_that_lead_nowhere() {
    let preview = preview();
    for target in [
        "/%252e%252e/secret.txt",
        "/%2e%2e%5csecret.txt",
        "/..%5c..%5csecret.txt",
        "/..%c0%afsecret.txt",
        "/..%e0%80%afsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/.%00./secret.txt",
        "/;/../secret.txt",
        "/a.txt/../../secret.txt",
        "/a.txt/..;/secret.txt",
        "/a.txt;x",
        "/a.txt.",
        "/A.TXT",
        "/%61.txt%20",
        "/%u002e%u002e/secret.txt",
        "\\..\\secret.txt",
        "/\\..\\secret.txt",
        "/__review/old/../../secret.txt",
        "/__review/old/%2e%2e/secret.txt",
        "/.git/config",
        "/dist/.mingbai-manifest",
        "/proc/self/environ",
        "file:///etc/passwd",
        "http://localhost/a.txt",
        "http://evil.example/a.txt",
        "https://localhost/../secret.txt",
        "localhost:80",
        "?",
        "#",
    ] {
        for method in ["GET", "HEAD"] {
            let answer = ask(preview.address, method, target, "localhost");
            assert!(matches!(answer.status, 400 | 404), "{method} {target}: {}", answer.status);
            let body = String::from_utf8_lossy(&answer.body);
            assert!(!body.contains("geheim") && !body.contains("offen") && !body.contains("root:"), "{target}");
        }
    }
    preview.stop();
}

#[test]
fn floods_are_cut_short() {
    let preview = preview();
    let line = "GET / HTTP/1.1\r\nHost: localhost\r\n";
    let many = format!("{line}{}\r\n", "X-A: b\r\n".repeat(200));
    assert_eq!(statuses(&exchange(preview.address, many.as_bytes())), ["431"]);
    let long = format!("{line}X-A: {}\r\n\r\n", "b".repeat(20_000));
    assert_eq!(statuses(&exchange(preview.address, long.as_bytes())), ["431"]);
    // A line without an end is not read to its end.
    let mut stream = TcpStream::connect(preview.address).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let part = vec![b'a'; 1 << 20];
    let sent = (0..256).take_while(|_| stream.write_all(&part).is_ok()).count();
    assert!(sent < 256, "{sent} MB were taken");
    assert_eq!(get(preview.address, "/a.txt").text(), "offen");
    preview.stop();
}

#[test]
fn bodies_are_no_requests() {
    let preview = preview();
    let host = "Host: localhost\r\n";
    let inner = format!("GET /a.txt HTTP/1.1\r\n{host}\r\n");
    let length = inner.len();
    for head in [
        format!("Content-Length: {length}\r\n"),
        "Content-Length: 1\r\n".to_owned(),
        "Content-Length: 99999999999999999999\r\n".to_owned(),
        "Content-Length: -1\r\n".to_owned(),
        "Content-Length: +5\r\n".to_owned(),
        "Content-Length: 0x10\r\n".to_owned(),
        format!("Content-Length: {length}\r\nContent-Length: 0\r\n"),
        format!("Content-Length: {length}, 0\r\n"),
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
        "Transfer-Encoding: chunked\r\n".to_owned(),
        "Transfer-Encoding: xchunked\r\n".to_owned(),
        "Transfer-Encoding : chunked\r\n".to_owned(),
        "Transfer-Encoding:\tchunked\r\n".to_owned(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n".to_owned(),
        " Content-Length: 0\r\n".to_owned(),
        "X: y\r\n\tz\r\n".to_owned(),
        "X: y\rContent-Length: 0\r\n".to_owned(),
        "X: y\nContent-Length: 0\r\n".to_owned(),
        "Expect: 100-continue\r\nContent-Length: 4\r\n".to_owned(),
    ] {
        for method in ["GET", "POST"] {
            let request = format!("{method} / HTTP/1.1\r\n{host}{head}\r\n{inner}");
            let answer = exchange(preview.address, request.as_bytes());
            assert_eq!(statuses(&answer).len(), 1, "{method} {head:?}: {:?}", statuses(&answer));
            assert!(!answer.contains("offen"), "{method} {head:?}");
        }
    }
    // Two requests, one behind the other, are two.
    let two = exchange(preview.address, format!("{inner}{inner}").as_bytes());
    assert_eq!((statuses(&two), two.matches("offen").count()), (vec!["200", "200"], 2));
    preview.stop();
}

#[test]
fn what_is_no_http_is_answered_in_words() {
    let preview = preview();
    for (request, status) in [
        ("\x16\x03\x01\x02\x00\x01\n", "400"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
        ("GET / HTTP/3\r\nHost: localhost\r\n\r\n", "505"),
        ("GET /\r\n\r\n", "400"),
        ("GET / HTTP/1.1\nHost: localhost\n\n", "400"),
        ("get / HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost localhost\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n", "400"),
        ("GET /表 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\n\r\n", "403"),
    ] {
        let answer = exchange(preview.address, request.as_bytes());
        assert_eq!(statuses(&answer), [status], "{request:?}");
        assert!(!answer.contains("Error"), "{answer}");
    }
    assert_eq!(exchange(preview.address, b"GET / HT"), "", "half a request of a browser that is gone");
    preview.stop();
}

#[test]
fn a_request_that_does_not_come_to_its_end() {
    let preview = preview();
    let mut stream = TcpStream::connect(preview.address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(statuses(&answer), ["408"]);
    preview.stop();
}

#[test]
fn names_that_lead_to_this_machine_are_not_its_names() {
    let preview = preview();
    for host in ["localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:8000"] {
        assert_eq!(ask(preview.address, "GET", "/a.txt", host).status, 200, "{host}");
    }
    for host in [
        "localhost.",
        "127.0.0.1.",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.example",
        "localhost@evil.example",
        "evil.example@localhost",
        "evil.example#localhost",
        "localhost:80:80",
        "localhost:x",
        "localhost:",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "127.0.0.2",
        "::1",
        "[::1",
        "[::1]x",
        "[::1]evil.example",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:0:0:2]",
        "localhost, evil.example",
        "localhost evil.example",
    ] {
        let answer = ask(preview.address, "GET", "/a.txt", host);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.text().contains("offen"), "{host}");
    }
    preview.stop();
}

#[test]
fn pictures_and_feeds_are_closed_in() {
    let preview =
        Preview::of(&[("content/static/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>")]);
    for path in ["/a.svg", "/feed.xml", "/sitemap.xml"] {
        let answer = get(preview.address, path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("Content-Security-Policy").ends_with("sandbox"), "{path}");
    }
    preview.stop();
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    folder
}

#[test]
fn who_finds_no_room_is_told() {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 48; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_mingbai")]);
    let (_folder, mut child, _lines, address) = start(folder(), command, "0", &[]);
    let mut many: Vec<TcpStream> = (0..24).map(|_| TcpStream::connect(address).unwrap()).collect();
    let refused = send(address, format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes());
    assert_eq!((refused.status, refused.header("Retry-After")), (503, "2"));
    assert!(refused.text().contains("打开的连接太多了"), "{}", refused.text());
    many.truncate(20);
    let answer = std::iter::from_fn(|| try_get(address)).find(|page| page.starts_with("HTTP/1.1 200"));
    assert!(answer.is_some(), "there is room again");
    drop(many);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The program ends as the system ends programs: a shell reports 130 and 143.
#[test]
fn signals_end_it_and_leave_nothing() {
    for (name, signal) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let (folder, temporary) = (folder(), tempfile::tempdir().unwrap());
        let names = |folder: &std::path::Path| {
            let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let before = names(folder.path());
        let mut command = Command::new("env");
        command.args([&format!("--default-signal={name}"), env!("CARGO_BIN_EXE_mingbai")]);
        command.env("TMPDIR", temporary.path());
        let (folder, mut child, _lines, address) = start(folder, command, "0", &[]);
        let mut events = Events::open(address);
        assert!(events.next().is_some());
        let _idle = TcpStream::connect(address).unwrap();
        assert_eq!(get(address, "/about/").status, 200);
        let kill =
            Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).stdout(Stdio::null()).status();
        assert!(kill.unwrap().success());
        let status = child.wait().unwrap();
        assert_eq!((status.signal(), status.core_dumped()), (Some(signal), false), "{name}");
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(said, "", "{name}");
        assert_eq!(names(folder.path()), before, "{name}: nothing is left beside the content");
        assert!(names(temporary.path()).is_empty(), "{name}: nothing temporary is left");
        // The port is free at once.
        let (_folder, mut child, _lines, again) =
            start(folder, Command::new(env!("CARGO_BIN_EXE_mingbai")), &address.port().to_string(), &[]);
        assert_eq!(again, address, "{name}");
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
