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
