//! Cases (情形): their pages, their addresses, and what becomes of those that are no more.

use std::fs;

use crate::kit::{Built, ITEM, Site};

/// Two questions, the second asked only of those who cook; materials, a step, a fee and a promise depend on them.
fn asking() -> Site {
    Site::minimal()
        .replace(
            ITEM,
            "申请材料:\n",
            "情形引导:
  - { 问题: kind, 问: 卖什么？, 答案: { retail: 只卖预包装食品, meal: 做饭菜 } }
  - { 问题: size, 问: 厨房有多大？, 答案: { small: 不到50平方米, large: 50平方米以上 }, 适用: { kind: [meal] } }
  - { 问题: who, 问: 谁来办？, 答案: { self: 本人办, proxy: 委托别人办 } }
申请材料:
  - { 名称: 厨房平面图, 编号: plan, 类型: 其他, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备, 适用: { size: [large] } }
  - { 名称: 委托书, 编号: proxy, 类型: 其他, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备, 适用: { who: [proxy] } }
",
        )
        .replace(
            ITEM,
            "办理时限: { 法定: 20个工作日, 承诺: 10个工作日 }\n",
            "  - { 环节: 看现场, 办理人: 食品科, 时限: 2个工作日, 内容: 到店里看, 适用: { kind: [meal] } }
办理时限:
  法定: 20个工作日
  承诺: 10个工作日
  分情形:
    - { 适用: { kind: [retail] }, 承诺: 3个工作日 }
",
        )
}

/// The addresses of the cases of a site.
fn cases(built: &Built) -> Vec<&str> {
    let of = |path: &&str| path.starts_with("items/food/case/") && !path.contains("/notice/");
    built.paths().into_iter().filter(of).map(|path| path.trim_end_matches("index.html")).collect()
}

#[test]
fn every_way_has_a_page_and_a_question_that_is_not_asked_has_none() {
    let built = asking().built();
    assert_eq!(
        cases(&built),
        [
            "items/food/case/kind-meal/",
            "items/food/case/kind-meal/size-large/",
            "items/food/case/kind-meal/size-large/who-proxy/",
            "items/food/case/kind-meal/size-large/who-self/",
            "items/food/case/kind-meal/size-small/",
            "items/food/case/kind-meal/size-small/who-proxy/",
            "items/food/case/kind-meal/size-small/who-self/",
            "items/food/case/kind-retail/",
            "items/food/case/kind-retail/who-proxy/",
            "items/food/case/kind-retail/who-self/",
        ]
        .map(|path| path.to_owned())
    );
    // Links lead from the item over every question to every result.
    let page = |path: &str| built.text(&format!("{path}index.html"));
    assert!(page("items/food/").contains("href=\"/items/food/case/kind-meal/\""));
    assert!(page("items/food/case/kind-meal/").contains("href=\"/items/food/case/kind-meal/size-large/\""));
    assert!(page("items/food/case/kind-retail/").contains("href=\"/items/food/case/kind-retail/who-proxy/\""));
}

#[test]
fn a_result_lists_what_its_answers_select_and_nothing_else() {
    let built = asking().built();
    let words = |path: &str| built.words(&format!("items/food/case/{path}index.html")).join("\n");
    let large = words("kind-meal/size-large/who-proxy/");
    for word in ["食品经营许可", "50平方米以上", "厨房平面图", "委托书", "申请书", "看现场", "10个工作日", "3种材料"]
    {
        assert!(large.contains(word), "{word} is not in\n{large}");
    }
    let retail = words("kind-retail/who-self/");
    for word in ["厨房平面图", "委托书", "看现场", "厨房有多大", "什么情形"] {
        assert!(!retail.contains(word), "{word} is in\n{retail}");
    }
    assert!(retail.contains("3个工作日") && retail.contains("1种材料"), "{retail}");
}

#[test]
fn changing_one_answer_keeps_the_others_where_they_still_apply() {
    let built = asking().built();
    let page = built.text("items/food/case/kind-meal/size-large/who-proxy/index.html");
    for link in ["kind-retail/who-proxy/", "kind-meal/size-small/who-proxy/", "kind-meal/size-large/who-self/"] {
        assert!(page.contains(&format!("href=\"/items/food/case/{link}\"")), "{link} is not in\n{page}");
    }
    // From retail to meals the size of the kitchen has to be asked before who comes.
    let retail = built.text("items/food/case/kind-retail/who-proxy/index.html");
    assert!(retail.contains("href=\"/items/food/case/kind-meal/\""), "{retail}");
}

#[test]
fn pages_of_cases_are_not_for_search_engines() {
    let built = asking().built();
    for path in ["items/food/case/kind-meal/", "items/food/case/kind-retail/who-self/"] {
        let page = built.text(&format!("{path}index.html"));
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert!(page.contains(&format!("<link rel=\"canonical\" href=\"https://zwfw.qinglan.example/{path}\">")));
    }
    assert!(!built.text("sitemap.xml").contains("/case/"));
    assert!(!built.text("items/food/index.html").contains("noindex"));
}

#[test]
fn an_item_that_is_not_open_leads_its_cases_to_its_page() {
    let built = asking()
        .replace(ITEM, "更新日期: 2026-06-01\n", "更新日期: 2026-06-01\n状态: 暂停\n状态说明: 系统升级\n")
        .built();
    let page = built.text("items/food/case/kind-meal/index.html");
    assert!(page.contains("url=/items/food/") || page.contains("href=\"/items/food/\""), "{page}");
    assert!(!built.text("items/food/index.html").contains("/case/"));
}

#[test]
fn addresses_of_cases_outlive_their_questions() {
    let root = asking().write();
    let ran = root.run(&["build", "--release", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let lock = fs::read_to_string(root.join("content/urls.lock")).unwrap();
    assert!(lock.contains("\n/items/food/case/kind-meal/size-large/who-self/\n"), "{lock}");
    assert!(!lock.contains("\n/items/food/case/kind-meal/\n"), "what is above a result is known from it: {lock}");

    // The question about the kitchen goes, and an answer gets another id.
    let text = fs::read_to_string(root.join(ITEM)).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("size")).collect();
    fs::write(
        root.join(ITEM),
        without.join("\n").replace("proxy: 委托", "agent: 委托").replace("[proxy]", "[agent]") + "\n",
    )
    .unwrap();
    let ran = root.run(&["build", "--as-of", "2026-07-02"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    let page = |path: &str| fs::read_to_string(root.join(&format!("dist/items/food/case/{path}index.html"))).unwrap();
    assert!(page("kind-meal/size-large/who-self/").contains("/items/food/case/kind-meal/who-self/"));
    assert!(page("kind-meal/size-large/").contains("/items/food/case/kind-meal/"));
    assert!(page("kind-retail/who-proxy/").contains("/items/food/case/kind-retail/"));
    assert!(page("kind-retail/who-agent/").contains("委托书"));

    // The whole item under another name: its cases follow the redirect of the item.
    fs::rename(root.join("content/departments/scjgj/food"), root.join("content/departments/scjgj/meals")).unwrap();
    let ran = root.run(&["check", "--as-of", "2026-07-02"]);
    assert_eq!(ran.out.matches("[UR03]").count(), 1, "one finding for the item is enough: {}", ran.out);
    let redirect = "跳转:\n  - { 从: /items/food/, 到: /items/meals/ }\n";
    fs::write(root.join("content/redirects.yaml"), redirect).unwrap();
    let ran = root.run(&["build", "--as-of", "2026-07-02"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(page("kind-meal/size-large/who-self/").contains("/items/meals/case/kind-meal/who-self/"));
}

#[test]
fn the_flow_of_an_item_is_printed_and_drawn() {
    let root = asking().write();
    let ran = root.run(&["flow", "food", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("食品经营许可 (food)\n3 个问题，6 种结果\n\n卖什么？ [kind]\n├─ 只卖预包装食品 [retail]\n"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("结果6  /items/food/case/kind-meal/size-large/who-proxy/\n  材料 + 厨房平面图、委托书\n"),
        "{}",
        ran.out
    );
    let english = root.run(&["flow", "食品经营许可", "--lang", "en", "--as-of", "2026-07-01"]);
    assert!(english.out.contains("3 questions, 6 results"), "{}", english.out);

    let svg = root.run(&["flow", "food", "--svg", "--as-of", "2026-07-01"]).out;
    assert!(
        svg.starts_with("<svg ") && svg.contains("<title id=\"flow-title\">食品经营许可：情形引导，6 种结果</title>")
    );
    assert_eq!(
        svg.matches("<rect ").count(),
        1 + 1 + 2 + 2 + 6,
        "the ground, the first question, its answers, and so on: {svg}"
    );
    let file = root.run(&["flow", "food", "--svg", "--out", "flow.svg", "--as-of", "2026-07-01"]);
    assert_eq!((file.status, fs::read_to_string(root.join("flow.svg")).unwrap()), (0, svg));

    let unknown = root.run(&["flow", "foot", "--as-of", "2026-07-01"]);
    assert_eq!((unknown.status, unknown.err.contains("是不是 `food`")), (2, true), "{}", unknown.err);
    let plain = Site::minimal().write().run(&["flow", "food", "--as-of", "2026-07-01"]);
    assert_eq!((plain.status, plain.err.contains("没有情形引导")), (2, true), "{}", plain.err);
}

#[test]
fn the_summary_goes_from_the_shortest_promise_to_the_longest_whatever_their_units() {
    let built = asking().replace(ITEM, "承诺: 3个工作日", "承诺: 3小时").built();
    let range = "3小时到10个工作日";
    for path in ["items/food/index.html", "items/index.html", "items/food/notice/index.html"] {
        assert!(built.words(path).join("\n").contains(range), "{path}");
    }
    let page = built.text("items/food/index.html");
    let description = page.split("<meta name=\"description\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(description.contains(range), "{description}");
    assert!(page.contains(&format!("承诺办结时限：{range}")), "{page}");
}

#[test]
fn the_summary_says_that_some_pay_nothing() {
    let fee = |when: &str| {
        format!(
            "收费:
  - {{ 名称: 工本费, 性质: 行政事业性收费, 金额: 20元, 单位: 证, 依据: [{{ 法律: food-law, 条款: 第三十五条 }}], 收取环节: 受理, 收取单位: 食品科, 网上支付: 是, 适用: {{ {when} }} }}
"
        )
    };
    let built = |when: &str| asking().replace(ITEM, "收费: 不收费\n", &fee(when)).built();
    let some = built("kind: [meal]");
    for path in ["items/food/index.html", "items/index.html"] {
        assert!(some.words(path).join("\n").contains("有的不收费，其余20元/证"), "{path}");
    }
    assert!(!some.words("items/food/case/kind-meal/size-large/who-self/index.html").join("\n").contains("不收费"));
    let all = built("kind: [meal, retail]");
    assert!(!all.words("items/food/index.html").join("\n").contains("不收费"));
}
