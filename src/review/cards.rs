//! The comparison itself: two states become a [`Review`].

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostics::{Severity, Words};
use crate::documents::{DocumentKind, Shapes, kind_of};
use crate::model::terms::ChangeLevel;
use crate::portal::Portal;
use crate::printing::{LocatedAllowed, LocatedFinding, Report};
use crate::review::answers::Answers;
use crate::review::documents::{self as docs, Doc};
use crate::review::fields::{Difference, differences};
use crate::review::moves::Moves;
use crate::review::names::Names;
use crate::review::rules::judge;
use crate::review::{
    Alike, Card, Change, Class, Fate, Found, Gone, Half, Kind, Levels, Note, Remark, Review, consequences,
    contradictions, levels, merged,
};
use crate::source::lines::LineIndex;
use crate::source::{BinaryFile, FileId, SourceTree};
use crate::yaml::{Positions, Shape, front_matter};

/// Compares two states; `about` is what is to be said of the comparison before all else.
pub fn review(base: &Half, head: &Half, about: &[Words], as_of: jiff::civil::Date) -> Review {
    let mut about = about.to_vec();
    about.extend(hidden(base, head));
    let levels = Levels::of(base.portal.as_ref().or(head.portal.as_ref()));
    let comparison = Comparison::new(base, head);
    let OneSided { found, let_pass, cured } = findings(base, head, &comparison.moves);
    let mut cards = comparison.cards();
    cards.extend(comparison.files());
    if let (Some(old), Some(new)) = (&base.portal, &head.portal) {
        consequences::attribute(&mut cards, old, new);
        merged::note(&mut cards, old, new);
        contradictions::note(&mut cards, old, new, &head.tree);
        portal_wide(&mut cards, old, new);
        levels::except(&mut cards, new);
    }
    let ignored = drop_ignored(&mut cards, &levels);
    for card in &mut cards {
        card.changes.sort_by_key(|change| change.class);
    }
    cards.sort_by(|a, b| (a.weight(), a.kind, &a.name, &a.id).cmp(&(b.weight(), b.kind, &b.name, &b.id)));
    let (gone, fresh) = addresses(base, head);
    unreachable(&mut cards, &gone);
    let cards = grouped(cards);
    let digest = digest(&cards, &head.tree);
    let as_of = as_of.to_string();
    Review {
        about,
        base: base.name.clone(),
        head: head.name.clone(),
        as_of,
        cards,
        gone,
        fresh,
        found,
        let_pass,
        cured,
        ignored,
        digest,
    }
}

/// Says how many changed items are public in neither state, and so are not compared.
fn hidden(base: &Half, head: &Half) -> Option<Words> {
    let is_public = |half: &Half, slug: &str| half.portal.as_ref().is_some_and(|one| one.item_named(slug).is_some());
    let before: BTreeMap<&str, &str> = base.tree.files.iter().map(|file| (file.path.as_str(), &*file.text)).collect();
    let changed = head.tree.files.iter().filter(|file| before.get(file.path.as_str()) != Some(&&*file.text));
    let hidden = changed.filter(|file| match kind_of(&file.path) {
        DocumentKind::Item(_, slug) => !file.text.is_empty() && !is_public(base, &slug) && !is_public(head, &slug),
        _ => false,
    });
    let count = hidden.count();
    (count > 0 && head.portal.is_some()).then(|| {
        Words::new(
            format!("另有 {count} 个改动的事项还没有公开（草稿、没有生效或者读不懂），不在比较里"),
            format!("{count} changed items are not public yet (drafts, not in force or unreadable) and not compared"),
        )
    })
}

/// Leaves out what is set to 忽略, and says how much that was.
fn drop_ignored(cards: &mut Vec<Card>, levels: &Levels) -> usize {
    let count = |cards: &[Card]| cards.iter().map(|card| card.changes.len()).sum::<usize>();
    let before = count(cards);
    for card in cards.iter_mut() {
        card.changes.retain(|change| levels.level(change.class) != ChangeLevel::Ignore);
        if levels.level(Class::Consequence) == ChangeLevel::Ignore {
            card.changes.iter_mut().for_each(|change| change.touched.clear());
        }
    }
    cards.retain(|card| !card.changes.is_empty());
    before - count(cards)
}

struct Comparison<'a> {
    base: &'a Half,
    head: &'a Half,
    shapes: Shapes,
    names: [Names; 2],
    /// The documents of both.
    docs: [BTreeMap<(Kind, String), Doc>; 2],
    moves: Moves,
}

impl<'a> Comparison<'a> {
    fn new(base: &'a Half, head: &'a Half) -> Self {
        let names = [Names::of(base.portal.as_ref()), Names::of(head.portal.as_ref())];
        let docs = [docs::all(base), docs::all(head)];
        let moves = match (&base.portal, &head.portal) {
            (Some(_), Some(_)) => Moves::of(base, head, &docs[0], &docs[1]),
            _ => Moves::default(),
        };
        Comparison { base, head, shapes: Shapes::new(), names, docs, moves }
    }

    /// One card for each document that differs.
    fn cards(&self) -> Vec<Card> {
        let [old, new] = &self.docs;
        let mut cards = Vec::new();
        for (key, doc) in new {
            match (old.get(key), self.moves.from(key)) {
                (Some(before), _) => cards.extend(self.changed(before, doc)),
                (None, Some(from)) => {
                    cards.extend(old.get(&(key.0, from.clone())).map(|before| self.renamed(before, doc)));
                }
                // A portal that cannot be made has lost nothing.
                (None, None) if self.base.portal.is_some() => cards.push(self.added(doc)),
                (None, None) => {}
            }
        }
        if self.head.portal.is_some() {
            let gone = old.iter().filter(|(key, _)| !new.contains_key(*key) && !self.moves.has_left(key));
            cards.extend(gone.map(|(_, doc)| self.removed(doc)));
        }
        cards
    }

    fn card(&self, doc: &Doc, half: &Half, fate: Fate, changes: Vec<Change>) -> Card {
        Card {
            kind: doc.kind,
            id: doc.id.clone(),
            name: doc.name.clone(),
            url: doc.url.clone(),
            file: half.tree.file(doc.file).path.clone(),
            fate,
            changes,
            alike: Vec::new(),
        }
    }

    fn changed(&self, before: &Doc, doc: &Doc) -> Option<Card> {
        let changes = self.changes(before, doc);
        (!changes.is_empty()).then(|| self.card(doc, self.head, Fate::Changed, changes))
    }

    fn renamed(&self, before: &Doc, doc: &Doc) -> Card {
        let mut changes =
            vec![Change { class: Class::Structure, ..whole("网址", before.url.clone(), doc.url.clone()) }];
        changes.extend(self.changes(before, doc));
        self.card(doc, self.head, Fate::Moved, changes)
    }

    fn added(&self, doc: &Doc) -> Card {
        let change = Change { class: Class::Structure, ..whole(doc.kind.names().0, None, Some(doc.name.clone())) };
        self.card(doc, self.head, Fate::New, vec![change])
    }

    fn removed(&self, doc: &Doc) -> Card {
        let mut change = Change { class: Class::Structure, ..whole(doc.kind.names().0, Some(doc.name.clone()), None) };
        if let Some(file) = docs::file_of_item(&self.head.tree, &doc.id).filter(|_| doc.kind == Kind::Item) {
            let shape = docs::shape(&self.shapes, doc);
            let is_readable = shape.is_some_and(|shape| docs::value(self.head.tree.file(file), shape).is_some());
            change.notes.push(if is_readable {
                Note::new(
                    Remark::Hint,
                    "文件还在，但没有审核、还没有生效或者涉密，页面会撤下",
                    "the file is there, but not approved, not in force or confidential: its page goes",
                )
            } else {
                Note::new(
                    Remark::Hint,
                    "文件还在，但读不懂，见新增的问题；改好以前没法比较",
                    "the file is there but cannot be read, see the new findings; it cannot be compared until repaired",
                )
            });
        }
        self.card(doc, self.base, Fate::Gone, vec![change])
    }

    /// The changes of one document, with the text of an item's guide.md.
    fn changes(&self, before: &Doc, doc: &Doc) -> Vec<Change> {
        let (old, new) = (self.base.tree.file(before.file), self.head.tree.file(doc.file));
        let mut changes = Vec::new();
        if old.path != new.path && doc.kind == Kind::Item && before.id == doc.id {
            let folder = |path: &'a str| path.split('/').nth(2).unwrap_or_default();
            let (old, new) = (folder(&old.path), folder(&new.path));
            if !self.moves.is_department(old, new) {
                let named = |id: &str, names: &Names| Some(names.shown("部门", id));
                let (old, new) = (named(old, &self.names[0]), named(new, &self.names[1]));
                changes.push(Change { class: Class::Structure, ..whole("部门", old, new) });
            }
        }
        if old.text != new.text
            && let Some(shape) = docs::shape(&self.shapes, doc)
        {
            changes.extend(self.fields(doc, shape, (before.file, doc.file)));
        }
        let guide = |half: &Half, file: Option<FileId>| {
            file.map(|file| half.tree.file(file).text.replace("\r\n", "\n").trim().to_owned())
        };
        let (old, new) = (guide(self.base, before.guide), guide(self.head, doc.guide));
        if old != new {
            changes.push(judged(doc.kind, text_difference("guide.md", old, new), false));
        }
        changes
    }

    fn fields(&self, doc: &Doc, shape: &Shape, (old, new): (FileId, FileId)) -> Vec<Change> {
        let (old, new) = (self.base.tree.file(old), self.head.tree.file(new));
        let (Some(before), Some(after)) = (docs::value(old, shape), docs::value(new, shape)) else {
            return Vec::new();
        };
        let shape = if new.path.ends_with(".md") { docs::with_body(shape) } else { shape.clone() };
        let answers = Answers::of(&before, &after);
        let mut found = differences(&shape, &answers.without(&before), &after, [&self.names[0], &self.names[1]]);
        found.extend(answers.renames());
        let has_reason = found.iter().any(|one| one.key == "变更记录" && one.new.as_deref().is_some_and(gives_reason));
        let mut places = Places::new(&self.head.tree, new.id);
        let mut changes = Vec::with_capacity(found.len());
        for one in found {
            let line = one.new.as_ref().and_then(|_| places.line(&one));
            let follows = answers.follows(&one);
            let change = Change { line, ..judged(doc.kind, one, has_reason) };
            changes.push(match follows {
                Some(words) => {
                    let notes = vec![Note { remark: Remark::Hint, words }];
                    Change { class: Class::Consequence, notes, ..change }
                }
                None => change,
            });
        }
        status(doc.kind, &before, &after, &mut changes);
        changes
    }

    /// Attachments and theme files: one card for all of them.
    fn files(&self) -> Option<Card> {
        let all = |half: &'a Half| -> BTreeMap<&'a str, &'a BinaryFile> {
            half.tree.binaries.iter().map(|binary| (binary.path.as_str(), binary)).collect()
        };
        let new = all(self.head);
        // What went with its folder is no change of its own.
        let old: BTreeMap<String, &BinaryFile> = all(self.base)
            .into_iter()
            .map(|(path, file)| {
                let moved = self.moves.path(path);
                (if new.contains_key(&*moved) { moved.into_owned() } else { path.to_owned() }, file)
            })
            .collect();
        let mut changes = Vec::new();
        for (path, file) in &new {
            match old.get(*path) {
                None => changes.push(attachment(path, None, Some(file))),
                Some(before) if before.size != file.size => changes.push(attachment(path, Some(before), Some(file))),
                Some(before) if !self.base.has_same(&before.path, self.head, path) => {
                    let mut change = attachment(path, Some(before), Some(file));
                    let (zh, en) = ("大小一样，内容不同", "of the same size, with other contents");
                    change.notes.push(Note::new(Remark::Hint, zh, en));
                    changes.push(change);
                }
                Some(_) => {}
            }
        }
        let gone = old.iter().filter(|(path, _)| !new.contains_key(path.as_str()));
        changes.extend(gone.map(|(path, file)| attachment(path, Some(file), None)));
        changes.extend(self.theme_texts());
        (!changes.is_empty()).then(|| Card {
            kind: Kind::File,
            id: "files".to_owned(),
            name: "附件和主题文件".to_owned(),
            url: None,
            file: "content".to_owned(),
            fate: Fate::Changed,
            changes,
            alike: Vec::new(),
        })
    }

    fn theme_texts(&self) -> Vec<Change> {
        let texts = |half: &'a Half| -> BTreeMap<&'a str, &'a str> {
            let of_theme = half.tree.files.iter().filter(|file| file.path.starts_with("themes/"));
            of_theme.map(|file| (file.path.as_str(), &*file.text)).collect()
        };
        let (old, new) = (texts(self.base), texts(self.head));
        let all: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        let lines = |text: Option<&&str>| text.map(|text| bytes(text.len() as u64));
        let differ = all.into_iter().filter(|path| old.get(path) != new.get(path));
        differ.map(|path| whole(path, lines(old.get(path)), lines(new.get(path)))).collect()
    }
}

/// How many things that changed in the same words become one card.
const MANY: usize = 5;

/// One card for many things with the same changes: 1,000 items whose promise became longer by one edit.
fn grouped(cards: Vec<Card>) -> Vec<Card> {
    let key = |card: &Card| {
        let changes: Vec<Change> = card.changes.iter().map(|change| Change { line: None, ..change.clone() }).collect();
        (card.kind, card.fate, format!("{changes:?}"))
    };
    let can = |card: &Card| card.fate == Fate::Changed;
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for card in cards.iter().filter(|card| can(card)) {
        *counts.entry(key(card)).or_default() += 1;
    }
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    let mut kept: Vec<Card> = Vec::new();
    for card in cards {
        let key = key(&card);
        let is_many = can(&card) && counts.get(&key).is_some_and(|count| *count >= MANY);
        match first.get(&key).filter(|_| is_many) {
            Some(at) => kept[*at].alike.push(Alike { name: card.name, file: card.file }),
            None => {
                first.insert(key, kept.len());
                kept.push(card);
            }
        }
    }
    kept
}

/// What else shows an item that changed or went: the bundles it belongs to, links to its old address.
fn portal_wide(cards: &mut [Card], base: &Portal, head: &Portal) {
    for card in cards.iter_mut().filter(|card| card.kind == Kind::Item) {
        let portal = if matches!(card.fate, Fate::Gone | Fate::Merged) { base } else { head };
        let Some(item) = portal.item_named(&card.id).map(|id| portal.item(id)) else { continue };
        let shown = item.bundles.iter().map(|id| &portal.bundles[id.index()].facts);
        let names: Vec<&str> =
            shown.map(|facts| facts.everyday_name.as_ref().unwrap_or(&facts.name).as_str()).collect();
        let Some(change) = card.changes.iter_mut().find(|change| SHOWN.contains(&change.key.as_str())) else {
            continue;
        };
        if !names.is_empty() {
            change.notes.push(Note::new(
                Remark::Hint,
                format!("也出现在一件事「{}」", names.join("」「")),
                format!("also shown in the bundles {}", names.join(", ")),
            ));
        }
    }
}

/// The fields of an item that other pages show.
const SHOWN: [&str; 7] = ["办理时限.承诺", "到现场次数", "收费", "网址", "事项", "状态", "合并"];

/// Whether an entry of the change record says why, and not only what.
fn gives_reason(entry: &str) -> bool {
    ["因", "根据", "依据", "按照", "为了", "理由", "《"].iter().any(|word| entry.contains(word))
}

/// 取消 and 暂停 by what they mean: said in words, beside the field.
fn status(kind: Kind, before: &Value, after: &Value, changes: &mut [Change]) {
    let state = |value: &Value| value.get("状态").and_then(Value::as_str).unwrap_or("在用").to_owned();
    if kind != Kind::Item || state(before) == state(after) {
        return;
    }
    for change in changes.iter_mut().filter(|change| change.key == "状态") {
        change.old = Some(state(before));
        change.new = Some(state(after));
        if state(after) == "取消" && after.get("接替事项").is_none() {
            change.notes.push(Note::new(
                Remark::Hint,
                "没有写接替事项，群众不知道改办什么",
                "no item is named that takes its place",
            ));
        }
    }
}

fn judged(kind: Kind, found: Difference, has_reason: bool) -> Change {
    let (class, notes) = judge(kind, &found, has_reason);
    Change { class, key: found.key, notes, brief: found.brief, ..whole(&found.field, found.old, found.new) }
}

fn whole(field: &str, old: Option<String>, new: Option<String>) -> Change {
    Change {
        class: Class::Fact,
        field: field.to_owned(),
        key: field.to_owned(),
        old,
        brief: None,
        new,
        notes: Vec::new(),
        touched: Vec::new(),
        line: None,
        excepted: None,
    }
}

fn text_difference(name: &str, old: Option<String>, new: Option<String>) -> Difference {
    let (field, key) = (name.to_owned(), name.to_owned());
    Difference { field, key, format: None, old, new, at: Default::default(), is_entry: false, entry: None, brief: None }
}

/// A change of an attachment: how large it was and is, and whether it is there at all.
fn attachment(path: &str, old: Option<&BinaryFile>, new: Option<&BinaryFile>) -> Change {
    let size = |file: Option<&BinaryFile>| file.map(|file| bytes(file.size));
    let mut change = whole(path, size(old), size(new));
    // In a revision a pointer is as it should be; on disk the file itself was not fetched.
    if new.is_some_and(|file| file.pointer.is_some() && !file.disk.as_os_str().is_empty()) {
        change.notes.push(Note::new(
            Remark::Hint,
            "只有 Git LFS 指针，文件没有取下来",
            "only a Git LFS pointer: the file was not fetched",
        ));
    }
    change
}

fn bytes(size: u64) -> String {
    match size {
        0..1024 => format!("{size} B"),
        1024..1_048_576 => format!("{:.1} KB", size as f64 / 1024.0),
        _ => format!("{:.1} MB", size as f64 / 1_048_576.0),
    }
}

/// The lines of fields in one file, worked out when asked for.
struct Places<'t> {
    tree: &'t SourceTree,
    file: FileId,
    positions: Option<(Option<Positions>, usize)>,
}

impl<'t> Places<'t> {
    fn new(tree: &'t SourceTree, file: FileId) -> Self {
        Places { tree, file, positions: None }
    }

    fn line(&mut self, found: &Difference) -> Option<usize> {
        let file = self.tree.file(self.file);
        let (positions, base) = self.positions.get_or_insert_with(|| {
            let range = if file.path.ends_with(".md") { front_matter(&file.text) } else { Some(0..file.text.len()) };
            range.map_or((None, 0), |range| (Positions::of(&file.text[range.clone()]), range.start))
        });
        if found.key == docs::BODY {
            return None;
        }
        let range = positions.as_ref()?.value(&found.at)?;
        Some(LineIndex::new(&file.text).position(*base + range.start).line)
    }
}

/// Findings of one side only.
struct OneSided {
    found: Vec<Found>,
    let_pass: Vec<Found>,
    cured: Vec<Found>,
}

/// What is found, what is let pass and what is cured in the new state alone. A
/// finding that somebody lets pass is not cured.
fn findings(base: &Half, head: &Half, moves: &Moves) -> OneSided {
    let report = |half: &Half| Report::new(half.findings.clone(), &half.tree);
    let (old, new) = (report(base), report(head));
    let key = |finding: &LocatedFinding, half: &Half| {
        let (code, path, words) = key(finding, half);
        (code, if std::ptr::eq(half, base) { moves.path(&path).into_owned() } else { path }, words)
    };
    let open = |report: &Report, half: &Half| {
        report.findings.iter().map(|one| (key(one, half), one.clone(), None)).collect::<Vec<_>>()
    };
    let allowed = |report: &Report, half: &Half| {
        let of = |one: &LocatedAllowed| (key(&one.finding, half), one.finding.clone(), Some(one.reason.clone()));
        report.allowed.iter().map(of).collect::<Vec<_>>()
    };
    let only = |these: Vec<Sided>, half: &Half, those: &[&[Sided]]| {
        let known: BTreeSet<_> = those.iter().flat_map(|list| list.iter().map(|(key, ..)| key)).collect();
        let found = these.iter().filter(|(key, ..)| !known.contains(key));
        found.map(|(_, finding, reason)| shown(finding, reason.as_deref(), half)).collect::<Vec<_>>()
    };
    let (had, has) = (open(&old, base), open(&new, head));
    let (passed, passes) = (allowed(&old, base), allowed(&new, head));
    OneSided {
        found: only(has.clone(), head, &[&had]),
        let_pass: only(passes.clone(), head, &[&passed]),
        cured: only(had, base, &[&has, &passes]),
    }
}

/// A finding by what it is the same in both states, and the reason for which it is let pass.
type Sided = ((&'static str, String, String), LocatedFinding, Option<String>);

/// What a finding is known by: its code, file and words.
fn key(finding: &LocatedFinding, half: &Half) -> (&'static str, String, String) {
    (finding.code.id, half.tree.file(finding.spot.file).path.clone(), finding.message.zh.clone())
}

fn shown(finding: &LocatedFinding, reason: Option<&str>, half: &Half) -> Found {
    let path = &half.tree.file(finding.spot.file).path;
    let line = finding.spot.part.as_ref().map(|part| format!(":{}:{}", part.start.line, part.start.column));
    let Words { zh, en } = &finding.message;
    let message = match reason {
        Some(reason) => Words::new(format!("{zh}（理由：{reason}）"), format!("{en} (reason: {reason})")),
        None => finding.message.clone(),
    };
    Found {
        code: finding.code.id,
        is_error: finding.severity == Severity::Error,
        place: format!("{path}{}", line.unwrap_or_default()),
        message,
    }
}

/// Addresses that are gone and whether a redirect covers them, and addresses that are new.
fn addresses(base: &Half, head: &Half) -> (Vec<Gone>, Vec<String>) {
    let (Some(_), Some(portal)) = (&base.portal, &head.portal) else { return (Vec::new(), Vec::new()) };
    let (old, new): (BTreeSet<String>, BTreeSet<String>) = (base.pages().collect(), head.pages().collect());
    let bare = |path: &str| path.trim_end_matches('/').to_owned();
    let gone = |path: String| {
        let redirect = head.redirect(&path);
        let is_written = portal.redirects.iter().any(|one| bare(&one.from) == bare(&path));
        Gone { is_automatic: redirect.is_some() && !is_written, redirect, path }
    };
    let gone = outermost(old.difference(&new)).into_iter().map(gone).collect();
    (gone, outermost(new.difference(&old)))
}

/// These addresses, in order, without those that only go with another: the pages of long lists, the sheets and
/// cases of an item that comes or goes itself.
fn outermost<'a>(paths: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for path in paths.filter(|path| !path.contains("/page/") && !path.ends_with("/notice/")) {
        if kept.last().is_none_or(|last| !last.ends_with('/') || !path.starts_with(last.as_str())) {
            kept.push(path.clone());
        }
    }
    kept
}

/// Says beside what moved or went that its old address leads nowhere.
fn unreachable(cards: &mut [Card], gone: &[Gone]) {
    for card in cards.iter_mut().filter(|card| matches!(card.fate, Fate::Moved | Fate::Gone | Fate::Merged)) {
        let Some(change) =
            card.changes.iter_mut().find(|change| ["网址", "合并", card.kind.names().0].contains(&&*change.key))
        else {
            continue;
        };
        let old = if card.fate == Fate::Moved { &change.old } else { &card.url };
        let is_left = |one: &&Gone| Some(&one.path) == old.as_ref() && one.redirect.is_none();
        if gone.iter().any(|one| is_left(&one)) {
            change.notes.push(Note::new(
                Remark::Hint,
                "旧网址没有跳转，收藏和二维码打开是 404",
                "the old address has no redirect: bookmarks and printed codes lead to a 404",
            ));
        }
    }
}

/// What the cards and the files say, in sixteen digits.
fn digest(cards: &[Card], tree: &SourceTree) -> String {
    let mut all = format!("{cards:?}");
    for file in &tree.files {
        all.push_str(&file.path);
        all.push_str(&format!("{:x}", xxh3_64(file.text.as_bytes())));
    }
    format!("{:016x}", xxh3_64(all.as_bytes()))
}
