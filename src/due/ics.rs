//! The list as an iCalendar file (RFC 5545), for the calendars of offices.

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostics::Lang;
use crate::due::Due;

/// How many octets a line may have, its end not counted.
const LINE: usize = 75;

/// The calendar. `host` makes the ids of its entries those of this portal.
pub(super) fn calendar(list: &[Due], as_of: Date, host: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//mingbai//due//ZH");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    if list.is_empty() {
        // A calendar holds at least one thing; without entries it is the time zone.
        for text in [
            "BEGIN:VTIMEZONE",
            "TZID:Asia/Shanghai",
            "BEGIN:STANDARD",
            "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0800",
            "TZOFFSETTO:+0800",
            "END:STANDARD",
            "END:VTIMEZONE",
        ] {
            line(text);
        }
    }
    let stamp = as_of.strftime("%Y%m%dT000000Z").to_string();
    for due in list {
        let id = xxh3_64(format!("{}\n{:?}\n{}", due.file, due.reason, due.mark).as_bytes());
        line("BEGIN:VEVENT");
        line(&format!("UID:{id:016x}@{host}"));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", due.date.strftime("%Y%m%d")));
        if let Ok(next) = due.date.tomorrow() {
            line(&format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
        }
        line(&format!("SUMMARY:{}", escaped(&format!("{}：{}", due.reason.name(lang), due.name))));
        let note = format!("{}\n{}\n{}", due.what.get(lang), due.owner(), due.file);
        line(&format!("DESCRIPTION:{}", escaped(&note)));
        line(&format!("CATEGORIES:{}", escaped(&due.owner())));
        if let Some(url) = &due.url {
            line(&format!("URL:{url}"));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// A text as a value: what means something in the format is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, broken where it is too long; a character is never cut.
fn fold(text: &str, out: &mut String) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let text = format!("SUMMARY:{}", "食".repeat(60));
        let mut out = String::new();
        fold(&text, &mut out);
        assert!(out.ends_with("\r\n"));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(out.replace("\r\n ", "").trim_end(), text);
    }

    #[test]
    fn marks_of_the_format_are_escaped() {
        assert_eq!(escaped("甲,乙;丙\\丁\n戊\u{7}"), "甲\\,乙\\;丙\\\\丁\\n戊");
    }
}
