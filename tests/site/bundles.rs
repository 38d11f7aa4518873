//! A bundle (一件事): its page, and what editors are told about it.

use std::fs;

use mingbai::diagnostics::Lang;
use mingbai::pipeline;

use crate::kit::Site;

const BUNDLE: &str = "content/bundles/cafe/bundle.yaml";

/// Three items and a bundle of them: one of two licences, then the permit, and the signboard if one wants it.
fn site() -> Site {
    let paper = |id: &str, name: &str, kind: &str, copies: &str| {
        format!(
            "  - {{ 名称: {name}, 编号: {id}, 类型: {kind}, 份数: \"{copies}\", 必要性: 必要, 来源: 申请人自备 }}\n"
        )
    };
    let list = |site: Site, slug: &str, name: &str, number: u32, limits: &str, more: &str| {
        let text = Site::item_text(name, number)
            .replace("办理时限: { 法定: 20个工作日, 承诺: 10个工作日 }", limits)
            .replace("来源: 申请人自备 }\n", &format!("来源: 申请人自备 }}\n{more}"));
        site.file(&format!("content/departments/scjgj/{slug}/item.yaml"), text)
    };
    let id = paper("id-card", "身份证", "证件证书证明", "复印件1份");
    let site = list(Site::minimal(), "shop", "小店登记", 32, "办理时限: { 法定: 3个工作日, 承诺: 当场 }", &id);
    let two = paper("id-card", "身份证", "证件证书证明", "复印件2份");
    let site = list(site, "firm", "公司登记", 33, "办理时限: { 法定: 3个工作日, 承诺: 2个工作日 }", &two);
    let plan = paper("plan", "平面图", "其他", "原件1份") + &id;
    let site = list(site, "permit", "餐饮许可", 34, "办理时限: { 法定: 20个工作日, 承诺: 5个工作日 }", &plan);
    let picture = paper("picture", "效果图", "其他", "原件1份");
    let site = list(site, "sign", "招牌登记", 35, "办理时限: { 法定: 无期限, 承诺: 15个自然日 }", &picture);
    site.file(
        BUNDLE,
        "名称: 开咖啡馆一件事\n面向: 法人\n牵头部门: scjgj\n说明: 几样手续连着办\n事项:\n\
         \x20 - { 事项: shop, 顺序: 1, 关系: 任选其一 }\n  - { 事项: firm, 顺序: 1, 关系: 任选其一 }\n\
         \x20 - { 事项: permit, 顺序: 2, 关系: 必办, 说明: 看了现场才发证 }\n\
         \x20 - { 事项: sign, 顺序: 3, 关系: 选办 }\n",
    )
}

const JOINT: &str = "一次告知: { 说明: 来之前先问导办台 }\n\
    一表申请: { 名称: 开店联办表, 代替: [shop/application, firm/application, permit/application] }\n\
    一套材料: 各科室共用一套\n一窗受理: { 地点: hall, 窗口: 二楼6号 }\n\
    一网办理: { 网址: \"https://cafe.example/\" }\n";

/// The texts of a page without tags, spaces made one.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html[html.find("<main").unwrap_or(0)..].chars() {
        match c {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page(site: &Site) -> String {
    words(&html(site))
}

fn html(site: &Site) -> String {
    let root = site.write();
    let out = root.join("dist");
    let built = pipeline::build(&root.input(), &out, false, &|_, _| {}).expect("there is content");
    assert!(built.report.is_some(), "{}", site.findings(Lang::Zh));
    fs::read_to_string(out.join("bundles/cafe/index.html")).expect("the bundle has a page")
}

#[test]
fn what_is_joint_is_told_and_what_is_not_is_said() {
    let bare = page(&site());
    for text in
        ["还没有合成一张表，每个事项各填各的表。", "还没有合成一套", "还没有一个窗口统一受理", "还不能在网上办。"]
    {
        assert!(bare.contains(text), "{text} is not in {bare}");
    }
    let joint = page(&site().append(BUNDLE, JOINT));
    for text in [
        "只填一张《开店联办表》。",
        "填了它，3张表不用再填",
        "各科室共用一套",
        "青岚市政务服务中心",
        "二楼6号",
        "网上办这件事",
    ] {
        assert!(joint.contains(text), "{text} is not in {joint}");
    }
    assert!(!joint.contains("还没有"), "{joint}");
}

#[test]
fn time_goes_the_longest_way() {
    let page = page(&site());
    // The firm (2) is longer than the shop, then the permit (5); the signboard waits for both.
    assert!(page.contains("我们承诺 7个工作日 7个工作日，加15个自然日"), "{page}");
    assert!(page.contains("法律规定 23个工作日 23个工作日，有的没有规定期限"), "{page}");
    assert!(page.contains("最长的一路是“公司登记”2个工作日，接着“餐饮许可”5个工作日，连着办共7个工作日。"), "{page}");
    assert!(page.contains("法律没有规定期限的，算不进法定时间：招牌登记。"), "{page}");
}

#[test]
fn what_an_earlier_item_issues_is_not_brought() {
    let material = "名称: 执照\n类型: 证件证书证明\n来源: 政府部门核发\n出具单位: 市场监管局\n办理事项: food\n";
    let asks = Site::item_text("后一步许可", 36).replace(
        "来源: 申请人自备 }\n",
        "来源: 申请人自备 }\n  - { 引用: licence, 编号: licence, 份数: 复印件1份, 必要性: 必要 }\n",
    );
    let site = |relation: &str| {
        let items =
            format!("  - {{ 事项: food, 顺序: 1, 关系: {relation} }}\n  - {{ 事项: later, 顺序: 2, 关系: 必办 }}\n");
        Site::minimal()
            .file("content/materials/licence.yaml", material)
            .file("content/departments/scjgj/later/item.yaml", asks.clone())
            .file(BUNDLE, format!("名称: 开店一件事\n面向: 法人\n牵头部门: scjgj\n说明: 连着办\n事项:\n{items}"))
    };
    let sure = page(&site("必办"));
    let (_, unneeded) = sure.split_once("不用准备的").unwrap_or_else(|| panic!("{sure}"));
    assert!(unneeded.trim_start().starts_with("执照 ：办"), "{unneeded}");
    // Who may have done it before has the paper, or must get it.
    let unsure = page(&site("选办"));
    assert!(!unsure.contains("不用准备的") && unsure.contains("执照"), "{unsure}");
}

/// A bundle whose last item asks for a paper that the first ones issue; one of them is chosen.
fn choice(obtained_by: &str) -> Site {
    let material =
        format!("名称: 执照\n类型: 证件证书证明\n来源: 政府部门核发\n出具单位: 市场监管局\n办理事项: {obtained_by}\n");
    let asks = Site::item_text("后一步许可", 36).replace(
        "来源: 申请人自备 }\n",
        "来源: 申请人自备 }\n  - { 引用: licence, 编号: licence, 份数: 复印件1份, 必要性: 必要 }\n",
    );
    let items = "  - { 事项: food, 顺序: 1, 关系: 任选其一 }\n  - { 事项: firm, 顺序: 1, 关系: 任选其一 }\n\
        \x20 - { 事项: later, 顺序: 2, 关系: 必办 }\n";
    Site::minimal()
        .file("content/materials/licence.yaml", material)
        .file("content/departments/scjgj/firm/item.yaml", Site::item_text("公司登记", 37))
        .file("content/departments/scjgj/later/item.yaml", asks)
        .file(
            BUNDLE,
            format!(
                "名称: 开店一件事\n面向: 法人\n牵头部门: scjgj\n说明: 连着办\n事项:\n{items}{}",
                JOINT.replace(
                    "代替: [shop/application, firm/application, permit/application]",
                    "代替: [food/application]"
                )
            ),
        )
}

#[test]
fn what_each_of_some_alternatives_issues_is_not_brought() {
    let built = choice("[food, firm]").built();
    let whole = built.words("bundles/cafe/index.html").join(" ");
    let (_, unneeded) = whole.split_once("不用准备的").unwrap_or_else(|| panic!("{whole}"));
    assert!(unneeded.trim_start().starts_with("执照 ：办 “食品经营许可” 或者 “公司登记” 的时候发给您"), "{unneeded}");
    let data: serde_json::Value = serde_json::from_str(built.text("data/bundles.json")).expect("it is JSON");
    let papers = data["entries"][0]["materials"].as_array().expect("a bundle has papers");
    let licence = papers.iter().find(|one| one["name"] == "执照").expect("it is asked for");
    assert_eq!(licence["issued_by"], serde_json::json!(["food", "firm"]));
    // Who asks for the paper says where else it is got.
    let item = built.words("items/later/index.html").join(" ");
    assert!(item.contains("没有怎么办： 先办 “食品经营许可” 或者 “公司登记”"), "{item}");
    assert!(
        built.words("materials/licence/index.html").join(" ").contains("没有怎么办 “食品经营许可” 或者 “公司登记”")
    );
    // Who may have chosen the other one brings it.
    let unsure = page(&choice("firm"));
    assert!(!unsure.contains("不用准备的") && unsure.contains("执照"), "{unsure}");
}

#[test]
fn who_waits_for_one_item_alone_does_not_wait_for_all() {
    let site =
        site().replace(BUNDLE, "事项: sign, 顺序: 3, 关系: 选办", "事项: sign, 顺序: 3, 关系: 选办, 先办: [shop]");
    let page = page(&site);
    assert!(page.contains("我们承诺 7个工作日 15个自然日"), "{page}");
    assert!(page.contains("办完“小店登记”就能办，不用等别的。"), "{page}");
    assert!(page.contains("工作日、自然日、月不互相换算"), "{page}");
}

#[test]
fn papers_stand_once_with_who_needs_them() {
    let apart = page(&site());
    // Of shop and firm one is chosen, which keeps two at most, and the permit keeps one.
    assert!(apart.contains("身份证 复印件3份"), "{apart}");
    let joint = page(&site().append(BUNDLE, JOINT));
    assert!(
        joint.contains("身份证 复印件2份 小店登记 任选其一 要复印件1份 公司登记 任选其一 餐饮许可 要复印件1份"),
        "{joint}"
    );
    assert!(joint.contains("招牌登记（选办）：2种"), "{joint}");
    assert_eq!(joint.matches("平面图").count(), 1, "{joint}");
}

#[test]
fn alternatives_and_what_is_done_together_are_told() {
    let page = page(&site());
    assert!(page.contains("任选其一 挑一个办就行 小店登记"), "{page}");
    assert!(page.contains("或者 公司登记"), "{page}");
    assert!(page.contains("必办1项，2项里任选1项，选办1项"), "{page}");
}

#[test]
fn what_is_counted_can_be_ticked() {
    for more in ["", JOINT] {
        let html = html(&site().append(BUNDLE, more));
        let told = html.split("人人要带").nth(1).and_then(|rest| rest.split('种').next()).expect("the box counts them");
        let rows = html.split(" data-material=\"").skip(1).map(|row| row.split('>').next().unwrap());
        let sure = rows.filter(|row| !row.contains("data-sometimes")).count();
        assert_eq!(told, sure.to_string(), "{more}");
    }
}
