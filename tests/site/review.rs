//! Reviews: small repositories made here, and the words the program finds for what changed in them.

use std::fs;
use std::path::Path;
use std::process::Command;

use mingbai::diagnostics::Lang;
use serde_json::Value;

use crate::kit::{DEPARTMENT, ITEM, LAW, PLACE, Ran, Root, SITE, Site, TOPICS, run_in};

/// Runs git in a folder, with nothing of the machine's settings.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=tester", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"])
        .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs([("GIT_AUTHOR_DATE", "2026-06-01T00:00:00Z"), ("GIT_COMMITTER_DATE", "2026-06-01T00:00:00Z")])
        .output()
        .expect("git can be run");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

pub(crate) fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

/// A repository whose only commit is `before`, with the files of `after` in the working tree.
pub(crate) fn changed(before: &Site, after: &Site) -> Root {
    let root = before.write();
    git(root.path(), &["init", "--quiet"]);
    commit(root.path());
    fs::remove_dir_all(root.join("content")).unwrap();
    root.update(after);
    root
}

/// Runs `mingbai review` with the names of commits as `ID`.
pub(crate) fn review(root: &Root, arguments: &[&str]) -> Ran {
    let ran = root.run(&[&["review", "--as-of", "2026-07-01"], arguments].concat());
    let ids = git(root.path(), &["log", "--all", "--format=%H"]);
    let hide = |text: String| ids.lines().fold(text, |text, id| text.replace(&id[..10], "ID"));
    Ran { status: ran.status, out: hide(ran.out), err: hide(ran.err) }
}

pub(crate) fn json(root: &Root, arguments: &[&str]) -> Value {
    let ran = review(root, &[&["--format", "json"], arguments].concat());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).expect("it is JSON")
}

/// Each change as `class field old → new ; remarks`.
pub(crate) fn changes(root: &Root) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut found = Vec::new();
    for card in json(root, &[])["cards"].as_array().unwrap() {
        for change in card["changes"].as_array().unwrap() {
            let notes = change["notes"].as_array().unwrap().iter().map(|note| format!(" ; {}", text(&note["text"])));
            let touched = change["touched"].as_array().unwrap().iter().map(|one| format!(" + {}", text(&one["name"])));
            let (class, field) = (text(&change["class"]), text(&change["field"]));
            let (old, new) = (text(&change["old"]), text(&change["new"]));
            let rest: String = notes.chain(touched).collect();
            found.push(format!("{class} {field}: {old} → {new}{rest}"));
        }
    }
    found
}

pub(crate) fn check(before: &Site, after: &Site, expected: &[&str]) {
    assert_eq!(changes(&changed(before, after)), expected);
}

#[test]
fn nothing_differs_from_itself() {
    let root = changed(&Site::minimal(), &Site::minimal());
    let expected = "比较：main（ID） → 工作区（含没有提交的改动）\n没有改动\n";
    assert_eq!(review(&root, &[]), Ran { status: 0, out: expected.into(), err: String::new() });
    assert_eq!(review(&root, &["HEAD..main"]).out, "比较：HEAD（ID） → main（ID）\n没有改动\n");
    let english = "compared: main (ID) → the working tree, uncommitted changes included\nnothing changed\n";
    assert_eq!(review(&root, &["--lang", "en"]).out, english);
}

#[test]
fn the_words_on_a_terminal_and_in_a_pull_request() {
    let site = Site::minimal();
    let after = site.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 1个工作日").replace(
        ITEM,
        "在青岚市卖食品的",
        "在青岚市网上卖食品的",
    );
    let after = after.replace(ITEM, "窗口领取", "短信告知").replace(DEPARTMENT, "0600-8801001", "0600-8801010");
    let expected = include_str!("review.txt");
    assert_eq!(review(&changed(&site, &after), &[]).out, expected);
    let markdown = include_str!("review.md");
    assert_eq!(review(&changed(&site, &after), &["--format", "markdown"]).out, markdown);
}

#[test]
fn classes_go_by_what_people_bear() {
    let site = Site::minimal();
    let with = |from: &str, to: &str| site.clone().replace(ITEM, from, to);
    check(&site, &with("到现场次数: 1次", "到现场次数: 0次"), &["relief 到现场次数: 1次 → 0次"]);
    check(&site, &with("到现场次数: 1次", "到现场次数: 2次"), &["burden 到现场次数: 1次 → 2次 ; 变更记录里没有写理由"]);
    check(
        &site,
        &with("承诺: 10个工作日", "承诺: 1个工作日"),
        &["relief 办理时限.承诺: 10个工作日 → 1个工作日 ; 降幅 90 %"],
    );
    check(
        &site,
        &with("  - 有固定的经营场所", "  - 有固定的经营场所\n  - 满18周岁"),
        &["burden 申请条件: - → 满18周岁 ; 变更记录里没有写理由"],
    );
    check(
        &site,
        &with("有固定的经营场所", "有固定、整洁的经营场所"),
        &["wording 申请条件: 有固定的经营场所 → 有固定、整洁的经营场所 ; 要求的文字有变，请看是不是更严"],
    );
    check(
        &site,
        &with("收费: 不收费", "收费:\n  - { 名称: 工本费, 金额: 20元, 依据: [{ 法律: food-law, 条款: 第三十五条 }] }"),
        &["burden 收费「工本费」: - → 工本费；金额：20元；依据：法律：中华人民共和国食品安全法；条款：第三十五条"],
    );
    check(&site, &with("服务对象: [自然人]", "服务对象: [自然人, 企业法人]"), &["relief 服务对象: - → 企业法人"]);
    check(&site, &with("更新日期: 2026-06-01", "更新日期: 2026-07-01"), &["wording 更新日期: 2026-06-01 → 2026-07-01"]);
}

#[test]
fn a_reason_or_a_basis_founds_a_burden() {
    let site = Site::minimal();
    let paper =
        "\n  - { 名称: 健康证明, 编号: health, 类型: 证件证书证明, 份数: 原件1份, 必要性: 必要, 来源: 申请人自备";
    let with =
        |end: &str| site.clone().replace(ITEM, "来源: 申请人自备 }", &format!("来源: 申请人自备 }}{paper}{end}"));
    let added = "健康证明；类型：证件证书证明；份数：原件1份；必要性：必要；来源：申请人自备";
    check(
        &site,
        &with(" }"),
        &[&format!("burden 申请材料「健康证明」: - → {added} ; 没有写依据，变更记录里也没有写理由")],
    );
    let basis = with(", 依据: [{ 法律: food-law, 条款: 第三十五条 }] }");
    assert!(!changes(&changed(&site, &basis))[0].contains(" ; "));
    let reason = with(" }").append(ITEM, "变更记录:\n  - { 日期: 2026-07-01, 内容: 根据省里的通知增加健康证明 }\n");
    assert!(!changes(&changed(&site, &reason))[0].contains(" ; "));
}

#[test]
fn entries_are_matched_by_what_identifies_them() {
    let two =
        "\n  - { 名称: 身份证, 编号: id, 类型: 证件证书证明, 份数: 原件1份（核验）, 必要性: 必要, 来源: 申请人自备 }";
    let before = Site::minimal().replace(ITEM, "来源: 申请人自备 }", &format!("来源: 申请人自备 }}{two}"));
    let line = "  - { 名称: 申请书,";
    let after = before.clone().replace(ITEM, line, &format!("{}\n{line}", &two[1..])).replace(
        ITEM,
        &format!("申请人自备 }}{two}"),
        "申请人自备 }",
    );
    check(&before, &after, &["wording 申请材料（顺序）: 申请书、身份证 → 身份证、申请书"]);
    let more = after.replace(ITEM, "份数: 原件1份（核验）", "份数: 原件1份（核验），复印件1份");
    let found = changes(&changed(&before, &more));
    assert!(
        found[0].starts_with("burden 申请材料「身份证」.份数: 原件1份（核验） → 原件1份（核验），复印件1份"),
        "{found:?}"
    );
}

#[test]
fn what_follows_from_a_shared_fact_is_one_change() {
    let site = Site::minimal().item("drug", "药品经营许可", 2).item("tea", "茶叶登记", 3);
    let own = |slug: &str, site: Site| {
        site.append(&format!("content/departments/scjgj/{slug}/item.yaml"), "咨询电话: [\"0600-8809999\"]\n")
    };
    let site = own("tea", site);
    let after = site.clone().replace(DEPARTMENT, "0600-8801001", "0600-8810001");
    let root = changed(&site, &after);
    assert_eq!(
        changes(&root),
        ["fact 咨询电话: 0600-8801001 → 0600-8810001 ; 像是两位数字对调 + 药品经营许可 + 食品经营许可"]
    );
    let headline = json(&root, &[])["headline"].as_str().unwrap().to_owned();
    assert_eq!(
        headline,
        "另有 1 个部门、地点、法律、页面等改动；1 处事实；1 处疑似笔误；另有 2 个事项因市场监管局的咨询电话变化而连带改动（合并为 1 条）"
    );
    let moved = site.clone().replace(PLACE, "云中路18号", "云中路81号");
    assert_eq!(
        changes(&changed(&site, &moved)),
        [
            "fact 地址: 青岚市望山区云中路18号 → 青岚市望山区云中路81号 ; 文字里的数字有变 + 药品经营许可 + 食品经营许可 + 茶叶登记"
        ]
    );
}

#[test]
fn what_follows_from_materials_and_laws() {
    let card = "名称: 居民身份证\n类型: 证件证书证明\n出具单位: 公安机关\n";
    let used = "\n  - { 引用: id-card, 编号: id, 份数: 原件1份（核验）, 必要性: 必要 }";
    let material = "content/materials/id-card.yaml";
    let site = Site::minimal().file(material, card);
    let site =
        site.replace(ITEM, "来源: 申请人自备 }", &format!("来源: 申请人自备 }}{used}")).item("drug", "药品经营许可", 2);
    let renamed = site.clone().replace(material, "居民身份证", "身份证或者临时身份证");
    check(&site, &renamed, &["wording 名称: 居民身份证 → 身份证或者临时身份证 + 食品经营许可"]);
    let free = site.clone().append(material, "电子证照: { 名称: 居民身份证, 可免交: 是 }\n");
    let relief = "relief 电子证照: - → 名称：居民身份证；可免交：是 + 食品经营许可";
    check(&site, &free, &[relief]);
    let quoted = site.clone().replace(LAW, "实行许可制度。", "实行许可和备案制度。");
    let clause =
        "wording 条款「第三十五条」: 国家对食品生产经营实行许可制度。 → 国家对食品生产经营实行许可和备案制度。";
    check(&site, &quoted, &[&format!("{clause} + 药品经营许可 + 食品经营许可")]);
    check(
        &site,
        &site.clone().file("content/laws/new.yaml", site.text(LAW)),
        &["structure 法律法规: - → 中华人民共和国食品安全法"],
    );
}

#[test]
fn pages_notices_and_tables() {
    let page = "---\n标题: 怎么找到我们\n摘要: 地址和电话\n栏目: 帮助\n发布日期: 2026-01-01\n---\n\n电话0600-8801001，周一到周五有人接。\n";
    let path = "content/pages/help/contact.md";
    let site = Site::minimal().file(path, page);
    let text = site.clone().replace(path, "周一到周五", "每天");
    let (old, new) = ("电话0600-8801001，周一到周五有人接。", "电话0600-8801001，每天有人接。");
    check(&site, &text, &[&format!("wording 正文: {old} → {new}")]);
    let phone = site.clone().replace(DEPARTMENT, "0600-8801001", "0600-8805555");
    let found = changes(&changed(&site, &phone));
    assert!(found[0].contains(&format!("{path}还写着“0600-8801001”")), "{found:?}");
    let topics = site.clone().replace(TOPICS, "婚姻登记", "结婚登记");
    check(&site, &topics, &["wording 个人「结婚登记」.名称: 婚姻登记 → 结婚登记"]);
    let levels = site.clone().append(SITE, "变更等级: { 结构: 阻止 }\n");
    check(&site, &levels, &["structure 变更等级: - → 结构：阻止"]);
    let windows = site.clone().file(path, page.replace('\n', "\r\n"));
    check(&site, &windows, &[]);
}

#[test]
fn contradictions_of_the_new_state() {
    let questions = "常见问题:\n  - { 问: 要带申请书吗, 答: 带申请书，10个工作日办好 }\n";
    let site =
        Site::minimal().append(ITEM, questions).file("content/departments/scjgj/food/guide.md", "大约 10 个工作日。\n");
    let shorter = site.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 8个工作日");
    check(
        &site,
        &shorter,
        &["relief 办理时限.承诺: 10个工作日 → 8个工作日 ; 常见问题「要带申请书吗」、guide.md还写着“10个工作日”"],
    );
    let slow = Site::minimal().replace(ITEM, "时限: 1个工作日", "时限: 12个工作日");
    check(
        &Site::minimal(),
        &slow,
        &[
            "fact 办理流程「受理」.时限: 1个工作日 → 12个工作日 ; 变成 12 倍 ; 各环节加起来12个工作日，比承诺的10个工作日长",
        ],
    );
    let text = site.text(ITEM);
    let line = text.lines().find(|line| line.contains("编号: application")).unwrap();
    let without = site.clone().replace(ITEM, &format!("申请材料:\n{line}"), "申请材料: 无需材料");
    let found = changes(&changed(&site, &without));
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("→ - ; 常见问题「要带申请书吗」还写着“申请书”"), "{found:?}");
}

#[test]
fn a_renamed_folder_is_the_same_item_by_its_code() {
    let site = Site::minimal();
    let text = site.text(ITEM).replace("承诺: 10个工作日", "承诺: 9个工作日");
    let new = "content/departments/scjgj/food-licence/item.yaml";
    let after = site.clone().without(ITEM).file(new, text);
    check(
        &site,
        &after,
        &[
            "structure 网址: /items/food/ → /items/food-licence/ ; 旧网址没有跳转，收藏和二维码打开是 404",
            "relief 办理时限.承诺: 10个工作日 → 9个工作日",
        ],
    );
    let gone = |after: &Site| json(&changed(&site, after), &[])["gone"].clone();
    assert_eq!(gone(&after), serde_json::json!([{ "path": "/items/food/", "redirect": null, "automatic": false }]));
    let covered = after.file("content/redirects.yaml", "跳转:\n  - { 从: /items/food/, 到: /items/food-licence/ }\n");
    assert_eq!(
        gone(&covered),
        serde_json::json!([{ "path": "/items/food/", "redirect": "/items/food-licence/", "automatic": false }])
    );
}

#[test]
fn what_went_with_its_folder_is_told_once() {
    let files = |folder: &str| [format!("{folder}/files/表格.docx"), format!("{folder}/files/样表.pdf")];
    let attached = |site: Site, folder: &str| {
        let [form, sample] = files(folder);
        site.file(&form, "甲乙").file(&sample, "丙")
    };
    // What is found in both states is neither new nor cured.
    let minimal = Site::minimal().replace(ITEM, "  - 有固定的经营场所\n", "  - 法律法规规定的其他条件\n");
    assert!(!minimal.findings(Lang::Zh).is_empty());
    let site = attached(minimal.clone(), "content/departments/scjgj/food");
    let lost = "旧网址没有跳转，收藏和二维码打开是 404";
    let text = minimal.text(ITEM);
    let renamed = minimal.clone().without(ITEM).file("content/departments/scjgj/food-licence/item.yaml", text);
    let renamed = attached(renamed, "content/departments/scjgj/food-licence");
    check(&site, &renamed, &[&format!("structure 网址: /items/food/ → /items/food-licence/ ; {lost}")]);
    let one_changed = renamed.file("content/departments/scjgj/food-licence/files/样表.pdf", "丁");
    check(
        &site,
        &one_changed,
        &[
            &format!("structure 网址: /items/food/ → /items/food-licence/ ; {lost}"),
            "fact content/departments/scjgj/food-licence/files/样表.pdf: 3 B → 3 B ; 大小一样，内容不同",
        ],
    );
    // A department goes with its items: these keep their addresses.
    let folder = "content/departments/market";
    let department = minimal.text(DEPARTMENT);
    let text = minimal.text(ITEM);
    let moved = minimal.without(ITEM).without(DEPARTMENT).file(&format!("{folder}/food/item.yaml"), text);
    let moved = attached(moved.file(&format!("{folder}/department.yaml"), department), &format!("{folder}/food"));
    check(&site, &moved, &[&format!("structure 网址: /departments/scjgj/ → /departments/market/ ; {lost}")]);
    let review = json(&changed(&site, &moved), &[]);
    assert_eq!((&review["found"], &review["cured"]), (&serde_json::json!([]), &serde_json::json!([])));
}

#[test]
fn new_gone_withdrawn_and_unreadable_items() {
    let two = Site::minimal().item("drug", "药品经营许可", 2);
    check(&Site::minimal(), &two, &["structure 事项: - → 药品经营许可"]);
    let lost = "旧网址没有跳转，收藏和二维码打开是 404";
    check(&two, &Site::minimal(), &[&format!("structure 事项: 药品经营许可 → - ; {lost}")]);
    let drug = "content/departments/scjgj/drug/item.yaml";
    let draft = two.clone().replace(drug, "状态: 已审核", "状态: 草稿");
    let hidden = "文件还在，但没有审核、还没有生效或者涉密，页面会撤下";
    check(&two, &draft, &[&format!("structure 事项: 药品经营许可 → - ; {hidden} ; {lost}")]);
    let broken = two.clone().replace(drug, "名称: 药品经营许可\n", "名称 药品经营许可\n");
    let unreadable = "文件还在，但读不懂，见新增的问题；改好以前没法比较";
    check(&two, &broken, &[&format!("structure 事项: 药品经营许可 → - ; {unreadable} ; {lost}")]);
    assert_eq!(json(&changed(&two, &broken), &[])["found"].as_array().unwrap().len(), 1);
    assert_eq!(json(&changed(&broken, &two), &[])["cured"].as_array().unwrap().len(), 1);
    let about = json(&changed(&draft, &draft.clone().replace(drug, "承诺: 10", "承诺: 9")), &[])["notes"][1].clone();
    assert_eq!(about, "另有 1 个改动的事项还没有公开（草稿、没有生效或者读不懂），不在比较里");
}

#[test]
fn a_portal_that_cannot_be_made_is_said_in_words() {
    let site = Site::minimal();
    let root = changed(&site, &site.clone().without(SITE));
    let ran = review(&root, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("SR08 没有 content/site.yaml"), "{}", ran.out);
    assert!(!ran.out.contains("撤下"), "{}", ran.out);
}

#[test]
fn attachments_added_changed_and_removed() {
    let folder = "content/departments/scjgj/food/files";
    let site = Site::minimal().file(&format!("{folder}/表格.docx"), "甲乙").file(&format!("{folder}/old.pdf"), "旧");
    let after = site.clone().file(&format!("{folder}/表格.docx"), "丙丁").without(&format!("{folder}/old.pdf"));
    let after = after.file("content/static/新.txt", "x");
    check(
        &site,
        &after,
        &[
            &format!("fact {folder}/表格.docx: 6 B → 6 B ; 大小一样，内容不同"),
            "fact content/static/新.txt: - → 1 B",
            &format!("fact {folder}/old.pdf: 3 B → -"),
        ],
    );
}

#[test]
fn classes_that_block_and_what_lets_them_pass() {
    let site = Site::minimal();
    let longer = site.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 15个工作日");
    let status = |root: &Root, arguments: &[&str]| review(root, arguments).status;
    let root = changed(&site, &longer);
    assert_eq!(status(&root, &[]), 0);
    assert_eq!(status(&root, &["--fail-on", "加重负担"]), 1);
    assert_eq!(status(&root, &["--fail-on", "structure,burden"]), 1);
    assert_eq!(status(&root, &["--fail-on", "减轻负担"]), 0);
    let wrong = review(&root, &["--fail-on", "bad"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("加重负担 (burden)"), "{}", wrong.err);
    let exception = format!(
        "例外:\n  - {{ 代码: 加重负担, 文件: {ITEM}, 位置: 办理时限.承诺, 理由: 省里要求, 责任人: 审批科, 日期: 2026-06-30, 到期: 2026-12-31 }}\n"
    );
    let passed = changed(&site, &longer.clone().file("content/exceptions.yaml", exception.clone()));
    let ran = review(&passed, &["--fail-on", "burden"]);
    assert_eq!(ran.status, 0);
    let burden = &json(&passed, &[])["cards"][0]["changes"][0];
    assert_eq!(
        burden["exception"],
        serde_json::json!({ "reason": "省里要求", "person": "审批科", "date": "2026-06-30" })
    );
    let late = exception.replace("2026-12-31", "2026-06-30");
    let expired = changed(&site, &longer.file("content/exceptions.yaml", late));
    assert_eq!(status(&expired, &["--fail-on", "burden"]), 1);
}

#[test]
fn levels_are_those_of_the_base() {
    let blocking = Site::minimal().append(SITE, "变更等级: { 加重负担: 阻止, 文字: 忽略 }\n");
    let longer = blocking.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 15个工作日");
    let longer = longer.replace(ITEM, "在青岚市卖食品的", "在青岚市售卖食品的");
    let root = changed(&blocking, &longer);
    assert_eq!(review(&root, &[]).status, 1);
    assert_eq!(changed_count(&root), (1, 1));
    let weaker = longer.replace(SITE, "加重负担: 阻止", "加重负担: 忽略");
    assert_eq!(review(&changed(&blocking, &weaker), &[]).status, 1);
}

/// How many changes are listed of the item, and how many are ignored.
fn changed_count(root: &Root) -> (usize, u64) {
    let ran = review(root, &["--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    (value["cards"][0]["changes"].as_array().unwrap().len(), value["ignored"].as_u64().unwrap())
}

#[test]
fn the_change_record_is_written_once() {
    let site = Site::minimal().replace(ITEM, "收费: 不收费", "# 为什么不收\n收费: 不收费");
    let after = site.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 5个工作日");
    let root = changed(&site, &after);
    let entry = "承诺的办理时间由10个工作日缩短为5个工作日";
    let ran = review(&root, &["--record"]);
    assert_eq!((ran.status, ran.err), (0, format!("写了变更记录 {ITEM}：{entry}\n")));
    let written = fs::read_to_string(root.join(ITEM)).unwrap();
    assert_eq!(written, format!("{}变更记录:\n  - {{ 日期: 2026-07-01, 内容: {entry} }}\n", after.text(ITEM)));
    let names: Vec<String> = fs::read_dir(root.join(ITEM).parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["item.yaml"], "nothing is left beside it");
    let again = review(&root, &["--record"]);
    assert_eq!(again.err, "没有要写的变更记录：事项没有改动，或者已经写过\n");
    assert_eq!(fs::read_to_string(root.join(ITEM)).unwrap(), written);
    assert_eq!(root.run(&["check", "--as-of", "2026-07-01"]).status, 0);
    assert_eq!(review(&root, &["HEAD..HEAD", "--record"]).status, 2);
}

#[test]
fn a_recorded_change_is_on_the_page_and_in_the_feeds() {
    let site = Site::minimal();
    let root = changed(&site, &site.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 5个工作日"));
    let entry = "承诺的办理时间由10个工作日缩短为5个工作日";
    let build = |out: &str| {
        let ran = root.run(&["build", "--as-of", "2026-07-01", "--out", out]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let read = |path: &str| fs::read_to_string(root.join(out).join(path)).unwrap();
        ["items/food/index.html", "changes/index.html", "feed.xml", "departments/scjgj/feed.xml", "items/food/feed.xml"]
            .map(|path| read(path).contains(entry))
    };
    assert_eq!(build("before"), [false; 5]);
    assert_eq!(review(&root, &["--record"]).status, 0);
    assert_eq!(build("after"), [true; 5]);
}

#[test]
fn one_page_that_needs_nothing_else() {
    let site = Site::minimal();
    let nasty = site.clone().replace(ITEM, "在青岚市卖食品的", "在青岚市卖<script>alert('x')</script>食品\"的&");
    let root = changed(&site, &nasty);
    assert_eq!(review(&root, &["--html", "out.html"]).status, 0);
    let page = fs::read_to_string(root.join("out.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-Hans\">"));
    assert!(page.contains("<ins><span class=\"mark\">[新增]</span>"), "{page}");
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("id=\"item-food\""));
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn the_base_is_where_the_branches_parted() {
    let site = Site::minimal();
    let root = site.write();
    git(root.path(), &["init", "--quiet"]);
    commit(root.path());
    git(root.path(), &["checkout", "--quiet", "-b", "draft"]);
    root.update(&site.clone().replace(ITEM, "到现场次数: 1次", "到现场次数: 0次"));
    commit(root.path());
    git(root.path(), &["checkout", "--quiet", "main"]);
    root.update(&site.clone().replace(DEPARTMENT, "0600-8801001", "0600-8802222"));
    commit(root.path());
    git(root.path(), &["checkout", "--quiet", "draft"]);
    assert_eq!(changes(&root), ["relief 到现场次数: 1次 → 0次"]);
    let notes = json(&root, &[])["notes"].clone();
    assert_eq!(
        notes,
        serde_json::json!([
            "比较：与 main 的分叉点（ID） → 工作区（含没有提交的改动）",
            "注意：分出来以后，main 又有 1 个提交，不在这次比较里。合并前请先更新分支再看一遍",
        ])
    );
    // A revision that is named is taken at its word, and what that means is said.
    let named = json(&root, &["main"]);
    assert_eq!(named["cards"].as_array().unwrap().len(), 2);
    let note = named["notes"][1].as_str().unwrap();
    assert!(note.starts_with("注意：main 有 1 个提交这里没有") && note.ends_with("git merge-base main HEAD"), "{note}");
    let all = json(&root, &["main..draft"]);
    assert_eq!(all["cards"].as_array().unwrap().len(), 2);
    assert_eq!(json(&root, &["main...draft"])["cards"].as_array().unwrap().len(), 1);
    git(root.path(), &["branch", "-m", "main", "trunk"]);
    assert_eq!(json(&root, &[])["notes"][1], "没有 main 或 master 分支，与最近的提交比较");
}

#[test]
fn bare_shallow_subfolder_and_no_git() {
    let top = tempfile::tempdir().unwrap();
    let work = top.path().join("work");
    let portal = work.join("门户");
    fs::create_dir_all(&portal).unwrap();
    git(&work, &["init", "--quiet"]);
    Site::minimal().file("content/static/说明.txt", "x").write_to(&portal);
    commit(&work);
    Site::minimal().replace(ITEM, "到现场次数: 1次", "到现场次数: 0次").write_to(&portal);
    commit(&work);
    let run = |folder: &Path, arguments: &[&str]| {
        run_in(
            folder,
            &[&["review", "--as-of", "2026-07-01"], arguments].concat(),
            &[("GIT_CEILING_DIRECTORIES", "/tmp")],
        )
    };
    let found = |ran: Ran| ran.out.contains("减轻负担") && ran.status == 0;
    assert!(found(run(&portal, &["HEAD~1"])));
    git(top.path(), &["clone", "--quiet", "--bare", "work", "bare.git"]);
    let bare = top.path().join("bare.git");
    assert!(found(run(&bare, &["main~1..main"])));
    let alone = run(&bare, &[]);
    assert_eq!(alone.err, "不能运行：这是没有工作区的仓库（bare），要写两个版本，如 main..draft\n");
    let url = format!("file://{}", work.display());
    git(top.path(), &["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let shallow = run(&top.path().join("shallow/门户"), &["main~1"]);
    assert_eq!(
        (shallow.status, shallow.err.as_str()),
        (
            2,
            "不能运行：这里没有 `main~1` 这个版本：仓库是浅克隆，历史不全。先运行 git fetch --unshallow，或者 git fetch origin 加上这个版本的名字\n"
        )
    );
    let missing = run(&portal, &["nothing"]);
    assert_eq!(missing.err, "不能运行：没有 `nothing` 这个版本。版本写分支名、标签或提交号，如 main、HEAD~1\n");
    let option = run(&portal, &["--", "--output=/tmp/x"]);
    assert_eq!(option.status, 2);
}

#[test]
fn two_folders_without_git() {
    let base = Site::minimal().write();
    let head = Site::minimal().replace(ITEM, "到现场次数: 1次", "到现场次数: 0次").write();
    let ran = head.run(&["review", "--as-of", "2026-07-01", "--against", base.path().to_str().unwrap()]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("到现场次数"), "{}", ran.out);
    let none = head.run(&["review", "--as-of", "2026-07-01"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("不在 git 仓库里。用 --against 和另一个文件夹比较"), "{}", none.err);
}

#[test]
fn one_edit_in_many_items_is_one_card() {
    let names = ["甲", "乙", "丙", "丁", "戊"];
    let before = (2..).zip(names).fold(Site::minimal(), |site, (n, name)| site.item(&format!("i{n}"), name, n));
    let longer = |site: Site, slug: &str| {
        let path = format!("content/departments/scjgj/{slug}/item.yaml");
        site.replace(&path, "承诺: 10个工作日", "承诺: 12个工作日")
    };
    let after = ["i2", "i3", "i4", "i5", "i6", "food"].into_iter().fold(before.clone(), longer);
    let root = changed(&before, &after);
    let found = json(&root, &[]);
    assert_eq!(found["cards"].as_array().unwrap().len(), 1);
    assert_eq!(found["cards"][0]["alike"].as_array().unwrap().len(), 5);
    assert_eq!(found["headline"], "6 个事项改动；6 处加重负担；6 处加重负担缺依据");
    assert!(review(&root, &[]).out.contains("■ 改动 · 6 个事项（「丁」等，改动相同）"));
    assert!(review(&root, &["--fail-on", "burden"]).err.starts_with("不通过：6 处"));
    let ran = review(&root, &["--record"]);
    assert_eq!(ran.err.lines().count(), 6);
}

#[test]
fn what_is_let_pass_is_said_and_not_taken_for_cured() {
    let food = "content/departments/scjgj/food/item.yaml";
    let with = |line: &str| Site::minimal().replace(food, "  - 有固定的经营场所", line);
    let (open, passed) = (with("  - 有其他材料"), with("  - 有其他材料 # 允许 MT01：条例原文"));
    let findings = |old: &Site, new: &Site| {
        let all = json(&changed(old, new), &[]);
        ["found", "let_pass", "cured"].map(|list| {
            let list = all[list].as_array().unwrap().iter();
            list.map(|one| one["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
    };
    let reason = "`其他材料` 是兜底的说法（理由：条例原文）";
    assert_eq!(findings(&open, &passed), [vec![], vec![reason.to_owned()], vec![]]);
    let (found, [gone, none, cured]) = (findings(&passed, &open), findings(&open, &Site::minimal()));
    assert_eq!((found[0].len(), found[1].len(), found[2].len()), (1, 0, 0));
    assert_eq!((gone.len(), none.len(), cured.len()), (0, 0, 1));
}

#[test]
fn links_and_files_of_editors_are_as_on_disk() {
    let site = Site::minimal()
        .file("content/static/a.txt", "甲")
        .link("content/static/b.txt", "a.txt")
        .link("content/static/out.txt", "/etc/hostname")
        .file("content/departments/scjgj/food/.item.yaml.swp", "x");
    let root = changed(&site, &Site::minimal());
    for path in ["b.txt", "out.txt"] {
        let _ = fs::remove_file(root.join("content/static").join(path));
    }
    root.update(&site);
    assert_eq!(json(&root, &[])["cards"].as_array().unwrap().len(), 0);
    assert_eq!(json(&root, &[])["found"].as_array().unwrap().len(), 0);
    assert_eq!(json(&root, &[])["cured"].as_array().unwrap().len(), 0);
}

#[test]
fn a_repository_without_a_commit() {
    let root = Site::minimal().write();
    git(root.path(), &["init", "--quiet"]);
    let ran = root.run(&["review", "--as-of", "2026-07-01"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "不能运行：仓库里还没有提交，没有可以比较的版本\n"));
}

#[test]
fn text_of_editors_means_nothing_to_markdown() {
    let site = Site::minimal();
    let nasty =
        site.clone().replace(ITEM, "在青岚市卖食品的", "\"在青岚市|卖<img src=x>@all `食品` [的](javascript:x)\"");
    let ran = review(&changed(&site, &nasty), &["--format", "markdown"]);
    let row = ran.out.lines().find(|line| line.contains("青岚市\\|")).unwrap_or_else(|| panic!("{}", ran.out));
    assert!(row.contains("&lt;img src=x&gt;\\@all \\`食品\\` \\[的\\](javascript:x)"), "{row}");
}

#[test]
fn english_throughout() {
    let site = Site::minimal();
    let after = site.clone().replace(ITEM, "承诺: 10个工作日", "承诺: 1个工作日");
    let root = changed(&site, &after);
    let ran = review(&root, &["--lang", "en", "--html", "out.html", "--fail-on", "relief"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("items changed: 1; relief: 1; possible slips: 1"), "{}", ran.out);
    assert!(ran.err.starts_with("blocked: 1 changes are of a class that blocks"), "{}", ran.err);
    assert!(fs::read_to_string(root.join("out.html")).unwrap().contains("<html lang=\"en\">"));
}

/// A second department with an item of its own, beside the smallest portal.
fn two_departments() -> Site {
    let site = Site::minimal();
    let other = site
        .text(DEPARTMENT)
        .replace("青岚市市场监督管理局", "青岚市质量技术监督局")
        .replace("简称: 市场监管局", "简称: 质监局");
    let item = Site::item_text("计量器具检定", 2);
    let site = Site::minimal().file("content/departments/zjj/department.yaml", other);
    site.file("content/departments/zjj/scales/item.yaml", item)
}

#[test]
fn a_department_that_another_one_took_over() {
    let before = two_departments();
    let item = before.text("content/departments/zjj/scales/item.yaml");
    let moved = before
        .without("content/departments/zjj/department.yaml")
        .without("content/departments/zjj/scales/item.yaml")
        .file("content/departments/scjgj/scales/item.yaml", item);
    let words = |after: &Site| {
        let root = changed(&two_departments(), after);
        let found = json(&root, &[]);
        assert_eq!(found["cards"][0]["fate"], "merged", "{found:#}");
        let text = review(&root, &[]).out;
        assert!(text.contains("合并 · 部门「质监局」并入「市场监管局」"), "{text}");
        assert!(found["headline"].as_str().unwrap().contains("1 处合并"), "{found:#}");
        (changes(&root), found)
    };
    let told = "structure 合并: 质监局 → 市场监管局";
    let (by_use, found) = words(&moved);
    assert_eq!(
        by_use,
        [format!("{told} ; 原来用它的 1 个事项都改用了这一个 ; 旧网址没有跳转，收藏和二维码打开是 404 + 计量器具检定")]
    );
    assert_eq!(found["cards"].as_array().unwrap().len(), 1, "its item only follows");
    let renamed =
        moved.clone().replace(DEPARTMENT, "简称: 市场监管局", "简称: 市场监管局\n曾用名: [青岚市质量技术监督局]");
    let (by_name, _) = words(&renamed);
    assert!(by_name[0].starts_with(&format!("{told} ; 按文件里写的得知")), "{by_name:?}");
    let redirect = "跳转:\n  - { 从: /departments/zjj/, 到: /departments/scjgj/, 日期: 2026-07-01, 理由: 机构改革 }\n";
    let (by_redirect, _) = words(&moved.file("content/redirects.yaml", redirect));
    assert!(by_redirect.contains(&format!("{told} ; 按跳转得知 + 计量器具检定")), "{by_redirect:?}");
}

#[test]
fn a_material_that_another_one_stands_for() {
    let card = "名称: 居民身份证\n类型: 证件证书证明\n出具单位: 公安机关\n来源: 政府部门核发\n";
    let line =
        |id: &str| format!("来源: 申请人自备 }}\n  - {{ 引用: {id}, 编号: id, 份数: 原件1份（核验）, 必要性: 必要 }}");
    let with = |id: &str| Site::minimal().replace(ITEM, "来源: 申请人自备 }", &line(id));
    let old = "content/materials/old-card.yaml";
    let before = with("old-card")
        .file(old, card.replace("居民身份证", "第一代身份证"))
        .file("content/materials/id-card.yaml", card);
    let after = with("id-card").file("content/materials/id-card.yaml", card);
    let root = changed(&before, &after);
    assert_eq!(
        changes(&root),
        [
            "structure 合并: 第一代身份证 → 居民身份证 ; 原来用它的 1 个事项都改用了这一个 ; 旧网址没有跳转，收藏和二维码打开是 404 + 食品经营许可"
        ]
    );
    assert!(review(&root, &["--lang", "en"]).out.contains("merged · material “第一代身份证” into “居民身份证”"));
    // What nothing takes the place of is gone.
    let root = changed(&before, &Site::minimal().file("content/materials/id-card.yaml", card));
    let fates: Vec<Value> =
        json(&root, &[])["cards"].as_array().unwrap().iter().map(|card| card["fate"].clone()).collect();
    assert!(fates.contains(&"gone".into()) && !fates.contains(&"merged".into()), "{fates:?}");
}

#[test]
fn a_law_that_another_one_replaced() {
    let old = "content/laws/old-law.yaml";
    let text = Site::minimal().text(LAW).replace("中华人民共和国食品安全法", "中华人民共和国食品卫生法")
        + "代替者: [food-law]\n";
    let before = Site::minimal().file(old, text);
    let root = changed(&before, &Site::minimal());
    let found = json(&root, &[]);
    assert_eq!(
        (&found["cards"][0]["fate"], &found["cards"][0]["kind"]),
        (&"merged".into(), &"law".into()),
        "{found:#}"
    );
    assert!(review(&root, &[]).out.contains("法律法规「中华人民共和国食品卫生法」由「中华人民共和国食品安全法」代替"));
}

#[test]
fn an_entry_that_is_gone_is_said_in_short() {
    let paper = "\n  - { 名称: 健康证明, 编号: health, 类型: 证件证书证明, 份数: 原件1份, 必要性: 必要, 来源: 政府部门核发, 出具单位: 疾控中心, 规格: A4 }";
    let with = Site::minimal().replace(ITEM, "来源: 申请人自备 }", &format!("来源: 申请人自备 }}{paper}"));
    let root = changed(&with, &Site::minimal());
    let found = json(&root, &[])["cards"][0]["changes"][0].clone();
    assert_eq!(found["brief"], "健康证明；份数：原件1份；必要性：必要");
    let all =
        "健康证明；类型：证件证书证明；份数：原件1份；必要性：必要；来源：政府部门核发；出具单位：疾控中心；规格：A4";
    assert_eq!(found["old"], all, "machines get all of it");
    let markdown = review(&root, &["--format", "markdown"]).out;
    assert!(markdown.contains("必要性：必要（其余 4 项略）") && !markdown.contains("疾控中心"), "{markdown}");
    assert!(review(&root, &["--lang", "en", "--format", "markdown"]).out.contains("(4 more facts)"));
    assert_eq!(review(&root, &["--html", "out.html"]).status, 0);
    let page = fs::read_to_string(root.join("out.html")).unwrap();
    assert!(
        page.contains("<summary>全部（其余 4 项）</summary>") && page.contains("<li>出具单位：疾控中心</li>"),
        "{page}"
    );
    // What comes is to be read as a whole, and a short entry has nothing to leave out.
    let added = json(&changed(&Site::minimal(), &with), &[])["cards"][0]["changes"][0].clone();
    assert_eq!((&added["brief"], &added["new"]), (&Value::Null, &all.into()));
}

#[test]
fn attachments_in_git_lfs_are_what_they_stand_for() {
    const FORM: &str = "content/departments/scjgj/food/files/form.docx";
    let pointer = |digest: &str, size: usize| {
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n")
    };
    let abc = pointer("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3);
    let before = Site::minimal().file(FORM, abc.clone());
    // The repository holds pointers, the working tree the files: nothing changed.
    let same = changed(&before, &before.clone().file(FORM, "abc"));
    assert_eq!(review(&same, &[]).out.lines().last(), Some("没有改动"));
    let other = changed(&before, &before.clone().file(FORM, "abd"));
    assert_eq!(changes(&other), [format!("fact {FORM}: 3 B → 3 B ; 大小一样，内容不同")]);
    let longer = changed(&before, &before.clone().file(FORM, "abcd"));
    assert_eq!(changes(&longer), [format!("fact {FORM}: 3 B → 4 B")]);
    // A working tree with pointers has not got the files.
    let left = changed(&before, &before);
    assert_eq!(changes(&left), [""; 0]);
    assert_eq!(json(&left, &[])["found"][0]["code"], "SR12");
    let moved = before
        .clone()
        .file(FORM, pointer("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ae", 2_097_152));
    let shown = changes(&changed(&before, &moved));
    assert_eq!(shown, [format!("fact {FORM}: 3 B → 2.0 MB ; 只有 Git LFS 指针，文件没有取下来")]);
    // Between two revisions both are pointers.
    let root = changed(&before, &moved);
    commit(root.path());
    let ran = review(&root, &["HEAD~1..HEAD"]);
    assert!(ran.out.contains("3 B") && ran.out.contains("2.0 MB") && !ran.out.contains("SR12"), "{}", ran.out);
}
