//! What the possible answers of 情形引导 add up to.

use crate::model::terms::Necessity;
use crate::portal::{Item, meets, ways};
use crate::schema::item_material::Material;

/// The fewest and the most materials any way through the questions asks for.
///
/// A material that is not always needed (非必要) counts only toward the most.
pub(super) fn material_counts(item: &Item, list: &[Material]) -> (usize, usize) {
    let mut least = usize::MAX;
    let mut most = 0;
    for way in ways(item) {
        let asked = list.iter().filter(|material| meets(&way, &material.when));
        let (sure, all) = asked.fold((0, 0), |(sure, all), material| {
            (sure + usize::from(material.necessity.get() != Some(Necessity::Conditional)), all + 1)
        });
        least = least.min(sure);
        most = most.max(all);
    }
    if least > most { (list.len(), list.len()) } else { (least, most) }
}
