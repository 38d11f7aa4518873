//! Items by what they belong to, so that no later stage has to search.

use std::sync::Arc;

use crate::portal::{Department, Item, ItemId, Law, Place, SharedMaterial, Topic};

/// Items by department, law, material, place and topic; each list in slug order.
#[derive(Debug, Default)]
pub struct Indexes {
    /// Items of each department.
    pub by_department: Vec<Vec<ItemId>>,
    /// Items that rest on each law.
    pub by_law: Vec<Vec<ItemId>>,
    /// Items that ask for each shared material.
    pub by_material: Vec<Vec<ItemId>>,
    /// Items handled at each place.
    pub by_place: Vec<Vec<ItemId>>,
    /// Items of each topic.
    pub by_topic: Vec<Vec<ItemId>>,
}

impl Indexes {
    /// Sorts the items into the lists.
    pub(in crate::portal) fn new(
        items: &[Arc<Item>],
        departments: &[Department],
        laws: &[Law],
        materials: &[SharedMaterial],
        places: &[Place],
        topics: &[Topic],
    ) -> Self {
        let mut indexes = Indexes {
            by_department: vec![Vec::new(); departments.len()],
            by_law: vec![Vec::new(); laws.len()],
            by_material: vec![Vec::new(); materials.len()],
            by_place: vec![Vec::new(); places.len()],
            by_topic: vec![Vec::new(); topics.len()],
        };
        for (n, item) in items.iter().enumerate() {
            let id = ItemId::issue(n);
            indexes.by_department[item.department.index()].push(id);
            for basis in &item.basis {
                push_once(&mut indexes.by_law[basis.law.index()], id);
            }
            for material in item.materials.iter().filter_map(|material| material.shared) {
                push_once(&mut indexes.by_material[material.index()], id);
            }
            for place in &item.places {
                push_once(&mut indexes.by_place[place.place.index()], id);
            }
            for topic in &item.topics {
                push_once(&mut indexes.by_topic[topic.index()], id);
            }
        }
        indexes
    }
}

impl Indexes {
    /// Whether two states of an item stand in the same lists.
    pub(in crate::portal) fn are_alike(one: &Item, other: &Item) -> bool {
        one.department == other.department
            && one.topics == other.topics
            && one.basis.iter().map(|basis| basis.law).eq(other.basis.iter().map(|basis| basis.law))
            && one.places.iter().map(|place| place.place).eq(other.places.iter().map(|place| place.place))
            && one.materials.iter().map(|material| material.shared).eq(other.materials.iter().map(|one| one.shared))
    }
}

/// Items come in order, so one that is already there is the last.
fn push_once(list: &mut Vec<ItemId>, id: ItemId) {
    if list.last() != Some(&id) {
        list.push(id);
    }
}
