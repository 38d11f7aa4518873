//! Puts the documents together into the portal.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostics::{Finding, Findings, Place as Spot, Target, Words, codes};
use crate::documents::{Body, Document, DocumentKind, has_file, kind_of};
use crate::markdown::Rendered;
use crate::model::value::{Calendar, YearArrangement};
use crate::portal::item_resolve::{Guide, ItemSource, Tables, resolve_item};
use crate::portal::references::{follow, unknown};
use crate::portal::resolved::{Around, Order, Parts, Resolved};
use crate::portal::unread::addresses;
use crate::portal::{
    Bundle, BundleId, Department, DepartmentId, Indexes, Item, ItemId, Law, LawId, Lookup, MaterialId, Notice, Page,
    Place, PlaceId, Portal, Release, SharedMaterial, Topic, TopicKind,
};
use crate::schema;
use crate::schema::values::OneOrList;
use crate::source::{FieldPath, FileId, SourceTree};

/// The file of the topics.
const TOPICS: &str = "content/topics.yaml";

/// What resolving depends on besides the documents.
#[derive(Debug, Clone)]
pub struct ResolveOptions {
    /// The day the site is made for; part of the input.
    pub as_of: Date,
    /// Whether drafts and what is not yet in force are shown.
    pub drafts: bool,
    /// The address the site will have, if not that of `site.yaml`.
    pub base_url: Option<String>,
}

/// The documents of one kind each, sorted out.
#[derive(Default)]
struct Sorted {
    /// Which files have a document, by their ids.
    documented: Vec<bool>,
    site: Option<(FileId, Arc<schema::SiteFile>)>,
    calendar: Arc<schema::CalendarFile>,
    topics: Option<(FileId, Arc<schema::TopicsFile>)>,
    synonyms: Arc<schema::SynonymsFile>,
    redirects: Option<(FileId, Arc<schema::RedirectsFile>)>,
    exceptions: Arc<schema::ExceptionsFile>,
    urls_lock: Option<(FileId, Arc<schema::UrlsLock>)>,
    laws: Vec<(String, FileId, Arc<schema::Law>)>,
    materials: Vec<(String, FileId, Arc<schema::SharedMaterial>)>,
    places: Vec<(String, FileId, Arc<schema::Place>)>,
    departments: Vec<(String, FileId, Arc<schema::Department>)>,
    items: Vec<ItemSource>,
    bundles: Vec<(String, FileId, Arc<schema::Bundle>)>,
    notices: Vec<(String, FileId, Arc<schema::NoticeHead>, Arc<Rendered>)>,
    pages: Vec<(String, FileId, Arc<schema::PageHead>, Arc<Rendered>)>,
}

fn sort(tree: &SourceTree, documents: Vec<Document>) -> Sorted {
    let mut sorted = Sorted { documented: vec![false; tree.files.len()], ..Sorted::default() };
    // Documents come in the order of their files: the guide of an item stands before it.
    let mut guide = None;
    for Document { file, body } in documents {
        sorted.documented[file.index()] = true;
        match body {
            Body::Site(site) => sorted.site = Some((file, site)),
            Body::Calendar(calendar) => sorted.calendar = calendar,
            Body::Topics(topics) => sorted.topics = Some((file, topics)),
            Body::Synonyms(synonyms) => sorted.synonyms = synonyms,
            Body::Redirects(redirects) => sorted.redirects = Some((file, redirects)),
            Body::Exceptions(exceptions) => sorted.exceptions = exceptions,
            Body::UrlsLock(urls) => sorted.urls_lock = Some((file, urls)),
            Body::Law(id, law) => sorted.laws.push((id, file, law)),
            Body::Material(id, material) => sorted.materials.push((id, file, material)),
            Body::Place(id, place) => sorted.places.push((id, file, place)),
            Body::Department(id, department) => sorted.departments.push((id, file, department)),
            Body::Item { department, slug, item } => {
                let guide = guide.take().filter(|(of, _)| *of == slug).map(|(_, guide)| guide);
                sorted.items.push(ItemSource { file, department, slug, facts: item, guide });
            }
            Body::Guide { slug, text } => guide = Some((slug, Guide { file, text })),
            Body::Bundle(slug, bundle) => sorted.bundles.push((slug, file, bundle)),
            Body::Notice { slug, head, text } => sorted.notices.push((slug, file, head, text)),
            Body::Page { path, head, text } => sorted.pages.push((path, file, head, text)),
        }
    }
    // File order and id order differ: `a-b.yaml` comes before `a.yaml`.
    sorted.laws.sort_by(|a, b| a.0.cmp(&b.0));
    sorted.materials.sort_by(|a, b| a.0.cmp(&b.0));
    sorted.bundles.sort_by(|a, b| a.0.cmp(&b.0));
    sorted.pages.sort_by(|a, b| a.0.cmp(&b.0));
    sorted
}

/// What departments are called in findings.
const DEPARTMENT: (&str, &str) = ("部门", "department");
/// What a shared material (共用材料) is called in a message.
const MATERIAL: (&str, &str) = ("共用材料", "shared material");

/// Resolves the documents. `None` only when there is no usable `site.yaml`.
///
/// Items that rest on nothing new are taken from `resolved`.
pub fn resolve(
    tree: &SourceTree,
    documents: Vec<Document>,
    options: &ResolveOptions,
    resolved: &mut Resolved,
) -> (Option<Portal>, Findings) {
    let mut findings = Findings::default();
    let mut sorted = sort(tree, documents);
    let unread = unread(tree, &sorted.documented);
    let Some((site_file, site)) = sorted.site.take() else { return (None, findings) };
    let topics_unread = sorted.topics.is_none() && has_file(tree, TOPICS);
    let topics = sorted.topics.take().map(|(file, said)| topics(file, &said, &mut findings)).unwrap_or_default();
    let laws = laws(std::mem::take(&mut sorted.laws), &unread, &mut findings);
    let (places, place_lookup) = places(std::mem::take(&mut sorted.places), &unread);
    let materials = materials(std::mem::take(&mut sorted.materials));
    let departments = departments(std::mem::take(&mut sorted.departments), &place_lookup, &mut findings);
    let department_lookup = department_lookup(&departments, &unread);
    let around = Around::new(tree, options);
    let sources = ItemSources::new(
        std::mem::take(&mut sorted.items),
        (tree, &unread),
        options,
        &department_lookup,
        (&around, resolved),
    );
    findings.extend(resolved.known_order().findings.clone());
    let tables = Tables {
        tree,
        as_of: options.as_of,
        laws: &laws,
        materials: &materials,
        places: &places,
        departments: &departments,
        topics: &topics,
        topics_unread,
        law_lookup: law_lookup(laws.iter().map(|law| law.id.as_str()), &unread),
        material_lookup: material_lookup(&materials, &unread),
        place_lookup,
        department_lookup,
        item_lookup: item_lookup(&sources),
    };
    let bundles = bundles(std::mem::take(&mut sorted.bundles), &tables, options, &mut findings);
    let release = release(sorted.urls_lock.take(), &sources, (&unread, topics_unread), options);
    let around = resolved.begin(around.with(sources.shown.iter().map(|item| &*item.slug)));
    let items = items(sources, &bundles, &tables, resolved, &mut findings);
    let notices = notices(std::mem::take(&mut sorted.notices), &tables, options, &mut findings);
    check_site(&site, site_file, &tables, &mut findings);
    check_obtained_by(&materials, &tables, &mut findings);
    let indexes = resolved.indexes(|| Indexes::new(&items, &departments, &laws, &materials, &places, &topics));
    let (base_url, base_path) = base(options.base_url.as_deref().unwrap_or(&site.url.to_string()));
    let (redirects_file, redirects) = sorted.redirects.map(|(file, said)| (file, said.redirects.clone())).unzip();
    let portal = Portal {
        site,
        site_file,
        base_path,
        base_url,
        as_of: options.as_of,
        calendar: calendar(&sorted.calendar),
        calendar_file: sorted.calendar,
        topics,
        laws,
        materials,
        places,
        departments,
        items,
        bundles,
        notices,
        pages: pages(sorted.pages, options),
        synonyms: sorted.synonyms,
        redirects: redirects.unwrap_or_default(),
        redirects_file,
        release,
        exceptions: sorted.exceptions,
        static_files: static_files(tree),
        indexes,
        around: around.portal,
        around_but_site: around.but_site,
    };
    (Some(portal), findings)
}

/// What the last release promised, and whether this portal has to keep it.
fn release(
    lock: Option<(FileId, Arc<schema::UrlsLock>)>,
    sources: &ItemSources,
    (unread, topics_unread): (&[DocumentKind], bool),
    options: &ResolveOptions,
) -> Release {
    let (file, lock) = lock.unzip();
    let lock: Arc<schema::UrlsLock> = lock.unwrap_or_default();
    let is_whole = sources.homeless.is_empty() && !unread.iter().any(has_page);
    let is_later = lock.day.is_none_or(|day| day <= options.as_of);
    let unread = addresses(unread, sources.homeless.iter().map(|item| &*item.slug), topics_unread);
    let binds = is_whole && is_later && !options.drafts;
    Release { binds, lock, file, withheld: sources.withheld.clone(), unread }
}

/// The address without its last slash, and the path every address begins with.
pub(crate) fn base(url: &str) -> (String, String) {
    let trimmed = url.trim_end_matches('/');
    let after_host = trimmed.find("://").map_or(0, |at| at + 3);
    let path = trimmed[after_host..].find('/').map_or("", |at| &trimmed[after_host + at..]);
    (trimmed.to_owned(), format!("{path}/"))
}

fn lookup<Id: Copy>(
    what: (&'static str, &'static str),
    names: impl Iterator<Item = impl Into<Arc<str>>>,
    issue: impl Fn(usize) -> Id,
) -> Lookup<Id> {
    Lookup::new(what, names.enumerate().map(|(n, name)| (name.into(), issue(n))))
}

/// The departments by their names.
fn department_lookup(departments: &[Department], unread: &[DocumentKind]) -> Lookup<DepartmentId> {
    let names = departments.iter().map(|department| department.id.as_str());
    lookup(DEPARTMENT, names, DepartmentId::issue).with_hidden(files_of(unread, department_id))
}

/// The laws by their names.
fn law_lookup<'a>(names: impl Iterator<Item = &'a str>, unread: &[DocumentKind]) -> Lookup<LawId> {
    lookup(("法律", "law"), names, LawId::issue).with_hidden(files_of(unread, law_id))
}

/// The shared materials by their names.
fn material_lookup(materials: &[SharedMaterial], unread: &[DocumentKind]) -> Lookup<MaterialId> {
    let names = materials.iter().map(|material| material.id.as_str());
    lookup(MATERIAL, names, MaterialId::issue).with_hidden(files_of(unread, material_id))
}

/// The items of this build by their slugs.
fn item_lookup(sources: &ItemSources) -> Lookup<ItemId> {
    let names = sources.shown.iter().map(|item| Arc::clone(&item.slug));
    lookup(("事项", "item"), names, ItemId::issue).with_hidden(sources.hidden.iter().cloned())
}

/// The kinds of the files that have no document: their own findings say why, or they are none.
fn unread(tree: &SourceTree, documented: &[bool]) -> Vec<DocumentKind> {
    let files = tree.files.iter().zip(documented).filter(|(_, documented)| !**documented);
    files.map(|(file, _)| kind_of(&file.path)).collect()
}

/// Whether pages are made from a file of this kind.
fn has_page(kind: &DocumentKind) -> bool {
    !matches!(kind, DocumentKind::Theme | DocumentKind::Ignored | DocumentKind::Unknown)
}

/// The names of the unreadable files of one kind.
fn files_of(unread: &[DocumentKind], name: fn(DocumentKind) -> Option<String>) -> Vec<String> {
    unread.iter().cloned().filter_map(name).collect()
}

macro_rules! names_of_kind {
    ($($name:ident $kind:pat => $id:ident),+ $(,)?) => { $(
        fn $name(kind: DocumentKind) -> Option<String> {
            match kind {
                $kind => Some($id),
                _ => None,
            }
        }
    )+ };
}

names_of_kind!(
    law_id DocumentKind::Law(id) => id,
    material_id DocumentKind::Material(id) => id,
    place_id DocumentKind::Place(id) => id,
    department_id DocumentKind::Department(id) => id,
    item_slug DocumentKind::Item(_, slug) => slug,
);

/// The items of the content folder, sorted out.
struct ItemSources {
    /// Those of this build.
    shown: Vec<ItemSource>,
    /// Those whose department has no readable file: they have no page, but are looked at.
    homeless: Vec<ItemSource>,
    /// The slugs that are known but not of this build.
    hidden: Vec<String>,
    /// Those of them that are not for the public, with their files.
    withheld: BTreeMap<String, FileId>,
}

impl ItemSources {
    /// Sorts the items out, as before if nothing that decides it is another.
    fn new(
        written: Vec<ItemSource>,
        files: (&SourceTree, &[DocumentKind]),
        options: &ResolveOptions,
        departments: &Lookup<DepartmentId>,
        (around, resolved): (&Around, &mut Resolved),
    ) -> Self {
        if !resolved.has_order(around.order(), &said(&written)) {
            resolved.keep_order(order(&written, files, options, departments, around.order()));
        }
        let order = resolved.known_order();
        let mut written: Vec<Option<ItemSource>> = written.into_iter().map(Some).collect();
        let mut take = |places: &[usize]| places.iter().filter_map(|n| written[*n].take()).collect::<Vec<_>>();
        ItemSources {
            shown: take(&order.shown),
            homeless: take(&order.homeless),
            hidden: order.hidden.clone(),
            withheld: order.withheld.clone(),
        }
    }
}

/// What items are told apart by from one run to the next.
fn said(written: &[ItemSource]) -> Vec<(FileId, &Arc<schema::Item>)> {
    written.iter().map(|source| (source.file, &source.facts)).collect()
}

/// Sorts the items out.
fn order(
    written: &[ItemSource],
    (tree, unread): (&SourceTree, &[DocumentKind]),
    options: &ResolveOptions,
    departments: &Lookup<DepartmentId>,
    around: u128,
) -> Order {
    let mut findings = Findings::default();
    let unique = unique_items(written, tree, &mut findings);
    let (shown, hidden): (Vec<usize>, Vec<usize>) =
        unique.into_iter().partition(|n| is_shown(&written[*n].facts, options));
    let withheld: BTreeMap<String, FileId> =
        hidden.iter().map(|n| (written[*n].slug.to_string(), written[*n].file)).collect();
    let mut hidden: Vec<String> = withheld.keys().cloned().collect();
    let (shown, homeless): (Vec<usize>, Vec<usize>) =
        shown.into_iter().partition(|n| departments.get(&written[*n].department).is_some());
    hidden.extend(homeless.iter().map(|n| written[*n].slug.to_string()));
    hidden.extend(files_of(unread, item_slug));
    let written = said(written).into_iter().map(|(file, facts)| (file, Arc::clone(facts))).collect();
    Order { around, written, shown, homeless, hidden, withheld, findings }
}

/// The bundles of each item.
fn bundles_of(bundles: &[Bundle], items: usize) -> Vec<Vec<BundleId>> {
    let mut of = vec![Vec::new(); items];
    for (n, bundle) in bundles.iter().enumerate() {
        for (_, item) in &bundle.items {
            of[item.index()].push(BundleId::issue(n));
        }
    }
    of
}

/// Resolves the items.
fn items(
    sources: ItemSources,
    bundles: &[Bundle],
    tables: &Tables<'_>,
    resolved: &mut Resolved,
    findings: &mut Findings,
) -> Vec<Arc<Item>> {
    let bundles = bundles_of(bundles, sources.shown.len());
    let before = &*resolved;
    let made: Vec<(Arc<Item>, Findings, bool)> = sources
        .shown
        .par_iter()
        .zip(&bundles)
        .enumerate()
        .map(|(n, (source, bundles))| {
            if let Some((item, found)) = before.find(n, &parts(source, bundles)) {
                return (item, found, true);
            }
            let mut found = Findings::default();
            let mut item = resolve_item(source, tables, &mut found);
            item.bundles.clone_from(bundles);
            (Arc::new(item), found, false)
        })
        .collect();
    let mut items = Vec::with_capacity(made.len());
    for (n, (item, found, is_known)) in made.into_iter().enumerate() {
        if !is_known {
            resolved.keep(n, &parts(&sources.shown[n], &bundles[n]), &item, &found);
        }
        items.push(item);
        findings.extend(found);
    }
    for source in &sources.homeless {
        resolve_item(source, tables, findings);
    }
    items
}

fn parts<'a>(source: &'a ItemSource, bundles: &'a [BundleId]) -> Parts<'a> {
    let guide = source.guide.as_ref().map(|guide| &guide.text);
    Parts { file: source.file, facts: &source.facts, guide, bundles }
}

fn pages(sources: Vec<(String, FileId, Arc<schema::PageHead>, Arc<Rendered>)>, options: &ResolveOptions) -> Vec<Page> {
    sources
        .into_iter()
        .filter(|(_, _, head, _)| options.drafts || !head.draft.0)
        .map(|(path, file, head, text)| Page { path, file, head, text })
        .collect()
}

fn topics(file: FileId, said: &schema::TopicsFile, findings: &mut Findings) -> Vec<Topic> {
    let lists = [&said.person, &said.legal, &said.life, &said.groups];
    for (kind, list) in TopicKind::ALL.into_iter().zip(lists) {
        let at = |n: usize| Target::Value(FieldPath::root().key(kind.key()).index(n).key("标识"));
        for (n, topic) in list.iter().enumerate() {
            let Some(first) = list[..n].iter().position(|other| other.slug == topic.slug) else { continue };
            findings.push(
                Finding::new(
                    &codes::UR01,
                    file,
                    at(n),
                    Words::new(
                        format!("标识 `{}` 已经是主题“{}”的", topic.slug, list[first].name),
                        format!("`{}` is already the 标识 of the topic {}", topic.slug, list[first].name),
                    ),
                )
                .allowed("每个主题的标识各不相同", "each topic has a 标识 of its own")
                .repair("改其中一个", "change one of them")
                .related(Spot { file, target: at(first) }, Words::new("先用在这里", "first used here")),
            );
        }
    }
    TopicKind::ALL
        .into_iter()
        .zip(lists)
        .flat_map(|(kind, list)| list.iter().map(move |topic| Topic { kind, facts: topic.clone() }))
        .collect()
}

fn laws(
    sources: Vec<(String, FileId, Arc<schema::Law>)>,
    unread: &[DocumentKind],
    findings: &mut Findings,
) -> Vec<Law> {
    let ids = law_lookup(sources.iter().map(|(id, ..)| id.as_str()), unread);
    sources
        .into_iter()
        .map(|(id, file, facts)| {
            let list = FieldPath::root().key("代替者");
            let replaced_by = facts
                .replaced_by
                .iter()
                .enumerate()
                .filter_map(|(n, law)| follow(&ids, &law.to_string(), file, &list.index(n), findings))
                .collect();
            Law { id, file, facts, replaced_by }
        })
        .collect()
}

fn places(
    mut sources: Vec<(String, FileId, Arc<schema::Place>)>,
    unread: &[DocumentKind],
) -> (Vec<Place>, Lookup<PlaceId>) {
    sources.sort_by(|a, b| (a.2.order.unwrap_or(u16::MAX), &a.0).cmp(&(b.2.order.unwrap_or(u16::MAX), &b.0)));
    let ids = lookup(("地点", "place"), sources.iter().map(|(id, ..)| id.as_str()), PlaceId::issue)
        .with_hidden(files_of(unread, place_id));
    (sources.into_iter().map(|(id, file, facts)| Place { id, file, facts }).collect(), ids)
}

fn materials(sources: Vec<(String, FileId, Arc<schema::SharedMaterial>)>) -> Vec<SharedMaterial> {
    sources.into_iter().map(|(id, file, facts)| SharedMaterial { id, file, facts }).collect()
}

fn departments(
    mut sources: Vec<(String, FileId, Arc<schema::Department>)>,
    places: &Lookup<PlaceId>,
    findings: &mut Findings,
) -> Vec<Department> {
    sources.sort_by(|a, b| (a.2.order.unwrap_or(u16::MAX), &a.0).cmp(&(b.2.order.unwrap_or(u16::MAX), &b.0)));
    sources
        .into_iter()
        .map(|(id, file, facts)| {
            let path = FieldPath::root().key("默认地点");
            let default_place = facts
                .default_place
                .as_ref()
                .and_then(|place| follow(places, &place.to_string(), file, &path, findings));
            Department { id, file, facts, default_place }
        })
        .collect()
}

/// The items by slug, with a finding for a slug that is used in two departments.
fn unique_items(sources: &[ItemSource], tree: &SourceTree, findings: &mut Findings) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sources.len()).collect();
    let key = |n: &usize| (&sources[*n].slug, &sources[*n].department);
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut unique: Vec<usize> = Vec::with_capacity(order.len());
    for n in order {
        let source = &sources[n];
        match unique.last().map(|last| &sources[*last]).filter(|last| last.slug == source.slug) {
            Some(first) => findings.push(
                Finding::new(
                    &codes::RF04,
                    source.file,
                    Target::File,
                    Words::new(
                        format!("事项文件夹名 `{}` 已经用过了", source.slug),
                        format!("the item folder name `{}` is already used", source.slug),
                    ),
                )
                .allowed(
                    format!("与 {} 不同的名字", tree.file(first.file).path),
                    format!("a name different from {}", tree.file(first.file).path),
                )
                .repair("给其中一个事项的文件夹改名", "rename the folder of one of them"),
            ),
            None => unique.push(n),
        }
    }
    unique
}

/// Whether an item is of this build: what the public must not see is not.
fn is_shown(facts: &schema::Item, options: &ResolveOptions) -> bool {
    let open = !facts.confidential.0;
    let approved = facts.approval.state.is_public();
    let in_force = facts.effective.as_ref().is_none_or(|day| day.date() <= options.as_of);
    open && (options.drafts || (approved && in_force))
}

fn static_files(tree: &SourceTree) -> BTreeMap<String, String> {
    tree.binaries
        .iter()
        .filter_map(|binary| {
            binary.path.strip_prefix("content/static/").map(|rest| (format!("/{rest}"), binary.path.clone()))
        })
        .collect()
}

fn bundles(
    sources: Vec<(String, FileId, Arc<schema::Bundle>)>,
    tables: &Tables<'_>,
    options: &ResolveOptions,
    findings: &mut Findings,
) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    for (slug, file, facts) in sources {
        let list = FieldPath::root().key("事项");
        let items: Vec<(usize, ItemId)> = facts
            .items
            .iter()
            .enumerate()
            .filter_map(|(n, entry)| {
                let path = list.index(n).key("事项");
                follow(&tables.item_lookup, &entry.item.to_string(), file, &path, findings).map(|id| (n, id))
            })
            .collect();
        if let Some(lead) = &facts.lead {
            follow(&tables.department_lookup, &lead.to_string(), file, &FieldPath::root().key("牵头部门"), findings);
        }
        let window = facts.one_window.as_ref().and_then(|one| {
            let path = FieldPath::root().key("一窗受理").key("地点");
            follow(&tables.place_lookup, one.place.as_str(), file, &path, findings)
        });
        let approved = facts.approval.as_ref().is_none_or(|approval| approval.state.is_public());
        if (approved || options.drafts) && !items.is_empty() {
            bundles.push(Bundle { slug, file, facts, items, window });
        }
    }
    bundles
}

fn notices(
    sources: Vec<(String, FileId, Arc<schema::NoticeHead>, Arc<Rendered>)>,
    tables: &Tables<'_>,
    options: &ResolveOptions,
    findings: &mut Findings,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    for (slug, file, head, text) in sources {
        let each = |key: &str, names: Vec<String>| -> Vec<(String, FieldPath)> {
            let list = FieldPath::root().key(key);
            names.into_iter().enumerate().map(|(n, name)| (name, list.index(n))).collect()
        };
        let names = |slugs: &[crate::model::value::Slug]| slugs.iter().map(ToString::to_string).collect::<Vec<_>>();
        let departments = each("部门", names(&head.departments))
            .into_iter()
            .filter_map(|(name, path)| follow(&tables.department_lookup, &name, file, &path, findings))
            .collect();
        let places = each("地点", names(&head.places))
            .into_iter()
            .filter_map(|(name, path)| follow(&tables.place_lookup, &name, file, &path, findings))
            .collect();
        let items = each("事项", names(&head.items))
            .into_iter()
            .filter_map(|(name, path)| follow(&tables.item_lookup, &name, file, &path, findings))
            .collect();
        check_notice_days(&slug, file, &head, findings);
        let coming = head.from.date() > options.as_of;
        if (coming || head.draft.0) && !options.drafts {
            continue;
        }
        let is_current = !coming && head.until.date() >= options.as_of;
        notices.push(Notice { slug, file, head, text, is_current, departments, places, items });
    }
    notices.sort_by(|a, b| (b.head.from.date(), &a.slug).cmp(&(a.head.from.date(), &b.slug)));
    notices
}

fn check_notice_days(slug: &str, file: FileId, head: &schema::NoticeHead, findings: &mut Findings) {
    let dated = slug.len() > 11 && slug.as_bytes()[10] == b'-' && slug[..10].parse::<Date>().is_ok();
    if !dated {
        findings.push(
            Finding::new(
                &codes::SR11,
                file,
                Target::File,
                Words::new(
                    format!("通知的文件名 `{slug}` 开头不是日期"),
                    format!("the name of the notice `{slug}` does not begin with a date"),
                ),
            )
            .allowed("日期-名字.md，如 2026-10-01-hall-closed.md", "date-name.md, such as 2026-10-01-hall-closed.md")
            .repair("给文件改名", "rename the file"),
        );
    }
    if head.until.date() < head.from.date() {
        findings.push(
            Finding::new(
                &codes::YM10,
                file,
                Target::Value(FieldPath::root().key("截止")),
                Words::new(
                    format!("截止日期 {} 早于开始日期 {}", head.until, head.from),
                    format!("the end {} is before the start {}", head.until, head.from),
                ),
            )
            .allowed("不早于“开始”的日期", "a day not before 开始")
            .repair("改正其中一个日期", "correct one of the two days"),
        );
    }
}

fn check_site(site: &schema::SiteFile, file: FileId, tables: &Tables<'_>, findings: &mut Findings) {
    let list = FieldPath::root().key("首页常办");
    for (n, slug) in site.featured.iter().enumerate() {
        follow(&tables.item_lookup, &slug.to_string(), file, &list.index(n), findings);
    }
}

fn check_obtained_by(materials: &[SharedMaterial], tables: &Tables<'_>, findings: &mut Findings) {
    for material in materials {
        let Some(obtained_by) = &material.facts.obtained_by else { continue };
        for (n, slug) in obtained_by.as_slice().iter().map(ToString::to_string).enumerate() {
            let field = FieldPath::root().key("办理事项");
            let path = if matches!(obtained_by, OneOrList::List(_)) { field.index(n) } else { field };
            if tables.item_lookup.get(&slug).is_none() && !tables.item_lookup.is_hidden(&slug) {
                findings.push(unknown(&tables.item_lookup, &slug, material.file, Target::Value(path)));
            }
        }
    }
}

fn calendar(file: &schema::CalendarFile) -> Calendar {
    let years = file
        .years
        .iter()
        .map(|year| YearArrangement {
            year: year.year,
            official: year.state == crate::model::terms::CalendarState::Official,
            holidays: year.holidays.iter().flat_map(|holiday| &holiday.days).map(|day| day.date()).collect(),
            workdays: year.workdays.iter().map(|day| day.date()).collect(),
        })
        .collect();
    Calendar::new(years)
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn the_base_path_is_what_follows_the_host() {
        assert_eq!(base("https://a.example/"), ("https://a.example".into(), "/".into()));
        assert_eq!(base("https://a.example/zwfw"), ("https://a.example/zwfw".into(), "/zwfw/".into()));
        assert_eq!(base("https://a.example/a/b/"), ("https://a.example/a/b".into(), "/a/b/".into()));
    }
}
