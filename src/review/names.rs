//! What ids stand for: a law's slug is shown as the law's name.

use std::collections::BTreeMap;

use crate::portal::Portal;

/// The names of everything that is referred to by an id.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_key: BTreeMap<(Target, String), String>,
}

/// What an id is looked up among.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Law,
    Material,
    Place,
    Department,
    Item,
}

impl Names {
    /// The names of one state.
    pub(super) fn of(portal: Option<&Portal>) -> Names {
        let mut names = Names::default();
        let Some(portal) = portal else { return names };
        let mut add = |target, id: &str, name: &str| {
            names.by_key.insert((target, id.to_owned()), name.to_owned());
        };
        for law in &portal.laws {
            add(Target::Law, &law.id, law.facts.short_name.as_deref().unwrap_or(&law.facts.name));
        }
        for material in &portal.materials {
            add(Target::Material, &material.id, &material.facts.name);
        }
        for place in &portal.places {
            add(Target::Place, &place.id, &place.facts.name);
        }
        for department in &portal.departments {
            add(Target::Department, &department.id, &department.facts.short_name);
        }
        for item in &portal.items {
            add(Target::Item, &item.slug, item.everyday_name());
        }
        names
    }

    /// What the value of a key stands for; itself if it is no id that is known.
    pub(super) fn shown(&self, key: &str, id: &str) -> String {
        let target = match key {
            "法律" | "代替者" => Target::Law,
            "引用" => Target::Material,
            "地点" | "默认地点" => Target::Place,
            "部门" | "牵头部门" => Target::Department,
            "事项" | "接替事项" | "相关事项" | "首页常办" | "办理事项" => Target::Item,
            _ => return id.to_owned(),
        };
        self.by_key.get(&(target, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
    }
}
