//! The closed vocabularies of the field, each by its Chinese names.
//!
//! Codes differ between systems (the digits for 即办件 and 承诺件 are swapped in
//! some), so content holds names only and codes are mapped where data leaves.

/// A closed vocabulary whose members have fixed Chinese names.
pub trait Term: Sized + Copy + 'static {
    /// What the vocabulary is called, such as 办件类型.
    const TITLE: &'static str;
    /// All members in the order they are offered.
    const ALL: &'static [Self];
    /// The Chinese name of this member.
    fn name(self) -> &'static str;
    /// The member with this Chinese name.
    fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.name() == name)
    }
}

macro_rules! terms {
    ($( $(#[$meta:meta])* $title:literal $type:ident { $( $(#[$vmeta:meta])* $variant:ident = $name:literal ),+ $(,)? } )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $( $(#[$vmeta])* #[doc = $name] $variant ),+
        }

        impl Term for $type {
            const TITLE: &'static str = $title;
            const ALL: &'static [Self] = &[$( $type::$variant ),+];
            fn name(self) -> &'static str {
                match self { $( $type::$variant => $name ),+ }
            }
        }
    )+ };
}

terms! {
    /// 事项类型, GB/T 39046-2020 Annex A.
    "事项类型" ItemType {
        License = "行政许可", Penalty = "行政处罚", Coercion = "行政强制", Levy = "行政征收",
        Payment = "行政给付", Inspection = "行政检查", Confirmation = "行政确认", Reward = "行政奖励",
        Adjudication = "行政裁决", OtherPower = "其他行政权力", PublicService = "公共服务",
    }
    /// 办件类型: how the authority deals with one application.
    "办件类型" HandlingType {
        /// Decided while the applicant waits.
        Instant = "即办件",
        /// Decided within the promised limit.
        Promised = "承诺件",
        /// Decided by several authorities together.
        Joint = "联办件",
        /// Decided by a higher authority to which it is reported.
        Reported = "上报件",
        /// First examined here, decided elsewhere (转报).
        Preliminary = "初审件",
        /// Explained by the item itself.
        Other = "其他",
    }
    /// 行使层级, the 19th character of the 实施编码.
    "行使层级" Level {
        National = "国家级", Provincial = "省级", City = "市级", County = "县级",
        Town = "乡镇级", Village = "村级",
    }
    /// 实施主体性质.
    "实施主体性质" AuthorityKind {
        Statutory = "法定机关", Authorised = "授权组织", Entrusted = "受委托组织", Other = "其他",
    }
    /// 权力来源.
    "权力来源" PowerSource {
        Own = "法定本级行使", Delegated = "上级下放", AuthorisedAbove = "上级授权",
        AuthorisedPeer = "同级授权", EntrustedAbove = "上级委托", EntrustedPeer = "同级委托",
    }
    /// 服务对象.
    "服务对象" Applicant {
        Person = "自然人", Company = "企业法人", Institution = "事业法人", Society = "社会组织法人",
        Unincorporated = "非法人企业", SelfEmployed = "个体工商户", Agency = "行政机关", Other = "其他组织",
    }
    /// 事项状态.
    "事项状态" ItemState { Active = "在用", Paused = "暂停", Cancelled = "取消" }
    /// 审核状态: only what is 已审核 reaches the public build, and what was public elsewhere before.
    "审核状态" ReviewState {
        Draft = "草稿", Pending = "待审核", Approved = "已审核",
        /// Taken over from another system, where it is public; nobody has compared it with the facts yet.
        Imported = "导入待核",
    }
    /// 依据类别.
    "依据类别" LawKind {
        Law = "法律", Regulation = "行政法规", StateCouncilDecision = "国务院决定",
        LocalRegulation = "地方性法规", MinistryRule = "部门规章", LocalRule = "地方政府规章",
        Document = "规范性文件",
    }
    /// 效力状态.
    "效力状态" LawStatus { InForce = "有效", Amended = "已修改", Repealed = "已废止", Pending = "尚未生效" }
    /// 核对: whether the text was compared with a collection of laws.
    "核对" LawCheck { Checked = "已核对", NotCheckable = "未收录" }
    /// 依据用途.
    "依据用途" BasisRole {
        Setting = "设定依据", Implementing = "实施依据", Conditions = "条件依据", Procedure = "程序依据",
        Materials = "材料依据", Fee = "收费依据", Limit = "时限依据", Quantity = "数量限制依据",
    }
    /// 材料类型.
    "材料类型" MaterialKind { Certificate = "证件证书证明", Form = "申请表格文书", Other = "其他" }
    /// 材料形式.
    "材料形式" Medium { Paper = "纸质", Electronic = "电子化", Either = "纸质或电子化" }
    /// 材料必要性.
    "材料必要性" Necessity { Required = "必要", Conditional = "非必要", Later = "容缺后补" }
    /// 变更等级: what `mingbai review` does about changes of a class.
    "变更等级" ChangeLevel {
        /// The review fails.
        Block = "阻止",
        /// It is shown, and nothing more.
        Warn = "提醒",
        /// It is only counted.
        Ignore = "忽略",
    }
    /// 检查等级: what a finding of a code means in this portal.
    "检查等级" CheckLevel {
        /// The site is not published.
        Block = "阻止",
        /// It is a warning.
        Warn = "提醒",
        /// It is worth knowing.
        Inform = "告知",
        /// It is not looked for.
        Off = "不查",
    }
    /// 材料来源渠道.
    "来源渠道" MaterialSource {
        Applicant = "申请人自备", Authority = "政府部门核发", Intermediary = "中介机构出具", Other = "其他",
    }
    /// 审批结果类型.
    "审批结果类型" ResultKind { Certificate = "证照", Approval = "批文", Other = "其他", None = "无" }
    /// 送达方式.
    "送达方式" Delivery {
        Window = "窗口领取", Post = "快递送达", Certificate = "电子证照", Download = "网上下载",
        Kiosk = "自助打印", Direct = "直接送达", Message = "短信告知", Announcement = "公告送达",
        Transfer = "银行转账",
    }
    /// 办理形式.
    "办理形式" Channel {
        Window = "窗口办理", Web = "电脑端网上办理", Mobile = "移动端网上办理", Post = "快递申请",
        Visit = "上门服务", Kiosk = "自助终端办理", Phone = "电话办理", Other = "其他",
    }
    /// 网上办理深度.
    "网办深度" OnlineDepth {
        Consult = "互联网咨询", Collect = "互联网收件", Precheck = "互联网预审", Accept = "互联网受理",
        Handle = "互联网办理", Feedback = "互联网办理结果信息反馈", Certificate = "互联网电子证照反馈",
        Other = "其他",
    }
    /// 通办范围.
    "通办范围" Coverage {
        National = "全国", Province = "全省", City = "全市", County = "全县", Town = "全镇", Village = "跨村",
    }
    /// 通办方式.
    "通办方式" CoverageMode { Online = "全程网办", Collected = "异地代收代办", Joint = "多地联办" }
    /// 四办.
    "四办" FourKind { Now = "马上办", Online = "网上办", Nearby = "就近办", Once = "一次办" }
    /// 特别程序: procedures whose time is not part of the limit (行政许可法 第四十五条) and others kept apart.
    "特别程序" SpecialKind {
        Hearing = "听证", Tender = "招标", Auction = "拍卖", Inspection = "检验", Testing = "检测",
        Quarantine = "检疫", Appraisal = "鉴定", Experts = "专家评审", Survey = "现场勘验",
        Listing = "挂牌", Publicity = "公示", Announcement = "公告", Extension = "延长审批",
    }
    /// 时限起算点.
    "起算" LimitStart { Accepted = "受理之日", Applied = "申请之日" }
    /// 收费性质.
    "收费性质" FeeNature {
        Administrative = "行政事业性收费", Commercial = "经营服务性收费", Fund = "政府性基金", Tax = "税款", Other = "其他",
    }
    /// 计价类型.
    "计价" Pricing {
        Fixed = "固定单价", Floating = "浮动单价", FixedRate = "固定费率", FloatingRate = "浮动费率",
        TieredPrice = "分段固定单价", TieredRate = "分段固定费率", TieredSum = "分段费率累加",
    }
    /// 通知类型.
    "通知类型" NoticeKind {
        Closed = "窗口停办", Maintenance = "系统维护", Changed = "临时调整", Reminder = "办事提醒",
    }
    /// 环节渠道.
    "环节渠道" StepChannel { Window = "窗口", Online = "网上", Both = "窗口和网上" }
    /// 生效阶段 of a statutory holiday table.
    "日历状态" CalendarState { Official = "正式", Provisional = "暂定" }
    /// 一件事 relation of an item.
    "关系" BundleRelation { Always = "必办", Optional = "选办", Alternative = "任选其一" }
}

impl ReviewState {
    /// Whether the public may see it.
    pub fn is_public(self) -> bool {
        matches!(self, ReviewState::Approved | ReviewState::Imported)
    }
}

impl ItemType {
    /// The two digits inside the 基本编码 (GB/T 39046-2020 Annex A).
    pub fn code(self) -> &'static str {
        match self {
            ItemType::License => "01",
            ItemType::Penalty => "02",
            ItemType::Coercion => "03",
            ItemType::Levy => "04",
            ItemType::Payment => "05",
            ItemType::Inspection => "06",
            ItemType::Confirmation => "07",
            ItemType::Reward => "08",
            ItemType::Adjudication => "09",
            ItemType::OtherPower => "10",
            ItemType::PublicService => "20",
        }
    }
}

impl Level {
    /// The 19th character of the 实施编码.
    pub fn code(self) -> u8 {
        match self {
            Level::National => 1,
            Level::Provincial => 2,
            Level::City => 3,
            Level::County => 4,
            Level::Town => 5,
            Level::Village => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_terms() {
        for term in HandlingType::ALL {
            assert_eq!(HandlingType::of(term.name()), Some(*term));
        }
        assert_eq!(HandlingType::of("即办"), None);
    }
}
