//! The editors' handbook says what the code says.
//!
//! The tables of keys in `content/README.md` are made from the schema types and
//! from the sample content. This test compares them; run it with
//! `MINGBAI_UPDATE=1` to write them anew. Examples of whole files in the
//! handbook are not compared here but read by the program like any other file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mingbai::diagnostics::Severity;
use mingbai::documents::{FORMATS, Format, format_named};
use mingbai::schema::values::forms;
use mingbai::source::FieldPath;
use mingbai::yaml::{Positions, front_matter};
use serde_json::Value;

const START: &str = "<!-- 以下各表由程序生成，不要手改：MINGBAI_UPDATE=1 cargo test --test handbook -->";
const END: &str = "<!-- 生成的表到此为止 -->";

const CODES_START: &str = "<!-- 以下各代码由程序生成，不要手改 -->";
const CODES_END: &str = "<!-- 生成的代码到此为止 -->";

/// One document kind: its title, its path, its schema, and where samples of it are.
struct Kind {
    title: &'static str,
    path: String,
    schema: Value,
    samples: Vec<Sample>,
}

/// One sample file and the positions of its values.
struct Sample {
    text: String,
    positions: Positions,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sample files whose path below `content` satisfies `wanted`, in order.
fn samples(wanted: impl Fn(&str) -> bool) -> Vec<Sample> {
    let mut files = Vec::new();
    collect(&root().join("content"), &mut files);
    files.sort();
    let base = root().join("content");
    files
        .into_iter()
        .filter(|file| {
            let path = file.strip_prefix(&base).unwrap_or(file).to_string_lossy().into_owned();
            wanted(&path) && !path.ends_with("README.md")
        })
        .filter_map(|file| {
            let whole = std::fs::read_to_string(file).ok()?;
            let text = match front_matter(&whole) {
                Some(range) => whole[range].to_owned(),
                None => whole,
            };
            let positions = Positions::of(&text)?;
            Some(Sample { text, positions })
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "md") {
            files.push(path);
        }
    }
}

fn kinds() -> Vec<Kind> {
    let kind = |name, samples| {
        let format = format_named(name).unwrap();
        Kind { title: format.title, path: path(format), schema: format.schema(), samples }
    };
    let one = |name: &'static str| samples(move |path| path == name);
    let below = |folder: &'static str, name: &'static str| {
        samples(move |path| path.starts_with(folder) && path.ends_with(name))
    };
    let kinds = vec![
        kind("site", one("site.yaml")),
        kind("department", below("departments/", "department.yaml")),
        kind("item", below("departments/", "/item.yaml")),
        kind("material", below("materials/", ".yaml")),
        kind("place", below("places/", ".yaml")),
        kind("law", below("laws/", ".yaml")),
        kind("bundle", below("bundles/", ".yaml")),
        kind("notice", below("notices/", ".md")),
        kind("page", below("pages/", ".md")),
        kind("topics", one("topics.yaml")),
        kind("calendar", one("calendar.yaml")),
        kind("synonyms", one("synonyms.yaml")),
        kind("redirects", one("redirects.yaml")),
        kind("exceptions", one("exceptions.yaml")),
    ];
    assert_eq!(kinds.len(), FORMATS.len());
    kinds
}

/// Where the files of a format stand, in words for the names that differ.
fn path(format: &Format) -> String {
    match format.name {
        "department" => "content/departments/<部门>/department.yaml".to_owned(),
        "item" => "content/departments/<部门>/<事项>/item.yaml".to_owned(),
        "notice" => "content/notices/<日期>-<名字>.md".to_owned(),
        "page" => format.files.to_owned(),
        _ => format.files.replace('*', "<名字>"),
    }
}

/// All tables of the handbook.
fn tables() -> String {
    let mut out = String::from("\n### 值的写法\n\n| 叫什么 | 怎么写 | 例子 |\n|---|---|---|\n");
    for form in forms() {
        let examples: Vec<String> = form.examples.iter().take(3).map(|one| format!("`{one}`")).collect();
        writeln!(out, "| {} | {} | {} |", form.title, cell(form.allowed), examples.join("、")).unwrap();
    }
    for kind in kinds() {
        write!(out, "\n### {}：`{}`\n\n{}\n", kind.title, kind.path, description(&kind.schema)).unwrap();
        table(&kind, &kind.schema, &Vec::new(), "", &mut out, &mut Vec::new());
    }
    out
}

/// A step of a path in which every list entry counts.
#[derive(Clone)]
enum Way {
    Key(String),
    Any,
}

fn table(kind: &Kind, schema: &Value, way: &[Way], name: &str, out: &mut String, told: &mut Vec<(Value, String)>) {
    let Some(properties) = schema["properties"].as_object() else { return };
    if !name.is_empty() {
        let keys = schema["properties"].clone();
        if let Some((_, first)) = told.iter().find(|(known, _)| *known == keys) {
            write!(out, "\n`{name}` 里面的键和 `{first}` 一样。\n").unwrap();
            return;
        }
        told.push((keys, name.to_owned()));
        write!(out, "\n`{name}` 里面：{}\n", description(schema)).unwrap();
    }
    out.push_str("\n| 键 | 必填 | 意思 | 怎么写 | 例子 |\n|---|---|---|---|---|\n");
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut inner = Vec::new();
    for (key, value) in properties {
        let mut there = way.to_vec();
        there.push(Way::Key(key.clone()));
        let must = if required.contains(&key.as_str()) { "是" } else { "" };
        let (writing, below) = writing(value);
        let example = if below.is_some() { "见下表".to_owned() } else { example(kind, value, &there, key) };
        writeln!(out, "| `{key}` | {must} | {} | {writing} | {example} |", cell(&description(value))).unwrap();
        if let Some((schema, is_list)) = below {
            if is_list {
                there.push(Way::Any);
            }
            let full = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            inner.push((schema.clone(), there, full));
        }
    }
    for (schema, there, full) in inner {
        table(kind, &schema, &there, &full, out, told);
    }
}

fn description(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// How a value is written, and the mapping inside it, if any (with whether it is in a list).
fn writing(schema: &Value) -> (String, Option<(&Value, bool)>) {
    for combined in ["anyOf", "oneOf"] {
        if let Some(all) = schema[combined].as_array() {
            let parts: Vec<(String, Option<(&Value, bool)>)> =
                all.iter().filter(|one| one["type"] != "null").map(writing).collect();
            let below = parts.iter().find_map(|(_, below)| *below);
            let mut words: Vec<String> = parts.into_iter().map(|(text, _)| text).collect();
            words.dedup();
            return (words.join("，或者"), below);
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        if words.iter().any(Value::is_boolean) {
            return ("是、否（或支持、不支持）".into(), None);
        }
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return (words.join("、"), None);
    }
    if let Some(word) = schema["const"].as_str() {
        return (word.to_owned(), None);
    }
    let kind = schema["type"].as_str().or_else(|| {
        schema["type"].as_array().and_then(|all| all.iter().filter_map(Value::as_str).find(|one| *one != "null"))
    });
    match kind {
        Some("array") => {
            let (text, below) = writing(&schema["items"]);
            let below = below
                .map(|(schema, _)| (schema, true))
                .or_else(|| schema["items"]["properties"].is_object().then_some((&schema["items"], true)));
            (format!("列表，每项：{text}"), below)
        }
        Some("object") if schema["properties"].is_object() => ("一组键".into(), Some((schema, false))),
        Some("object") => ("键自定".into(), None),
        Some("integer") => ("整数".into(), None),
        Some("boolean") => ("是、否".into(), None),
        _ => {
            let form = forms().into_iter().find(|form| Some(form.format) == schema["format"].as_str());
            (form.map_or("文字".into(), |form| form.title.to_owned()), None)
        }
    }
}

/// An example of a value: from the sample content, else from the value type.
fn example(kind: &Kind, schema: &Value, way: &[Way], key: &str) -> String {
    for sample in &kind.samples {
        for path in paths(sample, way, FieldPath::root()) {
            if let Some(text) = scalar(sample, &path) {
                return format!("`{}`", cell(&text));
            }
        }
    }
    let own = schema["examples"].as_array().and_then(|all| all.first()).and_then(Value::as_str);
    let fallback = FALLBACK.iter().find(|(known, _)| *known == key).map(|(_, text)| *text);
    let text = fallback.or(own);
    let text = text.unwrap_or_else(|| panic!("neither the sample content nor FALLBACK has an example of `{key}`"));
    format!("`{text}`")
}

/// Examples of keys that the sample content has no reason to use.
const FALLBACK: &[(&str, &str)] = &[
    ("主题", "default"),
    ("主项", "食品经营许可"),
    ("乡镇街道", "望山区云中街道"),
    ("村居社区", "云中社区"),
    ("承办机构", "食品经营许可科"),
    ("进驻大厅", "是"),
    ("业务办理项编码", "\"11990000000001012U300013102300001\""),
    ("代码", "TL01"),
    ("位置", "办理时限.承诺"),
    ("内容", "国家对食品生产经营实行许可制度。"),
    ("地址", "青岚市望山区云中路1号"),
    ("地方实施编码", "\"QL-XK-0023\""),
    ("对象", "残疾人"),
    ("文件", "content/departments/scjgj/food-business-licence/item.yaml"),
    ("条款", "第三十五条: 国家对食品生产经营实行许可制度。"),
    ("涉密", "否"),
    ("检查等级", "{ VG01: 告知, TL09: 不查 }"),
    ("理由", "省里的新标准下个月才公布"),
    ("答案", "{ self: 本人办, proxy: 委托他人办 }"),
    ("编码", "\"11100000000013127D040\""),
    ("草稿", "是"),
    ("责任人", "政务公开科"),
    ("适用", "{ agent: [proxy] }"),
];

/// The concrete paths a way stands for in a sample: the first few list entries.
fn paths(sample: &Sample, way: &[Way], start: FieldPath) -> Vec<FieldPath> {
    let mut found = vec![start];
    for step in way {
        found = found
            .into_iter()
            .flat_map(|path| match step {
                Way::Key(key) => vec![path.key(key)],
                Way::Any => (0..8).map(|n| path.index(n)).collect(),
            })
            .filter(|path| exists(sample, path))
            .collect();
    }
    found
}

fn exists(sample: &Sample, path: &FieldPath) -> bool {
    match path.0.last() {
        Some(mingbai::source::Step::Key(name)) => {
            sample.positions.key(path).is_some_and(|range| sample.text[range].trim_matches(['"', '\'']) == name)
        }
        _ => sample.positions.value(path).is_some(),
    }
}

/// The text of a value on one line, if it is short enough for a table.
fn scalar(sample: &Sample, path: &FieldPath) -> Option<String> {
    let value = sample.positions.value(path)?;
    if sample.positions.key(path) != Some(value.clone()) {
        return short(&sample.text[value]);
    }
    // A block list is marked at its key; show its first entry.
    let first = sample.positions.value(&path.index(0)).filter(|range| *range != value)?;
    short(&sample.text[first]).filter(|text| !text.contains(": ")).map(|text| format!("- {text}"))
}

/// A text that fits into a table: the first line, cut after 40 characters.
fn short(text: &str) -> Option<String> {
    let line = text.trim().trim_start_matches(['|', '>', '-']).trim_start().lines().next()?.trim();
    let cut: String = line.chars().take(40).collect();
    let more = if cut.len() < line.len() { "…" } else { "" };
    (!cut.is_empty()).then(|| format!("{cut}{more}"))
}

/// The tables of all codes of findings.
fn codes() -> String {
    let mut out = String::new();
    for (name, codes) in mingbai::check::families() {
        write!(out, "\n### {}\n\n| 代码 | 英文名 | 级别 | 问题 | 为什么，怎么改 |\n|---|---|---|---|---|\n", name.zh)
            .unwrap();
        for code in codes {
            let level = match code.severity {
                Severity::Error => "错误",
                Severity::Warning => "警告",
                Severity::Info => "提示",
            };
            let (title, explain) = (cell(code.title_zh), cell(code.explain_zh.trim()));
            writeln!(out, "| {} | `{}` | {level} | {title} | {explain} |", code.id, code.name).unwrap();
        }
    }
    out
}

/// Compares what stands between two marks of the handbook, or writes it anew.
fn compare(start: &str, end: &str, fresh: &str) {
    // The tests of this file run beside each other and write one file.
    static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _alone = WRITING.lock().unwrap();
    let path = root().join("content/README.md");
    let handbook = std::fs::read_to_string(&path).unwrap();
    let from = handbook.find(start).unwrap_or_else(|| panic!("the handbook has the mark {start}")) + start.len();
    let to = handbook.find(end).unwrap_or_else(|| panic!("the handbook has the mark {end}"));
    if std::env::var_os("MINGBAI_UPDATE").is_some() {
        std::fs::write(&path, format!("{}{fresh}{}", &handbook[..from], &handbook[to..])).unwrap();
        return;
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (now, fresh) = (lines(&handbook[from..to]), lines(fresh));
    let first = now.iter().zip(&fresh).find(|(old, new)| old != new);
    assert!(now == fresh, "run MINGBAI_UPDATE=1 cargo test --test handbook; the first difference:\n{first:#?}");
}

#[test]
fn the_handbook_lists_every_code() {
    compare(CODES_START, CODES_END, &codes());
}

#[test]
fn the_handbook_lists_every_key_as_the_code_has_it() {
    compare(START, END, &tables());
}

#[test]
fn every_command_the_documents_name_exists() {
    let mut named = 0;
    for document in ["README.md", "content/README.md", "themes/README.md"] {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        for (at, _) in text.match_indices("mingbai ") {
            let rest = &text[at + "mingbai ".len()..];
            let word: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            let before = text[..at].chars().next_back();
            if word.is_empty() || word.starts_with('-') || !matches!(before, Some(' ' | '`')) || !is_code(&text, at) {
                continue;
            }
            let help =
                std::process::Command::new(env!("CARGO_BIN_EXE_mingbai")).args(["help", &word]).output().unwrap();
            assert!(help.status.success(), "{document} names `mingbai {word}`");
            named += 1;
        }
    }
    assert!(named > 10, "the documents name commands");
}

/// Whether a place of a document stands in a code block or between backticks.
fn is_code(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].starts_with("$ ") || text[line..at].matches('`').count() % 2 == 1
}
