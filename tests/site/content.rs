//! What pages show of what the files say: inheritance, order, meta tags, and
//! text that tries to become markup.

use mingbai::pipeline::{self, Planned};
use mingbai::portal::{Item, Portal};
use mingbai::schema;
use mingbai::yaml::json_schema;
use serde_json::{Value, json};

use crate::kit::{Built, DEPARTMENT, ITEM, LAW, PLACE, SITE, Site, TOPICS};

/// Asks something of the resolved portal.
fn ask<T>(site: &Site, question: impl Fn(&Portal, &Item) -> T) -> T {
    let root = site.write();
    let checked = pipeline::check(&root.input()).unwrap();
    assert!(checked.findings.is_empty(), "{}", site.findings(mingbai::diagnostics::Lang::Zh));
    let portal = checked.portal.unwrap();
    question(&portal, portal.items.first().unwrap())
}

#[test]
fn an_item_inherits_what_it_leaves_out() {
    let phones = |site: &Site| {
        ask(site, |_, item| {
            let text = |list: &[mingbai::model::value::Phone]| {
                list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            };
            format!("{} | {}", text(&item.consult_phones), text(&item.complaint_phones))
        })
    };
    let minimal = Site::minimal();
    assert_eq!(phones(&minimal), "0600-8801001 | 0600-8801002");
    let own = minimal.clone().append(ITEM, "咨询电话: [\"0600-8809999\", \"12345\"]\n");
    assert_eq!(phones(&own), "0600-8809999 12345 | 0600-8801002");
    let own = minimal.clone().append(ITEM, "监督电话: [\"12345\"]\n");
    assert_eq!(phones(&own), "0600-8801001 | 12345");
}

#[test]
fn a_place_is_that_of_the_item_or_the_department() {
    let places = |site: &Site| {
        ask(site, |portal, item| {
            let one = |place: &mingbai::portal::PlaceUse| {
                let hours: Vec<String> = place.hours.iter().map(ToString::to_string).collect();
                let window = place.window.as_deref().unwrap_or("-");
                format!(
                    "{} {window} {} {}",
                    portal.place(place.place).id,
                    hours.join("/"),
                    place.phone.as_ref().unwrap()
                )
            };
            item.places.iter().map(one).collect::<Vec<_>>().join("\n")
        })
    };
    let minimal = Site::minimal();
    assert_eq!(places(&minimal), "hall - 周一至周五 9:00-12:00, 13:30-17:30 0600-8800001");
    let branch = "-- content/places/branch.yaml --
名称: 分厅
地址: 青岚市滨海路1号
开放时间: [周六 9:00-12:00]
节假日: 不办公
电话: \"0600-8800002\"
";
    let own = minimal.clone().with(branch).append(ITEM, "办理地点:\n  - { 地点: branch, 窗口: 3号 }\n");
    assert_eq!(places(&own), "branch 3号 周六 9:00-12:00 0600-8800002");
    let more = "办理地点:
  - { 地点: branch, 窗口: 3号, 开放时间: [周日 9:00-11:00], 电话: \"12345\" }
  - { 地点: hall, 窗口: 二楼 }
";
    let own = minimal.with(branch).append(ITEM, more);
    assert_eq!(
        places(&own),
        "branch 3号 周日 9:00-11:00 12345\nhall 二楼 周一至周五 9:00-12:00, 13:30-17:30 0600-8800001"
    );
}

#[test]
fn remedies_are_those_of_the_item_or_the_department() {
    let remedies = |site: &Site| {
        ask(site, |_, item| {
            let review = item.review.as_ref().map_or("-", |review| review.authority.as_str());
            let court = item.litigation.as_ref().map_or("-", |litigation| litigation.court.as_str());
            format!("{review} {court}")
        })
    };
    let site = Site::minimal();
    assert_eq!(remedies(&site), "- -");
    let site = site.append(DEPARTMENT, "行政复议: { 机关: 市政府 }\n行政诉讼: { 法院: 望山法院 }\n");
    assert_eq!(remedies(&site), "市政府 望山法院");
    let own = site.clone().append(ITEM, "行政复议: { 机关: 省政府 }\n");
    assert_eq!(remedies(&own), "省政府 望山法院");
    assert_eq!(remedies(&site.append(ITEM, "行政复议: 不适用\n行政诉讼: 不适用\n")), "- -");
}

#[test]
fn a_shared_material_fills_in_what_the_item_leaves_out() {
    let material = |line: &str| {
        let site = Site::minimal()
            .with("-- content/materials/id-card.yaml --\n名称: 居民身份证\n类型: 证件证书证明\n出具单位: 公安机关\n")
            .replace(
                ITEM,
                "名称: 申请书, 编号: application, 类型: 申请表格文书, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备",
                line,
            );
        ask(&site, |_, item| {
            let facts = &item.materials[0].facts;
            format!("{} {:?} {}", facts.name, facts.source.unwrap(), facts.issuer.as_deref().unwrap_or("-"))
        })
    };
    assert_eq!(material("引用: id-card, 编号: id, 份数: 原件1份, 必要性: 必要"), "居民身份证 Authority 公安机关");
    assert_eq!(
        material("引用: id-card, 编号: id, 名称: 身份证正面, 出具单位: 派出所, 份数: 原件1份, 必要性: 必要"),
        "身份证正面 Authority 派出所"
    );
}

#[test]
fn lists_go_by_the_sound_of_names() {
    let names = ["注销登记", "ETC 办理", "“一件事”", "安置补助", "残疾人证", "5G 基站备案"];
    let site = names
        .iter()
        .enumerate()
        .fold(Site::minimal(), |site, (n, name)| site.item(&format!("item-{n}"), name, u32::try_from(n).unwrap() + 2));
    let root = site.write();
    let Planned { ready, .. } = pipeline::plan(&root.input()).unwrap();
    let ready = ready.unwrap();
    let listed: Vec<String> = ready
        .plan
        .listings
        .by_letter
        .iter()
        .map(|(letter, id)| format!("{letter} {}", ready.portal.item(*id).everyday_name()))
        .collect();
    assert_eq!(
        listed,
        ["# 5G 基站备案", "A 安置补助", "C 残疾人证", "E ETC 办理", "S 食品经营许可", "Y “一件事”", "Z 注销登记",]
    );
}

/// The meta tags of a page that are meant for the government's crawlers.
fn meta(built: &Built, path: &str) -> Vec<String> {
    let first_is_large = |name: &str| name.starts_with(|c: char| c.is_ascii_uppercase());
    let tags = built.text(path).split("<meta name=\"").skip(1).filter_map(|tag| {
        let (name, rest) = tag.split_once("\" content=\"")?;
        let (content, _) = rest.split_once('"')?;
        first_is_large(name).then(|| format!("{name}={content}"))
    });
    tags.collect()
}

#[test]
fn who_wants_more_information_finds_where_to_apply_for_it() {
    let entry = "主办单位: 青岚市人民政府办公室\n入口: { 依申请公开: https://other.example/apply }\n";
    let (from, page) = ("主办单位: 青岚市人民政府办公室\n", "openness/index.html");
    assert!(!Site::minimal().built().text(page).contains("申请公开</dt>"));
    let built = Site::minimal().replace("content/site.yaml", from, entry).built();
    assert!(
        built.text(page).contains("<dt>申请公开</dt><dd><a class=\"mb-external\" href=\"https://other.example/apply\"")
    );
}

#[test]
fn pages_carry_the_meta_tags_of_their_kind() {
    let built = Site::minimal().built();
    let site = ["SiteName=青岚市办事公开", "SiteDomain=zwfw.qinglan.example", "SiteIDCode=9900000001"];
    assert_eq!(meta(&built, "index.html"), site);
    let column = |name: &str, kind: &str| {
        [
            format!("ColumnName={name}"),
            format!("ColumnDescription=青岚市办事公开“{name}”栏目"),
            format!("ColumnKeywords={name},青岚市"),
            format!("ColumnType={kind}"),
        ]
    };
    let with = |more: &[String]| [site.map(str::to_owned).as_slice(), more].concat();
    assert_eq!(meta(&built, "places/index.html"), with(&column("去哪办", "办事服务")));
    assert_eq!(meta(&built, "openness/index.html"), with(&column("政务公开", "信息公开")));
    let article = [
        "ArticleTitle=食品经营许可",
        "PubDate=2026-06-01 00:00",
        "ContentSource=青岚市市场监督管理局",
        "Keywords=食品经营许可",
        "Description=食品经营许可怎么办：带1种材料，10个工作日，不收费。在青岚市卖食品的",
    ];
    let item = [column("办事指南", "办事服务").as_slice(), article.map(str::to_owned).as_slice()].concat();
    assert_eq!(meta(&built, "items/food/index.html"), with(&item));
}

/// A text that becomes markup wherever it is not escaped.
pub(crate) const HOSTILE: &str = "<img src=x onerror=alert(1)>\"'&";

/// A document that says everything its schema allows: free texts are hostile,
/// the others the first example.
fn full(schema: &Value, settled: &[(&str, Value)]) -> Value {
    let settled_key = |name: &str| settled.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
    if let Some(all) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        // The richest form comes last; null and single words say nothing.
        let forms = all.iter().filter(|form| form["type"] != "null" && form["const"] != "待补");
        return full(forms.max_by_key(|form| richness(form)).unwrap(), settled);
    }
    if let Some(words) = schema["enum"].as_array() {
        return words[0].clone();
    }
    if let Some(word) = schema.get("const") {
        return word.clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[0].as_str().unwrap(),
        kind => kind.as_str().unwrap(),
    };
    match kind {
        "object" => match schema["properties"].as_object() {
            Some(keys) => {
                let keys = keys.iter().filter_map(|(key, inner)| {
                    let value = settled_key(key).unwrap_or_else(|| full(inner, settled));
                    (!value.is_null()).then(|| (key.clone(), value))
                });
                Value::Object(keys.collect())
            }
            None => json!({ "self": full(&schema["additionalProperties"], settled) }),
        },
        "array" => json!([full(&schema["items"], settled)]),
        "integer" => schema.get("minimum").filter(|least| least.as_i64() > Some(0)).cloned().unwrap_or(json!(1)),
        "boolean" => json!(true),
        _ => schema["examples"][0].as_str().map_or(json!(HOSTILE), |example| json!(example)),
    }
}

fn richness(form: &Value) -> usize {
    match form["type"].as_str() {
        Some("object") => 3,
        Some("array") => 2,
        _ => 1,
    }
}

/// A whole portal with a hostile text in every place that takes free text.
pub(crate) fn hostile() -> Site {
    let cite = json!({ "法律": "food-law", "条款": "第三十五条" });
    let form = json!("files/form.docx");
    let settled = [
        // References and what must agree with something else.
        ("法律", json!("food-law")),
        ("条款", json!("第三十五条")),
        ("法定依据", cite.clone()),
        ("有效期依据", cite.clone()),
        ("引用", Value::Null),
        ("办理事项", json!("food")),
        ("接替事项", json!("food")),
        ("相关事项", json!(["food"])),
        ("事项", json!([{ "事项": "food", "顺序": 1, "关系": "必办", "说明": HOSTILE }])),
        ("牵头部门", json!("scjgj")),
        ("默认地点", json!("hall")),
        ("地点", json!("hall")),
        ("空白表格", form.clone()),
        ("示例样表", form.clone()),
        ("样本", form.clone()),
        ("承诺书", form),
        ("代替者", json!([])),
        ("到现场次数", json!("1次")),
        ("办件类型", json!("承诺件")),
        ("时限", json!("5个工作日")),
        ("计入时限", json!(false)),
        ("监督电话", json!(["0600-8801002"])),
        ("统一社会信用代码", json!("11990000000001012U")),
        ("行使层级", json!("市级")),
        ("实施编码", json!("11990000000001012U3000131001000")),
        ("业务办理项编码", Value::Null),
        ("事项类型", json!("行政许可")),
        ("主题", json!({ "个人": ["准营准办"] })),
        ("审核", json!({ "状态": "已审核", "审核人": HOSTILE })),
        ("涉密", json!(false)),
        ("草稿", json!(false)),
        ("生效日期", Value::Null),
        ("计划取消日期", Value::Null),
        ("废止日期", Value::Null),
        ("问题", json!("who")),
        ("适用", json!({ "who": ["self"] })),
        (
            "办理时限",
            json!({
                "法定": "20个工作日", "法定说明": HOSTILE, "法定依据": cite, "承诺": "10个工作日", "承诺说明": HOSTILE,
                "起算": "受理之日", "受理": "5个工作日", "送达": "10个工作日",
                "分情形": [{ "适用": { "who": ["self"] }, "承诺": "5个工作日" }],
            }),
        ),
    ];
    let law = |schema| {
        let mut law = full(schema, &settled[..0]);
        law["条款"] = json!({ "第三十五条": HOSTILE });
        law["代替者"] = json!([]);
        law["条数"] = json!(100);
        law["名称"] = json!(format!("中华人民共和国{HOSTILE}"));
        law
    };
    let mut material = full(&json_schema::<schema::SharedMaterial>(), &settled);
    // One that the item writes out itself would be a finding.
    material["名称"] = json!(format!("共用{HOSTILE}"));
    material["别名"] = json!([format!("又名{HOSTILE}")]);
    let mut place = full(&json_schema::<schema::Place>(), &settled);
    place["地址"] = json!(format!("云中路18号{HOSTILE}"));
    let mut bundle = full(&json_schema::<schema::Bundle>(), &settled);
    // One item waits for none, and no form of it is named like this.
    bundle["事项"][0]["先办"] = json!([]);
    bundle["一表申请"]["代替"] = json!([]);
    let mut site = Site::minimal()
        .file("content/departments/scjgj/food/files/form.docx", "表")
        .file(LAW, law(&json_schema::<schema::Law>()).to_string())
        .file(PLACE, place.to_string())
        .file(DEPARTMENT, full(&json_schema::<schema::Department>(), &settled).to_string())
        .file("content/materials/id-card.yaml", material.to_string())
        .file("content/bundles/shop/bundle.yaml", bundle.to_string());
    let mut item = full(&json_schema::<schema::Item>(), &settled);
    // A condition of a question cannot name the question itself.
    item["情形引导"][0].as_object_mut().unwrap().remove("适用");
    item["情形引导"][0]["答案"] = json!({ "self": HOSTILE, "agent": HOSTILE });
    site = site.file(ITEM, item.to_string());
    let mut head = full(&json_schema::<schema::PageHead>(), &settled);
    head["发布日期"] = json!("2026-01-01");
    site = site.file("content/pages/help/how-to-use.md", format!("---\n{head}\n---\n说明。\n"));
    let notice = json!({ "标题": HOSTILE, "类型": "窗口停办", "开始": "2026-06-01", "截止": "2026-12-31" });
    site = site.file("content/notices/2026-06-01-closed.md", format!("---\n{notice}\n---\n停办。\n"));
    let name = |text: &str| Value::String(text.to_owned()).to_string();
    let hostile = name(HOSTILE);
    site.replace(TOPICS, "名称: 婚姻登记", &format!("名称: {hostile}"))
        .replace(TOPICS, "标识: permits", &format!("标识: permits, 说明: {hostile}"))
        .replace(
            SITE,
            "名称: 青岚市办事公开",
            &format!("名称: {hostile}\n简称: {hostile}\n联系地址: {hostile}\n承办单位: {hostile}"),
        )
        .replace(SITE, "地区: 青岚市", &format!("地区: {hostile}"))
        .replace(SITE, "主办单位: 青岚市人民政府办公室", &format!("主办单位: {hostile}"))
}

#[test]
fn no_text_of_an_editor_becomes_markup() {
    let built = hostile().built();
    let mut faults = Vec::new();
    let mut seen = 0;
    for path in built.paths() {
        let markup = path.ends_with(".html") || path.ends_with(".xml");
        if !markup || path.starts_with("assets/") {
            continue;
        }
        let page = built.text(path);
        seen += page.matches("onerror=alert(1)").count();
        for raw in ["<img src=x", "alert(1)>", "alert(1)&gt;\"", "alert(1)&gt;&quot;'", "&#39;& "] {
            if let Some(at) = page.find(raw) {
                let from = page[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
                faults.push(format!("{path}: {}", &page[from..at + raw.len()]));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(seen > 200, "the hostile text is shown {seen} times only");
}

#[test]
fn data_files_give_back_what_was_written() {
    let site = Site::minimal()
        .replace(ITEM, "名称: 食品经营许可\n", &format!("名称: {}\n", Value::String(HOSTILE.to_owned())))
        .append(ITEM, "别名: [\"制表\\t符\", \"换\\u2028行\"]\n");
    let built = site.built();
    let page = built.text("items/food/index.html");
    for (at, _) in page.match_indices("<script type=\"application/ld+json\">") {
        let block = &page[at..at + page[at..].find("</script>").unwrap()];
        let (_, data) = block.split_once('>').unwrap();
        serde_json::from_str::<Value>(data).unwrap();
    }
}
