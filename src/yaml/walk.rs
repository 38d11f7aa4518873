//! Walks a YAML tree beside the shape it must have and reports every fault.

use std::borrow::Cow;

use saphyr::Scalar;

use crate::diagnostics::{Finding, Fix, Severity, Target, Words, codes, nearest};
use crate::schema::values::{FLAG_WORDS, PENDING, check_format, first_example};
use crate::source::lines::line_around;
use crate::source::{FieldPath, FileId, Step};
use crate::yaml::read::{Source, byte_of};
use crate::yaml::shape::{Key, Shape};
use crate::yaml::tree::{Data, Node};
use crate::yaml::{fixes, prescan, slips};

/// Formats that begin with a number: one without its unit is not a code without quotes. Nor is the number a
/// spreadsheet keeps a day as.
const COUNTED: [&str; 7] = ["time-limit", "money", "rate", "copies", "visits", "period", "date"];

/// Names of files that stand for a key in an example, where any file's name would be one of another kind.
const NAMED: [(&str, &str); 1] = [("法律", "xing-zheng-xu-ke-fa")];

/// Lists of short names, none of which has a comma in it.
const NAME_LISTS: [&str; 8] = ["别名", "关键词", "曾用名", "联办机构", "口语", "正式", "双向", "服务"];

/// Words that editors use for a key, and the key.
const OTHER_WORDS: [(&str, &str); 2] = [("俗称", "通俗名"), ("俗名", "通俗名")];

/// How many names are listed in a finding.
const LISTED: usize = 90;

/// Reports every place where `node` is not of `shape`.
pub(crate) fn walk(source: Source<'_>, node: &Node<'_>, shape: &Shape, findings: &mut Vec<Finding>) {
    Walk { file: source.file, source, findings }.value(node, shape, &Way::Root);
}

struct Walk<'f> {
    file: FileId,
    source: Source<'f>,
    findings: &'f mut Vec<Finding>,
}

/// The form of a node, as far as shapes tell forms apart.
#[derive(Clone, Copy, PartialEq)]
enum Form<'n> {
    Null,
    Text(&'n str),
    Number,
    Bool(bool),
    List,
    Map,
    Odd,
}

fn form<'n>(node: &'n Node<'_>) -> Form<'n> {
    match &node.data {
        Data::Scalar(Scalar::Null) => Form::Null,
        Data::Scalar(Scalar::String(text)) if text.trim().is_empty() => Form::Null,
        Data::Scalar(Scalar::String(text)) => Form::Text(text),
        Data::Scalar(Scalar::Boolean(value)) => Form::Bool(*value),
        Data::Scalar(_) => Form::Number,
        Data::List(_) => Form::List,
        Data::Map(_) => Form::Map,
        _ => Form::Odd,
    }
}

fn form_name(form: Form<'_>) -> (&'static str, &'static str) {
    match form {
        Form::Null => ("空", "nothing"),
        Form::Text(_) => ("文字", "a text"),
        Form::Number => ("数字", "a number"),
        Form::Bool(_) => (" true 或 false", "true or false"),
        Form::List => ("列表", "a list"),
        Form::Map => ("一组“键: 值”", "a mapping"),
        Form::Odd => ("特殊写法", "something special"),
    }
}

/// Whether a key must be there.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    Required,
    Optional,
}

/// A key as written, as far as its value tells; nothing for lists and mappings.
fn key_text<'n>(key: &'n Node<'_>) -> Option<Cow<'n, str>> {
    match &key.data {
        Data::Scalar(Scalar::String(text)) => Some(Cow::Borrowed(text)),
        Data::Scalar(scalar) => number_text(scalar).map(Cow::Owned),
        _ => None,
    }
}

/// A number, or true or false, as text.
fn number_text(scalar: &Scalar<'_>) -> Option<String> {
    match scalar {
        Scalar::Integer(number) => Some(number.to_string()),
        Scalar::FloatingPoint(number) => Some(number.to_string()),
        Scalar::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The way to a value. It becomes a [`FieldPath`] only for a finding.
enum Way<'w> {
    Root,
    Key(&'w Way<'w>, &'w str),
    Index(&'w Way<'w>, usize),
}

impl Way<'_> {
    fn path(&self) -> FieldPath {
        match self {
            Way::Root => FieldPath::root(),
            Way::Key(before, name) => before.path().key(name),
            Way::Index(before, n) => before.path().index(*n),
        }
    }
}

impl Walk<'_> {
    fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn value(&mut self, node: &Node<'_>, shape: &Shape, way: &Way<'_>) {
        let form = form(node);
        if form == Form::Null {
            return self.empty(way, Need::Optional);
        }
        match (shape, &node.data) {
            (Shape::Any, _) => {}
            (Shape::Told(told), _) if form == Form::Text(PENDING) => self.pending(told, way),
            (Shape::Told(told), _) => self.value(node, told, way),
            (Shape::Map(keys), Data::Map(_)) => self.map(node, keys, way),
            (Shape::Open(inner), Data::Map(map)) => {
                for (key, value) in map {
                    match (key.text(), key_text(key)) {
                        (Some(name), _) => self.value(value, inner, &Way::Key(way, name)),
                        (None, Some(name)) => self.unquoted_key(&name, way),
                        (None, None) => self.bad_key(way),
                    }
                }
            }
            (Shape::List(inner), Data::List(entries)) => {
                self.run_together(node, entries, way);
                for (n, entry) in entries.iter().enumerate() {
                    self.value(entry, inner, &Way::Index(way, n));
                }
            }
            (Shape::Either(shapes), _) => self.either(node, form, shapes, shape, way),
            (Shape::Text { format }, Data::Scalar(scalar)) => {
                let format = format.as_deref();
                match (form, number_text(scalar)) {
                    (Form::Number, Some(text)) if format.is_some_and(|format| COUNTED.contains(&format)) => {
                        self.text(Form::Text(&text), format, way);
                    }
                    _ => self.text(form, format, way),
                }
            }
            (Shape::Choice { title, words }, Data::Scalar(_)) => self.choice(form, (title, words), None, way),
            (Shape::Flag, Data::Scalar(_)) => self.flag(form, way),
            (Shape::Number { min, max }, Data::Scalar(scalar)) => self.number(scalar, *min, *max, form, way),
            _ if self.full_width_colons(node, shape) || self.slip(node, shape) => {}
            _ => self.wrong_type(form, shape, way),
        }
    }

    fn map(&mut self, node: &Node<'_>, keys: &[Key], way: &Way<'_>) {
        let Data::Map(map) = &node.data else { return };
        // What is there, and what was meant by a wrong key: it is no second fault.
        let mut seen = vec![false; keys.len()];
        for (key, value) in map {
            let Some(name) = key_text(key) else {
                self.bad_key(way);
                continue;
            };
            match keys.iter().position(|known| known.name == name) {
                Some(at) => {
                    seen[at] = true;
                    let field = Way::Key(way, &name);
                    let empty_list = matches!(&value.data, Data::List(entries) if entries.is_empty());
                    if keys[at].required && (empty_list || form(value) == Form::Null) {
                        self.empty(&field, Need::Required);
                    } else {
                        self.value(value, &keys[at].shape, &field);
                    }
                }
                None => {
                    let has_colon =
                        name.split_once('：').is_some_and(|(before, _)| keys.iter().any(|known| known.name == before));
                    let meant = match form(value) {
                        Form::Null if !self.begins_line(key) && !has_colon => self.split_value(&name, way),
                        _ => {
                            let written: Vec<&str> = map.iter().filter_map(|(key, _)| key.text()).collect();
                            self.unknown_key(key, (&name, &written), keys, way)
                        }
                    };
                    if let Some(at) = meant.and_then(|meant| keys.iter().position(|known| known.name == meant)) {
                        seen[at] = true;
                    }
                }
            }
        }
        for (key, seen) in keys.iter().zip(seen) {
            if key.required && !seen {
                self.missing_key(key, way);
            }
        }
    }

    /// Whether a key is the first thing on its line, so that it was meant as a key.
    fn begins_line(&self, key: &Node<'_>) -> bool {
        let before = &self.source.text[..byte_of(self.source.text, key.start)];
        before.rsplit('\n').next().is_none_or(|line| line.trim_matches([' ', '-']).is_empty())
    }

    /// Reports the rest of a value that an ASCII comma cut off inside braces.
    fn split_value<'k>(&mut self, rest: &str, way: &Way<'_>) -> Option<&'k str> {
        self.add(
            Finding::new(
                &codes::YM05,
                self.file,
                Target::Key(way.path().key(rest)),
                Words::new(
                    format!("`{rest}` 前面的英文逗号把值断开了"),
                    format!("the ASCII comma before `{rest}` cuts the value in two"),
                ),
            )
            .label("被当成了一个键", "read as a key")
            .allowed(
                "大括号里，值有英文逗号的，整个值加英文双引号",
                "inside braces a value with an ASCII comma is put in quotes",
            )
            .repair(
                "把前面的值连同它用英文双引号括起来，或者改用中文逗号",
                "put the whole value in double quotes, or use a full-width comma",
            ),
        );
        None
    }

    /// Reports a key; gives the known one that was probably meant.
    fn unknown_key<'k>(
        &mut self,
        key: &Node<'_>,
        (name, written): (&str, &[&str]),
        keys: &'k [Key],
        way: &Way<'_>,
    ) -> Option<&'k str> {
        let listed = |separator: &str| {
            let mut names: Vec<&str> = keys.iter().take(LISTED).map(|key| key.name.as_str()).collect();
            if keys.len() > LISTED {
                names.push("…");
            }
            names.join(separator)
        };
        if let Some(meant) = name.strip_prefix('\u{3000}') {
            let text = self.source.text;
            let line = line_around(text, byte_of(text, key.start));
            self.findings.extend(prescan::line_faults(&text[line.clone()], self.file, self.source.base + line.start));
            return nearest(meant, keys.iter().map(|key| key.name.as_str()));
        }
        if let Some((before, _)) = name.split_once('：').filter(|(before, _)| !before.is_empty()) {
            let text = self.source.text;
            let start = byte_of(text, key.start);
            let colon = self.source.base + start + text[start..].find('：').unwrap_or(0);
            self.add(prescan::colon_finding(before, &format!("{before}: …"), self.file, colon));
            return nearest(before, keys.iter().map(|key| key.name.as_str()));
        }
        let target = Target::Key(way.path().key(name));
        let mut finding = Finding::new(
            &codes::YM05,
            self.file,
            target,
            Words::new(format!("不认识的键 `{name}`"), format!("unknown key `{name}`")),
        )
        .label("没有这个键", "no such key")
        .allowed(listed("、"), listed(", "));
        let mut known = keys.iter().map(|key| key.name.as_str());
        let other = OTHER_WORDS.iter().find(|(said, _)| *said == name);
        let near = match other {
            Some((_, meant)) => known.find(|key| key == meant),
            None => nearest(name, known),
        };
        // A key that is written already would be there twice.
        let is_there = |key: &str| written.contains(&key);
        finding = match near {
            Some(near) if is_there(near) => finding.repair(
                format!("`{near}` 已经写了，删掉这一行，或者换成上面别的键"),
                format!("`{near}` is there already: delete the line, or use another of the keys above"),
            ),
            Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
            None => finding.repair("删掉这一行，或者换成上面的键", "delete the line, or use one of the keys above"),
        };
        self.add(finding);
        near
    }

    fn missing_key(&mut self, key: &Key, way: &Way<'_>) {
        let name = &key.name;
        let (zh, en) = key.shape.expected();
        let meaning = shorten(&key.description, &zh);
        let plain = matches!(key.shape, Shape::Text { format: None });
        let allowed = if meaning == zh || plain { meaning } else { format!("{meaning}；{zh}") };
        let example = example(&key.shape);
        self.add(
            Finding::new(
                &codes::YM06,
                self.file,
                Target::Value(way.path()),
                Words::new(format!("缺少 `{name}`"), format!("`{name}` is missing")),
            )
            .allowed(allowed, en)
            .repair(format!("加上一行 `{name}: {example}`"), format!("add a line `{name}: {example}`")),
        );
    }

    fn bad_key(&mut self, way: &Way<'_>) {
        self.add(
            Finding::new(
                &codes::YM05,
                self.file,
                Target::Value(way.path()),
                Words::new("有一个键不是文字", "a key is not a text"),
            )
            .repair("给这个键加英文引号，或者改成规定的键", "put the key in quotes, or use a known key"),
        );
    }

    fn unquoted_key(&mut self, name: &str, way: &Way<'_>) {
        self.add(
            Finding::new(
                &codes::YM08,
                self.file,
                Target::Key(way.path().key(name)),
                Words::new(
                    format!("键 `{name}` 没有加引号，会被当成数字"),
                    format!("the key `{name}` has no quotes and is read as a number"),
                ),
            )
            .label("没有引号", "no quotes")
            .allowed("用英文双引号括起来的文字", "a text in double quotes")
            .repair(format!("写成 `\"{name}\": …`"), format!("write `\"{name}\": …`"))
            .fix(Fix::Quotes),
        );
    }

    fn empty(&mut self, way: &Way<'_>, need: Need) {
        let name = last_name(way);
        let (repair_zh, repair_en) = match need {
            // A value behind `#` is a note.
            _ if self.source.text.contains(&format!("{name}: #")) => (
                "`#` 后面的字是备注，不算内容；是内容的，整个值加英文双引号",
                "what follows # is a note: if it is the value, put all of it in double quotes",
            ),
            Need::Required => ("填上内容，这个键必须写", "fill it in: the key is required"),
            Need::Optional => ("填上内容；不需要就删掉这一行", "fill it in, or delete the line if it is not needed"),
        };
        self.add(
            Finding::new(
                &codes::YM11,
                self.file,
                Target::Key(way.path()),
                Words::new(format!("`{name}` 是空的"), format!("`{name}` is empty")),
            )
            .label("后面没有内容", "nothing follows")
            .repair(repair_zh, repair_en),
        );
    }

    fn text(&mut self, form: Form<'_>, format: Option<&str>, way: &Way<'_>) {
        let text = match form {
            Form::Text(text) => text,
            Form::Number => {
                self.unquoted(way);
                return self.fixed_by(Some(Fix::Quotes));
            }
            _ => return self.wrong_type(form, &Shape::Text { format: None }, way),
        };
        let Some(Err(error)) = format.and_then(|format| check_format(format, text)) else { return };
        let mut finding = Finding::new(&codes::YM10, self.file, Target::Value(way.path()), error.problem);
        finding.allowed = Some(error.allowed);
        let quoted = text.starts_with(['“', '”', '‘', '’', '＂']);
        finding = match error.suggestion {
            _ if quoted => {
                finding.repair("把两头的中文引号换成英文双引号", "replace the curly quotes by straight double quotes")
            }
            Some(right) => finding.repair(format!("改成 `{right}`"), format!("write `{right}`")),
            None if is_several(format, text) => finding.repair(
                "写了几个：中文逗号、顿号换成英文逗号加一个空格，加了引号的各加各的",
                "these are several: put ASCII commas between them, and quotes around each that needs them",
            ),
            None => finding.repair(
                format!("照允许的写法改写 `{}`", last_name(way)),
                format!("write `{}` in one of the allowed forms", last_name(way)),
            ),
        };
        self.add(finding);
        self.fixed_by(format.and_then(|format| fixes::of_value(format, text)));
    }

    /// Gives the finding made last its fix.
    fn fixed_by(&mut self, fix: Option<Fix>) {
        if let Some(finding) = self.findings.last_mut() {
            finding.fix = fix;
        }
    }

    fn unquoted(&mut self, way: &Way<'_>) {
        self.add(
            Finding::new(
                &codes::YM08,
                self.file,
                Target::Value(way.path()),
                Words::new(
                    format!("`{}` 没有加引号，会被当成数字", last_name(way)),
                    format!("`{}` has no quotes and is read as a number", last_name(way)),
                ),
            )
            .label("没有引号", "no quotes")
            .allowed("用英文双引号括起来的文字", "a text in double quotes")
            .repair("在两头加上英文双引号", "put double quotes around it"),
        );
    }

    /// Checks one of a few words; `whole` says what else could stand in its place.
    fn choice(&mut self, form: Form<'_>, of: (&str, &[String]), whole: Option<&Shape>, way: &Way<'_>) {
        let (title, words) = of;
        let text = match form {
            Form::Text(text) => text,
            Form::Number => return self.unquoted(way),
            _ => {
                let shape = Shape::Choice { title: title.to_owned(), words: words.to_vec() };
                return self.wrong_type(form, &shape, way);
            }
        };
        if words.iter().any(|word| word == text) {
            return;
        }
        let message = if title.is_empty() {
            let name = last_name(way);
            Words::new(format!("`{name}` 不能写 `{text}`"), format!("`{name}` cannot be `{text}`"))
        } else {
            Words::new(format!("`{text}` 不是{title}"), format!("`{text}` is not one of {title}"))
        };
        let mut finding = Finding::new(&codes::YM09, self.file, Target::Value(way.path()), message);
        finding = match whole.map(Shape::expected) {
            Some((zh, en)) => finding.allowed(zh, en),
            None => finding.allowed(words.join("、"), words.join(", ")),
        };
        finding = match nearest(text, words.iter().map(String::as_str)) {
            // One entry that holds several words: the commas between them are full-width.
            _ if text.contains(['，', '、']) && words.iter().any(|word| text.contains(word.as_str())) => finding
                .repair(
                    "把词与词之间的中文逗号、顿号换成英文逗号",
                    "replace the full-width commas between the words by ASCII commas",
                ),
            Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
            None if words.len() == 1 => {
                let word = &words[0];
                finding.repair(
                    format!("改成 `{word}`；有的话照手册的例子写清楚"),
                    format!("write `{word}`, or state it as the handbook's example does"),
                )
            }
            None => finding.repair("从上面选一个", "choose one of these"),
        };
        self.add(finding);
    }

    /// Notes an element that is still to be told; how much that matters, the reader of the document knows.
    fn pending(&mut self, told: &Shape, way: &Way<'_>) {
        let name = last_name(way);
        let (zh, en) = told.expected();
        let example = example(told);
        self.add(
            Finding::new(
                &codes::YM15,
                self.file,
                Target::Value(way.path()),
                Words::new(format!("`{name}` 待补"), format!("`{name}` is still to be told")),
            )
            .allowed(zh, en)
            .repair(format!("填上 `{name}`，如 `{example}`"), format!("fill in `{name}`, such as `{example}`")),
        );
    }

    fn flag(&mut self, form: Form<'_>, way: &Way<'_>) {
        match form {
            Form::Bool(_) => {}
            Form::Text(text) if FLAG_WORDS.iter().any(|(word, _)| *word == text) => {}
            Form::Text(text) => self.add(
                Finding::new(
                    &codes::YM09,
                    self.file,
                    Target::Value(way.path()),
                    Words::new(format!("`{text}` 不是“是”或“否”"), format!("`{text}` is neither yes nor no")),
                )
                .allowed("是、否、支持、不支持、有、无", "是, 否, 支持, 不支持, 有, 无, true, false")
                .repair("改成 `是` 或 `否`", "write `是` or `否`"),
            ),
            _ => self.wrong_type(form, &Shape::Flag, way),
        }
    }

    fn number(&mut self, scalar: &Scalar<'_>, min: i64, max: i64, form: Form<'_>, way: &Way<'_>) {
        match scalar {
            Scalar::Integer(value) if (min..=max).contains(value) => {}
            Scalar::Integer(value) => {
                let bounds = match (min, max) {
                    (min, i64::MAX) => format!("≥ {min}"),
                    (min, max) if min == max => min.to_string(),
                    (min, max) => format!("{min}–{max}"),
                };
                self.add(
                    Finding::new(
                        &codes::YM10,
                        self.file,
                        Target::Value(way.path()),
                        Words::new(format!("`{value}` 超出范围"), format!("`{value}` is out of range")),
                    )
                    .allowed(bounds.clone(), bounds)
                    .repair("改成范围内的整数", "write a whole number in this range"),
                );
            }
            _ => self.wrong_type(form, &Shape::Number { min, max }, way),
        }
    }

    fn either(&mut self, node: &Node<'_>, form: Form<'_>, shapes: &[Shape], whole: &Shape, way: &Way<'_>) {
        let fits = |shape: &&Shape| match form {
            Form::List => matches!(shape, Shape::List(_)),
            Form::Map => matches!(shape, Shape::Map(_) | Shape::Open(_)),
            Form::Bool(_) => matches!(shape, Shape::Flag),
            Form::Text(_) | Form::Number => {
                matches!(shape, Shape::Text { .. } | Shape::Choice { .. } | Shape::Flag)
            }
            Form::Null | Form::Odd => false,
        };
        let compound = shapes.iter().find(|shape| matches!(shape, Shape::List(_) | Shape::Map(_)));
        if matches!(form, Form::Text(text) if text.starts_with(['｛', '［', '【', '-', '－', '•']))
            && compound.is_some_and(|shape| self.slip(node, shape))
        {
            return;
        }
        match shapes.iter().find(fits) {
            Some(Shape::Choice { title, words }) => self.choice(form, (title, words), Some(whole), way),
            Some(shape) => self.value(node, shape, way),
            None => self.wrong_type(form, whole, way),
        }
    }

    /// Reports lines `键：值` where `键: 值` should be: to a parser they are one text.
    fn full_width_colons(&mut self, node: &Node<'_>, shape: &Shape) -> bool {
        let wanted = matches!(shape, Shape::Map(_) | Shape::Open(_) | Shape::List(_));
        if !wanted || node.text().is_none_or(|text| !text.contains('：')) {
            return false;
        }
        let text = self.source.text;
        let range = byte_of(text, node.start)..byte_of(text, node.end);
        let faults = prescan::line_faults(&text[range.clone()], self.source.file, self.source.base + range.start);
        let any = !faults.is_empty();
        self.findings.extend(faults);
        any
    }

    /// Reports a slip of the hand that made a text of a list or a mapping.
    fn slip(&mut self, node: &Node<'_>, shape: &Shape) -> bool {
        let wants_list = match shape {
            Shape::List(_) => true,
            Shape::Map(_) | Shape::Open(_) => false,
            _ => return false,
        };
        if node.text().is_none() {
            return false;
        }
        let text = self.source.text;
        let range = byte_of(text, node.start)..byte_of(text, node.end);
        let found = slips::instead(self.source, range, wants_list);
        let any = found.is_some();
        self.findings.extend(found);
        any
    }

    /// Reports entries of a list that run together: one further in than the one above it, and short names
    /// with a full-width comma between them.
    fn run_together(&mut self, node: &Node<'_>, entries: &[Node<'_>], way: &Way<'_>) {
        let is_names = matches!(way, Way::Key(_, name) if NAME_LISTS.contains(name))
            || matches!(way, Way::Index(Way::Key(_, name), _) if NAME_LISTS.contains(name));
        let text = self.source.text;
        for (n, entry) in entries.iter().enumerate() {
            let Some(said) = entry.text() else { continue };
            if said.contains(" - ") {
                let range = byte_of(text, entry.start)..byte_of(text, entry.end);
                self.findings.extend(slips::entry_inside(self.source, range, self.file));
            }
            let is_bare = || text[byte_of(text, entry.start)..].starts_with(said);
            let is_flow = || text[byte_of(text, node.start)..].starts_with('[');
            if is_names && said.contains('，') && is_bare() && is_flow() {
                let apart = said.split('，').map(str::trim).collect::<Vec<_>>().join(", ");
                let target = Target::Value(Way::Index(way, n).path());
                let message = Words::new(
                    format!("`{said}` 里是中文逗号，会当成一个名字"),
                    format!("`{said}` has a full-width comma and counts as one name"),
                );
                self.add(
                    Finding::new(&codes::YM16, self.file, target, message)
                        .label("一个名字", "one name")
                        .allowed("几个名字之间用英文逗号加一个空格", "names with a comma and a space between them")
                        .repair(
                            format!("改成 `{apart}`；本来就是一个名字的，加英文双引号"),
                            format!("write `{apart}`, or put it in double quotes if it is one name"),
                        ),
                );
                if let Some(finding) = self.findings.last_mut() {
                    finding.severity = Severity::Warning;
                }
            }
        }
    }

    fn wrong_type(&mut self, form: Form<'_>, shape: &Shape, way: &Way<'_>) {
        let (zh, en) = shape.expected();
        let (is_zh, is_en) = form_name(form);
        let name = last_name(way);
        let repair = match (shape, form) {
            (Shape::List(_), Form::Text(_)) => {
                Words::new("写成列表：换一行，缩进两格，以“- ”开头", "make it a list: a new line, two spaces, “- ”")
            }
            (Shape::Text { .. }, Form::Bool(_)) => Words::new("在两头加上英文双引号", "put double quotes around it"),
            _ => Words::new(format!("改成{zh}"), format!("make it {en}")),
        };
        let message = if name.is_empty() {
            Words::new(format!("这里要写{zh}，现在是{is_zh}"), format!("this must be {en} but is {is_en}"))
        } else {
            Words::new(format!("`{name}` 要写{zh}，现在是{is_zh}"), format!("`{name}` must be {en} but is {is_en}"))
        };
        let (zh, en) = match shape {
            Shape::Map(keys) => {
                let names: Vec<&str> = keys.iter().take(LISTED).map(|key| key.name.as_str()).collect();
                (format!("{zh}，键有：{}", names.join("、")), format!("{en}, with the keys {}", names.join(", ")))
            }
            _ => (zh, en),
        };
        let mut finding = Finding::new(&codes::YM07, self.file, Target::Value(way.path()), message).allowed(zh, en);
        finding.repair = Some(repair);
        self.add(finding);
    }
}

/// Whether a text is several values of a format with full-width commas between them.
fn is_several(format: Option<&str>, text: &str) -> bool {
    let is_value = |part: &str| format.is_some_and(|format| matches!(check_format(format, part.trim()), Some(Ok(()))));
    text.contains(['，', '、']) && text.split(['，', '、']).all(is_value)
}

/// The name of the nearest key on the way, with the position in its list.
fn last_name(way: &Way<'_>) -> String {
    let path = way.path();
    let start = path.0.iter().rposition(|step| matches!(step, Step::Key(_))).unwrap_or(0);
    FieldPath(path.0[start..].to_vec()).to_string()
}

/// A value of a shape that can be pasted, as far as one is known.
fn example(shape: &Shape) -> String {
    match shape {
        Shape::Choice { words, .. } => words.first().cloned().unwrap_or_default(),
        Shape::List(entry) => format!("[{}]", example(entry)),
        Shape::Flag => "是".to_owned(),
        Shape::Number { .. } => "1".to_owned(),
        Shape::Either(shapes) => shapes.first().map(example).unwrap_or_default(),
        Shape::Told(told) => example(told),
        Shape::Text { format } => match format.as_deref().and_then(first_example) {
            Some((text, true)) => format!("\"{text}\""),
            Some((text, false)) => text.to_owned(),
            None => "…".to_owned(),
        },
        Shape::Map(keys) => {
            let parts: Vec<String> = keys
                .iter()
                .filter(|key| key.required)
                .map(|key| {
                    let named = NAMED.iter().find(|(name, _)| *name == key.name);
                    format!(
                        "{}: {}",
                        key.name,
                        named.map_or_else(|| example(&key.shape), |(_, file)| (*file).to_owned())
                    )
                })
                .collect();
            if parts.is_empty() { "{ … }".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
        }
        Shape::Open(_) => "{ … }".to_owned(),
        Shape::Any => "…".to_owned(),
    }
}

fn shorten(description: &str, expected: &str) -> String {
    let first = description.lines().next().unwrap_or_default().trim_end_matches('。');
    if first.is_empty() { expected.to_owned() } else { first.to_owned() }
}
