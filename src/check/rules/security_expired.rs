//! PB04: the address for reports of weaknesses is still said to be good.

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::portal::Portal;
use crate::source::FieldPath;

/// PB04.
static CODE: Code = Code {
    id: "PB04",
    name: "security-contact-expired",
    severity: Severity::Warning,
    title_zh: "安全联系方式过期了",
    title_en: "a security contact that has expired",
    explain_zh: "security.txt 过了“有效期至”，看到它的人就不再相信里面的联系方式（RFC 9116 第2.5.5条）。核对网址还有没有人看，再改日期。",
    explain_en: "Past 有效期至, whoever reads security.txt no longer trusts the addresses in it (RFC 9116, section 2.5.5). Make \
        sure that somebody still reads what arrives there, then set the day anew.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Portal(check) };

fn check(portal: &Portal, findings: &mut Findings) {
    let Some(security) = &portal.site.security else { return };
    if security.expires.date() >= portal.as_of {
        return;
    }
    let (day, as_of) = (security.expires, portal.as_of);
    findings.push(
        Finding::new(
            &CODE,
            portal.site_file,
            Target::Value(FieldPath::root().key("安全联系").key("有效期至")),
            Words::new(format!("`{day}` 已经过了，今天是 {as_of}"), format!("`{day}` has passed, it is {as_of}")),
        )
        .allowed("以后的日期，一般在一年以内", "a day to come, as a rule within a year")
        .repair("核对网址还有人看，再改成新的日期", "make sure the address is still read, then set a new day"),
    );
}
