//! 合并: a department, a material, a law that is gone because another one took its place.
//!
//! Who took it is told by a redirect, by what the files say (曾用名, 别名,
//! 代替者, 接替事项), or by what everything that used the old one uses now. The
//! edits of those that only follow are named beside it, not one by one.

use std::collections::BTreeMap;

use crate::diagnostics::Words;
use crate::portal::{Item, Portal};
use crate::review::{Card, Change, Class, Fate, Kind, Note, Remark, Touched};
use crate::schema::item_material::MaterialsEntry;

/// What takes the place of a thing, and how that is known.
struct Successor {
    id: String,
    name: String,
    known_by: Words,
}

/// Turns what is gone into what was merged, where something took its place.
pub(super) fn note(cards: &mut Vec<Card>, base: &Portal, head: &Portal) {
    let mut followed: Vec<(Kind, String, String)> = Vec::new();
    for card in cards.iter_mut().filter(|card| card.fate == Fate::Gone) {
        let Some(found) = successor(card, base, head) else { continue };
        let touched = followers(card.kind, &card.id, &found.id, base, head);
        let Some(change) = card.changes.first_mut() else { continue };
        let name = card.name.clone();
        card.fate = Fate::Merged;
        change.class = Class::Structure;
        (change.field, change.key) = ("合并".to_owned(), "合并".to_owned());
        (change.old, change.new) = (Some(name.clone()), Some(found.name.clone()));
        change.touched = touched;
        change.notes.push(Note { remark: Remark::Hint, words: found.known_by });
        followed.push((card.kind, name, found.name));
    }
    if !followed.is_empty() {
        let follows = |change: &Change| followed.iter().any(|(kind, old, new)| is_move(change, *kind, old, new));
        for card in cards.iter_mut().filter(|card| card.kind == Kind::Item && card.fate != Fate::Merged) {
            card.changes.retain(|change| !follows(change));
        }
        cards.retain(|card| !card.changes.is_empty());
    }
}

/// Whether a change of an item only writes the new name in place of the old.
fn is_move(change: &Change, kind: Kind, old: &str, new: &str) -> bool {
    let key = match kind {
        Kind::Department => "部门",
        Kind::Material => "引用",
        Kind::Place => "地点",
        _ => return false,
    };
    change.key.rsplit('.').next() == Some(key)
        && change.old.as_deref() == Some(old)
        && change.new.as_deref() == Some(new)
}

fn successor(card: &Card, base: &Portal, head: &Portal) -> Option<Successor> {
    let names = names(card.kind, head);
    let found = redirected(card, head)
        .map(|id| (id, Words::new("按跳转得知", "told by its redirect")))
        .or_else(|| {
            let id = said(card, base, head)?;
            Some((
                id,
                Words::new("按文件里写的得知（曾用名、别名、代替者或者接替事项）", "told by the files themselves"),
            ))
        })
        .or_else(|| {
            let (id, count) = by_use(card.kind, &card.id, base, head)?;
            let words = Words::new(
                format!("原来用它的 {count} 个事项都改用了这一个"),
                format!("all {count} items that used it use this one now"),
            );
            Some((id, words))
        });
    let (id, known_by) = found.filter(|(id, _)| *id != card.id)?;
    let name = names.get(&id)?.clone();
    Some(Successor { id, name, known_by })
}

/// What things of a kind are called, by id.
fn names(kind: Kind, head: &Portal) -> BTreeMap<String, String> {
    let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
    match kind {
        Kind::Item => head.items.iter().map(|one| pair(&one.slug, one.everyday_name())).collect(),
        Kind::Bundle => head.bundles.iter().map(|one| pair(&one.slug, &one.facts.name)).collect(),
        Kind::Department => head.departments.iter().map(|one| pair(&one.id, &one.facts.short_name)).collect(),
        Kind::Place => head.places.iter().map(|one| pair(&one.id, &one.facts.name)).collect(),
        Kind::Material => head.materials.iter().map(|one| pair(&one.id, &one.facts.name)).collect(),
        Kind::Law => head.laws.iter().map(|one| pair(&one.id, &one.facts.name)).collect(),
        Kind::Page => head.pages.iter().map(|one| pair(&one.path, &one.head.title)).collect(),
        Kind::Notice | Kind::Table | Kind::File => BTreeMap::new(),
    }
}

/// The thing of the same kind that the old address leads to.
fn redirected(card: &Card, head: &Portal) -> Option<String> {
    let old = card.url.as_deref()?;
    let bare = |path: &str| path.split('#').next().unwrap_or_default().trim_matches('/').to_owned();
    let to = bare(&head.redirects.iter().find(|one| bare(&one.from) == bare(old))?.to);
    let old = bare(old);
    match old.strip_suffix(card.id.as_str())? {
        "" => Some(to),
        folder => to.strip_prefix(folder).map(str::to_owned),
    }
}

/// What the files say: of the old one what takes its place, or of the new one what it was called.
fn said(card: &Card, base: &Portal, head: &Portal) -> Option<String> {
    match card.kind {
        Kind::Item => {
            let old = base.item(base.item_named(&card.id)?);
            let successor = old.facts.successor.as_ref().map(ToString::to_string);
            let is_called = |item: &Item| {
                item.facts.aliases.iter().any(|alias| *alias == old.facts.name || alias == old.everyday_name())
            };
            successor.or_else(|| head.items.iter().find(|item| is_called(item)).map(|item| item.slug.clone()))
        }
        Kind::Department => {
            let old = base.departments.iter().find(|one| one.id == card.id)?;
            let is_old = |name: &String| *name == old.facts.name || *name == old.facts.short_name;
            head.departments.iter().find(|one| one.facts.former_names.iter().any(is_old)).map(|one| one.id.clone())
        }
        Kind::Material => {
            let is_called = |alias: &String| *alias == card.name;
            head.materials.iter().find(|one| one.facts.aliases.iter().any(is_called)).map(|one| one.id.clone())
        }
        Kind::Law => {
            let old = base.laws.iter().find(|one| one.id == card.id)?;
            let mut replaced_by = old.facts.replaced_by.iter().map(ToString::to_string);
            replaced_by.find(|id| head.laws.iter().any(|law| law.id == *id))
        }
        _ => None,
    }
}

/// What every item that used the old one uses now, and how many those are.
fn by_use(kind: Kind, id: &str, base: &Portal, head: &Portal) -> Option<(String, usize)> {
    let moves: Vec<Option<String>> = pairs(base, head)
        .filter(|(old, _)| used(kind, base, old).iter().any(|(_, one)| one == id))
        .map(|(old, new)| moved_to(kind, id, (base, old), (head, new)))
        .collect();
    let first = moves.first()?.clone()?;
    moves.iter().all(|one| one.as_deref() == Some(first.as_str())).then_some((first, moves.len()))
}

/// The items that used the old one and use the new one now.
fn followers(kind: Kind, id: &str, to: &str, base: &Portal, head: &Portal) -> Vec<Touched> {
    let follows = |(old, new): &(&Item, &Item)| {
        used(kind, base, old).iter().any(|(_, one)| one == id) && used(kind, head, new).iter().any(|(_, one)| one == to)
    };
    let touched = |(_, item): (&Item, &Item)| Touched { name: item.everyday_name().to_owned(), path: item.path() };
    pairs(base, head).filter(follows).map(touched).collect()
}

/// The items of both states.
fn pairs<'a>(base: &'a Portal, head: &'a Portal) -> impl Iterator<Item = (&'a Item, &'a Item)> {
    head.items.iter().filter_map(|item| Some((base.item(base.item_named(&item.slug)?), item.as_ref())))
}

/// The shared things of a kind that an item uses: where, and which.
fn used(kind: Kind, portal: &Portal, item: &Item) -> Vec<(String, String)> {
    match kind {
        Kind::Department => vec![(String::new(), portal.department(item.department).id.clone())],
        Kind::Material => {
            let MaterialsEntry::List(written) = &item.facts.materials else { return Vec::new() };
            let shared = item.materials.iter();
            let shared = shared.filter_map(|one| {
                let code = written.get(one.position)?.id.to_string();
                Some((code, portal.material(one.shared?).id.clone()))
            });
            shared.collect()
        }
        Kind::Place => item.places.iter().map(|one| (String::new(), portal.place(one.place).id.clone())).collect(),
        Kind::Law => item.basis.iter().map(|one| (String::new(), portal.law(one.law).id.clone())).collect(),
        _ => Vec::new(),
    }
}

/// What an item uses in place of the old one: at the same place, or what alone is new.
fn moved_to(kind: Kind, id: &str, (base, old): (&Portal, &Item), (head, new): (&Portal, &Item)) -> Option<String> {
    let (before, after) = (used(kind, base, old), used(kind, head, new));
    if kind == Kind::Material {
        let (place, _) = before.iter().find(|(_, one)| one == id)?;
        return after.iter().find(|(other, _)| other == place).map(|(_, to)| to.clone());
    }
    let mut fresh: Vec<&String> =
        after.iter().map(|(_, to)| to).filter(|to| before.iter().all(|(_, one)| one != *to)).collect();
    fresh.dedup();
    match fresh[..] {
        [to] => Some(to.clone()),
        // The one that took it over may have been used beside it.
        [] if kind == Kind::Department => after.first().map(|(_, to)| to.clone()),
        _ => None,
    }
}
