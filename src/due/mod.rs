//! What somebody must see to, and by when (到期清单); and the next day on
//! which the public site is another although nobody edits it.
//!
//! Both rest on a portal that was resolved with drafts: what is not in force
//! yet has its day as well.

mod ics;
mod next;
mod print;

pub use next::{Coming, next_change};
pub use print::{Form, print};

use jiff::civil::{Date, date};

use crate::diagnostics::{Lang, Words};
use crate::portal::{Item, ItemStatus, Law, Portal};
use crate::schema;
use crate::source::{FileId, SourceTree};

/// Why something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// 复核: the guide is to be looked through again.
    Review,
    /// 依据: a law it rests on changes or changed.
    Basis,
    /// 生效: it comes into force.
    Start,
    /// 取消: it ends.
    End,
    /// 通知: a notice begins or ends.
    Notice,
    /// 放行: a finding that was let pass is let pass no longer.
    Exception,
    /// 日历: a year has no official holidays yet.
    Calendar,
}

impl Reason {
    /// What it is called.
    pub fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Reason::Review => ("复核", "review"),
            Reason::Basis => ("依据", "basis"),
            Reason::Start => ("生效", "start"),
            Reason::End => ("取消", "end"),
            Reason::Notice => ("通知", "notice"),
            Reason::Exception => ("放行", "exception"),
            Reason::Calendar => ("日历", "calendar"),
        };
        if lang == Lang::Zh { zh } else { en }
    }
}

/// One thing that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// By when.
    pub date: Date,
    /// Why.
    pub reason: Reason,
    /// The department or body that sees to it.
    pub department: String,
    /// The office (科室) or post; may be nothing.
    pub office: String,
    /// What it is about.
    pub name: String,
    /// What is due, in a sentence.
    pub what: Words,
    /// The full address of the page, if there is one.
    pub url: Option<String>,
    /// The file that is to be edited.
    pub file: String,
    /// What tells it from other things of the same file and reason.
    pub mark: String,
}

impl Due {
    /// Who sees to it: 部门 · 科室.
    pub fn owner(&self) -> String {
        match self.office.is_empty() {
            true => self.department.clone(),
            false => format!("{} · {}", self.department, self.office),
        }
    }
}

/// Everything that is due up to a day, the first first. What should have been done already is in it.
pub fn due(portal: &Portal, tree: &SourceTree, until: Date) -> Vec<Due> {
    let mut list = List { portal, tree, all: Vec::new() };
    for item in &portal.items {
        list.item(item);
    }
    list.notices();
    list.exceptions();
    list.calendar();
    let mut all = list.all;
    all.retain(|due| due.date <= until);
    all.sort_by(|a, b| {
        (a.date, &a.department, &a.office, &a.name, a.reason).cmp(&(
            b.date,
            &b.department,
            &b.office,
            &b.name,
            b.reason,
        ))
    });
    all
}

/// The list while it is made.
struct List<'a> {
    portal: &'a Portal,
    tree: &'a SourceTree,
    all: Vec<Due>,
}

impl List<'_> {
    fn path(&self, file: FileId) -> String {
        self.tree.file(file).path.clone()
    }

    fn item(&mut self, item: &Item) {
        if matches!(item.status, ItemStatus::Cancelled | ItemStatus::Draft) || !item.facts.approval.state.is_public() {
            return;
        }
        let facts = &item.facts;
        let (key, last) = match facts.verified {
            Some(day) if day.date() >= facts.updated.date() => (("复核日期", "looked through on"), day.date()),
            _ => (("更新日期", "updated on"), facts.updated.date()),
        };
        if let Some(cycle) = facts.review_cycle
            && let Some(end) = cycle.end(last)
        {
            let what = Words::new(
                format!("每{cycle}复核一次，{}是{last}：核对一遍，改好“复核日期”", key.0),
                format!("due every {cycle}, {} {last}: compare it with the law in force and set 复核日期", key.1),
            );
            self.add_item(item, end, Reason::Review, what, String::new());
        }
        let mut laws: Vec<&Law> = item.basis.iter().map(|used| self.portal.law(used.law)).collect();
        laws.sort_by(|a, b| a.id.cmp(&b.id));
        laws.dedup_by(|a, b| a.id == b.id);
        for law in laws {
            self.basis(item, law, last);
        }
        if let ItemStatus::Coming(day) = item.status {
            let what = Words::new("从这一天起公开并生效", "is published and in force from this day on");
            self.add_item(item, day, Reason::Start, what, String::new());
        }
        if let Some(day) = facts.cancelled_from.filter(|day| day.date() > self.portal.as_of) {
            let what = Words::new(
                "从这一天起取消：写好“状态说明”和“接替事项”",
                "ends on this day: write 状态说明 and 接替事项",
            );
            self.add_item(item, day.date(), Reason::End, what, String::new());
        }
    }

    /// What becomes of a law that an item rests on, or became of it since the guide was looked through.
    fn basis(&mut self, item: &Item, law: &Law, last: Date) {
        let as_of = self.portal.as_of;
        let name = &law.facts.name;
        let days = [law.facts.version, law.facts.effective].map(|day| day.map(|day| day.date()));
        let coming = days.iter().flatten().filter(|day| **day > as_of).min();
        let past = days.iter().flatten().filter(|day| **day > last && **day <= as_of).max();
        if let Some(day) = past {
            let what = Words::new(
                format!("《{name}》{day}改过，还没有照新的复核"),
                format!("《{name}》 changed on {day} and nobody compared the guide with it"),
            );
            self.add_item(item, *day, Reason::Basis, what, format!("{} past", law.id));
        }
        if let Some(day) = coming {
            let what = Words::new(
                format!("《{name}》从这一天起有新的规定，提前改好指南"),
                format!("《{name}》 is another from this day on: prepare the guide"),
            );
            self.add_item(item, *day, Reason::Basis, what, format!("{} new", law.id));
        }
        if let Some(day) = law.facts.repealed.map(|day| day.date()) {
            let what = Words::new(
                format!("《{name}》{day}废止，换成现行的依据"),
                format!("《{name}》 is repealed on {day}: cite what is in force"),
            );
            self.add_item(item, day, Reason::Basis, what, format!("{} repealed", law.id));
        }
    }

    fn add_item(&mut self, item: &Item, date: Date, reason: Reason, what: Words, mark: String) {
        let department = self.portal.department(item.department).facts.name.clone();
        self.all.push(Due {
            date,
            reason,
            department,
            office: item.facts.owner.office.told().cloned().unwrap_or_default(),
            name: item.everyday_name().to_owned(),
            what,
            url: Some(self.portal.absolute_url(&item.path())),
            file: self.path(item.file),
            mark,
        });
    }

    fn notices(&mut self) {
        let as_of = self.portal.as_of;
        for notice in self.portal.notices.iter().filter(|notice| !notice.head.draft.0) {
            let (from, until) = (notice.head.from.date(), notice.head.until.date());
            let owners = notice.departments.iter().map(|id| self.portal.department(*id).facts.name.clone());
            let owners: Vec<String> = owners.collect();
            let department = if owners.is_empty() { self.portal.site.sponsor.clone() } else { owners.join("、") };
            let starts = Words::new("从这一天起显示", "is shown from this day on");
            let ends = Words::new(
                "显示到这一天为止：到期仍然有效的，改“截止”",
                "is shown up to this day: change 截止 if it still holds",
            );
            for (day, what, mark) in [(from, starts, "from"), (until, ends, "until")] {
                let is_open = if mark == "from" { day > as_of } else { day >= as_of };
                if is_open {
                    self.all.push(Due {
                        date: day,
                        reason: Reason::Notice,
                        department: department.clone(),
                        office: String::new(),
                        name: notice.head.title.clone(),
                        what,
                        url: Some(self.portal.absolute_url(&notice.path())),
                        file: self.path(notice.file),
                        mark: mark.to_owned(),
                    });
                }
            }
        }
    }

    fn exceptions(&mut self) {
        for exception in &self.portal.exceptions.exceptions {
            let schema::portal_tables::Exception { code, file, reason, person, until: Some(day), .. } = exception
            else {
                continue;
            };
            self.all.push(Due {
                date: day.date(),
                reason: Reason::Exception,
                department: person.clone(),
                office: String::new(),
                name: format!("{code} {file}"),
                what: Words::new(
                    format!("放行到这一天为止（{reason}）：改好问题，或者重新同意"),
                    format!("let pass up to this day ({reason}): repair it, or agree anew"),
                ),
                url: None,
                file: "content/exceptions.yaml".to_owned(),
                mark: format!("{code} {file} {}", exception.field.as_deref().unwrap_or_default()),
            });
        }
    }

    /// This year and the next must have the holidays that were announced.
    fn calendar(&mut self) {
        let this = self.portal.as_of.year();
        for year in [this, this.saturating_add(1)] {
            if self.portal.calendar.covers(year) {
                continue;
            }
            self.all.push(Due {
                date: date(year, 1, 1),
                reason: Reason::Calendar,
                department: self.portal.site.sponsor.clone(),
                office: String::new(),
                name: format!("{year}年放假安排"),
                what: Words::new(
                    format!("calendar.yaml 里{year}年还没有“正式”的安排，工作日算不准"),
                    format!("calendar.yaml has no official holidays of {year}, so working days are not certain"),
                ),
                url: None,
                file: "content/calendar.yaml".to_owned(),
                mark: year.to_string(),
            });
        }
    }
}
