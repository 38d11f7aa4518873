//! Edits of texts as editors write them, and of every file of the sample.

use super::*;
use crate::schema;
use crate::yaml::shape_of;
use serde_json::json;

/// Reads `申请材料[2].份数`, indexes from 0.
fn path(text: &str) -> FieldPath {
    let mut path = FieldPath::root();
    for part in text.split(['.', '[']).filter(|part| !part.is_empty()) {
        path = match part.strip_suffix(']') {
            Some(index) => path.index(index.parse().unwrap()),
            None => path.key(part),
        };
    }
    path
}

fn set(text: &str, field: &str, value: Value, expected: &str) {
    let mut document = Document::read(text, None).unwrap();
    document.set(&path(field), &value).unwrap();
    assert_eq!(document.text(), expected, "{field} = {value}");
    assert_eq!(document.get(&path(field)), Some(&value));
}

#[test]
fn scalars_keep_their_quotes_and_comments() {
    let text = "# 头\r\n名称: 食品 # 注\r\n电话: \"0600\"\r\n旧: 'a''b'\r\n表: { 甲: 1, 乙: [x, y] } # 尾\r\n";
    set(text, "名称", json!("饮食"), &text.replace("食品", "饮食"));
    set(text, "名称", json!("甲: 乙"), &text.replace("食品", "\"甲: 乙\""));
    set(text, "名称", json!("12345"), &text.replace("食品", "\"12345\""));
    set(text, "名称", json!("2026-01-01"), &text.replace("食品", "2026-01-01"));
    set(text, "电话", json!("甲"), &text.replace("\"0600\"", "\"甲\""));
    set(text, "旧", json!("it's"), &text.replace("'a''b'", "'it''s'"));
    set(text, "表.甲", json!(2), &text.replace('1', "2"));
    set(text, "表.乙[1]", json!("a, b"), &text.replace("y]", "\"a, b\"]"));
    set(text, "表.乙", json!([]), &text.replace("[x, y]", "[]"));
    set(text, "名称", json!("一\n二\n"), &text.replace("食品 # 注\r\n", "| # 注\r\n  一\r\n  二\r\n"));
    set(text, "名称", json!("食品"), text);
}

#[test]
fn comments_behind_values_stay() {
    let text = "甲: 'a''b' # 一\n乙: \"c\\\"d\" # 二\n丙: [e, f,] # 三\n丁: { g: h } # 四\n戊: &x i # 五\n己: *x # 六\n庚: [] # 七\n辛: 'j\n  k' # 八\n壬:\n  - 'l' # 九\n  - [m] # 十\n癸: [n, # 甲\n  o # 乙\n  ] # 丙\n";
    let document = Document::read(text, None).unwrap();
    let count = text.matches('#').count();
    for field in ["甲", "乙", "丙", "丁", "己", "庚", "辛", "壬[0]", "壬[1]"] {
        for new in [json!("新"), json!(["新"]), json!({"新": 1}), json!(["长".repeat(50), "新"]), json!("一\n二")]
        {
            let mut document = document.clone();
            document.set(&path(field), &new).unwrap();
            assert_eq!(document.text().matches('#').count(), count, "{field} = {new}\n{}", document.text());
        }
    }
    for field in ["丙[0]", "丙[1]", "丁.g", "癸[0]", "癸[1]"] {
        let mut document = document.clone();
        document.remove(&path(field)).unwrap();
        assert_eq!(document.text().matches('#').count(), count, "{field}\n{}", document.text());
    }
}

#[test]
fn values_take_another_form() {
    set(
        "收费: 不收费 # 注\n后: 1\n",
        "收费",
        json!([{"名称": "工本费", "金额": "20元"}]),
        "收费: # 注\n  - { 名称: 工本费, 金额: 20元 }\n后: 1\n",
    );
    let list = "收费: # 注\n  # 一\n  - 名称: 甲 # 二\n    依据: [a]\n  # 三\n后: 1\n";
    set(list, "收费", json!("不收费"), "收费: 不收费 # 注\n  # 一\n  # 三\n后: 1\n");
    set("甲:\n乙: 1", "甲", json!({"丙": 1}), "甲: { 丙: 1 }\n乙: 1");
    set("乙: 1\n甲:", "甲", json!(["长".repeat(40), "短"]), &format!("乙: 1\n甲:\n  - {}\n  - 短", "长".repeat(40)));
    set("甲:\n- a\n- b: 1\n  c: 2\n- d\n", "甲[1]", json!("x"), "甲:\n- a\n- x\n- d\n");
    set(
        "甲:\n- a # 注\n- b\n",
        "甲[0]",
        json!({"x": 1, "y": "长\n文"}),
        "甲:\n- x: 1 # 注\n  y: |-\n    长\n    文\n- b\n",
    );
    set("甲: |\n  一\n  二\n\n乙: 1\n", "甲", json!("三\n"), "甲: |\n  三\n\n乙: 1\n");
    set("甲: >- # 注\n  一\n  二\n乙: 1\n", "甲", json!("三"), "甲: |- # 注\n  三\n乙: 1\n");
    set("甲: 一\n  二\n乙: 1\n", "甲", json!("三"), "甲: 三\n乙: 1\n");
    // A comment that would become part of the text is a reason for quotes.
    set("甲: [一]\n  # 注\n乙: 1\n", "甲", json!("三\n四"), "甲: \"三\\n四\"\n  # 注\n乙: 1\n");
}

#[test]
fn keys_are_added_where_the_shape_has_them() {
    let shape = shape_of::<schema::Law>();
    let mut document = Document::read("名称: 法 # 注\n\n状态: 现行有效\n", Some(&shape)).unwrap();
    document.insert(&path(""), "文号", &json!("第1号")).unwrap();
    document.insert(&path(""), "条款", &json!({"第一条": "文"})).unwrap();
    document.insert(&path("条款"), "第二条", &json!("二")).unwrap();
    assert_eq!(document.text(), "名称: 法 # 注\n文号: 第1号\n\n状态: 现行有效\n条款: { 第一条: 文, 第二条: 二 }\n");
    let mut document = Document::read("状态: 现行有效", Some(&shape)).unwrap();
    document.insert(&path(""), "名称", &json!("法")).unwrap();
    document.insert(&path(""), "说明", &json!("一\n二")).unwrap();
    assert_eq!(document.text(), "名称: 法\n状态: 现行有效\n说明: |-\n  一\n  二");
    assert_eq!(document.insert(&path(""), "名称", &json!("法")), Err(EditError::Taken(path("名称"))));
}

#[test]
fn keys_of_entries_and_entries() {
    let text = "材料:\n  # 一\n  - 名称: 甲\n    份数: 1份\n  # 二\n  - { 名称: 乙 }\n";
    let mut document = Document::read(text, None).unwrap();
    document.insert(&path("材料[0]"), "形式", &json!("纸质")).unwrap();
    document.insert(&path("材料[1]"), "份数", &json!("2份")).unwrap();
    document.insert_entry(&path("材料"), 1, &json!({"名称": "丙", "份数": "1份"})).unwrap();
    document.insert_entry(&path("材料"), 3, &json!({"名称": "丁"})).unwrap();
    document.remove(&path("材料[0].名称")).unwrap();
    assert_eq!(
        document.text(),
        "材料:\n  # 一\n  - 份数: 1份\n    形式: 纸质\n  - 名称: 丙\n    份数: 1份\n  # 二\n  - { 名称: 乙, 份数: 2份 }\n  - { 名称: 丁 }\n"
    );
    document.remove(&path("材料[2]")).unwrap();
    document.remove(&path("材料[2]")).unwrap();
    document.remove(&path("材料[0].形式")).unwrap();
    assert_eq!(document.text(), "材料:\n  # 一\n  - 份数: 1份\n  - 名称: 丙\n    份数: 1份\n  # 二\n");
    document.remove(&path("材料[1]")).unwrap();
    document.remove(&path("材料[0]")).unwrap();
    assert_eq!(document.text(), "材料: []\n  # 一\n  # 二\n");
}

#[test]
fn brackets_on_several_lines() {
    let text = "别名: [\n  甲, # 一\n  乙, # 二\n  丙 # 三\n]\n";
    let mut document = Document::read(text, None).unwrap();
    document.remove(&path("别名[1]")).unwrap();
    document.insert_entry(&path("别名"), 0, &json!("零")).unwrap();
    assert_eq!(document.value(), &json!({"别名": ["零", "甲", "丙"]}));
    for comment in ["# 一", "# 二", "# 三"] {
        assert!(document.text().contains(comment), "{}", document.text());
    }
}

#[test]
fn what_is_shared_is_refused() {
    let text = "甲: &x { 子: 1 }\n乙: *x\n丙: !!str 2\n";
    let mut document = Document::read(text, None).unwrap();
    assert_eq!(document.set(&path("甲.子"), &json!(2)), Err(EditError::Shared(path("甲.子"))));
    assert_eq!(document.set(&path("乙.子"), &json!(2)), Err(EditError::Shared(path("乙.子"))));
    assert_eq!(document.remove(&path("甲")), Err(EditError::Shared(path("甲"))));
    assert_eq!(document.text(), text);
    document.set(&path("乙"), &json!("自己的")).unwrap();
    document.set(&path("丙"), &json!("三")).unwrap();
    assert_eq!(document.text(), "甲: &x { 子: 1 }\n乙: 自己的\n丙: 三\n");
    for broken in ["甲: [", "甲: 1\n甲: 2\n", "一: 1\n---\n二: 2\n", "", "甲: !own 1\n", "甲: *x\n"] {
        assert_eq!(Document::read(broken, None).err(), Some(EditError::Unreadable), "{broken:?}");
    }
}

#[test]
fn merging_touches_only_what_differs() {
    let shape = shape_of::<schema::Item>();
    let text = "名称: 食品\n# 依据\n办理依据:\n  - { 法律: a, 条款: 第一条 } # 甲\n  - { 条款: 第二条, 法律: b } # 乙\n申请条件: [一, 二]\n情形引导:\n  - 问题: kind\n    问: 谁? # 丙\n    答案: { x: 甲, y: 乙 }\n";
    let mut document = Document::read(text, Some(&shape)).unwrap();
    let mut value = document.value().clone();
    document.merge(&FieldPath::root(), &value).unwrap();
    assert_eq!(document.text(), text);
    value["办理依据"][1] = json!({"法律": "b", "条款": "第三条"});
    value["办理依据"].as_array_mut().unwrap().insert(0, json!({"法律": "c", "条款": "第九条"}));
    value["申请条件"] = json!(["一", "三", "四"]);
    value["情形引导"][0]["问"] = json!("哪个");
    value["别名"] = json!(["饮食"]);
    document.merge(&FieldPath::root(), &value).unwrap();
    assert_eq!(
        document.text(),
        "名称: 食品\n别名: [饮食]\n# 依据\n办理依据:\n  - { 法律: c, 条款: 第九条 }\n  - { 法律: a, 条款: 第一条 } # 甲\n  - { 条款: 第三条, 法律: b } # 乙\n申请条件: [一, 三, 四]\n情形引导:\n  - 问题: kind\n    问: 哪个 # 丙\n    答案: { x: 甲, y: 乙 }\n"
    );
    // The order of answers is the order in which they are shown.
    value["情形引导"][0]["答案"] = json!({"y": "乙", "x": "甲"});
    document.merge(&FieldPath::root(), &value).unwrap();
    assert!(document.text().contains("答案: { y: 乙, x: 甲 }"), "{}", document.text());
}

/// Every single value in a value, with its path.
fn scalars(value: &Value, path: &FieldPath, each: &mut dyn FnMut(&FieldPath, &Value)) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| scalars(value, &path.key(key), each)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, value)| scalars(value, &path.index(n), each)),
        value => each(path, value),
    }
}

/// Every YAML file of the sample portal.
fn sample() -> Vec<(String, String)> {
    fn collect(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &mut found);
    found
}

#[test]
fn every_value_of_the_sample_can_be_changed_alone() {
    let texts =
        ["改了", "a: b # c", "一\n二", " 空 ", "0600-1", "true", "'引' \"号\"", "[括, 号]", "", "-", "2026-01-01"];
    let files = sample();
    assert!(files.len() > 200);
    let mut count = 0usize;
    for (n, (name, text)) in files.iter().enumerate() {
        let document = Document::read(text, None).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let mut unchanged = document.clone();
        let mut places = Vec::new();
        scalars(document.value(), &FieldPath::root(), &mut |path, value| places.push((path.clone(), value.clone())));
        // Every value set to itself; a sample of them, another in each file, to something else.
        for (m, (path, value)) in places.iter().enumerate() {
            unchanged.set(path, value).unwrap();
            if (n + m) % 29 > 0 {
                continue;
            }
            let new = json!(texts[(n + m / 29) % texts.len()]);
            let mut changed = document.clone();
            changed.set(path, &new).unwrap_or_else(|error| panic!("{name} {path} = {new}: {error:?}"));
            let mut wanted = document.value().clone();
            *at_mut(&mut wanted, &path.0).unwrap() = new;
            let read: Value = serde_yaml::from_str(changed.text()).unwrap();
            assert!(same(&read, &wanted), "{name} {path}");
            assert_eq!(comments(changed.text()), comments(text), "{name} {path}");
            count += 1;
        }
        assert_eq!(unchanged.text(), text);
    }
    assert!(count > 300, "{count}");
}

/// How many lines hold a comment of their own.
fn comments(text: &str) -> usize {
    text.lines().filter(|line| line.trim_start().starts_with('#')).count()
}

#[test]
fn fresh_texts_read_back() {
    for (name, text) in sample() {
        let document = Document::read(&text, None).unwrap();
        let fresh = fresh(document.value());
        let again = Document::read(&fresh, None).unwrap_or_else(|error| panic!("{name}: {error:?}\n{fresh}"));
        assert!(same(again.value(), document.value()), "{name}");
    }
}

#[test]
fn no_text_is_a_cause_of_panic() {
    let text = "甲: &x {子: [1, '二']}\r\n乙:\n- |\n  文𠮷\n- *x\n- \n- !!str 值\n? 丙\n: - 丁 # 注\n  - {戊: \"己\", 庚}\n辛: |+\n\n";
    let ends: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
    let news = [json!("一\n二"), json!([{"一": "二"}]), json!({}), json!("三")];
    let mut read = 0usize;
    for (n, &start) in ends.iter().enumerate() {
        for &end in &ends[n..] {
            let cut = format!("{}{}", &text[..start], &text[end..]);
            for text in [&text[start..end], &cut] {
                let Ok(document) = Document::read(text, None) else { continue };
                read += 1;
                let mut places = Vec::new();
                scalars(document.value(), &FieldPath::root(), &mut |path, _| places.push(path.clone()));
                for (m, path) in places.iter().enumerate().filter(|(m, _)| (m + start + end) % 5 == 0) {
                    let parent = FieldPath(path.0[..path.0.len().saturating_sub(1)].to_vec());
                    let new = &news[(m + end) % news.len()];
                    // Each edit is right or refused; neither may panic.
                    let mut document = document.clone();
                    let _ = document.set(path, new);
                    let _ = document.insert(&parent, "新", new);
                    let _ = document.insert_entry(&parent, m, new);
                    let _ = document.remove(path);
                    assert!(same(&node::parse(document.text()).unwrap().value(), document.value()));
                }
            }
        }
    }
    assert!(read > 1000, "{read}");
}

#[test]
fn a_pair_alone_in_a_list_of_one_line() {
    let text = "甲: [乙: 1, 丙]\n";
    for (field, new) in [("甲[0]", json!({ "乙": 2 })), ("甲[0]", json!("新")), ("甲[0].乙", json!(["新"]))] {
        let mut document = Document::read(text, None).unwrap();
        // It is right or refused.
        if document.set(&path(field), &new).is_ok() {
            assert_eq!(Document::read(document.text(), None).unwrap().get(&path(field)), Some(&new));
        }
    }
}

#[test]
fn a_tag_of_its_own_is_not_read() {
    // The parser takes the bracket for a part of the tag, so that no place behind it can be trusted.
    for text in ["甲: { 乙: ![\"9\", 省\n }\n", "甲: !x [省, 市]\n", "甲: !x 省\n乙: 市\n"] {
        assert!(Document::read(text, None).is_err(), "{text}");
    }
}
