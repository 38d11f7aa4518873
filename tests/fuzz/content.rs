//! The files of a portal: items and all other kinds, Markdown, edits of YAML, and
//! the questions people type.

use mingbai::diagnostics::Lang;
use mingbai::load::{Given, load_given};
use mingbai::markdown::{self, Options};
use mingbai::pipeline::{Input, Memory, index, plan_loaded};
use mingbai::plan::Output;
use mingbai::printing::{Format, locate, print};
use mingbai::source::FieldPath;
use mingbai::yaml::edit::Document;
use serde_json::{Value, json};

use crate::engine::{bytes, texts};
use crate::kit::{ITEM, SITE, Site, TODAY};
use crate::random::Random;

/// The smallest portal with something of every kind.
pub(crate) fn portal() -> Site {
    let text = "-- content/redirects.yaml --
跳转:
  - { 从: /items/old/, 到: /items/food/, 理由: 改名 }
-- content/synonyms.yaml --
说法:
  - { 口语: 开饭馆, 正式: 食品经营许可 }
-- content/exceptions.yaml --
放行: []
-- content/materials/id-card.yaml --
名称: 居民身份证
类型: 证件证书证明
出具单位: 公安机关
-- content/bundles/shop/bundle.yaml --
名称: 开店一件事
面向: 法人
说明: 一次办完
事项:
  - { 事项: food, 顺序: 1, 关系: 必办 }
-- content/notices/2026-06-01-closed.md --
---
标题: 停办两天
类型: 窗口停办
开始: 2026-06-01
截止: 2026-12-31
---
改到周一办。
-- content/pages/help/use.md --
---
标题: 怎么用
摘要: 怎么用
栏目: 帮助
发布日期: 2026-01-01
---
## 先看 {#a}

[全部事项](/items/ \"全部\")，**注意：**请带 `原件`[^1]。<b>粗</b>

[^1]: 说明
-- content/departments/scjgj/food/guide.md --
## 先看这里

去[大厅](/places/hall/)。
";
    Site::minimal().with(text)
}

/// Runs the whole line over the files, prints what was found, and makes some of the pages.
pub(crate) fn whole_line(files: Vec<(String, Given)>, memory: &mut Memory, number: usize) {
    let input = Input { root: "/nowhere".into(), as_of: TODAY, drafts: !number.is_multiple_of(3), base_url: None };
    let planned = plan_loaded(load_given(files), &input, memory);
    let located = locate(planned.findings.into_vec(), &planned.tree);
    let format = [Format::Human, Format::Json, Format::Sarif, Format::Github][number % 4];
    let lang = if number.is_multiple_of(8) { Lang::En } else { Lang::Zh };
    print(&located, &planned.tree, format, lang, number.is_multiple_of(5));
    let Some(mut ready) = planned.ready else { return };
    if number.is_multiple_of(50) {
        index(&mut ready);
    }
    let outputs = ready.plan.outputs.iter().filter(|(_, output)| !matches!(output, Output::Asset(_)));
    for (path, output) in outputs.skip(number % 7).step_by(7) {
        assert!(ready.renderer.make(&ready.portal, &ready.plan, path, output).is_ok(), "{}", path.as_str());
    }
}

fn given(site: &Site) -> Vec<(String, Given)> {
    site.paths().map(|path| (path.to_owned(), Given::Bytes(site.bytes(path).to_vec()))).collect()
}

#[test]
fn items() {
    let files = given(&Site::minimal());
    let sample = include_str!("../../content/departments/scjgj/food-business-licence/item.yaml");
    let seeds = [Site::minimal().text(ITEM), sample.to_owned()];
    let (mut memory, mut number) = (Memory::default(), 0);
    texts("items", &seeds, |text| {
        let mut files = files.clone();
        files.push((ITEM.to_owned(), Given::Bytes(text.as_bytes().to_vec())));
        files.rotate_right(1);
        files.dedup_by(|a, b| a.0 == b.0);
        let mut seen = std::collections::BTreeSet::new();
        files.retain(|(path, _)| seen.insert(path.clone()));
        number += 1;
        whole_line(files, &mut memory, number);
    });
}

#[test]
fn files_of_every_kind() {
    let site = portal();
    let files = given(&site);
    let seeds: Vec<Vec<u8>> = site.paths().map(|path| site.bytes(path).to_vec()).collect();
    let (mut memory, mut number) = (Memory::default(), 0);
    let mut random = Random::of("which file");
    bytes("files of every kind", &seeds, |bytes| {
        let mut files = files.clone();
        let at = random.below(files.len());
        files[at].1 = Given::Bytes(bytes.to_vec());
        number += 1;
        whole_line(files, &mut memory, number);
    });
}

/// The elements that Markdown becomes, and their attributes.
const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "dl",
    "dt",
    "dd",
    "aside",
    "label",
];
const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "checked",
    "class",
    "disabled",
    "height",
    "href",
    "id",
    "loading",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
    "width",
    "lang",
    "data-align",
];

/// What is not allowed in the markup of a text: other elements or attributes, open tags, bad schemes.
fn faults(html: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { return Some(format!("`<{part}` is not closed")) };
        if text.contains('>') {
            return Some(format!("a bare `>` in `{text}`"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> closes another"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        if !ELEMENTS.contains(&name) {
            return Some(format!("<{tag}>"));
        }
        if !["br", "hr", "img", "input"].contains(&name) {
            open.push(name);
        }
        let mut rest = tag[name.len()..].trim_end_matches('/').trim();
        while !rest.is_empty() {
            let end = rest.find(['=', ' ']).unwrap_or(rest.len());
            let key = &rest[..end];
            if !ATTRIBUTES.contains(&key) {
                return Some(format!("attribute `{key}` in <{tag}>"));
            }
            rest = match rest[end..].strip_prefix("=\"") {
                Some(value) => {
                    let Some((value, after)) = value.split_once('"') else { return Some(format!("<{tag}>")) };
                    let is_address = ["href", "src"].contains(&key);
                    let scheme = value.split(['/', '?', '#']).next().unwrap().split_once(':').map(|(scheme, _)| scheme);
                    let is_known = |scheme: &str| ["http", "https", "mailto", "tel"].contains(&&*scheme.to_lowercase());
                    if is_address && (scheme.is_some_and(|scheme| !is_known(scheme)) || value.starts_with("//")) {
                        return Some(format!("address `{value}`"));
                    }
                    after.trim_start()
                }
                None => rest[end..].trim_start(),
            };
        }
    }
    (!open.is_empty()).then(|| format!("{open:?} stay open"))
}

#[test]
fn markdown_texts() {
    let site = portal();
    let mut seeds: Vec<String> = ["content/pages/help/use.md", "content/departments/scjgj/food/guide.md"]
        .map(|path| site.text(path).split("---\n").last().unwrap().to_owned())
        .to_vec();
    seeds.extend(
        [
            "| 甲 | 乙 |\n|:-:|--|\n| 1 | `2` |\n",
            "1. 一\n   - 二\n\n     > [!WARNING]\n     > 三\n",
            "- [x] 好\n- [ ] 坏\n",
            "术语\n: 解释\n",
            "![图](a.png \"题\") <https://a.example/?a=1&b=2> a@b.cn ~~删~~\n",
            "# 一 {#x .c k=v}\n\n### 二 {#x}\n",
            "[a]: javascript:alert(1)\n[a] [b](&#106;avascript:1) [c](java\tscript:1) [d](data:text/html,1) [e](//x.example)\n",
            "<script>alert(1)</script><img src=x onerror=alert(1)><!-- a -->\n",
            "```html\n<b>\n```\n\n    代码\n",
        ]
        .map(str::to_owned),
    );
    texts("markdown", &seeds, |text| {
        let rendered = markdown::render(text, &Options::new(2), &|_| None);
        if let Some(fault) = faults(rendered.html.as_str()) {
            panic!("{fault} in {}", rendered.html);
        }
        for problem in &rendered.problems {
            assert!(text.get(problem.range.clone()).is_some(), "{problem:?} is no part of the text");
        }
        for link in &rendered.links {
            assert!(text.get(link.range.clone()).is_some(), "{link:?} is no part of the text");
        }
        assert_eq!(markdown::render(text, &Options::new(2), &|_| None), rendered);
    });
}

/// Every path to a value of a document, the root first.
fn paths(value: &Value, at: &FieldPath, found: &mut Vec<FieldPath>) {
    found.push(at.clone());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| paths(inner, &at.key(key), found)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, inner)| paths(inner, &at.index(n), found)),
        _ => {}
    }
}

#[test]
fn edits_of_yaml_are_read_back() {
    let sample = include_str!("../../content/departments/scjgj/food-business-licence/item.yaml");
    let seeds = [Site::minimal().text(ITEM), Site::minimal().text(SITE), sample.to_owned()];
    let words =
        ["", "新", "a: b", "- x", "#", " 空 ", "多\n行\n", "是", "1", "\"引\"", "'", "：", "\t", "🙂", "null", "~"];
    let mut random = Random::of("edits");
    let mut edits = 0_usize;
    texts("edits of YAML", &seeds, |text| {
        let Ok(mut document) = Document::read(text, None) else { return };
        for _ in 0..4 {
            let before = document.value().clone();
            let mut all = Vec::new();
            paths(&before, &FieldPath::root(), &mut all);
            let path = &all[random.below(all.len())];
            let word = json!(random.pick(&words));
            let value = match random.below(6) {
                0 => json!([word, "二"]),
                1 => json!({ "键": word, "another": [1, true, null] }),
                2 => json!(random.below(100)),
                _ => word,
            };
            let is_done = match random.below(5) {
                0 => document.remove(path).is_ok(),
                1 => document.merge(path, &value).is_ok(),
                2 => document.insert(path, "新键", &value).is_ok(),
                3 => document.insert_entry(path, random.below(3), &value).is_ok(),
                _ => {
                    let is_done = document.set(path, &value).is_ok();
                    assert!(!is_done || document.get(path) == Some(&value), "{path}: {value} in\n{}", document.text());
                    is_done
                }
            };
            edits += usize::from(is_done);
            let again = Document::read(document.text(), None).map(|again| again.value().clone());
            assert_eq!(again.ok().as_ref(), Some(document.value()), "after an edit at {path}:\n{}", document.text());
            if !is_done {
                break;
            }
        }
    });
    assert!(edits > 20, "{edits}");
}

#[test]
fn questions() {
    let input = Input { root: "/nowhere".into(), as_of: TODAY, drafts: false, base_url: None };
    let planned = plan_loaded(load_given(given(&portal())), &input, &mut Memory::default());
    let mut ready = planned.ready.unwrap();
    let searchable = index(&mut ready);
    let searcher = searchable.searcher();
    let seeds = [
        "食品经营许可",
        "开饭馆要什么手续",
        "spjyxk",
        "shi pin jing ying",
        "食品经营許可證",
        "食品 经营，大厅",
        "11990000000001012U3000131001000",
        "市场监管局 电话",
        "a b c",
        "",
    ];
    texts("questions", &seeds.map(str::to_owned), |text| {
        let found = searcher.search(text);
        assert_eq!((&found.hits, &found.nearest), (&searcher.search(text).hits, &searcher.search(text).nearest));
        assert!(found.hits.is_sorted_by(|a, b| a.score >= b.score), "{:?}", found.hits);
        for hit in found.hits.iter().chain(&found.nearest) {
            searcher.record(text, hit.entry);
            searcher.explain(text, hit.entry);
        }
        if let Some(&best) = found.hits.first() {
            searcher.suggestion(text, best);
        }
    });
}
