//! Links inside texts: each must lead to something that is planned.

use std::ops::Range;

use crate::diagnostics::{Finding, Target, Words, codes};
use crate::markdown::Rendered;
use crate::plan::pages::Draft;
use crate::source::FileId;

/// Reports every link of a text that leads nowhere.
pub(super) fn check(draft: &mut Draft<'_>) {
    let portal = draft.portal;
    let mut broken = Vec::new();
    for item in &portal.items {
        if let Some(guide) = &item.guide {
            let file = portal.guide_files.get(&item.slug).copied().unwrap_or(item.file);
            look(draft, guide, file, &item.path(), &mut broken);
        }
    }
    for notice in &portal.notices {
        look(draft, &notice.text, notice.file, &format!("/notices/{}/", notice.slug), &mut broken);
    }
    for page in &portal.pages {
        look(draft, &page.text, page.file, &format!("/{}/", page.path), &mut broken);
    }
    for (file, range, target) in broken {
        draft.findings.push(
            Finding::new(
                &codes::MD05,
                file,
                Target::Bytes(range),
                Words::new(format!("`{target}` 没有页面或文件"), format!("there is no page or file `{target}`")),
            )
            .allowed(
                "现有的页面，如 /items/…/、/departments/…/",
                "an existing page, such as /items/…/ or /departments/…/",
            )
            .repair("改正网址，文件夹网址以 / 结尾", "correct the address; folders end with /"),
        );
    }
}

fn look(
    draft: &Draft<'_>,
    text: &Rendered,
    file: FileId,
    folder: &str,
    broken: &mut Vec<(FileId, Range<usize>, String)>,
) {
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
        if !there {
            broken.push((file, link.range.clone(), target.to_owned()));
        }
    }
}
