//! The page of a case (情形): the next question, or what these answers come to.

use serde::Serialize;

use crate::plan::sheets;
use crate::portal::{Answered, Case, CaseId, Item, ItemId, paths};
use crate::schema::item::SituationQuestion;
use crate::schema::item_handling::FeeEntry;
use crate::view::item_glance::{SituationOption, situation_note};
use crate::view::item_handling::{FeesView, ProcessView, TimeView};
use crate::view::item_materials::MaterialsView;
use crate::view::item_words;
use crate::view::page::{Head, View};
use crate::view::parts::{UNPUBLISHED, phones};
use crate::view::{Action, LabelValue, Link, NoticeRow, PhoneView, PlaceRow, Scene};
use crate::wording::prose;

/// Everything the page of a case shows.
#[derive(Debug, Clone, Serialize)]
pub struct CaseView {
    item: Link,
    official_name: String,
    department: Link,
    notices: Vec<NoticeRow>,
    title: String,
    answers: Vec<AnswerView>,
    restart_url: String,
    ask: Option<Ask>,
    result: Option<ResultView>,
}

/// A question, its answer, and what else could be answered.
#[derive(Debug, Clone, Serialize)]
struct AnswerView {
    question: String,
    answer: String,
    others: Vec<Link>,
}

/// The question that is asked next.
#[derive(Debug, Clone, Serialize)]
struct Ask {
    question: String,
    options: Vec<SituationOption>,
}

/// What a result says: what decides the errand, and where the rest is told.
#[derive(Debug, Clone, Serialize)]
struct ResultView {
    glance: Vec<LabelValue>,
    phones: Vec<PhoneView>,
    primary_action: Option<Action>,
    notice_sheet_url: Option<String>,
    materials: MaterialsView,
    process: ProcessView,
    time: TimeView,
    fees: FeesView,
    places: Vec<PlaceRow>,
    more: Vec<Link>,
    updated_on: String,
}

impl Scene<'_> {
    pub(super) fn case(&self, id: ItemId, case: CaseId) -> (Head, View) {
        let item = self.portal.item(id);
        // The plan has ids of cases only that the item has; the item's questions begin them all.
        let case = item.case(case).unwrap_or_else(|| item.case_of(|_| None));
        let view = self.case_view(id, &case);
        let name = item.everyday_name();
        let mut head = Head::new("case", &case.path(), &view.title, description(item, &view))
            .above(&[("全部事项", paths::ITEMS), (name, &item.path())])
            .nav("items")
            .column("办事指南", "办事服务");
        head.within = Some(match (&view.ask, view.answers.is_empty()) {
            (Some(_), false) => format!("{} - {name}", answers_text(&case)).into(),
            _ => name.to_owned().into(),
        });
        head.noindex = true;
        head.report = Some(super::item::report(item));
        (head, View::Case { case: view })
    }

    fn case_view(&self, id: ItemId, case: &Case<'_>) -> CaseView {
        let item = case.item;
        CaseView {
            item: self.item_link(id),
            official_name: item.facts.name.clone(),
            department: self.department_link(item.department),
            notices: self.item_notices(id, item),
            title: case.next.map_or_else(|| answers_text(case), |question| prose(&question.text)),
            answers: case.answers().into_iter().map(|answer| self.answer(case, answer)).collect(),
            restart_url: self.url(&format!("{}#situations", item.path())),
            ask: case.next.map(|question| self.asked(case, question)),
            result: case.is_result().then(|| self.case_result(id, case)),
        }
    }

    fn answer(&self, case: &Case<'_>, given: Answered<'_>) -> AnswerView {
        let others = given.question.answers.0.iter().filter(|(id, _)| id != given.id);
        AnswerView {
            question: prose(&given.question.text),
            answer: given.label.to_owned(),
            others: others.map(|(id, label)| self.link(label, &case.with(given.question, id).path())).collect(),
        }
    }

    fn asked(&self, case: &Case<'_>, question: &SituationQuestion) -> Ask {
        Ask { question: prose(&question.text), options: self.options(case, question) }
    }

    /// The answers to a question, each with where it leads and what it adds.
    pub(super) fn options(&self, case: &Case<'_>, question: &SituationQuestion) -> Vec<SituationOption> {
        let option = |(answer, label): &(String, String)| SituationOption {
            id: answer.clone(),
            label: label.clone(),
            url: self.url(&case.with(question, answer).path()),
            note: situation_note(case.item, question, answer, Some(case)),
            current: false,
        };
        question.answers.0.iter().map(option).collect()
    }

    fn case_result(&self, id: ItemId, case: &Case<'_>) -> ResultView {
        let item = case.item;
        let department = self.portal.department(item.department);
        let (materials, fees) = (self.materials(item, Some(case)), self.fees(item, Some(case)));
        let time = self.time(item, Some(case));
        let said = |label: &str, value: &str| LabelValue { label: label.to_owned(), value: value.to_owned() };
        let glance = vec![
            said("要带", &materials.count_text()),
            said("几天办好", time.promise()),
            said("收费", fees.text()),
            said("跑几次", &item_words::visits(item.facts.visits)),
        ];
        ResultView {
            glance,
            phones: phones(&item.consult_phones, Some(&department.facts.short_name)),
            primary_action: self.online_action(item),
            notice_sheet_url: sheets::has_sheet(item).then(|| self.url(&sheets::path(&case.path()))),
            materials,
            process: self.process(item, Some(case)),
            time,
            fees,
            places: item.places.iter().map(|used| self.place_to_visit(id, item, used)).collect(),
            more: self.more(item),
            updated_on: item.facts.updated.chinese(),
        }
    }

    /// What the page of the item tells besides, which no answer changes.
    fn more(&self, item: &Item) -> Vec<Link> {
        let mut parts = vec![("谁能办", "conditions"), ("网上办、窗口办、邮寄，各怎么办", "how")];
        parts.push(("办好了拿到什么", "results"));
        parts.push(("不同意结果怎么办", "rights"));
        if !item.facts.questions.is_empty() {
            parts.push(("常见问题", "faq"));
        }
        parts.push(("依据哪条法律", "basis"));
        parts.iter().map(|(name, id)| self.link(name, &format!("{}#{id}", item.path()))).collect()
    }
}

/// The answers of a case in a row. One such as 是 means nothing without its question.
pub(super) fn answers_text(case: &Case<'_>) -> String {
    let text = |given: Answered<'_>| match given.label.chars().count() {
        0..=2 => format!("{}{}", prose(&given.question.text), given.label),
        _ => given.label.to_owned(),
    };
    case.answers().into_iter().map(text).collect::<Vec<_>>().join("，")
}

fn description(item: &Item, view: &CaseView) -> String {
    let name = item.everyday_name();
    let answers: Vec<&str> = view.answers.iter().map(|one| one.answer.as_str()).collect();
    let text = match &view.result {
        Some(result) => {
            let facts: Vec<String> = result.glance.iter().map(|one| format!("{}{}", one.label, one.value)).collect();
            format!("{name}，{}：{}。", answers.join("，"), facts.join("，"))
        }
        None => format!("{name}：{}选一个答案，最后只列您这种情形要带的材料。", view.title),
    };
    text.chars().take(160).collect()
}

/// The fee of a case in a few words.
pub(super) fn case_fee(case: &Case<'_>) -> String {
    match (&case.item.facts.fees, case.fees()) {
        (FeeEntry::NotYet(_), _) => UNPUBLISHED.to_owned(),
        (_, fees) if fees.is_empty() => "不收费".to_owned(),
        (_, fees) => item_words::fee_glance(&FeeEntry::List(fees.into_iter().cloned().collect())).0,
    }
}
