//! What a reform of the administration does to the content (机构改革): a
//! department is renamed or goes into another, an item goes to another
//! department or gets another address.
//!
//! Everything is worked out in memory first: the folders that move, the texts
//! that name them, the redirects of the old addresses, the former names, and
//! an entry in the change record of each item. Nothing here touches the disk;
//! [`result`] is the content as it will be, to be checked before it is written.

mod inherited;
mod texts;

pub use inherited::inherited;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::check::{NewRedirect, with_redirects};
use crate::diagnostics::Words;
use crate::documents::files;
use crate::load::{Given, Loaded, load_given};
use crate::model::value::{Slug, Value as _};
use crate::output::Change;
use crate::portal::{Department, Item, ItemStatus, Portal, paths};
use crate::schema;
use crate::source::{FieldPath, FileId, SourceTree};
use crate::yaml::edit::Document;
use crate::yaml::shape_of;
use texts::Texts;

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// What moves.
    pub what: What,
    /// The new 名称, if it gets another.
    pub name: Option<String>,
    /// Whether codes get the credit code of the new department.
    pub recodes: bool,
}

/// What moves.
#[derive(Debug, Clone)]
pub enum What {
    /// A department, to an id that is free or that of a department it goes into.
    Department {
        /// Its id now.
        from: String,
        /// The id it gets, or the department it goes into.
        to: String,
    },
    /// An item.
    Item {
        /// Its slug now.
        slug: String,
        /// The department it goes to.
        to: Option<String>,
        /// The slug it gets.
        new_slug: Option<String>,
    },
}

impl Default for What {
    fn default() -> Self {
        What::Item { slug: String::new(), to: None, new_slug: None }
    }
}

/// Everything that is to be done.
#[derive(Debug)]
pub struct Reform {
    /// The changes, in their order.
    pub changes: Vec<Change>,
    /// The slugs of the items that move, as they are afterwards.
    pub items: Vec<String>,
    /// What a person should know or do besides.
    pub notes: Vec<Words>,
}

/// Works out what is to be done. `others` are texts outside the content folder that name folders (CODEOWNERS).
///
/// # Errors
///
/// When it cannot be done, in words.
pub fn reform(tree: &SourceTree, portal: &Portal, wish: &Wish, others: &[(String, String)]) -> Result<Reform, Words> {
    let mut work = Work {
        portal,
        tree,
        texts: Texts::new(tree),
        folders: Vec::new(),
        removed: None,
        redirects: Vec::new(),
        items: Vec::new(),
        notes: Vec::new(),
    };
    match &wish.what {
        What::Department { from, to } => work.department(from, to, wish)?,
        What::Item { slug, to, new_slug } => work.item(slug, to.as_deref(), new_slug.as_deref(), wish)?,
    }
    work.finish(others)
}

/// The content as it will be after the changes.
pub fn result(tree: &SourceTree, changes: &[Change]) -> Loaded {
    let mut files: Vec<(String, Given)> =
        tree.files.iter().map(|file| (file.path.clone(), Given::Bytes(file.text.as_bytes().to_vec()))).collect();
    files.extend(tree.binaries.iter().map(|binary| (binary.path.clone(), Given::Size(binary.size))));
    for change in changes {
        match change {
            Change::Replace(one) => {
                for (_, given) in files.iter_mut().filter(|(path, _)| *path == one.path) {
                    *given = Given::Bytes(one.after.as_bytes().to_vec());
                }
            }
            Change::Create { path, text } => files.push((path.clone(), Given::Bytes(text.as_bytes().to_vec()))),
            Change::Remove { path, .. } => files.retain(|(known, _)| known != path),
            Change::Move { from, to } => {
                for (path, _) in &mut files {
                    if let Some(rest) = below(path, from) {
                        *path = format!("{to}{rest}");
                    }
                }
            }
        }
    }
    load_given(files)
}

/// What stands behind a folder in a path that is in it, with its slash.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The reform while it is worked out.
struct Work<'a> {
    portal: &'a Portal,
    tree: &'a SourceTree,
    texts: Texts<'a>,
    /// Folders that move: from, to.
    folders: Vec<(String, String)>,
    /// A file that goes.
    removed: Option<String>,
    redirects: Vec<NewRedirect>,
    items: Vec<String>,
    notes: Vec<Words>,
}

/// What an item is told in its change record, and how its code changes.
struct NewHome<'w> {
    record: Option<String>,
    code: Option<(&'w str, &'w str)>,
}

impl Work<'_> {
    fn path(&self, file: FileId) -> &str {
        &self.tree.file(file).path
    }

    fn department_named(&self, id: &str) -> Result<&Department, Words> {
        self.portal
            .departments
            .iter()
            .find(|department| department.id == id)
            .ok_or_else(|| Words::new(format!("没有叫 `{id}` 的部门"), format!("there is no department `{id}`")))
    }

    fn department(&mut self, from: &str, to: &str, wish: &Wish) -> Result<(), Words> {
        if from == to {
            return Err(Words::new("两个部门是同一个", "the two departments are one"));
        }
        let portal = self.portal;
        let old = portal.departments.iter().position(|department| department.id == from);
        self.department_named(from)?;
        let old = &portal.departments[old.unwrap_or_default()];
        let into = portal.departments.iter().find(|department| department.id == to);
        slug(to)?;
        for (folder, kind) in [(paths::DEPARTMENTS, ""), (paths::CATALOGUE, "的公开目录")] {
            let (from, to) = (format!("{folder}{from}/"), format!("{folder}{to}/"));
            self.texts.links(&from, &to);
            if kind.is_empty() || self.has_catalogue(old) {
                let reason = format!("{}{kind}换了地方", old.facts.name);
                self.redirects.push(NewRedirect { from, to, reason });
            }
        }
        self.texts.refer(texts::DEPARTMENTS, from, to)?;
        let folder = files::department_folder;
        let items: Vec<&Item> = portal
            .items
            .iter()
            .map(|item| &**item)
            .filter(|item| portal.department(item.department).id == from)
            .collect();
        self.items = items.iter().map(|item| item.slug.clone()).collect();
        let name = match into {
            Some(new) => wish.name.as_ref().unwrap_or(&new.facts.name).clone(),
            None => wish.name.as_ref().unwrap_or(&old.facts.name).clone(),
        };
        let code = into.and_then(|new| codes(old, new)).filter(|_| wish.recodes);
        let record = (name != old.facts.name).then(|| match into {
            Some(_) => format!("机构改革，主管部门由{}改为{name}", old.facts.name),
            None => format!("主管部门由{}更名为{name}", old.facts.name),
        });
        for item in &items {
            self.new_home(item, &item.path(), &NewHome { record: record.clone(), code })?;
        }
        match into {
            None => {
                self.folders.push((folder(from), folder(to)));
                let former = if name == old.facts.name { Vec::new() } else { vec![old.facts.name.clone()] };
                self.rename_department(old.file, wish.name.as_deref(), &former)
            }
            Some(new) => self.merge(old, new, wish, (&folder(from), &folder(to))),
        }
    }

    /// Moves all that is in the folder of a department into that of another.
    fn merge(
        &mut self,
        old: &Department,
        new: &Department,
        wish: &Wish,
        (from, to): (&str, &str),
    ) -> Result<(), Words> {
        let texts = self.tree.files.iter().map(|file| &file.path);
        let mut parts = BTreeSet::new();
        for path in texts.chain(self.tree.binaries.iter().map(|binary| &binary.path)) {
            let Some(rest) = below(path, from).and_then(|rest| rest.strip_prefix('/')) else { continue };
            match rest.split_once('/') {
                Some((item, _)) => _ = parts.insert(item.to_owned()),
                None if rest == "department.yaml" => {}
                None => {
                    return Err(Words::new(
                        format!("`{path}` 不知道放到哪里，先把它移走"),
                        format!("nobody knows where `{path}` should go: move it away first"),
                    ));
                }
            }
        }
        self.folders.extend(parts.into_iter().map(|item| (format!("{from}/{item}"), format!("{to}/{item}"))));
        self.removed = Some(self.path(old.file).to_owned());
        self.notes.push(Words::new(
            format!("{} 删掉了：职责、服务承诺里还有用的，写进 {}", self.path(old.file), self.path(new.file)),
            format!("{} is gone: what still holds of it belongs into {}", self.path(old.file), self.path(new.file)),
        ));
        let mut former: Vec<String> = vec![old.facts.name.clone()];
        former.extend(old.facts.former_names.iter().cloned());
        if wish.name.as_ref().is_some_and(|name| *name != new.facts.name) {
            former.push(new.facts.name.clone());
        }
        self.rename_department(new.file, wish.name.as_deref(), &former)
    }

    fn rename_department(&mut self, file: FileId, name: Option<&str>, former: &[String]) -> Result<(), Words> {
        let path = self.path(file).to_owned();
        self.texts.edit(&path, &shape_of::<schema::Department>(), |document| rename(document, name, "曾用名", former))
    }

    /// Whether the catalogue of a department has a page for the public.
    fn has_catalogue(&self, department: &Department) -> bool {
        let id = |item: &Item| self.portal.department(item.department).id == department.id;
        self.portal.items.iter().any(|item| id(item) && is_public(item) && item.status.is_open())
    }

    fn item(&mut self, old: &str, to: Option<&str>, new_slug: Option<&str>, wish: &Wish) -> Result<(), Words> {
        let portal = self.portal;
        let Some(id) = portal.item_named(old) else {
            return Err(Words::new(format!("没有叫 `{old}` 的事项"), format!("there is no item `{old}`")));
        };
        let item = portal.item(id);
        let home = portal.department(item.department);
        let target = match to {
            Some(to) => self.department_named(to)?.id.clone(),
            None => home.id.clone(),
        };
        let new = new_slug.unwrap_or(old);
        slug(new)?;
        if target == home.id && new == old && wish.name.is_none() {
            return Err(Words::new(
                "什么也没有变：用 --to 换部门，用 --as 换网址",
                "nothing changes: --to names the department, --as the address",
            ));
        }
        let is_taken = |path: &String| {
            new != old && path.starts_with("content/departments/") && path.split('/').nth(3) == Some(new)
        };
        if let Some(file) = self.tree.files.iter().find(|file| is_taken(&file.path)) {
            return Err(Words::new(
                format!("`{new}` 已经有了：{}", file.path),
                format!("`{new}` is taken by {}", file.path),
            ));
        }
        let department = portal.departments.iter().find(|department| department.id == target).unwrap_or(home);
        let mut said = Vec::new();
        if department.id != home.id {
            said.push(format!("主管部门由{}改为{}", home.facts.name, department.facts.name));
        }
        if let Some(name) = wish.name.as_ref().filter(|name| **name != item.facts.name) {
            said.push(format!("事项名称由“{}”改为“{name}”", item.facts.name));
        }
        let path = paths::below(paths::ITEMS, new);
        if new != old {
            said.push("网页换了地址，旧网址会自动跳转".to_owned());
            self.texts.links(&item.path(), &path);
            self.texts.refer(texts::ITEMS, old, new)?;
            if is_public(item) {
                let reason = format!("“{}”的页面换了地方", item.everyday_name());
                self.redirects.push(NewRedirect { from: item.path(), to: path.clone(), reason });
            }
        }
        self.items.push(new.to_owned());
        let code = codes(home, department).filter(|_| wish.recodes);
        self.new_home(item, &path, &NewHome { record: Some(said.join("；")), code })?;
        let file = self.path(item.file).to_owned();
        if let Some(name) = wish.name.as_deref() {
            self.texts.edit(&file, &shape_of::<schema::Item>(), |document| {
                rename(document, Some(name), "别名", std::slice::from_ref(&item.facts.name))
            })?;
        }
        let from = file.strip_suffix("/item.yaml").unwrap_or(&file).to_owned();
        let to = files::item_folder(&target, new);
        if from != to {
            self.folders.push((from, to));
        }
        Ok(())
    }

    /// Notes in an item that it has another department, and gives it the code of that one.
    fn new_home(&mut self, item: &Item, path: &str, home: &NewHome<'_>) -> Result<(), Words> {
        let file = self.path(item.file).to_owned();
        let day = self.portal.as_of.to_string();
        self.texts.edit(&file, &shape_of::<schema::Item>(), |document| {
            let root = FieldPath::root();
            if let Some((from, to)) = home.code {
                for key in ["实施编码", "业务办理项编码"] {
                    let code =
                        document.get(&root.key(key)).and_then(Value::as_str).and_then(|code| code.strip_prefix(from));
                    if let Some(rest) = code.map(str::to_owned) {
                        document.set(&root.key(key), &json!(format!("{to}{rest}")))?;
                    }
                }
            }
            let Some(text) = &home.record else { return Ok(()) };
            let entry = json!({ "日期": day, "内容": text });
            match document.get(&root.key("变更记录")).and_then(Value::as_array).is_some_and(|list| !list.is_empty())
            {
                true => document.insert_entry(&root.key("变更记录"), 0, &entry),
                false if document.get(&root.key("变更记录")).is_some() => {
                    document.set(&root.key("变更记录"), &json!([entry]))
                }
                false => document.insert(&root, "变更记录", &json!([entry])),
            }
        })?;
        if let (Some((from, _)), Some(code)) = (home.code, item.code().filter(|_| is_public(item)))
            && code.starts_with(from)
        {
            let reason = format!("“{}”的实施编码换了", item.everyday_name());
            self.redirects.push(NewRedirect { from: paths::below(paths::CODES, &code), to: path.to_owned(), reason });
        }
        Ok(())
    }

    fn finish(mut self, others: &[(String, String)]) -> Result<Reform, Words> {
        self.texts.refer_files(&self.folders)?;
        let redirects = "content/redirects.yaml";
        if !self.redirects.is_empty() {
            let text = self.texts.text(redirects).unwrap_or_default().to_owned();
            let after = with_redirects(&text, &self.redirects, self.portal.as_of)
                .map_err(|error| texts::said(redirects, &error.words()))?;
            self.texts.put(redirects, after);
        }
        for (path, text) in others {
            let after = self.folders.iter().fold(text.clone(), |text, (from, to)| {
                let bare = |path: &str| path.strip_prefix("content/").unwrap_or(path).to_owned() + "/";
                text.replace(&bare(from), &bare(to))
            });
            if after != *text {
                self.texts.put_other(path, text, after);
            }
            if let Some(file) = &self.removed
                && let Some(folder) =
                    file.strip_suffix("department.yaml").and_then(|folder| folder.strip_prefix("content/"))
                && text.contains(folder)
            {
                self.notes.push(Words::new(
                    format!("{path} 里还有 {folder}，由谁审核请自己改"),
                    format!("{path} still names {folder}: say yourself who owns it now"),
                ));
            }
        }
        let mut changes = self.texts.changes(self.removed.as_deref());
        if let Some(path) = self.removed {
            let before = self.tree.files.iter().find(|file| file.path == path).map_or("", |file| &*file.text);
            changes.push(Change::Remove { before: before.to_owned(), path });
        }
        changes.extend(self.folders.into_iter().map(|(from, to)| Change::Move { from, to }));
        Ok(Reform { changes, items: self.items, notes: self.notes })
    }
}

/// Whether the public sees an item.
fn is_public(item: &Item) -> bool {
    item.facts.approval.state.is_public() && !matches!(item.status, ItemStatus::Coming(_) | ItemStatus::Draft)
}

fn slug(text: &str) -> Result<(), Words> {
    Slug::parse(text).map(|_| ()).map_err(|_| {
        Words::new(
            format!("`{text}` 不能做网址：只用小写字母、数字和短横线"),
            format!("`{text}` cannot be an address: use lower-case letters, digits and hyphens"),
        )
    })
}

/// The credit codes of two departments, if they differ.
fn codes<'d>(old: &'d Department, new: &'d Department) -> Option<(&'d str, &'d str)> {
    let code = |department: &'d Department| department.facts.credit_code.told().map(|code| code.as_str());
    let (from, to) = (code(old)?, code(new)?);
    (from != to).then_some((from, to))
}

/// Gives a document another 名称 and adds former names to a list of them.
fn rename(
    document: &mut Document<'_>,
    name: Option<&str>,
    key: &str,
    former: &[String],
) -> Result<(), crate::yaml::edit::EditError> {
    let root = FieldPath::root();
    if let Some(name) = name {
        document.set(&root.key("名称"), &json!(name))?;
    }
    let own = document.get(&root.key("名称")).cloned();
    for one in former {
        let list = document.get(&root.key(key)).and_then(Value::as_array).cloned();
        if own.as_ref() == Some(&json!(one)) || list.iter().flatten().any(|known| known == one) {
            continue;
        }
        match list {
            Some(list) => document.insert_entry(&root.key(key), list.len(), &json!(one))?,
            None => document.insert(&root, key, &json!([one]))?,
        }
    }
    Ok(())
}
