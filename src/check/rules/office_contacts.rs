//! CX02: one office has one phone and one address.

use std::collections::BTreeMap;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::portal::Portal;
use crate::schema::department::{LitigationEntry, ReviewEntry};
use crate::source::{FieldPath, FileId};

/// CX02.
static CODE: Code = Code {
    id: "CX02",
    name: "office-two-contacts",
    severity: Severity::Warning,
    title_zh: "同一个单位写了两个电话或者地址",
    title_en: "one office with two phones or addresses",
    explain_zh: "同一个窗口的电话（“A01至A04”这样几个窗口的不算）、同一个复议机关和法院的电话与地址，全站应当一样。有两个的，多半是改了一处、漏了另一处。\
        怎么改：核对哪个是对的，改掉另一个；真的有两部电话的，写在说明里。",
    explain_en: "A window (no row of windows) has one phone, and a reviewing authority or court one phone and one address, in the whole portal. Where \
        there are two, one was probably forgotten when the other changed. Find out which is right and correct the other.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

/// One statement: what, of whom, where it is written.
struct Said {
    value: String,
    file: FileId,
    path: FieldPath,
}

/// Which office and which of its facts.
type Office = (String, &'static str);

fn check(portal: &Portal, findings: &mut Findings) {
    let mut said: BTreeMap<Office, Vec<Said>> = BTreeMap::new();
    windows(portal, &mut said);
    remedies(portal, &mut said);
    for ((office, key), statements) in &said {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for one in statements {
            *counts.entry(&one.value).or_default() += 1;
        }
        if counts.len() < 2 {
            continue;
        }
        // What is written most often is taken for right; of equals, what stands first.
        let most = counts.values().max().copied().unwrap_or_default();
        let Some(right) = statements.iter().find(|one| counts.get(one.value.as_str()) == Some(&most)) else { continue };
        for wrong in statements.iter().filter(|one| one.value != right.value) {
            findings.push(finding(office, key, wrong, right));
        }
    }
}

/// The phones of windows that items write out.
fn windows(portal: &Portal, said: &mut BTreeMap<Office, Vec<Said>>) {
    for item in &portal.items {
        let department = &portal.department(item.department).id;
        for (n, place) in item.facts.places.iter().enumerate() {
            let (Some(phone), Some(window)) = (&place.phone, place.window.told()) else { continue };
            // A row of windows may have several.
            if window.contains(['至', '、', '和', '-', '~', '—']) {
                continue;
            }
            let window: String = window.chars().filter(|c| !c.is_whitespace()).collect();
            // Two departments at one counter may each have a phone.
            let office = format!("{department} {} {window}", place.place);
            let path = FieldPath::root().key("办理地点").index(n).key("电话");
            said.entry((office, "电话")).or_default().push(Said { value: phone.to_string(), file: item.file, path });
        }
    }
}

/// The phones and addresses of reviewing authorities and courts.
fn remedies(portal: &Portal, said: &mut BTreeMap<Office, Vec<Said>>) {
    let departments = portal.departments.iter().map(|one| (one.file, &one.facts.review, &one.facts.litigation));
    let items = portal.items.iter().map(|one| (one.file, &one.facts.review, &one.facts.litigation));
    for (file, review, litigation) in departments.chain(items) {
        let mut add = |office: &str, key: &str, phone: Option<String>, address: &Option<String>| {
            for (fact, value) in [("电话", phone), ("地址", address.clone())] {
                let Some(value) = value else { continue };
                let path = FieldPath::root().key(key).key(fact);
                said.entry((office.to_owned(), fact)).or_default().push(Said { value, file, path });
            }
        };
        if let Some(ReviewEntry::Review(review)) = review {
            add(&review.authority, "行政复议", review.phone.as_ref().map(ToString::to_string), &review.address);
        }
        if let Some(LitigationEntry::Litigation(court)) = litigation {
            add(&court.court, "行政诉讼", court.phone.as_ref().map(ToString::to_string), &court.address);
        }
    }
}

fn finding(office: &str, key: &str, wrong: &Said, right: &Said) -> Finding {
    let office = office.rsplit(' ').next().unwrap_or(office);
    let (here, there) = (&wrong.value, &right.value);
    let message = Words::new(
        format!("{office}的{key}在这里是 `{here}`，别处是 `{there}`"),
        format!("the {key} of {office} is `{here}` here and `{there}` elsewhere"),
    );
    let place = Place { file: right.file, target: Target::Value(right.path.clone()) };
    Finding::new(&CODE, wrong.file, Target::Value(wrong.path.clone()), message)
        .related(place, Words::new("别处这样写", "written so here"))
        .allowed(format!("`{there}`，如果它是对的"), format!("`{there}`, if that is right"))
        .repair("核对以后，两处写成一样", "find out which is right and write it in both places")
}
