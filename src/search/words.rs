//! Words of running text: the only user of the segmenter.

use jieba_rs::Jieba;

/// Cuts text into words, loaded once (some 0.1 s).
#[derive(Debug)]
pub struct Segmenter(Jieba);

impl Segmenter {
    /// Loads the dictionary.
    #[allow(clippy::new_without_default, reason = "it takes time")]
    pub fn new() -> Self {
        Segmenter(Jieba::new())
    }

    /// The words of a text and the shorter words in them: where each begins and ends, in characters.
    pub fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        self.0.cut_for_search(text, true).into_iter().map(|word| (word.start, word.end)).collect()
    }

    /// The words of a text one after the other, a compound as its parts (社会保险: 社会, 保险), in characters.
    pub fn words(&self, text: &str) -> Vec<(usize, usize)> {
        Self::words_of(&self.spans(text))
    }

    /// The words of a text whose [`spans`](Self::spans) these are.
    pub(super) fn words_of(spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut words = Vec::new();
        let mut inner: Vec<(usize, usize)> = Vec::new();
        for (n, &(from, to)) in spans.iter().enumerate() {
            if spans[n + 1..].iter().any(|&(other_from, other_to)| other_from <= from && to <= other_to) {
                inner.push((from, to));
                continue;
            }
            let mut at = from;
            let mut parts = Vec::new();
            while let Some(&part) = inner.iter().filter(|part| part.0 == at && part.1 <= to).max_by_key(|part| part.1) {
                parts.push(part);
                at = part.1;
            }
            if at == to && parts.len() > 1 {
                words.append(&mut parts);
            } else {
                words.push((from, to));
            }
            inner.clear();
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_their_parts() {
        let segmenter = Segmenter::new();
        let words = |text: &str| {
            let letters: Vec<char> = text.chars().collect();
            let words =
                segmenter.words(text).into_iter().map(|(from, to)| letters[from..to].iter().collect::<String>());
            words.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words("法律援助申请"), "法律 援助 申请");
        assert_eq!(words("社会保险登记"), "社会 保险 登记");
        assert_eq!(words("食品经营许可"), "食品 经营 许可");
    }
}
