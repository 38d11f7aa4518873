//! `bundles/<slug>/bundle.yaml`: several items in one errand (一件事).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::BundleRelation;
use crate::model::value::{Day, Slug};
use crate::schema::item::{Approval, Question};

/// 一件事：把几个事项合成一次办。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// 名称，如“开办餐饮店一件事”。
    #[serde(rename = "名称")]
    pub name: String,
    /// 群众的说法。
    #[serde(rename = "通俗名")]
    pub everyday_name: Option<String>,
    /// 面向个人还是法人。
    #[serde(rename = "面向")]
    pub audience: String,
    /// 牵头部门，写部门文件夹的名字。
    #[serde(rename = "牵头部门")]
    pub lead: Option<Slug>,
    /// 一段话说明。
    #[serde(rename = "说明")]
    pub note: String,
    /// 生命周期。
    #[serde(rename = "生命周期", default)]
    pub life: Vec<String>,
    /// 包含的事项。
    #[serde(rename = "事项")]
    pub items: Vec<BundleItem>,
    /// 审核情况，省略时为已审核。
    #[serde(rename = "审核")]
    pub approval: Option<Approval>,
    /// 更新日期。
    #[serde(rename = "更新日期")]
    pub updated: Option<Day>,
    /// 常见问题。
    #[serde(rename = "常见问题", default)]
    pub questions: Vec<Question>,
}

/// 一件事里的一个事项。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BundleItem {
    /// 事项文件夹的名字。
    #[serde(rename = "事项")]
    pub item: Slug,
    /// 办理的先后，同一个数字可以同时办。
    #[serde(rename = "顺序")]
    pub order: u8,
    /// 必办、选办还是任选其一。
    #[serde(rename = "关系")]
    pub relation: BundleRelation,
    /// 什么情况下要办。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}
