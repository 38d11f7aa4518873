//! What a slip of the hand leads to: each editor's mistake is told once, where it is, and in words that help.

use crate::kit::{ITEM, SITE, Site};

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
