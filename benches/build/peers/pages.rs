//! The texts of a finished page as data, the way a site generator would be given them.
//!
//! Knows HTML only as the built-in theme writes it.

use std::error::Error;

use serde::Serialize;

/// The data of one page: Hugo and Eleventy read the same.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    title: String,
    description: String,
    /// Its address, for Hugo.
    url: String,
    /// Its file, for Eleventy.
    permalink: String,
    params: Params,
}

#[derive(Debug, Default, Serialize)]
struct Params {
    canonical: String,
    body: String,
    heading: String,
    metas: Vec<Meta>,
    crumbs: Vec<Link>,
    graph: String,
    qr: String,
    sections: Vec<Section>,
}

#[derive(Debug, Serialize)]
struct Meta {
    name: String,
    content: String,
}

#[derive(Debug, Serialize)]
struct Link {
    name: String,
    href: String,
}

/// A heading and what is under it.
#[derive(Debug, Default, Serialize)]
struct Section {
    heading: String,
    blocks: Vec<Block>,
}

/// A paragraph, a line of a list, or a label with its value.
#[derive(Debug, Serialize)]
struct Block {
    kind: &'static str,
    label: String,
    text: String,
    href: String,
}

/// What all pages have around their content.
pub(crate) struct Frame {
    pub(crate) header: String,
    pub(crate) footer: String,
}

/// The frame of a page, as text of a template.
pub(crate) fn frame(html: &str) -> Result<Frame, Box<dyn Error>> {
    let header = between(html, "<body", "<nav class=\"mb-crumbs\"").and_then(|text| text.split_once(">\n"));
    let footer = between(html, "</main>", "</body>");
    match (header, footer) {
        (Some((_, header)), Some(footer)) if !(header.contains("{{") || footer.contains("{{")) => {
            Ok(Frame { header: header.to_owned(), footer: format!("{footer}\n") })
        }
        _ => Err("the page has no frame that a template could have".into()),
    }
}

/// The data of the page in this file of the site.
pub(crate) fn page(path: &str, html: &str) -> Page {
    let (head, body) = html.split_once("</head>").unwrap_or((html, ""));
    let crumbs = between(body, "<nav class=\"mb-crumbs\"", "</nav>").unwrap_or_default();
    let main = between(body, "<main", "</main>").and_then(|main| main.split_once('>')).map_or("", |(_, main)| main);
    let mut params = Params {
        canonical: attribute(line(head, "rel=\"canonical\""), "href"),
        body: attribute(body.split('>').next().unwrap_or_default().trim_start(), "class"),
        metas: metas(head),
        crumbs: links(crumbs),
        graph: between(head, "application/ld+json\">", "</script>").unwrap_or_default().to_owned(),
        qr: between(main, "stroke=\"#000\" d=\"", "\"").unwrap_or_default().to_owned(),
        ..Params::default()
    };
    sections(main, &mut params);
    Page {
        title: text(between(head, "<title>", "</title>").unwrap_or_default()),
        description: attribute(line(head, "name=\"description\""), "content"),
        url: format!("/{}", path.strip_suffix("index.html").unwrap_or(path)),
        permalink: format!("/{path}"),
        params,
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let rest = &text[text.find(from)? + from.len()..];
    Some(&rest[..rest.find(to)?])
}

fn line<'a>(text: &'a str, with: &str) -> &'a str {
    text.lines().find(|line| line.contains(with)).unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> String {
    text(between(tag, &format!("{name}=\""), "\"").unwrap_or_default())
}

/// Text as it was before it was escaped.
fn text(html: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(html.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// The meta tags that are not on every page the same.
fn metas(head: &str) -> Vec<Meta> {
    const FIXED: [&str; 5] = ["viewport", "description", "color-scheme", "theme-color", "format-detection"];
    let tags = head.lines().filter(|line| line.starts_with("<meta name="));
    tags.map(|tag| Meta { name: attribute(tag, "name"), content: attribute(tag, "content") })
        .filter(|meta| !FIXED.contains(&meta.name.as_str()))
        .collect()
}

fn links(html: &str) -> Vec<Link> {
    let link = |part: &str| {
        let name = part.split_once('>')?.1.split('<').next()?;
        Some(Link { name: text(name), href: attribute(part, "href") })
    };
    html.split("<a ").skip(1).filter_map(link).collect()
}

/// Elements that stand within a line.
const INLINE: [&str; 14] =
    ["a", "b", "strong", "em", "i", "span", "small", "abbr", "time", "br", "q", "label", "mark", "sup"];

/// Fills the sections of a page from what is in its `main`.
fn sections(main: &str, params: &mut Params) {
    let mut rest = main;
    let mut tag = "p";
    let mut label = String::new();
    let (mut words, mut href) = (String::new(), String::new());
    params.sections.push(Section::default());
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        if let Some(after) = after.strip_prefix("svg") {
            rest = after.split_once("</svg>").map_or("", |(_, rest)| rest);
            continue;
        }
        let (element, next) = after.split_once('>').unwrap_or((after, ""));
        rest = next;
        let name = element.split([' ', '\n']).next().unwrap_or_default();
        if name == "a" && href.is_empty() {
            href = attribute(element, "href");
        }
        if INLINE.contains(&name.trim_start_matches('/')) {
            continue;
        }
        let said = text(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        words.clear();
        match (tag, said.is_empty()) {
            (_, true) => {}
            ("h1", _) => params.heading = said,
            ("h2", _) => params.sections.push(Section { heading: said, blocks: Vec::new() }),
            ("dt", _) => label = said,
            (tag, _) => {
                let kind = kind(tag);
                let label = std::mem::take(&mut label);
                let block = Block { kind, label, text: said, href: std::mem::take(&mut href) };
                params.sections.last_mut().expect("one was put in").blocks.push(block);
            }
        }
        if !name.starts_with('/') {
            tag = name;
        }
    }
}

fn kind(tag: &str) -> &'static str {
    match tag {
        "h3" | "h4" | "summary" | "th" => "title",
        "dd" | "td" => "row",
        "li" => "line",
        _ => "text",
    }
}
