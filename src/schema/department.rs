//! `departments/<id>/department.yaml`: one authority (部门).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{AuthorityKind, Level};
use crate::model::value::{CreditCode, Phone, Slug, WebAddress};
use crate::schema::values::{NotApplicable, Told};

/// 部门：名称、职责、电话、服务承诺。部门写过的，事项不用再写。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// 部门全称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 部门简称。
    #[serde(rename = "简称")]
    pub short_name: String,
    /// 改革前的名称，搜索时也能找到。
    #[serde(rename = "曾用名", default)]
    pub former_names: Vec<String>,
    /// 18 位统一社会信用代码，一定加引号。
    #[serde(rename = "统一社会信用代码")]
    pub credit_code: Told<CreditCode>,
    /// 行使层级。
    #[serde(rename = "行使层级")]
    pub level: Level,
    /// 实施主体性质，省略时为“法定机关”。
    #[serde(rename = "实施主体性质")]
    pub kind: Option<AuthorityKind>,
    /// 部门负责什么，一两句话。
    #[serde(rename = "职责")]
    pub duties: Told<String>,
    /// 首问责任怎么落实。
    #[serde(rename = "首问责任")]
    pub first_contact: Option<String>,
    /// 对群众的承诺，一条一句。
    #[serde(rename = "服务承诺", default)]
    pub promises: Vec<String>,
    /// 服务名牌。
    #[serde(rename = "服务名牌")]
    pub brand: Option<Brand>,
    /// 办公地址。
    #[serde(rename = "地址")]
    pub address: Option<String>,
    /// 部门网站。
    #[serde(rename = "网址")]
    pub url: Option<WebAddress>,
    /// 咨询电话，一定加引号。
    #[serde(rename = "咨询电话")]
    pub consult_phones: Told<Vec<Phone>>,
    /// 监督投诉电话，一定加引号，不能和咨询电话相同。
    #[serde(rename = "监督电话")]
    pub complaint_phones: Told<Vec<Phone>>,
    /// 对部门的决定不服，向谁申请行政复议。
    #[serde(rename = "行政复议")]
    pub review: Option<ReviewEntry>,
    /// 对部门的决定不服，向哪个法院起诉。
    #[serde(rename = "行政诉讼")]
    pub litigation: Option<LitigationEntry>,
    /// 事项没有写办理地点时用的地点，写地点的文件名。
    #[serde(rename = "默认地点")]
    pub default_place: Option<Slug>,
    /// 列表里的先后，小的在前。
    #[serde(rename = "排序")]
    pub order: Option<u16>,
}

/// 服务名牌：名称和服务理念。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// 名牌的名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 服务理念。
    #[serde(rename = "理念")]
    pub idea: String,
    /// 具体做了什么。
    #[serde(rename = "做法", default)]
    pub practices: Vec<String>,
}

/// 行政复议：写机关，或者写“不适用”。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ReviewEntry {
    /// 不是行政行为，没有复议。
    NotApplicable(NotApplicable),
    /// 复议机关。
    Review(Review),
}

/// 行政复议机关。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// 复议机关的名称。
    #[serde(rename = "机关")]
    pub authority: String,
    /// 地址。
    #[serde(rename = "地址")]
    pub address: Option<String>,
    /// 电话，一定加引号。
    #[serde(rename = "电话")]
    pub phone: Option<Phone>,
    /// 网上申请的网址。
    #[serde(rename = "网址")]
    pub url: Option<WebAddress>,
}

/// 行政诉讼：写法院，或者写“不适用”。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum LitigationEntry {
    /// 不是行政行为，没有诉讼。
    NotApplicable(NotApplicable),
    /// 管辖法院。
    Litigation(Litigation),
}

/// 行政诉讼的管辖法院。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Litigation {
    /// 法院的名称。
    #[serde(rename = "法院")]
    pub court: String,
    /// 地址。
    #[serde(rename = "地址")]
    pub address: Option<String>,
    /// 电话，一定加引号。
    #[serde(rename = "电话")]
    pub phone: Option<Phone>,
}
