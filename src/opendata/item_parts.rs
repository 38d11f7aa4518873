//! The lists of an item become the lists of its record.

use crate::model::terms::{FeeNature, Pricing};
use crate::opendata::item::Source;
use crate::opendata::parts::{PhoneRecord, Reference, Word, conditions};
use crate::opendata::record::{
    CopiesRecord, FeeRecord, IntermediaryRecord, MaterialRecord, ReductionRecord, ResultRecord, SpecialRecord,
    StepRecord, Support, TierRecord,
};
use crate::portal::{Item, Material};
use crate::schema::item_handling::{ApprovalResult, Fee, Intermediary, Special, Step};
use crate::schema::{Flag, item_material};
use crate::wording::{fee_standard, prose, prose_opt};

/// A yes or no without more.
pub(super) fn flag(flag: Flag) -> Support {
    Support { supported: flag.0, note: None, url: None, phone: None, form: None }
}

/// A yes with words.
pub(super) fn support(note: &str) -> Support {
    Support { note: Some(prose(note)), ..flag(Flag(true)) }
}

pub(super) fn material(
    source: Source<'_>,
    item: &Item,
    material: &Material,
    written: &item_material::Material,
) -> MaterialRecord {
    let facts = &material.facts;
    let shared = material.shared.map(|id| source.portal.material(id)).map(|shared| Reference {
        id: shared.id.clone(),
        name: shared.facts.name.clone(),
        url: source.url(&shared.path()),
    });
    MaterialRecord {
        id: written.id.to_string(),
        name: facts.name.clone(),
        shared,
        kind: facts.kind.map(Word),
        medium: Word(facts.medium),
        necessity: written.necessity.get().map(Word),
        needed_when: prose_opt(written.needed_when.as_ref()),
        when: conditions(&written.when),
        copies: written.copies.told().map(|copies| CopiesRecord {
            originals: copies.originals,
            copies: copies.copies,
            electronic: copies.electronic,
            either: copies.either,
            inspect: copies.inspect,
            text: copies.to_string(),
        }),
        source: facts.source.map(Word),
        issuer: facts.issuer.clone(),
        issued_within: written.issued_within.clone(),
        page_format: written.page_format.clone(),
        seal: written.seal.clone(),
        filling_note: prose_opt(written.filling_note.as_ref()),
        standard: prose_opt(written.standard.as_ref()),
        common_errors: written.common_errors.clone(),
        basis: source.citations(&written.basis),
        blank_form: source.file(item, written.blank_form.as_ref()),
        sample_form: source.file(item, written.sample_form.as_ref()),
        electronic: facts.electronic.clone(),
        exemption: facts.exemption.as_deref().map(prose),
        note: facts.note.as_deref().map(prose),
    }
}

pub(super) fn step(source: Source<'_>, step: &Step) -> StepRecord {
    StepRecord {
        name: step.name.clone(),
        actor: step.actor.clone(),
        limit: step.limit.into(),
        counted: step.counted.is_none_or(|flag| flag.0),
        content: prose_opt(step.content.as_ref()),
        standard: prose_opt(step.standard.as_ref()),
        result: prose_opt(step.result.as_ref()),
        channel: step.channel.map(Word),
        when: conditions(&step.when),
        basis: source.citations(&step.basis),
    }
}

pub(super) fn special(source: Source<'_>, special: &Special) -> SpecialRecord {
    SpecialRecord {
        kind: Word(special.kind),
        limit: special.limit.into(),
        note: prose(&special.note),
        body: special.body.clone(),
        phone: special.phone.as_ref().map(PhoneRecord::from),
        counted: special.counted.0,
        basis: source.citations(&special.basis),
    }
}

pub(super) fn fee(source: Source<'_>, fee: &Fee, nature: FeeNature, pricing: Pricing) -> FeeRecord {
    let tiers = fee.tiers.iter().map(|tier| TierRecord {
        range: tier.range.clone(),
        amount: tier.amount.map(Into::into),
        rate: tier.rate.map(Into::into),
    });
    let reductions = fee.reductions.iter().map(|one| ReductionRecord {
        who: one.who.clone(),
        how_much: one.how_much.clone(),
        basis: source.citations(&one.basis),
    });
    FeeRecord {
        name: fee.name.clone(),
        standard: fee_standard(fee),
        nature: Word(nature),
        pricing: Word(pricing),
        amount: fee.amount.map(Into::into),
        unit: fee.unit.clone(),
        rate: fee.rate.map(Into::into),
        rate_of: fee.rate_of.clone(),
        minimum: fee.minimum.map(Into::into),
        maximum: fee.maximum.map(Into::into),
        tiers: tiers.collect(),
        calculation: prose_opt(fee.calculation.as_ref()),
        reductions: reductions.collect(),
        stage: fee.stage.clone(),
        collector: fee.collector.clone(),
        pay_online: fee.pay_online.0,
        when: conditions(&fee.when),
        basis: source.citations(&fee.basis),
    }
}

pub(super) fn result(source: Source<'_>, item: &Item, result: &ApprovalResult) -> ResultRecord {
    ResultRecord {
        name: result.name.clone(),
        kind: Word(result.kind),
        valid_for: result.valid_for.map(Into::into),
        validity_basis: result.validity_basis.as_ref().and_then(|citation| source.citation(citation)),
        renewal: prose_opt(result.renewal.as_ref()),
        valid_in: result.valid_in.clone(),
        electronic: result.electronic.0,
        sample: source.file(item, result.sample.as_ref()),
        note: prose_opt(result.note.as_ref()),
    }
}

pub(super) fn intermediary(source: Source<'_>, one: &Intermediary) -> IntermediaryRecord {
    IntermediaryRecord {
        name: one.name.clone(),
        provider: prose(&one.provider),
        fee: prose(&one.fee),
        basis: source.citations(&one.basis),
    }
}
