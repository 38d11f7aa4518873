//! `site.yaml`: the portal as a whole (门户总设置).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{ChangeLevel, CheckLevel};
use crate::model::value::{Day, IcpNumber, Phone, PoliceNumber, SiteCode, Slug, WebAddress};
use crate::schema::Flag;
use crate::schema::values::{Ordered, Told};

/// 门户总设置：名称、主办单位、备案号、站外系统入口和首页常办事项。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// 内容格式版本，目前写 1。
    #[serde(rename = "格式")]
    #[schemars(range(min = 1, max = 1))]
    pub format: u8,
    /// 门户的全称，显示在页头和每页标题里。
    #[serde(rename = "名称")]
    pub name: String,
    /// 门户的简称，手机上显示。
    #[serde(rename = "简称")]
    pub short_name: Option<String>,
    /// 门户服务的地区，如“青岚市”。
    #[serde(rename = "地区")]
    pub area: String,
    /// 门户正式网址，可以带子路径，如 `https://example.gov.cn/zwfw/`。
    #[serde(rename = "网址")]
    pub url: WebAddress,
    /// 网页语言代码，一般写 zh-Hans。
    #[serde(rename = "语言")]
    pub language: Option<String>,
    /// 内容是示例时写 true，每页都会标注“示例数据”。
    #[serde(rename = "示例数据", default)]
    pub sample: Flag,
    /// 网站主办单位。
    #[serde(rename = "主办单位")]
    pub sponsor: String,
    /// 网站承办单位。
    #[serde(rename = "承办单位")]
    pub operator: Option<String>,
    /// 网站的联系电话。
    #[serde(rename = "联系电话")]
    pub phone: Told<Phone>,
    /// 主办单位地址。
    #[serde(rename = "联系地址")]
    pub address: Option<String>,
    /// 政府网站标识码，10 位数字，一定加引号。
    #[serde(rename = "网站标识码")]
    pub site_code: Told<SiteCode>,
    /// ICP 备案编号。
    #[serde(rename = "ICP备案")]
    pub icp: Told<IcpNumber>,
    /// 公安机关备案。
    #[serde(rename = "公安备案")]
    pub police: Told<PoliceRecord>,
    /// 党政机关网站标识的查询页网址。
    #[serde(rename = "党政机关标识")]
    pub party_mark: Option<WebAddress>,
    /// “我为政府网站找错”的网址。
    #[serde(rename = "网站找错")]
    pub error_report: Option<WebAddress>,
    /// 服务热线，如 12345，一定加引号。
    #[serde(rename = "服务热线", default)]
    pub hotlines: Vec<Phone>,
    /// 站外系统的入口，只给链接。
    #[serde(rename = "入口")]
    pub entries: Option<Entries>,
    /// 全国哀悼日设为 true，整站变灰。
    #[serde(rename = "置灰", default)]
    pub grey: Flag,
    /// 首页“大家常办”里的事项，写事项文件夹的名字。
    #[serde(rename = "首页常办", default)]
    pub featured: Vec<Slug>,
    /// 使用的主题文件夹名，省略时用内置主题。
    #[serde(rename = "主题")]
    pub theme: Option<Slug>,
    /// 列表每页的条数，省略时为 30。
    #[serde(rename = "每页条数")]
    #[schemars(range(min = 1, max = 500))]
    pub page_size: Option<u16>,
    /// 开放数据按什么许可公开，写在每份数据里和“开放数据”页上。
    #[serde(rename = "开放数据许可")]
    pub licence: Option<Licence>,
    /// 网站的安全问题向谁报告；写了就生成 `/.well-known/security.txt`。
    #[serde(rename = "安全联系")]
    pub security: Option<SecurityContact>,
    /// 网站首次公开的日期。
    #[serde(rename = "开通日期")]
    pub opened: Option<Day>,
    /// 审核比对（mingbai review）时，各类变更阻止、提醒还是忽略，省略的都是“提醒”。
    #[serde(rename = "变更等级")]
    pub change_levels: Option<ChangeLevels>,
    /// 检查（mingbai check）时，各个代码的问题阻止、提醒、告知还是不查；键是代码或它的英文名，省略的照规则自己的级别。
    #[serde(rename = "检查等级", default)]
    pub check_levels: Ordered<CheckLevel>,
}

/// 审核比对时各类变更怎么对待。
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLevels {
    /// 时限变长、材料变多、收费变高等加重群众负担的变更。
    #[serde(rename = "加重负担")]
    pub burden: Option<ChangeLevel>,
    /// 时限变短、材料变少等减轻群众负担的变更。
    #[serde(rename = "减轻负担")]
    pub relief: Option<ChangeLevel>,
    /// 电话、地址、日期、数字等事实的变更。
    #[serde(rename = "事实")]
    pub fact: Option<ChangeLevel>,
    /// 只改文字的变更。
    #[serde(rename = "文字")]
    pub wording: Option<ChangeLevel>,
    /// 新增、停办、改网址等结构变更。
    #[serde(rename = "结构")]
    pub structure: Option<ChangeLevel>,
    /// 因部门、地点、共用材料改动而跟着变的。
    #[serde(rename = "连带")]
    pub consequence: Option<ChangeLevel>,
}

/// 开放数据的许可。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// 许可的名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 许可全文的网址。
    #[serde(rename = "网址")]
    pub url: Option<WebAddress>,
    /// 引用时怎么署名。
    #[serde(rename = "署名")]
    pub attribution: Option<String>,
}

/// 网站的安全问题向谁报告（RFC 9116）。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecurityContact {
    /// 报告安全问题的网页，可以写几个，最先用的写在前面。
    #[serde(rename = "网址")]
    pub contacts: Vec<WebAddress>,
    /// 这份联系方式用到哪一天（含当天），一般不超过一年；过了期会提醒。
    #[serde(rename = "有效期至")]
    pub expires: Day,
    /// 漏洞处理办法的网址。
    #[serde(rename = "处理办法")]
    pub policy: Option<WebAddress>,
}

/// 公安机关备案的编号和省份简称。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoliceRecord {
    /// 14 位备案编号，一定加引号。
    #[serde(rename = "编号")]
    pub number: PoliceNumber,
    /// 省份简称，一个字。
    #[serde(rename = "省份")]
    pub province: String,
}

/// 站外系统的入口。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entries {
    /// 网上咨询。
    #[serde(rename = "网上咨询")]
    pub consult: Option<WebAddress>,
    /// 意见建议。
    #[serde(rename = "意见建议")]
    pub suggest: Option<WebAddress>,
    /// 办事评价（好差评）。
    #[serde(rename = "办事评价")]
    pub rate: Option<WebAddress>,
    /// 投诉举报。
    #[serde(rename = "投诉举报")]
    pub complain: Option<WebAddress>,
    /// 进度查询。
    #[serde(rename = "进度查询")]
    pub progress: Option<WebAddress>,
    /// 预约办事。
    #[serde(rename = "预约办事")]
    pub appointment: Option<WebAddress>,
    /// 依申请公开的网上申请入口。
    #[serde(rename = "依申请公开")]
    pub disclosure: Option<WebAddress>,
}
