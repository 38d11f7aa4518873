//! Writes redirects into `redirects.yaml`, whose comments and order stay.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::load::Loaded;
use crate::schema::RedirectsFile;
use crate::source::{FieldPath, FileId};
use crate::yaml::edit::{Document, EditError};
use crate::yaml::shape_of;

/// The file of the redirects.
const FILE: &str = "content/redirects.yaml";
/// What a new file begins with.
const HEAD: &str = "# 换了地方的网址，旧网址不能打不开。\n";

/// A redirect to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRedirect {
    /// The old address.
    pub from: String,
    /// The new one.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// Adds redirects to the loaded file, which is made if it is not there. Tells
/// the file and how many were added; nothing if there are none, or the file
/// cannot be edited safely.
pub fn add_redirects(loaded: &mut Loaded, new: &[NewRedirect], day: Date) -> Option<(FileId, usize)> {
    if new.is_empty() {
        return None;
    }
    let known = loaded.tree.files.iter().position(|file| file.path == FILE);
    let text = known.map_or("", |at| &*loaded.tree.files[at].text);
    let after = with_redirects(text, new, day).ok()?;
    let file = match known {
        Some(at) => {
            loaded.tree.files[at].text = after.into();
            loaded.tree.files[at].id
        }
        None => loaded.tree.add_text(FILE, &after.into()),
    };
    Some((file, new.len()))
}

/// The text of `redirects.yaml` with more redirects: what led to an old address leads to the new
/// one at once, and what would shadow a new page goes.
///
/// # Errors
///
/// When the text cannot be edited safely.
pub fn with_redirects(text: &str, new: &[NewRedirect], day: Date) -> Result<String, EditError> {
    let shape = shape_of::<RedirectsFile>();
    let is_bare = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    let text = match is_bare {
        true => format!(
            "{}跳转: []\n",
            if text.trim().is_empty() { HEAD.to_owned() } else { format!("{}\n", text.trim_end()) }
        ),
        false => text.to_owned(),
    };
    let mut document = Document::read(&text, Some(&shape))?;
    let list = FieldPath::root().key("跳转");
    if document.get(&list).is_none() {
        document.insert(&FieldPath::root(), "跳转", &json!([]))?;
    }
    for one in new {
        let entries = document.get(&list).and_then(Value::as_array).cloned().unwrap_or_default();
        let said = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).map(|text| text.trim().to_owned());
        for (n, entry) in entries.iter().enumerate() {
            let to = said(entry, "到").unwrap_or_default();
            let (page, part) = to.find('#').map_or((&*to, ""), |at| to.split_at(at));
            if page == one.from {
                document.set(&list.index(n).key("到"), &json!(format!("{}{part}", one.to)))?;
            }
        }
        for (n, entry) in entries.iter().enumerate().rev() {
            if [&one.to, &one.from].iter().any(|path| said(entry, "从").as_ref() == Some(path)) {
                document.remove(&list.index(n))?;
            }
        }
        let end = document.get(&list).and_then(Value::as_array).map_or(0, Vec::len);
        let entry = json!({ "从": one.from, "到": one.to, "理由": one.reason, "日期": day.to_string() });
        document.insert_entry(&list, end, &entry)?;
    }
    Ok(document.into_text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn new(from: &str, to: &str) -> NewRedirect {
        NewRedirect { from: from.to_owned(), to: to.to_owned(), reason: "改名".to_owned() }
    }

    #[test]
    fn redirects_are_added_as_the_others_are_written() {
        let text = "# 一\n跳转:\n  # 二\n  - { 从: /a/, 到: /b/, 理由: 甲 } # 三\n";
        let after = with_redirects(text, &[new("/b/", "/c/")], date(2026, 7, 1)).unwrap();
        assert_eq!(
            after,
            "# 一\n跳转:\n  # 二\n  - { 从: /a/, 到: /c/, 理由: 甲 } # 三\n  - { 从: /b/, 到: /c/, 理由: 改名, 日期: 2026-07-01 }\n"
        );
        let back = with_redirects(&after, &[new("/c/", "/b/")], date(2026, 7, 2)).unwrap();
        assert_eq!(
            back,
            "# 一\n跳转:\n  # 二\n  - { 从: /a/, 到: /b/, 理由: 甲 } # 三\n  - { 从: /c/, 到: /b/, 理由: 改名, 日期: 2026-07-02 }\n"
        );
    }

    #[test]
    fn a_file_is_made_where_there_is_none() {
        let entry = "  - { 从: /a/, 到: /b/, 理由: 改名, 日期: 2026-07-01 }\n";
        for (text, head) in [("", HEAD), ("# 还没有\n", "# 还没有\n"), ("跳转: []\n", "")] {
            let after = with_redirects(text, &[new("/a/", "/b/")], date(2026, 7, 1)).unwrap();
            assert_eq!(after, format!("{head}跳转:\n{entry}"));
        }
        assert!(with_redirects("跳转: [", &[new("/a/", "/b/")], date(2026, 7, 1)).is_err());
    }
}
