//! What stands within a line: words, breaks, emphasis, links, images.
//!
//! Does not judge where a relative link leads; it asks and notes the link.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::cjk::is_cjk;
use super::emphasis::strip;
use super::html::escape_into;
use super::link::{self, Target};
use super::writer::{Placed, Writer, is_transparent};
use super::{Link, ProblemKind};

/// Whether the next words begin a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineStart {
    /// They do not.
    Inside,
    /// The first line of a paragraph or list item.
    First,
    /// A line that is joined to the one before it.
    Joined,
}

/// An image whose alternative text is being gathered.
pub(super) struct Image {
    /// The address, unless it is not allowed.
    address: Option<String>,
    title: String,
    range: Range<usize>,
}

/// An address that may be written.
struct Address {
    text: String,
    target: Target,
}

impl Writer<'_> {
    /// Opens emphasis, a link or an image.
    pub(super) fn start_inline(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Strikethrough => {
                // One tilde is no deletion: `9:00~12:00，14:00~17:00` is common.
                let two = self.prepared.text.get(range.clone()).is_some_and(|t| t.starts_with("~~"));
                self.open_strikes.push(two);
                self.strike(two, "<del>");
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(*link_type, dest_url, title, range);
            }
            Tag::Image { dest_url, title, .. } => self.start_image(dest_url, title, range),
            _ => {}
        }
    }

    /// Closes what [`Self::start_inline`] opened.
    pub(super) fn end_inline(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis => self.tag("</em>"),
            TagEnd::Strong => self.tag("</strong>"),
            TagEnd::Strikethrough => {
                let two = self.open_strikes.pop().unwrap_or_default();
                self.strike(two, "</del>");
            }
            TagEnd::Link => {
                let written = self.open_links.pop().unwrap_or_default();
                self.tag(if written { "</a>" } else { "" });
            }
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    /// Writes markup, except within an alternative text.
    fn tag(&mut self, markup: &str) {
        if self.images.is_empty() {
            self.out.push_str(markup);
        }
    }

    fn strike(&mut self, two: bool, markup: &str) {
        if two {
            self.tag(markup);
        } else {
            self.put("~");
        }
    }

    /// Writes words to wherever words go.
    fn put(&mut self, words: &str) {
        if let Some(last) = words.chars().next_back() {
            self.last = Some(last);
        }
        self.text.push_str(words);
        if self.images.is_empty() {
            escape_into(&mut self.out, words);
        } else {
            self.alt.push_str(words);
        }
    }

    /// Writes the words of an event.
    pub(super) fn words(&mut self, text: &str, range: &Range<usize>) {
        let words = strip(text);
        if !words.is_empty() && self.line_start != LineStart::Inside {
            self.look_at_line(&words, range);
        }
        if words.starts_with('^') && self.is_bracketed(range) {
            self.report(range, ProblemKind::MissingFootnote);
        }
        self.put(&words);
    }

    /// Whether a text stands alone in brackets; the parser leaves a mention of
    /// a missing footnote so.
    fn is_bracketed(&self, range: &Range<usize>) -> bool {
        let text = &self.prepared.text;
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        before.ends_with('[') && !before.ends_with("\\[") && after.starts_with(']')
    }

    /// Reports a line that was meant as a heading or a list.
    fn look_at_line(&mut self, words: &str, range: &Range<usize>) {
        let joined = self.line_start == LineStart::Joined;
        self.line_start = LineStart::Inside;
        let escaped = self.prepared.text.get(..range.start).is_some_and(|t| t.ends_with('\\'));
        let after_hashes = words.trim_start_matches('#');
        let hashes = words.len() - after_hashes.len();
        if (1..=6).contains(&hashes) && !escaped && after_hashes.starts_with(is_cjk) {
            self.report(range, ProblemKind::HeadingWithoutSpace);
        }
        if begins_like_item(words) {
            self.marked_lines += 1;
            if joined && self.marked_lines == 2 {
                self.report(range, ProblemKind::NotAList);
            }
        }
    }

    /// Writes code within a line.
    pub(super) fn code(&mut self, code: &str) {
        self.line_start = LineStart::Inside;
        self.tag("<code>");
        self.put(&strip(code));
        self.tag("</code>");
    }

    /// Joins two lines, without a space if both are Chinese there.
    pub(super) fn soft_break(&mut self, rest: &[Placed<'_>]) {
        self.line_start = LineStart::Joined;
        let next = rest
            .iter()
            .filter(|(event, _)| !is_transparent(event))
            .find_map(|(event, _)| match event {
                Event::Text(t) | Event::Code(t) => strip(t).chars().next().map(Some),
                _ => Some(None),
            })
            .flatten();
        if self.last.is_some_and(is_cjk) && next.is_some_and(is_cjk) {
            return;
        }
        self.last = None;
        self.text.push(' ');
        if self.images.is_empty() {
            self.out.push('\n');
        } else {
            self.alt.push(' ');
        }
    }

    /// Writes a line end that the author asked for.
    pub(super) fn hard_break(&mut self) {
        self.line_start = LineStart::First;
        self.last = None;
        self.tag("<br>\n");
        if !self.images.is_empty() {
            self.alt.push(' ');
        }
        self.text.push('\n');
    }

    /// Writes a mention of a footnote.
    pub(super) fn footnote_mention(&mut self, label: &str, range: &Range<usize>) {
        self.last = None;
        if !self.images.is_empty() {
            return;
        }
        if !self.footnotes.mention(label, &self.ids, &mut self.out) {
            self.put(&format!("[^{}]", strip(label)));
            self.report(range, ProblemKind::MissingFootnote);
        }
    }

    /// Writes the box of a task; a real checkbox would need a label.
    pub(super) fn task_marker(&mut self, done: bool) {
        self.out.push_str(if done {
            "<span class=\"task\" role=\"img\" aria-label=\"已完成\">☑</span> "
        } else {
            "<span class=\"task\" role=\"img\" aria-label=\"未完成\">☐</span> "
        });
    }

    fn start_link(&mut self, kind: LinkType, target: &str, title: &str, range: &Range<usize>) {
        if !self.images.is_empty() {
            self.open_links.push(false);
            return;
        }
        let target = match kind {
            LinkType::Email => Cow::Owned(format!("mailto:{target}")),
            _ => Cow::Borrowed(target),
        };
        let Some(address) = self.address(&target, range, false) else {
            self.open_links.push(false);
            return;
        };
        self.open_links.push(true);
        self.out.push_str("<a href=\"");
        link::write_address(&mut self.out, &address.text);
        if address.target == Target::Web {
            self.out.push_str("\" class=\"external\" rel=\"noopener");
        }
        self.title(&strip(title));
        self.out.push_str("\">");
    }

    /// Adds a title behind an open attribute.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape_into(&mut self.out, title);
        }
    }

    fn start_image(&mut self, target: &str, title: &str, range: &Range<usize>) {
        self.line_start = LineStart::Inside;
        let address = if self.images.is_empty() {
            self.alt.clear();
            self.address(target, range, true).map(|address| address.text)
        } else {
            None
        };
        self.images.push(Image { address, title: strip(title).into_owned(), range: range.clone() });
    }

    fn end_image(&mut self) {
        let Some(image) = self.images.pop() else {
            return;
        };
        if !self.images.is_empty() {
            return;
        }
        self.last = None;
        let alt = std::mem::take(&mut self.alt);
        let Some(address) = image.address else {
            escape_into(&mut self.out, &alt);
            return;
        };
        if alt.trim().is_empty() {
            self.report(&image.range, ProblemKind::ImageWithoutText);
        }
        self.out.push_str("<img src=\"");
        link::write_address(&mut self.out, &address);
        self.out.push_str("\" alt=\"");
        escape_into(&mut self.out, &alt);
        self.title(&image.title);
        self.out.push_str("\" loading=\"lazy\">");
    }

    /// Checks a target, asks where it leads, and notes the link.
    fn address(&mut self, target: &str, range: &Range<usize>, image: bool) -> Option<Address> {
        let stripped = strip(target);
        let target = link::clean(&stripped);
        let allowed = |target| target != Target::Forbidden && !(image && target != Target::Relative);
        let text = match link::classify(&target) {
            Target::Relative => (self.resolve_link)(&target),
            _ => None,
        };
        // What the caller answers is held to the same rule.
        let text = text.map_or_else(|| target.to_string(), |text| link::clean(&text).into_owned());
        let kind = link::classify(&text);
        if !allowed(kind) {
            self.report(range, ProblemKind::ForbiddenScheme);
            return None;
        }
        let range = self.prepared.source_range(range);
        self.links.push(Link { target: target.into_owned(), range, image });
        Some(Address { text, target: kind })
    }
}

/// Whether a line begins like an item: `1、`, `１．`, `一、`, `（一）`.
fn begins_like_item(line: &str) -> bool {
    let inner = line.strip_prefix('（');
    let number = inner.unwrap_or(line);
    let rest = number.trim_start_matches(|c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)
    });
    let closes: &[char] = if inner.is_some() { &['）'] } else { &['、', '．'] };
    rest.len() < number.len() && rest.starts_with(closes)
}
