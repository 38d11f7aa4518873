//! Many phrases looked for in one pass over a text.
//!
//! At each place the longest phrase counts, and the search goes on behind it.
//! So a phrase that must not be found in some word is kept apart by that word
//! being a phrase itself: with `一般` and `一般纳税人`, only the second is found
//! in 一般纳税人.

/// Phrases of one or more characters.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// Sorted by first character, then the longer first.
    sorted: Vec<(&'static str, usize)>,
    /// One bit for the low bits of each first character, so that most characters are passed at once.
    starts: Box<[u64; 1024]>,
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The byte at which it begins.
    pub at: usize,
    /// Which phrase, by its place in the list that was given.
    pub which: usize,
    /// The byte after it.
    pub end: usize,
}

impl Phrases {
    /// Makes a search for these phrases.
    pub(crate) fn new<'l>(phrases: impl IntoIterator<Item = &'l &'static str>) -> Self {
        let mut sorted: Vec<(&'static str, usize)> =
            phrases.into_iter().enumerate().map(|(which, phrase)| (*phrase, which)).collect();
        sorted.retain(|(phrase, _)| !phrase.is_empty());
        sorted.sort_by(|a, b| (first(a.0), b.0.len(), a.1).cmp(&(first(b.0), a.0.len(), b.1)));
        let mut starts = Box::new([0; 1024]);
        for (phrase, _) in &sorted {
            let (word, bit) = slot(first(phrase));
            starts[word] |= bit;
        }
        Phrases { sorted, starts }
    }

    /// The phrases of a text, from left to right.
    pub(crate) fn hits<'s, 't: 's>(&'s self, text: &'t str) -> impl Iterator<Item = Hit> + 's {
        let mut free = 0;
        text.char_indices().filter_map(move |(at, c)| {
            let (word, bit) = slot(c);
            if at < free || self.starts[word] & bit == 0 {
                return None;
            }
            let from = self.sorted.partition_point(|(phrase, _)| first(phrase) < c);
            let (phrase, which) = self.sorted[from..]
                .iter()
                .take_while(|(phrase, _)| first(phrase) == c)
                .find(|(phrase, _)| text[at..].starts_with(phrase))?;
            free = at + phrase.len();
            Some(Hit { at, which: *which, end: free })
        })
    }
}

fn first(phrase: &str) -> char {
    phrase.chars().next().unwrap_or('\0')
}

/// The word and bit of a character's low sixteen bits.
fn slot(c: char) -> (usize, u64) {
    let low = c as usize & 0xffff;
    (low >> 6, 1 << (low & 63))
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn the_longest_phrase_counts_and_hides_what_is_in_it() {
        let phrases = Phrases::new(&["及时", "涉及时", "一般", "一般纳税人", "", "a"]);
        let found = |text: &str| -> Vec<String> {
            phrases.hits(text).map(|hit| format!("{} {}", hit.which, &text[hit.at..hit.end])).collect()
        };
        assert_eq!(found("一般情况及时办"), ["2 一般", "0 及时"]);
        assert_eq!(found("一般纳税人涉及时间a及"), ["3 一般纳税人", "1 涉及时", "5 a"]);
        assert!(found("").is_empty() && found("纳税人").is_empty());
    }
}
