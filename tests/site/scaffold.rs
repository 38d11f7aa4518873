//! What `mingbai new` writes: it reads, it builds, it says what is missing, and it writes over nothing.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::kit::{DEPARTMENT, ITEM, Root, Site, run_in, tree};

const DAY: &str = "2026-07-01";

/// The codes of all findings of `check`.
fn codes(root: &Root) -> BTreeSet<String> {
    let ran = root.run(&["check", "--format", "json", "--as-of", DAY]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let all = found["findings"].as_array().unwrap_or_else(|| panic!("{found}"));
    all.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_new_portal_builds_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(folder.path(), &["new", "portal", "p", "--area", "云溪市", "--as-of", DAY], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "p\n"), "{}", ran.err);
    let root = folder.path().join("p");
    let files = tree(&root);
    for file in
        ["README.md", "CODEOWNERS", ".gitignore", ".gitattributes", ".vscode/settings.json", "content/README.md"]
    {
        assert!(files.contains_key(file), "{file} is missing");
    }
    let text = |file: &str| String::from_utf8(files[file].clone()).unwrap();
    assert!(text("README.md").starts_with("# 云溪市政务服务公开门户\n"));
    assert!(text("content/site.yaml").contains("\n名称: 云溪市政务服务公开门户\n"));
    assert!(text("content/site.yaml").contains("\n地区: 云溪市\n"));

    let checked = run_in(&root, &["check", "--as-of", DAY], &[]);
    assert_eq!(checked.status, 0, "{}", checked.out);
    let waiting: BTreeSet<&str> = checked
        .out
        .lines()
        .filter_map(|line| line.split_once('[')?.1.get(..4))
        .filter(|code| code.is_ascii())
        .collect();
    assert_eq!(waiting, BTreeSet::from(["YM15"]), "{}", checked.out);
    assert_eq!(run_in(&root, &["build", "--as-of", DAY], &[]).status, 0);
    assert!(!root.join("dist/items/example-item").exists(), "the example is a draft");
    let drafts = run_in(&root, &["build", "--as-of", DAY, "--drafts", "--out", "drafts"], &[]);
    assert_eq!(drafts.status, 0, "{}", drafts.out);
    assert!(root.join("drafts/items/example-item/index.html").exists());
}

#[test]
fn the_settings_name_schemas_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), &["new", "portal", "."], &[]);
    let settings: Value =
        serde_json::from_slice(&fs::read(folder.path().join(".vscode/settings.json")).unwrap()).unwrap();
    let schemas = settings["yaml.schemas"].as_object().unwrap();
    assert_eq!(schemas[".vscode/schemas/item.schema.json"], "content/departments/*/*/item.yaml");
    for schema in schemas.keys() {
        let printed =
            run_in(folder.path(), &["schema", schema.split('/').next_back().unwrap().split('.').next().unwrap()], &[]);
        assert_eq!(fs::read_to_string(folder.path().join(schema)).unwrap(), printed.out, "{schema}");
    }
}

#[test]
fn a_portal_is_begun_in_an_empty_folder_only() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("p/.git")).unwrap();
    fs::create_dir_all(folder.path().join("q")).unwrap();
    fs::write(folder.path().join("q/note.txt"), "mine").unwrap();
    assert_eq!(run_in(folder.path(), &["new", "portal", "p"], &[]).status, 0, "a new repository is empty");
    let ran = run_in(folder.path(), &["new", "portal", "q"], &[]);
    assert_eq!((ran.status, ran.err.trim()), (2, "不能运行：`q` 里已经有东西了；换一个空的或者还没有的文件夹"));
    assert_eq!(tree(&folder.path().join("q")).len(), 1);
    assert_eq!(run_in(folder.path(), &["new", "portal", "q/note.txt"], &[]).status, 2);
}

const NEW_ITEM: [&str; 12] = [
    "new",
    "item",
    "--name",
    "小餐饮店登记",
    "--department",
    "市场监管局",
    "--type",
    "行政许可",
    "--applicant",
    "自然人,个体工商户",
    "--as-of",
    DAY,
];

#[test]
fn a_new_item_reads_and_waits() {
    let root = Site::minimal().write();
    let ran = root.run(&NEW_ITEM);
    let path = "content/departments/scjgj/xiao-can-yin-dian-deng-ji/item.yaml";
    assert_eq!((ran.status, ran.out.trim()), (0, format!("./{path}").as_str()), "{}", ran.err);
    assert!(ran.err.contains("项待补：实施编码、办件类型、"), "{}", ran.err);
    assert_eq!(codes(&root), BTreeSet::from(["YM15".to_owned()]));
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains("\n服务对象: [自然人, 个体工商户]\n") && text.contains("\n审核: { 状态: 草稿 }\n"), "{text}");
    assert_eq!(root.run(&["build", "--as-of", DAY]).status, 0);
    assert!(!root.join("dist/items/xiao-can-yin-dian-deng-ji").exists());
    assert_eq!(root.run(&["build", "--drafts", "--out", "drafts", "--as-of", DAY]).status, 0);
    let page = fs::read_to_string(root.join("drafts/items/xiao-can-yin-dian-deng-ji/index.html")).unwrap();
    assert!(page.contains("暂未公布") && !page.contains("/code//"), "what is not told is said to be so");
}

#[test]
fn an_item_that_is_online_waits_for_its_address() {
    let root = Site::minimal().write();
    let mut arguments = NEW_ITEM.to_vec();
    arguments.extend(["--channel", "电脑端网上办理", "--slug", "small", "--code", "11990000000001012U3000131002000"]);
    assert_eq!(root.run(&arguments).status, 0);
    assert_eq!(codes(&root), BTreeSet::from(["YM15".to_owned()]));
    let text = fs::read_to_string(root.join("content/departments/scjgj/small/item.yaml")).unwrap();
    assert!(text.contains("\n网上办理: { 网址: 待补, 深度: 待补 }\n") && !text.contains("\n办理地点:"), "{text}");
    assert!(text.contains("\n实施编码: \"11990000000001012U3000131002000\"\n"), "{text}");
    assert_eq!(root.run(&["build", "--drafts", "--as-of", DAY]).status, 0);
    let page = fs::read_to_string(root.join("dist/items/small/index.html")).unwrap();
    assert!(page.contains("在哪个网址办，暂未公布"), "{page}");
}

#[test]
fn what_is_there_is_not_written_over() {
    let root = Site::minimal().write();
    let before = tree(root.path());
    let mut arguments = NEW_ITEM.to_vec();
    arguments.insert(2, "scjgj/food");
    let ran = root.run(&arguments);
    assert_eq!((ran.status, ran.err.trim()), (2, "不能运行：事项 `food` 已经有了，在部门 `scjgj` 里"));
    let again = ["new", "department", "scjgj", "--name", "甲局", "--short", "甲", "--level", "市级"];
    let ran = root.run(&again);
    assert!(ran.status == 2 && ran.err.contains("已经有了，不会覆盖"), "{}", ran.err);
    assert_eq!(tree(root.path()), before);
}

#[test]
fn answers_that_cannot_be_are_refused() {
    let root = Site::minimal().write();
    let with = |from: &str, to: &str| {
        let arguments: Vec<&str> = NEW_ITEM.iter().map(|one| if *one == from { to } else { one }).collect();
        let ran = root.run(&arguments);
        assert_eq!(ran.status, 2, "{to}");
        ran.err
    };
    assert!(with("市场监管局", "市场监官局").contains("是不是 `市场监管局`"));
    assert!(with("行政许可", "许可").contains("行政许可、行政处罚"));
    assert!(with("自然人,个体工商户", "群众").contains("自然人、企业法人"));
    let missing = root.run(&["new", "item", "--name", "甲", "--department", "scjgj"]);
    assert!(missing.status == 2 && missing.err.contains("少了 `--type`"), "{}", missing.err);
    let outside =
        root.run(&["new", "item", "scjgj/../../x", "--name", "甲", "--type", "行政许可", "--applicant", "自然人"]);
    assert!(outside.status == 2 && !root.join("content/x").exists(), "{}", outside.err);
    let nowhere = run_in(root.join("content").as_path(), &NEW_ITEM, &[]);
    assert!(nowhere.status == 2 && nowhere.err.contains("mingbai new portal"), "{}", nowhere.err);
}

#[test]
fn a_new_department_has_its_items() {
    let root = Site::minimal().write();
    let ran = root.run(&["new", "department", "--name", "青岚市公安局", "--short", "公安局", "--level", "市级"]);
    assert_eq!((ran.status, ran.out.trim()), (0, "./content/departments/gaj/department.yaml"), "{}", ran.err);
    let mut arguments = NEW_ITEM.to_vec();
    arguments[5] = "gaj";
    assert_eq!(root.run(&arguments).status, 0);
    assert_eq!(codes(&root), BTreeSet::from(["YM15".to_owned()]));
    assert_eq!(root.run(&["build", "--drafts", "--as-of", DAY]).status, 0);
    assert!(root.join("dist/departments/gaj/index.html").exists());
}

#[test]
fn a_new_bundle_holds_items() {
    let root = Site::minimal().item("licence", "营业执照登记", 2).write();
    let ran = root.run(&[
        "new",
        "bundle",
        "open-shop",
        "--name",
        "开店一件事",
        "--for",
        "法人",
        "--items",
        "licence,food",
        "--as-of",
        DAY,
    ]);
    assert_eq!((ran.status, ran.out.trim()), (0, "./content/bundles/open-shop/bundle.yaml"), "{}", ran.err);
    let found = codes(&root);
    assert!(found.iter().all(|code| !code.starts_with("YM") && !code.starts_with("RF")), "{found:?}");
    assert_eq!(root.run(&["build", "--drafts", "--as-of", DAY]).status, 0);
    assert!(root.join("dist/bundles/open-shop/index.html").exists());
    let ran = root.run(&["new", "bundle", "--name", "乙", "--for", "法人", "--items", "license"]);
    assert!(ran.status == 2 && ran.err.contains("没有事项 `license`，是不是 `licence`"), "{}", ran.err);
}

#[test]
fn a_new_law_place_and_notice_are_whole_once_filled_in() {
    let root = Site::minimal().write();
    let begun = |arguments: &[&str], path: &str| {
        let ran = root.run(&[&["new"], arguments].concat());
        assert_eq!((ran.status, ran.out.trim()), (0, format!("./{path}").as_str()), "{}", ran.err);
        fs::read_to_string(root.join(path)).unwrap()
    };
    let issuer = "全国人民代表大会常务委员会";
    let law = ["law", "--name", "中华人民共和国行政许可法", "--kind", "法律", "--issuer", issuer];
    let text = begun(&law, "content/laws/xing-zheng-xu-ke-fa.yaml");
    assert!(text.contains("\n名称: 中华人民共和国行政许可法\n") && text.contains("\n状态: 有效\n"), "{text}");
    assert_eq!(root.run(&["new", "law", "food-law", "--name", "甲", "--kind", "法律", "--issuer", "乙"]).status, 2);

    let path = "content/places/linxi-hall.yaml";
    let place = ["place", "linxi-hall", "--name", "临溪区政务服务中心", "--address", "青岚市临溪区环城路1号"];
    let text = begun(&place, path);
    assert_eq!(codes(&root), BTreeSet::from(["YM15".to_owned()]), "{text}");
    let filled = text
        .replace("开放时间: 待补", "开放时间:\n  - 周一至周五 9:00-12:00, 13:30-17:30")
        .replace("节假日: 待补", "节假日: 法定节假日不办公，调休上班日照常。")
        .replace("\n电话: 待补", "\n电话: \"0600-8800009\"");
    fs::write(root.join(path), filled).unwrap();

    let path = "content/notices/2026-07-01-ting-ban.md";
    let notice = ["notice", "ting-ban", "--title", "窗口停办一天", "--kind", "窗口停办", "--until", "2026-07-08"];
    let text = begun(&[&notice[..], &["--as-of", DAY]].concat(), path);
    assert_eq!(codes(&root), BTreeSet::new(), "{text}");
    fs::write(root.join(path), text.replace("\n草稿: 是\n", "\n")).unwrap();
    assert_eq!(codes(&root), BTreeSet::new());
    let late = root.run(&[&["new"], &notice[..], &["--from", "2026-07-09"]].concat());
    assert!(late.status == 2 && late.err.contains("截止 `2026-07-08` 比开始 `2026-07-09` 早"), "{}", late.err);
}

#[test]
fn codes_that_are_not_told_meet_no_other() {
    let code = "实施编码: \"11990000000001012U3000131001000\"";
    let draft = |site: Site, path: &str| {
        site.replace(path, code, "实施编码: 待补").replace(path, "状态: 已审核", "状态: 待审核")
    };
    let other = "content/departments/scjgj/other/item.yaml";
    let site = Site::minimal().file(other, Site::minimal().text(ITEM).replace("食品经营许可", "小餐饮登记"));
    let site = draft(draft(site, other), ITEM).replace(DEPARTMENT, "\"11990000000001012U\"", "待补");
    let root = site.write();
    assert_eq!(codes(&root), BTreeSet::from(["YM15".to_owned()]));
    assert_eq!(root.run(&["build", "--drafts", "--as-of", DAY]).status, 0);
    assert!(!root.join("dist/code").exists());
}

#[test]
fn each_kind_has_its_help() {
    let root = Site::default().write();
    for kind in ["portal", "item", "department", "bundle", "law", "place", "notice"] {
        for lang in ["zh", "en"] {
            let one = root.run(&["new", kind, "--help", "--lang", lang]);
            assert_eq!(one.status, 0);
            assert_eq!(root.run(&["help", "new", kind, "--lang", lang]).out, one.out);
            let is_chinese = one.out.chars().any(|c| ('一'..='龥').contains(&c));
            assert_eq!(is_chinese, lang == "zh", "{}", one.out);
        }
    }
    assert_eq!(root.run(&["help", "new", "page"]).status, 2);
}
