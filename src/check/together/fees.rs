//! The fees of a bundle: from the least to the most that one application of
//! each of its items costs.

use crate::model::terms::BundleRelation;
use crate::model::value::Money;
use crate::portal::{Item, Portal};
use crate::schema::item_handling::{Fee, FeeEntry};

use super::{Order, Wanted};

/// What something costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeeTotal {
    /// The least.
    pub least: Money,
    /// The most; none where it depends on something that has no end, such as a price.
    pub most: Option<Money>,
    /// Whether a fee is still to be told.
    pub is_untold: bool,
}

impl FeeTotal {
    const FREE: FeeTotal = FeeTotal { least: Money::ZERO, most: Some(Money::ZERO), is_untold: false };

    /// Whether nothing is charged whatever happens.
    pub fn is_free(self) -> bool {
        self == FeeTotal::FREE
    }

    fn and(self, other: FeeTotal) -> FeeTotal {
        let sum = |a: Money, b: Money| Money::from_fen(a.fen().saturating_add(b.fen()));
        FeeTotal {
            least: sum(self.least, other.least),
            most: self.most.zip(other.most).map(|(a, b)| sum(a, b)),
            is_untold: self.is_untold || other.is_untold,
        }
    }

    fn or(self, other: FeeTotal) -> FeeTotal {
        FeeTotal {
            least: self.least.min(other.least),
            most: self.most.zip(other.most).map(|(a, b)| a.max(b)),
            is_untold: self.is_untold || other.is_untold,
        }
    }

    /// In words: 不收费, 80元, 80元到200元, 至少80元.
    pub fn words(self) -> String {
        match (self.least, self.most) {
            _ if self.is_untold && self.least == Money::ZERO => "还没有全部公布".to_owned(),
            (least, _) if self.is_untold => format!("至少{least}"),
            (_, Some(most)) if most == Money::ZERO => "不收费".to_owned(),
            (least, Some(most)) if least == most => most.to_string(),
            (Money::ZERO, Some(most)) => format!("最多{most}"),
            (least, Some(most)) => format!("{least}到{most}"),
            (Money::ZERO, None) => "看情况收".to_owned(),
            (least, None) => format!("至少{least}"),
        }
    }
}

/// What one application for an item costs.
///
/// Several fees of an item may be for several things or for one: the least is that
/// of the smallest, and nothing is said of the most.
pub fn fee_of(item: &Item) -> FeeTotal {
    match &item.facts.fees {
        FeeEntry::Free(_) => FeeTotal::FREE,
        FeeEntry::NotYet(_) => FeeTotal { is_untold: true, ..FeeTotal::FREE },
        FeeEntry::List(fees) => {
            let all = fees.iter().map(fee).reduce(|one, other| FeeTotal { most: None, ..one.or(other) });
            all.unwrap_or(FeeTotal::FREE)
        }
    }
}

fn fee(fee: &Fee) -> FeeTotal {
    let amounts: Option<Vec<Money>> = fee.tiers.iter().map(|tier| tier.amount).collect();
    let (least, most) = match (fee.amount, fee.rate, amounts) {
        (Some(amount), None, _) if fee.tiers.is_empty() => (amount, Some(amount)),
        (None, None, Some(tiers)) if !tiers.is_empty() => {
            (tiers.iter().copied().min().unwrap_or_default(), tiers.iter().copied().max())
        }
        _ => (fee.minimum.unwrap_or_default(), fee.maximum),
    };
    // What only some pay, or pay less of, may cost nothing.
    let least = if fee.when.0.is_empty() { least } else { Money::ZERO };
    FeeTotal { least, most, is_untold: false }
}

/// What the items of a bundle cost together. Of alternatives any may be chosen.
pub fn fee_total(portal: &Portal, order: &Order, wanted: Wanted) -> FeeTotal {
    let fees: Vec<FeeTotal> = order.items.iter().map(|item| fee_of(portal.item(*item))).collect();
    over(order, wanted, &fees)
}

fn over(order: &Order, wanted: Wanted, fees: &[FeeTotal]) -> FeeTotal {
    let is_counted = |relation| {
        relation == BundleRelation::Always || (relation == BundleRelation::Optional && wanted == Wanted::All)
    };
    let entries = order.entries.iter().enumerate();
    let sure = entries.filter(|(_, entry)| entry.is_open && is_counted(entry.relation)).map(|(n, _)| fees[n]);
    let chosen = order.choices();
    let chosen = chosen.iter().filter_map(|group| group.iter().map(|n| fees[*n]).reduce(FeeTotal::or));
    sure.chain(chosen).fold(FeeTotal::FREE, FeeTotal::and)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::together::Entry;
    use BundleRelation::{Alternative, Always, Optional};

    fn yuan(least: u64, most: Option<u64>) -> FeeTotal {
        let money = |yuan: u64| Money::from_fen(yuan * 100);
        FeeTotal { least: money(least), most: most.map(money), is_untold: false }
    }

    #[test]
    fn sums_of_ranges() {
        let entry = |n, relation| Entry { position: n, order: 1, relation, is_open: true, before: Vec::new() };
        let entries = vec![entry(0, Always), entry(1, Alternative), entry(2, Alternative), entry(3, Optional)];
        let order = Order { entries, items: Vec::new() };
        let fees = [yuan(80, Some(80)), yuan(0, Some(0)), yuan(10, Some(30)), yuan(5, None)];
        let needed = over(&order, Wanted::Needed, &fees);
        assert_eq!((needed, needed.words().as_str()), (yuan(80, Some(110)), "80元到110元"));
        assert_eq!(over(&order, Wanted::All, &fees).words(), "至少85元");
    }

    #[test]
    fn in_words() {
        let words = |least, most| yuan(least, most).words();
        assert_eq!(words(0, Some(0)), "不收费");
        assert_eq!(words(20, Some(20)), "20元");
        assert_eq!(words(0, Some(20)), "最多20元");
        assert_eq!(words(0, None), "看情况收");
        assert_eq!(FeeTotal { is_untold: true, ..yuan(20, None) }.words(), "至少20元");
        assert_eq!(FeeTotal { is_untold: true, ..FeeTotal::FREE }.words(), "还没有全部公布");
    }
}
