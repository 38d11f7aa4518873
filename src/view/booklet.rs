//! The booklet of a department (告知书汇编): all its 一次性告知书, each on a sheet of its own.

use serde::Serialize;

use crate::plan::sheets::{self, VOLUME, booklet_path};
use crate::portal::{DepartmentId, paths};
use crate::view::notice_sheet::NoticeSheet;
use crate::view::page::{Head, View};
use crate::view::parts::day_text;
use crate::view::{Pagination, Scene};

/// A volume of the booklet of a department. A short department has one.
#[derive(Debug, Clone, Serialize)]
pub struct Booklet {
    title: String,
    department: String,
    volume_text: Option<String>,
    total_text: String,
    updated_on: String,
    contents: Vec<Entry>,
    sheets: Vec<NoticeSheet>,
    pagination: Option<Pagination>,
}

/// A line of the contents.
#[derive(Debug, Clone, Serialize)]
struct Entry {
    name: String,
    official_name: String,
    url: String,
}

impl Scene<'_> {
    pub(super) fn booklet(&self, id: DepartmentId, number: usize) -> (Head, View) {
        let department = self.portal.department(id);
        let name = &department.facts.name;
        let ids = sheets::of_department(self.portal, id);
        let volumes = ids.len().div_ceil(VOLUME).max(1);
        let start = ((number - 1) * VOLUME).min(ids.len());
        let own = &ids[start..(start + VOLUME).min(ids.len())];
        let items: Vec<_> = own.iter().map(|id| self.portal.item(*id)).collect();
        let title = format!("{}一次性告知书汇编", department.facts.short_name);
        let path = booklet_path(self.portal, id);
        let description = format!("{name}{}个事项的一次性告知书，一个事项一张A4纸，可以整本打印。", ids.len());
        let head = Head::new("booklet", &path, &title, description)
            .above(&[("找部门", paths::DEPARTMENTS), (name, &department.path())])
            .nav("departments")
            .column("找部门", "机构职能")
            .number(number);
        let updated = items.iter().map(|item| item.facts.updated.date()).max().unwrap_or(self.portal.as_of);
        let booklet = Booklet {
            title,
            department: name.clone(),
            volume_text: (volumes > 1).then(|| format!("第{number}册，共{volumes}册")),
            total_text: match volumes {
                1 => format!("{}个事项", items.len()),
                _ => format!("{}个事项（全部{}个）", items.len(), ids.len()),
            },
            updated_on: day_text(updated),
            contents: items
                .iter()
                .map(|item| Entry {
                    name: item.everyday_name().to_owned(),
                    official_name: item.facts.name.clone(),
                    url: format!("#sheet-{}", item.slug),
                })
                .collect(),
            sheets: items.iter().map(|item| self.sheet(item, None)).collect(),
            pagination: self.pagination(&path, number, volumes),
        };
        (head, View::Booklet { booklet })
    }
}
