//! `bundles/<slug>/bundle.yaml`: several items in one errand (一件事).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::BundleRelation;
use crate::model::value::{Day, Phone, Slug, TimeLimit, WebAddress};
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
    /// 一次告知：怎么一次问清，省略时就是这一页。
    #[serde(rename = "一次告知")]
    pub told_once: Option<ToldOnce>,
    /// 一表申请：合并以后的那张表。
    #[serde(rename = "一表申请")]
    pub joint_form: Option<JointForm>,
    /// 一套材料：交给谁，各部门怎么共用；写了，同样的材料就只交一次。
    #[serde(rename = "一套材料")]
    pub one_set: Option<String>,
    /// 一窗受理：去哪个窗口。
    #[serde(rename = "一窗受理")]
    pub one_window: Option<OneWindow>,
    /// 一网办理：在哪个网址办。
    #[serde(rename = "一网办理")]
    pub one_site: Option<OneSite>,
    /// 整件事的承诺时限，从受理联合申请算起；省略时按各事项的先后算。
    #[serde(rename = "承诺时限")]
    pub promised: Option<TimeLimit>,
    /// 承诺时限的说明。
    #[serde(rename = "承诺说明")]
    pub promised_note: Option<String>,
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
    /// 必办、选办还是任选其一；同一个“顺序”里任选其一的是一组，挑一个办。
    #[serde(rename = "关系")]
    pub relation: BundleRelation,
    /// 要等哪几个事项先办完，写它们的文件夹名；省略时，“顺序”在前的都要先办完。
    #[serde(rename = "先办", default)]
    pub after: Vec<Slug>,
    /// 什么情况下要办。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 一次告知。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToldOnce {
    /// 谁来告知、怎么问。
    #[serde(rename = "说明")]
    pub note: String,
    /// 问这件事的电话，一定加引号；省略时是牵头部门的。
    #[serde(rename = "电话")]
    pub phone: Option<Phone>,
}

/// 一表申请。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JointForm {
    /// 表的名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 在网上填的网址。
    #[serde(rename = "网址")]
    pub url: Option<WebAddress>,
    /// 怎么填、谁帮着填。
    #[serde(rename = "说明")]
    pub note: Option<String>,
    /// 代替哪些事项的哪些表，写“事项/材料编号”，如 food-business-licence/application；代替了的就不用再填。
    #[serde(rename = "代替", default)]
    pub replaces: Vec<String>,
}

/// 一窗受理。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneWindow {
    /// places 文件夹里的文件名。
    #[serde(rename = "地点")]
    pub place: Slug,
    /// 哪一层、哪个窗口。
    #[serde(rename = "窗口")]
    pub window: String,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 一网办理。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneSite {
    /// 电脑端网址。
    #[serde(rename = "网址")]
    pub url: WebAddress,
    /// 移动端网址。
    #[serde(rename = "移动端网址")]
    pub mobile_url: Option<WebAddress>,
    /// 怎么进去、能办到哪一步。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}
