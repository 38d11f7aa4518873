//! Footnotes: numbered by first mention, written at the end of the text.
//!
//! A note that nobody mentions is still written, so that no text is lost.
//! The notes' own Markdown is rendered by the writer, not here.

use std::collections::HashMap;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag};

use super::ids::Ids;

/// The footnotes of one text.
pub(super) struct Footnotes {
    numbers: HashMap<String, usize>,
    notes: Vec<Note>,
}

/// One footnote; its number is its place plus one.
#[derive(Default)]
struct Note {
    body: Option<String>,
    mentions: usize,
}

impl Footnotes {
    /// Numbers the notes and keeps their ids.
    pub(super) fn collect<'a>(events: impl Iterator<Item = &'a Event<'a>> + Clone, ids: &mut Ids) -> Self {
        let defined = events.clone().filter_map(|event| match event {
            Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_lowercase()),
            _ => None,
        });
        // Zero stands for "written, but not numbered yet".
        let mut numbers: HashMap<String, usize> = defined.map(|label| (label, 0)).collect();
        let mut count = 0;
        if !numbers.is_empty() {
            let mentioned = events.clone().filter_map(|event| match event {
                Event::FootnoteReference(label) => Some(label),
                _ => None,
            });
            let written = events.filter_map(|event| match event {
                Event::Start(Tag::FootnoteDefinition(label)) => Some(label),
                _ => None,
            });
            for label in mentioned.chain(written) {
                if let Some(number @ 0) = numbers.get_mut(&label.to_lowercase()) {
                    count += 1;
                    *number = count;
                }
            }
        }
        for number in 1..=count {
            ids.reserve(ids.footnote("fn", number));
            ids.reserve(ids.footnote("fnref", number));
        }
        Footnotes { numbers, notes: (0..count).map(|_| Note::default()).collect() }
    }

    /// Writes a mention; `false` when there is no such note.
    pub(super) fn mention(&mut self, label: &str, ids: &Ids, out: &mut String) -> bool {
        let Some(number) = self.numbers.get(&label.to_lowercase()).copied() else {
            return false;
        };
        let Some(note) = self.notes.get_mut(number.wrapping_sub(1)) else {
            return false;
        };
        note.mentions += 1;
        let target = ids.footnote("fn", number);
        out.push_str("<sup class=\"footnote-ref\"><a href=\"#");
        super::html::escape_into(out, &target);
        out.push('"');
        if note.mentions == 1 {
            out.push_str(" id=\"");
            super::html::escape_into(out, &ids.footnote("fnref", number));
            out.push('"');
        }
        // Writing to a String cannot fail.
        let _ = write!(out, " aria-label=\"注释 {number}\">{number}</a></sup>");
        true
    }

    /// Keeps the rendered note; the first of two with one label counts.
    pub(super) fn define(&mut self, label: &str, body: String) {
        let number = self.numbers.get(&label.to_lowercase()).copied().unwrap_or_default();
        if let Some(note) = self.notes.get_mut(number.wrapping_sub(1)) {
            note.body.get_or_insert(body);
        }
    }

    /// Writes all notes as a section.
    pub(super) fn write(&self, ids: &Ids, out: &mut String) {
        if self.notes.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\" aria-label=\"注释\">\n<ol>\n");
        for (at, note) in self.notes.iter().enumerate() {
            let number = at + 1;
            out.push_str("<li id=\"");
            super::html::escape_into(out, &ids.footnote("fn", number));
            out.push_str("\">");
            let body = note.body.as_deref().unwrap_or_default();
            let inner = body.strip_suffix("</p>\n");
            out.push_str(inner.unwrap_or(body));
            if note.mentions > 0 {
                out.push_str(" <a class=\"footnote-back\" href=\"#");
                super::html::escape_into(out, &ids.footnote("fnref", number));
                out.push_str("\" aria-label=\"返回正文\">↩</a>");
            }
            out.push_str(if inner.is_some() { "</p></li>\n" } else { "</li>\n" });
        }
        out.push_str("</ol>\n</section>\n");
    }
}
