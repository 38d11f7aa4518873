//! Laws and regulations that have been repealed: those the portal says so of, and a list that comes with the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::terms::LawStatus;
use crate::portal::Portal;

/// The list: title, day, what stands in its place.
const LIST: &str = include_str!("data/repealed-laws.txt");

/// A law or regulation that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repealed {
    /// What stands in its place, if that is known.
    pub replaced_by: Option<String>,
}

/// One line of the list.
#[derive(Debug)]
struct Entry {
    since: Option<Date>,
    replaced_by: Option<&'static str>,
}

static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(|| {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &'static str| {
        let mut parts = line.split('|');
        let title = parts.next()?;
        let since = parts.next().and_then(|day| day.parse().ok());
        Some((title, Entry { since, replaced_by: parts.next().filter(|name| !name.is_empty()) }))
    };
    lines.filter_map(entry).collect()
});

/// A title without 中华人民共和国 before it and without what stands in brackets behind it.
pub(crate) fn bare(title: &str) -> &str {
    let title = title.trim().strip_prefix("中华人民共和国").unwrap_or(title.trim());
    title.split(['（', '(']).next().unwrap_or(title).trim()
}

/// Whether the law with this title has been repealed by the day of the portal.
///
/// What the portal's own file of the law says goes before the list.
pub(crate) fn repealed(portal: &Portal, title: &str) -> Option<Repealed> {
    let title = bare(title);
    let is_named = |law: &&crate::portal::Law| {
        bare(&law.facts.name) == title || law.facts.short_name.as_deref().is_some_and(|short| bare(short) == title)
    };
    if let Some(law) = portal.laws.iter().find(is_named) {
        if law.facts.status != LawStatus::Repealed {
            return None;
        }
        let names: Vec<String> =
            law.replaced_by.iter().map(|id| format!("《{}》", portal.law(*id).facts.name)).collect();
        return Some(Repealed { replaced_by: (!names.is_empty()).then(|| names.join("、")) });
    }
    let entry = ENTRIES.get(title)?;
    let is_over = entry.since.is_none_or(|since| since <= portal.as_of);
    is_over.then(|| Repealed { replaced_by: entry.replaced_by.map(|name| format!("《{name}》")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_read() {
        assert!(ENTRIES.len() > 150);
        for (title, entry) in ENTRIES.iter() {
            assert_eq!(*title, bare(title));
            assert!(entry.since.is_none_or(|since| since.year() >= 1980), "{title}");
            let is_repealed = entry.replaced_by.is_some_and(|name| ENTRIES.contains_key(bare(name)));
            assert!(!is_repealed, "{title} is replaced by something repealed");
        }
        assert_eq!(ENTRIES["婚姻法"].since, Some(jiff::civil::date(2021, 1, 1)));
        assert_eq!(ENTRIES["婚姻法"].replaced_by, Some("中华人民共和国民法典"));
    }
}
