//! An item as the European vocabulary of public services describes it: CPSV-AP 3.2.0, as JSON-LD whose context
//! stands in the file.
//!
//! What the vocabulary has no word for is told in properties of our own (`zw:`), which the page `/data/` explains.

use serde_json::{Value, json};

use crate::model::terms::{BasisRole, LawStatus, Term};
use crate::opendata::item::Source;
use crate::opendata::parts::yuan;
use crate::opendata::structured::{duration, limit, object, own_namespace};
use crate::portal::{DepartmentId, Item, ItemId, ItemStatus, LawId, Portal};
use crate::schema::item_handling::{FeeEntry, ResultEntry, SpecialEntry};
use crate::schema::item_material::MaterialsEntry;
use crate::wording::{fee_standard, prose, prose_opt};

const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/ZHO";
const CURRENCY: &str = "http://publications.europa.eu/resource/authority/currency/CNY";

/// The item as a `cpsv:PublicService`.
pub(super) fn service(portal: &Portal, id: ItemId) -> Value {
    let from = Source { portal };
    let item = portal.item(id);
    let writer = Writer { from, item, url: portal.absolute_url(&item.path()) };
    let service = writer.service();
    let mut file = json!({ "@context": context(&from) });
    if let (Value::Object(file), Value::Object(service)) = (&mut file, service) {
        file.extend(service);
    }
    file
}

fn context(from: &Source<'_>) -> Value {
    let language = from.language();
    let text = |id: &str| json!({ "@id": id, "@language": language });
    json!({
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dct": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "adms": "http://www.w3.org/ns/adms#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "locn": "http://www.w3.org/ns/locn#",
        "org": "http://www.w3.org/ns/org#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "zw": own_namespace(from.portal),
        "identifier": "dct:identifier",
        "title": text("dct:title"),
        "description": text("dct:description"),
        "prefLabel": text("skos:prefLabel"),
        "keyword": text("dcat:keyword"),
        "fullAddress": text("locn:fullAddress"),
        "processingTime": { "@id": "cv:processingTime", "@type": "xsd:duration" },
        "hasValue": { "@id": "cv:hasValue", "@type": "xsd:double" },
        "modified": { "@id": "dct:modified", "@type": "xsd:date" },
    })
}

fn concept(name: &str) -> Value {
    json!({ "@type": "skos:Concept", "prefLabel": name })
}

fn document(url: &str) -> Value {
    json!({ "@id": url, "@type": "foaf:Document" })
}

fn language() -> Value {
    json!({ "@id": LANGUAGE, "@type": "dct:LinguisticSystem" })
}

struct Writer<'a> {
    from: Source<'a>,
    item: &'a Item,
    url: String,
}

impl Writer<'_> {
    /// The address of a part of the service.
    fn part(&self, name: &str) -> String {
        format!("{}#{name}", self.url)
    }

    /// What every part with a title has.
    fn titled(&self, kind: Value, id: &str, title: &str) -> Vec<(&'static str, Value)> {
        vec![("@id", json!(self.part(id))), ("@type", kind), ("identifier", json!(id)), ("title", json!(title))]
    }

    fn service(&self) -> Value {
        let (item, portal) = (self.item, self.from.portal);
        let facts = &item.facts;
        let names = |terms: &[String]| terms.iter().map(|name| concept(name)).collect::<Vec<_>>();
        let topics: Vec<String> = item.topics.iter().map(|id| portal.topic(*id).facts.name.clone()).collect();
        let applicants: Vec<Value> = facts.applicants.iter().map(|one| concept(one.name())).collect();
        let mut classes = vec![concept(facts.item_type.name())];
        classes.extend(facts.handling_type.get().map(|kind| concept(kind.name())));
        let identifier = item.code().unwrap_or_else(|| item.slug.clone());
        let promised = facts.limits.promised.get();
        object(vec![
            ("@id", json!(self.part("service"))),
            ("@type", json!("cpsv:PublicService")),
            ("identifier", json!(identifier)),
            ("title", json!(facts.name)),
            ("description", json!(self.description(item))),
            ("cv:hasCompetentAuthority", self.authority(item.department)),
            ("dct:language", language()),
            ("dct:audience", json!(applicants)),
            ("dct:spatial", json!({ "@type": "dct:Location", "prefLabel": portal.site.area })),
            ("cv:isClassifiedBy", json!(classes)),
            ("cv:thematicArea", json!(names(&topics))),
            ("adms:status", concept(status(item))),
            ("keyword", json!(facts.aliases)),
            ("processingTime", json!(promised.and_then(duration))),
            ("cv:contactPoint", json!([self.contact()])),
            ("cv:hasChannel", json!(self.channels())),
            ("cv:hasCost", json!(self.costs())),
            ("cpsv:hasInput", json!(self.inputs())),
            ("cv:hasLegalResource", json!(self.laws())),
            ("cpsv:follows", json!(self.rules())),
            ("cv:holdsRequirement", json!(self.requirements())),
            ("cpsv:produces", json!(self.outputs())),
            ("cv:isGroupedBy", json!(self.events())),
            ("cv:relatedService", json!(self.related())),
            ("dct:isPartOf", self.dataset()),
            ("foaf:page", document(&self.url)),
            ("modified", json!(facts.updated.to_string())),
            ("zw:statutoryLimit", limit(facts.limits.legal.get())),
            ("zw:promisedLimit", limit(promised)),
            ("zw:visits", json!(facts.visits.get().map(|visits| visits.count()))),
            ("zw:onlineDepth", json!(facts.online.as_ref().and_then(|one| one.depth.get()).map(Term::name))),
            ("zw:coverage", json!(facts.coverage.map(Term::name))),
            ("zw:powerSource", json!(facts.power_source.map(Term::name))),
        ])
    }

    fn description(&self, item: &Item) -> String {
        prose_opt(item.facts.scope.told()).unwrap_or_else(|| item.facts.name.clone())
    }

    fn authority(&self, id: DepartmentId) -> Value {
        let portal = self.from.portal;
        let department = portal.department(id);
        let url = portal.absolute_url(&format!("/departments/{}/", department.id));
        object(vec![
            ("@id", json!(format!("{url}#organisation"))),
            ("@type", json!(["cv:PublicOrganisation", "org:Organization"])),
            ("identifier", json!(department.facts.credit_code.told().map(ToString::to_string))),
            ("prefLabel", json!(department.facts.name)),
            ("dct:spatial", json!({ "@type": "dct:Location", "prefLabel": portal.site.area })),
        ])
    }

    fn contact(&self) -> Value {
        let entries = self.from.portal.site.entries.as_ref();
        let phones: Vec<String> = self.item.consult_phones.iter().map(ToString::to_string).collect();
        let page = entries.and_then(|entries| entries.consult.as_ref()).map(|url| document(url.as_str()));
        object(vec![
            ("@id", json!(self.part("contact"))),
            ("@type", json!("cv:ContactPoint")),
            ("cv:telephone", json!(phones)),
            ("cv:contactPage", json!(page)),
        ])
    }

    fn channels(&self) -> Vec<Value> {
        let item = self.item;
        let places = item.places.iter().enumerate().map(|(n, used)| {
            let facts = &self.from.portal.place(used.place).facts;
            let hours = used
                .hours
                .iter()
                .map(|line| json!({ "@type": "time:TemporalEntity", "description": line.to_string() }));
            let window = used.window.as_ref().map(|window| format!("（{window}）")).unwrap_or_default();
            object(vec![
                ("@id", json!(self.part(&format!("place-{}", n + 1)))),
                ("@type", json!("cv:Channel")),
                ("identifier", json!(format!("place-{}", n + 1))),
                ("dct:type", concept("窗口办理")),
                ("description", json!(format!("{}{window}", facts.name))),
                ("cv:openingHours", json!(hours.collect::<Vec<_>>())),
                ("locn:address", json!({ "@type": "locn:Address", "fullAddress": facts.address })),
            ])
        });
        let mut channels: Vec<Value> = places.collect();
        if let Some(online) = &item.facts.online {
            for (id, name, url) in
                [("web", "电脑端网上办理", online.url.told()), ("mobile", "移动端网上办理", online.mobile_url.as_ref())]
            {
                let Some(url) = url else { continue };
                channels.push(json!({
                    "@id": self.part(id),
                    "@type": "cv:Channel",
                    "identifier": id,
                    "dct:type": concept(name),
                    "description": name,
                    "foaf:page": document(url.as_str()),
                }));
            }
        }
        channels
    }

    fn costs(&self) -> Vec<Value> {
        let FeeEntry::List(list) = &self.item.facts.fees else { return Vec::new() };
        let costs = list.iter().enumerate().map(|(n, fee)| {
            let id = format!("cost-{}", n + 1);
            object(vec![
                ("@id", json!(self.part(&id))),
                ("@type", json!("cv:Cost")),
                ("identifier", json!(id)),
                ("description", json!(format!("{}：{}", fee.name, fee_standard(fee)))),
                ("hasValue", json!(fee.amount.map(|amount| yuan(amount.fen())))),
                ("cv:currency", json!({ "@id": CURRENCY, "@type": "skos:Concept" })),
                ("cv:isDefinedBy", self.authority(self.item.department)),
            ])
        });
        costs.collect()
    }

    fn inputs(&self) -> Vec<Value> {
        let item = self.item;
        let MaterialsEntry::List(written) = &item.facts.materials else { return Vec::new() };
        let inputs = item.materials.iter().map(|material| {
            let one = &written[material.position];
            let copies = one.copies.told().map(ToString::to_string);
            let conditions = [copies, material.facts.issuer.as_ref().map(|issuer| format!("{issuer}出具"))];
            let words: Vec<String> =
                conditions.into_iter().flatten().chain(prose_opt(one.needed_when.as_ref())).collect();
            let forms = [one.blank_form.as_ref(), one.sample_form.as_ref()].into_iter();
            let pages = forms.filter_map(|form| self.from.file(item, form)).map(|file| document(&file.url.0));
            let mut pairs = self.titled(json!("cv:Evidence"), &format!("material-{}", one.id), &material.facts.name);
            pairs.extend([
                ("description", json!((!words.is_empty()).then(|| words.join("；")))),
                ("dct:type", json!(material.facts.kind.map(|kind| concept(kind.name())))),
                ("dct:language", language()),
                ("foaf:page", json!(pages.collect::<Vec<_>>())),
            ]);
            object(pairs)
        });
        inputs.collect()
    }

    fn law(&self, id: LawId) -> Value {
        let law = self.from.portal.law(id);
        let status = match law.facts.status {
            LawStatus::InForce => None,
            other => Some(other.name()),
        };
        object(vec![
            ("@id", json!(self.from.law(id).url)),
            ("@type", json!("eli:LegalResource")),
            ("identifier", json!(law.facts.number)),
            ("title", json!(law.facts.name)),
            ("zw:lawStatus", json!(status)),
        ])
    }

    fn laws(&self) -> Vec<Value> {
        let mut seen: Vec<LawId> = self.item.basis.iter().map(|used| used.law).collect();
        seen.sort();
        seen.dedup();
        seen.into_iter().map(|id| self.law(id)).collect()
    }

    /// The clauses, the steps and the special procedures: what the service follows.
    fn rules(&self) -> Vec<Value> {
        let facts = &self.item.facts;
        let mut rules = Vec::new();
        for (n, used) in self.item.basis.iter().enumerate() {
            let written = &facts.basis[used.position];
            let title = format!("《{}》{}", self.from.portal.law(used.law).facts.name, written.clause);
            let role = written.role.unwrap_or(BasisRole::Setting);
            let text = used.quote.as_deref().map_or_else(|| role.name().to_owned(), prose);
            let mut pairs = self.titled(json!("cpsv:Rule"), &format!("basis-{}", n + 1), &title);
            pairs.extend([
                ("description", json!(text)),
                ("dct:type", concept(role.name())),
                ("cpsv:implements", json!({ "@id": self.from.law(used.law).url })),
            ]);
            rules.push(object(pairs));
        }
        for (n, step) in facts.steps.iter().enumerate() {
            let text = prose_opt(step.content.as_ref()).unwrap_or_default();
            let words = format!("{}，{}。{text}", step.actor, step.limit);
            rules.push(self.rule(&format!("step-{}", n + 1), &step.name, &words, "办理环节"));
        }
        if let SpecialEntry::List(list) = &facts.special {
            for (n, one) in list.iter().enumerate() {
                let words = format!("{}，{}", one.limit, prose(&one.note));
                rules.push(self.rule(&format!("special-{}", n + 1), one.kind.name(), &words, "特别程序"));
            }
        }
        rules
    }

    fn rule(&self, id: &str, title: &str, words: &str, kind: &str) -> Value {
        let mut pairs = self.titled(json!("cpsv:Rule"), id, title);
        pairs.extend([("description", json!(words)), ("dct:type", concept(kind))]);
        object(pairs)
    }

    fn requirements(&self) -> Vec<Value> {
        let facts = &self.item.facts;
        let of = |class: &str, name: &str, n: usize, text: &str| {
            let kinds = json!([format!("cv:{class}"), "cv:Requirement"]);
            object(self.titled(kinds, &format!("{name}-{}", n + 1), &prose(text)))
        };
        let conditions = facts.conditions.iter().enumerate().map(|(n, text)| of("Criterion", "condition", n, text));
        let others = facts.prohibitions.iter().enumerate().map(|(n, text)| of("Constraint", "prohibition", n, text));
        conditions.chain(others).collect()
    }

    fn outputs(&self) -> Vec<Value> {
        let ResultEntry::List(list) = &self.item.facts.results else { return Vec::new() };
        let outputs = list.iter().enumerate().map(|(n, result)| {
            let mut words = Vec::new();
            words.extend(result.valid_for.map(|period| format!("有效期{period}")));
            words.extend(result.valid_in.as_ref().map(|area| format!("有效地域：{area}")));
            words.extend(prose_opt(result.note.as_ref()));
            let mut pairs = self.titled(json!("cv:Output"), &format!("result-{}", n + 1), &result.name);
            pairs.extend([
                ("description", json!((!words.is_empty()).then(|| words.join("；")))),
                ("dct:type", concept(result.kind.name())),
                ("dct:language", language()),
            ]);
            object(pairs)
        });
        outputs.collect()
    }

    fn events(&self) -> Vec<Value> {
        let portal = self.from.portal;
        let bundles = self.item.bundles.iter().map(|id| &portal.bundles[id.index()]);
        let events = bundles.map(|bundle| {
            let kind = if bundle.facts.audience.contains("个人") { "cv:LifeEvent" } else { "cv:BusinessEvent" };
            json!({
                "@id": portal.absolute_url(&format!("/bundles/{}/#event", bundle.slug)),
                "@type": [kind, "cv:Event"],
                "identifier": bundle.slug,
                "title": bundle.facts.name,
            })
        });
        events.collect()
    }

    fn related(&self) -> Vec<Value> {
        let portal = self.from.portal;
        let related = self.item.related.iter().map(|id| {
            let other = portal.item(*id);
            json!({
                "@id": portal.absolute_url(&format!("{}#service", other.path())),
                "@type": "cpsv:PublicService",
                "identifier": other.code().unwrap_or_else(|| other.slug.clone()),
                "title": other.facts.name,
                "description": self.description(other),
                "cv:hasCompetentAuthority": self.authority(other.department),
            })
        });
        related.collect()
    }

    fn dataset(&self) -> Value {
        let site = &self.from.portal.site;
        let licence = site.licence.as_ref().and_then(|licence| licence.url.as_ref());
        object(vec![
            ("@id", json!(self.from.portal.absolute_url("/data/#dataset"))),
            ("@type", json!("dcat:Dataset")),
            ("title", json!(format!("{}的开放数据", site.name))),
            ("description", json!(format!("{}全部办事指南的开放数据。", site.area))),
            (
                "dct:publisher",
                json!({
                    "@id": self.from.portal.absolute_url("/#publisher"),
                    "@type": "foaf:Agent",
                    "identifier": site.url.to_string(),
                    "title": site.sponsor,
                }),
            ),
            ("dct:license", json!(licence.map(|url| json!({ "@id": url.to_string() })))),
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
