//! The 申请材料 of an item.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{MaterialKind, MaterialSource, Medium, Necessity};
use crate::model::value::{Copies, Slug};
use crate::schema::item::Citation;
use crate::schema::shared::ElectronicCertificate;
use crate::schema::values::{NoMaterials, Ordered, Pending, Told};

/// 申请材料：一份一条；什么都不用带的写“无需材料”。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum MaterialsEntry {
    /// 什么都不用带。
    None(NoMaterials),
    /// 要带的材料。
    List(Vec<Material>),
    /// 待补。
    NotYet(Pending),
}

/// 一份材料。写“引用”时，没写的栏目随共用材料。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// 引用 materials 文件夹里的共用材料，写文件名。
    #[serde(rename = "引用")]
    pub shared: Option<Slug>,
    /// 材料名称；没有“引用”时必须写。
    #[serde(rename = "名称")]
    pub name: Option<String>,
    /// 材料在本事项里的代号，小写字母，情形和审核比对用。
    #[serde(rename = "编号")]
    pub id: Slug,
    /// 材料类型；没有“引用”时必须写。
    #[serde(rename = "类型")]
    pub kind: Option<Told<MaterialKind>>,
    /// 要几份，如“原件1份（核验），复印件1份”。
    #[serde(rename = "份数")]
    pub copies: Told<Copies>,
    /// 材料形式，省略时为“纸质或电子化”。
    #[serde(rename = "形式")]
    pub medium: Option<Medium>,
    /// 必要性。
    #[serde(rename = "必要性")]
    pub necessity: Told<Necessity>,
    /// 什么情形下才要；必要性是“非必要”时必须写。
    #[serde(rename = "必要性情形")]
    pub needed_when: Option<String>,
    /// 来源渠道；没有“引用”时必须写。
    #[serde(rename = "来源")]
    pub source: Option<Told<MaterialSource>>,
    /// 出具单位；政府部门核发的必须写。
    #[serde(rename = "出具单位")]
    pub issuer: Option<String>,
    /// 出具时间要求，如“3个月内出具”。
    #[serde(rename = "出具时间要求")]
    pub issued_within: Option<String>,
    /// 纸张规格，如 A4。
    #[serde(rename = "规格")]
    pub page_format: Option<String>,
    /// 签名盖章要求。
    #[serde(rename = "签章")]
    pub seal: Option<String>,
    /// 填报须知。
    #[serde(rename = "填报须知")]
    pub filling_note: Option<String>,
    /// 受理标准：什么样的算合格。
    #[serde(rename = "受理标准")]
    pub standard: Option<String>,
    /// 凭什么要这份材料。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
    /// 空白表格，写事项文件夹里的路径，如 files/application.docx。
    #[serde(rename = "空白表格")]
    pub blank_form: Option<String>,
    /// 填好的示例样表。
    #[serde(rename = "示例样表")]
    pub sample_form: Option<String>,
    /// 常见的填错、带错。
    #[serde(rename = "常见错误", default)]
    pub common_errors: Vec<String>,
    /// 对应的电子证照。
    #[serde(rename = "电子证照")]
    pub electronic: Option<ElectronicCertificate>,
    /// 可以不交的条件，如“能共享核验的免交”。
    #[serde(rename = "免交")]
    pub exemption: Option<String>,
    /// 只在情形引导的这些答案下需要。
    #[serde(rename = "适用", default)]
    pub when: Ordered<Vec<String>>,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}
