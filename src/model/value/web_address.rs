//! Web addresses (网址): absolute, http or https, safe to put into a link.

use std::fmt;
use std::net::Ipv6Addr;

use super::text::{half_width, is_digits, is_invisible, shortened};
use super::{Value, ValueError, strict_or_suggest};

/// The longest address, in bytes.
const LONGEST: usize = 2048;
/// The longest host, in bytes (RFC 1035).
const LONGEST_HOST: usize = 253;

/// An absolute address of the web (网址) with a host and without a password.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(String);

impl WebAddress {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without the port: `zwfw.qinglan.example`.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        host_and_port(authority(rest)).0
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for WebAddress {
    const FORMAT: &'static str = "web-address";
    const TITLE: &'static str = "网址";
    const ALLOWED: (&'static str, &'static str) = (
        "以 `https://` 或 `http://` 开头的完整网址：`https://zwfw.qinglan.example/apply`",
        "a complete address that begins with `https://` or `http://`: `https://zwfw.qinglan.example/apply`",
    );
    const EXAMPLES: &'static [&'static str] = &[
        "https://zwfw.qinglan.example/apply/food",
        "http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm",
        "https://zwfw.qinglan.example:8443/?item=1#top",
    ];
    const PATTERN: &'static str =
        r#"https?://(?:\[[0-9A-Fa-f:.]+\]|[^\s<>"\\^`{|}@/?#:\[\]]+)(?::[0-9]+)?(?:[/?#][^\s<>"\\^`{|}]*)?"#;

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<WebAddress, ValueError> {
    let odd = text.chars().find(|&c| c.is_whitespace() || is_invisible(c) || r#"<>"\^`{|}"#.contains(c));
    if let Some(odd) = odd {
        let odd = shortened(&odd.to_string());
        return Err(error(
            text,
            &format!("里有 `{odd}`，网址里不能有"),
            &format!("contains `{odd}`, which no address may"),
        ));
    }
    if text.len() > LONGEST {
        return Err(error(text, "太长", "is too long"));
    }
    let Some(rest) = text.strip_prefix("https://").or(text.strip_prefix("http://")) else {
        return Err(wrong_scheme(text));
    };
    let authority = authority(rest);
    if authority.contains('@') {
        return Err(error(text, "带有用户名", "holds a user name"));
    }
    let (host, port) = host_and_port(authority);
    if host.is_empty() {
        return Err(error(text, "没有主机名", "has no host"));
    }
    if !is_host(host) {
        let host = shortened(host);
        return Err(error(text, &format!("的主机名 `{host}` 不对"), &format!("has a host `{host}` that is not valid")));
    }
    let port_fits = |port: &str| is_digits(port) && port.parse::<u16>().is_ok_and(|port| port > 0);
    if port.is_some_and(|port| !port_fits(port)) {
        return Err(error(text, "的端口不对", "has a port that is not valid"));
    }
    Ok(WebAddress(text.to_owned()))
}

fn wrong_scheme(text: &str) -> ValueError {
    let scheme = text
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c)));
    match scheme {
        Some(scheme) if !matches!(scheme, "http" | "https") => {
            let scheme = shortened(scheme);
            error(text, &format!("用的是 `{scheme}:`"), &format!("uses `{scheme}:`"))
        }
        _ => error(text, "不以 `https://` 或 `http://` 开头", "does not begin with `https://` or `http://`"),
    }
}

/// What stands between `//` and the path.
fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    let start = authority.rfind(']').unwrap_or(0);
    match authority.get(start..).and_then(|end| end.find(':')) {
        Some(colon) => {
            let (host, port) = authority.split_at(start + colon);
            (host, port.strip_prefix(':'))
        }
        None => (authority, None),
    }
}

/// A name of labels (Chinese ones too), an IPv4 address, or an IPv6 address in brackets.
fn is_host(host: &str) -> bool {
    if let Some(inside) = host.strip_prefix('[') {
        return inside.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    let label = |label: &str| {
        let edges = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && !edges && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let full_width = half_width(host) != host;
    !full_width && host.len() <= LONGEST_HOST && host.split('.').all(label)
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<WebAddress>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = half_width(text);
    match text.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_ascii_lowercase()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<WebAddress>(text), expected);
    }

    #[test]
    fn reads_addresses() {
        let check = |text: &str, host: &str, https: bool| {
            let address = WebAddress::parse(text).unwrap();
            assert_eq!((address.as_str(), address.host(), address.is_https()), (text, host, https));
        };
        check("https://zwfw.qinglan.example", "zwfw.qinglan.example", true);
        check("http://127.0.0.1:8000/a?b=c#d", "127.0.0.1", false);
        check("http://[::1]:8000/", "[::1]", false);
        check("https://政务.example/办事?名=值", "政务.example", true);
        check("https://a.example/@user", "a.example", true);
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("HTTPS://a.example/", "! `HTTPS://a.example/` 用的是 `HTTPS:` → https://a.example/");
        check("https：//a.example/", "! `https：//a.example/` 不以 `https://` 或 `http://` 开头 → https://a.example/");
    }

    #[test]
    fn refuses_the_rest() {
        check("javascript:alert(1)", "! `javascript:alert(1)` 用的是 `javascript:`");
        check("data:text/html,x", "! `data:text/html,x` 用的是 `data:`");
        check("ftp://a.example/", "! `ftp://a.example/` 用的是 `ftp:`");
        check("www.gov.cn", "! `www.gov.cn` 不以 `https://` 或 `http://` 开头");
        check("//a.example/", "! `//a.example/` 不以 `https://` 或 `http://` 开头");
        check("https:a.example", "! `https:a.example` 不以 `https://` 或 `http://` 开头");
        check("https:///path", "! `https:///path` 没有主机名");
        check("https://u:p@a.example/", "! `https://u:p@a.example/` 带有用户名");
        check("https://a b.example/", "! `https://a b.example/` 里有 ` `，网址里不能有");
        check("https://a.example/\u{202e}x", "! `https://a.example/\u{fffd}x` 里有 `\u{fffd}`，网址里不能有");
        check("https://a.example\\@b.example", "! `https://a.example\\@b.example` 里有 `\\`，网址里不能有");
        check("https://a..example/", "! `https://a..example/` 的主机名 `a..example` 不对");
        check("https://-a.example/", "! `https://-a.example/` 的主机名 `-a.example` 不对");
        check("https://a.example:99999/", "! `https://a.example:99999/` 的端口不对");
        check("https://a.example:/", "! `https://a.example:/` 的端口不对");
        check("https://[::g]/", "! `https://[::g]/` 的主机名 `[::g]` 不对");
    }
}
