//! `serve --review`: the working tree beside a revision, while it is edited.
//!
//! The revision is read once. What differs is worked out when somebody asks for
//! it, once for each version of the portal, so that saving stays as quick as it is.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;

use crate::diagnostics::{Lang, Words};
use crate::load::Loaded;
use crate::pipeline::{Input, Memory};
use crate::plan::{Output, path_of};
use crate::review::{self, Before, Card, Change, Class, Fate, Linked, Part, Piece, Remark, Review};
use crate::serve::address::{Address, encode};
use crate::serve::compare::Side;
use crate::serve::places;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::Current;

/// The script of the bar in changed pages.
pub(super) const SCRIPT: &str = include_str!("client/review.js");
/// Its look.
pub(super) const STYLE: &str = include_str!("client/review.css");
/// Where the page of all changes is, with and without the path of the site before it.
pub(super) const LIST: &str = "/__review/";

/// What the preview is compared with.
pub(super) struct Against {
    /// What it was asked for as.
    asked: String,
    input: Input,
    before: Before,
    memory: Mutex<Memory>,
}

impl Against {
    /// Reads the revision.
    pub(super) fn read(asked: &str, input: &Input) -> Result<Arc<Self>, Words> {
        let before = review::before(asked, input)?;
        let asked = asked.to_owned();
        Ok(Arc::new(Against { asked, input: input.clone(), before, memory: Mutex::default() }))
    }

    /// The same revision as of another day.
    pub(super) fn on(&self, input: &Input) -> Result<Arc<Self>, Words> {
        Against::read(&self.asked, input)
    }

    fn compare(&self, loaded: Loaded) -> Review {
        // What a comparison that failed left half done is not taken up again.
        let mut memory = self.memory.lock().unwrap_or_else(|poisoned| {
            let mut memory = PoisonError::into_inner(poisoned);
            *memory = Memory::default();
            self.memory.clear_poison();
            memory
        });
        let before = &self.before;
        let head = review::working(loaded, &self.input, before.head.clone(), &mut memory);
        drop(memory);
        review::review(&before.base, &head, &before.about, self.input.as_of)
    }
}

/// One version of the portal beside the revision.
pub(super) struct Compared {
    against: Arc<Against>,
    /// The files, until they are compared.
    loaded: Mutex<Option<Loaded>>,
    /// What differs; nothing if the program failed at it.
    review: OnceLock<Option<Review>>,
}

impl Compared {
    pub(super) fn new(against: &Arc<Against>, loaded: Loaded) -> Self {
        let (against, loaded) = (Arc::clone(against), Mutex::new(Some(loaded)));
        Compared { against, loaded, review: OnceLock::new() }
    }

    /// The revision.
    pub(super) fn before(&self) -> &Before {
        &self.against.before
    }

    fn review(&self) -> Option<&Review> {
        let take = || self.loaded.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.review.get_or_init(|| take().map(|loaded| self.against.compare(loaded))).as_ref()
    }
}

/// Whether an address is that of the page of all changes.
pub(super) fn is_list(good: &Snapshot, path: &str) -> bool {
    let list = LIST.trim_end_matches('/');
    let path = path.trim_end_matches('/');
    let below = path.strip_prefix(good.base().trim_end_matches('/'));
    good.compared().is_some() && (path == list || below == Some(list))
}

/// Whether an address is that of the page of all changes, where no portal says what its path is.
pub(super) fn is_bare_list(path: &str) -> bool {
    path.trim_end_matches('/').ends_with(LIST.trim_end_matches('/'))
}

/// The page of all changes without the pages they are on: errors leave none.
pub(super) fn bare_list(compared: &Compared) -> Option<String> {
    Some(review::html(compared.review()?, Lang::Zh))
}

/// The page of all changes.
pub(super) fn list(good: &Snapshot) -> Option<String> {
    let review = good.compared()?.review()?;
    let link = |url: Option<&str>, file: &str| {
        let Some(path) = site_path(good, url, file) else { return Linked::default() };
        // What is gone had a page, so there is something to see beside nothing.
        let page = link(good, &path);
        let is_known = page.is_some() || earlier(good, &path).is_some();
        Linked { page, both: is_known.then(|| Side::Both.address(&path)) }
    };
    Some(review::html_linked(review, Lang::Zh, Some(&link)))
}

/// The site path of what a card is about: its own, or that of the page its file is shown on.
fn site_path(good: &Snapshot, url: Option<&str>, file: &str) -> Option<String> {
    if let Some(url) = url {
        return Some(url.to_owned());
    }
    let address = Address::parse(&places::shown(good, file, None)?).ok()?;
    Some(format!("/{}", address.path.strip_prefix(good.base())?))
}

/// The address of a site path that is in this version.
fn link(good: &Snapshot, path: &str) -> Option<String> {
    let (file, _) = good.find(path)?;
    Some(encode(&format!("{}{}", good.base(), path_of(file).trim_start_matches('/'))))
}

/// The site paths a card is about: its own, and those of things that changed alike.
fn paths(good: &Snapshot, card: &Card) -> Vec<String> {
    let own = site_path(good, card.url.as_deref(), &card.file);
    let alike = card.alike.iter().filter_map(|one| site_path(good, None, &one.file));
    own.into_iter().chain(alike).collect()
}

/// What the client fetches for a page.
#[derive(Debug, Default, Serialize)]
struct Answer {
    /// How many pages changed, and which of them this is, from 1.
    pages: usize,
    at: Option<usize>,
    next: Option<String>,
    previous: Option<String>,
    /// How many changes this page has.
    count: usize,
    list: String,
    /// The path of the site.
    base: String,
    /// Both pages side by side.
    compare: String,
    /// The page as it was, if it was there.
    old: Option<String>,
    cards: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    title: String,
    link: String,
    changes: Vec<Shown>,
}

#[derive(Debug, Serialize)]
struct Shown {
    field: String,
    class: &'static str,
    class_name: &'static str,
    old: Option<Vec<Marked>>,
    new: Option<Vec<Marked>>,
    effects: Vec<Effect>,
}

#[derive(Debug, Serialize)]
struct Marked {
    part: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
struct Effect {
    kind: &'static str,
    text: String,
}

/// The changes of the page that a query names (`?/items/a/`), and its neighbours, as JSON.
pub(super) fn json(current: &Current, query: &str) -> Vec<u8> {
    let answer = current.good.as_ref().and_then(|good| answer(good, query)).unwrap_or_default();
    serde_json::to_vec(&answer).expect("texts and numbers always serialise")
}

fn answer(good: &Snapshot, query: &str) -> Option<Answer> {
    let review = good.compared()?.review()?;
    let address = Address::parse(query.strip_prefix('?')?).ok()?;
    let here = format!("/{}", address.path.strip_prefix(good.base())?);
    let mut pages: Vec<String> = Vec::new();
    let mut cards = Vec::new();
    for card in &review.cards {
        let paths = paths(good, card);
        cards.extend(entry(card, &here, paths.contains(&here)));
        for path in paths {
            if (is_page(good, &path) || earlier(good, &path).is_some()) && !pages.contains(&path) {
                pages.push(path);
            }
        }
    }
    let at = pages.iter().position(|path| *path == here);
    // Beside a page that did not change is the first, or the last.
    let next = at.map_or(0, |at| at + 1);
    let previous = at.unwrap_or(pages.len()).checked_sub(1);
    // What is gone is to be seen beside what is there now: nothing, or where its address leads.
    let address = |n: usize| {
        let path = pages.get(n)?;
        if is_page(good, path) { link(good, path) } else { Some(Side::Both.address(path)) }
    };
    Some(Answer {
        pages: pages.len(),
        at: at.map(|at| at + 1),
        next: address(next),
        previous: previous.and_then(address),
        count: cards.iter().map(|entry| entry.changes.len()).sum(),
        list: LIST.to_owned(),
        base: good.base().to_owned(),
        compare: Side::Both.address(&here),
        old: earlier(good, &here).map(|path| Side::Old.address(&path)),
        cards,
    })
}

/// Whether this version has a page there.
fn is_page(good: &Snapshot, path: &str) -> bool {
    good.find(path).is_some_and(|(_, output)| matches!(output, Output::Page(_)))
}

/// The site path a page had in the revision: its own, or that of the item that was moved here.
pub(super) fn earlier(good: &Snapshot, path: &str) -> Option<String> {
    let compared = good.compared()?;
    if compared.before().has_page(path) {
        return Some(path.to_owned());
    }
    let moved = |card: &&Card| card.fate == Fate::Moved && card.url.as_deref() == Some(path);
    let card = compared.review()?.cards.iter().find(moved)?;
    card.changes.iter().find(|change| change.key == "网址")?.old.clone()
}

/// What a card says of a page: everything if it is about it, else what the page has from it.
fn entry(card: &Card, here: &str, is_about: bool) -> Option<Entry> {
    let reaches = |change: &&Change| is_about || change.touched.iter().any(|one| one.path == here);
    let shown = |change: &Change| shown(change, if is_about { change.class } else { Class::Consequence });
    let changes: Vec<Shown> = card.changes.iter().filter(reaches).map(shown).collect();
    let link = format!("{LIST}#{}", encode(&card.anchor()));
    (!changes.is_empty()).then(|| Entry { title: review::title(card, Lang::Zh), link, changes })
}

fn shown(change: &Change, class: Class) -> Shown {
    let (old, new) = review::pair(change.said(Lang::Zh).as_deref(), change.new.as_deref());
    let notes = &change.notes;
    let phrases = review::impact(change, Lang::Zh).into_iter().enumerate();
    let kind = |n: usize| notes.get(n).map_or(Remark::Hint, |note| note.remark).names().2;
    Shown {
        field: change.field.clone(),
        class: class.names().1,
        class_name: class.names().0,
        old: change.old.is_some().then(|| marked(old)),
        new: change.new.is_some().then(|| marked(new)),
        effects: phrases.map(|(n, text)| Effect { kind: kind(n), text }).collect(),
    }
}

fn marked(pieces: Vec<Piece>) -> Vec<Marked> {
    let name = |part| match part {
        Part::Same => "same",
        Part::Gone => "gone",
        Part::New => "new",
    };
    pieces.into_iter().map(|piece| Marked { part: name(piece.part), text: piece.text }).collect()
}
