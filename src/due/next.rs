//! The next day on which the public site is another although nobody edits it.

use jiff::civil::Date;

use crate::diagnostics::Words;
use crate::due::Reason;
use crate::portal::Portal;
use crate::source::SourceTree;

/// One thing that changes the public site on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The day from which it holds.
    pub date: Date,
    /// What kind of change it is.
    pub reason: Reason,
    /// What changes.
    pub name: String,
    /// How it changes.
    pub why: Words,
    /// The file that says so.
    pub file: String,
}

/// Everything that changes the site on the first day after that of the portal on which anything does.
pub fn next_change(portal: &Portal, tree: &SourceTree) -> Vec<Coming> {
    let mut all = coming(portal, tree);
    all.retain(|one| one.date > portal.as_of);
    let Some(first) = all.iter().map(|one| one.date).min() else { return Vec::new() };
    all.retain(|one| one.date == first);
    all.sort_by(|a, b| (a.reason, &a.name, &a.file).cmp(&(b.reason, &b.name, &b.file)));
    all
}

fn coming(portal: &Portal, tree: &SourceTree) -> Vec<Coming> {
    let mut all = Vec::new();
    let mut add = |date: Date, reason, name: &str, why: Words, file| {
        all.push(Coming { date, reason, name: name.to_owned(), why, file: tree.file(file).path.clone() });
    };
    for item in portal.items.iter().filter(|item| item.facts.approval.state.is_public()) {
        let (facts, name) = (&item.facts, item.everyday_name());
        if let Some(day) = facts.effective {
            let why = Words::new("到了生效日期，页面开始公开", "its page is published, on its 生效日期");
            add(day.date(), Reason::Start, name, why, item.file);
        }
        if let Some(day) = facts.cancelled_from {
            let why =
                Words::new("到了计划取消日期，页面改为“已取消”", "its page says that it has ended (计划取消日期)");
            add(day.date(), Reason::End, name, why, item.file);
        }
        for change in &facts.changes {
            let why = Words::new("变更记录的日期到了，列入最近变更", "an entry of its change record is listed");
            add(change.date.date(), Reason::Start, name, why, item.file);
        }
    }
    for notice in portal.notices.iter().filter(|notice| !notice.head.draft.0) {
        let title = &notice.head.title;
        let starts = Words::new("通知开始显示", "the notice is shown");
        add(notice.head.from.date(), Reason::Notice, title, starts, notice.file);
        if let Ok(day) = notice.head.until.date().tomorrow() {
            let ends = Words::new("通知过了截止日期，从首页撤下", "the notice has ended and leaves the home page");
            add(day, Reason::Notice, title, ends, notice.file);
        }
    }
    all
}
