//! Times how long an editor waits for a saved change in `mingbai serve`.
//!
//! ```text
//! cargo bench --bench serve                                # 1,000 items
//! cargo bench --bench serve -- --items 10000 --runs 21
//! cargo bench --bench serve -- --items 10000 --folder /data/bench --keep
//! ```
//!
//! The clock runs from before a file is saved until the last byte of the new
//! page has arrived over HTTP: the watcher's quiet time, reading, all stages
//! and rendering are in it. Every figure is a median. `hugo server` and `zola
//! serve` are measured beside it, on as many pages with the same texts, where
//! they are installed.

#[path = "../build/generate.rs"]
mod generate;
mod peers;

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::civil::date;
use mingbai::pipeline::Input;
use mingbai::serve::{Options, start};

/// How long anything may take.
const DEADLINE: Duration = Duration::from_secs(120);

/// What is to be measured.
struct Settings {
    items: usize,
    runs: usize,
    folder: PathBuf,
    keep: bool,
}

/// Changes the text of a file for the run of this number.
type Change = fn(&str, usize) -> String;

fn main() -> ExitCode {
    match settings().and_then(|settings| run(&settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("benchmark: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(settings: &Settings) -> Result<(), Box<dyn Error>> {
    let root = settings.folder.join(format!("{}-{}", settings.items, std::process::id()));
    let portal = generate::generate(&root, settings.items)?;
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
    println!("| what | median ms | slowest ms |\n|---|--:|--:|");
    println!("| start → first page | {0:.1} | {0:.1} |", millis(begun));
    let site = root.join("content/site.yaml");
    let changes: [(&str, &Path, Change); 4] = [
        ("item", &portal.item, item),
        ("template", &portal.template, |text, n| format!("{text}<!-- {n} -->\n")),
        ("site.yaml", &site, |text, n| text.replacen("简称: ", &format!("简称: {}", n % 10), 1)),
        ("css", &css, |_, n| format!("/* {n} */\n")),
    ];
    for (name, file, change) in changes {
        let original = fs::read_to_string(file)?;
        let mut times = Vec::new();
        for n in 1..=settings.runs {
            times.push(save(address, &page, file, &change(&original, n))?);
        }
        times.sort_by(f64::total_cmp);
        println!("| {name} saved → new page | {:.1} | {:.1} |", times[times.len() / 2], times[times.len() - 1]);
    }
    println!(
        "\n{} items, {} runs, memory {} now, {} at most",
        settings.items,
        settings.runs,
        memory("VmRSS:"),
        memory("VmHWM:")
    );
    running.stop();
    beside(&root, settings)?;
    if !settings.keep {
        fs::remove_dir_all(&root)?;
    }
    Ok(())
}

/// Measures the peers that are installed.
fn beside(root: &Path, settings: &Settings) -> Result<(), Box<dyn Error>> {
    let mut texts = Vec::new();
    for department in fs::read_dir(root.join("content/departments"))? {
        for item in fs::read_dir(department?.path())? {
            let file = item?.path().join("item.yaml");
            if file.exists() {
                texts.push(fs::read_to_string(file)?.replace('\n', "\n\n").replace("{{", "").replace("{%", ""));
            }
        }
    }
    for peer in peers::PEERS.iter().filter(|peer| peer.is_installed()) {
        let folder = settings.folder.join(format!("{}-{}", peer.name, std::process::id()));
        let measured = peer.measure(&folder, &texts, settings.runs);
        fs::remove_dir_all(&folder)?;
        let peers::Waits { start, mut saves } = measured?;
        saves.sort_by(f64::total_cmp);
        println!("\n| {} | median ms | slowest ms |\n|---|--:|--:|", peer.name);
        println!("| start → first page | {start:.1} | {start:.1} |");
        println!("| page saved → new page | {:.1} | {:.1} |", saves[saves.len() / 2], saves[saves.len() - 1]);
    }
    Ok(())
}

/// Changes a text of the item that its page shows.
fn item(text: &str, n: usize) -> String {
    let line = text.lines().find(|line| line.starts_with("适用范围: ")).unwrap_or_default();
    text.replacen(line, &format!("{line}第{n}次修改。"), 1)
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

fn answer(address: SocketAddr, page: &str) -> Result<Vec<u8>, Box<dyn Error>> {
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

fn millis(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

/// A line of what the system says of this process.
fn memory(key: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib: Option<f64> = status
        .lines()
        .find_map(|line| line.strip_prefix(key))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok());
    kib.map_or("unknown".to_owned(), |kib| format!("{:.0} MiB", kib / 1024.0))
}

fn settings() -> Result<Settings, Box<dyn Error>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("serve");
    let mut settings = Settings { items: 1000, runs: 11, folder, keep: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--items" => settings.items = value()?.parse()?,
            "--runs" => settings.runs = value()?.parse::<usize>()?.max(1),
            "--folder" => settings.folder = PathBuf::from(value()?),
            "--keep" => settings.keep = true,
            // Passed by `cargo bench` itself.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    Ok(settings)
}
