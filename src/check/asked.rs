//! What an item asks people for, as several rules see it.

use std::hash::{Hash, Hasher};

use crate::portal::{Item, Material};
use crate::schema;
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::Ordered;
use crate::source::FieldPath;

/// A material of an item: what is written, and what is known after a shared one is filled in.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Asked<'a> {
    /// What the item itself writes.
    pub entry: &'a schema::item_material::Material,
    /// With what the shared material states.
    pub resolved: &'a Material,
}

impl<'a> Asked<'a> {
    /// 材料名称.
    pub(in crate::check) fn name(&self) -> &'a str {
        &self.resolved.facts.name
    }

    /// Where it is written.
    pub(in crate::check) fn path(&self) -> FieldPath {
        FieldPath::root().key("申请材料").index(self.resolved.position)
    }

    /// Where its name is written: under 名称, or under 引用 if the shared material names it.
    pub(in crate::check) fn name_path(&self) -> FieldPath {
        self.path().key(if self.entry.name.is_some() { "名称" } else { "引用" })
    }
}

/// The materials of an item.
pub(in crate::check) fn asked(item: &Item) -> impl Iterator<Item = Asked<'_>> {
    let entries = match &item.facts.materials {
        MaterialsEntry::List(list) => list.as_slice(),
        MaterialsEntry::None(_) | MaterialsEntry::NotYet(_) => &[],
    };
    item.materials.iter().filter_map(|resolved| Some(Asked { entry: entries.get(resolved.position)?, resolved }))
}

/// Whether two conditions on situations can never hold together.
pub(in crate::check) fn never_together(one: &Ordered<Vec<String>>, other: &Ordered<Vec<String>>) -> bool {
    one.0.iter().any(|(question, answers)| {
        let same = other.0.iter().find(|(asked, _)| asked == question);
        same.is_some_and(|(_, others)| !answers.iter().any(|answer| others.contains(answer)))
    })
}

/// Endings that say in what form a paper is handed in, and not which paper it is.
const FORMS: [&str; 9] =
    ["原件及复印件", "原件和复印件", "原件或复印件", "原件、复印件", "及复印件", "复印件", "扫描件", "电子件", "原件"];

/// A name as a reader takes it: two are equal that differ only in the width of characters, in spaces, and in
/// the form in which the paper is handed in.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct PlainName<'a>(&'a str);

/// The name as a reader takes it.
pub(in crate::check) fn plain_name(name: &str) -> PlainName<'_> {
    let mut name = name.trim();
    while let Some(rest) = without_form(name).map(str::trim_end).filter(|rest| !rest.is_empty()) {
        name = rest;
    }
    PlainName(name)
}

fn without_form(name: &str) -> Option<&str> {
    if let Some(inside) = name.strip_suffix(['）', ')']) {
        let (head, form) = inside.rsplit_once(['（', '('])?;
        return FORMS.contains(&form.trim()).then_some(head);
    }
    FORMS.iter().filter(|_| name.ends_with('件')).find_map(|form| name.strip_suffix(form))
}

impl<'a> PlainName<'a> {
    /// The name without a note in brackets.
    pub(in crate::check) fn core(self) -> &'a str {
        self.0.split(['（', '(']).next().unwrap_or_default()
    }

    fn read(self) -> impl Iterator<Item = char> + 'a {
        self.0.chars().filter(|c| !c.is_whitespace()).map(half_width)
    }
}

impl PartialEq for PlainName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.read().eq(other.read())
    }
}

impl Eq for PlainName<'_> {}

impl Hash for PlainName<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.read().for_each(|c| state.write_u32(c.into()));
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_the_same_but_for_their_writing() {
        let same =
            ["居民身份证", " 居民身份证", "居民身份证复印件", "居民身份证（原件及复印件）", "居民 身份证 (复印件)"];
        for name in same {
            assert_eq!(plain_name(name), plain_name("居民身份证"), "{name}");
        }
        assert_eq!(same.into_iter().map(plain_name).collect::<HashSet<_>>().len(), 1);
        assert_eq!(plain_name("申请书（新办）"), plain_name("申请书(新办)"));
        assert_eq!(plain_name("申请书（新办）").core(), "申请书");
        for (one, other) in [("原件", ""), ("有效证件", "有效证"), ("申请书（新办）", "申请书"), ("甲", "乙")]
        {
            assert_ne!(plain_name(one), plain_name(other), "{one}");
        }
    }

    #[test]
    fn situations_exclude_each_other_by_one_question() {
        let when = |list: &[(&str, &[&str])]| {
            Ordered(list.iter().map(|(q, a)| ((*q).to_owned(), a.iter().map(|a| (*a).to_owned()).collect())).collect())
        };
        let me = when(&[("who", &["self"]), ("kind", &["new"])]);
        assert!(never_together(&me, &when(&[("who", &["agent"])])));
        assert!(!never_together(&me, &when(&[("who", &["agent", "self"])])));
        assert!(!never_together(&me, &when(&[("where", &["here"])])));
        assert!(!never_together(&me, &when(&[])));
    }
}
