//! 政务公开: its entry page and the catalogue made from the items.

use serde::Serialize;

use crate::model::terms::Term;
use crate::portal::{DepartmentId, ItemId, paths};
use crate::view::page::{Head, View};
use crate::view::parts::phone;
use crate::view::{FileView, LabelValue, Link, Pagination, PhoneView, Scene};

/// The entry page of 政务公开.
#[derive(Debug, Clone, Serialize)]
pub struct OpennessView {
    intro: Option<String>,
    columns: Vec<OpennessColumn>,
    contacts: Vec<LabelValue>,
    phones: Vec<PhoneView>,
    apply_url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct OpennessColumn {
    name: String,
    url: String,
    description: Option<String>,
    links: Vec<Link>,
}

/// 公开目录, with the columns of 基层政务公开标准目录.
#[derive(Debug, Clone, Serialize)]
pub struct CatalogueView {
    department: Option<Link>,
    intro: Option<String>,
    total_text: String,
    downloads: Vec<FileView>,
    departments: Vec<Link>,
    rows: Vec<CatalogueRow>,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct CatalogueRow {
    number: String,
    level1: &'static str,
    level2: String,
    url: Option<String>,
    content: Vec<&'static str>,
    basis: Vec<String>,
    time_limit: &'static str,
    publisher: String,
    carriers: Vec<&'static str>,
    audience: &'static str,
    method: &'static str,
    level: &'static str,
}

impl Scene<'_> {
    pub(super) fn openness(&self) -> (Head, View) {
        let site = &self.portal.site;
        let mut pages: Vec<_> = self.portal.pages.iter().filter(|page| page.path.starts_with("openness/")).collect();
        pages.sort_by_key(|page| page.head.order.unwrap_or(u16::MAX));
        let mut columns: Vec<OpennessColumn> = pages
            .into_iter()
            .map(|page| OpennessColumn {
                name: page.head.title.clone(),
                url: self.url(&page.site_path()),
                description: Some(page.head.summary.clone()),
                links: self.children(&page.path),
            })
            .collect();
        columns.push(OpennessColumn {
            name: "政务公开标准目录".into(),
            url: self.url(paths::CATALOGUE),
            description: Some("每个事项公开什么、依据什么、多久公开、由谁公开，由办事指南自动生成。".into()),
            links: Vec::new(),
        });
        columns.push(OpennessColumn {
            name: "效能公开".into(),
            url: self.url(paths::PERFORMANCE),
            description: Some("承诺比法定快多少，多少能当场办、网上办、不用跑，各部门公开得全不全。".into()),
            links: Vec::new(),
        });
        columns.push(OpennessColumn {
            name: "法律法规".into(),
            url: self.url(paths::LAWS),
            description: Some("办事依据的法律法规和条文，哪些事项引用了它。".into()),
            links: Vec::new(),
        });
        let promises = self.children("promise");
        if !promises.is_empty() {
            columns.push(OpennessColumn {
                name: "服务承诺和责任".into(),
                url: promises[0].url.clone(),
                description: Some("首问负责、限时办结、一次告知，做不到怎么追究。".into()),
                links: promises,
            });
        }
        let mut contacts = vec![LabelValue { label: "主办单位".into(), value: site.sponsor.clone() }];
        contacts
            .extend(site.address.as_ref().map(|value| LabelValue { label: "办公地址".into(), value: value.clone() }));
        let head = Head::new(
            "openness",
            paths::OPENNESS,
            "政务公开",
            format!("{}政府信息公开指南、制度、法定主动公开内容、年报和依申请公开。", site.area),
        )
        .nav("openness")
        .column("政务公开", "信息公开");
        let view = OpennessView {
            intro: Some("依照《中华人民共和国政府信息公开条例》公开。想要的信息这里没有，可以申请公开。".into()),
            columns,
            contacts,
            phones: site.phone.told().map(|one| phone(one, None)).into_iter().collect(),
            apply_url: site.entries.as_ref().and_then(|entries| entries.disclosure.as_ref()).map(ToString::to_string),
        };
        (head, View::Openness { openness: view })
    }

    pub(super) fn catalogue(&self, department: Option<DepartmentId>, number: usize) -> (Head, View) {
        let listings = &self.plan.listings;
        let empty = Vec::new();
        let (path, name, ids) = match department {
            None => (paths::CATALOGUE.to_owned(), "政务公开标准目录".to_owned(), &listings.catalogue),
            Some(id) => {
                let one = self.portal.department(id);
                (
                    one.catalogue_path(),
                    format!("{}政务公开标准目录", one.facts.short_name),
                    listings.catalogue_of.get(&id).unwrap_or(&empty),
                )
            }
        };
        let slice = self.slice(ids, &path, number);
        let first = (number - 1) * self.plan.page_size;
        let rows = slice.entries.iter().enumerate().map(|(n, id)| self.catalogue_row(*id, first + n + 1)).collect();
        let mut head =
            Head::new("catalogue", &path, &name, format!("{name}：{}个事项公开的内容、依据、时限和方式。", ids.len()))
                .nav("openness")
                .column("政府信息公开目录", "信息公开目录")
                .number(number);
        head.above = vec![("政务公开".into(), paths::OPENNESS.into())];
        if department.is_some() {
            head.above.push(("标准目录".into(), paths::CATALOGUE.into()));
        }
        let view = CatalogueView {
            department: department.map(|id| self.department_link(id)),
            intro: Some("由各事项的办事指南自动生成，指南改了，目录跟着改。".into()),
            total_text: format!("共{}条", ids.len()),
            downloads: Vec::new(),
            departments: listings
                .catalogue_of
                .keys()
                .map(|id| self.portal.department(*id))
                .map(|one| self.link(&one.facts.short_name, &one.catalogue_path()))
                .collect(),
            rows,
            pagination: slice.pagination,
        };
        (head, View::Catalogue { catalogue: view })
    }

    fn catalogue_row(&self, id: ItemId, number: usize) -> CatalogueRow {
        let item = self.portal.item(id);
        // 政府信息公开条例第二十条第五项, 第二十六条.
        let mut basis = vec!["《中华人民共和国政府信息公开条例》（国务院令第711号）".to_owned()];
        for used in &item.basis {
            let title = format!("《{}》", self.portal.law(used.law).facts.name);
            if !basis.contains(&title) {
                basis.push(title);
            }
        }
        basis.truncate(5);
        let mut carriers = vec!["政府网站", "政务服务中心"];
        if crate::view::item_words::is_online(item) {
            carriers.push("移动端");
        }
        CatalogueRow {
            number: number.to_string(),
            level1: item.facts.item_type.name(),
            level2: item.facts.name.clone(),
            url: Some(self.url(&item.path())),
            content: vec![
                "办理依据",
                "申请条件",
                "申请材料",
                "办理流程",
                "办理时限",
                "收费依据及标准",
                "受理地点和电话",
            ],
            basis,
            time_limit: "信息形成或者变更之日起20个工作日内",
            publisher: self.portal.department(item.department).facts.name.clone(),
            carriers,
            audience: "全社会",
            method: "主动公开",
            level: item.level.name(),
        }
    }
}
