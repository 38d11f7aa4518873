//! HTTP/1.1 as far as a preview needs it: heads of requests are read and taken
//! apart, answers written. What is not plainly right is refused. The only user of tiny_http.
//!
//! Answers are those of tiny_http. Connections are not left to it: its server
//! ends when the system has no file left for it, and one line that is not
//! quite HTTP leaves its connection without an answer.
//!
//! Small bounds on everything: the length of a head, the number of its headers,
//! the time it may take. Bodies are never read: the connection ends after the
//! answer, so nothing in one can be taken for another request.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, Response, StatusCode};

use crate::serve::answer::{Answer, Asked};

/// The longest head of a request, in bytes.
const LONGEST: usize = 16 * 1024;
/// The most headers of a request.
const MOST_HEADERS: usize = 100;
/// How long a browser may say nothing on an open connection.
const IDLE: Duration = Duration::from_secs(60);
/// How long the head of a request may take once it has begun, and a browser may take nothing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long the rest of what is refused is listened to, so that the browser hears why.
const LINGER: Duration = Duration::from_millis(500);

/// A request as it was sent, without its body.
#[derive(Debug)]
pub(super) struct Request {
    /// What it asks for.
    pub(super) asked: Asked,
    /// Whether another request may follow on the connection.
    pub(super) keeps: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no HTTP.
    Malformed,
    /// It did not come to its end in time.
    Late,
    /// It has too many headers, or too long ones.
    TooLarge,
    /// It is of another version.
    Version,
    /// There are too many connections.
    Busy,
}

impl Refusal {
    fn answer(self) -> Answer {
        let (status, text) = match self {
            Refusal::Malformed => (400, "请求写得不对"),
            Refusal::Late => (408, "请求没有发完"),
            Refusal::TooLarge => (431, "请求头太长"),
            Refusal::Version => (505, "只懂 HTTP/1.1"),
            Refusal::Busy => (503, "打开的连接太多了，关掉几个页面，过一会儿再试"),
        };
        Answer::text(status, text)
    }
}

/// An open connection of a browser.
pub(super) struct Connection {
    stream: TcpStream,
    /// What was read and not yet looked at.
    read: Vec<u8>,
}

impl Connection {
    /// A connection that was just taken.
    pub(super) fn new(stream: TcpStream) -> io::Result<Self> {
        // Without this the end of an answer waits up to 40 ms for the browser to confirm its beginning.
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Connection { stream, read: Vec::new() })
    }

    /// The next request; nothing if the browser has gone or is silent.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Request, Refusal>>> {
        let mut deadline = Instant::now() + if self.read.is_empty() { IDLE } else { PATIENCE };
        loop {
            if let Some(end) = end_of_head(&self.read).filter(|end| *end <= LONGEST) {
                let head: Vec<u8> = self.read.drain(..end).collect();
                return Ok(Some(parse(&head)));
            }
            if self.read.len() > LONGEST {
                return Ok(Some(Err(Refusal::TooLarge)));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let had = self.read.len();
            if left.is_zero() || !self.hear(left)? {
                let is_begun = had > 0 && left.is_zero();
                return Ok(is_begun.then_some(Err(Refusal::Late)));
            }
            if had == 0 {
                deadline = Instant::now() + PATIENCE;
            }
        }
    }

    /// Reads some more. False if there is no more, or not in this time.
    fn hear(&mut self, within: Duration) -> io::Result<bool> {
        // A time of nothing would be one without end.
        self.stream.set_read_timeout(Some(within.max(Duration::from_millis(1))))?;
        let mut part = [0; 4096];
        match self.stream.read(&mut part) {
            Ok(0) => Ok(false),
            Ok(length) => {
                self.read.extend_from_slice(&part[..length]);
                Ok(true)
            }
            // The deadline decides.
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                Ok(!self.read.is_empty())
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Sends an answer. Tells whether another request may follow.
    pub(super) fn answer(&mut self, request: &Request, answer: &Answer) -> io::Result<bool> {
        let bytes = written(answer, request.keeps, request.asked.method != "HEAD")?;
        self.stream.write_all(&bytes)?;
        if !request.keeps {
            self.end();
        }
        Ok(request.keeps)
    }

    /// Says why it is not answered, and ends the connection.
    pub(super) fn refuse(mut self, refusal: Refusal) -> io::Result<()> {
        self.stream.write_all(&written(&refusal.answer(), false, true)?)?;
        self.end();
        Ok(())
    }

    /// Where an answer without an end is written.
    pub(super) fn writer(&mut self) -> &mut impl Write {
        &mut self.stream
    }

    /// Closes it so that what was sent arrives: what still comes is read, up to a bound, and thrown away.
    fn end(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let deadline = Instant::now() + LINGER;
        for _ in 0..64 {
            let left = deadline.saturating_duration_since(Instant::now());
            self.read.clear();
            if left.is_zero() || !self.hear(left).unwrap_or(false) {
                return;
            }
        }
    }
}

/// Where the head ends, its empty line included. A line that ends otherwise ends it too, to be refused.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    // Some browsers send an empty line after a body.
    let start = if bytes.starts_with(b"\r\n") { 2 } else { 0 };
    let rest = &bytes[start..];
    let whole = rest.windows(4).position(|part| part == b"\r\n\r\n").map(|at| start + at + 4);
    let bare = rest.iter().enumerate().find(|(at, byte)| **byte == b'\n' && (*at == 0 || rest[at - 1] != b'\r'));
    match (whole, bare) {
        (Some(whole), Some((bare, _))) if start + bare < whole => Some(start + bare + 1),
        (Some(whole), _) => Some(whole),
        (None, bare) => bare.map(|(bare, _)| start + bare + 1),
    }
}

fn parse(head: &[u8]) -> Result<Request, Refusal> {
    let text = std::str::from_utf8(head).map_err(|_| Refusal::Malformed)?;
    let text = text.strip_prefix("\r\n").unwrap_or(text).strip_suffix("\r\n\r\n").ok_or(Refusal::Malformed)?;
    let mut lines = text.split("\r\n");
    let line = lines.next().unwrap_or_default();
    let [method, target, version] = line.split(' ').collect::<Vec<_>>()[..] else { return Err(Refusal::Malformed) };
    let is_plain = !target.is_empty() && target.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_token(method) || !is_plain {
        return Err(Refusal::Malformed);
    }
    let is_newer = match version {
        "HTTP/1.1" => true,
        "HTTP/1.0" => false,
        other if other.starts_with("HTTP/") => return Err(Refusal::Version),
        _ => return Err(Refusal::Malformed),
    };
    let headers = headers(lines)?;
    let all = |name: &str| -> Vec<&str> {
        headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value).collect()
    };
    let has_body = has_body(&all("Content-Length"), &all("Transfer-Encoding"))?;
    let closes = all("Connection").iter().any(|value| value.to_ascii_lowercase().contains("close"));
    let asked = Asked {
        method: method.to_owned(),
        target: target.to_owned(),
        hosts: all("Host").into_iter().map(str::to_owned).collect(),
        is_from_elsewhere: all("Sec-Fetch-Site").contains(&"cross-site"),
    };
    Ok(Request { asked, keeps: is_newer && !closes && !has_body })
}

fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<(&'a str, &'a str)>, Refusal> {
    let mut headers = Vec::new();
    for line in lines {
        if headers.len() == MOST_HEADERS {
            return Err(Refusal::TooLarge);
        }
        // A name with a blank before its colon, or a line that goes on, is read differently by different servers.
        let (name, value) = line.split_once(':').filter(|(name, _)| is_token(name)).ok_or(Refusal::Malformed)?;
        if value.contains(|c: char| c.is_control() && c != '\t') {
            return Err(Refusal::Malformed);
        }
        headers.push((name, value.trim_matches([' ', '\t'])));
    }
    Ok(headers)
}

/// Whether a body follows. Lengths that contradict each other are refused.
fn has_body(lengths: &[&str], encodings: &[&str]) -> Result<bool, Refusal> {
    match (lengths, encodings) {
        ([], []) => Ok(false),
        ([], _) => Ok(true),
        ([length], []) if !length.is_empty() && length.bytes().all(|digit| digit.is_ascii_digit()) => {
            Ok(length.bytes().any(|digit| digit != b'0'))
        }
        _ => Err(Refusal::Malformed),
    }
}

fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The bytes of an answer.
fn written(answer: &Answer, keeps: bool, has_body: bool) -> io::Result<Vec<u8>> {
    let mut headers = vec![
        ("Server", "mingbai"),
        ("Content-Type", answer.media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Robots-Tag", "noindex"),
    ];
    if answer.media_type.contains("xml") {
        // Pictures and feeds can hold scripts, and are files like any other.
        let alone = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox";
        headers.push(("Content-Security-Policy", alone));
    }
    match answer.status {
        405 => headers.push(("Allow", "GET, HEAD")),
        503 => headers.push(("Retry-After", "2")),
        _ => {}
    }
    // What could end the line never comes from an address that was taken apart; it would be left out here.
    let is_plain = |location: &&String| location.bytes().all(|byte| byte.is_ascii_graphic());
    if let Some(location) = answer.location.as_ref().filter(is_plain) {
        headers.push(("Location", location));
    }
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let length = answer.body.len();
    let response = Response::new(StatusCode(answer.status), headers, &answer.body[..], Some(length), None);
    let mut bytes = Vec::with_capacity(length + 512);
    response.with_chunked_threshold(usize::MAX).raw_print(&mut bytes, HTTPVersion(1, 1), &[], !has_body, None)?;
    if !keeps && let Some(line) = bytes.iter().position(|byte| *byte == b'\n') {
        // That is not left to headers.
        bytes.splice(line + 1..line + 1, *b"Connection: close\r\n");
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `METHOD TARGET`, with `+` if another request may follow; or the refusal.
    fn check(head: &str, expected: Result<&str, Refusal>) {
        let found = parse(head.as_bytes());
        let shown = found.map(|Request { asked, keeps }| {
            format!("{} {}{}", asked.method, asked.target, if keeps { " +" } else { "" })
        });
        assert_eq!(shown.as_deref().map_err(|refusal| *refusal), expected, "{head:?}");
    }

    #[test]
    fn heads() {
        check("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Ok("GET / +"));
        check("\r\nHEAD /a?b=c HTTP/1.1\r\nconnection: Keep-Alive, Close\r\n\r\n", Ok("HEAD /a?b=c"));
        check("GET / HTTP/1.0\r\n\r\n", Ok("GET /"));
        check("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n", Ok("POST /"));
        check("GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", Ok("GET / +"));
        check("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", Ok("GET /"));
        check("GET / HTTP/2\r\n\r\n", Err(Refusal::Version));
        check(&format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(101)), Err(Refusal::TooLarge));
        for head in [
            "\r\n\r\n",
            "GET /\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1 \r\n\r\n",
            "G(T / HTTP/1.1\r\n\r\n",
            "GET /表 HTTP/1.1\r\n\r\n",
            "GET /\u{7f} HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n",
            "GET / HTTP/1.1\r\n: a\r\n\r\n",
            "GET / HTTP/1.1\r\na\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: +3\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        ] {
            check(head, Err(Refusal::Malformed));
        }
    }

    #[test]
    fn ends_of_heads() {
        assert_eq!(end_of_head(b"GET / HTTP/1.1\r\n\r\nrest"), Some(18));
        assert_eq!(end_of_head(b"\r\nGET / HTTP/1.1\r\n\r\n"), Some(20));
        assert_eq!(end_of_head(b"GET / HTTP/1.1\r\na: b\r\n"), None);
        assert_eq!(end_of_head(b"GET / HTTP/1.1\n\n"), Some(15));
        assert_eq!(end_of_head(b"GET / HTTP/1.1\r\na: b\n\r\n\r\n"), Some(21));
        assert_eq!(end_of_head(b""), None);
    }

    #[test]
    fn answers() {
        let text = String::from_utf8(written(&Answer::text(405, "不"), false, true).unwrap()).unwrap();
        assert!(text.starts_with("HTTP/1.1 405 Method Not Allowed\r\n") && text.ends_with("\r\n\r\n不\n"));
        assert!(text.contains("\r\nConnection: close\r\n") && text.contains("\r\nServer: mingbai\r\n"));
        assert!(text.contains("\r\nAllow: GET, HEAD\r\n") && text.contains("\r\nContent-Length: 4\r\n"));
        let split = Answer { location: Some("/\r\nSet-Cookie: a".to_owned()), ..Answer::text(301, "") };
        assert!(!String::from_utf8(written(&split, true, false).unwrap()).unwrap().contains("Set-Cookie"));
    }
}
