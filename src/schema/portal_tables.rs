//! The tables of the portal as a whole: calendar, topics, synonyms, redirects, exceptions.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::CalendarState;
use crate::model::value::{Day, Slug, WebAddress};

/// `calendar.yaml`：国务院办公厅公布的放假和调休安排，一年一条。网页上“算算哪天办好”照它数；“暂定”的年份算出来也说是暂定，没有列出的年份不算。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// 各年的安排。
    #[serde(rename = "年份")]
    pub years: Vec<CalendarYear>,
}

/// 一年的放假和调休安排。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// 公历年份。
    #[serde(rename = "年")]
    pub year: i16,
    /// 已经有国务院办公厅通知的写“正式”，还没有的写“暂定”。
    #[serde(rename = "状态")]
    pub state: CalendarState,
    /// 通知的网址。
    #[serde(rename = "通知")]
    pub notice: Option<WebAddress>,
    /// 放假的日子（含调休放假）。
    #[serde(rename = "放假", default)]
    pub holidays: Vec<Holiday>,
    /// 周末调休上班的日子。
    #[serde(rename = "调休上班", default)]
    pub workdays: Vec<Day>,
}

/// 一个节日放假的日子。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// 节日名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 放假的日期，写成 2026-01-01。
    #[serde(rename = "日期")]
    pub days: Vec<Day>,
}

/// `topics.yaml`：主题分类、生命周期和特定对象。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicsFile {
    /// 面向自然人的主题分类。
    #[serde(rename = "个人", default)]
    pub person: Vec<Topic>,
    /// 面向法人的主题分类。
    #[serde(rename = "法人", default)]
    pub legal: Vec<Topic>,
    /// 生命周期：个人从出生到身后，经营主体从准入到退出。
    #[serde(rename = "生命周期", default)]
    pub life: Vec<Topic>,
    /// 特定对象，如老年人、残疾人。
    #[serde(rename = "特定对象", default)]
    pub groups: Vec<Topic>,
}

/// 一个主题。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// 主题名称，事项里照此引用。
    #[serde(rename = "名称")]
    pub name: String,
    /// 网址里用的名字，小写字母、数字和短横线。
    #[serde(rename = "标识")]
    pub slug: Slug,
    /// 国家统一的主题编码，一定加引号。
    #[serde(rename = "编码")]
    pub code: Option<String>,
    /// 生命周期属于“个人”还是“经营主体”。
    #[serde(rename = "对象")]
    pub audience: Option<String>,
    /// 同一主题的其他叫法。
    #[serde(rename = "别名", default)]
    pub aliases: Vec<String>,
    /// 一句话说明这里能办什么。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// `synonyms.yaml`：口语和正式名称的对应，供搜索使用。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SynonymsFile {
    /// 口语指向正式名称，反过来不成立。
    #[serde(rename = "单向", default)]
    pub one_way: Vec<OneWay>,
    /// 互为同义的一组词。
    #[serde(rename = "双向", default)]
    pub two_way: Vec<Vec<String>>,
}

/// 一组口语和它们的正式名称。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneWay {
    /// 群众的说法。
    #[serde(rename = "口语")]
    pub words: Vec<String>,
    /// 正式名称里的词，有一个就算；几个词都要有才算的，用 + 连起来，如“住房公积金+提取”。
    #[serde(rename = "正式")]
    pub formal: Vec<String>,
}

/// `redirects.yaml`：换了地方的网址。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedirectsFile {
    /// 各条跳转。
    #[serde(rename = "跳转", default)]
    pub redirects: Vec<Redirect>,
}

/// 一条跳转：从旧网址到新网址。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// 旧网址，以 / 开头。
    #[serde(rename = "从")]
    pub from: String,
    /// 新网址，以 / 开头。
    #[serde(rename = "到")]
    pub to: String,
    /// 为什么换。
    #[serde(rename = "理由")]
    pub reason: Option<String>,
    /// 从哪天起换。
    #[serde(rename = "日期")]
    pub date: Option<Day>,
}

/// `exceptions.yaml`：暂时允许的问题和放行的变更，每条要有理由、责任人和日期。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExceptionsFile {
    /// 各条例外。
    #[serde(rename = "例外", default)]
    pub exceptions: Vec<Exception>,
}

/// 一条例外。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// 问题的代码，如 TL01；放行一类变更时写类别，如“加重负担”。
    #[serde(rename = "代码")]
    pub code: String,
    /// 哪个文件，从 content 写起。
    #[serde(rename = "文件")]
    pub file: String,
    /// 哪个栏目，如“办理时限.承诺”；不写就是整个文件。
    #[serde(rename = "位置")]
    pub field: Option<String>,
    /// 为什么允许。
    #[serde(rename = "理由")]
    pub reason: String,
    /// 谁同意的，写岗位，不写人名。
    #[serde(rename = "责任人")]
    pub person: String,
    /// 哪天同意的。
    #[serde(rename = "日期")]
    pub date: Day,
    /// 到哪天为止。
    #[serde(rename = "到期")]
    pub until: Option<Day>,
}
