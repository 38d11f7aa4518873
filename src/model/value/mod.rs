//! Values (值): the small things editors write as on paper, such as `20个工作日`, each parsed into one type.
//!
//! Every type reads one text and prints its canonical paper form; reading what was printed gives the same value.
//! A spelling that is merely untidy (full-width digits, an em dash in a phone number) is an error that carries the
//! tidy form, never a silent repair. Nothing here knows about YAML, files or places in them.

use crate::diagnostics::Words;

mod calendar;
mod chinese_number;
mod clause;
mod copies;
mod credit_code;
mod day;
mod filing;
mod money;
mod opening_hours;
mod period;
mod phone;
mod slug;
mod task_code;
mod text;
mod time_limit;
mod visit;
mod visits;
mod web_address;
mod weekdays;

pub use calendar::{Calendar, Due, Working, YearArrangement};
pub use chinese_number::{chinese_number, parse_chinese_number};
pub use clause::Clause;
pub use copies::Copies;
pub use credit_code::CreditCode;
pub use day::Day;
pub use filing::{IcpNumber, PoliceNumber, SiteCode};
pub use money::{Money, Rate, RateSign};
pub use opening_hours::{OpeningHours, Season};
pub use period::Period;
pub use phone::{Phone, PhoneKind};
pub use slug::Slug;
pub use task_code::{BaseCode, HandleItemCode, TaskCode};
pub use time_limit::{LimitUnit, TimeLimit};
pub use visit::{HolidayRule, Opening, VisitDay, VisitHours, VisitState, is_beside, is_for_others};
pub use visits::Visits;
pub use web_address::WebAddress;
pub use weekdays::WeekdaySet;

/// The longest text, in bytes, that is looked at; no value is nearly as long.
const LONGEST: usize = 4096;

/// A value that editors write as one text.
pub trait Value: Sized + std::fmt::Display {
    /// The name of the format in schemas, in kebab-case, such as `time-limit`.
    const FORMAT: &'static str;
    /// The Chinese name of the kind, such as `时限`.
    const TITLE: &'static str;
    /// The allowed forms in one phrase, in Chinese and in English.
    const ALLOWED: (&'static str, &'static str);
    /// Texts that are read without complaint.
    const EXAMPLES: &'static [&'static str];
    /// A regular expression (ECMA-262, without anchors) that every text of this kind matches, and few others:
    /// what an editor can check while somebody types. It is never stricter than [`Value::parse`].
    const PATTERN: &'static str;

    /// Reads a text; white space around it does not matter.
    ///
    /// # Errors
    ///
    /// When the text is not a value of this kind, or not in its tidy form.
    fn parse(text: &str) -> Result<Self, ValueError>;
}

/// Why a text is not a value of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError {
    /// What is wrong, in one phrase that quotes the text.
    pub problem: Words,
    /// The forms that are allowed.
    pub allowed: Words,
    /// The corrected text, where it is nearly certain; it always reads as a value of the kind.
    pub suggestion: Option<String>,
}

impl ValueError {
    /// An error about a value of kind `T`, without a suggestion.
    fn new<T: Value>(zh: impl Into<String>, en: impl Into<String>) -> Self {
        let (allowed_zh, allowed_en) = T::ALLOWED;
        ValueError { problem: Words::new(zh, en), allowed: Words::new(allowed_zh, allowed_en), suggestion: None }
    }

    /// The same error with the corrected text.
    fn suggesting(self, suggestion: impl Into<String>) -> Self {
        ValueError { suggestion: Some(suggestion.into()), ..self }
    }
}

/// Reads `text` with `strict`; when only its tidied form reads, the error suggests that.
fn strict_or_suggest<T: Value>(
    text: &str,
    strict: fn(&str) -> Result<T, ValueError>,
    tidy: fn(&str) -> String,
) -> Result<T, ValueError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ValueError::new::<T>(format!("{}是空的", T::TITLE), format!("the {} is empty", T::FORMAT)));
    }
    if text.len() > LONGEST {
        return Err(ValueError::new::<T>(
            format!("`{}` 太长，不是{}", text::shortened(text), T::TITLE),
            format!("`{}` is too long for a {}", text::shortened(text), T::FORMAT),
        ));
    }
    strict(text).map_err(|error| {
        if error.suggestion.is_some() {
            return error;
        }
        let tidied = tidy(text);
        match strict(tidied.trim()) {
            Ok(value) if !tidied.is_empty() => error.suggesting(value.to_string()),
            _ => error,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::HashMap;
    use std::fmt::Debug;

    use regress::Regex;

    use super::*;

    /// What became of a text: `= canonical form`, or `! problem`, with `→ suggestion` if there is one.
    pub(super) fn outcome<T: Value>(text: &str) -> String {
        match T::parse(text) {
            Ok(value) => format!("= {value}"),
            Err(ValueError { problem, suggestion: None, .. }) => format!("! {}", problem.zh),
            Err(ValueError { problem, suggestion: Some(suggestion), .. }) => {
                format!("! {} → {suggestion}", problem.zh)
            }
        }
    }

    /// Asserts what must hold for any text of any kind.
    fn check<T: Value + PartialEq + Debug>(text: &str) {
        match T::parse(text) {
            Ok(value) => {
                assert!(fits::<T>(text), "{}: {text:?} reads but does not fit the pattern", T::FORMAT);
                let again = T::parse(&value.to_string());
                assert_eq!(again.as_ref(), Ok(&value), "{} does not come back from {text:?}", T::FORMAT);
            }
            Err(error) => {
                assert!(!has_chinese_outside_quotes(&error.problem.en), "{}", error.problem.en);
                assert!(!has_chinese_outside_quotes(&error.allowed.en), "{}", error.allowed.en);
                for words in [&error.problem.zh, &error.problem.en] {
                    assert!(!words.is_empty() && !words.ends_with(['。', '.']), "{words}");
                    assert_eq!(words.matches('`').count() % 2, 0, "{words}");
                    assert!(!words.contains("``"), "{}: {text:?}: {words}", T::FORMAT);
                }
                if let Some(suggestion) = error.suggestion {
                    assert_ne!(suggestion, text.trim());
                    assert!(T::parse(&suggestion).is_ok(), "{}: {text:?} → {suggestion:?}", T::FORMAT);
                }
            }
        }
    }

    /// Whether a text fits the pattern of a kind, as an editor of YAML files would look at it.
    fn fits<T: Value>(text: &str) -> bool {
        thread_local!(static KNOWN: RefCell<HashMap<&'static str, Regex>> = RefCell::default());
        KNOWN.with_borrow_mut(|known| {
            let pattern = || Regex::with_flags(&format!("^(?:{})$", T::PATTERN), "u").unwrap();
            known.entry(T::FORMAT).or_insert_with(pattern).find(text.trim()).is_some()
        })
    }

    fn has_chinese_outside_quotes(text: &str) -> bool {
        text.split('`').step_by(2).any(|part| part.chars().any(|c| ('\u{2e80}'..'\u{ffff}').contains(&c)))
    }

    fn check_every_kind(text: &str) {
        check::<TimeLimit>(text);
        check::<Money>(text);
        check::<Rate>(text);
        check::<Copies>(text);
        check::<Visits>(text);
        check::<OpeningHours>(text);
        check::<Phone>(text);
        check::<CreditCode>(text);
        check::<TaskCode>(text);
        check::<HandleItemCode>(text);
        check::<BaseCode>(text);
        check::<Clause>(text);
        check::<Period>(text);
        check::<Day>(text);
        check::<SiteCode>(text);
        check::<IcpNumber>(text);
        check::<PoliceNumber>(text);
        check::<WebAddress>(text);
        check::<Slug>(text);
    }

    fn every_example() -> Vec<&'static str> {
        [
            TimeLimit::EXAMPLES,
            Money::EXAMPLES,
            Rate::EXAMPLES,
            Copies::EXAMPLES,
            Visits::EXAMPLES,
            OpeningHours::EXAMPLES,
            Phone::EXAMPLES,
            CreditCode::EXAMPLES,
            TaskCode::EXAMPLES,
            HandleItemCode::EXAMPLES,
            BaseCode::EXAMPLES,
            Clause::EXAMPLES,
            Period::EXAMPLES,
            Day::EXAMPLES,
            SiteCode::EXAMPLES,
            IcpNumber::EXAMPLES,
            PoliceNumber::EXAMPLES,
            WebAddress::EXAMPLES,
            Slug::EXAMPLES,
        ]
        .concat()
    }

    /// A small xorshift generator, so that the same texts are tried every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % bound as u64).unwrap()
        }
    }

    #[test]
    fn examples_read_and_are_canonical_where_they_should_be() {
        fn all<T: Value>() {
            assert!(!T::EXAMPLES.is_empty());
            for example in T::EXAMPLES {
                assert_eq!(outcome::<T>(example), format!("= {example}"), "{}", T::FORMAT);
                assert_eq!(outcome::<T>(&format!(" {example}\u{3000}\n")), format!("= {example}"));
            }
        }
        all::<TimeLimit>();
        all::<Money>();
        all::<Rate>();
        all::<Copies>();
        all::<Visits>();
        all::<OpeningHours>();
        all::<Phone>();
        all::<CreditCode>();
        all::<TaskCode>();
        all::<HandleItemCode>();
        all::<BaseCode>();
        all::<Clause>();
        all::<Period>();
        all::<Day>();
        all::<SiteCode>();
        all::<IcpNumber>();
        all::<PoliceNumber>();
        all::<WebAddress>();
        all::<Slug>();
    }

    #[test]
    fn patterns_refuse_what_is_often_written() {
        fn none<T: Value>(texts: &[&str]) {
            for text in texts {
                assert!(T::parse(text).is_err(), "{}: {text}", T::FORMAT);
                assert!(!fits::<T>(text), "{}: {text} fits the pattern", T::FORMAT);
            }
        }
        none::<TimeLimit>(&[
            "20天",
            "20日",
            "20",
            "0个工作日",
            "二十个工作日",
            "２０个工作日",
            "20个工作日内",
            "3个年",
            "1月",
        ]);
        none::<Money>(&["20", "20块", "￥20", "1,200元", "0.005元", "020元", "免费"]);
        none::<Rate>(&["3", "101%", "0.00001%", "千分之三"]);
        none::<Copies>(&["1份", "原件", "原件1", "复印件1份（核验）", "原件1份，", "原件100份", "原件1份/复印件1份"]);
        none::<Visits>(&["1", "一次", "最多1次", "100次", "-1次"]);
        none::<OpeningHours>(&[
            "9:00-12:00",
            "周一至周五",
            "星期一 9:00-12:00",
            "周一 9:00—12:00",
            "周一 9:60-10:00",
            "周八 9:00-12:00",
        ]);
        none::<Phone>(&[
            "8801001",
            "06008801001",
            "0600-8801001、8801002",
            "(0600)8801001",
            "12800138000",
            "400-12-34567",
        ]);
        none::<CreditCode>(&["11990000000001012", "11990000000001012u", "119900000000010I2U", "1199000000000101234"]);
        none::<TaskCode>(&["11990000000001012U", "11990000000001012U8000131023000", "11990000000001012U300013102300X"]);
        none::<Clause>(&[
            "35条",
            "第35条",
            "三十五条",
            "第三十五",
            "第一款",
            "《食品安全法》第三十五条",
            "第一条第一项第一款",
        ]);
        none::<Period>(&["5", "5年期", "永久", "0年"]);
        none::<Day>(&[
            "2026-3-5",
            "2026/03/05",
            "2026年3月5日",
            "2026-13-01",
            "2026-04-31",
            "2026-02-30",
            "1899-01-01",
            "45000",
        ]);
        none::<SiteCode>(&["990000001", "bm9900001", "BM99000001"]);
        none::<IcpNumber>(&["ICP备00000000号", "青ICP备00000000", "青icp备00000000号"]);
        none::<PoliceNumber>(&["青公网安备99000000000000号", "9900000000000"]);
        none::<WebAddress>(&[
            "www.qinglan.example",
            "/apply",
            "ftp://a.example/",
            "https://",
            "https://a b.example/",
            "https://u@a.example/",
        ]);
        none::<Slug>(&["Food", "food_licence", "-food", "food--licence", "食品", &"a".repeat(65)]);
    }

    #[test]
    fn odd_texts_never_panic() {
        let long = "9".repeat(5000);
        let many = "第".repeat(1300);
        let odd =
            ["", " ", "\0", "`", "``", "￥", "-", "－", "é", "😀", "\u{202e}", "%", "元", "份", "次", "（）", "()"];
        for text in odd.into_iter().chain([long.as_str(), many.as_str()]) {
            check_every_kind(text);
        }
        for example in every_example() {
            check_every_kind(example);
        }
    }

    #[test]
    fn mangled_texts_never_panic_and_come_back() {
        let extra = "0123456789０１：，、（）()-–—～~至到 \u{3000}.,:;/+@#[]%‰¥一二十百千零〇两第条款项之年月日天个内点半全角转aZI`\\<é😀";
        let extra: Vec<char> = extra.chars().collect();
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        for example in every_example() {
            for _ in 0..150 {
                let mut chars: Vec<char> = example.chars().collect();
                for _ in 0..=dice.below(3) {
                    let at = dice.below(chars.len() + 1);
                    match dice.below(3) {
                        0 if at < chars.len() => drop(chars.remove(at)),
                        1 if at < chars.len() => chars[at] = extra[dice.below(extra.len())],
                        _ => chars.insert(at, extra[dice.below(extra.len())]),
                    }
                }
                check_every_kind(&chars.into_iter().collect::<String>());
            }
        }
    }

    #[test]
    fn empty_and_overlong_texts_are_named() {
        assert_eq!(outcome::<TimeLimit>("  "), "! 时限是空的");
        assert_eq!(outcome::<TimeLimit>(&"9".repeat(5000)), format!("! `{}…` 太长，不是时限", "9".repeat(40)),);
    }
}
