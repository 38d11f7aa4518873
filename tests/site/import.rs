//! Foreign lists that become portals: the real one, quite another one, and what cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mingbai::exchange::map::{Done, Named, Why, import};
use serde_json::Value;
use tempfile::TempDir;

use crate::kit::{Ran, run_in, tree};

const DAY: &str = "2026-07-01";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Runs `mingbai import` into a folder.
fn run(list: &Path, map: &Path, root: &Path, more: &[&str]) -> Ran {
    let (list, map, root) = (list.to_str().unwrap(), map.to_str().unwrap(), root.to_str().unwrap());
    let arguments = [&["import", list, "--map", map, "--root", root, "--as-of", DAY], more].concat();
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments, &[])
}

/// Imports a fixture without writing anything.
fn imported(folder: &str, list: &str) -> Done {
    let (map, list) = (read(&fixture(folder).join("map.yaml")), read(&fixture(folder).join(list)));
    import(Named { path: "map.yaml", text: &map }, Named { path: "list", text: &list }, DAY).done.unwrap()
}

/// Compares with a file of the fixtures; `UPDATE=1` writes it.
fn golden(path: &Path, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, text).unwrap();
    }
    assert_eq!(read(path), text, "{} differs: UPDATE=1 writes it", path.display());
}

#[test]
fn the_real_list_becomes_a_portal_that_builds() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("portal");
    let (list, map) = (fixture("gd/items.jsonl"), fixture("gd/map.yaml"));
    let ran = run(&list, &map, &root, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("100 条记录：100 个事项，40 个部门"), "{}", ran.out);
    golden(&fixture("gd/report.txt"), &read(&root.join("import-report.txt")));

    let built = run_in(&root, &["build", "--as-of", DAY], &[]);
    assert_eq!(built.status, 0, "{}", built.out);
    let folders = tree(&root.join("content/departments")).into_keys().filter(|path| path.ends_with("/item.yaml"));
    let slugs: Vec<String> = folders.map(|path| path.split('/').nth(1).unwrap().to_owned()).collect();
    let has_page = |slug: &&String| root.join("dist/items").join(slug).join("index.html").exists();
    assert_eq!((slugs.len(), slugs.iter().filter(has_page).count()), (100, 100), "a page for each item");
    let json: Value = serde_json::from_str(&read(&root.join("import-report.json"))).unwrap();
    let values = &json["values"];
    let sum: u64 = ["taken", "decided", "left_out", "lost"].iter().map(|kind| values[kind].as_u64().unwrap()).sum();
    assert_eq!(values["all"].as_u64().unwrap(), sum, "each value has one fate");
}

#[test]
fn what_the_real_list_says_stands_in_the_portal() {
    let files = imported("gd", "items.jsonl").files;
    let item = |code: &str| {
        let found = files.iter().find(|(path, text)| path.ends_with("item.yaml") && text.contains(code));
        found.unwrap_or_else(|| panic!("no item {code}")).1.as_str()
    };
    let has = |code: &str, lines: &[&str]| {
        let text = item(code);
        for line in lines {
            assert!(text.contains(line), "{line}:\n{text}");
        }
    };
    // Several numbers in one field, areas without a number of their own, keys to press.
    has("11440000696453330X2440104012002", &["020-89189539", "020-82729331", "020-82928704"]);
    has("11440000006940167424401090020", &["主项:", "业务办理项编码: \"11440000006940167424401090020"]);
    has("12440000455861990H", &["承诺: 1个工作日", "020-"]);
    // A code whose check character is wrong is not passed on.
    let cross = files.iter().find(|(path, _)| path.contains("gdshszh/") && path.ends_with("item.yaml")).unwrap();
    assert!(cross.1.contains("实施编码: 待补"), "{}", cross.1);
    // Equal names in two departments are two items in two folders.
    let same = files.values().filter(|text| text.starts_with("名称: 主业与品牌查询\n")).count();
    assert_eq!(same, 2);
    // Nothing of the old system's spelling is left.
    for (path, text) in &files {
        for odd in ["办理地点：", "(工作日)", "(自然日)", "无线下办理窗口", "&nbsp;", "<br", "\u{3000}"]
        {
            assert!(!text.contains(odd), "{path} still has {odd}");
        }
    }
}

/// The runs of Chinese characters and of digits in a text: what must be found again.
fn runs(text: &str) -> Vec<String> {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => 1,
        '\u{4e00}'..='\u{9fff}' => 2,
        _ => 0,
    };
    let mut runs: Vec<(u8, String)> = Vec::new();
    let mut last = 0;
    for c in text.chars() {
        let this = kind(c);
        if this > 0 && this == last {
            runs.last_mut().unwrap().1.push(c);
        } else if this > 0 {
            runs.push((this, c.to_string()));
        }
        last = this;
    }
    let long = |(kind, run): &(u8, String)| run.chars().count() >= if *kind == 1 { 4 } else { 2 };
    runs.into_iter().filter(long).map(|(_, run)| run).collect()
}

fn leaves(value: &Value, path: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                leaves(value, &path, out);
            }
        }
        Value::Array(list) => {
            for (n, value) in list.iter().enumerate() {
                leaves(value, &format!("{path}[{}]", n + 1), out);
            }
        }
        Value::Null => {}
        Value::String(text) => out.push((path.to_owned(), text.clone())),
        other => out.push((path.to_owned(), other.to_string())),
    }
}

/// Counted anew, by looking: every text of every record is in the files of the portal or in the report.
#[test]
fn every_value_is_in_the_portal_or_in_the_report() {
    let Done { files, report } = imported("gd", "items.jsonl");
    let shared: String =
        files.iter().filter(|(path, _)| !path.ends_with("item.yaml")).map(|(_, text)| text.as_str()).collect();
    let reported: BTreeMap<(usize, &str), String> = report.entries.iter().fold(BTreeMap::new(), |mut map, entry| {
        map.entry((entry.record, entry.field.as_str())).or_insert_with(String::new).push_str(&entry.text);
        map
    });
    let left_out: BTreeSet<&str> = report.ignored.keys().chain(report.blank.keys()).map(String::as_str).collect();
    let (mut all, mut missing) = (0, Vec::new());
    let list = read(&fixture("gd/items.jsonl"));
    for (n, line) in list.lines().enumerate() {
        let record: Value = serde_json::from_str(line).unwrap();
        let code = &record["id"].as_str().unwrap()[3..];
        let own: String = files
            .iter()
            .filter(|(path, _)| path.ends_with("item.yaml") && path.contains(&format!("-{}", &code[18..])))
            .map(|(_, text)| text.as_str())
            .collect();
        let all_of_it: String = [own.as_str(), shared.as_str()].concat().split_whitespace().collect();
        let mut values = Vec::new();
        leaves(&record, "", &mut values);
        for (field, text) in values {
            all += 1;
            let told = reported.get(&(n + 1, field.as_str())).cloned().unwrap_or_default();
            let told: String = told.split_whitespace().collect();
            let plain = field.split('[').next().unwrap();
            for run in runs(&text) {
                // Words that the mapping takes away, or that only say that a number follows.
                let words = [
                    "办理地点",
                    "无线下办理窗口",
                    "咨询电话号码",
                    "电话号码",
                    "咨询电话",
                    "投诉电话",
                    "电话咨询",
                    "电话投诉",
                    "电话",
                    "或拨打",
                    "拨打",
                ];
                let bare = words.iter().fold(run.clone(), |run, word| run.replace(word, ""));
                let found = [&run, &bare].into_iter().any(|run| all_of_it.contains(run) || told.contains(run));
                let found = found || left_out.contains(plain);
                if !found && !is_rewritten(&run, &all_of_it) {
                    missing.push(format!("{} {field}: {run} of {text}", n + 1));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{} lost in silence:\n{}", missing.len(), missing.join("\n"));
    assert_eq!(all, report.values, "the report counts every value");
}

/// A number that was written in another form: 86 20 … as 020-….
fn is_rewritten(run: &str, text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    run.chars().all(|c| c.is_ascii_digit()) && (digits.contains(run) || digits.contains(run.trim_start_matches("86")))
}

#[test]
fn another_office_needs_a_mapping_and_no_code() {
    let done = imported("office", "items.csv");
    golden(&fixture("office/report.txt"), &done.report.text());
    let item = "content/departments/csglj/zhan-yong-cheng-shi-dao-lu-shen-pi/item.yaml";
    golden(&fixture("office/item.yaml"), &done.files[item]);
    assert!(done.files.contains_key("content/departments/csglj/zhan-yong-cheng-shi-dao-lu-shen-pi-2/item.yaml"));
    let park = &done.files["content/departments/csglj/gong-yuan-lv-di-ren-yang-han-gu-shu/item.yaml"];
    assert!(park.contains("申请材料: 无需材料\n") && park.contains("承诺: 当场"), "{park}");
    assert_eq!((done.report.records, done.report.items), (6, 3));
    assert_eq!(done.report.count(Why::Record), 3, "two cannot be taken, one was there before");
}

#[test]
fn a_trial_writes_nothing_and_an_import_replaces_nothing() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("portal");
    let (list, map) = (fixture("office/items.csv"), fixture("office/map.yaml"));
    let ran = run(&list, &map, &root, &["--dry-run"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("3 个事项") && !root.exists(), "{}", ran.out);

    assert_eq!(run(&list, &map, &root, &[]).status, 0);
    let before = tree(&root);
    let names: BTreeSet<&str> = before.keys().map(|path| path.split('/').next().unwrap()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["content", "import-report.json", "import-report.txt"]);
    let again = run(&list, &map, &root, &[]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("已经有内容"), "{}", again.err);
    assert_eq!(tree(&root), before);
}

#[test]
fn a_list_in_gbk_is_read() {
    let folder = TempDir::new().unwrap();
    let list = folder.path().join("gbk.csv");
    // “名称,编码” and “甲,1” in GBK.
    fs::write(&list, b"\xc3\xfb\xb3\xc6,\xb1\xe0\xc2\xeb\n\xbc\xd7,1\n").unwrap();
    let ran = run(&list, &fixture("office/map.yaml"), &folder.path().join("portal"), &["--dry-run"]);
    assert!(ran.out.contains("允许：名称、编码"), "{}\n{}", ran.out, ran.err);
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let good = read(&fixture("office/items.csv"));
    let cut = read(&fixture("gd/items.jsonl"));
    fs::write(path("empty.csv"), "").unwrap();
    fs::write(path("cut.jsonl"), &cut[..cut.char_indices().nth(9000).unwrap().0]).unwrap();
    fs::write(path("binary.csv"), [0, 159, 146, 150, 255]).unwrap();
    fs::write(
        path("quote.csv"),
        good.replace("\"1.申请书（原件1份）；2.", "1.申请书\"；\"2.").replacen("3,\"公园", "3,\"\"\"公园", 1),
    )
    .unwrap();
    fs::File::create(path("large.jsonl")).unwrap().set_len(100 * 1024 * 1024).unwrap();
    for (list, said) in [
        ("empty.csv", "文件里没有一条记录"),
        ("cut.jsonl", "文件在这里断了，没有写完"),
        ("binary.csv", "这不是文字文件"),
        ("large.jsonl", "文件有 100 MB，最多读 64 MB"),
        ("absent.csv", "读不了"),
    ] {
        let ran = run(&path(list), &fixture("office/map.yaml"), &path("portal"), &[]);
        assert_ne!(ran.status, 0, "{list}");
        assert!(format!("{}{}", ran.out, ran.err).contains(said), "{list}: {}{}", ran.out, ran.err);
        assert!(!path("portal").exists(), "{list}: nothing is left behind");
    }
}

#[test]
fn a_mapping_is_judged_before_the_list() {
    let folder = TempDir::new().unwrap();
    let good = read(&fixture("office/map.yaml"));
    let check = |from: &str, to: &str, said: &[&str]| {
        assert_eq!(good.matches(from).count(), 1, "{from}");
        let map = folder.path().join("map.yaml");
        fs::write(&map, good.replacen(from, to, 1)).unwrap();
        let ran = run(&fixture("office/items.csv"), &map, &folder.path().join("portal"), &[]);
        assert_eq!(ran.status, 1, "{to}: {}", ran.out);
        for part in said {
            assert!(ran.out.contains(part), "{to}: {part}:\n{}", ran.out);
        }
        assert!(!folder.path().join("portal").exists());
    };
    check("    事项类型: {", "    事项类别: {", &["IM01", "map.yaml:", "不认识的键 `事项类别`", "改成 `事项类型`"]);
    check(
        "处理: [半角, 时限] }\n      承诺",
        "处理: [半角, 时间] }\n      承诺",
        &["没有 `时间` 这个步骤", "电话、时限"],
    );
    check("对照: 类别 }", "对照: 类型 }", &["没有对照表 `类型`", "层级、类别、对象"]);
    check(
        "([一二三四五]楼.*)$\", 为: \"\" } }] }\n  标识",
        "([一二\", 为: \"\" } }] }\n  标识",
        &["式样 `([一二` 读不懂"],
    );
    check("  归并: 单位代码\n", "", &["缺少 `归并`"]);
    check("ICP备案: 待补", "ICP备案: 未知", &["未知", "site.yaml 的写法"]);
    check("格式: 1\n说明", "格式: 1\n说明: [\n说明", &["YM01"]);
}
