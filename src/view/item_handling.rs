//! How an item is handled: channels, process, time, fees, results.

use serde::Serialize;

use crate::model::terms::{Channel, Delivery, FeeNature, LimitStart, StepChannel, Term};
use crate::portal::{Case, Item};
use crate::schema::item_handling::{
    Agency, Appointment, ExpressEntry, Fee, FeeEntry, Kiosk, ResultEntry, SpecialEntry, Step as StepFacts,
};
use crate::view::case::case_fee;
use crate::view::deadline::Deadline;
use crate::view::item_flow;
use crate::view::item_words;
use crate::view::parts::{UNPUBLISHED, ask};
use crate::view::{Action, BasisRef, FileView, Scene};
use crate::wording::{fee_standard, prose, prose_opt};

/// One way to apply.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChannelView {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) text: Option<String>,
    limit: Option<String>,
    pub(super) details: Vec<String>,
    action: Option<Action>,
}

/// The steps and special procedures.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProcessView {
    groups: Vec<StepGroup>,
    special: Vec<SpecialView>,
    special_text: Option<String>,
    diagram_html: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct StepGroup {
    name: Option<String>,
    steps: Vec<StepView>,
}

#[derive(Debug, Clone, Serialize)]
struct StepView {
    name: String,
    actor: Option<String>,
    limit: Option<String>,
    content: Option<String>,
    standard: Option<String>,
    result: Option<String>,
    when: Option<String>,
    counted: bool,
    counted_text: &'static str,
    basis: Vec<BasisRef>,
    only: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct SpecialView {
    name: &'static str,
    text: Option<String>,
    limit: Option<String>,
    basis: Vec<BasisRef>,
    counted_text: &'static str,
}

/// The time limits.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TimeView {
    promise: String,
    by_case: Vec<CaseLimit>,
    legal: Option<String>,
    start: &'static str,
    start_note: Option<String>,
    type_name: &'static str,
    type_explain: String,
    accept_limit: Option<String>,
    delivery_limit: Option<String>,
    note: Option<String>,
    supplement: Option<String>,
    refusal: Option<String>,
    example: Option<String>,
    deadline: Option<Deadline>,
    basis: Vec<BasisRef>,
}

/// The promise for some answers.
#[derive(Debug, Clone, Serialize)]
struct CaseLimit {
    when: String,
    promise: String,
    only: Option<String>,
}

/// The fees.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FeesView {
    charged: bool,
    pub(super) text: String,
    pub(super) rows: Vec<FeeRow>,
    pub(super) pay_text: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct FeeRow {
    pub(super) name: String,
    pub(super) standard: String,
    pub(super) calculation: Option<String>,
    nature: Option<String>,
    collector: Option<String>,
    pub(super) stage: Option<String>,
    pub(super) reduction: Option<String>,
    basis: Vec<BasisRef>,
    only: Option<String>,
}

/// One result.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ResultView {
    pub(super) name: String,
    kind: &'static str,
    sample: Option<FileView>,
    pub(super) validity: Option<String>,
    renewal: Option<String>,
    area: Option<String>,
    electronic: Option<String>,
    note: Option<String>,
}

fn counted_text(counted: bool) -> &'static str {
    if counted { "计入时限" } else { "不计入时限" }
}

impl TimeView {
    /// The promise in words.
    pub(super) fn promise(&self) -> &str {
        &self.promise
    }
}

impl FeesView {
    /// The fees in a few words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl Scene<'_> {
    pub(super) fn channels(&self, item: &Item) -> Vec<ChannelView> {
        let facts = &item.facts;
        let limit = facts.limits.promised.get().map(item_words::limit_done);
        if facts.channels.told().is_none() {
            return vec![plain("ask", "办理方式", Some(ask("可以怎么办")))];
        }
        let mut channels = Vec::new();
        channels.extend(self.online(item, limit.clone()));
        if facts.channels.contains(&Channel::Window) {
            channels.push(self.window(item, limit));
        }
        if facts.channels.contains(&Channel::Phone) {
            let numbers: Vec<&str> = item.consult_phones.iter().map(|phone| phone.as_str()).collect();
            channels.push(plain("phone", "打电话办", Some(format!("拨打{}，电话里就能办。", numbers.join("、")))));
        }
        if facts.channels.contains(&Channel::Visit) {
            let text = "行动不便的，可以请工作人员上门，先打咨询电话约时间。".to_owned();
            channels.push(plain("visit", "上门办", Some(text)));
        }
        channels.extend(self.post(item));
        channels.extend(agency(item));
        channels.extend(appointment(item));
        channels.extend(kiosk(item));
        channels.extend(coverage(item));
        channels
    }

    fn online(&self, item: &Item, limit: Option<String>) -> Option<ChannelView> {
        let facts = &item.facts;
        let online = facts.online.as_ref().filter(|_| item_words::is_online(item))?;
        let mobile = facts.channels.contains(&Channel::Mobile);
        let web = facts.channels.contains(&Channel::Web);
        let devices = match (web, mobile) {
            (true, true) => "电脑、手机都能办。",
            (false, true) => "用手机办。",
            _ => "用电脑办。",
        };
        let whole =
            if facts.visits.get().is_some_and(|visits| visits.count() == 0) { "全程不用跑。" } else { "" };
        let note = online.note.as_deref().map(prose).unwrap_or_default();
        let mut details = online.steps.clone();
        if online.url.told().is_none() {
            details.push(ask("在哪个网址办"));
        }
        details.extend(online.depth.get().map(|depth| format!("网上能办到哪一步：{}", depth.name())));
        Some(ChannelView {
            id: "online",
            name: "网上办",
            text: Some(format!("{devices}{whole}{note}")),
            limit,
            details,
            action: self.online_action(item),
        })
    }

    /// The one button: apply online.
    pub(super) fn online_action(&self, item: &Item) -> Option<Action> {
        let online = item.facts.online.as_ref().filter(|_| item_words::is_online(item))?;
        let url = online.url.told()?;
        if !item.status.is_open() {
            return None;
        }
        Some(Action {
            text: "网上办理".into(), url: url.to_string(), note: Some(format!("到 {} 办理", url.host()))
        })
    }

    fn window(&self, item: &Item, limit: Option<String>) -> ChannelView {
        let places: Vec<String> = item
            .places
            .iter()
            .map(|used| {
                let place = &self.portal.place(used.place).facts.name;
                match &used.window {
                    Some(window) => format!("{place}{window}"),
                    None => place.clone(),
                }
            })
            .collect();
        let mut details = Vec::new();
        let mut text = match places.is_empty() {
            true => ask("在哪里办"),
            false => format!("{}。", places.join("；")),
        };
        if let Some(window) = &item.facts.window {
            details.extend(window.steps.iter().map(|step| prose(step)));
            text.push_str(&window.note.as_deref().map(prose).unwrap_or_default());
        }
        if let Some(reason) = &item.facts.visit_reason {
            details.push(format!("为什么要来现场：{}", prose(reason)));
        }
        let action = Action { text: "看地点和时间".into(), url: "#where".into(), note: None };
        ChannelView { id: "window", name: "到窗口办", text: Some(text), limit, details, action: Some(action) }
    }

    fn post(&self, item: &Item) -> Option<ChannelView> {
        let express = match item.facts.express.as_ref()? {
            ExpressEntry::Flag(flag) if flag.0 => {
                return Some(plain(
                    "mail",
                    "邮寄",
                    Some("可以用快递，寄什么、怎么寄、谁付钱，先打咨询电话问。".into()),
                ));
            }
            ExpressEntry::Flag(_) => return None,
            ExpressEntry::Detail(express) => express,
        };
        let text = match (express.materials.0, express.results.0) {
            (true, true) => "材料可以寄来，结果可以寄回。",
            (true, false) => "材料可以寄来，结果自己来取。",
            (false, true) => "结果可以寄到家。",
            (false, false) => return None,
        };
        let mut details = vec![format!("快递费：{}", express.payer)];
        details.extend(express.address.as_ref().map(|address| format!("寄到：{address}")));
        Some(ChannelView { id: "mail", name: "邮寄", text: Some(text.into()), limit: None, details, action: None })
    }

    /// The steps of an item; in a case, those it goes through.
    pub(super) fn process(&self, item: &Item, case: Option<&Case<'_>>) -> ProcessView {
        let facts = &item.facts;
        let is_taken = |step: &&StepFacts| case.is_none_or(|case| case.meets(&step.when));
        let view = |step: &StepFacts| self.step(item, case, step);
        if facts.steps.told().is_none() {
            return not_yet(&facts.special);
        }
        let split = facts.steps.iter().any(|step| step.channel.is_some());
        let groups = if split {
            let of = |wanted: StepChannel, name: &str| {
                let steps: Vec<StepView> = facts
                    .steps
                    .iter()
                    .filter(is_taken)
                    .filter(|step| step.channel.is_none_or(|channel| channel == wanted || channel == StepChannel::Both))
                    .map(view)
                    .collect();
                StepGroup { name: Some(name.to_owned()), steps }
            };
            vec![of(StepChannel::Window, "到窗口办"), of(StepChannel::Online, "网上办")]
        } else {
            vec![StepGroup { name: None, steps: facts.steps.iter().filter(is_taken).map(view).collect() }]
        };
        let (special, special_text) = match &facts.special {
            SpecialEntry::NotYet(_) => (Vec::new(), None),
            SpecialEntry::None(_) => (Vec::new(), Some("没有听证、检验、公示这类另外花时间的程序。".to_owned())),
            SpecialEntry::List(list) => {
                let views = list.iter().map(|special| {
                    let by = special.body.as_ref().map(|body| format!("由{body}进行。")).unwrap_or_default();
                    SpecialView {
                        name: special.kind.name(),
                        text: Some(format!("{}{by}", prose(&special.note))),
                        limit: Some(special.limit.to_string()),
                        basis: self.citations(&special.basis, "程序依据"),
                        counted_text: counted_text(special.counted.0),
                    }
                });
                (views.collect(), None)
            }
        };
        let steps: Vec<&StepFacts> = case.map_or_else(|| facts.steps.iter().collect(), Case::steps);
        ProcessView { groups, special, special_text, diagram_html: item_flow::svg(item, case, &steps) }
    }

    fn step(&self, item: &Item, case: Option<&Case<'_>>, step: &StepFacts) -> StepView {
        let counted = step.counted.is_none_or(|flag| flag.0);
        StepView {
            name: step.name.clone(),
            actor: Some(step.actor.clone()),
            limit: Some(step.limit.to_string()),
            content: prose_opt(step.content.as_ref()),
            standard: prose_opt(step.standard.as_ref()),
            result: step.result.clone(),
            when: item_words::condition(item, &step.when).filter(|_| case.is_none()),
            counted,
            counted_text: counted_text(counted),
            basis: self.citations(&step.basis, "程序依据"),
            only: item_words::only(&step.when).filter(|_| case.is_none()),
        }
    }

    /// The limits of an item; in a case, the promise for it.
    pub(super) fn time(&self, item: &Item, case: Option<&Case<'_>>) -> TimeView {
        let limits = &item.facts.limits;
        let mut notes: Vec<String> = Vec::new();
        notes.extend(limits.promised_note.as_deref().map(prose));
        notes.extend(limits.legal_note.as_deref().map(|note| format!("法定时限：{}", prose(note))));
        let by_case = limits.by_situation.iter().filter(|_| case.is_none()).filter_map(|one| {
            let when = item_words::condition(item, &one.when)?;
            let promise = item_words::limit_done(one.promised);
            Some(CaseLimit { when, promise, only: item_words::only(&one.when) })
        });
        let basis = limits.legal_basis.as_slice();
        TimeView {
            promise: case
                .map_or(limits.promised.get(), Case::promised)
                .map_or_else(|| UNPUBLISHED.to_owned(), item_words::limit_done),
            by_case: by_case.collect(),
            legal: Some(item_words::told_limit(limits.legal)),
            start: limits.start.unwrap_or(LimitStart::Accepted).name(),
            start_note: item_words::start_note(item),
            type_name: item.facts.handling_type.get().map_or("办件类型", Term::name),
            type_explain: match item.facts.handling_type.told() {
                Some(_) => item_words::type_meaning(item, self.portal),
                None => UNPUBLISHED.to_owned(),
            },
            accept_limit: limits.acceptance.map(|limit| limit.to_string()),
            delivery_limit: limits.delivery.map(|limit| format!("决定后{limit}")),
            note: (!notes.is_empty()).then(|| notes.join(" ")),
            supplement: Some(item_words::supplement(item)),
            refusal: Some(item_words::refusal(item)),
            example: None,
            deadline: self.deadline(item, case),
            basis: self.citations(basis, "时限依据"),
        }
    }

    /// The fees of an item; in a case, those it costs.
    pub(super) fn fees(&self, item: &Item, case: Option<&Case<'_>>) -> FeesView {
        let text = case.map_or_else(|| item_words::fees_glance(item).0, case_fee);
        let list: Vec<&Fee> = match &item.facts.fees {
            FeeEntry::List(list) => list.iter().filter(|fee| case.is_none_or(|case| case.meets(&fee.when))).collect(),
            FeeEntry::Free(_) | FeeEntry::NotYet(_) => Vec::new(),
        };
        if list.is_empty() {
            return FeesView { charged: false, text, rows: Vec::new(), pay_text: None, note: None };
        }
        let rows = list.iter().map(|fee| {
            let mut basis = self.citations(&fee.basis, "收费依据");
            for reduction in &fee.reductions {
                basis.extend(self.citations(&reduction.basis, "减免依据"));
            }
            let reductions: Vec<String> =
                fee.reductions.iter().map(|one| format!("{}：{}", prose(&one.who), one.how_much)).collect();
            let condition = item_words::condition(item, &fee.when).filter(|_| case.is_none());
            FeeRow {
                name: match condition {
                    Some(condition) => format!("{}（{condition}）", fee.name),
                    None => fee.name.clone(),
                },
                standard: fee_standard(fee),
                calculation: prose_opt(fee.calculation.as_ref()),
                nature: Some(fee.nature.unwrap_or(FeeNature::Administrative).name().to_owned()),
                collector: fee.collector.clone(),
                stage: fee.stage.clone(),
                reduction: (!reductions.is_empty()).then(|| reductions.join("；")),
                basis,
                only: item_words::only(&fee.when).filter(|_| case.is_none()),
            }
        });
        let online = list.iter().all(|fee| fee.pay_online.0);
        FeesView {
            charged: true,
            text,
            rows: rows.collect(),
            pay_text: Some(if online { "可以网上支付。" } else { "在窗口交费。" }.to_owned()),
            note: None,
        }
    }

    pub(super) fn results(&self, item: &Item) -> Vec<ResultView> {
        let ResultEntry::List(list) = &item.facts.results else { return Vec::new() };
        list.iter()
            .map(|result| ResultView {
                name: result.name.clone(),
                kind: result.kind.name(),
                sample: result
                    .sample
                    .as_deref()
                    .and_then(|file| self.file(item, file, &format!("{}（样本）", result.name))),
                validity: result.valid_for.map(|period| period.to_string()),
                renewal: prose_opt(result.renewal.as_ref()),
                area: result.valid_in.clone(),
                electronic: result.electronic.0.then(|| "同时发电子证照，与纸质的一样有效".to_owned()),
                note: prose_opt(result.note.as_ref()),
            })
            .collect()
    }
}

/// How results come to the applicant, in everyday words.
pub(super) fn delivery(item: &Item) -> Vec<String> {
    let Some(all) = item.facts.delivery.told() else { return vec![UNPUBLISHED.to_owned()] };
    all.iter()
        .map(|delivery| match delivery {
            Delivery::Window => "到窗口领取".to_owned(),
            Delivery::Post => match &item.facts.express {
                Some(ExpressEntry::Detail(express)) => format!("快递送到家（{}）", express.payer),
                _ => "快递送到家".to_owned(),
            },
            Delivery::Certificate => "电子证照，手机上就能用".to_owned(),
            Delivery::Download => "网上下载".to_owned(),
            Delivery::Kiosk => "自助机上打印".to_owned(),
            Delivery::Direct => "工作人员直接送达".to_owned(),
            Delivery::Message => "短信告诉您".to_owned(),
            Delivery::Announcement => "公告送达".to_owned(),
            Delivery::Transfer => "打到您的银行账户".to_owned(),
        })
        .collect()
}

/// What is shown while the steps are still to be told.
fn not_yet(special: &SpecialEntry) -> ProcessView {
    let none = matches!(special, SpecialEntry::None(_));
    ProcessView {
        groups: Vec::new(),
        special: Vec::new(),
        special_text: Some(ask(if none {
            "分几步办、每步多久"
        } else {
            "分几步办、每步多久、有没有特别程序"
        })),
        diagram_html: None,
    }
}

fn plain(id: &'static str, name: &'static str, text: Option<String>) -> ChannelView {
    ChannelView { id, name, text, limit: None, details: Vec::new(), action: None }
}

fn agency(item: &Item) -> Option<ChannelView> {
    let text = match item.facts.agency.as_ref()? {
        Agency::Flag(flag) if flag.0 => "可以委托别人来办，带上授权委托书和代办人的身份证。".to_owned(),
        Agency::Flag(_) => "要本人来办，不能请人代办。".to_owned(),
        Agency::Detail(detail) => prose(&detail.note),
    };
    Some(plain("agent", "请人代办", Some(text)))
}

fn appointment(item: &Item) -> Option<ChannelView> {
    match item.facts.appointment.as_ref()? {
        Appointment::Flag(flag) if flag.0 => Some(plain("appointment", "预约", Some("可以先打咨询电话预约。".into()))),
        Appointment::Flag(_) => None,
        Appointment::Detail(detail) => {
            let mut channel = plain("appointment", "预约", Some(prose(&detail.note)));
            channel.details.extend(detail.phone.as_ref().map(|phone| format!("预约电话：{phone}")));
            channel.action =
                detail.url.as_ref().map(|url| Action { text: "网上预约".into(), url: url.to_string(), note: None });
            Some(channel)
        }
    }
}

fn kiosk(item: &Item) -> Option<ChannelView> {
    let text = match item.facts.kiosk.as_ref()? {
        Kiosk::Flag(flag) if flag.0 => "大厅里的自助机可以办。".to_owned(),
        Kiosk::Flag(_) => return None,
        Kiosk::Detail(detail) => prose(&detail.note),
    };
    Some(plain("terminal", "自助机", Some(text)))
}

fn coverage(item: &Item) -> Option<ChannelView> {
    let area = item.facts.coverage?;
    let mode = item.facts.coverage_mode.map(|mode| format!("，方式是{}", mode.name())).unwrap_or_default();
    let note = item.facts.coverage_note.as_deref().map(prose).unwrap_or_default();
    Some(plain("cross", "在别处办", Some(format!("{}通办{mode}。{note}", area.name()))))
}
