//! The walk over the parser's events, and what is gathered on the way.
//!
//! Blocks are written in `block`, what stands within them in `inline`. This
//! file only decides which of the two an event belongs to.

use std::ops::Range;

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};

use super::block::Table;
use super::emphasis::Prepared;
use super::footnote::Footnotes;
use super::html::Html;
use super::ids::Ids;
use super::inline::{Image, LineStart};
use super::{Heading, Link, Options, Problem, ProblemKind, Rendered};

/// An event with its bytes in the prepared text.
pub(super) type Placed<'e> = (Event<'e>, Range<usize>);

/// Everything that grows while the events go by.
pub(super) struct Writer<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) options: &'a Options,
    pub(super) resolve_link: &'a dyn Fn(&str) -> Option<String>,
    pub(super) ids: Ids,
    pub(super) footnotes: Footnotes,
    pub(super) out: String,
    pub(super) text: String,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) problems: Vec<Problem>,
    /// Where the open heading's words begin in `text`.
    pub(super) heading_from: usize,
    pub(super) table: Table,
    /// How many tables there were so far.
    pub(super) tables: usize,
    /// The label of each open footnote, and what was written before it.
    pub(super) open_notes: Vec<(String, String)>,
    /// For each open link whether it was written.
    pub(super) open_links: Vec<bool>,
    /// For each open strikethrough whether it was written.
    pub(super) open_strikes: Vec<bool>,
    pub(super) images: Vec<Image>,
    pub(super) alt: String,
    /// The last character of the line, if the last thing was text.
    pub(super) last: Option<char>,
    pub(super) line_start: LineStart,
    /// How many lines of the paragraph begin like `1、`.
    pub(super) marked_lines: usize,
}

/// Renders a prepared text.
pub(super) fn write(
    prepared: &Prepared<'_>,
    options: &Options,
    resolve_link: &dyn Fn(&str) -> Option<String>,
) -> Rendered {
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES;
    let events: Vec<Placed<'_>> = Parser::new_ext(&prepared.text, extensions).into_offset_iter().collect();
    let all = || events.iter().map(|(event, _)| event);
    let mut ids = Ids::collect(&options.id_prefix, all());
    let footnotes = Footnotes::collect(all(), &mut ids);
    let size = prepared.text.len();
    let mut writer = Writer {
        prepared,
        options,
        resolve_link,
        ids,
        footnotes,
        out: String::with_capacity(size * 2),
        text: String::with_capacity(size),
        headings: Vec::new(),
        links: Vec::new(),
        problems: Vec::new(),
        heading_from: 0,
        table: Table::default(),
        tables: 0,
        open_notes: Vec::new(),
        open_links: Vec::new(),
        open_strikes: Vec::new(),
        images: Vec::new(),
        alt: String::new(),
        last: None,
        line_start: LineStart::Inside,
        marked_lines: 0,
    };
    let sentinel = ProblemKind::Sentinel;
    writer.problems.extend(prepared.sentinels().map(|range| Problem { range, kind: sentinel }));
    for (at, (event, range)) in events.iter().enumerate() {
        writer.event(event, range, &events[at + 1..]);
    }
    writer.finish()
}

impl Writer<'_> {
    /// Writes one event; `rest` are the ones after it.
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>, rest: &[Placed<'_>]) {
        match event {
            Event::Start(tag) if is_inline(&tag.to_end()) => self.start_inline(tag, range),
            Event::Start(tag) => self.start_block(tag, range),
            Event::End(end) if is_inline(end) => self.end_inline(*end),
            Event::End(end) => self.end_block(*end),
            Event::Text(text) => self.words(text, range),
            Event::Code(code) => self.code(code),
            Event::SoftBreak => self.soft_break(rest),
            Event::HardBreak => self.hard_break(),
            Event::InlineHtml(_) => self.report(range, ProblemKind::RawHtml),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote_mention(label, range),
            Event::TaskListMarker(done) => self.task_marker(*done),
            // Reported as a whole block; the other kinds are not switched on.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Notes a problem at a place of the prepared text.
    pub(super) fn report(&mut self, range: &Range<usize>, kind: ProblemKind) {
        self.problems.push(Problem { range: self.prepared.source_range(range), kind });
    }

    /// Adds the notes and hands everything over.
    fn finish(mut self) -> Rendered {
        self.footnotes.write(&self.ids, &mut self.out);
        self.problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
        self.text.truncate(self.text.trim_end().len());
        Rendered {
            html: Html::from_markup(self.out),
            headings: self.headings,
            links: self.links,
            problems: self.problems,
            text: self.text,
        }
    }
}

/// Whether a tag stands within a line.
fn is_inline(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Whether joining lines looks through an event.
pub(super) fn is_transparent(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(tag, Tag::Image { .. }) && is_inline(&tag.to_end()),
        Event::End(end) => *end != TagEnd::Image && is_inline(end),
        Event::InlineHtml(_) => true,
        _ => false,
    }
}
