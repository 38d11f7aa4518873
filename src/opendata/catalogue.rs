//! What data there is: the one list behind the page `/data/` and its description as DCAT.

use serde_json::{Value, json};

use crate::opendata::schema::list_title;
use crate::plan::{Listed, OpenFile, OutputPlan};
use crate::portal::{Portal, paths};

/// A kind of file that is published.
#[derive(Debug, Clone)]
pub(crate) struct Documented {
    /// Its site path; of what each item has, with `<代号>`.
    pub(crate) path: String,
    /// Whether there is one at exactly this path.
    pub(crate) is_one: bool,
    /// What is in it.
    pub(crate) name: String,
    /// Its format, for people.
    pub(crate) format: &'static str,
    /// Its media type.
    pub(crate) media: &'static str,
    /// The site path of its JSON Schema.
    pub(crate) schema: Option<String>,
}

const JSON: (&str, &str) = ("JSON", "application/json");
const JSON_LD: (&str, &str) = ("JSON-LD", "application/ld+json");
const ATOM: (&str, &str) = ("Atom", "application/atom+xml");

/// Every kind of file, in the order the page shows them.
pub(crate) fn documented(portal: &Portal, plan: &OutputPlan) -> Vec<Documented> {
    let one = |path: &str, name: &str, (format, media): (&'static str, &'static str)| Documented {
        path: path.to_owned(),
        is_one: !path.contains('<'),
        name: name.to_owned(),
        format,
        media,
        schema: None,
    };
    let mut files = vec![
        Documented {
            schema: Some(OpenFile::ItemSchema.path(portal)),
            ..one("/items/<代号>/index.json", "一个事项的全部要素", JSON)
        },
        one("/items/<代号>/cpsv.jsonld", "一个事项，按欧盟公共服务词汇 CPSV-AP 3.2.0 描述", JSON_LD),
    ];
    files.extend(Listed::ALL.into_iter().map(|listed| Documented {
        schema: Some(OpenFile::ListSchema(listed).path(portal)),
        ..one(&OpenFile::List(listed, 1).path(portal), list_title(listed), JSON)
    }));
    let others = [
        one(&OpenFile::ItemsCsv.path(portal), "全部事项的表格，电子表格软件直接打开", ("CSV", "text/csv")),
        Documented {
            schema: Some(OpenFile::PerformanceSchema.path(portal)),
            ..one(&OpenFile::Performance.path(portal), "效能公开的数字", JSON)
        },
        one("/data/calendar.json", "法定节假日和调休上班日", JSON),
        one("/feed.xml", "全站的变更订阅", ATOM),
        one("/departments/<代号>/feed.xml", "一个部门的变更订阅", ATOM),
        one("/items/<代号>/feed.xml", "一个事项的变更订阅", ATOM),
        one(&OpenFile::Catalogue.path(portal), "本目录，按 DCAT 描述", JSON_LD),
        one("/sitemap.xml", "全部网页的网址和更新日期", ("XML", "application/xml")),
        one(
            &OpenFile::OpenSearch.path(portal),
            "站内搜索的描述，浏览器用",
            ("OpenSearch", "application/opensearchdescription+xml"),
        ),
    ];
    // Some files are made only where the portal has what they tell.
    files.extend(others.into_iter().filter(|file| !file.is_one || plan.find(&file.path).is_some()));
    files
}

/// The catalogue as DCAT.
pub(super) fn catalogue(portal: &Portal, plan: &OutputPlan) -> Value {
    let site = &portal.site;
    let language = site.language.as_deref().unwrap_or("zh-Hans");
    let page = portal.absolute_url(paths::DATA);
    let publisher = json!({ "@id": portal.absolute_url("/#publisher"), "@type": "foaf:Agent", "name": site.sponsor });
    let licence = site.licence.as_ref();
    let licence = licence.map(|licence| match &licence.url {
        Some(url) => json!({ "@id": url.to_string(), "@type": "dct:LicenseDocument", "title": licence.name }),
        None => json!({ "@type": "dct:LicenseDocument", "title": licence.name }),
    });
    let newest = portal.items.iter().map(|item| item.facts.updated.date()).max();
    let datasets = documented(portal, plan).into_iter().filter(|file| file.is_one).map(|file| {
        let url = portal.absolute_url(&file.path);
        json!({
            "@id": format!("{url}#dataset"),
            "@type": "dcat:Dataset",
            "title": file.name,
            "description": format!("{}：{}", site.name, file.name),
            "publisher": publisher,
            "license": licence,
            "modified": newest.map(|day| day.to_string()),
            "landingPage": { "@id": page },
            "distribution": {
                "@id": url,
                "@type": "dcat:Distribution",
                "downloadURL": { "@id": url },
                "mediaType": { "@id": format!("http://www.iana.org/assignments/media-types/{}", file.media) },
                "conformsTo": file.schema.map(|path| json!({ "@id": portal.absolute_url(&path) })),
                "license": licence,
            },
        })
    });
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "title": { "@id": "dct:title", "@language": language },
            "description": { "@id": "dct:description", "@language": language },
            "name": { "@id": "foaf:name", "@language": language },
            "publisher": "dct:publisher",
            "license": "dct:license",
            "modified": { "@id": "dct:modified", "@type": "xsd:date" },
            "landingPage": "dcat:landingPage",
            "distribution": "dcat:distribution",
            "downloadURL": "dcat:downloadURL",
            "mediaType": "dcat:mediaType",
            "conformsTo": "dct:conformsTo",
            "dataset": "dcat:dataset",
        },
        "@id": format!("{page}#catalogue"),
        "@type": "dcat:Catalog",
        "title": format!("{}的开放数据", site.name),
        "description": format!("{}全部办事指南的开放数据。", site.area),
        "publisher": publisher,
        "license": licence,
        "modified": newest.map(|day| day.to_string()),
        "dataset": datasets.collect::<Vec<_>>(),
    })
}
