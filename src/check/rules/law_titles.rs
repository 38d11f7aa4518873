//! CX03: one law is cited with one title.

use std::collections::{BTreeMap, HashMap};

use crate::check::texts::{self, Text};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::terms::LawStatus;
use crate::portal::{Law, Portal};
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

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

/// Endings of titles of laws and other rules.
const ENDINGS: [&str; 9] = ["法", "条例", "规定", "办法", "细则", "决定", "规则", "规程", "标准"];
/// Shorter titles are too alike to be compared.
const MIN_TITLE: usize = 5;

fn check(portal: &Portal, findings: &mut Findings) {
    let titles = titles(portal, findings);
    let mut verdicts: HashMap<String, Option<&Law>> = HashMap::new();
    let mut each = |text: Text<'_>| {
        for title in in_marks(text.text) {
            let law = match verdicts.get(title) {
                Some(verdict) => *verdict,
                None => {
                    let verdict = slip_of(title, &titles);
                    verdicts.insert(title.to_owned(), verdict);
                    verdict
                }
            };
            findings.extend(law.map(|law| slip(text, title, law)));
        }
    };
    for item in &portal.items {
        texts::of_item(portal, item, &mut each);
    }
    texts::of_others(portal, &mut each);
}

/// The titles of all laws in their plain form; two files with one title are found at once.
fn titles<'p>(portal: &'p Portal, findings: &mut Findings) -> BTreeMap<String, &'p Law> {
    let mut titles: BTreeMap<String, &Law> = BTreeMap::new();
    for law in &portal.laws {
        let path = FieldPath::root().key("名称");
        match titles.get(&plain(&law.facts.name)) {
            // A version that was repealed may be kept beside the one in force.
            Some(first) if is_repealed(first) == is_repealed(law) => {
                let place = Place { file: first.file, target: Target::Value(path.clone()) };
                let message = Words::new(
                    format!("`{}` 和 `{}` 是同一部法", law.facts.name, first.id),
                    format!("`{}` is the law `{}` once more", law.facts.name, first.id),
                );
                findings.push(
                    Finding::new(&CODE, law.file, Target::Value(path), message)
                        .related(place, Words::new("先写在这里", "first here"))
                        .allowed("一部法一个文件", "one file a law")
                        .repair(
                            format!("删掉一个文件，引用改成 `{}`", first.id),
                            format!("keep one and cite `{}`", first.id),
                        ),
                );
            }
            Some(_) => {}
            None => _ = titles.insert(plain(&law.facts.name), law),
        }
        if let Some(short) = &law.facts.short_name {
            titles.entry(plain(short)).or_insert(law);
        }
    }
    titles
}

fn is_repealed(law: &Law) -> bool {
    law.facts.status == LawStatus::Repealed
}

/// A title without the name of the state, the year of its version, and spaces.
fn plain(title: &str) -> String {
    let title = title.trim().trim_start_matches("中华人民共和国");
    let title = title.split(['（', '(']).next().filter(|head| !head.is_empty()).unwrap_or(title);
    title.chars().filter(|c| !c.is_whitespace()).collect()
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
fn slip_of<'p>(title: &str, titles: &BTreeMap<String, &'p Law>) -> Option<&'p Law> {
    let title = plain(title);
    if !ENDINGS.iter().any(|end| title.ends_with(end)) || titles.contains_key(&title) {
        return None;
    }
    let chars: Vec<char> = title.chars().collect();
    titles.iter().find(|(known, _)| is_near(&chars, known)).map(|(_, law)| *law)
}

/// Whether two titles differ by one character, or by one or two left out in the middle.
///
/// Among the national laws and regulations, of some 900 titles three pairs are that near.
fn is_near(title: &[char], known: &str) -> bool {
    let known: Vec<char> = known.chars().collect();
    let (short, long) = if title.len() <= known.len() { (title, known.as_slice()) } else { (known.as_slice(), title) };
    if short.len() < MIN_TITLE || long.len() - short.len() > 2 {
        return false;
    }
    let head = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = short.len() - head;
    let tail = short.iter().rev().zip(long.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (left, more) = (short.len() - head - tail, &long[head..long.len() - tail]);
    // A tax, a fee or a trial version makes another law of it.
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
        let near = |title: &str, known: &str| is_near(&title.chars().collect::<Vec<_>>(), known);
        assert!(near("机动车登记管理规定", "机动车登记规定"));
        assert!(near("户口登记条列", "户口登记条例") || near("户口登纪条例", "户口登记条例"));
        assert!(near("军人优待条例", "军人抚恤优待条例"));
        assert!(!near("食品生产许可管理办法", "食品经营许可管理办法"));
        assert!(!near("海洋环境保护法", "环境保护法"));
        assert!(!near("环境保护税法", "环境保护法"));
        assert!(!near("失业保险条例", "工伤保险条例"));
        assert!(!near("劳动合同法", "劳动法"));
        assert!(!near("食品安全法实施条例", "食品安全法"));
    }
}
