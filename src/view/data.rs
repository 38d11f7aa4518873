//! The page of the open data (开放数据): what files there are, what is in them, on what terms.

use serde::Serialize;

use crate::opendata::{self, Documented, Table};
use crate::plan::{Listed, OpenFile};
use crate::portal::paths;
use crate::view::page::{Head, View};
use crate::view::{Link, Scene};

/// What the page says.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    intro: String,
    licence: Licence,
    files: Vec<FileRow>,
    example: Option<Link>,
    tables: Vec<FieldTable>,
    own: Vec<OwnTerm>,
}

#[derive(Debug, Clone, Serialize)]
struct Licence {
    name: Option<String>,
    url: Option<String>,
    attribution: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct FileRow {
    path: String,
    url: Option<String>,
    name: String,
    format: &'static str,
    schema_url: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct FieldTable {
    id: String,
    name: String,
    fields: Vec<FieldRow>,
}

#[derive(Debug, Clone, Serialize)]
struct FieldRow {
    key: String,
    kind: String,
    url: Option<String>,
    text: String,
}

#[derive(Debug, Clone, Serialize)]
struct OwnTerm {
    id: &'static str,
    text: &'static str,
}

/// The properties of our own in JSON-LD; their addresses are `/data/#<id>`.
const OWN: [(&str, &str); 10] = [
    (
        "statutoryLimit",
        "法定办结时限：有 value、unit、text 三个属性。工作日没有对应的 ISO 8601 写法，所以不写成 P20D。",
    ),
    ("promisedLimit", "承诺办结时限，写法相同。"),
    ("value", "时限的数字。"),
    ("unit", "时限的单位，词与事项数据里的 unit 相同。"),
    ("text", "时限的原文，如“20个工作日”。"),
    ("visits", "最多到现场几次。"),
    ("onlineDepth", "网上办理深度。"),
    ("coverage", "通办范围。"),
    ("powerSource", "权力来源。"),
    ("lawStatus", "法律法规的效力状态，有效的不写。"),
];

impl Scene<'_> {
    pub(super) fn data(&self) -> (Head, View) {
        let site = &self.portal.site;
        let licence = site.licence.as_ref();
        let files = opendata::documented(self.portal, self.plan);
        let first = self.plan.listings.by_letter.first().map(|(_, id)| *id);
        let head = Head::new(
            "data",
            paths::DATA,
            "开放数据",
            format!("{}全部办事指南的开放数据：有哪些文件、每一栏是什么意思、怎么用、按什么许可。", site.area),
        )
        .column("开放数据", "信息公开");
        let view = DataView {
            intro: "本站每一个事项、部门、地点和法律依据，除了网页，都有一份给程序读的数据。网页一更新，数据同时更新。"
                .into(),
            licence: Licence {
                name: licence.map(|one| one.name.clone()),
                url: licence.and_then(|one| one.url.as_ref()).map(ToString::to_string),
                attribution: licence.and_then(|one| one.attribution.clone()),
            },
            files: files.into_iter().map(|file| self.data_file(file)).collect(),
            example: first.map(|id| {
                let item = self.portal.item(id);
                self.link(item.everyday_name(), &OpenFile::Item(id).path(self.portal))
            }),
            tables: field_tables(),
            own: OWN.map(|(id, text)| OwnTerm { id, text }).to_vec(),
        };
        (head, View::Data { data: view })
    }

    fn data_file(&self, file: Documented) -> FileRow {
        FileRow {
            url: file.is_one.then(|| self.url(&file.path)),
            path: file.path,
            name: file.name,
            format: file.format,
            schema_url: file.schema.map(|path| self.url(&path)),
        }
    }
}

/// The tables of an item and of all lists, each structure once.
fn field_tables() -> Vec<FieldTable> {
    let mut tables = opendata::item_tables();
    if let Some(item) = tables.first_mut() {
        item.text = "一个事项（index.json）".into();
    }
    for listed in Listed::ALL {
        for mut table in opendata::list_tables(listed) {
            if table.id == "List" {
                table.text = "一份清单：几种清单的外层都一样".into();
            }
            if tables.iter().all(|known| known.id != table.id) {
                tables.push(table);
            }
        }
    }
    for mut table in opendata::performance_tables() {
        if table.id == "Performance" {
            table.text = "效能公开的数字（performance.json）".into();
        }
        if tables.iter().all(|known| known.id != table.id) {
            tables.push(table);
        }
    }
    tables.into_iter().map(field_table).collect()
}

fn field_table(table: Table) -> FieldTable {
    let fields = table.fields.into_iter().map(|field| FieldRow {
        url: field.of.map(|id| format!("#data-{id}")),
        key: field.key,
        kind: field.kind,
        text: field.text,
    });
    FieldTable {
        id: format!("data-{}", table.id),
        name: table.text.trim_end_matches('。').to_owned(),
        fields: fields.collect(),
    }
}
