//! Tests of SARIF. The log below was validated against the schema of SARIF 2.1.0.

use super::*;
use crate::printing::render::samples::{self, UNKNOWN};

#[test]
fn a_whole_log() {
    let (tree, findings) = samples::duplicate_and_file();
    assert_eq!(print(&findings, &[], &tree, Lang::En), WHOLE_LOG.replace("VERSION", env!("CARGO_PKG_VERSION")));
}

#[test]
fn chinese_texts_of_a_rule() {
    let rule = rule(&UNKNOWN, Lang::Zh);
    let texts = [&rule.short_description, &rule.full_description, &rule.help].map(|message| message.text.as_str());
    assert_eq!(texts, ["不认识的键", "只能写格式里有的键。", "只能写格式里有的键。\n\n写错的键不会被读到。"]);
}

#[test]
fn uris_are_ascii() {
    assert_eq!(uri("content/甲 #%?:[].yaml"), "content/%E7%94%B2%20%23%25%3F%3A%5B%5D.yaml");
}

const WHOLE_LOG: &str = r#"{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "mingbai",
          "semanticVersion": "VERSION",
          "rules": [
            {
              "id": "LB03",
              "name": "law-expired",
              "shortDescription": {
                "text": "Law no longer in force"
              },
              "fullDescription": {
                "text": "Law no longer in force"
              },
              "help": {
                "text": "Law no longer in force"
              },
              "defaultConfiguration": {
                "level": "warning"
              }
            },
            {
              "id": "YM06",
              "name": "duplicate-key",
              "shortDescription": {
                "text": "Duplicate key"
              },
              "fullDescription": {
                "text": "A key can be written once."
              },
              "help": {
                "text": "A key can be written once."
              },
              "defaultConfiguration": {
                "level": "error"
              }
            }
          ]
        }
      },
      "language": "en-US",
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "LB03",
          "ruleIndex": 0,
          "level": "warning",
          "message": {
            "text": "\\[the file\\](https://example.com)"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/%E7%94%B2%20%E4%B9%99%23.yaml"
                }
              }
            }
          ]
        },
        {
          "ruleId": "YM06",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "key `名称` is written twice\nallowed: each key once\nrepair: remove one\nor rename it, 100%"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/%E7%94%B2%20%E4%B9%99%23.yaml"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 1,
                  "endLine": 2,
                  "endColumn": 3
                }
              }
            }
          ],
          "relatedLocations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "content/%E7%94%B2%20%E4%B9%99%23.yaml"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 1,
                  "endLine": 1,
                  "endColumn": 3
                }
              },
              "message": {
                "text": "first written here"
              }
            }
          ]
        }
      ]
    }
  ]
}
"#;
