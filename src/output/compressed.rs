//! The compressed forms of texts beside them: `index.html.gz`, `index.html.br`.
//!
//! A form belongs to exactly the bytes it was made from: one that is carried
//! over was published together with the file it belongs to, which is carried over too.

use crate::compress::{self, Effort};

use super::error::{Doing, WriteError};
use super::media::is_text;
use super::staging::Staging;
use super::tree::Progress;
use super::{Content, OutputPath};

/// A smaller file costs as much to send: one packet.
const SMALLEST: u64 = 1024;
/// A larger text is no page, and would take long.
const LARGEST: u64 = 32 << 20;

/// Makes bytes smaller.
type Smaller = fn(&[u8]) -> Vec<u8>;

/// The endings of the forms, and how each is made.
const FORMS: [(&str, Smaller); 2] = [("gz", |bytes| compress::gzip(bytes, Effort::Best)), ("br", compress::brotli)];

impl Staging {
    /// Puts a file like [`Staging::put`] and, if it is a text, beside it each
    /// compressed form that is smaller. A form whose name is `taken` by another
    /// file of the site is left to that file.
    pub fn put_compressed(
        &self,
        path: &OutputPath,
        content: Content,
        taken: impl Fn(&str) -> bool,
    ) -> Result<(), WriteError> {
        let progress = self.put_one(path, content)?;
        let (Progress::Unchanged(record) | Progress::Written(record)) = progress else { return Ok(()) };
        if !is_text(path.as_str()) || !(SMALLEST..=LARGEST).contains(&record.size) {
            return Ok(());
        }
        let is_unchanged = matches!(progress, Progress::Unchanged(_));
        let mut bytes = None;
        for (ending, small) in FORMS {
            let Ok(form) = OutputPath::new(&format!("{path}.{ending}")) else { continue };
            if taken(form.as_str()) || (is_unchanged && self.carry_over(&form)?) {
                continue;
            }
            let bytes = match &mut bytes {
                Some(bytes) => bytes,
                // Read from where it was just put, so the form is that of the file, whatever became of its source.
                none => none.insert(self.read(path, is_unchanged)?),
            };
            let small = small(bytes);
            if small.len() < bytes.len() {
                self.put_one(&form, Content::Bytes(small))?;
            }
        }
        Ok(())
    }

    /// Keeps a published file as it is. Tells whether there is one.
    fn carry_over(&self, path: &OutputPath) -> Result<bool, WriteError> {
        let Some(record) = self.published_record(path).filter(|record| self.is_published(path, *record)) else {
            return Ok(false);
        };
        self.tree.reserve(path)?;
        self.tree.note(path, Progress::Unchanged(record));
        Ok(true)
    }

    /// What was just put.
    fn read(&self, path: &OutputPath, is_unchanged: bool) -> Result<Vec<u8>, WriteError> {
        let folder = if is_unchanged { &self.folders.published } else { &self.folders.spare };
        let place = folder.join(path.as_str());
        std::fs::read(&place).map_err(Doing::Read.failed(&place))
    }
}
