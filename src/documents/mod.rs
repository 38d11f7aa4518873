//! The parse stage: one file becomes one typed document, or findings.
//!
//! Pure and parallel: a document depends on its own text and on the
//! [`ParseContext`] only, never on another document.

mod kind;
mod layout;
mod parse;

pub use kind::{DocumentKind, kind_of};
pub use layout::check_layout;
pub(crate) use layout::has_file;
pub use parse::{ParseContext, Shapes, parse_all, parse_site};

use crate::markdown::Rendered;
use crate::schema;
use crate::source::FileId;

/// One parsed file of the content folder.
#[derive(Debug)]
pub struct Document {
    /// The file it was read from.
    pub file: FileId,
    /// What it says.
    pub body: Body,
}

/// What a document says, by kind.
#[derive(Debug)]
pub enum Body {
    /// `site.yaml`.
    Site(Box<schema::SiteFile>),
    /// `calendar.yaml`.
    Calendar(schema::CalendarFile),
    /// `topics.yaml`.
    Topics(schema::TopicsFile),
    /// `synonyms.yaml`.
    Synonyms(schema::SynonymsFile),
    /// `redirects.yaml`.
    Redirects(schema::RedirectsFile),
    /// `exceptions.yaml`.
    Exceptions(schema::ExceptionsFile),
    /// `urls.lock`: every address of the last release.
    UrlsLock(Vec<String>),
    /// `laws/<id>.yaml`.
    Law(String, Box<schema::Law>),
    /// `materials/<id>.yaml`.
    Material(String, Box<schema::SharedMaterial>),
    /// `places/<id>.yaml`.
    Place(String, Box<schema::Place>),
    /// `departments/<id>/department.yaml`.
    Department(String, Box<schema::Department>),
    /// `departments/<id>/<slug>/item.yaml`.
    Item {
        /// The department's id.
        department: String,
        /// The item's folder name.
        slug: String,
        /// The item.
        item: Box<schema::Item>,
    },
    /// `departments/<id>/<slug>/guide.md`.
    Guide {
        /// The item's folder name.
        slug: String,
        /// The text.
        text: Rendered,
    },
    /// `bundles/<slug>/bundle.yaml`.
    Bundle(String, Box<schema::Bundle>),
    /// `notices/<date>-<slug>.md`.
    Notice {
        /// The file's name without its ending.
        slug: String,
        /// Its head.
        head: Box<schema::NoticeHead>,
        /// Its text.
        text: Rendered,
    },
    /// `pages/**/*.md`.
    Page {
        /// The path below `pages`, without ending; a folder's `index.md` is the folder.
        path: String,
        /// Its head.
        head: Box<schema::PageHead>,
        /// Its text.
        text: Rendered,
    },
}
