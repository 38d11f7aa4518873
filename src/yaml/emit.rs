//! Writes a value as YAML in the manner of the content files: block style, quotes only where they are needed.

use serde_json::{Map, Value};

/// Words that a YAML parser might take for something else than a text.
const SPECIAL: [&str; 12] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "~", ".nan", ".inf"];

/// The longest text that may stand in a list on one line, in characters.
const SHORT: usize = 16;

/// A mapping as a whole YAML file.
pub fn emit(value: &Map<String, Value>) -> String {
    let mut out = String::new();
    map(value, 0, &mut out);
    out
}

fn map(entries: &Map<String, Value>, depth: usize, out: &mut String) {
    for (n, (key, value)) in entries.iter().enumerate() {
        // The first key of a list entry stands behind its dash.
        if n > 0 || !out.ends_with("- ") {
            out.push_str(&"  ".repeat(depth));
        }
        out.push_str(&text(key));
        out.push(':');
        nested(value, depth, out);
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(inner) if !inner.is_empty() => {
            out.push('\n');
            map(inner, depth + 1, out);
        }
        Value::Array(list) if list.len() > 1 && list.iter().all(is_short) => {
            let words: Vec<String> = list.iter().map(scalar).collect();
            out.push_str(&format!(" [{}]\n", words.join(", ")));
        }
        Value::Array(list) if !list.is_empty() => {
            out.push('\n');
            for entry in list {
                out.push_str(&"  ".repeat(depth + 1));
                out.push_str("- ");
                match entry {
                    Value::Object(inner) if !inner.is_empty() => map(inner, depth + 2, out),
                    other => out.push_str(&format!("{}\n", scalar(other))),
                }
            }
        }
        other => out.push_str(&format!(" {}\n", scalar(other))),
    }
}

fn is_short(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().count() <= SHORT && !text.contains('\n'))
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(said) => text(said),
        // Nothing but empty ones of these come here; JSON is YAML.
        other => other.to_string(),
    }
}

/// A text, in quotes if it would be read as something else.
fn text(said: &str) -> String {
    if is_plain(said) {
        return said.to_owned();
    }
    let quoted = Value::from(said).to_string();
    // JSON lets these stand, YAML takes them for line breaks or marks.
    let odd = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    quoted.chars().map(|c| if odd(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}

fn is_plain(said: &str) -> bool {
    let Some(first) = said.chars().next() else { return false };
    let chinese = |c: char| ('\u{2e80}'..='\u{ffef}').contains(&c) && c != '\u{feff}';
    let begins = first.is_ascii_alphabetic() || (chinese(first) && !first.is_whitespace()) || first.is_ascii_digit();
    let is_date = said.len() == 10
        && said.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    let number_like = first.is_ascii_digit() && !is_date && !said.chars().any(chinese);
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || (chinese(c) && !c.is_whitespace()) || "-_/.+()、。 “”‘’·—…".contains(c);
    begins
        && !number_like
        && said.chars().all(allowed)
        && !said.ends_with(' ')
        && !SPECIAL.contains(&said.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let texts = [
            "",
            " ",
            "甲",
            "yes",
            "No",
            "12345",
            "020-12345",
            "1e5",
            "2026-11-22",
            "20个工作日",
            "a: b",
            "a #b",
            "#甲",
            "- 甲",
            "甲：乙",
            "《法》",
            "“引”",
            "'",
            "\"",
            "\\",
            "甲\n乙",
            "{a}",
            "[a]",
            "a, b",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "~",
            "甲\u{3000}",
            "\u{feff}甲",
            "甲\u{85}乙",
            "\u{2028}",
            "http://a.b/c?d=1#e",
            "0x1F",
            "3.14",
            "待补",
            "=",
            "|",
            ">",
            "?a",
            "a:",
        ];
        let mut whole = Map::new();
        whole.insert("列表".into(), texts.iter().map(|text| Value::from(*text)).collect());
        whole.insert("空".into(), Value::Array(Vec::new()));
        for (n, text) in texts.iter().enumerate() {
            whole.insert(format!("k{n}"), Value::from(*text));
        }
        let entry: Map<String, Value> =
            [("名称".to_owned(), "甲".into()), ("编号".to_owned(), "1".into())].into_iter().collect();
        whole.insert("条".into(), Value::Array(vec![Value::Object(entry.clone()), Value::Object(entry)]));
        whole.insert("短".into(), Value::from(vec!["甲", "乙: c", "1"]));
        let written = emit(&whole);
        let read: Value = serde_yaml::from_str(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(read, Value::Object(whole), "{written}");
    }

    #[test]
    fn the_manner_is_that_of_editors() {
        let value: Value = serde_json::json!({
            "名称": "食品经营许可", "咨询电话": ["020-12345"], "主题": { "个人": ["准营准办", "其他"] },
            "申请材料": [{ "名称": "申请书", "份数": "待补" }], "更新日期": "2026-11-22",
        });
        let Value::Object(map) = value else { panic!() };
        assert_eq!(
            emit(&map),
            "名称: 食品经营许可\n咨询电话:\n  - \"020-12345\"\n主题:\n  个人: [准营准办, 其他]\n申请材料:\n  - 名称: 申请书\n    \
             份数: 待补\n更新日期: 2026-11-22\n"
        );
    }
}
