//! The addresses of a release, and what became of those of the last one.
//!
//! An address that was published is kept by people, printed on paper and found
//! by search engines. It has a page or a redirect for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Finding, Place, Target, Words, codes};
use crate::output::OutputPath;
use crate::plan::pages::Draft;
use crate::plan::{Output, OutputPlan, Page, cases, path_of, sheets};
use crate::portal::{Portal, paths};
use crate::schema::urls_lock::{LockedAddress, UrlsLock, Was};
use crate::source::{FieldPath, FileId};

/// An address of the last release that leads nowhere now, and where it should lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The old address.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Why, in the words of the public.
    pub reason: String,
}

/// The text of `urls.lock` for a release of this plan.
pub fn urls_lock(portal: &Portal, plan: &OutputPlan) -> String {
    let kept: Vec<(String, Was)> =
        plan.outputs.iter().filter_map(|(path, output)| Some((path_of(path), was(portal, path, output)?))).collect();
    UrlsLock::write(portal.as_of, kept.iter().map(|(path, was)| (path.as_str(), was)))
}

/// What an output is to those who keep its address; nothing for what nobody keeps.
fn was(portal: &Portal, path: &OutputPath, output: &Output) -> Option<Was> {
    match output {
        Output::Page(page) if !path.as_str().contains("page/") || number(*page) == 1 => {
            name(portal, *page).map(Was::Page)
        }
        Output::Redirect { to, .. } if !sheets::is_for_paper(&path_of(path)) => Some(Was::Redirect(to.clone())),
        _ => None,
    }
}

/// Which page of a list it is; 1 for what is none.
fn number(page: Page) -> usize {
    match page {
        Page::Items(n)
        | Page::Changes(n)
        | Page::Department(_, n)
        | Page::Topic(_, n)
        | Page::Place(_, n)
        | Page::Law(_, n)
        | Page::Laws(n)
        | Page::Material(_, n)
        | Page::Materials(n)
        | Page::Notices(n)
        | Page::Catalogue(_, n)
        | Page::Behind(_, n) => n,
        _ => 1,
    }
}

/// The name of a page that addresses are kept of.
fn name(portal: &Portal, page: Page) -> Option<String> {
    let text = match page {
        // A sheet or a booklet goes where its item or its department goes; the lists behind
        // figures come and go with the items.
        Page::NotFound | Page::NoticeSheet(..) | Page::Booklet(..) | Page::Behind(..) => return None,
        // Those above a result are known from its address, and its name from that of the item.
        Page::Case(id, case) if portal.item(id).case(case).is_none_or(|case| !case.is_result()) => return None,
        Page::Item(id) => portal.item(id).everyday_name(),
        Page::Department(id, _) | Page::Catalogue(Some(id), _) => &portal.department(id).facts.name,
        Page::Topic(id, _) => &portal.topic(id).facts.name,
        Page::Place(id, _) => &portal.place(id).facts.name,
        Page::Law(id, _) => &portal.law(id).facts.name,
        Page::Material(id, _) => &portal.material(id).facts.name,
        Page::Notice(n) => &portal.notices.get(n)?.head.title,
        Page::Bundle(id) => &portal.bundles.get(id.index())?.facts.name,
        Page::Text(n) => &portal.pages.get(n)?.head.title,
        _ => "",
    };
    Some(text.to_owned())
}

/// The kinds of things that have a folder of addresses, with their names in both languages.
const KINDS: [(&str, &str, &str); 9] = [
    (paths::ITEMS, "事项", "the item"),
    (paths::DEPARTMENTS, "部门", "the department"),
    (paths::CATALOGUE, "公开目录", "the catalogue of"),
    (paths::LAWS, "法律", "the law"),
    (paths::MATERIALS, "材料", "the material"),
    (paths::PLACES, "地点", "the place"),
    (paths::BUNDLES, "一件事", "the bundle"),
    (paths::NOTICES, "通知", "the notice"),
    (paths::TOPICS, "主题", "the topic"),
];

/// Reports every address of the last release that has neither page nor redirect any longer.
pub(super) fn check(draft: &mut Draft<'_>) -> Vec<Lost> {
    let portal = draft.portal;
    let Some(file) = portal.release.file.filter(|_| portal.release.binds) else { return Vec::new() };
    let lock = &portal.release.lock.addresses;
    // What redirects.yaml has an entry for, which does not work, has a finding of its own.
    let written: BTreeSet<&str> = portal.redirects.iter().map(|one| one.from.trim()).collect();
    let is_lost = |one: &&LockedAddress| !draft.has(&one.path) && !written.contains(one.path.as_str());
    let lost: Vec<&LockedAddress> = lock.iter().filter(is_lost).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let paths: BTreeSet<&str> = lost.iter().map(|one| one.path.as_str()).collect();
    let successors = Successors::new(draft, lock);
    let mut found = Vec::new();
    for one in &lost {
        // A case goes where its item goes, which has the finding.
        if cases::item_and_answers(&one.path)
            .is_some_and(|(of, _)| paths.contains(of) || withheld(portal, of).is_some())
        {
            continue;
        }
        if let Was::Redirect(to) = &one.was
            && withheld(portal, to).is_some()
        {
            continue;
        }
        if let Some(item) = withheld(portal, &one.path) {
            draft.findings.push(
                Finding::new(&codes::UR03, file, Target::Bytes(one.range.clone()), message(one))
                    .label("没有公开", "not public")
                    .allowed("公布过的事项一直有页面；不办了的，页面留着，写明不办了", "an item that was published keeps its page")
                    .repair(
                        "审核通过并且生效了再发布；不再办理的，写“状态: 取消”和“接替事项”",
                        "publish once it is approved and in force; if it is no longer handled write 状态: 取消 and 接替事项",
                    )
                    .related(
                        Place { file: item, target: Target::Key(FieldPath::root().key("审核")) },
                        Words::new("事项还在这里，但是没有公开", "the item is here, but not public"),
                    ),
            );
            continue;
        }
        let to = successors.of(draft, one, 0);
        let is_told = match &one.was {
            // Where the page goes, the codes that lead to it go as well: one finding is enough.
            Was::Redirect(to) => paths.contains(to.as_str()),
            Was::Page(_) => one.path.starts_with(paths::CATALOGUE) && paths.contains(&*department_of(&one.path)),
        };
        if !is_told {
            draft.findings.push(
                Finding::new(&codes::UR03, file, Target::Bytes(one.range.clone()), message(one))
                    .label("打不开了", "leads nowhere")
                    .allowed(
                        "公布过的网址一直有页面，或者有跳转",
                        "an address that was published has a page or a redirect",
                    )
                    .repair(
                        format!(
                            "在 redirects.yaml 里写 `- {{ 从: {}, 到: {to} }}`，或者运行 mingbai check --fix",
                            one.path
                        ),
                        format!(
                            "write `- {{ 从: {}, 到: {to} }}` into redirects.yaml, or run mingbai check --fix",
                            one.path
                        ),
                    ),
            );
        }
        found.push(Lost { from: one.path.clone(), reason: reason(one, &to), to });
    }
    found
}

/// The file of the item an address belongs to, if it is there but not for the public.
fn withheld(portal: &Portal, path: &str) -> Option<FileId> {
    let slug = path.strip_prefix(paths::ITEMS)?.strip_suffix('/')?;
    portal.release.withheld.get(slug).copied()
}

/// Leads on from lists that are empty now and may have entries again: a topic, a catalogue, all notices.
pub(super) fn empty_lists(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let Some(file) = portal.release.file else { return };
    for one in &portal.release.lock.addresses {
        let path = one.path.as_str();
        let department = path.strip_prefix(paths::CATALOGUE).and_then(|rest| rest.strip_suffix('/'));
        let to = if portal.topics.iter().any(|topic| topic.path() == path) {
            paths::TOPICS
        } else if department.is_some_and(|id| portal.departments.iter().any(|department| department.id == id)) {
            paths::CATALOGUE
        } else if path == paths::NOTICES || path == paths::BUNDLES {
            "/"
        } else {
            continue;
        };
        if !draft.has(path) {
            draft.add(path, Output::Redirect { to: to.to_owned(), name: String::new() }, file);
        }
    }
}

/// What stands behind 理由 of a redirect for it.
fn reason(one: &LockedAddress, to: &str) -> String {
    // Nothing has its code or its name: it leads to the list it was in.
    let is_removed = one.path.starts_with(to);
    match &one.was {
        Was::Page(name) if is_removed && !name.is_empty() => format!("“{name}”的页面撤下了"),
        Was::Page(_) if is_removed => "页面撤下了".to_owned(),
        Was::Page(name) if !name.is_empty() => format!("“{name}”的页面换了地方"),
        Was::Page(_) => "页面换了地方".to_owned(),
        Was::Redirect(to) => format!("原来跳转到 {to}"),
    }
}

fn message(one: &LockedAddress) -> Words {
    let path = &one.path;
    let kind = KINDS.iter().find(|(folder, ..)| path.starts_with(folder));
    let what = match (&one.was, kind) {
        (Was::Redirect(to), _) => Words::new(format!("（跳转到 {to}）"), format!(" (led to {to})")),
        (Was::Page(name), _) if name.is_empty() => Words::new("", ""),
        (Was::Page(name), Some((_, zh, en))) => Words::new(format!("（{zh}“{name}”）"), format!(" ({en} “{name}”)")),
        (Was::Page(name), None) => Words::new(format!("（“{name}”）"), format!(" (“{name}”)")),
    };
    Words::new(
        format!("上次发布的网址 `{path}`{}，现在没有页面，也没有跳转", what.zh),
        format!("the published address `{path}`{} has neither page nor redirect now", what.en),
    )
}

/// The department whose catalogue an address was.
fn department_of(path: &str) -> String {
    path.replace(paths::CATALOGUE, paths::DEPARTMENTS)
}

/// What can take the place of a lost address.
struct Successors<'a> {
    /// The addresses of the last release.
    locked: BTreeMap<&'a str, &'a LockedAddress>,
    /// The codes that led to an address.
    codes: BTreeMap<&'a str, Vec<&'a str>>,
    /// The addresses of a folder of things by each of their names; none where two share it.
    named: BTreeMap<(&'static str, String), Option<String>>,
}

impl<'a> Successors<'a> {
    fn new(draft: &Draft<'a>, lock: &'a [LockedAddress]) -> Self {
        let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in lock {
            if let Was::Redirect(to) = &one.was
                && one.path.starts_with(paths::CODES)
            {
                codes.entry(to).or_default().push(&one.path);
            }
        }
        let locked = lock.iter().map(|one| (one.path.as_str(), one)).collect();
        Successors { locked, codes, named: named(draft.portal) }
    }

    /// Where a lost address should lead: to what has its code or its name, or else to the list it was in.
    fn of(&self, draft: &Draft<'_>, one: &LockedAddress, depth: usize) -> String {
        if let Was::Redirect(to) = &one.was {
            let bare = to.split('#').next().unwrap_or_default();
            if draft.has(bare) {
                return draft.end_of(to);
            }
            if let Some(next) = self.locked.get(bare).filter(|_| depth < 8) {
                return self.of(draft, next, depth + 1);
            }
            return self.list(draft, bare);
        }
        let codes = self.codes.get(one.path.as_str()).into_iter().flatten();
        let by_code = codes.filter_map(|code| draft.leads_to(code)).next();
        by_code
            .map(|to| draft.end_of(&to))
            .or_else(|| self.by_name(draft, one))
            .unwrap_or_else(|| self.list(draft, &one.path))
    }

    fn by_name(&self, draft: &Draft<'_>, one: &LockedAddress) -> Option<String> {
        let Was::Page(name) = &one.was else { return None };
        let (folder, ..) = KINDS.iter().find(|(folder, ..)| one.path.starts_with(folder))?;
        let of = if *folder == paths::CATALOGUE { paths::DEPARTMENTS } else { *folder };
        let found = self.named.get(&(of, name.clone()))?.clone()?;
        let there = if of == *folder { found } else { found.replace(of, folder) };
        draft.has(&there).then_some(there)
    }

    /// The nearest folder above that has a page.
    fn list(&self, draft: &Draft<'_>, path: &str) -> String {
        let mut path = if path.starts_with(paths::CODES) { "/items/x/" } else { path };
        loop {
            let folder = path.trim_end_matches('/').rfind('/').map_or("/", |at| &path[..=at]);
            if folder == "/" || draft.has(folder) {
                return folder.to_owned();
            }
            path = folder;
        }
    }
}

/// The address of everything by its names.
fn named(portal: &Portal) -> BTreeMap<(&'static str, String), Option<String>> {
    let mut all: BTreeMap<(&'static str, String), Option<String>> = BTreeMap::new();
    let mut add = |folder: &'static str, path: String, names: Vec<&String>| {
        for name in names {
            let entry = all.entry((folder, name.clone())).or_insert_with(|| Some(path.clone()));
            if entry.as_ref() != Some(&path) {
                *entry = None;
            }
        }
    };
    for item in &portal.items {
        let facts = &item.facts;
        let names = std::iter::once(&facts.name).chain(&facts.everyday_name).chain(&facts.aliases).collect();
        add(paths::ITEMS, item.path(), names);
    }
    for department in &portal.departments {
        let facts = &department.facts;
        let names = [&facts.name, &facts.short_name].into_iter().chain(&facts.former_names).collect();
        add(paths::DEPARTMENTS, department.path(), names);
    }
    for law in &portal.laws {
        let names = std::iter::once(&law.facts.name).chain(&law.facts.short_name).collect();
        add(paths::LAWS, law.path(), names);
    }
    for material in &portal.materials {
        let names = std::iter::once(&material.facts.name).chain(&material.facts.aliases).collect();
        add(paths::MATERIALS, material.path(), names);
    }
    for place in &portal.places {
        add(paths::PLACES, place.path(), vec![&place.facts.name]);
    }
    for bundle in &portal.bundles {
        let names = std::iter::once(&bundle.facts.name).chain(&bundle.facts.everyday_name).collect();
        add(paths::BUNDLES, bundle.path(), names);
    }
    for notice in &portal.notices {
        add(paths::NOTICES, notice.path(), vec![&notice.head.title]);
    }
    for topic in &portal.topics {
        let names = std::iter::once(&topic.facts.name).chain(&topic.facts.aliases).collect();
        add(paths::TOPICS, topic.path(), names);
    }
    all
}
