//! The time and the fees of a bundle's page, each with how it came about.

use serde::Serialize;

use crate::check::together::{Limit, Order, Total, Wanted, fee_of, fee_total};
use crate::model::terms::{BundleRelation, Term};
use crate::portal::Bundle;
use crate::schema::item_handling::FeeEntry;
use crate::view::parts::UNPUBLISHED;
use crate::view::{Link, Scene, item_words};
use crate::wording::prose_opt;

/// How long it all takes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BundleTime {
    /// What the bundle itself promises, with a note.
    promised: Option<String>,
    promised_note: Option<String>,
    rows: Vec<TimeRow>,
    /// Whether some items are optional, so that there are two totals.
    has_all: bool,
    /// How each total came about.
    how: Vec<String>,
    /// What is not in them.
    notes: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct TimeRow {
    label: &'static str,
    needed: String,
    all: String,
}

/// What it all costs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BundleFees {
    needed: String,
    all: Option<String>,
    rows: Vec<FeeRow>,
}

#[derive(Debug, Clone, Serialize)]
struct FeeRow {
    item: Link,
    relation: &'static str,
    amount: String,
    note: Option<String>,
}

impl BundleFees {
    /// What everybody pays, in words.
    pub(super) fn needed(&self) -> &str {
        &self.needed
    }

    /// Whether anything is charged at all.
    pub(super) fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }
}

/// The four totals of a bundle's time.
struct Totals {
    promised: [Total; 2],
    legal: [Total; 2],
}

impl Scene<'_> {
    pub(super) fn bundle_time(&self, bundle: &Bundle, order: &Order) -> BundleTime {
        let of = |limit| [Wanted::Needed, Wanted::All].map(|wanted| Total::of(self.portal, order, wanted, limit));
        let totals = Totals { promised: of(Limit::Promised), legal: of(Limit::Legal) };
        let [needed, all] = &totals.promised;
        let has_all = needed.done != all.done;
        let row = |label, [needed, all]: &[Total; 2], none| TimeRow {
            label,
            needed: total_words(needed, none),
            all: total_words(all, none),
        };
        BundleTime {
            promised: bundle.facts.promised.map(item_words::limit_done),
            promised_note: prose_opt(bundle.facts.promised_note.as_ref()),
            rows: vec![
                row("我们承诺", &totals.promised, "没有承诺期限"),
                row("法律规定", &totals.legal, "没有规定期限"),
            ],
            has_all,
            how: self.ways(order, &totals, has_all),
            notes: self.time_notes(order, &totals, has_all),
        }
    }

    /// The time in a few words: what the bundle promises, else what its items add up to.
    pub(super) fn bundle_time_glance(&self, bundle: &Bundle, order: &Order) -> (String, String) {
        if let Some(promised) = bundle.facts.promised {
            return (item_words::limit_done(promised), "整件事的承诺，从受理联合申请算起".to_owned());
        }
        let of = |wanted| total_words(&Total::of(self.portal, order, wanted, Limit::Promised), "没有承诺期限");
        let all = of(Wanted::All);
        if needs_nothing(order) {
            return (all, "全都办，按先后连着办".to_owned());
        }
        let needed = of(Wanted::Needed);
        let note = if all == needed { String::new() } else { format!("；选办的也都办，{all}") };
        (needed, format!("按先后连着办必办的{note}"))
    }

    /// How the totals came about, in sentences.
    fn ways(&self, order: &Order, totals: &Totals, has_all: bool) -> Vec<String> {
        let mut how = Vec::new();
        let kinds = [(Limit::Promised, "承诺", &totals.promised), (Limit::Legal, "法定", &totals.legal)];
        for (limit, name, [needed, all]) in kinds {
            if !needed.done.is_empty() {
                let which = if has_all { "，只办必办的" } else { "" };
                how.push(format!("{name}{which}：{}", self.way(order, needed, limit)));
            }
            if has_all {
                how.push(format!("{name}，选办的也都办：{}", self.way(order, all, limit)));
            }
        }
        how
    }

    /// The longest way of a total: 先办“甲”（3个工作日），再办“乙”（5个工作日），共8个工作日。
    fn way(&self, order: &Order, total: &Total, limit: Limit) -> String {
        let parts: Vec<String> = total
            .way
            .iter()
            .map(|n| {
                let item = self.portal.item(order.items[*n]);
                let limit = limit.of(item).map_or_else(|| UNPUBLISHED.to_owned(), |limit| limit.to_string());
                format!("“{}”{limit}", item.everyday_name())
            })
            .collect();
        let rest = total.done.len() - total.way.len() - total.unlimited.len() - total.untold.len();
        let aside = if rest > 0 { "其余的当场办好，或者同时办、不更长。" } else { "" };
        match parts.as_slice() {
            [] if total.unlimited.is_empty() && total.untold.is_empty() => "都当场办好，不用另外等。".to_owned(),
            [] => "能算进来的都当场办好。".to_owned(),
            [one] => format!("最长的是{one}。{aside}"),
            several => format!("最长的一路是{}，连着办共{}。{aside}", several.join("，接着"), total.span.words()),
        }
    }

    fn time_notes(&self, order: &Order, totals: &Totals, has_all: bool) -> Vec<String> {
        let names = |list: &[usize]| {
            let names: Vec<&str> = list.iter().map(|n| self.portal.item(order.items[*n]).everyday_name()).collect();
            names.join("、")
        };
        let used = usize::from(has_all);
        let (promised, legal) = (&totals.promised[used], &totals.legal[used]);
        let mut notes = Vec::new();
        if !legal.unlimited.is_empty() {
            notes.push(format!("法律没有规定期限的，算不进法定时间：{}。", names(&legal.unlimited)));
        }
        if !promised.unlimited.is_empty() {
            notes.push(format!("没有承诺期限的，算不进来：{}。", names(&promised.unlimited)));
        }
        if !promised.untold.is_empty() {
            notes.push(format!("时限还没有公布的，算不进来：{}。", names(&promised.untold)));
        }
        if !order.choices().is_empty() {
            notes.push("任选其一的，按时间长的那个算。".to_owned());
        }
        let all = totals.promised.iter().chain(&totals.legal);
        if all.clone().any(|total| total.span.units() > 1 || total.is_estimated) {
            notes.push("工作日、自然日、月不互相换算，分开写。比哪一路更长时，按一周五个工作日粗略估计。".to_owned());
        }
        let closed: Vec<usize> = (0..order.entries.len()).filter(|n| !order.entries[*n].is_open).collect();
        if !closed.is_empty() {
            notes.push(format!("已经暂停或者取消的没有算：{}。", names(&closed)));
        }
        notes.push(
            "每个事项从受理那天算起；您准备材料、施工、补材料的时间，和公示、检验、听证这些另外计时的程序，不在里面。"
                .to_owned(),
        );
        notes
    }

    pub(super) fn bundle_fees(&self, order: &Order) -> BundleFees {
        let charged = order
            .entries
            .iter()
            .zip(&order.items)
            .filter(|(entry, id)| entry.is_open && !fee_of(self.portal.item(**id)).is_free());
        let rows = charged.map(|(entry, id)| {
            let item = self.portal.item(*id);
            let fees = &item.facts.fees;
            let (amount, note) = item_words::fees_glance(item);
            let single = matches!(fees, FeeEntry::List(list) if list.len() == 1);
            FeeRow {
                item: self.item_link(*id),
                relation: entry.relation.name(),
                amount,
                note: note.map(|names| if single { names } else { format!("看办哪一种：{names}") }),
            }
        });
        let (needed, all) = (fee_total(self.portal, order, Wanted::Needed), fee_total(self.portal, order, Wanted::All));
        BundleFees {
            needed: needed.words(),
            all: (needed != all || needs_nothing(order)).then(|| all.words()),
            rows: rows.collect(),
        }
    }
}

/// Whether there is nothing that everybody does.
fn needs_nothing(order: &Order) -> bool {
    order.entries.iter().all(|entry| !entry.is_open || entry.relation == BundleRelation::Optional)
}

/// A total in words.
fn total_words(total: &Total, none: &str) -> String {
    let span = total.span.words();
    match (total.span.units(), total.unlimited.len(), total.untold.len()) {
        _ if total.done.is_empty() => "没有人人必办的".to_owned(),
        (0, 0, 0) => "当场办好".to_owned(),
        (0, 0, _) => UNPUBLISHED.to_owned(),
        (0, _, _) => none.to_owned(),
        (_, 0, 0) => span,
        (_, 0, _) => format!("{span}，有的{UNPUBLISHED}"),
        (_, _, _) => format!("{span}，有的{none}"),
    }
}
