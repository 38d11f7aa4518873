//! Links inside texts: each must lead to something that is planned.

use std::ops::Range;

use crate::diagnostics::{Finding, Target, Words, codes, nearest};
use crate::markdown::Rendered;
use crate::plan::pages::Draft;
use crate::source::FileId;

/// For how many dead links the nearest address is looked for.
const NEAR: usize = 50;

/// Reports every link of a text that leads nowhere.
pub(super) fn check(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let mut broken = Vec::new();
    for item in &portal.items {
        if let (Some(guide), Some(file)) = (&item.guide, item.guide_file) {
            look(draft, guide, file, &item.path(), &mut broken);
        }
    }
    for notice in &portal.notices {
        look(draft, &notice.text, notice.file, &notice.path(), &mut broken);
    }
    for page in &portal.pages {
        look(draft, &page.text, page.file, &page.site_path(), &mut broken);
    }
    // What is near is looked for only so often: a text may hold a thousand dead links.
    let paths = if broken.is_empty() { Vec::new() } else { draft.paths() };
    for (n, one) in broken.into_iter().enumerate() {
        let finding = finding(if n < NEAR { &paths } else { &[] }, one);
        draft.findings.push(finding);
    }
}

/// A link that leads nowhere.
struct Broken {
    file: FileId,
    range: Range<usize>,
    target: String,
    /// The page the link is on.
    folder: String,
    /// The ids and words of the text's headings, for a link within the page.
    headings: Vec<(String, String)>,
}

fn finding(known: &[String], broken: Broken) -> Finding {
    let Broken { file, range, target, folder, headings } = broken;
    let bare = |words| Finding::new(&codes::MD05, file, Target::Bytes(range.clone()), words);
    if let Some(id) = target.strip_prefix('#') {
        let finding =
            bare(Words::new(format!("本页没有标题 `{id}`"), format!("there is no heading `{id}` on this page")));
        let finding = match headings.as_slice() {
            [] => finding.allowed("（本页没有标题）", "(this page has no headings)"),
            some => {
                let (zh, en): (Vec<_>, Vec<_>) =
                    some.iter().map(|(id, text)| (format!("`#{id}`（{text}）"), format!("`#{id}` ({text})"))).unzip();
                finding.allowed(zh.join("、"), en.join(", "))
            }
        };
        let names = headings.iter().flat_map(|(id, text)| [id.as_str(), text.as_str()]);
        let near = nearest(id, names).and_then(|near| headings.iter().find(|(id, text)| near == id || near == text));
        return match near {
            Some((near, _)) => finding.repair(format!("改成 `#{near}`"), format!("write `#{near}`")),
            None => finding.repair("改正名字，或者加上这个标题", "correct the name, or add this heading"),
        };
    }
    let finding =
        bare(Words::new(format!("`{target}` 没有页面或文件"), format!("there is no page or file `{target}`")));
    let below: Vec<&str> = known.iter().filter_map(|path| path.strip_prefix(folder.as_str())).collect();
    let near = if target.starts_with('/') {
        nearest(&target, known.iter().map(String::as_str))
    } else {
        nearest(&target, below.iter().copied().filter(|path| !path.is_empty()))
    };
    let finding = finding.allowed(
        "现有的页面，如 /items/…/、/departments/…/，或者 files/ 里的附件",
        "an existing page, such as /items/…/ or /departments/…/, or an attachment in files/",
    );
    match near {
        Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
        None => finding.repair("改正网址，文件夹网址以 / 结尾", "correct the address; folders end with /"),
    }
}

fn look(draft: &Draft<'_>, text: &Rendered, file: FileId, folder: &str, broken: &mut Vec<Broken>) {
    for link in &text.links {
        let target = link.target.as_str();
        let (path, fragment) = target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)));
        let path = path.split('?').next().unwrap_or_default();
        let there = if path.is_empty() {
            fragment.is_none_or(|id| text.headings.iter().any(|heading| heading.id == id))
        } else if path.contains(':') {
            true
        } else if path.starts_with('/') {
            draft.has(path)
        } else {
            draft.has(&format!("{folder}{path}"))
        };
        if !there && !is_awaited(draft, path, folder) {
            broken.push(Broken {
                file,
                range: link.range.clone(),
                target: target.to_owned(),
                folder: folder.to_owned(),
                headings: text.headings.iter().map(|heading| (heading.id.clone(), heading.text.clone())).collect(),
            });
        }
    }
}

/// Whether a page is missing only because its file could not be read, which has a finding of its own.
fn is_awaited(draft: &Draft<'_>, path: &str, folder: &str) -> bool {
    let release = &draft.portal.release;
    match path.starts_with('/') {
        true => release.is_unread(path),
        false => release.is_unread(&format!("{folder}{path}")),
    }
}
