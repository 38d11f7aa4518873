//! What is missing from the content folder, and what lies in the wrong place.
//!
//! A finding names a file; one that is not there, or is no text, is added to
//! the tree without any, so that it can be named.

use std::collections::BTreeSet;

use crate::diagnostics::{Finding, Target, Words, codes, nearest};
use crate::source::{Loaded, SourceTree};

/// The settings of the portal.
const SITE: &str = "content/site.yaml";

/// Adds a finding for every file that is missing or has no place.
pub fn check_layout(loaded: &mut Loaded) {
    if !has_file(&loaded.tree, SITE) {
        add(loaded, SITE, no_site);
    }
    for path in items_missing(&loaded.tree) {
        let like = renamed(&loaded.tree, &path);
        add(loaded, &path, no_item);
        if let (Some(like), Some(finding)) = (like, loaded.findings.last_mut()) {
            finding.repair =
                Some(Words::new(format!("把 `{like}` 改名为 `item.yaml`"), format!("rename `{like}` to `item.yaml`")));
        }
    }
    let strays: Vec<String> =
        loaded.tree.binaries.iter().map(|binary| &binary.path).filter(|path| !is_passed_on(path)).cloned().collect();
    for path in strays {
        add(loaded, &path, unknown_file);
    }
}

fn add(loaded: &mut Loaded, path: &str, finding: fn(Finding, &str) -> Finding) {
    let id = loaded.tree.add_missing(path);
    loaded.unreadable.push(id);
    let bare = |code, words| Finding::new(code, id, Target::File, words);
    let (code, words) = match path {
        SITE => (&codes::SR08, Words::new("没有 content/site.yaml", "there is no content/site.yaml")),
        path if path.ends_with("/item.yaml") => (
            &codes::SR09,
            Words::new(
                format!("事项文件夹 `{}` 里没有 item.yaml", folder(path)),
                format!("the item folder `{}` has no item.yaml", folder(path)),
            ),
        ),
        path => (&codes::SR07, unread(path)),
    };
    loaded.findings.push(finding(bare(code, words), path));
}

fn no_site(finding: Finding, _: &str) -> Finding {
    finding
        .allowed("门户的名称、网址、主办单位、备案号", "the portal's name, address, sponsor and filings")
        .repair("照手册写一个 content/site.yaml", "write content/site.yaml as the handbook shows")
}

/// A file of the folder that was probably meant to be `item.yaml`.
fn renamed(tree: &SourceTree, path: &str) -> Option<String> {
    let folder = path.strip_suffix("item.yaml")?;
    let texts = tree.files.iter().map(|file| file.path.as_str());
    texts
        .chain(tree.binaries.iter().map(|binary| binary.path.as_str()))
        .filter_map(|path| path.strip_prefix(folder))
        .find(|name| name.starts_with("item") && !name.contains('/'))
        .map(str::to_owned)
}

fn no_item(finding: Finding, _: &str) -> Finding {
    finding.repair("照手册写一个 item.yaml，或者删掉这个文件夹", "write an item.yaml, or delete the folder")
}

/// The repair for a file that has no place.
pub(super) fn unknown_file(finding: Finding, path: &str) -> Finding {
    const KNOWN: [&str; 9] = [
        "site.yaml",
        "calendar.yaml",
        "topics.yaml",
        "synonyms.yaml",
        "redirects.yaml",
        "exceptions.yaml",
        "department.yaml",
        "item.yaml",
        "guide.md",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    let near = match name.strip_suffix(".yml") {
        Some(stem) => Some(format!("{stem}.yaml")),
        None => nearest(name, KNOWN).filter(|near| *near != name).map(str::to_owned),
    };
    match near {
        // A copy must not replace what it is a copy of.
        Some(near) => finding.repair(
            format!("旁边还没有 `{near}` 的，改名为 `{near}`；已经有的，把这个移走或者删掉"),
            format!("rename it to `{near}` if there is none beside it; if there is, move this one away or delete it"),
        ),
        None if path.ends_with(".yaml") || path.ends_with(".md") => {
            finding.repair("移到规定的文件夹，或者删掉", "move it where it belongs, or delete it")
        }
        None => finding.repair(
            "附件放进事项文件夹的 files，照搬的文件放进 static，不用的删掉",
            "put attachments into files of an item's folder, files copied as they are into static, or delete it",
        ),
    }
}

/// The message for a file that has no place.
pub(super) fn unread(path: &str) -> Words {
    let name = path.rsplit('/').next().unwrap_or_default();
    Words::new(format!("这里的 `{name}` 不会被读取"), format!("`{name}` has no place here and is not read"))
}

/// The `item.yaml` of every item folder that has files but not this one.
fn items_missing(tree: &SourceTree) -> BTreeSet<String> {
    let texts = tree.files.iter().map(|file| file.path.as_str());
    let paths = texts.chain(tree.binaries.iter().map(|binary| binary.path.as_str()));
    // The files of a folder follow on each other, so each is mostly looked at once.
    let mut folders: Vec<(&str, bool)> = Vec::new();
    for (folder, name) in paths.filter_map(item_folder) {
        let is_item = name == "item.yaml";
        match folders.last_mut().filter(|(last, _)| *last == folder) {
            Some((_, has_item)) => *has_item |= is_item,
            None => folders.push((folder, is_item)),
        }
    }
    folders.sort_unstable();
    let same_folder = |a: &(&str, bool), b: &(&str, bool)| a.0 == b.0;
    let of_folder = folders.chunk_by(same_folder).filter(|chunk| chunk.iter().all(|(_, has_item)| !has_item));
    of_folder.map(|chunk| format!("{}/item.yaml", chunk[0].0)).collect()
}

/// The folder of the item a file belongs to, and where it is in there.
fn item_folder(path: &str) -> Option<(&str, &str)> {
    const DEPARTMENTS: &str = "content/departments/";
    let rest = path.strip_prefix(DEPARTMENTS)?;
    let (end, _) = rest.match_indices('/').nth(1)?;
    Some((path.get(..DEPARTMENTS.len() + end)?, rest.get(end + 1..)?))
}

/// Whether a file that is not read as text reaches the site, or is part of a theme.
fn is_passed_on(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("content/") else { return true };
    let parts: Vec<&str> = rest.split('/').collect();
    match parts.as_slice() {
        ["static", ..] | ["departments", _, _, "files", _, ..] => true,
        [.., name] => *name == "CODEOWNERS",
        [] => false,
    }
}

fn folder(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

/// Whether the tree has a file at this path, readable or not.
pub(crate) fn has_file(tree: &SourceTree, path: &str) -> bool {
    tree.files.iter().any(|file| file.path == path)
}
