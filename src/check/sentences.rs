//! Sentences and clauses of Chinese prose, and the numbers in them.

use crate::model::value::parse_chinese_number;

/// The sentences of a text, without what ends them.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '！', '？', '；', ';', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// The sentence that holds the byte `at`.
pub(crate) fn sentence_at(text: &str, at: usize) -> &str {
    around(text, at, &['。', '！', '？', '；', ';', '\n'])
}

/// The part between commas, or stronger marks, that holds the byte `at`.
pub(crate) fn clause_at(text: &str, at: usize) -> &str {
    around(text, at, &['。', '！', '？', '；', ';', '\n', '，', ',', '：', ':'])
}

fn around<'t>(text: &'t str, at: usize, marks: &[char]) -> &'t str {
    let (before, after) = text.split_at(at);
    let start = before.rfind(marks).map_or(0, |found| found + before[found..].chars().next().map_or(1, char::len_utf8));
    let end = after.find(marks).map_or(text.len(), |found| at + found);
    &text[start..end]
}

/// The number at the end of a text, in digits or Chinese, and the byte at which it begins: 60 of `收到之日起60`.
pub(crate) fn number_before(text: &str) -> Option<(u32, usize)> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits < text.len() {
        return text[digits..].parse().ok().map(|number| (number, digits));
    }
    let chinese = text.trim_end_matches(|c: char| "零〇一二三四五六七八九十百千".contains(c)).len();
    parse_chinese_number(&text[chinese..]).filter(|_| chinese < text.len()).map(|number| (number, chinese))
}

/// The titles in 《》 with the byte of the first 《 and the byte after the last 》; of nested ones the outer.
pub(crate) fn titles(text: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            '》' if depth == 1 => {
                depth = 0;
                found.push((start, at + '》'.len_utf8(), &text[start + '《'.len_utf8()..at]));
            }
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_prose() {
        let text = "先受理，后审查。六十日内申请复议；完";
        assert_eq!(sentences(text).collect::<Vec<_>>(), ["先受理，后审查", "六十日内申请复议", "完"]);
        let at = text.find("审查").unwrap();
        assert_eq!((sentence_at(text, at), clause_at(text, at)), ("先受理，后审查", "后审查"));
        assert_eq!(sentence_at(text, text.len()), "完");
    }

    #[test]
    fn numbers_at_the_end() {
        assert_eq!(number_before("之日起60"), Some((60, "之日起".len())));
        assert_eq!(number_before("收到六十"), Some((60, "收到".len())));
        assert_eq!(number_before("多少"), None);
        assert_eq!(number_before(""), None);
        assert_eq!(number_before("99999999999999"), None);
    }

    #[test]
    fn titles_of_laws() {
        let text = "依照《甲法》和《关于〈乙〉的通知（《丙》）》办";
        let names: Vec<&str> = titles(text).into_iter().map(|(_, _, name)| name).collect();
        assert_eq!(names, ["甲法", "关于〈乙〉的通知（《丙》）"]);
        assert!(titles("》《没有").is_empty());
    }
}
