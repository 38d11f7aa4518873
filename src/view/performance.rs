//! 效能公开: how far the promises go beyond the law, with the items behind every figure.

use serde::Serialize;

use crate::check::indicators::Share;
use crate::check::performance::{Behind, Figures, Month, Performance, performance};
use crate::model::terms::Term;
use crate::plan::numbered;
use crate::portal::{ItemId, paths};
use crate::view::chart::{Columns, bar, columns};
use crate::view::page::{Head, View};
use crate::view::parts::{UNPUBLISHED, day_text, told};
use crate::view::{Link, Pagination, Scene, item_words};

/// The page of all figures.
#[derive(Debug, Clone, Serialize)]
pub struct PerformanceView {
    intro: String,
    figures: Vec<FigureCell>,
    tables: Vec<FigureTable>,
    months: MonthTable,
    /// What each figure means and how it is counted.
    meanings: Vec<Meaning>,
}

#[derive(Debug, Clone, Serialize)]
struct FigureCell {
    label: &'static str,
    value: String,
    note: String,
    href: String,
}

/// Figures by department or by type.
#[derive(Debug, Clone, Serialize)]
struct FigureTable {
    id: &'static str,
    title: &'static str,
    first: &'static str,
    rows: Vec<FigureRow>,
}

#[derive(Debug, Clone, Serialize)]
struct FigureRow {
    name: Link,
    items: String,
    saved: String,
    /// The bar beside it, in thousandths; none where nothing is counted.
    saved_bar: Option<u64>,
    instant: String,
    online: String,
    no_visit: String,
    visits: String,
    completeness: String,
}

#[derive(Debug, Clone, Serialize)]
struct MonthTable {
    total_text: String,
    chart: Columns,
    rows: Vec<MonthRow>,
}

#[derive(Debug, Clone, Serialize)]
struct MonthRow {
    name: String,
    url: Option<String>,
    count: String,
}

#[derive(Debug, Clone, Serialize)]
struct Meaning {
    name: &'static str,
    text: String,
    link: Option<Link>,
}

/// The items behind one figure.
#[derive(Debug, Clone, Serialize)]
pub struct BehindView {
    intro: String,
    total_text: String,
    rows: Vec<BehindRow>,
    pagination: Option<Pagination>,
}

#[derive(Debug, Clone, Serialize)]
struct BehindRow {
    item: Link,
    department: String,
    handling: String,
    legal: String,
    promised: String,
    visits: String,
    online: &'static str,
}

impl Scene<'_> {
    pub(super) fn performance(&self) -> (Head, View) {
        let listings = &self.plan.listings;
        let found = performance(self.portal, &listings.behind, listings.changes.iter().map(|change| change.date));
        let area = &self.portal.site.area;
        let day = day_text(self.portal.as_of);
        let head = Head::new(
            "performance",
            paths::PERFORMANCE,
            "效能公开",
            format!("{area}的事项比法定时限快多少，多少当场办、网上办、不用跑，各部门公开得全不全。"),
        )
        .above(&[("政务公开", paths::OPENNESS)])
        .nav("openness")
        .column("效能公开", "信息公开");
        let items = found.all.items;
        let view = PerformanceView {
            intro: format!("截至{day}，正在办理的{items}个事项。数字都从办事指南算出来，点进去能看到是哪些事项。"),
            figures: self.figure_cells(&found.all),
            tables: self.figure_tables(&found),
            months: self.months(&found.months),
            meanings: self.meanings(&found.all),
        };
        (head, View::Performance { performance: view })
    }

    fn figure_cells(&self, all: &Figures) -> Vec<FigureCell> {
        let of = &all.indicators;
        let href = |behind: Behind| self.url(&behind.path(self.portal));
        let count = |share: Share, what: &str| format!("{}个事项里{}个{what}", share.whole, share.part);
        vec![
            FigureCell {
                label: "承诺比法定快",
                value: percent(of.saved),
                note: format!(
                    "法定一共{}个工作日，承诺一共{}个工作日，{}个事项算在内",
                    Figures::days(all.legal_minutes),
                    Figures::days(all.promised_minutes),
                    all.limited
                ),
                href: href(Behind::Limited),
            },
            FigureCell {
                label: "即办率",
                value: percent(of.instant),
                note: count(of.instant, "当场办结"),
                href: href(Behind::Instant),
            },
            FigureCell {
                label: "网上可办率",
                value: percent(of.online),
                note: count(of.online, "能在网上办"),
                href: href(Behind::Online),
            },
            FigureCell {
                label: "跑零次率",
                value: percent(of.no_visit),
                note: count(of.no_visit, "可以一次都不跑"),
                href: href(Behind::NoVisit),
            },
            FigureCell {
                label: "平均跑几次",
                value: visits(of.visits, "次"),
                note: format!("{}个事项最多共跑{}次", of.visits.whole, of.visits.part),
                href: href(Behind::Visit),
            },
            FigureCell {
                label: "公开完整度",
                value: thousandths(u64::from(all.completeness)),
                note: "该公开的内容公开了多少，各事项平均".to_owned(),
                href: "#departments".to_owned(),
            },
        ]
    }

    fn figure_tables(&self, found: &Performance) -> Vec<FigureTable> {
        let link = |name: &str, behind: Behind| self.link(name, &behind.path(self.portal));
        let departments = found.departments.iter().map(|(id, figures)| {
            let name = &self.portal.department(*id).facts.short_name;
            row(link(name, Behind::Department(*id)), figures)
        });
        let types = found.types.iter().map(|(kind, figures)| row(link(kind.name(), Behind::Type(*kind)), figures));
        let handling =
            found.handling.iter().map(|(kind, figures)| row(link(kind.name(), Behind::Handling(*kind)), figures));
        vec![
            FigureTable {
                id: "handling", title: "按办件类型看", first: "办件类型", rows: handling.collect()
            },
            FigureTable { id: "types", title: "按事项类型看", first: "事项类型", rows: types.collect() },
            FigureTable { id: "departments", title: "按部门看", first: "部门", rows: departments.collect() },
        ]
    }

    /// What each figure means, in everyday words.
    fn meanings(&self, all: &Figures) -> Vec<Meaning> {
        let meaning = |name, text| Meaning { name, text, link: None };
        let left_out = all.items - all.limited;
        let path = Behind::Unlimited.path(self.portal);
        vec![
            meaning(
                "算哪些事项",
                "只算今天能申请的事项。暂停、取消的不算，没有公开的不算。比例都去掉零头，不四舍五入。".to_owned(),
            ),
            Meaning {
                name: "承诺比法定快多少（承诺时限压缩比）",
                text: format!(
                    "把每个事项法律允许的天数加起来，再把承诺的天数加起来，看少了百分之几。不是把各事项的百分比拿来平均。\
                     天数折成工作日：自然日也按一天算，一个月算22天，一年算250天，8小时算一天，当场办的算0天。\
                     法律没有规定期限、没有承诺期限或者期限没有公布的，没法比，不算，有{left_out}个。"
                ),
                link: (left_out > 0).then(|| self.link("看没有算的是哪些", &path)),
            },
            meaning("即办率", format!("办件类型是“即办件”的事项占几成。{}", unstated(all, all.indicators.instant))),
            meaning(
                "网上可办率",
                format!(
                    "能在电脑或者手机上申请的事项占几成，不管网上能办到哪一步。{}",
                    unstated(all, all.indicators.online)
                ),
            ),
            meaning(
                "跑零次率",
                format!(
                    "可以一次都不到现场的事项占几成。必须本人到场的（如婚姻登记）也在总数里，没有剔除。{}",
                    unstated(all, all.indicators.no_visit)
                ),
            ),
            meaning(
                "平均跑几次",
                "每个事项最多要跑的次数加起来，除以事项数。一个事项算一次，不管一年办多少件。".to_owned(),
            ),
            meaning(
                "公开完整度",
                "办事指南该写的内容，写了多少。名称、依据、条件、材料、地点、机构、收费、时限、电话、流程这十样分量重，\
                 其余分量轻；用不着的不算。一个部门的，是它各事项的平均。"
                    .to_owned(),
            ),
        ]
    }

    fn months(&self, months: &[Month]) -> MonthTable {
        let total: usize = months.iter().map(|month| month.changes).sum();
        let values: Vec<(String, usize)> =
            months.iter().map(|month| (format!("{}月", month.month), month.changes)).collect();
        let rows = months.iter().rev().map(|month| MonthRow {
            name: format!("{}年{}月", month.year, month.month),
            url: self.month_url(*month),
            count: format!("{}条", month.changes),
        });
        MonthTable {
            total_text: format!("近{}个月共改了{total}条，本月算到上面写的那一天。", months.len()),
            chart: columns(&values),
            rows: rows.collect(),
        }
    }

    /// Where the list of changes comes to a month; nothing if there are none.
    fn month_url(&self, month: Month) -> Option<String> {
        let is_of = |date: jiff::civil::Date| (date.year(), date.month()) == (month.year, month.month);
        let first = self.plan.listings.changes.iter().position(|change| is_of(change.date))?;
        let path = numbered(paths::CHANGES, first / self.plan.page_size + 1);
        Some(format!("{}#{}", self.url(&path), month_anchor(month.year, month.month)))
    }

    pub(super) fn behind(&self, behind: Behind, number: usize) -> (Head, View) {
        let empty = Vec::new();
        let ids = self.plan.listings.behind.get(&behind).unwrap_or(&empty);
        let path = behind.path(self.portal);
        let slice = self.slice(ids, &path, number);
        let (name, intro) = self.behind_words(behind);
        let mut head = Head::new("behind", &path, &name, format!("{name}：{}个事项。{intro}", ids.len()))
            .nav("openness")
            .column("效能公开", "信息公开")
            .number(number);
        head.above = vec![("政务公开".into(), paths::OPENNESS.into()), ("效能公开".into(), paths::PERFORMANCE.into())];
        let view = BehindView {
            intro,
            total_text: format!("共{}个", ids.len()),
            rows: slice.entries.iter().map(|id| self.behind_row(*id)).collect(),
            pagination: slice.pagination,
        };
        (head, View::Behind { behind: view })
    }

    /// What a list is called, and what stands in it.
    fn behind_words(&self, behind: Behind) -> (String, String) {
        let (name, intro) = match behind {
            Behind::Limited => ("算进时限压缩比的事项", "法定和承诺都写明了期限的。"),
            Behind::Unlimited => {
                ("没有算进时限压缩比的事项", "法律没有规定期限、没有承诺期限，或者期限还没有公布的，没法比，不算。")
            }
            Behind::Instant => ("当场办结的事项", "办件类型是即办件的。"),
            Behind::Online => ("网上可办的事项", "能在电脑或者手机上申请的。"),
            Behind::NoVisit => ("一次都不用跑的事项", "从申请到拿结果，可以一次都不到现场的。"),
            Behind::Visit => ("要到现场的事项", "至少要到现场一次的，为什么要来写在事项页面上。"),
            Behind::Type(kind) => return (format!("{}事项", kind.name()), format!("事项类型是{}的。", kind.name())),
            Behind::Handling(kind) => {
                return (format!("办件类型：{}", kind.name()), format!("办件类型是{}的。", kind.name()));
            }
            Behind::Department(id) => {
                let name = &self.portal.department(id).facts.short_name;
                return (format!("{name}算进效能的事项"), format!("{name}正在办理的事项。"));
            }
        };
        (name.to_owned(), intro.to_owned())
    }

    fn behind_row(&self, id: ItemId) -> BehindRow {
        let item = self.portal.item(id);
        let facts = &item.facts;
        BehindRow {
            item: self.item_link(id),
            department: self.portal.department(item.department).facts.short_name.clone(),
            handling: facts.handling_type.get().map_or(UNPUBLISHED, Term::name).to_owned(),
            legal: told(&facts.limits.legal),
            promised: told(&facts.limits.promised),
            visits: told(&facts.visits),
            online: if item_words::is_online(item) { "能" } else { "不能" },
        }
    }
}

/// How many items do not state what a share is about.
fn unstated(all: &Figures, share: Share) -> String {
    match all.items - usize::try_from(share.whole).unwrap_or(all.items) {
        0 => String::new(),
        count => format!("还没有写明的{count}个不算。"),
    }
}

/// Where a month begins in the list of changes.
pub(super) fn month_anchor(year: i16, month: i8) -> String {
    format!("month-{year}-{month:02}")
}

fn row(name: Link, of: &Figures) -> FigureRow {
    let shares = &of.indicators;
    FigureRow {
        name,
        items: of.items.to_string(),
        saved: percent(shares.saved),
        saved_bar: (shares.saved.whole > 0).then(|| bar(shares.saved.part, shares.saved.whole)),
        instant: percent(shares.instant),
        online: percent(shares.online),
        no_visit: percent(shares.no_visit),
        visits: visits(shares.visits, ""),
        completeness: thousandths(u64::from(of.completeness)),
    }
}

/// A share in percent, rounded down; a dash where nothing is counted.
fn percent(share: Share) -> String {
    share.permille().map_or_else(|| "—".to_owned(), thousandths)
}

fn thousandths(permille: u64) -> String {
    match permille % 10 {
        0 => format!("{}%", permille / 10),
        rest => format!("{}.{rest}%", permille / 10),
    }
}

/// Visits an item, with two decimals.
fn visits(share: Share, unit: &str) -> String {
    match (share.part * 100).checked_div(share.whole) {
        Some(hundredths) => format!("{}.{:02}{unit}", hundredths / 100, hundredths % 100),
        None => "—".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_down() {
        assert_eq!(percent(Share { part: 25, whole: 30 }), "83.3%");
        assert_eq!(percent(Share { part: 30, whole: 30 }), "100%");
        assert_eq!(percent(Share::default()), "—");
        assert_eq!(visits(Share { part: 7, whole: 3 }, "次"), "2.33次");
        assert_eq!(visits(Share { part: 0, whole: 3 }, ""), "0.00");
        assert_eq!(visits(Share::default(), "次"), "—");
    }
}
