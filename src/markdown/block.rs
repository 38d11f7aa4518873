//! Blocks: paragraphs, headings, lists, tables, code, notes.
//!
//! Does not write what stands within a line. Attributes an author gives to a
//! heading are dropped, except the id: an attribute could be a script.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, Tag, TagEnd};

use super::html::escape_into;
use super::inline::LineStart;
use super::writer::Writer;
use super::{Heading, ProblemKind};

/// Where the writer is in a table.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl Writer<'_> {
    /// Opens a block.
    pub(super) fn start_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        self.last = None;
        match tag {
            Tag::Paragraph => {
                self.start_lines();
                self.out.push_str("<p>");
            }
            Tag::Heading { level, id, .. } => self.start_heading(*level, id.as_deref(), range),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::HtmlBlock => self.report(range, ProblemKind::RawHtml),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            // Writing to a String cannot fail, here and below.
            Tag::List(Some(first)) => drop(writeln!(self.out, "<ol start=\"{first}\">")),
            Tag::Item => {
                self.end_line();
                self.start_lines();
                self.out.push_str("<li>");
            }
            Tag::FootnoteDefinition(label) => {
                let before = std::mem::take(&mut self.out);
                self.open_notes.push((label.to_string(), before));
            }
            Tag::Table(alignments) => {
                self.table = Table { alignments: alignments.clone(), ..Table::default() };
                self.tables += 1;
                // Regions of one page need names of their own.
                let number = if self.tables == 1 { String::new() } else { self.tables.to_string() };
                self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格");
                self.out.push_str(&number);
                self.out.push_str("\">\n<table>\n");
            }
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => self.start_cell(),
            // Their extensions are not switched on; the text within still shows.
            _ => {}
        }
    }

    /// Closes a block.
    pub(super) fn end_block(&mut self, end: TagEnd) {
        self.last = None;
        match end {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((label, before)) = self.open_notes.pop() {
                    let body = std::mem::replace(&mut self.out, before);
                    self.footnotes.define(&label, body);
                }
            }
            TagEnd::Table => {
                self.out.push_str(if self.table.has_body { "</tbody>\n" } else { "" });
                self.out.push_str("</table>\n</div>\n");
            }
            TagEnd::TableHead => self.out.push_str("</tr></thead>\n"),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.out.push_str(if self.table.in_head { "</th>" } else { "</td>" });
                self.table.column += 1;
                self.text.push(' ');
                return;
            }
            _ => {}
        }
        self.end_line();
    }

    /// Ends a line of the plain text.
    fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Begins lines of text.
    fn start_lines(&mut self) {
        self.line_start = LineStart::First;
        self.marked_lines = 0;
    }

    /// The level in the page of a Markdown level.
    fn page_level(&self, level: HeadingLevel) -> u8 {
        let below = level as usize as u8 - 1;
        self.options.heading_base.saturating_add(below).clamp(1, 6)
    }

    fn start_heading(&mut self, level: HeadingLevel, id: Option<&str>, range: &Range<usize>) {
        self.end_line();
        let level = self.page_level(level);
        let (id, changed) = self.ids.heading(id);
        if changed {
            self.report(range, ProblemKind::DuplicateId);
        }
        if level == 1 {
            self.report(range, ProblemKind::HeadingLevelOne);
        }
        let _ = write!(self.out, "<h{level} id=\"");
        escape_into(&mut self.out, &id);
        self.out.push_str("\">");
        self.heading_from = self.text.len();
        self.headings.push(Heading { level, id, text: String::new() });
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let _ = writeln!(self.out, "</h{}>", self.page_level(level));
        let words = self.text.get(self.heading_from..).unwrap_or_default().trim();
        if let Some(heading) = self.headings.last_mut() {
            words.clone_into(&mut heading.text);
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.end_line();
        // A wide block scrolls, so it must be reachable by keyboard.
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let language = info.split_whitespace().next().unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '#');
            if !language.is_empty() && language.chars().all(plain) {
                let _ = write!(self.out, " class=\"language-{language}\"");
            }
        }
        self.out.push('>');
    }

    fn start_row(&mut self, in_head: bool) {
        self.table.column = 0;
        self.table.in_head = in_head;
        if in_head {
            self.out.push_str("<thead>");
        } else if !self.table.has_body {
            self.table.has_body = true;
            self.out.push_str("<tbody>\n");
        }
        self.out.push_str("<tr>");
    }

    fn start_cell(&mut self) {
        self.out.push_str(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"ta-left\">",
            Some(Alignment::Center) => " class=\"ta-center\">",
            Some(Alignment::Right) => " class=\"ta-right\">",
            Some(Alignment::None) | None => ">",
        });
    }
}
