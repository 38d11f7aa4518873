//! What a web server must be told to serve the site: configuration for nginx and Caddy.
//!
//! Pure text from the portal and its plan. It knows how such a server is set up
//! and nothing of what pages show. Comments in the texts are in Chinese, for the operator.

mod caddy;
mod nginx;

pub use caddy::caddy;
pub use nginx::nginx;

use std::fmt::Write as _;

use crate::plan::{Output, OutputPlan, path_of};
use crate::portal::Portal;
use crate::view::CSP;

/// Assets whose names carry their content, as a regular expression below the root of the site.
const ASSETS: &str = r"assets/[^/]+\.[0-9a-f]{10}\.[a-z0-9]+$";
/// The same for the parts of the search index; its first file, `index.bin`, has a fixed name.
const SHARDS: &str = r"search/[0-9a-f]{10,16}\.bin$";

/// Of what never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Of what must be asked for each time; unchanged, it costs a short answer.
const ASK_AGAIN: &str = "no-cache";

/// Where a site is served, and from where.
#[derive(Debug, Clone)]
pub struct Host<'a> {
    /// The name of the host.
    pub name: &'a str,
    /// The port, where the address of the site names one.
    pub port: Option<&'a str>,
    /// Whether the address of the site begins with `https`.
    pub is_https: bool,
    /// The path of the site on it, with a slash at both ends.
    pub path: &'a str,
    /// The folder of the site on the server.
    pub folder: &'a str,
    /// The addresses that moved, with what is below them: encoded paths on the host, as decoded and as sent.
    pub redirects: Vec<Redirect>,
}

/// An address that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The path of before, as people read it.
    pub from: String,
    /// Where it leads, encoded to be sent.
    pub to: String,
}

impl<'a> Host<'a> {
    /// The host of a portal.
    pub fn new(portal: &'a Portal, plan: &OutputPlan, folder: &'a str) -> Self {
        let after = portal.base_url.split_once("://").map_or(portal.base_url.as_str(), |(_, rest)| rest);
        let (name, port) = name_and_port(after.split('/').next().unwrap_or_default());
        let is_https = portal.base_url.starts_with("https:");
        let moved = |(file, output): (_, &Output)| match output {
            Output::Redirect { to, .. } => {
                Some(Redirect { from: portal.url(&path_of(file)), to: encoded(&portal.url(to)) })
            }
            _ => None,
        };
        let redirects = plan.outputs.iter().filter_map(moved).collect();
        Host { name, port, is_https, path: &portal.base_path, folder: folder.trim_end_matches('/'), redirects }
    }

    /// The host with its port, as an address has it.
    fn authority(&self) -> String {
        self.port.map_or_else(|| self.name.to_owned(), |port| format!("{}:{port}", self.name))
    }

    /// The policy of pages, and what only a header can say: who may show them in a frame.
    fn policy() -> String {
        format!("{CSP}; frame-ancestors 'self'")
    }

    /// The regular expression of what never changes, on the host.
    fn for_ever(&self) -> String {
        format!("^{}(?:{ASSETS}|{SHARDS})", escaped(self.path))
    }
}

/// A host and its port: `a.example:8443`, `[::1]:80`.
fn name_and_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => (name, Some(port)),
        _ => (authority, None),
    }
}

/// What pictures that are opened by themselves may do: nothing but be seen.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The headers of every answer.
const HEADERS: [(&str, &str); 3] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Frame-Options", "SAMEORIGIN"),
];

/// A path as it is sent: only what cannot be misread stays as it is.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'#'
            | b'?'
            | b'='
            | b'&'
            | b'%'
            | b'+' => text.push(char::from(byte)),
            // Writing to a String cannot fail.
            _ => _ = write!(text, "%{byte:02X}"),
        }
    }
    text
}

/// A path in a regular expression.
fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for character in path.chars() {
        if !character.is_alphanumeric() && !matches!(character, '/' | '-' | '_') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(path: &str) -> Host<'_> {
        let redirects = vec![
            Redirect { from: format!("{path}items/old/"), to: encoded(&format!("{path}items/new/#fees")) },
            Redirect { from: format!("{path}旧 \"$x\"/"), to: encoded(&format!("{path}新/$y")) },
        ];
        let name = "zwfw.qinglan.example";
        Host { name, port: None, is_https: true, path, folder: "/srv/www/zwfw", redirects }
    }

    fn contains(text: &str, lines: &[&str]) {
        for line in lines {
            assert!(text.contains(line), "`{line}` in\n{text}");
        }
    }

    #[test]
    fn a_port_of_the_address_is_listened_to() {
        assert_eq!(name_and_port("a.example:8443"), ("a.example", Some("8443")));
        assert_eq!(name_and_port("a.example"), ("a.example", None));
        assert_eq!(name_and_port("[::1]:80"), ("[::1]", Some("80")));
        assert_eq!(name_and_port("[::1]"), ("[::1]", None));
        let plain = Host { port: Some("8080"), is_https: false, ..host("/") };
        contains(&nginx(&plain), &["    listen 8080;\n    listen [::]:8080;\n    server_name zwfw.qinglan.example;"]);
        contains(&caddy(&plain), &["\nhttp://zwfw.qinglan.example:8080 {\n"]);
        let safe = Host { port: Some("8443"), ..host("/") };
        contains(
            &nginx(&safe),
            &[
                "    listen 80;\n",
                "# listen 8443 ssl http2;",
                "# listen [::]:8443 ssl",
                "https://$host:8443$request_uri",
            ],
        );
        contains(&caddy(&safe), &["\nzwfw.qinglan.example:8443 {\n"]);
        contains(&nginx(&host("/")), &["    listen 80;\n", "# listen 443 ssl http2;", "https://$host$request_uri"]);
        contains(&caddy(&Host { is_https: false, ..host("/") }), &["\nhttp://zwfw.qinglan.example {\n"]);
    }

    #[test]
    fn what_is_sent_is_encoded() {
        assert_eq!(encoded("/新/$y #a"), "/%E6%96%B0/%24y%20#a");
        assert_eq!(escaped("/a.b-c_d/"), r"/a\.b-c_d/");
        assert_eq!(quoted(r#"a"b\c"#), r#""a\"b\\c""#);
    }

    #[test]
    fn nginx_is_told_everything() {
        let text = nginx(&host("/"));
        for line in [
            "server_name zwfw.qinglan.example;",
            "    location / {\n        root \"/srv/www/zwfw\";\n",
            "error_page 404 /404.html;",
            "error_page 403 =404 /404.html;",
            "location = \"/items/old/\" { return 301 \"/items/new/#fees\"; }",
            r#"location = "/旧 \"$x\"/" { return 301 "/%E6%96%B0/%24y"; }"#,
            "~^/(?:assets/",
            "frame-ancestors 'self'\"",
            "gzip_static on;",
            "# brotli_static on;",
            "autoindex off;",
            "text/calendar ics;",
        ] {
            assert!(text.contains(line), "`{line}` in\n{text}");
        }
        assert!(text.contains(CSP));
        assert_eq!(text.matches('{').count(), text.matches('}').count());
        assert!(!text.contains("alias"));
    }

    #[test]
    fn nginx_serves_below_a_path() {
        let text = nginx(&host("/zwfw/"));
        for line in [
            "location = /zwfw { return 301 /zwfw/; }",
            "    location ^~ /zwfw/ {\n        alias \"/srv/www/zwfw/\";\n",
            "error_page 404 /zwfw/404.html;",
            "location = \"/zwfw/items/old/\" { return 301 \"/zwfw/items/new/#fees\"; }",
            "~^/zwfw/(?:assets/",
        ] {
            assert!(text.contains(line), "`{line}` in\n{text}");
        }
    }

    #[test]
    fn caddy_is_told_everything() {
        let text = caddy(&host("/"));
        for line in [
            "zwfw.qinglan.example {\n",
            "root * \"/srv/www/zwfw\"",
            "redir \"/items/old/\" \"/items/new/#fees\" 301",
            "precompressed br gzip",
            "frame-ancestors 'self'\"",
            "path_regexp ^/(?:assets/",
            "rewrite * /404.html",
        ] {
            assert!(text.contains(line), "`{line}` in\n{text}");
        }
        let below = caddy(&host("/zwfw/"));
        for line in ["redir /zwfw /zwfw/ 301", "handle_path /zwfw/* {", "path_regexp ^/zwfw/(?:assets/"] {
            assert!(below.contains(line), "`{line}` in\n{below}");
        }
    }
}
