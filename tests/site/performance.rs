//! 效能公开: the figures, and the items behind each.

use crate::kit::{Built, ITEM, Site};

/// Three items: 20 → 5 working days, 10 → on the spot, and one without statutory limit.
fn site() -> Site {
    let limits = "办理时限: { 法定: 20个工作日, 承诺: 10个工作日 }";
    let item = |slug: &str| format!("content/departments/scjgj/{slug}/item.yaml");
    Site::minimal()
        .replace(ITEM, limits, "办理时限: { 法定: 20个工作日, 承诺: 5个工作日 }")
        .append(
            ITEM,
            "变更记录:\n  - { 日期: 2026-06-01, 内容: 少交一份材料 }\n  - { 日期: 2026-04-01, 内容: 换了电话 }\n",
        )
        .item("sign", "招牌登记", 32)
        .replace(&item("sign"), limits, "办理时限: { 法定: 10个工作日, 承诺: 当场 }")
        .replace(&item("sign"), "办件类型: 承诺件", "办件类型: 即办件")
        .replace(&item("sign"), "到现场次数: 1次", "到现场次数: 0次")
        .replace(
            &item("sign"),
            "办理形式: [窗口办理]",
            "办理形式: [窗口办理, 快递申请]\n快递: { 寄送材料: 是, 费用: 免费 }",
        )
        .replace(&item("sign"), "时限: 1个工作日", "时限: 当场")
        .replace(&item("sign"), "送达方式: [窗口领取]", "送达方式: [窗口领取, 快递送达]")
        .item("stall", "摆摊登记", 33)
        .replace(
            &item("stall"),
            limits,
            "办理时限: { 法定: 无期限, 法定依据: { 法律: food-law, 条款: 第三十五条 }, 承诺: 3个工作日 }",
        )
}

const PAGE: &str = "openness/performance/index.html";

/// The words of a page on one line.
fn words(built: &Built, path: &str) -> String {
    built.words(path).join(" ")
}

#[test]
fn the_ratio_is_one_of_sums_and_says_what_it_leaves_out() {
    let built = site().built();
    let page = words(&built, PAGE);
    // (30 − 5) ÷ 30, and not the mean of 75 % and 100 %.
    assert!(page.contains("承诺比法定快 83.3% 法定一共30个工作日，承诺一共5个工作日，2个事项算在内"), "{page}");
    assert!(page.contains("没法比，不算，有1个。 看没有算的是哪些"), "{page}");
    assert!(page.contains("即办率 33.3% 3个事项里1个当场办结"), "{page}");
    assert!(page.contains("网上可办率 0% 3个事项里0个能在网上办"), "{page}");
    assert!(page.contains("跑零次率 33.3% 3个事项里1个可以一次都不跑"), "{page}");
    assert!(page.contains("平均跑几次 0.66次 3个事项最多共跑2次"), "{page}");
    assert!(page.contains("截至2026年7月1日，正在办理的3个事项。"), "{page}");
}

#[test]
fn behind_every_figure_are_its_items() {
    let built = site().built();
    let listed = |list: &str| words(&built, &format!("openness/performance/{list}/index.html"));
    let check = |list: &str, names: &[&str]| {
        let page = listed(list);
        for name in ["食品经营许可", "招牌登记", "摆摊登记"] {
            assert_eq!(page.contains(name), names.contains(&name), "{name} in {list}: {page}");
        }
    };
    check("limited", &["食品经营许可", "招牌登记"]);
    check("left-out", &["摆摊登记"]);
    check("instant", &["招牌登记"]);
    check("no-visit", &["招牌登记"]);
    check("visit", &["食品经营许可", "摆摊登记"]);
    check("online", &[]);
    check("department-scjgj", &["食品经营许可", "招牌登记", "摆摊登记"]);
    check("handling-promised", &["食品经营许可", "摆摊登记"]);
    assert!(listed("online").contains("现在没有这样的事项。"));
    let page = built.text(PAGE);
    for link in ["limited", "left-out", "instant", "online", "no-visit", "visit", "department-scjgj", "type-01"] {
        assert!(page.contains(&format!("href=\"/openness/performance/{link}/\"")), "{link}");
    }
}

#[test]
fn months_lead_to_their_changes() {
    let built = site().built();
    let page = built.text(PAGE);
    assert!(page.contains("href=\"/changes/#month-2026-04\""), "{page}");
    assert!(built.text("changes/index.html").contains("id=\"month-2026-04\""));
    assert!(words(&built, PAGE).contains("近12个月共改了2条"));
    assert!(built.text("openness/index.html").contains("href=\"/openness/performance/\""));
}

#[test]
fn a_portal_where_nothing_can_be_counted_has_the_page_too() {
    let site =
        Site::minimal().replace(ITEM, "更新日期: 2026-06-01", "更新日期: 2026-06-01\n状态: 暂停\n状态说明: 系统升级");
    let page = words(&site.built(), PAGE);
    assert!(page.contains("承诺比法定快 — 法定一共0个工作日"), "{page}");
    assert!(page.contains("近12个月共改了0条"), "{page}");
}
