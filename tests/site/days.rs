//! Days and hours, written down: `tests/errand/vectors.json` holds the program's side to itself here, and
//! `tests/errand/*.test.mjs` hold the browser's side to the same file.
//!
//! `UPDATE=1 cargo test --test site` writes it anew; read the difference.

use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use mingbai::model::value::{
    Calendar, HolidayRule, OpeningHours, TimeLimit, Value as _, VisitDay, VisitHours, VisitState,
};
use mingbai::pipeline;
use serde_json::{Value, json};

use crate::kit::{ITEM, PLACE, Site};

/// The first and the last day of the tables.
const DAYS: (Date, Date) = (date(2024, 1, 1), date(2026, 12, 31));

/// Limits of every unit that has a last day.
const LIMITS: [&str; 10] = [
    "1个工作日",
    "3个工作日",
    "7个工作日",
    "20个工作日",
    "45个工作日",
    "5个自然日",
    "15个自然日",
    "60个自然日",
    "1个月",
    "1年",
];

/// Opening hours of every sort, with what holds on holidays.
const BOARDS: [(&[&str], &str, Option<&str>); 9] = [
    (
        &["周一至周五 9:00-12:00, 13:30-17:30", "周六 9:00-12:00（仅综合窗口）"],
        "法定节假日不办公，调休上班日照常。",
        None,
    ),
    (&["周一至周五 9:00-17:00"], "法定节假日不办公", None),
    (&["每天 8:30-20:00"], "法定节假日只开缴费和报修窗口，9:00至16:00。", None),
    (
        &[
            "夏季（5月1日至9月30日）周一至周五 8:30-12:00, 15:00-18:00",
            "冬季（10月1日至4月30日）周一至周五 8:30-12:00, 14:30-17:30",
            "周日 9:00-11:30",
        ],
        "法定节假日休息，调休上班日照常",
        None,
    ),
    (&["周一、周三 9:00-11:30", "周五 13:30-16:00"], "法定节假日不办公，调休上班日照常", None),
    (&["每天 0:00-24:00"], "法定节假日不办公，调休上班日照常", None),
    (
        &["周一至周五 9:00-12:00, 13:30-17:30", "周六 9:00-12:00（仅综合窗口）"],
        "法定节假日不办公，调休上班日照常。",
        Some("二楼食品许可专窗"),
    ),
    (
        &["周一至周五 9:00-17:00", "供暖季（11月15日至3月15日）每天 8:00-20:00（仅供热窗口）"],
        "法定节假日不办公",
        Some("一楼供水1至3号窗口"),
    ),
    (&["周一至周五 8:30-17:30", "供暖季（11月15日至3月15日）每天 8:00-20:00（仅供热窗口）"], "法定节假日不办公", None),
];

/// A small portal with the calendar of the sample portal.
fn site() -> Site {
    Site::minimal().file("content/calendar.yaml", include_str!("../../content/calendar.yaml"))
}

fn calendar() -> Calendar {
    let checked = pipeline::check(&site().write().input()).expect("there is content");
    checked.portal.expect("the portal is whole").calendar.clone()
}

/// The hours of a place as its page has them for the script.
fn on_the_page(lines: &[&str], rule: &str, window: Option<&str>) -> Value {
    let lines: String = lines.iter().map(|line| format!("  - {line}\n")).collect();
    let place =
        format!("名称: 大厅\n地址: 青岚市望山区云中路18号\n开放时间:\n{lines}节假日: {rule}\n电话: \"0600-8800001\"\n");
    let site = site().file(PLACE, place);
    let (site, path) = match window {
        Some(window) => {
            let places = format!("办理地点: [{{ 地点: hall, 窗口: {window} }}]\n");
            (site.append(ITEM, &places), "items/food/index.html")
        }
        None => (site, "places/hall/index.html"),
    };
    let built = site.built();
    let page = built.text(path);
    let (_, rest) = page.split_once("data-hours=\"").expect("the page has a planner");
    let json = rest.split_once('"').unwrap().0.replace("&quot;", "\"");
    serde_json::from_str(&json).unwrap()
}

fn days() -> impl Iterator<Item = Date> {
    DAYS.0.series(1.day()).take_while(|day| *day <= DAYS.1)
}

/// How many days later each start day's due day is, with `?` where it is provisional.
fn due_days(calendar: &Calendar, limit: &str) -> String {
    let limit = TimeLimit::parse(limit).unwrap();
    let later = |day: Date| {
        let due = calendar.due(day, &limit).unwrap();
        let days = day.until(due.date).unwrap().get_days();
        format!("{days}{}", if due.provisional { "?" } else { "" })
    };
    days().map(later).collect::<Vec<_>>().join(" ")
}

fn openings(day: &VisitDay<'_>) -> String {
    match day {
        VisitDay::Ask => "ask".to_owned(),
        VisitDay::Others(_) => "closed".to_owned(),
        VisitDay::Closed => "closed".to_owned(),
        VisitDay::Open(list) => {
            let one = |one: &mingbai::model::value::Opening<'_>| {
                format!("{}-{}{}", one.from, one.to, one.note.unwrap_or_default())
            };
            list.iter().map(one).collect::<Vec<_>>().join(" ")
        }
    }
}

fn state(state: VisitState) -> String {
    match state {
        VisitState::Open(until) => format!("open {until}"),
        VisitState::Next(day, from) => format!("next {day} {from}"),
        VisitState::Ask(day) => format!("ask {day}"),
        VisitState::Never => "never".to_owned(),
    }
}

/// A board's openings of every day, as letters for a list of what there is, and what holds at chosen moments.
fn board(calendar: &Calendar, lines: &[&str], rule: &str, window: Option<&str>) -> Value {
    let parsed: Vec<OpeningHours> = lines.iter().map(|line| OpeningHours::parse(line).unwrap()).collect();
    let hours = VisitHours { lines: &parsed, window, rule: HolidayRule::read(rule), calendar };
    let mut kinds: Vec<String> = Vec::new();
    let letters: String = days()
        .map(|day| {
            let kind = openings(&hours.day(day));
            let at = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
                kinds.push(kind);
                kinds.len() - 1
            });
            char::from(b'a' + u8::try_from(at).unwrap())
        })
        .collect();
    // Days and minutes that follow no pattern, the same ones each time.
    let moments = (0..150u32).map(|n| {
        let day = DAYS.0.checked_add(i64::from(n * 7919 % 1096).days()).unwrap();
        let minute = u16::try_from(n * 6131 % 1440).unwrap();
        format!("{day} {minute} {}", state(hours.state(day, minute)))
    });
    json!({ "hours": on_the_page(lines, rule, window), "rule": rule, "kinds": kinds, "days": letters, "moments": moments.collect::<Vec<_>>() })
}

fn written() -> String {
    let calendar = calendar();
    let due: Vec<String> =
        LIMITS.iter().map(|limit| format!("    {}", json!([limit, due_days(&calendar, limit)]))).collect();
    let boards: Vec<String> =
        BOARDS.iter().map(|(lines, rule, window)| format!("    {}", board(&calendar, lines, rule, *window))).collect();
    format!(
        "{{\n  \"first\": \"{}\",\n  \"last\": \"{}\",\n  \"due\": [\n{}\n  ],\n  \"boards\": [\n{}\n  ]\n}}\n",
        DAYS.0,
        DAYS.1,
        due.join(",\n"),
        boards.join(",\n")
    )
}

#[test]
fn days_are_counted_as_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errand/vectors.json");
    let written = written();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    let differ = kept
        .lines()
        .zip(written.lines())
        .filter(|(kept, written)| kept != written)
        .map(|(_, new)| new.chars().take(80).collect::<String>());
    assert_eq!(differ.collect::<Vec<_>>(), Vec::<String>::new(), "UPDATE=1 writes them anew");
    assert_eq!(kept.len(), written.len());
}

#[test]
fn the_calendar_is_published_as_written() {
    let built = site().built();
    let data: Value = serde_json::from_str(built.text("data/calendar.json")).unwrap();
    assert_eq!(data["timezone"], "Asia/Shanghai");
    let years: Vec<(u64, bool)> = data["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(|year| (year["year"].as_u64().unwrap(), year["official"].as_bool().unwrap()))
        .collect();
    assert_eq!(years, [(2023, true), (2024, true), (2025, true), (2026, true), (2027, false)]);
    let of_2026 = &data["years"][3];
    assert_eq!(of_2026["notice"], "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm");
    assert_eq!(of_2026["holidays"][0], json!({ "name": "元旦", "days": ["2026-01-01", "2026-01-02", "2026-01-03"] }));
    assert_eq!(of_2026["workdays"][0], "2026-01-04");
    assert!(data["years"][4].get("notice").is_none());
}
