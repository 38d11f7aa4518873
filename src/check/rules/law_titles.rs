//! CX03: one law is cited with one title.

use std::collections::HashMap;
use std::sync::Arc;

use crate::check::texts::{self, Text};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::terms::LawStatus;
use crate::portal::{Item, Law, Portal};
use crate::source::FieldPath;

/// CX03.
static CODE: Code = Code {
    id: "CX03",
    name: "law-two-titles",
    severity: Severity::Warning,
    title_zh: "同一部法写了两个名称",
    title_en: "one law with two titles",
    explain_zh: "一部法律法规在 laws 文件夹里只有一个文件；文中用书名号提到它，名称要和那个文件的名称或者简称一致，“中华人民共和国”可以省略。\
        差一两个字的，多半是写错了：机动车登记管理规定应是机动车登记规定。",
    explain_en: "A law has one file in laws/, and texts that name it in 《》 use its title or short title; 中华人民共和国 may be left \
        out. A title that differs by a character or two is probably a slip.",
};

/// The rule for the laws among themselves.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check_laws) };
/// The rule for the texts of items.
pub(super) const ITEMS: Rule = Rule { codes: &[], check: Check::Items(check_items) };
/// The rule for all other texts.
pub(super) const OTHERS: Rule = Rule { codes: &[], check: Check::Portal(check_others) };

/// Endings of titles of laws and other rules.
const ENDINGS: [&str; 9] = ["法", "条例", "规定", "办法", "细则", "决定", "规则", "规程", "标准"];
/// Shorter titles are too alike to be compared.
const MIN_TITLE: usize = 5;

fn check_items(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        texts::of_item(item, &mut |text| look(portal, text, findings));
    }
}

fn check_others(portal: &Portal, findings: &mut Findings) {
    texts::of_others(portal, &mut |text| look(portal, text, findings));
}

fn look(portal: &Portal, text: Text<'_>, findings: &mut Findings) {
    for title in in_marks(text.text) {
        findings.extend(slip_of(title, &portal.laws).map(|law| slip(text, title, law)));
    }
}

/// Two files with one title.
fn check_laws(portal: &Portal, findings: &mut Findings) {
    let mut titles: HashMap<&str, &Law> = HashMap::new();
    for law in &portal.laws {
        let Some(first) = titles.get(plain(&law.facts.name)).copied() else {
            titles.insert(plain(&law.facts.name), law);
            continue;
        };
        // A version that was repealed may be kept beside the one in force.
        if is_repealed(first) != is_repealed(law) {
            continue;
        }
        let path = FieldPath::root().key("名称");
        let place = Place { file: first.file, target: Target::Value(path.clone()) };
        let message = Words::new(
            format!("`{}` 和 `{}` 是同一部法", law.facts.name, first.id),
            format!("`{}` is the law `{}` once more", law.facts.name, first.id),
        );
        findings.push(
            Finding::new(&CODE, law.file, Target::Value(path), message)
                .related(place, Words::new("先写在这里", "first here"))
                .allowed("一部法一个文件", "one file a law")
                .repair(format!("删掉一个文件，引用改成 `{}`", first.id), format!("keep one and cite `{}`", first.id)),
        );
    }
}

fn is_repealed(law: &Law) -> bool {
    law.facts.status == LawStatus::Repealed
}

/// A title without the name of the state and the year of its version.
fn plain(title: &str) -> &str {
    let title = title.trim().trim_start_matches("中华人民共和国");
    title.split(['（', '(']).next().filter(|head| !head.is_empty()).unwrap_or(title).trim_end()
}

/// What stands in 《》, without titles inside titles.
fn in_marks(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('《').filter_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let end = rest.find(['《', '》'])?;
        rest[end..].starts_with('》').then_some(&rest[..end])
    })
}

/// The law whose title was meant, if a title is nearly and not quite that of one.
fn slip_of<'p>(title: &str, laws: &'p [Law]) -> Option<&'p Law> {
    let title = plain(title);
    if !ENDINGS.iter().any(|end| title.ends_with(end)) {
        return None;
    }
    let mut nearest = None;
    for law in laws {
        for known in std::iter::once(&law.facts.name).chain(&law.facts.short_name) {
            let known = plain(known);
            if known == title {
                return None;
            }
            if nearest.is_none() && is_near(title, known) {
                nearest = Some(law);
            }
        }
    }
    nearest
}

/// Whether two titles differ by one character, or by one or two left out in the middle.
///
/// Among the national laws and regulations, of some 900 titles three pairs are that near.
fn is_near(title: &str, known: &str) -> bool {
    // Most pairs part at the first character.
    if title.chars().next() != known.chars().next() || title.len().abs_diff(known.len()) > 8 {
        return false;
    }
    let (title, known): (Vec<char>, Vec<char>) = (title.chars().collect(), known.chars().collect());
    let (short, long) = if title.len() <= known.len() { (title, known) } else { (known, title) };
    if short.len() < MIN_TITLE {
        return false;
    }
    let head = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let rest = short.len() - head;
    let tail = short.iter().rev().zip(long.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (left, more) = (short.len() - head - tail, &long[head..long.len() - tail]);
    // A tax or a fee makes another law of it.
    let another = more.iter().any(|c| "税费".contains(*c));
    head >= 2 && tail >= 1 && !another && matches!((left, more.len()), (0, 1 | 2) | (1, 1))
}

fn slip(text: Text<'_>, title: &str, law: &Law) -> Finding {
    let name = &law.facts.name;
    let message = Words::new(
        format!("`《{title}》` 和 laws 里的《{name}》差一点"),
        format!("`《{title}》` is nearly 《{name}》 of laws/"),
    );
    let place = Place { file: law.file, target: Target::Value(FieldPath::root().key("名称")) };
    Finding::new(&CODE, text.file, text.part(&format!("《{title}》")), message)
        .related(place, Words::new("这部法的名称", "the title of the law"))
        .allowed(format!("《{name}》"), format!("《{name}》"))
        .repair(
            format!("改成《{name}》；确实是另一部法的，在 laws 文件夹里建它的文件"),
            format!("write 《{name}》; if another law is meant, give it a file in laws/"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_from_marks() {
        let found: Vec<&str> = in_marks("照《甲法》和《关于〈乙〉的规定》，《丙《丁法》戊").collect();
        assert_eq!(found, ["甲法", "关于〈乙〉的规定", "丁法"]);
        assert_eq!(plain("中华人民共和国食品安全法（2021年修正）"), "食品安全法");
    }

    #[test]
    fn slips_are_told_from_other_laws() {
        assert!(is_near("机动车登记管理规定", "机动车登记规定"));
        assert!(is_near("户口登纪条例", "户口登记条例"));
        assert!(is_near("军人优待条例", "军人抚恤优待条例"));
        assert!(!is_near("食品生产许可管理办法", "食品经营许可管理办法"));
        assert!(!is_near("海洋环境保护法", "环境保护法"));
        assert!(!is_near("环境保护税法", "环境保护法"));
        assert!(!is_near("失业保险条例", "工伤保险条例"));
        assert!(!is_near("劳动合同法", "劳动法"));
        assert!(!is_near("食品安全法实施条例", "食品安全法"));
    }
}
