//! A new law, a new place and a new notice.

use serde_json::{Map, Value, json};

use crate::model::terms::{LawKind, LawStatus, NoticeKind, Term};
use crate::model::value::Day;
use crate::scaffold::started::{Given, Started, started};
use crate::schema;
use crate::yaml::shape_of;

/// What is known of a law before its file is begun.
#[derive(Debug, Clone)]
pub struct NewLaw {
    /// The file's name without its ending.
    pub id: String,
    /// 名称.
    pub name: String,
    /// 类别.
    pub kind: LawKind,
    /// 颁布机关.
    pub issuer: String,
}

impl NewLaw {
    /// The file that is begun.
    pub fn started(&self) -> Started {
        let id = &self.id;
        let cite = format!("事项这样引用它：办理依据里写 {{ 法律: {id}, 条款: 第三十五条 }}。");
        let intro = [
            "新的法律法规，只写一次。每个键的意思见 content/README.md；还差什么，运行 mingbai check。",
            &cite,
            "引用到的条文原文写在“条款”里，把下面几行前面的 # 去掉：",
            "条款:",
            "  第三十五条: 条文原文，一字不差。",
        ];
        let values = values([
            ("名称", json!(self.name)),
            ("类别", json!(self.kind.name())),
            ("颁布机关", json!(self.issuer)),
            ("状态", json!(LawStatus::InForce.name())),
        ]);
        let path = format!("content/laws/{id}.yaml");
        started(path, &shape_of::<schema::Law>(), &Given { intro: &intro, values, examples: &[] })
    }
}

/// What is known of a place before its file is begun.
#[derive(Debug, Clone)]
pub struct NewPlace {
    /// The file's name without its ending.
    pub id: String,
    /// 名称.
    pub name: String,
    /// 地址.
    pub address: String,
}

impl NewPlace {
    /// The file that is begun.
    pub fn started(&self) -> Started {
        let id = &self.id;
        let cite = format!("部门文件里写 默认地点: {id}，或者事项的办理地点里写 {{ 地点: {id} }}，页面上才用得到它。");
        let intro = ["新的办事地点。写着“待补”的，问清楚了逐项换成真的内容；还差什么，运行 mingbai check。", &cite];
        let values = values([("名称", json!(self.name)), ("地址", json!(self.address))]);
        let examples = &[("开放时间", "- 周一至周五 9:00-12:00, 13:30-17:30", ""), ("电话", "\"0600-8800001\"", "")];
        let path = format!("content/places/{id}.yaml");
        started(path, &shape_of::<schema::Place>(), &Given { intro: &intro, values, examples })
    }
}

/// What is known of a notice before its file is begun.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// The end of the file's name; the day stands before it.
    pub slug: String,
    /// 标题.
    pub title: String,
    /// 类型.
    pub kind: NoticeKind,
    /// 开始.
    pub from: Day,
    /// 截止.
    pub until: Day,
}

impl NewNotice {
    /// The file that is begun.
    pub fn started(&self) -> Started {
        let intro = [
            "新的通知，现在是草稿，公开的网站上没有：写好正文，删掉“草稿”这一行。",
            "过了“截止”那天自动撤下。每个键的意思见 content/README.md。",
        ];
        let values = values([
            ("标题", json!(self.title)),
            ("类型", json!(self.kind.name())),
            ("开始", json!(self.from.to_string())),
            ("截止", json!(self.until.to_string())),
            ("草稿", json!("是")),
        ]);
        let path = format!("content/notices/{}-{}.md", self.from, self.slug);
        let given = Given { intro: &intro, values, examples: &[] };
        let head = started(path, &shape_of::<schema::NoticeHead>(), &given);
        let text = format!(
            "---\n{}---\n在这里写：什么事、影响哪些人、从什么时候到什么时候、这段时间可以改去哪里办。\n",
            head.text
        );
        Started { text, ..head }
    }
}

fn values<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
