//! Names in addresses, proposed by the sound of a Chinese name.

use crate::search::Sounds;

/// The longest name that is proposed; what may be typed is longer.
const LONGEST: usize = 48;

/// A slug for an item: `食品经营许可` becomes `shi-pin-jing-ying-xu-ke`.
pub fn item_slug(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for word in words(name) {
        if slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    free(or(slug, "item"), is_taken)
}

/// The name of a department's folder, from its first letters: `市场监管局` becomes `scjgj`.
pub fn department_id(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let letters: String = words(name).iter().filter_map(|word| word.chars().next()).take(LONGEST).collect();
    free(or(letters, "department"), is_taken)
}

/// The syllables of the Chinese characters, and words of Latin letters and digits as they are.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for (c, sound) in name.chars().zip(Sounds::new().read(name)) {
        match sound {
            Some(sound) => words.push(sound.to_owned()),
            None if c.is_ascii_alphanumeric() => match words.last_mut().filter(|_| joins) {
                Some(word) => word.push(c.to_ascii_lowercase()),
                None => words.push(c.to_ascii_lowercase().to_string()),
            },
            None => {}
        }
        joins = sound.is_none() && c.is_ascii_alphanumeric();
    }
    words
}

fn or(name: String, otherwise: &str) -> String {
    if name.is_empty() { otherwise.to_owned() } else { name }
}

/// The name itself, or with the first number that is free.
fn free(name: String, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(&name) {
        return name;
    }
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::{Slug, Value};

    fn check(name: &str, expected: &str) {
        let slug = item_slug(name, |_| false);
        assert_eq!(slug, expected);
        assert!(Slug::parse(&slug).is_ok(), "{slug}");
    }

    #[test]
    fn names_sound_as_people_say_them() {
        check("食品经营许可", "shi-pin-jing-ying-xu-ke");
        check("会计代理记账（A类）2026", "kuai-ji-dai-li-ji-zhang-a-lei-2026");
        check("绿化", "lv-hua");
        check("……", "item");
        check(&"装".repeat(80), &["zhuang"; 7].join("-"));
        assert_eq!(department_id("市场监管局", |_| false), "scjgj");
        assert_eq!(department_id("重庆路街道", |_| false), "cqljd");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        assert_eq!(item_slug("落户", |name| ["luo-hu", "luo-hu-2"].contains(&name)), "luo-hu-3");
    }
}
