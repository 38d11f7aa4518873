//! Every byte of the sample's most complex item, cut off or changed: there are
//! findings or pages, and both can be printed.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use mingbai::diagnostics::Lang;
use mingbai::load::{Given, load_given};
use mingbai::pipeline::{Input, Memory, plan_loaded};
use mingbai::plan::Output;
use mingbai::printing::{Format, locate, print};
use rayon::prelude::*;

use crate::kit::{TODAY, collect};
use crate::random::{Random, effort, seed};

/// The files of the sample portal that an item refers to, and the largest item.
struct Sample {
    others: Vec<(String, Vec<u8>)>,
    path: String,
    item: Vec<u8>,
}

impl Sample {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = BTreeMap::new();
        collect(root, &root.join("content"), &mut |path, file| {
            files.insert(path, fs::read(file).unwrap());
        });
        let items = files.iter().filter(|(path, _)| path.ends_with("/item.yaml"));
        let (path, item) = items.max_by_key(|(_, bytes)| bytes.len()).unwrap();
        let (path, item) = (path.clone(), item.clone());
        let own = path.strip_suffix("item.yaml").unwrap().to_owned();
        // Of the laws and materials only those it names; no other item, no long text.
        let text = String::from_utf8(item.clone()).unwrap();
        let is_wanted = |path: &str| {
            let id = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
            let is_named = ["content/laws/", "content/materials/", "content/places/"]
                .iter()
                .any(|folder| path.starts_with(folder));
            path.starts_with(&own) && path != format!("{own}item.yaml")
                || ["content/site.yaml", "content/topics.yaml", "content/calendar.yaml"].contains(&path)
                || path == format!("{}department.yaml", &own[..own.trim_end_matches('/').rfind('/').unwrap() + 1])
                || is_named && text.contains(id)
        };
        let others = files.into_iter().filter(|(path, _)| is_wanted(path)).collect();
        Sample { others, path, item }
    }

    /// Runs the whole line over the portal with these bytes as the item, and prints what was found.
    /// Tells whether pages could be made.
    fn run(&self, item: Vec<u8>, memory: &mut Memory, number: usize) -> bool {
        let given = |(path, bytes): &(String, Vec<u8>)| (path.clone(), Given::Bytes(bytes.clone()));
        let mut files: Vec<_> = self.others.iter().map(given).collect();
        files.push((self.path.clone(), Given::Bytes(item)));
        let input = Input { root: "/nowhere".into(), as_of: TODAY, drafts: true, base_url: None };
        let planned = plan_loaded(load_given(files), &input, memory);
        let has_errors = planned.findings.has_errors();
        let located = locate(planned.findings.into_vec(), &planned.tree);
        let format = [Format::Human, Format::Json, Format::Sarif, Format::Github][number % 4];
        let lang = if number.is_multiple_of(8) { Lang::En } else { Lang::Zh };
        let printed = print(&located, &planned.tree, format, lang, false);
        assert!(!has_errors || !printed.is_empty());
        let Some(ready) = planned.ready else { return false };
        let (path, output) =
            ready.plan.outputs.iter().find(|(path, _)| path.as_str().starts_with("items/")).unwrap_or_else(|| {
                ready.plan.outputs.iter().find(|(_, output)| matches!(output, Output::Page(_))).unwrap()
            });
        assert!(ready.renderer.make(&ready.portal, &ready.plan, path, output).is_ok());
        true
    }
}

/// Runs every change, on all threads; the changes that fail are named.
fn each(what: &str, sample: &Sample, changes: Vec<(String, Vec<u8>)>) {
    let started = Instant::now();
    let made = AtomicUsize::new(0);
    let faults: Vec<String> = changes
        .par_chunks(changes.len().div_ceil(16))
        .flat_map_iter(|chunk| {
            let mut memory = Memory::default();
            let mut faults = Vec::new();
            for (number, (name, bytes)) in chunk.iter().enumerate() {
                let run = AssertUnwindSafe(|| sample.run(bytes.clone(), &mut memory, number));
                match catch_unwind(run) {
                    Ok(is_made) => _ = made.fetch_add(usize::from(is_made), Ordering::Relaxed),
                    Err(_) => {
                        faults.push(name.clone());
                        memory = Memory::default();
                    }
                }
            }
            faults
        })
        .collect();
    let seconds = started.elapsed().as_secs_f64();
    println!("seed {}: {} items {what}, {made:?} of them with pages, {seconds:.1} s", seed(), changes.len());
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn an_item_that_is_cut_off_anywhere() {
    let sample = Sample::read();
    assert!(sample.item.len() > 15_000 && sample.others.len() > 8, "{} {}", sample.path, sample.others.len());
    // In the normal run every line is cut once, at a place of chance.
    let mut random = Random::of("cut");
    let step = effort(40, 1);
    let places = (0..sample.item.len()).step_by(step).map(|at| (at + random.below(step)).min(sample.item.len()));
    let cut = |at: usize| (format!("cut at {at}"), sample.item[..at].to_vec());
    each("cut off", &sample, places.map(cut).collect());
}

#[test]
fn an_item_with_a_changed_byte() {
    let sample = Sample::read();
    let mut random = Random::of("flip");
    let length = sample.item.len();
    let flip = |at: usize, byte: u8| {
        let mut bytes = sample.item.clone();
        bytes[at] = byte;
        (format!("byte {at} becomes {byte:#04x}"), bytes)
    };
    let drop = |at: usize| {
        let mut bytes = sample.item.clone();
        bytes.remove(at);
        (format!("without byte {at}"), bytes)
    };
    const MEAN: &[u8] = b"\0\t\n\r !\"#%&'*,-:<>?@[]`{|}~\x7f\x80\xc0\xff";
    let mut changes = Vec::new();
    for at in (0..length).step_by(effort(60, 1)) {
        let at = (at + random.below(effort(60, 1))).min(length - 1);
        changes.push(flip(at, sample.item[at] ^ (1 << random.below(8))));
        changes.push(flip(at, MEAN[random.below(MEAN.len())]));
        changes.push(drop(at));
    }
    each("with a changed byte", &sample, changes);
}
