//! The figures of 效能公开 as data: the same ones the page shows, as whole numbers with what they are parts of.

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::indicators::Share;
use crate::check::performance::{Behind, Figures, Month, performance};
use crate::model::terms::{HandlingType, ItemType};
use crate::opendata::item::{self, Source};
use crate::opendata::parts::{DayText, FileHead, Url, Word};
use crate::plan::{OpenFile, OutputPlan};
use crate::portal::{Portal, paths};

/// 效能公开的数字。只算今天能申请的事项。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PerformanceRecord {
    /// 数据格式的版本。
    schema_version: &'static str,
    // Besides the version, what every file begins with.
    #[serde(flatten)]
    head: FileHead,
    /// 网页的网址，各个数字怎么算写在那里。
    url: Url,
    /// 算到哪一天。
    as_of: DayText,
    /// 全部事项。
    all: FiguresRecord,
    /// 各个部门。
    departments: Vec<DepartmentFigures>,
    /// 各种事项类型。
    item_types: Vec<TypeFigures>,
    /// 各种办件类型。
    handling_types: Vec<HandlingFigures>,
    /// 近十二个月的变更，从早到晚，最后一个月算到 as_of 那一天。
    months: Vec<MonthRecord>,
}

/// 一些事项合起来的数字。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FiguresRecord {
    /// 有几个事项。
    items: usize,
    /// 承诺时限压缩比：法定的分钟数里承诺少用了多少，各事项加起来再比。一天 8 小时，一个月 22 天，一年 250 天，自然日也算一天。
    saved: ShareRecord,
    /// 算进压缩比的事项有几个：法定和承诺都有期限的。
    limited_items: usize,
    /// 即办率：写明办件类型的事项里，即办件有几个。
    instant: ShareRecord,
    /// 网上可办率：写明办理形式的事项里，能在网上申请的有几个。
    online: ShareRecord,
    /// 跑零次率：写明到现场次数的事项里，一次都不用来的有几个。
    no_visit: ShareRecord,
    /// 平均跑动次数：这些事项最多要跑的次数加起来，比事项数；permille 是一千个事项合计的次数。
    visits: ShareRecord,
    /// 公开完整度，千分之几。
    completeness_permille: u32,
}

/// 一个比例。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShareRecord {
    /// 部分。
    part: u64,
    /// 总数。
    whole: u64,
    /// 千分之几，去掉零头；总数是 0 时为 null。
    permille: Option<u64>,
}

/// 一个部门的数字。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DepartmentFigures {
    /// 部门的代号。
    department: String,
    /// 是哪些事项，网页的网址。
    items_url: Url,
    /// 数字。
    figures: FiguresRecord,
}

/// 一种事项类型的数字。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TypeFigures {
    /// 事项类型。
    item_type: Word<ItemType>,
    /// 是哪些事项，网页的网址。
    items_url: Url,
    /// 数字。
    figures: FiguresRecord,
}

/// 一种办件类型的数字。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct HandlingFigures {
    /// 办件类型。
    handling_type: Word<HandlingType>,
    /// 是哪些事项，网页的网址。
    items_url: Url,
    /// 数字。
    figures: FiguresRecord,
}

/// 一个月的变更。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MonthRecord {
    /// 哪个月，如“2026-07”。
    month: String,
    /// 变更记录有几条。
    changes: usize,
}

/// The record of the whole portal.
pub(super) fn record(portal: &Portal, plan: &OutputPlan) -> PerformanceRecord {
    let source = Source { portal };
    let listings = &plan.listings;
    let found = performance(portal, &listings.behind, listings.changes.iter().map(|change| change.date));
    let items_url = |behind: Behind| source.url(&behind.path(portal));
    let departments = found.departments.iter().map(|(id, of)| DepartmentFigures {
        department: portal.department(*id).id.clone(),
        items_url: items_url(Behind::Department(*id)),
        figures: figures(of),
    });
    let item_types = found.types.iter().map(|(kind, of)| TypeFigures {
        item_type: Word(*kind),
        items_url: items_url(Behind::Type(*kind)),
        figures: figures(of),
    });
    let handling_types = found.handling.iter().map(|(kind, of)| HandlingFigures {
        handling_type: Word(*kind),
        items_url: items_url(Behind::Handling(*kind)),
        figures: figures(of),
    });
    PerformanceRecord {
        schema_version: item::VERSION,
        head: source.head(OpenFile::PerformanceSchema),
        url: source.url(paths::PERFORMANCE),
        as_of: DayText(portal.as_of),
        all: figures(&found.all),
        departments: departments.collect(),
        item_types: item_types.collect(),
        handling_types: handling_types.collect(),
        months: found.months.iter().copied().map(month).collect(),
    }
}

fn figures(of: &Figures) -> FiguresRecord {
    let shares = &of.indicators;
    FiguresRecord {
        items: of.items,
        saved: share(shares.saved),
        limited_items: of.limited,
        instant: share(shares.instant),
        online: share(shares.online),
        no_visit: share(shares.no_visit),
        visits: share(shares.visits),
        completeness_permille: of.completeness,
    }
}

fn share(share: Share) -> ShareRecord {
    ShareRecord { part: share.part, whole: share.whole, permille: share.permille() }
}

fn month(month: Month) -> MonthRecord {
    MonthRecord { month: format!("{:04}-{:02}", month.year, month.month), changes: month.changes }
}
