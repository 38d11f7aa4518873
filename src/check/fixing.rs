//! Makes the repairs that findings carry, in memory.
//!
//! A repair is made whole or not at all; of two that touch the same place the
//! first is made, the other comes with the next round. A text that could be read
//! can be read afterwards, or the file stays as it is.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::codes;
use crate::load::Loaded;
use crate::printing::{LocatedFinding, LocatedFix};
use crate::source::FileId;
use crate::yaml::{front_matter, scalars};

/// A file that repairs change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// Its path from the root folder.
    pub path: String,
    /// What it held, without a byte order mark.
    pub before: Arc<str>,
    /// What it holds now.
    pub after: Arc<str>,
    /// Whether it was not there before.
    pub is_new: bool,
    /// Whether it began with a byte order mark, which is gone.
    pub lost_mark: bool,
    /// How many places were repaired.
    pub places: usize,
}

/// Makes the repairs of these findings in the loaded files. Tells for each file that
/// changed whether its mark went, and how many places were repaired.
pub fn fix(loaded: &mut Loaded, findings: &[LocatedFinding]) -> BTreeMap<FileId, (bool, usize)> {
    let mut by_file: BTreeMap<FileId, Vec<&LocatedFix>> = BTreeMap::new();
    for finding in findings {
        if let Some(fix) = &finding.fix {
            by_file.entry(finding.spot.file).or_default().push(fix);
        }
    }
    let mut fixed = BTreeMap::new();
    for (id, fixes) in by_file {
        let Some(file) = loaded.tree.files.get_mut(id.index()) else { continue };
        let (after, places) = repaired(&file.text, &fixes);
        let lost_mark = fixes.contains(&&LocatedFix::NoMark);
        let is_kept = after != *file.text && reads_as_before(&file.path, &file.text, &after);
        if is_kept {
            file.text = after.into();
        }
        if lost_mark {
            let is_mark = |code: &str, at: FileId| code == codes::SR02.id && at == id;
            let others = std::mem::take(&mut loaded.findings).into_vec().into_iter();
            loaded.findings = others.filter(|one| !is_mark(one.code.id, one.place.file)).collect::<Vec<_>>().into();
        }
        if is_kept || lost_mark {
            fixed.insert(id, (lost_mark, usize::from(lost_mark) + if is_kept { places } else { 0 }));
        }
    }
    fixed
}

/// The text with the repairs made that do not touch each other, and at how many places.
fn repaired(text: &str, fixes: &[&LocatedFix]) -> (String, usize) {
    let mut taken: BTreeMap<usize, (Range<usize>, &str)> = BTreeMap::new();
    for fix in fixes {
        let LocatedFix::Edits(edits) = fix else { continue };
        let is_free = |range: &Range<usize>| {
            let before = taken.range(..=range.end).next_back();
            before.is_none_or(|(_, (other, _))| other.end < range.start || other == range)
        };
        if edits.iter().all(|(part, _)| is_free(&part.range)) {
            for (part, new) in edits {
                taken.entry(part.range.start).or_insert((part.range.clone(), new));
            }
        }
    }
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in taken.values() {
        if range.start < at || text.get(at..range.start).is_none() || text.get(range.clone()).is_none() {
            continue;
        }
        after.push_str(&text[at..range.start]);
        after.push_str(new);
        at = range.end;
    }
    after.push_str(&text[at..]);
    (after, taken.len())
}

/// Whether the YAML of a file can be read after a repair if it could be before.
fn reads_as_before(path: &str, before: &str, after: &str) -> bool {
    let yaml = |text: &str| -> Option<Range<usize>> {
        if path.ends_with(".md") { front_matter(text) } else { Some(0..text.len()) }
    };
    let count = |text: &str| yaml(text).and_then(|range| scalars(&text[range])).map(|scalars| scalars.len());
    count(before).is_none_or(|_| count(after).is_some())
}
