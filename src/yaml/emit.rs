//! Writes a whole new file in the manner of the content files.

use serde_json::{Map, Value};

use crate::yaml::edit::pairs;

/// A mapping as a whole YAML file.
pub fn emit(value: &Map<String, Value>) -> String {
    let lines: Vec<String> = pairs(value);
    lines.join("\n") + "\n"
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
            "名称: 食品经营许可\n咨询电话: [\"020-12345\"]\n主题: { 个人: [准营准办, 其他] }\n申请材料:\n  - { 名称: 申请书, 份数: 待补 }\n\
             更新日期: 2026-11-22\n"
        );
    }
}
