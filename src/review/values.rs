//! What a change of one value means: which way it goes, and whether it looks like a slip of the pen.

use std::cmp::Ordering;

use crate::model::terms::{Necessity, OnlineDepth, Term};
use crate::model::value::{Copies, Money, Phone, Rate, TimeLimit, Value, Visits};
use crate::review::{Note, Remark};

/// A number that changes by this factor is asked about.
const LEAP: f64 = 5.0;

/// A value as the guide prints it: what can be written in several ways is one.
pub(super) fn normal(format: &str, text: &str) -> String {
    fn tidy<V: Value + ToString>(text: &str) -> Option<String> {
        V::parse(text).ok().map(|value| value.to_string())
    }
    let tidied = match format {
        "time-limit" => tidy::<TimeLimit>(text),
        "money" => tidy::<Money>(text),
        "rate" => tidy::<Rate>(text),
        "copies" => tidy::<Copies>(text),
        "visits" => tidy::<Visits>(text),
        "phone" => tidy::<Phone>(text),
        _ => None,
    };
    tidied.unwrap_or_else(|| text.to_owned())
}

/// Whether the new value asks more of people than the old one; none if that cannot be said.
pub(super) fn weigh(format: &str, key: &str, old: &str, new: &str) -> Option<Ordering> {
    match format {
        "time-limit" => {
            let (old, new) = (TimeLimit::parse(old).ok()?, TimeLimit::parse(new).ok()?);
            new.compare(&old)
        }
        "money" => Some(Money::parse(new).ok()?.cmp(&Money::parse(old).ok()?)),
        "rate" => Some(Rate::parse(new).ok()?.millionths().cmp(&Rate::parse(old).ok()?.millionths())),
        "copies" => {
            let (old, new) = (Copies::parse(old).ok()?, Copies::parse(new).ok()?);
            // A paper that is only looked at is less than one that is kept.
            let kept = |copies: &Copies| (copies.total(), !copies.only_inspected());
            Some(kept(&new).cmp(&kept(&old)))
        }
        "visits" => Some(Visits::parse(new).ok()?.count().cmp(&Visits::parse(old).ok()?.count())),
        "flag" => Some(is_yes(new).cmp(&is_yes(old))),
        "choice" if key.ends_with("必要性") => {
            let rank = |name: &str| {
                Necessity::of(name).map(|one| match one {
                    Necessity::Required => 2,
                    Necessity::Later => 1,
                    Necessity::Conditional => 0,
                })
            };
            Some(rank(new)?.cmp(&rank(old)?))
        }
        "choice" if key.ends_with("深度") => {
            let depth = |name: &str| OnlineDepth::ALL.iter().position(|one| one.name() == name && name != "其他");
            Some(depth(new)?.cmp(&depth(old)?))
        }
        _ => None,
    }
}

fn is_yes(text: &str) -> bool {
    matches!(text, "是" | "支持" | "有" | "true")
}

/// Whether a change of a number or a phone looks like a slip of the pen.
pub(super) fn slip(format: &str, old: &str, new: &str) -> Option<Note> {
    match format {
        "phone" => phone_slip(old, new),
        "time-limit" | "money" | "rate" | "period" | "number" => number_slip(old, new),
        _ => None,
    }
}

fn number_slip(old: &str, new: &str) -> Option<Note> {
    let (before, after) = (only_number(old)?, only_number(new)?);
    if before.1 != after.1 {
        return None;
    }
    let (from, to): (f64, f64) = (before.0.parse().ok()?, after.0.parse().ok()?);
    if to == 0.0 && from > 0.0 {
        return Some(Note::new(Remark::Slip, "变成了 0", "it has become 0"));
    }
    if from <= 0.0 {
        return None;
    }
    let percent = ((to - from) / from * 100.0).round();
    if to / from >= LEAP {
        let times = (to / from * 10.0).round() / 10.0;
        return Some(Note::new(Remark::Slip, format!("变成 {times} 倍"), format!("{times} times as much")));
    }
    if from / to >= LEAP {
        return Some(Note::new(Remark::Slip, format!("降幅 {} %", -percent), format!("down by {} %", -percent)));
    }
    let (a, b) = (digits(&before.0), digits(&after.0));
    if a.len() > b.len() && drops_one(&a, &b) {
        return Some(Note::new(Remark::Slip, "像是少了一位数字", "a digit seems to be lost"));
    }
    if b.len() > a.len() && drops_one(&b, &a) {
        return Some(Note::new(Remark::Slip, "像是多了一位数字", "a digit seems to be added"));
    }
    is_swap(&a, &b).then(|| Note::new(Remark::Slip, "像是两位数字对调", "two digits seem to be swapped"))
}

fn phone_slip(old: &str, new: &str) -> Option<Note> {
    let (a, b) = (digits(old), digits(new));
    if is_swap(&a, &b) {
        return Some(Note::new(Remark::Slip, "像是两位数字对调", "two digits seem to be swapped"));
    }
    if a.len() > b.len() && drops_one(&a, &b) {
        return Some(Note::new(Remark::Slip, "像是少了一位数字", "a digit seems to be lost"));
    }
    if b.len() > a.len() && drops_one(&b, &a) {
        return Some(Note::new(Remark::Slip, "像是多了一位数字", "a digit seems to be added"));
    }
    None
}

/// The only number of a text, and the text around it.
fn only_number(text: &str) -> Option<(String, String)> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let around = format!("{}#{}", &text[..start], &rest[end..]);
    (!around.contains(|c: char| c.is_ascii_digit())).then(|| (rest[..end].to_owned(), around))
}

/// The digits of a text.
fn digits(text: &str) -> Vec<char> {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Every number of a text, in order.
pub(super) fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

fn drops_one(long: &[char], short: &[char]) -> bool {
    long.len() == short.len() + 1
        && (0..long.len()).any(|gone| long[..gone] == short[..gone] && long[gone + 1..] == short[gone..])
}

/// Whether two neighbours changed places and nothing else did.
fn is_swap(old: &[char], new: &[char]) -> bool {
    let apart: Vec<usize> = (0..old.len().min(new.len())).filter(|n| old[*n] != new[*n]).collect();
    old.len() == new.len() && matches!(apart[..], [a, b] if b == a + 1 && old[a] == new[b] && old[b] == new[a])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        let check = |format: &str, old: &str, new: &str, expected: Option<&str>| {
            let found = slip(format, old, new).map(|note| note.words.zh);
            assert_eq!(found.as_deref(), expected, "{old} → {new}");
        };
        check("time-limit", "15个工作日", "1个工作日", Some("降幅 93 %"));
        check("time-limit", "15个工作日", "5个工作日", Some("像是少了一位数字"));
        check("time-limit", "15个工作日", "10个工作日", None);
        check("time-limit", "15个工作日", "15个自然日", None);
        check("time-limit", "12个工作日", "21个工作日", Some("像是两位数字对调"));
        check("money", "50元", "500元", Some("变成 10 倍"));
        check("money", "50元", "60元", None);
        check("phone", "0600-8801001", "0600-8810001", Some("像是两位数字对调"));
        check("phone", "0600-8801001", "0600-8802222", None);
        check("visits", "1次", "0次", None);
    }

    #[test]
    fn which_way_it_goes() {
        let check = |format: &str, key: &str, old: &str, new: &str, expected: Option<Ordering>| {
            assert_eq!(weigh(format, key, old, new), expected, "{old} → {new}");
        };
        check("time-limit", "承诺", "10个工作日", "15个工作日", Some(Ordering::Greater));
        check("time-limit", "承诺", "10个工作日", "当场", Some(Ordering::Less));
        check("money", "金额", "50元", "20元", Some(Ordering::Less));
        check("copies", "份数", "原件1份", "原件1份，复印件1份", Some(Ordering::Greater));
        check("choice", "申请材料.必要性", "容缺后补", "必要", Some(Ordering::Greater));
        check("phone", "咨询电话", "12345", "12346", None);
    }
}
