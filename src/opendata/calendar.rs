//! The working calendar (工作日历) as JSON: what the pages count days with, and open data.
//!
//! ```json
//! { "timezone": "Asia/Shanghai",
//!   "years": [ { "year": 2026, "official": true, "notice": "https://…",
//!                "holidays": [ { "name": "元旦", "days": ["2026-01-01"] } ],
//!                "workdays": ["2026-01-04"] } ] }
//! ```
//!
//! `holidays` are the days off (放假), weekends among them; `workdays` are the days of a weekend that are worked
//! (调休上班). Every other day is worked from Monday to Friday. `official` is false while the State Council's notice
//! for the year is not out (暂定): whatever rests on such a year, or on one that is not listed, is provisional. A year
//! may name days of its neighbours.

use serde::Serialize;

use crate::model::terms::CalendarState;
use crate::model::value::Day;
use crate::portal::Portal;

#[derive(Debug, Serialize)]
struct CalendarData<'a> {
    timezone: &'static str,
    years: Vec<Year<'a>>,
}

#[derive(Debug, Serialize)]
struct Year<'a> {
    year: i16,
    official: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
    holidays: Vec<Holiday<'a>>,
    workdays: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Holiday<'a> {
    name: &'a str,
    days: Vec<String>,
}

/// `data/calendar.json`: the days off and the make-up working days of each year.
pub(super) fn calendar(portal: &Portal) -> Vec<u8> {
    let days = |days: &[Day]| days.iter().map(ToString::to_string).collect();
    let years = portal.calendar_file.years.iter().map(|year| Year {
        year: year.year,
        official: year.state == CalendarState::Official,
        notice: year.notice.as_ref().map(ToString::to_string),
        holidays: year.holidays.iter().map(|one| Holiday { name: &one.name, days: days(&one.days) }).collect(),
        workdays: days(&year.workdays),
    });
    let data = CalendarData { timezone: "Asia/Shanghai", years: years.collect() };
    // Texts, numbers and lists can always be written as JSON.
    let mut json = serde_json::to_vec(&data).unwrap_or_default();
    json.push(b'\n');
    json
}
