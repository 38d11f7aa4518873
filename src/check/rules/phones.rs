//! CT02: who complains does not reach the one he complains about, and there is more than the hotline.
//!
//! CT03 of the catalogue (a window without hours, or without a word on holidays) is held by the keys 开放时间 and
//! 节假日 of a place, both required (YM06).

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::value::{Phone, PhoneKind};
use crate::portal::Portal;
use crate::source::{FieldPath, FileId};

/// CT02.
static CODE: Code = Code {
    id: "CT02",
    name: "same-phone-for-complaints",
    severity: Severity::Warning,
    title_zh: "咨询和投诉是同一个电话，或者只有热线",
    title_en: "one phone for questions and complaints, or only the hotline",
    explain_zh: "投诉电话和咨询电话相同，投诉就会打到被投诉的人那里。咨询只写 12345，热线只能转办，群众要多等一道；写上办事窗口自己的电话。",
    explain_en: "A complaint must not ring at the desk it is about. With 12345 as the only number for questions people \
        wait to be put through; add that of the window.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

/// The hotline of all governments.
const HOTLINE: &str = "12345";

fn check(portal: &Portal, findings: &mut Findings) {
    for department in &portal.departments {
        let facts = &department.facts;
        look(department.file, &facts.consult_phones, &facts.complaint_phones, findings);
    }
    for item in &portal.items {
        let (own, own_complaints) = (&item.facts.consult_phones, &item.facts.complaint_phones);
        if own.is_empty() && own_complaints.is_empty() {
            continue;
        }
        // What the department states is found in its own file.
        let key = if own_complaints.is_empty() { "咨询电话" } else { "监督电话" };
        same(item.file, key, &item.consult_phones, &item.complaint_phones, findings);
        if is_hotline_only(own) {
            findings.push(hotline(item.file));
        }
    }
}

fn look(file: FileId, consult: &[Phone], complaints: &[Phone], findings: &mut Findings) {
    same(file, "监督电话", consult, complaints, findings);
    if is_hotline_only(consult) {
        findings.push(hotline(file));
    }
}

fn is_hotline_only(phones: &[Phone]) -> bool {
    !phones.is_empty() && phones.iter().all(|phone| short(phone) == Some(HOTLINE))
}

/// The number of a hotline, without the area code and the keys to press: 12345 of 020-12345-2.
fn short(phone: &Phone) -> Option<&str> {
    let mut parts = phone.as_str().split('-');
    match phone.kind() {
        PhoneKind::Hotline => parts.next(),
        PhoneKind::Landline => parts.nth(1).filter(|number| number.len() < 7),
        PhoneKind::Service | PhoneKind::Mobile => None,
    }
}

/// A number that is in both lists; a hotline, where others answer, may be.
fn same(file: FileId, key: &str, consult: &[Phone], complaints: &[Phone], findings: &mut Findings) {
    let (here, other) = if key == "咨询电话" { (consult, complaints) } else { (complaints, consult) };
    for (n, phone) in here.iter().enumerate() {
        if short(phone).is_some() || !other.contains(phone) {
            continue;
        }
        findings.push(
            Finding::new(
                &CODE,
                file,
                Target::Value(FieldPath::root().key(key).index(n)),
                Words::new(
                    format!("`{phone}` 既是咨询电话，又是监督电话"),
                    format!("`{phone}` is both for questions and for complaints"),
                ),
            )
            .allowed("监督电话由另外的人接，如机关纪委、办公室，或者 12345", "a number somebody else answers, or 12345")
            .repair("换一个号码", "give another number"),
        );
    }
}

fn hotline(file: FileId) -> Finding {
    Finding::new(
        &CODE,
        file,
        Target::Value(FieldPath::root().key("咨询电话")),
        Words::new("咨询电话只有 `12345`", "`12345` is the only number for questions"),
    )
    .allowed("办事窗口或科室的电话", "the number of the window or office")
    .repair("加上窗口的电话", "add the number of the window")
}
