//! The portals that benchmarks are measured on are such as an editor would publish, and their figures are readable.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[path = "../benches/build/main.rs"]
#[expect(dead_code, reason = "it is run by `cargo bench`; here are tested its parts")]
mod build;

use build::generate::{edited, generate};
use build::machine::machine;
use build::measure::Row;
use build::peers::Peer;
use build::size::Size;
use build::waits::{Wait, Waits};

/// Every item of the sample comes with a question and without; the sample itself has a hundred.
const ITEMS: usize = 400;

#[test]
fn a_generated_portal_has_no_findings() {
    let folder = tempfile::tempdir().unwrap();
    let portal = generate(&folder.path().join("portal"), ITEMS).unwrap();
    let items = items(&portal.root);
    assert_eq!(items.len(), ITEMS);
    // All of them ask in the sample, but one; of those that are made at most three in ten.
    let asking = items.iter().filter(|text| text.contains("\n情形引导:")).count() - 103;
    assert!((50..90).contains(&asking), "{asking} ask");
    let done = Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(["check", "--strict", "--lang", "en", "--as-of", "2026-11-15", "--root"])
        .arg(&portal.root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    let blocks = |part: &&str| part.starts_with("error") || part.starts_with("warning");
    let blocking: Vec<&str> = said.split("\n\n").filter(blocks).collect();
    assert!(done.status.success(), "{} findings\n{}", blocking.len(), blocking.join("\n\n"));
    let text = fs::read_to_string(&portal.item).unwrap();
    assert_ne!(edited(&text, 1), text);
    assert!(portal.template.is_file());
}

/// The text of each item.
fn items(root: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for department in fs::read_dir(root.join("content/departments")).unwrap() {
        let department = department.unwrap().path();
        for item in fs::read_dir(department).unwrap() {
            texts.extend(fs::read_to_string(item.unwrap().path().join("item.yaml")));
        }
    }
    texts
}

fn row(items: usize, build: f64) -> Row {
    let size = Size { files: 3 * items, bytes: 60_000 * items as u64 };
    let wait = Wait { what: "item", median: 41.5, slowest: 60.0 };
    let peer = Peer {
        name: "Hugo 1.2.3".to_owned(),
        pages: size,
        build: 30.0,
        copy: 2.0,
        memory: 900.0,
        one_item: 29.0,
        one_template: 31.0,
        failure: (items > 1000).then(|| "out of memory".to_owned()),
    };
    Row {
        items,
        site: size,
        pages: size,
        item_pages: size,
        case_pages: size,
        index: size,
        build,
        stages: vec![("load".to_owned(), 0.5), ("index".to_owned(), 1.0)],
        copy: 2.0,
        memory: 512.3,
        unchanged: 1.0,
        one_item: 1.5,
        one_template: 2.5,
        waits: Waits { start: 900.0, saves: vec![wait] },
        peers: vec![peer],
    }
}

#[test]
fn figures_are_one_table_with_ratios() {
    let rows = [row(1000, 4.0), row(10_000, 41.0)];
    let machine = machine(Path::new(env!("CARGO_TARGET_TMPDIR")), vec!["Hugo 1.2.3".to_owned()]);
    let table = build::table::table(&rows, 3, &machine);
    for line in [
        "| items | 1,000 | 10,000 |",
        "| full build without the search index | 3.00 s = 1.50 × | 40.00 s = 20.00 × |",
        "| … peak memory | 512 MiB | 512 MiB |",
        "| preview: item saved → served | 0.042 s | 0.042 s |",
        "| Hugo 1.2.3: full build | 30.00 s, 10.0 times mingbai | did not finish |",
        "10 times the items cost 10.2 times the build",
    ] {
        assert!(table.lines().any(|known| known == line), "no line `{line}` in\n{table}");
    }
    assert!(table.contains(" cores (") && table.contains("Hugo 1.2.3"), "{table}");
    let columns = |line: &str| line.matches(" | ").count();
    assert!(table.lines().take_while(|line| !line.is_empty()).all(|line| columns(line) == 2), "{table}");
}
