//! The order in which lists show things, worked out once for all pages.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check::performance::{Behind, behind};
use crate::portal::{DepartmentId, ItemId, Portal};
use crate::search::Sounds;

/// One entry of the list of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day.
    pub date: Date,
    /// The item.
    pub item: ItemId,
    /// The position in its 变更记录.
    pub position: usize,
}

/// Items and changes in the order of lists.
#[derive(Debug, Default)]
pub struct Listings {
    /// All items by the first letter of their everyday name.
    pub by_letter: Vec<(char, ItemId)>,
    /// All changes up to the day of the build, newest first.
    pub changes: Vec<Change>,
    /// Items of the public catalogue: all that are open, by department and name.
    pub catalogue: Vec<ItemId>,
    /// The part of the catalogue that belongs to a department.
    pub catalogue_of: BTreeMap<DepartmentId, Vec<ItemId>>,
    /// The items behind the figures of 效能公开.
    pub behind: BTreeMap<Behind, Vec<ItemId>>,
}

/// How names sort, as far as it was worked out before.
#[derive(Debug, Default)]
pub(super) struct Sorting {
    sounds: Option<Sounds>,
    keys: HashMap<String, Arc<str>>,
}

impl Sorting {
    /// The key by which a name sorts.
    fn key(&mut self, name: &str) -> Arc<str> {
        if let Some(key) = self.keys.get(name) {
            return Arc::clone(key);
        }
        let key: Arc<str> = sort_key(name, self.sounds.get_or_insert_with(Sounds::new)).into();
        self.keys.insert(name.to_owned(), Arc::clone(&key));
        key
    }
}

impl Listings {
    /// Works the orders out.
    pub(super) fn new(portal: &Portal, sorting: &mut Sorting) -> Self {
        let ids: Vec<ItemId> = portal.indexes.by_department.iter().flatten().copied().collect();
        let mut keyed: Vec<(Arc<str>, ItemId)> =
            ids.iter().map(|id| (sorting.key(portal.item(*id).everyday_name()), *id)).collect();
        keyed.sort();
        let by_letter = keyed.into_iter().map(|(key, id)| (letter(&key), id)).collect();
        let mut changes: Vec<Change> = ids
            .iter()
            .flat_map(|id| {
                let records = portal.item(*id).facts.changes.iter().enumerate();
                records.map(|(position, change)| Change { date: change.date.date(), item: *id, position })
            })
            .filter(|change| change.date <= portal.as_of)
            .collect();
        changes.sort_by(|a, b| (b.date, a.item, a.position).cmp(&(a.date, b.item, b.position)));
        let mut catalogue = Vec::new();
        let mut catalogue_of = BTreeMap::new();
        for id in ids.into_iter().filter(|id| portal.item(*id).status.is_open()) {
            catalogue.push(id);
            catalogue_of.entry(portal.item(id).department).or_insert_with(Vec::new).push(id);
        }
        let behind = behind(portal, &catalogue);
        Listings { by_letter, changes, catalogue, catalogue_of, behind }
    }
}

/// The pinyin of a name without tones, for sorting; other text as it is.
pub(super) fn sort_key(name: &str, sounds: &Sounds) -> String {
    let mut key = String::with_capacity(name.len() * 2);
    for (c, pinyin) in name.chars().zip(sounds.read(name)) {
        match pinyin {
            Some(pinyin) => key.push_str(pinyin),
            None if c.is_alphanumeric() => key.extend(c.to_lowercase()),
            None => continue,
        }
        key.push(' ');
    }
    key
}

fn letter(key: &str) -> char {
    match key.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase(),
        _ => '#',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_their_sound() {
        let sounds = Sounds::new();
        let key = |name: &str| sort_key(name, &sounds);
        assert!(key("办退休") < key("开饭店"));
        assert_eq!(letter(&key("开饭店")), 'K');
        assert_eq!(letter(&key("会计师考试")), 'K', "as the word is read");
        assert_eq!(letter(&key("ETC 办理")), 'E');
        assert_eq!(letter(&key("“一件事”")), 'Y');
    }
}
