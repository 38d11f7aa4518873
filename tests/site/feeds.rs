//! The feeds of changes: what is in them, and what keeps its name.

use jiff::civil::date;
use mingbai::pipeline::Input;

use crate::kit::{Built, ITEM, Site};

const RECORD: &str = "变更记录:\n  - { 日期: 2026-06-20, 内容: 承诺时限由10个工作日缩短为5个工作日 }\n  - { 日期: 2026-05-01, 内容: 网上也能办了 }\n";

/// The texts of an element of this name, in order.
fn texts<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
}

fn with_records() -> Site {
    let site = Site::minimal().item("drug", "药品<经营>许可", 2).append(ITEM, RECORD);
    let drug = "content/departments/scjgj/drug/item.yaml";
    site.append(
        drug,
        "变更记录:\n  - { 日期: 2026-06-30, 内容: \"少交A&B\\v两份材料\" }\n  - { 日期: 2026-08-01, 内容: 以后的事 }\n",
    )
}

fn feeds(built: &Built) -> Vec<&str> {
    built.paths().into_iter().filter(|path| path.ends_with("feed.xml")).collect()
}

#[test]
fn what_changed_on_the_site_in_a_department_and_of_an_item() {
    let built = with_records().built();
    assert_eq!(feeds(&built), ["departments/scjgj/feed.xml", "feed.xml", "items/drug/feed.xml", "items/food/feed.xml"]);
    let own = built.text("items/food/feed.xml");
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<id>tag:zwfw.qinglan.example,2026:feed:/items/food/</id>
<title>“食品经营许可”的变更 - 青岚市办事公开</title>
<subtitle>办事指南改了什么：哪天、哪个事项、改了哪里。</subtitle>
<updated>2026-06-20T00:00:00+08:00</updated>
<author><name>青岚市人民政府办公室</name></author>
<link rel="self" type="application/atom+xml" href="https://zwfw.qinglan.example/items/food/feed.xml"/>
<link rel="alternate" type="text/html" href="https://zwfw.qinglan.example/items/food/"/>
<entry>
<id>tag:zwfw.qinglan.example,2026-06-20:/items/food/:ID</id>
<title>食品经营许可：承诺时限由10个工作日缩短为5个工作日</title>
<updated>2026-06-20T00:00:00+08:00</updated>
<published>2026-06-20T00:00:00+08:00</published>
<author><name>青岚市市场监督管理局</name></author>
<category term="scjgj" label="市场监管局"/>
<link rel="alternate" type="text/html" href="https://zwfw.qinglan.example/items/food/#record"/>
<content type="text">承诺时限由10个工作日缩短为5个工作日</content>
</entry>
"#;
    let id = texts(own, "id")[1].rsplit(':').next().unwrap();
    assert!(own.starts_with(&expected.replace("ID", id)), "{own}");
    assert_eq!(id.len(), 16);

    let all = built.text("feed.xml");
    let titles = [
        "药品&lt;经营&gt;许可：少交A&amp;B两份材料",
        "食品经营许可：承诺时限由10个工作日缩短为5个工作日",
        "食品经营许可：网上也能办了",
    ];
    assert_eq!(texts(all, "title")[1..], titles);
    assert_eq!(texts(built.text("departments/scjgj/feed.xml"), "title")[1..], titles);
    // An entry is the same, to the letter, wherever it stands.
    for entry in texts(own, "entry") {
        assert!(all.contains(entry), "{entry}");
    }
}

#[test]
fn ids_stay_when_records_are_added_and_the_site_moves() {
    let ids = |built: &Built| -> Vec<String> {
        texts(built.text("items/food/feed.xml"), "id").into_iter().skip(1).map(str::to_owned).collect()
    };
    let site = Site::minimal().append(ITEM, RECORD);
    let before = ids(&site.built());
    let more = site.clone().replace(ITEM, "变更记录:\n", "变更记录:\n  - { 日期: 2026-06-20, 内容: 电话变了 }\n");
    let after = ids(&more.built());
    assert_eq!((before.len(), after.len()), (2, 3));
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
    let twice = site.clone().replace(ITEM, "变更记录:\n", "变更记录:\n  - { 日期: 2026-05-01, 内容: 网上也能办了 }\n");
    assert_eq!(ids(&twice.built()), before, "the same words of the same day are one entry");
    let staged = site.built_as(|input| Input { base_url: Some("https://staging.example/x/".to_owned()), ..input });
    assert_eq!(ids(&staged), before);
    let link = "href=\"https://staging.example/x/items/food/feed.xml\"";
    assert!(staged.text("items/food/feed.xml").contains(link));
}

#[test]
fn a_feed_is_of_the_records_and_not_of_the_day() {
    let site = with_records();
    let (july, later) = (site.built(), site.built_as(|input| Input { as_of: date(2026, 7, 20), ..input }));
    for feed in feeds(&july) {
        assert_eq!(july.text(feed), later.text(feed), "{feed}");
    }
    let august = site.built_as(|input| Input { as_of: date(2026, 8, 1), ..input });
    assert_eq!(texts(august.text("feed.xml"), "updated")[0], "2026-08-01T00:00:00+08:00");
    let silent = Site::minimal().built();
    for feed in feeds(&silent) {
        assert_eq!(
            texts(silent.text(feed), "updated"),
            ["2026-06-01T00:00:00+08:00"],
            "{feed}: the 更新日期 of its item"
        );
    }
}

#[test]
fn pages_lead_to_the_feeds() {
    let built = with_records().built();
    let head = |path: &str| -> Vec<String> {
        let links = built.text(path).split("<link rel=\"alternate\" type=\"application/atom+xml\"").skip(1);
        links.map(|rest| rest.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
    };
    assert_eq!(head("index.html"), ["/feed.xml"]);
    assert_eq!(head("items/food/index.html"), ["/items/food/feed.xml", "/feed.xml"]);
    assert_eq!(head("departments/scjgj/index.html"), ["/departments/scjgj/feed.xml", "/feed.xml"]);
    for (page, feed) in [
        ("index.html", "/feed.xml"),
        ("changes/index.html", "/feed.xml"),
        ("items/food/index.html", "/items/food/feed.xml"),
        ("departments/scjgj/index.html", "/departments/scjgj/feed.xml"),
    ] {
        let text = built.text(page);
        let mut links = text.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
        assert!(links.any(|link| link.contains(&format!("href=\"{feed}\""))), "{page} has no link to {feed}");
    }
}

#[test]
fn a_file_of_the_editors_does_not_take_the_address_of_a_feed() {
    let site = Site::minimal().file("content/static/feed.xml", "<x/>");
    let printed = site.findings(mingbai::diagnostics::Lang::Zh);
    assert!(printed.contains("网址 `/feed.xml` 是程序自己生成的页面"), "{printed}");
}
