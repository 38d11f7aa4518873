//! Every place where an item cites a law by its file.

use crate::model::value::{Clause, Slug};
use crate::schema;
use crate::schema::item::{Citation, QuantityEntry};
use crate::schema::item_handling::{
    FeeEntry, InspectionEntry, IntermediaryEntry, ReportEntry, ResultEntry, SpecialEntry,
};
use crate::schema::item_material::MaterialsEntry;
use crate::source::FieldPath;

/// One citation.
#[derive(Debug)]
pub(crate) struct Cited<'a> {
    /// The file of the law.
    pub law: &'a Slug,
    /// What of it is cited.
    pub clause: &'a Clause,
    /// Where it is cited.
    pub path: FieldPath,
}

/// The citations of an item for which `wanted` holds, 办理依据 first.
pub(crate) fn citations<'a>(facts: &'a schema::Item, wanted: &dyn Fn(&Slug) -> bool) -> Vec<Cited<'a>> {
    let mut found = Vec::new();
    let root = FieldPath::root();
    for (n, basis) in facts.basis.iter().enumerate().filter(|(_, basis)| wanted(&basis.law)) {
        found.push(Cited { law: &basis.law, clause: &basis.clause, path: root.key("办理依据").index(n) });
    }
    let mut add = |list: &'a [Citation], at: &dyn Fn() -> FieldPath| {
        for (n, one) in list.iter().enumerate().filter(|(_, one)| wanted(&one.law)) {
            found.push(Cited { law: &one.law, clause: &one.clause, path: at().index(n) });
        }
    };
    if let MaterialsEntry::List(list) = &facts.materials {
        for (n, one) in list.iter().enumerate() {
            add(&one.basis, &|| root.key("申请材料").index(n).key("依据"));
        }
    }
    for (n, step) in facts.steps.iter().enumerate() {
        add(&step.basis, &|| root.key("办理流程").index(n).key("依据"));
    }
    if let FeeEntry::List(list) = &facts.fees {
        for (n, fee) in list.iter().enumerate() {
            add(&fee.basis, &|| root.key("收费").index(n).key("依据"));
            for (m, one) in fee.reductions.iter().enumerate() {
                add(&one.basis, &|| root.key("收费").index(n).key("减免").index(m).key("依据"));
            }
        }
    }
    if let SpecialEntry::List(list) = &facts.special {
        for (n, one) in list.iter().enumerate() {
            add(&one.basis, &|| root.key("特别程序").index(n).key("依据"));
        }
    }
    if let QuantityEntry::Limited(quantity) = &facts.quantity {
        add(&quantity.basis, &|| root.key("数量限制").key("依据"));
    }
    if let Some(IntermediaryEntry::Some(list)) = &facts.intermediaries {
        for (n, one) in list.iter().enumerate() {
            add(&one.basis, &|| root.key("中介服务").index(n).key("依据"));
        }
    }
    if let Some(InspectionEntry::Some(one)) = &facts.inspection {
        add(&one.basis, &|| root.key("年审年检").key("依据"));
    }
    if let Some(ReportEntry::Some(one)) = &facts.report {
        add(&one.basis, &|| root.key("年报").key("依据"));
    }
    single(facts, wanted, &mut found);
    found
}

/// The citations that stand alone and not in a list.
fn single<'a>(facts: &'a schema::Item, wanted: &dyn Fn(&Slug) -> bool, found: &mut Vec<Cited<'a>>) {
    let root = FieldPath::root();
    if let Some(one) = facts.limits.legal_basis.as_ref().filter(|one| wanted(&one.law)) {
        found.push(Cited { law: &one.law, clause: &one.clause, path: root.key("办理时限").key("法定依据") });
    }
    if let ResultEntry::List(list) = &facts.results {
        for (n, result) in list.iter().enumerate() {
            if let Some(one) = result.validity_basis.as_ref().filter(|one| wanted(&one.law)) {
                let path = root.key("审批结果").index(n).key("有效期依据");
                found.push(Cited { law: &one.law, clause: &one.clause, path });
            }
        }
    }
}
