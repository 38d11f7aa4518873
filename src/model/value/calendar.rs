//! The working calendar (工作日历) and due dates (到期日), `domain.md` §5.
//!
//! Which days are worked is announced by the State Council each autumn for the next year. A year without such a
//! notice is answered provisionally, by weekdays alone, and says so: a silent guess would be a wrong promise.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::{LimitUnit, TimeLimit};

/// What one year's notice arranges (放假安排).
///
/// A notice may name days of the neighbouring year: that for 2023 gave 2022-12-31 off. Such a day is arranged as well,
/// but it does not make its own year covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearArrangement {
    /// The year.
    pub year: i16,
    /// Whether the State Council's notice is out; otherwise the days are only expected.
    pub official: bool,
    /// 放假: days off, weekends among them.
    pub holidays: BTreeSet<Date>,
    /// 调休上班: days of a weekend that are worked.
    pub workdays: BTreeSet<Date>,
}

/// Whether a day is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Working {
    /// A working day (工作日), by an official arrangement.
    Yes,
    /// A day off, by an official arrangement.
    No,
    /// No official arrangement covers the day; `true` if it would be worked as far as is known.
    Provisional(bool),
}

impl Working {
    /// Whether the day is worked, as far as is known.
    fn is_worked(self) -> bool {
        matches!(self, Working::Yes | Working::Provisional(true))
    }

    /// Whether the answer may still change.
    fn is_provisional(self) -> bool {
        matches!(self, Working::Provisional(_))
    }
}

/// The day on which a time limit runs out (到期日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Due {
    /// The last day.
    pub date: Date,
    /// Whether it rests on a day that no official arrangement covers.
    pub provisional: bool,
}

/// One day's arrangement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Arranged {
    worked: bool,
    official: bool,
}

/// The working calendar (工作日历): the arrangements of some years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    covered: BTreeSet<i16>,
    days: BTreeMap<Date, Arranged>,
}

impl Calendar {
    /// The calendar of these arrangements.
    ///
    /// If two arrange the same day, an official one wins over another, then a day off over a day worked.
    pub fn new(years: Vec<YearArrangement>) -> Self {
        let mut calendar = Calendar::default();
        for arrangement in years {
            let official = arrangement.official;
            if official {
                calendar.covered.insert(arrangement.year);
            }
            for (days, worked) in [(arrangement.workdays, true), (arrangement.holidays, false)] {
                for day in days {
                    calendar.arrange(day, Arranged { worked, official });
                }
            }
        }
        calendar
    }

    fn arrange(&mut self, day: Date, new: Arranged) {
        let entry = self.days.entry(day).or_insert(new);
        if (new.official, !new.worked) > (entry.official, !entry.worked) {
            *entry = new;
        }
    }

    /// Whether an official notice covers a year.
    pub fn covers(&self, year: i16) -> bool {
        self.covered.contains(&year)
    }

    /// Whether a day is worked: Monday to Friday, unless arranged otherwise.
    ///
    /// Half-day holidays count as worked (全国年节及纪念日放假办法 art. 3).
    fn is_working_day(&self, date: Date) -> Working {
        let arranged = self.days.get(&date);
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let worked = arranged.map_or(!weekend, |arranged| arranged.worked);
        let official = self.covers(date.year()) || arranged.is_some_and(|arranged| arranged.official);
        match (official, worked) {
            (true, true) => Working::Yes,
            (true, false) => Working::No,
            (false, worked) => Working::Provisional(worked),
        }
    }

    /// Whether a day is worked, if a notice or the law names it; `None` for a day that is as its weekday is.
    pub fn arranged(&self, date: Date) -> Option<Working> {
        self.days.get(&date).map(|_| self.is_working_day(date))
    }

    /// The day on which a limit runs out that begins to run on the day of acceptance (受理之日).
    ///
    /// * 工作日: day 1 is the first working day after the day of acceptance (行政许可法 arts. 42, 82; 民法典 art. 201).
    /// * 自然日, 月, 年: every day counts from the next day on, a month or year ends on the corresponding day or the end
    ///   of the month (民法典 art. 202), and a last day off moves to the next working day (art. 203).
    /// * 当场: the day of acceptance itself.
    ///
    /// `None` for hours and minutes, which run from a moment, for 无期限, and beyond the year 9999.
    pub fn due(&self, accepted: Date, limit: &TimeLimit) -> Option<Due> {
        let (number, unit) = match *limit {
            TimeLimit::OnTheSpot => return Some(Due { date: accepted, provisional: false }),
            TimeLimit::Unlimited => return None,
            TimeLimit::Within { number, unit } => (number, unit),
        };
        let span = Span::new();
        let span = match unit {
            LimitUnit::Minute | LimitUnit::Hour => return None,
            LimitUnit::WorkingDay => return self.after_working_days(accepted, number),
            LimitUnit::NaturalDay => span.try_days(number),
            LimitUnit::Month => span.try_months(number),
            LimitUnit::Year => span.try_years(number),
        };
        self.first_working_day(accepted.checked_add(span.ok()?).ok()?)
    }

    /// The first working day on or after a date; `None` beyond the year 9999.
    fn first_working_day(&self, from: Date) -> Option<Due> {
        let mut due = Due { date: from, provisional: false };
        loop {
            let working = self.is_working_day(due.date);
            due.provisional |= working.is_provisional();
            if working.is_worked() {
                return Some(due);
            }
            due.date = next_day(due.date)?;
        }
    }

    fn after_working_days(&self, accepted: Date, number: u32) -> Option<Due> {
        let mut due = Due { date: accepted, provisional: false };
        for _ in 0..number {
            let next = self.first_working_day(next_day(due.date)?)?;
            due = Due { date: next.date, provisional: due.provisional || next.provisional };
        }
        Some(due)
    }
}

fn next_day(date: Date) -> Option<Date> {
    date.checked_add(1.day()).ok()
}

#[cfg(test)]
mod tests {
    use super::super::Value;
    use super::*;

    /// The notices for 2024 to 2026: year, days off (single or `first..last`), days worked.
    const NOTICES: [(i16, &str, &str); 3] = [
        (
            2024,
            "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
            "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        ),
        (
            2025,
            "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
            "01-26 02-08 04-27 09-28 10-11",
        ),
        (
            2026,
            "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
            "01-04 02-14 02-28 05-09 09-20 10-10",
        ),
    ];

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn days(year: i16, text: &str) -> BTreeSet<Date> {
        let range = |part: &str| {
            let (first, last) = part.split_once("..").unwrap_or((part, part));
            let last = day(&format!("{year}-{last}"));
            day(&format!("{year}-{first}")).series(1.day()).take_while(move |&d| d <= last)
        };
        text.split(' ').flat_map(range).collect()
    }

    fn notices() -> Vec<YearArrangement> {
        let year = |(year, holidays, workdays): (i16, &str, &str)| YearArrangement {
            year,
            official: true,
            holidays: days(year, holidays),
            workdays: days(year, workdays),
        };
        NOTICES.into_iter().map(year).collect()
    }

    fn check(accepted: &str, limit: &str, expected: &str) {
        let due = Calendar::new(notices()).due(day(accepted), &TimeLimit::parse(limit).unwrap());
        let text = match due {
            None => "none".to_owned(),
            Some(Due { date, provisional: false }) => date.to_string(),
            Some(Due { date, provisional: true }) => format!("{date}?"),
        };
        assert_eq!(text, expected, "{accepted} + {limit}");
    }

    /// The examples that the browser's half is held to as well.
    #[test]
    fn the_examples() {
        let examples: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/due-days.json")).unwrap();
        let examples = examples["examples"].as_array().unwrap();
        assert!(examples.len() >= 10);
        for example in examples {
            let text = |name: &str| example[name].as_str().unwrap();
            check(text("accepted"), text("limit"), text("due"));
        }
    }

    #[test]
    fn other_units() {
        check("2026-10-01", "当场", "2026-10-01");
        check("2026-01-31", "1个月", "2026-02-28");
        check("2026-09-01", "1个月", "2026-10-08");
        check("2025-02-28", "1年", "2026-02-28");
        check("2024-02-29", "1年", "2025-02-28");
        check("2026-09-18", "3小时", "none");
        check("2026-09-18", "30分钟", "none");
        check("2026-09-18", "无期限", "none");
        check("9999-12-30", "5个工作日", "none");
        check("2026-09-18", "9999年", "none");
    }

    #[test]
    fn beyond_the_notices_it_is_provisional() {
        check("2026-12-30", "1个工作日", "2026-12-31");
        check("2026-12-31", "1个工作日", "2027-01-01?");
        check("2026-12-01", "31个自然日", "2027-01-01?");
        check("2023-12-29", "1个工作日", "2024-01-02?");
        check("2026-12-25", "1年", "2027-12-27?");
    }

    #[test]
    fn counts_the_working_days_of_each_year() {
        let calendar = Calendar::new(notices());
        for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
            let first = day(&format!("{year}-01-01"));
            let days = first.series(1.day()).take_while(|d| d.year() == year);
            assert_eq!(days.filter(|&d| calendar.is_working_day(d) == Working::Yes).count(), expected);
        }
    }

    #[test]
    fn tells_how_sure_it_is() {
        let expected = YearArrangement {
            year: 2027,
            official: false,
            holidays: days(2027, "01-01 02-05..02-08"),
            workdays: BTreeSet::new(),
        };
        let mut years = notices();
        years[0].holidays.insert(day("2023-12-31"));
        years[0].holidays.insert(day("2023-12-29"));
        years.push(expected);
        let calendar = Calendar::new(years);
        let check = |text: &str, expected: Working| {
            assert_eq!(calendar.is_working_day(day(text)), expected, "{text}");
        };
        check("2026-10-10", Working::Yes);
        check("2026-10-11", Working::No);
        check("2026-10-01", Working::No);
        check("2026-10-08", Working::Yes);
        check("2027-01-01", Working::Provisional(false));
        check("2027-01-04", Working::Provisional(true));
        check("2027-02-08", Working::Provisional(false));
        check("2023-12-29", Working::No);
        check("2023-12-28", Working::Provisional(true));
        assert!(calendar.covers(2026) && !calendar.covers(2027) && !calendar.covers(2023));
        assert!(Working::Provisional(true).is_worked() && Working::Provisional(true).is_provisional());
        assert!(!Working::No.is_worked() && !Working::No.is_provisional());
    }

    #[test]
    fn an_official_arrangement_wins() {
        let arrangement = |official: bool, holidays: &str, workdays: &str| YearArrangement {
            year: 2027,
            official,
            holidays: holidays.split_whitespace().map(day).collect(),
            workdays: workdays.split_whitespace().map(day).collect(),
        };
        let years =
            [arrangement(false, "2027-02-08 2027-03-01", ""), arrangement(true, "2027-03-02", "2027-02-08 2027-03-02")];
        for order in [years.to_vec(), years.iter().rev().cloned().collect()] {
            let calendar = Calendar::new(order);
            assert_eq!(calendar.is_working_day(day("2027-02-08")), Working::Yes);
            assert_eq!(calendar.is_working_day(day("2027-03-02")), Working::No);
        }
    }
}
