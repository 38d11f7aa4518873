//! Time limits (时限): `20个工作日`, `当场`, `无期限`; computing the due date is the calendar's task.

use std::cmp::Ordering;
use std::fmt;

use super::text::{shortened, split_digits, tidy_number, whole_number};
use super::{Value, ValueError, strict_or_suggest};

/// The largest number of units that is believed.
const MOST: u32 = 9999;

/// How long a step or a whole item may take (时限).
///
/// 行政许可法 art. 82 counts in working days; a bare `天` does not say which days are meant and is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeLimit {
    /// 当场: done while the applicant waits; also written `即时` or `即办`.
    OnTheSpot,
    /// A number of units, from 1 to 9999.
    Within {
        /// How many units.
        number: u32,
        /// The unit.
        unit: LimitUnit,
    },
    /// 无期限: no limit is set.
    Unlimited,
}

/// The unit of a time limit (时限单位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LimitUnit {
    /// 分钟.
    Minute,
    /// 小时.
    Hour,
    /// 工作日: official holidays are not counted (行政许可法 art. 82).
    WorkingDay,
    /// 自然日: every day of the calendar counts.
    NaturalDay,
    /// 月.
    Month,
    /// 年.
    Year,
}

impl LimitUnit {
    /// The Chinese name, such as `工作日`.
    pub fn name(self) -> &'static str {
        match self {
            LimitUnit::Minute => "分钟",
            LimitUnit::Hour => "小时",
            LimitUnit::WorkingDay => "工作日",
            LimitUnit::NaturalDay => "自然日",
            LimitUnit::Month => "月",
            LimitUnit::Year => "年",
        }
    }

    /// What follows the number on paper, such as `个工作日`.
    fn suffix(self) -> &'static str {
        match self {
            LimitUnit::WorkingDay => "个工作日",
            LimitUnit::NaturalDay => "个自然日",
            LimitUnit::Month => "个月",
            other => other.name(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "分钟" => LimitUnit::Minute,
            "小时" | "个小时" => LimitUnit::Hour,
            "工作日" | "个工作日" => LimitUnit::WorkingDay,
            "自然日" | "个自然日" => LimitUnit::NaturalDay,
            "个月" => LimitUnit::Month,
            "年" => LimitUnit::Year,
            _ => return None,
        })
    }
}

impl TimeLimit {
    /// How many units; `None` for 当场 and 无期限.
    pub fn number(&self) -> Option<u32> {
        match *self {
            TimeLimit::Within { number, .. } => Some(number),
            TimeLimit::OnTheSpot | TimeLimit::Unlimited => None,
        }
    }

    /// The unit; `None` for 当场 and 无期限.
    pub fn unit(&self) -> Option<LimitUnit> {
        match *self {
            TimeLimit::Within { unit, .. } => Some(unit),
            TimeLimit::OnTheSpot | TimeLimit::Unlimited => None,
        }
    }

    /// Which of two limits is the longer; `None` if the units cannot be compared, as 工作日 and 月 cannot.
    ///
    /// 当场 is less than anything else and 无期限 is more; minutes and hours are converted, and months and years.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.measure(), other.measure()) {
            ((rank, 0, number), (other_rank, 0, other_number)) => {
                Some(rank.cmp(&other_rank).then(number.cmp(&other_number)))
            }
            ((rank, _, _), (other_rank, _, _)) if rank != other_rank => Some(rank.cmp(&other_rank)),
            ((_, family, number), (_, other_family, other_number)) => {
                (family == other_family).then(|| number.cmp(&other_number))
            }
        }
    }

    /// Rank (当场, a number, 无期限), family of units that convert into one another, and number of the smallest unit.
    fn measure(&self) -> (u8, u8, u64) {
        match *self {
            TimeLimit::OnTheSpot => (0, 0, 0),
            TimeLimit::Unlimited => (2, 0, 0),
            TimeLimit::Within { number, unit } => {
                let number = u64::from(number);
                match unit {
                    LimitUnit::Minute => (1, 1, number),
                    LimitUnit::Hour => (1, 1, number * 60),
                    LimitUnit::WorkingDay => (1, 2, number),
                    LimitUnit::NaturalDay => (1, 3, number),
                    LimitUnit::Month => (1, 4, number),
                    LimitUnit::Year => (1, 4, number * 12),
                }
            }
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeLimit::OnTheSpot => f.write_str("当场"),
            TimeLimit::Within { number, unit } => write!(f, "{number}{}", unit.suffix()),
            TimeLimit::Unlimited => f.write_str("无期限"),
        }
    }
}

impl Value for TimeLimit {
    const FORMAT: &'static str = "time-limit";
    const TITLE: &'static str = "时限";
    const ALLOWED: (&'static str, &'static str) = (
        "`当场`、`无期限`，或数字加单位：`20个工作日`（不含节假日）、`15个自然日`（含节假日）、`3小时`、`30分钟`、`2个月`、`1年`",
        "`当场` (on the spot), `无期限` (no limit), or a number and a unit: `20个工作日` (working days), `15个自然日` \
         (calendar days), `3小时` (hours), `30分钟` (minutes), `2个月` (months), `1年` (years)",
    );
    const EXAMPLES: &'static [&'static str] =
        &["20个工作日", "当场", "15个自然日", "3小时", "30分钟", "2个月", "1年", "无期限"];
    const PATTERN: &'static str = r"当场|即时|即办|无期限|[1-9][0-9]{0,3}(?:分钟|个?小时|个?工作日|个?自然日|个月|年)";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<TimeLimit, ValueError> {
    match text {
        "当场" | "即时" | "即办" => return Ok(TimeLimit::OnTheSpot),
        "无期限" => return Ok(TimeLimit::Unlimited),
        _ => {}
    }
    let (digits, suffix) = split_digits(text);
    if digits.is_empty() {
        return Err(error(text, "不是时限", "is not a time limit"));
    }
    let Some(unit) = LimitUnit::read(suffix) else {
        return Err(wrong_unit(text, suffix));
    };
    match whole_number(digits) {
        Some(0) => {
            let zh = "的数字是 0，当场办结的写 `当场`";
            Err(error(text, zh, "counts zero; what is done at once is `当场`").suggesting("当场"))
        }
        Some(number) if number <= MOST => Ok(TimeLimit::Within { number, unit }),
        _ => Err(error(text, "的数字不是 1 到 9999 的整数", "does not have a number from 1 to 9999")),
    }
}

fn wrong_unit(text: &str, suffix: &str) -> ValueError {
    match suffix {
        "天" | "日" | "个天" | "个日" | "天内" | "日内" => error(
            text,
            "没有说明是工作日还是自然日",
            "does not say whether working days (`工作日`) or calendar days (`自然日`) are meant",
        ),
        "" => error(text, "没有单位", "has no unit"),
        _ => {
            let suffix = shortened(suffix);
            error(text, &format!("的单位 `{suffix}` 不能用"), &format!("has an unknown unit `{suffix}`"))
        }
    }
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<TimeLimit>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = tidy_number(text);
    let text = text.strip_suffix("以内").or(text.strip_suffix('内')).unwrap_or(&text);
    match text {
        "当场办结" | "当场办理" | "即时办结" | "即办件" | "立即办结" => {
            return "当场".to_owned();
        }
        "无限期" | "不限时" | "无时限" => return "无期限".to_owned(),
        _ => {}
    }
    match split_digits(text) {
        (digits, "月") => format!("{digits}个月"),
        (digits, "日历日" | "个日历日") => format!("{digits}个自然日"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<TimeLimit>(text), expected);
    }

    #[test]
    fn reads_limits() {
        check("即办", "= 当场");
        check("即时", "= 当场");
        check("20工作日", "= 20个工作日");
        check("15自然日", "= 15个自然日");
        check("3个小时", "= 3小时");
    }

    #[test]
    fn asks_which_days() {
        check("20天", "! `20天` 没有说明是工作日还是自然日");
        check("20日", "! `20日` 没有说明是工作日还是自然日");
        check("20日内", "! `20日内` 没有说明是工作日还是自然日");
    }

    #[test]
    fn suggests_the_tidy_form() {
        check("２０个工作日", "! `２０个工作日` 不是时限 → 20个工作日");
        check("20 个工作日", "! `20 个工作日` 的单位 ` 个工作日` 不能用 → 20个工作日");
        check("二十个工作日", "! `二十个工作日` 不是时限 → 20个工作日");
        check("20个工作日内", "! `20个工作日内` 的单位 `个工作日内` 不能用 → 20个工作日");
        check("2月", "! `2月` 的单位 `月` 不能用 → 2个月");
        check("05个工作日", "! `05个工作日` 的数字不是 1 到 9999 的整数 → 5个工作日");
        check("0个工作日", "! `0个工作日` 的数字是 0，当场办结的写 `当场` → 当场");
        check("当场办结", "! `当场办结` 不是时限 → 当场");
    }

    #[test]
    fn refuses_the_rest() {
        check("20", "! `20` 没有单位");
        check("很快", "! `很快` 不是时限");
        check("-5个工作日", "! `-5个工作日` 不是时限");
        check("10000个工作日", "! `10000个工作日` 的数字不是 1 到 9999 的整数");
        check("99999999999999999999年", "! `99999999999999999999年` 的数字不是 1 到 9999 的整数");
        check("5-7个工作日", "! `5-7个工作日` 的单位 `-7个工作日` 不能用");
    }

    #[test]
    fn compares() {
        let compare = |a: &str, b: &str| {
            let (a, b) = (TimeLimit::parse(a).unwrap(), TimeLimit::parse(b).unwrap());
            assert_eq!(a.compare(&b), b.compare(&a).map(Ordering::reverse));
            a.compare(&b)
        };
        assert_eq!(compare("5个工作日", "20个工作日"), Some(Ordering::Less));
        assert_eq!(compare("当场", "1分钟"), Some(Ordering::Less));
        assert_eq!(compare("当场", "当场"), Some(Ordering::Equal));
        assert_eq!(compare("无期限", "99年"), Some(Ordering::Greater));
        assert_eq!(compare("无期限", "无期限"), Some(Ordering::Equal));
        assert_eq!(compare("无期限", "当场"), Some(Ordering::Greater));
        assert_eq!(compare("90分钟", "1小时"), Some(Ordering::Greater));
        assert_eq!(compare("12个月", "1年"), Some(Ordering::Equal));
        assert_eq!(compare("20个工作日", "20个自然日"), None);
        assert_eq!(compare("1个月", "20个工作日"), None);
    }

    #[test]
    fn tells_number_and_unit() {
        let limit = TimeLimit::parse("20个工作日").unwrap();
        assert_eq!((limit.number(), limit.unit()), (Some(20), Some(LimitUnit::WorkingDay)));
        assert_eq!(limit.unit().map(LimitUnit::name), Some("工作日"));
        assert_eq!((TimeLimit::OnTheSpot.number(), TimeLimit::Unlimited.unit()), (None, None));
    }
}
