//! Opening hours (开放时间), one line of the board at the door: `周一至周五 9:00-12:00, 13:30-17:30`.
//!
//! Whether a place opens on a public holiday is not said here; that is a fact of the place.

use std::fmt;

use super::text::{half_width, is_dash, shortened, split_digits, whole_number};
use super::{Value, ValueError, WeekdaySet, strict_or_suggest};

/// Minutes in a day.
const DAY: u16 = 24 * 60;
/// The longest name of a season, in characters.
const LONGEST_NAME: usize = 10;

/// The hours of some weekdays (开放时间), perhaps of one season only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OpeningHours {
    /// The season the line holds for; `None` for the whole year.
    pub season: Option<Season>,
    /// The weekdays; at least one.
    pub days: WeekdaySet,
    /// When it is open: first minute and end minute of the day, in order, without overlap; at least one.
    pub ranges: Vec<(u16, u16)>,
    /// What is said in brackets at the end, such as `仅综合窗口`.
    pub note: Option<String>,
}

/// A part of the year with hours of its own (夏季, 冬季); it may span the new year.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Season {
    /// The name, such as `夏季`.
    pub name: String,
    /// Month and day on which it begins.
    pub first: (u8, u8),
    /// Month and day of its last day.
    pub last: (u8, u8),
}

impl Season {
    /// Whether a month and day lie in the season.
    pub fn contains(&self, month: u8, day: u8) -> bool {
        let date = (month, day);
        if self.first <= self.last {
            self.first <= date && date <= self.last
        } else {
            self.first <= date || date <= self.last
        }
    }
}

impl OpeningHours {
    /// Whether the line holds on a month and day.
    pub fn in_season(&self, month: u8, day: u8) -> bool {
        self.season.as_ref().is_none_or(|season| season.contains(month, day))
    }
}

impl fmt::Display for OpeningHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Season { name, first, last }) = &self.season {
            write!(f, "{name}（{}月{}日至{}月{}日）", first.0, first.1, last.0, last.1)?;
        }
        write!(f, "{} ", self.days)?;
        let times: Vec<String> =
            self.ranges.iter().map(|&(from, to)| format!("{}-{}", clock(from), clock(to))).collect();
        f.write_str(&times.join(", "))?;
        match &self.note {
            Some(note) => write!(f, "（{note}）"),
            None => Ok(()),
        }
    }
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// A range of times as a regular expression: `9:00-12:00`.
macro_rules! range {
    () => {
        r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]\s*-\s*(?:[01]?[0-9]|2[0-4]):[0-5][0-9]"
    };
}

/// A weekday or a range of them as a regular expression: `周一至周五`.
macro_rules! weekdays {
    () => {
        r"周[一二三四五六日](?:\s*至\s*周[一二三四五六日])?"
    };
}

/// A day of the year as a regular expression: `5月1日`.
macro_rules! month_day {
    () => {
        r"\s*(?:[1-9]|1[0-2])月(?:[1-9]|[12][0-9]|3[01])日\s*"
    };
}

impl Value for OpeningHours {
    const FORMAT: &'static str = "opening-hours";
    const TITLE: &'static str = "开放时间";
    const ALLOWED: (&'static str, &'static str) = (
        "星期加时间，24 小时制，用 `-` 连接：`周一至周五 9:00-12:00, 13:30-17:30`、`周一、周三 9:00-11:30`、\
         `每天 0:00-24:00`；后面可加说明 `（仅综合窗口）`，前面可加季节 `夏季（5月1日至9月30日）`",
        "weekdays and times of the 24-hour clock joined by `-`: `周一至周五 9:00-12:00, 13:30-17:30`, \
         `周一、周三 9:00-11:30`, `每天 0:00-24:00`; a note `（仅综合窗口）` may follow, a season \
         `夏季（5月1日至9月30日）` may come first",
    );
    const EXAMPLES: &'static [&'static str] = &[
        "周一至周五 9:00-12:00, 13:30-17:30",
        "周六 9:00-12:00（仅综合窗口）",
        "周一、周三 9:00-11:30",
        "每天 0:00-24:00",
        "夏季（5月1日至9月30日）周一至周五 8:30-12:00, 15:00-18:00",
    ];
    const PATTERN: &'static str = concat!(
        "(?:[^(（:：]+[(（]+",
        month_day!(),
        "至",
        month_day!(),
        r"[)）]\s*)?(?:每天|",
        weekdays!(),
        r"(?:\s*、\s*",
        weekdays!(),
        r")*)\s*",
        range!(),
        r"(?:\s*[,，]\s*",
        range!(),
        r")*(?:\s*[(（][^()（）]+[)）])?"
    );

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<OpeningHours, ValueError> {
    let (season, rest) = read_season(text)?;
    let (rest, note) = read_note(rest)?;
    let digit = rest.find(|c: char| c.is_ascii_digit());
    let Some((days, times)) = digit.and_then(|at| rest.split_at_checked(at)) else {
        return Err(error(text, "没有时间", "has no times"));
    };
    let days = days.trim();
    if days.is_empty() {
        return Err(error(text, "没有星期", "has no weekdays"));
    }
    let days = WeekdaySet::read(days).map_err(|part| {
        let part = if part.trim().is_empty() { days } else { part };
        error(part, "不是一周里的日子", "is not a weekday or a range of weekdays")
    })?;
    let ranges = times.split([',', '，']).map(|range| read_range(range.trim())).collect::<Result<Vec<_>, _>>()?;
    let hours = OpeningHours { season, days, ranges, note };
    check_order(hours)
}

/// Takes a season such as `夏季（5月1日至9月30日）` from the front.
fn read_season(text: &str) -> Result<(Option<Season>, &str), ValueError> {
    let colon = text.find([':', '：']).unwrap_or(text.len());
    let bracket = text.find(['(', '（']).filter(|&at| at < colon);
    let Some((name, rest)) = bracket.and_then(|at| text.split_at_checked(at)) else {
        return Ok((None, text));
    };
    if name.starts_with('周') || name.starts_with("每天") {
        return Ok((None, text));
    }
    let name = name.trim();
    if name.is_empty() {
        return Err(error(text, "的季节没有名称", "has a season without a name"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(error(name, "不是季节的名称", "is not the name of a season"));
    }
    let rest = rest.trim_start_matches(['(', '（']);
    let Some((span, rest)) = rest.split_once([')', '）']) else {
        return Err(error(text, "的括号没有关上", "has a bracket that is not closed"));
    };
    let dates = span.split_once('至').and_then(|(first, last)| Some((month_day(first)?, month_day(last)?)));
    let Some((first, last)) = dates else {
        let span = if span.is_empty() { text } else { span };
        return Err(error(
            span,
            "不是一段日子，例如 `5月1日至9月30日`",
            "is not a span of days such as `5月1日至9月30日`",
        ));
    };
    Ok((Some(Season { name: name.to_owned(), first, last }), rest.trim_start()))
}

fn month_day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.trim().strip_suffix('日')?.split_once('月')?;
    let (month, day) = (whole_number(month)?, whole_number(day)?);
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let valid = (1..=longest).contains(&day);
    if valid { Some((u8::try_from(month).ok()?, u8::try_from(day).ok()?)) } else { None }
}

/// Takes a note such as `（仅综合窗口）` from the end.
fn read_note(text: &str) -> Result<(&str, Option<String>), ValueError> {
    let Some(inside) = text.strip_suffix([')', '）']) else {
        return Ok((text, None));
    };
    let Some((before, note)) = inside.rsplit_once(['(', '（']) else {
        return Err(error(text, "的括号没有打开", "has a bracket that is not opened"));
    };
    let note = note.trim();
    if note.is_empty() || note.contains([')', '）']) {
        return Err(error(text, "的括号里不是说明", "does not have a note in its brackets"));
    }
    Ok((before.trim_end(), Some(note.to_owned())))
}

fn read_range(text: &str) -> Result<(u16, u16), ValueError> {
    if text.is_empty() {
        return Err(ValueError::new::<OpeningHours>("多了一个逗号", "there is a comma too many"));
    }
    let wrong = || error(text, "不是一段时间，例如 `9:00-12:00`", "is not a range of times such as `9:00-12:00`");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let (from, to) = (minute(from.trim()).ok_or_else(wrong)?, minute(to.trim()).ok_or_else(wrong)?);
    if from < to {
        return Ok((from, to));
    }
    Err(error(
        text,
        "的结束不晚于开始，过夜的分两行写",
        "does not end after it begins; hours past midnight take two lines",
    ))
}

/// The minute of the day of `9:00`, `09:00` or `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |text: &str| text.len() <= 2 && super::text::is_digits(text);
    if !two(hour) || !two(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total)
}

/// Refuses ranges that overlap or are out of order.
fn check_order(hours: OpeningHours) -> Result<OpeningHours, ValueError> {
    let pairs = hours.ranges.iter().zip(hours.ranges.iter().skip(1));
    let Some((&before, &after)) = pairs.into_iter().find(|(before, after)| before.1 > after.0) else {
        return Ok(hours);
    };
    let [before_text, after_text] = [before, after].map(|(from, to)| format!("{}-{}", clock(from), clock(to)));
    let overlap = before.0 < after.1 && after.0 < before.1;
    if overlap {
        return Err(ValueError::new::<OpeningHours>(
            format!("`{before_text}` 和 `{after_text}` 重叠"),
            format!("`{before_text}` and `{after_text}` overlap"),
        ));
    }
    let problem = ValueError::new::<OpeningHours>(
        format!("`{after_text}` 写在 `{before_text}` 之后，但比它早"),
        format!("`{after_text}` comes after `{before_text}` but is earlier"),
    );
    let mut sorted = hours;
    sorted.ranges.sort_unstable();
    Err(match check_order(sorted) {
        Ok(sorted) => problem.suggesting(sorted.to_string()),
        Err(_) => problem,
    })
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<OpeningHours>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = half_width(text).replace('（', "(").replace('）', ")");
    let (text, note) = match text.rfind('(').and_then(|at| text.split_at_checked(at)) {
        Some((before, note)) if note.ends_with(')') => (before.to_owned(), note.to_owned()),
        _ => (text, String::new()),
    };
    let mut text = text;
    for (from, to) in [
        ("星期", "周"),
        ("礼拜", "周"),
        ("周天", "周日"),
        ("周末", "周六至周日"),
        ("每日", "每天"),
        ("工作日", "周一至周五"),
        ("全天", " 0:00-24:00"),
        ("点半", ":30"),
        ("上午", " "),
        ("早上", " "),
    ] {
        text = text.replace(from, to);
    }
    tidy_joints(&tidy_clock(&text)) + &note
}

/// `9点30分` as `9:30`, `9时` as `9:00`, and `下午` dropped where the hour is 12 or more.
fn tidy_clock(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if matches!(c, '点' | '时') && result.ends_with(|c: char| c.is_ascii_digit()) {
            let (digits, after) = split_digits(rest);
            let minutes = if digits.len() == 2 { digits } else { "00" };
            rest = if digits.len() == 2 { after.strip_prefix('分').unwrap_or(after) } else { rest };
            result.push(':');
            result.push_str(minutes);
        } else if c == '下' && rest.starts_with('午') && is_past_noon(rest) {
            result.push(' ');
            rest = &rest['午'.len_utf8()..];
        } else {
            result.push(c);
        }
    }
    result
}

fn is_past_noon(text: &str) -> bool {
    let (hour, _) = split_digits(text.trim_start_matches('午').trim_start());
    whole_number(hour).is_some_and(|hour| hour >= 12)
}

/// What joins two times becomes `-` or `,`, and what joins two weekdays `至` or `、`.
fn tidy_joints(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut result = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = chars[..at].iter().rev().copied().find(|c| !c.is_whitespace()).unwrap_or(' ');
        let after = chars[at + 1..].iter().copied().find(|c| !c.is_whitespace()).unwrap_or(' ');
        let times = before.is_ascii_digit() && after.is_ascii_digit();
        let days = "一二三四五六日".contains(before) && "周一二三四五六日".contains(after);
        let range = is_dash(c) || matches!(c, '~' | '～' | '〜' | '至' | '到');
        let list = matches!(c, ',' | '、' | ';' | '和' | '及');
        match () {
            () if times && range => result.push('-'),
            () if times && list => result.push(','),
            () if days && (range || list) => {
                result.push(if range { '至' } else { '、' });
                if after != '周' {
                    result.push('周');
                }
            }
            () => result.push(c),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<OpeningHours>(text), expected);
    }

    fn hours(text: &str) -> OpeningHours {
        OpeningHours::parse(text).unwrap()
    }

    #[test]
    fn reads_hours() {
        check("周一至周五 9:00-12:00，13:30-17:30", "= 周一至周五 9:00-12:00, 13:30-17:30");
        check("周六 9:00-12:00 (仅综合窗口)", "= 周六 9:00-12:00（仅综合窗口）");
        check("周六09:00 - 12:00", "= 周六 9:00-12:00");
        check("周一至周五 9:00-12:00,12:00-17:00", "= 周一至周五 9:00-12:00, 12:00-17:00");
        check(
            "冬季(10月1日至4月30日) 每天 9:00-17:00（含周末）",
            "= 冬季（10月1日至4月30日）每天 9:00-17:00（含周末）",
        );
    }

    #[test]
    fn suggests_the_tidy_form() {
        let tidy = "周一至周五 9:00-12:00";
        for text in [
            "周一至周五 9:00–12:00",
            "周一至周五 9:00—12:00",
            "周一至周五 9:00至12:00",
            "周一至周五 9:00~12:00",
            "周一至周五 9：00－12：00",
            "周一至周五 9点-12点",
            "周一至周五 9时00分至12时00分",
            "周一至周五上午9:00-12:00",
            "星期一至星期五 9:00-12:00",
            "周一到周五 9:00-12:00",
            "周一-周五 9:00-12:00",
            "周一至五 9:00-12:00",
            "工作日 9:00-12:00",
        ] {
            let error = OpeningHours::parse(text).unwrap_err();
            assert_eq!(error.suggestion.as_deref(), Some(tidy), "{text}");
        }
        check("周一至周五 9:00–12:00", "! `9:00–12:00` 不是一段时间，例如 `9:00-12:00` → 周一至周五 9:00-12:00");
        check("周一、三、五 9:00-11:30", "! `三` 不是一周里的日子 → 周一、周三、周五 9:00-11:30");
        check(
            "周一至周五 上午9:00-12:00，下午13:30-17:30",
            "! `周一至周五 上午` 不是一周里的日子 → 周一至周五 9:00-12:00, 13:30-17:30",
        );
        check(
            "周一 13:30-17:30, 9:00-12:00",
            "! `9:00-12:00` 写在 `13:30-17:30` 之后，但比它早 → 周一 9:00-12:00, 13:30-17:30",
        );
    }

    #[test]
    fn refuses_the_rest() {
        check("9:00-12:00", "! `9:00-12:00` 没有星期");
        check("周一至周五", "! `周一至周五` 没有时间");
        check("周五至周一 9:00-12:00", "! `周五至周一` 不是一周里的日子");
        check("周一 12:00-9:00", "! `12:00-9:00` 的结束不晚于开始，过夜的分两行写");
        check("周一 9:00-12:00, 11:00-17:00", "! `9:00-12:00` 和 `11:00-17:00` 重叠");
        check("周一 9:00-25:00", "! `9:00-25:00` 不是一段时间，例如 `9:00-12:00`");
        check("周一 9:00-24:01", "! `9:00-24:01` 不是一段时间，例如 `9:00-12:00`");
        check("周一 9:60-12:00", "! `9:60-12:00` 不是一段时间，例如 `9:00-12:00`");
        check("周一 9:00-12:00（）", "! `周一 9:00-12:00（）` 的括号里不是说明");
        check("周一 9:00-12:00）", "! `周一 9:00-12:00）` 的括号没有打开");
        check("夏季（5月至9月）周一 9:00-12:00", "! `5月至9月` 不是一段日子，例如 `5月1日至9月30日`");
        check("夏季（5月1日至9月31日）周一 9:00-12:00", "! `5月1日至9月31日` 不是一段日子，例如 `5月1日至9月30日`");
        check("周一下午1:30-5:30", "! `周一下午` 不是一周里的日子");
    }

    #[test]
    fn knows_its_season() {
        let winter = hours("冬季（10月1日至4月30日）每天 9:00-17:00");
        assert!(winter.in_season(10, 1) && winter.in_season(1, 1) && winter.in_season(4, 30));
        assert!(!winter.in_season(5, 1) && !winter.in_season(9, 30));
        assert!(hours("每天 9:00-17:00").in_season(7, 1));
    }
}
