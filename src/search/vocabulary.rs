//! The words citizens say for what official names say otherwise: the built-in list, and `synonyms.yaml` over it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::text::{Preparer, data_lines};

/// Everyday words and the words of official names, for any portal.
const WORDS: &str = include_str!("data/words.txt");
/// What people put around the thing they look for.
const NOISE: &str = include_str!("data/noise.txt");

/// One line: any of `formal` in a name makes all of `said` words of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The words of citizens (口语).
    pub said: Vec<String>,
    /// The words of official names; each may be several that must all occur.
    pub formal: Vec<Vec<String>>,
}

/// Everyday words, looked up by the official ones.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    sayings: Vec<Saying>,
    /// First part of a formal word → the sayings it begins.
    by_formal: HashMap<String, Vec<(usize, usize)>>,
    /// The characters that formal words begin with.
    firsts: HashSet<char>,
    /// The most characters a formal word has.
    longest: usize,
}

impl Vocabulary {
    /// The built-in words and those of the portal. In a `group` every word stands for the others.
    pub fn new(preparer: &Preparer, portal: Vec<Saying>, groups: &[Vec<String>]) -> Self {
        let mut sayings: Vec<Saying> = data_lines(WORDS).filter_map(saying).chain(portal).collect();
        for group in groups {
            sayings.push(Saying { said: group.clone(), formal: group.iter().map(|word| vec![word.clone()]).collect() });
        }
        let (by_formal, firsts) = (HashMap::new(), HashSet::new());
        let mut vocabulary = Vocabulary { sayings: Vec::new(), by_formal, firsts, longest: 0 };
        for mut one in sayings {
            one.said = one.said.iter().map(|word| preparer.key(word)).filter(|word| !word.is_empty()).collect();
            for parts in &mut one.formal {
                *parts = parts.iter().map(|part| preparer.key(part)).filter(|part| !part.is_empty()).collect();
            }
            one.formal.retain(|parts| !parts.is_empty());
            let place = vocabulary.sayings.len();
            for (i, parts) in one.formal.iter().enumerate() {
                vocabulary.longest = vocabulary.longest.max(parts[0].chars().count());
                vocabulary.firsts.extend(parts[0].chars().next());
                vocabulary.by_formal.entry(parts[0].clone()).or_default().push((place, i));
            }
            vocabulary.sayings.push(one);
        }
        vocabulary
    }

    /// Every word people say.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.sayings.iter().flat_map(|saying| &saying.said).map(String::as_str)
    }

    /// The words people say for something with this name (prepared by [`Preparer::key`]).
    pub fn said_of(&self, name: &str) -> BTreeSet<&str> {
        let mut out = BTreeSet::new();
        let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
        for (i, &from) in ends.iter().enumerate() {
            if !name[from..].starts_with(|first| self.firsts.contains(&first)) {
                continue;
            }
            for &to in ends.iter().skip(i + 1).take(self.longest) {
                for &(place, formal) in self.by_formal.get(&name[from..to]).into_iter().flatten() {
                    let saying = &self.sayings[place];
                    if saying.formal[formal].iter().all(|part| name.contains(part.as_str())) {
                        out.extend(saying.said.iter().map(String::as_str));
                    }
                }
            }
        }
        out.retain(|word| !name.contains(word));
        out
    }
}

fn saying(line: &str) -> Option<Saying> {
    let (said, formal) = line.split_once('>')?;
    let formal = formal.split_whitespace().map(|one| one.split('+').map(str::to_owned).collect()).collect();
    Some(Saying { said: said.split_whitespace().map(str::to_owned).collect(), formal })
}

/// What people put around the thing they look for.
#[derive(Debug, Clone)]
pub struct Noise {
    /// Phrases that are left out.
    pub phrases: BTreeSet<String>,
    /// Single characters that hardly count.
    pub characters: BTreeSet<String>,
    /// The most units a phrase has.
    pub longest: usize,
    letters: BTreeSet<char>,
}

impl Noise {
    /// Reads the built-in list.
    pub fn new(preparer: &Preparer) -> Self {
        let (phrases, characters, letters) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut noise = Noise { phrases, characters, longest: 0, letters };
        for word in data_lines(NOISE).flat_map(str::split_whitespace) {
            let units = preparer.units(word);
            let key: String = units.iter().map(|unit| unit.text.as_str()).collect();
            noise.letters.extend(key.chars());
            if units.len() == 1 {
                noise.characters.insert(key);
            } else {
                noise.longest = noise.longest.max(units.len());
                noise.phrases.insert(key);
            }
        }
        noise
    }

    /// Whether a character stands in any of it.
    pub fn has(&self, c: char) -> bool {
        self.letters.contains(&c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let portal = vec![
            saying("饭店 馆子 > 食品经营 餐饮").expect("a line"),
            saying("取公积金 > 住房公积金+提取").expect("a line"),
        ];
        Vocabulary::new(&Preparer::new(), portal, &[vec!["老人".to_owned(), "长者".to_owned()]])
    }

    #[test]
    fn formal_words_bring_everyday_ones() {
        let vocabulary = vocabulary();
        let has = |name: &str, word: &str| vocabulary.said_of(name).contains(word);
        assert!(has("食品经营许可", "馆子"));
        assert!(!has("食品生产许可", "馆子"));
        assert!(has("租房提取住房公积金", "取公积金"), "both parts, in any order");
        assert!(!has("住房公积金贷款", "取公积金"));
        assert!(has("长者饭堂", "老人") && has("老人优待", "长者"));
        assert!(!has("老人优待", "老人"), "what the name says already");
    }

    #[test]
    fn the_built_in_list_is_well_formed() {
        for (number, line) in data_lines(WORDS).enumerate() {
            let saying = saying(line).unwrap_or_else(|| panic!("line {number} has no >: {line}"));
            assert!(!saying.said.is_empty() && !saying.formal.is_empty(), "line {number} is empty on a side: {line}");
            for word in &saying.said {
                let inside = saying.formal.iter().flatten().any(|part| part.contains(word.as_str()));
                assert!(!inside || saying.formal.len() > 1, "{word} stands in its own formal word: {line}");
            }
        }
    }
}
