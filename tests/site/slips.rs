//! What a slip of the hand leads to: each editor's mistake is told once, where it is, and in words that help.

use std::fs;
use std::path::Path;

use crate::kit::{ITEM, Ran, SITE, Site, run_in};

/// The results of the item: certificates without a sample.
fn certificates(count: usize) -> String {
    (1..=count).map(|n| format!("  - {{ 名称: 第{n}种许可证, 类型: 证照, 有效期: 5年, 电子证照: 是 }}\n")).collect()
}

/// A portal with a mistake, a doubt and so many hints of one kind.
fn drowned(hints: usize) -> Site {
    Site::minimal()
        .replace(ITEM, "  - { 名称: 食品经营许可证, 类型: 其他 }\n", &certificates(hints))
        .replace(ITEM, "承诺: 10个工作日", "承诺: 30个工作日")
        .file("content/laws/a.txt", "剪下来的条文\n")
        .append(SITE, "主题色: 蓝  \n".trim_start_matches("主题色: 蓝"))
}

fn heads(printed: &str) -> Vec<&str> {
    let heads = ["错误[", "警告[", "提示[", "共 "];
    printed.lines().filter(|line| heads.iter().any(|head| line.starts_with(head))).collect()
}

#[test]
fn hints_do_not_bury_errors() {
    let root = drowned(5).write();
    let whole = [
        "提示[TX02] trailing-space：1 行末尾有空格",
        "警告[SR07] unknown-file：这里的 `a.txt` 不会被读取",
        "错误[TL01] promise-over-statute：承诺 `30个工作日` 比法定 `20个工作日` 长",
    ];
    let folded = "提示[RS01] result-without-sample：审批结果没有样本，5 处，第一处 content/departments/scjgj/food/item.yaml:24:11";
    let total = "共 8 个问题：1 个错误，1 个警告，6 个提示；1 个可以用 mingbai check --fix 改好";
    let closing = format!("{total}；合成一行的提示用 mingbai check --all 逐条看");
    for command in ["check", "build"] {
        let ran = root.run(&[command, "--as-of", "2026-07-01"]);
        assert_eq!(heads(&ran.out), [&[folded][..], &whole, &[&closing]].concat(), "{command}");
        assert_eq!(ran.status, 1);
        assert!(ran.out.contains("长过法定\n"), "errors stand whole: {}", ran.out);
    }
    let all = root.run(&["check", "--all", "--as-of", "2026-07-01"]);
    let samples: Vec<String> =
        (1..=5).map(|n| format!("提示[RS01] result-without-sample：证照 `第{n}种许可证` 没有样本")).collect();
    let samples: Vec<&str> = samples.iter().map(String::as_str).collect();
    assert_eq!(heads(&all.out), [&samples[..], &whole, &[total]].concat());
    // Programs are told of each finding, in the order of places.
    let json = root.run(&["check", "--format", "json", "--as-of", "2026-07-01"]);
    assert_eq!(json.out.matches("\"RS01\"").count(), 5);
    assert_eq!(json, root.run(&["check", "--format", "json", "--all", "--as-of", "2026-07-01"]));
}

#[test]
fn a_few_hints_of_a_kind_stand_whole() {
    let ran = drowned(3).write().run(&["check", "--lang", "en", "--as-of", "2026-07-01"]);
    assert_eq!((ran.out.matches("note[RS01]").count(), ran.out.contains("--all")), (3, false), "{}", ran.out);
    let ran = drowned(4).write().run(&["check", "--lang", "en", "--as-of", "2026-07-01"]);
    let folded = "note[RS01] result-without-sample: a result without a sample: 4 places, the first content/";
    assert_eq!(ran.out.lines().next().map(|line| line.starts_with(folded)), Some(true), "{}", ran.out);
}

#[test]
fn a_name_that_leads_nowhere_is_told_once() {
    let bundle = "名称: 开店\n面向: 法人\n说明: 开一家店\n事项:\n  - { 事项: fodo, 顺序: 1, 关系: 必办 }\n  - { 事项: food, 顺序: 2, 关系: 必办 }\n";
    let drinks = "content/departments/scjgj/drinks/item.yaml";
    // A draft is known or hidden, as it is looked at with drafts or without.
    let root = Site::minimal()
        .item("drinks", "饮料经营许可", 2)
        .replace(drinks, "审核: { 状态: 已审核 }", "审核: { 状态: 草稿 }")
        .append(ITEM, "相关事项: [fodo]\n")
        .file("content/bundles/shop/bundle.yaml", bundle)
        .write();
    let ran = root.run(&["check", "--as-of", "2026-07-01"]);
    let twice = "错误[RF01] unknown-reference：没有叫 `fodo` 的事项";
    assert_eq!(heads(&ran.out)[1..], [twice, twice, "共 3 个问题：2 个错误，1 个提示"], "{}", ran.out);
    assert_eq!(ran.out.matches("允许：drinks、food\n").count(), 2, "{}", ran.out);
}

/// Imports the table of an office with a changed mapping and a changed table.
fn import(change: &[(&str, &str)], table: &[(&str, &str)]) -> (Ran, bool) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/office");
    let folder = tempfile::tempdir().unwrap();
    for (name, changes) in [("map.yaml", change), ("items.csv", table)] {
        let text = fs::read_to_string(fixtures.join(name)).unwrap();
        let text = changes.iter().fold(text, |text, (from, to)| {
            assert!(text.contains(from), "{from} is not in {name}");
            text.replace(from, to)
        });
        fs::write(folder.path().join(name), text).unwrap();
    }
    let arguments = ["import", "items.csv", "--map", "map.yaml", "--root", "portal", "--as-of", "2026-07-01"];
    let ran = run_in(folder.path(), &arguments, &[]);
    (ran, folder.path().join("portal/content").exists())
}

#[test]
fn a_mapping_without_what_every_item_needs_says_so() {
    let changes = [
        ("    简称: { 取: 主管单位, 处理: [{ 去前缀: 青岚市 }] }\n", ""),
        ("    事项类型: { 取: 类别, 对照: 类别 }\n", ""),
    ];
    let (ran, is_written) = import(&changes, &[]);
    assert_eq!((ran.status, is_written), (1, false), "{}", ran.out);
    let heads = heads(&ran.out);
    assert_eq!(
        heads[..2],
        [
            "错误[IM01] mapping-unclear：`部门.字段` 里缺少 `简称`，没有它一条记录也导不进来",
            "错误[IM01] mapping-unclear：`事项.字段` 里缺少 `事项类型`，没有它一条记录也导不进来",
        ],
        "{}",
        ran.out
    );
    assert!(ran.out.contains("改法：加上 `简称: 栏目`；清单里没有这一栏的，写成 `简称: { 值: … }`"), "{}", ran.out);
    assert!(ran.err.contains("什么也没有写"), "{}", ran.err);
}

#[test]
fn an_import_of_no_item_is_no_import() {
    let (ran, is_written) =
        import(&[("    事项类型: { 取: 类别, 对照: 类别 }\n", "    事项类型: { 取: 没有的栏 }\n")], &[]);
    assert_eq!((ran.status, is_written), (1, false), "{}", ran.out);
    assert!(ran.err.contains("条记录里没有一条能成为事项，什么也没有写"), "{}", ran.err);
    assert!(ran.out.contains("缺少 `事项类型`"), "{}", ran.out);
}

#[test]
fn a_cell_is_named_as_its_editor_sees_it() {
    let root = Site::minimal().write();
    fs::write(root.join("事项.csv"), "事项,名称,办件类型\nfood,食品经营许可,承诺\n").unwrap();
    let ran = root.run(&["import", "事项.csv", "--dry-run", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("--> 事项.csv!C2（第 2 行“办件类型”）\n"), "{}", ran.out);
    let ran = root.run(&["import", "事项.csv", "--dry-run", "--lang", "en", "--as-of", "2026-07-01"]);
    assert!(ran.out.contains("--> 事项.csv!C2 (row 2, “办件类型”)\n"), "{}", ran.out);
}
