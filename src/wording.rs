//! How the facts of editors read wherever they are shown: on pages and in the open data.

use crate::markdown::join_lines;
use crate::model::terms::Pricing;
use crate::schema::item_handling::Fee;

/// A multi-line text of an editor on one line per paragraph.
pub(crate) fn prose(text: &str) -> String {
    join_lines(text.trim())
}

/// An optional text in the same way.
pub(crate) fn prose_opt(text: Option<&String>) -> Option<String> {
    text.map(|text| prose(text))
}

/// A path with the characters encoded that would end it in an address.
pub(crate) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' => out.push_str("%25"),
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// The standard of a fee: 20元/证, 计税价格的3%.
pub(crate) fn fee_standard(fee: &Fee) -> String {
    let unit = fee.unit.as_deref().map(|unit| format!("/{unit}")).unwrap_or_default();
    let mut parts = Vec::new();
    if let Some(amount) = fee.amount {
        parts.push(format!("{amount}{unit}"));
    }
    if let Some(rate) = fee.rate {
        let of = fee.rate_of.as_deref().map(|of| format!("{of}的")).unwrap_or_default();
        parts.push(format!("{of}{rate}"));
    }
    for tier in &fee.tiers {
        let value = tier.amount.map(|amount| format!("{amount}{unit}")).or(tier.rate.map(|rate| rate.to_string()));
        parts.push(format!("{}：{}", tier.range, value.unwrap_or_default()));
    }
    if let Some(minimum) = fee.minimum {
        parts.push(format!("最少{minimum}"));
    }
    if let Some(maximum) = fee.maximum {
        parts.push(format!("最多{maximum}"));
    }
    if parts.is_empty() {
        return match fee.pricing {
            Some(Pricing::Floating | Pricing::FloatingRate) => "按公布的浮动标准收取".to_owned(),
            _ => fee.calculation.as_deref().map(prose).unwrap_or_default(),
        };
    }
    parts.join("；")
}
