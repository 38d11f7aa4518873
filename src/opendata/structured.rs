//! The data block of an item page: the item as schema.org describes government services.
//!
//! Search engines and assistants read it. It holds the core; `index.json` holds everything.
//! schema.org knows no working days: an ISO 8601 duration stands only where every day counts, and the
//! limit itself is told in a property of our own.

use crate::check::together::Promise;
use crate::model::terms::{Channel, ResultKind, Term};
use crate::model::value::{LimitUnit, Period, TimeLimit, is_for_others};
use crate::opendata::item::Source;
use crate::opendata::json::{Json, json, object};
use crate::opendata::parts::{Limit, clock, yuan};
use crate::plan::Page;
use crate::portal::{Item, ItemId, PlaceUse, Portal, paths};
use crate::schema::item_handling::{ApprovalResult, FeeEntry, ResultEntry};
use crate::schema::item_material::MaterialsEntry;
use crate::wording::{fee_standard, prose, prose_opt};

/// The data block of a page, safe inside `<script>`; only items have one.
pub fn page_data(portal: &Portal, page: Page) -> Option<String> {
    let Page::Item(id) = page else { return None };
    Some(in_script(&item(portal, id).written()))
}

/// JSON in which nothing can end a script or begin a comment: these characters stand in its texts alone.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}

/// The ISO 8601 duration of a limit in which every day counts. Working days have none.
pub(super) fn duration(limit: TimeLimit) -> Option<String> {
    Some(match limit {
        TimeLimit::OnTheSpot => "PT0S".to_owned(),
        TimeLimit::Within { number, unit: LimitUnit::Minute } => format!("PT{number}M"),
        TimeLimit::Within { number, unit: LimitUnit::Hour } => format!("PT{number}H"),
        TimeLimit::Within { number, unit: LimitUnit::NaturalDay } => format!("P{number}D"),
        _ => return None,
    })
}

fn item<'a>(portal: &'a Portal, id: ItemId) -> Json<'a> {
    let from = Source { portal };
    let one = portal.item(id);
    let url = portal.absolute_url(&one.path());
    let mut graph = vec![service(from, one, &url), page(from, one, &url), how_to(one, &url), crumbs(portal, one, &url)];
    if !one.facts.questions.is_empty() {
        graph.push(faq(one, &url));
    }
    object([
        ("@context", json([json("https://schema.org"), object([("zw", json(own_namespace(portal)))])])),
        ("@graph", json(graph)),
    ])
}

/// Where the properties are explained that no vocabulary has: the page of the data.
pub(super) fn own_namespace(portal: &Portal) -> String {
    portal.absolute_url(&format!("{}#", paths::DATA))
}

fn service<'a>(from: Source<'a>, item: &'a Item, url: &str) -> Json<'a> {
    let (portal, facts) = (from.portal, &item.facts);
    let code = |name: &'static str, value: String| {
        object([("@type", json("PropertyValue")), ("propertyID", json(name)), ("value", json(value))])
    };
    let mut identifiers = Vec::new();
    if let Some(task) = facts.task_code.told() {
        identifiers.push(code("实施编码", task.to_string()));
        identifiers.push(code("基本编码", task.base().to_owned()));
    }
    identifiers.extend(facts.handle_item_code.as_ref().map(|one| code("业务办理项编码", one.to_string())));
    let mut names: Vec<&str> = facts.aliases.iter().map(String::as_str).collect();
    if item.everyday_name() != facts.name {
        names.insert(0, item.everyday_name());
    }
    let applicants = facts.applicants.iter();
    let mut topics: Vec<&str> = Vec::new();
    for topic in item.topics.iter().map(|id| portal.topic(*id).facts.name.as_str()) {
        // One name may stand in two trees.
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    object([
        ("@type", json("GovernmentService")),
        ("@id", json(format!("{url}#service"))),
        ("name", json(&facts.name)),
        ("alternateName", json(names)),
        ("identifier", json(identifiers)),
        ("description", json(prose_opt(facts.scope.told()))),
        ("url", json(url.to_owned())),
        ("serviceType", json(facts.item_type.name())),
        ("category", json(topics)),
        (
            "audience",
            json(
                applicants
                    .map(|one| object([("@type", json("Audience")), ("audienceType", json(one.name()))]))
                    .collect::<Vec<_>>(),
            ),
        ),
        ("areaServed", object([("@type", json("AdministrativeArea")), ("name", json(&portal.site.area))])),
        ("provider", provider(from, item)),
        ("availableChannel", json(channels(from, item))),
        ("offers", json(offers(item))),
        ("serviceOutput", json(outputs(from, item))),
        ("isRelatedTo", json(item.related.iter().map(|id| related(from, *id)).collect::<Vec<_>>())),
        ("zw:statutoryLimit", limit(facts.limits.legal.get())),
        ("zw:promisedLimit", limit(facts.limits.promised.get())),
    ])
}

/// A limit in a property of our own: number, unit and words.
pub(super) fn limit(limit: Option<TimeLimit>) -> Json<'static> {
    let Some(limit) = limit.map(Limit::from) else { return Json::Unknown };
    let value = limit.value.map_or(Json::Unknown, |value| json(u64::from(value)));
    object([("zw:value", value), ("zw:unit", json(limit.unit.id())), ("zw:text", json(limit.text))])
}

fn organisation(from: Source<'_>, item: &Item) -> String {
    from.portal.absolute_url(&format!("{}#organisation", from.portal.department(item.department).path()))
}

fn provider<'a>(from: Source<'a>, item: &'a Item) -> Json<'a> {
    let department = &from.portal.department(item.department).facts;
    let contact = |kind: &'static str, phone: &crate::model::value::Phone| {
        let number = phone.href();
        object([
            ("@type", json("ContactPoint")),
            ("contactType", json(kind)),
            ("telephone", json(number.strip_prefix("tel:").unwrap_or(&number).to_owned())),
        ])
    };
    let mut contacts: Vec<Json<'a>> = item.consult_phones.iter().map(|phone| contact("咨询", phone)).collect();
    contacts.extend(item.complaint_phones.iter().map(|phone| contact("监督投诉", phone)));
    object([
        ("@type", json("GovernmentOrganization")),
        ("@id", json(organisation(from, item))),
        ("name", json(&department.name)),
        ("alternateName", json(&department.short_name)),
        ("identifier", json(department.credit_code.told().map(ToString::to_string))),
        ("url", json(from.department(item.department).url.0)),
        ("contactPoint", json(contacts)),
    ])
}

fn channels<'a>(from: Source<'a>, item: &'a Item) -> Vec<Json<'a>> {
    let limits = &item.facts.limits;
    let promised = limits.promised.get();
    let time = promised.and_then(duration);
    let words = Promise::of(item).map(|promise| format!("承诺办结时限：{}", promise.words()));
    let language = json(from.language());
    let of = |channel: &Channel, more: Vec<(&'static str, Json<'a>)>| {
        let mut pairs = vec![
            ("@type", json("ServiceChannel")),
            ("name", json(channel.name())),
            ("description", json(words.clone())),
            ("processingTime", json(time.clone())),
            ("availableLanguage", language.clone()),
        ];
        pairs.extend(more);
        object(pairs)
    };
    let online = item.facts.online.as_ref();
    let places: Vec<Json<'a>> = item.places.iter().map(|used| place(from, used)).collect();
    let more = |channel: &Channel| match channel {
        Channel::Window | Channel::Kiosk => vec![("serviceLocation", json(places.clone()))],
        Channel::Web => vec![("serviceUrl", json(online.and_then(|one| one.url.told()).map(ToString::to_string)))],
        Channel::Mobile => {
            let url = online.and_then(|one| one.mobile_url.as_ref().or(one.url.told()));
            vec![("serviceUrl", json(url.map(ToString::to_string)))]
        }
        _ => Vec::new(),
    };
    item.facts.channels.iter().map(|channel| of(channel, more(channel))).collect()
}

fn place<'a>(from: Source<'a>, used: &'a PlaceUse) -> Json<'a> {
    const DAYS: [&str; 7] = [
        "https://schema.org/Monday",
        "https://schema.org/Tuesday",
        "https://schema.org/Wednesday",
        "https://schema.org/Thursday",
        "https://schema.org/Friday",
        "https://schema.org/Saturday",
        "https://schema.org/Sunday",
    ];
    let place = from.portal.place(used.place);
    let name = match &used.window {
        Some(window) => format!("{}（{window}）", place.facts.name),
        None => place.facts.name.clone(),
    };
    let window = from.portal.asked_window(used);
    // A season has no year here, so its hours are left to the page.
    let lines = used.hours.iter().filter(|line| line.season.is_none() && !is_for_others(line, window));
    let hours = lines.flat_map(|line| {
        let days: Vec<&str> =
            line.days.iter().map(|day| DAYS[day.to_monday_zero_offset().unsigned_abs() as usize]).collect();
        line.ranges.iter().map(move |&(opens, closes)| {
            object([
                ("@type", json("OpeningHoursSpecification")),
                ("dayOfWeek", json(days.clone())),
                ("opens", json(clock(opens))),
                // The last minute of a day: 24:00 is no time in a day.
                ("closes", json(clock(closes.min(24 * 60 - 1)))),
                ("description", json(line.note.as_ref())),
            ])
        })
    });
    object([
        ("@type", json("Place")),
        ("name", json(name)),
        ("address", json(&place.facts.address)),
        ("telephone", json(used.phone.as_ref().map(ToString::to_string))),
        ("openingHoursSpecification", json(hours.collect::<Vec<_>>())),
        ("url", json(from.place(used.place).url.0)),
    ])
}

fn offers<'a>(item: &'a Item) -> Vec<Json<'a>> {
    match &item.facts.fees {
        FeeEntry::NotYet(_) => Vec::new(),
        FeeEntry::Free(_) => {
            vec![object([("@type", json("Offer")), ("price", json("0")), ("priceCurrency", json("CNY"))])]
        }
        FeeEntry::List(list) => list
            .iter()
            .map(|fee| {
                let price = fee.amount.map(|amount| yuan(amount.fen()));
                object([
                    ("@type", json("Offer")),
                    ("name", json(&fee.name)),
                    ("description", json(fee_standard(fee))),
                    ("priceCurrency", if price.is_some() { json("CNY") } else { Json::Unknown }),
                    ("price", json(price)),
                ])
            })
            .collect(),
    }
}

fn outputs<'a>(from: Source<'a>, item: &'a Item) -> Vec<Json<'a>> {
    let ResultEntry::List(list) = &item.facts.results else { return Vec::new() };
    list.iter().map(|result| output(from, item, result)).collect()
}

fn output<'a>(from: Source<'a>, item: &'a Item, result: &'a ApprovalResult) -> Json<'a> {
    if result.kind != ResultKind::Certificate {
        return object([
            ("@type", json("CreativeWork")),
            ("name", json(&result.name)),
            ("description", json(prose_opt(result.note.as_ref()))),
        ]);
    }
    let valid = result.valid_for.and_then(|period| match period {
        Period::Days(number) => Some(format!("P{number}D")),
        Period::Months(number) => Some(format!("P{number}M")),
        Period::Years(number) => Some(format!("P{number}Y")),
        Period::Forever => None,
    });
    let area =
        result.valid_in.as_ref().map(|area| object([("@type", json("AdministrativeArea")), ("name", json(area))]));
    object([
        ("@type", json("GovernmentPermit")),
        ("name", json(&result.name)),
        ("issuedBy", object([("@id", json(organisation(from, item)))])),
        ("validFor", json(valid)),
        ("validIn", json(area)),
    ])
}

fn related<'a>(from: Source<'a>, id: ItemId) -> Json<'a> {
    let other = from.item(id);
    object([
        ("@type", json("GovernmentService")),
        ("@id", json(format!("{}#service", other.url.0))),
        ("name", json(other.name)),
    ])
}

fn page<'a>(from: Source<'a>, item: &'a Item, url: &str) -> Json<'a> {
    let portal = from.portal;
    let laws = item.basis.iter().map(|used| {
        let law = portal.law(used.law);
        object([
            ("@type", json("Legislation")),
            ("name", json(format!("{}{}", law.facts.name, item.facts.basis[used.position].clause))),
            ("legislationIdentifier", json(law.facts.number.as_ref())),
            ("url", json(from.law(used.law).url.0)),
        ])
    });
    let licence = portal.site.licence.as_ref().and_then(|licence| licence.url.as_ref());
    object([
        ("@type", json("WebPage")),
        ("@id", json(url.to_owned())),
        ("url", json(url.to_owned())),
        ("name", json(item.everyday_name())),
        ("inLanguage", json(from.language())),
        ("dateModified", json(item.facts.updated.to_string())),
        ("license", json(licence.map(ToString::to_string))),
        ("breadcrumb", object([("@id", json(format!("{url}#breadcrumb")))])),
        ("mainEntity", object([("@id", json(format!("{url}#service")))])),
        ("citation", json(laws.collect::<Vec<_>>())),
    ])
}

fn how_to<'a>(item: &'a Item, url: &str) -> Json<'a> {
    let written = match &item.facts.materials {
        MaterialsEntry::List(list) => list.as_slice(),
        _ => &[],
    };
    let supplies = item.materials.iter().map(|material| {
        let copies = written[material.position].copies.told().map(ToString::to_string);
        object([
            ("@type", json("HowToSupply")),
            ("name", json(&material.facts.name)),
            ("requiredQuantity", json(copies)),
        ])
    });
    let steps = item.facts.steps.iter().enumerate().map(|(n, step)| {
        let mut text = format!("{}，{}", step.actor, step.limit);
        if let Some(content) = prose_opt(step.content.as_ref()) {
            text = format!("{content}（{text}）");
        }
        object([
            ("@type", json("HowToStep")),
            ("position", json(n as u64 + 1)),
            ("name", json(&step.name)),
            ("text", json(text)),
        ])
    });
    object([
        ("@type", json("HowTo")),
        ("@id", json(format!("{url}#howto"))),
        ("name", json(format!("怎么办“{}”", item.everyday_name()))),
        ("about", object([("@id", json(format!("{url}#service")))])),
        ("supply", json(supplies.collect::<Vec<_>>())),
        ("step", json(steps.collect::<Vec<_>>())),
    ])
}

fn crumbs<'a>(portal: &'a Portal, item: &'a Item, url: &str) -> Json<'a> {
    let crumb = |position: u64, name: &'a str, url: String| {
        object([("@type", json("ListItem")), ("position", json(position)), ("name", json(name)), ("item", json(url))])
    };
    object([
        ("@type", json("BreadcrumbList")),
        ("@id", json(format!("{url}#breadcrumb"))),
        (
            "itemListElement",
            json([
                crumb(1, "首页", portal.absolute_url("/")),
                crumb(2, "全部事项", portal.absolute_url(paths::ITEMS)),
                crumb(3, item.everyday_name(), url.to_owned()),
            ]),
        ),
    ])
}

fn faq<'a>(item: &'a Item, url: &str) -> Json<'a> {
    let questions = item.facts.questions.iter().map(|one| {
        object([
            ("@type", json("Question")),
            ("name", json(prose(&one.question))),
            ("acceptedAnswer", object([("@type", json("Answer")), ("text", json(prose(&one.answer)))])),
        ])
    });
    object([
        ("@type", json("FAQPage")),
        ("@id", json(format!("{url}#faq"))),
        ("mainEntity", json(questions.collect::<Vec<_>>())),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Value as _;

    #[test]
    fn nothing_ends_the_script() {
        let text = in_script(&object([("a", json("</script><!-- & \u{2028}"))]).written());
        assert_eq!(text, r#"{"a":"\u003c/script\u003e\u003c!-- \u0026 \u2028"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["a"], "</script><!-- & \u{2028}");
    }

    #[test]
    fn working_days_are_no_duration() {
        let of = |text: &str| duration(TimeLimit::parse(text).unwrap());
        assert_eq!(of("20个工作日"), None);
        assert_eq!(of("无期限"), None);
        assert_eq!(of("2个月"), None);
        assert_eq!(of("15个自然日").as_deref(), Some("P15D"));
        assert_eq!(of("3小时").as_deref(), Some("PT3H"));
        assert_eq!(of("当场").as_deref(), Some("PT0S"));
    }
}
