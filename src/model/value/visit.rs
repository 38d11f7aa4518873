//! When a place is open (开门): opening hours, holidays and make-up working days together.
//!
//! What is not said is not guessed: whether a place opens on a holiday is read from its 节假日, and where that does not
//! say it in words known here, the answer is to ask.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Calendar, OpeningHours, Working};

/// How many days ahead the next opening is looked for; the longest holidays are nine.
const AHEAD: i64 = 30;

/// What a place does when the calendar is not that of an ordinary week (节假日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HolidayRule {
    /// It is closed on holidays (法定节假日不办公).
    pub closed_on_holidays: bool,
    /// It is open on make-up working days (调休上班日照常).
    pub open_on_workdays: bool,
}

impl HolidayRule {
    /// Reads `法定节假日不办公，调休上班日照常。…`; a clause that says something else decides nothing.
    pub fn read(text: &str) -> Self {
        let mut rule = HolidayRule::default();
        for clause in text.split(['，', '。', '；', ',', ';', '\n']).map(str::trim) {
            let holiday = clause.strip_prefix("法定").unwrap_or(clause).strip_prefix("节假日");
            let closed = ["不办公", "不上班", "不开", "不开放", "不开门", "不对外办公", "休息", "停办"];
            rule.closed_on_holidays |= holiday.is_some_and(|rest| closed.contains(&rest));
            let workday = clause.strip_prefix("调休上班日").or_else(|| clause.strip_prefix("调休上班的"));
            let open = ["照常", "照常办公", "照常上班", "照常开", "照常开放", "办公", "开"];
            rule.open_on_workdays |= workday.is_some_and(|rest| open.contains(&rest));
        }
        rule
    }
}

/// One opening of a day, in minutes of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening<'a> {
    /// The first minute.
    pub from: u16,
    /// The minute after the last.
    pub to: u16,
    /// What is said of it, such as `仅综合窗口`.
    pub note: Option<&'a str>,
}

/// What is known of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitDay<'a> {
    /// It opens, at least once.
    Open(Vec<Opening<'a>>),
    /// It opens, but for other windows than the one that is asked about (仅综合窗口).
    Others(Vec<Opening<'a>>),
    /// It does not open.
    Closed,
    /// A holiday or make-up working day of which nothing is said: one has to ask.
    Ask,
}

/// What is known of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitState {
    /// Open, until this minute of the day.
    Open(u16),
    /// Closed, and next open on this day from this minute.
    Next(Date, u16),
    /// Closed, or not known; before it opens for certain comes a day of which nothing is said.
    Ask(Date),
    /// Closed, and not open within a month.
    Never,
}

/// Whether a line holds for other windows than this one: 仅综合窗口, asked about 二楼食品许可专窗.
/// A line that names no window (仅预约登记) holds for all.
pub fn is_for_others(line: &OpeningHours, window: Option<&str>) -> bool {
    let (Some(only), Some(window)) = (only_windows(line), window) else { return false };
    let is_ours = |name: &str| {
        let short = name.trim_end_matches("窗口");
        // 综合 alone says nothing: there are 综合咨询 and 综合服务 as well.
        window.contains(name) || (short != "综合" && !short.is_empty() && window.contains(short))
    };
    !only.split(['、', '和']).any(is_ours)
}

/// Whether a line of a season stands beside those of the whole year: it holds for some windows (仅供热窗口), and no
/// window is asked about.
pub fn is_beside(line: &OpeningHours, window: Option<&str>) -> bool {
    line.season.is_some() && window.is_none() && only_windows(line).is_some()
}

/// The windows for which alone a line holds: 综合窗口 of 仅综合窗口.
fn only_windows(line: &OpeningHours) -> Option<&str> {
    let note = line.note.as_deref()?;
    let only = note.strip_prefix('仅').or_else(|| note.strip_prefix("只开"))?.trim_start_matches('开');
    only.contains("窗").then_some(only)
}

/// The hours of a place (开放时间) with what it does on holidays.
#[derive(Debug, Clone, Copy)]
pub struct VisitHours<'a> {
    /// The lines of the board at the door.
    pub lines: &'a [OpeningHours],
    /// The window that is asked about; any if none is named.
    pub window: Option<&'a str>,
    /// What it does on holidays.
    pub rule: HolidayRule,
    /// The working calendar.
    pub calendar: &'a Calendar,
}

impl<'a> VisitHours<'a> {
    /// What is known of a day; that of a year without an official calendar goes by what is known of it.
    pub fn day(&self, date: Date) -> VisitDay<'a> {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let openings = match self.calendar.arranged(date) {
            Some(Working::No | Working::Provisional(false)) if self.rule.closed_on_holidays => Vec::new(),
            Some(Working::No | Working::Provisional(false)) => return VisitDay::Ask,
            Some(_) if weekend => match self.on_working_days(date).filter(|_| self.rule.open_on_workdays) {
                Some(openings) => openings,
                None => return VisitDay::Ask,
            },
            _ => self.on_weekday(date, date.weekday(), false),
        };
        if openings.is_empty() && self.calendar.arranged(date).is_none() {
            let others = self.on_weekday(date, date.weekday(), true);
            if !others.is_empty() {
                return VisitDay::Others(others);
            }
        }
        if openings.is_empty() { VisitDay::Closed } else { VisitDay::Open(openings) }
    }

    /// Whether it is open at a minute of a day, and when next.
    pub fn state(&self, date: Date, minute: u16) -> VisitState {
        let mut day = date;
        for ahead in 0..=AHEAD {
            let openings = match self.day(day) {
                VisitDay::Ask => return VisitState::Ask(day),
                VisitDay::Closed | VisitDay::Others(_) => Vec::new(),
                VisitDay::Open(openings) => openings,
            };
            if ahead == 0
                && let Some(now) = openings.iter().find(|one| one.from <= minute && minute < one.to)
            {
                return VisitState::Open(now.to);
            }
            if let Some(next) = openings.iter().find(|one| ahead > 0 || one.from > minute) {
                return VisitState::Next(day, next.from);
            }
            let Ok(next) = day.checked_add(1.day()) else { break };
            day = next;
        }
        VisitState::Never
    }

    /// The openings of a weekday; lines of the season stand in the place of those of the whole year, but for some windows.
    /// Those for other windows are told apart, and decide nothing for this one.
    fn on_weekday(&self, date: Date, weekday: Weekday, others: bool) -> Vec<Opening<'a>> {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let lines = self.lines.iter().filter(|line| line.days.contains(weekday) && line.in_season(month, day));
        let lines = lines.filter(|line| is_for_others(line, self.window) == others);
        let lines: Vec<&OpeningHours> = lines.collect();
        let is_beside = |line: &OpeningHours| is_beside(line, self.window);
        let seasonal = lines.iter().any(|line| line.season.is_some() && !is_beside(line));
        let mut openings: Vec<Opening<'a>> = lines
            .into_iter()
            .filter(|line| line.season.is_some() == seasonal || is_beside(line))
            .flat_map(|line| line.ranges.iter().map(|&(from, to)| Opening { from, to, note: line.note.as_deref() }))
            .collect();
        // What holds for everybody comes first.
        openings.sort_by_key(|one| (one.note.is_some(), *one));
        openings
    }

    /// The openings of a working day, if they are the same from Monday to Friday.
    fn on_working_days(&self, date: Date) -> Option<Vec<Opening<'a>>> {
        let monday = self.on_weekday(date, Weekday::Monday, false);
        let others = [Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        others.into_iter().all(|weekday| self.on_weekday(date, weekday, false) == monday).then_some(monday)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Value, YearArrangement};
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let days = |text: &str| -> BTreeSet<Date> { text.split(' ').map(day).collect() };
        Calendar::new(vec![YearArrangement {
            year: 2026,
            official: true,
            holidays: days("2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07"),
            workdays: days("2026-09-20 2026-10-10"),
        }])
    }

    /// The openings of a day as text: `9:00-12:00（仅综合窗口）`.
    fn openings(lines: &[&str], rule: &str, date: &str) -> String {
        let lines: Vec<OpeningHours> = lines.iter().map(|line| OpeningHours::parse(line).unwrap()).collect();
        let calendar = calendar();
        let hours = VisitHours { lines: &lines, window: None, rule: HolidayRule::read(rule), calendar: &calendar };
        match hours.day(day(date)) {
            VisitDay::Closed => "closed".into(),
            VisitDay::Ask => "ask".into(),
            VisitDay::Others(_) => "others".into(),
            VisitDay::Open(openings) => {
                let text = |one: &Opening<'_>| format!("{}-{}{}", one.from, one.to, one.note.unwrap_or_default());
                openings.iter().map(text).collect::<Vec<_>>().join(" ")
            }
        }
    }

    const WEEK: [&str; 2] = ["周一至周五 9:00-12:00, 13:30-17:30", "周六 9:00-12:00（仅综合窗口）"];
    const USUAL: &str = "法定节假日不办公，调休上班日照常。";

    #[test]
    fn reads_what_holds_on_holidays() {
        let read = |text: &str| {
            let rule = HolidayRule::read(text);
            (rule.closed_on_holidays, rule.open_on_workdays)
        };
        assert_eq!(read("法定节假日不办公，调休上班日照常。每年库房清点，只接收查阅申请。"), (true, true));
        assert_eq!(read("法定节假日不办公"), (true, false));
        assert_eq!(read("节假日休息；调休上班日照常办公"), (true, true));
        assert_eq!(read("法定节假日只开缴费和报修窗口，9:00至16:00。抢修电话全天有人接。"), (false, false));
        assert_eq!(read("周六遇法定节假日不开。调休上班日不开。"), (false, false));
    }

    #[test]
    fn days() {
        let check = |date: &str, expected: &str| assert_eq!(openings(&WEEK, USUAL, date), expected, "{date}");
        check("2026-09-18", "540-720 810-1050");
        check("2026-09-19", "540-720仅综合窗口");
        check("2026-09-27", "closed");
        check("2026-10-01", "closed");
        check("2026-10-03", "closed");
        check("2026-10-08", "540-720 810-1050");
        // A Saturday that is worked keeps the hours of working days.
        check("2026-10-10", "540-720 810-1050");
        check("2026-09-20", "540-720 810-1050");
    }

    #[test]
    fn what_is_not_said_is_asked() {
        assert_eq!(openings(&WEEK, "法定节假日只开缴费窗口", "2026-10-01"), "ask");
        assert_eq!(openings(&WEEK, "法定节假日不办公", "2026-10-10"), "ask");
        let uneven = ["周一至周四 9:00-12:00", "周五 9:00-11:00"];
        assert_eq!(openings(&uneven, USUAL, "2026-10-10"), "ask");
    }

    #[test]
    fn a_season_stands_in_the_place_of_the_year() {
        let lines = ["周一至周五 9:00-17:00", "夏季（5月1日至9月30日）周一至周五 8:30-12:00, 15:00-18:00"];
        assert_eq!(openings(&lines, USUAL, "2026-09-18"), "510-720 900-1080");
        assert_eq!(openings(&lines, USUAL, "2026-11-18"), "540-1020");
        let lines = ["周一至周五 8:30-17:30", "供暖季（11月15日至3月15日）每天 8:00-20:00（仅供热窗口）"];
        assert_eq!(openings(&lines, USUAL, "2026-11-18"), "510-1050 480-1200仅供热窗口");
        assert_eq!(openings(&lines, USUAL, "2026-11-21"), "480-1200仅供热窗口");
    }

    #[test]
    fn a_line_of_other_windows_opens_nothing_here() {
        let is_for_others = |line: &str, window| is_for_others(&OpeningHours::parse(line).unwrap(), Some(window));
        assert!(is_for_others("周六 9:00-12:00（仅综合窗口）", "二楼食品许可专窗（21至24号）"));
        assert!(is_for_others("周六 9:00-12:00（仅综合窗口）", "一楼综合咨询1号"));
        assert!(!is_for_others("周六 9:00-12:00（仅综合窗口）", "一楼东厅综合窗口1至8号"));
        assert!(!is_for_others("周六 9:00-12:00（仅驾驶证窗口）", "一楼驾驶证换证1号至6号窗口"));
        assert!(!is_for_others("周六 9:00-12:00（仅预约登记）", "一楼1号窗口"));
        let lines: Vec<OpeningHours> = WEEK.iter().map(|line| OpeningHours::parse(line).unwrap()).collect();
        let calendar = calendar();
        let rule = HolidayRule::read(USUAL);
        let hours = VisitHours { lines: &lines, window: Some("食品专窗"), rule, calendar: &calendar };
        assert!(matches!(hours.day(day("2026-09-26")), VisitDay::Others(_)), "{:?}", hours.day(day("2026-09-26")));
        assert_eq!(hours.state(day("2026-09-12"), 600), VisitState::Next(day("2026-09-14"), 540));
    }

    #[test]
    fn moments() {
        let lines: Vec<OpeningHours> = WEEK.iter().map(|line| OpeningHours::parse(line).unwrap()).collect();
        let calendar = calendar();
        let state = |rule: &str, date: &str, minute: u16| {
            VisitHours { lines: &lines, window: None, rule: HolidayRule::read(rule), calendar: &calendar }
                .state(day(date), minute)
        };
        assert_eq!(state(USUAL, "2026-09-18", 600), VisitState::Open(720));
        assert_eq!(state(USUAL, "2026-09-18", 720), VisitState::Next(day("2026-09-18"), 810));
        assert_eq!(state(USUAL, "2026-09-18", 500), VisitState::Next(day("2026-09-18"), 540));
        assert_eq!(state(USUAL, "2026-09-30", 1050), VisitState::Next(day("2026-10-08"), 540));
        assert_eq!(state("", "2026-09-30", 1050), VisitState::Ask(day("2026-10-01")));
        assert_eq!(state("", "2026-10-03", 600), VisitState::Ask(day("2026-10-03")));
        let none =
            VisitHours { lines: &[], window: None, rule: HolidayRule::default(), calendar: &Calendar::default() };
        assert_eq!(none.state(day("2026-09-18"), 0), VisitState::Never);
    }
}
