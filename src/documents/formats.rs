//! The formats of the documents: what each is called, where it stands, the JSON
//! Schema by which editors complete and check it and the shape by which the
//! reader does. The one list of them; nothing else names them all.

use serde_json::Value;

use crate::schema;
use crate::yaml::{Shape, json_schema, published_schema, shape_of};

/// The format of one document kind.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The name on the command line and of the schema's file.
    pub name: &'static str,
    /// What the document is called.
    pub title: &'static str,
    /// The files of this kind, from the portal's folder; `*` stands for any name.
    pub files: &'static str,
    schema: fn() -> Value,
    shape: fn() -> Shape,
}

macro_rules! formats {
    ($($name:ident: $type:ident, $title:literal, $files:literal;)+) => {
        /// The format of every document kind, the most edited first.
        pub static FORMATS: &[Format] = &[$(Format {
            name: stringify!($name),
            title: $title,
            files: $files,
            schema: json_schema::<schema::$type>,
            shape: shape_of::<schema::$type>,
        }),+];

        /// The shape of every document kind, made once.
        #[derive(Debug)]
        pub struct Shapes {
            $(pub(super) $name: Shape),+
        }

        impl Shapes {
            /// Makes the shapes from the schema types.
            pub fn new() -> Self {
                Shapes { $($name: shape_of::<schema::$type>()),+ }
            }

            /// The shape of the documents of the format with this name.
            pub fn named(&self, name: &str) -> Option<&Shape> {
                match name {
                    $(stringify!($name) => Some(&self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

formats! {
    item: Item, "事项", "content/departments/*/*/item.yaml";
    department: Department, "部门", "content/departments/*/department.yaml";
    law: Law, "法律法规", "content/laws/*.yaml";
    material: SharedMaterial, "共用材料", "content/materials/*.yaml";
    place: Place, "办事地点", "content/places/*.yaml";
    bundle: Bundle, "一件事", "content/bundles/*/bundle.yaml";
    site: SiteFile, "门户总设置", "content/site.yaml";
    calendar: CalendarFile, "工作日历", "content/calendar.yaml";
    topics: TopicsFile, "主题", "content/topics.yaml";
    synonyms: SynonymsFile, "口语和正式名称", "content/synonyms.yaml";
    redirects: RedirectsFile, "网址跳转", "content/redirects.yaml";
    exceptions: ExceptionsFile, "例外", "content/exceptions.yaml";
    notice: NoticeHead, "临时通知的开头", "content/notices/*.md";
    page: PageHead, "公开页面的开头", "content/pages/**/*.md";
}

impl Default for Shapes {
    fn default() -> Self {
        Self::new()
    }
}

impl Format {
    /// The JSON Schema (draft 2020-12) of the document.
    pub fn schema(&self) -> Value {
        published_schema(self.name, self.title, (self.schema)())
    }

    /// The shape by which the reader checks the document.
    pub fn shape(&self) -> Shape {
        (self.shape)()
    }

    /// The JSON Schema as the text of a file.
    pub fn schema_text(&self) -> String {
        // A value made of texts, numbers and lists always has a text.
        serde_json::to_string_pretty(&self.schema()).unwrap_or_default() + "\n"
    }

    /// The name of the schema's file.
    pub fn schema_file(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// Whether the document is the YAML head of a Markdown file.
    pub fn is_head(&self) -> bool {
        self.files.ends_with(".md")
    }

    /// Whether a portal has one document of this kind, at a fixed place.
    pub fn is_single(&self) -> bool {
        !self.files.contains('*')
    }

    /// The name its file always has, if it has one.
    pub fn file_name(&self) -> Option<&'static str> {
        self.files.rsplit('/').next().filter(|name| !name.contains('*'))
    }
}

/// The format of a name.
pub fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{DocumentKind, kind_of};

    #[test]
    fn the_files_of_a_format_are_read_as_such() {
        let kinds: Vec<String> = FORMATS
            .iter()
            .map(|format| {
                let kind = kind_of(&format.files.replace("**/*", "a").replace('*', "a"));
                assert!(!matches!(kind, DocumentKind::Unknown | DocumentKind::Ignored), "{}", format.files);
                format!("{kind:?}").to_lowercase()
            })
            .collect();
        for (format, kind) in FORMATS.iter().zip(kinds) {
            assert!(kind.starts_with(format.name), "{} is read as {kind}", format.files);
        }
    }

    #[test]
    fn every_schema_says_what_it_is() {
        for format in FORMATS {
            let schema = format.schema();
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema["$id"], format!("urn:mingbai:schema:1:{}", format.name));
            assert_eq!(schema["title"], format.title);
            assert_eq!(schema["additionalProperties"], false);
            assert!(!format.schema_text().contains("null"), "{}", format.name);
        }
    }
}
