//! `mingbai move`: departments merge and are renamed, items move.

use std::fs;

use crate::kit::{DEPARTMENT, ITEM, PLACE, Ran, Root, Site, tree};

const FOOD: &str = "/items/food/";

/// A portal with two departments and with everything that names departments and items.
fn portal() -> Site {
    let other = Site::minimal()
        .text(DEPARTMENT)
        .replace("市场监督管理局", "食品药品监督管理局")
        .replace("市场监管局", "食药监局");
    let other = other.replace("8801001", "8802001").replace("11990000000001012U", "119900000000151880");
    let wedding = Site::item_text("结婚登记", 2);
    Site::minimal()
        .file("content/departments/sjj/department.yaml", other + "# 旧局\n曾用名: [青岚市药监局]\n")
        .file("content/departments/scjgj/wedding/item.yaml", wedding + "相关事项: [food] # 一起办\n")
        .file("content/departments/scjgj/food/files/表.docx", [0, 1])
        .append(ITEM, "变更记录:\n  # 新的在前\n  - { 日期: 2026-05-01, 内容: 首次公布 }\n")
        .with(
            "-- content/notices/2026-06-01-hall.md --\n---\n标题: 大厅搬家\n类型: 临时调整\n开始: 2026-06-01\n截止: 2026-07-10\n\
             部门: [scjgj, sjj] # 两家\n事项: [food]\n---\n看[食品](/items/food/)和[局里](/departments/scjgj/)。\n\
             -- content/bundles/shop/bundle.yaml --\n名称: 开店一件事\n面向: 个人\n牵头部门: scjgj\n说明: 开一家店\n一表申请: { 名称: 开店联办表, 代替: [food/application] }\n事项:\n  \
             - { 事项: food, 顺序: 1, 关系: 必办 }\n  - { 事项: wedding, 顺序: 2, 关系: 选办, 先办: [food] }\n\
             -- content/redirects.yaml --\n# 旧网址\n跳转:\n  - { 从: /old-food/, 到: /items/food/#fees } # 早先\n",
        )
        .file("content/site.yaml", Site::minimal().text("content/site.yaml") + "首页常办: [food]\n")
        .file(
            "content/materials/paper.yaml",
            "名称: 证\n类型: 证件证书证明\n出具单位: 市场监管局\n办理事项: [wedding, food] # 都行\n",
        )
        .file("CODEOWNERS", "/content/departments/scjgj/ @a\n")
}

fn run(root: &Root, arguments: &[&str]) -> Ran {
    root.run(&[&["move"], arguments, &["--as-of", "2026-07-01"]].concat())
}

fn text(root: &Root, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

/// The portal has no fault before and after, and every address of before leads somewhere.
fn released(site: &Site) -> Root {
    let root = site.write();
    let ran = root.run(&["build", "--release", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    root
}

fn builds(root: &Root) {
    let ran = root.run(&["build", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[test]
fn an_item_gets_another_address_and_everything_follows() {
    let root = released(&portal());
    let before = tree(root.path());
    let dry = run(&root, &["item", "food", "--as", "food-licence", "--dry-run"]);
    assert_eq!((dry.status, dry.err.as_str()), (0, ""), "{}", dry.out);
    assert_eq!(tree(root.path()), before, "a dry run writes nothing");
    let done = run(&root, &["item", "food", "--as", "food-licence"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    assert_eq!(done.out.split("做完了").next(), dry.out.split("以上").next());
    assert!(done.out.contains("移动 content/departments/scjgj/food → content/departments/scjgj/food-licence\n"));
    let item = text(&root, "content/departments/scjgj/food-licence/item.yaml");
    assert!(item.ends_with(
        "变更记录:\n  # 新的在前\n  - { 日期: 2026-07-01, 内容: 网页换了地址，旧网址会自动跳转 }\n  - { 日期: 2026-05-01, 内容: 首次公布 }\n"
    ), "{item}");
    assert!(root.join("content/departments/scjgj/food-licence/files/表.docx").exists());
    assert!(!root.join("content/departments/scjgj/food").exists());
    let wedding = text(&root, "content/departments/scjgj/wedding/item.yaml");
    assert!(wedding.ends_with("相关事项: [food-licence] # 一起办\n"));
    assert!(text(&root, "content/materials/paper.yaml").ends_with("办理事项: [wedding, food-licence] # 都行\n"));
    let notice = text(&root, "content/notices/2026-06-01-hall.md");
    assert!(notice.contains("事项: [food-licence]\n") && notice.contains("[食品](/items/food-licence/)"));
    assert!(text(&root, "content/bundles/shop/bundle.yaml").contains("{ 事项: food-licence, 顺序: 1, 关系: 必办 }"));
    let bundle = text(&root, "content/bundles/shop/bundle.yaml");
    assert!(bundle.contains("代替: [food-licence/application]") && bundle.contains("先办: [food-licence]"), "{bundle}");
    assert!(text(&root, "content/site.yaml").ends_with("首页常办: [food-licence]\n"));
    assert_eq!(
        text(&root, "content/redirects.yaml"),
        "# 旧网址\n跳转:\n  - { 从: /old-food/, 到: /items/food-licence/#fees } # 早先\n  \
         - { 从: /items/food/, 到: /items/food-licence/, 理由: “食品经营许可”的页面换了地方, 日期: 2026-07-01 }\n"
    );
    builds(&root);
    let back = run(&root, &["item", "food-licence", "--as", "food"]);
    assert_eq!(back.status, 0, "{}{}", back.out, back.err);
    assert!(!text(&root, "content/redirects.yaml").contains(&format!("从: {FOOD}")), "a page shadows no redirect");
    builds(&root);
}

#[test]
fn a_department_is_renamed() {
    let root = released(&portal());
    let done = run(&root, &["department", "scjgj", "market", "--name", "青岚市市场监管委员会"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    let department = text(&root, "content/departments/market/department.yaml");
    assert!(
        department.starts_with("名称: 青岚市市场监管委员会\n简称: 市场监管局\n曾用名: [青岚市市场监督管理局]\n"),
        "{department}"
    );
    let notice = text(&root, "content/notices/2026-06-01-hall.md");
    assert!(notice.contains("部门: [market, sjj] # 两家\n") && notice.contains("[局里](/departments/market/)"));
    assert!(text(&root, "content/bundles/shop/bundle.yaml").contains("牵头部门: market\n"));
    assert_eq!(text(&root, "CODEOWNERS"), "/content/departments/market/ @a\n");
    let redirects = text(&root, "content/redirects.yaml");
    assert!(redirects.contains("{ 从: /departments/scjgj/, 到: /departments/market/,"));
    assert!(redirects.contains("{ 从: /openness/catalogue/scjgj/, 到: /openness/catalogue/market/,"));
    let item = text(&root, "content/departments/market/food/item.yaml");
    assert!(item.contains("内容: 主管部门由青岚市市场监督管理局更名为青岚市市场监管委员会 }"), "{item}");
    assert!(!root.join("content/departments/scjgj").exists());
    builds(&root);
}

#[test]
fn a_department_goes_into_another() {
    let root = released(&portal());
    let before = tree(root.path());
    let refused = run(&root, &["department", "scjgj", "sjj"]);
    assert_eq!(refused.status, 1, "{}", refused.out);
    assert!(refused.out.contains("ID01") && refused.err.contains("加 --recode"), "{}{}", refused.out, refused.err);
    assert_eq!(tree(root.path()), before);
    let done = run(&root, &["department", "scjgj", "sjj", "--recode"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    assert!(
        done.out.contains("咨询电话随部门，由“0600-8801001”变成“0600-8802001”，请核对：食品经营许可、结婚登记"),
        "{}",
        done.out
    );
    assert!(done.out.contains("CODEOWNERS 里还有 departments/scjgj/"), "{}", done.out);
    assert!(!root.join("content/departments/scjgj").exists());
    let department = text(&root, "content/departments/sjj/department.yaml");
    assert!(department.ends_with("# 旧局\n曾用名: [青岚市药监局, 青岚市市场监督管理局]\n"), "{department}");
    let item = text(&root, "content/departments/sjj/food/item.yaml");
    assert!(item.contains("实施编码: \"1199000000001518803000131001000\""), "{item}");
    assert!(item.contains("内容: 机构改革，主管部门由青岚市市场监督管理局改为青岚市食品药品监督管理局 }"));
    let notice = text(&root, "content/notices/2026-06-01-hall.md");
    assert!(notice.contains("部门: [sjj] # 两家\n"), "{notice}");
    let redirects = text(&root, "content/redirects.yaml");
    assert!(redirects.contains("{ 从: /code/11990000000001012U3000131001000/, 到: /items/food/,"), "{redirects}");
    builds(&root);
}

#[test]
fn an_item_goes_to_another_department() {
    let root = released(&portal());
    let done = run(&root, &["item", "food", "--to", "sjj", "--name", "食品经营许可证核发", "--recode"]);
    assert_eq!((done.status, done.err.as_str()), (0, ""), "{}", done.out);
    let item = text(&root, "content/departments/sjj/food/item.yaml");
    assert!(item.starts_with("名称: 食品经营许可证核发\n别名: [食品经营许可]\n"), "{item}");
    assert!(item.contains("内容: 主管部门由青岚市市场监督管理局改为青岚市食品药品监督管理局；事项名称由“食品经营许可”改为“食品经营许可证核发” }"), "{item}");
    builds(&root);
}

#[test]
fn what_cannot_be_done_is_refused() {
    let root = portal().write();
    let before = tree(root.path());
    for (arguments, words) in [
        (&["item", "nobody", "--as", "x"][..], "不能运行：没有叫 `nobody` 的事项\n"),
        (
            &["item", "food", "--as", "wedding"],
            "不能运行：`wedding` 已经有了：content/departments/scjgj/wedding/item.yaml\n",
        ),
        (&["item", "food", "--as", "食品"], "不能运行：`食品` 不能做网址：只用小写字母、数字和短横线\n"),
        (&["item", "food", "--to", "nobody"], "不能运行：没有叫 `nobody` 的部门\n"),
        (&["item", "food"], "不能运行：什么也没有变：用 --to 换部门，用 --as 换网址\n"),
        (&["item", "food", "sjj"], "不能运行：写成 mingbai move item 事项 --to 部门，或者 --as 新名字\n"),
        (&["department", "scjgj"], "不能运行：写成 mingbai move department 旧部门 新部门\n"),
        (&["department", "scjgj", "scjgj"], "不能运行：两个部门是同一个\n"),
        (&["department", "nobody", "x"], "不能运行：没有叫 `nobody` 的部门\n"),
        (&["department", "sjj", "../x"], "不能运行：`../x` 不能做网址：只用小写字母、数字和短横线\n"),
    ] {
        let ran = run(&root, arguments);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (2, "", words), "{arguments:?}");
    }
    assert_eq!(tree(root.path()), before);
    let broken = portal().append(PLACE, "不认识: 一\n").write();
    let before = tree(broken.path());
    let ran = run(&broken, &["item", "food", "--as", "x"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, "内容有错误，改好了再移动\n"));
    assert!(ran.out.contains("YM05"));
    assert_eq!(tree(broken.path()), before);
}
