//! A mapping (映射) as it is carried out: what is taken from where, and what is done with it.

use regex_lite::Regex;
use serde_json::Value;

use crate::source::FieldPath;

/// A whole mapping.
#[derive(Debug)]
pub(super) struct Plan {
    /// 记录: the way to the list inside a JSON document.
    pub(super) within: Option<String>,
    /// 编号: the field that names a record in the report.
    pub(super) label: Option<String>,
    /// 空值: texts that say nothing.
    pub(super) blanks: Vec<String>,
    /// 门户: what `site.yaml` says.
    pub(super) site: Value,
    /// 部门.
    pub(super) department: Group,
    /// 地点.
    pub(super) place: Option<Group>,
    /// 事项: its id.
    pub(super) item_id: Expr,
    /// 同名区分: what is added to a name that another item of the department has too.
    pub(super) same_name: Option<Expr>,
    /// 事项: its fields.
    pub(super) item: Node,
    /// 不取: fields that are left out, each with the reason.
    pub(super) ignored: Vec<(String, String)>,
    /// Every field that the mapping names, with the key of the mapping that does.
    pub(super) named: Vec<(String, FieldPath)>,
}

/// Something that many records speak of: a department, a place.
#[derive(Debug)]
pub(super) struct Group {
    /// 归并: records that say the same here speak of the same.
    pub(super) key: Expr,
    /// 标识: its id, the name of its file or folder.
    pub(super) id: Expr,
    /// 字段.
    pub(super) fields: Node,
}

/// How one part of a document comes about.
#[derive(Debug)]
pub(super) enum Node {
    /// A value, or several.
    Expr(Box<Expr>),
    /// A mapping of keys.
    Map(Vec<(String, Node)>),
    /// A list of what each gives.
    List(Vec<Node>),
}

/// Where a value comes from and what is done with it.
#[derive(Debug)]
pub(super) struct Expr {
    pub(super) source: Source,
    /// 当: all must hold.
    pub(super) when: Vec<When>,
    /// 处理: one after another.
    pub(super) steps: Vec<Step>,
    /// 每个: what is made of each.
    pub(super) each: Option<Node>,
    /// 缺省: what stands there if there is nothing.
    pub(super) default: Option<Value>,
}

/// Where a value comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// 取: the first of these fields that says something.
    Take(Vec<String>),
    /// 合并: everything that these give.
    Join(Vec<Node>),
    /// 值: always this.
    Constant(Value),
    /// 模板: a text with fields in it.
    Template(Vec<Part>),
    /// 标识: the id of the record's department or place.
    Id(Kind),
}

/// What has ids of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Department,
    Place,
}

/// A part of a template.
#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    /// `{field}`.
    Field(String),
    /// `{#}`: which of several, from 1.
    Number,
    /// `{导入日期}`.
    Today,
}

/// 当: a condition.
#[derive(Debug)]
pub(super) struct When {
    pub(super) subject: Expr,
    pub(super) test: Test,
}

/// What a condition asks.
#[derive(Debug)]
pub(super) enum Test {
    /// 是: one of these.
    Is(Vec<String>),
    /// 不是: given, and none of these.
    IsNot(Vec<String>),
    /// 含: one of these is in it.
    Holds(Vec<String>),
    /// 有: whether anything is given.
    Given(bool),
}

/// A step of cleaning (处理).
#[derive(Debug)]
pub(super) enum Step {
    /// 去空白: no white space around, one space within.
    Trim,
    /// 半角: full-width letters, digits and signs as half-width ones.
    HalfWidth,
    /// 去标签: text out of HTML.
    Plain,
    /// 小写.
    Lower,
    /// 分条: a text of numbered points as its points.
    Points,
    /// 拆分: at any of these.
    Split(Vec<String>),
    /// 去前缀.
    Prefix(Vec<String>),
    /// 去后缀.
    Suffix(Vec<String>),
    /// 替换: a pattern by a text with `$1`.
    Replace(Regex, String),
    /// 摘取: what the pattern finds; the rest is reported.
    Extract(Regex),
    /// 只留: what matches the pattern; the rest is left to others.
    Keep(Regex),
    /// 去掉: what matches the pattern is left to others.
    Drop(Regex),
    /// 对照: a text by the table; others are kept, or reported.
    Table { pairs: Vec<(String, String)>, keep_others: bool },
    /// 连接: all texts as one, joined by this.
    Glue(String),
    /// 去重.
    Unique,
    /// 截取: characters from the first to the last, counted from 1.
    Slice(usize, usize),
    /// 拼音: each syllable, joined by hyphens.
    Pinyin,
    /// 首字母: the first letter of each syllable.
    Initials,
    /// 电话: every telephone number in a text.
    Phones,
    /// 时限: a time limit in any of its spellings.
    Limit,
}
