//! The situations an item is offered for, by what kind of item it is.

/// A situation; `{证}` stands for what the item gives, `{事}` for its name.
pub(crate) struct Situation {
    /// What names end with.
    pub(crate) name: &'static str,
    /// What ids end with.
    pub(crate) slug: &'static str,
    /// The sentence before the introduction.
    pub(crate) intro: &'static str,
    /// Its own condition and materials.
    pub(crate) texts: &'static [&'static str],
}

/// How many situations an item has at most.
pub(crate) const MOST: usize = 8;

/// Words of names that are a situation already.
const NAMED: [&str; 12] =
    ["变更", "注销", "补领", "换领", "换证", "补证", "补换", "补发", "换发", "首次", "转移接续", "挂失"];

/// The situations of an item with this name, besides the first application.
pub(crate) fn of(name: &str) -> &'static [Situation] {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&NAMED) {
        &[]
    } else if has(&["结婚", "离婚", "收养", "出生", "失业登记", "生育登记", "证明"]) {
        &RECORD
    } else if has(&["申领", "补贴", "津贴", "补助", "救助", "报销", "支付", "提取", "贷款", "奖励", "保障", "援助"])
    {
        &BENEFIT
    } else if has(&["许可", "核发", "资格", "执业", "证"]) {
        &LICENCE
    } else if has(&["登记", "备案"]) {
        &REGISTRATION
    } else if has(&["审批", "核准", "审查", "验收", "审核", "检查"]) {
        &APPROVAL
    } else {
        &SERVICE
    }
}

const CHANGE: Situation = Situation {
    name: "变更",
    slug: "bg",
    intro: "{证}上的事项发生变化的，办理变更。",
    texts: &["已经取得{证}，且登记的事项发生变化", "{事}变更申请表", "{证}原件", "变更事项的证明文件"],
};
const RENEWAL: Situation = Situation {
    name: "延续",
    slug: "yx",
    intro: "{证}有效期届满需要继续使用的，在届满三十日前申请延续。",
    texts: &["{证}在有效期内", "延续申请书", "{证}正副本", "有效期内的情况报告"],
};
const CANCELLATION: Situation = Situation {
    name: "注销",
    slug: "zx",
    intro: "不再从事有关活动的，办理注销并交回{证}。",
    texts: &["没有未了结的案件和欠费", "{事}注销申请表", "交回的{证}原件", "清算报告或者情况说明"],
};
const REPLACEMENT: Situation = Situation {
    name: "补证",
    slug: "bz",
    intro: "{证}遗失或者损毁的，申请补证。",
    texts: &["{证}遗失、损毁或者字迹不清", "补证申请表", "遗失声明", "损毁的证件原件"],
};
const RENAMING: Situation = Situation {
    name: "变更名称",
    slug: "mc",
    intro: "单位名称或者姓名改变的，办理名称变更。",
    texts: &["名称已经依法变更", "名称变更申请表", "名称变更核准文件", "{证}原件"],
};
const MOVE: Situation = Situation {
    name: "变更地址",
    slug: "dz",
    intro: "住所或者经营场所改变的，办理地址变更。",
    texts: &["新的场所符合规定", "地址变更申请表", "新场所的使用证明", "场所平面图"],
};
const HEAD: Situation = Situation {
    name: "变更法定代表人",
    slug: "fr",
    intro: "法定代表人或者负责人改变的，办理变更。",
    texts: &["任免程序符合章程", "法定代表人变更申请表", "任免文件", "新任法定代表人身份证件"],
};
const EXCHANGE: Situation = Situation {
    name: "换发电子证照",
    slug: "dzzz",
    intro: "已有纸质{证}的，换发电子证照。",
    texts: &["纸质证件在有效期内", "换发申请表", "纸质{证}原件"],
};
const CORRECTION: Situation = Situation {
    name: "更正",
    slug: "gz",
    intro: "记载的内容有误的，申请更正。",
    texts: &["记载与事实不符", "更正申请书", "证明记载有误的材料"],
};
const REVOCATION: Situation = Situation {
    name: "撤销",
    slug: "cx",
    intro: "有法定撤销情形的，申请撤销。",
    texts: &["符合法律规定的撤销情形", "撤销申请书", "有关的裁判文书或者证明"],
};
const STOP: Situation = Situation {
    name: "停发",
    slug: "tf",
    intro: "不再符合条件的，应当及时申报停发。",
    texts: &["已经不再符合领取条件", "停发申报表", "情况变化的证明"],
};
const RESUMPTION: Situation = Situation {
    name: "恢复发放",
    slug: "hf",
    intro: "停发后重新符合条件的，申请恢复发放。",
    texts: &["停发原因已经消除", "恢复发放申请表", "本人银行账户信息"],
};
const ARREARS: Situation = Situation {
    name: "补发",
    slug: "bf",
    intro: "应发未发的，申请补发。",
    texts: &["核实有应发未发的月份", "补发申请表", "领取记录"],
};
const PROXY: Situation = Situation {
    name: "委托代办",
    slug: "db",
    intro: "本人不能到场的，可以委托他人代办。",
    texts: &["委托人具有完全民事行为能力", "授权委托书", "委托人和受托人身份证件"],
};
const EXTENSION: Situation = Situation {
    name: "延期",
    slug: "yq",
    intro: "不能按期完成的，在期限届满前申请延期。",
    texts: &["有正当的延期理由", "延期申请书", "原批准文件", "进度说明"],
};
const RESUBMISSION: Situation = Situation {
    name: "重新申报",
    slug: "cs",
    intro: "方案有重大变动的，重新申报。",
    texts: &["方案的性质、规模或者地点有重大变动", "重新申报表", "变动说明和新的图纸"],
};
const WITHDRAWAL: Situation = Situation {
    name: "撤回",
    slug: "ch",
    intro: "决定作出前，申请人可以撤回申请。",
    texts: &["决定尚未作出", "撤回申请书", "受理通知书"],
};

static LICENCE: [Situation; MOST] = [CHANGE, RENEWAL, CANCELLATION, REPLACEMENT, RENAMING, MOVE, HEAD, EXCHANGE];
static REGISTRATION: [Situation; MOST] =
    [CHANGE, CANCELLATION, REPLACEMENT, CORRECTION, RENAMING, MOVE, HEAD, EXCHANGE];
static RECORD: [Situation; 5] = [REPLACEMENT, CORRECTION, REVOCATION, PROXY, EXCHANGE];
static BENEFIT: [Situation; 6] = [CHANGE, STOP, RESUMPTION, ARREARS, PROXY, CORRECTION];
static APPROVAL: [Situation; 6] = [CHANGE, EXTENSION, RESUBMISSION, WITHDRAWAL, RENAMING, PROXY];
static SERVICE: [Situation; 4] = [PROXY, CORRECTION, WITHDRAWAL, REVOCATION];
