//! A new portal: a folder that builds at once, with one department and one item as examples.

use serde_json::{Map, json};

use crate::documents::FORMATS;
use crate::model::terms::{Applicant, Channel, ItemType, Level};
use crate::model::value::Day;
use crate::scaffold::department::NewDepartment;
use crate::scaffold::item::NewItem;
use crate::scaffold::started::{Given, started};
use crate::scaffold::vscode;
use crate::schema;
use crate::yaml::shape_of;

/// The files that are the same in every portal.
const FIXED: [(&str, &str); 6] = [
    (".gitignore", include_str!("portal/gitignore")),
    (".gitattributes", include_str!("portal/gitattributes")),
    ("CODEOWNERS", include_str!("portal/CODEOWNERS")),
    ("content/README.md", include_str!("../../content/README.md")),
    ("content/calendar.yaml", include_str!("../../content/calendar.yaml")),
    ("content/topics.yaml", include_str!("../../content/topics.yaml")),
];
const README: &str = include_str!("portal/README.md");

/// The folder of the example department.
const EXAMPLE: &str = "example";

/// What is known of a portal before it is begun.
#[derive(Debug, Clone)]
pub struct NewPortal {
    /// 名称.
    pub name: String,
    /// 地区.
    pub area: String,
    /// The day on which it is begun.
    pub today: Day,
}

impl NewPortal {
    /// The files, from the portal's folder.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> =
            FIXED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        files.push(("README.md".to_owned(), README.replace("{名称}", &self.name)));
        files.extend(vscode::settings());
        files.extend(
            FORMATS
                .iter()
                .map(|format| (format!("{}/{}", vscode::SCHEMAS, format.schema_file()), format.schema_text())),
        );
        files.push(("content/site.yaml".to_owned(), self.site()));
        for one in [department().started(), self.item().started()] {
            files.push((one.path, one.text));
        }
        files
    }

    fn site(&self) -> String {
        let intro = [
            "门户总设置。写着“待补”的，备案下来了逐项换成真的内容；每个键的意思见 content/README.md。",
            "“网址”改成门户正式的网址；内容都是真的了，删掉“示例数据”这一行，页面上的“示例数据”标注就没有了。",
        ];
        let mut values = Map::new();
        values.insert("格式".to_owned(), json!(1));
        values.insert("名称".to_owned(), json!(self.name));
        values.insert("地区".to_owned(), json!(self.area));
        values.insert("网址".to_owned(), json!("https://zwfw.example/"));
        values.insert("示例数据".to_owned(), json!("是"));
        values.insert("主办单位".to_owned(), json!(format!("{}人民政府办公室", self.area)));
        let examples = [
            ("公安备案", "{ 编号: \"99000000000000\", 省份: 青 }", ""),
            ("网址", "https://zwfw.qinglan.example/", "可以带子路径"),
            ("格式", "1", ""),
        ];
        let given = Given { intro: &intro, values, examples: &examples };
        started(String::new(), &shape_of::<schema::SiteFile>(), &given).text
    }

    fn item(&self) -> NewItem {
        NewItem {
            department: EXAMPLE.to_owned(),
            slug: "example-item".to_owned(),
            name: "示例事项".to_owned(),
            item_type: ItemType::PublicService,
            applicants: vec![Applicant::Person],
            channels: vec![Channel::Window],
            code: None,
            today: self.today,
        }
    }
}

fn department() -> NewDepartment {
    NewDepartment {
        id: EXAMPLE.to_owned(),
        name: "示例部门".to_owned(),
        short_name: "示例部门".to_owned(),
        level: Level::City,
        code: None,
    }
}
