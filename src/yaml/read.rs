//! Reads a YAML text into a schema type, with a finding for every fault.
//!
//! saphyr's parser makes a [`tree`] with positions, by which is decided what is
//! wrong; `serde_yaml` converts what is right. The text is parsed once.

use saphyr::ScanError;
use serde::de::DeserializeOwned;

use crate::diagnostics::{Finding, Place, Severity, Target, Words, codes};
use crate::source::FileId;
use crate::yaml::fixes;
use crate::yaml::prescan;
use crate::yaml::shape::Shape;
use crate::yaml::slips;
use crate::yaml::tree::{self, Node};
use crate::yaml::walk;

/// How many duplicate keys of one file are reported.
const MAX_DUPLICATES: usize = 20;

/// A stretch of YAML inside a file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file it is in.
    pub file: FileId,
    /// The YAML text.
    pub text: &'a str,
    /// Where the text begins in the file, in bytes.
    pub base: usize,
}

/// Reads `source` as a `T` of the given shape.
///
/// `None` comes with at least one finding of severity error; a value can come
/// with warnings.
pub fn read<T: DeserializeOwned>(source: Source<'_>, shape: &Shape) -> (Option<T>, Vec<Finding>) {
    let mut findings = Vec::new();
    if let Some(at) = prescan::too_deep(source.text) {
        findings.push(too_deep(source, at));
        return (None, findings);
    }
    let document = check(source, shape, &mut findings);
    fixes::attach(source, shape, &mut findings);
    let Some(document) = document.filter(|_| findings.iter().all(|finding| finding.severity != Severity::Error)) else {
        return (None, findings);
    };
    // Reading the text itself is the slow way, which tells the place of a fault.
    match serde_yaml::from_value(document.into_value()).or_else(|_| serde_yaml::from_str(source.text)) {
        Ok(value) => (Some(value), findings),
        Err(error) => {
            findings.push(not_converted(source, &error));
            (None, findings)
        }
    }
}

/// Reports what is wrong with the text; its only document, if it has just one.
fn check<'t>(source: Source<'t>, shape: &Shape, findings: &mut Vec<Finding>) -> Option<Node<'t>> {
    let mut stream = match tree::parse(source.text) {
        Ok(stream) => stream,
        Err(error) => {
            syntax_error(source, &error, findings);
            return None;
        }
    };
    let duplicates = stream.duplicates.iter().take(MAX_DUPLICATES);
    findings.extend(duplicates.map(|at| duplicate_key(source, byte_of(source.text, *at))));
    walk_documents(source, &stream.documents, shape, findings);
    stream.documents.pop()
}

fn walk_documents(source: Source<'_>, documents: &[Node<'_>], shape: &Shape, findings: &mut Vec<Finding>) {
    match documents {
        [] => findings.push(empty_file(source)),
        [document] => {
            // A whole file with full-width colons is one text to the parser.
            let faults = match document.text() {
                Some(_) => prescan::line_faults(source.text, source.file, source.base),
                None => Vec::new(),
            };
            if faults.is_empty() {
                walk::walk(source, document, shape, findings);
            }
            findings.extend(faults);
        }
        [_, second, ..] => {
            let begin = byte_of(source.text, second.start);
            let fence = source.text[..begin].rfind("---").unwrap_or(begin);
            let end = if fence < begin { fence + "---".len() } else { begin };
            findings.push(
                Finding::new(
                    &codes::YM13,
                    source.file,
                    Target::Bytes(fence + source.base..end + source.base),
                    Words::new("`---` 后面又是一份文档", "a second document begins after `---`"),
                )
                .label("第二份从这里起", "the second begins here")
                .repair(
                    "删掉这一行，第二份另存为一个文件",
                    "remove the line, and put the second into a file of its own",
                ),
            );
        }
    }
}

/// The byte offset of a character offset.
pub(crate) fn byte_of(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

fn key_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find([':', '\n', '\r', ',', '}']).unwrap_or(rest.len());
    rest[..end].trim_end()
}

fn duplicate_key(source: Source<'_>, at: usize) -> Finding {
    let key = key_at(source.text, at);
    let start = source.base + at;
    let finding = Finding::new(
        &codes::YM04,
        source.file,
        Target::Bytes(start..start + key.len()),
        Words::new(format!("键 `{key}` 写了两次"), format!("the key `{key}` is written twice")),
    )
    .label("又写了一次", "written again")
    .repair("留下对的一个，删掉另一个", "keep the right one and delete the other");
    match first_of(source.text, at, key) {
        Some(first) => finding.related(
            Place { file: source.file, target: Target::Bytes(first + source.base..first + key.len() + source.base) },
            Words::new("先写在这里", "first written here"),
        ),
        None => finding,
    }
}

/// Where the key that is repeated at `second` stands first: before it on the
/// same line, or at the same indentation above it.
fn first_of(text: &str, second: usize, key: &str) -> Option<usize> {
    let start = text[..second].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[start..second];
    let indent = before.len() - before.trim_start_matches([' ', '-']).len();
    if indent < before.len() {
        let opened = before.rfind('{').unwrap_or(0);
        return before[opened..].find(key).map(|at| start + opened + at);
    }
    let mut first = None;
    let mut end = start;
    while let Some(line_end) = text[..end].strip_suffix('\n').map(str::len) {
        let at = text[..line_end].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[at..line_end];
        let bare = line.trim_start_matches([' ', '-']);
        let depth = line.len() - bare.len();
        if depth < indent && !bare.is_empty() {
            break;
        }
        if depth == indent && bare.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            first = Some(at + depth);
        }
        if depth == indent && line[..depth].contains('-') {
            break;
        }
        end = at;
    }
    first
}

fn empty_file(source: Source<'_>) -> Finding {
    Finding::new(
        &codes::YM11,
        source.file,
        Target::Bytes(source.base..source.base),
        Words::new("文件里什么都没有", "there is nothing in the file"),
    )
    .repair("照手册写上内容，或者删掉这个文件", "fill it in, or delete the file")
}

fn too_deep(source: Source<'_>, at: usize) -> Finding {
    Finding::new(
        &codes::YM12,
        source.file,
        Target::Bytes(source.base + at..source.base + at),
        Words::new("从这里起层次太深", "from here on it is nested too deep"),
    )
    .allowed("最多 64 层", "at most 64 levels")
    .repair("检查缩进和括号", "look at the indentation and the brackets")
}

fn syntax_error(source: Source<'_>, error: &ScanError, findings: &mut Vec<Finding>) {
    let faults = prescan::line_faults(source.text, source.file, source.base);
    if !faults.is_empty() {
        findings.extend(faults);
        return;
    }
    let at = byte_of(source.text, error.marker().index());
    let near = slips::plain(source, at, error.info())
        .or_else(|| prescan::colon_near(source.text, at, source.file, source.base))
        .or_else(|| slips::aligned(source, at));
    if let Some(fault) = near {
        findings.push(fault);
        return;
    }
    let (zh, repair_zh, repair_en) = explain(error.info());
    findings.push(
        Finding::new(
            &codes::YM01,
            source.file,
            Target::Bytes(source.base + at..source.base + at),
            Words::new(zh, format!("cannot be read: {}", error.info())),
        )
        .label("从这里起读不懂", "cannot be read from here on")
        .repair(repair_zh, repair_en),
    );
}

/// The parser's words in Chinese, with the usual repair.
fn explain(info: &str) -> (&'static str, &'static str, &'static str) {
    const QUOTE: (&str, &str) = (
        "值里面有英文冒号加空格、# 或以特殊符号开头时，给整个值加英文双引号",
        "put the whole value in double quotes if it holds a colon and a space, or begins with a special character",
    );
    const INDENT: (&str, &str) =
        ("同一层的键要左对齐，每层缩进两个空格", "align the keys of one level, two spaces for each level");
    let (zh, (repair_zh, repair_en)) = if info.contains("mapping values are not allowed") {
        ("这里不该有冒号", QUOTE)
    } else if info.contains("quoted scalar")
        && ["end of stream", "document indicator", "indentation"].iter().any(|why| info.contains(why))
    {
        ("引号没有配对", ("补上另一半英文引号", "add the closing quote"))
    } else if info.contains("trailing content after double-quoted") {
        (
            "引号后面还有文字",
            (
                "引号要括住整个值；里面的引号用中文的“”，或者去掉",
                "quotes must hold the whole value; use “” inside it, or remove them",
            ),
        )
    } else if info.contains("unexpected character") {
        ("值不能以这个符号开头", QUOTE)
    } else if info.contains("bracket") || info.contains("flow") || info.contains("',' or ']'") {
        (
            "括号没有配对，或者少了逗号",
            (
                "检查 [ ] 和 { } 是否成对，各项之间有没有英文逗号",
                "check that [ ] and { } match and entries have commas between them",
            ),
        )
    } else if info.contains("did not find expected key") || info.contains("indentation") {
        ("缩进不整齐", INDENT)
    } else if info.contains("'-' indicator") || info.contains("block sequence entries") {
        ("列表的 - 没有对齐", INDENT)
    } else if info.contains("simple key expect") {
        (
            "键后面少了冒号",
            ("写成“键: 值”，冒号是英文的，后面有一个空格", "write key: value, with a space after the colon"),
        )
    } else if info.contains("alias") || info.contains("anchor") {
        ("& 和 * 在 YAML 里有特别的意思", QUOTE)
    } else if info.contains("recursion") {
        ("层次太深", INDENT)
    } else {
        ("YAML 写法有错", QUOTE)
    };
    (zh, repair_zh, repair_en)
}

fn not_converted(source: Source<'_>, error: &serde_yaml::Error) -> Finding {
    let at = error.location().map_or(0, |location| location.index()).min(source.text.len());
    Finding::new(
        &codes::YM07,
        source.file,
        Target::Bytes(source.base + at..source.base + at),
        Words::new("这一处的值读不懂", format!("this value cannot be read: {error}")),
    )
    .repair("照手册里这个键的例子改写", "write it as the handbook's example of this key")
}
