//! A new item: what the five questions tell, everything else 待补.

use serde_json::{Map, Value, json};

use crate::documents::files;
use crate::model::terms::{Applicant, Channel, ItemType, ReviewState, Term};
use crate::model::value::{Day, TaskCode};
use crate::scaffold::started::{Example, Given, Started, started};
use crate::schema;
use crate::schema::values::PENDING;
use crate::yaml::shape_of;

/// What is known of an item before its file is begun.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// The folder of its department.
    pub department: String,
    /// Its folder.
    pub slug: String,
    /// 事项名称.
    pub name: String,
    /// 事项类型.
    pub item_type: ItemType,
    /// 服务对象; at least one.
    pub applicants: Vec<Applicant>,
    /// 办理形式; none while nobody knows.
    pub channels: Vec<Channel>,
    /// 实施编码, if the list of powers has one already.
    pub code: Option<TaskCode>,
    /// The day on which it is begun.
    pub today: Day,
}

/// Words at the top of the file.
const INTRO: [&str; 4] = [
    "新事项。审核状态是“草稿”：预览（mingbai serve）里看得见，公开的网站上没有。",
    "写着“待补”的，问清楚了逐项换成真的内容；都齐了，再把审核状态改成“已审核”。",
    "还差什么、哪里写得不对，运行 mingbai check。每个键的意思和例子，见 content/README.md。",
    "这些说明写完可以删掉。",
];

/// How the values are written that a shape alone does not show.
const EXAMPLES: [Example; 17] = [
    ("名称", "食品经营许可", ""),
    ("适用范围", "在本市从事食品销售、餐饮服务的单位和个人", ""),
    ("主题", "{ 个人: [户籍办理], 法人: [准营准办] }", "名称照 content/topics.yaml"),
    ("审核", "{ 状态: 已审核, 审核人: 政策法规科, 日期: 2026-03-05 }", ""),
    ("责任", "{ 科室: 食品经营许可科, A岗: 受理岗, B岗: 审查岗 }", ""),
    ("办理依据", "- { 法律: xing-zheng-xu-ke-fa, 条款: 第十二条 }", "法律写 content/laws 里的文件名"),
    ("申请条件", "- 有与经营的食品相适应的场所", ""),
    ("数量限制", "{ 说明: 每年200个，按申请先后 }", ""),
    (
        "申请材料",
        "- { 名称: 申请书, 编号: form, 类型: 申请表格文书, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备 }",
        "",
    ),
    ("办理流程", "- { 环节: 受理, 办理人: 综合窗口, 时限: 1个工作日, 内容: 核对材料，齐全的当场受理 }", ""),
    ("办理时限", "{ 法定: 20个工作日, 承诺: 10个工作日 }", "法律没有规定的，法定写 无期限"),
    ("特别程序", "- { 程序: 现场勘验, 时限: 5个工作日, 说明: 到经营场所查看 }", ""),
    ("收费", "- { 名称: 工本费, 金额: 20元, 依据: [{ 法律: shou-fei-gui-ding, 条款: 第三条 }] }", ""),
    ("审批结果", "- { 名称: 食品经营许可证, 类型: 证照, 有效期: 5年 }", "没有的写 无"),
    ("网上办理", "{ 网址: \"https://zwfw.qinglan.example/apply\", 深度: 互联网办理 }", ""),
    ("到现场次数", "1次", ""),
    ("办理地点", "- { 地点: hall, 窗口: 2楼 B12 窗口 }", "地点写 content/places 里的文件名"),
];

impl NewItem {
    /// The file that is begun.
    pub fn started(&self) -> Started {
        let path = files::item(&self.department, &self.slug);
        let given = Given { intro: &INTRO, values: self.values(), examples: &EXAMPLES };
        started(path, &shape_of::<schema::Item>(), &given)
    }

    fn values(&self) -> Map<String, Value> {
        let names = |terms: &mut dyn Iterator<Item = &'static str>| Value::from_iter(terms);
        let mut values = Map::new();
        let mut put = |key: &str, value: Value| values.insert(key.to_owned(), value);
        put("名称", json!(self.name));
        if let Some(code) = &self.code {
            put("实施编码", json!(code.as_str()));
        }
        put("事项类型", json!(self.item_type.name()));
        put("服务对象", names(&mut self.applicants.iter().map(|one| one.name())));
        put("审核", json!({ "状态": ReviewState::Draft.name() }));
        put("更新日期", json!(self.today.to_string()));
        if !self.channels.is_empty() {
            put("办理形式", names(&mut self.channels.iter().map(|one| one.name())));
        }
        if self.channels.iter().any(|channel| matches!(channel, Channel::Web | Channel::Mobile)) {
            put("网上办理", json!({ "网址": PENDING, "深度": PENDING }));
        }
        // Nobody comes to a window that there is not.
        if self.channels.is_empty() || self.channels.contains(&Channel::Window) {
            put("办理地点", json!(PENDING));
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Finding;
    use crate::model::value::Value as _;
    use crate::source::FileId;
    use crate::yaml::{Source, read};

    fn item(channels: &[Channel]) -> NewItem {
        NewItem {
            department: "scjgj".to_owned(),
            slug: "food".to_owned(),
            name: "食品: 经营许可".to_owned(),
            item_type: ItemType::License,
            applicants: vec![Applicant::Person, Applicant::Company],
            channels: channels.to_vec(),
            code: None,
            today: Day::parse("2026-07-01").unwrap(),
        }
    }

    fn findings(text: &str) -> Vec<Finding> {
        let source = Source { file: FileId::FIRST, text, base: 0 };
        read::<schema::Item>(source, &shape_of::<schema::Item>()).1
    }

    #[test]
    fn the_file_reads_and_only_waits() {
        for channels in [&[][..], &[Channel::Window], &[Channel::Web, Channel::Window]] {
            let started = item(channels).started();
            let found = findings(&started.text);
            assert!(found.iter().all(|finding| finding.code.id == "YM15"), "{found:#?}\n{}", started.text);
            assert_eq!(found.len(), started.missing.len(), "{:?}", started.missing);
            assert!(started.text.contains(&format!("待补的 {} 项", started.missing.len())));
        }
    }

    #[test]
    fn the_examples_can_be_written_as_they_are() {
        let mut text = item(&[Channel::Web, Channel::Window]).started().text;
        for (key, example, _) in EXAMPLES {
            let at = text.find(&format!("\n{key}:")).unwrap_or_else(|| panic!("{key} is not written"));
            let end = text[at + 1..].find("\n\n").map_or(text.len(), |end| at + 1 + end + 1);
            let line_end = if example.starts_with("- ") { "\n  " } else { " " };
            text.replace_range(at..end, &format!("\n{key}:{line_end}{example}\n"));
        }
        let waiting: Vec<&str> = findings(&text).iter().map(|finding| finding.code.id).collect();
        assert_eq!(waiting, ["YM15"; 3], "{text}");
    }
}
