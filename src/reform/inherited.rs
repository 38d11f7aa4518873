//! What items take from their department, and is another after they moved.

use crate::diagnostics::Words;
use crate::model::terms::Term;
use crate::portal::{Item, Portal};

/// How each of these items reads otherwise after the reform, because its department says something else.
/// Items that change alike are told together.
pub fn inherited(before: &Portal, after: &Portal, moved: &[(String, String)]) -> Vec<Words> {
    let mut told: Vec<Told> = Vec::new();
    for (old, new) in moved {
        let (Some(old), Some(new)) = (before.item_named(old), after.item_named(new)) else { continue };
        let (old, new) = (before.item(old), after.item(new));
        for (name, of) in FIELDS {
            let (was, is) = (of(before, old), of(after, new));
            if was == is {
                continue;
            }
            let item = new.everyday_name().to_owned();
            match told.iter_mut().find(|one| one.name == *name && one.was == was && one.is == is) {
                Some(one) => one.items.push(item),
                None => told.push(Told { name: *name, was, is, items: vec![item] }),
            }
        }
    }
    let words = |Told { name: (zh, en), was, is, items }| {
        Words::new(
            format!("{zh}随部门，由“{was}”变成“{is}”，请核对：{}", items.join("、")),
            format!("{en} comes from the department and was `{was}`, is `{is}` now: {}", items.join(", ")),
        )
    };
    told.into_iter().map(words).collect()
}

/// A field that some items show otherwise.
struct Told {
    name: (&'static str, &'static str),
    was: String,
    is: String,
    items: Vec<String>,
}

/// A field of an item as it is shown.
type Shown = fn(&Portal, &Item) -> String;

/// The fields that departments hand down, with their names.
const FIELDS: &[((&str, &str), Shown)] = &[
    (("行使层级", "the level"), |_, item| item.level.name().to_owned()),
    (("咨询电话", "the phone"), |_, item| joined(&item.consult_phones)),
    (("监督电话", "the phone for complaints"), |_, item| joined(&item.complaint_phones)),
    (("行政复议机关", "the reviewing authority"), |_, item| {
        item.review.as_ref().map(|review| review.authority.clone()).unwrap_or_default()
    }),
    (("行政诉讼法院", "the court"), |_, item| {
        item.litigation.as_ref().map(|litigation| litigation.court.clone()).unwrap_or_default()
    }),
    (("办理地点", "the place"), |portal, item| {
        let names: Vec<&str> = item.places.iter().map(|place| &*portal.place(place.place).facts.name).collect();
        names.join("、")
    }),
];

fn joined<T: ToString>(list: &[T]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}
