//! 公开完整度: how much of what a guide has to say it says.
//!
//! The elements are the ten that 政府网站检查指标 asks of a guide, and those that
//! the field's standards make mandatory, always or under a condition. Each of
//! the ten weighs 6, each other element 2. An element counts only where its
//! condition holds: nobody misses an address on the web for an item that is
//! handled at the window. The completeness of an item is the weight of what is
//! there in the weight of what is asked for; that of a department the mean of
//! its items'. It is rounded down: 100 % means that nothing is missing.
//!
//! What stands under 待补 is not there. Whether what is there is right is for
//! the rules to say.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::asked::{Asked, asked};
use crate::model::terms::{Channel, HandlingType, ItemType, MaterialKind, MaterialSource, Necessity, ResultKind};
use crate::portal::{DepartmentId, Item, Portal};
use crate::schema;
use crate::schema::item::QuantityEntry;
use crate::schema::item_handling::{ApprovalResult, Fee, FeeEntry, ResultEntry, SpecialEntry, Step};
use crate::schema::item_material::MaterialsEntry;

/// What each of the ten weighs, and each other element.
const WEIGHTS: (u32, u32) = (6, 2);

/// One element of a guide (要素).
#[derive(Debug, PartialEq, Eq)]
pub struct Element {
    /// Which one it is.
    pub what: What,
    /// What it is called.
    pub name: &'static str,
    /// What it is called in English.
    pub name_en: &'static str,
    /// The key of the item it is written under.
    pub key: &'static str,
    /// Whether it is one of the ten.
    pub is_basic: bool,
}

macro_rules! elements {
    ($($variant:ident $name:literal $en:literal $key:literal $basic:literal)+) => {
        /// The elements by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum What { $( #[doc = $name] $variant ),+ }

        /// All elements, the ten first.
        pub static ELEMENTS: &[Element] = &[
            $( Element { what: What::$variant, name: $name, name_en: $en, key: $key, is_basic: $basic } ),+
        ];
    };
}

elements! {
    Name "事项名称" "name" "名称" true
    Basis "办理依据" "legal basis" "办理依据" true
    Conditions "申请条件" "conditions" "申请条件" true
    Materials "申请材料" "materials" "申请材料" true
    Place "办理地点" "place" "办理地点" true
    Office "办理机构" "office in charge" "责任" true
    Fees "收费标准" "fees" "收费" true
    Limits "办理时限" "time limits" "办理时限" true
    Phones "联系电话" "phones" "咨询电话" true
    Steps "办理流程" "procedure" "办理流程" true
    Scope "适用范围" "scope" "适用范围" false
    Quantity "数量限制" "limit of quantity" "数量限制" false
    Special "特别程序" "special procedures" "特别程序" false
    Result "审批结果" "result" "审批结果" false
    Delivery "送达方式" "delivery" "送达方式" false
    Channels "办理形式" "channels" "办理形式" false
    Visits "到现场次数" "visits" "到现场次数" false
    Handling "办件类型" "handling type" "办件类型" false
    Hours "办公时间" "opening hours" "办理地点" false
    Window "办理窗口" "window" "办理地点" false
    Online "网办地址" "address on the web" "网上办理" false
    VisitReason "必须到现场的原因" "reason for the visit" "现场办理原因" false
    Counts "材料的份数、必要性和来源" "copies, necessity and source of materials" "申请材料" false
    Issuers "材料的出具单位" "issuer of materials" "申请材料" false
    Situations "非必要材料的情形" "when conditional materials are needed" "申请材料" false
    Forms "空白表格" "blank forms" "申请材料" false
    Samples "示例样表" "filled samples" "申请材料" false
    FeeBasis "收费依据" "basis of fees" "收费" false
    ResultSample "审批结果样本" "sample of the result" "审批结果" false
    Validity "证照有效期" "validity of the certificate" "审批结果" false
    Review "行政复议" "administrative review" "行政复议" false
    Litigation "行政诉讼" "litigation" "行政诉讼" false
    Joint "联办机构" "joint bodies" "联办机构" false
}

/// How complete one item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// The weight of what is there.
    pub there: u32,
    /// The weight of what is asked for.
    pub asked: u32,
    /// What is missing, in the order of [`ELEMENTS`].
    pub missing: Vec<&'static Element>,
}

impl Completeness {
    /// Thousandths, rounded down.
    pub fn permille(&self) -> u32 {
        self.there * 1000 / self.asked.max(1)
    }
}

/// How complete the items of a department are, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many items there are.
    pub items: usize,
    /// The mean in thousandths, rounded down.
    pub permille: u32,
    /// What is missing in how many items, the most frequent first.
    pub missing: Vec<(&'static Element, usize)>,
}

/// How complete an item is.
pub fn completeness(portal: &Portal, item: &Item) -> Completeness {
    let mut found = Completeness { there: 0, asked: 0, missing: Vec::new() };
    for element in ELEMENTS {
        let Some(is_there) = state(portal, item, element.what) else { continue };
        let weight = if element.is_basic { WEIGHTS.0 } else { WEIGHTS.1 };
        found.asked += weight;
        if is_there {
            found.there += weight;
        } else {
            found.missing.push(element);
        }
    }
    found
}

/// How complete these items are together.
pub fn tally<'i>(portal: &Portal, items: impl IntoIterator<Item = &'i Arc<Item>>) -> Tally {
    let mut tally = Tally::default();
    let mut sum = 0u64;
    let mut missing: BTreeMap<usize, usize> = BTreeMap::new();
    for item in items {
        let one = completeness(portal, item);
        tally.items += 1;
        sum += u64::from(one.permille());
        for (n, element) in ELEMENTS.iter().enumerate() {
            if one.missing.contains(&element) {
                *missing.entry(n).or_default() += 1;
            }
        }
    }
    tally.permille = u32::try_from(sum / (tally.items.max(1) as u64)).unwrap_or(0);
    tally.missing = missing.into_iter().map(|(n, count)| (&ELEMENTS[n], count)).collect();
    tally.missing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    tally
}

/// How complete the items of each department are, in the order of the departments; those
/// without an item are left out.
pub fn by_department(portal: &Portal) -> Vec<(DepartmentId, Tally)> {
    let of = |id| tally(portal, portal.items.iter().filter(move |item| item.department == id));
    portal.department_ids().map(|(id, _)| (id, of(id))).filter(|(_, tally)| tally.items > 0).collect()
}

/// Whether an element is there; nothing if it is not asked for.
fn state(portal: &Portal, item: &Item, what: What) -> Option<bool> {
    let facts = &item.facts;
    let is_online = facts.channels.iter().any(|channel| matches!(channel, Channel::Web | Channel::Mobile));
    let when = |asked: bool, there: bool| asked.then_some(there);
    Some(match what {
        What::Name => !facts.name.trim().is_empty(),
        What::Basis => !facts.basis.is_empty(),
        What::Conditions => !facts.conditions.is_empty(),
        What::Materials => !matches!(facts.materials, MaterialsEntry::NotYet(_)),
        What::Place => {
            return when(
                has_window(item),
                item.places.iter().any(|one| !portal.place(one.place).facts.address.is_empty()),
            );
        }
        What::Office => facts.owner.office.told().is_some(),
        What::Fees => match &facts.fees {
            FeeEntry::Free(_) => true,
            FeeEntry::List(fees) => fees.iter().all(has_amount),
            FeeEntry::NotYet(_) => false,
        },
        What::Limits => facts.limits.legal.told().is_some() && facts.limits.promised.told().is_some(),
        What::Phones => !item.consult_phones.is_empty() && !item.complaint_phones.is_empty(),
        What::Steps => {
            let says = |step: &Step| step.content.is_some() || step.standard.is_some() || step.result.is_some();
            !facts.steps.is_empty() && facts.steps.iter().all(says)
        }
        What::Scope => facts.scope.told().is_some(),
        What::Quantity => !matches!(facts.quantity, QuantityEntry::NotYet(_)),
        What::Special => !matches!(facts.special, SpecialEntry::NotYet(_)),
        What::Result => !matches!(facts.results, ResultEntry::NotYet(_)),
        What::Delivery => !facts.delivery.is_empty(),
        What::Channels => !facts.channels.is_empty(),
        What::Visits => facts.visits.told().is_some(),
        What::Handling => facts.handling_type.told().is_some(),
        What::Hours => return when(!item.places.is_empty(), item.places.iter().all(|one| !one.hours.is_empty())),
        What::Window => return when(!item.places.is_empty(), item.places.iter().all(|one| one.window.is_some())),
        What::Online => return when(is_online, facts.online.is_some()),
        What::VisitReason => {
            let comes = facts.visits.get().is_some_and(|visits| visits.count() > 0);
            return when(comes && is_online, facts.visit_reason.is_some());
        }
        What::Review => return when(is_act(item), item.review.is_some() || facts.review.is_some()),
        What::Litigation => return when(is_act(item), item.litigation.is_some() || facts.litigation.is_some()),
        What::Joint => {
            return when(facts.handling_type.get() == Some(HandlingType::Joint), !facts.joint_bodies.is_empty());
        }
        What::FeeBasis => match &facts.fees {
            FeeEntry::List(fees) => fees.iter().all(|fee| !fee.basis.is_empty()),
            _ => return None,
        },
        What::ResultSample | What::Validity => return of_results(facts, what),
        What::Counts | What::Issuers | What::Situations | What::Forms | What::Samples => {
            return of_materials(item, what);
        }
    })
}

fn has_amount(fee: &Fee) -> bool {
    fee.amount.is_some() || fee.rate.is_some() || !fee.tiers.is_empty() || fee.calculation.is_some()
}

/// Whether the public comes to a window. Where the channels are not told yet, it may.
fn has_window(item: &Item) -> bool {
    let channels = &item.facts.channels;
    channels.is_empty() || channels.iter().any(|channel| matches!(channel, Channel::Window | Channel::Kiosk))
}

/// Whether a person can go to law over it: 公共服务 is no administrative act.
fn is_act(item: &Item) -> bool {
    item.facts.item_type != ItemType::PublicService
}

/// Whether all of those that are wanted have something; nothing if none is wanted.
fn all_of<T>(list: &[T], wanted: impl Fn(&T) -> bool, has: impl Fn(&T) -> bool) -> Option<bool> {
    let mut asked = list.iter().filter(|one| wanted(one)).peekable();
    asked.peek().is_some().then(|| asked.all(has))
}

/// Elements of certificates and decisions that are handed out.
fn of_results(facts: &schema::Item, what: What) -> Option<bool> {
    let ResultEntry::List(results) = &facts.results else { return None };
    let is_certificate = |one: &ApprovalResult| one.kind == ResultKind::Certificate;
    match what {
        What::Validity => all_of(results, is_certificate, |one| one.valid_for.is_some()),
        // A refusal is no paper that anybody looks forward to.
        _ => all_of(
            results,
            |one| (is_certificate(one) || one.kind == ResultKind::Approval) && !one.name.starts_with('不'),
            |one| one.sample.is_some(),
        ),
    }
}

/// Elements of the materials.
fn of_materials(item: &Item, what: What) -> Option<bool> {
    let list: Vec<Asked<'_>> = asked(item).collect();
    let is_form = |one: &Asked<'_>| one.resolved.facts.kind == Some(MaterialKind::Form);
    match what {
        What::Issuers => all_of(
            &list,
            |one| one.resolved.facts.source == Some(MaterialSource::Authority),
            |one| one.resolved.facts.issuer.is_some(),
        ),
        What::Situations => all_of(
            &list,
            |one| one.entry.necessity.get() == Some(Necessity::Conditional),
            |one| one.entry.needed_when.is_some() || !one.entry.when.0.is_empty(),
        ),
        // A file counts; where else a form comes from is for MT04 to ask.
        What::Forms => all_of(&list, is_form, |one| one.entry.blank_form.is_some() || one.entry.sample_form.is_some()),
        What::Samples => {
            all_of(&list, |one| is_form(one) && one.entry.blank_form.is_some(), |one| one.entry.sample_form.is_some())
        }
        _ => all_of(
            &list,
            |_| true,
            |one| {
                let entry = one.entry;
                entry.copies.told().is_some() && entry.necessity.told().is_some() && one.resolved.facts.source.is_some()
            },
        ),
    }
}
