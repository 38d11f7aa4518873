//! Reads each file as the document its place says it is.

use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::diagnostics::{Finding, Findings, Target, Words, codes};
use crate::documents::parsed::Entry;
use crate::documents::{Body, Document, DocumentKind, Parsed, Shapes, kind_of, layout, lock, pending, style};
use crate::load::Loaded;
use crate::markdown::{self, ProblemKind, Rendered};
use crate::model::terms::ReviewState;
use crate::model::value::{Slug, Value};
use crate::schema;
use crate::source::{SourceFile, SourceTree};
use crate::yaml::{Shape, Source, front_matter, read};

/// What parsing depends on besides the text.
#[derive(Debug, Clone, Copy)]
pub struct ParseContext<'a> {
    /// The shapes of the documents.
    pub shapes: &'a Shapes,
    /// What every address of the site begins with: `/`, or `/zwfw/` under a sub-path.
    pub base_path: &'a str,
}

/// Reads `content/site.yaml` alone: the base path of links comes from it.
pub fn parse_site(tree: &SourceTree, shapes: &Shapes) -> Option<schema::SiteFile> {
    let file = tree.files.iter().find(|file| file.path == "content/site.yaml")?;
    let source = Source { file: file.id, text: &file.text, base: 0 };
    read(source, &shapes.site).0
}

/// Parses every file of the tree, in parallel; documents come in file order.
/// What was parsed before and says the same is taken from `parsed`.
pub fn parse_all(loaded: &Loaded, context: ParseContext<'_>, parsed: &mut Parsed) -> (Vec<Document>, Findings) {
    let files = &loaded.tree.files;
    let is_read = |file: &SourceFile| !loaded.unreadable.contains(&file.id);
    let entries: Vec<Option<Entry>> = parsed
        .take(files, context.base_path)
        .into_par_iter()
        .zip(files)
        .map(|(known, file)| {
            known.or_else(|| {
                let (document, findings) = is_read(file).then(|| parse_one(file, context))?;
                Some(Entry::new(file, document, findings))
            })
        })
        .collect();
    let mut findings = Findings::default();
    let mut documents = Vec::with_capacity(entries.len());
    let mut kept = Vec::with_capacity(entries.len());
    for (file, entry) in files.iter().zip(entries) {
        let Some(mut entry) = entry.filter(|_| is_read(file)) else { continue };
        let (document, found) = entry.said(file.id);
        findings.extend(found.iter().cloned());
        documents.extend(document);
        kept.push(entry);
    }
    parsed.keep(kept);
    (documents, findings)
}

fn parse_one(file: &SourceFile, context: ParseContext<'_>) -> (Option<Document>, Vec<Finding>) {
    let shapes = context.shapes;
    let kind = kind_of(&file.path);
    let mut findings = Vec::new();
    if let Some(finding) = bad_name(file, &kind) {
        return (None, vec![finding]);
    }
    style::look(file, &kind, &mut findings);
    let body =
        match kind {
            DocumentKind::Site => yaml(file, &shapes.site, &mut findings).map(Body::Site),
            DocumentKind::Calendar => yaml(file, &shapes.calendar, &mut findings).map(Body::Calendar),
            DocumentKind::Topics => yaml(file, &shapes.topics, &mut findings).map(Body::Topics),
            DocumentKind::Synonyms => yaml(file, &shapes.synonyms, &mut findings).map(Body::Synonyms),
            DocumentKind::Redirects => yaml(file, &shapes.redirects, &mut findings).map(Body::Redirects),
            DocumentKind::Exceptions => yaml(file, &shapes.exceptions, &mut findings).map(Body::Exceptions),
            DocumentKind::UrlsLock => Some(Body::UrlsLock(lock::read(file, &mut findings))),
            DocumentKind::Law(id) => yaml(file, &shapes.law, &mut findings).map(|law| Body::Law(id, law)),
            DocumentKind::Material(id) => {
                yaml(file, &shapes.material, &mut findings).map(|material| Body::Material(id, material))
            }
            DocumentKind::Place(id) => yaml(file, &shapes.place, &mut findings).map(|place| Body::Place(id, place)),
            DocumentKind::Department(id) => {
                yaml(file, &shapes.department, &mut findings).map(|department| Body::Department(id, department))
            }
            DocumentKind::Item(department, slug) => yaml(file, &shapes.item, &mut findings).map(|item| Body::Item {
                department: department.into(),
                slug: slug.into(),
                item,
            }),
            DocumentKind::Guide(_, slug) => {
                let folder = format!("{}items/{slug}/", context.base_path);
                let text = text(file, 0, context.base_path, &folder, 3, &mut findings);
                Some(Body::Guide { slug: slug.into(), text: Arc::new(text) })
            }
            DocumentKind::Bundle(slug) => {
                yaml(file, &shapes.bundle, &mut findings).map(|bundle| Body::Bundle(slug, bundle))
            }
            DocumentKind::Notice(slug) => {
                let folder = format!("{}notices/{slug}/", context.base_path);
                headed(file, &shapes.notice, context.base_path, &folder, &mut findings)
                    .map(|(head, text)| Body::Notice { slug, head, text })
            }
            DocumentKind::Page(path) => {
                let folder = format!("{}{path}/", context.base_path);
                headed(file, &shapes.page, context.base_path, &folder, &mut findings).map(|(head, text)| Body::Page {
                    path,
                    head,
                    text,
                })
            }
            DocumentKind::Theme | DocumentKind::Ignored => None,
            DocumentKind::Unknown => {
                findings.push(unknown_file(file));
                None
            }
        };
    let approved = matches!(&body, Some(Body::Item { item, .. }) if item.approval.state == ReviewState::Approved);
    pending::settle(&mut findings, approved);
    (body.map(|body| Document { file: file.id, body }), findings)
}

fn yaml<T: DeserializeOwned>(file: &SourceFile, shape: &Shape, findings: &mut Vec<Finding>) -> Option<Arc<T>> {
    let (value, found) = read::<T>(Source { file: file.id, text: &file.text, base: 0 }, shape);
    findings.extend(found);
    value.map(Arc::new)
}

/// Reads a Markdown file with a YAML head.
fn headed<T: DeserializeOwned>(
    file: &SourceFile,
    shape: &Shape,
    base_path: &str,
    folder: &str,
    findings: &mut Vec<Finding>,
) -> Option<(Arc<T>, Arc<Rendered>)> {
    let Some(range) = front_matter(&file.text) else {
        findings.push(
            Finding::new(
                &codes::YM06,
                file.id,
                Target::File,
                Words::new("文件开头没有 `---` 之间的栏目", "the file has no head between two lines `---`"),
            )
            .allowed(
                "第一行是 ---，下面是“键: 值”，再一行 ---，然后是正文",
                "a line ---, keys and values, a line ---, then the text",
            )
            .repair("照手册里的例子加上开头", "add a head as in the handbook's example"),
        );
        return None;
    };
    let source = Source { file: file.id, text: &file.text[range.clone()], base: range.start };
    let (head, found) = read::<T>(source, shape);
    findings.extend(found);
    let rest = &file.text[range.end..];
    let fence = rest.find("---").map_or(0, |at| at + 3);
    let body_start = range.end + rest[fence..].find('\n').map_or(rest.len(), |at| fence + at + 1);
    let text = text(file, body_start, base_path, folder, 2, findings);
    head.map(|head| (Arc::new(head), Arc::new(text)))
}

fn text(
    file: &SourceFile,
    start: usize,
    base_path: &str,
    folder: &str,
    heading_base: u8,
    findings: &mut Vec<Finding>,
) -> Rendered {
    let options = markdown::Options::new(heading_base - 1);
    let mut rendered =
        markdown::render(&file.text[start..], &options, &|target| resolve_link(target, base_path, folder));
    for link in &mut rendered.links {
        link.range = link.range.start + start..link.range.end + start;
    }
    for problem in &rendered.problems {
        let range = problem.range.start + start..problem.range.end + start;
        if problem.kind == ProblemKind::RawHtml && is_allowance(file.text.get(range.clone()).unwrap_or_default()) {
            continue;
        }
        findings.push(markdown_finding(file, range, problem.kind));
    }
    rendered
}

/// Whether a piece of HTML is one comment that lets a finding pass: nobody reads it on the page.
fn is_allowance(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim_start().starts_with("允许") && !inner.contains("-->"))
}

/// Site-absolute links get the base path, `files/…` the folder of the page.
fn resolve_link(target: &str, base_path: &str, folder: &str) -> Option<String> {
    if target.starts_with("//") {
        return None;
    }
    if let Some(rest) = target.strip_prefix('/') {
        return Some(format!("{base_path}{rest}"));
    }
    if target.starts_with('#') || target.contains(':') {
        return Some(target.to_owned());
    }
    Some(format!("{folder}{target}"))
}

fn markdown_finding(file: &SourceFile, range: std::ops::Range<usize>, kind: ProblemKind) -> Finding {
    let (code, message, allowed, repair) = match kind {
        ProblemKind::RawHtml => (
            &codes::MD01,
            ("正文里有 HTML 标签", "there is an HTML tag in the text"),
            ("Markdown 的写法，如 **加粗**、- 列表、| 表格 |", "Markdown, such as **bold**, - lists and | tables |"),
            ("改用 Markdown 的写法，或者删掉标签", "use Markdown instead, or remove the tag"),
        ),
        ProblemKind::ForbiddenScheme => (
            &codes::MD02,
            ("这种链接不允许", "this kind of link is not allowed"),
            (
                "以 https://、http://、mailto:、tel: 开头，或者站内以 / 开头的网址",
                "an address that begins with https://, http://, mailto:, tel:, or / for this site",
            ),
            ("改成允许的网址", "write an address that is allowed"),
        ),
        ProblemKind::ImageWithoutText => (
            &codes::MD03,
            ("图片没有文字说明", "the picture has no text"),
            ("![图里有什么](网址)", "![what it shows](address)"),
            ("在 [ ] 里写上图里有什么，看不见图的人靠它", "say between [ and ] what it shows"),
        ),
        ProblemKind::HeadingLevelOne => (
            &codes::MD04,
            ("正文里用了一级标题", "the text has a level-one heading"),
            ("从 ## 开始的标题，一级标题是页面的题目", "headings from ## on: level one is the title of the page"),
            ("把 # 改成 ##", "write ## instead of #"),
        ),
        ProblemKind::HeadingWithoutSpace => (
            &codes::MD07,
            ("# 后面没有空格，不是标题", "without a space after # this is no heading"),
            ("## 加一个空格，再写标题", "##, a space, and the heading"),
            ("在 # 后面加一个空格", "put a space after #"),
        ),
        ProblemKind::NotAList => (
            &codes::MD08,
            ("这一行会和上一行连成一段", "this line runs together with the one above"),
            ("1. 加一个空格，再写内容", "1., a space, and the text"),
            ("每行都改成“1. 内容”", "begin each line with “1. ”"),
        ),
        ProblemKind::MissingFootnote => (
            &codes::MD09,
            ("这个注释没有写", "this footnote is nowhere"),
            ("另起一行写“[^注释号]: 内容”", "a line of its own: [^mark]: text"),
            ("补上注释，或者删掉注释号", "write the footnote, or remove the mark"),
        ),
        ProblemKind::DuplicateId => (
            &codes::MD10,
            ("这个 id 前面用过了", "this id was used before"),
            ("同一篇里不重复的 id", "an id that stands once in the text"),
            ("换一个 id", "choose another id"),
        ),
        ProblemKind::Sentinel => (
            &codes::MD06,
            ("这个字符不能使用", "this character may not be used"),
            ("普通的文字和标点", "ordinary text and punctuation"),
            ("删掉它", "remove it"),
        ),
    };
    let quoted = file.text.get(range.clone()).unwrap_or_default();
    let quoted: String = quoted.lines().next().unwrap_or_default().chars().take(40).collect();
    Finding::new(
        code,
        file.id,
        Target::Bytes(range),
        Words::new(format!("{}：`{}`", message.0, quoted.trim()), format!("{}: `{}`", message.1, quoted.trim())),
    )
    .allowed(allowed.0, allowed.1)
    .repair(repair.0, repair.1)
}

/// A finding for a file or folder whose name cannot be an address.
fn bad_name(file: &SourceFile, kind: &DocumentKind) -> Option<Finding> {
    let names: Vec<&str> = match kind {
        DocumentKind::Law(id)
        | DocumentKind::Material(id)
        | DocumentKind::Place(id)
        | DocumentKind::Department(id)
        | DocumentKind::Bundle(id)
        | DocumentKind::Notice(id) => vec![id],
        DocumentKind::Item(department, slug) | DocumentKind::Guide(department, slug) => vec![department, slug],
        DocumentKind::Page(path) => path.split('/').collect(),
        _ => Vec::new(),
    };
    let wrong = names.into_iter().find(|name| Slug::parse(name).is_err())?;
    Some(
        Finding::new(
            &codes::SR10,
            file.id,
            Target::File,
            Words::new(format!("名字 `{wrong}` 不能做网址"), format!("the name `{wrong}` cannot be an address")),
        )
        .allowed(
            "小写字母、数字和短横线，最多 64 个字符",
            "lower-case letters, digits and hyphens, at most 64 characters",
        )
        .repair("给文件或文件夹改名", "rename the file or folder"),
    )
}

fn unknown_file(file: &SourceFile) -> Finding {
    let finding = Finding::new(&codes::SR07, file.id, Target::File, layout::unread(&file.path));
    layout::unknown_file(finding, &file.path)
}
