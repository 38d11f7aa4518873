//! CH03: an item that can be handled online says where, and it is a safe place.

use std::sync::Arc;

use crate::check::{Check, Rule};
use crate::diagnostics::{Code, Finding, Findings, Severity, Target, Words};
use crate::model::terms::{Channel, Term};
use crate::model::value::WebAddress;
use crate::portal::{Item, Portal};
use crate::source::FieldPath;

/// CH03.
static CODE: Code = Code {
    id: "CH03",
    name: "online-without-address",
    severity: Severity::Error,
    title_zh: "写了网上办理，却没有网址",
    title_en: "online handling without an address",
    explain_zh: "办理形式里有“电脑端网上办理”或“移动端网上办理”的，“网上办理”要写清网址和深度。没有网址是错误。\
        网址不是 https，或者不在 .gov.cn 下，是警告：群众要在那里填身份证号，分不清真假网站。",
    explain_en: "Items handled online state the address and the depth under 网上办理; without it is an error. \
        An address without https, or not under .gov.cn, is a warning: people enter \
        their identity number there.",
};

/// The rule.
pub(super) const RULE: Rule = Rule { codes: &[&CODE], check: Check::Items(check) };

fn check(portal: &Portal, items: &[Arc<Item>], findings: &mut Findings) {
    for item in items {
        let channels = &item.facts.channels;
        let at = channels.iter().position(|channel| matches!(channel, Channel::Web | Channel::Mobile));
        if let Some(online) = &item.facts.online {
            let root = FieldPath::root().key("网上办理");
            if let Some(url) = online.url.told() {
                unsafe_place(portal, item, url, root.key("网址"), findings);
            }
            if let Some(mobile) = &online.mobile_url {
                unsafe_place(portal, item, mobile, root.key("移动端网址"), findings);
            }
            continue;
        }
        let Some(at) = at else { continue };
        findings.push(
            Finding::new(
                &CODE,
                item.file,
                Target::Value(FieldPath::root().key("办理形式").index(at)),
                Words::new(
                    format!("有“{}”，却没有写网址", channels[at].name()),
                    format!("{} without an address", channels[at].name()),
                ),
            )
            .allowed(
                "网上办理: { 网址: https://…, 深度: 互联网办理 }",
                "网上办理: { 网址: https://…, 深度: 互联网办理 }",
            )
            .repair("加上“网上办理”，或者从办理形式里去掉", "add 网上办理, or remove the channel"),
        );
    }
}

/// An address people should not have to trust.
fn unsafe_place(portal: &Portal, item: &Item, url: &WebAddress, at: FieldPath, findings: &mut Findings) {
    let (zh, en, repair_zh, repair_en) = if !url.is_https() {
        (
            format!("`{url}` 不是 https，填的内容会被别人看到"),
            format!("`{url}` has no https, so that others can read what is entered"),
            "改成 https:// 开头的网址",
            "give the address that begins with https://",
        )
    } else if !is_official(url.host(), &portal.base_url) {
        (
            format!("`{}` 不是政府网站的域名", url.host()),
            format!("`{}` is not a domain of the government", url.host()),
            "换成 .gov.cn 的办理入口；没有的，在说明里写清是谁的网站",
            "give the entry under .gov.cn; if there is none, say whose site it is",
        )
    } else {
        return;
    };
    let mut finding = Finding::new(&CODE, item.file, Target::Value(at), Words::new(zh, en))
        .allowed("https 开头，域名以 .gov.cn 结尾", "https, and a domain under .gov.cn")
        .repair(repair_zh, repair_en);
    finding.severity = Severity::Warning;
    findings.push(finding);
}

/// Whether a host is under .gov.cn; for a portal that is not there itself, whether it has the same top level.
fn is_official(host: &str, base_url: &str) -> bool {
    let own = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let own = own.split(['/', ':']).next().unwrap_or(own);
    let is_gov = |host: &str| host == "gov.cn" || host.ends_with(".gov.cn");
    let top = |host: &str| host.rsplit('.').next().map(str::to_owned);
    is_gov(host) || (!is_gov(own) && top(host) == top(own))
}

#[cfg(test)]
mod tests {
    use super::is_official;

    #[test]
    fn domains_of_the_government_and_of_the_portal() {
        let base = "https://zwfw.qinglan.gov.cn:8443/site";
        assert!(is_official("www.gd.gov.cn", base) && is_official("m.zwfw.qinglan.gov.cn", base));
        assert!(!is_official("gov.cn.example", base) && !is_official("www.chsi.com.cn", base));
        assert!(!is_official("agov.cn", base));
        let sample = "https://zwfw.qinglan.example/site";
        assert!(is_official("fuyi.qinglan.example", sample) && is_official("www.gd.gov.cn", sample));
        assert!(!is_official("www.chsi.com.cn", sample));
    }
}
