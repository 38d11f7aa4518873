//! The outputs of items, which are most of a plan and are therefore made side by side.

use std::sync::Arc;

use rayon::prelude::*;

use crate::output::OutputPath;
use crate::plan::pages::Draft;
use crate::plan::{Data, Feed, OpenFile, Output, Page, cases, file_of, sheets};
use crate::portal::{Item, ItemId, Portal, paths};
use crate::source::FileId;

/// Plans everything of all items.
pub(super) fn plan(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let items: Vec<(ItemId, &Arc<Item>)> = portal.item_ids().collect();
    let placed: Option<Vec<Vec<_>>> = items.par_iter().map(|(id, item)| placed(portal, *id, item)).collect();
    let is_added = placed.is_some_and(|placed| draft.add_all(placed.into_iter().flatten().collect()));
    if !is_added {
        // One address is none, or there twice: added one after another they tell which.
        for (id, item) in &items {
            for (path, output) in outputs(portal, *id, item) {
                draft.add(&path, output, item.file);
            }
        }
    }
    for (_, item) in items {
        code(draft, item);
    }
}

/// The outputs of an item at their paths; nothing if one of them is no path.
fn placed(portal: &Portal, id: ItemId, item: &Item) -> Option<Vec<(OutputPath, (Output, FileId))>> {
    let place = |(path, output): (String, Output)| Some((OutputPath::new(&file_of(&path)).ok()?, (output, item.file)));
    outputs(portal, id, item).into_iter().map(place).collect()
}

/// The outputs of an item with their site paths.
fn outputs(portal: &Portal, id: ItemId, item: &Item) -> Vec<(String, Output)> {
    let found = item.cases();
    let mut outputs = vec![(item.path(), Output::Page(Page::Item(id)))];
    outputs.extend(cases::outputs(id, item, &found));
    outputs.extend(sheets::outputs(id, item, &found));
    let feed = Feed::Item(id);
    outputs.push((feed.path(portal), Output::Data(Data::Feed(feed))));
    let open = [OpenFile::Item(id), OpenFile::ItemCpsv(id)];
    outputs.extend(open.map(|file| (file.path(portal), Output::Data(Data::Open(file)))));
    let files = item.files.iter().map(|file| (item.file_path(&file.name), Output::Copy(file.source.clone())));
    outputs.extend(files);
    outputs
}

/// Leads from the code of an item to its page.
fn code(draft: &mut Draft<'_>, item: &Item) {
    let Some(code) = item.code() else { return };
    let redirect = Output::Redirect { to: item.path(), name: item.everyday_name().to_owned() };
    // Two items with one code have a finding of their own (ID02).
    let path = paths::below(paths::CODES, &code);
    if !draft.has(&path) {
        draft.add(&path, redirect, item.file);
    }
}
