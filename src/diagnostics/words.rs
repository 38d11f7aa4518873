//! Text in the two languages of every message.
//!
//! A message is written twice where it is made, side by side, so that neither
//! language can be forgotten. Which one is shown is decided when it is printed.

/// The language messages are printed in (`--lang`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese (中文), the default: editors are not programmers.
    #[default]
    Zh,
    /// English.
    En,
}

/// One text in Chinese and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The Chinese text.
    pub zh: String,
    /// The English text.
    pub en: String,
}

impl Words {
    /// Pairs a Chinese text with its English counterpart.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Words { zh: zh.into(), en: en.into() }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}
