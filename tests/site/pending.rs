//! Elements that the office has not told yet (待补), and items that were taken over unchecked (导入待核).

use std::fs;

use crate::kit::{ITEM, PLACE, Root, Site, words};

/// Every required element of an item that may be 待补.
const NOT_TOLD: &str = "办件类型: 待补
适用范围: 待补
责任: { 科室: 待补 }
办理依据: 待补
申请条件: 待补
数量限制: 待补
申请材料: 待补
办理流程: 待补
办理时限: { 法定: 待补, 承诺: 待补 }
特别程序: 待补
收费: 待补
审批结果: 待补
送达方式: 待补
办理形式: 待补
到现场次数: 待补
办理地点: 待补
";

fn item(state: &str, elements: &str) -> String {
    format!(
        "名称: 食品经营许可
实施编码: \"11990000000001012U3000131001000\"
事项类型: 行政许可
服务对象: [自然人]
主题: {{ 个人: [准营准办] }}
审核: {{ 状态: {state} }}
更新日期: 2026-06-01
{elements}"
    )
}

/// The words of a built page.
fn page(root: &Root, path: &str) -> String {
    let text = fs::read_to_string(root.join(&format!("dist/{path}/index.html"))).unwrap();
    words(&text[text.find("<main").unwrap()..text.find("</main>").unwrap()]).join("\n")
}

#[test]
fn what_is_not_told_is_one_warning_and_on_the_page() {
    let root = Site::minimal().file(ITEM, item("导入待核", NOT_TOLD)).write();
    let ran = root.run(&["check", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
    assert_eq!(ran.out.matches("YM15").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("还有 17 项待补：`办件类型`、`适用范围`、`责任.科室`"), "{}", ran.out);
    assert!(ran.out.contains("`办理时限.法定`、`办理时限.承诺`"), "{}", ran.out);
    assert!(ran.out.contains("item.yaml:8:7"), "{}", ran.out);
    assert_eq!(root.run(&["check", "--strict", "--as-of", "2026-07-01"]).status, 1);

    let built = root.run(&["build", "--as-of", "2026-07-01"]);
    assert_eq!(built.status, 0, "{}", built.err);
    let words = page(&root, "items/food");
    for told in ["正常办理，内容待核对", "要带什么材料，暂未公布", "依据哪部法律，暂未公布", "分几步办、每步多久"]
    {
        assert!(words.contains(told), "{told}:\n{words}");
    }
    for untold in ["不收费", "不用带", "没有听证", "当场办好", "不用跑"] {
        assert!(!words.contains(untold), "nothing is made up ({untold}):\n{words}");
    }
}

#[test]
fn an_approved_item_may_not_have_any() {
    let root = Site::minimal().file(ITEM, item("已审核", NOT_TOLD)).write();
    let ran = root.run(&["check", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.out.matches("YM15").count(), 17, "{}", ran.out);
    assert!(ran.out.contains("`办理依据` 待补"), "{}", ran.out);
}

#[test]
fn the_word_is_no_value_elsewhere() {
    for (from, to) in [("名称: 食品经营许可\n", "名称: 待补\n"), ("行政许可", "待补"), ("2026-06-01", "待补")]
    {
        let text = Site::minimal().text(ITEM).replacen(from, to, 1);
        let found = Site::minimal().file(ITEM, text).write().run(&["check", "--as-of", "2026-07-01"]);
        assert!(!found.out.contains("YM15"), "{}", found.out);
    }
}

#[test]
fn rules_warn_of_imported_items_and_stop_approved_ones() {
    let longer = |state: &str| {
        Site::minimal()
            .replace(ITEM, "承诺: 10个工作日", "承诺: 30个工作日")
            .replace(ITEM, "状态: 已审核", &format!("状态: {state}"))
            .write()
            .run(&["check", "--as-of", "2026-07-01"])
    };
    let (approved, imported) = (longer("已审核"), longer("导入待核"));
    assert_eq!((approved.status, imported.status), (1, 0), "{}", imported.out);
    assert!(imported.out.contains("TL01"), "{}", imported.out);
}

#[test]
fn a_place_may_be_known_by_its_address_alone() {
    let place = "名称: 一号楼\n地址: 一号路1号\n开放时间: 待补\n节假日: 待补\n电话: 待补\n";
    let root = Site::minimal().file(PLACE, place).write();
    assert_eq!(root.run(&["build", "--as-of", "2026-07-01"]).status, 0);
    let words = page(&root, "places/hall");
    assert!(words.contains("一号路1号"), "{words}");
}
