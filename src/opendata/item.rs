//! An item becomes its record of open data.

use crate::model::terms::{BasisRole, FeeNature, LimitStart, PowerSource, Pricing, ReviewState};
use crate::opendata::cases::cases;
use crate::opendata::item_parts::{fee, flag, intermediary, material, result, special, step, support};
use crate::opendata::parts::{
    CitationRecord, DayText, FileHead, FileRecord, Hours, License, PhoneRecord, Reference, Url, Word, conditions, words,
};
use crate::opendata::record::{
    AnnualReport, AnswerRecord, Authority, BasisRecord, CaseLimit, ChangeRecord, ContactRecord, CoverageRecord,
    ExpressRecord, Faq, FeeRecord, Identity, InspectionRecord, IntermediaryRecord, ItemRecord, Limits, MaterialRecord,
    OnlineRecord, PlaceUseRecord, QuantityRecord, QuestionRecord, RemedyRecord, ResultRecord, SpecialRecord, State,
    Status, Support, TopicRecord,
};
use crate::plan::{Feed, OpenFile};
use crate::portal::{Item, ItemId, ItemStatus, LawId, PlaceUse, Portal};
use crate::schema::Flag;
use crate::schema::item::{Citation, QuantityEntry, SituationQuestion};
use crate::schema::item_handling::{
    Agency, Appointment, Commitment, Deferral, ExpressEntry, FeeEntry, HallPresence, InspectionEntry,
    IntermediaryEntry, Kiosk, ReportEntry, ResultEntry, SpecialEntry,
};
use crate::schema::item_material::MaterialsEntry;
use crate::wording::{prose, prose_opt};

/// The version of the format of item records.
pub(super) const VERSION: &str = "1.0";

/// What records are made from, with the ways to refer to things.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) portal: &'a Portal,
}

impl Source<'_> {
    pub(super) fn language(&self) -> String {
        self.portal.site.language.clone().unwrap_or_else(|| "zh-Hans".to_owned())
    }

    pub(super) fn url(&self, path: &str) -> Url {
        Url::of(self.portal, path)
    }

    /// What a file with this schema begins with.
    pub(super) fn head(&self, schema: OpenFile) -> FileHead {
        FileHead {
            schema: self.url(&schema.path(self.portal)),
            language: self.language(),
            license: License::of(self.portal),
            sample: self.portal.site.sample.0,
        }
    }

    pub(super) fn item(&self, id: ItemId) -> Reference {
        let item = self.portal.item(id);
        Reference { id: item.slug.clone(), name: item.everyday_name().to_owned(), url: self.url(&item.path()) }
    }

    pub(super) fn law(&self, id: LawId) -> Reference {
        let law = self.portal.law(id);
        let url = self.url(&law.path());
        Reference { id: law.id.clone(), name: law.facts.name.clone(), url }
    }

    pub(super) fn department(&self, id: crate::portal::DepartmentId) -> Reference {
        let department = self.portal.department(id);
        let url = self.url(&department.path());
        Reference { id: department.id.clone(), name: department.facts.name.clone(), url }
    }

    pub(super) fn place(&self, id: crate::portal::PlaceId) -> Reference {
        let place = self.portal.place(id);
        let url = self.url(&place.path());
        Reference { id: place.id.clone(), name: place.facts.name.clone(), url }
    }

    pub(super) fn citation(&self, citation: &Citation) -> Option<CitationRecord> {
        let law = self.portal.law_named(citation.law.as_str())?;
        Some(CitationRecord { law: self.law(law), clause: citation.clause.to_string() })
    }

    pub(super) fn citations(&self, list: &[Citation]) -> Vec<CitationRecord> {
        list.iter().filter_map(|citation| self.citation(citation)).collect()
    }

    pub(super) fn file(&self, item: &Item, name: Option<&String>) -> Option<FileRecord> {
        let file = item.file(name?)?;
        let name = file.name.rsplit('/').next().unwrap_or_default().to_owned();
        Some(FileRecord { name, url: self.url(&item.file_path(&file.name)), bytes: file.size })
    }
}

/// The record of an item.
pub(super) fn record(portal: &Portal, id: ItemId) -> ItemRecord {
    let source = Source { portal };
    let item = portal.item(id);
    let facts = &item.facts;
    ItemRecord {
        schema_version: VERSION,
        head: source.head(OpenFile::ItemSchema),
        id: item.slug.clone(),
        url: source.url(&item.path()),
        cpsv_url: source.url(&OpenFile::ItemCpsv(id).path(portal)),
        feed_url: source.url(&Feed::Item(id).path(portal)),
        updated: DayText(facts.updated.date()),
        effective: facts.effective.map(|day| DayText(day.date())),
        pending: pending(item),
        identity: identity(item),
        status: status(source, item),
        authority: authority(source, item),
        applicants: words(&facts.applicants),
        scope: prose_opt(facts.scope.told()),
        topics: topics(source, item),
        basis: basis(source, item),
        conditions: texts(&facts.conditions),
        prohibitions: texts(&facts.prohibitions),
        quantity_limit: quantity(source, &facts.quantity),
        questions: facts.situations.iter().map(question).collect(),
        cases: cases(source, item),
        materials: materials(source, item),
        deferral: deferral(item),
        commitment: commitment(source, item),
        steps: facts.steps.iter().map(|one| step(source, one)).collect(),
        limits: limits(source, item),
        special_procedures: specials(source, &facts.special),
        fees: fees(source, &facts.fees),
        results: results(source, item),
        delivery: words(&facts.delivery),
        channels: words(&facts.channels),
        online: online(item),
        window_steps: facts.window.as_ref().map(|window| texts(&window.steps)).unwrap_or_default(),
        window_note: facts.window.as_ref().and_then(|window| prose_opt(window.note.as_ref())),
        visits: facts.visits.get().map(|visits| visits.count()),
        visit_reason: prose_opt(facts.visit_reason.as_ref()),
        places: item.places.iter().map(|used| place(source, used)).collect(),
        in_hall: in_hall(item),
        appointment: appointment(item),
        kiosk: kiosk(item),
        agency: agency(item),
        express: express(item),
        coverage: facts.coverage.map(|area| CoverageRecord {
            area: Word(area),
            mode: facts.coverage_mode.map(Word),
            note: prose_opt(facts.coverage_note.as_ref()),
        }),
        four_kinds: words(&facts.four_kinds),
        progress: prose_opt(facts.progress.as_ref()),
        consult: consult(source, item),
        complaint: complaint(source, item),
        rights: texts(&facts.rights),
        duties: texts(&facts.duties),
        review: review(item),
        litigation: litigation(item),
        intermediaries: intermediaries(source, item),
        inspection: inspection(source, item),
        annual_report: annual_report(source, item),
        faq: facts
            .questions
            .iter()
            .map(|one| Faq { question: prose(&one.question), answer: prose(&one.answer) })
            .collect(),
        guide_html: item.guide.as_ref().map(|guide| guide.html.as_str().to_owned()),
        related: item.related.iter().map(|id| source.item(*id)).collect(),
        bundles: item.bundles.iter().map(|id| &portal.bundles[id.index()]).map(|one| bundle(source, one)).collect(),
        changes: changes(portal, item),
    }
}

pub(super) fn bundle(source: Source<'_>, bundle: &crate::portal::Bundle) -> Reference {
    let url = source.url(&bundle.path());
    Reference { id: bundle.slug.clone(), name: bundle.facts.name.clone(), url }
}

pub(super) fn texts(list: &[String]) -> Vec<String> {
    list.iter().map(|text| prose(text)).collect()
}

/// The keys of what the office has not told yet.
fn pending(item: &Item) -> Vec<&'static str> {
    let facts = &item.facts;
    let untold = [
        ("code", facts.task_code.told().is_none()),
        ("handling_type", facts.handling_type.told().is_none()),
        ("scope", facts.scope.told().is_none()),
        ("topics", facts.topics.told().is_none()),
        ("office", facts.owner.office.told().is_none()),
        ("basis", facts.basis.told().is_none()),
        ("conditions", facts.conditions.told().is_none()),
        ("quantity_limit", matches!(facts.quantity, QuantityEntry::NotYet(_))),
        ("materials", matches!(facts.materials, MaterialsEntry::NotYet(_))),
        ("steps", facts.steps.told().is_none()),
        ("limits.statutory", facts.limits.legal.told().is_none()),
        ("limits.promised", facts.limits.promised.told().is_none()),
        ("special_procedures", matches!(facts.special, SpecialEntry::NotYet(_))),
        ("fees", matches!(facts.fees, FeeEntry::NotYet(_))),
        ("results", matches!(facts.results, ResultEntry::NotYet(_))),
        ("delivery", facts.delivery.told().is_none()),
        ("channels", facts.channels.told().is_none()),
        ("visits", facts.visits.told().is_none()),
        ("places", facts.places.told().is_none()),
    ];
    untold.into_iter().filter(|(_, is_untold)| *is_untold).map(|(key, _)| key).collect()
}

fn identity(item: &Item) -> Identity {
    let facts = &item.facts;
    Identity {
        name: facts.name.clone(),
        everyday_name: item.everyday_name().to_owned(),
        aliases: facts.aliases.clone(),
        code: facts.task_code.told().map(ToString::to_string),
        base_code: facts.task_code.told().map(|code| code.base().to_owned()),
        handle_item_code: facts.handle_item_code.as_ref().map(ToString::to_string),
        local_code: facts.local_task_code.clone(),
        version: facts.version.unwrap_or(1),
        parent: facts.parent.clone(),
        item_type: Word(facts.item_type),
        handling_type: facts.handling_type.get().map(Word),
        handling_note: prose_opt(facts.handling_note.as_ref()),
        examination: facts.examination.clone(),
    }
}

pub(super) fn state(item: &Item) -> State {
    match item.status {
        ItemStatus::Active => State::Active,
        ItemStatus::Ending(_) => State::Ending,
        ItemStatus::Paused => State::Paused,
        ItemStatus::Cancelled => State::Cancelled,
        ItemStatus::Coming(_) | ItemStatus::Draft => State::Preview,
    }
}

fn status(source: Source<'_>, item: &Item) -> Status {
    Status {
        state: state(item),
        cancelled_from: match item.status {
            ItemStatus::Ending(day) => Some(DayText(day)),
            _ => None,
        },
        note: prose_opt(item.facts.state_note.as_ref()),
        successor: item.successor.map(|id| source.item(id)),
    }
}

fn authority(source: Source<'_>, item: &Item) -> Authority {
    let facts = &item.facts;
    let department = &source.portal.department(item.department).facts;
    // Its own is the rule where nothing is said, but an imported list may have had no such field.
    let is_imported = facts.approval.state == ReviewState::Imported;
    let rule = (!is_imported).then_some(PowerSource::Own);
    let office = facts.owner.office.told().cloned();
    Authority {
        department: source.department(item.department),
        credit_code: department.credit_code.told().map(ToString::to_string),
        level: Word(item.level),
        authority_kind: facts.authority_kind.or(department.kind).map(Word),
        power_source: facts.power_source.or(rule).map(Word),
        entrusted_by: facts.entrusted_by.clone(),
        town: facts.town.clone(),
        village: facts.village.clone(),
        handling_body: facts.handling_body.clone().or_else(|| office.clone()),
        office,
        accepting_body: facts.accepting_body.clone(),
        deciding_body: facts.deciding_body.clone(),
        joint_bodies: facts.joint_bodies.clone(),
    }
}

fn topics(source: Source<'_>, item: &Item) -> Vec<TopicRecord> {
    let topics = item.topics.iter().map(|id| source.portal.topic(*id));
    let record = |topic: &crate::portal::Topic| TopicRecord {
        kind: topic.kind.slug(),
        name: topic.facts.name.clone(),
        url: source.url(&topic.path()),
    };
    topics.map(record).collect()
}

fn basis(source: Source<'_>, item: &Item) -> Vec<BasisRecord> {
    let record = |used: &crate::portal::BasisUse| {
        let (law, written) = (source.portal.law(used.law), &item.facts.basis[used.position]);
        BasisRecord {
            law: source.law(used.law),
            number: law.facts.number.clone(),
            law_kind: Word(law.facts.kind),
            law_status: Word(law.facts.status),
            source_url: law.facts.url.as_ref().map(|url| Url(url.to_string())),
            clause: written.clause.to_string(),
            role: Word(written.role.unwrap_or(BasisRole::Setting)),
            text: used.quote.as_deref().map(prose),
        }
    };
    item.basis.iter().map(record).collect()
}

fn quantity(source: Source<'_>, entry: &QuantityEntry) -> Option<QuantityRecord> {
    let QuantityEntry::Limited(quantity) = entry else { return None };
    Some(QuantityRecord {
        note: prose(&quantity.note),
        basis: source.citations(&quantity.basis),
        published_in: quantity.published_in.clone(),
        published_every: quantity.published_every.clone(),
    })
}

fn question(question: &SituationQuestion) -> QuestionRecord {
    let answers = question.answers.0.iter();
    QuestionRecord {
        id: question.id.to_string(),
        text: prose(&question.text),
        answers: answers.map(|(id, text)| AnswerRecord { id: id.clone(), text: text.clone() }).collect(),
        when: conditions(&question.when),
    }
}

fn materials(source: Source<'_>, item: &Item) -> Vec<MaterialRecord> {
    let MaterialsEntry::List(list) = &item.facts.materials else { return Vec::new() };
    item.materials.iter().map(|one| material(source, item, one, &list[one.position])).collect()
}

fn limits(source: Source<'_>, item: &Item) -> Limits {
    let limits = &item.facts.limits;
    let by_case = limits.by_situation.iter();
    Limits {
        statutory: limits.legal.get().map(Into::into),
        statutory_note: prose_opt(limits.legal_note.as_ref()),
        statutory_basis: limits.legal_basis.as_ref().and_then(|citation| source.citation(citation)),
        promised: limits.promised.get().map(Into::into),
        promised_note: prose_opt(limits.promised_note.as_ref()),
        counted_from: Word(limits.start.unwrap_or(LimitStart::Accepted)),
        acceptance: limits.acceptance.map(Into::into),
        delivery: limits.delivery.map(Into::into),
        by_case: by_case.map(|one| CaseLimit { when: conditions(&one.when), promised: one.promised.into() }).collect(),
    }
}

fn specials(source: Source<'_>, entry: &SpecialEntry) -> Vec<SpecialRecord> {
    let SpecialEntry::List(list) = entry else { return Vec::new() };
    list.iter().map(|one| special(source, one)).collect()
}

fn fees(source: Source<'_>, entry: &FeeEntry) -> Vec<FeeRecord> {
    let FeeEntry::List(list) = entry else { return Vec::new() };
    let nature = |one: &crate::schema::item_handling::Fee| one.nature.unwrap_or(FeeNature::Administrative);
    let pricing = |one: &crate::schema::item_handling::Fee| one.pricing.unwrap_or(Pricing::Fixed);
    list.iter().map(|one| fee(source, one, nature(one), pricing(one))).collect()
}

fn results(source: Source<'_>, item: &Item) -> Vec<ResultRecord> {
    let ResultEntry::List(list) = &item.facts.results else { return Vec::new() };
    list.iter().map(|one| result(source, item, one)).collect()
}

fn deferral(item: &Item) -> Option<Support> {
    Some(match item.facts.deferral.as_ref()? {
        Deferral::Flag(entry) => flag(*entry),
        Deferral::Detail(detail) => support(&detail.note),
    })
}

fn commitment(source: Source<'_>, item: &Item) -> Option<Support> {
    Some(match item.facts.commitment.as_ref()? {
        Commitment::Flag(entry) => flag(*entry),
        Commitment::Detail(detail) => {
            Support { form: source.file(item, detail.form.as_ref()), ..support(&detail.note) }
        }
    })
}

fn appointment(item: &Item) -> Option<Support> {
    Some(match item.facts.appointment.as_ref()? {
        Appointment::Flag(entry) => flag(*entry),
        Appointment::Detail(detail) => Support {
            url: detail.url.as_ref().map(|url| Url(url.to_string())),
            phone: detail.phone.as_ref().map(PhoneRecord::from),
            ..support(&detail.note)
        },
    })
}

fn in_hall(item: &Item) -> Option<Support> {
    Some(match item.facts.in_hall.as_ref()? {
        HallPresence::Flag(entry) => flag(*entry),
        // What is told is why it is not there.
        HallPresence::Detail(detail) => Support { supported: false, ..support(&detail.note) },
    })
}

fn kiosk(item: &Item) -> Option<Support> {
    Some(match item.facts.kiosk.as_ref()? {
        Kiosk::Flag(entry) => flag(*entry),
        Kiosk::Detail(detail) => support(&detail.note),
    })
}

fn agency(item: &Item) -> Option<Support> {
    Some(match item.facts.agency.as_ref()? {
        Agency::Flag(entry) => flag(*entry),
        Agency::Detail(detail) => support(&detail.note),
    })
}

fn review(item: &Item) -> Option<RemedyRecord> {
    let review = item.review.as_ref()?;
    Some(RemedyRecord {
        body: review.authority.clone(),
        address: review.address.clone(),
        phone: review.phone.as_ref().map(PhoneRecord::from),
        url: review.url.as_ref().map(|url| Url(url.to_string())),
    })
}

fn litigation(item: &Item) -> Option<RemedyRecord> {
    let litigation = item.litigation.as_ref()?;
    Some(RemedyRecord {
        body: litigation.court.clone(),
        address: litigation.address.clone(),
        phone: litigation.phone.as_ref().map(PhoneRecord::from),
        url: None,
    })
}

fn intermediaries(source: Source<'_>, item: &Item) -> Option<Vec<IntermediaryRecord>> {
    Some(match item.facts.intermediaries.as_ref()? {
        IntermediaryEntry::None(_) => Vec::new(),
        IntermediaryEntry::Some(list) => list.iter().map(|one| intermediary(source, one)).collect(),
    })
}

fn express(item: &Item) -> Option<ExpressRecord> {
    Some(match item.facts.express.as_ref()? {
        ExpressEntry::Flag(Flag(both)) => {
            ExpressRecord { materials: *both, results: *both, payer: None, address: None }
        }
        ExpressEntry::Detail(detail) => ExpressRecord {
            materials: detail.materials.0,
            results: detail.results.0,
            payer: Some(detail.payer.clone()),
            address: detail.address.clone(),
        },
    })
}

fn online(item: &Item) -> Option<OnlineRecord> {
    let online = item.facts.online.as_ref()?;
    Some(OnlineRecord {
        url: online.url.told().map(|url| Url(url.to_string())),
        mobile_url: online.mobile_url.as_ref().map(|url| Url(url.to_string())),
        depth: online.depth.get().map(Word),
        steps: texts(&online.steps),
        note: prose_opt(online.note.as_ref()),
    })
}

fn place(source: Source<'_>, used: &PlaceUse) -> PlaceUseRecord {
    let place = source.portal.place(used.place);
    PlaceUseRecord {
        place: source.place(used.place),
        address: place.facts.address.clone(),
        window: used.window.clone(),
        hours: used.hours.iter().map(Hours::from).collect(),
        holidays: prose_opt(place.facts.holidays.told()),
        phone: used.phone.as_ref().map(PhoneRecord::from),
        note: used.note.as_deref().map(prose),
    }
}

fn consult(source: Source<'_>, item: &Item) -> ContactRecord {
    let entries = source.portal.site.entries.as_ref();
    ContactRecord {
        phones: item.consult_phones.iter().map(PhoneRecord::from).collect(),
        url: entries.and_then(|entries| entries.consult.as_ref()).map(|url| Url(url.to_string())),
        address: source.portal.department(item.department).facts.address.clone(),
    }
}

fn complaint(source: Source<'_>, item: &Item) -> ContactRecord {
    let entries = source.portal.site.entries.as_ref();
    ContactRecord {
        phones: item.complaint_phones.iter().map(PhoneRecord::from).collect(),
        url: entries.and_then(|entries| entries.complain.as_ref()).map(|url| Url(url.to_string())),
        address: None,
    }
}

fn inspection(source: Source<'_>, item: &Item) -> Option<InspectionRecord> {
    let Some(InspectionEntry::Some(one)) = &item.facts.inspection else { return None };
    Some(InspectionRecord {
        cycle: one.cycle.into(),
        materials: prose(&one.materials),
        fee: one.fee.clone(),
        note: prose_opt(one.note.as_ref()),
        basis: source.citations(&one.basis),
    })
}

fn annual_report(source: Source<'_>, item: &Item) -> Option<AnnualReport> {
    let Some(ReportEntry::Some(one)) = &item.facts.report else { return None };
    Some(AnnualReport { when: one.when.clone(), note: prose(&one.note), basis: source.citations(&one.basis) })
}

/// The change records up to the day of the build, the newest first.
fn changes(portal: &Portal, item: &Item) -> Vec<ChangeRecord> {
    let past = item.facts.changes.iter().filter(|change| change.date.date() <= portal.as_of);
    past.map(|change| ChangeRecord { date: DayText(change.date.date()), text: prose(&change.text) }).collect()
}
