//! The review for a terminal.

use std::fmt::Write as _;

use crate::diagnostics::Lang;
use crate::review::diff::{Part, Piece, pair};
use crate::review::summary::{absent, gone, heading, impact, title};
use crate::review::{Card, Change, Review, headline};
use crate::wrap::{self, Measure, columns};

/// The widths of the columns 字段, 原, 新, 影响.
const WIDTHS: [usize; 4] = [22, 24, 24, 26];
/// How many addresses or findings of one kind are listed.
const LISTED: usize = 20;

/// The review in words: a headline, one table a card, addresses and findings.
pub fn human(review: &Review, lang: Lang) -> String {
    let mut text = String::new();
    for line in &review.about {
        let _ = writeln!(text, "{}", line.get(lang));
    }
    let _ = writeln!(text, "{}", headline(review).get(lang));
    for card in &review.cards {
        card_text(&mut text, card, lang);
    }
    let gone = review.gone.iter().map(|one| gone(one, lang));
    list(&mut text, heading("gone", lang), gone, lang);
    list(&mut text, heading("fresh", lang), review.fresh.iter().cloned(), lang);
    for (name, found) in review.findings() {
        let lines = found.iter().map(|one| format!("{} {} {}", one.place, one.code, one.message.get(lang)));
        list(&mut text, heading(name, lang), lines, lang);
    }
    text
}

fn card_text(text: &mut String, card: &Card, lang: Lang) {
    let url = card.url.as_ref().map(|url| format!("  {url}")).unwrap_or_default();
    let _ = writeln!(text, "\n■ {}{url}\n  {}", title(card, lang), card.file);
    row(text, &["field", "old", "new", "impact"].map(|name| heading(name, lang).to_owned()));
    let _ = writeln!(text, "  {}", WIDTHS.map(|width| "─".repeat(width)).join("─┼─"));
    for change in &card.changes {
        row(text, &cells(change, lang));
    }
}

/// The four cells of a change.
fn cells(change: &Change, lang: Lang) -> [String; 4] {
    let (old, new) = pair(change.said(lang).as_deref(), change.new.as_deref());
    let line = change.line.map(|line| format!("\n（{line}）")).filter(|_| lang == Lang::Zh);
    let line = line.or_else(|| change.line.map(|line| format!("\n({line})"))).unwrap_or_default();
    let line = line.replace('（', "（第 ").replace('）', " 行）").replace('(', "(line ");
    let mut effects = vec![change.class.words().get(lang).to_owned()];
    effects.extend(impact(change, lang));
    [format!("{}{line}", change.field), marked(&old, lang), marked(&new, lang), effects.join("\n")]
}

/// A text with its changed parts in brackets, unless all of it changed.
fn marked(pieces: &[Piece], lang: Lang) -> String {
    if pieces.is_empty() {
        return absent(lang).to_owned();
    }
    let is_partly = pieces.iter().any(|piece| piece.part == Part::Same);
    let shown = pieces.iter().map(|piece| match piece.part {
        Part::Gone | Part::New if is_partly => format!("【{}】", piece.text),
        _ => piece.text.clone(),
    });
    shown.collect()
}

fn row(text: &mut String, cells: &[String; 4]) {
    let columns: Vec<Vec<String>> = cells.iter().zip(WIDTHS).map(|(cell, width)| wrapped(cell, width)).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..height {
        let line: Vec<String> =
            columns.iter().zip(WIDTHS).map(|(column, width)| padded(column.get(n), width)).collect();
        let _ = writeln!(text, "  {}", line.join(" │ ").trim_end());
    }
}

fn padded(line: Option<&String>, width: usize) -> String {
    let line = line.map(String::as_str).unwrap_or_default();
    format!("{line}{}", " ".repeat(width.saturating_sub(columns(line))))
}

/// A text in lines of at most this width.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let room = i32::try_from(width).unwrap_or(i32::MAX);
    let parts = text.lines().map(|part| part.chars().filter(|c| !c.is_control()).collect::<String>());
    parts.flat_map(|part| wrap::lines(&part, room, Measure::Columns)).collect()
}

fn list(text: &mut String, title: &str, lines: impl Iterator<Item = String>, lang: Lang) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n■ {title}");
    for line in lines.iter().take(LISTED) {
        let _ = writeln!(text, "  {line}");
    }
    if lines.len() > LISTED {
        let rest = lines.len() - LISTED;
        let _ = match lang {
            Lang::Zh => writeln!(text, "  还有 {rest} 个"),
            Lang::En => writeln!(text, "  and {rest} more"),
        };
    }
}
