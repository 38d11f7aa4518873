//! The figures as a Markdown table.

use crate::measure::Row;

/// The table of all rows.
pub(crate) fn table(rows: &[Row], runs: usize) -> String {
    let columns = [
        "items",
        "files",
        "MB",
        "item page",
        "build s",
        "cp -r s",
        "ratio",
        "peak MiB",
        "unchanged s",
        "one item s",
        "one template s",
    ];
    let mut lines = vec![line(&columns.map(str::to_owned)), line(&columns.map(|_| "--:".to_owned()))];
    lines.extend(rows.iter().map(|row| line(&cells(row))));
    lines.push(String::new());
    for row in rows {
        let stages: Vec<String> = row.stages.iter().map(|(name, seconds)| format!("{name} {seconds:.2}")).collect();
        lines.push(format!("{} items, seconds by stage: {}", row.items, stages.join(", ")));
    }
    if let [first, .., last] = rows {
        let times = last.items as f64 / first.items as f64;
        lines.push(format!("{times:.0} times the items cost {:.1} times the build", last.build / first.build));
    }
    lines.push(format!("medians of {runs} runs, each into a new folder; {} threads", threads()));
    lines.join("\n")
}

fn cells(row: &Row) -> [String; 11] {
    let seconds = |value: f64| format!("{value:.2}");
    [
        row.items.to_string(),
        row.files.to_string(),
        format!("{:.0}", row.bytes as f64 / 1e6),
        format!("{:.1} KB", row.page as f64 / 1e3),
        seconds(row.build),
        seconds(row.copy),
        format!("{:.2}", row.build / row.copy),
        format!("{:.0}", row.memory),
        seconds(row.unchanged),
        seconds(row.one_item),
        seconds(row.one_template),
    ]
}

fn line(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
