//! What is found, through the command and in the files of the index.

use std::io::Read as _;

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::kit::{Built, DEPARTMENT, ITEM, Ran, Site};

/// A file of the index, unpacked.
fn unpacked(built: &Built, path: &str) -> Value {
    let mut text = String::new();
    GzDecoder::new(built.files[path].as_slice()).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The results of a portal in the order of the index.
fn results(built: &Built) -> Vec<Value> {
    let head = unpacked(built, "search/index.bin");
    let blocks = head["blocks"]["file"].as_str().unwrap();
    blocks
        .split(' ')
        .flat_map(|name| unpacked(built, &format!("search/{name}.bin")).as_array().unwrap().clone())
        .collect()
}

/// The paths a question finds, best first.
fn found(site: &Site, question: &str) -> Vec<String> {
    let root = site.write();
    let ran = root.run(&["search", question, "--json", "--limit", "20", "--as-of", "2026-06-15"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    answer["results"].as_array().unwrap().iter().map(|row| row["url"].as_str().unwrap().to_owned()).collect()
}

/// Items that share words, with the words people use for them.
fn portal() -> Site {
    Site::minimal()
        .item("id-card", "居民身份证补领", 11)
        .item("passport", "普通护照签发", 12)
        .item("licence", "机动车驾驶证补证", 13)
        .item("renewal", "机动车驾驶证期满换证", 14)
        .append("content/departments/scjgj/passport/item.yaml", "别名: [出国证件]\n关键词: [本本]\n")
        .with(
            "-- content/synonyms.yaml --
单向:
  - { 口语: [坐飞机出去], 正式: [护照] }
  - { 口语: [找回小本], 正式: [驾驶证+补证] }
双向:
  - [身份证, 良民证]
",
        )
}

#[test]
fn a_question_is_answered_and_explained() {
    let root = portal().write();
    let ran = |arguments: &[&str]| root.run(&[&["search", "--as-of", "2026-06-15"], arguments].concat());
    let fine = |out: &str| Ran { status: 0, out: out.to_owned(), err: String::new() };
    assert_eq!(
        ran(&["驾照丢了"]),
        fine(
            "“驾照丢了”：找到 2 项

 1  机动车驾驶证补证  市场监管局
    /items/licence/
    得分 8400，盖住问题的 84%：驾照 = 口语词，丢了 = 口语词

 2  机动车驾驶证期满换证  市场监管局
    /items/renewal/
    得分 5430，盖住问题的 54%：驾照 = 口语词
"
        )
    );
    assert_eq!(
        ran(&["huzhao", "--lang", "en"]),
        fine(
            "“huzhao”: 1 found

 1  普通护照签发  市场监管局
    /items/passport/
    score 9399, covers 90 % of the question: huzhao = sound of the name
"
        )
    );
    assert_eq!(ran(&["龘靐"]), fine("“龘靐”：没有找到，也没有相近的\n"));
    let misspelt = ran(&["居民身份正补领", "--limit", "1"]).out;
    assert_eq!(misspelt.lines().nth(1), Some("您是不是要找：居民身份证补领"));
    root.update(&portal().file("questions.txt", "huzhao\n\n 龘靐 \n"));
    let many = ran(&["--from", "questions.txt", "--json"]);
    let counts: Vec<Value> =
        many.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["total"].clone()).collect();
    assert_eq!((many.status, counts), (0, vec![json!(1), json!(0)]));
    assert_eq!(
        ran(&[]),
        Ran {
            status: 2, out: String::new(), err: "请写要搜什么，如：mingbai search 驾照丢了\n".to_owned()
        }
    );
}

#[test]
fn people_ask_in_many_ways() {
    let site = portal();
    for (question, expected) in [
        ("居民身份证补领", "/items/id-card/"),
        ("補領身份證", "/items/id-card/"),
        ("ＳＦＺ", "/items/id-card/"),
        ("shenfenzheng", "/items/id-card/"),
        ("shen fen zheng", "/items/id-card/"),
        ("身分证补领", "/items/id-card/"),
        ("良民证", "/items/id-card/"),
        ("我的身份证丢了怎么办", "/items/id-card/"),
        ("出国证件", "/items/passport/"),
        ("本本", "/items/passport/"),
        ("坐飞机出去", "/items/passport/"),
        ("户照", "/items/passport/"),
        ("换证 驾驶证", "/items/renewal/"),
        ("食品经营许可证", "/items/food/"),
        ("固定的经营场所", "/items/food/"),
        ("市场监管局", "/departments/scjgj/"),
    ] {
        assert_eq!(found(&site, question).first().map(String::as_str), Some(expected), "{question}");
    }
    assert_eq!(found(&site, "找回小本"), ["/items/licence/"], "both parts of 驾驶证+补证 must be in the name");
    for question in ["火星移民签证", "asdfqwer", "。，！", "比特币挖矿"] {
        assert_eq!(found(&site, question), Vec::<String>::new(), "{question}");
    }
}

#[test]
fn what_is_closed_comes_last_and_former_names_count() {
    let site = Site::minimal()
        .item("old", "食品摊贩登记", 11)
        .item("new", "食品小作坊和食品摊贩备案登记管理", 12)
        .append("content/departments/scjgj/old/item.yaml", "状态: 暂停\n状态说明: 窗口搬家\n")
        .append(DEPARTMENT, "曾用名: [青岚市工商行政管理局]\n");
    assert_eq!(found(&site, "食品摊贩"), ["/items/new/", "/items/old/"]);
    assert_eq!(found(&site, "食品摊贩登记")[0], "/items/old/", "who types the very name means it");
    for question in ["青岚市工商行政管理局", "工商局", "市监局"] {
        assert_eq!(found(&site, question)[0], "/departments/scjgj/", "{question}");
    }
}

#[test]
fn situations_and_places_of_one_item_are_one_result() {
    let county = "-- content/departments/xian/department.yaml --
名称: 白石县市场监督管理局
简称: 白石县市场监管局
统一社会信用代码: \"11990000000001020N\"
行使层级: 县级
职责: 管食品和药品的安全
咨询电话: [\"0600-8802001\"]
监督电话: [\"0600-8802002\"]
默认地点: hall
";
    let site = Site::minimal().with(county);
    let there = site.text(ITEM).replace("11990000000001012U3", "11990000000001020N4").replace("在青岚市", "在白石县");
    let change = site.text(ITEM).replace(
        "名称: 食品经营许可\n",
        "名称: 食品经营许可（变更）\n业务办理项编码: \"11990000000001012U300013100100002\"\n",
    );
    let site = site
        .file("content/departments/xian/food-baishi/item.yaml", there)
        .file("content/departments/scjgj/food-change/item.yaml", change);
    assert_eq!(found(&site, "食品经营许可"), ["/items/food/"]);
    assert_eq!(found(&site, "食品经营许可变更"), ["/items/food-change/"]);
    assert_eq!(found(&site, "白石县食品经营许可"), ["/items/food-baishi/"], "the place that is named");
    let built = site.built();
    let shown: Vec<Value> =
        results(&built).into_iter().filter(|row| row[3].as_str().unwrap().starts_with("items/")).collect();
    let names: Vec<(&str, &Value)> = shown.iter().map(|row| (row[0].as_str().unwrap(), &row[6])).collect();
    assert_eq!(names, [("食品经营许可", &json!(1)), ("食品经营许可（变更）", &json!(0))], "name and further places");
}

#[test]
fn items_that_no_everyday_word_reaches_are_listed() {
    let site = Site::minimal().item("strange", "罕用事项核准", 11).append(ITEM, "别名: [餐饮证]\n");
    let root = site.write();
    let expected = "1 个事项没有任何口语词能搜到，请给它们写别名，或者在 synonyms.yaml 里加词：
  罕用事项核准  /items/strange/
";
    let asked = root.run(&["search", "--unreached", "--as-of", "2026-06-15"]);
    assert_eq!(asked, Ran { status: 0, out: expected.to_owned(), err: String::new() });
    let built = root.run(&["build", "--unreached", "--as-of", "2026-06-15"]);
    assert!(built.err.contains(expected.trim_end()), "{}", built.err);
}

#[test]
fn the_same_content_gives_the_same_index() {
    let (once, again) = (portal().built(), portal().built());
    let index = |built: &Built| -> Vec<(String, Vec<u8>)> {
        let files = built.files.iter().filter(|(path, _)| path.starts_with("search/"));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert!(index(&once).len() > 5);
    assert_eq!(index(&once), index(&again));
}

#[test]
fn results_say_what_editors_wrote() {
    let hostile = "<b>\"经营\"</b> & '许可'";
    let site = Site::minimal()
        .replace(ITEM, "名称: 食品经营许可\n", &format!("名称: {}\n", json!(hostile)))
        .append(ITEM, "别名: [\"制表\\t符\", \"换\\u2028行\"]\n");
    let built = site.built();
    let item = results(&built).into_iter().find(|row| row[3] == "items/food/").unwrap();
    let expected =
        json!([hostile, "", "市场监管局", "items/food/", "在青岚市卖食品的", ["制表\t符", "换\u{2028}行"], 0]);
    assert_eq!(item, expected);
}

/// The first terms of the files of an index are listed with blanks between them.
#[test]
fn no_term_has_a_blank() {
    let site = Site::minimal()
        .replace(DEPARTMENT, "名称: 青岚市市场监督管理局", "名称: 青岚市 市场监督管理局（  知识产权局 ）")
        .replace(DEPARTMENT, "简称: 市场监管局", "简称: 市场 监管局")
        .item("etc", "ETC  办理\u{3000}（ 含 OBU ）", 21);
    let head = unpacked(&site.built(), "search/index.bin");
    for tier in ["title", "sound", "body"] {
        let list = |name: &str| head[tier][name].as_str().unwrap().split(' ').collect::<Vec<_>>();
        let (first, file) = (list("first"), list("file"));
        assert_eq!(first.len(), file.len(), "{tier}: {first:?}");
        assert!(first.iter().zip(&file).all(|(first, file)| !first.is_empty() || file.is_empty()), "{tier}: {first:?}");
    }
    assert_eq!(found(&site, "市场监管局").first().map(String::as_str), Some("/departments/scjgj/"));
}

#[test]
fn of_equal_answers_what_one_begins_with_is_first() {
    // By their names alone these stand in the order of their sounds: 变更, 注销, 设立.
    let site = Site::minimal().item("change", "营业执照变更登记", 21).item("close", "营业执照注销登记", 22).item(
        "open",
        "营业执照设立登记",
        23,
    );
    let paths = ["items/open/", "items/change/", "items/close/"];
    let bare = |path: String| path.trim_start_matches('/').to_owned();
    assert_eq!(found(&site, "营业执照").into_iter().map(bare).collect::<Vec<_>>(), paths);
    assert_eq!(bare(found(&site, "注销营业执照")[0].clone()), paths[2]);
    assert_eq!(bare(found(&site, "营业执照变更")[0].clone()), paths[1]);
}
