//! How an item is handled: steps, limits, fees, results, channels, places.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{FeeNature, LimitStart, OnlineDepth, Pricing, ResultKind, SpecialKind, StepChannel};
use crate::model::value::{Money, OpeningHours, Period, Phone, Rate, Slug, TimeLimit, WebAddress};
use crate::schema::item::Citation;
use crate::schema::values::{Flag, Free, Nothing, Ordered, Pending, Told};

/// 一个环节：谁、做什么、多久、得到什么。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// 环节名称，如“受理”“审查”“决定”“颁证与送达”。
    #[serde(rename = "环节")]
    pub name: String,
    /// 办理人：科室、窗口或岗位，不写人名。
    #[serde(rename = "办理人")]
    pub actor: String,
    /// 这一环节的时限。
    #[serde(rename = "时限")]
    pub limit: TimeLimit,
    /// 具体做什么。
    #[serde(rename = "内容")]
    pub content: Option<String>,
    /// 按什么标准审查。
    #[serde(rename = "审查标准")]
    pub standard: Option<String>,
    /// 申请人得到什么，如“受理通知书”。
    #[serde(rename = "结果")]
    pub result: Option<String>,
    /// 依据。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
    /// 这一环节计不计入办理时限，省略时为“是”。
    #[serde(rename = "计入时限")]
    pub counted: Option<Flag>,
    /// 在窗口还是网上，省略时都一样。
    #[serde(rename = "渠道")]
    pub channel: Option<StepChannel>,
    /// 只在情形引导的这些答案下走这一环节。
    #[serde(rename = "适用", default)]
    pub when: Ordered<Vec<String>>,
}

/// 办理时限：法定和承诺。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeLimits {
    /// 法定办结时限；法律没有规定的写“无期限”。
    #[serde(rename = "法定")]
    pub legal: Told<TimeLimit>,
    /// 法定时限的说明，如可以延长多久。
    #[serde(rename = "法定说明")]
    pub legal_note: Option<String>,
    /// 法定时限的依据。
    #[serde(rename = "法定依据")]
    pub legal_basis: Option<Citation>,
    /// 承诺办结时限，不能长过法定。
    #[serde(rename = "承诺")]
    pub promised: Told<TimeLimit>,
    /// 承诺时限的说明。
    #[serde(rename = "承诺说明")]
    pub promised_note: Option<String>,
    /// 从哪天起算，省略时为“受理之日”。
    #[serde(rename = "起算")]
    pub start: Option<LimitStart>,
    /// 收到申请后多久决定受不受理。
    #[serde(rename = "受理")]
    pub acceptance: Option<TimeLimit>,
    /// 作出决定后多久送达。
    #[serde(rename = "送达")]
    pub delivery: Option<TimeLimit>,
    /// 不同情形的承诺时限不同时，一种情形一条。
    #[serde(rename = "分情形", default)]
    pub by_situation: Vec<SituationLimit>,
}

/// 某种情形下的承诺时限。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SituationLimit {
    /// 情形引导的哪些答案。
    #[serde(rename = "适用")]
    pub when: Ordered<Vec<String>>,
    /// 承诺办结时限。
    #[serde(rename = "承诺")]
    pub promised: TimeLimit,
}

/// 特别程序：写“无”，或者一种一条。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum SpecialEntry {
    /// 没有特别程序。
    None(Nothing),
    /// 各种特别程序。
    List(Vec<Special>),
    /// 待补。
    NotYet(Pending),
}

/// 一种特别程序。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Special {
    /// 程序名称。
    #[serde(rename = "程序")]
    pub kind: SpecialKind,
    /// 最长多久。
    #[serde(rename = "时限")]
    pub limit: TimeLimit,
    /// 什么情况下有这个程序。
    #[serde(rename = "说明")]
    pub note: String,
    /// 依据。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
    /// 由谁实施。
    #[serde(rename = "机构")]
    pub body: Option<String>,
    /// 联系电话，一定加引号。
    #[serde(rename = "电话")]
    pub phone: Option<Phone>,
    /// 计不计入办理时限，省略时为“否”。
    #[serde(rename = "计入时限", default)]
    pub counted: Flag,
}

/// 收费：写“不收费”，或者一项一条。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum FeeEntry {
    /// 不收费。
    Free(Free),
    /// 收费项目。
    List(Vec<Fee>),
    /// 待补。
    NotYet(Pending),
}

/// 一个收费项目。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// 收费项目名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 收费性质，省略时为“行政事业性收费”。
    #[serde(rename = "性质")]
    pub nature: Option<FeeNature>,
    /// 计价类型，省略时为“固定单价”。
    #[serde(rename = "计价")]
    pub pricing: Option<Pricing>,
    /// 金额，固定单价时写，如“20元”。
    #[serde(rename = "金额")]
    pub amount: Option<Money>,
    /// 按什么计，如“证”“件”“平方米”。
    #[serde(rename = "单位")]
    pub unit: Option<String>,
    /// 费率，固定费率时写，如“3%”。
    #[serde(rename = "费率")]
    pub rate: Option<Rate>,
    /// 费率乘以什么，如“计税价格”。
    #[serde(rename = "计费基数")]
    pub rate_of: Option<String>,
    /// 最少收多少。
    #[serde(rename = "下限")]
    pub minimum: Option<Money>,
    /// 最多收多少。
    #[serde(rename = "上限")]
    pub maximum: Option<Money>,
    /// 分段计价的各档。
    #[serde(rename = "分档", default)]
    pub tiers: Vec<FeeTier>,
    /// 怎么算，举一个例子。
    #[serde(rename = "计算说明")]
    pub calculation: Option<String>,
    /// 收费依据，至少一条；依据文件也放在 laws 文件夹里。
    #[serde(rename = "依据")]
    pub basis: Vec<Citation>,
    /// 减免：谁、减多少、凭什么。
    #[serde(rename = "减免", default)]
    pub reductions: Vec<FeeReduction>,
    /// 在哪个环节收。
    #[serde(rename = "收取环节")]
    pub stage: Option<String>,
    /// 由谁收取。
    #[serde(rename = "收取单位")]
    pub collector: Option<String>,
    /// 能不能网上支付。
    #[serde(rename = "网上支付", default)]
    pub pay_online: Flag,
    /// 只在情形引导的这些答案下收。
    #[serde(rename = "适用", default)]
    pub when: Ordered<Vec<String>>,
}

/// 分段计价的一档。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeTier {
    /// 这一档的范围，如“首次申领”“超过10万元的部分”。
    #[serde(rename = "范围")]
    pub range: String,
    /// 这一档的金额。
    #[serde(rename = "金额")]
    pub amount: Option<Money>,
    /// 这一档的费率。
    #[serde(rename = "费率")]
    pub rate: Option<Rate>,
}

/// 一种减免。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeReduction {
    /// 谁可以减免。
    #[serde(rename = "对象")]
    pub who: String,
    /// 减免多少，如“全免”“减半”。
    #[serde(rename = "幅度")]
    pub how_much: String,
    /// 依据。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
}

/// 审批结果：写“无”，或者一种一条。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ResultEntry {
    /// 没有结果文书。
    None(Nothing),
    /// 结果文书。
    List(Vec<ApprovalResult>),
    /// 待补。
    NotYet(Pending),
}

/// 一种审批结果。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalResult {
    /// 结果名称，如“食品经营许可证”。
    #[serde(rename = "名称")]
    pub name: String,
    /// 结果类型。
    #[serde(rename = "类型")]
    pub kind: ResultKind,
    /// 有效期，如“5年”“长期”。
    #[serde(rename = "有效期")]
    pub valid_for: Option<Period>,
    /// 有效期的依据。
    #[serde(rename = "有效期依据")]
    pub validity_basis: Option<Citation>,
    /// 到期前怎么延续。
    #[serde(rename = "延续")]
    pub renewal: Option<String>,
    /// 在哪里有效。
    #[serde(rename = "有效地域")]
    pub valid_in: Option<String>,
    /// 有没有电子证照。
    #[serde(rename = "电子证照", default)]
    pub electronic: Flag,
    /// 结果样本，写事项文件夹里的路径。
    #[serde(rename = "样本")]
    pub sample: Option<String>,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 网上怎么办。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnlineHandling {
    /// 电脑端网址。
    #[serde(rename = "网址")]
    pub url: Told<WebAddress>,
    /// 移动端网址。
    #[serde(rename = "移动端网址")]
    pub mobile_url: Option<WebAddress>,
    /// 网上办理深度。
    #[serde(rename = "深度")]
    pub depth: Told<OnlineDepth>,
    /// 一步一步怎么操作。
    #[serde(rename = "步骤", default)]
    pub steps: Vec<String>,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 窗口怎么办。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowHandling {
    /// 一步一步怎么办。
    #[serde(rename = "步骤", default)]
    pub steps: Vec<String>,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 一个办理地点。开放时间和电话省略时随地点。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    /// places 文件夹里的文件名。
    #[serde(rename = "地点")]
    pub place: Slug,
    /// 哪一层、哪个窗口。
    #[serde(rename = "窗口")]
    pub window: Told<String>,
    /// 与地点不同的开放时间。
    #[serde(rename = "开放时间", default)]
    pub hours: Vec<OpeningHours>,
    /// 窗口自己的电话，一定加引号。
    #[serde(rename = "电话")]
    pub phone: Option<Phone>,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 预约：写“支持”“不支持”，或者写怎么预约。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Appointment {
    /// 支持或不支持。
    Flag(Flag),
    /// 怎么预约。
    Detail(AppointmentDetail),
}

/// 怎么预约。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentDetail {
    /// 怎么预约、提前几天、过号怎么办。
    #[serde(rename = "说明")]
    pub note: String,
    /// 预约网址。
    #[serde(rename = "网址")]
    pub url: Option<WebAddress>,
    /// 预约电话，一定加引号。
    #[serde(rename = "电话")]
    pub phone: Option<Phone>,
}

macro_rules! flag_or_note {
    ($($(#[$meta:meta])* $entry:ident $detail:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(untagged)]
        #[schemars(inline)]
        pub enum $entry {
            /// 支持或不支持。
            Flag(Flag),
            /// 支持，并说明。
            Detail($detail),
        }
    )+ };
}

flag_or_note!(
    /// 自助终端：写“支持”“不支持”，或者写清在哪里。
    Kiosk Explained,
    /// 代办：写“支持”“不支持”，或者写清要什么手续。
    Agency Explained,
    /// 容缺受理：写“支持”“不支持”，或者写清补交期限。
    Deferral Explained,
    /// 进驻大厅：写“是”“否”，或者写清没有进驻的原因。
    HallPresence Explained,
    /// 告知承诺：写“支持”“不支持”，或者写清承诺什么。
    Commitment CommitmentDetail,
    /// 快递：写“支持”“不支持”，或者写清寄什么、谁付钱。
    ExpressEntry Express,
);

/// 支持，并说明怎么办。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// 说明。
    #[serde(rename = "说明")]
    pub note: String,
}

/// 告知承诺的内容。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentDetail {
    /// 承诺什么、代替哪份证明、不实的后果。
    #[serde(rename = "说明")]
    pub note: String,
    /// 承诺书，写事项文件夹里的路径。
    #[serde(rename = "承诺书")]
    pub form: Option<String>,
}

/// 快递：能不能寄材料、寄结果，谁付钱。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Express {
    /// 能不能寄材料来。
    #[serde(rename = "寄送材料", default)]
    pub materials: Flag,
    /// 能不能寄结果去。
    #[serde(rename = "寄送结果", default)]
    pub results: Flag,
    /// 快递费谁付，如“免费”“到付”。
    #[serde(rename = "费用")]
    pub payer: String,
    /// 收件地址。
    #[serde(rename = "收件地址")]
    pub address: Option<String>,
}

macro_rules! nothing_or_list {
    ($($(#[$meta:meta])* $entry:ident $detail:ty),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(untagged)]
        #[schemars(inline)]
        pub enum $entry {
            /// 没有。
            None(Nothing),
            /// 有，写清楚。
            Some($detail),
        }
    )+ };
}

nothing_or_list!(
    /// 中介服务：写“无”，或者一项一条。
    IntermediaryEntry Vec<Intermediary>,
    /// 年审年检：写“无”，或者写清楚。
    InspectionEntry Inspection,
    /// 年报：写“无”，或者写清楚。
    ReportEntry Report,
);

/// 一项中介服务。设定依据必须是法律、行政法规或国务院决定（优化营商环境条例第四十三条）。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intermediary {
    /// 服务名称。
    #[serde(rename = "名称")]
    pub name: String,
    /// 设定依据。
    #[serde(rename = "依据")]
    pub basis: Vec<Citation>,
    /// 由什么机构提供、怎么选。
    #[serde(rename = "机构")]
    pub provider: String,
    /// 收费说明。
    #[serde(rename = "收费")]
    pub fee: String,
}

/// 年审年检。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// 周期。
    #[serde(rename = "周期")]
    pub cycle: Period,
    /// 依据。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
    /// 要报送什么。
    #[serde(rename = "报送材料")]
    pub materials: String,
    /// 收不收费。
    #[serde(rename = "收费")]
    pub fee: String,
    /// 其他要说明的。
    #[serde(rename = "说明")]
    pub note: Option<String>,
}

/// 年报。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// 什么时候报。
    #[serde(rename = "时间")]
    pub when: String,
    /// 报什么、在哪里报。
    #[serde(rename = "说明")]
    pub note: String,
    /// 依据。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
}
