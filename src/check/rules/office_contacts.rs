//! CX02: one office has one phone and one address.

use std::collections::HashMap;

use crate::check::asked::{PlainName, plain_name};
use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Place, Severity, Target, Words};
use crate::model::value::Phone;
use crate::portal::{DepartmentId, Portal};
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

/// Which office and which of its facts: of a window its department and place as well, for two departments at
/// one counter may each have a phone.
type Office<'p> = (Option<(DepartmentId, &'p str)>, PlainName<'p>, &'static str);

/// One statement: what, and where it is written.
struct Said<'p> {
    value: &'p str,
    file: FileId,
    at: At,
}

/// Where a statement stands in its file.
#[derive(Debug, Clone, Copy)]
enum At {
    /// The phone of the n-th place.
    Window(usize),
    /// A key of 行政复议 or 行政诉讼.
    Remedy(&'static str, &'static str),
}

impl At {
    fn target(self) -> Target {
        let root = FieldPath::root();
        Target::Value(match self {
            At::Window(n) => root.key("办理地点").index(n).key("电话"),
            At::Remedy(key, fact) => root.key(key).key(fact),
        })
    }
}

/// What is said of each office, in the order in which offices are first named.
#[derive(Default)]
struct Statements<'p> {
    places: HashMap<Office<'p>, usize>,
    offices: Vec<(&'p str, &'static str, Vec<Said<'p>>)>,
}

impl<'p> Statements<'p> {
    fn add(&mut self, of: Option<(DepartmentId, &'p str)>, office: &'p str, fact: &'static str, said: Said<'p>) {
        let place = *self.places.entry((of, plain_name(office), fact)).or_insert_with(|| {
            self.offices.push((office, fact, Vec::new()));
            self.offices.len() - 1
        });
        self.offices[place].2.push(said);
    }
}

fn check(portal: &Portal, findings: &mut Findings) {
    let mut statements = Statements::default();
    windows(portal, &mut statements);
    remedies(portal, &mut statements);
    for (office, fact, said) in &statements.offices {
        if said.iter().all(|one| one.value == said[0].value) {
            continue;
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for one in said {
            *counts.entry(one.value).or_default() += 1;
        }
        // What is written most often is taken for right; of equals, what stands first.
        let most = counts.values().max().copied().unwrap_or_default();
        let Some(right) = said.iter().find(|one| counts.get(one.value) == Some(&most)) else { continue };
        for wrong in said.iter().filter(|one| one.value != right.value) {
            findings.push(finding(office, fact, wrong, right));
        }
    }
}

/// The phones of windows that items write out.
fn windows<'p>(portal: &'p Portal, statements: &mut Statements<'p>) {
    for item in &portal.items {
        for (n, place) in item.facts.places.iter().enumerate() {
            let (Some(phone), Some(window)) = (&place.phone, place.window.told()) else { continue };
            // A row of windows may have several.
            if window.contains(['至', '、', '和', '-', '~', '—']) {
                continue;
            }
            let said = Said { value: phone.as_str(), file: item.file, at: At::Window(n) };
            statements.add(Some((item.department, place.place.as_str())), window, "电话", said);
        }
    }
}

/// The phones and addresses of reviewing authorities and courts.
fn remedies<'p>(portal: &'p Portal, statements: &mut Statements<'p>) {
    let departments = portal.departments.iter().map(|one| (one.file, &one.facts.review, &one.facts.litigation));
    let items = portal.items.iter().map(|one| (one.file, &one.facts.review, &one.facts.litigation));
    for (file, review, litigation) in departments.chain(items) {
        let mut add = |office: &'p str, key, phone: Option<&'p Phone>, address: Option<&'p str>| {
            for (fact, value) in [("电话", phone.map(Phone::as_str)), ("地址", address)] {
                let Some(value) = value else { continue };
                statements.add(None, office, fact, Said { value, file, at: At::Remedy(key, fact) });
            }
        };
        if let Some(ReviewEntry::Review(review)) = review {
            add(&review.authority, "行政复议", review.phone.as_ref(), review.address.as_deref());
        }
        if let Some(LitigationEntry::Litigation(court)) = litigation {
            add(&court.court, "行政诉讼", court.phone.as_ref(), court.address.as_deref());
        }
    }
}

fn finding(office: &str, key: &str, wrong: &Said<'_>, right: &Said<'_>) -> Finding {
    let (here, there) = (wrong.value, right.value);
    let message = Words::new(
        format!("{office}的{key}在这里是 `{here}`，别处是 `{there}`"),
        format!("the {key} of {office} is `{here}` here and `{there}` elsewhere"),
    );
    let place = Place { file: right.file, target: right.at.target() };
    Finding::new(&CODE, wrong.file, wrong.at.target(), message)
        .related(place, Words::new("别处这样写", "written so here"))
        .allowed(format!("`{there}`，如果它是对的"), format!("`{there}`, if that is right"))
        .repair("核对以后，两处写成一样", "find out which is right and write it in both places")
}
