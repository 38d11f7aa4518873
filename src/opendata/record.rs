//! What is published of an item: the one definition of `/items/<slug>/index.json`, its JSON Schema and its
//! tables on the page that documents the data.
//!
//! Every key is always there. Nothing is `null` or an empty list; what the office has not told yet is named
//! in `pending` besides.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::terms::{
    Applicant, AuthorityKind, BasisRole, Channel, Coverage, CoverageMode, Delivery, FeeNature, FourKind, HandlingType,
    ItemType, LawKind, LawStatus, Level, LimitStart, MaterialKind, MaterialSource, Medium, Necessity, OnlineDepth,
    PowerSource, Pricing, ResultKind, SpecialKind, StepChannel,
};
use crate::opendata::cases::CaseRecord;
use crate::opendata::parts::{
    Amount, CitationRecord, Condition, DayText, FileHead, FileRecord, Hours, Limit, PeriodRecord, PhoneRecord,
    RateRecord, Reference, Url, Word,
};

/// 一个事项公开的全部要素。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ItemRecord {
    /// 数据格式的版本。只增加栏目时小数点后加 1；改名、删除或改变意思时整数部分加 1。
    pub(super) schema_version: &'static str,
    // Besides the version, what every file begins with.
    #[serde(flatten)]
    pub(super) head: FileHead,
    /// 代号，也是网址的一段，发布后不变。
    pub(super) id: String,
    /// 网页的网址。
    pub(super) url: Url,
    /// 按欧盟 CPSV-AP 3.2.0 描述的同一事项（JSON-LD）。
    pub(super) cpsv_url: Url,
    /// 变更订阅（Atom）。
    pub(super) feed_url: Url,
    /// 更新日期。
    pub(super) updated: DayText,
    /// 生效日期。
    pub(super) effective: Option<DayText>,
    /// 单位还没有提供的栏目（待补），写栏目的键。
    pub(super) pending: Vec<&'static str>,
    /// 名称、编码和分类。
    pub(super) identity: Identity,
    /// 现在能不能办。
    pub(super) status: Status,
    /// 由谁办。
    pub(super) authority: Authority,
    /// 谁可以办。
    pub(super) applicants: Vec<Word<Applicant>>,
    /// 适用范围。
    pub(super) scope: Option<String>,
    /// 主题。
    pub(super) topics: Vec<TopicRecord>,
    /// 办理依据。
    pub(super) basis: Vec<BasisRecord>,
    /// 申请条件。
    pub(super) conditions: Vec<String>,
    /// 不予受理或不予批准的情形。
    pub(super) prohibitions: Vec<String>,
    /// 数量限制；null 表示没有限制（或者待补，见 pending）。
    pub(super) quantity_limit: Option<QuantityRecord>,
    /// 情形引导的问题：答案决定材料、环节、收费和时限。
    pub(super) questions: Vec<QuestionRecord>,
    /// 情形引导的每个结果；不问问题的为空。
    pub(super) cases: Vec<CaseRecord>,
    /// 申请材料。
    pub(super) materials: Vec<MaterialRecord>,
    /// 容缺受理。
    pub(super) deferral: Option<Support>,
    /// 告知承诺。
    pub(super) commitment: Option<Support>,
    /// 办理流程。
    pub(super) steps: Vec<StepRecord>,
    /// 办理时限。
    pub(super) limits: Limits,
    /// 不计入时限的特别程序。
    pub(super) special_procedures: Vec<SpecialRecord>,
    /// 收费；空列表是不收费（或者待补，见 pending）。
    pub(super) fees: Vec<FeeRecord>,
    /// 审批结果。
    pub(super) results: Vec<ResultRecord>,
    /// 送达方式。
    pub(super) delivery: Vec<Word<Delivery>>,
    /// 办理形式。
    pub(super) channels: Vec<Word<Channel>>,
    /// 网上怎么办。
    pub(super) online: Option<OnlineRecord>,
    /// 在窗口怎么办，一步一条。
    pub(super) window_steps: Vec<String>,
    /// 窗口办理的说明。
    pub(super) window_note: Option<String>,
    /// 最多到现场几次。
    pub(super) visits: Option<u8>,
    /// 必须到现场的原因。
    pub(super) visit_reason: Option<String>,
    /// 办理地点。
    pub(super) places: Vec<PlaceUseRecord>,
    /// 进驻政务大厅。
    pub(super) in_hall: Option<Support>,
    /// 预约。
    pub(super) appointment: Option<Support>,
    /// 自助终端。
    pub(super) kiosk: Option<Support>,
    /// 代办、委托办理。
    pub(super) agency: Option<Support>,
    /// 快递。
    pub(super) express: Option<ExpressRecord>,
    /// 通办。
    pub(super) coverage: Option<CoverageRecord>,
    /// 四办。
    pub(super) four_kinds: Vec<Word<FourKind>>,
    /// 办理进程和结果怎么查。
    pub(super) progress: Option<String>,
    /// 咨询。
    pub(super) consult: ContactRecord,
    /// 监督投诉。
    pub(super) complaint: ContactRecord,
    /// 申请人的权利。
    pub(super) rights: Vec<String>,
    /// 申请人的义务。
    pub(super) duties: Vec<String>,
    /// 行政复议。
    pub(super) review: Option<RemedyRecord>,
    /// 行政诉讼。
    pub(super) litigation: Option<RemedyRecord>,
    /// 中介服务；null 表示没有写，空列表表示不用中介。
    pub(super) intermediaries: Option<Vec<IntermediaryRecord>>,
    /// 年审年检；null 表示没有或没有写。
    pub(super) inspection: Option<InspectionRecord>,
    /// 年报；null 表示没有或没有写。
    pub(super) annual_report: Option<AnnualReport>,
    /// 常见问题。
    pub(super) faq: Vec<Faq>,
    /// 指南正文（HTML 片段，已去掉脚本）。
    pub(super) guide_html: Option<String>,
    /// 相关事项。
    pub(super) related: Vec<Reference>,
    /// 所属的一件事。
    pub(super) bundles: Vec<Reference>,
    /// 变更记录，新的在前。
    pub(super) changes: Vec<ChangeRecord>,
}

/// 名称、编码和分类。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Identity {
    /// 事项名称，与权责清单一致。
    pub(super) name: String,
    /// 群众平时的叫法，没有的就是事项名称。
    pub(super) everyday_name: String,
    /// 其他叫法。
    pub(super) aliases: Vec<String>,
    /// 31 位实施编码。
    pub(super) code: Option<String>,
    /// 12 位基本编码。
    pub(super) base_code: Option<String>,
    /// 33 位业务办理项编码。
    pub(super) handle_item_code: Option<String>,
    /// 地方实施编码。
    pub(super) local_code: Option<String>,
    /// 事项版本。
    pub(super) version: u32,
    /// 主项。
    pub(super) parent: Option<String>,
    /// 事项类型。
    pub(super) item_type: Word<ItemType>,
    /// 办件类型。
    pub(super) handling_type: Option<Word<HandlingType>>,
    /// 办件说明。
    pub(super) handling_note: Option<String>,
    /// 审查类型。
    pub(super) examination: Option<String>,
}

/// 现在能不能办。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Status {
    /// active 正常办理、ending 到 cancelled_from 为止、paused 暂停、cancelled 已取消、preview 还没有公开（只在预览里有）。
    pub(super) state: State,
    /// 从哪天起取消。
    pub(super) cancelled_from: Option<DayText>,
    /// 原因和说明。
    pub(super) note: Option<String>,
    /// 取消后改办的事项。
    pub(super) successor: Option<Reference>,
}

/// Whether one can apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(super) enum State {
    Active,
    Ending,
    Paused,
    Cancelled,
    Preview,
}

/// 由谁办。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Authority {
    /// 实施主体。
    pub(super) department: Reference,
    /// 实施主体的统一社会信用代码。
    pub(super) credit_code: Option<String>,
    /// 责任科室。
    pub(super) office: Option<String>,
    /// 行使层级。
    pub(super) level: Word<Level>,
    /// 实施主体性质。
    pub(super) authority_kind: Option<Word<AuthorityKind>>,
    /// 权力来源。
    pub(super) power_source: Option<Word<PowerSource>>,
    /// 委托部门。
    pub(super) entrusted_by: Option<String>,
    /// 乡镇街道。
    pub(super) town: Option<String>,
    /// 村（社区）。
    pub(super) village: Option<String>,
    /// 承办机构。
    pub(super) handling_body: Option<String>,
    /// 受理机构。
    pub(super) accepting_body: Option<String>,
    /// 决定机构。
    pub(super) deciding_body: Option<String>,
    /// 联办机构。
    pub(super) joint_bodies: Vec<String>,
}

/// 一个主题。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TopicRecord {
    /// person 个人、legal 法人、life 生命周期、group 特定对象。
    pub(super) kind: &'static str,
    /// 名称。
    pub(super) name: String,
    /// 网页的网址。
    pub(super) url: Url,
}

/// 一条办理依据。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BasisRecord {
    /// 法律法规。
    pub(super) law: Reference,
    /// 文号。
    pub(super) number: Option<String>,
    /// 依据类别。
    pub(super) law_kind: Word<LawKind>,
    /// 效力状态。
    pub(super) law_status: Word<LawStatus>,
    /// 官方文本的网址。
    pub(super) source_url: Option<Url>,
    /// 条款号。
    pub(super) clause: String,
    /// 用途。
    pub(super) role: Word<BasisRole>,
    /// 条文原文。
    pub(super) text: Option<String>,
}

/// 数量限制。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuantityRecord {
    /// 限多少、怎么排先后。
    pub(super) note: String,
    /// 依据。
    pub(super) basis: Vec<CitationRecord>,
    /// 在哪里公布。
    pub(super) published_in: Option<String>,
    /// 多久公布一次。
    pub(super) published_every: Option<String>,
}

/// 情形引导的一个问题。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuestionRecord {
    /// 问题的代号。
    pub(super) id: String,
    /// 问群众的话。
    pub(super) text: String,
    /// 可选的答案。
    pub(super) answers: Vec<AnswerRecord>,
    /// 前面答了什么才问这一题；空的总要问。
    pub(super) when: Vec<Condition>,
}

/// 一个答案。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AnswerRecord {
    /// 答案的代号。
    pub(super) id: String,
    /// 文字。
    pub(super) text: String,
}

/// 一份申请材料。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MaterialRecord {
    /// 在本事项里的代号。
    pub(super) id: String,
    /// 材料名称。
    pub(super) name: String,
    /// 多个事项共用的材料。
    pub(super) shared: Option<Reference>,
    /// 材料类型。
    pub(super) kind: Option<Word<MaterialKind>>,
    /// 材料形式。
    pub(super) medium: Word<Medium>,
    /// 必要性。
    pub(super) necessity: Option<Word<Necessity>>,
    /// 什么情形下才要。
    pub(super) needed_when: Option<String>,
    /// 只在这些答案下要；空的总要。
    pub(super) when: Vec<Condition>,
    /// 份数。
    pub(super) copies: Option<CopiesRecord>,
    /// 来源渠道。
    pub(super) source: Option<Word<MaterialSource>>,
    /// 出具单位。
    pub(super) issuer: Option<String>,
    /// 出具时间要求。
    pub(super) issued_within: Option<String>,
    /// 纸张规格。
    pub(super) page_format: Option<String>,
    /// 签名盖章要求。
    pub(super) seal: Option<String>,
    /// 填报须知。
    pub(super) filling_note: Option<String>,
    /// 受理标准。
    pub(super) standard: Option<String>,
    /// 常见错误。
    pub(super) common_errors: Vec<String>,
    /// 凭什么要这份材料。
    pub(super) basis: Vec<CitationRecord>,
    /// 空白表格。
    pub(super) blank_form: Option<FileRecord>,
    /// 示例样表。
    pub(super) sample_form: Option<FileRecord>,
    /// 对应的电子证照。
    pub(super) electronic: Option<String>,
    /// 可以不交的条件。
    pub(super) exemption: Option<String>,
    /// 说明。
    pub(super) note: Option<String>,
}

/// 份数。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CopiesRecord {
    /// 原件几份。
    pub(super) originals: u8,
    /// 复印件几份。
    pub(super) copies: u8,
    /// 电子件几份。
    pub(super) electronic: u8,
    /// 原件、复印件任选一种。
    pub(super) either: bool,
    /// 原件只核验，当场退还。
    pub(super) inspect: bool,
    /// 原文，如“原件1份（核验），复印件1份”。
    pub(super) text: String,
}

/// 是否支持，怎么支持。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Support {
    /// 支持。
    pub(super) supported: bool,
    /// 说明。
    pub(super) note: Option<String>,
    /// 网址。
    pub(super) url: Option<Url>,
    /// 电话。
    pub(super) phone: Option<PhoneRecord>,
    /// 要用的文件，如承诺书。
    pub(super) form: Option<FileRecord>,
}

/// 一个环节。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepRecord {
    /// 环节名称。
    pub(super) name: String,
    /// 办理人：科室、窗口或岗位。
    pub(super) actor: String,
    /// 时限。
    pub(super) limit: Limit,
    /// 计入办理时限。
    pub(super) counted: bool,
    /// 做什么。
    pub(super) content: Option<String>,
    /// 审查标准。
    pub(super) standard: Option<String>,
    /// 申请人得到什么。
    pub(super) result: Option<String>,
    /// 在窗口还是网上；null 表示都一样。
    pub(super) channel: Option<Word<StepChannel>>,
    /// 只在这些答案下有；空的总有。
    pub(super) when: Vec<Condition>,
    /// 依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 办理时限。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Limits {
    /// 法定办结时限。
    pub(super) statutory: Option<Limit>,
    /// 法定时限的说明。
    pub(super) statutory_note: Option<String>,
    /// 法定时限的依据。
    pub(super) statutory_basis: Option<CitationRecord>,
    /// 承诺办结时限。
    pub(super) promised: Option<Limit>,
    /// 承诺时限的说明。
    pub(super) promised_note: Option<String>,
    /// 从哪天起算。
    pub(super) counted_from: Word<LimitStart>,
    /// 收到申请后多久决定受不受理。
    pub(super) acceptance: Option<Limit>,
    /// 作出决定后多久送达。
    pub(super) delivery: Option<Limit>,
    /// 不同情形的承诺时限。
    pub(super) by_case: Vec<CaseLimit>,
}

/// 某种情形的承诺时限。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseLimit {
    /// 在这些答案下。
    pub(super) when: Vec<Condition>,
    /// 承诺办结时限。
    pub(super) promised: Limit,
}

/// 一种特别程序。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SpecialRecord {
    /// 程序。
    pub(super) kind: Word<SpecialKind>,
    /// 最长多久。
    pub(super) limit: Limit,
    /// 什么情况下有。
    pub(super) note: String,
    /// 由谁实施。
    pub(super) body: Option<String>,
    /// 电话。
    pub(super) phone: Option<PhoneRecord>,
    /// 计入办理时限。
    pub(super) counted: bool,
    /// 依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 一个收费项目。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FeeRecord {
    /// 收费项目名称。
    pub(super) name: String,
    /// 收费标准，一句话。
    pub(super) standard: String,
    /// 收费性质。
    pub(super) nature: Word<FeeNature>,
    /// 计价类型。
    pub(super) pricing: Word<Pricing>,
    /// 金额。
    pub(super) amount: Option<Amount>,
    /// 按什么计，如“证”“件”。
    pub(super) unit: Option<String>,
    /// 费率。
    pub(super) rate: Option<RateRecord>,
    /// 费率乘以什么。
    pub(super) rate_of: Option<String>,
    /// 最少收多少。
    pub(super) minimum: Option<Amount>,
    /// 最多收多少。
    pub(super) maximum: Option<Amount>,
    /// 分段计价的各档。
    pub(super) tiers: Vec<TierRecord>,
    /// 怎么算。
    pub(super) calculation: Option<String>,
    /// 减免。
    pub(super) reductions: Vec<ReductionRecord>,
    /// 收取环节。
    pub(super) stage: Option<String>,
    /// 收取单位。
    pub(super) collector: Option<String>,
    /// 可以网上支付。
    pub(super) pay_online: bool,
    /// 只在这些答案下收；空的总收。
    pub(super) when: Vec<Condition>,
    /// 收费依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 分段计价的一档。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TierRecord {
    /// 范围。
    pub(super) range: String,
    /// 金额。
    pub(super) amount: Option<Amount>,
    /// 费率。
    pub(super) rate: Option<RateRecord>,
}

/// 一种减免。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ReductionRecord {
    /// 谁可以减免。
    pub(super) who: String,
    /// 减免多少。
    pub(super) how_much: String,
    /// 依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 一种审批结果。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResultRecord {
    /// 名称。
    pub(super) name: String,
    /// 类型。
    pub(super) kind: Word<ResultKind>,
    /// 有效期。
    pub(super) valid_for: Option<PeriodRecord>,
    /// 有效期的依据。
    pub(super) validity_basis: Option<CitationRecord>,
    /// 到期前怎么延续。
    pub(super) renewal: Option<String>,
    /// 有效地域。
    pub(super) valid_in: Option<String>,
    /// 有电子证照。
    pub(super) electronic: bool,
    /// 样本。
    pub(super) sample: Option<FileRecord>,
    /// 说明。
    pub(super) note: Option<String>,
}

/// 网上怎么办。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OnlineRecord {
    /// 电脑端网址。
    pub(super) url: Option<Url>,
    /// 移动端网址。
    pub(super) mobile_url: Option<Url>,
    /// 网上办理深度。
    pub(super) depth: Option<Word<OnlineDepth>>,
    /// 一步一步怎么操作。
    pub(super) steps: Vec<String>,
    /// 说明。
    pub(super) note: Option<String>,
}

/// 一个办理地点。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlaceUseRecord {
    /// 地点。
    pub(super) place: Reference,
    /// 地址。
    pub(super) address: String,
    /// 哪一层、哪个窗口。
    pub(super) window: Option<String>,
    /// 开放时间。
    pub(super) hours: Vec<Hours>,
    /// 法定节假日办不办公。
    pub(super) holidays: Option<String>,
    /// 电话。
    pub(super) phone: Option<PhoneRecord>,
    /// 说明。
    pub(super) note: Option<String>,
}

/// 快递。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExpressRecord {
    /// 能寄材料来。
    pub(super) materials: bool,
    /// 能寄结果去。
    pub(super) results: bool,
    /// 快递费谁付。
    pub(super) payer: Option<String>,
    /// 收件地址。
    pub(super) address: Option<String>,
}

/// 通办。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CoverageRecord {
    /// 通办范围。
    pub(super) area: Word<Coverage>,
    /// 通办方式。
    pub(super) mode: Option<Word<CoverageMode>>,
    /// 说明。
    pub(super) note: Option<String>,
}

/// 联系方式。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ContactRecord {
    /// 电话。
    pub(super) phones: Vec<PhoneRecord>,
    /// 网址。
    pub(super) url: Option<Url>,
    /// 地址。
    pub(super) address: Option<String>,
}

/// 不服决定时找谁。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RemedyRecord {
    /// 复议机关或法院。
    pub(super) body: String,
    /// 地址。
    pub(super) address: Option<String>,
    /// 电话。
    pub(super) phone: Option<PhoneRecord>,
    /// 网址。
    pub(super) url: Option<Url>,
}

/// 一项中介服务。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct IntermediaryRecord {
    /// 服务名称。
    pub(super) name: String,
    /// 由什么机构提供。
    pub(super) provider: String,
    /// 收费说明。
    pub(super) fee: String,
    /// 设定依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 年审年检。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct InspectionRecord {
    /// 周期。
    pub(super) cycle: PeriodRecord,
    /// 要报送什么。
    pub(super) materials: String,
    /// 收费说明。
    pub(super) fee: String,
    /// 说明。
    pub(super) note: Option<String>,
    /// 依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 年报。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AnnualReport {
    /// 什么时候报。
    pub(super) when: String,
    /// 报什么、在哪里报。
    pub(super) note: String,
    /// 依据。
    pub(super) basis: Vec<CitationRecord>,
}

/// 一问一答。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Faq {
    /// 问。
    pub(super) question: String,
    /// 答。
    pub(super) answer: String,
}

/// 一次变更。
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ChangeRecord {
    /// 变更日期。
    pub(super) date: DayText,
    /// 改了什么。
    pub(super) text: String,
}
