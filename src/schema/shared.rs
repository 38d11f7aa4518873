//! `materials/<id>.yaml` and `places/<id>.yaml`: facts that many items share.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{MaterialKind, MaterialSource, Medium};
use crate::model::value::{OpeningHours, Phone, Slug};
use crate::schema::Flag;
use crate::schema::values::{OneOrList, Told};

/// 多个事项共用的材料，如居民身份证。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharedMaterial {
    /// 材料的规范名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 群众的叫法。
    #[serde(rename = "别名", default)]
    pub aliases: Vec<String>,
    /// 材料类型。
    #[serde(rename = "类型")]
    pub kind: MaterialKind,
    /// 材料形式，省略时为“纸质或电子化”。
    #[serde(rename = "形式")]
    pub medium: Option<Medium>,
    /// 来源渠道。省略时，写了出具单位的是“政府部门核发”，没写的是“申请人自备”。
    #[serde(rename = "来源")]
    pub source: Option<MaterialSource>,
    /// 出具单位。
    #[serde(rename = "出具单位")]
    pub issuer: Option<String>,
    /// 办出这份材料的事项，写事项文件夹的名字；几个事项都能办出来的，写成列表。
    #[serde(rename = "办理事项")]
    pub obtained_by: Option<OneOrList<Slug>>,
    /// 对应的电子证照。
    #[serde(rename = "电子证照")]
    pub electronic: Option<ElectronicCertificate>,
    /// 没有或丢了怎么办。
    #[serde(rename = "怎么取得")]
    pub how_to_get: Option<String>,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 电子证照：名称、编码，是否可以用它免交纸质材料。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElectronicCertificate {
    /// 电子证照的名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 电子证照的编码，一定加引号。
    #[serde(rename = "编码")]
    pub code: Option<String>,
    /// 能调取电子证照时可以免交纸质材料。
    #[serde(rename = "可免交", default)]
    pub exempts: Flag,
}

/// 办事地点：大厅、分中心、便民服务站。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// 地点名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 详细地址，写到路名和门牌号。
    #[serde(rename = "地址")]
    pub address: String,
    /// 开放时间，一行一段，如“周一至周五 9:00-12:00, 13:30-17:30”。
    #[serde(rename = "开放时间")]
    pub hours: Told<Vec<OpeningHours>>,
    /// 法定节假日、调休上班日办不办公。写成“法定节假日不办公，调休上班日照常。”，网页就能算出哪天开门；写成别的，网页请群众先打电话问。
    #[serde(rename = "节假日")]
    pub holidays: Told<String>,
    /// 电话，一定加引号。
    #[serde(rename = "电话")]
    pub phone: Told<Phone>,
    /// 公交、地铁怎么到。
    #[serde(rename = "交通")]
    pub transit: Option<String>,
    /// 停车。
    #[serde(rename = "停车")]
    pub parking: Option<String>,
    /// 坡道、轮椅、母婴室等无障碍设施。
    #[serde(rename = "无障碍")]
    pub accessibility: Option<String>,
    /// 这里有哪些服务，如自助区、复印、帮办代办。
    #[serde(rename = "服务", default)]
    pub services: Vec<String>,
    /// 各层或各区的窗口安排。
    #[serde(rename = "楼层", default)]
    pub floors: Vec<Floor>,
    /// 其他要说明的，如什么时候人少。
    #[serde(rename = "说明")]
    pub note: Option<String>,
    /// 列表里的先后，小的在前。
    #[serde(rename = "排序")]
    pub order: Option<u16>,
}

/// 一层楼或一个区有哪些窗口。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// 哪一层或哪一区。
    #[serde(rename = "位置")]
    pub name: String,
    /// 有哪些窗口。
    #[serde(rename = "窗口")]
    pub windows: Vec<String>,
}
