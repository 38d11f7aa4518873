//! The order of a bundle's items: what waits for what.

use crate::model::terms::BundleRelation;
use crate::portal::{Bundle, ItemId, ItemStatus, Portal};

/// One item of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The position in 事项.
    pub position: usize,
    /// 顺序.
    pub order: u8,
    /// 必办, 选办 or 任选其一.
    pub relation: BundleRelation,
    /// Whether it can be applied for: what is paused or cancelled does not count.
    pub is_open: bool,
    /// What must be done before, directly or not, as positions in [`Order::entries`].
    pub before: Vec<usize>,
}

/// Which items are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Only what everybody does: 必办, and one of each 任选其一.
    Needed,
    /// What may be done (选办) as well.
    All,
}

/// The items of a bundle in the order in which they are done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// By 顺序, then as they are written.
    pub entries: Vec<Entry>,
    /// The item of each entry.
    pub items: Vec<ItemId>,
}

impl Order {
    /// The order of a bundle.
    ///
    /// An item waits for those its 先办 names, else for all of a lower 顺序. Names of
    /// items that are not before it count for nothing; rule BD03 reports them.
    pub fn of(portal: &Portal, bundle: &Bundle) -> Self {
        let mut sorted = bundle.items.clone();
        sorted.sort_by_key(|(position, _)| (bundle.facts.items[*position].order, *position));
        let items: Vec<ItemId> = sorted.iter().map(|(_, item)| *item).collect();
        let mut entries: Vec<Entry> = sorted
            .iter()
            .map(|(position, item)| Entry {
                position: *position,
                order: bundle.facts.items[*position].order,
                relation: bundle.facts.items[*position].relation,
                is_open: !matches!(portal.item(*item).status, ItemStatus::Paused | ItemStatus::Cancelled),
                before: Vec::new(),
            })
            .collect();
        for n in 0..entries.len() {
            let named = &bundle.facts.items[entries[n].position].after;
            let is_named =
                |m: usize| named.is_empty() || named.iter().any(|slug| slug.as_str() == portal.item(items[m]).slug);
            let direct = (0..n).filter(|&m| entries[m].order < entries[n].order && is_named(m));
            // What is before something that is before it is before it as well, also if that is not done.
            let mut before: Vec<usize> =
                direct.flat_map(|m| entries[m].before.iter().copied().chain([m]).collect::<Vec<_>>()).collect();
            before.sort_unstable();
            before.dedup();
            entries[n].before = before;
        }
        Order { entries, items }
    }

    /// The groups of alternatives: those of one 顺序, as positions in the entries.
    pub fn choices(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (n, entry) in self.entries.iter().enumerate() {
            if !entry.is_open || entry.relation != BundleRelation::Alternative {
                continue;
            }
            match groups.last_mut().filter(|group| self.entries[group[0]].order == entry.order) {
                Some(group) => group.push(n),
                None => groups.push(vec![n]),
            }
        }
        groups
    }

    /// The entries that are done; of alternatives the one of the greatest weight, and the first of equals.
    pub fn done(&self, wanted: Wanted, weights: &[u64]) -> Vec<usize> {
        let heaviest = |group: &Vec<usize>| group.iter().copied().rev().max_by_key(|&n| weights[n]);
        let chosen: Vec<usize> = self.choices().iter().filter_map(heaviest).collect();
        let is_done = |n: &usize| {
            let entry = &self.entries[*n];
            entry.is_open
                && match entry.relation {
                    BundleRelation::Always => true,
                    BundleRelation::Optional => wanted == Wanted::All,
                    BundleRelation::Alternative => chosen.contains(n),
                }
        };
        (0..self.entries.len()).filter(is_done).collect()
    }
}
