//! What is printed: the 一次性告知书 of items, the booklets of departments, the flow charts.

use crate::kit::{ITEM, Site};

const SHEET: &str = "items/food/notice/index.html";

/// A portal whose one item has something of everything a sheet shows.
fn portal() -> Site {
    Site::minimal()
        .replace(ITEM, "特别程序: 无", "特别程序:\n  - { 程序: 专家评审, 时限: 10个工作日, 说明: 复杂的才有, 依据: [{ 法律: food-law, 条款: 第三十五条 }] }")
        .replace(ITEM, "数量限制: 无", "数量限制: 无\n禁止性要求: [被吊销许可证不满五年的]\n版本: 4")
        .replace(
            ITEM,
            "来源: 申请人自备 }",
            "来源: 申请人自备, 签章: 本人签名 }
  - { 名称: 营业执照, 编号: licence, 类型: 证件证书证明, 份数: 复印件1份, 必要性: 必要, 来源: 政府部门核发, 出具单位: 登记机关, 免交: 能联网查到的不用交 }
  - { 名称: 委托书, 编号: proxy, 类型: 申请表格文书, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备, 适用: { who: [proxy] } }",
        )
        .replace(
            ITEM,
            "申请材料:",
            "情形引导:\n  - { 问题: who, 问: 谁来办？, 答案: { self: 本人来办, proxy: 托别人办 } }\n申请材料:",
        )
}

#[test]
fn a_sheet_says_everything_before_one_goes() {
    let built = portal().built();
    let words = built.words(SHEET).join(" ");
    for part in [
        "《食品经营许可一次性告知书》",
        "11990000000001012U3000131001000",
        "有固定的经营场所",
        "被吊销许可证不满五年的",
        "申请书",
        "本人签名。",
        "什么情形要：托别人办。",
        "营业执照 ：能联网查到的不用交。不是这样的，带复印件1份。",
        "青岚市望山区云中路18号",
        "10个工作日 （从受理之日起算）；法律规定：20个工作日。有专家评审的，10个工作日，不计入办理期限。",
        "不收费",
        "食品经营许可证",
        "0600-8801001",
        "0600-8801002",
        "《食品安全法》第三十五条",
        "还需补正：",
        "申请人签字",
        "一式两份",
        "第4版",
        "2026年6月1日",
        "zwfw.qinglan.example/items/food/",
    ] {
        assert!(words.contains(part), "`{part}` is not in {words}");
    }
    let table = built.text(SHEET).split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(!table.contains("营业执照"), "what is shared is not in the list: {table}");
    assert!(built.text(SHEET).contains("aria-label=\"二维码：https://zwfw.qinglan.example/items/food/\""));
    let item = built.text("items/food/index.html");
    assert_eq!(item.matches("href=\"/items/food/notice/\"").count(), 2, "from the actions and from the materials");
}

#[test]
fn the_days_for_defects_are_those_of_the_licence_law_only_for_licences() {
    let licence = portal().built();
    assert!(licence.words(SHEET).join(" ").contains("当场或者5个工作日内一次告诉您"));
    assert!(licence.words(SHEET).join(" ").contains("陈述、申辩"));
    let other = portal().replace(ITEM, "事项类型: 行政许可", "事项类型: 行政确认");
    let other = other.replace(ITEM, "1012U3000131001000", "1012U3000731001000").built();
    let words = other.words(SHEET).join(" ");
    assert!(!words.contains("5个工作日内一次告诉") && words.contains("一次告诉您要补的全部内容"), "{words}");
}

#[test]
fn nobody_takes_a_sheet_home_for_what_is_paused() {
    let site = portal().item("wedding", "结婚登记", 2);
    let paused = site.replace(ITEM, "更新日期:", "状态: 暂停\n状态说明: 正在搬家\n更新日期:").built();
    assert!(paused.text(SHEET).contains("url=/items/food/"), "{}", paused.text(SHEET));
    assert!(!paused.text("items/food/index.html").contains("/notice/"));
    let booklet = paused.text("departments/scjgj/notices/index.html");
    assert!(booklet.contains("id=\"sheet-wedding\"") && !booklet.contains("id=\"sheet-food\""));
}

#[test]
fn a_sheet_goes_where_its_item_goes() {
    let redirects = "-- content/redirects.yaml --\n跳转:\n  - { 从: /items/shipin/, 到: /items/food/ }\n  - { 从: /departments/old/, 到: /departments/scjgj/ }\n";
    let built = portal().with(redirects).built();
    assert!(built.text("items/shipin/notice/index.html").contains("url=/items/food/notice/"));
    assert!(built.text("departments/old/notices/index.html").contains("url=/departments/scjgj/notices/"));
}

#[test]
fn a_booklet_has_volumes_that_a_phone_can_load() {
    let mut site = Site::minimal();
    for n in 2..=9 {
        site = site.item(&format!("food-{n}"), &format!("食品经营许可{n}"), n);
    }
    let built = site.built();
    let first = built.text("departments/scjgj/notices/index.html");
    let second = built.text("departments/scjgj/notices/page/2/index.html");
    let sheets = |page: &str| page.matches("<article class=\"mb-sheet\"").count();
    assert_eq!((sheets(first), sheets(second)), (8, 1));
    assert!(built.words("departments/scjgj/notices/index.html").join(" ").contains("8个事项（全部9个），第1册，共2册"));
    assert!(built.text("departments/scjgj/index.html").contains("href=\"/departments/scjgj/notices/\""));
    for page in [first, second] {
        assert_eq!(page.matches("<h1").count(), 1);
    }
}

#[test]
fn the_flow_chart_draws_each_step_once_and_what_comes_on_top() {
    let steps = "  - { 环节: 受理, 办理人: 窗口, 时限: 1个工作日, 内容: 核对材料 }\n";
    let more = "  - { 环节: 制卡, 办理人: 窗口甲, 时限: 当场, 内容: 打印, 渠道: 窗口 }
  - { 环节: 寄卡, 办理人: 制卡中心, 时限: 3个工作日, 内容: 寄出, 渠道: 网上 }
  - { 环节: 决定, 办理人: 科长, 时限: 1个工作日, 内容: 签字, 结果: 决定书, 计入时限: 否 }
";
    let built = portal().replace(ITEM, steps, &format!("{steps}{more}")).built();
    let page = built.text("items/food/index.html");
    let chart = page.split("<svg class=\"mb-flow\"").nth(1).unwrap().split("</svg>").next().unwrap();
    for (text, times) in [
        (">受理<", 1),
        (">制卡<", 1),
        (">寄卡<", 1),
        (">决定<", 1),
        (">有的要专家评审<", 1),
        ("1个工作日，不计入时限", 1),
        (">给您：决定书<", 1),
        ("食品经营许可证", 1),
        ("mb-flow__box--uncounted", 1),
        ("mb-flow__box--special", 1),
        ("role=\"img\"", 1),
    ] {
        assert_eq!(chart.matches(text).count(), times, "{text} in {chart}");
    }
    assert!(!chart.contains("style=\""), "{chart}");
    let x = |name: &str| {
        let at = chart.find(&format!(">{name}<")).unwrap();
        chart[..at].rsplit(" x=\"").next().unwrap().split('"').next().unwrap().parse::<i32>().unwrap()
    };
    assert!(x("制卡") < x("寄卡"), "the window is on the left");
}
