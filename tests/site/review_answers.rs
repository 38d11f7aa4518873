//! Reviews of 情形引导: answers that went or have another id, their addresses, and what follows from that.

use std::fs;

use crate::kit::{ITEM, Root, Site};
use crate::review::{changed, changes, check, commit, git, json, review};

/// A question and another one that only some are asked; materials, a step and a promise depend on them.
fn asking() -> Site {
    let part = "类型: 其他, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备";
    Site::minimal()
        .replace(
            ITEM,
            "申请材料:\n",
            &format!(
                "情形引导:
  - {{ 问题: kind, 问: 卖什么？, 答案: {{ retail: 只卖预包装食品, meal: 做饭菜, canteen: 办单位食堂 }} }}
  - {{ 问题: diners, 问: 给谁吃？, 答案: {{ staff: 职工, school: 学生 }}, 适用: {{ kind: [canteen] }} }}
申请材料:
  - {{ 名称: 健康证明, 编号: health, {part}, 适用: {{ kind: [meal, canteen] }} }}
  - {{ 名称: 陪餐制度, 编号: table, {part}, 适用: {{ diners: [school] }} }}
"
            ),
        )
        .replace(
            ITEM,
            "办理时限: { 法定",
            "  - { 环节: 看店, 办理人: 食品科, 时限: 3个工作日, 内容: 到店里看, 适用: { kind: [meal] } }
  - { 环节: 看食堂, 办理人: 食品科, 时限: 5个工作日, 内容: 到食堂看, 适用: { kind: [canteen] } }
办理时限: { 法定",
        )
}

/// The same without canteens and all that hangs on them.
fn without_canteens() -> Site {
    let text = asking().text(ITEM);
    let gone = ["问题: diners", "编号: table", "环节: 看食堂"];
    let lines = text.lines().filter(|line| !gone.iter().any(|part| line.contains(part)));
    let text = lines.map(|line| format!("{line}\n")).collect::<String>();
    let text = text.replace(", canteen: 办单位食堂", "").replace("[meal, canteen]", "[meal]");
    asking().file(ITEM, text)
}

/// A repository whose only commit is `before`, released if asked, and whose item is that of `after`.
fn released(before: &Site, after: &Site) -> Root {
    let root = before.write();
    let ran = root.run(&["build", "--release", "--as-of", "2026-07-01"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    fs::remove_dir_all(root.join("dist")).unwrap();
    git(root.path(), &["init", "--quiet"]);
    commit(root.path());
    fs::write(root.join(ITEM), after.bytes(ITEM)).unwrap();
    root
}

#[test]
fn an_answer_that_is_gone_is_a_case_less_and_what_held_for_it_follows() {
    let found = changes(&changed(&asking(), &without_canteens()));
    let follows = |of: &str| format!("只用于“{of}”，随这种情形一起去掉");
    let short: Vec<String> = found
        .iter()
        .map(|line| {
            let (class, rest) = line.split_once(' ').unwrap();
            let note = rest.split(" ; ").nth(1).unwrap_or("-");
            format!("{class} {} ; {note}", rest.split(": ").next().unwrap())
        })
        .collect();
    assert_eq!(
        short,
        [
            "structure 情形引导「卖什么？」.答案「canteen」 ; 少了一种情形：办单位食堂".to_owned(),
            format!("consequence 情形引导「给谁吃？」 ; {}", follows("办单位食堂")),
            format!("consequence 申请材料「陪餐制度」 ; {}", follows("学生")),
            format!("consequence 办理流程「看食堂」 ; {}", follows("办单位食堂")),
        ]
    );
    let out = review(&changed(&asking(), &without_canteens()), &[]).out;
    assert!(out.contains("1 个事项改动；1 处结构，3 处连带；"), "{out}");
    // The other way round it is a case more, and what is asked of those in it a burden as ever.
    let found = changes(&changed(&without_canteens(), &asking()));
    assert!(found.iter().any(|line| line.ends_with("多了一种情形：办单位食堂")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("burden 申请材料「陪餐制度」")), "{found:?}");
}

#[test]
fn a_case_that_is_gone_leads_on_by_itself_once_it_was_released() {
    let gone = |root: &Root| json(root, &[])["gone"].clone();
    let root = released(&asking(), &without_canteens());
    let address = "/items/food/case/kind-canteen/";
    let expected = serde_json::json!([{ "path": address, "redirect": "/items/food/", "automatic": true }]);
    assert_eq!(gone(&root), expected);
    let out = review(&root, &[]).out;
    assert!(out.contains("1 个网址消失；") || out.contains("1 个网址消失\n"), "{out}");
    assert!(out.contains(&format!("{address}（自动跳转到 /items/food/）")), "{out}");
    // Nothing noted the address: it leads nowhere, and what helps is the list of the release.
    let unknown = changed(&asking(), &without_canteens());
    let expected = serde_json::json!([{ "path": address, "redirect": null, "automatic": false }]);
    assert_eq!(gone(&unknown), expected);
    let out = review(&unknown, &[]).out;
    assert!(out.contains("其中 1 个没有跳转"), "{out}");
    assert!(out.contains("在改动以前的内容里运行 mingbai build --release"), "{out}");
}

#[test]
fn another_id_of_an_answer_is_no_case_less() {
    let text = asking().text(ITEM).replace("canteen: 办", "mess: 办").replace("canteen]", "mess]");
    let renamed = asking().file(ITEM, text);
    let root = released(&asking(), &renamed);
    let line = "structure 情形引导「卖什么？」.答案「办单位食堂」（代号）: canteen → mess ; 这种情形的网址跟着变";
    assert_eq!(changes(&root), [line]);
    let gone = json(&root, &[])["gone"].clone();
    assert_eq!(gone[0]["path"], "/items/food/case/kind-canteen/");
    assert_eq!((&gone[0]["redirect"], &gone[0]["automatic"]), (&"/items/food/".into(), &true.into()));
}

#[test]
fn steps_of_a_case_count_for_the_promise_as_in_the_check() {
    let slow = asking().replace(ITEM, "时限: 5个工作日, 内容: 到食堂看", "时限: 15个工作日, 内容: 到食堂看");
    let over = "各环节加起来16个工作日，比承诺的10个工作日长（办单位食堂）";
    let slip = "像是多了一位数字";
    let line = format!("fact 办理流程「看食堂」.时限: 5个工作日 → 15个工作日 ; {slip} ; {over}");
    check(&asking(), &slow, &[&line]);
    let found = slow.findings(mingbai::diagnostics::Lang::Zh);
    assert!(found.contains("计入时限的环节一共 `16个工作日`"), "{found}");
}

#[test]
fn another_official_name_is_a_fact() {
    let named = Site::minimal().replace(ITEM, "名称: 食品经营许可\n", "名称: 食品销售许可\n");
    check(&Site::minimal(), &named, &["fact 名称: 食品经营许可 → 食品销售许可"]);
}
