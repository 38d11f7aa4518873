//! Sets of weekdays (星期): `周一至周五`, `周一、周三`, `每天`.

use std::fmt;

use jiff::civil::Weekday;

const WEEK: [(Weekday, char); 7] = [
    (Weekday::Monday, '一'),
    (Weekday::Tuesday, '二'),
    (Weekday::Wednesday, '三'),
    (Weekday::Thursday, '四'),
    (Weekday::Friday, '五'),
    (Weekday::Saturday, '六'),
    (Weekday::Sunday, '日'),
];

/// A set of weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    /// All seven days.
    const EVERY_DAY: WeekdaySet = WeekdaySet(0b111_1111);

    /// The set with one more day.
    pub fn with(self, day: Weekday) -> Self {
        WeekdaySet(self.0 | bit(day))
    }

    /// Whether a day is in the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// Whether no day is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days of the set, from Monday to Sunday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().map(|(day, _)| day).filter(move |&day| self.contains(day))
    }

    /// Reads `周一至周三、周五` or `每天`.
    ///
    /// The error is the part that cannot be read, or a range that runs backwards.
    pub(super) fn read(text: &str) -> Result<Self, &str> {
        if text == "每天" {
            return Ok(WeekdaySet::EVERY_DAY);
        }
        let mut set = WeekdaySet::default();
        for part in text.split('、') {
            let (first, last) = part.split_once('至').unwrap_or((part, part));
            let (first, last) = (index(first).ok_or(part)?, index(last).ok_or(part)?);
            let days = WEEK.get(first..=last).filter(|days| !days.is_empty()).ok_or(part)?;
            set = days.iter().fold(set, |set, &(day, _)| set.with(day));
        }
        Ok(set)
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

fn index(text: &str) -> Option<usize> {
    let mut chars = text.trim().strip_prefix('周')?.chars();
    let name = chars.next()?;
    let only = chars.next().is_none();
    WEEK.iter().position(|&(_, other)| other == name && only)
}

impl fmt::Display for WeekdaySet {
    /// Three days or more in a row are written as a range.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == WeekdaySet::EVERY_DAY {
            return f.write_str("每天");
        }
        let mut parts: Vec<String> = Vec::new();
        let mut rest = &WEEK[..];
        while let Some(start) = rest.iter().position(|&(day, _)| self.contains(day)) {
            let run = &rest[start..];
            let length = run.iter().take_while(|&&(day, _)| self.contains(day)).count();
            let (run, after) = run.split_at(length);
            match run {
                [(_, first), _, .., (_, last)] => parts.push(format!("周{first}至周{last}")),
                few => parts.extend(few.iter().map(|(_, name)| format!("周{name}"))),
            }
            rest = after;
        }
        f.write_str(&parts.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        let check = |text: &str, expected: Result<&str, &str>| {
            assert_eq!(WeekdaySet::read(text).map(|set| set.to_string()), expected.map(str::to_owned));
        };
        check("周一至周五", Ok("周一至周五"));
        check("周一、周三", Ok("周一、周三"));
        check("周一、周二、周三、周五", Ok("周一至周三、周五"));
        check("周六至周日", Ok("周六、周日"));
        check("周一至周日", Ok("每天"));
        check("每天", Ok("每天"));
        check("周一至周六、周日", Ok("每天"));
        check("周五至周一", Err("周五至周一"));
        check("周八", Err("周八"));
        check("周一、星期二", Err("星期二"));
        check("", Err(""));
    }

    #[test]
    fn every_set_comes_back() {
        for bits in 1..=0b111_1111 {
            let set = WeekdaySet(bits);
            assert_eq!(WeekdaySet::read(&set.to_string()), Ok(set));
            assert_eq!(set.iter().fold(WeekdaySet::default(), WeekdaySet::with), set);
        }
        assert!(WeekdaySet::default().is_empty());
    }
}
