//! Makes inputs of others, runs a target on each, and names the one that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::random::{Random, effort, seed};

/// How long one input may take before the whole run is given up.
const PATIENCE: Duration = Duration::from_secs(90);

/// What texts are made of that parsers look at.
const TOKENS: &[&str] = &[
    "\0",
    "\t",
    "\n",
    "\r\n",
    " ",
    "\u{3000}",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "\u{200b}",
    "\u{fffd}",
    "\u{10ffff}",
    "\"",
    "'",
    "`",
    "\\",
    "/",
    "//",
    "../",
    ":",
    ": ",
    "：",
    "- ",
    "-",
    "—",
    "～",
    "~",
    "#",
    " #",
    "?",
    "? ",
    "&",
    "&a ",
    "*a",
    "*",
    "**",
    "_",
    "!",
    "!!str ",
    "|",
    "|\n",
    ">",
    ">-\n",
    "<",
    "</",
    "<!--",
    "-->",
    "<script>",
    "]]>",
    "&#x3c;",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "](",
    "![",
    "[^",
    "]: ",
    "，",
    ",",
    "、",
    "。",
    "；",
    ";",
    "（",
    "）",
    "%",
    "%00",
    "%2e",
    "‰",
    "=",
    "==",
    "+",
    "@",
    "$",
    "0",
    "1",
    "9",
    "00",
    "-1",
    "0.1",
    "99999999999999999999",
    "1e309",
    "０",
    "一",
    "百",
    "千",
    "万",
    "第",
    "条",
    "日",
    "工作日",
    "个",
    "月",
    "年",
    "元",
    "份",
    "原件",
    "周一",
    "至",
    "9:00-12:00",
    "24:00",
    "0600-",
    "2026-02-30",
    "2024-02-29",
    "---\n",
    "...\n",
    "<<: ",
    "~",
    "null",
    "true",
    "是",
    "否",
    "待补",
    "javascript:",
    "data:",
    "http://",
    "https://a.example/",
    "mailto:",
    "é",
    "e\u{301}",
    "😀",
    "\u{e0001}",
    "\u{d7ff}",
    "\u{e000}",
];

/// How long a target runs, in milliseconds: as a rule, and with `MINGBAI_LONG`.
type Length = (usize, usize);
const MOMENT: Length = (3_000, 240_000);
const BRIEF: Length = (700, 60_000);

/// Runs a target for a moment (or long) on texts made of the seeds.
pub(crate) fn texts(name: &str, seeds: &[String], target: impl FnMut(&str)) {
    run_texts(name, seeds, MOMENT, target);
}

/// The same for what takes a few millionths of a second.
pub(crate) fn short_texts(name: &str, seeds: &[String], target: impl FnMut(&str)) {
    run_texts(name, seeds, BRIEF, target);
}

fn run_texts(name: &str, seeds: &[String], length: Length, mut target: impl FnMut(&str)) {
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    run(name, &seeds, true, length, |bytes| target(&String::from_utf8_lossy(bytes)));
}

/// The same on bytes, which may be no text.
pub(crate) fn bytes(name: &str, seeds: &[Vec<u8>], target: impl FnMut(&[u8])) {
    run(name, seeds, false, MOMENT, target);
}

fn run(name: &str, seeds: &[Vec<u8>], is_text: bool, length: Length, mut target: impl FnMut(&[u8])) {
    let length = Duration::from_millis(effort(length.0, length.1) as u64);
    let watched = watch(name);
    let mut random = Random::of(name);
    let (started, mut times, mut slowest) = (Instant::now(), 0_u64, Duration::ZERO);
    while times < seeds.len() as u64 || started.elapsed() < length {
        let known = seeds.get(usize::try_from(times).unwrap());
        let input = known.cloned().unwrap_or_else(|| mangled(seeds, is_text, &mut random));
        *watched.lock().unwrap() = Some((Instant::now(), input.clone()));
        let begun = Instant::now();
        let failed = catch_unwind(AssertUnwindSafe(|| target(&input))).is_err();
        slowest = slowest.max(begun.elapsed());
        assert!(!failed, "{name} of seed {}, input {times}: {}", seed(), shown(&input));
        times += 1;
    }
    *watched.lock().unwrap() = None;
    let (seconds, slowest) = (started.elapsed().as_secs_f64(), slowest.as_secs_f64() * 1000.0);
    println!("{name}: {times} inputs in {seconds:.0} s, the slowest {slowest:.0} ms, seed {}", seed());
}

/// A short input itself; of a long one, where it is kept.
fn shown(input: &[u8]) -> String {
    if input.len() <= 300 {
        return format!("\"{}\"", input.escape_ascii());
    }
    let path = std::env::temp_dir().join(format!("mingbai-fuzz-{:016x}", input.iter().fold(0, digest)));
    std::fs::write(&path, input).unwrap();
    format!("{} bytes, kept in {}", input.len(), path.display())
}

fn digest(state: u64, byte: &u8) -> u64 {
    (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
}

type Watched = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Ends the whole run when one input takes too long, and names it.
fn watch(name: &str) -> Watched {
    let watched = Watched::default();
    let (weak, name) = (Arc::downgrade(&watched), name.to_owned());
    thread::spawn(move || {
        while let Some(watched) = weak.upgrade() {
            if let Some((begun, input)) = &*watched.lock().unwrap()
                && begun.elapsed() > PATIENCE
            {
                eprintln!("{name} of seed {} does not end: {}", seed(), shown(input));
                process::exit(101);
            }
            drop(watched);
            thread::sleep(Duration::from_millis(500));
        }
    });
    watched
}

/// One of the seeds with up to eight changes.
fn mangled(seeds: &[Vec<u8>], is_text: bool, random: &mut Random) -> Vec<u8> {
    let mut input = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(8) {
        let (from, to) = range(&input, is_text, random);
        match random.below(8) {
            0 => drop(input.drain(from..to)),
            1 => input.truncate(from),
            2 => {
                let part = input[from..to].to_vec();
                let most = if random.below(20) == 0 { 300 } else { 3 };
                let times = 1 + random.below(most);
                input.splice(from..from, part.repeat(times.min(1 + 60_000 / (part.len() + 1))));
            }
            3 => {
                let other = &seeds[random.below(seeds.len())];
                let (start, end) = range(other, is_text, random);
                input.splice(from..to, other[start..end].to_vec());
            }
            4 if !is_text && !input.is_empty() => {
                let at = from.min(input.len() - 1);
                input[at] = random.next() as u8;
            }
            5 => {
                let part = input[from..to].to_vec();
                let at = range(&input, is_text, random).0;
                input.splice(at..at, part);
            }
            6 => _ = input.splice(from..to, random.pick(TOKENS).bytes()),
            _ => _ = input.splice(from..from, random.pick(TOKENS).bytes()),
        }
        input.truncate(200_000);
    }
    input
}

/// A part of the bytes, mostly short; of a text, whole characters.
fn range(bytes: &[u8], is_text: bool, random: &mut Random) -> (usize, usize) {
    let from = random.below(bytes.len() + 1);
    let length = if random.below(4) == 0 { random.below(bytes.len() + 1) } else { random.below(12) };
    let whole = |mut at: usize| {
        while is_text && at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
            at += 1;
        }
        at
    };
    (whole(from), whole((from + length).min(bytes.len())))
}
