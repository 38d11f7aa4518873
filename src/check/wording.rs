//! Small readings of Chinese text that several rules share.

use std::borrow::Cow;

/// The text with the inside of every 《》 taken out: titles are not the office's own words.
pub(in crate::check) fn without_titles(text: &str) -> Cow<'_, str> {
    if !text.contains('《') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        if c == '》' {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            out.push(c);
        }
        if c == '《' {
            depth += 1;
        }
    }
    Cow::Owned(out)
}

/// Whether a character ends a clause.
fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '（' | '）' | '(' | ')' | '\n')
}

/// The end of a text, from its last clause on.
pub(in crate::check) fn clause_before(text: &str) -> &str {
    text.rfind(ends_clause).map_or(text, |at| {
        let sign = text[at..].chars().next().map_or(0, char::len_utf8);
        &text[at + sign..]
    })
}

/// The clause that a byte position lies in.
pub(in crate::check) fn clause_around(text: &str, at: usize) -> &str {
    let from = at - clause_before(&text[..at]).len();
    let end = text[at..].find(ends_clause).map_or(text.len(), |end| at + end);
    &text[from..end]
}

/// The byte position of the last member of a list that ends at `at`, at most `most` characters before.
pub(in crate::check) fn member_before(text: &str, at: usize, most: usize) -> usize {
    let head = clause_before(&text[..at]);
    let member = head.rsplit('、').next().unwrap_or(head);
    let from = member.char_indices().rev().nth(most.saturating_sub(1)).map_or(0, |(from, _)| from);
    at - member.len() + from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_taken_out() {
        assert_eq!(without_titles("交《其他材料清单》一份"), "交《》一份");
        assert_eq!(without_titles("《甲《乙》丙》丁"), "《》丁");
        assert_eq!(without_titles("没有书名号"), "没有书名号");
        assert_eq!(without_titles("》乱《写"), "》乱《");
    }

    #[test]
    fn clauses_end_at_marks() {
        assert_eq!(clause_before("已满，还在"), "还在");
        assert_eq!(clause_before("一句"), "一句");
        assert_eq!(clause_around("甲，乙丙丁。戊", "甲，乙".len()), "乙丙丁");
        let text = "甲，乙丙丁等";
        assert_eq!(&text[member_before(text, text.find('等').unwrap(), 2)..], "丙丁等");
        assert_eq!(&text[member_before(text, text.find('等').unwrap(), 9)..], "乙丙丁等");
        assert_eq!(&"甲、乙丙等"[member_before("甲、乙丙等", 12, 9)..], "乙丙等");
    }
}
