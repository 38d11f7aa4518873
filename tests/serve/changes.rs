//! Changes on disk: what becomes of the pages, and what the panel shows.

use std::fs;

use mingbai::serve::{Browsers, Options, Watching, start};
use serde_json::{Value, json};

use crate::browser::{Events, findings, get};
use crate::portal::{PAGE, Preview, SITE, input, write};

/// A page that cannot be read, and where it is wrong.
const BROKEN: &str = "---\n标题: 关于本站\n标提: <b>错</b>\n摘要: 试验用的页面。\n栏目: 帮助\n发布日期: 2026-11-01\n---\n\n第二版正文。\n";

/// The text of the page about the site.
fn about(preview: &Preview) -> String {
    let answer = get(preview.address, "/about/");
    assert_eq!(answer.status, 200);
    answer.text().to_owned()
}

/// The places of all findings, as `path:line:column`.
fn places(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let place = &finding["place"];
            format!("{}:{}:{}", place["path"].as_str().unwrap(), place["line"], place["column"])
        })
        .collect()
}

#[test]
fn a_change_is_a_new_page() {
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    assert!(about(&preview).contains(&format!("data-page=\"{}\"", first.page)), "the page names its version");
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    let second = events.next_page(&first);
    let page = about(&preview);
    assert!(page.contains("第二版正文。") && page.contains(&format!("data-page=\"{}\"", second.page)));
    assert_eq!(Events::open(preview.address).next(), Some(second), "who connects later sees the same");
    preview.stop();
}

#[test]
fn every_way_to_save() {
    let preview = Preview::of(&[]);
    let root = preview.folder.path();
    let page = root.join("content/pages/about.md");
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    // As simple editors do: the file is emptied and written.
    fs::write(&page, PAGE.replace("第一版", "原")).unwrap();
    while !about(&preview).contains("原正文") {
        state = events.next_page(&state);
    }
    // As most editors do: a new file takes the place of the old.
    fs::write(root.join("content/pages/.about.md.swp"), PAGE.replace("第一版", "甲")).unwrap();
    fs::rename(root.join("content/pages/.about.md.swp"), &page).unwrap();
    while !about(&preview).contains("甲正文") {
        state = events.next_page(&state);
    }
    // As vim does: the old file is moved away first.
    fs::rename(&page, root.join("content/pages/about.md~")).unwrap();
    fs::write(&page, PAGE.replace("第一版", "乙")).unwrap();
    fs::remove_file(root.join("content/pages/about.md~")).unwrap();
    while !about(&preview).contains("乙正文") {
        state = events.next_page(&state);
    }
    // A new folder with a file in it, then renamed, then removed.
    preview.save("content/pages/new/deep/page.md", PAGE);
    while get(preview.address, "/new/deep/page/").status != 200 {
        state = events.next_page(&state);
    }
    fs::rename(root.join("content/pages/new"), root.join("content/pages/newer")).unwrap();
    while get(preview.address, "/newer/deep/page/").status != 200 {
        state = events.next_page(&state);
    }
    preview.save("content/pages/newer/deep/page.md", &PAGE.replace("第一版", "丙"));
    while !get(preview.address, "/newer/deep/page/").text().contains("丙正文") {
        state = events.next_page(&state);
    }
    fs::remove_dir_all(root.join("content/pages/newer")).unwrap();
    while get(preview.address, "/newer/deep/page/").status != 404 {
        state = events.next_page(&state);
    }
    preview.stop();
}

#[test]
fn the_content_folder_is_exchanged() {
    let preview = Preview::of(&[]);
    let root = preview.folder.path();
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    fs::rename(root.join("content"), root.join("away")).unwrap();
    let gone = events.next_findings(&first);
    assert!(findings(preview.address)["failure"].as_str().unwrap().contains("content"), "it says what is missing");
    assert!(about(&preview).contains("第一版正文。"));
    fs::rename(root.join("away"), root.join("content")).unwrap();
    let back = events.next_page(&gone);
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    events.next_page(&back);
    assert!(about(&preview).contains("第二版正文。"), "the new folder is watched");
    preview.stop();
}

#[test]
fn a_fault_leaves_the_last_good_page() {
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    let good = events.next().unwrap();
    preview.save("content/pages/about.md", BROKEN);
    let broken = events.next_findings(&good);
    assert!(about(&preview).contains("第一版正文。"), "the last good page stays");
    let report = findings(preview.address);
    assert_eq!((&report["page"], &report["state"]), (&json!(broken.page), &json!(broken.state)));
    assert_eq!((&report["is_blocked"], &report["summary"]), (&json!(true), &json!("共 1 个问题：1 个错误")));
    assert_eq!(places(&report), ["content/pages/about.md:3:1"]);
    let finding = &report["findings"][0];
    assert_eq!((&finding["code"], &finding["severity_name"]), (&json!("YM05"), &json!("错误")));
    assert_eq!(
        finding["place"]["lines"],
        json!([
            {"number": 2, "before": "标题: 关于本站", "marked": null, "after": ""},
            {"number": 3, "before": "", "marked": "标提", "after": ": <b>错</b>"},
            {"number": 4, "before": "摘要: 试验用的页面。", "marked": null, "after": ""},
        ])
    );
    assert!(finding["repair"].as_str().unwrap().contains("标题"), "{finding}");
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第三版"));
    events.next_page(&broken);
    assert!(about(&preview).contains("第三版正文。"));
    let report = findings(preview.address);
    assert_eq!((&report["is_blocked"], places(&report)), (&json!(false), vec![]));
    preview.stop();
}

#[test]
fn what_was_just_saved_comes_first() {
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    let good = events.next().unwrap();
    preview.save("content/pages/aa.md", BROKEN);
    let first = events.next_findings(&good);
    preview.save("content/pages/zz.md", BROKEN);
    events.next_findings(&first);
    let expected = ["content/pages/zz.md:3:1", "content/pages/aa.md:3:1"];
    assert_eq!(places(&findings(preview.address)), expected);
    preview.stop();
}

#[test]
fn a_start_with_broken_content_recovers() {
    let preview = Preview::of(&[("content/site.yaml", "格式: 1\n名称: <script>alert(1)</script>\n")]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    let answer = get(preview.address, "/zwfw/about/");
    assert_eq!((answer.status, answer.header("Content-Type")), (503, "text/html; charset=utf-8"));
    let page = answer.text();
    assert!(page.contains("/__mingbai/client.js") && page.contains("content/site.yaml:1:1"), "{page}");
    assert!(!page.contains("<script>alert"), "texts are escaped");
    assert!(page.contains(&format!("data-page=\"{}\"", first.page)));
    assert_eq!(findings(preview.address)["is_blocked"], json!(true));
    preview.save("content/site.yaml", &SITE.replace("example/", "example/zwfw/"));
    events.next_page(&first);
    let answer = get(preview.address, "/zwfw/about/");
    assert_eq!(answer.status, 200, "the same address");
    assert!(answer.text().contains("第一版正文。"));
    preview.stop();
}

/// Only the rules find what is wrong here, and they look at pages that are shown already.
#[test]
fn what_the_rules_find_takes_the_first_pages_back() {
    let strict = format!("{SITE}检查等级: {{ PB02: 阻止 }}\n");
    let number = PAGE.replace("第一版正文", "号码是 110101199003078515");
    let preview = Preview::of(&[("content/site.yaml", &strict), ("content/pages/about.md", &number)]);
    let report = findings(preview.address);
    assert_eq!((places(&report), &report["is_blocked"]), (vec!["content/pages/about.md:8:5".to_owned()], &json!(true)));
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    assert_eq!(report["page"], json!(first.page), "the answer tells of the pages there are now");
    let answer = get(preview.address, "/about/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("content/pages/about.md:8:5"), "the place is told without scripts too");
    preview.save("content/pages/about.md", PAGE);
    events.next_page(&first);
    assert!(about(&preview).contains("第一版正文。"));
    preview.stop();
}

/// What the first panel shows is what the rules found, however early it asks.
#[test]
fn the_first_panel_waits_for_the_rules() {
    let number = PAGE.replace("第一版正文", "号码是 110101199003078515");
    let preview = Preview::of(&[("content/pages/about.md", &number)]);
    let report = findings(preview.address);
    assert_eq!(
        (places(&report), &report["is_blocked"]),
        (vec!["content/pages/about.md:8:5".to_owned()], &json!(false))
    );
    let first = Events::open(preview.address).next().unwrap();
    assert_eq!((&report["page"], &report["state"]), (&json!(first.page), &json!(first.state)), "no change is told");
    assert!(about(&preview).contains("号码是"));
    preview.stop();
}

#[test]
fn faults_of_a_theme() {
    let themed = format!("{SITE}主题: mine\n");
    let base = "{% extends \"layout/base.html\" %}{% block content %}标记甲 {{ article.title }}{% endblock %}";
    let path = "themes/mine/templates/pages/page.html";
    let preview = Preview::of(&[("content/site.yaml", &themed), (path, base)]);
    let mut events = Events::open(preview.address);
    let good = events.next().unwrap();
    assert!(about(&preview).contains("标记甲 关于本站"));
    // A fault of syntax is found when the templates are read.
    preview.save(path, &base.replace("}}", "%}"));
    let broken = events.next_findings(&good);
    assert_eq!(findings(preview.address)["findings"][0]["place"]["path"], json!(path));
    assert!(about(&preview).contains("标记甲 关于本站"));
    // An unknown name is found when a page is rendered, and the page before it is shown.
    preview.save(path, &base.replace("article.title", "article.titel").replace('甲', "乙"));
    let unknown = events.next_page(&broken);
    assert!(about(&preview).contains("标记甲 关于本站"));
    let report = findings(preview.address);
    assert_eq!((places(&report), &report["is_blocked"]), (vec![format!("{path}:1:67")], &json!(true)));
    preview.save(path, &base.replace('甲', "丙"));
    events.next_page(&unknown);
    assert!(about(&preview).contains("标记丙 关于本站"));
    assert_eq!(findings(preview.address)["is_blocked"], json!(false));
    preview.stop();
}

#[test]
fn a_faulty_theme_at_the_start_has_a_page_of_its_own() {
    let template = "{% extends \"layout/base.html\" %}{% block content %}{{ nothing.here }}{% endblock %}";
    let preview = Preview::of(&[
        ("content/site.yaml", &format!("{SITE}主题: mine\n")),
        ("themes/mine/templates/pages/page.html", template),
    ]);
    let answer = get(preview.address, "/about/");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("/__mingbai/client.js"));
    assert_eq!(get(preview.address, "/").status, 200, "other pages are not affected");
    preview.stop();
}

#[test]
fn what_does_not_matter_is_no_news() {
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    for path in ["dist/index.html", ".git/index", "content/pages/.about.md.swp", "content/pages/about.md~", "notes.txt"]
    {
        preview.save(path, "x");
    }
    preview.save("content/pages/about.md", PAGE);
    // The next news is this one: nothing before it was.
    preview.save("content/pages/other.md", PAGE);
    let second = events.next_page(&first);
    let number = |token: &str| token.rsplit_once('-').unwrap().1.parse::<u64>().unwrap();
    assert_eq!(number(&second.state), number(&first.state) + 1);
    preview.stop();
}

#[test]
fn it_ends_and_says_why_it_cannot_begin() {
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    assert!(events.next().is_some());
    preview.stop();
    assert_eq!(events.next(), None, "streams end with it");

    let empty = tempfile::tempdir().unwrap();
    let options = |port| Options::new(input(empty.path()), port);
    let error = start(options(0)).err().unwrap();
    assert!(error.words().zh.contains("没有可以读取的 content 文件夹"), "{error}");

    write(empty.path(), "content/site.yaml", SITE);
    let first = start(options(0)).ok().unwrap();
    let second = start(options(first.address().port())).ok().unwrap();
    assert!(second.address().port() > first.address().port(), "the next free port");
    second.stop();
    first.stop();
}

#[test]
fn browsers_follow_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", &SITE.replace("example/", "example/zwfw/"));
    write(folder.path(), "content/pages/about.md", PAGE);
    let preview = Preview::start_as(folder, |options| options.browsers = Browsers::Follow);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    assert_eq!(first.follow, None, "nothing was saved yet");
    preview.save("content/pages/help/new.md", PAGE);
    let second = events.next_page(&first);
    assert_eq!(second.follow.as_deref(), Some("/zwfw/help/new/"));
    preview.stop();
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    assert_eq!(events.next_page(&first).follow, None, "only when asked");
    preview.stop();
}

#[test]
fn another_style_sheet_leaves_the_pages() {
    let css = "themes/mine/assets/css/90-own.css";
    let preview =
        Preview::of(&[("content/site.yaml", &format!("{SITE}主题: mine\n")), (css, ".own { color: #123456 }\n")]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    preview.save(css, ".own { color: #654321 }\n");
    let second = events.next_findings(&first);
    assert_ne!(second.style, first.style);
    let address = second.style.clone().unwrap();
    assert!(get(preview.address, &address).text().contains(".own { color: #654321 }"));
    assert!(about(&preview).contains(&address), "pages that are loaded later have it");
    preview.save("themes/mine/assets/js/90-own.js", "// own\n");
    events.next_page(&second);
    preview.stop();
}

#[test]
fn nothing_is_missing_while_it_is_built_again() {
    let preview = Preview::of(&[]);
    let address = preview.address;
    let mut events = Events::open(address);
    let mut state = events.next().unwrap();
    let asking = std::thread::spawn(move || {
        let whole = |n: usize| {
            let answer = get(address, "/about/");
            assert_eq!(answer.status, 200, "request {n}");
            assert!(answer.text().trim_end().ends_with("</html>"), "request {n}");
            assert_eq!(answer.header("Content-Length"), answer.body.len().to_string());
        };
        (0..150).for_each(whole);
    });
    for n in 0..6 {
        preview.save("content/pages/about.md", &PAGE.replace("第一版", &format!("第{n}次")));
        state = events.next_page(&state);
        assert!(about(&preview).contains(&format!("第{n}次正文。")));
    }
    asking.join().unwrap();
    preview.stop();
}

#[test]
fn looking_again_and_again_sees_changes_too() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    let preview = Preview::start_as(folder, |options| options.watching = Watching::Polling);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    preview.save("content/pages/about.md", &PAGE.replace("第一版正文。", "第二版，正文更长。"));
    events.next_page(&first);
    assert!(about(&preview).contains("第二版，正文更长。"));
    preview.stop();
}

#[test]
fn findings_lead_to_the_page_and_to_the_editor() {
    let preview = Preview::of(&[]);
    let mut events = Events::open(preview.address);
    let good = events.next().unwrap();
    preview.save("content/pages/about.md", BROKEN);
    events.next_findings(&good);
    let place = &findings(preview.address)["findings"][0]["place"];
    let file = std::path::absolute(preview.folder.path().join("content/pages/about.md")).unwrap();
    assert_eq!(place["editor"], json!(format!("vscode://file{}:3:1", file.display())));
    assert_eq!(place["shown"], json!("/about/"));
    let parts: Value = serde_json::from_slice(&get(preview.address, "/__mingbai/places?/about/").body).unwrap();
    assert_eq!((&parts[0]["id"], &parts[0]["line"]), (&json!("main-content"), &json!(1)));
    assert_eq!(parts[0]["path"], json!("content/pages/about.md"));
    for odd in ["", "?", "?/none/", "?/../x", "?/robots.txt"] {
        assert_eq!(get(preview.address, &format!("/__mingbai/places{odd}")).text(), "[]", "{odd}");
    }
    preview.stop();
}
