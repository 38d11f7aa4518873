//! The texts of an item and its guide.

use crate::portal::Item;
use crate::schema;
use crate::schema::item::QuantityEntry;
use crate::schema::item_handling::{
    Agency, Appointment, Commitment, Deferral, ExpressEntry, Fee, FeeEntry, HallPresence, InspectionEntry,
    IntermediaryEntry, Kiosk, ReportEntry, ResultEntry, SpecialEntry,
};
use crate::schema::item_material::{Material, MaterialsEntry};

use super::{At, Each, Walk};

/// Calls `each` for every text of an item, in about the order of its file, then for each block of its guide.
pub(crate) fn of_item(item: &Item, each: Each<'_>) {
    let mut walk = Walk { file: item.file, each };
    let facts = &item.facts;
    walk.head(facts);
    walk.conditions(facts);
    if let MaterialsEntry::List(list) = &facts.materials {
        let at = At::ROOT.key("申请材料");
        for (n, material) in list.iter().enumerate() {
            walk.material(&at.index(n), material);
        }
    }
    walk.procedure(facts);
    if let FeeEntry::List(list) = &facts.fees {
        let at = At::ROOT.key("收费");
        for (n, fee) in list.iter().enumerate() {
            walk.fee(&at.index(n), fee);
        }
    }
    walk.results(facts);
    walk.channels(facts);
    walk.afterwards(facts);
    if let (Some(guide), Some(file)) = (&item.guide, item.guide_file) {
        Walk { file, each: walk.each }.markdown(&guide.text);
    }
}

impl Walk<'_> {
    fn head(&mut self, facts: &schema::Item) {
        self.keys(
            &At::ROOT,
            &[
                ("名称", Some(&facts.name)),
                ("通俗名", facts.everyday_name.as_deref()),
                ("办件说明", facts.handling_note.as_deref()),
                ("审查类型", facts.examination.as_deref()),
                ("承办机构", facts.handling_body.as_deref()),
                ("受理机构", facts.accepting_body.as_deref()),
                ("决定机构", facts.deciding_body.as_deref()),
                ("适用范围", facts.scope.told().map(String::as_str)),
                ("状态说明", facts.state_note.as_deref()),
            ],
        );
        let at = At::ROOT.key("责任");
        let owner = &facts.owner;
        self.keys(
            &at,
            &[
                ("科室", owner.office.told().map(String::as_str)),
                ("A岗", owner.first.as_deref()),
                ("B岗", owner.second.as_deref()),
            ],
        );
    }

    fn conditions(&mut self, facts: &schema::Item) {
        self.list(At::ROOT.key("申请条件"), &facts.conditions);
        self.list(At::ROOT.key("禁止性要求"), &facts.prohibitions);
        if let QuantityEntry::Limited(quantity) = &facts.quantity {
            self.keys(
                &At::ROOT.key("数量限制"),
                &[
                    ("说明", Some(&quantity.note)),
                    ("公布方式", quantity.published_in.as_deref()),
                    ("公布周期", quantity.published_every.as_deref()),
                ],
            );
        }
        let at = At::ROOT.key("情形引导");
        for (n, question) in facts.situations.iter().enumerate() {
            let at = at.index(n);
            self.text(at.key("问"), &question.text);
            let at = at.key("答案");
            for (id, answer) in &question.answers.0 {
                self.text(at.key(id), answer);
            }
        }
    }

    fn material(&mut self, at: &At<'_>, material: &Material) {
        self.keys(
            at,
            &[
                ("名称", material.name.as_deref()),
                ("必要性情形", material.needed_when.as_deref()),
                ("出具单位", material.issuer.as_deref()),
                ("出具时间要求", material.issued_within.as_deref()),
                ("规格", material.page_format.as_deref()),
                ("签章", material.seal.as_deref()),
                ("填报须知", material.filling_note.as_deref()),
                ("受理标准", material.standard.as_deref()),
                ("免交", material.exemption.as_deref()),
                ("说明", material.note.as_deref()),
            ],
        );
        self.list(at.key("常见错误"), &material.common_errors);
    }

    fn procedure(&mut self, facts: &schema::Item) {
        let deferral = facts.deferral.as_ref().and_then(|one| match one {
            Deferral::Detail(detail) => Some(detail.note.as_str()),
            Deferral::Flag(_) => None,
        });
        self.keys(&At::ROOT.key("容缺受理"), &[("说明", deferral)]);
        if let Some(Commitment::Detail(detail)) = &facts.commitment {
            self.text(At::ROOT.key("告知承诺").key("说明"), &detail.note);
        }
        let at = At::ROOT.key("办理流程");
        for (n, step) in facts.steps.iter().enumerate() {
            self.keys(
                &at.index(n),
                &[
                    ("环节", Some(&step.name)),
                    ("办理人", Some(&step.actor)),
                    ("内容", step.content.as_deref()),
                    ("审查标准", step.standard.as_deref()),
                    ("结果", step.result.as_deref()),
                ],
            );
        }
        self.keys(
            &At::ROOT.key("办理时限"),
            &[("法定说明", facts.limits.legal_note.as_deref()), ("承诺说明", facts.limits.promised_note.as_deref())],
        );
        if let SpecialEntry::List(list) = &facts.special {
            let at = At::ROOT.key("特别程序");
            for (n, special) in list.iter().enumerate() {
                self.keys(&at.index(n), &[("说明", Some(&special.note)), ("机构", special.body.as_deref())]);
            }
        }
    }

    fn fee(&mut self, at: &At<'_>, fee: &Fee) {
        self.keys(
            at,
            &[
                ("名称", Some(&fee.name)),
                ("单位", fee.unit.as_deref()),
                ("计费基数", fee.rate_of.as_deref()),
                ("计算说明", fee.calculation.as_deref()),
                ("收取环节", fee.stage.as_deref()),
                ("收取单位", fee.collector.as_deref()),
            ],
        );
        let tiers = at.key("分档");
        for (n, tier) in fee.tiers.iter().enumerate() {
            self.text(tiers.index(n).key("范围"), &tier.range);
        }
        let reductions = at.key("减免");
        for (n, one) in fee.reductions.iter().enumerate() {
            self.keys(&reductions.index(n), &[("对象", Some(&one.who)), ("幅度", Some(&one.how_much))]);
        }
    }

    fn results(&mut self, facts: &schema::Item) {
        let ResultEntry::List(list) = &facts.results else { return };
        let at = At::ROOT.key("审批结果");
        for (n, result) in list.iter().enumerate() {
            self.keys(
                &at.index(n),
                &[
                    ("名称", Some(&result.name)),
                    ("延续", result.renewal.as_deref()),
                    ("有效地域", result.valid_in.as_deref()),
                    ("说明", result.note.as_deref()),
                ],
            );
        }
    }

    fn channels(&mut self, facts: &schema::Item) {
        if let Some(online) = &facts.online {
            let at = At::ROOT.key("网上办理");
            self.list(at.key("步骤"), &online.steps);
            self.keys(&at, &[("说明", online.note.as_deref())]);
        }
        if let Some(window) = &facts.window {
            let at = At::ROOT.key("窗口办理");
            self.list(at.key("步骤"), &window.steps);
            self.keys(&at, &[("说明", window.note.as_deref())]);
        }
        self.keys(&At::ROOT, &[("现场办理原因", facts.visit_reason.as_deref())]);
        let at = At::ROOT.key("办理地点");
        for (n, place) in facts.places.iter().enumerate() {
            self.keys(
                &at.index(n),
                &[("窗口", place.window.told().map(String::as_str)), ("说明", place.note.as_deref())],
            );
        }
        let hall = facts.in_hall.as_ref().and_then(|one| match one {
            HallPresence::Detail(detail) => Some(detail.note.as_str()),
            HallPresence::Flag(_) => None,
        });
        let appointment = facts.appointment.as_ref().and_then(|one| match one {
            Appointment::Detail(detail) => Some(detail.note.as_str()),
            Appointment::Flag(_) => None,
        });
        let kiosk = facts.kiosk.as_ref().and_then(|one| match one {
            Kiosk::Detail(detail) => Some(detail.note.as_str()),
            Kiosk::Flag(_) => None,
        });
        let agency = facts.agency.as_ref().and_then(|one| match one {
            Agency::Detail(detail) => Some(detail.note.as_str()),
            Agency::Flag(_) => None,
        });
        for (key, note) in [("进驻大厅", hall), ("预约", appointment), ("自助终端", kiosk), ("代办", agency)]
        {
            self.keys(&At::ROOT.key(key), &[("说明", note)]);
        }
        if let Some(ExpressEntry::Detail(express)) = &facts.express {
            self.keys(
                &At::ROOT.key("快递"),
                &[("费用", Some(&express.payer)), ("收件地址", express.address.as_deref())],
            );
        }
        self.keys(&At::ROOT, &[("通办说明", facts.coverage_note.as_deref()), ("进度查询", facts.progress.as_deref())]);
    }

    fn afterwards(&mut self, facts: &schema::Item) {
        self.list(At::ROOT.key("权利"), &facts.rights);
        self.list(At::ROOT.key("义务"), &facts.duties);
        if let Some(IntermediaryEntry::Some(list)) = &facts.intermediaries {
            let at = At::ROOT.key("中介服务");
            for (n, one) in list.iter().enumerate() {
                self.keys(
                    &at.index(n),
                    &[("名称", Some(&one.name)), ("机构", Some(&one.provider)), ("收费", Some(&one.fee))],
                );
            }
        }
        if let Some(InspectionEntry::Some(one)) = &facts.inspection {
            self.keys(
                &At::ROOT.key("年审年检"),
                &[("报送材料", Some(&one.materials)), ("收费", Some(&one.fee)), ("说明", one.note.as_deref())],
            );
        }
        if let Some(ReportEntry::Some(one)) = &facts.report {
            self.keys(&At::ROOT.key("年报"), &[("时间", Some(&one.when)), ("说明", Some(&one.note))]);
        }
        let at = At::ROOT.key("常见问题");
        for (n, one) in facts.questions.iter().enumerate() {
            self.keys(&at.index(n), &[("问", Some(&one.question)), ("答", Some(&one.answer))]);
        }
        let at = At::ROOT.key("变更记录");
        for (n, change) in facts.changes.iter().enumerate() {
            self.text(at.index(n).key("内容"), &change.text);
        }
    }
}
