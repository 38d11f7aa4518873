//! Clauses (条款) of a statute, as they are cited: `第四十二条第一款`, `第二十八条至第三十一条`.

use std::fmt;

use super::chinese_number::{chinese_number, parse_chinese_number};
use super::text::{half_width, is_chinese_digit, is_dash, shortened, split_digits, without_spaces};
use super::{Value, ValueError, strict_or_suggest};

/// The levels of a statute below the chapter, from the article down.
const LEVELS: [char; 4] = ['条', '款', '项', '目'];
/// What joins two citations; the last one makes a range.
const CONNECTORS: [&str; 5] = ["、", "以及", "及", "和", "至"];
/// How many articles a citation can name; more are not listed.
const MOST_ARTICLES: usize = 300;

/// One or more clauses of one statute (条款); the statute itself is named elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Clause {
    text: String,
    articles: Vec<u32>,
}

impl Clause {
    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The numbers of the articles that are named, in order and without repetition; ranges are expanded.
    ///
    /// `第十七条之一` counts as article 17. At most 300 are listed.
    pub fn articles(&self) -> Vec<u32> {
        self.articles.clone()
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The number of a level as a regular expression: `第三十五` or `第（一）`.
macro_rules! numbered {
    () => {
        "第(?:[零〇一二三四五六七八九十百千]+|（[零〇一二三四五六七八九十百千]+）)"
    };
}

/// An article as a regular expression: `第十七条之一`.
macro_rules! article {
    () => {
        concat!(numbered!(), "条(?:之[零〇一二三四五六七八九十百千]+)?")
    };
}

/// What may follow an article, as a regular expression.
macro_rules! below {
    () => {
        concat!("(?:", numbered!(), "款)?(?:", numbered!(), "项)?(?:", numbered!(), "目)?")
    };
}

impl Value for Clause {
    const FORMAT: &'static str = "clause";
    const TITLE: &'static str = "条款";
    const ALLOWED: (&'static str, &'static str) = (
        "用中文数字：`第三十五条`、`第四十二条第一款`、`第三十三条第一款第一项至第四项`、`第十七条之一`，\
         几条用 `、` 或 `至` 连接",
        "Chinese numbers: `第三十五条` (article), `第四十二条第一款` (paragraph), `第三十三条第一款第一项至第四项` \
         (items), `第十七条之一`; several are joined by `、` or `至`",
    );
    const EXAMPLES: &'static [&'static str] = &[
        "第三十五条",
        "第四十二条第一款",
        "第三十三条第一款第一项至第四项",
        "第十七条之一",
        "第三十五条、第四十一条",
        "第二十八条至第三十一条",
    ];
    const PATTERN: &'static str = concat!(
        article!(),
        below!(),
        "(?:(?:、|以及|及|和|至)(?:",
        article!(),
        "|",
        numbered!(),
        "[款项目])",
        below!(),
        ")*"
    );

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

/// One citation: the number at each level, 0 where there is none, and the number after `之`.
#[derive(Clone, Copy, Default)]
struct Citation {
    numbers: [u32; 4],
    insert: u32,
    first: usize,
    last: usize,
}

fn strict(text: &str) -> Result<Clause, ValueError> {
    if text.contains(['《', '》']) {
        return Err(error(text, "带有法律名称，这里只写条款", "names a law; write only the clause here"));
    }
    let (mut previous, mut rest) = citation(text)?;
    if previous.first != 0 {
        return Err(error(text, "不是从第几条开始的", "does not begin with an article (`条`)"));
    }
    let mut articles = vec![previous.numbers[0]];
    let mut in_range = false;
    while !rest.is_empty() {
        let Some((connector, after)) = CONNECTORS.iter().find_map(|&c| Some((c, rest.strip_prefix(c)?))) else {
            return Err(error(rest, "不是条款的写法", "cannot be read as a clause"));
        };
        if after.is_empty() {
            let (zh, en) = (format!("末尾多了 `{connector}`"), format!("ends in a needless `{connector}`"));
            return Err(error(text, &zh, &en));
        }
        let (mut next, after) = citation(after)?;
        let level = next.first;
        next.numbers[..level].copy_from_slice(&previous.numbers[..level]);
        let range = connector == "至";
        if previous.numbers[level] == 0 || (range && in_range) {
            return Err(error(rest, "接不上前面的条款", "does not continue the clause before it"));
        }
        if range && !follows(previous, next) {
            return Err(error(text, "的范围倒着写了", "has a range that does not run upwards"));
        }
        let from = if range { previous.numbers[0] } else { next.numbers[0] };
        articles.extend((from..=next.numbers[0]).take(MOST_ARTICLES));
        (previous, rest, in_range) = (next, after, range);
    }
    let mut seen = Vec::new();
    for article in articles {
        if !seen.contains(&article) && seen.len() < MOST_ARTICLES {
            seen.push(article);
        }
    }
    Ok(Clause { text: text.to_owned(), articles: seen })
}

/// Whether the end of a range comes after its start.
fn follows(start: Citation, end: Citation) -> bool {
    let key = |citation: Citation| (citation.numbers[0], citation.insert, citation.numbers);
    if end.first == 0 { key(start) < key(end) } else { start.numbers < end.numbers }
}

/// Takes one citation such as `第四十二条第一款` from the front.
fn citation(text: &str) -> Result<(Citation, &str), ValueError> {
    let mut result = Citation::default();
    let mut rest = text;
    let mut next_level = None;
    while rest.starts_with('第') {
        let Some((number, level, after)) = step(rest) else {
            return Err(not_a_clause(rest));
        };
        match next_level {
            None => result.first = level,
            Some(expected) if level >= expected => {}
            Some(_) => {
                return Err(error(rest, "的次序不对，应为条、款、项、目", "is out of order: `条`, `款`, `项`, `目`"));
            }
        }
        result.numbers[level] = number;
        result.last = level;
        next_level = Some(level + 1);
        rest = after;
        if let (0, Some(inserted)) = (level, rest.strip_prefix('之')) {
            let end = inserted.find(|c| !is_chinese_digit(c)).unwrap_or(inserted.len());
            let (number, after) = inserted.split_at(end);
            result.insert = positive(number).ok_or_else(|| not_a_clause(rest))?;
            rest = after;
        }
    }
    if next_level.is_none() { Err(not_a_clause(text)) } else { Ok((result, rest)) }
}

fn not_a_clause(text: &str) -> ValueError {
    if text.contains(|c: char| c.is_ascii_digit()) {
        return error(text, "用了阿拉伯数字", "uses Arabic digits");
    }
    error(text, "不是条款的写法", "cannot be read as a clause")
}

/// Takes `第三十五条` or `第（一）项` from the front: number and level.
fn step(text: &str) -> Option<(u32, usize, &str)> {
    let rest = text.strip_prefix('第')?;
    let (number, level, after) = match rest.strip_prefix('（') {
        Some(inside) => {
            let (number, after) = inside.split_once('）')?;
            (number, after.chars().next()?, after)
        }
        None => {
            let at = rest.find(|c| !is_chinese_digit(c))?;
            let (number, after) = rest.split_at(at);
            (number, after.chars().next()?, after)
        }
    };
    let level_index = LEVELS.iter().position(|&other| other == level)?;
    Some((positive(number)?, level_index, after.strip_prefix(level)?))
}

fn positive(text: &str) -> Option<u32> {
    parse_chinese_number(text).filter(|&number| number > 0)
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Clause>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

/// Chinese numbers for Arabic ones, `第` before every number of a level, `、` and `至` as connectors.
fn tidy(text: &str) -> String {
    let text = half_width(&without_spaces(text)).replace('(', "（").replace(')', "）").replace([',', ';'], "、");
    let mut result = String::with_capacity(text.len());
    let mut rest = text.trim_end_matches(['、', '。']);
    while let Some(c) = rest.chars().next() {
        let (digits, after) = split_digits(rest);
        if let Some(number) = super::text::whole_number(digits) {
            let level = after.starts_with(LEVELS);
            if level && !result.ends_with(['第', '之', '（']) {
                result.push('第');
            }
            result.push_str(&chinese_number(number));
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let range = is_dash(c) || matches!(c, '~' | '～' | '到');
        result.push(if range { '至' } else { c });
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Clause>(text), expected);
    }

    #[test]
    fn names_articles() {
        let check = |text: &str, expected: &[u32]| {
            let clause = Clause::parse(text).unwrap();
            assert_eq!((clause.articles().as_slice(), clause.as_str()), (expected, text));
        };
        check("第三十五条", &[35]);
        check("第四十二条第一款", &[42]);
        check("第三十三条第一款第一项至第四项", &[33]);
        check("第十七条之一", &[17]);
        check("第十七条之一第二款", &[17]);
        check("第三十五条、第四十一条", &[35, 41]);
        check("第二十八条至第三十一条", &[28, 29, 30, 31]);
        check("第二十八条至第三十条、第三十五条第二款和第三十六条", &[28, 29, 30, 35, 36]);
        check("第三十三条第一款、第二款", &[33]);
        check("第三十五条、第三十五条第二款", &[35]);
        check("第十七条至第十七条之三", &[17]);
        check("第十二条第（一）项", &[12]);
        check("第一千零五十二条", &[1052]);
    }

    #[test]
    fn caps_ranges() {
        assert_eq!(Clause::parse("第一条至第九千九百九十九条").unwrap().articles().len(), 300);
    }

    #[test]
    fn suggests_chinese_numbers() {
        check("第35条", "! `第35条` 用了阿拉伯数字 → 第三十五条");
        check("35条", "! `35条` 用了阿拉伯数字 → 第三十五条");
        check("第４２条第１款", "! `第４２条第１款` 不是条款的写法 → 第四十二条第一款");
        check("第17条之1", "! `第17条之1` 用了阿拉伯数字 → 第十七条之一");
        check("第28条-第31条", "! `第28条-第31条` 用了阿拉伯数字 → 第二十八条至第三十一条");
        check("第三十五条，第四十一条", "! `，第四十一条` 不是条款的写法 → 第三十五条、第四十一条");
        check("第十二条第(1)项", "! `第(1)项` 用了阿拉伯数字 → 第十二条第（一）项");
    }

    #[test]
    fn refuses_the_rest() {
        check("第二五条", "! `第二五条` 不是条款的写法");
        check("第零条", "! `第零条` 不是条款的写法");
        check("全文", "! `全文` 不是条款的写法");
        check("《食品安全法》第三十五条", "! `《食品安全法》第三十五条` 带有法律名称，这里只写条款");
        check("第一款", "! `第一款` 不是从第几条开始的");
        check("第三十一条至第二十八条", "! `第三十一条至第二十八条` 的范围倒着写了");
        check("第三条第四项至第一项", "! `第三条第四项至第一项` 的范围倒着写了");
        check("第三条至第一项", "! `至第一项` 接不上前面的条款");
        check("第一条至第二条至第三条", "! `至第三条` 接不上前面的条款");
        check("第一条第二项第三款", "! `第三款` 的次序不对，应为条、款、项、目");
        check("第三十五条、", "! `第三十五条、` 末尾多了 `、` → 第三十五条");
        check("第三十五条等", "! `等` 不是条款的写法");
    }
}
