//! The plain words of an item page: what a type, a limit or a status means
//! for the person who applies.

use crate::check::together::Promise;
use crate::model::terms::{Channel, HandlingType, ItemType, LimitStart, Medium, ReviewState, Term};
use crate::model::value::{Money, TimeLimit, Visits};
use crate::portal::{Item, ItemStatus, Portal};
use crate::schema::item_handling::{Fee, FeeEntry};
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::{Ordered, Told};
use crate::view::parts::{UNPUBLISHED, day_text};
use crate::view::situations;
use crate::wording::{fee_standard, prose};

/// A status as a page shows it.
pub(crate) struct StatusWords {
    pub(crate) id: &'static str,
    pub(crate) text: String,
    pub(crate) note: Option<String>,
}

/// The status of an item in words.
pub(crate) fn status(item: &Item) -> StatusWords {
    let note = item.facts.state_note.as_deref().map(prose);
    let imported = item.facts.approval.state == ReviewState::Imported;
    match item.status {
        ItemStatus::Active if imported => StatusWords {
            id: "changing",
            text: "正常办理，内容待核对".into(),
            note: note.or_else(|| {
                Some("这份指南从原来的系统导入，还没有逐项核对。写着“暂未公布”的，请先打咨询电话问清楚。".into())
            }),
        },
        ItemStatus::Active => StatusWords { id: "active", text: "正常办理".into(), note },
        ItemStatus::Ending(day) => StatusWords { id: "changing", text: format!("从{}起取消", day_text(day)), note },
        ItemStatus::Paused => StatusWords { id: "paused", text: "暂停办理".into(), note },
        ItemStatus::Cancelled => StatusWords { id: "stopped", text: "已经取消，不再办理".into(), note },
        ItemStatus::Coming(day) => {
            StatusWords { id: "changing", text: format!("预览：从{}起办理", day_text(day)), note }
        }
        ItemStatus::Draft => StatusWords { id: "changing", text: "预览：还没有审核".into(), note },
    }
}

/// Whether an item can be applied for online.
pub(crate) fn is_online(item: &Item) -> bool {
    item.facts.channels.iter().any(|channel| matches!(channel, Channel::Web | Channel::Mobile))
}

/// The short facts under an item's name in a list.
pub(crate) fn short_facts(item: &Item) -> Vec<String> {
    let mut facts = Vec::with_capacity(4);
    if is_online(item) {
        facts.push("可网上办".to_owned());
    }
    if item.facts.visits.told().is_some() {
        facts.push(visits(item.facts.visits));
    }
    if item.facts.limits.promised.told().is_some() {
        facts.push(promise(item));
    }
    if !matches!(item.facts.fees, FeeEntry::NotYet(_)) {
        facts.push(fees_glance(item).0);
    }
    facts
}

/// How often one must come in person: 不用跑, 最多跑1次.
pub(crate) fn visits(visits: Told<Visits>) -> String {
    let Some(visits) = visits.get() else { return UNPUBLISHED.to_owned() };
    if visits.count() == 0 { "不用跑".to_owned() } else { format!("最多跑{visits}") }
}

/// A limit as something one waits for: 当场办好, 5个工作日.
pub(crate) fn limit_done(limit: TimeLimit) -> String {
    match limit {
        TimeLimit::OnTheSpot => "当场办好".to_owned(),
        TimeLimit::Unlimited => "没有规定期限".to_owned(),
        TimeLimit::Within { .. } => limit.to_string(),
    }
}

/// A limit that may still have to be told.
pub(crate) fn told_limit(limit: Told<TimeLimit>) -> String {
    limit.get().map_or_else(|| UNPUBLISHED.to_owned(), limit_done)
}

/// What the handling type means for the applicant.
pub(crate) fn type_meaning(item: &Item, portal: &Portal) -> String {
    let facts = &item.facts;
    let Some(kind) = facts.handling_type.get() else { return String::new() };
    let base = match kind {
        HandlingType::Instant => "材料齐、条件够，当场办完，办好就能走。".to_owned(),
        HandlingType::Promised => {
            format!("不能当场办完，我们承诺在{}内办好。", promise(item))
        }
        HandlingType::Joint => format!(
            "由几个部门一起办：{}。您只交一次材料，在部门之间怎么转由我们负责。",
            std::iter::once(portal.department(item.department).facts.short_name.clone())
                .chain(facts.joint_bodies.iter().cloned())
                .collect::<Vec<_>>()
                .join("、")
        ),
        HandlingType::Reported => match &facts.deciding_body {
            Some(body) => format!("我们受理并初步审查，再上报{body}，由它决定。"),
            None => "我们受理并初步审查，再上报上级部门，由上级决定。".to_owned(),
        },
        HandlingType::Preliminary => match &facts.deciding_body {
            Some(body) => format!("我们先审查，通过后转给{body}作最后决定。"),
            None => "我们先审查，通过后转给有权决定的部门。".to_owned(),
        },
        HandlingType::Other => String::new(),
    };
    match &facts.handling_note {
        Some(note) => format!("{base}{}", prose(note)),
        None => base,
    }
}

/// From when the limit counts.
pub(crate) fn start_note(item: &Item) -> Option<String> {
    let start = item.facts.limits.start.unwrap_or(LimitStart::Accepted);
    let day = match start {
        LimitStart::Accepted => "受理",
        LimitStart::Applied => "申请",
    };
    match item.facts.limits.promised.get()? {
        TimeLimit::Within { unit, .. } => match unit.name() {
            // 行政许可法第八十二条；民法典第二百零一条.
            "工作日" => {
                Some(format!("{day}当天不算，下一个工作日算第1天。工作日不含周末和法定节假日，含调休上班的日子。"))
            }
            // 民法典第二百零一条、第二百零三条.
            "自然日" => {
                Some(format!("{day}当天不算，第二天算第1天，周末和节假日也算；最后一天遇上放假就顺延到上班那天。"))
            }
            _ => None,
        },
        _ => None,
    }
}

/// What happens when papers are incomplete (补办).
pub(crate) fn supplement(item: &Item) -> String {
    if item.facts.item_type == ItemType::License {
        // 行政许可法第三十二条第一款第四项.
        return "材料不齐或者不合要求的，当场或者5个工作日内一次告诉您要补的全部内容；过了5个工作日没有告诉您，从收到材料那天起就算受理。补齐以后接着办。"
            .to_owned();
    }
    match item.facts.handling_type.get() {
        Some(HandlingType::Instant) => {
            "材料不齐的，窗口当场一次告诉您还缺什么、去哪里开；补齐以后再来，当场接着办。".to_owned()
        }
        Some(HandlingType::Reported | HandlingType::Preliminary) => {
            "材料不齐的，受理前一次告诉您要补的全部内容；补齐以后我们才上报，等您补材料的时间不算在期限里。".to_owned()
        }
        _ => "材料不齐的，一次告诉您要补的全部内容；补齐那天起开始算期限。".to_owned(),
    }
}

/// What happens when the application is refused (退办).
pub(crate) fn refusal(item: &Item) -> String {
    if item.facts.item_type == ItemType::License {
        // 行政许可法第三十二条第一款第一、二项，第三十八条第二款.
        return "不用办许可或者不归我们管的，当场告诉您，并说明该找谁；不予许可的，书面说明理由，并告诉您可以申请行政复议或者起诉。"
            .to_owned();
    }
    if item.review.is_some() || item.litigation.is_some() {
        "不符合条件的，说明理由，材料退还给您；对决定不服，可以用下面“不同意结果怎么办”里的办法。".to_owned()
    } else {
        "不符合条件的，说明理由，材料退还给您；有不同意见，可以向监督电话反映，我们会答复。".to_owned()
    }
}

/// The fee of an item in a few words, and a note; said is also that some of its cases (情形) cost nothing.
pub(crate) fn fees_glance(item: &Item) -> (String, Option<String>) {
    let (fee, note) = fee_glance(&item.facts.fees);
    let others = if fee.starts_with('收') { "有的" } else { "其余" };
    if item.has_free_case() { (format!("有的不收费，{others}{fee}"), note) } else { (fee, note) }
}

/// The fee in a few words, and a note.
pub(crate) fn fee_glance(fees: &FeeEntry) -> (String, Option<String>) {
    let list = match fees {
        FeeEntry::List(list) => list,
        FeeEntry::Free(_) => return ("不收费".to_owned(), None),
        FeeEntry::NotYet(_) => return (UNPUBLISHED.to_owned(), None),
    };
    match list.as_slice() {
        [] => ("不收费".to_owned(), None),
        [fee] => (fee_short(fee), Some(fee.name.clone())),
        several => {
            let names: Vec<&str> = several.iter().map(|fee| fee.name.as_str()).collect();
            (several_fees(several), Some(names.join("、")))
        }
    }
}

/// Several fees in a few words: what the cheapest and the dearest cost, if all have amounts.
fn several_fees(fees: &[Fee]) -> String {
    let amounts: Option<Vec<Money>> = fees.iter().map(|fee| fee.amount).collect();
    let range = amounts.as_deref().and_then(|list| Some((list.iter().min()?, list.iter().max()?)));
    match range {
        Some((low, high)) if low == high => format!("每项{low}"),
        Some((low, high)) => format!("{low}到{high}"),
        None => format!("收费，共{}项", fees.len()),
    }
}

fn fee_short(fee: &Fee) -> String {
    if fee.amount.is_none() && fee.rate.is_none() && !fee.tiers.is_empty() {
        let amounts: Vec<_> = fee.tiers.iter().filter_map(|tier| tier.amount).collect();
        return match (amounts.iter().min(), amounts.iter().max()) {
            (Some(low), Some(high)) if low != high => format!("{low}到{high}"),
            (Some(only), _) => only.to_string(),
            _ => "收费，分档计算".to_owned(),
        };
    }
    fee_standard(fee)
}

/// The condition of a material, step or fee in the words of the answers.
pub(crate) fn condition(item: &Item, when: &Ordered<Vec<String>>) -> Option<String> {
    let parts: Vec<String> = when
        .0
        .iter()
        .filter_map(|(question, answers)| {
            let question = item.facts.situations.iter().find(|one| one.id.as_str() == question)?;
            let labels: Vec<&str> = answers
                .iter()
                .filter_map(|answer| question.answers.0.iter().find(|(id, _)| id == answer))
                .map(|(_, label)| label.as_str())
                .collect();
            // An answer such as 在 or 是 means nothing without its question.
            let bare = labels.iter().any(|label| label.chars().count() <= 2);
            let asked = question.text.trim().trim_end_matches(['?', '？']);
            let joined = labels.join("、");
            Some(if bare { format!("“{asked}”答“{joined}”的") } else { joined })
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join("，并且"))
}

/// A condition as the script of the page reads it: `who=proxy kind=first,again`.
pub(crate) fn only(when: &Ordered<Vec<String>>) -> Option<String> {
    let parts: Vec<String> =
        when.0.iter().map(|(question, answers)| format!("{question}={}", answers.join(","))).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// How many materials, in a few words, and a note.
pub(crate) fn materials_glance(item: &Item) -> (String, Option<String>) {
    let list = match &item.facts.materials {
        MaterialsEntry::List(list) => list,
        MaterialsEntry::None(_) => return ("不用带材料".to_owned(), None),
        MaterialsEntry::NotYet(_) => return (UNPUBLISHED.to_owned(), None),
    };
    let (least, most) = situations::material_counts(item, list);
    if least == most {
        return (format!("{most}种"), None);
    }
    let note =
        if item.facts.situations.is_empty() { "有的只在部分情形下要" } else { "看您属于哪种情形" };
    (format!("{least}到{most}种"), Some(note.to_owned()))
}

/// The promised limit, or from the shortest to the longest where situations differ.
pub(crate) fn promise(item: &Item) -> String {
    match Promise::of(item) {
        None => UNPUBLISHED.to_owned(),
        Some(promise) if promise.least == promise.most => limit_done(promise.most),
        Some(promise) => promise.words(),
    }
}

/// The medium in everyday words.
pub(crate) fn medium(medium: Medium) -> &'static str {
    match medium {
        Medium::Paper => "纸质",
        Medium::Electronic => "电子",
        Medium::Either => "纸质或电子",
    }
}

/// Who may apply, joined.
pub(crate) fn audience(item: &Item) -> String {
    let names: Vec<&str> = item.facts.applicants.iter().map(|applicant| applicant.name()).collect();
    names.join("、").replace("自然人", "个人")
}
