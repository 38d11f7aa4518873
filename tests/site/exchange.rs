//! Tables: what is exported comes back unchanged, what was changed is told and
//! written with everything around it, and bad input is refused with words.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::kit::{DEPARTMENT, ITEM, LAW, PLACE, Ran, Root, Site, tree};

/// The sample portal, copied.
fn sample() -> Root {
    let root = Site::default().file("content/.keep", "").write();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let copied = Command::new("cp").arg("-r").arg(from).arg(root.path()).status().unwrap();
    assert!(copied.success());
    root
}

fn import(root: &Root, arguments: &[&str]) -> Ran {
    let all = [&["import", "--as-of", "2026-07-01"], arguments].concat();
    root.run(&all)
}

/// A file beside the content, and the import of it.
fn given(root: &Root, name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Ran {
    fs::write(root.join(name), bytes).unwrap();
    import(root, &[&[name], more].concat())
}

/// Asserts that a table is refused with these words, and that nothing was written.
fn refused(site: &Site, name: &str, bytes: impl AsRef<[u8]>, words: &[&str]) {
    let root = site.write();
    let before = tree(&root.join("content"));
    let ran = given(&root, name, bytes, &[]);
    for word in words {
        assert!(ran.out.contains(word), "`{word}` is not in:\n{}{}", ran.out, ran.err);
    }
    assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
    assert_eq!(tree(&root.join("content")), before);
}

/// The bytes of a workbook with one sheet.
fn sheet(name: &str, fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(name).unwrap();
    fill(worksheet);
    workbook.save_to_buffer().unwrap()
}

/// A workbook with its parts changed.
fn packed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        writer.start_file(&name, SimpleFileOptions::default()).unwrap();
        writer.write_all(change(&name, text).as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_sample_comes_back_without_a_change() {
    let root = sample();
    let before = tree(&root.join("content"));
    let ran = root.run(&["export", "--xlsx", "a.xlsx", "--csv", "csv", "--jsonl", "a.jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for from in ["a.xlsx", "csv", "a.jsonl"] {
        let ran = import(&root, &[from]);
        assert!(ran.out.starts_with("没有变化：读了 "), "{from}: {}", ran.out);
        assert_eq!(ran.out.lines().count(), 1, "{from}: {}", ran.out);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    }
    assert_eq!(tree(&root.join("content")), before);
    let bytes = fs::read(root.join("a.xlsx")).unwrap();
    assert_eq!(root.run(&["export", "--xlsx", "a.xlsx"]).status, 2);
    assert_eq!(root.run(&["export", "--force", "--xlsx", "a.xlsx"]).status, 0);
    assert_eq!(fs::read(root.join("a.xlsx")).unwrap(), bytes, "the same content gives the same bytes");
}

#[test]
fn every_field_of_the_sample_is_read_back() {
    let root = sample();
    assert_eq!(root.run(&["export", "--xlsx", "a.xlsx", "--jsonl", "a.jsonl"]).status, 0);
    let lines = |text: &str| -> BTreeMap<String, Value> {
        let parsed = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        parsed.map(|value| (format!("{} {}", value["种类"], value["代号"]), value)).collect()
    };
    let all = lines(&fs::read_to_string(root.join("a.jsonl")).unwrap());
    assert!(all.len() > 200);
    // A portal with nothing in it takes everything: what is lost or read wrong would be missing.
    let bare = Site::default().write();
    fs::create_dir(bare.join("content")).unwrap();
    for name in ["site.yaml", "topics.yaml", "calendar.yaml"] {
        fs::copy(root.join("content").join(name), bare.join("content").join(name)).unwrap();
    }
    let ran = import(&bare, &[root.join("a.xlsx").to_str().unwrap()]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert_eq!(bare.run(&["export", "--jsonl", "b.jsonl"]).status, 0);
    let again = lines(&fs::read_to_string(bare.join("b.jsonl")).unwrap());
    assert_eq!(again.keys().collect::<Vec<_>>(), all.keys().collect::<Vec<_>>());
    for (name, value) in &all {
        assert_eq!(&again[name], value, "{name}");
    }
}

#[test]
fn one_changed_cell_changes_one_value() {
    let site = Site::minimal()
        .replace(
            ITEM,
            "办理时限: { 法定: 20个工作日, 承诺: 10个工作日 }",
            "办理时限: # 去年的\r\n  承诺: '10个工作日' # 明年再短\r\n  法定: 20个工作日",
        )
        .replace(ITEM, "收费: 不收费\n", "收费: 不收费 # 财政出\n");
    let root = site.write();
    let table = "事项,法定,承诺\nfood,20个工作日,5个工作日\n";
    let ran = given(&root, "办理时限.csv", table, &["--dry-run"]);
    let told = "事项 food「食品经营许可」（content/departments/scjgj/food/item.yaml）\n  改 办理时限.承诺：10个工作日 → 5个工作日\n读了 1 个：1 个改 1 处，新增 0 个\n";
    assert_eq!((ran.status, ran.out.as_str()), (0, told), "{}", ran.err);
    assert_eq!(fs::read_to_string(root.join(ITEM)).unwrap(), site.text(ITEM), "--dry-run writes nothing");
    let ran = import(&root, &["办理时限.csv"]);
    assert_eq!(ran.out, format!("{told}写了 1 个文件。运行 mingbai review 看改动对群众意味着什么\n"));
    assert_eq!(fs::read_to_string(root.join(ITEM)).unwrap(), site.text(ITEM).replace("'10个工作日'", "'5个工作日'"));
    let ran = import(&root, &["办理时限.csv", "--lang", "en"]);
    assert_eq!(ran.out, "nothing changes: 1 documents were read\n");
}

#[test]
fn lists_words_and_groups_change() {
    let root = Site::minimal().write();
    let table =
        "事项,收费,别名,审核.状态,审核.审核人,预约,预约.说明\nfood,,\"食品证\n卫生证\",已审核,法规科,,提前三天\n";
    fs::create_dir(root.join("t")).unwrap();
    fs::write(root.join("t/事项.csv"), table).unwrap();
    let fees = "事项,序号,名称,金额,依据\nfood,2,照相费,5元,\"法律: food-law, 条款: 第三十五条\"\nfood,1,工本费,20元,\"法律: food-law, 条款: 第三十五条\"\n";
    fs::write(root.join("t/收费.csv"), fees).unwrap();
    let ran = import(&root, &["t"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let text = fs::read_to_string(root.join(ITEM)).unwrap();
    for line in [
        "名称: 食品经营许可\n别名: [食品证, 卫生证]\n",
        "审核: { 状态: 已审核, 审核人: 法规科 }\n",
        "收费:\n  - { 名称: 工本费, 金额: 20元, 依据: [{ 法律: food-law, 条款: 第三十五条 }] }\n  - { 名称: 照相费, 金额: 5元,",
        "预约: { 说明: 提前三天 }\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(ran.out.contains("  加 别名：食品证 ⏎ 卫生证\n"), "{}", ran.out);
    // Back again: a word in the place of the list, and cells that are emptied.
    fs::write(root.join("t/事项.csv"), "事项,收费,别名,预约,预约.说明\nfood,不收费,,,\n").unwrap();
    fs::write(root.join("t/收费.csv"), "事项,序号,名称,金额,依据\n").unwrap();
    let ran = import(&root, &["t"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let text = fs::read_to_string(root.join(ITEM)).unwrap();
    assert!(text.contains("收费: 不收费\n") && !text.contains("别名") && !text.contains("预约"), "{text}");
}

#[test]
fn rows_that_are_new_or_gone() {
    let site = Site::minimal().item("drug", "药品经营许可", 2).replace(
        ITEM,
        "申请条件:\n  - 有固定的经营场所\n",
        "申请条件:\n  - 有固定的经营场所 # 必须\n  - 有人员\n",
    );
    let root = site.write();
    assert_eq!(root.run(&["export", "--csv", "t"]).status, 0);
    let items = fs::read_to_string(root.join("t/事项.csv")).unwrap();
    let rows: Vec<&str> = items.lines().collect();
    let food = rows.iter().find(|row| row.starts_with("food,")).unwrap();
    let new = food
        .replacen("food,", "tea,", 1)
        .replace("U3000131001000", "U3000131009000")
        .replace("食品经营许可", "茶叶经营许可");
    fs::write(root.join("t/事项.csv"), format!("{}\r\n{food}\r\n{new}\r\n", rows[0])).unwrap();
    for entry in fs::read_dir(root.join("t")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if path.ends_with("事项.csv") || !text.contains("\nfood,") {
            continue;
        }
        // The new item has the rows of the other; the one that is gone has none.
        let more =
            text.lines().filter(|row| row.starts_with("food,")).map(|row| row.replacen("food,", "tea,", 1) + "\r\n");
        let kept: String = text
            .lines()
            .filter(|row| !row.starts_with("drug,") && !row.contains("有人员"))
            .map(|row| format!("{row}\r\n"))
            .collect();
        let more: String = more.filter(|row| !row.contains("有人员")).collect();
        fs::write(&path, kept + &more).unwrap();
    }
    let ran = import(&root, &["t"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    for line in [
        "  留 申请条件[2]：表里没有这一行，没有删（要删加 --delete）\n",
        "新事项 tea「茶叶经营许可」（content/departments/scjgj/tea/item.yaml）\n",
        "表里没有事项 drug「药品经营许可」，没有删\n",
        "写了 1 个文件",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(fs::read_to_string(root.join(ITEM)).unwrap(), site.text(ITEM));
    assert!(root.join("content/departments/scjgj/drug/item.yaml").exists());
    assert_eq!(root.run(&["check", "--as-of", "2026-07-01"]).out, "没有问题：3 个事项（含草稿）\n");
    let ran = import(&root, &["t", "--delete"]);
    assert!(ran.out.contains("  改 申请条件：有固定的经营场所 ⏎ 有人员 → 有固定的经营场所\n"), "{}", ran.out);
    let text = fs::read_to_string(root.join(ITEM)).unwrap();
    assert!(text.contains("  - 有固定的经营场所 # 必须\n数量限制"), "{text}");
    assert!(root.join("content/departments/scjgj/drug/item.yaml").exists(), "an item is never deleted");
}

#[test]
fn entries_change_their_order() {
    let steps = "  - { 环节: 受理, 办理人: 窗口, 时限: 1个工作日, 内容: 核对材料 }\n";
    let more = "  - { 环节: 审查, 办理人: 食品科, 时限: 2个工作日, 内容: 看现场 }\n  - { 环节: 决定, 办理人: 局长, 时限: 1个工作日, 内容: 签字 }\n";
    let site = Site::minimal().replace(ITEM, steps, &format!("{steps}{more}"));
    // The last comes first and takes longer; columns that are not there stay, a row that is gone is kept.
    let table = "事项,序号,环节,时限\nfood,2,受理,1个工作日\nfood,1,决定,3个工作日\n";
    let root = site.write();
    let ran = given(&root, "办理流程.csv", table, &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    for line in [
        "  挪 办理流程「决定」：换了先后\n  改 办理流程「决定」.时限：1个工作日 → 3个工作日\n",
        "  留 办理流程「审查」：表里没有这一行，没有删（要删加 --delete）\n",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let moved = "  - { 环节: 决定, 办理人: 局长, 时限: 3个工作日, 内容: 签字 }\n";
    let text = fs::read_to_string(root.join(ITEM)).unwrap();
    let rest = more.lines().next().unwrap();
    assert!(text.contains(&format!("办理流程:\n{moved}{steps}{rest}\n办理时限")), "{text}");
    // Faults name the cell even where kept entries stand between.
    refused(
        &site,
        "办理流程.csv",
        "事项,序号,环节,时限\nfood,1,受理,1个工作日\nfood,2,决定,三天\n",
        &["办理流程.csv!D3", "三天"],
    );
}

#[test]
fn faults_of_tables_name_the_cell() {
    let site = Site::minimal();
    refused(
        &site,
        "事项.csv",
        "事项,名秤\nfood,x\n",
        &["错误[TB03] unknown-column：不认识的列 `名秤`", "事项.csv!B1", "改法：改成 `名称`"],
    );
    refused(&site, "事项.csv", "名称\n食品\n", &["TB04", "没有 `事项` 这一列"]);
    refused(
        &site,
        "事项.csv",
        "事项,名称\nfood,甲\nfood,乙\n",
        &["错误[TB05] row-twice：`food` 有两行", "事项.csv!A3", "先写在这里", "事项.csv!A2"],
    );
    refused(&site, "事项.csv", "事项,名称,名称\nfood,甲,乙\n", &["两列都叫 `名称`"]);
    refused(&site, "事项.csv", "事项,办件类型\nfood,承诺\n", &["错误[YM09]", "事项.csv!B2", "改法：改成 `承诺件`"]);
    refused(&site, "办理时限.csv", "事项,承诺\nfood,十天\n", &["YM10", "办理时限.csv!B2", "1 | 十天"]);
    refused(&site, "办理时限.csv", "事项,承诺\nfood,30个工作日\n", &["TL01", "办理时限.csv!B2"]);
    refused(
        &site,
        "办理依据.csv",
        "事项,序号,法律,条款\nfood,1,food-lau,第三十五条\n",
        &["RF01", "办理依据.csv!C2", "food-law"],
    );
    refused(&site, "事项.csv", "事项,名称\nfood,\n", &["YM06", "缺少 `名称`", "事项.csv!A2"]);
    refused(&site, "事项.csv", "事项,名称\n,甲\n", &["TB09", "这一行没有写 `事项`"]);
    refused(&site, "事项.csv", "事项,名称\nNew Item,甲\n", &["TB09", "事项.csv!A2"]);
    refused(&site, "事项.csv", "事项,部门,名称\nnew,none,甲\n", &["新事项 `new` 的部门 `none` 不存在"]);
    refused(&site, "事项.csv", "事项,部门,名称\nfood,gaj,甲\n", &["现在属于部门 `scjgj`"]);
    refused(&site, "收费.csv", "事项,序号,名称\nfoot,1,甲\n", &["没有事项 `foot`", "改成 `food`"]);
    refused(&site, "收费.csv", "事项,序号,名称\nfood,1,甲\n", &["TB10", "`收费` 写了“不收费”"]);
    refused(&site, "事项.csv", "事项,预约,预约.说明\nfood,支持,提前三天\n", &["TB10", "事项.csv!C2"]);
    refused(
        &site,
        "申请材料.csv",
        "事项,序号,编号,依据\nfood,1,application,法律：food-law\n",
        &["TB06", "申请材料.csv!D2", "冒号和逗号要用英文的"],
    );
    refused(&site, "事项.csv", "事项,名称,\nfood,甲,丢了\n", &["没有列名"]);
    refused(&site, "甲.jsonl", "{\"种类\": \"事项\"}\n{坏\n", &["TB06", "甲.jsonl!1", "甲.jsonl!2"]);
    let shared = site.clone().replace(
        ITEM,
        "办理时限: { 法定: 20个工作日, 承诺: 10个工作日 }",
        "办理时限: { 法定: &x 20个工作日, 承诺: *x }",
    );
    refused(&shared, "办理时限.csv", "事项,法定\nfood,30个工作日\n", &["TB11", "& 和 *"]);
    // What is wrong in the cells of other documents is told at the same time.
    let two = site.clone().item("drug", "药品经营许可", 2);
    refused(
        &two,
        "事项.csv",
        "事项,名称,办件类型\nfood,甲,承诺\nnew,乙,承诺件\n",
        &["TB09", "事项.csv!A3", "YM09", "事项.csv!C2"],
    );
    // A table that is not known is no obstacle.
    let root = site.write();
    let ran = given(&root, "随便.csv", "甲,乙\n1,2\n", &[]);
    assert!(ran.out.contains("警告[TB02]") && ran.out.ends_with("没有变化：读了 0 个\n"), "{}", ran.out);
    let ran = given(&root, "改过名的.csv", "事项,法定,承诺\nfood,20个工作日,8个工作日\n", &["--dry-run"]);
    assert!(ran.out.contains("→ 8个工作日"), "{}", ran.out);
}

#[test]
fn what_spreadsheets_do_to_values() {
    let site = Site::minimal();
    let item = |fill: &dyn Fn(&mut Worksheet)| {
        sheet("事项", |sheet| {
            for (n, name) in (0u16..).zip(["事项", "更新日期", "实施编码", "版本", "涉密", "适用范围"])
            {
                sheet.write_string(0, n, name).unwrap();
            }
            sheet.write_string(1, 0, "food").unwrap();
            sheet.write_string(1, 1, "2026-06-01").unwrap();
            sheet.write_string(1, 2, "11990000000001012U3000131001000").unwrap();
            sheet.write_string(1, 5, "在青岚市卖食品的").unwrap();
            fill(sheet);
        })
    };
    let read = |bytes: Vec<u8>, words: &[&str]| {
        let ran = given(&site.write(), "表.xlsx", bytes, &["--dry-run"]);
        for word in words {
            assert!(ran.out.contains(word), "`{word}` is not in:\n{}{}", ran.out, ran.err);
        }
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    };
    read(item(&|_| {}), &["没有变化：读了 1 个\n"]);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let when = ExcelDateTime::from_ymd(2026, 6, 30).unwrap();
    read(
        item(&|sheet| _ = sheet.write_datetime_with_format(1, 1, &when, &day).unwrap()),
        &["TB08", "表.xlsx!事项!B2", "改 更新日期：2026-06-01 → 2026-06-30"],
    );
    read(
        item(&|sheet| _ = sheet.write_number(1, 1, 46203).unwrap()),
        &["日期变成了数字，读作 `2026-06-30`", "→ 2026-06-30"],
    );
    read(item(&|sheet| _ = sheet.write_number(1, 3, 2).unwrap()), &["加 版本：2"]);
    read(item(&|sheet| _ = sheet.write_boolean(1, 4, false).unwrap()), &["加 涉密：否"]);
    let formula = Formula::new("=\"卖\"&\"食品\"").set_result("卖食品");
    read(
        item(&|sheet| _ = sheet.write_formula(1, 5, formula.clone()).unwrap()),
        &["提示[TB07] formula", "表.xlsx!事项!F2", "→ 卖食品"],
    );
    let refuse = |fill: &dyn Fn(&mut Worksheet), words: &[&str]| refused(&site, "表.xlsx", item(fill), words);
    refuse(&|sheet| _ = sheet.write_number(1, 2, 1.199e30).unwrap(), &["TB06", "后面的位数已经丢了"]);
    refuse(&|sheet| _ = sheet.write_datetime_with_format(1, 5, &when, &day).unwrap(), &["TB06", "被改成了日期"]);
    let fault = Formula::new("=NA()").set_result("#N/A");
    refuse(&|sheet| _ = sheet.write_formula(1, 5, fault.clone()).unwrap(), &["表.xlsx!事项!F2"]);
    let formula = item(&|sheet| _ = sheet.write_formula(1, 5, Formula::new("=A1&B1")).unwrap());
    let unworked =
        packed(
            &formula,
            |name, text| {
                if name.ends_with("sheet1.xml") { text.replace("</f><v>0</v>", "</f>") } else { text }
            },
        );
    refused(&site, "表.xlsx", unworked, &["TB06", "公式 `=A1&B1` 还没有算出值"]);
    let phones = sheet("地点", |sheet| {
        sheet.write_string(0, 0, "地点").unwrap();
        sheet.write_string(0, 1, "电话").unwrap();
        sheet.write_string(1, 0, "hall").unwrap();
        sheet.write_number(1, 1, 12315).unwrap();
    });
    read(phones, &["TB08", "开头的 0 可能丢了", "→ 12315"]);
    // A code that is typed as a number keeps its quotes in the file.
    let root = site.write();
    assert_eq!(given(&root, "地点.csv", "地点,电话\nhall,12315\n", &[]).status, 0);
    assert!(fs::read_to_string(root.join(PLACE)).unwrap().contains("电话: \"12315\"\n"));
}

#[test]
fn bad_files_are_refused_with_words() {
    let site = Site::minimal();
    refused(&site, "a.xlsx", "", &["错误[TB01] unreadable-table：文件是空的"]);
    refused(&site, "a.csv", "", &["文件是空的"]);
    refused(&site, "事项.csv", "事项,名称\nfood,\"甲\nshop,乙\n", &["第 2 行：引号没有配对，从这一行起读不出来"]);
    // An empty line is a row, as in the spreadsheet it came from.
    refused(&site, "事项.csv", "事项,名称\n\nfood,\n", &["YM06", "事项.csv!A3"]);
    refused(&site, "a.csv", b"\x00\x01\xff\xfe\x00", &["TB01"]);
    refused(&site, "a.xlsx", "事项,名称\nfood,甲\n", &["打不开"]);
    refused(&site, "a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1], &["旧的 .xls"]);
    refused(&site, "a.docx", "PK", &["不是能导入的文件", "改法：用 .xlsx"]);
    let whole = sheet("事项", |sheet| _ = sheet.write_string(0, 0, "事项").unwrap());
    refused(&site, "a.xlsx", &whole[..whole.len() / 2], &["打不开"]);
    let root = site.write();
    let large = fs::File::create(root.join("a.xlsx")).unwrap();
    large.set_len(100 * 1024 * 1024).unwrap();
    let ran = import(&root, &["a.xlsx"]);
    assert!(ran.out.contains("文件有 100 MB，没有读；最多 50 MB"), "{}", ran.out);
    assert_eq!(import(&root, &["none.xlsx"]).status, 2);
    assert_eq!(import(&root, &["content"]).status, 1);
    // A sheet whose last cell is far away would fill the memory if it were made whole.
    let far = sheet("事项", |sheet| {
        sheet.write_string(0, 0, "事项").unwrap();
        sheet.write_string(1_048_575, 16_383, "远").unwrap();
    });
    refused(&site, "a.xlsx", far, &["超过 200000 行或者 1000 列"]);
}

#[test]
fn macros_encodings_and_line_ends() {
    let site = Site::minimal();
    let plain = sheet("办理时限", |sheet| {
        for (n, (head, text)) in (0u16..).zip([("事项", "food"), ("承诺", "5个工作日")]) {
            sheet.write_string(0, n, head).unwrap();
            sheet.write_string(1, n, text).unwrap();
        }
    });
    let mut writer = ZipWriter::new_append(Cursor::new(plain)).unwrap();
    writer.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"macro").unwrap();
    let ran = given(&site.write(), "a.xlsm", writer.finish().unwrap().into_inner(), &["--dry-run"]);
    assert!(ran.out.contains("文件里有宏，没有运行，也没有读") && ran.out.contains("→ 5个工作日"), "{}", ran.out);
    // 事项,承诺 / food,5个工作日 in GBK.
    let gbk =
        [&b"\xCA\xC2\xCF\xEE,\xB3\xD0\xC5\xB5\r\nfood,5"[..], &b"\xB8\xF6\xB9\xA4\xD7\xF7\xC8\xD5\r"[..], &b"\n"[..]]
            .concat();
    let ran = given(&site.write(), "办理时限.csv", gbk, &["--dry-run"]);
    assert!(
        ran.out.contains("[TB08] cell-converted：文件是 GBK 编码") && ran.out.contains("→ 5个工作日"),
        "{}",
        ran.out
    );
    let fault = given(&site.write(), "事项.csv", "事项,适用范围\nfood,#REF!\n", &["--dry-run"]);
    assert!(fault.out.contains("这一格是错误值 `#REF!`"), "{}{}", fault.out, fault.err);
    let mixed = "事项\t适用范围\t别名\rfood\t\"第一行\r\n第二行\"\t\"甲\r乙\"\n\r\n";
    let root = site.write();
    let ran = given(&root, "事项.csv", mixed, &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let text = fs::read_to_string(root.join(ITEM)).unwrap();
    assert!(text.contains("适用范围: |-\n  第一行\n  第二行\n") && text.contains("别名: [甲, 乙]\n"), "{text}");
}

#[test]
fn a_table_of_65536_rows() {
    let site = Site::minimal();
    let rows: String = (0..65_533).map(|n| format!("law-{n},法律{n},法律,机关,有效\n")).collect();
    let table = format!(
        "法律,名称,类别,颁布机关,状态\nfood-law,中华人民共和国食品安全法,法律,全国人民代表大会常务委员会,有效\n{rows}law-x,末,法律\n"
    );
    let root = site.write();
    let ran = given(&root, "法律.csv", table, &["--dry-run"]);
    assert!(ran.out.contains("正好在第 65536 行结束") && ran.out.contains("法律.csv!A65536"), "{}", &ran.out[..2000]);
    assert!(ran.out.contains("缺少 `颁布机关`"));
    assert_eq!(ran.status, 1);
}

#[test]
fn the_kinds_of_documents_have_their_files() {
    let root = Site::minimal().write();
    fs::create_dir(root.join("t")).unwrap();
    let write = |name: &str, text: &str| fs::write(root.join("t").join(name), text).unwrap();
    write(
        "部门.csv",
        "部门,名称,简称,统一社会信用代码,行使层级,职责,咨询电话,监督电话\ngaj,青岚市公安局,公安局,11000000000003077E,市级,管户籍,0600-8803001,0600-8803002\n",
    );
    write("法律.csv", "法律,名称,类别,颁布机关,状态\nnew-law,中华人民共和国新法,法律,全国人民代表大会,有效\n");
    write(
        "法律·条款.csv",
        "法律,序号,条款,内容\nnew-law,1,第一条,\"一\n二\"\nfood-law,1,第三十五条,国家对食品生产经营实行许可制度。\nfood-law,2,第三十六条,新的\n",
    );
    write("共用材料.csv", "共用材料,名称,类型\nid-card,居民身份证,证件证书证明\n");
    write(
        "地点.csv",
        "地点,名称,地址,开放时间,节假日,电话\nbranch,分中心,云中路20号,周一至周五 9:00-12:00,不办公,0600-8800002\n",
    );
    let ran = import(&root, &["t"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    assert!(text("content/departments/gaj/department.yaml").contains("咨询电话: [\"0600-8803001\"]\n"));
    assert!(text("content/laws/new-law.yaml").contains("条款:\n  第一条: |-\n    一\n    二\n"));
    assert!(text(LAW).ends_with("  第三十六条: 新的\n"));
    assert!(
        text("content/places/branch.yaml").contains("开放时间:\n")
            || text("content/places/branch.yaml").contains("开放时间: [")
    );
    assert!(text("content/materials/id-card.yaml").starts_with("名称: 居民身份证\n"));
    assert_eq!(text(DEPARTMENT), Site::minimal().text(DEPARTMENT));
}
