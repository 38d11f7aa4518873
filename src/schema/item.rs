//! `departments/<id>/<slug>/item.yaml`: every structured fact of one item (事项).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::terms::{
    Applicant, AuthorityKind, BasisRole, HandlingType, ItemState, ItemType, Level, PowerSource, ReviewState,
};
use crate::model::terms::{Channel, Coverage, CoverageMode, Delivery, FourKind};
use crate::model::value::Visits;
use crate::model::value::{Clause, Day, HandleItemCode, Period, Phone, Slug, TaskCode};
use crate::schema::Flag;
use crate::schema::department::{LitigationEntry, ReviewEntry};
use crate::schema::item_handling::SpecialEntry;
use crate::schema::item_handling::{
    Agency, Appointment, Commitment, Deferral, ExpressEntry, FeeEntry, HallPresence, InspectionEntry,
    IntermediaryEntry, Kiosk, OnlineHandling, PlaceEntry, ReportEntry, ResultEntry, Step, TimeLimits, WindowHandling,
};
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::{Nothing, Ordered, Pending, Told};

/// 一个事项的全部要素。必填的栏目缺一不可，选填的有就写。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// 事项名称，与权责清单一致。
    #[serde(rename = "名称")]
    pub name: String,
    /// 群众平时的叫法，做页面的大标题。
    #[serde(rename = "通俗名")]
    pub everyday_name: Option<String>,
    /// 其他叫法、旧名、俗名，搜索时都能找到。
    #[serde(rename = "别名", default)]
    pub aliases: Vec<String>,
    /// 搜索用的关键词，不显示。
    #[serde(rename = "关键词", default)]
    pub keywords: Vec<String>,
    /// 31 位实施编码，一定加引号。
    #[serde(rename = "实施编码")]
    pub task_code: Told<TaskCode>,
    /// 拆分了业务办理项时的 33 位编码，一定加引号。
    #[serde(rename = "业务办理项编码")]
    pub handle_item_code: Option<HandleItemCode>,
    /// 本地使用的编码，一定加引号。
    #[serde(rename = "地方实施编码")]
    pub local_task_code: Option<String>,
    /// 事项版本，每次重要修改加 1，省略时为 1。
    #[serde(rename = "版本")]
    pub version: Option<u32>,
    /// 从一个大事项拆出来时，大事项（主项）的名称。
    #[serde(rename = "主项")]
    pub parent: Option<String>,
    /// 事项类型。
    #[serde(rename = "事项类型")]
    pub item_type: ItemType,
    /// 办件类型。
    #[serde(rename = "办件类型")]
    pub handling_type: Told<HandlingType>,
    /// 办件类型的补充说明；办件类型是“其他”时必须写。
    #[serde(rename = "办件说明")]
    pub handling_note: Option<String>,
    /// 审查类型，如“前审后批”“即审即办”。
    #[serde(rename = "审查类型")]
    pub examination: Option<String>,
    /// 行使层级，省略时随部门。
    #[serde(rename = "行使层级")]
    pub level: Option<Level>,
    /// 实施主体性质，省略时随部门。
    #[serde(rename = "实施主体性质")]
    pub authority_kind: Option<AuthorityKind>,
    /// 权力来源，省略时为“法定本级行使”。
    #[serde(rename = "权力来源")]
    pub power_source: Option<PowerSource>,
    /// 委托部门，权力来源是委托时必须写。
    #[serde(rename = "委托部门")]
    pub entrusted_by: Option<String>,
    /// 乡镇街道的名称，行使层级是乡镇级时写。
    #[serde(rename = "乡镇街道")]
    pub town: Option<String>,
    /// 村（社区）的名称，行使层级是村级时写。
    #[serde(rename = "村居社区")]
    pub village: Option<String>,
    /// 承办机构，省略时为责任科室。
    #[serde(rename = "承办机构")]
    pub handling_body: Option<String>,
    /// 受理机构，省略时为本部门。
    #[serde(rename = "受理机构")]
    pub accepting_body: Option<String>,
    /// 决定机构，省略时为本部门。
    #[serde(rename = "决定机构")]
    pub deciding_body: Option<String>,
    /// 联办机构，联办件必须写。
    #[serde(rename = "联办机构", default)]
    pub joint_bodies: Vec<String>,
    /// 谁可以办。
    #[serde(rename = "服务对象")]
    pub applicants: Vec<Applicant>,
    /// 适用范围：管什么事、管什么人，一两句话。
    #[serde(rename = "适用范围")]
    pub scope: Told<String>,
    /// 属于哪些主题。
    #[serde(rename = "主题")]
    pub topics: Told<Topics>,
    /// 事项状态，省略时为“在用”。
    #[serde(rename = "状态")]
    pub state: Option<ItemState>,
    /// 暂停或取消的原因，给群众看。
    #[serde(rename = "状态说明")]
    pub state_note: Option<String>,
    /// 取消后改办哪个事项，写事项文件夹的名字。
    #[serde(rename = "接替事项")]
    pub successor: Option<Slug>,
    /// 从哪天起公开并生效。
    #[serde(rename = "生效日期")]
    pub effective: Option<Day>,
    /// 计划从哪天起取消，到那天页面会自动改为“已取消”。
    #[serde(rename = "计划取消日期")]
    pub cancelled_from: Option<Day>,
    /// 涉密事项不公开。
    #[serde(rename = "涉密", default)]
    pub confidential: Flag,
    /// 审核情况，只有“已审核”的才公开。
    #[serde(rename = "审核")]
    pub approval: Approval,
    /// 这份指南由谁负责。
    #[serde(rename = "责任")]
    pub owner: Owner,
    /// 内容最近更新的日期。
    #[serde(rename = "更新日期")]
    pub updated: Day,
    /// 最近一次复核内容是否仍然正确的日期。
    #[serde(rename = "复核日期")]
    pub verified: Option<Day>,
    /// 多久复核一次，如“12个月”。
    #[serde(rename = "复核周期")]
    pub review_cycle: Option<Period>,

    /// 办理依据，至少一条，要写到条。
    #[serde(rename = "办理依据")]
    pub basis: Told<Vec<Basis>>,
    /// 申请条件，一条一句，不写材料，不写兜底条款。
    #[serde(rename = "申请条件")]
    pub conditions: Told<Vec<String>>,
    /// 不予受理或不予批准的情形。
    #[serde(rename = "禁止性要求", default)]
    pub prohibitions: Vec<String>,
    /// 有没有数量限制，没有写“无”。
    #[serde(rename = "数量限制")]
    pub quantity: QuantityEntry,
    /// 情形引导：几个问题，答案决定要哪些材料、走哪些环节。
    #[serde(rename = "情形引导", default)]
    pub situations: Vec<SituationQuestion>,
    /// 申请材料；什么都不用带的写“无需材料”。
    #[serde(rename = "申请材料")]
    pub materials: MaterialsEntry,
    /// 容缺受理：次要材料可以后补。
    #[serde(rename = "容缺受理")]
    pub deferral: Option<Deferral>,
    /// 告知承诺：书面承诺后不再索要证明。
    #[serde(rename = "告知承诺")]
    pub commitment: Option<Commitment>,

    /// 办理流程，一个环节一条。
    #[serde(rename = "办理流程")]
    pub steps: Told<Vec<Step>>,
    /// 办理时限：法定和承诺。
    #[serde(rename = "办理时限")]
    pub limits: TimeLimits,
    /// 听证、检验、公示等不计入时限的程序，没有写“无”。
    #[serde(rename = "特别程序")]
    pub special: SpecialEntry,
    /// 收费；不收费的写“不收费”。
    #[serde(rename = "收费")]
    pub fees: FeeEntry,
    /// 办成以后拿到什么。
    #[serde(rename = "审批结果")]
    pub results: ResultEntry,
    /// 结果怎么送到申请人手里。
    #[serde(rename = "送达方式")]
    pub delivery: Told<Vec<Delivery>>,

    /// 可以通过哪些方式办。
    #[serde(rename = "办理形式")]
    pub channels: Told<Vec<Channel>>,
    /// 网上怎么办，办理形式有网上办理时必须写。
    #[serde(rename = "网上办理")]
    pub online: Option<OnlineHandling>,
    /// 窗口怎么办。
    #[serde(rename = "窗口办理")]
    pub window: Option<WindowHandling>,
    /// 最多跑几次现场，如“0次”。
    #[serde(rename = "到现场次数")]
    pub visits: Told<Visits>,
    /// 必须到现场的原因。
    #[serde(rename = "现场办理原因")]
    pub visit_reason: Option<String>,
    /// 办理地点，省略时用部门的默认地点。
    #[serde(rename = "办理地点", default)]
    pub places: Told<Vec<PlaceEntry>>,
    /// 进不进政务大厅；没有进的写清为什么。省略时看办理地点。
    #[serde(rename = "进驻大厅")]
    pub in_hall: Option<HallPresence>,
    /// 预约。
    #[serde(rename = "预约")]
    pub appointment: Option<Appointment>,
    /// 自助终端。
    #[serde(rename = "自助终端")]
    pub kiosk: Option<Kiosk>,
    /// 代办、委托办理。
    #[serde(rename = "代办")]
    pub agency: Option<Agency>,
    /// 快递寄材料、寄结果。
    #[serde(rename = "快递")]
    pub express: Option<ExpressEntry>,
    /// 通办范围：在哪个范围内都能办。
    #[serde(rename = "通办范围")]
    pub coverage: Option<Coverage>,
    /// 通办方式。
    #[serde(rename = "通办方式")]
    pub coverage_mode: Option<CoverageMode>,
    /// 通办怎么办，要说明的。
    #[serde(rename = "通办说明")]
    pub coverage_note: Option<String>,
    /// 四办：马上办、网上办、就近办、一次办。
    #[serde(rename = "四办", default)]
    pub four_kinds: Vec<FourKind>,
    /// 办理进程和结果到哪里查。
    #[serde(rename = "进度查询")]
    pub progress: Option<String>,
    /// 咨询电话，省略时用部门的。
    #[serde(rename = "咨询电话", default)]
    pub consult_phones: Vec<Phone>,
    /// 监督投诉电话，省略时用部门的。
    #[serde(rename = "监督电话", default)]
    pub complaint_phones: Vec<Phone>,

    /// 申请人的权利。
    #[serde(rename = "权利", default)]
    pub rights: Vec<String>,
    /// 申请人的义务。
    #[serde(rename = "义务", default)]
    pub duties: Vec<String>,
    /// 行政复议，省略时用部门的。
    #[serde(rename = "行政复议")]
    pub review: Option<ReviewEntry>,
    /// 行政诉讼，省略时用部门的。
    #[serde(rename = "行政诉讼")]
    pub litigation: Option<LitigationEntry>,
    /// 中介服务，没有写“无”。
    #[serde(rename = "中介服务")]
    pub intermediaries: Option<IntermediaryEntry>,
    /// 年审年检，没有写“无”。
    #[serde(rename = "年审年检")]
    pub inspection: Option<InspectionEntry>,
    /// 年报，没有写“无”。
    #[serde(rename = "年报")]
    pub report: Option<ReportEntry>,
    /// 常见问题。
    #[serde(rename = "常见问题", default)]
    pub questions: Vec<Question>,
    /// 相关事项，写事项文件夹的名字。
    #[serde(rename = "相关事项", default)]
    pub related: Vec<Slug>,
    /// 变更记录，新的在前。
    #[serde(rename = "变更记录", default)]
    pub changes: Vec<Change>,
}

/// 事项属于哪些主题，写 topics.yaml 里的名称。
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    /// 面向自然人的主题。
    #[serde(rename = "个人", default)]
    pub person: Vec<String>,
    /// 面向法人的主题。
    #[serde(rename = "法人", default)]
    pub legal: Vec<String>,
    /// 生命周期。
    #[serde(rename = "生命周期", default)]
    pub life: Vec<String>,
    /// 特定对象。
    #[serde(rename = "特定对象", default)]
    pub groups: Vec<String>,
}

/// 审核情况。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// 审核状态。
    #[serde(rename = "状态")]
    pub state: ReviewState,
    /// 审核的科室或岗位，不写人名。
    #[serde(rename = "审核人")]
    pub reviewer: Option<String>,
    /// 审核日期。
    #[serde(rename = "日期")]
    pub date: Option<Day>,
}

/// 这份指南由谁负责，写岗位，不写人名。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// 责任科室。
    #[serde(rename = "科室")]
    pub office: Told<String>,
    /// A 岗：平时谁办。
    #[serde(rename = "A岗")]
    pub first: Option<String>,
    /// B 岗：A 岗不在时谁办。
    #[serde(rename = "B岗")]
    pub second: Option<String>,
}

/// 一条依据：哪部法、哪一条、用来证明什么。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// 法律法规的文件名（laws 文件夹里）。
    #[serde(rename = "法律")]
    pub law: Slug,
    /// 条款号，如“第三十五条第一款”。
    #[serde(rename = "条款")]
    pub clause: Clause,
    /// 用途，省略时为“设定依据”。
    #[serde(rename = "用途")]
    pub role: Option<BasisRole>,
    /// 条文原文；法律文件里写过这一条的不用再写。
    #[serde(rename = "内容")]
    pub text: Option<String>,
}

/// 一条引用：哪部法、哪一条。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// 法律法规的文件名（laws 文件夹里）。
    #[serde(rename = "法律")]
    pub law: Slug,
    /// 条款号，如“第三十五条第一款”。
    #[serde(rename = "条款")]
    pub clause: Clause,
}

/// 数量限制：写“无”，或者写清楚限多少、怎么定、怎么公布。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum QuantityEntry {
    /// 没有数量限制。
    None(Nothing),
    /// 有数量限制。
    Limited(Quantity),
    /// 待补。
    NotYet(Pending),
}

/// 有数量限制时要公开的内容。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// 限多少、怎么排先后。
    #[serde(rename = "说明")]
    pub note: String,
    /// 依据。
    #[serde(rename = "依据", default)]
    pub basis: Vec<Citation>,
    /// 在哪里公布。
    #[serde(rename = "公布方式")]
    pub published_in: Option<String>,
    /// 多久公布一次。
    #[serde(rename = "公布周期")]
    pub published_every: Option<String>,
}

/// 情形引导的一个问题。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SituationQuestion {
    /// 问题的代号，小写字母，网址里用。
    #[serde(rename = "问题")]
    pub id: Slug,
    /// 问群众的话。
    #[serde(rename = "问")]
    pub text: String,
    /// 可选的答案：左边代号，右边文字。
    #[serde(rename = "答案")]
    pub answers: Ordered<String>,
    /// 前面的问题答了什么才问这一题。
    #[serde(rename = "适用", default)]
    pub when: Ordered<Vec<String>>,
}

/// 一问一答。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// 群众怎么问。
    #[serde(rename = "问")]
    pub question: String,
    /// 怎么答。
    #[serde(rename = "答")]
    pub answer: String,
}

/// 一次变更：哪天，改了什么。
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// 变更日期。
    #[serde(rename = "日期")]
    pub date: Day,
    /// 改了什么，如“承诺时限由10个工作日缩短为5个工作日”。
    #[serde(rename = "内容")]
    pub text: String,
}
