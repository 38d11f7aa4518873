//! The last step: completing the spare and exchanging it with the published site.
//!
//! Up to the exchange only the spare is touched, so every error before it
//! leaves the published site alone. It renders nothing and checks no content.

use std::collections::HashMap;

use rayon::prelude::*;

use super::WriteReport;
use super::error::{Doing, WriteError};
use super::exchange::exchange;
use super::file::share;
use super::folders::Folders;
use super::manifest::{self, Manifest, Record};
use super::staging::{Spare, Staging};
use super::tree::{Names, Progress, Tree, remove_all};

impl Staging {
    /// Publishes what was put, and only that.
    ///
    /// When the published folder already holds exactly this, it is left alone.
    /// An error leaves it alone too.
    pub fn publish(mut self) -> Result<WriteReport, WriteError> {
        let names = std::mem::take(&mut self.tree).into_names();
        let records = finished(&names)?;
        let mut report = count(&names, self.published.as_ref());
        if self.published.is_some() && report.written == 0 && report.removed == 0 {
            report.removed = names.strays(&self.folders.published)?.len();
            if report.removed == 0 {
                return Ok(report);
            }
        }
        let begun = self.begin()?;
        let names = share_unchanged(names, &self.folders)?;
        let spare = &self.folders.spare;
        if begun == Spare::Used {
            remove_all(&names.strays(spare)?)?;
        }
        manifest::write(spare, &records).map_err(Doing::Write.failed(spare))?;
        exchange(&self.folders).map_err(Doing::Exchange.failed(&self.folders.published))?;
        // The new release is out. A mark that stays does no harm: the next
        // build takes it away.
        let _ = manifest::unmark(&self.folders.published);
        Ok(report)
    }
}

/// What every file holds, if every file was finished.
fn finished(names: &Names) -> Result<HashMap<String, Record>, WriteError> {
    let unfinished = names.files.iter().filter(|(_, progress)| **progress == Progress::Begun);
    if let Some((path, _)) = unfinished.min_by_key(|(path, _)| *path) {
        return Err(WriteError::Unfinished(path.clone()));
    }
    let record = |progress: &Progress| match progress {
        Progress::Begun => None,
        Progress::Unchanged(record) | Progress::Written(record) => Some(*record),
    };
    Ok(names.files.iter().filter_map(|(path, p)| Some((path.clone(), record(p)?))).collect())
}

/// Counts what will have been done.
fn count(names: &Names, published: Option<&Manifest>) -> WriteReport {
    let mut report = WriteReport::default();
    names.files.values().for_each(|progress| match progress {
        Progress::Begun => {}
        Progress::Unchanged(_) => report.unchanged += 1,
        Progress::Written(record) => {
            report.written += 1;
            report.bytes += record.size;
        }
    });
    if let Some(manifest) = published {
        let gone = manifest.files.keys().filter(|path| !names.files.contains_key(*path));
        report.removed = gone.count();
    }
    report
}

/// Gives the spare every file that did not change.
fn share_unchanged(names: Names, folders: &Folders) -> Result<Names, WriteError> {
    let unchanged: Vec<String> = names
        .files
        .iter()
        .filter(|(_, progress)| matches!(progress, Progress::Unchanged(_)))
        .map(|(path, _)| path.clone())
        .collect();
    let tree = Tree::from_names(names);
    unchanged.par_iter().try_for_each(|path| {
        tree.make_folder_of(path, &folders.spare)?;
        let to = folders.spare.join(path);
        share(&folders.published.join(path), &to).map_err(Doing::Link.failed(&to))
    })?;
    Ok(tree.into_names())
}
