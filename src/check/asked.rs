//! What an item asks people for, as several rules see it.

use std::borrow::Cow;

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

/// A name without what is only a way of writing: width, spaces, and the form in which it is handed in.
pub(in crate::check) fn plain_name(name: &str) -> Cow<'_, str> {
    let is_plain =
        |c: char| !c.is_whitespace() && !matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}' | '(' | ')' | '件');
    if name.chars().all(is_plain) {
        return Cow::Borrowed(name);
    }
    let mut plain: String = name.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    while let Some(end) = FORMS.iter().find_map(|form| {
        let rest = plain.strip_suffix(&format!("({form})")).or_else(|| plain.strip_suffix(form))?;
        (!rest.is_empty()).then_some(rest.len())
    }) {
        plain.truncate(end);
    }
    Cow::Owned(plain)
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_but_for_their_writing() {
        for name in
            ["居民身份证", " 居民身份证", "居民身份证复印件", "居民身份证（原件及复印件）", "居民 身份证(复印件)"]
        {
            assert_eq!(plain_name(name), "居民身份证", "{name}");
        }
        assert_eq!(plain_name("申请书（新办）"), "申请书(新办)");
        assert_eq!(plain_name("原件"), "原件");
        assert_eq!(plain_name("有效证件"), "有效证件");
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
