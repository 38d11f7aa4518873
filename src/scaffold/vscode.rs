//! The settings with which VS Code completes and checks the content while somebody types, without a network.

use serde_json::{Map, Value, json};

use crate::documents::FORMATS;

/// The folder of the schemas, from the portal's folder.
pub const SCHEMAS: &str = ".vscode/schemas";

/// The files of settings with their texts, from the portal's folder.
pub fn settings() -> Vec<(String, String)> {
    let schemas: Map<String, Value> = FORMATS
        .iter()
        .filter(|format| !format.is_head())
        .map(|format| (format!("{SCHEMAS}/{}", format.schema_file()), json!(format.files)))
        .collect();
    let settings = json!({
        "yaml.schemas": schemas,
        "yaml.schemaStore.enable": false,
        "yaml.format.enable": false,
        "[yaml]": {
            "editor.tabSize": 2,
            "editor.insertSpaces": true,
            "editor.quickSuggestions": { "other": true, "comments": false, "strings": true },
        },
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": true,
        "search.exclude": { "dist": true },
    });
    let extensions = json!({ "recommendations": ["redhat.vscode-yaml"] });
    [("settings", settings), ("extensions", extensions)]
        .map(|(name, value)| {
            // A value made of texts and lists always has a text.
            let text = serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
            (format!(".vscode/{name}.json"), text)
        })
        .into()
}
