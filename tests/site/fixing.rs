//! `mingbai check --fix`: what it changes, shows and leaves alone.

use std::fs;

use crate::kit::{DEPARTMENT, ITEM, PLACE, Root, SITE, Site};

const FIX: [&str; 4] = ["check", "--fix", "--as-of", "2026-07-01"];

/// A portal with one of every fault that can be repaired.
fn faulty() -> Site {
    let site = Site::minimal();
    let department = site.text(DEPARTMENT).replace('\n', "\r\n").replace("简称: 市", "简称：市");
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(site.text(SITE).replace("\"9900000001\"", "9900000001 # 标识码").into_bytes());
    site.replace(PLACE, "  - 周一", "\t- 周一")
        .replace(PLACE, "\"0600-8800001\"", "\"０６００—８８００００１\" # 总机")
        .replace(ITEM, "  - 有固定的经营场所", "  # 一条,注释\n  - 有固定的场所,并且开门  ")
        .replace(ITEM, "实施编码: \"11990000000001012U3000131001000\"", "实施编码: 11990000000001012Ｕ3000131001000")
        .file(DEPARTMENT, department)
        .file(SITE, bytes)
        .file("content/departments/scjgj/food/guide.md", "先看,再办  \n`甲,乙`\n")
}

fn text(root: &Root, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

#[test]
fn what_is_only_a_matter_of_form_is_repaired() {
    let root = faulty().write();
    let before: Vec<String> = [SITE, PLACE, ITEM, DEPARTMENT].map(|path| text(&root, path)).into();
    let dry = root.run(&[&FIX[..], &["--dry-run"]].concat());
    assert_eq!(before, [SITE, PLACE, ITEM, DEPARTMENT].map(|path| text(&root, path)), "a dry run writes nothing");
    assert_eq!(dry.status, 1);
    let ran = root.run(&FIX);
    let diff = "\
content/departments/scjgj/department.yaml
    2 - 简称：市场监管局
    2 + 简称: 市场监管局

content/departments/scjgj/food/guide.md
    1 - 先看,再办··
    1 + 先看，再办··

content/departments/scjgj/food/item.yaml
    2 - 实施编码: 11990000000001012Ｕ3000131001000
    2 + 实施编码: 11990000000001012U3000131001000
   15 -   - 有固定的场所,并且开门··
   15 +   - 有固定的场所，并且开门

content/places/hall.yaml
    4 - →- 周一至周五 9:00-12:00, 13:30-17:30
    4 +   - 周一至周五 9:00-12:00, 13:30-17:30
    6 - 电话: \"０６００—８８００００１\" # 总机
    6 + 电话: \"0600-8800001\" # 总机

content/site.yaml
      - 开头的 BOM 标记
    7 - 网站标识码: 9900000001 # 标识码
    7 + 网站标识码: \"9900000001\" # 标识码

";
    assert_eq!(ran.out, format!("{diff}改好了 5 个文件，9 处\n\n没有问题：1 个事项（含草稿）\n"));
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(
        dry.out.starts_with(&format!("{diff}会改 5 个文件，9 处；没有写文件，下面是现在的问题\n\n")),
        "{}",
        dry.out
    );
    let crlf = Site::minimal().text(DEPARTMENT).replace('\n', "\r\n");
    assert_eq!(text(&root, DEPARTMENT), crlf, "the ends of lines stay");
    assert!(fs::read(root.join(SITE)).unwrap().starts_with("格式".as_bytes()));
    let files = crate::kit::tree(root.path());
    let again = root.run(&FIX);
    assert_eq!(again.out, "没有可以自动改的\n没有问题：1 个事项（含草稿）\n");
    assert_eq!(crate::kit::tree(root.path()), files, "a second run changes nothing");
}

#[test]
fn the_portal_means_the_same_afterwards() {
    let root = faulty().write();
    root.run(&FIX);
    let expected = Site::minimal().replace(ITEM, "有固定的经营场所", "有固定的场所，并且开门");
    let guide = "content/departments/scjgj/food/guide.md";
    let expected = expected.file(guide, "先看，再办  \n`甲,乙`\n").built().files;
    let built = root.run(&["build", "--as-of", "2026-07-01"]);
    assert_eq!(built.status, 0, "{}", built.out);
    let made = crate::kit::tree(&root.join("dist"));
    let pages = |path: &&String| path.ends_with(".html");
    assert_eq!(made.keys().filter(pages).count(), expected.keys().filter(pages).count());
    for path in expected.keys().filter(pages) {
        assert_eq!(made.get(path), expected.get(path), "{path}");
    }
}

#[test]
fn what_is_let_pass_or_not_looked_for_stays() {
    let text_of = |site: &Site| {
        let root = site.write();
        root.run(&FIX);
        text(&root, ITEM)
    };
    let line = "  - 有场所,并且开门 # 允许 TX01：商标就是这样写的";
    let allowed = Site::minimal().replace(ITEM, "  - 有固定的经营场所", line);
    assert_eq!(text_of(&allowed), allowed.text(ITEM));
    let off = Site::minimal().replace(ITEM, "有固定的经营场所", "有场所,并且开门").replace(
        SITE,
        "地区: 青岚市",
        "地区: 青岚市\n检查等级: { TX01: 不查 }",
    );
    assert_eq!(text_of(&off), off.text(ITEM));
}

#[test]
fn findings_for_programs_come_alone() {
    let ran = faulty().write().run(&[&FIX[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(0));
    assert!(ran.err.ends_with("改好了 5 个文件，9 处\n"), "{}", ran.err);
}

#[test]
fn sarif_tells_the_repair() {
    let site = Site::minimal().replace(PLACE, "\"0600-8800001\"", "\"0600—8800001\"");
    let ran = site.write().run(&["check", "--as-of", "2026-07-01", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let change = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], PLACE);
    let replacement = &change["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "0600-8800001");
    assert_eq!(
        (&replacement["deletedRegion"]["startLine"], &replacement["deletedRegion"]["startColumn"]),
        (&6.into(), &6.into())
    );
}

#[test]
fn a_read_only_file_stops_everything() {
    let root = faulty().write();
    let place = root.join(PLACE);
    let mut permissions = fs::metadata(&place).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&place, permissions).unwrap();
    let before = crate::kit::tree(root.path());
    let ran = root.run(&FIX);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.err, format!("不能运行：`{PLACE}` 是只读的，没有写；去掉只读再运行一次\n"));
    assert_eq!(crate::kit::tree(root.path()), before);
}
