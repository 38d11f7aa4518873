//! An item as the European vocabulary of public services describes it: CPSV-AP 3.2.0, as JSON-LD whose context
//! stands in the file.
//!
//! What the vocabulary has no word for is told in properties of our own (`zw:`), which the page `/data/` explains.

use crate::model::terms::{BasisRole, LawStatus, Term};
use crate::model::value::is_for_others;
use crate::opendata::item::Source;
use crate::opendata::json::{Json, json, object};
use crate::opendata::parts::yuan;
use crate::opendata::structured::{duration, limit, own_namespace};
use crate::portal::{DepartmentId, Item, ItemId, ItemStatus, LawId, Portal, paths};
use crate::schema::item_handling::{FeeEntry, ResultEntry, SpecialEntry};
use crate::schema::item_material::MaterialsEntry;
use crate::wording::{fee_standard, prose, prose_opt};

const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/ZHO";
const CURRENCY: &str = "http://publications.europa.eu/resource/authority/currency/CNY";

/// The item as a `cpsv:PublicService`.
pub(super) fn service(portal: &Portal, id: ItemId) -> Json<'_> {
    let from = Source { portal };
    let item = portal.item(id);
    let writer = Writer { from, item, url: portal.absolute_url(&item.path()) };
    let mut file = vec![("@context", context(&from))];
    file.extend(writer.service());
    object(file)
}

fn context(from: &Source<'_>) -> Json<'static> {
    let language = from.language();
    let text = |id: &'static str| object([("@id", json(id)), ("@language", json(language.clone()))]);
    object([
        ("cpsv", json("http://purl.org/vocab/cpsv#")),
        ("cv", json("http://data.europa.eu/m8g/")),
        ("dct", json("http://purl.org/dc/terms/")),
        ("dcat", json("http://www.w3.org/ns/dcat#")),
        ("adms", json("http://www.w3.org/ns/adms#")),
        ("eli", json("http://data.europa.eu/eli/ontology#")),
        ("foaf", json("http://xmlns.com/foaf/0.1/")),
        ("locn", json("http://www.w3.org/ns/locn#")),
        ("org", json("http://www.w3.org/ns/org#")),
        ("skos", json("http://www.w3.org/2004/02/skos/core#")),
        ("time", json("http://www.w3.org/2006/time#")),
        ("xsd", json("http://www.w3.org/2001/XMLSchema#")),
        ("zw", json(own_namespace(from.portal))),
        ("identifier", json("dct:identifier")),
        ("title", text("dct:title")),
        ("description", text("dct:description")),
        ("prefLabel", text("skos:prefLabel")),
        ("keyword", text("dcat:keyword")),
        ("fullAddress", text("locn:fullAddress")),
        ("processingTime", object([("@id", json("cv:processingTime")), ("@type", json("xsd:duration"))])),
        ("hasValue", object([("@id", json("cv:hasValue")), ("@type", json("xsd:double"))])),
        ("modified", object([("@id", json("dct:modified")), ("@type", json("xsd:date"))])),
    ])
}

fn concept(name: &str) -> Json<'_> {
    object([("@type", json("skos:Concept")), ("prefLabel", json(name))])
}

fn document<'a>(url: impl Into<Json<'a>>) -> Json<'a> {
    object([("@id", json(url)), ("@type", json("foaf:Document"))])
}

fn language() -> Json<'static> {
    object([("@id", json(LANGUAGE)), ("@type", json("dct:LinguisticSystem"))])
}

struct Writer<'a> {
    from: Source<'a>,
    item: &'a Item,
    url: String,
}

impl<'a> Writer<'a> {
    /// The address of a part of the service.
    fn part(&self, name: &str) -> String {
        format!("{}#{name}", self.url)
    }

    /// What every part with a title has.
    fn titled(
        &self,
        kind: impl Into<Json<'a>>,
        id: String,
        title: impl Into<Json<'a>>,
    ) -> Vec<(&'static str, Json<'a>)> {
        vec![("@id", json(self.part(&id))), ("@type", json(kind)), ("identifier", json(id)), ("title", json(title))]
    }

    fn service(&self) -> Vec<(&'static str, Json<'a>)> {
        let (item, portal) = (self.item, self.from.portal);
        let facts = &item.facts;
        let topics: Vec<Json<'a>> = item.topics.iter().map(|id| concept(&portal.topic(*id).facts.name)).collect();
        let applicants: Vec<Json<'a>> = facts.applicants.iter().map(|one| concept(one.name())).collect();
        let mut classes = vec![concept(facts.item_type.name())];
        classes.extend(facts.handling_type.get().map(|kind| concept(kind.name())));
        let identifier = item.code().unwrap_or_else(|| item.slug.clone());
        let promised = facts.limits.promised.get();
        vec![
            ("@id", json(self.part("service"))),
            ("@type", json("cpsv:PublicService")),
            ("identifier", json(identifier)),
            ("title", json(&facts.name)),
            ("description", json(self.description(item))),
            ("cv:hasCompetentAuthority", self.authority(item.department)),
            ("dct:language", language()),
            ("dct:audience", json(applicants)),
            ("dct:spatial", object([("@type", json("dct:Location")), ("prefLabel", json(&portal.site.area))])),
            ("cv:isClassifiedBy", json(classes)),
            ("cv:thematicArea", json(topics)),
            ("adms:status", concept(status(item))),
            ("keyword", json(&facts.aliases)),
            ("processingTime", json(promised.and_then(duration))),
            ("cv:contactPoint", json([self.contact()])),
            ("cv:hasChannel", json(self.channels())),
            ("cv:hasCost", json(self.costs())),
            ("cpsv:hasInput", json(self.inputs())),
            ("cv:hasLegalResource", json(self.laws())),
            ("cpsv:follows", json(self.rules())),
            ("cv:holdsRequirement", json(self.requirements())),
            ("cpsv:produces", json(self.outputs())),
            ("cv:isGroupedBy", json(self.events())),
            ("cv:relatedService", json(self.related())),
            ("dct:isPartOf", self.dataset()),
            ("foaf:page", document(self.url.clone())),
            ("modified", json(facts.updated.to_string())),
            ("zw:statutoryLimit", limit(facts.limits.legal.get())),
            ("zw:promisedLimit", limit(promised)),
            ("zw:visits", json(facts.visits.get().map(|visits| u64::from(visits.count())))),
            ("zw:onlineDepth", json(facts.online.as_ref().and_then(|one| one.depth.get()).map(Term::name))),
            ("zw:coverage", json(facts.coverage.map(Term::name))),
            ("zw:powerSource", json(facts.power_source.map(Term::name))),
        ]
    }

    fn description(&self, item: &Item) -> String {
        prose_opt(item.facts.scope.told()).unwrap_or_else(|| item.facts.name.clone())
    }

    fn authority(&self, id: DepartmentId) -> Json<'a> {
        let portal = self.from.portal;
        let department = portal.department(id);
        let url = portal.absolute_url(&department.path());
        object([
            ("@id", json(format!("{url}#organisation"))),
            ("@type", json(["cv:PublicOrganisation", "org:Organization"])),
            ("identifier", json(department.facts.credit_code.told().map(ToString::to_string))),
            ("prefLabel", json(&department.facts.name)),
            ("dct:spatial", object([("@type", json("dct:Location")), ("prefLabel", json(&portal.site.area))])),
        ])
    }

    fn contact(&self) -> Json<'a> {
        let entries = self.from.portal.site.entries.as_ref();
        let phones: Vec<String> = self.item.consult_phones.iter().map(ToString::to_string).collect();
        let page = entries.and_then(|entries| entries.consult.as_ref()).map(|url| document(url.as_str()));
        object([
            ("@id", json(self.part("contact"))),
            ("@type", json("cv:ContactPoint")),
            ("cv:telephone", json(phones)),
            ("cv:contactPage", json(page)),
        ])
    }

    fn channels(&self) -> Vec<Json<'a>> {
        let item = self.item;
        let places = item.places.iter().enumerate().map(|(n, used)| {
            let facts = &self.from.portal.place(used.place).facts;
            let hours =
                used.hours.iter().filter(|line| !is_for_others(line, self.from.portal.asked_window(used))).map(
                    |line| object([("@type", json("time:TemporalEntity")), ("description", json(line.to_string()))]),
                );
            let window = used.window.as_ref().map(|window| format!("（{window}）")).unwrap_or_default();
            object([
                ("@id", json(self.part(&format!("place-{}", n + 1)))),
                ("@type", json("cv:Channel")),
                ("identifier", json(format!("place-{}", n + 1))),
                ("dct:type", concept("窗口办理")),
                ("description", json(format!("{}{window}", facts.name))),
                ("cv:openingHours", json(hours.collect::<Vec<_>>())),
                ("locn:address", object([("@type", json("locn:Address")), ("fullAddress", json(&facts.address))])),
            ])
        });
        let mut channels: Vec<Json<'a>> = places.collect();
        if let Some(online) = &item.facts.online {
            for (id, name, url) in
                [("web", "电脑端网上办理", online.url.told()), ("mobile", "移动端网上办理", online.mobile_url.as_ref())]
            {
                let Some(url) = url else { continue };
                channels.push(object([
                    ("@id", json(self.part(id))),
                    ("@type", json("cv:Channel")),
                    ("identifier", json(id)),
                    ("dct:type", concept(name)),
                    ("description", json(name)),
                    ("foaf:page", document(url.as_str())),
                ]));
            }
        }
        channels
    }

    fn costs(&self) -> Vec<Json<'a>> {
        let FeeEntry::List(list) = &self.item.facts.fees else { return Vec::new() };
        let costs = list.iter().enumerate().map(|(n, fee)| {
            let id = format!("cost-{}", n + 1);
            object([
                ("@id", json(self.part(&id))),
                ("@type", json("cv:Cost")),
                ("identifier", json(id)),
                ("description", json(format!("{}：{}", fee.name, fee_standard(fee)))),
                ("hasValue", json(fee.amount.map(|amount| yuan(amount.fen())))),
                ("cv:currency", object([("@id", json(CURRENCY)), ("@type", json("skos:Concept"))])),
                ("cv:isDefinedBy", self.authority(self.item.department)),
            ])
        });
        costs.collect()
    }

    fn inputs(&self) -> Vec<Json<'a>> {
        let item = self.item;
        let MaterialsEntry::List(written) = &item.facts.materials else { return Vec::new() };
        let inputs = item.materials.iter().map(|material| {
            let one = &written[material.position];
            let copies = one.copies.told().map(ToString::to_string);
            let conditions = [copies, material.facts.issuer.as_ref().map(|issuer| format!("{issuer}出具"))];
            let words: Vec<String> =
                conditions.into_iter().flatten().chain(prose_opt(one.needed_when.as_ref())).collect();
            let forms = [one.blank_form.as_ref(), one.sample_form.as_ref()].into_iter();
            let pages = forms.filter_map(|form| self.from.file(item, form)).map(|file| document(file.url.0));
            let mut pairs = self.titled("cv:Evidence", format!("material-{}", one.id), &material.facts.name);
            pairs.extend([
                ("description", json((!words.is_empty()).then(|| words.join("；")))),
                ("dct:type", json(material.facts.kind.map(|kind| concept(kind.name())))),
                ("dct:language", language()),
                ("foaf:page", json(pages.collect::<Vec<_>>())),
            ]);
            object(pairs)
        });
        inputs.collect()
    }

    fn law(&self, id: LawId) -> Json<'a> {
        let law = self.from.portal.law(id);
        let status = match law.facts.status {
            LawStatus::InForce => None,
            other => Some(other.name()),
        };
        object([
            ("@id", json(self.from.law(id).url.0)),
            ("@type", json("eli:LegalResource")),
            ("identifier", json(law.facts.number.as_ref())),
            ("title", json(&law.facts.name)),
            ("zw:lawStatus", json(status)),
        ])
    }

    fn laws(&self) -> Vec<Json<'a>> {
        let mut seen: Vec<LawId> = self.item.basis.iter().map(|used| used.law).collect();
        seen.sort();
        seen.dedup();
        seen.into_iter().map(|id| self.law(id)).collect()
    }

    /// The clauses, the steps and the special procedures: what the service follows.
    fn rules(&self) -> Vec<Json<'a>> {
        let facts = &self.item.facts;
        let mut rules = Vec::new();
        for (n, used) in self.item.basis.iter().enumerate() {
            let written = &facts.basis[used.position];
            let title = format!("《{}》{}", self.from.portal.law(used.law).facts.name, written.clause);
            let role = written.role.unwrap_or(BasisRole::Setting);
            let text = used.quote.as_deref().map_or_else(|| role.name().to_owned(), prose);
            let mut pairs = self.titled("cpsv:Rule", format!("basis-{}", n + 1), title);
            pairs.extend([
                ("description", json(text)),
                ("dct:type", concept(role.name())),
                ("cpsv:implements", object([("@id", json(self.from.law(used.law).url.0))])),
            ]);
            rules.push(object(pairs));
        }
        for (n, step) in facts.steps.iter().enumerate() {
            let text = prose_opt(step.content.as_ref()).unwrap_or_default();
            let words = format!("{}，{}。{text}", step.actor, step.limit);
            rules.push(self.rule(format!("step-{}", n + 1), &step.name, words, "办理环节"));
        }
        if let SpecialEntry::List(list) = &facts.special {
            for (n, one) in list.iter().enumerate() {
                let words = format!("{}，{}", one.limit, prose(&one.note));
                rules.push(self.rule(format!("special-{}", n + 1), one.kind.name(), words, "特别程序"));
            }
        }
        rules
    }

    fn rule(&self, id: String, title: &'a str, words: String, kind: &'static str) -> Json<'a> {
        let mut pairs = self.titled("cpsv:Rule", id, title);
        pairs.extend([("description", json(words)), ("dct:type", concept(kind))]);
        object(pairs)
    }

    fn requirements(&self) -> Vec<Json<'a>> {
        let facts = &self.item.facts;
        let of = |class: &str, name: &str, n: usize, text: &str| {
            let kinds = json([json(format!("cv:{class}")), json("cv:Requirement")]);
            object(self.titled(kinds, format!("{name}-{}", n + 1), prose(text)))
        };
        let conditions = facts.conditions.iter().enumerate().map(|(n, text)| of("Criterion", "condition", n, text));
        let others = facts.prohibitions.iter().enumerate().map(|(n, text)| of("Constraint", "prohibition", n, text));
        conditions.chain(others).collect()
    }

    fn outputs(&self) -> Vec<Json<'a>> {
        let ResultEntry::List(list) = &self.item.facts.results else { return Vec::new() };
        let outputs = list.iter().enumerate().map(|(n, result)| {
            let mut words = Vec::new();
            words.extend(result.valid_for.map(|period| format!("有效期{period}")));
            words.extend(result.valid_in.as_ref().map(|area| format!("有效地域：{area}")));
            words.extend(prose_opt(result.note.as_ref()));
            let mut pairs = self.titled("cv:Output", format!("result-{}", n + 1), &result.name);
            pairs.extend([
                ("description", json((!words.is_empty()).then(|| words.join("；")))),
                ("dct:type", concept(result.kind.name())),
                ("dct:language", language()),
            ]);
            object(pairs)
        });
        outputs.collect()
    }

    fn events(&self) -> Vec<Json<'a>> {
        let portal = self.from.portal;
        let bundles = self.item.bundles.iter().map(|id| &portal.bundles[id.index()]);
        let events = bundles.map(|bundle| {
            let kind = if bundle.facts.audience.contains("个人") { "cv:LifeEvent" } else { "cv:BusinessEvent" };
            object([
                ("@id", json(portal.absolute_url(&format!("{}#event", bundle.path())))),
                ("@type", json([kind, "cv:Event"])),
                ("identifier", json(&bundle.slug)),
                ("title", json(&bundle.facts.name)),
            ])
        });
        events.collect()
    }

    fn related(&self) -> Vec<Json<'a>> {
        let portal = self.from.portal;
        let related = self.item.related.iter().map(|id| {
            let other = portal.item(*id);
            object([
                ("@id", json(portal.absolute_url(&format!("{}#service", other.path())))),
                ("@type", json("cpsv:PublicService")),
                ("identifier", json(other.code().unwrap_or_else(|| other.slug.clone()))),
                ("title", json(&other.facts.name)),
                ("description", json(self.description(other))),
                ("cv:hasCompetentAuthority", self.authority(other.department)),
            ])
        });
        related.collect()
    }

    fn dataset(&self) -> Json<'a> {
        let site = &self.from.portal.site;
        let licence = site.licence.as_ref().and_then(|licence| licence.url.as_ref());
        object([
            ("@id", json(self.from.portal.absolute_url(&format!("{}#dataset", paths::DATA)))),
            ("@type", json("dcat:Dataset")),
            ("title", json(format!("{}的开放数据", site.name))),
            ("description", json(format!("{}全部办事指南的开放数据。", site.area))),
            (
                "dct:publisher",
                object([
                    ("@id", json(self.from.portal.absolute_url("/#publisher"))),
                    ("@type", json("foaf:Agent")),
                    ("identifier", json(site.url.to_string())),
                    ("title", json(&site.sponsor)),
                ]),
            ),
            ("dct:license", json(licence.map(|url| object([("@id", json(url.to_string()))])))),
        ])
    }
}

fn status(item: &Item) -> &'static str {
    match item.status {
        ItemStatus::Active | ItemStatus::Ending(_) => "在用",
        ItemStatus::Paused => "暂停",
        ItemStatus::Cancelled => "取消",
        ItemStatus::Coming(_) | ItemStatus::Draft => "未公开",
    }
}
