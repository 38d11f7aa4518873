//! The parse stage: one file becomes one typed document, or findings.
//!
//! Pure and parallel: a document depends on its own text and on the
//! [`ParseContext`] only, never on another document.

pub mod files;
mod formats;
mod kind;
mod layout;
mod lock;
mod parse;
mod parsed;
mod pending;
mod style;

pub use formats::{FORMATS, Format, Shapes, format_named};
pub use kind::{DocumentKind, kind_of};
pub use layout::check_layout;
pub(crate) use layout::has_file;
pub use parse::{ParseContext, parse_all, parse_site};
pub use parsed::Parsed;

use std::sync::Arc;

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

/// What a document says, by kind. A clone shares it.
#[derive(Debug, Clone)]
pub enum Body {
    /// `site.yaml`.
    Site(Arc<schema::SiteFile>),
    /// `calendar.yaml`.
    Calendar(Arc<schema::CalendarFile>),
    /// `topics.yaml`.
    Topics(Arc<schema::TopicsFile>),
    /// `synonyms.yaml`.
    Synonyms(Arc<schema::SynonymsFile>),
    /// `redirects.yaml`.
    Redirects(Arc<schema::RedirectsFile>),
    /// `exceptions.yaml`.
    Exceptions(Arc<schema::ExceptionsFile>),
    /// `urls.lock`: every address of the last release.
    UrlsLock(Arc<schema::UrlsLock>),
    /// `laws/<id>.yaml`.
    Law(String, Arc<schema::Law>),
    /// `materials/<id>.yaml`.
    Material(String, Arc<schema::SharedMaterial>),
    /// `places/<id>.yaml`.
    Place(String, Arc<schema::Place>),
    /// `departments/<id>/department.yaml`.
    Department(String, Arc<schema::Department>),
    /// `departments/<id>/<slug>/item.yaml`.
    Item {
        /// The department's id.
        department: Arc<str>,
        /// The item's folder name.
        slug: Arc<str>,
        /// The item.
        item: Arc<schema::Item>,
    },
    /// `departments/<id>/<slug>/guide.md`.
    Guide {
        /// The item's folder name.
        slug: Arc<str>,
        /// The text.
        text: Arc<Rendered>,
    },
    /// `bundles/<slug>/bundle.yaml`.
    Bundle(String, Arc<schema::Bundle>),
    /// `notices/<date>-<slug>.md`.
    Notice {
        /// The file's name without its ending.
        slug: String,
        /// Its head.
        head: Arc<schema::NoticeHead>,
        /// Its text.
        text: Arc<Rendered>,
    },
    /// `pages/**/*.md`.
    Page {
        /// The path below `pages`, without ending; a folder's `index.md` is the folder.
        path: String,
        /// Its head.
        head: Arc<schema::PageHead>,
        /// Its text.
        text: Arc<Rendered>,
    },
}
