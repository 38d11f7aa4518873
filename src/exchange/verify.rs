//! What a portal would say of the new texts, before any is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Finding, Findings, Severity};
use crate::exchange::changes::Prepared;
use crate::load::{self, Loaded};
use crate::pipeline::{self, Error, Input, Memory};
use crate::source::SourceTree;

/// Runs the checks over the portal as it is and as it would be, and gives the findings that are
/// new, with the files they name. They name the cells that are to blame where there are such.
///
/// # Errors
///
/// When the content folder cannot be read.
pub fn verify(input: &Input, prepared: &mut Prepared) -> Result<(SourceTree, Findings), Error> {
    let input = Input { drafts: true, ..input.clone() };
    let load = || load::load(&input.root).map_err(|error| Error::Content(input.root.clone(), error));
    let mut memory = Memory::default();
    let before = pipeline::check_loaded(load()?, &input, &mut memory);
    let key = |finding: &Finding, tree: &SourceTree| {
        (finding.code.id, tree.file(finding.place.file).path.clone(), finding.message.zh.clone())
    };
    let known: BTreeSet<_> = before.findings.iter().map(|finding| key(finding, &before.tree)).collect();
    let mut loaded = load()?;
    put_texts(&mut loaded, prepared);
    let mut after = pipeline::check_loaded(loaded, &input, &mut memory);
    let new: Vec<Finding> = after
        .findings
        .into_iter()
        .filter(|finding| finding.severity >= Severity::Warning && !known.contains(&key(finding, &after.tree)))
        .collect();
    let findings = prepared.name_cells(new, &mut after.tree);
    Ok((after.tree, Findings::from(findings)))
}

fn put_texts(loaded: &mut Loaded, prepared: &Prepared) {
    let places: BTreeMap<String, usize> =
        loaded.tree.files.iter().enumerate().map(|(n, file)| (file.path.clone(), n)).collect();
    for changed in &prepared.documents {
        let Some(text) = &changed.text else { continue };
        match places.get(&changed.path) {
            Some(&n) => loaded.tree.files[n].text = text.as_str().into(),
            None => {
                loaded.tree.add_text(&changed.path, &text.as_str().into());
            }
        }
    }
}
