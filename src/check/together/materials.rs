//! The papers of a bundle: each once, with who asks for it and in which case.
//!
//! Two papers are the same if they have the same name and are no forms, for a
//! form (申请表格文书) belongs to its item. Papers of one shared material with
//! names of their own are several: 父亲身份证 and 母亲身份证.
//! Where the bundle says that the papers are handed in as one set (一套材料) the
//! largest number of copies is enough; else every office keeps its own.

use crate::check::asked::{Asked, asked, plain_name};
use crate::model::terms::{BundleRelation, MaterialKind, Necessity};
use crate::model::value::Copies;
use crate::portal::{Bundle, Item, ItemId, MaterialId, Portal};
use crate::schema;

use super::Order;

/// How copies of the same paper for several items are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// One set for all: the largest number.
    Largest,
    /// Every office keeps its own: the sum.
    Sum,
}

/// One item that asks for a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Which entry of the [`Order`].
    pub entry: usize,
    /// The position in its 申请材料.
    pub position: usize,
    /// Whether the item asks everybody for it.
    pub is_for_all: bool,
    /// 份数; none while it is 待补.
    pub copies: Option<Copies>,
}

/// One paper of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// What it is called where it is asked for first.
    pub name: String,
    /// The shared material.
    pub shared: Option<MaterialId>,
    /// Who asks for it.
    pub uses: Vec<Use>,
    /// Whether everybody needs it: 必办 items or each of some alternatives ask everybody for it.
    pub is_for_all: bool,
    /// How many are brought by who needs it for all of these; none while nobody tells.
    pub copies: Option<Copies>,
    /// The entries of which one issues it to everybody before any of these asks for it: nobody brings it.
    pub issued_by: Vec<usize>,
}

/// The papers of a bundle in the order in which they are first asked for, without those its joint form stands for.
pub fn materials(portal: &Portal, bundle: &Bundle, order: &Order) -> Vec<Merged> {
    let replaced: &[String] = bundle.facts.joint_form.as_ref().map_or(&[], |form| &form.replaces);
    let mut merged: Vec<Merged> = Vec::new();
    let open = order.entries.iter().enumerate().filter(|(_, entry)| entry.is_open);
    for (n, item) in open.map(|(n, _)| (n, portal.item(order.items[n]))) {
        for material in asked(item) {
            let Asked { entry, resolved } = material;
            if replaced.iter().any(|one| one.split_once('/') == Some((item.slug.as_str(), entry.id.as_str()))) {
                continue;
            }
            let used = Use {
                entry: n,
                position: resolved.position,
                is_for_all: is_for_all(item, entry),
                copies: entry.copies.get(),
            };
            let is_form = resolved.facts.kind == Some(MaterialKind::Form);
            let is_same = |one: &&mut Merged| {
                let is_shared = one.shared.is_some() && one.shared == resolved.shared;
                let is_apart = one.shared.is_some() && resolved.shared.is_some() && !is_shared;
                !is_apart && (is_shared || !is_form) && plain_name(&one.name) == plain_name(material.name())
            };
            match merged.iter_mut().find(is_same) {
                Some(one) => one.uses.push(used),
                None => merged.push(Merged {
                    name: material.name().to_owned(),
                    shared: resolved.shared,
                    uses: vec![used],
                    is_for_all: false,
                    copies: None,
                    issued_by: Vec::new(),
                }),
            }
        }
    }
    let counting = if bundle.facts.one_set.is_some() { Counting::Largest } else { Counting::Sum };
    for one in &mut merged {
        one.finish(order, counting);
        one.issued_by = issuers(portal, order, one);
    }
    merged
}

/// The entries that issue a paper (办理事项) to everybody before anybody is asked for it: an item everybody does, or
/// alternatives of which each issues it. All who ask for the paper come after them.
fn issuers(portal: &Portal, order: &Order, merged: &Merged) -> Vec<usize> {
    let Some(shared) = merged.shared else { return Vec::new() };
    let items: Vec<ItemId> = portal.obtained_by(portal.material(shared)).collect();
    let issues = |n: &usize| items.contains(&order.items[*n]);
    let is_before = |n: &usize| merged.uses.iter().all(|used| order.entries[used.entry].before.contains(n));
    let is_always = |n: &usize| order.entries[*n].is_open && order.entries[*n].relation == BundleRelation::Always;
    let sure = (0..order.entries.len()).filter(is_always).map(|n| vec![n]);
    let mut ways = sure.chain(order.choices());
    ways.find(|way| way.iter().all(|n| issues(n) && is_before(n))).unwrap_or_default()
}

impl Merged {
    fn finish(&mut self, order: &Order, counting: Counting) {
        let asks_all = |n: usize| self.uses.iter().any(|used| used.entry == n && used.is_for_all);
        let always = |used: &Use| used.is_for_all && order.entries[used.entry].relation == BundleRelation::Always;
        let choices = order.choices();
        let sure: Vec<&Vec<usize>> = choices.iter().filter(|group| group.iter().all(|n| asks_all(*n))).collect();
        self.is_for_all = self.uses.iter().any(always) || !sure.is_empty();
        let counts = |used: &&Use| {
            !self.is_for_all
                || always(used)
                || (used.is_for_all && sure.iter().any(|group| group.contains(&used.entry)))
        };
        let mut total: Option<Copies> = None;
        // Of alternatives only one is handed in to.
        let mut chosen: Vec<(u8, Copies)> = Vec::new();
        for used in self.uses.iter().filter(counts) {
            let Some(copies) = used.copies else { continue };
            let entry = &order.entries[used.entry];
            if entry.relation == BundleRelation::Alternative {
                match chosen.iter_mut().find(|(order, _)| *order == entry.order) {
                    Some((_, known)) => *known = joined(*known, copies, Counting::Largest),
                    None => chosen.push((entry.order, copies)),
                }
            } else {
                total = Some(total.map_or(copies, |known| joined(known, copies, counting)));
            }
        }
        for (_, copies) in chosen {
            total = Some(total.map_or(copies, |known| joined(known, copies, counting)));
        }
        self.copies = total;
    }
}

/// The copies for two items together.
///
/// An original that is only looked at is brought once, whoever looks; a file is sent once.
fn joined(one: Copies, other: Copies, counting: Counting) -> Copies {
    let kept = |copies: Copies| if copies.inspect { 0 } else { copies.originals };
    let seen = |copies: Copies| if copies.inspect { copies.originals } else { 0 };
    let (originals, copies) = match counting {
        Counting::Largest => (one.originals.max(other.originals), one.copies.max(other.copies)),
        Counting::Sum => (
            kept(one).saturating_add(kept(other)).max(seen(one)).max(seen(other)),
            one.copies.saturating_add(other.copies),
        ),
    };
    let has_original = |copies: &Copies| copies.originals > 0;
    let of_originals = || [one, other].into_iter().filter(has_original);
    Copies {
        originals,
        copies,
        electronic: one.electronic.max(other.electronic),
        // A photocopy does only if it does for everybody; and what one of them keeps is not only looked at.
        either: originals > 0 && of_originals().all(|copies| copies.either),
        inspect: originals > 0 && of_originals().all(|copies| copies.inspect),
    }
}

/// Whether an item asks everybody for a material: it has no condition, or one that every answer meets.
pub fn is_for_all(item: &Item, material: &schema::item_material::Material) -> bool {
    let always = material.when.0.iter().all(|(question, answers)| {
        let known = item.facts.situations.iter().find(|one| one.id.as_str() == question);
        known.is_some_and(|known| known.when.0.is_empty() && known.answers.0.iter().all(|(id, _)| answers.contains(id)))
    });
    always && material.necessity.get() != Some(Necessity::Conditional)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::together::Entry;
    use crate::model::value::Value as _;
    use BundleRelation::{Alternative, Always, Optional};

    fn copies(text: &str) -> Copies {
        Copies::parse(text).unwrap()
    }

    #[test]
    fn copies_of_one_set_and_of_several() {
        let check = |one: &str, other: &str, largest: &str, sum: &str| {
            assert_eq!(joined(copies(one), copies(other), Counting::Largest).to_string(), largest, "{one} and {other}");
            assert_eq!(joined(copies(one), copies(other), Counting::Sum).to_string(), sum, "{one} and {other}");
        };
        check("复印件1份", "复印件2份", "复印件2份", "复印件3份");
        check(
            "原件1份（核验）",
            "原件1份（核验），复印件1份",
            "原件1份（核验），复印件1份",
            "原件1份（核验），复印件1份",
        );
        check("原件1份（核验）", "原件1份", "原件1份", "原件1份");
        check("原件1份", "原件1份", "原件1份", "原件2份");
        check("原件或复印件1份", "复印件1份", "原件或复印件1份，复印件1份", "原件或复印件1份，复印件1份");
        check("原件或复印件1份", "原件1份", "原件1份", "原件2份");
        check("电子件1份", "电子件1份", "电子件1份", "电子件1份");
    }

    /// One paper asked for by entries: 顺序, 关系, whether it asks everybody, 份数.
    fn merged(list: &[(u8, BundleRelation, bool, &str)], counting: Counting) -> (bool, String) {
        let entry = |(n, (order, relation, ..)): (usize, &(u8, BundleRelation, bool, &str))| Entry {
            position: n,
            order: *order,
            relation: *relation,
            is_open: true,
            before: Vec::new(),
        };
        let order = Order { entries: list.iter().enumerate().map(entry).collect(), items: Vec::new() };
        let uses = list.iter().enumerate().filter(|(_, (.., text))| !text.is_empty());
        let uses = uses.map(|(n, (.., is_for_all, text))| Use {
            entry: n,
            position: 0,
            is_for_all: *is_for_all,
            copies: Copies::parse(text).ok(),
        });
        let mut one = Merged {
            name: "居民身份证".into(),
            shared: None,
            uses: uses.collect(),
            is_for_all: false,
            copies: None,
            issued_by: Vec::new(),
        };
        one.finish(&order, counting);
        (one.is_for_all, one.copies.map(|copies| copies.to_string()).unwrap_or_default())
    }

    #[test]
    fn who_needs_a_paper() {
        let sure = |copies: &str| (true, copies.to_owned());
        let perhaps = |copies: &str| (false, copies.to_owned());
        let of = |list: &[_]| merged(list, Counting::Sum);
        assert_eq!(of(&[(1, Always, true, "复印件1份"), (2, Always, true, "复印件1份")]), sure("复印件2份"));
        assert_eq!(of(&[(1, Always, false, "复印件1份")]), perhaps("复印件1份"));
        assert_eq!(of(&[(1, Always, true, "复印件1份"), (2, Optional, true, "复印件4份")]), sure("复印件1份"));
        // Of alternatives one is done: what each asks for is needed once, what one asks for perhaps.
        assert_eq!(of(&[(1, Alternative, true, "复印件1份"), (1, Alternative, true, "复印件2份")]), sure("复印件2份"));
        assert_eq!(of(&[(1, Alternative, true, "复印件1份"), (1, Alternative, true, "")]), perhaps("复印件1份"));
        assert_eq!(
            of(&[
                (1, Alternative, true, "复印件1份"),
                (1, Alternative, true, "复印件2份"),
                (2, Always, true, "复印件1份")
            ]),
            sure("复印件3份")
        );
        assert_eq!(
            merged(&[(1, Always, true, "复印件1份"), (2, Always, true, "复印件2份")], Counting::Largest),
            sure("复印件2份")
        );
    }
}
