//! Text preparation, written down: `tests/search/vectors.json` holds the Rust
//! side to itself here, and `tests/search/text.test.mjs` holds the browser's
//! side to the same file.
//!
//! `UPDATE=1 cargo test --test site` writes it anew; read the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mingbai::search::{Preparer, Sounds, UnitKind, canonical, cut_syllables, syllables};
use serde_json::{Value, json};

/// Texts of every sort that names and questions have, and some that they should not have.
const TEXTS: [&str; 73] = [
    "",
    " ",
    "、。，！？（）《》",
    "营业执照",
    "居民身份证 换领（到期）",
    "食品（含冷藏冷冻食品）经营许可—变更",
    "怎么办理/申请 护照？",
    // Full width, half width
    "ＫＴＶ经营许可",
    "２０２６年１２月",
    "ﾊﾟｽﾎﾟｰﾄ",
    "全　角　空　格",
    "零\u{200b}宽\u{feff}字\u{ad}符",
    // Traditional
    "營業執照補領",
    "臺灣居民居住證",
    "著作權、皇后、後面、乾坤、頭髮",
    "兩岸婚姻登記",
    "發票與發展",
    // Numerals
    "十",
    "十五",
    "二十",
    "二十五",
    "八十岁、80岁，八十五周岁",
    "第二类2类第Ⅱ类第②类",
    "一百二十三",
    "两证合一，三十日内",
    "二〇二六年十一月二十二日",
    "零售 〇号 十 十一 一十 十十 十十十",
    "五十公里2十3",
    "廿五卅贰拾",
    "3.14%，1-2人",
    "12345",
    // Mixed with letters
    "C1驾照",
    "A股ＡＢＣ123abc",
    "KTV歌厅 VIP会员",
    "iPhone16Pro手机丢了",
    "Wi-Fi e-mail O2O B2B",
    "I类射线装置",
    "PM2.5",
    // Symbols that stand for several letters
    "ﬁnance oﬃce ﬂat",
    "㈱东方 ㍿",
    "①类 ⒈甲 ⑽ ㈠ ㊀ ㉈",
    "300㎡以下 50㎏ 10℃ 5㎞ №1",
    "½ ⅔ ² ₂ …… ‥",
    "㋀ ㏠ ㍘ ㍻",
    "K Å Ω µ ℃",
    // Emoji
    "👍办身份证👨‍👩‍👧‍👦",
    "🇨🇳护照1️⃣",
    "😀😀",
    // Beyond the first plane, and characters for compatibility
    "𠮷野家",
    "𡈽地登记𪚥",
    "𝐊𝐓𝐕 𝟙𝟚",
    "豈更車\u{2f800}\u{2fa1d}",
    "龘靐齉龗㐀",
    "⼈⼤⺠",
    "〇々〆〤",
    // Marks that combine, small and large letters
    "cafe\u{301} café e\u{301}\u{302}",
    "İstanbul ıI ẞß ÀÉ ×÷",
    "lü lǜ nǚ LÜSHI",
    "か\u{3099} が ゛",
    "\u{301}办",
    // Other scripts
    "ΟΔΟΣ Σίσυφος",
    "Паспорт ЁЖ",
    "パスポート ひらがな",
    "여권 발급",
    "जन्म प्रमाण عربي עברית ไทย",
    "ǅ Ǆ ŉ ſ ʼn",
    "ơư Ə ə Ɐ",
    "\u{fffd}\u{0}\t\n\u{7f}办\u{85}证",
    "‘’“”〈〉「」『』【】",
    "a'b xi'an",
    "身份证，身份证；身份证。",
    "ａ1ａ１",
    "的了吗呢",
];

/// What people type on a keyboard of letters.
const LETTERS: [&str; 46] = [
    "",
    "a",
    "e",
    "o",
    "i",
    "n",
    "v",
    "ng",
    "yingyezhizhao",
    "yingyezhiz",
    "yingyezhi",
    "yingyez",
    "y",
    "ying",
    "fangan",
    "xian",
    "xianshi",
    "pingan",
    "tiananmen",
    "shenfenzheng",
    "shenfenzhen",
    "shengfengzheng",
    "shenfenzhengdiule",
    "hukou",
    "huzhao",
    "jiazhao",
    "jiehundengji",
    "gongjijin",
    "lvshi",
    "lushi",
    "lüshi",
    "nvxing",
    "nuexing",
    "sfz",
    "ktv",
    "app",
    "wifi",
    "zzz",
    "zhuangji",
    "chuangxinchuangye",
    "shuangyi",
    "zhuanggan",
    "erenaiou",
    "dangan",
    "danganguan",
    "bangongshia",
];

fn kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Han => "han",
        UnitKind::Letters => "letters",
        UnitKind::Digits => "digits",
    }
}

fn units(text: &str, preparer: &Preparer) -> Value {
    let units = preparer.units(text);
    units.into_iter().map(|unit| json!([unit.text, kind(unit.kind), unit.run, unit.from, unit.to])).collect()
}

/// The file: one text a line, so that a difference can be read.
fn written() -> String {
    let preparer = Preparer::new();
    let known = syllables(&Sounds::new());
    let long = ["食品经营许可证换领二十五".repeat(25), "yingye".repeat(50), "二十".repeat(150)];
    let texts = TEXTS.into_iter().chain(long.iter().map(String::as_str));
    let cuts = LETTERS.iter().map(|&letters| letters.to_owned()).chain(["zhengan".repeat(8), "yingye".repeat(50)]);
    let lines = |rows: Vec<Value>| rows.iter().map(|row| format!("    {row}")).collect::<Vec<_>>().join(",\n");
    let sections = [
        ("units", lines(texts.map(|text| json!([text, units(text, &preparer)])).collect())),
        ("canonical", lines(known.iter().map(|syllable| json!([syllable, canonical(syllable)])).collect())),
        ("cuts", lines(cuts.map(|letters| json!([letters, cut_syllables(&letters, &known)])).collect())),
    ];
    let sections = sections.map(|(name, rows)| format!("  \"{name}\": [\n{rows}\n  ]"));
    format!("{{\n{}\n}}\n", sections.join(",\n"))
}

#[test]
fn text_is_prepared_as_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/vectors.json");
    let written = written();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let fresh: Value = serde_json::from_str(&written).unwrap();
    let mut faults = Vec::new();
    for (name, rows) in fresh.as_object().unwrap() {
        let of = |rows: &Value| -> BTreeMap<String, Value> {
            rows.as_array().unwrap().iter().map(|row| (row[0].to_string(), row[1].clone())).collect()
        };
        let (kept, fresh) = (of(&kept[name]), of(rows));
        faults.extend(
            kept.keys().filter(|text| !fresh.contains_key(*text)).map(|text| format!("{name}: {text} is gone")),
        );
        for (text, value) in &fresh {
            if kept.get(text) != Some(value) {
                faults.push(format!("{name}: {text}\n  is {value}\n  written down as {:?}", kept.get(text)));
            }
        }
    }
    assert!(faults.is_empty(), "{} differ (UPDATE=1 writes them anew)\n{}", faults.len(), faults.join("\n"));
}
