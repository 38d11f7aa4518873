//! Pinyin (拼音): how names sound, for those who type the sound, its first letters, or another character of the same sound.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pinyin::ToPinyin;

use super::text::data_lines;

/// Readings that the dictionary of single characters does not know.
const READINGS: &str = include_str!("data/readings.txt");
/// The characters of which the browser knows the sound, besides those of the index.
const COMMON: &str = include_str!("data/common.txt");

/// The sounds of characters and words.
#[derive(Debug, Clone)]
pub struct Sounds {
    /// Characters with several readings.
    characters: HashMap<char, Vec<&'static str>>,
    /// Words whose characters are read in one way.
    words: HashMap<&'static str, Vec<&'static str>>,
}

impl Sounds {
    /// Reads the tables of readings.
    pub fn new() -> Self {
        let mut sounds = Sounds { characters: HashMap::new(), words: HashMap::new() };
        for line in data_lines(READINGS) {
            let mut parts = line.split(' ');
            let Some(word) = parts.next() else { continue };
            let mut characters = word.chars();
            match (characters.next(), characters.next()) {
                (Some(only), None) => {
                    sounds.characters.insert(only, parts.collect());
                }
                _ => {
                    sounds.words.insert(word, parts.collect());
                }
            }
        }
        sounds
    }

    /// Every common reading of a character, the usual one first; none if it is not Chinese.
    pub fn readings(&self, c: char) -> Vec<&'static str> {
        match self.characters.get(&c) {
            Some(readings) => readings.clone(),
            None => c.to_pinyin().map(|one| plain(one.plain())).into_iter().collect(),
        }
    }

    /// The readings of each character of a text, only one where the word decides; empty for what is not Chinese.
    pub fn read_all(&self, text: &str) -> Vec<Vec<&'static str>> {
        let mut out: Vec<Vec<&'static str>> = text.chars().map(|c| self.readings(c)).collect();
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
        for length in [2, 3] {
            for (at, ends) in places.windows(length + 1).enumerate() {
                if let Some(readings) = self.words.get(&text[ends[0]..ends[length]]) {
                    out[at..at + length].iter_mut().zip(readings).for_each(|(slot, reading)| *slot = vec![reading]);
                }
            }
        }
        out
    }

    /// The usual reading of each character of a text; none for what is not Chinese.
    pub fn read(&self, text: &str) -> Vec<Option<&'static str>> {
        self.read_all(text).into_iter().map(|readings| readings.first().copied()).collect()
    }
}

impl Default for Sounds {
    fn default() -> Self {
        Self::new()
    }
}

/// `lü` is typed `lv`.
fn plain(syllable: &'static str) -> &'static str {
    match syllable {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        other => other,
    }
}

/// The form in which sounds are compared: zh, ch, sh as z, c, s; ang, eng, ing as an, en, in; ü as u.
pub fn canonical(syllable: &str) -> String {
    let mut out = String::with_capacity(syllable.len());
    let mut letters = syllable.chars();
    if let Some(first) = letters.next() {
        out.push(first);
        let rest = letters.as_str();
        out.push_str(if matches!(first, 'z' | 'c' | 's') { rest.strip_prefix('h').unwrap_or(rest) } else { rest });
    }
    if ["ang", "eng", "ing"].iter().any(|ending| out.ends_with(ending)) {
        out.pop();
    }
    out.replace('v', "u")
}

/// The characters of the most used kind.
pub(super) fn common() -> impl Iterator<Item = char> {
    data_lines(COMMON).flat_map(str::chars)
}

/// Every syllable that common characters have, as typed.
pub fn syllables(sounds: &Sounds) -> BTreeSet<&'static str> {
    common().flat_map(|c| sounds.readings(c)).collect()
}

/// Characters by the compared form of their sound, those of `further` too.
pub(super) fn by_sound(sounds: &Sounds, further: impl Iterator<Item = char>) -> BTreeMap<String, BTreeSet<char>> {
    let mut table: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for c in common().chain(further) {
        for reading in sounds.readings(c) {
            table.entry(canonical(reading)).or_default().insert(c);
        }
    }
    table
}

/// The ways to cut letters into the fewest syllables, at most two of them. A last syllable may be unfinished
/// (`yingyezhiz`); it is left out then. A word of very many letters is not cut: that would take memory without end.
pub fn cut_syllables(letters: &str, known: &BTreeSet<&str>) -> Vec<Vec<String>> {
    const LONGEST: usize = 6;
    const LONGEST_WORD: usize = 100;
    if !letters.is_ascii() || letters.is_empty() || letters.len() > LONGEST_WORD {
        return Vec::new();
    }
    // best[i]: the ways to cut the first i letters, with the fewest syllables.
    let mut best: Vec<Vec<Vec<&str>>> = vec![Vec::new(); letters.len() + 1];
    best[0].push(Vec::new());
    for end in 1..=letters.len() {
        let mut ways: Vec<Vec<&str>> = Vec::new();
        for start in end.saturating_sub(LONGEST)..end {
            let syllable = &letters[start..end];
            if !known.contains(syllable) {
                continue;
            }
            for way in &best[start] {
                let mut way = way.clone();
                way.push(syllable);
                ways.push(way);
            }
        }
        let fewest = ways.iter().map(Vec::len).min().unwrap_or(0);
        ways.retain(|way| way.len() == fewest);
        ways.truncate(2);
        best[end] = ways;
    }
    let whole = &best[letters.len()];
    if !whole.is_empty() {
        return whole.iter().map(|way| way.iter().map(|s| (*s).to_owned()).collect()).collect();
    }
    let begun = |rest: &str| known.range(rest..).next().is_some_and(|syllable| syllable.starts_with(rest));
    (letters.len().saturating_sub(LONGEST)..letters.len())
        .find(|&cut| cut > 0 && !best[cut].is_empty() && begun(&letters[cut..]))
        .map(|cut| best[cut].iter().map(|way| way.iter().map(|s| (*s).to_owned()).collect()).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_people_say_them() {
        let sounds = Sounds::new();
        let read = |text: &str| sounds.read(text).into_iter().flatten().collect::<Vec<_>>().join(" ");
        assert_eq!(read("重庆银行会计"), "chong qing yin hang kuai ji");
        assert_eq!(read("调整重点行业"), "tiao zheng zhong dian hang ye");
        assert_eq!(read("厦门律师"), "xia men lv shi");
        assert_eq!(read("中国A股"), "zhong guo gu");
        assert_eq!(sounds.readings('行'), ["xing", "hang"]);
        assert!(sounds.readings('a').is_empty());
    }

    #[test]
    fn like_sounds_are_one() {
        let forms: Vec<String> = ["zhang", "zan", "cheng", "ying", "lv", "shi", "gong"].map(canonical).into();
        assert_eq!(forms, ["zan", "zan", "cen", "yin", "lu", "si", "gong"]);
    }

    #[test]
    fn letters_are_cut_into_syllables() {
        let sounds = Sounds::new();
        let known = syllables(&sounds);
        let cut = |letters: &str| {
            cut_syllables(letters, &known).iter().map(|way| way.join(" ")).collect::<Vec<_>>().join(" / ")
        };
        assert_eq!(cut("yingyezhizhao"), "ying ye zhi zhao");
        assert_eq!(cut("fangan"), "fan gan / fang an");
        assert_eq!(cut("yingyezhiz"), "ying ye zhi");
        assert_eq!(cut("lvshi"), "lv shi");
        assert_eq!(cut("sfz"), "");
        assert_eq!(cut("ktv"), "");
        assert_eq!(cut("huzhao"), "hu zhao");
    }
}
