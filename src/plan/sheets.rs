//! The pages for paper: the 一次性告知书 of each item, and the booklets (告知书汇编) of departments.

use crate::plan::pages::{Draft, numbered};
use crate::plan::{Output, Page};
use crate::portal::{Case, CaseId, DepartmentId, Item, ItemId, ItemStatus, Portal, paths};

/// The folder of a sheet below the page it belongs to.
const FOLDER: &str = "notice/";

/// The folder of a booklet below the page of its department.
const BOOKLET: &str = "notices/";

/// How many sheets a volume of a booklet has: as many as a page may weigh.
pub const VOLUME: usize = 8;

/// Whether an item has a sheet: nobody should take one home for what cannot be applied for.
pub fn has_sheet(item: &Item) -> bool {
    !matches!(item.status, ItemStatus::Cancelled | ItemStatus::Paused)
}

/// The site path of the sheet of the page of an item or a case.
pub fn path(page: &str) -> String {
    format!("{page}{FOLDER}")
}

/// The items of a department that have a sheet, in the order of its page.
pub fn of_department(portal: &Portal, id: DepartmentId) -> Vec<ItemId> {
    portal.indexes.by_department[id.index()].iter().copied().filter(|id| has_sheet(portal.item(*id))).collect()
}

/// The site path of the booklet of a department.
pub fn booklet_path(portal: &Portal, id: DepartmentId) -> String {
    format!("{}{BOOKLET}", portal.department(id).path())
}

/// The sheet of an item and one for each result of its questions. Where there is none, its address leads to the item, which says why.
pub(super) fn outputs(id: ItemId, item: &Item, cases: &[(CaseId, Case<'_>)]) -> Vec<(String, Output)> {
    let output = match has_sheet(item) {
        true => Output::Page(Page::NoticeSheet(id, None)),
        false => Output::Redirect { to: item.path(), name: item.everyday_name().to_owned() },
    };
    let mut outputs = vec![(path(&item.path()), output)];
    if has_sheet(item) && item.status.is_open() {
        let results = cases.iter().filter(|(_, found)| found.is_result());
        let sheet = |(case, found): &(CaseId, Case<'_>)| {
            (path(&found.path()), Output::Page(Page::NoticeSheet(id, Some(*case))))
        };
        outputs.extend(results.map(sheet));
    }
    outputs
}

/// Plans the booklet of a department.
pub(super) fn plan_booklet(draft: &mut Draft<'_>, id: DepartmentId) {
    let portal = draft.portal;
    let length = of_department(portal, id).len();
    for number in 1..=length.div_ceil(VOLUME) {
        let path = numbered(&booklet_path(portal, id), number);
        draft.add(&path, Output::Page(Page::Booklet(id, number)), portal.department(id).file);
    }
}

/// Leads on from the sheets of items and the booklets of departments that moved. Only the address
/// of the item or the department is written in `redirects.yaml`, and what is for paper goes with it.
pub(super) fn lead_on(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let Some(file) = portal.redirects_file else { return };
    for one in &portal.redirects {
        let (old, new) = (one.from.trim(), one.to.trim());
        let Some(folder) = folder_below(old) else { continue };
        let (old_paper, new_paper) = (format!("{old}{folder}"), format!("{new}{folder}"));
        if draft.leads_to(old).is_some() && !draft.has(&old_paper) && draft.has(&new_paper) {
            let name = one.reason.clone().unwrap_or_default();
            draft.add(&old_paper, Output::Redirect { to: draft.end_of(&new_paper), name }, file);
        }
    }
}

/// Whether an address is that of a sheet or a booklet. It lives as long as the page it is below, so nobody keeps it.
pub(super) fn is_for_paper(path: &str) -> bool {
    [FOLDER, BOOKLET]
        .into_iter()
        .any(|folder| path.strip_suffix(folder).is_some_and(|above| folder_below(above) == Some(folder)))
}

/// The folder of what is for paper below the address of an item, a case or a department.
fn folder_below(path: &str) -> Option<&'static str> {
    let is_named = |rest: &str| rest.len() > 1 && rest.ends_with('/');
    let (folder, _) = [(FOLDER, paths::ITEMS), (BOOKLET, paths::DEPARTMENTS)]
        .into_iter()
        .find(|(_, above)| path.strip_prefix(above).is_some_and(is_named))?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::is_for_paper;

    #[test]
    fn what_is_for_paper_is_known_by_its_address() {
        for path in ["/items/a/notice/", "/items/a/case/who-self/notice/", "/departments/a/notices/"] {
            assert!(is_for_paper(path), "{path}");
        }
        for other in [
            "/items/notice/",
            "/items/a/",
            "/notices/a/",
            "/items/a-notice/",
            "/departments/a/notice/",
            "/departments/notices/",
        ] {
            assert!(!is_for_paper(other), "{other}");
        }
    }
}
