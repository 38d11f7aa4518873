//! All items as a table that spreadsheets open right: CSV in UTF-8 with a byte order mark.

use crate::csv;
use crate::model::terms::Term;
use crate::opendata::lists::item_row;
use crate::opendata::parts::Limit;
use crate::opendata::record::State;
use crate::portal::{ItemId, Portal};

/// What a column is called, and what is in it.
pub(super) const COLUMNS: [(&str, &str); 17] = [
    ("代号", "id"),
    ("实施编码", "code"),
    ("事项名称", "name"),
    ("通俗名", "everyday_name"),
    ("其他叫法", "aliases"),
    ("部门", "department.name"),
    ("事项类型", "item_type"),
    ("办件类型", "handling_type"),
    ("服务对象", "applicants"),
    ("状态", "state"),
    ("法定时限", "statutory.text"),
    ("承诺时限", "promised.text"),
    ("是否收费", "charged"),
    ("到现场次数", "visits"),
    ("更新日期", "updated"),
    ("网页", "url"),
    ("数据", "data_url"),
];

/// The table.
pub(super) fn table(portal: &Portal) -> Vec<u8> {
    let head = COLUMNS.map(|(name, _)| name.to_owned());
    let rows = portal.item_ids().map(|(id, _)| row(portal, id).map(|cell| csv::guarded(&cell).into_owned()));
    csv::written(std::iter::once(head).chain(rows)).into_bytes()
}

fn row(portal: &Portal, id: ItemId) -> [String; 17] {
    let row = item_row(portal, id);
    let limit = |limit: Option<Limit>| limit.map(|limit| limit.text).unwrap_or_default();
    let names: Vec<&str> = row.applicants.iter().map(|word| Term::name(word.0)).collect();
    [
        row.id,
        row.code.unwrap_or_default(),
        row.name,
        row.everyday_name,
        row.aliases.join("、"),
        row.department.name,
        Term::name(row.item_type.0).to_owned(),
        row.handling_type.map(|word| Term::name(word.0).to_owned()).unwrap_or_default(),
        names.join("、"),
        state(row.state).to_owned(),
        limit(row.statutory),
        limit(row.promised),
        row.charged.map(|charged| if charged { "收费" } else { "不收费" }.to_owned()).unwrap_or_default(),
        row.visits.map(|visits| visits.to_string()).unwrap_or_default(),
        row.updated.0.to_string(),
        row.url.0,
        row.data_url.0,
    ]
}

fn state(state: State) -> &'static str {
    match state {
        State::Active => "在用",
        State::Ending => "在用，将取消",
        State::Paused => "暂停",
        State::Cancelled => "取消",
        State::Preview => "预览",
    }
}
