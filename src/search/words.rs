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
}
