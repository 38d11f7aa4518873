//! The theme: templates and assets, the built-in ones under those of the portal.
//!
//! The built-in theme is inside the program. A file of `themes/<name>/` with
//! the same name stands in its place, one by one. Style sheets and scripts are
//! joined in the order of their names into one file each, named by its content,
//! so that browsers may keep it for ever.
//!
//! The search page loads one more script, a module: the search engine, which is
//! not the theme's, and after it the theme's `assets/search/`. Pages of an errand
//! load the module `assets/errand/`: what works out somebody's own materials and days.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostics::{Finding, Findings, Target, Words, codes, nearest};
use crate::source::{FieldPath, FileId, SourceTree};

include!(concat!(env!("OUT_DIR"), "/builtin_theme.rs"));

/// One template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name below `templates/`: `pages/item.html`.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
    /// The portal's file it comes from; none for a built-in one.
    pub file: Option<FileId>,
}

/// One file that pages refer to.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its site path, named by its content.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Templates and assets of one theme.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The templates, by name.
    pub templates: Vec<Template>,
    /// The assets.
    pub assets: Vec<Asset>,
    /// Pictures and fonts of the portal's theme, copied as they are: site path → path in the tree.
    pub copies: Vec<(String, String)>,
    /// The site path of the style sheet.
    pub css: String,
    /// The site path of the script.
    pub js: String,
    /// The site path of the module of the search page.
    pub search: String,
    /// The site path of the module of the pages of an errand.
    pub errand: String,
    /// The site path of the icon.
    pub favicon: String,
}

/// Puts the theme `name` of the portal over the built-in one. The name
/// `default` is the built-in theme, which a folder of that name may override too.
///
/// `site` is the file that names the theme, for the finding when it does not exist.
pub fn theme(tree: &SourceTree, name: &str, site: FileId, findings: &mut Findings) -> Theme {
    let mut texts: BTreeMap<String, (Arc<str>, Option<FileId>)> = BTreeMap::new();
    let mut binaries: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    for (path, bytes) in BUILTIN {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                texts.insert((*path).to_owned(), (Arc::from(text), None));
            }
            Err(_) => {
                binaries.insert((*path).to_owned(), Arc::from(*bytes));
            }
        }
    }
    let folder = format!("themes/{name}/");
    let mut found = name == "default";
    for file in &tree.files {
        if let Some(path) = file.path.strip_prefix(&folder) {
            found = true;
            texts.insert(path.to_owned(), (Arc::clone(&file.text), Some(file.id)));
        }
    }
    if !found {
        findings.push(missing(tree, name, site));
    }
    let assets = format!("{folder}assets/");
    let mut theme = assemble(texts, binaries);
    theme.copies = tree
        .binaries
        .iter()
        .filter_map(|binary| Some((format!("/assets/{}", binary.path.strip_prefix(&assets)?), binary.path.clone())))
        .collect();
    theme
}

fn missing(tree: &SourceTree, name: &str, site: FileId) -> Finding {
    let mut known: Vec<&str> = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix("themes/").and_then(|rest| rest.split_once('/')))
        .map(|(name, _)| name)
        .collect();
    known.push("default");
    known.dedup();
    let finding = Finding::new(
        &codes::TP02,
        site,
        Target::Value(FieldPath::root().key("主题")),
        Words::new(format!("themes 文件夹里没有主题 `{name}`"), format!("there is no theme `{name}` in themes")),
    )
    .allowed(known.join("、"), known.join(", "));
    match nearest(name, known.iter().copied()) {
        Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
        None => finding
            .repair("改正名字，或者删掉“主题”用内置的", "correct the name, or remove 主题 to use the built-in theme"),
    }
}

fn assemble(texts: BTreeMap<String, (Arc<str>, Option<FileId>)>, binaries: BTreeMap<String, Arc<[u8]>>) -> Theme {
    let mut templates = Vec::new();
    let mut assets = Vec::new();
    let (mut css, mut js, mut search, mut errand) = (String::new(), String::new(), String::new(), String::new());
    let mut favicon = String::new();
    for (path, (text, file)) in texts {
        if let Some(name) = path.strip_prefix("templates/") {
            templates.push(Template { name: name.to_owned(), text, file });
        } else if path.starts_with("assets/css/") {
            css.push_str(&text);
            css.push('\n');
        } else if path.starts_with("assets/js/") {
            js.push_str(&text);
            js.push('\n');
        } else if path.starts_with("assets/search/") {
            search.push_str(&text);
            search.push('\n');
        } else if path.starts_with("assets/errand/") {
            push_compact(&mut errand, &text);
        } else if let Some(name) = path.strip_prefix("assets/") {
            let asset = hashed(name, Arc::from(text.as_bytes()));
            if name == "favicon.svg" {
                favicon.clone_from(&asset.path);
            }
            assets.push(asset);
        }
    }
    for (path, bytes) in binaries {
        if let Some(name) = path.strip_prefix("assets/") {
            assets.push(hashed(name, bytes));
        }
    }
    let mut joined = |name: &str, text: &str| {
        let asset = hashed(name, Arc::from(text.as_bytes()));
        let path = asset.path.clone();
        assets.push(asset);
        path
    };
    let css = joined("theme.css", &css);
    let js = joined("theme.js", &js);
    let search = joined("search.js", &search_module(ENGINE, &search));
    let errand = joined("errand.js", &errand);
    Theme { templates, assets, copies: Vec::new(), css, js, search, errand, favicon }
}

/// The module of the search page: the engine, then the theme's part.
///
/// The theme's part stands in a block that only runs where there is a page, so
/// that Node can load the engine alone, and no name of it meets one of the engine's.
fn search_module(engine: &[&str], theme: &str) -> String {
    let mut module = String::new();
    for text in engine {
        push_compact(&mut module, text);
    }
    module.push_str("if (typeof document !== \"undefined\") {\n");
    push_compact(&mut module, theme);
    module.push_str("}\n");
    module
}

/// Adds a script without its indentation, its empty lines and the lines that
/// are wholly a comment. A template literal over several lines would suffer.
fn push_compact(module: &mut String, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        module.push_str(line);
        module.push('\n');
    }
}

/// An asset whose name carries its content: `/assets/theme.1a2b3c4d.css`.
fn hashed(name: &str, bytes: Arc<[u8]>) -> Asset {
    let hash = format!("{:016x}", xxh3_64(&bytes));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    Asset { path: format!("/assets/{stem}.{}.{ending}", &hash[..10]), bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_module_is_the_engine_and_then_the_theme_where_there_is_a_page() {
        let engine = ["// what it is\n\nexport function createSearch() {\n  return 1; // kept\n}\n", "const B = 2;"];
        let module = search_module(&engine, "  // the page\r\n  start();\r\n");
        let engine = "export function createSearch() {\nreturn 1; // kept\n}\nconst B = 2;\n";
        assert_eq!(module, format!("{engine}if (typeof document !== \"undefined\") {{\nstart();\n}}\n"));
    }
}
