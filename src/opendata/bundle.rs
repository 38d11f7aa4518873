//! A bundle (一件事) of the list of bundles: its items, the papers of all of them, and what it takes altogether.

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::together::{self, FeeTotal, Limit, Merged, Order, Span, Total, Wanted};
use crate::model::terms::BundleRelation;
use crate::opendata::item::Source;
use crate::opendata::parts::{Amount, DayText, Reference, Url, Word};
use crate::portal::Bundle;
use crate::wording::{prose, prose_opt};

/// 一件事。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BundleRow {
    /// 代号，也是网址的一段。
    id: String,
    /// 名称。
    name: String,
    /// 群众的说法。
    everyday_name: Option<String>,
    /// 面向个人还是法人。
    audience: String,
    /// 说明。
    description: String,
    /// 牵头部门的代号。
    lead: Option<String>,
    /// 生命周期。
    life: Vec<String>,
    /// 更新日期。
    updated: Option<DayText>,
    /// 网页的网址。
    url: Url,
    /// 包含的事项，按办理的先后。
    items: Vec<BundleItemRow>,
    /// 合并以后的材料：几个事项都要的只列一次，申请表代替了的不列。
    materials: Vec<BundleMaterial>,
    /// 只办都要办的：必办的，任选其一的办一个。
    needed: BundleTotal,
    /// 选办的也都办。
    everything: BundleTotal,
}

/// 一件事里的一个事项。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BundleItemRow {
    /// 事项。
    item: Reference,
    /// 办理的先后，同一个数字可以同时办。
    order: u8,
    /// 必办、选办还是任选其一。
    relation: Word<BundleRelation>,
    /// 要等哪些事项先办完，写事项的代号；间接等的也写。
    after: Vec<String>,
    /// 什么情况下要办。
    note: Option<String>,
}

/// 一件事的一份材料。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BundleMaterial {
    /// 名称。
    name: String,
    /// 多个事项共用的材料的代号。
    shared: Option<String>,
    /// 要它的事项的代号。
    items: Vec<String>,
    /// 办这件事的人都要交；false 是只有一些人要交。
    for_all: bool,
    /// 前面的哪个事项发给申请人，写事项的代号，几个的是任选其一；不是空的就不用准备。
    issued_by: Vec<String>,
}

/// 办下来一共要多久、多少钱。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BundleTotal {
    /// 按承诺，最长的一条路要多久。
    promised: BundleTime,
    /// 按法定，最长的一条路要多久。
    statutory: BundleTime,
    /// 收费。
    fee: BundleFee,
}

/// 最长的一条路要多久。各种单位不折算，是几样相加。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BundleTime {
    /// 工作日。
    working_days: u32,
    /// 自然日。
    natural_days: u32,
    /// 月。
    months: u32,
    /// 分钟。
    minutes: u32,
    /// 用话说，如“5个工作日，加15个自然日”。
    text: String,
    /// 最长的这条路上花时间的事项的代号，按先后。
    path: Vec<String>,
    /// 没有期限、期限待补，因此没有算进来的事项的代号。
    without_limit: Vec<String>,
}

/// 一共收多少。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BundleFee {
    /// 最少多少。
    least: Amount,
    /// 最多多少；null 表示要看数量、价格，没有上限可说。
    most: Option<Amount>,
    /// 还有收费没有公布。
    incomplete: bool,
}

/// The row of a bundle.
pub(super) fn row(source: Source<'_>, bundle: &Bundle) -> BundleRow {
    let facts = &bundle.facts;
    let order = Order::of(source.portal, bundle);
    let materials = together::materials(source.portal, bundle, &order);
    let items = order.entries.iter().zip(&order.items).map(|(entry, id)| BundleItemRow {
        item: source.item(*id),
        order: entry.order,
        relation: Word(entry.relation),
        after: slugs(source, &order, &entry.before),
        note: prose_opt(facts.items[entry.position].note.as_ref()),
    });
    BundleRow {
        id: bundle.slug.clone(),
        name: facts.name.clone(),
        everyday_name: facts.everyday_name.clone(),
        audience: facts.audience.clone(),
        description: prose(&facts.note),
        lead: facts.lead.as_ref().map(ToString::to_string),
        life: facts.life.clone(),
        updated: facts.updated.map(|day| DayText(day.date())),
        url: source.url(&bundle.path()),
        items: items.collect(),
        materials: materials.iter().map(|one| material(source, &order, one)).collect(),
        needed: total(source, &order, Wanted::Needed),
        everything: total(source, &order, Wanted::All),
    }
}

/// The items at these places of the order.
fn slugs(source: Source<'_>, order: &Order, entries: &[usize]) -> Vec<String> {
    entries.iter().map(|n| source.portal.item(order.items[*n]).slug.clone()).collect()
}

fn material(source: Source<'_>, order: &Order, merged: &Merged) -> BundleMaterial {
    let entries: Vec<usize> = merged.uses.iter().map(|one| one.entry).collect();
    BundleMaterial {
        name: prose(&merged.name),
        shared: merged.shared.map(|id| source.portal.material(id).id.clone()),
        items: slugs(source, order, &entries),
        for_all: merged.is_for_all,
        issued_by: slugs(source, order, &merged.issued_by),
    }
}

fn total(source: Source<'_>, order: &Order, wanted: Wanted) -> BundleTotal {
    let time = |limit| time(source, order, Total::of(source.portal, order, wanted, limit));
    BundleTotal {
        promised: time(Limit::Promised),
        statutory: time(Limit::Legal),
        fee: fee(together::fee_total(source.portal, order, wanted)),
    }
}

fn time(source: Source<'_>, order: &Order, total: Total) -> BundleTime {
    let Span { minutes, working_days, natural_days, months } = total.span;
    let mut without: Vec<usize> = total.unlimited.into_iter().chain(total.untold).collect();
    without.sort_unstable();
    BundleTime {
        working_days,
        natural_days,
        months,
        minutes,
        text: total.span.words(),
        path: slugs(source, order, &total.way),
        without_limit: slugs(source, order, &without),
    }
}

fn fee(total: FeeTotal) -> BundleFee {
    BundleFee { least: total.least.into(), most: total.most.map(Into::into), incomplete: total.is_untold }
}
