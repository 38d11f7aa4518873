//! From a request to its answer: finds the output in the plan and renders it.
//!
//! It touches the disk only to read a file the plan names, and knows nothing of
//! sockets.

use std::fs;
use std::net::IpAddr;
use std::path::Path;

use jiff::civil::Date;

use crate::diagnostics::Words;
use crate::model::value::{Day, Value};
use crate::output::OutputPath;
use crate::output::media;
use crate::plan::Output;
use crate::serve::address::{Address, Refused, encode, is_ours};
use crate::serve::client::{self, OWN};
use crate::serve::compare::{self, Frame, Side};
use crate::serve::findings;
use crate::serve::places;
use crate::serve::review;
use crate::serve::snapshot::{Snapshot, Source};
use crate::serve::state::Current;

/// What is asked for, as it was sent.
#[derive(Debug)]
pub(super) struct Asked {
    /// The method: `GET`.
    pub(super) method: String,
    /// The target of the request line.
    pub(super) target: String,
    /// The values of all `Host` headers.
    pub(super) hosts: Vec<String>,
    /// Whether a page of another site asks.
    pub(super) is_from_elsewhere: bool,
}

/// What is sent back.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status.
    pub(super) status: u16,
    /// The media type of the body.
    pub(super) media_type: &'static str,
    /// Where the browser shall go.
    pub(super) location: Option<String>,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Answer {
    fn new(status: u16, media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Answer { status, media_type, location: None, body: body.into() }
    }

    /// A sentence.
    pub(super) fn text(status: u16, text: &str) -> Self {
        Answer::new(status, media::TEXT, format!("{text}\n"))
    }

    fn lead(status: u16, location: String) -> Self {
        let text = format!("{location}\n");
        Answer { location: Some(location), ..Answer::new(status, media::TEXT, text) }
    }
}

impl Asked {
    /// Whether it is allowed at all; if not, what it is told.
    pub(super) fn refusal(&self, allowed: &[IpAddr]) -> Option<Answer> {
        if !matches!(self.hosts.as_slice(), [host] if is_ours(host, allowed)) {
            return Some(Answer::text(403, "预览只在本机上看：请用 http://127.0.0.1 或 http://localhost 打开"));
        }
        if self.method != "GET" && self.method != "HEAD" {
            return Some(Answer::text(405, "预览只能看，不能提交"));
        }
        None
    }

    /// The day it asks to look at, or what it is told if that is none.
    pub(super) fn wants_day(&self) -> Option<Result<Date, Answer>> {
        let address = Address::parse(&self.target).ok()?;
        let day = address.path.strip_prefix(DAY)?;
        if self.is_from_elsewhere || self.method != "GET" {
            return Some(Err(Answer::text(403, "日期只能在预览自己的页面上换")));
        }
        Some(Day::parse(day).map(Day::date).map_err(|_| Answer::text(400, "日期写成 年-月-日，如 /__as-of/2026-12-01")))
    }

    /// Whether it asks what was found.
    pub(super) fn wants_findings(&self) -> bool {
        Address::parse(&self.target).is_ok_and(|address| own(&address.path) == Some("findings"))
    }

    /// Whether it asks for the event stream.
    pub(super) fn wants_events(&self) -> bool {
        self.method == "GET" && Address::parse(&self.target).is_ok_and(|address| own(&address.path) == Some("events"))
    }
}

/// Where the day the portal is looked at is set: `/__as-of/2026-12-01`.
const DAY: &str = "/__as-of/";

/// What is answered when another day was asked for.
pub(super) fn day_set(current: &Current, set: Result<(), Words>) -> Answer {
    match set {
        Ok(()) => Answer::lead(302, encode(current.good.as_ref().map_or("/", |good| good.base()))),
        Err(words) => Answer::text(500, &words.zh),
    }
}

/// The name behind the preview's own addresses.
fn own(path: &str) -> Option<&str> {
    path.strip_prefix(OWN)
}

/// The answer to a request that is allowed.
pub(super) fn answer(current: &Current, asked: &Asked) -> Answer {
    let address = match Address::parse(&asked.target) {
        Ok(address) => address,
        Err(Refused::Malformed) => return Answer::text(400, "网址写得不对"),
        Err(Refused::TooLong) => return Answer::text(414, "网址太长"),
    };
    match own(&address.path) {
        Some("client.js") => Answer::new(200, media::SCRIPT, client::SCRIPT),
        Some("client.css") => Answer::new(200, media::STYLE, client::STYLE),
        Some("findings") => match &current.report {
            Some(report) => Answer::new(200, media::JSON, findings::json(current, report)),
            None => Answer::text(503, "内容还在检查"),
        },
        Some("places") => Answer::new(200, media::JSON, places::json(current, &address.query)),
        Some("review.js") => Answer::new(200, media::SCRIPT, review::SCRIPT),
        Some("review.css") => Answer::new(200, media::STYLE, review::STYLE),
        Some("marks.js") => Answer::new(200, media::SCRIPT, compare::MARKS_SCRIPT),
        Some("marks.css") => Answer::new(200, media::STYLE, compare::MARKS_STYLE),
        Some("compare.js") => Answer::new(200, media::SCRIPT, compare::SCRIPT),
        Some("compare.css") => Answer::new(200, media::STYLE, compare::STYLE),
        Some("review") => Answer::new(200, media::JSON, review::json(current, &address.query)),
        Some(_) => Answer::text(404, "没有这个网址"),
        None => match &current.good {
            Some(good) if review::is_list(good, &address.path) => listed(current, review::list(good)),
            Some(good) => match compare::asked(good, &address.path) {
                Some((side, path)) => sides(current, good, side, &path),
                None => page(current, good, &address),
            },
            None => match &current.bare {
                Some(compared) if review::is_bare_list(&address.path) => listed(current, review::bare_list(compared)),
                _ => broken(current, 503, "内容有错，还不能预览"),
            },
        },
    }
}

/// The answer to a request in which the program itself failed.
pub(super) fn crashed(current: &Current) -> Answer {
    broken(current, 500, "这个页面做不出来：程序出错了")
}

/// A page that shows what is wrong and recovers by itself.
fn broken(current: &Current, status: u16, title: &str) -> Answer {
    Answer::new(status, media::HTML, client::stand_in(title, current.report.as_ref(), &current.page_token()))
}

/// The page of all changes.
fn listed(current: &Current, html: Option<String>) -> Answer {
    match html {
        Some(html) => Answer::new(200, media::HTML, client::inject(html.as_bytes(), &current.page_token(), false)),
        None => broken(current, 500, "比对没有做成：程序出错了"),
    }
}

/// A page beside what it was, or one of the two in its frame.
fn sides(current: &Current, good: &Snapshot, side: Side, path: &str) -> Answer {
    if side == Side::Both {
        return match compare::page(good, path) {
            Some(html) => Answer::new(200, media::HTML, client::inject(&html, &current.page_token(), false)),
            None => broken(current, 500, "比对没有做成：程序出错了"),
        };
    }
    match compare::frame(good, side, path) {
        Some(Frame::File(kind, bytes)) => Answer::new(200, kind, bytes),
        Some(Frame::Copy(name, disk)) => match read(&disk) {
            Some(bytes) => Answer::new(200, media::media_type(&name), bytes),
            None => Answer::text(503, "文件正在变化，请稍后再试"),
        },
        Some(Frame::Redirect(to)) => Answer::lead(302, to),
        // It is an answer, and no fault that the console of a browser should tell.
        Some(Frame::Absent(html)) => Answer::new(200, media::HTML, html),
        None => Answer::text(500, "模板有错，这个页面做不出来"),
    }
}

/// Looks the address up in the plan, as the web server of the finished site would.
fn page(current: &Current, good: &Snapshot, address: &Address) -> Answer {
    let base = good.base();
    let Some(rest) = address.path.strip_prefix(base) else {
        return match address.path.as_str() {
            "/" => Answer::lead(302, encode(base)),
            path if base.strip_suffix('/') == Some(path) => Answer::lead(301, encode(base) + &address.query),
            _ => not_found(current, good),
        };
    };
    let path = format!("/{rest}");
    if let Some((file, output)) = good.find(&path) {
        return make(current, good, file, output, 200);
    }
    if let Some(bytes) = good.search_file(&path) {
        return Answer::new(200, media::media_type(&path), bytes.to_vec());
    }
    let folder = format!("{path}/");
    if !path.ends_with('/') && good.find(&folder).is_some() {
        return Answer::lead(301, encode(&format!("{base}{rest}/")) + &address.query);
    }
    not_found(current, good)
}

/// The site's own page for addresses without a page.
fn not_found(current: &Current, good: &Snapshot) -> Answer {
    match good.find("/404.html") {
        Some((file, output)) => make(current, good, file, output, 404),
        None => Answer::text(404, "没有这个网址"),
    }
}

/// Makes an output. If its template has a fault, the page as it was before is
/// shown, and the fault in its panel.
fn make(current: &Current, good: &Snapshot, file: &OutputPath, output: &Output, status: u16) -> Answer {
    let made = good.make(file, output).or_else(|| {
        let before = current.fallback.as_ref()?;
        let (file, output) = before.find(&crate::plan::path_of(file))?;
        before.make(file, output)
    });
    let bytes = match made {
        Some(Source::Bytes(bytes)) => bytes,
        Some(Source::File(path)) => match read(&path) {
            Some(bytes) => bytes,
            None => return Answer::text(503, "文件正在变化，请稍后再试"),
        },
        None => return broken(current, 500, "模板有错，这个页面做不出来"),
    };
    let media_type = media::media_type(file.as_str());
    if let Output::Redirect { to, .. } = output {
        let location = encode(&format!("{}{}", good.base(), to.trim_start_matches('/')));
        return Answer { location: Some(location), ..Answer::new(301, media_type, bytes) };
    }
    let body = if media_type == media::HTML {
        client::inject(&bytes, &current.page_token(), good.compared().is_some())
    } else {
        bytes
    };
    Answer::new(status, media_type, body)
}

/// The bytes of a file, unless it has become something else since it was found.
fn read(path: &Path) -> Option<Vec<u8>> {
    let meta = fs::symlink_metadata(path).ok()?;
    if meta.is_file() { fs::read(path).ok() } else { None }
}
