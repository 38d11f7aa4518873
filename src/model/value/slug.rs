//! Slugs (短名): the names of folders that become addresses.

use std::fmt;

use super::text::{half_width, shortened};
use super::{Value, ValueError, strict_or_suggest};

/// The longest slug, in characters.
const LONGEST: usize = 64;

/// A name in an address (短名): lower-case letters and digits, parts joined by single hyphens, at most 64 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Value for Slug {
    const FORMAT: &'static str = "slug";
    const TITLE: &'static str = "短名";
    const ALLOWED: (&'static str, &'static str) = (
        "小写字母和数字，词之间用一个 `-`，最多 64 个字符：`food-business-licence`",
        "lower-case letters and digits, words joined by one `-`, at most 64 characters: `food-business-licence`",
    );
    const EXAMPLES: &'static [&'static str] = &["food-business-licence", "scjgj", "2026-notice"];
    const PATTERN: &'static str = r"(?![a-z0-9-]{65})[a-z0-9]+(?:-[a-z0-9]+)*";

    fn parse(text: &str) -> Result<Self, ValueError> {
        strict_or_suggest(text, strict, tidy)
    }
}

fn strict(text: &str) -> Result<Slug, ValueError> {
    let odd = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'));
    if let Some(odd) = odd {
        let odd = shortened(&odd.to_string());
        return Err(error(text, &format!("里有 `{odd}`"), &format!("contains `{odd}`")));
    }
    if text.is_empty() || text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        return Err(error(text, "的 `-` 不在两个词之间", "has a `-` that does not stand between two words"));
    }
    if text.len() > LONGEST {
        let length = text.len();
        return Err(error(text, &format!("有 {length} 个字符"), &format!("has {length} characters")));
    }
    Ok(Slug(text.to_owned()))
}

fn error(text: &str, zh: &str, en: &str) -> ValueError {
    let text = shortened(text);
    ValueError::new::<Slug>(format!("`{text}` {zh}"), format!("`{text}` {en}"))
}

fn tidy(text: &str) -> String {
    let text = half_width(text).to_ascii_lowercase();
    let between = |c: char| c.is_whitespace() || c == '_' || c == '.' || super::text::is_dash(c);
    text.split(between).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcome;
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(outcome::<Slug>(text), expected);
    }

    #[test]
    fn reads_slugs() {
        check("Food_Business Licence", "! `Food_Business Licence` 里有 `F` → food-business-licence");
        check("a--b", "! `a--b` 的 `-` 不在两个词之间 → a-b");
        check("-", "! `-` 的 `-` 不在两个词之间");
        check("食品", "! `食品` 里有 `食`");
        check("a/../b", "! `a/../b` 里有 `/`");
        check(&"a".repeat(64), &format!("= {}", "a".repeat(64)));
        check(&"a".repeat(65), &format!("! `{}…` 有 65 个字符", "a".repeat(40)));
    }
}
