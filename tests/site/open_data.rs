//! The open data of a portal: what is in them, what never is, and what programs find at their places.

use serde_json::{Value, json};

use crate::kit::{Built, ITEM, PLACE, SITE, Site, tree};

const SECURITY: &str = "安全联系: { 网址: [https://zwfw.qinglan.example/security], 有效期至: 2027-06-30, 处理办法: https://zwfw.qinglan.example/policy }\n";
const LICENCE: &str = "开放数据许可: { 名称: 注明来源, 网址: https://zwfw.qinglan.example/terms, 署名: 青岚市 }\n";

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.text(path)).unwrap()
}

/// A site that may have findings below an error.
fn built(site: &Site) -> Built {
    let root = site.write();
    let ran = root.run(&["build", "--as-of", "2026-07-01", "--out", "made"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    Built { files: tree(&root.join("made")) }
}

/// The data block of an item page.
fn block(built: &Built, path: &str) -> String {
    let page = built.text(path);
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    rest.split("</script>").next().unwrap().to_owned()
}

#[test]
fn an_item_says_everything_in_english_terms() {
    let site = Site::minimal().append(SITE, LICENCE).replace(
        ITEM,
        "收费: 不收费",
        "收费:\n  - { 名称: 工本费, 金额: 12.5元, 单位: 证, 依据: [{ 法律: food-law, 条款: 第三十五条 }] }",
    );
    let record = json(&built(&site), "items/food/index.json");
    assert_eq!(record["schema_version"], "1.0");
    assert_eq!(record["$schema"], "https://zwfw.qinglan.example/data/schema/item.json");
    assert_eq!(record["language"], "zh-Hans");
    assert_eq!(
        record["license"],
        json!({ "name": "注明来源", "url": "https://zwfw.qinglan.example/terms", "attribution": "青岚市" })
    );
    assert_eq!(record["identity"]["code"], "11990000000001012U3000131001000");
    assert_eq!(record["identity"]["base_code"], "000131001000");
    assert_eq!(record["updated"], "2026-06-01");
    assert_eq!(record["limits"]["promised"], json!({ "value": 10, "unit": "working_day", "text": "10个工作日" }));
    assert_eq!(record["limits"]["counted_from"], "受理之日");
    assert_eq!(record["fees"][0]["amount"], json!({ "fen": 1250, "yuan": "12.50", "text": "12.5元" }));
    assert_eq!(record["fees"][0]["standard"], "12.5元/证");
    let law = json!({ "id": "food-law", "name": "中华人民共和国食品安全法", "url": "https://zwfw.qinglan.example/laws/food-law/" });
    assert_eq!(record["fees"][0]["basis"], json!([{ "law": law, "clause": "第三十五条" }]));
    assert_eq!(record["basis"][0]["text"], "国家对食品生产经营实行许可制度。");
    assert_eq!(record["materials"][0]["copies"]["originals"], 1);
    assert_eq!(record["places"][0]["hours"][0]["ranges"][1], json!({ "opens": "13:30", "closes": "17:30" }));
    assert_eq!(record["authority"]["department"]["name"], "青岚市市场监督管理局");
    assert_eq!(record["consult"]["phones"][0]["tel"], "tel:+86-600-8801001");
    assert_eq!(record["pending"], json!([]));
}

#[test]
fn conditions_name_questions_and_answers() {
    let site = Site::minimal()
        .append(ITEM, "情形引导:\n  - { 问题: who, 问: 您是谁？, 答案: { self: 本人, agent: 代办人 } }\n");
    let site = site.replace(
        ITEM,
        "来源: 申请人自备 }",
        "来源: 申请人自备 }\n  - { 名称: 委托书, 编号: proxy, 类型: 其他, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备, 适用: { who: [agent] } }",
    );
    let record = json(&built(&site), "items/food/index.json");
    assert_eq!(record["questions"][0]["answers"][1], json!({ "id": "agent", "text": "代办人" }));
    assert_eq!(record["materials"][1]["when"], json!([{ "question": "who", "answers": ["agent"] }]));
    assert_eq!(record["materials"][0]["when"], json!([]));
    assert_eq!(
        record["cases"][1],
        json!({
            "url": "https://zwfw.qinglan.example/items/food/case/who-agent/",
            "answers": [{ "question": "who", "answer": "agent" }],
            "materials": [record["materials"][0]["id"], "proxy"],
            "steps": [record["steps"][0]["name"]],
            "fees": [],
            "promised": record["limits"]["promised"],
        })
    );
    assert_eq!(record["cases"][0]["materials"], json!([record["materials"][0]["id"]]));
}

#[test]
fn the_figures_are_those_of_the_page() {
    let built = Site::minimal().built();
    let figures = json(&built, "data/performance.json");
    assert_eq!(figures["$schema"], "https://zwfw.qinglan.example/data/schema/performance.json");
    let all = &figures["all"];
    assert_eq!(all["items"], 1);
    let Value::Number(permille) = &all["saved"]["permille"] else { panic!("{all}") };
    let permille = permille.as_u64().unwrap();
    let page = built.text("openness/performance/index.html");
    let percent = if permille % 10 == 0 {
        format!("{}%", permille / 10)
    } else {
        format!("{}.{}%", permille / 10, permille % 10)
    };
    assert!(page.contains(&percent), "{percent}");
    let path = figures["departments"][0]["items_url"].as_str().unwrap().replace("https://zwfw.qinglan.example/", "");
    assert!(built.text(&format!("{path}index.html")).contains("/items/food/"));
}

#[test]
fn nothing_that_is_not_public_is_in_any_file() {
    let site = Site::minimal()
        .item("draft", "草稿中的许可", 2)
        .item("secret", "涉密的许可", 3)
        .append(ITEM, "关键词: [只给搜索的词]\n相关事项: [draft]\n")
        .replace(ITEM, "审核: { 状态: 已审核 }", "审核: { 状态: 已审核, 审核人: 不公开的科室 } # 内部批注")
        .replace("content/departments/scjgj/draft/item.yaml", "状态: 已审核", "状态: 草稿")
        .append("content/departments/scjgj/secret/item.yaml", "涉密: 是\n");
    let built = built(&site);
    let data = |path: &&str| path.starts_with("data/") || path.ends_with(".json") || path.ends_with(".jsonld");
    let files: Vec<&str> = built.paths().into_iter().filter(data).collect();
    assert!(files.len() > 15, "{files:?}");
    for path in files {
        let text = built.text(path);
        for word in ["草稿中的许可", "涉密的许可", "只给搜索的词", "不公开的科室", "内部批注"]
        {
            // The schemas speak of drafts in general.
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
    assert_eq!(json(&built, "data/items.json")["total"], 1);
}

#[test]
fn what_is_still_to_be_told_is_named() {
    let site = Site::minimal().replace(ITEM, "适用范围: 在青岚市卖食品的", "适用范围: 待补");
    let site = site.replace(ITEM, "审核: { 状态: 已审核 }", "审核: { 状态: 导入待核 }");
    let built = built(&site);
    let record = json(&built, "items/food/index.json");
    assert_eq!(record["scope"], Value::Null);
    assert_eq!(record["pending"], json!(["scope"]));
}

#[test]
fn nothing_in_a_data_block_ends_it() {
    let nasty = "在青岚市卖</script><script>alert(1)</script><!--食品&#x3c;的";
    let site = Site::minimal()
        .replace(ITEM, "适用范围: 在青岚市卖食品的", &format!("适用范围: \"{nasty}\""))
        .append(ITEM, "常见问题:\n  - { 问: \"能<b>吗？\", 答: 能 }\n");
    let built = built(&site);
    let block = block(&built, "items/food/index.html");
    assert!(!block.contains('<') && !block.contains('&'), "{block}");
    let data: Value = serde_json::from_str(&block).unwrap();
    let kinds: Vec<&str> =
        data["@graph"].as_array().unwrap().iter().map(|one| one["@type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["GovernmentService", "WebPage", "HowTo", "BreadcrumbList", "FAQPage"]);
    assert_eq!(data["@graph"][0]["description"], nasty);
}

#[test]
fn working_days_are_never_a_duration() {
    let channel = |limit: &str| -> (Value, Value, Value) {
        let site = Site::minimal().replace(ITEM, "承诺: 10个工作日", &format!("承诺: {limit}"));
        let site = site.replace(ITEM, "法定: 20个工作日", "法定: 无期限");
        let built = built(&site);
        let data: Value = serde_json::from_str(&block(&built, "items/food/index.html")).unwrap();
        let service = data["@graph"][0].clone();
        let cpsv = json(&built, "items/food/cpsv.jsonld");
        let channel = service["availableChannel"][0]["processingTime"].clone();
        (channel, cpsv["processingTime"].clone(), cpsv["zw:promisedLimit"]["zw:text"].clone())
    };
    assert_eq!(channel("10个工作日"), (Value::Null, Value::Null, json!("10个工作日")));
    assert_eq!(channel("10个自然日"), (json!("P10D"), json!("P10D"), json!("10个自然日")));
    assert_eq!(channel("当场"), (json!("PT0S"), json!("PT0S"), json!("当场")));
}

#[test]
fn long_lists_go_on_in_another_file() {
    let mut site = Site::minimal();
    for n in 0..1000 {
        // Each code is one of its own.
        let text = Site::minimal().text(ITEM).replace("名称: 食品经营许可\n", &format!("名称: 食品经营许可{n}\n"));
        let text = text.replace("U3000131001000", &format!("U3000131{n:03}001"));
        site = site.file(&format!("content/departments/scjgj/item-{n}/item.yaml"), text);
    }
    let built = built(&site);
    let (first, second) = (json(&built, "data/items.json"), json(&built, "data/items-2.json"));
    assert_eq!(first["total"], 1001);
    assert_eq!(first["entries"].as_array().unwrap().len(), 1000);
    assert_eq!(first["next"], "https://zwfw.qinglan.example/data/items-2.json");
    assert_eq!(second["entries"].as_array().unwrap().len(), 1);
    assert_eq!((&second["next"], &second["total"]), (&Value::Null, &json!(1001)));
    let csv = built.text("data/items.csv");
    assert!(csv.starts_with('\u{feff}'));
    assert_eq!(csv.lines().count(), 1002);
}

#[test]
fn a_table_holds_no_formula() {
    let site = Site::minimal().append(ITEM, "通俗名: \"=HYPERLINK(1)\"\n别名: [\"甲,\\\"乙\\\"\"]\n");
    let built = built(&site);
    let csv = built.text("data/items.csv");
    let row = csv.lines().nth(1).unwrap();
    assert!(row.contains(",'=HYPERLINK(1),\"甲,\"\"乙\"\"\","), "{row}");
}

#[test]
fn programs_find_what_every_site_has() {
    let built = Site::minimal().append(SITE, SECURITY).built();
    assert_eq!(
        built.text(".well-known/security.txt"),
        "Contact: https://zwfw.qinglan.example/security\nExpires: 2027-06-30T23:59:59+08:00\nPreferred-Languages: zh\n\
         Canonical: https://zwfw.qinglan.example/.well-known/security.txt\nPolicy: https://zwfw.qinglan.example/policy\n"
    );
    let search = built.text("opensearch.xml");
    assert!(search.contains("template=\"https://zwfw.qinglan.example/search/?q={searchTerms}\""), "{search}");
    assert!(built.text("index.html").contains("rel=\"search\""));
    let map = built.text("sitemap.xml");
    let line = "<url><loc>https://zwfw.qinglan.example/items/food/</loc><lastmod>2026-06-01</lastmod></url>";
    assert!(map.contains(line), "{map}");
    assert!(map.contains("<loc>https://zwfw.qinglan.example/data/</loc>"));
    assert!(!Site::minimal().built().paths().contains(&".well-known/security.txt"));
}

#[test]
fn the_page_names_every_file_and_every_key() {
    let built = Site::minimal().append(SITE, LICENCE).built();
    let page = built.text("data/index.html");
    for path in built.paths().into_iter().filter(|path| path.starts_with("data/") && *path != "data/index.html") {
        assert!(page.contains(&format!("\"/{path}\"")), "{path}");
    }
    let record = json(&built, "items/food/index.json");
    for key in record.as_object().unwrap().keys() {
        assert!(page.contains(&format!("<code>{key}</code>")), "{key}");
    }
    // The properties of our own in JSON-LD lead to their explanation.
    let own: Value = serde_json::from_str(&block(&built, "items/food/index.html")).unwrap();
    assert_eq!(own["@context"][1]["zw"], "https://zwfw.qinglan.example/data/#");
    for text in [block(&built, "items/food/index.html"), built.text("items/food/cpsv.jsonld").to_owned()] {
        for term in text.split("\"zw:").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(page.contains(&format!("id=\"{term}\"")), "{term}");
        }
    }
    assert!(page.contains("href=\"https://zwfw.qinglan.example/terms\""));
    assert!(built.text("items/food/index.html").contains("href=\"/items/food/index.json\""));
    assert!(built.text("index.html").contains("href=\"/data/\""));
}

#[test]
fn hours_of_places_are_of_the_place() {
    let site = Site::minimal().replace(PLACE, "周一至周五 9:00-12:00, 13:30-17:30", "每天 0:00-24:00");
    let built = built(&site);
    let place = json(&built, "data/places.json");
    assert_eq!(place["entries"][0]["hours"][0]["ranges"][0], json!({ "opens": "00:00", "closes": "24:00" }));
    let data: Value = serde_json::from_str(&block(&built, "items/food/index.html")).unwrap();
    let hours = &data["@graph"][0]["availableChannel"][0]["serviceLocation"][0]["openingHoursSpecification"][0];
    assert_eq!((&hours["opens"], &hours["closes"]), (&json!("00:00"), &json!("23:59")));
}

#[test]
fn hours_of_other_windows_are_not_those_of_the_item() {
    let site = Site::minimal()
        .replace(
            PLACE,
            "周一至周五 9:00-12:00, 13:30-17:30",
            "周一至周五 9:00-17:00\n  - 周六 9:00-12:00（仅综合窗口）\n  - 周日 9:00-11:00（仅预约登记）",
        )
        .append(ITEM, "办理地点: [{ 地点: hall, 窗口: 二楼食品专窗 }]\n");
    let built = built(&site);
    let data: Value = serde_json::from_str(&block(&built, "items/food/index.html")).unwrap();
    let hours = &data["@graph"][0]["availableChannel"][0]["serviceLocation"][0]["openingHoursSpecification"];
    let told: Vec<Value> =
        hours.as_array().unwrap().iter().map(|one| json!([one["opens"], one["description"]])).collect();
    assert_eq!(told, [json!(["09:00", null]), json!(["09:00", "仅预约登记"])]);
    assert!(!built.text("items/food/cpsv.jsonld").contains("仅综合窗口"));
}
