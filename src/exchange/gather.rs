//! What tables ask for: their rows, put together by the document they belong to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{Finding, Findings, Severity, Target, Words, codes, nearest};
use crate::exchange::guide;
use crate::exchange::lines::{Line, read_json_lines};
use crate::exchange::sheet::{Body, DEPARTMENT, Kind, NUMBER, Sheet, sheets};
use crate::exchange::table::{At, Cell, Table, cell_name};
use crate::model::value::{Slug, Value as _};
use crate::source::{FileId, SourceTree};

/// The sheet of the words that columns offer.
const CHOICES: &str = "选项";
/// Spreadsheets of the old format end after this row.
const OLD_LAST_ROW: u32 = 65_535;
/// How many rows of a table without an id are named one by one.
const MOST_NAMELESS: usize = 20;
/// How many formulas of a table are named one by one.
const MOST_FORMULAS: usize = 5;

/// Everything the tables ask for.
#[derive(Debug)]
pub struct Gathered {
    pub(crate) tables: Vec<Table>,
    pub(crate) sheets: Vec<Sheet>,
    /// How the columns of each table are arranged; those that are read.
    pub(crate) layouts: Vec<Layout>,
    /// What each document is to be.
    pub(crate) wishes: BTreeMap<(Kind, String), Wish>,
    /// The files of the portal.
    pub(crate) texts: BTreeMap<String, Arc<str>>,
    /// Departments that have a row of their own.
    pub(crate) new_departments: Vec<String>,
    /// What is wrong so far.
    pub findings: Findings,
    known: BTreeMap<At, FileId>,
}

/// Which column of a table is which.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The table.
    pub(crate) table: usize,
    /// What it is, as a position in the list of sheets.
    pub(crate) sheet: usize,
    /// The column of the ids.
    pub(crate) id: u32,
    /// The column of the numbers, if it is there.
    number: Option<u32>,
    /// The column of the departments, if it is there.
    department: Option<u32>,
    /// The columns that are there: the position in the sheet, and in the table.
    pub(crate) columns: Vec<(usize, u32)>,
}

/// What one document is to be.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    /// The row of the document itself, in the table of its kind.
    pub(crate) own: Option<At>,
    /// The first cell that names it.
    pub(crate) at: At,
    /// Its department, if that is told.
    pub(crate) department: Option<String>,
    /// Its rows, by the position of the layout.
    pub(crate) rows: BTreeMap<usize, Vec<u32>>,
    /// What a line of JSON says of it.
    pub(crate) content: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Puts the rows of tables together. Findings name cells, which are added to the tree as files.
pub fn gather(tables: Vec<Table>, tree: &mut SourceTree) -> Gathered {
    let mut gathered = Gathered {
        tables,
        sheets: sheets(),
        layouts: Vec::new(),
        wishes: BTreeMap::new(),
        texts: BTreeMap::new(),
        new_departments: Vec::new(),
        findings: Findings::new(),
        known: BTreeMap::new(),
    };
    for table in 0..gathered.tables.len() {
        gathered.lay_out(table, tree);
        gathered.formulas(table, tree);
    }
    for layout in 0..gathered.layouts.len() {
        gathered.collect(layout, tree);
    }
    gathered
}

/// The same for lines of JSON; `name` is that of the file.
pub fn gather_lines(name: &str, text: &str, tree: &mut SourceTree) -> Gathered {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let rows: BTreeMap<u32, BTreeMap<u32, Cell>> = lines
        .map(|(n, line)| (u32::try_from(n).unwrap_or(u32::MAX), BTreeMap::from([(0, Cell::text(line))])))
        .collect();
    let table = Table { name: String::new(), place: name.to_owned(), rows };
    let mut gathered = gather(Vec::new(), tree);
    let numbers: Vec<u32> = table.rows.keys().copied().collect();
    let read: Vec<Result<Line, Words>> = numbers.iter().map(|row| read_json_lines(&table.rows[row][&0].text)).collect();
    gathered.tables.push(table);
    for (row, read) in numbers.into_iter().zip(read) {
        let at = At { table: 0, row, column: 0 };
        match read {
            Ok((kind, id, department, content)) => {
                if let Some(wish) = gathered.named(kind, &id, at, true, tree) {
                    wish.department = department;
                    wish.content = Some(content);
                }
            }
            Err(words) => gathered.add(&codes::TB06, at, words, tree),
        }
    }
    gathered
}

impl Gathered {
    /// The cell at a place, if it holds something.
    pub(crate) fn cell(&self, at: At) -> Option<&Cell> {
        self.tables.get(at.table)?.rows.get(&at.row)?.get(&at.column)
    }

    /// A cell as a place of findings.
    pub(crate) fn place(&mut self, at: At, tree: &mut SourceTree) -> (FileId, Target) {
        let text = self.cell(at).map(|cell| cell.text.clone()).unwrap_or_default();
        let length = text.len();
        let name = match self.tables.get(at.table) {
            // Lines of JSON have no columns.
            Some(table) if table.name.is_empty() => format!("{}!{}", table.place, at.row + 1),
            Some(table) => format!("{}!{}", table.place, cell_name(at.row, at.column)),
            None => String::new(),
        };
        let head = self.tables.get(at.table).filter(|table| !table.name.is_empty()).and_then(|table| {
            let (_, heads) = table.rows.iter().next()?;
            Some(heads.get(&at.column)?.text.trim().to_owned())
        });
        let file = *self.known.entry(at).or_insert_with(|| {
            let file = tree.add_text(&name, &text.into());
            tree.cells.extend(head.map(|head| (file, (at.row + 1, head))));
            file
        });
        (file, Target::Bytes(0..length))
    }

    /// Adds a finding about a cell.
    pub(crate) fn add(&mut self, code: &'static crate::diagnostics::Code, at: At, words: Words, tree: &mut SourceTree) {
        let (file, target) = self.place(at, tree);
        self.findings.push(Finding::new(code, file, target, words));
    }

    fn last(&mut self, change: impl FnOnce(Finding) -> Finding) {
        if let Some(finding) = self.findings.last_mut() {
            *finding = change(finding.clone());
        }
    }

    /// Finds out what a table is, and which of its columns is which.
    fn lay_out(&mut self, table: usize, tree: &mut SourceTree) {
        let name = self.tables[table].name.clone();
        if [guide::NAME, CHOICES].contains(&name.as_str()) || self.tables[table].rows.is_empty() {
            return;
        }
        let Some((&row, cells)) = self.tables[table].rows.iter().next() else { return };
        let heads: Vec<(u32, String)> = cells.iter().map(|(n, cell)| (*n, cell.text.trim().to_owned())).collect();
        let Some(sheet) = self.sheets.iter().position(|sheet| sheet.name == name).or_else(|| self.guess(&heads)) else {
            return self.unknown_sheet(At { table, row, column: heads[0].0 }, &name, tree);
        };
        if self.layouts.iter().any(|layout| layout.sheet == sheet) {
            let words = Words::new(format!("`{name}` 有两张表"), format!("there are two tables of `{name}`"));
            return self.add(&codes::TB05, At { table, row, column: heads[0].0 }, words, tree);
        }
        let spec = self.sheets[sheet].clone();
        let mut layout = Layout { table, sheet, id: 0, number: None, department: None, columns: Vec::new() };
        let mut has_id = false;
        let mut seen: Vec<&str> = Vec::new();
        for (column, head) in &heads {
            let at = At { table, row, column: *column };
            if head.starts_with(['（', '(']) {
                continue;
            }
            if seen.contains(&head.as_str()) {
                let words = Words::new(format!("有两列都叫 `{head}`"), format!("two columns are called `{head}`"));
                self.add(&codes::TB03, at, words, tree);
                self.last(|finding| finding.repair("删掉其中一列", "delete one of them"));
                continue;
            }
            seen.push(head);
            if head == spec.kind.name() && (spec.body.key().is_some() || *column == heads[0].0) {
                (layout.id, has_id) = (*column, true);
            } else if head == NUMBER && !spec.body.is_single() {
                layout.number = Some(*column);
            } else if head == DEPARTMENT && spec.kind == Kind::Item && spec.body == Body::Documents {
                layout.department = Some(*column);
            } else if let Some(n) = spec.columns.iter().position(|known| known.header == *head) {
                layout.columns.push((n, *column));
            } else {
                self.unknown_column(at, head, &spec, tree);
            }
        }
        if !has_id {
            return self.no_id(At { table, row, column: heads[0].0 }, &spec, tree);
        }
        self.without_heading(table, row, &heads, tree);
        self.layouts.push(layout);
    }

    /// The sheet whose headings a table without a known name has.
    fn guess(&self, heads: &[(u32, String)]) -> Option<usize> {
        let fits = |sheet: &Sheet| {
            let headers = sheet.headers();
            heads.len() > 1
                && heads[0].1 == sheet.kind.name()
                && heads.iter().all(|(_, head)| headers.contains(head))
                && sheet.columns.iter().any(|column| heads.iter().any(|(_, head)| *head == column.header))
        };
        let mut found = self.sheets.iter().enumerate().filter(|(_, sheet)| fits(sheet)).map(|(n, _)| n);
        match (found.next(), found.next()) {
            (Some(n), None) => Some(n),
            _ => None,
        }
    }

    fn unknown_sheet(&mut self, at: At, name: &str, tree: &mut SourceTree) {
        let names: Vec<String> = self.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let words = Words::new(format!("不认识的表 `{name}`，没有读"), format!("unknown table `{name}`, not read"));
        self.add(&codes::TB02, at, words, tree);
        let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
        self.last(|finding| {
            let finding = finding.allowed(names.join("、"), names.join(", "));
            match near {
                Some(near) => finding.repair(format!("改名为 `{near}`"), format!("rename it to `{near}`")),
                None => finding.repair("改成上面的名字；不是要导入的就不用管", "use one of these names, or leave it"),
            }
        });
    }

    fn unknown_column(&mut self, at: At, head: &str, sheet: &Sheet, tree: &mut SourceTree) {
        let names = sheet.headers();
        let words = Words::new(format!("不认识的列 `{head}`"), format!("unknown column `{head}`"));
        self.add(&codes::TB03, at, words, tree);
        let near = nearest(head, names.iter().map(String::as_str)).map(str::to_owned);
        self.last(|finding| {
            let finding = finding.allowed(names.join("、"), names.join(", "));
            match near {
                Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
                None => finding.repair(
                    "换成上面的列名；只给人看的列，名字加上（）",
                    "use one of these, or put the name of a note in parentheses",
                ),
            }
        });
    }

    fn no_id(&mut self, at: At, sheet: &Sheet, tree: &mut SourceTree) {
        let name = sheet.kind.name();
        let words = Words::new(
            format!("没有 `{name}` 这一列，不知道每一行说的是哪个{name}"),
            format!("there is no column `{name}` to say what each row is about"),
        );
        self.add(&codes::TB04, at, words, tree);
        self.last(|finding| {
            finding.repair(
                format!("加上 `{name}` 这一列，写代号（文件夹或文件的名字）"),
                format!("add the column `{name}` with ids"),
            )
        });
    }

    /// Cells in a column that has no heading would be lost without a word.
    fn without_heading(&mut self, table: usize, head: u32, heads: &[(u32, String)], tree: &mut SourceTree) {
        let rows = self.tables[table].rows.range(head + 1..);
        let found = rows.into_iter().find_map(|(row, cells)| {
            let lost = cells.keys().find(|column| !heads.iter().any(|(known, _)| known == *column))?;
            Some(At { table, row: *row, column: *lost })
        });
        if let Some(at) = found {
            let words = Words::new("这一列没有列名，不会读", "the column has no heading and is not read");
            self.add(&codes::TB03, at, words, tree);
            self.last(|finding| finding.repair("在第一行写上列名，或者删掉这一列", "write its heading, or delete it"));
        }
    }

    /// Says of the first formulas that their values are taken.
    fn formulas(&mut self, table: usize, tree: &mut SourceTree) {
        let rows = &self.tables[table].rows;
        let all: Vec<At> = rows
            .iter()
            .flat_map(|(row, cells)| {
                cells.iter().filter(|(_, cell)| cell.is_formula).map(move |(column, _)| (*row, *column))
            })
            .map(|(row, column)| At { table, row, column })
            .collect();
        for at in all.iter().take(MOST_FORMULAS) {
            let words = Words::new(
                format!("这一格是公式，取的是算好的值（这张表共 {} 格公式）", all.len()),
                format!("a formula: its value is taken ({} formulas in this table)", all.len()),
            );
            self.add(&codes::TB07, *at, words, tree);
        }
    }

    /// Reads the rows of a table.
    fn collect(&mut self, layout: usize, tree: &mut SourceTree) {
        let Layout { table, sheet, id, number, department, .. } = self.layouts[layout];
        let kind = self.sheets[sheet].kind;
        let body = self.sheets[sheet].body.clone();
        let head = self.tables[table].rows.keys().next().copied().unwrap_or(0);
        if self.tables[table].rows.contains_key(&OLD_LAST_ROW)
            && !self.tables[table].rows.contains_key(&(OLD_LAST_ROW + 1))
        {
            let words = Words::new(
                "表正好在第 65536 行结束，可能被旧版 .xls 截断了",
                "the table ends at row 65536 exactly, where the old .xls format cuts",
            );
            self.add(&codes::TB08, At { table, row: OLD_LAST_ROW, column: id }, words, tree);
        }
        let rows: Vec<u32> = self.tables[table].rows.range(head + 1..).map(|(row, _)| *row).collect();
        let mut numbered: BTreeMap<String, Vec<(i64, u32)>> = BTreeMap::new();
        let mut nameless = 0;
        for row in rows {
            let at = At { table, row, column: id };
            let Some(name) = self.cell(at).map(|cell| cell.text.trim().to_owned()) else {
                nameless += 1;
                if nameless > MOST_NAMELESS {
                    continue;
                }
                let words = Words::new(
                    format!("这一行没有写 `{}`", kind.name()),
                    format!("the row names no `{}`", kind.name()),
                );
                self.add(&codes::TB09, at, words, tree);
                self.last(|finding| finding.repair("写上代号，或者删掉这一行", "write the id, or delete the row"));
                continue;
            };
            let department = department
                .and_then(|column| self.cell(At { table, row, column }))
                .map(|cell| cell.text.trim().to_owned());
            if body.is_single()
                && self.wishes.get(&(kind, name.clone())).is_some_and(|wish| wish.rows.contains_key(&layout))
            {
                self.twice(kind, &name, at, layout, tree);
                continue;
            }
            let Some(wish) = self.named(kind, &name, at, body == Body::Documents, tree) else { continue };
            if department.is_some() {
                wish.department = department;
            }
            let rows = numbered.entry(name).or_default();
            let before = rows.last().map_or(0, |(number, _)| *number);
            let cell = number.and_then(|column| self.tables[table].rows.get(&row)?.get(&column));
            rows.push((cell.and_then(|cell| cell.text.trim().parse().ok()).unwrap_or(before), row));
            if body.is_single() {
                self.put(kind, layout, &mut numbered);
            }
        }
        self.put(kind, layout, &mut numbered);
        // A document without rows in this table has none.
        let ids: Vec<(Kind, String)> = self.wishes.keys().filter(|(known, _)| *known == kind).cloned().collect();
        for key in ids {
            if let Some(wish) = self.wishes.get_mut(&key) {
                wish.rows.entry(layout).or_default();
            }
        }
    }

    fn put(&mut self, kind: Kind, layout: usize, numbered: &mut BTreeMap<String, Vec<(i64, u32)>>) {
        for (name, mut rows) in std::mem::take(numbered) {
            rows.sort_by_key(|(number, _)| *number);
            if let Some(wish) = self.wishes.get_mut(&(kind, name)) {
                wish.rows.entry(layout).or_default().extend(rows.into_iter().map(|(_, row)| row));
            }
        }
    }

    fn twice(&mut self, kind: Kind, name: &str, at: At, layout: usize, tree: &mut SourceTree) {
        let first = self.wishes.get(&(kind, name.to_owned())).and_then(|wish| wish.rows.get(&layout)?.first().copied());
        let words = Words::new(format!("`{name}` 有两行"), format!("`{name}` has two rows"));
        self.add(&codes::TB05, at, words, tree);
        let first = first.map(|row| self.place(At { row, ..at }, tree));
        self.last(|finding| {
            let finding = finding.repair("合成一行，或者改成另一个代号", "make them one row, or use another id");
            match first {
                Some((file, target)) => finding.related(
                    crate::diagnostics::Place { file, target },
                    Words::new("先写在这里", "first written here"),
                ),
                None => finding,
            }
        });
    }

    /// The wish of a document; a new one if it was not named before.
    fn named(&mut self, kind: Kind, name: &str, at: At, is_own: bool, tree: &mut SourceTree) -> Option<&mut Wish> {
        let key = (kind, name.to_owned());
        if is_own && self.wishes.get(&key).is_some_and(|wish| wish.content.is_some()) {
            let words = Words::new(format!("`{name}` 有两行"), format!("`{name}` has two lines"));
            self.add(&codes::TB05, at, words, tree);
            return None;
        }
        if let Err(error) = Slug::parse(name)
            && !self.wishes.contains_key(&key)
        {
            self.add(&codes::TB09, at, error.problem, tree);
            let (allowed, suggestion) = (error.allowed, error.suggestion);
            self.last(|finding| {
                let finding = finding.allowed(allowed.zh, allowed.en);
                match suggestion {
                    Some(right) => finding.repair(format!("改成 `{right}`"), format!("write `{right}`")),
                    None => finding.repair("换成小写字母、数字和短横线", "use lower-case letters, digits and hyphens"),
                }
            });
            return None;
        }
        let wish = self.wishes.entry(key).or_insert_with(|| Wish { at, ..Wish::default() });
        if is_own {
            wish.own = Some(at);
            wish.at = at;
        }
        Some(wish)
    }

    /// Whether a kind has its own table here, so that a document that is not in it is missing.
    pub(crate) fn has_documents(&self, kind: Kind) -> bool {
        self.layouts
            .iter()
            .any(|layout| self.sheets[layout.sheet].kind == kind && self.sheets[layout.sheet].body == Body::Documents)
    }

    /// Whether nothing was wrong so far.
    pub(crate) fn is_sound(&self) -> bool {
        !self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Lets cells be added to another tree.
    pub(crate) fn forget_places(&mut self) {
        self.known.clear();
    }
}
