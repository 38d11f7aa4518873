//! The review for a pull request: short, and no longer than one comment can be.

use std::fmt::Write as _;

use crate::diagnostics::Lang;
use crate::review::diff::{Part, Piece, pair};
use crate::review::summary::{absent, gone, heading, impact, title};
use crate::review::{Card, Review, headline};

/// A comment of the usual services holds 65,536 characters; this leaves room.
const MAX_CHARS: usize = 50_000;
/// A cell is cut after so many characters.
const MAX_CELL: usize = 300;
/// How many addresses or findings of one kind are listed.
const LISTED: usize = 20;

/// The review as Markdown.
pub fn markdown(review: &Review, lang: Lang) -> String {
    let mut text = format!("## {}\n\n**{}**\n\n", heading("", lang), escaped(headline(review).get(lang)));
    for line in &review.about {
        let _ = writeln!(text, "- {}", escaped(line.get(lang)));
    }
    let mut left = 0;
    for card in &review.cards {
        let more = card_text(card, lang);
        if left > 0 || text.chars().count() + more.chars().count() > MAX_CHARS {
            left += 1;
        } else {
            text.push_str(&more);
        }
    }
    if left > 0 {
        let _ = match lang {
            Lang::Zh => writeln!(text, "\n还有 {left} 个没有列出，请用 --html 看全部。"),
            Lang::En => writeln!(text, "\n{left} more are left out: see all of them with --html."),
        };
    }
    let gone = review.gone.iter().map(|one| gone(one, lang)).collect();
    list(&mut text, heading("gone", lang), gone, lang);
    list(&mut text, heading("fresh", lang), review.fresh.clone(), lang);
    for (name, found) in review.findings() {
        let lines = found.iter().map(|one| format!("{} {} {}", one.place, one.code, one.message.get(lang))).collect();
        list(&mut text, heading(name, lang), lines, lang);
    }
    text
}

fn card_text(card: &Card, lang: Lang) -> String {
    let mut text = format!("\n### {}\n\n`{}`\n\n", escaped(&title(card, lang)), card.file);
    let names = ["field", "old", "new", "impact"].map(|name| heading(name, lang));
    let _ = writeln!(text, "| {} |\n| --- | --- | --- | --- |", names.join(" | "));
    for change in &card.changes {
        let (old, new) = pair(change.said(lang).as_deref(), change.new.as_deref());
        let mut effects = vec![format!("**{}**", change.class.words().get(lang))];
        effects.extend(impact(change, lang).iter().map(|phrase| escaped(phrase)));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            escaped(&change.field),
            marked(&old, lang),
            marked(&new, lang),
            effects.join("<br>")
        );
    }
    text
}

fn marked(pieces: &[Piece], lang: Lang) -> String {
    if pieces.is_empty() {
        return absent(lang).to_owned();
    }
    let is_partly = pieces.iter().any(|piece| piece.part == Part::Same);
    let mut room = MAX_CELL;
    let mut text = String::new();
    for piece in pieces {
        let shown: String = piece.text.chars().take(room).collect();
        room -= shown.chars().count();
        let shown = escaped(&shown);
        match piece.part {
            _ if shown.is_empty() => {}
            Part::Gone if is_partly => text.push_str(&format!("<del>{shown}</del>")),
            Part::New if is_partly => text.push_str(&format!("<ins>{shown}</ins>")),
            _ => text.push_str(&shown),
        }
    }
    if room == 0 {
        text.push('…');
    }
    text
}

/// Text that means nothing to Markdown or HTML, in one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

fn list(text: &mut String, title: &str, lines: Vec<String>, lang: Lang) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### {title}\n");
    for line in lines.iter().take(LISTED) {
        let _ = writeln!(text, "- {}", escaped(line));
    }
    if lines.len() > LISTED {
        let rest = lines.len() - LISTED;
        let _ = match lang {
            Lang::Zh => writeln!(text, "- 还有 {rest} 个"),
            Lang::En => writeln!(text, "- and {rest} more"),
        };
    }
}
