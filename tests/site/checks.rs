//! What no rule complains of: portals that look like a fault and are none.

use mingbai::diagnostics::Lang;

use crate::kit::{ITEM, Site};

/// A second item of the same department.
fn second(materials: &str, results: &str, more: &str) -> String {
    let text = format!(
        "名称: 经营场所审查\n实施编码: \"11990000000001012U3000131009000\"\n事项类型: 行政许可\n办件类型: 承诺件\n\
         服务对象: [自然人]\n适用范围: 在青岚市开店的\n主题: {{ 个人: [准营准办] }}\n审核: {{ 状态: 已审核 }}\n\
         责任: {{ 科室: 食品科 }}\n更新日期: 2026-06-01\n办理依据:\n  - {{ 法律: food-law, 条款: 第三十五条 }}\n\
         申请条件:\n  - 有固定的经营场所\n数量限制: 无\n申请材料: {materials}\n办理流程:\n  - {{ 环节: 受理, 办理人: 窗口, \
         时限: 1个工作日, 内容: 核对材料 }}\n办理时限: {{ 法定: 20个工作日, 承诺: 10个工作日 }}\n特别程序: 无\n收费: 不收费\n\
         审批结果: {results}\n送达方式: [窗口领取]\n办理形式: [窗口办理]\n到现场次数: 1次\n{more}"
    );
    // A list begins on the next line.
    text.replace(": \n", ":\n")
}

const SECOND: &str = "content/departments/scjgj/premises/item.yaml";
const LICENCE: &str = "\n  - { 名称: 食品经营许可证, 编号: licence, 类型: 证件证书证明, 份数: 复印件1份, 必要性: 必要, \
                       来源: 政府部门核发, 出具单位: 市场监管局 }";
const PREMISES: &str = "\n  - { 名称: 场所合格书, 编号: premises, 类型: 证件证书证明, 份数: 原件1份, 必要性: 必要, \
                        来源: 政府部门核发, 出具单位: 市场监管局 }";
const PREMISES_RESULT: &str = "\n  - { 名称: 场所合格书, 类型: 其他 }";

/// The first item asks for the result of the second.
fn asking(entry: &str) -> Site {
    Site::minimal().replace(ITEM, "\n办理流程:", &format!("{entry}\n办理流程:"))
}

#[track_caller]
fn quiet(site: Site) {
    assert_eq!(site.findings(Lang::Zh), "");
}

#[test]
fn circles_with_a_way_out() {
    let circle = || asking(PREMISES).file(SECOND, second(LICENCE, PREMISES_RESULT, ""));
    assert!(circle().findings(Lang::Zh).contains("MT07"));
    // Only in some cases; replaced by something else; of another person; renewed by the item itself.
    quiet(
        asking(PREMISES)
            .file(SECOND, second(&LICENCE.replace("必要性: 必要", "必要性: 容缺后补"), PREMISES_RESULT, "")),
    );
    quiet(
        asking(PREMISES).file(SECOND, second(&LICENCE.replace(" }", ", 免交: 联网查到的免交 }"), PREMISES_RESULT, "")),
    );
    quiet(asking(PREMISES).file(SECOND, second(&LICENCE.replace("食品", "出租人的食品"), PREMISES_RESULT, "")));
    quiet(asking(PREMISES).file(SECOND, second(LICENCE, "\n  - { 名称: 食品经营许可证, 类型: 其他 }", "")));
    // A third item issues the paper as well.
    let other = second("无需材料", PREMISES_RESULT, "").replace("名称: 经营场所审查", "名称: 连锁店场所审查");
    quiet(circle().file("content/departments/scjgj/chain/item.yaml", other.replace("1009000", "1010000")));
    // What only renews says nothing of where the first comes from.
    quiet(circle().replace(ITEM, "名称: 食品经营许可\n", "名称: 食品经营许可（延续）\n"));
    // An item that has ended asks for nothing.
    quiet(asking(PREMISES).file(SECOND, second(LICENCE, PREMISES_RESULT, "状态: 取消\n状态说明: 2026年起不再办\n")));
}

#[test]
fn one_name_for_two_things() {
    // The same paper for situations that exclude each other.
    let situations = "情形引导:\n  - { 问题: who, 问: 谁来办?, 答案: { self: 本人, agent: 代办人 } }\n申请材料:\n";
    let again = "\n  - { 名称: 授权书, 编号: one, 类型: 其他, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备, 适用: { who: [self] } }\
                 \n  - { 名称: 授权书, 编号: two, 类型: 其他, 份数: 原件2份, 必要性: 必要, 来源: 申请人自备, 适用: { who: [agent] } }";
    quiet(asking(again).replace(ITEM, "申请材料:\n", situations));
    // Forms of one name differ from item to item.
    let form = "\n  - { 名称: 申请书, 编号: application, 类型: 申请表格文书, 份数: 原件1份, 必要性: 必要, 来源: 其他, 填报须知: 窗口打印 }";
    quiet(Site::minimal().file(SECOND, second(form, "无", "")));
    // Two windows, and a row of windows, may have two phones.
    let window =
        |window: &str, phone: &str| format!("办理地点: [{{ 地点: hall, 窗口: {window}, 电话: \"{phone}\" }}]\n");
    for (one, two) in [("1号窗口", "2号窗口"), ("1至4号窗口", "1至4号窗口")] {
        let first = Site::minimal().append(ITEM, &window(one, "0600-8801003"));
        quiet(first.file(SECOND, second("无需材料", "无", &window(two, "0600-8801004"))));
    }
    // A version that was repealed stands beside the one in force.
    let old = "名称: 食品安全法\n类别: 法律\n颁布机关: 全国人大常委会\n状态: 已废止\n废止日期: 2015-10-01\n代替者: [food-law]\n";
    quiet(Site::minimal().file("content/laws/food-law-2009.yaml", old));
}

#[test]
fn titles_of_other_laws() {
    for text in
        ["按《食品安全法》《中华人民共和国食品安全法》核对", "按《食品安全法实施条例》核对", "交《食品安全承诺书》"]
    {
        quiet(Site::minimal().replace(ITEM, "核对材料", text));
    }
}

#[test]
fn conditions_that_leave_room() {
    for condition in ["年满十八周岁，或者由监护人代办", "本人到场，或者委托代理人到场", "已经取得营业执照"]
    {
        let site = Site::minimal().replace(ITEM, "有固定的经营场所", condition);
        quiet(site.append(ITEM, "代办: 支持\n"));
    }
}
