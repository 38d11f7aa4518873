//! Tests of printing for people: every expected text in full.

use super::*;
use crate::diagnostics::{Finding, Place, Target};
use crate::printing::locate;
use crate::printing::render::samples::{DUPLICATE, LATER, UNKNOWN, duplicate_and_file, tree};
use crate::source::{FieldPath, FileId};

/// Prints one finding about `marked`, which is looked for in the text, in Chinese.
fn check(text: &str, marked: &str, expected: &str) {
    let start = text.find(marked).unwrap();
    check_range(text, Target::Bytes(start..start + marked.len()), expected);
}

fn check_range(text: &str, target: Target, expected: &str) {
    let tree = tree(&[("a.yaml", text)]);
    let finding = Finding::new(&UNKNOWN, FileId(0), target, Words::new("不对", "wrong")).label("这里", "here");
    assert_eq!(print(&locate(vec![finding], &tree), &tree, Lang::Zh, false), expected);
}

#[test]
fn the_form_agreed_on() {
    let tree = tree(&[("content/departments/scjgj/food/item.yaml", "# 注\n\n名秤: 食品经营许可\n")]);
    let finding = Finding::new(
        &UNKNOWN,
        FileId(0),
        Target::Key(FieldPath::root().key("名秤")),
        Words::new("不认识的键 `名秤`", "unknown key `名秤`"),
    )
    .label("没有这个键", "no such key")
    .allowed("名称、通俗名、别名 …", "名称, 通俗名, 别名 …")
    .repair("改成 `名称`", "write `名称`");
    let findings = locate(vec![finding], &tree);
    assert_eq!(
        print(&findings, &tree, Lang::Zh, false),
        "\
错误[YM05] unknown-key：不认识的键 `名秤`
  --> content/departments/scjgj/food/item.yaml:3:1
   |
 3 | 名秤: 食品经营许可
   | ^^^^ 没有这个键
   = 允许：名称、通俗名、别名 …
   = 改法：改成 `名称`
"
    );
    assert_eq!(
        print(&findings, &tree, Lang::En, false),
        "\
error[YM05] unknown-key: unknown key `名秤`
  --> content/departments/scjgj/food/item.yaml:3:1
   |
 3 | 名秤: 食品经营许可
   | ^^^^ no such key
   = allowed: 名称, 通俗名, 别名 …
   = repair: write `名称`
"
    );
    assert_eq!(
        print(&findings, &tree, Lang::Zh, true),
        "\
\u{1b}[1;31m错误[YM05]\u{1b}[0m \u{1b}[1munknown-key：不认识的键 `名秤`\u{1b}[0m
\u{1b}[1;34m  --> \u{1b}[0mcontent/departments/scjgj/food/item.yaml:3:1
\u{1b}[1;34m   |\u{1b}[0m
\u{1b}[1;34m 3 |\u{1b}[0m 名秤: 食品经营许可
\u{1b}[1;34m   |\u{1b}[0m \u{1b}[1;31m^^^^ 没有这个键\u{1b}[0m
\u{1b}[1;34m   = \u{1b}[0m\u{1b}[1m允许：\u{1b}[0m名称、通俗名、别名 …
\u{1b}[1;34m   = \u{1b}[0m\u{1b}[1m改法：\u{1b}[0m改成 `名称`
"
    );
}

#[test]
fn wide_text_before_the_marker() {
    check(
        "申请材料:\r\n  - {名称: 身份证（正反面）😀𠮷, 份数: 两份}\r\n",
        "两份",
        "\
错误[YM05] unknown-key：不对
  --> a.yaml:2:26
   |
 2 |   - {名称: 身份证（正反面）😀𠮷, 份数: 两份}
   |                                        ^^^^ 这里
",
    );
    check(
        "\t名称:\t值",
        "值",
        "\
错误[YM05] unknown-key：不对
  --> a.yaml:1:6
   |
 1 |     名称:    值
   |              ^^ 这里
",
    );
}

#[test]
fn empty_lines_and_the_end_of_the_file() {
    let head = "错误[YM05] unknown-key：不对\n";
    check_range("甲: 1\n\n乙: 2\n", Target::Bytes(7..7), &format!("{head}  --> a.yaml:2:1\n   |\n 2 |\n   | ^ 这里\n"));
    check_range("甲: 1\n", Target::Bytes(7..7), &format!("{head}  --> a.yaml:2:1\n   |\n 2 |\n   | ^ 这里\n"));
    check_range("甲: 1", Target::Bytes(6..9), &format!("{head}  --> a.yaml:1:5\n   |\n 1 | 甲: 1\n   |      ^ 这里\n"));
    check_range("", Target::Bytes(0..0), &format!("{head}  --> a.yaml:1:1\n   |\n 1 |\n   | ^ 这里\n"));
    check_range(
        "甲: 1\r\n乙",
        Target::Bytes(6..8),
        &format!("{head}  --> a.yaml:1:5\n   |\n 1 | 甲: 1\n   |      ^ 这里\n"),
    );
    check_range(
        "甲: 1",
        Target::Key(FieldPath::root()),
        &format!("{head}  --> a.yaml:1:1\n   |\n 1 | 甲: 1\n   | ^ 这里\n"),
    );
    check_range("甲: 1", Target::File, &format!("{head}  --> a.yaml：这里\n"));
}

#[test]
fn a_range_over_lines_and_a_wide_gutter() {
    let text = "#\n".repeat(9) + "甲: [一,\n  二]\n";
    check(
        &text,
        "[一,\n  二]",
        "\
错误[YM05] unknown-key：不对
   --> a.yaml:10:4
    |
 10 | 甲: [一,
    |     ^^^^ 这里
",
    );
}

#[test]
fn control_characters_are_shown_not_sent() {
    check(
        "名称: \u{1b}]0;x\u{7}\u{202e}值",
        "值",
        "\
错误[YM05] unknown-key：不对
  --> a.yaml:1:12
   |
 1 | 名称: ␛]0;x␇\u{fffd}值
   |              ^^ 这里
",
    );
    let tree = tree(&[("a\u{1b}[31m\n.yaml", "")]);
    let finding = Finding::new(&LATER, FileId(0), Target::File, Words::new("不\u{1b}[0m对\n二", "wrong"))
        .repair("一\u{9b}\n\n三", "");
    assert_eq!(
        print(&locate(vec![finding], &tree), &tree, Lang::Zh, false),
        "\
提示[NT01] review-due-soon：不␛[0m对 二
  --> a␛[31m .yaml
   = 改法：一\u{fffd}

           三
"
    );
}

#[test]
fn related_places_and_whole_files() {
    let (tree, findings) = duplicate_and_file();
    assert_eq!(
        print(&findings, &tree, Lang::Zh, false),
        "\
警告[LB03] law-expired：整个文件␛[2J\u{fffd}
  --> content/甲 乙#.yaml

错误[YM06] duplicate-key：键 `名称` 写了两次
  --> content/甲 乙#.yaml:2:1
   |
 2 | 名称: b
   | ^^^^ 这是第二次
  ::: content/甲 乙#.yaml:1:1
   |
 1 | 名称: a
   | ---- 第一次写在这里
   = 允许：每个键一次
   = 改法：删去一处
           或改名，100%
"
    );
    assert_eq!(print(&[], &tree, Lang::Zh, false), "");
}

#[test]
fn a_related_whole_file() {
    let tree = tree(&[("a.yaml", "甲: 1"), ("b.yaml", "")]);
    let place = Place { file: FileId(1), target: Target::File };
    let finding = Finding::new(&DUPLICATE, FileId(0), Target::Bytes(0..3), Words::new("重复", "duplicate"))
        .related(place, Words::new("另一处", "the other"));
    assert_eq!(
        print(&locate(vec![finding], &tree), &tree, Lang::En, false),
        "\
error[YM06] duplicate-key: duplicate
  --> a.yaml:1:1
   |
 1 | 甲: 1
   | ^^
  ::: b.yaml: the other
"
    );
}

#[test]
fn long_lines_are_cut() {
    let wide = "很".repeat(80);
    let expected = format!(
        "错误[YM05] unknown-key：不对\n  --> a.yaml:1:85\n   |\n 1 | …{0}错{0}…\n   | {1}^^ 这里\n",
        "很".repeat(24),
        " ".repeat(49)
    );
    check(&format!("名称: {wide}错{wide}"), "错", &expected);
}
