//! Reads a mapping file: what is wrong with it is found before any record is looked at.

use regex_lite::Regex;
use serde_json::{Map, Value};

use crate::diagnostics::{Finding, Findings, Target, Words, codes, nearest};
use crate::exchange::map::node::{Expr, Group, Kind, Node, Part, Plan, Source, Step, Test, When};
use crate::schema;
use crate::source::{FieldPath, FileId};
use crate::yaml::{Key, Shape, shape_of};

/// The keys of a mapping file.
const TOP: [&str; 11] = ["格式", "说明", "记录", "编号", "空值", "对照表", "门户", "部门", "地点", "事项", "不取"];
/// The keys of a group.
const GROUP: [&str; 3] = ["归并", "标识", "字段"];
/// The keys of an item.
const ITEM: [&str; 3] = ["标识", "同名区分", "字段"];
/// The keys of an expression.
const EXPR: [&str; 10] = ["取", "合并", "值", "模板", "引用标识", "当", "处理", "每个", "缺省", "对照"];
/// The keys that say where a value comes from; one of them makes an expression.
const SOURCES: [&str; 6] = ["取", "合并", "值", "模板", "引用标识", "缺省"];
/// The keys of a condition.
const WHEN: [&str; 6] = ["取", "处理", "是", "不是", "含", "有"];
/// The steps that are a word.
const WORDS: [&str; 11] =
    ["去空白", "半角", "去标签", "小写", "分条", "去重", "拼音", "首字母", "电话", "时限", "原样"];
/// The steps that have something to say.
const STEPS: [&str; 10] = ["拆分", "连接", "去前缀", "去后缀", "替换", "摘取", "只留", "去掉", "对照", "截取"];

/// Reads a mapping; none if something is wrong with it.
pub(super) fn compile(value: &Value, file: FileId, findings: &mut Findings) -> Option<Plan> {
    let mut compiler = Compiler { file, findings, tables: Vec::new(), named: Vec::new(), wrong: false };
    let plan = compiler.plan(value);
    let wrong = compiler.wrong;
    plan.filter(|_| !wrong)
}

struct Compiler<'f> {
    file: FileId,
    findings: &'f mut Findings,
    tables: Vec<(String, Vec<(String, String)>)>,
    named: Vec<(String, FieldPath)>,
    wrong: bool,
}

impl Compiler<'_> {
    fn wrong(&mut self, target: Target, message: Words, allowed: (String, String), repair: (String, String)) {
        self.wrong = true;
        self.findings.push(
            Finding::new(&codes::IM01, self.file, target, message)
                .allowed(allowed.0, allowed.1)
                .repair(repair.0, repair.1),
        );
    }

    fn expected(&mut self, at: &FieldPath, zh: &str, en: &str) {
        self.wrong(
            Target::Value(at.clone()),
            Words::new(format!("`{at}` 这里要写{zh}"), format!("`{at}` must be {en}")),
            (zh.to_owned(), en.to_owned()),
            (format!("改成{zh}"), format!("make it {en}")),
        );
    }

    /// Reports every key that is none of the known ones.
    fn keys(&mut self, map: &Map<String, Value>, known: &[&str], at: &FieldPath) {
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            let repair = match nearest(key, known.iter().copied()) {
                Some(near) => (format!("改成 `{near}`"), format!("write `{near}`")),
                None => ("删掉它，或者换成上面的键".to_owned(), "delete it, or use one of the keys above".to_owned()),
            };
            self.wrong(
                Target::Key(at.key(key)),
                Words::new(format!("不认识的键 `{key}`"), format!("unknown key `{key}`")),
                (known.join("、"), known.join(", ")),
                repair,
            );
        }
    }

    fn required<'v>(&mut self, map: &'v Map<String, Value>, key: &str, at: &FieldPath) -> Option<&'v Value> {
        let value = map.get(key);
        if value.is_none() {
            self.wrong(
                Target::Value(at.clone()),
                Words::new(format!("缺少 `{key}`"), format!("`{key}` is missing")),
                ("手册“把别的清单导进来”里有例子".to_owned(), "the handbook has an example".to_owned()),
                (format!("加上 `{key}`"), format!("add `{key}`")),
            );
        }
        value
    }

    fn plan(&mut self, value: &Value) -> Option<Plan> {
        let root = FieldPath::root();
        let Value::Object(map) = value else {
            self.expected(&root, "一组“键: 值”", "a mapping of key: value");
            return None;
        };
        self.keys(map, &TOP, &root);
        self.tables(map.get("对照表"), &root.key("对照表"));
        let site = self.required(map, "门户", &root).cloned();
        let department = self.required(map, "部门", &root);
        let item = self.required(map, "事项", &root);
        let department =
            department.and_then(|value| self.group(value, &shape_of::<schema::Department>(), &root.key("部门")));
        let place =
            map.get("地点").and_then(|value| self.group(value, &shape_of::<schema::Place>(), &root.key("地点")));
        let (item_id, same_name, item) = self.item(item?, &root.key("事项"))?;
        let ignored = self.ignored(map.get("不取"), &root.key("不取"));
        let label = self.texts(map.get("编号"), &root.key("编号")).into_iter().next();
        Some(Plan {
            within: self.texts(map.get("记录"), &root.key("记录")).into_iter().next(),
            blanks: self.texts(map.get("空值"), &root.key("空值")),
            label,
            site: site?,
            department: department?,
            place,
            item_id,
            same_name,
            item,
            ignored,
            named: std::mem::take(&mut self.named),
        })
    }

    fn tables(&mut self, value: Option<&Value>, at: &FieldPath) {
        let Some(value) = value else { return };
        let Value::Object(map) = value else { return self.expected(at, "一组“键: 值”", "a mapping") };
        for (name, table) in map {
            let pairs = self.pairs(table, &at.key(name));
            self.tables.push((name.clone(), pairs));
        }
    }

    fn pairs(&mut self, value: &Value, at: &FieldPath) -> Vec<(String, String)> {
        let Value::Object(map) = value else {
            self.expected(at, "一组“原来的: 换成的”", "a mapping of old to new");
            return Vec::new();
        };
        map.iter().filter_map(|(key, value)| Some((key.clone(), scalar_text(value)?))).collect()
    }

    fn ignored(&mut self, value: Option<&Value>, at: &FieldPath) -> Vec<(String, String)> {
        let pairs = value.map(|value| self.pairs(value, at)).unwrap_or_default();
        self.named.extend(pairs.iter().map(|(field, _)| (field.clone(), at.key(field))));
        pairs
    }

    /// One text or a list of texts.
    fn texts(&mut self, value: Option<&Value>, at: &FieldPath) -> Vec<String> {
        match value {
            None => Vec::new(),
            Some(Value::Array(list)) => list.iter().filter_map(scalar_text).collect(),
            Some(value) => match scalar_text(value) {
                Some(text) => vec![text],
                None => {
                    self.expected(at, "文字，或者一列文字", "a text, or a list of texts");
                    Vec::new()
                }
            },
        }
    }

    fn group(&mut self, value: &Value, shape: &Shape, at: &FieldPath) -> Option<Group> {
        let Value::Object(map) = value else {
            self.expected(at, "一组键：归并、标识、字段", "the keys 归并, 标识 and 字段");
            return None;
        };
        self.keys(map, &GROUP, at);
        let (key, id) = (self.required(map, "归并", at), self.required(map, "标识", at));
        let fields = self.required(map, "字段", at).map(|fields| self.node(fields, Some(shape), &at.key("字段")));
        Some(Group {
            key: self.expr(key?, None, &at.key("归并"))?,
            id: self.expr(id?, None, &at.key("标识"))?,
            fields: fields??,
        })
    }

    fn item(&mut self, value: &Value, at: &FieldPath) -> Option<(Expr, Option<Expr>, Node)> {
        let Value::Object(map) = value else {
            self.expected(at, "一组键：标识、字段", "the keys 标识 and 字段");
            return None;
        };
        self.keys(map, &ITEM, at);
        let id = self.required(map, "标识", at).and_then(|id| self.expr(id, None, &at.key("标识")));
        let same = map.get("同名区分").and_then(|same| self.expr(same, None, &at.key("同名区分")));
        let shape = shape_of::<schema::Item>();
        let fields = self.required(map, "字段", at).and_then(|fields| self.node(fields, Some(&shape), &at.key("字段")));
        Some((id?, same, fields?))
    }

    /// A part of a document. The shape is that of the part; none where anything may stand.
    fn node(&mut self, value: &Value, shape: Option<&Shape>, at: &FieldPath) -> Option<Node> {
        match value {
            Value::Array(list) => {
                let inner = shape.and_then(list_of);
                let nodes = list.iter().enumerate().map(|(n, one)| self.node(one, inner, &at.index(n)));
                Some(Node::List(nodes.collect::<Option<Vec<Node>>>()?))
            }
            Value::Object(map) if !map.keys().any(|key| SOURCES.contains(&key.as_str())) => {
                let Some(keys) = shape.and_then(keys_of) else {
                    self.expected(at, "取值的办法：取、值、模板 …", "where the value comes from: 取, 值, 模板 …");
                    return None;
                };
                let known: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
                self.keys(map, &known, at);
                self.lacking(map, keys, at);
                let mut nodes = Vec::with_capacity(map.len());
                for (key, value) in map {
                    let inner = keys.iter().find(|known| known.name == *key).map(|known| &known.shape);
                    nodes.push((key.clone(), self.node(value, inner, &at.key(key))?));
                }
                Some(Node::Map(nodes))
            }
            value => Some(Node::Expr(Box::new(self.expr(value, shape, at)?))),
        }
    }

    /// Reports every key without which no record makes a document: 待补 cannot stand for it.
    fn lacking(&mut self, map: &Map<String, Value>, keys: &[Key], at: &FieldPath) {
        let missing = keys.iter().filter(|key| key.required && !map.contains_key(&key.name) && !can_wait(&key.shape));
        for key in missing {
            let (name, meaning) = (&key.name, key.description.lines().next().unwrap_or_default());
            let (zh, en) = key.shape.expected();
            self.wrong(
                Target::Key(at.clone()),
                Words::new(
                    format!("`{at}` 里缺少 `{name}`，没有它一条记录也导不进来"),
                    format!("`{at}` lacks `{name}`, without which no record can be taken in"),
                ),
                (format!("{}；{zh}", meaning.trim_end_matches('。')), en),
                (
                    format!("加上 `{name}: 栏目`；清单里没有这一栏的，写成 `{name}: {{ 值: … }}`"),
                    format!("add `{name}: field`, or `{name}: {{ 值: … }}` if the list has no such field"),
                ),
            );
        }
    }

    fn expr(&mut self, value: &Value, shape: Option<&Shape>, at: &FieldPath) -> Option<Expr> {
        let plain = |source| Expr { source, when: Vec::new(), steps: Vec::new(), each: None, default: None };
        match value {
            Value::String(field) => Some(plain(Source::Take(vec![self.field(field, at)]))),
            Value::Object(map) => {
                self.keys(map, &EXPR, at);
                let source = self.source(map, shape, at)?;
                let mut steps = self.steps(map.get("处理"), &at.key("处理"))?;
                if let Some(table) = map.get("对照") {
                    steps.push(self.step("对照", table, &at.key("对照"))?);
                }
                let each = match map.get("每个") {
                    Some(each) => Some(self.node(each, shape.and_then(list_of).or(shape), &at.key("每个"))?),
                    None => None,
                };
                let when = self.conditions(map.get("当"), &at.key("当"))?;
                Some(Expr { source, when, steps, each, default: map.get("缺省").cloned() })
            }
            _ => {
                self.expected(at, "栏目的名字，或者取值的办法", "the name of a field, or where the value comes from");
                None
            }
        }
    }

    fn field(&mut self, name: &str, at: &FieldPath) -> String {
        self.named.push((name.to_owned(), at.clone()));
        name.to_owned()
    }

    fn source(&mut self, map: &Map<String, Value>, shape: Option<&Shape>, at: &FieldPath) -> Option<Source> {
        if let Some(fields) = map.get("取") {
            let at = at.key("取");
            let fields = self.texts(Some(fields), &at);
            return Some(Source::Take(fields.iter().map(|field| self.field(field, &at)).collect()));
        }
        if let Some(parts) = map.get("合并") {
            let Value::Array(parts) = parts else {
                self.expected(&at.key("合并"), "列表", "a list");
                return None;
            };
            let at = at.key("合并");
            let nodes = parts.iter().enumerate().map(|(n, part)| self.node(part, shape, &at.index(n)));
            return Some(Source::Join(nodes.collect::<Option<Vec<Node>>>()?));
        }
        if let Some(template) = map.get("模板") {
            let text = self.texts(Some(template), &at.key("模板")).into_iter().next()?;
            return Some(Source::Template(self.template(&text, &at.key("模板"))));
        }
        if let Some(kind) = map.get("引用标识") {
            return match kind.as_str() {
                Some("部门") => Some(Source::Id(Kind::Department)),
                Some("地点") => Some(Source::Id(Kind::Place)),
                _ => {
                    self.expected(&at.key("引用标识"), "“部门”或“地点”", "部门 or 地点");
                    None
                }
            };
        }
        // 缺省 alone is a constant too.
        Some(Source::Constant(map.get("值").or(map.get("缺省")).cloned().unwrap_or_default()))
    }

    fn template(&mut self, text: &str, at: &FieldPath) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            parts.extend((!before.is_empty()).then(|| Part::Text(before.to_owned())));
            parts.push(match name {
                "#" => Part::Number,
                "导入日期" => Part::Today,
                name => Part::Field(self.field(name, at)),
            });
            rest = after;
        }
        parts.extend((!rest.is_empty()).then(|| Part::Text(rest.to_owned())));
        parts
    }

    fn conditions(&mut self, value: Option<&Value>, at: &FieldPath) -> Option<Vec<When>> {
        match value {
            None => Some(Vec::new()),
            Some(Value::Array(list)) => {
                list.iter().enumerate().map(|(n, one)| self.condition(one, &at.index(n))).collect()
            }
            Some(one) => Some(vec![self.condition(one, at)?]),
        }
    }

    fn condition(&mut self, value: &Value, at: &FieldPath) -> Option<When> {
        let Value::Object(map) = value else {
            self.expected(at, "{ 取: 栏目, 是: [ … ] }", "{ 取: field, 是: [ … ] }");
            return None;
        };
        self.keys(map, &WHEN, at);
        let asked = self.required(map, "取", at);
        let fields = self.texts(asked, &at.key("取"));
        let source = Source::Take(fields.iter().map(|field| self.field(field, &at.key("取"))).collect());
        let steps = self.steps(map.get("处理"), &at.key("处理"))?;
        let test = match (map.get("是"), map.get("不是"), map.get("含"), map.get("有")) {
            (Some(is), ..) => Test::Is(self.texts(Some(is), &at.key("是"))),
            (_, Some(not), ..) => Test::IsNot(self.texts(Some(not), &at.key("不是"))),
            (_, _, Some(holds), _) => Test::Holds(self.texts(Some(holds), &at.key("含"))),
            (_, _, _, Some(given)) => {
                Test::Given(scalar_text(given).is_some_and(|text| text == "true" || text == "是"))
            }
            _ => {
                self.expected(at, "是、不是、含、有 当中的一个", "one of 是, 不是, 含, 有");
                return None;
            }
        };
        Some(When { subject: Expr { source, when: Vec::new(), steps, each: None, default: None }, test })
    }

    fn steps(&mut self, value: Option<&Value>, at: &FieldPath) -> Option<Vec<Step>> {
        let list = match value {
            None => return Some(Vec::new()),
            Some(Value::Array(list)) => list.clone(),
            Some(one) => vec![one.clone()],
        };
        let mut steps = Vec::with_capacity(list.len());
        for (n, step) in list.iter().enumerate() {
            let at = at.index(n);
            match step {
                Value::String(word) => steps.extend(self.word(word, &at)?),
                Value::Object(map) if map.len() == 1 => {
                    for (name, value) in map {
                        steps.push(self.step(name, value, &at.key(name))?);
                    }
                }
                _ => {
                    self.expected(&at, "一个步骤", "a step");
                    return None;
                }
            }
        }
        Some(steps)
    }

    fn word(&mut self, word: &str, at: &FieldPath) -> Option<Option<Step>> {
        Some(Some(match word {
            "去空白" => Step::Trim,
            "半角" => Step::HalfWidth,
            "去标签" => Step::Plain,
            "小写" => Step::Lower,
            "分条" => Step::Points,
            "去重" => Step::Unique,
            "拼音" => Step::Pinyin,
            "首字母" => Step::Initials,
            "电话" => Step::Phones,
            "时限" => Step::Limit,
            "原样" => return Some(None),
            _ => {
                self.unknown_step(word, Target::Value(at.clone()));
                return None;
            }
        }))
    }

    fn unknown_step(&mut self, name: &str, target: Target) {
        let all: Vec<&str> = WORDS.iter().chain(&STEPS).copied().collect();
        let repair = match nearest(name, all.iter().copied()) {
            Some(near) => (format!("改成 `{near}`"), format!("write `{near}`")),
            None => ("换成上面的一个步骤".to_owned(), "use one of the steps above".to_owned()),
        };
        self.wrong(
            target,
            Words::new(format!("没有 `{name}` 这个步骤"), format!("there is no step `{name}`")),
            (all.join("、"), all.join(", ")),
            repair,
        );
    }

    fn step(&mut self, name: &str, value: &Value, at: &FieldPath) -> Option<Step> {
        Some(match name {
            "拆分" => Step::Split(self.texts(Some(value), at)),
            "连接" => Step::Glue(self.texts(Some(value), at).into_iter().next().unwrap_or_default()),
            "去前缀" => Step::Prefix(self.texts(Some(value), at)),
            "去后缀" => Step::Suffix(self.texts(Some(value), at)),
            "摘取" => Step::Extract(self.pattern(value, at)?),
            "只留" => Step::Keep(self.pattern(value, at)?),
            "去掉" => Step::Drop(self.pattern(value, at)?),
            "替换" => {
                let (from, to) = (value.get("从"), value.get("为").and_then(scalar_text));
                let (Some(from), Some(to)) = (from, to) else {
                    self.expected(at, "{ 从: 式样, 为: 文字 }", "{ 从: pattern, 为: text }");
                    return None;
                };
                Step::Replace(self.pattern(from, &at.key("从"))?, to)
            }
            "截取" => match value.as_array().map(Vec::as_slice) {
                Some([from, to]) => {
                    let number = |value: &Value| usize::try_from(value.as_u64().unwrap_or(0)).unwrap_or(0);
                    Step::Slice(number(from).max(1), number(to))
                }
                _ => {
                    self.expected(at, "[从第几个字, 到第几个字]", "[first character, last character]");
                    return None;
                }
            },
            "对照" => self.table(value, at)?,
            _ => {
                self.unknown_step(name, Target::Key(at.clone()));
                return None;
            }
        })
    }

    /// A table by its name or written out; `其余: 原样` keeps what is not in it.
    fn table(&mut self, value: &Value, at: &FieldPath) -> Option<Step> {
        if let Some(name) = value.as_str() {
            let Some((_, pairs)) = self.tables.iter().find(|(known, _)| known == name) else {
                let known: Vec<&str> = self.tables.iter().map(|(name, _)| name.as_str()).collect();
                let known = known.join("、");
                self.wrong(
                    Target::Value(at.clone()),
                    Words::new(format!("没有对照表 `{name}`"), format!("there is no table `{name}`")),
                    (known.clone(), known),
                    ("在“对照表”里写上它".to_owned(), "write it under 对照表".to_owned()),
                );
                return None;
            };
            return Some(Step::Table { pairs: pairs.clone(), keep_others: false });
        }
        let mut pairs = self.pairs(value, at);
        let others = pairs.iter().position(|(key, _)| key == "其余").map(|at| pairs.remove(at).1);
        Some(Step::Table { pairs, keep_others: others.as_deref() == Some("原样") })
    }

    fn pattern(&mut self, value: &Value, at: &FieldPath) -> Option<Regex> {
        let text = match value {
            // A list of words is a pattern of any of them as a whole.
            Value::Array(_) => {
                let words: Vec<String> =
                    self.texts(Some(value), at).iter().map(|word| regex_lite::escape(word)).collect();
                format!("^(?:{})$", words.join("|"))
            }
            value => self.texts(Some(value), at).into_iter().next()?,
        };
        match Regex::new(&text) {
            Ok(pattern) => Some(pattern),
            Err(_) => {
                self.wrong(
                    Target::Value(at.clone()),
                    Words::new(format!("式样 `{text}` 读不懂"), format!("the pattern `{text}` cannot be read")),
                    (
                        "正则表达式，如 `^办理地点[：:]`".to_owned(),
                        "a regular expression such as `^a[0-9]+`".to_owned(),
                    ),
                    ("改正式样".to_owned(), "correct the pattern".to_owned()),
                );
                None
            }
        }
    }
}

/// A text, number, or yes or no as text.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The shape of the entries, if a list may stand here.
pub(super) fn list_of(shape: &Shape) -> Option<&Shape> {
    match shape {
        Shape::List(inner) => Some(inner),
        Shape::Told(inner) => list_of(inner),
        Shape::Either(shapes) => shapes.iter().find_map(list_of),
        _ => None,
    }
}

/// The keys, if a mapping may stand here.
pub(super) fn keys_of(shape: &Shape) -> Option<&[Key]> {
    match shape {
        Shape::Map(keys) => Some(keys),
        Shape::Told(inner) => keys_of(inner),
        Shape::Either(shapes) => shapes.iter().find_map(keys_of),
        _ => None,
    }
}

/// Whether something required may be left to be told, as a whole or in each of its parts.
fn can_wait(shape: &Shape) -> bool {
    match shape {
        Shape::Told(_) => true,
        Shape::Map(keys) => keys.iter().filter(|key| key.required).all(|key| can_wait(&key.shape)),
        _ => false,
    }
}
