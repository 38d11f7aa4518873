//! MT10: the number of copies agrees with the form of a material and with its notes.
//!
//! That at least one copy is wanted is seen while reading (份数, YM10).

use std::sync::Arc;

use crate::check::asked::{Asked, asked};
use crate::check::wording::clause_around;
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::terms::Medium;
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// MT10.
static CODE: Code = Code {
    id: "MT10",
    name: "copies-mismatch",
    severity: Severity::Warning,
    title_zh: "份数和材料形式或者说明对不上",
    title_en: "number of copies that contradicts the form or a note",
    explain_zh: "纸质的材料要写原件或复印件几份，电子化的写电子件几份；说明里写了不用复印件、不收原件的，份数里就不能再要。群众看两处不一样，只好多带一份，或者白跑一趟。",
    explain_en: "Paper is counted as 原件 or 复印件, electronic material as 电子件; where a note says that no photocopy is needed, 份数 \
        asks for none. People who read two things bring one too many, or come again.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(_: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        for material in asked(item) {
            findings.extend(by_medium(item, &material));
            findings.extend(by_note(item, &material));
        }
    }
}

fn by_medium(item: &Item, material: &Asked<'_>) -> Option<Finding> {
    let copies = material.entry.copies.get()?;
    let paper = copies.originals + copies.copies > 0;
    let (form, right) = match material.resolved.facts.medium {
        Medium::Paper if !paper => ("纸质", "原件1份"),
        Medium::Electronic if copies.electronic == 0 => ("电子化", "电子件1份"),
        _ => return None,
    };
    let name = material.name();
    let message = Words::new(
        format!("`{name}` 的形式是“{form}”，份数却是 `{copies}`"),
        format!("the form of `{name}` is {form}, but its 份数 is `{copies}`"),
    );
    let finding = Finding::new(&CODE, item.file, Target::Value(material.path().key("份数")), message)
        .allowed(format!("如 {right}"), format!("such as {right}"))
        .repair("改份数，或者改形式", "change 份数, or 形式");
    let place = Place { file: item.file, target: Target::Value(material.path().key("形式")) };
    Some(match material.entry.medium {
        Some(_) => finding.related(place, Words::new("形式在这里", "the form is here")),
        None => finding,
    })
}

fn by_note(item: &Item, material: &Asked<'_>) -> Option<Finding> {
    let entry = material.entry;
    let copies = entry.copies.get().filter(|copies| copies.copies > 0)?;
    let notes = [("受理标准", &entry.standard), ("填报须知", &entry.filling_note), ("说明", &entry.note)];
    let (key, found) = notes.iter().find_map(|(key, note)| Some((*key, no_photocopy(note.as_deref()?)?)))?;
    let message = Words::new(
        format!("份数是 `{copies}`，{key}却说 `{found}`"),
        format!("份数 is `{copies}`, but {key} says `{found}`"),
    );
    let place = Place { file: item.file, target: Target::Within(note_path(material, key), found.to_owned()) };
    Some(
        Finding::new(&CODE, item.file, Target::Value(material.path().key("份数")), message)
            .related(place, Words::new("说明在这里", "the note is here"))
            .allowed("两处一致", "the same in both places")
            .repair("去掉复印件的份数，或者改说明", "take the photocopies away, or change the note"),
    )
}

fn note_path(material: &Asked<'_>, key: &str) -> FieldPath {
    material.path().key(key)
}

/// The words with which a note says that no photocopy is wanted in any case.
fn no_photocopy(note: &str) -> Option<&str> {
    let words = ["不用复印件", "不收复印件", "不要复印件", "不需要复印件", "无需复印件", "不用交复印件", "不留复印件"];
    let found = words.iter().find_map(|word| Some((note.find(word)?, word)))?;
    let (at, word) = found;
    // “网上能查到的不要复印件” speaks of some applicants only.
    let is_conditional = clause_around(note, at).split(word).next().is_some_and(|before| before.contains('的'));
    (!is_conditional).then_some(&note[at..at + word.len()])
}

#[cfg(test)]
mod tests {
    use super::no_photocopy;

    #[test]
    fn only_notes_for_everybody_count() {
        assert_eq!(no_photocopy("核验后当场退还，不收复印件。"), Some("不收复印件"));
        assert_eq!(no_photocopy("学信网能查到的不要复印件"), None);
        assert_eq!(no_photocopy("复印件不清楚的不收"), None);
    }
}
