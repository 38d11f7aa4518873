//! The YAML heads of Markdown files: notices and 政务公开 pages.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::NoticeKind;
use crate::model::value::{Day, Slug};
use crate::schema::Flag;

/// `notices/<日期>-<名字>.md` 的开头：临时通知，到期自动撤下。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeHead {
    /// 通知标题。
    #[serde(rename = "标题")]
    pub title: String,
    /// 通知类型。
    #[serde(rename = "类型")]
    pub kind: NoticeKind,
    /// 从哪天起显示。
    #[serde(rename = "开始")]
    pub from: Day,
    /// 显示到哪天（含当天）。
    #[serde(rename = "截止")]
    pub until: Day,
    /// 涉及的部门，写部门文件夹的名字。
    #[serde(rename = "部门", default)]
    pub departments: Vec<Slug>,
    /// 涉及的地点，写地点的文件名。
    #[serde(rename = "地点", default)]
    pub places: Vec<Slug>,
    /// 涉及的事项，写事项文件夹的名字。
    #[serde(rename = "事项", default)]
    pub items: Vec<Slug>,
    /// 草稿不公开。
    #[serde(rename = "草稿", default)]
    pub draft: Flag,
}

/// `pages/**/*.md` 的开头：政务公开栏目、说明和帮助。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageHead {
    /// 页面标题。
    #[serde(rename = "标题")]
    pub title: String,
    /// 一两句话的摘要。
    #[serde(rename = "摘要")]
    pub summary: String,
    /// 属于哪个栏目，如“政府信息公开指南”。
    #[serde(rename = "栏目")]
    pub column: String,
    /// 发布日期。
    #[serde(rename = "发布日期")]
    pub published: Day,
    /// 最近更新的日期。
    #[serde(rename = "更新日期")]
    pub updated: Option<Day>,
    /// 信息来源，省略时为主办单位。
    #[serde(rename = "来源")]
    pub source: Option<String>,
    /// 公开信息的索引号，一定加引号。
    #[serde(rename = "索引号")]
    pub index_number: Option<String>,
    /// 发文字号。
    #[serde(rename = "发文字号")]
    pub document_number: Option<String>,
    /// 信息类别，如“机构职能”。
    #[serde(rename = "类别")]
    pub category: Option<String>,
    /// 关键词。
    #[serde(rename = "关键词", default)]
    pub keywords: Vec<String>,
    /// 栏目里的先后，小的在前。
    #[serde(rename = "排序")]
    pub order: Option<u16>,
    /// 草稿不公开。
    #[serde(rename = "草稿", default)]
    pub draft: Flag,
}
