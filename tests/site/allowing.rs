//! Levels of the portal and findings that are let pass, through the program.

use crate::kit::{ITEM, SITE, Site};

const CHECK: [&str; 3] = ["check", "--as-of", "2026-07-01"];

/// The smallest portal with a catch-all condition.
fn catch_all(line: &str) -> Site {
    Site::minimal().replace(ITEM, "  - 有固定的经营场所", line)
}

fn check(site: &Site, status: i32, last: &str) {
    let ran = site.write().run(&CHECK);
    assert_eq!((ran.status, ran.out.lines().last()), (status, Some(last)), "{}", ran.out);
}

#[test]
fn a_portal_gives_codes_other_levels() {
    let plain = catch_all("  - 有其他材料");
    let at =
        |level: &str| plain.clone().replace(SITE, "地区: 青岚市", &format!("地区: 青岚市\n检查等级: {{ {level} }}"));
    check(&plain, 1, "共 1 个问题：1 个错误");
    check(&at("MT01: 阻止"), 1, "共 1 个问题：1 个错误");
    check(&at("MT01: 提醒"), 0, "共 1 个问题：1 个警告");
    check(&at("catch-all: 告知"), 0, "共 1 个问题：1 个提示");
    check(&at("MT01: 不查"), 0, "没有问题：1 个事项（含草稿）");
    let imported = at("MT01: 阻止").replace(ITEM, "状态: 已审核", "状态: 导入待核");
    check(&imported, 0, "共 1 个问题：1 个警告");
    let strict = at("MT01: 提醒").write().run(&["check", "--as-of", "2026-07-01", "--strict"]);
    assert_eq!(strict.status, 1);
}

#[test]
fn a_comment_with_a_reason_lets_one_finding_pass() {
    let one = "共 1 个问题：1 个错误；另有 1 个问题已放行";
    check(&catch_all("  - 有其他材料 # 允许 MT01：条例原文"), 0, "没有问题：1 个事项（含草稿），另有 1 个问题已放行");
    check(
        &catch_all("  # 允许 MT01：条例原文\n  - 有其他材料"),
        0,
        "没有问题：1 个事项（含草稿），另有 1 个问题已放行",
    );
    check(&catch_all("  # 允许 MT01：条例原文\n  - 有其他材料\n  - 有相关文件"), 1, one);
    check(&catch_all("  - 有其他材料 # 允许 MT01：条例原文\n  - 有相关文件"), 1, one);
    check(&catch_all("  - 有其他材料 # 允许 ID02：条例原文"), 1, "共 2 个问题：1 个错误，1 个警告");
    let built = catch_all("  - 有其他材料 # 允许 MT01：条例原文").write();
    let ran = built.run(&["build", "--strict", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert!(ran.out.starts_with("没有发现问题；另有 1 个问题已放行\n完成："), "{}", ran.out);
}

#[test]
fn an_entry_lets_findings_of_a_field_pass_until_its_end() {
    let entry = |field: &str, until: &str| {
        catch_all("  - 有其他材料").file(
            "content/exceptions.yaml",
            format!(
                "例外:\n  - 代码: MT01\n    文件: {ITEM}\n{field}    理由: 条例原文\n    责任人: 政务公开科\n    日期: 2026-06-01\n{until}"
            ),
        )
    };
    let passed = "没有问题：1 个事项（含草稿），另有 1 个问题已放行";
    check(&entry("", ""), 0, passed);
    check(&entry("    位置: 申请条件\n", ""), 0, passed);
    check(&entry("    位置: 申请条件[1]\n", "    到期: 2026-07-01\n"), 0, passed);
    check(&entry("    位置: 申请条件[2]\n", ""), 1, "共 2 个问题：1 个错误，1 个警告");
    check(&entry("", "    到期: 2026-06-30\n"), 1, "共 2 个问题：1 个错误，1 个警告");
}

#[test]
fn an_allowance_in_a_draft_is_idle_for_nobody() {
    let draft = catch_all("  - 有其他材料 # 允许 MT01：条例原文").replace(ITEM, "状态: 已审核", "状态: 草稿");
    let root = draft.write();
    let built = root.run(&["build", "--strict", "--as-of", "2026-07-01"]);
    assert_eq!(built.status, 0, "{}", built.out);
    assert!(!built.out.contains("AL03"), "{}", built.out);
    let checked = root.run(&CHECK);
    assert_eq!((checked.status, checked.out.contains("已放行")), (0, true), "{}", checked.out);
}

#[test]
fn a_comment_in_a_broken_file_is_not_called_idle() {
    let broken = catch_all("  - 有其他材料 # 允许 MT01：条例原文").replace(ITEM, "适用范围:", "适用范国:");
    let ran = broken.write().run(&CHECK);
    assert!(ran.out.contains("YM05") && !ran.out.contains("AL03"), "{}", ran.out);
}

#[test]
fn a_text_lets_a_warning_pass_by_a_comment() {
    let guide = "content/departments/scjgj/food/guide.md";
    let with = |text: &str| Site::minimal().file(guide, text);
    check(&with("1、先办\n2、后办\n"), 0, "共 1 个问题：1 个警告");
    let passed = "没有问题：1 个事项（含草稿），另有 1 个问题已放行";
    check(&with("<!-- 允许 MD08：照原文 -->\n\n1、先办\n2、后办\n"), 0, passed);
}

#[test]
fn programs_are_told_what_was_let_pass() {
    let root = catch_all("  - 有其他材料 # 允许 MT01：条例原文").write();
    let said = |format: &str| root.run(&["check", "--as-of", "2026-07-01", "--format", format]);
    let json: serde_json::Value = serde_json::from_str(&said("json").out).unwrap();
    assert_eq!((json["findings"].as_array().map(Vec::len), &json["suppressed"][0]["code"]), (Some(0), &"MT01".into()));
    assert_eq!(json["suppressed"][0]["reason"], "条例原文");
    let sarif: serde_json::Value = serde_json::from_str(&said("sarif").out).unwrap();
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&"inSource".into(), &"条例原文".into()));
    assert_eq!(said("github").out, "");
}
