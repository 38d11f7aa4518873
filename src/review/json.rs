//! The review for programs.

use serde_json::{Value, json};

use crate::diagnostics::Lang;
use crate::review::{Card, Change, Class, Found, Review, headline};

/// The review as JSON with stable keys.
pub fn json(review: &Review, lang: Lang) -> String {
    let counts: serde_json::Map<String, Value> =
        Class::ALL.iter().map(|class| (class.names().1.to_owned(), json!(review.count(*class)))).collect();
    let gone: Vec<Value> = review
        .gone
        .iter()
        .map(|one| json!({ "path": one.path, "redirect": one.redirect, "automatic": one.is_automatic }))
        .collect();
    let all = json!({
        "base": review.base.get(lang),
        "head": review.head.get(lang),
        "as_of": review.as_of,
        "digest": review.digest,
        "headline": headline(review).get(lang),
        "notes": review.about.iter().map(|words| words.get(lang)).collect::<Vec<_>>(),
        "counts": counts,
        "ignored": review.ignored,
        "cards": review.cards.iter().map(|one| card(one, lang)).collect::<Vec<_>>(),
        "gone": gone,
        "new": review.fresh,
        "found": review.found.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
        "let_pass": review.let_pass.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
        "cured": review.cured.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

fn card(card: &Card, lang: Lang) -> Value {
    json!({
        "anchor": card.anchor(),
        "kind": card.kind.names().1,
        "id": card.id,
        "name": card.name,
        "path": card.url,
        "file": card.file,
        "fate": card.fate.names().1,
        "alike": card.alike.iter().map(|one| json!({ "name": one.name, "file": one.file })).collect::<Vec<_>>(),
        "changes": card.changes.iter().map(|one| change(one, lang)).collect::<Vec<_>>(),
    })
}

fn change(change: &Change, lang: Lang) -> Value {
    let notes: Vec<Value> = change
        .notes
        .iter()
        .map(|note| json!({ "kind": note.remark.names().2, "text": note.words.get(lang) }))
        .collect();
    let touched: Vec<Value> = change.touched.iter().map(|one| json!({ "name": one.name, "path": one.path })).collect();
    let excepted =
        change.excepted.as_ref().map(|one| json!({ "reason": one.reason, "person": one.person, "date": one.date }));
    json!({
        "class": change.class.names().1,
        "field": change.field,
        "key": change.key,
        "old": change.old,
        "brief": change.brief.as_ref().map(|brief| &brief.text),
        "new": change.new,
        "line": change.line,
        "notes": notes,
        "touched": touched,
        "exception": excepted,
    })
}

fn finding(found: &Found, lang: Lang) -> Value {
    let severity = if found.is_error { "error" } else { "warning" };
    json!({ "code": found.code, "severity": severity, "place": found.place, "message": found.message.get(lang) })
}
