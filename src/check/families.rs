//! The codes by family (类): the two letters they begin with.

use crate::check::all_codes;
use crate::diagnostics::{Code, Words};

/// The families in the order in which they are listed: letters, Chinese, English.
const FAMILIES: [(&str, &str, &str); 29] = [
    ("SR", "读取文件", "reading files"),
    ("YM", "YAML 的写法", "YAML"),
    ("MD", "Markdown 的写法", "Markdown"),
    ("TX", "标点和空格", "punctuation and blanks"),
    ("RF", "引用和要素", "references and elements"),
    ("UR", "网址", "addresses"),
    ("TP", "主题模板", "templates"),
    ("TB", "表格的导入导出", "tables"),
    ("IM", "按映射导入", "import by a mapping"),
    ("ID", "编码", "codes of items"),
    ("TH", "办件和实施主体", "handling and authority"),
    ("LB", "办理依据", "legal basis"),
    ("CD", "申请条件", "conditions"),
    ("MT", "申请材料", "materials"),
    ("SI", "情形引导", "questions and cases"),
    ("ST", "办理环节", "steps"),
    ("TL", "办理时限", "time limits"),
    ("FE", "收费", "fees"),
    ("RS", "审批结果", "results"),
    ("CH", "办理渠道", "channels"),
    ("CT", "地点和联系方式", "places and contacts"),
    ("RM", "复议和诉讼", "remedies"),
    ("BD", "一件事", "bundles"),
    ("VG", "含糊难懂", "vague or hard to read"),
    ("CX", "前后矛盾", "contradictions"),
    ("PB", "公开和隐私", "publication and privacy"),
    ("KP", "成效", "performance"),
    ("AL", "级别和放行", "levels and allowances"),
    ("", "其他", "others"),
];

/// The family of a code: its letters and what it is called.
fn family(code: &Code) -> usize {
    let letters = &code.id[..2];
    FAMILIES.iter().position(|(known, ..)| *known == letters).unwrap_or(FAMILIES.len() - 1)
}

/// All codes by family: what it is called, and its codes in the order of their ids.
pub fn families() -> Vec<(Words, Vec<&'static Code>)> {
    let codes = all_codes();
    let of = |n: usize| codes.iter().copied().filter(|code| family(code) == n).collect::<Vec<_>>();
    let all = FAMILIES.iter().enumerate().map(|(n, (_, zh, en))| (Words::new(*zh, *en), of(n)));
    all.filter(|(_, codes)| !codes.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_in_a_family_once() {
        let mut listed: Vec<&str> = families().iter().flat_map(|(_, codes)| codes.iter().map(|code| code.id)).collect();
        listed.sort_unstable();
        let all: Vec<&str> = all_codes().iter().map(|code| code.id).collect();
        assert_eq!(listed, all);
        let others: Vec<&str> =
            all_codes().iter().filter(|code| family(code) == FAMILIES.len() - 1).map(|code| code.id).collect();
        assert!(others.is_empty(), "codes without a family: {others:?}");
    }

    #[test]
    fn ids_and_names_are_unique_and_of_their_form() {
        let mut known = std::collections::BTreeSet::new();
        for code in all_codes() {
            let (letters, digits) = code.id.split_at(2);
            assert!(letters.bytes().all(|b| b.is_ascii_uppercase()), "{}", code.id);
            assert!(digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()), "{}", code.id);
            assert!(
                code.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                code.name
            );
            assert!(known.insert(code.id) && known.insert(code.name), "{} {} stands twice", code.id, code.name);
        }
    }
}
