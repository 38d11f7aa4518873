//! A new department, and a new bundle of items.

use serde_json::{Map, Value, json};

use crate::documents::files;
use crate::model::terms::{BundleRelation, Level, ReviewState, Term};
use crate::model::value::{CreditCode, Day};
use crate::scaffold::known::KnownItem;
use crate::scaffold::started::{Given, Started, started};
use crate::schema;
use crate::yaml::shape_of;

/// What is known of a department before its file is begun.
#[derive(Debug, Clone)]
pub struct NewDepartment {
    /// Its folder.
    pub id: String,
    /// 名称.
    pub name: String,
    /// 简称.
    pub short_name: String,
    /// 行使层级.
    pub level: Level,
    /// 统一社会信用代码, if it is at hand.
    pub code: Option<CreditCode>,
}

impl NewDepartment {
    /// The file that is begun.
    pub fn started(&self) -> Started {
        let intro = [
            "新部门。电话、地址、服务承诺写在这里，部门的事项就不用再写。",
            "写着“待补”的，问清楚了逐项换成真的内容；还差什么，运行 mingbai check。每个键的意思见 content/README.md。",
        ];
        let mut values = Map::new();
        values.insert("名称".to_owned(), json!(self.name));
        values.insert("简称".to_owned(), json!(self.short_name));
        values.insert("行使层级".to_owned(), json!(self.level.name()));
        if let Some(code) = &self.code {
            values.insert("统一社会信用代码".to_owned(), json!(code.as_str()));
        }
        let examples = [
            ("职责", "负责市场主体登记、食品安全和产品质量监督", ""),
            ("咨询电话", "[\"0600-8801001\"]", ""),
            ("监督电话", "[\"0600-8801002\"]", ""),
        ];
        let path = files::department(&self.id);
        started(path, &shape_of::<schema::Department>(), &Given { intro: &intro, values, examples: &examples })
    }
}

/// What is known of a bundle before its file is begun.
#[derive(Debug, Clone)]
pub struct NewBundle {
    /// Its folder.
    pub slug: String,
    /// 名称.
    pub name: String,
    /// 面向: 个人 or 法人.
    pub audience: String,
    /// 牵头部门, the department's folder.
    pub lead: Option<String>,
    /// The items, in the order in which they are done.
    pub items: Vec<KnownItem>,
    /// The day on which it is begun.
    pub today: Day,
}

impl NewBundle {
    /// The file that is begun.
    pub fn started(&self) -> Started {
        let intro = [
            "新的“一件事”。审核状态是“草稿”：预览（mingbai serve）里看得见，公开的网站上没有。",
            "“说明”换成您的话；“顺序”相同的可以同时办；还差什么，运行 mingbai check。每个键的意思见 content/README.md。",
        ];
        let names: Vec<&str> = self.items.iter().map(|item| item.name.as_str()).collect();
        let items = self.items.iter().zip(1..).map(|(item, number): (_, u32)| {
            json!({ "事项": item.slug, "顺序": number, "关系": BundleRelation::Always.name() })
        });
        let mut values = Map::new();
        let mut put = |key: &str, value: Value| values.insert(key.to_owned(), value);
        put("名称", json!(self.name));
        put("面向", json!(self.audience));
        if let Some(lead) = &self.lead {
            put("牵头部门", json!(lead));
        }
        put("说明", json!(format!("把{}合在一起办。", names.join("、"))));
        put("事项", Value::from_iter(items));
        put("审核", json!({ "状态": ReviewState::Draft.name() }));
        put("更新日期", json!(self.today.to_string()));
        let examples = [("事项", "- { 事项: food-business-licence, 顺序: 1, 关系: 必办 }", "")];
        let path = files::bundle(&self.slug);
        started(path, &shape_of::<schema::Bundle>(), &Given { intro: &intro, values, examples: &examples })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Value as _;
    use crate::source::FileId;
    use crate::yaml::{Source, read};

    #[test]
    fn a_department_reads_and_only_waits() {
        let department = NewDepartment {
            id: "scjgj".to_owned(),
            name: "青岚市市场监督管理局".to_owned(),
            short_name: "市场监管局".to_owned(),
            level: Level::City,
            code: None,
        };
        let text = department.started().text;
        let source = Source { file: FileId::FIRST, text: &text, base: 0 };
        let (read, findings) = read::<schema::Department>(source, &shape_of::<schema::Department>());
        assert!(read.is_some(), "{findings:#?}\n{text}");
        assert_eq!(department.started().missing, ["统一社会信用代码", "职责", "咨询电话", "监督电话"]);
    }

    #[test]
    fn a_bundle_reads() {
        let item = |slug: &str, name: &str| KnownItem {
            department: "scjgj".to_owned(),
            slug: slug.to_owned(),
            name: name.to_owned(),
        };
        let bundle = NewBundle {
            slug: "open-a-restaurant".to_owned(),
            name: "开餐饮店一件事".to_owned(),
            audience: "法人".to_owned(),
            lead: Some("scjgj".to_owned()),
            items: vec![item("licence", "营业执照"), item("food", "食品经营许可")],
            today: Day::parse("2026-07-01").unwrap(),
        };
        let Started { text, missing, .. } = bundle.started();
        let source = Source { file: FileId::FIRST, text: &text, base: 0 };
        let (read, findings) = read::<schema::Bundle>(source, &shape_of::<schema::Bundle>());
        assert!(read.is_some() && findings.is_empty(), "{findings:#?}\n{text}");
        assert!(missing.is_empty());
        assert!(text.contains("把营业执照、食品经营许可合在一起办。"), "{text}");
    }
}
