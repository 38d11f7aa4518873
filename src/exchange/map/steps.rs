//! The steps of cleaning (处理), each from texts to texts.

use serde_json::Value;

use crate::exchange::map::node::Step;
use crate::exchange::map::record::{Leaf, Ledger};
use crate::exchange::map::report::Why;
use crate::exchange::map::{html, phones};
use crate::model::value::{TimeLimit, Value as _};
use crate::search::Sounds;

/// A text on its way, and the values of the record it was made of.
#[derive(Debug, Clone)]
pub(super) struct Piece<'r> {
    pub(super) text: String,
    pub(super) from: Vec<Leaf>,
    /// The entry of a list that it stands for, with its way.
    pub(super) entry: Option<(String, &'r Value)>,
}

/// Carries out one step.
pub(super) fn step<'r>(step: &Step, pieces: Vec<Piece<'r>>, sounds: &Sounds, ledger: &mut Ledger) -> Vec<Piece<'r>> {
    match step {
        Step::Unique => unique(pieces, ledger),
        Step::Glue(_) if pieces.is_empty() => pieces,
        Step::Glue(between) => {
            let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
            let from = pieces.iter().flat_map(|piece| piece.from.iter().copied()).collect();
            vec![Piece { text: texts.join(between), from, entry: None }]
        }
        Step::Split(_) | Step::Points | Step::Extract(_) | Step::Phones => {
            pieces.into_iter().flat_map(|piece| several(step, &piece, ledger)).collect()
        }
        Step::Keep(pattern) => filtered(pieces, &|text| pattern.is_match(text), ledger),
        Step::Drop(pattern) => filtered(pieces, &|text| !pattern.is_match(text), ledger),
        _ => pieces
            .into_iter()
            .filter_map(|mut piece| {
                piece.text = one(step, &piece, sounds, ledger)?;
                (!piece.text.is_empty()).then_some(piece)
            })
            .collect(),
    }
}

/// The texts that pass; the others are reported unless they are taken elsewhere.
fn filtered<'r>(pieces: Vec<Piece<'r>>, passes: &dyn Fn(&str) -> bool, ledger: &mut Ledger) -> Vec<Piece<'r>> {
    let (kept, others): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| passes(&piece.text));
    for piece in others {
        ledger.note(&piece.from, Why::Rest, piece.text, "");
    }
    kept
}

/// Equal texts once; the values of the later ones are in the first.
fn unique<'r>(pieces: Vec<Piece<'r>>, ledger: &mut Ledger) -> Vec<Piece<'r>> {
    let mut kept: Vec<Piece<'r>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match kept.iter_mut().find(|known| known.text == piece.text) {
            Some(known) => {
                ledger.note(&piece.from, Why::Rewritten, piece.text, "与前面的相同，只留一个");
                known.from.extend(piece.from);
            }
            None => kept.push(piece),
        }
    }
    kept
}

fn several<'r>(step: &Step, piece: &Piece<'r>, ledger: &mut Ledger) -> Vec<Piece<'r>> {
    let texts = match step {
        Step::Split(separators) => split(&piece.text, separators),
        Step::Points => points(&piece.text),
        Step::Extract(pattern) => {
            let rest = pattern.replace_all(&piece.text, "\u{1}");
            let rest: Vec<&str> = rest.split('\u{1}').map(trim_marks).filter(|part| !part.is_empty()).collect();
            if !rest.is_empty() {
                ledger.note(&piece.from, Why::Rest, rest.join(" … "), "");
            }
            pattern
                .captures_iter(&piece.text)
                .filter_map(|found| found.get(1).or(found.get(0)).map(|one| one.as_str().to_owned()))
                .collect()
        }
        Step::Phones => {
            let found = phones::find(&piece.text);
            for (old, new) in &found.rewritten {
                ledger.note(&piece.from, Why::Rewritten, old.as_str(), new.as_str());
            }
            for odd in &found.odd {
                ledger.note(&piece.from, Why::Form, odd.as_str(), "不是电话号码");
            }
            if !found.rest.is_empty() {
                ledger.note(&piece.from, Why::Rest, found.rest.as_str(), "");
            }
            found.phones
        }
        _ => vec![piece.text.clone()],
    };
    texts.into_iter().map(|text| Piece { text, from: piece.from.clone(), entry: None }).collect()
}

fn trim_marks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || "、，,；;。：:/".contains(c))
}

fn split(text: &str, separators: &[String]) -> Vec<String> {
    let mut text = text.to_owned();
    for separator in separators {
        // A break of lines is written \n in the mapping.
        text = text.replace(if separator == "\\n" { "\n" } else { separator }, "\u{1}");
    }
    text.split('\u{1}').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The points of a numbered text: a line each, and a point wherever a number begins one.
fn points(text: &str) -> Vec<String> {
    text.lines().flat_map(points_of_line).filter(|point| !point.is_empty()).collect()
}

fn points_of_line(line: &str) -> Vec<String> {
    let chars: Vec<char> = line.chars().collect();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for at in 0..chars.len() {
        let before = chars[..at].iter().rev().find(|c| !c.is_whitespace());
        let free = at == 0 || before.is_none_or(|c| "。；;：:！!".contains(*c)) || chars[at - 1].is_whitespace();
        if let Some(length) = marker(&chars[at..]).filter(|_| free)
            && starts.last().is_none_or(|(start, length)| start + length <= at)
        {
            starts.push((at, length));
        }
    }
    if starts.len() < 2 {
        return vec![line.trim().to_owned()];
    }
    let mut points = vec![chars[..starts[0].0].iter().collect::<String>().trim().to_owned()];
    for (n, (start, length)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(chars.len(), |(next, _)| *next);
        points.push(chars[start + length..end].iter().collect::<String>().trim().to_owned());
    }
    points
}

/// How many characters the number of a point has that begins here: `1、` `1.` `（一）` `(1)` `①` `——`.
fn marker(chars: &[char]) -> Option<usize> {
    let numeral = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let first = chars.first()?;
    if ('①'..='⑳').contains(first) {
        return Some(1);
    }
    if chars.starts_with(&['—', '—']) {
        return Some(2);
    }
    let open = usize::from("（(".contains(*first));
    let count = chars[open..].iter().take(3).take_while(|c| numeral(c)).count();
    if count == 0 {
        return None;
    }
    let mark = *chars.get(open + count)?;
    let closes = if open == 1 { "）)".contains(mark) } else { "、．.)）".contains(mark) };
    // 1.5 is no first point.
    let decimal = mark == '.' && chars.get(open + count + 1).is_some_and(char::is_ascii_digit);
    (closes && !decimal).then_some(open + count + 1)
}

fn one(step: &Step, piece: &Piece<'_>, sounds: &Sounds, ledger: &mut Ledger) -> Option<String> {
    let text = piece.text.as_str();
    Some(match step {
        Step::Trim => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Step::HalfWidth => text.chars().map(half_width).collect(),
        Step::Plain => {
            let (plain, silent) = html::plain(text);
            for one in silent {
                ledger.note(&piece.from, Why::Rest, one, "不是文字");
            }
            plain
        }
        Step::Lower => text.to_lowercase(),
        Step::Prefix(all) => {
            let cut = all.iter().find_map(|prefix| text.trim_start().strip_prefix(prefix.as_str()));
            cut.unwrap_or(text).trim().to_owned()
        }
        Step::Suffix(all) => {
            let cut = all.iter().find_map(|suffix| text.trim_end().strip_suffix(suffix.as_str()));
            cut.unwrap_or(text).trim().to_owned()
        }
        Step::Replace(pattern, to) => pattern.replace_all(text, to.as_str()).into_owned(),
        Step::Table { pairs, keep_others } => match pairs.iter().find(|(key, _)| key == text) {
            Some((_, to)) => to.clone(),
            None if *keep_others => text.to_owned(),
            None => {
                ledger.note(&piece.from, Why::Table, text, "");
                return None;
            }
        },
        Step::Slice(from, to) => text.chars().skip(from - 1).take((to + 1).saturating_sub(*from)).collect(),
        Step::Pinyin => spelt(text, sounds, "-", usize::MAX),
        Step::Initials => spelt(text, sounds, "", 1),
        Step::Limit => match limit(text) {
            Some(limit) => limit,
            None => {
                ledger.note(&piece.from, Why::Form, text, TimeLimit::ALLOWED.0);
                return None;
            }
        },
        _ => text.to_owned(),
    })
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // Marks of Chinese text stay: only letters, digits and the signs of codes and numbers are meant.
        '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | '－'
        | '．'
        | '／'
        | '＋'
        | '＠'
        | '＃'
        | '％'
        | '＆'
        | '＝'
        | '＿' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// The sounds of a text: so many letters of each syllable, letters and digits as they are.
fn spelt(text: &str, sounds: &Sounds, between: &str, letters: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut word = false;
    for (c, sound) in text.chars().zip(sounds.read(text)) {
        match sound {
            Some(sound) => parts.push(sound.chars().take(letters).collect()),
            None if c.is_ascii_alphanumeric() && word => {
                if let Some(last) = parts.last_mut() {
                    last.push(c.to_ascii_lowercase());
                }
            }
            None if c.is_ascii_alphanumeric() => parts.push(c.to_ascii_lowercase().to_string()),
            None => {}
        }
        word = sound.is_none() && c.is_ascii_alphanumeric();
    }
    parts.join(between)
}

/// A time limit in the form of the portal, from the spellings of other systems: `20(工作日)`, `2小时`, `即办`, `无期限`.
fn limit(text: &str) -> Option<String> {
    let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(['(', ')', '（', '）'], "");
    if let Ok(limit) = TimeLimit::parse(&plain) {
        return Some(limit.to_string());
    }
    if ["当场", "即时", "即办", "立等"].iter().any(|word| plain.starts_with(word)) && plain.chars().count() <= 6
    {
        return Some("当场".to_owned());
    }
    if ["无期限", "无法定期限", "无法定时限", "未规定", "不设期限", "法律没有规定"].contains(&plain.as_str())
    {
        return Some("无期限".to_owned());
    }
    let digits = plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len());
    let (number, unit) = plain.split_at(digits);
    let unit = match unit.trim_start_matches('个') {
        "工作日" | "工作天" => "个工作日",
        "自然日" | "自然天" | "日历日" | "日历天" => "个自然日",
        "小时" | "钟头" => "小时",
        "分钟" | "分" => "分钟",
        "月" | "月份" => "个月",
        "年" => "年",
        _ => return None,
    };
    TimeLimit::parse(&format!("{number}{unit}")).ok().map(|limit| limit.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_other_systems() {
        let all = [
            ("20(工作日)", "20个工作日"),
            ("１（工作日）", "1个工作日"),
            ("91(自然日)", "91个自然日"),
            ("15 个工作日", "15个工作日"),
            ("2(小时)", "2小时"),
            ("3(月)", "3个月"),
            ("当场办结", "当场"),
            ("即办", "当场"),
            ("30分钟", "30分钟"),
        ];
        for (written, expected) in all {
            assert_eq!(limit(written).as_deref(), Some(expected), "{written}");
        }
        // Which days are meant is not said.
        for unclear in ["20天", "20", "0(工作日)", "尽快", ""] {
            assert_eq!(limit(unclear), None, "{unclear}");
        }
    }

    #[test]
    fn numbered_texts_become_points_and_keep_every_word() {
        let check = |text: &str, expected: &[&str]| assert_eq!(points(text), expected, "{text}");
        check("应当符合： 1、甲；2、乙。 3、丙", &["应当符合：", "甲；", "乙。", "丙"]);
        check("（一）甲：1.子一；2.子二；（二）乙", &["甲：", "子一；", "子二；", "乙"]);
        check("一、甲\n二、乙", &["一、甲", "二、乙"]);
        check("提出申请：——甲；——乙", &["提出申请：", "甲；", "乙"]);
        check("注册满1.5年的", &["注册满1.5年的"]);
        check("依照第（一）项、第（二）项", &["依照第（一）项、第（二）项"]);
    }

    #[test]
    fn sounds_make_names_for_addresses() {
        let sounds = Sounds::new();
        assert_eq!(spelt("广东省WTO及TBT中心", &sounds, "-", usize::MAX), "guang-dong-sheng-wto-ji-tbt-zhong-xin");
        assert_eq!(spelt("广东省司法厅", &sounds, "", 1), "gdssft");
    }
}
