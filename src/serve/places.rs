//! Which part of a page comes from which place of which file, and back.
//!
//! The table names the parts of an item's page by the ids its template gives
//! them. It is handed to the client beside the page and is never part of it.

use std::path::Path;

use serde::Serialize;

use crate::documents::{DocumentKind, kind_of};
use crate::plan::{Output, Page, path_of};
use crate::portal::{ItemId, Portal, paths};
use crate::serve::address::{Address, encode};
use crate::serve::snapshot::Snapshot;
use crate::serve::state::Current;
use crate::source::lines::LineIndex;
use crate::source::{FieldPath, FileId, SourceTree};
use crate::yaml::Positions;

/// The parts of an item's page and the keys they show, the first that is there first.
const PARTS: [(&str, &[&str]); 15] = [
    ("glance", &["名称", "通俗名", "别名"]),
    ("situations", &["情形引导"]),
    ("conditions", &["申请条件", "禁止性要求", "适用范围"]),
    ("materials", &["申请材料"]),
    ("how", &["办理形式", "网上办理", "窗口办理", "到现场次数", "预约", "自助终端", "代办", "快递"]),
    ("process", &["办理流程", "特别程序"]),
    ("time", &["办理时限"]),
    ("fees", &["收费"]),
    ("where", &["办理地点", "进驻大厅"]),
    ("results", &["审批结果", "送达方式"]),
    ("rights", &["行政复议", "行政诉讼", "权利", "义务"]),
    ("contact", &["咨询电话", "监督电话"]),
    ("faq", &["常见问题"]),
    ("basis", &["办理依据"]),
    ("record", &["变更记录", "审核", "更新日期"]),
];

/// What an item inherits from its department: the part and the key there.
const INHERITED: [(&str, &str); 3] = [("where", "默认地点"), ("rights", "行政复议"), ("contact", "咨询电话")];

/// The id of the part that every page has.
const WHOLE: &str = "main-content";

/// One part of a page and where it is written.
#[derive(Debug, Serialize)]
struct Part {
    id: &'static str,
    path: String,
    line: usize,
    column: usize,
    editor: String,
}

/// The parts of the page that a query names (`?/items/a/`), as JSON.
pub(super) fn json(current: &Current, query: &str) -> Vec<u8> {
    let parts = current.good.as_ref().and_then(|good| parts(good, query)).unwrap_or_default();
    serde_json::to_vec(&parts).expect("texts and numbers always serialise")
}

fn parts(good: &Snapshot, query: &str) -> Option<Vec<Part>> {
    let address = Address::parse(query.strip_prefix('?')?).ok()?;
    let path = format!("/{}", address.path.strip_prefix(good.base())?);
    let (_, Output::Page(page)) = good.find(&path)? else { return None };
    let portal = good.portal();
    Some(match page {
        Page::Item(id) | Page::Case(id, _) => item(good, *id),
        other => file_of(portal, *other).map(|file| part(good, WHOLE, file, 0)).into_iter().collect(),
    })
}

/// The file a page is written in.
fn file_of(portal: &Portal, page: Page) -> Option<FileId> {
    Some(match page {
        Page::Home => portal.site_file,
        Page::Item(id) | Page::Case(id, _) | Page::NoticeSheet(id, _) => portal.item(id).file,
        Page::Department(id, _) | Page::Booklet(id, _) => portal.department(id).file,
        Page::Place(id, _) => portal.place(id).file,
        Page::Law(id, _) => portal.law(id).file,
        Page::Material(id, _) => portal.material(id).file,
        Page::Notice(n) => portal.notices.get(n)?.file,
        Page::Text(n) => portal.pages.get(n)?.file,
        Page::Bundle(id) => portal.bundle_ids().find(|(known, _)| *known == id)?.1.file,
        _ => return None,
    })
}

fn item(good: &Snapshot, id: ItemId) -> Vec<Part> {
    let portal = good.portal();
    let item = portal.item(id);
    let department = portal.department(item.department).file;
    let own = keys(good.tree(), item.file);
    let theirs = keys(good.tree(), department);
    let mut parts = vec![part(good, WHOLE, item.file, 0)];
    for (id, names) in PARTS {
        let inherited = INHERITED.iter().find(|(part, _)| *part == id).and_then(|(_, key)| theirs(key));
        if let Some(at) = names.iter().find_map(|key| own(key)) {
            parts.push(part(good, id, item.file, at));
        } else if let Some(at) = inherited {
            parts.push(part(good, id, department, at));
        }
    }
    if let Some(guide) = item.guide_file {
        parts.push(part(good, "guide", guide, 0));
    }
    parts
}

/// Where the keys of a file's first level are.
fn keys(tree: &SourceTree, file: FileId) -> impl Fn(&str) -> Option<usize> {
    let positions = Positions::of(&tree.file(file).text);
    move |key| {
        let range = positions.as_ref()?.key(&FieldPath::root().key(key))?;
        (!range.is_empty()).then_some(range.start)
    }
}

fn part(good: &Snapshot, id: &'static str, file: FileId, at: usize) -> Part {
    let file = good.tree().file(file);
    let at = LineIndex::new(&file.text).position(at);
    let editor = editor(good.root(), &file.path, Some((at.line, at.column)));
    Part { id, path: file.path.clone(), line: at.line, column: at.column, editor }
}

/// The address by which an editor opens a file of the portal at a place.
pub(super) fn editor(root: &Path, path: &str, at: Option<(usize, usize)>) -> String {
    let disk = root.join(path).to_string_lossy().replace('\\', "/");
    let (line, column) = at.unwrap_or((1, 1));
    // On Windows a path begins with its drive, and has no slash yet.
    format!("vscode://file/{}:{line}:{column}", encode(disk.trim_start_matches('/')))
}

/// The address of the page that a file is shown on, and the part of it that shows this place.
pub(super) fn shown(good: &Snapshot, path: &str, at: Option<(&str, usize)>) -> Option<String> {
    let page = match kind_of(path) {
        DocumentKind::Site => "/".to_owned(),
        DocumentKind::Guide(_, slug) => paths::below(paths::ITEMS, &slug),
        kind => paths::of_document(&kind)?,
    };
    let (file, output) = good.find(&page)?;
    if !matches!(output, Output::Page(_)) {
        return None;
    }
    let fragment = match (kind_of(path), at) {
        (DocumentKind::Item(..), Some((text, offset))) => part_of(text, offset).map(|id| format!("#{id}")),
        (DocumentKind::Guide(..), _) => Some("#guide".to_owned()),
        _ => None,
    };
    let address = format!("{}{}", good.base(), path_of(file).trim_start_matches('/'));
    Some(encode(&address) + &fragment.unwrap_or_default())
}

/// The part of an item's page that shows what is written at an offset: by the
/// key of the first level above it.
fn part_of(text: &str, offset: usize) -> Option<&'static str> {
    let before = text.get(..offset).unwrap_or(text);
    let end = text[before.len()..].find('\n').map_or(text.len(), |at| before.len() + at);
    let is_key = |line: &&str| !line.starts_with([' ', '-', '#', '\t']) && line.contains(':');
    let key = text[..end].lines().rev().find(is_key)?.split(':').next()?;
    PARTS.iter().find(|(_, keys)| keys.contains(&key)).map(|(id, _)| *id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_shows_a_place() {
        let text = "名称: 甲\n申请材料:\n  - 名称: 乙\n# 说明: 无\n收费: 不收费\n别的: 丙\n";
        let at = |part: &str| part_of(text, text.find(part).unwrap());
        assert_eq!(at("甲"), Some("glance"));
        assert_eq!(at("乙"), Some("materials"));
        assert_eq!(at("不收费"), Some("fees"));
        assert_eq!(at("丙"), None);
        assert_eq!(part_of("", 5), None);
    }

    #[test]
    fn links_of_the_editor() {
        let link = |root: &str, path: &str, at| editor(Path::new(root), path, at);
        assert_eq!(
            link("/门户", "content/a b.yaml", Some((3, 2))),
            "vscode://file/%E9%97%A8%E6%88%B7/content/a%20b.yaml:3:2"
        );
        assert_eq!(link("C:/p", "content/a.yaml", None), "vscode://file/C:/p/content/a.yaml:1:1");
    }
}
