//! Requests to the preview: whatever is sent, nothing but planned outputs and
//! the preview's own words come back, and the next browser is served.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use mingbai::serve::{Options, start};

use crate::engine::bytes;
use crate::kit::Site;

const SECRET: &str = "geheim-7c1f";

/// Sends bytes and says that nothing more will come. What is answered; nothing if the connection is cut.
fn send(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = Vec::new();
    // A server that has heard enough may close before everything is sent.
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    if let Err(error) = stream.read_to_end(&mut answer) {
        let is_late = matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
        // An event stream has no end, and is what was asked for.
        assert!(!is_late || answer.starts_with(b"HTTP/1.1 200"), "no answer: {error}");
    }
    answer
}

#[test]
fn request_lines_and_headers() {
    let root = Site::minimal().file("secret.txt", SECRET).file("content/static/a.txt", "offen").write();
    let mut options = Options::new(root.input(), 0);
    options.review = None;
    let running = start(options).unwrap();
    let address = running.address();
    let host = format!("Host: {address}\r\n");
    let seeds: Vec<Vec<u8>> = [
        format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"),
        format!("HEAD /items/food/ HTTP/1.1\r\n{host}Connection: close\r\nAccept: */*\r\n\r\n"),
        format!("GET /a.txt?x=%2e%2e/secret.txt#y HTTP/1.0\r\n{host}\r\n"),
        format!("GET /%2e%2e/secret.txt HTTP/1.1\r\n{host}Connection: close\r\n\r\n"),
        format!("GET /__mingbai/findings HTTP/1.1\r\n{host}Connection: close\r\n\r\n"),
        format!("GET /__mingbai/places?path=/items/food/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n"),
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 3\r\nConnection: close\r\n\r\nabc"),
        format!(
            "POST / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
        ),
        format!("GET /__as-of/2026-12-01 HTTP/1.1\r\n{host}Sec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n"),
    ]
    .map(String::into_bytes)
    .to_vec();
    let page = seeds[0].clone();
    let mut times = 0;
    bytes("requests", &seeds, |request| {
        // Only the words before a name tell an event stream, which would be waited for.
        if request.windows(6).any(|part| part == b"events") {
            return;
        }
        let answer = send(address, request);
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "{}", String::from_utf8_lossy(&answer));
        assert!(!answer.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()));
        times += 1;
        if times % 50 == 0 {
            assert!(send(address, &page).starts_with(b"HTTP/1.1 200"), "a browser is not served any more");
        }
    });
    assert!(send(address, &page).starts_with(b"HTTP/1.1 200"));
    running.stop();
}
