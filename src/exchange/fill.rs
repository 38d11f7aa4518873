//! Fills the cells of rows into documents.
//!
//! A cell that still holds the text of the export leaves the value as it is,
//! however it is written. Only a cell that differs is read.

use serde_json::{Map, Value};

use crate::diagnostics::{Words, codes};
use crate::exchange::cell;
use crate::exchange::changes::{Change, ChangeKind, field};
use crate::exchange::gather::{Gathered, Wish};
use crate::exchange::record::{bodies, text};
use crate::exchange::sheet::{Body, Column, Sheet, told};
use crate::exchange::table::{At, Cell, CellKind};
use crate::source::{FieldPath, SourceTree, Step};
use crate::yaml::Shape;
use crate::yaml::edit::{Aligned, align, moved};

/// The days between the first day of spreadsheets and 1970.
const EPOCH: i64 = 25_569;
/// Numbers with more digits than this have lost some.
const DIGITS: usize = 15;

/// Fills one document.
pub(crate) struct Filler<'f> {
    pub(crate) gathered: &'f mut Gathered,
    pub(crate) tree: &'f mut SourceTree,
    /// Which cell says what.
    pub(crate) cells: Vec<(FieldPath, At)>,
    /// What was kept though its row is gone.
    pub(crate) kept: Vec<Change>,
    /// Whether every cell could be read.
    pub(crate) is_sound: bool,
    /// Whether entries whose rows are gone are taken out.
    pub(crate) delete: bool,
}

impl Filler<'_> {
    /// What a document is to say by a line of JSON: the keys that are there.
    pub(crate) fn content(&mut self, content: &Map<String, Value>, before: &Value, at: At) -> Value {
        let mut target = before.clone();
        let Value::Object(map) = &mut target else { return target };
        for (key, value) in content {
            self.cells.push((FieldPath::root().key(key), at));
            match (value, before.get(key)) {
                (Value::Null, _) => {
                    map.shift_remove(key);
                }
                (Value::Array(new), Some(Value::Array(old))) if old.iter().any(Value::is_object) => {
                    let (list, _) = self.with_kept(&FieldPath::root().key(key), old, new.clone());
                    map.insert(key.clone(), Value::Array(list));
                }
                _ => {
                    map.insert(key.clone(), value.clone());
                }
            }
        }
        target
    }

    /// What a document is to say by its rows.
    pub(crate) fn target(&mut self, wish: &Wish, before: &Value) -> Value {
        let mut target = before.clone();
        let (own, others): (Vec<usize>, Vec<usize>) =
            wish.rows.keys().partition(|layout| self.gathered.key_of(**layout).is_none());
        for layout in own {
            if let Some(row) = wish.rows[&layout].first() {
                self.row(layout, *row, &FieldPath::root(), before, &mut target);
            }
        }
        for layout in others {
            self.part(layout, &wish.rows[&layout], before, &mut target);
        }
        target
    }

    fn sheet(&self, layout: usize) -> Sheet {
        self.gathered.sheets[self.gathered.layouts[layout].sheet].clone()
    }

    /// The columns of a layout with the cell of each in a row.
    fn columns(&self, layout: usize, row: u32) -> Vec<(Column, At)> {
        let spec = &self.gathered.layouts[layout];
        let sheet = &self.gathered.sheets[spec.sheet];
        let at = |column| At { table: spec.table, row, column };
        spec.columns.iter().map(|(n, column)| (sheet.columns[*n].clone(), at(*column))).collect()
    }

    fn id_cell(&self, layout: usize, row: u32) -> At {
        let spec = &self.gathered.layouts[layout];
        At { table: spec.table, row, column: spec.id }
    }

    /// Fills the cells of a row into what the row is.
    fn row(&mut self, layout: usize, row: u32, path: &FieldPath, before: &Value, body: &mut Value) {
        self.cells.push((path.clone(), self.id_cell(layout, row)));
        for (column, at) in self.columns(layout, row) {
            let place = column.path.iter().fold(path.clone(), |path, key| path.key(key));
            let new = self.cell_text(at, &column);
            if !new.is_empty() {
                self.cells.push((place, at));
            }
            let old = cell::tidy(&text(before, &column));
            if new.trim_end() == old.trim_end() {
                continue;
            }
            if new.is_empty() {
                remove(body, &column);
                continue;
            }
            match cell::read(&new, &column.shape) {
                Ok(value) => self.put(body, &column, value, at),
                Err(words) => self.fault(at, words),
            }
        }
    }

    fn put(&mut self, body: &mut Value, column: &Column, value: Value, at: At) {
        let Some((last, parents)) = column.path.split_last() else {
            *body = value;
            return;
        };
        let mut place = body;
        for key in parents {
            let Value::Object(map) = place else { return };
            place = map.entry(key.clone()).or_insert_with(|| Value::Object(Map::new()));
        }
        match place {
            Value::Object(map) => {
                map.insert(last.clone(), value);
            }
            word => {
                let (word, key) = (cell::shown(word), column.header.clone());
                let group = parents.join(".");
                self.gathered.add(
                    &codes::TB10,
                    at,
                    Words::new(
                        format!("`{group}` 写了“{word}”，又写了 `{key}`"),
                        format!("`{group}` says “{word}”, and `{key}` is filled in"),
                    ),
                    self.tree,
                );
                self.is_sound = false;
            }
        }
    }

    fn fault(&mut self, at: At, words: Words) {
        self.gathered.add(&codes::TB06, at, words, self.tree);
        self.is_sound = false;
    }

    /// The text of a cell as it was meant, for the shape of its column.
    fn cell_text(&mut self, at: At, column: &Column) -> String {
        let Some(cell) = self.gathered.cell(at).cloned() else { return String::new() };
        let format = match told(&column.shape) {
            Shape::Text { format } => format.as_deref(),
            Shape::List(entry) => match told(entry) {
                Shape::Text { format } => format.as_deref(),
                _ => None,
            },
            _ => None,
        };
        match (cell.kind, format) {
            (CellKind::Fault, _) => {
                let text = &cell.text;
                self.fault(
                    at,
                    match cell.is_formula && text.starts_with('=') {
                        true => Words::new(
                            format!("公式 `{text}` 还没有算出值。用 Excel 或 WPS 打开，保存一次"),
                            format!(
                                "the formula `{text}` has no value yet: open the file in a spreadsheet and save it"
                            ),
                        ),
                        false => {
                            Words::new(format!("这一格是错误值 `{text}`"), format!("the cell is the fault `{text}`"))
                        }
                    },
                );
                String::new()
            }
            (CellKind::Number, Some("date")) => self.serial(at, &cell),
            (CellKind::Number, _) if cell.text.contains('E') || cell.text.trim_start_matches('-').len() > DIGITS => {
                self.fault(
                    at,
                    Words::new(
                        format!(
                            "`{}` 变成了数字，后面的位数已经丢了。把这一格设为文本格式，重新填上完整的编码",
                            cell.text
                        ),
                        format!(
                            "`{}` became a number and lost digits: set the cell to text and fill in the whole code",
                            cell.text
                        ),
                    ),
                );
                String::new()
            }
            (CellKind::Number, Some("phone" | "credit-code" | "base-code" | "site-code" | "police-number")) => {
                self.converted(
                    at,
                    &cell.text,
                    "这一格是数字，开头的 0 可能丢了",
                    "the cell is a number and may have lost leading zeros",
                );
                cell.text
            }
            (CellKind::Day, Some("date")) => {
                self.converted(at, &cell.text, "这一格是日期格式", "the cell is a day");
                cell.text.split(' ').next().unwrap_or_default().to_owned()
            }
            (CellKind::Day, _) => {
                self.fault(
                    at,
                    Words::new(
                        format!("这一格被改成了日期（{}），原来的文字丢了。设为文本格式，重新填", cell.text),
                        format!(
                            "the cell became a day ({}) and lost its text: set it to text and fill it in again",
                            cell.text
                        ),
                    ),
                );
                String::new()
            }
            _ => cell::tidy(&cell.text),
        }
    }

    /// A day that a spreadsheet shows as a number.
    fn serial(&mut self, at: At, cell: &Cell) -> String {
        let days: Option<i64> = cell.text.parse().ok().filter(|days| (1..2_958_466).contains(days));
        let date = days.and_then(|days| {
            let since = jiff::Span::new().try_days(days - EPOCH).ok()?;
            jiff::civil::date(1970, 1, 1).checked_add(since).ok()
        });
        match date {
            Some(date) => {
                let text = date.to_string();
                self.converted(at, &text, "这一格的日期变成了数字", "the day in this cell became a number");
                text
            }
            None => cell.text.clone(),
        }
    }

    fn converted(&mut self, at: At, text: &str, zh: &str, en: &str) {
        self.gathered.add(
            &codes::TB08,
            at,
            Words::new(format!("{zh}，读作 `{text}`"), format!("{en}, read as `{text}`")),
            self.tree,
        );
    }

    /// Fills the rows of one key.
    fn part(&mut self, layout: usize, rows: &[u32], before: &Value, target: &mut Value) {
        let body = self.gathered.body_of(layout);
        let Some(key) = body.key().map(str::to_owned) else { return };
        let path = FieldPath::root().key(&key);
        let old = bodies(before, &self.sheet(layout));
        if rows.is_empty() && old.is_empty() {
            return;
        }
        if let (Some(word), Some(row)) =
            (target.get(&key).filter(|now| !now.is_array() && !now.is_object()), rows.first())
        {
            let word = cell::shown(word);
            let at = self.id_cell(layout, *row);
            let words = Words::new(
                format!("`{key}` 写了“{word}”，这里又有内容"),
                format!("`{key}` says “{word}”, and there are rows here"),
            );
            self.gathered.add(&codes::TB10, at, words, self.tree);
            self.is_sound = false;
            return;
        }
        let new = match body {
            Body::Group(_) => self.group(layout, rows, &path, old.first()),
            Body::Pairs(_) => self.pairs(layout, rows, &path, before.get(&key)),
            _ => self.entries(layout, rows, &path, &old),
        };
        let Value::Object(map) = target else { return };
        // A word that was written in its column stands for the whole.
        let has_word = map.get(&key).is_some_and(|now| !now.is_array() && !now.is_object());
        match new {
            Some(value) if !has_word => {
                map.insert(key, value);
            }
            None if !has_word => {
                map.shift_remove(&key);
            }
            _ => {}
        }
    }

    fn group(&mut self, layout: usize, rows: &[u32], path: &FieldPath, old: Option<&Value>) -> Option<Value> {
        let before = old.cloned().unwrap_or_else(|| Value::Object(Map::new()));
        let Some(row) = rows.first() else {
            return if self.delete { None } else { self.keep(path, old).cloned() };
        };
        let mut body = before.clone();
        self.row(layout, *row, path, &before, &mut body);
        Some(body)
    }

    fn keep<'v>(&mut self, path: &FieldPath, old: Option<&'v Value>) -> Option<&'v Value> {
        let old = old?;
        let change = Change {
            kind: ChangeKind::Kept,
            field: field(&Value::Null, path),
            old: cell::shown(old),
            new: String::new(),
        };
        self.kept.push(change);
        Some(old)
    }

    /// The entries of a list. Rows that say the same as an entry are that entry.
    fn entries(&mut self, layout: usize, rows: &[u32], path: &FieldPath, old: &[Value]) -> Option<Value> {
        let sheet = self.sheet(layout);
        let begun = self.cells.len();
        let mut free: Vec<usize> = (0..old.len()).collect();
        let mut new: Vec<Value> = Vec::new();
        let mut is_same = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            let columns = self.columns(layout, *row);
            let says = |entry: &Value, filler: &Self| {
                columns.iter().all(|(column, at)| {
                    let cell = filler.gathered.cell(*at).filter(|cell| cell.kind == CellKind::Text);
                    let told = cell.map(|cell| cell::tidy(&cell.text)).unwrap_or_default();
                    let is_plain = filler.gathered.cell(*at).is_none_or(|cell| cell.kind == CellKind::Text);
                    is_plain && told.trim_end() == cell::tidy(&text(entry, column)).trim_end()
                })
            };
            // The nearest of equal entries, so that equal ones keep their order.
            let found = free.iter().copied().filter(|at| says(&old[*at], self)).min_by_key(|at| at.abs_diff(n));
            is_same.push(found.is_some());
            match found {
                Some(at) => {
                    free.retain(|other| *other != at);
                    new.push(old[at].clone());
                }
                None => {
                    let mut entry = empty(&sheet.body);
                    self.row(layout, *row, &path.index(n), &empty(&sheet.body), &mut entry);
                    new.push(entry);
                }
            }
        }
        // What is not the same is filled once more into the entry it was.
        let steps = align(old, &new);
        let both = steps.iter().filter_map(|step| match step {
            Aligned::Both(at, from) => Some((*at, *from)),
            _ => None,
        });
        for (at, from) in both.chain(moved(&steps, old, &new)).collect::<Vec<_>>() {
            if !is_same[from] && matches!(sheet.body, Body::Entries(_)) {
                let mut entry = old[at].clone();
                let (sound, findings) = (self.is_sound, self.gathered.findings.clone());
                let cells = self.cells.len();
                self.row(layout, rows[from], &path.index(from), &old[at], &mut entry);
                self.cells.truncate(cells);
                (self.gathered.findings, self.is_sound) = (findings, sound);
                new[from] = entry;
            }
        }
        let (list, places) = self.with_kept(path, old, new);
        // Entries that were kept stand between the rows: what a cell says is at another position.
        let position = |row: usize| places.iter().position(|from| *from == Some(row)).unwrap_or(row);
        for (place, _) in &mut self.cells[begun..] {
            if let Some(Step::Index(n)) = place.0.get_mut(path.0.len()) {
                *n = position(*n);
            }
        }
        for (row, number) in rows.iter().enumerate() {
            self.cells.push((path.index(position(row)), self.id_cell(layout, *number)));
        }
        (!list.is_empty()).then_some(Value::Array(list))
    }

    /// The new entries with the old ones whose rows are gone, which stay unless they are to be deleted;
    /// and which of the new ones each is.
    fn with_kept(&mut self, path: &FieldPath, old: &[Value], new: Vec<Value>) -> (Vec<Value>, Vec<Option<usize>>) {
        let steps = align(old, &new);
        let elsewhere = moved(&steps, old, &new);
        let mut list = Vec::new();
        let mut places = Vec::new();
        for step in steps {
            match step {
                Aligned::Both(_, from) | Aligned::New { from, .. } => {
                    list.push(new[from].clone());
                    places.push(Some(from));
                }
                Aligned::Old(at) if !self.delete && !elsewhere.iter().any(|(was, _)| *was == at) => {
                    let whole = Value::Object(Map::from_iter([("".to_owned(), Value::Array(old.to_vec()))]));
                    let name = field(&whole, &FieldPath::root().key("").index(at));
                    let change = Change {
                        kind: ChangeKind::Kept,
                        field: format!("{path}{name}"),
                        old: String::new(),
                        new: String::new(),
                    };
                    self.kept.push(change);
                    list.push(old[at].clone());
                    places.push(None);
                }
                Aligned::Old(_) => {}
            }
        }
        (list, places)
    }

    /// The pairs of a mapping whose keys are the editors' own.
    fn pairs(&mut self, layout: usize, rows: &[u32], path: &FieldPath, before: Option<&Value>) -> Option<Value> {
        let empty = Map::new();
        let old = before.and_then(Value::as_object).unwrap_or(&empty);
        let mut map = Map::new();
        for row in rows {
            let columns = self.columns(layout, *row);
            let find = |is_key: bool| columns.iter().find(|(column, _)| column.path.is_empty() == is_key).cloned();
            let (Some((key, key_at)), Some((value, value_at))) = (find(true), find(false)) else { continue };
            let name = self.cell_text(key_at, &key);
            let told = self.cell_text(value_at, &value);
            if name.is_empty() {
                self.fault(
                    key_at,
                    Words::new(format!("`{}` 是空的", key.header), format!("`{}` is empty", key.header)),
                );
                continue;
            }
            self.cells.push((path.key(&name), value_at));
            let now = old.get(&name).filter(|now| cell::tidy(&cell::shown(now)).trim_end() == told.trim_end());
            let read = match now {
                Some(now) => Ok(now.clone()),
                None => cell::read(&told, &value.shape),
            };
            match read {
                Ok(value) if !map.contains_key(&name) => {
                    map.insert(name, value);
                }
                Ok(_) => {
                    self.fault(key_at, Words::new(format!("`{name}` 写了两次"), format!("`{name}` is written twice")));
                }
                Err(words) => self.fault(value_at, words),
            }
        }
        let mut list: Vec<(String, Value)> = map.into_iter().collect();
        for (n, (name, value)) in old.iter().enumerate() {
            if !self.delete && !list.iter().any(|(known, _)| known == name) {
                self.keep(&path.key(name), Some(value));
                list.insert(n.min(list.len()), (name.clone(), value.clone()));
            }
        }
        (!list.is_empty()).then(|| Value::Object(list.into_iter().collect()))
    }
}

/// What a new row begins as.
fn empty(body: &Body) -> Value {
    match body {
        Body::Sentences(_) => Value::Null,
        _ => Value::Object(Map::new()),
    }
}

/// Takes out what a column says, and groups that hold nothing any longer.
fn remove(body: &mut Value, column: &Column) {
    fn take(value: &mut Value, path: &[String], is_word: bool) {
        let (Value::Object(map), Some((key, rest))) = (value, path.split_first()) else { return };
        match map.get_mut(key) {
            Some(Value::Object(_) | Value::Array(_)) if rest.is_empty() && is_word => {}
            Some(_) if rest.is_empty() => {
                map.shift_remove(key);
            }
            Some(inner) => {
                take(inner, rest, is_word);
                if inner.as_object().is_some_and(Map::is_empty) {
                    map.shift_remove(key);
                }
            }
            None => {}
        }
    }
    take(body, &column.path, column.is_word);
}
