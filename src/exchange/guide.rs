//! The sheet that explains the others.

use crate::exchange::sheet::{Body, Column, Sheet, choices, parts, told};
use crate::schema::values::forms;
use crate::yaml::Shape;

/// The name of the sheet.
pub(crate) const NAME: &str = "说明";
/// The headings of the list of columns.
pub(crate) const COLUMNS: [&str; 5] = ["工作表", "列", "必填", "意思", "怎么写"];

/// What is to be known before the cells are changed, a line each.
pub(crate) fn notes() -> Vec<&'static str> {
    vec![
        "这个文件由 mingbai export 生成，改好后用 mingbai import 写回。先加 --dry-run 看会改什么。",
        "一个工作表是一张表，第一行是列名，不要改；列可以删掉，删掉的列不会动。带（）的列只给人看，不会读。",
        "“事项”表一行一个事项。申请材料、办理流程、收费等各有一张表，一行一条，用第一列的代号对上事项，按“序号”排先后。",
        "“收费”这样的列只写能单独成立的词，如“不收费”；有具体内容的，这一列空着，写在同名的工作表里。",
        "一格里有几条的，一行一条（Excel 里按 Alt+Enter 换行）。一条里有几个键的，写成“键: 值, 键: 值”，冒号和逗号是英文的，后面各有一个空格；值里有英文逗号的加英文双引号。",
        "编码、电话、日期都是文本格式，不要改成数字或日期格式，否则开头的 0 和后面的位数会丢。",
        "新增一行就是新增一个事项（写上新的代号和部门）或者一条；删掉的行只会提示，加 --delete 才会真的删。",
        "正文（guide.md）、附件、通知和页面不在这个文件里。",
    ]
}

/// The rows of the list of columns.
pub(crate) fn rows(sheets: &[Sheet]) -> Vec<[String; 5]> {
    let row = |sheet: &Sheet, column: &Column| {
        let required = match (column.required, &sheet.body) {
            (true, Body::Documents) => "是",
            (true, _) => "有这一行就要写",
            _ => "",
        };
        let description = column.description.lines().next().unwrap_or_default();
        [sheet.name.clone(), column.header.clone(), required.to_owned(), description.to_owned(), form(column)]
    };
    sheets.iter().flat_map(|sheet| sheet.columns.iter().map(move |column| row(sheet, column))).collect()
}

/// How a column is filled in.
fn form(column: &Column) -> String {
    let words = choices(&column.shape);
    let single = match told(&column.shape) {
        Shape::Text { format: Some(format) } => forms()
            .into_iter()
            .find(|form| form.format == format)
            .map(|form| format!("{}，如 {}", form.allowed, form.examples.first().copied().unwrap_or_default())),
        Shape::Number { .. } => Some("整数".to_owned()),
        _ => None,
    };
    let structure = match parts(&column.shape).1 {
        Some(Shape::List(entry)) => match parts(entry).1 {
            Some(Shape::Map(keys)) => {
                let keys: Vec<String> = keys.iter().map(|key| format!("{}: …", key.name)).collect();
                Some(format!("一行一条，每条写 {}", keys.join(", ")))
            }
            _ => match choices(entry) {
                words if words.is_empty() => Some("一行一条".to_owned()),
                words => Some(format!("一行一个：{}", words.join("、"))),
            },
        },
        Some(Shape::Open(value)) => Some(match parts(value).1 {
            Some(Shape::List(_)) => "一行一个：代号: [代号, 代号]".to_owned(),
            _ => "一行一个：代号: 文字".to_owned(),
        }),
        _ => None,
    };
    let words = (!words.is_empty()).then(|| words.join("、"));
    [words, single, structure].into_iter().flatten().collect::<Vec<_>>().join("；")
}
