//! The figures as a Markdown table: a line for each kind of work, a column for each size.

use super::machine::Machine;
use super::measure::Row;

/// The table of all portals.
pub(crate) fn table(rows: &[Row], runs: usize, machine: &Machine) -> String {
    let mut lines = vec![line("items", rows.iter().map(|row| thousands(row.items)))];
    lines.push(format!("| --- |{}", " --: |".repeat(rows.len())));
    lines.extend(sizes(rows));
    lines.extend(times(rows));
    lines.extend(preview(rows));
    lines.extend(peers(rows));
    lines.push(String::new());
    lines.extend(rows.iter().map(stages));
    if let [first, .., last] = rows {
        let times = last.items as f64 / first.items as f64;
        lines.push(format!("{times:.0} times the items cost {:.1} times the build", last.build / first.build));
    }
    lines.push(format!("Medians of {runs} runs, each full build into a new folder. {}", machine.line()));
    lines.push(
        "× is the time of `cp -r` of the site that was built. Of a hundred items two ask all their questions, about \
         twenty one, the others none."
            .to_owned(),
    );
    if rows.iter().any(|row| !row.peers.is_empty()) {
        lines.push(
            "The others make the same pages of the same texts as data, one content file a page: lists and answers \
             are given to them ready, and they make no files of data, feeds or search and check nothing."
                .to_owned(),
        );
    }
    lines.join("\n")
}

fn sizes(rows: &[Row]) -> Vec<String> {
    let each = |what: &str, cell: &dyn Fn(&Row) -> String| line(what, rows.iter().map(cell));
    vec![
        each("files of the site", &|row| format!("{}, {} MB", thousands(row.site.files), megabytes(row.site.bytes))),
        each("… pages", &|row| format!("{}, {} MB", thousands(row.pages.files), megabytes(row.pages.bytes))),
        each("… an item page, on average", &|row| kilobytes(row.item_pages.bytes, row.item_pages.files)),
        each("… cases and notices", &|row| {
            format!("{} of {}", thousands(row.case_pages.files), kilobytes(row.case_pages.bytes, row.case_pages.files))
        }),
        each("… search index", &|row| format!("{}, {} MB", thousands(row.index.files), megabytes(row.index.bytes))),
    ]
}

fn times(rows: &[Row]) -> Vec<String> {
    let each = |what: &str, cell: &dyn Fn(&Row) -> String| line(what, rows.iter().map(cell));
    let beside = |what: &str, seconds: &dyn Fn(&Row) -> f64| {
        each(what, &|row| format!("{:.2} s = {:.2} ×", seconds(row), seconds(row) / row.copy))
    };
    vec![
        each("`cp -r` of the site", &|row| format!("{:.2} s", row.copy)),
        beside("full build without the search index", &|row| row.build - row.index_seconds()),
        beside("full build", &|row| row.build),
        each("… search index", &|row| format!("{:.2} s", row.index_seconds())),
        each("… peak memory", &|row| format!("{:.0} MiB", row.memory)),
        beside("nothing changed", &|row| row.unchanged),
        beside("one item changed", &|row| row.one_item),
        beside("a template of every page changed", &|row| row.one_template),
    ]
}

fn preview(rows: &[Row]) -> Vec<String> {
    let Some(first) = rows.first() else { return Vec::new() };
    let mut lines = vec![line("preview: start → first page", rows.iter().map(|row| seconds(row.waits.start)))];
    for (n, wait) in first.waits.saves.iter().enumerate() {
        let cells = rows.iter().map(|row| row.waits.saves.get(n).map_or(String::new(), |wait| seconds(wait.median)));
        lines.push(line(&format!("preview: {} saved → served", wait.what), cells));
    }
    lines
}

/// A wait in milliseconds as seconds.
fn seconds(millis: f64) -> String {
    format!("{:.3} s", millis / 1000.0)
}

fn peers(rows: &[Row]) -> Vec<String> {
    let mut lines = Vec::new();
    for n in 0..rows.first().map_or(0, |row| row.peers.len()) {
        let each = |what: &str, cell: &dyn Fn(&Row, &super::peers::Peer) -> String| {
            let shown = |row: &Row, peer: &super::peers::Peer| match peer.failure {
                Some(_) => "did not finish".to_owned(),
                None => cell(row, peer),
            };
            line(what, rows.iter().map(|row| row.peers.get(n).map_or(String::new(), |peer| shown(row, peer))))
        };
        let name = &rows[0].peers[n].name;
        lines.push(each(&format!("{name}: its pages"), &|_, peer| {
            format!("{}, {} MB", thousands(peer.pages.files), megabytes(peer.pages.bytes))
        }));
        let beside = |what: &str, its: &dyn Fn(&super::peers::Peer) -> f64, ours: &dyn Fn(&Row) -> f64| {
            each(&format!("{name}: {what}"), &|row, peer| {
                format!("{:.2} s, {:.1} times mingbai", its(peer), its(peer) / ours(row))
            })
        };
        lines.push(each(&format!("{name}: full build, beside `cp -r` of its pages"), &|_, peer| {
            format!("{:.2} s = {:.1} ×", peer.build, peer.build / peer.copy)
        }));
        lines.push(beside("full build", &|peer| peer.build, &|row| row.build - row.index_seconds()));
        lines.push(each(&format!("{name}: peak memory"), &|_, peer| format!("{:.0} MiB", peer.memory)));
        lines.push(beside("one page changed", &|peer| peer.one_item, &|row| row.one_item));
        lines.push(beside("the template changed", &|peer| peer.one_template, &|row| row.one_template));
    }
    lines
}

fn stages(row: &Row) -> String {
    let stages: Vec<String> = row.stages.iter().map(|(name, seconds)| format!("{name} {seconds:.2}")).collect();
    format!("{} items, seconds by stage: {}", thousands(row.items), stages.join(", "))
}

fn line(what: &str, cells: impl Iterator<Item = String>) -> String {
    format!("| {what} | {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn megabytes(bytes: u64) -> String {
    match bytes as f64 / 1e6 {
        small if small < 10.0 => format!("{small:.1}"),
        large => format!("{large:.0}"),
    }
}

/// The average of some files.
fn kilobytes(bytes: u64, files: usize) -> String {
    format!("{:.1} KB", bytes as f64 / files.max(1) as f64 / 1e3)
}

/// 594,000.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}
