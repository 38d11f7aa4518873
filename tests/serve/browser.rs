//! A browser as the tests need it: plain requests, and an event stream to wait on.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How long anything may take before the test fails.
const DEADLINE: Duration = Duration::from_secs(60);

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header, or an empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }
}

/// Sends bytes and reads until the connection closes.
pub(crate) fn send(address: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = connect(address);
    stream.write_all(request).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n").expect("the head has an end");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    Answer { status, headers, body: bytes[end + 4..].to_vec() }
}

/// Sends a request with a method, a target and a host.
pub(crate) fn ask(address: SocketAddr, method: &str, target: &str, host: &str) -> Answer {
    send(address, format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
}

/// Gets a page.
pub(crate) fn get(address: SocketAddr, target: &str) -> Answer {
    ask(address, "GET", target, &address.to_string())
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

/// The pages and the findings there are, as the event stream names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) page: String,
    pub(crate) state: String,
    pub(crate) style: Option<String>,
    pub(crate) follow: Option<String>,
}

/// An open event stream.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Opens the stream.
    pub(crate) fn open(address: SocketAddr) -> Self {
        let mut stream = connect(address);
        let request = format!("GET /__mingbai/events HTTP/1.1\r\nHost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        Events { lines: BufReader::new(stream) }
    }

    /// The next state; nothing if the stream ends.
    pub(crate) fn next(&mut self) -> Option<State> {
        let deadline = Instant::now() + DEADLINE;
        loop {
            assert!(Instant::now() < deadline, "no event came");
            let mut line = String::new();
            let is_closed = self.lines.read_line(&mut line).unwrap() == 0;
            if is_closed || line == "0\r\n" {
                return None;
            }
            if let Some(data) = line.strip_prefix("data: ") {
                let data: serde_json::Value = serde_json::from_str(data).unwrap();
                let text = |key: &str| data[key].as_str().map(str::to_owned);
                let [page, state] = ["page", "state"].map(|key| text(key).expect("it is named"));
                return Some(State { page, state, style: text("style"), follow: text("follow") });
            }
        }
    }

    /// Waits until the pages are others than those of `seen`.
    pub(crate) fn next_page(&mut self, seen: &State) -> State {
        std::iter::from_fn(|| self.next()).find(|state| state.page != seen.page).expect("the stream goes on")
    }

    /// Waits until the findings are others than those of `seen`, and the pages the same.
    pub(crate) fn next_findings(&mut self, seen: &State) -> State {
        let state = std::iter::from_fn(|| self.next()).find(|state| state.state != seen.state);
        let state = state.expect("the stream goes on");
        assert_eq!(state.page, seen.page, "the pages stay");
        state
    }
}

/// What the panel shows: the answer to the client's question.
pub(crate) fn findings(address: SocketAddr) -> serde_json::Value {
    serde_json::from_slice(&get(address, "/__mingbai/findings").body).unwrap()
}
