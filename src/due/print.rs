//! The list in words, as a table for programs, and as a calendar.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::json;

use crate::csv;
use crate::diagnostics::Lang;
use crate::due::{Due, ics};
use crate::portal::Portal;
use crate::printing::visible;

/// How the list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people, by owner.
    Table,
    /// One line each, for spreadsheets.
    Csv,
    /// For programs.
    Json,
    /// iCalendar.
    Ics,
}

/// The list in a form.
pub fn print(list: &[Due], portal: &Portal, form: Form, lang: Lang) -> String {
    match form {
        Form::Table => table(list, portal.as_of, lang),
        Form::Csv => rows(list, portal.as_of, lang),
        Form::Json => json(list, portal.as_of, lang),
        Form::Ics => {
            let after = portal.base_url.split("://").nth(1).unwrap_or("localhost");
            ics::calendar(list, portal.as_of, after.split('/').next().unwrap_or_default(), lang)
        }
    }
}

fn days(due: &Due, as_of: Date) -> i32 {
    (due.date - as_of).get_days()
}

/// How far off a day is.
fn distance(days: i32, lang: Lang) -> String {
    match (lang, days) {
        (Lang::Zh, 0) => "今天".to_owned(),
        (Lang::Zh, 1..) => format!("还有{days}天"),
        (Lang::Zh, _) => format!("过了{}天", -days),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::En, 1..) => format!("in {days} days"),
        (Lang::En, _) => format!("{} days ago", -days),
    }
}

fn table(list: &[Due], as_of: Date, lang: Lang) -> String {
    let clean = |text: &str| text.chars().map(visible).collect::<String>();
    if list.is_empty() {
        return match lang {
            Lang::Zh => "没有到期的\n".to_owned(),
            Lang::En => "nothing is due\n".to_owned(),
        };
    }
    let mut owners: BTreeMap<String, Vec<&Due>> = BTreeMap::new();
    for due in list {
        owners.entry(due.owner()).or_default().push(due);
    }
    let mut owners: Vec<(String, Vec<&Due>)> = owners.into_iter().collect();
    owners.sort_by(|a, b| (a.1[0].date, &a.0).cmp(&(b.1[0].date, &b.0)));
    let mut out = String::new();
    for (owner, list) in owners {
        out.push_str(&match lang {
            Lang::Zh => format!("{}（{}）\n", clean(&owner), list.len()),
            Lang::En => format!("{} ({})\n", clean(&owner), list.len()),
        });
        for due in list {
            let (reason, distance) = (due.reason.name(lang), distance(days(due, as_of), lang));
            out.push_str(&format!("  {}  {distance}  {reason}  {}\n", due.date, clean(&due.name)));
            out.push_str(&format!("      {}\n      {}\n", clean(due.what.get(lang)), clean(&due.file)));
        }
        out.push('\n');
    }
    let late = list.iter().filter(|due| due.date < as_of).count();
    out.push_str(&match lang {
        Lang::Zh => format!("共 {} 项，其中 {late} 项已经过期\n", list.len()),
        Lang::En => format!("due: {}, overdue: {late}\n", list.len()),
    });
    out
}

fn rows(list: &[Due], as_of: Date, lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => ["日期", "还有几天", "部门", "科室", "原因", "名称", "说明", "网址", "文件"],
        Lang::En => ["date", "days", "department", "office", "reason", "name", "what", "url", "file"],
    };
    let row = |due: &Due| {
        let days = days(due, as_of).to_string();
        let text = |text: &str| csv::guarded(text).into_owned();
        [
            due.date.to_string(),
            days,
            text(&due.department),
            text(&due.office),
            due.reason.name(lang).to_owned(),
            text(&due.name),
            text(due.what.get(lang)),
            text(due.url.as_deref().unwrap_or_default()),
            text(&due.file),
        ]
    };
    let rows = std::iter::once(head.map(str::to_owned)).chain(list.iter().map(row));
    csv::written(rows)
}

fn json(list: &[Due], as_of: Date, lang: Lang) -> String {
    let entries: Vec<serde_json::Value> = list
        .iter()
        .map(|due| {
            json!({
                "date": due.date.to_string(),
                "days": days(due, as_of),
                "reason": due.reason.name(Lang::En),
                "department": due.department,
                "office": due.office,
                "name": due.name,
                "what": due.what.get(lang),
                "url": due.url,
                "file": due.file,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "asOf": as_of.to_string(), "due": entries }))
}
