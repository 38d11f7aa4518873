//! The head of an item page: the summary box (一看就懂), the situations, who may apply.

use serde::Serialize;

use crate::model::terms::{LimitStart, Term};
use crate::portal::{Case, Item};
use crate::schema::item::{QuantityEntry, SituationQuestion};
use crate::schema::item_material::MaterialsEntry;
use crate::schema::values::Ordered;
use crate::view::item_words;
use crate::view::parts::{UNPUBLISHED, phones};
use crate::view::{PhoneView, Scene};
use crate::wording::prose;

#[derive(Debug, Clone, Serialize)]
struct Fact {
    value: String,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct TimeFact {
    promise: String,
    legal: Option<String>,
    note: Option<String>,
}

/// The summary box.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Glance {
    online: Fact,
    visits: Fact,
    time: TimeFact,
    fee: Fact,
    materials: Fact,
    phones: Vec<PhoneView>,
}

/// One question of 情形引导.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Situation {
    id: String,
    question: String,
    only: Option<String>,
    options: Vec<SituationOption>,
}

/// One answer to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SituationOption {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) url: String,
    pub(super) note: Option<String>,
    pub(super) current: bool,
}

/// Who may apply.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Conditions {
    pub(super) audience: String,
    scope: Option<String>,
    pub(super) accept: Vec<String>,
    pub(super) prohibitions: Vec<String>,
    pub(super) quantity_limit: String,
}

impl Scene<'_> {
    pub(super) fn glance(&self, item: &Item) -> Glance {
        let facts = &item.facts;
        let department = self.portal.department(item.department);
        let stays_home = facts.visits.get().map(|visits| visits.count() == 0);
        let online = if facts.channels.told().is_none() {
            Fact { value: UNPUBLISHED.into(), note: None }
        } else if !item_words::is_online(item) {
            Fact { value: "不能，要到现场".into(), note: None }
        } else if stays_home == Some(true) {
            Fact { value: "能，全程网上办".into(), note: None }
        } else if stays_home.is_none() {
            Fact { value: "能".into(), note: None }
        } else {
            Fact { value: "能，部分步骤要到现场".into(), note: None }
        };
        let online = if facts.channels.told().is_some() && !item_words::is_online(item) && stays_home == Some(true) {
            Fact { value: "不用上网".into(), note: Some("可以电话、邮寄或上门办".into()) }
        } else {
            online
        };
        let (fee, fee_note) = item_words::fees_glance(item);
        let (materials, materials_note) = item_words::materials_glance(item);
        Glance {
            online,
            visits: Fact { value: item_words::visits(facts.visits), note: None },
            time: TimeFact {
                promise: item_words::promise(item),
                legal: Some(item_words::told_limit(facts.limits.legal)),
                note: facts
                    .limits
                    .promised
                    .told()
                    .map(|_| format!("从{}起算", facts.limits.start.unwrap_or(LimitStart::Accepted).name())),
            },
            fee: Fact { value: fee, note: fee_note },
            materials: Fact { value: materials, note: materials_note },
            phones: phones(&item.consult_phones, Some(&department.facts.short_name)),
        }
    }
}

impl Scene<'_> {
    /// The questions of 情形引导, with what each answer adds. The first leads on to its cases.
    pub(super) fn situations(&self, item: &Item) -> Vec<Situation> {
        let first = item.first_case().filter(|_| item.has_cases());
        let situation = |question: &SituationQuestion| {
            let begun =
                first.as_ref().filter(|case| case.next.is_some_and(|next| next.id.as_str() == question.id.as_str()));
            let options = match begun {
                Some(case) => self.options(case, question),
                None => options_in_words(item, question),
            };
            Situation {
                id: question.id.to_string(),
                question: prose(&question.text),
                only: item_words::only(&question.when),
                options,
            }
        };
        item.facts.situations.iter().map(situation).collect()
    }
}

/// The answers to a question that is asked later, as lines of text.
fn options_in_words(item: &Item, question: &SituationQuestion) -> Vec<SituationOption> {
    let option = |(answer, label): &(String, String)| SituationOption {
        id: answer.clone(),
        label: label.clone(),
        url: "#materials".into(),
        note: situation_note(item, question, answer, None),
        current: false,
    };
    question.answers.0.iter().map(option).collect()
}

/// What an answer adds: the materials that are only asked for then. In a case, those that its
/// answers rule out are left out, and what they settled is not said again.
pub(super) fn situation_note(
    item: &Item,
    question: &SituationQuestion,
    answer: &str,
    case: Option<&Case<'_>>,
) -> Option<String> {
    let MaterialsEntry::List(list) = &item.facts.materials else { return None };
    let place = |id: &str| item.facts.situations.iter().position(|one| one.id.as_str() == id);
    let here = place(question.id.as_str());
    let names: Vec<String> = item
        .materials
        .iter()
        .filter_map(|material| {
            let when = &list[material.position].when;
            let (others, own): (Vec<_>, Vec<_>) =
                when.0.iter().cloned().partition(|(asked, _)| asked != question.id.as_str());
            own.iter().find(|(_, answers)| answers.iter().any(|one| one == answer))?;
            let (before, others): (Vec<_>, Vec<_>) =
                others.into_iter().partition(|(asked, _)| case.is_some() && place(asked) < here);
            case.is_none_or(|case| case.meets(&Ordered(before))).then_some(())?;
            // With a second condition the answer alone does not decide.
            let rest = item_words::condition(item, &Ordered(others));
            Some(match rest {
                Some(rest) => format!("{}（还要是{rest}）", material.facts.name),
                None => material.facts.name.clone(),
            })
        })
        .collect();
    (!names.is_empty()).then(|| format!("要带{}", names.join("、")))
}

/// Who may apply, and on which conditions.
pub(super) fn conditions(item: &Item) -> Conditions {
    let facts = &item.facts;
    Conditions {
        audience: item_words::audience(item),
        scope: None,
        accept: match facts.conditions.told() {
            Some(all) => all.iter().map(|text| prose(text)).collect(),
            None => vec![UNPUBLISHED.to_owned()],
        },
        prohibitions: facts.prohibitions.iter().map(|text| prose(text)).collect(),
        quantity_limit: match &facts.quantity {
            QuantityEntry::NotYet(_) => UNPUBLISHED.to_owned(),
            QuantityEntry::None(_) => "没有数量限制，符合条件就办。".to_owned(),
            QuantityEntry::Limited(quantity) => {
                let mut text = prose(&quantity.note);
                if let Some(place) = &quantity.published_in {
                    let every =
                        quantity.published_every.as_deref().map(|every| format!("，{every}")).unwrap_or_default();
                    text.push_str(&format!("名额在{place}公布{every}。"));
                }
                text
            }
        },
    }
}
