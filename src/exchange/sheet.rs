//! The tables of a portal: which there are, and what stands in which column.
//!
//! They are made from the shapes of the schema types. A document kind has one
//! table with a row a document. What cannot stand in one row of it (the lists
//! of entries, and a large group of keys) has a table of its own, whose rows
//! name the document they belong to. What is nested deeper stands in one cell,
//! in the notation of [`crate::exchange::cell`].

use crate::documents::{DocumentKind, files};
use crate::schema;
use crate::schema::values::PENDING;
use crate::yaml::{Key, Shape, shape_of};

/// A group of more keys than this has a table of its own.
const MOST_KEYS: usize = 5;
/// Lists of sentences that are easier to work on as rows than in one cell.
const SENTENCES: [&str; 2] = ["申请条件", "禁止性要求"];
/// The column that numbers the rows of one document.
pub(crate) const NUMBER: &str = "序号";
/// The column of an item's department.
pub(crate) const DEPARTMENT: &str = "部门";

/// The kinds of documents that are exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 事项.
    Item,
    /// 部门.
    Department,
    /// 法律.
    Law,
    /// 共用材料.
    Material,
    /// 地点.
    Place,
    /// 一件事.
    Bundle,
}

impl Kind {
    /// All kinds, in the order of the tables.
    pub const ALL: [Kind; 6] = [Kind::Item, Kind::Department, Kind::Law, Kind::Material, Kind::Place, Kind::Bundle];

    /// What its table and the column of its names are called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Item => "事项",
            Kind::Department => "部门",
            Kind::Law => "法律",
            Kind::Material => "共用材料",
            Kind::Place => "地点",
            Kind::Bundle => "一件事",
        }
    }

    /// The same in English.
    pub fn name_en(self) -> &'static str {
        match self {
            Kind::Item => "item",
            Kind::Department => "department",
            Kind::Law => "law",
            Kind::Material => "material",
            Kind::Place => "place",
            Kind::Bundle => "bundle",
        }
    }

    /// The kind of a document, with its id and an item's department.
    pub(crate) fn of(document: &DocumentKind) -> Option<(Kind, &str, Option<&str>)> {
        Some(match document {
            DocumentKind::Item(department, id) => (Kind::Item, id.as_str(), Some(department.as_str())),
            DocumentKind::Department(id) => (Kind::Department, id, None),
            DocumentKind::Law(id) => (Kind::Law, id, None),
            DocumentKind::Material(id) => (Kind::Material, id, None),
            DocumentKind::Place(id) => (Kind::Place, id, None),
            DocumentKind::Bundle(id) => (Kind::Bundle, id, None),
            _ => return None,
        })
    }

    /// Where the file of a document of this kind is.
    pub(crate) fn path(self, id: &str, department: &str) -> String {
        match self {
            Kind::Item => files::item(department, id),
            Kind::Department => files::department(id),
            Kind::Law => files::law(id),
            Kind::Material => files::material(id),
            Kind::Place => files::place(id),
            Kind::Bundle => files::bundle(id),
        }
    }

    /// The shape of its documents.
    pub(crate) fn shape(self) -> Shape {
        match self {
            Kind::Item => shape_of::<schema::Item>(),
            Kind::Department => shape_of::<schema::Department>(),
            Kind::Law => shape_of::<schema::Law>(),
            Kind::Material => shape_of::<schema::SharedMaterial>(),
            Kind::Place => shape_of::<schema::Place>(),
            Kind::Bundle => shape_of::<schema::Bundle>(),
        }
    }
}

/// What the rows of a table are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    /// One row a document.
    Documents,
    /// The entries of the list at this key.
    Entries(String),
    /// The sentences of the list at this key.
    Sentences(String),
    /// The pairs of the mapping at this key.
    Pairs(String),
    /// One row a document, with the keys of the mapping at this key.
    Group(String),
}

impl Body {
    /// The key of a document that the table holds.
    pub(crate) fn key(&self) -> Option<&str> {
        match self {
            Body::Documents => None,
            Body::Entries(key) | Body::Sentences(key) | Body::Pairs(key) | Body::Group(key) => Some(key),
        }
    }

    /// Whether a document has at most one row.
    pub(crate) fn is_single(&self) -> bool {
        matches!(self, Body::Documents | Body::Group(_))
    }
}

/// One table.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// The kind of the documents it is about.
    pub(crate) kind: Kind,
    /// What its rows are.
    pub(crate) body: Body,
    /// Its columns after the leading ones.
    pub(crate) columns: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its heading: the key, or keys with dots between them.
    pub(crate) header: String,
    /// The keys that lead to the value, from what a row is.
    pub(crate) path: Vec<String>,
    /// The shape of the value.
    pub(crate) shape: Shape,
    /// Whether it holds only the word that can stand in place of a list or a group.
    pub(crate) is_word: bool,
    /// Whether it must be filled in.
    pub(crate) required: bool,
    /// What it means.
    pub(crate) description: String,
}

impl Sheet {
    /// The headings before the columns.
    pub(crate) fn leading(&self) -> Vec<String> {
        let mut leading = vec![self.kind.name().to_owned()];
        match (&self.body, self.kind) {
            (Body::Documents, Kind::Item) => leading.push(DEPARTMENT.to_owned()),
            (Body::Documents, _) => {}
            (body, kind) => {
                leading.push(format!("（{}名称）", kind.name()));
                if !body.is_single() {
                    leading.push(NUMBER.to_owned());
                }
            }
        }
        leading
    }

    /// Every heading.
    pub(crate) fn headers(&self) -> Vec<String> {
        self.leading().into_iter().chain(self.columns.iter().map(|column| column.header.clone())).collect()
    }
}

/// Every table of every kind, in order.
pub(crate) fn sheets() -> Vec<Sheet> {
    Kind::ALL.into_iter().flat_map(sheets_of).collect()
}

/// The tables of one kind: that of its documents, then those of their lists.
fn sheets_of(kind: Kind) -> Vec<Sheet> {
    let Shape::Map(keys) = kind.shape() else { return Vec::new() };
    let named = |key: &str| if kind == Kind::Item { key.to_owned() } else { format!("{}·{key}", kind.name()) };
    let mut columns = Vec::new();
    let mut more = Vec::new();
    for key in &keys {
        let name = key.name.clone();
        let (words, structure) = parts(&key.shape);
        let own = match structure {
            Some(Shape::List(entry)) => match parts(entry) {
                (_, Some(Shape::Map(inner))) => Some((Body::Entries(name.clone()), flat(inner, &[], false))),
                _ if SENTENCES.contains(&name.as_str()) => {
                    Some((Body::Sentences(name.clone()), vec![single(&name, entry, &key.description)]))
                }
                _ => None,
            },
            Some(Shape::Open(value)) => {
                let pair = vec![
                    single(&name, &Shape::Text { format: None }, &key.description),
                    Column { path: vec!["内容".to_owned()], ..single("内容", value, "") },
                ];
                Some((Body::Pairs(name.clone()), pair))
            }
            Some(Shape::Map(inner)) if inner.len() > MOST_KEYS && words.is_none() => {
                Some((Body::Group(name.clone()), flat(inner, &[], !key.required)))
            }
            _ => None,
        };
        match own {
            Some((body, inner)) => {
                if let Some(words) = words {
                    columns.push(Column {
                        header: name.clone(),
                        path: vec![name.clone()],
                        shape: words,
                        is_word: true,
                        required: false,
                        description: key.description.clone(),
                    });
                }
                more.push(Sheet { name: named(&name), kind, body, columns: inner });
            }
            None => columns.extend(flat(std::slice::from_ref(key), &[], false)),
        }
    }
    let mut all = vec![Sheet { name: kind.name().to_owned(), kind, body: Body::Documents, columns }];
    all.append(&mut more);
    all
}

/// A column for what a row itself is.
fn single(name: &str, shape: &Shape, description: &str) -> Column {
    Column {
        header: name.to_owned(),
        path: Vec::new(),
        shape: shape.clone(),
        is_word: false,
        required: true,
        description: description.to_owned(),
    }
}

/// The columns of keys; those of a mapping stand beside each other.
fn flat(keys: &[Key], before: &[String], is_optional: bool) -> Vec<Column> {
    let mut columns = Vec::new();
    for key in keys {
        let path: Vec<String> = before.iter().cloned().chain([key.name.clone()]).collect();
        let required = key.required && !is_optional;
        let column = |shape: Shape, is_word: bool, required: bool| Column {
            header: path.join("."),
            path: path.clone(),
            shape,
            is_word,
            required,
            description: key.description.clone(),
        };
        match parts(&key.shape) {
            (None, Some(Shape::Map(inner))) => columns.extend(flat(inner, &path, !required)),
            (Some(words), Some(Shape::Map(inner))) => {
                columns.push(column(words, true, false));
                columns.extend(flat(inner, &path, true));
            }
            _ => columns.push(column(key.shape.clone(), false, required)),
        }
    }
    columns
}

/// A shape as the words that can stand alone, and the list or mapping.
pub(crate) fn parts(shape: &Shape) -> (Option<Shape>, Option<&Shape>) {
    let shapes = match shape {
        Shape::Either(shapes) => shapes,
        Shape::Map(_) | Shape::Open(_) | Shape::List(_) => return (None, Some(shape)),
        Shape::Told(told) => {
            let (words, structure) = parts(told);
            let pending = Shape::Choice { title: String::new(), words: vec![PENDING.to_owned()] };
            return match (words, structure) {
                (_, None) => (Some(shape.clone()), None),
                (None, structure) => (Some(pending), structure),
                (Some(words), structure) => (Some(Shape::Either(vec![words, pending])), structure),
            };
        }
        _ => return (Some(shape.clone()), None),
    };
    let structure = shapes.iter().find(|shape| matches!(shape, Shape::Map(_) | Shape::Open(_) | Shape::List(_)));
    let mut words: Vec<Shape> = shapes.iter().filter_map(|shape| parts(shape).0).collect();
    let words = if words.len() > 1 { Some(Shape::Either(words)) } else { words.pop() };
    (words, structure)
}

/// The words a cell can hold, if it holds one of a few.
pub(crate) fn choices(shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Choice { words, .. } => words.clone(),
        Shape::Flag => ["是", "否", "支持", "不支持"].map(str::to_owned).to_vec(),
        Shape::Either(shapes) => shapes.iter().flat_map(choices).collect(),
        Shape::Told(told) => match choices(told) {
            words if words.is_empty() => words,
            words => words.into_iter().chain([PENDING.to_owned()]).collect(),
        },
        _ => Vec::new(),
    }
}

/// The shape of a value that is told.
pub(crate) fn told(shape: &Shape) -> &Shape {
    match shape {
        Shape::Told(inner) => told(inner),
        shape => shape,
    }
}

/// The kind of document a column names by id.
pub(crate) fn reference(path: &[String]) -> Option<Kind> {
    Some(match path.last()?.as_str() {
        "法律" => Kind::Law,
        "引用" => Kind::Material,
        "地点" | "默认地点" => Kind::Place,
        "接替事项" | "办理事项" | "事项" => Kind::Item,
        "牵头部门" => Kind::Department,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_every_key_once() {
        let sheets = sheets();
        let named = |name: &str| sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(named("申请材料").leading(), ["事项", "（事项名称）", "序号"]);
        assert!(named("申请材料").columns.iter().any(|column| column.header == "电子证照.可免交"));
        assert!(named("事项").headers().starts_with(&["事项".to_owned(), "部门".to_owned(), "名称".to_owned()]));
        assert!(named("事项").columns.iter().any(|column| column.header == "收费" && column.is_word));
        assert!(named("办理时限").columns.iter().any(|column| column.header == "法定依据.条款"));
        assert_eq!(named("法律·条款").headers(), ["法律", "（法律名称）", "序号", "条款", "内容"]);
        assert_eq!(named("申请条件").headers(), ["事项", "（事项名称）", "序号", "申请条件"]);
        for sheet in &sheets {
            let mut headers = sheet.headers();
            assert!(sheet.name.chars().count() <= 31, "{}", sheet.name);
            headers.sort();
            headers.dedup();
            assert_eq!(headers.len(), sheet.headers().len(), "{}", sheet.name);
        }
        for kind in Kind::ALL {
            let Shape::Map(keys) = kind.shape() else { panic!("{kind:?}") };
            for key in keys {
                let of_kind = sheets.iter().filter(|sheet| sheet.kind == kind);
                let has = of_kind.filter(|sheet| {
                    sheet.body.key() == Some(&key.name)
                        || (sheet.body == Body::Documents
                            && sheet.columns.iter().any(|column| !column.is_word && column.path[0] == key.name))
                });
                assert_eq!(has.count(), 1, "{kind:?} {}", key.name);
            }
        }
    }
}
