//! Addresses never die: `urls.lock`, and the redirects that `--fix` writes.

use std::fs;

use crate::kit::{DEPARTMENT, ITEM, Root, Site};

const LOCK: &str = "content/urls.lock";
const REDIRECTS: &str = "content/redirects.yaml";

fn text(root: &Root, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

/// The portal after a release on the day of the tests.
fn released(site: &Site) -> Root {
    let root = site.write();
    let ran = root.run(&["build", "--release", "--as-of", "2026-07-01"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (0, "content/urls.lock 记下了这次发布的网址，请一起提交\n"),
        "{}",
        ran.out
    );
    root
}

#[test]
fn a_release_notes_every_address() {
    let redirects = "跳转:\n  - { 从: /old/, 到: /items/food/#fees }\n";
    let root = released(&Site::minimal().file(REDIRECTS, redirects));
    let lock = text(&root, LOCK);
    let lines: Vec<&str> = lock.lines().collect();
    assert_eq!(lines[1], "# 发布日期：2026-07-01");
    for line in [
        "/",
        "/items/food/ 食品经营许可",
        "/code/11990000000001012U3000131001000/ -> /items/food/",
        "/departments/scjgj/ 青岚市市场监督管理局",
        "/old/ -> /items/food/#fees",
        "/topics/person/permits/ 准营准办",
    ] {
        assert!(lines.contains(&line), "{line} is not in\n{lock}");
    }
    for part in ["page/", "feed.xml", "404", "assets", "search/m", "sitemap.xml"] {
        assert!(!lock.contains(part), "{part} is in\n{lock}");
    }
    assert!(lines[2..].is_sorted());
    // Nothing changed, so the same release is noted in the same words, and an ordinary build writes nothing.
    let again = root.run(&["build", "--release", "--as-of", "2026-07-01"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    let plain = root.run(&["build", "--as-of", "2026-08-01"]);
    assert_eq!((plain.status, text(&root, LOCK)), (0, lock));
}

#[test]
fn an_address_that_is_lost_blocks_and_the_fix_writes_redirects() {
    let site = Site::minimal().item("drink", "饮用水经营许可", 2);
    let root =
        released(&site.clone().file(REDIRECTS, "# 旧网址\n跳转:\n  # 去年\n  - { 从: /w/, 到: /items/drink/ } # 水\n"));
    let folder = root.join("content/departments/scjgj");
    fs::rename(folder.join("drink"), folder.join("water")).unwrap();
    let lock = text(&root, LOCK);
    let ran = root.run(&["build", "--release", "--as-of", "2026-07-02"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("在 redirects.yaml 里写 `- { 从: /items/drink/, 到: /items/water/ }`"), "{}", ran.out);
    assert_eq!(text(&root, LOCK), lock, "a build that fails notes nothing");
    let earlier = root.run(&["check", "--as-of", "2026-06-30"]);
    assert!(!earlier.out.contains("UR03"), "before the release nothing was published: {}", earlier.out);

    // What is broken for a moment is not lost.
    fs::write(root.join("content/departments/scjgj/broken.yaml"), "").unwrap();
    fs::remove_file(root.join("content/departments/scjgj/broken.yaml")).unwrap();
    let item = text(&root, "content/departments/scjgj/food/item.yaml");
    fs::write(root.join(ITEM), "名称: [").unwrap();
    assert!(!root.run(&["check", "--as-of", "2026-07-02"]).out.contains("UR03"));
    fs::write(root.join(ITEM), item).unwrap();

    let fixed = root.run(&["check", "--fix", "--as-of", "2026-07-02"]);
    assert_eq!(fixed.status, 0, "{}", fixed.out);
    assert_eq!(
        text(&root, REDIRECTS),
        "# 旧网址\n跳转:\n  # 去年\n  - { 从: /w/, 到: /items/water/ } # 水\n  \
         - { 从: /items/drink/, 到: /items/water/, 理由: “饮用水经营许可”的页面换了地方, 日期: 2026-07-02 }\n"
    );
    let built = root.run(&["build", "--release", "--as-of", "2026-07-02"]);
    assert_eq!(built.status, 0, "{}", built.out);
    let lock = text(&root, LOCK);
    assert!(lock.contains("/items/drink/ -> /items/water/\n") && lock.contains("/items/water/ 饮用水经营许可\n"));
}

#[test]
fn a_redirects_file_is_made_where_there_is_none() {
    let root = released(&Site::minimal().item("drink", "饮用水经营许可", 2));
    fs::remove_dir_all(root.join("content/departments/scjgj/drink")).unwrap();
    let dry = root.run(&["check", "--fix", "--dry-run", "--as-of", "2026-07-02"]);
    assert_eq!((dry.status, root.join(REDIRECTS).exists()), (1, false));
    let fixed = root.run(&["check", "--fix", "--as-of", "2026-07-02"]);
    assert_eq!(fixed.status, 0, "{}", fixed.out);
    let written = text(&root, REDIRECTS);
    assert!(written.contains("从: /items/drink/, 到: /items/,"), "{written}");
    assert!(written.contains("到: /items/, 理由: “饮用水经营许可”的页面撤下了, 日期:"), "{written}");
    assert!(written.contains("从: /code/11990000000001012U3000131002000/, 到: /items/,"), "{written}");
    assert_eq!(root.run(&["build", "--as-of", "2026-07-02"]).status, 0);
}

#[test]
fn the_preview_and_a_list_that_is_empty_for_a_while_say_nothing() {
    let root = released(&Site::minimal().item("wedding", "结婚登记", 2).replace(
        "content/departments/scjgj/wedding/item.yaml",
        "主题: { 个人: [准营准办] }",
        "主题: { 个人: [婚姻登记] }",
    ));
    assert!(text(&root, LOCK).contains("/topics/person/marriage/"));
    let item = root.join("content/departments/scjgj/wedding/item.yaml");
    let changed = fs::read_to_string(&item).unwrap().replace("[婚姻登记]", "[准营准办]");
    fs::write(&item, changed).unwrap();
    let built = root.run(&["build", "--as-of", "2026-07-02"]);
    assert_eq!(built.status, 0, "{}", built.out);
    let page = fs::read_to_string(root.join("dist/topics/person/marriage/index.html")).unwrap();
    assert!(page.contains("/topics/"));
    fs::remove_dir_all(root.join("content/departments/scjgj/wedding")).unwrap();
    assert_eq!(root.run(&["build", "--drafts", "--as-of", "2026-07-02"]).status, 0);
    assert_eq!(root.run(&["build", "--as-of", "2026-07-02"]).status, 1);
    assert!(text(&root, DEPARTMENT).contains("市场监管局"));
}
