//! The finished site: the same bytes from the same input, what stays and what
//! goes, and what an unfinished build leaves alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use jiff::civil::date;
use mingbai::pipeline::Input;
use serde_json::Value;

use crate::kit::{Built, DEPARTMENT, ITEM, MINIMAL, PLACE, Root, SITE, Site, TOPICS, collect, run_in, tree};

const DAY: [&str; 2] = ["--as-of", "2026-07-01"];

/// A portal with something of every kind.
fn rich() -> Site {
    let mut site = Site::minimal()
        .file("content/departments/scjgj/food/files/form.docx", "表")
        .file("content/static/hall.png", "图")
        .replace(ITEM, "来源: 申请人自备 }", "来源: 申请人自备, 空白表格: files/form.docx }")
        .with(
            "-- content/materials/id-card.yaml --
名称: 居民身份证
类型: 证件证书证明
出具单位: 公安机关
-- content/departments/scjgj/food/guide.md --
## 先看这里

带[申请书](files/form.docx)，去[大厅](/places/hall/)。
-- content/bundles/shop/bundle.yaml --
名称: 开店一件事
面向: 法人
说明: 一次办完
一次告知: { 说明: 先问导办台 }
一表申请: { 名称: 开店联办表, 代替: [food/application] }
一套材料: 各科室共用一套
一窗受理: { 地点: hall, 窗口: 二楼6号 }
一网办理: { 网址: https://shop.example/ }
事项:
  - { 事项: food, 顺序: 1, 关系: 必办 }
-- content/notices/2026-06-01-closed.md --
---
标题: 停办两天
类型: 窗口停办
开始: 2026-06-01
截止: 2026-12-31
---
改到周一办。
-- content/pages/help/how-to-use.md --
---
标题: 怎么用
摘要: 怎么用
栏目: 帮助
发布日期: 2026-01-01
---
先看[全部事项](/items/)。
-- content/redirects.yaml --
跳转:
  - { 从: /items/old/, 到: /items/food/, 理由: 改名 }
",
        );
    for n in 2..8 {
        site = site.item(&format!("permit-{n}"), &format!("第{n}种许可"), n);
    }
    site
}

#[test]
fn one_thread_and_many_give_the_same_bytes_anywhere() {
    let (here, there) = (rich().write(), tempfile::tempdir().unwrap());
    let deep = there.path().join("另一个 文件夹/门户");
    rich().write_to(&deep);
    let one = run_in(here.path(), &["build", DAY[0], DAY[1]], &[("RAYON_NUM_THREADS", "1")]);
    let many = run_in(
        Path::new("/"),
        &["build", DAY[0], DAY[1], "--root", deep.to_str().unwrap()],
        &[("RAYON_NUM_THREADS", "8")],
    );
    assert_eq!((one.status, one.err.as_str(), many.status, many.err.as_str()), (0, "", 0, ""));
    same(&tree(&here.join("dist")), &tree(&deep.join("dist")));
}

#[test]
fn the_sample_portal_gives_the_same_bytes_too() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let build = |out: &Path, threads: &str| {
        let out = out.join("网站");
        let arguments = ["build", "--as-of", "2026-10-01", "--out", out.to_str().unwrap()];
        let ran = run_in(repository, &arguments, &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
        tree(&out)
    };
    same(&build(one.path(), "1"), &build(many.path(), "8"));
}

/// Compares two trees without printing pages.
fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    let differ: Vec<&String> =
        one.iter().filter(|(path, bytes)| other[*path] != **bytes).map(|(path, _)| path).collect();
    assert_eq!(differ, Vec::<&String>::new());
}

/// What tells whether a file was touched: its bytes, its time, its inode.
type Stamps = BTreeMap<String, (Vec<u8>, (i64, i64), u64)>;

fn stamps(folder: &Path) -> Stamps {
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut |path, file| {
        let meta = fs::metadata(file).unwrap();
        found.insert(path, (fs::read(file).unwrap(), (meta.mtime(), meta.mtime_nsec()), meta.ino()));
    });
    found
}

fn build(root: &Root) -> Stamps {
    let ran = root.run(&["build", DAY[0], DAY[1]]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    stamps(&root.join("dist"))
}

#[test]
fn files_that_did_not_change_are_not_touched() {
    let root = rich().write();
    let first = build(&root);
    assert_eq!(build(&root), first, "nothing changed");
    root.update(&rich().replace(PLACE, "18号", "81号"));
    let second = build(&root);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let changed: BTreeSet<&str> =
        first.iter().filter(|(path, stamp)| second[*path].0 != stamp.0).map(|(path, _)| path.as_str()).collect();
    let touched: BTreeSet<&str> =
        first.iter().filter(|(path, stamp)| second[*path] != **stamp).map(|(path, _)| path.as_str()).collect();
    assert_eq!(changed, touched);
    let with_place = |path: &&str| {
        let with = ["places/", "items/", "bundles/shop/", "departments/scjgj/", "data/places.json", "."];
        with.iter().any(|start| path.starts_with(start))
    };
    let others: Vec<&&str> = changed.iter().filter(|path| !with_place(path)).collect();
    assert!(changed.contains("places/hall/index.html"));
    assert_eq!(others, Vec::<&&str>::new());
}

#[test]
fn an_error_leaves_the_published_site_alone() {
    let root = rich().write();
    let before = build(&root);
    root.update(&rich().replace(ITEM, "承诺: 10个工作日", "承诺: 30个工作日"));
    let ran = root.run(&["build", DAY[0], DAY[1]]);
    assert_eq!((ran.status, ran.err.as_str()), (1, "没有生成：先改好上面的问题。已经发布的网站没有变\n"));
    assert_eq!(
        ran.out,
        "错误[TL01] promise-over-statute：承诺 `30个工作日` 比法定 `20个工作日` 长
   --> content/departments/scjgj/food/item.yaml:20:25
    |
 20 | 办理时限: { 法定: 20个工作日, 承诺: 30个工作日 }
    |                                     ^^^^^^^^^^ 长过法定
    = 允许：不超过 20个工作日
    = 改法：缩短承诺，或者核对法定时限
共 1 个问题：1 个错误
"
    );
    assert_eq!(stamps(&root.join("dist")), before);
    // A fault that shows only while pages are made.
    let broken = rich()
        .replace(SITE, "地区: 青岚市", "地区: 青岚市\n主题: plain")
        .with("-- themes/plain/templates/pages/places.html --\n{{ list.nothing }}\n");
    root.update(&broken);
    assert_eq!(root.run(&["build", DAY[0], DAY[1]]).status, 1);
    assert_eq!(stamps(&root.join("dist")), before);
    // And afterwards the way is free again.
    root.update(&rich());
    assert_eq!(build(&root), before);
}

#[test]
fn what_no_longer_belongs_goes_away() {
    let root = rich().write();
    let before = build(&root);
    assert!(before.contains_key("items/permit-2/index.html"));
    fs::remove_dir_all(root.join("content/departments/scjgj/permit-2")).unwrap();
    let after = build(&root);
    let clean = rich().without("content/departments/scjgj/permit-2/item.yaml").write();
    let bytes = |stamps: Stamps| stamps.into_iter().map(|(path, stamp)| (path, stamp.0)).collect::<BTreeMap<_, _>>();
    same(&bytes(after), &bytes(build(&clean)));
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let root = Site::minimal().file("dist/holiday.jpg", "照片").write();
    let ran = root.run(&["build", DAY[0], DAY[1]]);
    let folder = root.join("dist");
    let expected =
        format!("不能运行：`{}` 里有不是本程序生成的文件，为免误删，不写入；请换一个空文件夹\n", folder.display());
    assert_eq!((ran.status, ran.out.as_str(), ran.err), (2, "", expected));
    assert_eq!(tree(&folder), BTreeMap::from([("holiday.jpg".to_owned(), "照片".as_bytes().to_vec())]));
}

#[test]
fn rolling_back_and_forth() {
    let root = Site::minimal().write();
    let ran = root.run(&["build", "--rollback"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("旁边没有上一次发布的网站，换不回去，现在的没有动"), "{}", ran.err);
    let first = build(&root);
    let completed = fs::metadata(root.join("dist/.mingbai-manifest")).unwrap().modified().unwrap();
    let completed =
        jiff::Timestamp::try_from(completed).unwrap().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
    let pages = tree(&root.join("dist")).keys().filter(|path| path.ends_with(".html")).count();
    let said = format!(
        "已经换回上一次发布的网站：{} 生成的，{pages} 个网页；再运行一次就换回来\n",
        completed.strftime("%Y-%m-%d %H:%M")
    );
    root.update(&Site::minimal().replace(PLACE, "18号", "81号"));
    let second = build(&root);
    assert_ne!(first, second);
    let back = root.run(&["build", "--rollback"]);
    assert_eq!((back.status, back.out.as_str(), back.err.as_str()), (0, said.as_str(), ""));
    assert_eq!(stamps(&root.join("dist")), first);
    assert_eq!(root.run(&["build", "--rollback"]).status, 0);
    assert_eq!(stamps(&root.join("dist")), second);
}

#[test]
fn warnings_block_only_when_asked() {
    let root = Site::minimal().file("content/synonyms.yaml", "\u{feff}单向: []\n").write();
    let strict = root.run(&["build", DAY[0], DAY[1], "--strict"]);
    let out = "警告[SR02] byte-order-mark：文件开头有看不见的 BOM 标记
  --> content/synonyms.yaml
   = 改法：另存为“UTF-8”（不要选“带 BOM 的 UTF-8”）
共 1 个问题：1 个警告；1 个可以用 mingbai check --fix 改好
";
    assert_eq!((strict.status, strict.out.as_str()), (1, out));
    assert!(!root.join("dist").exists());
    let lenient = root.run(&["build", DAY[0], DAY[1]]);
    assert_eq!((lenient.status, lenient.out.starts_with(out)), (0, true));
    assert!(root.join("dist/index.html").exists());
    assert_eq!(root.run(&["check", DAY[0], DAY[1]]).status, 0);
    assert_eq!(root.run(&["check", "--strict"]).status, 1);
}

#[test]
fn the_closing_line_counts_what_there_is() {
    let root = rich().write();
    let ran = root.run(&["build", DAY[0], DAY[1]]);
    assert_eq!(
        with_n(&ran.out),
        "完成：N 个事项，N 个页面；写入 N 个文件（N.N MB），N 个没变，删除 N 个；N.N 秒（读取 N.N，解析 N.N，关联 N.N，检查 N.N，规划 N.N，索引 N.N，生成 N.N，发布 N.N）\n"
    );
    let numbers = numbers(&ran.out);
    let files = tree(&root.join("dist"));
    let written = files.len() - 1;
    let redirects = 9;
    let pages = files.keys().filter(|path| path.ends_with(".html")).count() - redirects;
    assert_eq!(numbers[..3], [7, pages, written]);
    let again = root.run(&["build", DAY[0], DAY[1], "--lang", "en"]);
    assert_eq!(
        with_n(&again.out),
        "done: N items, N pages; N files written (N KB), N unchanged, N removed; N.N s (load N.N, parse N.N, resolve N.N, check N.N, plan N.N, index N.N, render N.N, write N.N)\n"
    );
    assert_eq!(numbers_after_files(&again.out), [0, 0, written, 0]);
}

fn numbers(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

/// Files written, kilobytes, unchanged, removed.
fn numbers_after_files(text: &str) -> Vec<usize> {
    numbers(text)[2..6].to_vec()
}

/// A text with every number as `N`.
fn with_n(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if !c.is_ascii_digit() => out.push(c),
            _ if !out.ends_with('N') => out.push('N'),
            _ => {}
        }
    }
    out
}

#[test]
fn the_plan_lists_what_a_build_writes() {
    let root = rich().write();
    build(&root);
    let mut written: Vec<String> = tree(&root.join("dist")).into_keys().collect();
    written.retain(|path| path != ".mingbai-manifest");
    let ran = root.run(&["plan", "--json", DAY[0], DAY[1]]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let rows: Value = serde_json::from_str(&ran.out).unwrap();
    let planned: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["file"].as_str().unwrap()).collect();
    assert_eq!(planned, written);
    let lines = root.run(&["plan", DAY[0], DAY[1]]).out;
    let paths: Vec<&str> = lines.lines().map(|line| line.split_once(' ').unwrap().1.trim()).collect();
    let expected: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["path"].as_str().unwrap()).collect();
    assert_eq!(paths, expected);
}

#[test]
fn a_theme_overrides_one_template_and_one_asset() {
    let plain = rich().built();
    let themed = rich()
        .replace(SITE, "地区: 青岚市", "地区: 青岚市\n主题: plain")
        .with("-- themes/plain/templates/pages/places.html --\n<!DOCTYPE html>{{ page.heading }}\n")
        .with("-- themes/plain/assets/favicon.svg --\n<svg/>\n")
        .built();
    assert_eq!(themed.text("places/index.html"), "<!DOCTYPE html>去哪办\n");
    let icon =
        |built: &Built| built.paths().into_iter().find(|path| path.starts_with("assets/favicon")).unwrap().to_owned();
    let (old, new) = (icon(&plain), icon(&themed));
    assert_eq!(themed.text(&new), "<svg/>\n");
    for path in plain.paths().into_iter().filter(|path| path.ends_with(".html") && *path != "places/index.html") {
        assert_eq!(themed.text(path), plain.text(path).replace(&old, &new), "{path}");
    }
}

#[test]
fn a_component_of_a_theme_shows_wherever_it_is_called() {
    let plain = rich().built();
    let themed = rich()
        .replace(SITE, "地区: 青岚市", "地区: 青岚市\n主题: plain")
        .with("-- themes/plain/templates/components/icon.html --\n{% component icon(name: string) %}[{{ name }}]{% endcomponent icon %}\n")
        .with("-- themes/plain/templates/components/phone.html --\n{% component phone(phone: map) %}<b>{{ phone.text }}</b>{% endcomponent phone %}\n")
        .built();
    let (before, after) = (plain.text("items/food/index.html"), themed.text("items/food/index.html"));
    // One is called with a known name, the other with what a place or an item says.
    let icons = before.matches("<svg class=\"mb-icon\"").count();
    assert!(icons > 2, "{icons}");
    assert!(after.contains("[search]") && !after.contains("mb-icon\""), "{after}");
    let phones = before.matches("<span class=\"mb-phone\">").count();
    assert!(phones > 1 && !after.contains("\"mb-phone\""));
    assert_eq!(after.matches("<b>0600-").count() + after.matches("<b>12345").count(), phones);
}

#[test]
fn a_component_that_fails_is_told_at_its_place() {
    let broken = rich()
        .replace(SITE, "地区: 青岚市", "地区: 青岚市\n主题: plain")
        .with("-- themes/plain/templates/components/phone.html --\n{% component phone(phone: map) %}<b>{{ phone.nothing }}</b>{% endcomponent phone %}\n")
        .write();
    let ran = broken.run(&["build", DAY[0], DAY[1]]);
    assert_eq!(ran.status, 1);
    let place = "themes/plain/templates/components/phone.html:1:";
    assert!(ran.out.contains("TP01") && ran.out.contains(place), "{}", ran.out);
}

#[test]
fn under_a_sub_path_every_address_begins_with_it() {
    let at_root = rich().built();
    let below = rich().built_as(|input| Input { base_url: Some("https://a.example/zwfw/".to_owned()), ..input });
    assert_eq!(at_root.paths().len(), below.paths().len());
    for path in below.paths().into_iter().filter(|path| path.ends_with(".html")) {
        let page = below.text(path);
        for start in ["href=\"/", "src=\"/", "action=\"/", "url=/", "content=\"/", "url(/", "&quot;/"] {
            for (at, _) in page.match_indices(start) {
                let address = &page[at + start.len() - 1..];
                let address = &address[..address.find(['"', ')', '&']).unwrap_or(0)];
                assert!(address.starts_with("/zwfw/"), "{path}: {address}");
            }
        }
        assert!(!page.contains("https://zwfw.qinglan.example/"), "{path} names the other address");
    }
    assert_eq!(below.text("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://a.example/zwfw/sitemap.xml\n");
    let map = below.text("sitemap.xml");
    assert_eq!(map.matches("<loc>").count(), map.matches("<loc>https://a.example/zwfw/").count());
    for path in below.paths().into_iter().filter(|path| path.ends_with(".css") || path.ends_with(".js")) {
        assert!(!below.text(path).contains("url(/"), "{path}");
    }
}

/// The slugs of the items that have a page.
fn items(built: &Built) -> Vec<String> {
    let pages = built.paths().into_iter().filter_map(|path| path.strip_prefix("items/")?.strip_suffix("/index.html"));
    pages.filter(|slug| !slug.contains('/')).map(str::to_owned).collect()
}

fn on(month: i8, day: i8) -> impl Fn(Input) -> Input {
    move |input| Input { as_of: date(2026, month, day), ..input }
}

fn drafts(input: Input) -> Input {
    Input { drafts: true, ..input }
}

/// A portal with the item `food` and, beside it, `other`, changed.
fn with_other(from: &str, to: &str) -> Site {
    let site = Site::minimal().item("other", "另一种许可", 2);
    site.replace("content/departments/scjgj/other/item.yaml", from, to)
}

#[test]
fn only_what_is_approved_is_public() {
    for state in ["草稿", "待审核"] {
        let site = with_other("状态: 已审核", &format!("状态: {state}"));
        assert_eq!(items(&site.built()), ["food"], "{state}");
        assert_eq!(items(&site.built_as(drafts)), ["food", "other"], "{state}");
    }
}

#[test]
fn a_confidential_item_leaves_no_trace() {
    let site = with_other("更新日期:", "涉密: 是\n更新日期:");
    for built in [site.built(), site.built_as(drafts)] {
        assert_eq!(items(&built), ["food"]);
        let code = "U3000131002000";
        for (path, bytes) in &built.files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("另一种许可") && !text.contains(code) && !path.contains(code), "{path}");
        }
    }
}

#[test]
fn items_begin_and_end_on_their_day() {
    let coming = with_other("更新日期:", "生效日期: 2026-08-01\n更新日期:");
    assert_eq!(items(&coming.built_as(on(7, 31))), ["food"]);
    assert_eq!(items(&coming.built_as(on(8, 1))), ["food", "other"]);
    assert_eq!(items(&coming.built_as(drafts)), ["food", "other"]);
    let ending = with_other("更新日期:", "计划取消日期: 2026-08-01\n更新日期:");
    let listed = |built: &Built| built.text("openness/catalogue/index.html").contains("/items/other/");
    let (before, after) = (ending.built_as(on(7, 31)), ending.built_as(on(8, 1)));
    assert_eq!((items(&before), listed(&before)), (vec!["food".to_owned(), "other".to_owned()], true));
    assert_eq!((items(&after), listed(&after)), (vec!["food".to_owned(), "other".to_owned()], false));
    assert_eq!(status(&before), "从2026年8月1日起取消");
    assert_eq!(status(&after), "已经取消，不再办理");
}

/// The word behind 状态 on the page of `other`.
fn status(built: &Built) -> String {
    let words = built.words("items/other/index.html");
    let at = words.iter().position(|word| word == "状态").unwrap();
    words[at + 1].clone()
}

#[test]
fn notices_are_shown_in_their_time() {
    let notice = "-- content/notices/2026-08-01-closed.md --
---
标题: 停办两天
类型: 窗口停办
开始: 2026-08-01
截止: 2026-08-02
---
改到周一办。
";
    let site = Site::minimal().with(notice);
    let shown = |built: &Built| {
        let page = built.paths().contains(&"notices/2026-08-01-closed/index.html");
        (page, built.text("index.html").contains("停办两天"))
    };
    assert_eq!(shown(&site.built_as(on(7, 31))), (false, false));
    assert!(shown(&site.built_as(drafts)).0);
    assert_eq!(shown(&site.built_as(on(8, 1))), (true, true));
    assert_eq!(shown(&site.built_as(on(8, 2))), (true, true));
    assert_eq!(shown(&site.built_as(on(8, 3))), (true, false));
    let draft = Site::minimal().with(&notice.replace("截止:", "草稿: 是\n截止:"));
    assert_eq!(shown(&draft.built_as(on(8, 1))), (false, false));
}

#[test]
fn who_plans_a_visit_is_told_of_notices() {
    let notice = |slug: &str, kind: &str, more: &str| {
        format!(
            "-- content/notices/2026-07-01-{slug}.md --\n---\n标题: {slug}\n类型: {kind}\n开始: 2026-07-01\n截止: 2026-07-31\n\
             {more}---\n看这里。\n"
        )
    };
    let site = Site::minimal()
        .item("drug", "药品经营许可", 31)
        .with(&notice("hall", "窗口停办", "地点: [hall]\n事项: [drug]\n"))
        .with(&notice("remind", "办事提醒", "地点: [hall]\n事项: [drug]\n"))
        .with(&notice("drugs", "系统维护", "事项: [drug]\n"));
    let built = site.built();
    let told = |path: &str| {
        let page = built.text(path);
        let (_, rest) = page.split_once("data-hours=\"").expect("the page has a planner");
        let hours: Value = serde_json::from_str(&rest.split_once('"').unwrap().0.replace("&quot;", "\"")).unwrap();
        let notices = hours["notices"].as_array().unwrap().iter();
        notices.map(|one| format!("{} {}", one["title"].as_str().unwrap(), one["shut"] == true)).collect::<Vec<_>>()
    };
    assert_eq!(told("places/hall/index.html"), ["hall true", "remind false"]);
    assert_eq!(told("items/food/index.html"), ["hall true"]);
    assert_eq!(told("items/drug/index.html"), ["drugs true", "hall true", "remind false"]);
}

#[test]
fn lists_have_as_many_pages_as_they_need() {
    let site = rich().replace(SITE, "地区: 青岚市", "地区: 青岚市\n每页条数: 2");
    let built = site.built();
    let is_list = |path: &&str| path.contains("/page/") && !path.starts_with("openness/");
    let lists: Vec<&str> = built.paths().into_iter().filter(is_list).collect();
    assert_eq!(
        lists,
        [
            "departments/scjgj/page/2/index.html",
            "departments/scjgj/page/3/index.html",
            "departments/scjgj/page/4/index.html",
            "items/page/2/index.html",
            "items/page/3/index.html",
            "items/page/4/index.html",
            "laws/food-law/page/2/index.html",
            "laws/food-law/page/3/index.html",
            "laws/food-law/page/4/index.html",
            "places/hall/page/2/index.html",
            "places/hall/page/3/index.html",
            "places/hall/page/4/index.html",
            "topics/person/permits/page/2/index.html",
            "topics/person/permits/page/3/index.html",
            "topics/person/permits/page/4/index.html",
        ]
    );
    let mut listed = Vec::new();
    for number in 1..=4 {
        let path = if number == 1 { "items/index.html".to_owned() } else { format!("items/page/{number}/index.html") };
        let page = built.text(&path);
        let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
        let slugs: BTreeSet<&str> = main
            .split("href=\"/items/")
            .skip(1)
            .filter_map(|rest| rest.split('/').next())
            .filter(|slug| slug.starts_with("permit") || *slug == "food")
            .collect();
        assert_eq!(slugs.len(), if number == 4 { 1 } else { 2 }, "{path}");
        listed.extend(slugs.into_iter().map(str::to_owned));
    }
    listed.sort();
    assert_eq!(listed, ["food", "permit-2", "permit-3", "permit-4", "permit-5", "permit-6", "permit-7"]);
}

#[test]
fn a_topic_without_items_has_no_page() {
    let built = Site::minimal().built();
    let topics: Vec<&str> = built.paths().into_iter().filter(|path| path.starts_with("topics/")).collect();
    assert_eq!(topics, ["topics/index.html", "topics/person/permits/index.html"]);
    for (path, bytes) in &built.files {
        assert!(!String::from_utf8_lossy(bytes).contains("/topics/person/marriage/"), "{path} leads nowhere");
    }
    assert!(Site::minimal().text(TOPICS).contains("marriage") && MINIMAL.contains(DEPARTMENT));
}

#[test]
fn every_link_of_the_site_leads_somewhere() {
    let built = rich().built();
    let mut broken = Vec::new();
    for path in built.paths().into_iter().filter(|path| path.ends_with(".html")) {
        let page = built.text(path);
        for start in ["href=\"", "src=\"", "action=\""] {
            for (at, _) in page.match_indices(start) {
                let rest = &page[at + start.len()..];
                let address = rest[..rest.find('"').unwrap()].replace("&amp;", "&").replace("&#x2F;", "/");
                if !leads(&built, path, &address) {
                    broken.push(format!("{path}: {address}"));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

fn leads(built: &Built, from: &str, address: &str) -> bool {
    let (path, anchor) = address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id)));
    let path = path.split('?').next().unwrap();
    if path.contains(':') {
        return true;
    }
    let file = match path.strip_prefix('/') {
        None if path.is_empty() => from.to_owned(),
        None => return false,
        Some(below) if below.is_empty() || below.ends_with('/') => format!("{below}index.html"),
        Some(below) => below.to_owned(),
    };
    let there = built.files.contains_key(&file);
    there && anchor.is_none_or(|id| built.text(&file).contains(&format!("id=\"{id}\"")))
}

#[test]
fn a_code_leads_to_its_item() {
    let built = Site::minimal().built();
    let page = built.text("code/11990000000001012U3000131001000/index.html");
    let line = |start: &str| page.lines().map(str::trim).find(|line| line.starts_with(start)).unwrap();
    assert_eq!(line("<meta http-equiv=\"refresh\""), "<meta http-equiv=\"refresh\" content=\"0; url=/items/food/\">");
    assert_eq!(
        line("<link rel=\"canonical\""),
        "<link rel=\"canonical\" href=\"https://zwfw.qinglan.example/items/food/\">"
    );
    assert_eq!(line("<meta name=\"robots\""), "<meta name=\"robots\" content=\"noindex\">");
    let words = built.words("code/11990000000001012U3000131001000/index.html");
    assert_eq!(words, ["页面已搬家", "页面搬到了新地址，马上带您过去。", "食品经营许可"]);
}
