//! 前后矛盾: what the new state says in two ways because only one place was changed.

use crate::check::{Over, steps_over_promise};
use crate::portal::{Item, Portal};
use crate::review::{Card, Change, Kind, Note, Remark};
use crate::schema::item_handling::FeeEntry;
use crate::source::SourceTree;

/// Shorter names are too common to look for.
const MIN_NAME: usize = 3;

/// Notes contradictions beside the changes of items that brought them about.
pub(super) fn note(cards: &mut [Card], base: &Portal, head: &Portal, tree: &SourceTree) {
    for card in cards {
        match card.kind {
            Kind::Item => {
                let Some(item) = head.item_named(&card.id).map(|id| head.item(id)) else { continue };
                let texts = texts(item, tree);
                let materials = removed(card, base, head);
                for change in &mut card.changes {
                    of_item(change, item, &texts, &materials);
                }
            }
            Kind::Department | Kind::Place => {
                for change in card.changes.iter_mut().filter(|change| change.key.ends_with("电话")) {
                    let named = change.old.clone().map(|old| still_named(&old, head, tree)).unwrap_or_default();
                    change.notes.extend(still(change.old.as_deref().unwrap_or_default(), &named));
                }
            }
            _ => {}
        }
    }
}

/// A text of an item that is written by hand, and what it is called.
struct Text {
    place: String,
    text: String,
}

/// The materials an item does not ask for any more: position in the card's changes is by name.
fn removed(card: &Card, base: &Portal, head: &Portal) -> Vec<String> {
    let names = |portal: &Portal| {
        let item = portal.item_named(&card.id).map(|id| portal.item(id));
        let materials = item.map(|item| item.materials.as_slice()).unwrap_or_default();
        materials.iter().map(|material| material.facts.name.clone()).collect::<Vec<_>>()
    };
    let kept = names(head);
    names(base).into_iter().filter(|name| !kept.contains(name)).collect()
}

fn of_item(change: &mut Change, item: &Item, texts: &[Text], removed: &[String]) {
    match change.key.as_str() {
        "申请材料" if change.new.is_none() => {
            let old = change.old.clone().unwrap_or_default();
            for name in removed.iter().filter(|name| old.contains(name.as_str()) && name.chars().count() >= MIN_NAME) {
                change.notes.extend(still(name, &places(texts, name)));
            }
        }
        "办理时限.承诺" | "办理时限.分情形.承诺" => {
            change.notes.extend(steps_over(item));
            let legal = item.facts.limits.legal.get().map(|legal| legal.to_string());
            if let Some(old) = change
                .old
                .clone()
                .filter(|old| Some(old) != legal.as_ref() && old.contains(|c: char| c.is_ascii_digit()))
            {
                change.notes.extend(still(&old, &places(texts, &old)));
            }
        }
        "办理流程" | "办理时限.分情形" if change.new.is_none() => {}
        "办理流程" | "办理流程.时限" | "办理流程.适用" | "办理流程.计入时限" | "办理时限.分情形" =>
        {
            change.notes.extend(steps_over(item));
        }
        "收费.金额" | "到现场次数" => {
            if let Some(old) = change.old.clone() {
                let asked = if change.key == "到现场次数" { format!("跑{old}") } else { old };
                change.notes.extend(still(&asked, &places(texts, &asked)));
            }
        }
        "收费" if matches!(item.facts.fees, FeeEntry::Free(_)) => {
            change.notes.extend(still("元", &places(texts, "元")));
        }
        "咨询电话" | "监督电话" => {
            if let Some(old) = change.old.clone() {
                change.notes.extend(still(&old, &places(texts, &old)));
            }
        }
        _ => {}
    }
}

/// Whether the steps, added up, take longer than the promise: by the sum of the check.
fn steps_over(item: &Item) -> Option<Note> {
    let over = steps_over_promise(item)?;
    let Over { total, promised, answers } = over;
    let (zh, en) = match answers.as_str() {
        "" => (String::new(), String::new()),
        _ => (format!("（{answers}）"), format!(" ({answers})")),
    };
    Some(Note::new(
        Remark::Contradiction,
        format!("各环节加起来{total}，比承诺的{promised}长{zh}"),
        format!("the steps add up to {total}, more than the promise {promised}{en}"),
    ))
}

/// The places whose text still has something.
fn places(texts: &[Text], wanted: &str) -> Vec<String> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = bare(wanted);
    texts.iter().filter(|text| holds(&bare(&text.text), &wanted)).map(|text| text.place.clone()).collect()
}

/// Whether a text has a word; 5个工作日 is not in 15个工作日.
fn holds(text: &str, wanted: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit();
    let is_within = |at: usize| {
        let goes_on_before = |c: char| is_number(c) || c == '.' || c == '-';
        wanted.starts_with(is_number) && text[..at].ends_with(goes_on_before)
            || wanted.ends_with(is_number) && text[at + wanted.len()..].starts_with(is_number)
    };
    text.match_indices(wanted).any(|(at, _)| !is_within(at))
}

fn still(what: &str, places: &[String]) -> Option<Note> {
    if places.is_empty() || what.is_empty() {
        return None;
    }
    Some(Note::new(
        Remark::Contradiction,
        format!("{}还写着“{what}”", places.join("、")),
        format!("“{what}” still stands in {}", places.join(", ")),
    ))
}

/// What an item says in words of its own.
fn texts(item: &Item, tree: &SourceTree) -> Vec<Text> {
    let facts = &item.facts;
    let mut found = Vec::new();
    let mut add = |place: String, text: &str| found.push(Text { place, text: text.to_owned() });
    add("适用范围".to_owned(), facts.scope.told().map_or("", String::as_str));
    for text in &facts.conditions {
        add("申请条件".to_owned(), text);
    }
    for question in &facts.situations {
        let answers: String = question.answers.0.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
        add(format!("情形「{}」", question.text), &format!("{} {answers}", question.text));
    }
    for step in &facts.steps {
        let said = [&step.content, &step.standard, &step.result].into_iter().flatten();
        add(format!("环节「{}」", step.name), &said.cloned().collect::<Vec<_>>().join(" "));
    }
    if let Some(online) = &facts.online {
        add("网上办理".to_owned(), &[online.steps.join(" "), online.note.clone().unwrap_or_default()].join(" "));
    }
    if let Some(window) = &facts.window {
        add("窗口办理".to_owned(), &[window.steps.join(" "), window.note.clone().unwrap_or_default()].join(" "));
    }
    let notes = [
        ("办件说明", &facts.handling_note),
        ("承诺说明", &facts.limits.promised_note),
        ("通办说明", &facts.coverage_note),
        ("现场办理原因", &facts.visit_reason),
    ];
    for (name, note) in notes {
        add(name.to_owned(), note.as_deref().unwrap_or_default());
    }
    for question in &facts.questions {
        add(format!("常见问题「{}」", question.question), &format!("{} {}", question.question, question.answer));
    }
    if let Some(guide) = item.guide_file {
        add("guide.md".to_owned(), &tree.file(guide).text);
    }
    found
}

/// The files of pages, notices and guides that still name a phone.
fn still_named(phone: &str, portal: &Portal, tree: &SourceTree) -> Vec<String> {
    let pages = portal.pages.iter().map(|page| page.file);
    let notices = portal.notices.iter().filter(|notice| notice.is_current).map(|notice| notice.file);
    let guides = portal.items.iter().filter_map(|item| item.guide_file);
    let files = pages.chain(notices).chain(guides).map(|file| tree.file(file));
    files.filter(|file| holds(&file.text, phone)).map(|file| file.path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_not_part_of_a_longer_one() {
        assert!(holds("一般5个工作日办好", "5个工作日"));
        assert!(!holds("一般15个工作日办好", "5个工作日"));
        assert!(!holds("打0600-88010011", "0600-8801001"));
    }
}
