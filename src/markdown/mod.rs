//! Markdown to safe HTML, in the way Chinese text needs it.
//!
//! The only user of pulldown-cmark. [`render`] is a pure function: it reads no
//! file and knows no portal; what a relative link means is asked of the caller.
//! It does not decide how bad a [`Problem`] is, and it does not look for broken
//! links: it hands every link over with its place in the source.
//!
//! Nothing an editor writes can become script: raw HTML is dropped, links have
//! an allowed scheme, every text is escaped, and no `style` is ever written.

mod block;
mod cjk;
mod emphasis;
mod footnote;
mod html;
mod ids;
mod inline;
mod link;
mod writer;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use cjk::{is_cjk, join_lines};
pub use html::{Html, escape};

/// How one Markdown text is to be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The level a Markdown `#` gets: 2 makes `#` an `<h2>`.
    pub heading_base: u8,
    /// Put before every id made here (not before ids given by `{#id}`), so that
    /// several texts can stand on one page. Usually empty.
    pub id_prefix: String,
}

impl Options {
    /// Options for a text that is alone on its page.
    pub fn new(heading_base: u8) -> Self {
        Options { heading_base, id_prefix: String::new() }
    }
}

/// Everything one Markdown text gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The markup, ready for the page.
    pub html: Html,
    /// The headings in order, for a table of contents.
    pub headings: Vec<Heading>,
    /// The links and images that were kept, as the author wrote them.
    pub links: Vec<Link>,
    /// What was dropped or is wrong, in the order of the source.
    pub problems: Vec<Problem>,
    /// The words alone, one block a line, for excerpts and search.
    pub text: String,
}

/// A heading as it was rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The level in the HTML, 1 to 6.
    pub level: u8,
    /// Its id, unique within the text.
    pub id: String,
    /// Its words without markup.
    pub text: String,
}

/// A link or image that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written, before the caller resolved it.
    pub target: String,
    /// Bytes of the source that hold the whole link.
    pub range: Range<usize>,
    /// Whether it is an image.
    pub image: bool,
}

/// Something in the source that was dropped or should be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the source.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Raw HTML; it was dropped.
    RawHtml,
    /// A link or image with a scheme that is not allowed; its text was kept.
    ForbiddenScheme,
    /// An image without an alternative text.
    ImageWithoutText,
    /// A heading that became `<h1>`, which is the page's own title.
    HeadingLevelOne,
    /// A line such as `#标题`: without a space it is no heading.
    HeadingWithoutSpace,
    /// An id given twice; the later one was changed.
    DuplicateId,
    /// Lines such as `1、` or `１．` that run together, because they are no list.
    NotAList,
    /// A footnote that is mentioned but nowhere written.
    MissingFootnote,
    /// The reserved character U+2E52; it was removed.
    Sentinel,
}

/// Renders one Markdown text.
///
/// `resolve_link` is asked for every relative target, of links and images alike,
/// and may give the address to write instead; `None` keeps the target as it is.
pub fn render(source: &str, options: &Options, resolve_link: &dyn Fn(&str) -> Option<String>) -> Rendered {
    let prepared = emphasis::prepare(source);
    writer::write(&prepared, options, resolve_link)
}
