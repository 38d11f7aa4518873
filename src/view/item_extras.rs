//! The rest of an item page: rare cases, and the facts of its identity.

use serde::Serialize;

use crate::model::terms::{PowerSource, ReviewState, Term};
use crate::portal::Item;
use crate::schema::item_handling::{
    Commitment, Deferral, HallPresence, InspectionEntry, IntermediaryEntry, ReportEntry, ResultEntry,
};
use crate::view::item_words;
use crate::view::parts::{UNPUBLISHED, told};
use crate::view::{FileView, LabelValue, Scene};
use crate::wording::{prose, prose_opt};

/// A rare case, as a question with its answer.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Extra {
    id: &'static str,
    title: &'static str,
    text: Option<String>,
    rows: Vec<LabelValue>,
    file: Option<FileView>,
}

impl Scene<'_> {
    pub(super) fn extras(&self, item: &Item) -> Vec<Extra> {
        let facts = &item.facts;
        let mut extras = Vec::new();
        let extra = |id, title, text: String| Extra { id, title, text: Some(text), rows: Vec::new(), file: None };
        match &facts.deferral {
            Some(Deferral::Detail(detail)) => {
                extras.push(extra("tolerance", "材料缺一点能先受理吗？", prose(&detail.note)));
            }
            Some(Deferral::Flag(flag)) if flag.0 => {
                extras.push(extra(
                    "tolerance",
                    "材料缺一点能先受理吗？",
                    "能。标着“容缺后补”的材料可以先受理、后补上。".into(),
                ));
            }
            _ => {}
        }
        match &facts.commitment {
            Some(Commitment::Detail(detail)) => {
                let mut one = extra("promise", "能签承诺书代替证明吗？", prose(&detail.note));
                one.file = detail.form.as_deref().and_then(|file| self.file(item, file, "告知承诺书"));
                extras.push(one);
            }
            Some(Commitment::Flag(flag)) if flag.0 => {
                extras.push(extra("promise", "能签承诺书代替证明吗？", "能。实行告知承诺。".into()));
            }
            _ => {}
        }
        if let Some(entry) = &facts.intermediaries {
            extras.push(match entry {
                IntermediaryEntry::None(_) => extra("intermediary", "要找中介吗？", "不用找任何中介。".into()),
                IntermediaryEntry::Some(list) => {
                    let rows = list.iter().map(|one| LabelValue {
                        label: one.name.clone(),
                        value: format!("{}；{}", prose(&one.provider), prose(&one.fee)),
                    });
                    Extra {
                        id: "intermediary",
                        title: "要找中介吗？",
                        text: Some("要，下面的服务由中介机构提供。".into()),
                        rows: rows.collect(),
                        file: None,
                    }
                }
            });
        }
        if let Some(entry) = &facts.inspection {
            extras.push(match entry {
                InspectionEntry::None(_) => {
                    extra("inspection", "办好以后要年审年检吗？", "不用年审，也不用年检。".into())
                }
                InspectionEntry::Some(one) => Extra {
                    id: "inspection",
                    title: "办好以后要年审年检吗？",
                    text: prose_opt(one.note.as_ref()),
                    rows: vec![
                        LabelValue { label: "周期".into(), value: one.cycle.to_string() },
                        LabelValue { label: "要交什么".into(), value: prose(&one.materials) },
                        LabelValue { label: "收费".into(), value: one.fee.clone() },
                    ],
                    file: None,
                },
            });
        }
        if let Some(entry) = &facts.report {
            extras.push(match entry {
                ReportEntry::None(_) => extra("annual_report", "要年报吗？", "不用。".into()),
                ReportEntry::Some(one) => {
                    extra("annual_report", "要年报吗？", format!("要，{}。{}", one.when, prose(&one.note)))
                }
            });
        }
        extras
    }
}

/// The facts of an item's identity (基本信息).
pub(super) fn identity(item: &Item) -> Vec<LabelValue> {
    let facts = &item.facts;
    let row = |label: &str, value: &str| LabelValue { label: label.to_owned(), value: value.to_owned() };
    // Its own is the rule where nothing is said, but an imported list may have had no such field.
    let imported = facts.approval.state == ReviewState::Imported;
    let power_source = match facts.power_source {
        None if imported => UNPUBLISHED,
        source => source.unwrap_or(PowerSource::Own).name(),
    };
    let mut rows = vec![
        row("实施编码", &told(&facts.task_code)),
        row("基本编码", facts.task_code.told().map_or(UNPUBLISHED, |code| code.base())),
        row("事项类型", facts.item_type.name()),
        row("办件类型", facts.handling_type.get().map_or(UNPUBLISHED, Term::name)),
        row("行使层级", item.level.name()),
        row("权力来源", power_source),
        row("服务对象", &item_words::audience(item)),
    ];
    if let Some(code) = &facts.handle_item_code {
        rows.push(row("业务办理项编码", &code.to_string()));
    }
    let office = facts.owner.office.told().map_or(UNPUBLISHED, String::as_str);
    rows.push(row("承办机构", facts.handling_body.as_deref().unwrap_or(office)));
    for (label, value) in [
        ("主项", &facts.parent),
        ("乡镇街道", &facts.town),
        ("村（社区）", &facts.village),
        ("地方实施编码", &facts.local_task_code),
        ("委托部门", &facts.entrusted_by),
        ("受理机构", &facts.accepting_body),
        ("决定机构", &facts.deciding_body),
        ("审查类型", &facts.examination),
    ] {
        rows.extend(value.as_ref().map(|value| row(label, value)));
    }
    if !facts.joint_bodies.is_empty() {
        rows.push(row("联办机构", &facts.joint_bodies.join("、")));
    }
    rows.extend(match &facts.in_hall {
        Some(HallPresence::Flag(flag)) => Some(row("进驻政务大厅", if flag.0 { "是" } else { "否" })),
        Some(HallPresence::Detail(detail)) => Some(row("进驻政务大厅", &format!("否，{}", prose(&detail.note)))),
        None => None,
    });
    rows.push(row("事项版本", &facts.version.unwrap_or(1).to_string()));
    rows.extend(
        facts.online.as_ref().map(|online| row("网办深度", online.depth.get().map_or(UNPUBLISHED, Term::name))),
    );
    rows.extend(facts.coverage.map(|area| row("通办范围", area.name())));
    if !facts.four_kinds.is_empty() {
        let names: Vec<&str> = facts.four_kinds.iter().map(|kind| kind.name()).collect();
        rows.push(row("四办", &names.join("、")));
    }
    if let ResultEntry::List(list) = &facts.results {
        let names: Vec<&str> = list.iter().map(|result| result.name.as_str()).collect();
        rows.push(row("审批结果", &names.join("、")));
    }
    rows
}

/// Who is responsible for the guide (责任科室, A/B 岗).
pub(super) fn responsible(item: &Item, department: &str) -> String {
    let owner = &item.facts.owner;
    let mut posts = Vec::new();
    posts.extend(owner.first.as_ref().map(|post| format!("A岗：{post}")));
    posts.extend(owner.second.as_ref().map(|post| format!("B岗：{post}")));
    let office = owner.office.told().map(|office| format!(" {office}")).unwrap_or_default();
    if posts.is_empty() {
        format!("{department}{office}")
    } else {
        format!("{department}{office}（{}）", posts.join("，"))
    }
}
