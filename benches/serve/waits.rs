//! How long an editor waits in the preview until a saved change is there over HTTP.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::date;
use mingbai::pipeline::Input;
use mingbai::serve::{Options, start};
use serde::Serialize;

use super::generate::{self, Portal};

/// How long anything may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(120);

/// Changes the text of a file for the run of this number.
type Change = fn(&str, usize) -> String;

/// What was measured, in milliseconds.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Waits {
    /// From the start to the first page.
    pub(crate) start: f64,
    /// From saving a file to the new page.
    pub(crate) saves: Vec<Wait>,
}

/// The wait after saving one kind of file.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Wait {
    /// What was saved.
    pub(crate) what: &'static str,
    /// The middle one.
    pub(crate) median: f64,
    /// The longest.
    pub(crate) slowest: f64,
}

impl Wait {
    pub(crate) fn of(what: &'static str, mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Wait { what, median: times[times.len() / 2], slowest: times[times.len() - 1] }
    }
}

/// Starts the preview of a portal, saves its files and asks for a page.
pub(crate) fn measure(portal: &Portal, runs: usize) -> Result<Waits, Box<dyn Error>> {
    let root = portal.root.clone();
    let css = root.join("themes/bench/assets/css/99-bench.css");
    fs::create_dir_all(css.parent().ok_or("a file is in a folder")?)?;
    fs::write(&css, "/* 0 */\n")?;
    let begun = Instant::now();
    let input = Input { root: root.clone(), as_of: date(2026, 11, 15), drafts: true, base_url: None };
    let running = start(Options::new(input, 0))?;
    let address = running.address();
    let slug = portal.item.parent().and_then(Path::file_name).ok_or("an item is in a folder")?;
    let page = format!("/items/{}/", slug.to_string_lossy());
    get(address, "/")?;
    let mut waits = Waits { start: millis(begun), saves: Vec::new() };
    let site = root.join("content/site.yaml");
    let changes: [(&'static str, &Path, Change); 4] = [
        ("item", &portal.item, generate::edited),
        ("template", &portal.template, |text, n| format!("{text}<!-- {n} -->\n")),
        ("site.yaml", &site, |text, n| text.replacen("简称: ", &format!("简称: {}", n % 10), 1)),
        ("css", &css, |_, n| format!("/* {n} */\n")),
    ];
    for (what, file, change) in changes {
        let original = fs::read_to_string(file)?;
        let mut times = Vec::new();
        for n in 1..=runs {
            times.push(save(address, &page, file, &change(&original, n))?);
        }
        waits.saves.push(Wait::of(what, times));
    }
    running.stop();
    Ok(waits)
}

/// Saves a file and waits for the page; the milliseconds.
fn save(address: SocketAddr, page: &str, file: &Path, text: &str) -> Result<f64, Box<dyn Error>> {
    let mut stream = connect(address)?;
    write!(stream, "GET /__mingbai/events HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut lines = BufReader::new(stream);
    next(&mut lines)?;
    let new = file.with_extension("tmp");
    fs::write(&new, text)?;
    let begun = Instant::now();
    fs::rename(&new, file)?;
    next(&mut lines)?;
    get(address, page)?;
    Ok(millis(begun))
}

/// Waits for the next state of the event stream.
fn next(lines: &mut BufReader<TcpStream>) -> Result<(), Box<dyn Error>> {
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Err("the event stream ended".into());
        }
    }
    Ok(())
}

fn get(address: SocketAddr, page: &str) -> Result<usize, Box<dyn Error>> {
    let answer = answer(address, page)?;
    if answer.starts_with(b"HTTP/1.1 200") { Ok(answer.len()) } else { Err(format!("no page at {page}").into()) }
}

/// The whole answer to a request.
pub(crate) fn answer(address: SocketAddr, page: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut stream = connect(address)?;
    write!(stream, "GET {page} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    Ok(stream)
}

/// The milliseconds since then.
pub(crate) fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}
