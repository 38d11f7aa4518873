//! What is missing from the content folder, and what lies in the wrong place.
//!
//! A finding names a file; one that is not there, or is no text, is added to
//! the tree without any, so that it can be named.

use std::collections::BTreeSet;

use crate::diagnostics::{Finding, Target, Words, codes, nearest};
use crate::documents::{DocumentKind, FORMATS, Format, kind_of};
use crate::load::Loaded;
use crate::source::SourceTree;

/// The settings of the portal.
const SITE: &str = "content/site.yaml";

/// Adds a finding for every file that is missing or has no place.
pub fn check_layout(loaded: &mut Loaded) {
    if !has_file(&loaded.tree, SITE) {
        add(loaded, SITE, no_site);
    }
    let mut misnamed = BTreeSet::new();
    for folder in FOLDERS {
        for path in folder.missing(&loaded.tree) {
            let like = folder.renamed(&loaded.tree, &path);
            add(loaded, &path, folder.finding);
            if let (Some(like), Some(finding)) = (like, loaded.findings.last_mut()) {
                let (old, new) = (like.rsplit('/').next().unwrap_or_default(), folder.file);
                finding.repair =
                    Some(Words::new(format!("把 `{old}` 改名为 `{new}`"), format!("rename `{old}` to `{new}`")));
                misnamed.insert(like);
            }
        }
    }
    // What is wrong with the name of such a file is said.
    let texts = loaded.tree.files.iter().filter(|file| misnamed.contains(&file.path)).map(|file| file.id);
    loaded.unreadable.extend(texts.collect::<Vec<_>>());
    let is_stray = |path: &&String| !is_passed_on(path) && !misnamed.contains(*path);
    let strays: Vec<String> =
        loaded.tree.binaries.iter().map(|binary| &binary.path).filter(is_stray).cloned().collect();
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
        path if path.ends_with("/department.yaml") => (
            &codes::SR13,
            Words::new(
                format!("部门文件夹 `{}` 里没有 department.yaml", folder(path)),
                format!("the department folder `{}` has no department.yaml", folder(path)),
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

/// A folder that is nothing without one file.
struct Folder {
    /// The file.
    file: &'static str,
    /// What the file is called in everyday words.
    word: &'static str,
    /// How many folders deep it lies below `departments`.
    depth: usize,
    /// What is said where it is missing.
    finding: fn(Finding, &str) -> Finding,
}

/// The folders of departments and of items.
const FOLDERS: [Folder; 2] = [
    Folder { file: "department.yaml", word: "部门", depth: 1, finding: no_department },
    Folder { file: "item.yaml", word: "事项", depth: 2, finding: no_item },
];

impl Folder {
    /// The file of every folder that has other files but not this one.
    fn missing(&self, tree: &SourceTree) -> Vec<String> {
        let texts = tree.files.iter().map(|file| file.path.as_str());
        let paths = texts.chain(tree.binaries.iter().map(|binary| binary.path.as_str()));
        let has_document = |path: &&str| self.depth > 1 || kind_of(path) != DocumentKind::Ignored;
        // The files of a folder follow on each other, so each is mostly looked at once.
        let mut folders: Vec<(&str, bool)> = Vec::new();
        for (folder, name) in paths.filter(has_document).filter_map(|path| self.split(path)) {
            let is_there = name == self.file;
            match folders.last_mut().filter(|(last, _)| *last == folder) {
                Some((_, has_file)) => *has_file |= is_there,
                None => folders.push((folder, is_there)),
            }
        }
        folders.sort_unstable();
        let same_folder = |a: &(&str, bool), b: &(&str, bool)| a.0 == b.0;
        let of_folder = folders.chunk_by(same_folder).filter(|chunk| chunk.iter().all(|(_, has_file)| !has_file));
        of_folder.map(|chunk| format!("{}/{}", chunk[0].0, self.file)).collect()
    }

    /// The folder a file belongs to, and where the file is in there.
    fn split<'p>(&self, path: &'p str) -> Option<(&'p str, &'p str)> {
        const DEPARTMENTS: &str = "content/departments/";
        let rest = path.strip_prefix(DEPARTMENTS)?;
        let (end, _) = rest.match_indices('/').nth(self.depth - 1)?;
        Some((path.get(..DEPARTMENTS.len() + end)?, rest.get(end + 1..)?))
    }

    /// A file beside the missing one that was probably meant to be it.
    fn renamed(&self, tree: &SourceTree, path: &str) -> Option<String> {
        let folder = path.strip_suffix(self.file)?;
        let (wanted, _) = self.file.split_once('.')?;
        let texts = tree.files.iter().map(|file| file.path.as_str());
        let mut beside = texts.chain(tree.binaries.iter().map(|binary| binary.path.as_str()));
        let is_meant = |path: &&str| {
            let Some(name) = path.strip_prefix(folder).filter(|name| !name.contains('/')) else { return false };
            let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
            let is_text = ["", "yaml", "yml", "txt"].contains(&ending.rsplit('.').next().unwrap_or_default());
            is_text
                && *path != format!("{folder}{}", self.file)
                && (stem.starts_with(wanted) || stem == self.word || nearest(stem, [wanted]).is_some())
        };
        beside.find(is_meant).map(str::to_owned)
    }
}

fn no_department(finding: Finding, path: &str) -> Finding {
    let id = folder(path);
    finding.repair(
        format!("照手册写一个，或者运行 mingbai new department {id}"),
        format!("write one as the handbook shows, or run mingbai new department {id}"),
    )
}

fn no_item(finding: Finding, _: &str) -> Finding {
    finding.repair("照手册写一个 item.yaml，或者删掉这个文件夹", "write an item.yaml, or delete the folder")
}

/// The repair for a file that has no place.
pub(super) fn unknown_file(finding: Finding, path: &str) -> Finding {
    let name = path.rsplit('/').next().unwrap_or_default();
    let near = match name.strip_suffix(".yml") {
        Some(stem) => Some(format!("{stem}.yaml")),
        None => nearest(name, known_names()).filter(|near| *near != name).map(str::to_owned),
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

/// The names that documents always have.
fn known_names() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter_map(Format::file_name).chain(["guide.md"])
}

/// The message for a file that has no place.
pub(super) fn unread(path: &str) -> Words {
    let name = path.rsplit('/').next().unwrap_or_default();
    Words::new(format!("这里的 `{name}` 不会被读取"), format!("`{name}` has no place here and is not read"))
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
