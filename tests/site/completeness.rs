//! 公开完整度: what counts, and the table of `mingbai check --summary`.

use mingbai::check::completeness::{ELEMENTS, completeness, tally};
use mingbai::pipeline;

use crate::kit::{DEPARTMENT, ITEM, SITE, Site};

/// What the item of the portal lacks, the thousandths, and what is asked for.
fn check(site: &Site, missing: &[&str], asked: u32) {
    let root = site.write();
    let portal = pipeline::check(&root.input()).unwrap().portal.expect("there is a portal");
    let found = completeness(&portal, &portal.items[0]);
    let names: Vec<&str> = found.missing.iter().map(|element| element.name).collect();
    assert_eq!((names.as_slice(), found.asked), (missing, asked));
    let weight: u32 = found.missing.iter().map(|element| if element.is_basic { 6 } else { 2 }).sum();
    assert_eq!(found.there + weight, found.asked);
    assert_eq!(tally(&portal, &portal.items).permille, found.permille());
}

#[test]
fn ten_elements_are_basic() {
    let names: Vec<&str> = ELEMENTS.iter().filter(|element| element.is_basic).map(|element| element.name).collect();
    assert_eq!(names.len(), 10);
    assert_eq!(
        names.join(" "),
        "事项名称 办理依据 申请条件 申请材料 办理地点 办理机构 收费标准 办理时限 联系电话 办理流程"
    );
}

/// The smallest portal with everything that is asked of its item.
fn complete() -> Site {
    let files = "content/departments/scjgj/food/files/";
    Site::minimal()
        .replace(ITEM, "份数: 原件1份,", "份数: 原件1份, 空白表格: files/a.pdf, 示例样表: files/b.pdf,")
        .replace(ITEM, "类型: 其他 }", "类型: 证照, 样本: files/c.pdf, 有效期: 5年 }")
        .replace(ITEM, "到现场次数: 1次", "到现场次数: 1次\n办理地点:\n  - { 地点: hall, 窗口: 一楼1号窗口 }")
        .append(DEPARTMENT, "行政复议: { 机关: 青岚市人民政府 }\n行政诉讼: { 法院: 青岚市望山区人民法院 }\n")
        .file(&format!("{files}a.pdf"), "%PDF-1.4")
        .file(&format!("{files}b.pdf"), "%PDF-1.4")
        .file(&format!("{files}c.pdf"), "%PDF-1.4")
}

#[test]
fn an_element_counts_only_where_it_is_asked_for() {
    check(&complete(), &[], 94);
    let minimal = ["办理窗口", "空白表格", "行政复议", "行政诉讼"];
    check(&Site::minimal(), &minimal, 88);
    let service = complete().replace(ITEM, "事项类型: 行政许可", "事项类型: 公共服务");
    check(&service, &[], 90);
    let paperless = complete().replace(ITEM, "类型: 申请表格文书", "类型: 其他");
    check(&paperless, &[], 90);
    let online = complete().replace(ITEM, "办理形式: [窗口办理]", "办理形式: [窗口办理, 电脑端网上办理]");
    check(&online, &["网办地址", "必须到现场的原因"], 98);
    let charged = complete().replace(
        ITEM,
        "收费: 不收费",
        "收费:\n  - { 名称: 工本费, 依据: [{ 法律: food-law, 条款: 第三十五条 }] }",
    );
    check(&charged, &["收费标准"], 96);
}

#[test]
fn what_is_still_to_be_told_is_missing() {
    let site = complete()
        .replace(ITEM, "状态: 已审核", "状态: 导入待核")
        .replace(ITEM, "收费: 不收费", "收费: 待补")
        .replace(ITEM, "申请条件:\n  - 有固定的经营场所", "申请条件: 待补")
        .replace(ITEM, "份数: 原件1份,", "份数: 待补,")
        .replace(DEPARTMENT, "咨询电话: [\"0600-8801001\"]", "咨询电话: 待补");
    check(&site, &["申请条件", "收费标准", "联系电话", "材料的份数、必要性和来源"], 94);
}

#[test]
fn the_table_of_departments() {
    let site = complete()
        .replace(ITEM, "  - 有固定的经营场所", "  - 有其他材料")
        .item("meal", "餐饮服务许可", 32)
        .replace(SITE, "地区: 青岚市", "地区: 青岚市\n检查等级: { MT01: 提醒 }");
    let root = site.write();
    let said = |more: &[&str]| root.run(&[&["check", "--summary", "--as-of", "2026-07-01"], more].concat());
    let table = said(&[]);
    let lines: Vec<&str> = table.out.lines().collect();
    assert_eq!(lines[0], "部门        事项  错误  警告  公开完整度  最常缺的");
    assert_eq!(lines[1], "市场监管局     2     0     1       97.7%  办理窗口（1）、空白表格（1）");
    assert_eq!(lines[2], "合计           2     0     1       97.7%  办理窗口（1）、空白表格（1）");
    assert_eq!(table.status, 0, "{}", table.out);
    assert_eq!(lines[4], "合计：承诺比法定时限缩短 50.0%，即办件 0.0%，不用跑 0.0%，平均跑动次数 1.00，网上可办 0.0%");
    assert_eq!(said(&["--strict"]).status, 1);
    let english = said(&["--lang", "en"]).out;
    assert!(english.starts_with("department  items  errors  warnings  completeness  missing most\n"), "{english}");
    assert!(english.contains("\nall: limits shortened by 50.0%, instant 0.0%, without a visit 0.0%,"), "{english}");
    let json: serde_json::Value = serde_json::from_str(&said(&["--format", "json"]).out).unwrap();
    let summary = json["summary"].as_array().unwrap();
    assert_eq!((summary.len(), &summary[0]["department"], &summary[1]["department"]), (2, &"scjgj".into(), &().into()));
    assert_eq!((&summary[0]["completeness"], &summary[0]["warnings"]), (&97.7.into(), &1.into()));
    let promised = &summary[1]["indicators"];
    assert_eq!((&promised["time_saved"], &promised["visits"]), (&50.0.into(), &1.0.into()));
    assert!(json["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
}
