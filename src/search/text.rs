//! Text as search sees it: the same letters for the same words, whoever wrote them.
//!
//! The browser prepares questions with the same steps (`client/10-text.js`);
//! the vectors in `tests/search/vectors.json` hold both to it.

use unicode_normalization::UnicodeNormalization;

/// The table of Traditional characters, as pairs.
const TRADITIONAL: &str = include_str!("data/traditional.txt");

/// What a unit is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// One Chinese character.
    Han,
    /// Letters that stand together.
    Letters,
    /// Digits that stand together.
    Digits,
}

/// The smallest piece of text: a Chinese character, a word of letters, a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The prepared text.
    pub text: String,
    /// What it is made of.
    pub kind: UnitKind,
    /// Units of one run follow each other without anything between them.
    pub run: usize,
    /// Where it begins in the given text, in characters.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// A unit without a text of its own: where it is among the prepared letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) kind: UnitKind,
    pub(super) run: usize,
    /// Where it begins and ends in the given text, in characters.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where it begins and ends in the prepared letters.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The first character of the block that holds nearly all Chinese ones, and how many it has.
const BLOCK: u32 = 0x4e00;
const BLOCK_SIZE: usize = 0x9fff - 0x4e00 + 1;

/// Cuts text into units.
#[derive(Debug, Clone)]
pub struct Preparer {
    /// Traditional → Simplified, sorted.
    simplified: Vec<(char, char)>,
    /// The same by position in the block; the character itself where there is nothing to simplify.
    block: Vec<char>,
}

impl Preparer {
    /// Reads the table of Traditional characters.
    pub fn new() -> Self {
        let simplified = data_lines(TRADITIONAL).flat_map(str::split_whitespace).filter_map(|pair| {
            let mut pair = pair.chars();
            Some((pair.next()?, pair.next()?))
        });
        Self::of(simplified.collect())
    }

    fn of(mut simplified: Vec<(char, char)>) -> Self {
        simplified.sort_unstable();
        let mut block: Vec<char> = (BLOCK..).take(BLOCK_SIZE).filter_map(char::from_u32).collect();
        for &(traditional, simple) in &simplified {
            if let Some(slot) = in_block(traditional).and_then(|place| block.get_mut(place)) {
                *slot = simple;
            }
        }
        Preparer { simplified, block }
    }

    /// The same with fewer Traditional characters: those whose Simplified form is `kept`.
    pub fn restricted(&self, kept: impl Fn(char) -> bool) -> Self {
        Self::of(self.simplified.iter().copied().filter(|&(_, simple)| kept(simple)).collect())
    }

    /// The pairs of Traditional and Simplified characters.
    pub fn pairs(&self) -> &[(char, char)] {
        &self.simplified
    }

    /// The Simplified form of a character.
    pub fn simplify(&self, c: char) -> char {
        if let Some(place) = in_block(c) {
            return self.block[place];
        }
        match self.simplified.binary_search_by_key(&c, |pair| pair.0) {
            Ok(place) => self.simplified[place].1,
            Err(_) => c,
        }
    }

    /// The units of a text, in their order.
    pub fn units(&self, text: &str) -> Vec<Unit> {
        let (letters, spans) = self.spans(text);
        let unit = |span: &Span| Unit {
            text: letters[span.start..span.end].iter().collect(),
            kind: span.kind,
            run: span.run,
            from: span.from,
            to: span.to,
        };
        spans.iter().map(unit).collect()
    }

    /// The prepared letters of a text, and its units as places among them.
    pub(super) fn spans(&self, text: &str) -> (Vec<char>, Vec<Span>) {
        let letters = numerals(&self.letters(text));
        let mut spans: Vec<Span> = Vec::with_capacity(letters.len());
        let mut run = 0;
        let mut broken = false;
        // Which units have nothing but blanks before them.
        let mut spaced: Vec<bool> = Vec::with_capacity(letters.len());
        let mut blank = true;
        for (at, &(c, position)) in letters.iter().enumerate() {
            let Some(kind) = kind_of(c) else {
                broken = true;
                blank &= c == ' ';
                continue;
            };
            if broken && !spans.is_empty() {
                run += 1;
            }
            match spans.last_mut() {
                Some(last) if !broken && kind != UnitKind::Han && last.kind == kind => {
                    (last.to, last.end) = (position + 1, at + 1);
                }
                _ => {
                    spans.push(Span { kind, run, from: position, to: position + 1, start: at, end: at + 1 });
                    spaced.push(blank);
                }
            }
            (broken, blank) = (false, true);
        }
        join_spaced(&mut spans, &spaced);
        (letters.into_iter().map(|(c, _)| c).collect(), spans)
    }

    /// Each letter in its plain form with the place it came from.
    fn letters(&self, text: &str) -> Vec<(char, usize)> {
        let mut letters = Vec::with_capacity(text.len() / 3 + 1);
        for (position, c) in text.chars().enumerate() {
            if in_block(c).is_some() {
                letters.push((self.simplify(c), position));
                continue;
            }
            for n in std::iter::once(c).nfkc().filter(|&n| !is_invisible(n)) {
                letters.extend(n.to_lowercase().map(|low| (self.simplify(low), position)));
            }
        }
        letters
    }

    /// The units of a text as one string: two texts that look the same to search have the same key.
    pub fn key(&self, text: &str) -> String {
        self.units(text).into_iter().map(|unit| unit.text).collect()
    }
}

impl Default for Preparer {
    fn default() -> Self {
        Self::new()
    }
}

/// The lines of a data file that are not comments.
pub(super) fn data_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Signs that nobody sees and that come along when text is copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Characters with blanks between each two of them, `护 照`, are one run.
fn join_spaced(units: &mut [Span], spaced: &[bool]) {
    let runs: Vec<usize> = units.iter().map(|unit| unit.run).collect();
    let alone = |i: usize| {
        let with = |other: Option<usize>| other.and_then(|at| runs.get(at)).is_some_and(|&run| run == runs[i]);
        !with(i.checked_sub(1)) && !with(Some(i + 1))
    };
    let joined: Vec<bool> = (0..units.len())
        .map(|i| {
            let both = i > 0 && units[i].kind == UnitKind::Han && units[i - 1].kind == UnitKind::Han;
            both && spaced[i] && runs[i] != runs[i - 1] && alone(i) && alone(i - 1)
        })
        .collect();
    let mut gone = 0;
    for (unit, joined) in units.iter_mut().zip(joined) {
        gone += usize::from(joined);
        unit.run -= gone;
    }
}

/// The place of a character in the block of Chinese characters. What is in it has one form only.
fn in_block(c: char) -> Option<usize> {
    (c as u32).checked_sub(BLOCK).map(|place| place as usize).filter(|&place| place < BLOCK_SIZE)
}

fn kind_of(c: char) -> Option<UnitKind> {
    match c {
        '0'..='9' => Some(UnitKind::Digits),
        'a'..='z' => Some(UnitKind::Letters),
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Some(UnitKind::Han)
        }
        '\u{df}'..='\u{24f}' if !matches!(c, '×' | '÷') => Some(UnitKind::Letters),
        '\u{370}'..='\u{52f}' | '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}' => Some(UnitKind::Letters),
        _ => None,
    }
}

/// Writes Chinese numerals as digits: 第二类 and 2类, 八十岁 and 80岁 are the same.
fn numerals(letters: &[(char, usize)]) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(letters.len());
    for (i, &(c, position)) in letters.iter().enumerate() {
        if c != '十' {
            out.push((digit(c).unwrap_or(c), position));
            continue;
        }
        let before = i.checked_sub(1).is_some_and(|b| is_number(letters[b].0));
        let after = letters.get(i + 1).is_some_and(|a| is_number(a.0));
        match (before, after) {
            (true, true) => {}
            (true, false) => out.push(('0', position)),
            (false, true) => out.push(('1', position)),
            (false, false) => out.extend([('1', position), ('0', position)]),
        }
    }
    out
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some()
}

fn digit(c: char) -> Option<char> {
    Some(match c {
        '零' | '〇' => '0',
        '一' => '1',
        '二' | '两' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let units = Preparer::new().units(text);
        let mut out = String::new();
        for (i, unit) in units.iter().enumerate() {
            if i > 0 {
                out.push(if units[i - 1].run == unit.run { ' ' } else { '|' });
            }
            out.push_str(&unit.text);
        }
        out
    }

    #[test]
    fn same_words_are_the_same() {
        assert_eq!(cut("營業執照"), "营 业 执 照");
        assert_eq!(cut("ＫＴＶ经营许可"), "ktv 经 营 许 可");
        assert_eq!(cut("第二类医疗器械"), "第 2 类 医 疗 器 械");
        assert_eq!(cut("80岁、八十岁，二十五、十五、十"), "80 岁|80 岁|25|15|10");
        assert_eq!(cut("居民身份证 换领（到期）"), "居 民 身 份 证|换 领|到 期");
        assert_eq!(cut(" ①类 "), "1 类");
        assert_eq!(cut("护 照　办理"), "护 照|办 理");
        assert_eq!(cut("身 份、证 明"), "身 份|证 明");
        assert_eq!(cut("护\u{200b}照"), "护 照");
        assert_eq!(cut("、"), "");
    }

    #[test]
    fn units_know_where_they_stood() {
        let units = Preparer::new().units("第二十五条abc");
        let places: Vec<(&str, usize, usize)> = units.iter().map(|u| (u.text.as_str(), u.from, u.to)).collect();
        assert_eq!(places, [("第", 0, 1), ("25", 1, 4), ("条", 4, 5), ("abc", 5, 8)]);
    }
}
