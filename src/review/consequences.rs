//! 连带: which items say something else because something shared changed.
//!
//! Told from the resolved portals: an item is touched when what it inherits
//! differs, not because it refers to a file that was edited.

use crate::portal::{Item, Portal};
use crate::review::{Card, Kind, Touched};

/// Notes on each change of something shared the pages that change with it.
pub(super) fn attribute(cards: &mut [Card], base: &Portal, head: &Portal) {
    for card in cards {
        for change in &mut card.changes {
            let key = change.key.split('.').next().unwrap_or_default();
            change.touched = touched(card.kind, &card.id, key, base, head);
        }
    }
}

fn touched(kind: Kind, id: &str, key: &str, base: &Portal, head: &Portal) -> Vec<Touched> {
    let pairs = head.items.iter().filter_map(|item| Some((base.item(base.item_named(&item.slug)?), item.as_ref())));
    let differs = |(old, new): &(&Item, &Item)| match kind {
        Kind::Department => is_of(head, new, id) && department(key, old, new),
        Kind::Place => place(key, id, (base, old), (head, new)),
        Kind::Material => material(id, (base, old), (head, new)),
        Kind::Law => law(key, id, (base, old), (head, new)),
        _ => false,
    };
    let named = |(_, item): (&Item, &Item)| Touched { name: item.everyday_name().to_owned(), path: item.path() };
    pairs.filter(differs).map(named).collect()
}

fn is_of(portal: &Portal, item: &Item, department: &str) -> bool {
    portal.department(item.department).id == department
}

fn department(key: &str, old: &Item, new: &Item) -> bool {
    match key {
        "名称" | "简称" => true,
        "咨询电话" => new.facts.consult_phones.is_empty() && old.consult_phones != new.consult_phones,
        "监督电话" => new.facts.complaint_phones.is_empty() && old.complaint_phones != new.complaint_phones,
        "行政复议" => new.facts.review.is_none() && shown(&old.review) != shown(&new.review),
        "行政诉讼" => new.facts.litigation.is_none() && shown(&old.litigation) != shown(&new.litigation),
        "行使层级" => new.facts.level.is_none() && old.level != new.level,
        "默认地点" => {
            let place = |item: &Item| item.places.iter().map(|one| one.place).collect::<Vec<_>>();
            new.facts.places.is_empty() && place(old) != place(new)
        }
        _ => false,
    }
}

fn place(key: &str, id: &str, (base, old): (&Portal, &Item), (head, new): (&Portal, &Item)) -> bool {
    let of_old = old.places.iter().filter(|one| base.place(one.place).id == id);
    let mut of_new = new.places.iter().filter(|one| head.place(one.place).id == id).peekable();
    if of_new.peek().is_none() {
        return false;
    }
    match key {
        "电话" => !of_old.map(|one| &one.phone).eq(of_new.map(|one| &one.phone)),
        "开放时间" => !of_old.map(|one| &one.hours).eq(of_new.map(|one| &one.hours)),
        "名称" | "地址" | "节假日" | "交通" | "停车" | "无障碍" => true,
        _ => false,
    }
}

fn material(id: &str, (base, old): (&Portal, &Item), (head, new): (&Portal, &Item)) -> bool {
    let facts = |portal: &Portal, item: &Item| {
        let of = item.materials.iter().filter(|one| one.shared.is_some_and(|shared| portal.material(shared).id == id));
        of.map(|one| shown(&one.facts)).collect::<Vec<_>>()
    };
    let (old, new) = (facts(base, old), facts(head, new));
    !new.is_empty() && old != new
}

fn law(key: &str, id: &str, (base, old): (&Portal, &Item), (head, new): (&Portal, &Item)) -> bool {
    let quotes = |portal: &Portal, item: &Item| {
        let of = item.basis.iter().filter(|one| portal.law(one.law).id == id);
        of.map(|one| one.quote.clone()).collect::<Vec<_>>()
    };
    let (old, new) = (quotes(base, old), quotes(head, new));
    match key {
        _ if new.is_empty() => false,
        "条款" => old != new,
        "名称" | "简称" | "文号" | "状态" => true,
        _ => false,
    }
}

/// A value of the model as a text that is the same for the same value.
fn shown<T: std::fmt::Debug>(value: &T) -> String {
    format!("{value:?}")
}
