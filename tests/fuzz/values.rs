//! The values editors write: what reads is printed and reads as the same; what
//! does not has words, and a suggestion only if that reads.

use std::fmt::Debug;

use mingbai::model::value::*;

use crate::engine::short_texts;

/// What holds for any text of a kind.
fn check<T: Value + PartialEq + Debug>(text: &str) {
    match T::parse(text) {
        Ok(value) => {
            let printed = value.to_string();
            assert_eq!(T::parse(&printed).as_ref(), Ok(&value), "{}: {text:?} is printed {printed:?}", T::FORMAT);
            assert_eq!(T::parse(&printed).unwrap().to_string(), printed, "{}: {text:?}", T::FORMAT);
        }
        Err(error) => {
            for words in [&error.problem, &error.allowed] {
                assert!(!words.zh.is_empty() && !words.en.is_empty(), "{}: {text:?}", T::FORMAT);
            }
            if let Some(suggestion) = error.suggestion {
                assert!(T::parse(&suggestion).is_ok(), "{}: {text:?} → {suggestion:?}", T::FORMAT);
            }
        }
    }
}

fn fuzz<T: Value + PartialEq + Debug>(others: &[&str]) {
    let seeds: Vec<String> = T::EXAMPLES.iter().chain(others).map(|text| (*text).to_owned()).collect();
    short_texts(T::FORMAT, &seeds, check::<T>);
}

#[test]
fn time_limits() {
    fuzz::<TimeLimit>(&["20天", "二十个工作日", "3 个 月", "９９９９年"]);
}

#[test]
fn fees() {
    fuzz::<Money>(&["1,200元", "￥20", "0.01元", "92233720368547758.07元"]);
    fuzz::<Rate>(&["千分之三", "101%"]);
}

#[test]
fn opening_hours() {
    fuzz::<OpeningHours>(&["星期一、三 9:00—12:00", "周日至周二 23:00-1:00", "6月1日至9月30日 周一 9:00-9:01"]);
}

#[test]
fn codes() {
    fuzz::<TaskCode>(&[]);
    fuzz::<HandleItemCode>(&[]);
    fuzz::<BaseCode>(&[]);
    fuzz::<CreditCode>(&[]);
}

#[test]
fn phones() {
    fuzz::<Phone>(&["(0600)8801001", "0600—8801001转1", "400-123-4567", "+86 138"]);
}

#[test]
fn small_values() {
    fuzz::<Copies>(&["原件1份/复印件1份"]);
    fuzz::<Clause>(&["第三十五条第一款第（二）项", "第35条"]);
    fuzz::<Period>(&[]);
    fuzz::<Day>(&["2026年3月5日", "9999-12-31"]);
    fuzz::<Visits>(&[]);
    fuzz::<WebAddress>(&["https://[::1]/", "https://a.example:99999/", "HTTPS://A.example/%zz"]);
    fuzz::<Slug>(&[]);
    fuzz::<SiteCode>(&[]);
    fuzz::<IcpNumber>(&[]);
    fuzz::<PoliceNumber>(&[]);
}
