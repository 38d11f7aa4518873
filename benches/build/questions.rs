//! Takes questions (情形引导) out of the text of an item, as if they were answered.
//!
//! Every question that goes is answered with its first answer. Materials, steps
//! and fees of other answers go with it; what holds for the answer holds always.
//! Only the manner the sample is written in is known: conditions in one line.

use std::collections::BTreeMap;

/// How much an item asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// All its questions.
    All,
    /// Its last question that is always asked and changes materials only, mostly who applies.
    One,
    /// Nothing.
    Nothing,
}

/// A question of an item.
struct Question<'a> {
    id: &'a str,
    lines: &'a [&'a str],
    answers: Vec<&'a str>,
    when: Option<Condition<'a>>,
}

/// What has to be answered: `{ business: [sell, deli], machine: [use] }`.
type Condition<'a> = Vec<(&'a str, Vec<&'a str>)>;

/// The answers given beforehand, by question; a question that stays has none.
type Answers<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// What becomes of something with a condition.
enum Fate<'a> {
    /// It stays under what is left of the condition.
    Stays(Condition<'a>),
    StaysAlways,
    Goes,
}

const WHEN: &str = "适用: {";

/// The text of an item that asks no more than this.
pub(crate) fn reduce(text: &str, asked: Asked) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let Some(begin) = lines.iter().position(|line| *line == "情形引导:").filter(|_| asked != Asked::All) else {
        return text.to_owned();
    };
    let end = begin + 1 + lines[begin + 1..].iter().take_while(|line| line.starts_with(' ')).count();
    let questions = questions(&lines[begin + 1..end]);
    // Where steps and promises go by it, they fit together only with the other questions.
    let is_about_materials = |question: &&Question<'_>| {
        let uses = lines[end..].iter().filter(|line| line.contains(&format!(" {}: [", question.id)));
        question.when.is_none() && uses.clone().all(|line| line.starts_with("    适用: {"))
    };
    let one = questions.iter().rev().filter(|_| asked == Asked::One).filter(is_about_materials);
    for kept in one.map(Some).chain([None]) {
        let answers = answers(&questions, kept.map(|question| question.id));
        let mut reduced: Vec<String> = without_other_answers(&lines[..begin], &answers);
        if let Some(kept) = kept {
            reduced.push(lines[begin].to_owned());
            reduced.extend(kept.lines.iter().map(|line| (*line).to_owned()));
        }
        reduced.extend(without_other_answers(&lines[end..], &answers));
        // A question that changes nothing any longer is no question.
        if kept.is_none_or(|kept| reduced.iter().any(|line| line.contains(&format!("{WHEN} {}: [", kept.id)))) {
            return reduced.into_iter().map(|line| format!("{line}\n")).collect();
        }
    }
    text.to_owned()
}

fn questions<'a>(lines: &'a [&'a str]) -> Vec<Question<'a>> {
    let mut questions = Vec::new();
    for lines in entries(lines) {
        let value = |key: &str| lines.iter().find_map(|line| line[4..].strip_prefix(key));
        let Some(id) = value("问题: ") else { continue };
        let answers = value("答案: {").map_or(Vec::new(), |inside| {
            inside.split([',', '，']).filter_map(|part| Some(part.split_once(':')?.0.trim())).collect()
        });
        questions.push(Question { id, lines, answers, when: value(WHEN).map(condition) });
    }
    questions
}

/// The entries of a list, each with its lines.
fn entries<'a>(lines: &'a [&'a str]) -> Vec<&'a [&'a str]> {
    let begins: Vec<usize> = (0..lines.len()).filter(|&n| lines[n].starts_with("  - ")).collect();
    let end = |n: usize| begins.get(n + 1).copied().unwrap_or(lines.len());
    begins.iter().enumerate().map(|(n, &begin)| &lines[begin..end(n)]).collect()
}

/// The condition that follows its opening brace.
fn condition(rest: &str) -> Condition<'_> {
    let inside = rest.split('}').next().unwrap_or_default();
    let mut all = Vec::new();
    for one in inside.split(']') {
        if let Some((question, answers)) = one.split_once(": [") {
            all.push((question.trim_matches([' ', ',']), answers.split(',').map(str::trim).collect()));
        }
    }
    all
}

fn answers<'a>(questions: &[Question<'a>], kept: Option<&str>) -> Answers<'a> {
    let mut answers = Answers::new();
    for question in questions {
        let is_asked = question.when.as_ref().is_none_or(|when| !matches!(fate(when, &answers), Fate::Goes));
        if Some(question.id) == kept {
            answers.insert(question.id, None);
        } else if is_asked {
            answers.insert(question.id, question.answers.first().copied());
        }
    }
    answers
}

fn fate<'a>(when: &Condition<'a>, answers: &Answers<'_>) -> Fate<'a> {
    let mut left = Condition::new();
    for (question, wanted) in when {
        match answers.get(question) {
            Some(None) => left.push((question, wanted.clone())),
            Some(Some(answer)) if wanted.contains(answer) => {}
            _ => return Fate::Goes,
        }
    }
    if left.is_empty() { Fate::StaysAlways } else { Fate::Stays(left) }
}

/// The lines of an item without what belongs to other answers.
fn without_other_answers(lines: &[&str], answers: &Answers<'_>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut n = 0;
    while n < lines.len() {
        let deeper = |by: &str| lines[n + 1..].iter().take_while(|line| line.starts_with(by)).count();
        if lines[n] == "  分情形:" {
            let length = deeper("    ");
            promises(&mut kept, &lines[n + 1..=n + length], answers);
            n += 1 + length;
        } else {
            let length = 1 + if lines[n].starts_with("  - ") { deeper("    ") } else { 0 };
            kept.extend(entry(&lines[n..n + length], answers));
            n += length;
        }
    }
    // Fees that only other answers have to pay are none.
    for n in 0..kept.len() {
        if kept[n] == "收费:" && !kept.get(n + 1).is_some_and(|line| line.starts_with(' ')) {
            kept[n].push_str(" 不收费");
        }
    }
    kept
}

/// Promises that differ by case: the one that holds becomes that of the item.
fn promises(kept: &mut Vec<String>, lines: &[&str], answers: &Answers<'_>) {
    let mut left = Vec::new();
    for line in lines {
        let Some((_, rest)) = line.split_once(WHEN) else { continue };
        match fate(&condition(rest), answers) {
            Fate::Goes => {}
            Fate::Stays(_) => left.extend(entry(&[line], answers)),
            Fate::StaysAlways => {
                let promise = rest.split_once("承诺: ").map_or("", |(_, promise)| promise.trim_end_matches([' ', '}']));
                let of_item = kept.iter_mut().rfind(|line| line.starts_with("  承诺: "));
                // A shorter one could be too short for a step that all answers share.
                if let Some(of_item) = of_item.filter(|of_item| days(promise) > days(&of_item["  承诺: ".len()..])) {
                    *of_item = format!("  承诺: {promise}");
                }
            }
        }
    }
    if !left.is_empty() {
        kept.push("  分情形:".to_owned());
        kept.extend(left);
    }
}

/// The number a time begins with.
fn days(time: &str) -> usize {
    let digits: String = time.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// An entry of a list, or any other line, as it is without what is answered.
fn entry(lines: &[&str], answers: &Answers<'_>) -> Vec<String> {
    let mut kept = Vec::new();
    for line in lines {
        let Some((before, rest)) = line.split_once(WHEN) else {
            kept.push((*line).to_owned());
            continue;
        };
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        match fate(&condition(rest), answers) {
            Fate::Goes => return Vec::new(),
            Fate::Stays(left) => {
                let left = left.iter().map(|(question, wanted)| format!("{question}: [{}]", wanted.join(", ")));
                kept.push(format!("{before}{WHEN} {} }}{after}", left.collect::<Vec<_>>().join(", ")));
            }
            // It was the whole line, or one of several keys in it.
            Fate::StaysAlways if before.trim().is_empty() => {}
            Fate::StaysAlways => kept.push(format!("{}{after}", before.trim_end().trim_end_matches(','))),
        }
    }
    kept
}
