//! `urls.lock`: every address of the last release, one a line.
//!
//! A line is an address, and behind a blank what was there: the name of the
//! page, or `-> address` where the address only led elsewhere. Lines that begin
//! with `#` are for people; one of them tells the day of the release. The
//! program writes this file and reads it; nobody else has to.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil::Date;

/// What the line with the day begins with.
const DAY: &str = "# 发布日期：";
/// What the first line says.
const HEAD: &str = "# 上一次发布的全部网址，一行一个。由 mingbai build --release 写，不要手工改。";
/// What stands between an address and where it leads.
const ARROW: &str = "-> ";

/// The addresses of the last release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UrlsLock {
    /// The day of the release.
    pub day: Option<Date>,
    /// The addresses, in the order of the file.
    pub addresses: Vec<LockedAddress>,
}

/// One address that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedAddress {
    /// The site path.
    pub path: String,
    /// What was there.
    pub was: Was,
    /// Where the path stands in the file.
    pub range: Range<usize>,
}

/// What was at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Was {
    /// A page of this name, which may be empty.
    Page(String),
    /// A redirect to this address.
    Redirect(String),
}

/// A line that is no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Where its text stands in the file.
    pub range: Range<usize>,
    /// What is wrong with it.
    pub fault: LineFault,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// It does not begin with an address.
    NoAddress,
    /// It was left by git where two branches met.
    Conflict,
    /// Its address stands above already.
    Twice,
}

impl UrlsLock {
    /// Reads the file, and tells the lines that are no addresses.
    pub fn read(text: &str) -> (UrlsLock, Vec<BadLine>) {
        let (mut lock, mut bad) = (UrlsLock::default(), Vec::new());
        let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let said = line.trim();
            if said.is_empty() || said.starts_with('#') {
                lock.day = lock.day.or_else(|| said.strip_prefix(DAY)?.trim().parse().ok());
                continue;
            }
            let (path, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
            let fault = if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| said.starts_with(mark)) {
                Some(LineFault::Conflict)
            } else if !is_address(path) {
                Some(LineFault::NoAddress)
            } else if seen.insert(path, ()).is_some() {
                Some(LineFault::Twice)
            } else {
                None
            };
            if let Some(fault) = fault {
                bad.push(BadLine { range: start..start + said.len(), fault });
                continue;
            }
            let rest = rest.trim();
            let was = match rest.strip_prefix(ARROW) {
                Some(to) => Was::Redirect(to.trim().to_owned()),
                None => Was::Page(rest.to_owned()),
            };
            lock.addresses.push(LockedAddress { path: path.to_owned(), was, range: start..start + path.len() });
        }
        (lock, bad)
    }

    /// The text of the file for a release of this day.
    pub fn write<'a>(day: Date, addresses: impl Iterator<Item = (&'a str, &'a Was)>) -> String {
        let mut lines: Vec<String> = addresses.map(|(path, was)| line(path, was)).collect();
        lines.sort();
        let mut text = format!("{HEAD}\n{DAY}{day}\n");
        for line in lines {
            // Writing to a text never fails.
            _ = writeln!(text, "{line}");
        }
        text
    }
}

fn line(path: &str, was: &Was) -> String {
    match was {
        Was::Redirect(to) => format!("{path} {ARROW}{to}"),
        Was::Page(name) => {
            let name: Vec<&str> = name.split_whitespace().collect();
            format!("{path} {}", name.join(" ")).trim_end().to_owned()
        }
    }
}

fn is_address(path: &str) -> bool {
    let is_climbing = path.split('/').any(|part| part == "." || part == "..");
    path.starts_with('/') && !path.contains("//") && !path.contains(['?', '#', '\\']) && !is_climbing
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_written_is_read() {
        let pages = [
            ("/items/b/", Was::Page("两个 词".to_owned())),
            ("/", Was::Page("首页".to_owned())),
            ("/code/1/", Was::Redirect("/items/b/".to_owned())),
            ("/x/", Was::Page(String::new())),
        ];
        let text = UrlsLock::write(date(2026, 11, 22), pages.iter().map(|(path, was)| (*path, was)));
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            ["# 发布日期：2026-11-22", "/ 首页", "/code/1/ -> /items/b/", "/items/b/ 两个 词", "/x/"]
        );
        let (lock, bad) = UrlsLock::read(&text);
        assert_eq!(bad, []);
        assert_eq!(lock.day, Some(date(2026, 11, 22)));
        for one in &lock.addresses {
            assert_eq!(text[one.range.clone()], one.path);
            assert!(pages.contains(&(one.path.as_str(), one.was.clone())));
        }
        assert_eq!(UrlsLock::read(&text.replace('\n', "\r\n")).0.addresses.len(), pages.len());
    }

    #[test]
    fn lines_that_are_no_addresses() {
        let text = "/a/\nitems/b/\n<<<<<<< HEAD\n/a/ 甲\n/../b/\n//c/\n\n";
        let (lock, bad) = UrlsLock::read(text);
        assert_eq!(lock.addresses.len(), 1);
        let said: Vec<(&str, LineFault)> = bad.iter().map(|bad| (&text[bad.range.clone()], bad.fault)).collect();
        assert_eq!(
            said,
            [
                ("items/b/", LineFault::NoAddress),
                ("<<<<<<< HEAD", LineFault::Conflict),
                ("/a/ 甲", LineFault::Twice),
                ("/../b/", LineFault::NoAddress),
                ("//c/", LineFault::NoAddress),
            ]
        );
    }
}
