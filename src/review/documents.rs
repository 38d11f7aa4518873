//! Every document of a portal that pages are made from, with its kind, id and shape.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::documents::{DocumentKind, FORMATS, Shapes, kind_of};
use crate::portal::Portal;
use crate::review::{Half, Kind};
use crate::source::{FileId, SourceFile, SourceTree};
use crate::yaml::{Key, Shape, Source, front_matter, read};

/// The key under which the text of a Markdown file stands.
pub(super) const BODY: &str = "正文";

/// One document of one state.
#[derive(Debug, Clone)]
pub(super) struct Doc {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) file: FileId,
    pub(super) url: Option<String>,
    /// The file of an item's guide.md.
    pub(super) guide: Option<FileId>,
}

/// The shape of a document.
pub(super) fn shape<'s>(shapes: &'s Shapes, doc: &Doc) -> Option<&'s Shape> {
    shapes.named(if doc.kind == Kind::Table { &doc.id } else { doc.kind.names().1 })
}

/// Every document of a state, by kind and id.
pub(super) fn all(half: &Half) -> BTreeMap<(Kind, String), Doc> {
    let mut docs = BTreeMap::new();
    let mut add = |doc: Doc| {
        docs.insert((doc.kind, doc.id.clone()), doc);
    };
    for format in FORMATS.iter().filter(|format| format.is_single()) {
        let is_it = |file: &&SourceFile| file.path == format.files && !file.text.is_empty();
        if let Some(file) = half.tree.files.iter().find(is_it) {
            let (id, name) = (format.name.to_owned(), format.title.to_owned());
            add(Doc { kind: Kind::Table, id, name, file: file.id, url: None, guide: None });
        }
    }
    if let Some(portal) = &half.portal {
        of_portal(portal, &mut add);
    }
    docs
}

fn of_portal(portal: &Portal, add: &mut dyn FnMut(Doc)) {
    let doc = |kind, id: &str, name: &str, file, url: Option<String>| Doc {
        kind,
        id: id.to_owned(),
        name: name.to_owned(),
        file,
        url,
        guide: None,
    };
    for item in &portal.items {
        add(Doc {
            guide: item.guide_file,
            ..doc(Kind::Item, &item.slug, item.everyday_name(), item.file, Some(item.path()))
        });
    }
    for one in &portal.bundles {
        let url = one.path();
        add(doc(
            Kind::Bundle,
            &one.slug,
            one.facts.everyday_name.as_ref().unwrap_or(&one.facts.name),
            one.file,
            Some(url),
        ));
    }
    for one in &portal.departments {
        add(doc(Kind::Department, &one.id, &one.facts.short_name, one.file, Some(one.path())));
    }
    for one in &portal.places {
        add(doc(Kind::Place, &one.id, &one.facts.name, one.file, Some(one.path())));
    }
    for one in &portal.materials {
        add(doc(Kind::Material, &one.id, &one.facts.name, one.file, Some(one.path())));
    }
    for one in &portal.laws {
        add(doc(Kind::Law, &one.id, &one.facts.name, one.file, Some(one.path())));
    }
    for one in &portal.notices {
        add(doc(Kind::Notice, &one.slug, &one.head.title, one.file, Some(one.path())));
    }
    for one in &portal.pages {
        add(doc(Kind::Page, &one.path, &one.head.title, one.file, Some(one.site_path())));
    }
}

/// A document as a value: its YAML, with the text of a Markdown file beside its head.
pub(super) fn value(file: &SourceFile, shape: &Shape) -> Option<Value> {
    if !file.path.ends_with(".md") {
        return read(Source { file: file.id, text: &file.text, base: 0 }, shape).0;
    }
    let range = front_matter(&file.text)?;
    let source = Source { file: file.id, text: &file.text[range.clone()], base: range.start };
    let mut value: Value = read(source, shape).0?;
    let body = file.text[range.end..].trim_start_matches('-').trim().replace("\r\n", "\n");
    value.as_object_mut().map(|map: &mut Map<String, Value>| map.insert(BODY.to_owned(), Value::String(body)));
    Some(value)
}

/// The shape of a Markdown file: its head and its text.
pub(super) fn with_body(shape: &Shape) -> Shape {
    let Shape::Map(keys) = shape else { return shape.clone() };
    let mut keys = keys.clone();
    keys.push(Key {
        name: BODY.to_owned(),
        required: false,
        description: String::new(),
        shape: Shape::Text { format: None },
    });
    Shape::Map(keys)
}

/// The file of an item that is not among the public ones: whether there is one at all.
pub(super) fn file_of_item(tree: &SourceTree, slug: &str) -> Option<FileId> {
    let is_it = |file: &&SourceFile| matches!(kind_of(&file.path), DocumentKind::Item(_, id) if id == slug);
    tree.files.iter().filter(|file| !file.text.is_empty()).find(is_it).map(|file| file.id)
}
