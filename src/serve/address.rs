//! What a request asks for: the path in its first line, and the host it names.
//!
//! Pure. A path is taken apart before it is decoded, so an encoded slash or dot
//! cannot become one.

use std::net::IpAddr;

/// The longest address that is looked at, in bytes.
const LIMIT: usize = 4096;

/// A decoded path and the query behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The path: begins with `/`, no empty part but the last, no `.` or `..`.
    pub(super) path: String,
    /// `?` and the query as it was sent, or nothing.
    pub(super) query: String,
}

/// Why an address is not looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is not the address of a page of any site.
    Malformed,
    /// It is longer than any address.
    TooLong,
}

impl Address {
    /// Takes apart the target of a request line.
    pub(super) fn parse(target: &str) -> Result<Self, Refused> {
        if target.len() > LIMIT {
            return Err(Refused::TooLong);
        }
        let target = target.split('#').next().unwrap_or_default();
        let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
        let mut parts = path.split('/');
        if parts.next() != Some("") {
            return Err(Refused::Malformed);
        }
        let parts: Vec<&str> = parts.collect();
        let mut decoded = String::with_capacity(path.len());
        for (n, part) in parts.iter().enumerate() {
            let text = decode(part).filter(|text| is_plain(text)).ok_or(Refused::Malformed)?;
            if text.is_empty() && n + 1 < parts.len() {
                return Err(Refused::Malformed);
            }
            decoded.push('/');
            decoded.push_str(&text);
        }
        if decoded.is_empty() {
            return Err(Refused::Malformed);
        }
        Ok(Address { path: decoded, query: query.to_owned() })
    }
}

/// Whether a decoded part can be the name of a file or folder of a site.
fn is_plain(part: &str) -> bool {
    part != "." && part != ".." && !part.contains(|c: char| c == '/' || c == '\\' || c.is_control())
}

/// Decodes `%E4%BD%A0`; nothing if it is broken or no UTF-8.
fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { hex(rest.next()?)? * 16 + hex(rest.next()?)? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// A path as it is written in a `Location` header: ASCII only. A `#` begins the fragment.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => encoded.push(char::from(byte)),
            b'/' | b'-' | b'.' | b'_' | b'~' | b'#' | b':' | b'@' | b',' | b'+' | b'=' | b'&' | b'!' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Whether a `Host` header names this machine, on any port: as only it calls
/// itself, or by one of the addresses at which others may ask.
///
/// A page of another site can make its name lead to this machine (DNS
/// rebinding) and would then read drafts; its requests carry its own name.
pub(super) fn is_ours(host: &str, allowed: &[IpAddr]) -> bool {
    let host = host.trim();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    name.eq_ignore_ascii_case("localhost")
        || name == "127.0.0.1"
        || name == "[::1]"
        || bare.unwrap_or(name).parse().is_ok_and(|address: IpAddr| allowed.contains(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(target: &str, expected: Result<(&str, &str), Refused>) {
        let expected = expected.map(|(path, query)| Address { path: path.to_owned(), query: query.to_owned() });
        assert_eq!(Address::parse(target), expected, "{target}");
    }

    #[test]
    fn addresses() {
        check("/", Ok(("/", "")));
        check("/items/a/?q=1&x=%2F", Ok(("/items/a/", "?q=1&x=%2F")));
        check("/static/%E8%A1%A8%20a.pdf#x", Ok(("/static/表 a.pdf", "")));
        check("/%252e%252e/", Ok(("/%2e%2e/", "")));
        check("/...", Ok(("/...", "")));
        for target in [
            "",
            "*",
            "items/",
            "http://127.0.0.1/",
            "//",
            "//evil.example/",
            "/a//b",
            "/../etc/passwd",
            "/a/..",
            "/./a",
            "/%2e%2e/a",
            "/.%2E/a",
            "/a%2fb",
            "/..%2f..%2fetc",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%0d%0aSet-Cookie:x",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
        ] {
            check(target, Err(Refused::Malformed));
        }
        check(&format!("/{}", "a".repeat(5000)), Err(Refused::TooLong));
    }

    #[test]
    fn locations_are_ascii() {
        assert_eq!(encode("/items/表 a/#节\r\n"), "/items/%E8%A1%A8%20a/#%E8%8A%82%0D%0A");
        assert_eq!(encode("/%2e/?a"), "/%252e/%3Fa");
    }

    #[test]
    fn hosts() {
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "127.0.0.1", "[::1]:8000", "[::1]"] {
            assert!(is_ours(host, &[]), "{host}");
        }
        for host in
            ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "localhost:", "::1", "127.0.0.1:8000:1"]
        {
            assert!(!is_ours(host, &[]), "{host}");
        }
        let lan = ["192.168.1.20".parse().unwrap()];
        assert!(is_ours("192.168.1.20:8000", &lan) && is_ours("localhost", &lan));
        for host in ["192.168.1.21", "192.168.1.20.evil.example", "evil.example"] {
            assert!(!is_ours(host, &lan), "{host}");
        }
    }
}
