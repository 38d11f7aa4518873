//! `laws/<id>.yaml`: each law once (法律法规).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{LawCheck, LawKind, LawStatus};
use crate::model::value::{Day, Slug, WebAddress};
use crate::schema::values::Ordered;

/// 法律、法规、规章或规范性文件，每部只写一次，事项按文件名引用。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// 全称，不带书名号。
    #[serde(rename = "名称")]
    pub name: String,
    /// 常用简称，不带书名号。
    #[serde(rename = "简称")]
    pub short_name: Option<String>,
    /// 文号，如“国务院令第711号”；法律可以不写。
    #[serde(rename = "文号")]
    pub number: Option<String>,
    /// 依据类别。
    #[serde(rename = "类别")]
    pub kind: LawKind,
    /// 颁布机关。
    #[serde(rename = "颁布机关")]
    pub issuer: String,
    /// 现行版本的通过或修订日期。
    #[serde(rename = "现行版本")]
    pub version: Option<Day>,
    /// 施行日期。
    #[serde(rename = "施行日期")]
    pub effective: Option<Day>,
    /// 效力状态。
    #[serde(rename = "状态")]
    pub status: LawStatus,
    /// 废止日期，状态是“已废止”时要写。
    #[serde(rename = "废止日期")]
    pub repealed: Option<Day>,
    /// 由哪部（哪些）法律法规代替，写文件名。
    #[serde(rename = "代替者", default)]
    pub replaced_by: Vec<Slug>,
    /// 条文与公开的法规汇编核对的结果；汇编没有收录的写“未收录”。
    #[serde(rename = "核对")]
    pub check: Option<LawCheck>,
    /// 官方文本的网址。
    #[serde(rename = "原文网址")]
    pub url: Option<WebAddress>,
    /// 其他要说明的，如何时起由哪部法代替。
    #[serde(rename = "说明")]
    pub note: Option<String>,
    /// 一共有多少条；写了以后，引用的条款号超过它会报出来。
    #[serde(rename = "条数")]
    #[schemars(range(min = 1))]
    pub article_count: Option<u16>,
    /// 引用到的条文：左边写条款号，右边写条文原文。
    #[serde(rename = "条款", default)]
    pub articles: Ordered<String>,
}
