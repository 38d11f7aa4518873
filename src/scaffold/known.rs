//! What a portal has already, as far as it reads: names to choose from and names that are taken.

use crate::documents::{DocumentKind, kind_of};
use crate::source::{FieldPath, SourceTree};
use crate::yaml::edit::Document;

/// The departments, items and bundles of a portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The departments, in the order of their folders.
    pub departments: Vec<KnownDepartment>,
    /// The items, in the order of their folders.
    pub items: Vec<KnownItem>,
    /// The folders of bundles.
    pub bundles: Vec<String>,
    /// The files of laws, without their endings.
    pub laws: Vec<String>,
    /// The files of places, without their endings.
    pub places: Vec<String>,
}

/// A department that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDepartment {
    /// Its folder.
    pub id: String,
    /// 名称; the folder's name if the file cannot be read.
    pub name: String,
    /// 简称, in the same way.
    pub short_name: String,
    /// 行使层级, if it is told.
    pub level: Option<String>,
}

/// An item that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownItem {
    /// The folder of its department.
    pub department: String,
    /// Its folder.
    pub slug: String,
    /// 名称, or 通俗名 if there is one; the folder's name if the file cannot be read.
    pub name: String,
}

impl Known {
    /// What the files of a portal tell.
    pub fn of(tree: &SourceTree) -> Known {
        let mut known = Known::default();
        for file in &tree.files {
            let text = |keys: &[&str]| {
                let document = Document::read(&file.text, None).ok()?;
                keys.iter().find_map(|key| document.get(&FieldPath::root().key(key))?.as_str().map(str::to_owned))
            };
            match kind_of(&file.path) {
                DocumentKind::Department(id) => {
                    let name = text(&["名称"]).unwrap_or_else(|| id.clone());
                    let short_name = text(&["简称", "名称"]).unwrap_or_else(|| id.clone());
                    known.departments.push(KnownDepartment { id, name, short_name, level: text(&["行使层级"]) });
                }
                DocumentKind::Item(department, slug) => {
                    let name = text(&["通俗名", "名称"]).unwrap_or_else(|| slug.clone());
                    known.items.push(KnownItem { department, slug, name });
                }
                DocumentKind::Bundle(slug) => known.bundles.push(slug),
                DocumentKind::Law(id) => known.laws.push(id),
                DocumentKind::Place(id) => known.places.push(id),
                _ => {}
            }
        }
        known
    }

    /// The department of a folder, a name or a short name.
    pub fn department(&self, asked: &str) -> Option<&KnownDepartment> {
        let named = |department: &&KnownDepartment| {
            [&department.id, &department.name, &department.short_name].into_iter().any(|name| name == asked)
        };
        self.departments.iter().find(|department| department.id == asked).or(self.departments.iter().find(named))
    }

    /// The item of a folder.
    pub fn item(&self, slug: &str) -> Option<&KnownItem> {
        self.items.iter().find(|item| item.slug == slug)
    }
}
