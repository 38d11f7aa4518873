//! The pages of cases (情形), and what becomes of the addresses of those that are no more.

use crate::plan::pages::Draft;
use crate::plan::{Output, Page};
use crate::portal::{Case, CaseId, Item, ItemId, paths};

/// A page for every case of an item. One that cannot be applied for leads
/// from all of them to its own page, which says so.
pub(super) fn outputs<'a>(
    id: ItemId,
    item: &'a Item,
    cases: &'a [(CaseId, Case<'_>)],
) -> impl Iterator<Item = (String, Output)> + 'a {
    cases.iter().map(move |(case, found)| match item.status.is_open() {
        true => (found.path(), Output::Page(Page::Case(id, *case))),
        false => (found.path(), to_item(item)),
    })
}

/// What leads to the page of an item.
fn to_item(item: &Item) -> Output {
    Output::Redirect { to: item.path(), name: item.everyday_name().to_owned() }
}

/// Leads on from the cases of the last release that are no more: a question was dropped, an answer
/// renamed. The answers that still are some lead as far as they go, and else to the item. Nobody
/// could write that many redirects by hand, and nothing else could be meant.
///
/// `urls.lock` names results only: the addresses above one are those of the same answers, begun.
pub(super) fn lead_on(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let Some(file) = portal.release.file else { return };
    for one in &portal.release.lock.addresses {
        let Some((of, answers)) = item_and_answers(&one.path) else { continue };
        // Where the item itself is lost, its address has the finding, and decides once it leads somewhere.
        if !draft.has(of) {
            continue;
        }
        let end = draft.end_of(of);
        let item = slug(&end).and_then(|slug| portal.item_named(slug)).map(|id| portal.item(id));
        let begun = answers.match_indices('/').map(|(end, _)| &answers[..=end]);
        for answers in begun {
            let path = format!("{of}{FOLDER}{answers}");
            if draft.has(&path) {
                continue;
            }
            let (to, name) = match item {
                Some(item) => (still(item, answers), item.everyday_name().to_owned()),
                None => (end.clone(), String::new()),
            };
            draft.add(&path, Output::Redirect { to, name }, file);
        }
    }
}

/// The folder of an item's cases.
const FOLDER: &str = "case/";

/// The address of the item and the answers of the address of a case.
pub fn item_and_answers(path: &str) -> Option<(&str, &str)> {
    let at = path.match_indices('/').nth(2)?.0 + 1;
    let (of, rest) = path.split_at(at);
    slug(of)?;
    rest.strip_prefix(FOLDER).filter(|answers| answers.ends_with('/')).map(|answers| (of, answers))
}

fn slug(path: &str) -> Option<&str> {
    path.strip_prefix(paths::ITEMS)?.strip_suffix('/').filter(|slug| !slug.contains('/'))
}

/// Where answers lead that an item may not know any more: `kind-new/who-self/`.
fn still(item: &Item, answers: &str) -> String {
    let given: Vec<&str> = answers.split_terminator('/').collect();
    let case = item.case_of(|question| {
        let mine = |answer: &&(String, String)| given.contains(&format!("{}-{}", question.id, answer.0).as_str());
        question.answers.0.iter().find(mine).map(|(id, _)| id.as_str())
    });
    let has_page = item.status.is_open() && !case.way.is_empty() && item.has_cases();
    if has_page { case.path() } else { item.path() }
}

#[cfg(test)]
mod tests {
    use super::item_and_answers;

    #[test]
    fn an_address_of_a_case_is_that_of_the_item_and_answers() {
        let found = item_and_answers("/items/a/case/who-self/kind-new/");
        assert_eq!(found, Some(("/items/a/", "who-self/kind-new/")));
        for other in ["/items/a/", "/items/a/case/", "/items/a/case", "/laws/a/case/b/", "/items/a/file.pdf", "/", "x"]
        {
            assert_eq!(item_and_answers(other), None, "{other}");
        }
    }
}
