//! What is let pass: comments beside the text and the entries of `exceptions.yaml`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::frame::comment::{Comment, Comments};
use crate::check::frame::{is_fixed, levels, named};
use crate::diagnostics::{Code, Finding, Place, Severity, Target, Words, nearest};
use crate::portal::Portal;
use crate::schema::portal_tables::Exception;
use crate::source::{FieldPath, FileId, SourceTree, Step};
use crate::yaml::Positions;

/// AL02.
pub(super) static AL02: Code = Code {
    id: "AL02",
    name: "allowance-without-reason",
    severity: Severity::Error,
    title_zh: "放行没有写理由",
    title_en: "finding let pass without a reason",
    explain_zh: "放行一个问题要说明为什么，后来的人才知道还该不该放行。写成“# 允许 VG01：理由”。",
    explain_en: "Who lets a finding pass says why, so that others can tell whether it still holds: # 允许 VG01：reason.",
};

/// AL03.
pub(super) static AL03: Code = Code {
    id: "AL03",
    name: "idle-allowance",
    severity: Severity::Warning,
    title_zh: "放行已经没有用处",
    title_en: "allowance that lets nothing pass",
    explain_zh: "放行的问题已经没有了，或者放行已经到期。删掉它，免得以后同样的问题悄悄放过去。",
    explain_en: "What was let pass is gone, or the allowance has ended. Remove it, or the same fault passes unseen later.",
};

/// The classes of changes that `mingbai review` lets pass by the same file.
pub const CHANGE_CLASSES: [&str; 12] = [
    "加重负担",
    "结构",
    "事实",
    "减轻负担",
    "文字",
    "连带",
    "burden",
    "structure",
    "fact",
    "relief",
    "wording",
    "consequence",
];

/// Reasons that give none.
const NO_REASON: [&str; 8] = ["无", "略", "暂无", "同上", "-", "—", "/", "理由"];

/// One permission.
#[derive(Debug)]
pub(super) struct Allowance {
    code: &'static Code,
    /// The file whose findings it lets pass.
    file: FileId,
    cover: Cover,
    /// Where it is written.
    place: Place,
    reason: String,
    agreed: Option<(String, String)>,
    /// The day on which it ended.
    ended: Option<String>,
    is_used: bool,
}

/// Which findings of the file.
#[derive(Debug)]
enum Cover {
    /// Those that begin in these bytes.
    Bytes(Range<usize>),
    /// Those of this field and what is in it.
    Field(String),
    /// All.
    File,
}

/// All permissions, by file and code.
#[derive(Debug, Default)]
pub(super) struct Allowances {
    all: Vec<Allowance>,
    by_code: BTreeMap<(FileId, &'static str), Vec<usize>>,
}

/// The permissions of a portal, with a finding for each that is none.
pub(super) fn of(tree: &SourceTree, portal: &Portal, comments: &mut Comments, faults: &mut Vec<Finding>) -> Allowances {
    let mut allowances = Allowances::default();
    let by_file: Vec<(FileId, &[Comment])> = tree.files.iter().map(|file| file.id).zip(comments.of(tree)).collect();
    for (file, comments) in by_file {
        for comment in comments {
            allowances.add(from_comment(file, comment), faults);
        }
    }
    let Some(file) = tree.files.iter().find(|file| file.path == "content/exceptions.yaml") else { return allowances };
    for (n, exception) in portal.exceptions.exceptions.iter().enumerate() {
        if CHANGE_CLASSES.contains(&exception.code.as_str()) {
            continue;
        }
        let place = Place { file: file.id, target: entry(n) };
        if let (Err(None), Some(class)) = (named(&exception.code), nearest(&exception.code, CHANGE_CLASSES)) {
            let fault = levels::unknown(&exception.code, None, place);
            faults.push(fault.repair(format!("改成 `{class}`"), format!("write `{class}`")));
            continue;
        }
        let made = from_exception(tree, portal, exception, place);
        allowances.add(made, faults);
    }
    allowances
}

fn entry(n: usize) -> Target {
    Target::Value(FieldPath::root().key("例外").index(n).key("代码"))
}

/// The code a permission names, or what is wrong with it.
fn code_of(word: &str, place: &Place) -> Result<&'static Code, Box<Finding>> {
    match named(word) {
        Err(near) => Err(Box::new(levels::unknown(word, near, place.clone()))),
        Ok(code) if is_fixed(code) => Err(Box::new(levels::fixed(code, place.clone()))),
        Ok(code) => Ok(code),
    }
}

fn from_comment(file: FileId, comment: &Comment) -> Result<Allowance, Box<Finding>> {
    let place = Place { file, target: Target::Bytes(comment.code_at.clone()) };
    let code = code_of(&comment.code, &place)?;
    let cover = Cover::Bytes(comment.covers.clone());
    made(Allowance {
        code,
        file,
        cover,
        place,
        reason: comment.reason.clone(),
        agreed: None,
        ended: None,
        is_used: false,
    })
}

fn from_exception(
    tree: &SourceTree,
    portal: &Portal,
    exception: &Exception,
    place: Place,
) -> Result<Allowance, Box<Finding>> {
    let code = code_of(&exception.code, &place)?;
    // A file that is not there has no findings: the entry is told as idle.
    let file = tree.files.iter().find(|file| file.path == exception.file).map_or(place.file, |file| file.id);
    let ended = exception.until.filter(|until| until.date() < portal.as_of).map(|until| until.to_string());
    let agreed = Some((exception.person.clone(), exception.date.to_string()));
    let cover = exception.field.clone().map_or(Cover::File, Cover::Field);
    made(Allowance { code, file, cover, place, reason: exception.reason.clone(), agreed, ended, is_used: false })
}

/// The permission, if it has a reason.
fn made(allowance: Allowance) -> Result<Allowance, Box<Finding>> {
    if !NO_REASON.contains(&allowance.reason.trim()) && !allowance.reason.trim().is_empty() {
        return Ok(allowance);
    }
    let Allowance { code, place, .. } = allowance;
    Err(Box::new(
        Finding::new(
            &AL02,
            place.file,
            place.target,
            Words::new(format!("放行 `{}` 没有写理由", code.id), format!("`{}` is let pass without a reason", code.id)),
        )
        .allowed(
            format!("“允许 {}：理由”，理由说明为什么这里可以", code.id),
            format!("允许 {}：reason, which says why it may stand here", code.id),
        )
        .repair("在冒号后面写上理由；说不出理由就改正问题", "write the reason behind a colon, or repair the finding"),
    ))
}

impl Allowances {
    /// Whether nothing is let pass.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn add(&mut self, made: Result<Allowance, Box<Finding>>, faults: &mut Vec<Finding>) {
        match made {
            Ok(allowance) => {
                self.by_code.entry((allowance.file, allowance.code.id)).or_default().push(self.all.len());
                self.all.push(allowance);
            }
            Err(fault) => faults.push(*fault),
        }
    }

    /// The permissions that could let a finding of this file and code pass.
    pub(super) fn for_code(&self, file: FileId, code: &'static str) -> Vec<usize> {
        self.by_code.get(&(file, code)).cloned().unwrap_or_default()
    }

    /// The permission, if it covers this finding, which begins at this range.
    pub(super) fn covers(&self, n: usize, finding: &Finding, at: Option<&Range<usize>>) -> bool {
        let allowance = &self.all[n];
        let covers = match &allowance.cover {
            Cover::File => true,
            Cover::Bytes(range) => at.is_some_and(|at| range.start <= at.start && at.start <= range.end),
            Cover::Field(field) => match &finding.place.target {
                Target::Key(path) | Target::Value(path) | Target::Within(path, _) => is_below(path, field),
                Target::Bytes(_) | Target::File => false,
            },
        };
        covers && allowance.ended.is_none()
    }

    /// Notes that a permission was needed; gives its reason, and who agreed and when.
    pub(super) fn used(&mut self, n: usize) -> (String, Option<(String, String)>) {
        let allowance = &mut self.all[n];
        allowance.is_used = true;
        (allowance.reason.clone(), allowance.agreed.clone())
    }

    /// A finding for each permission that let nothing pass, though its file was looked at.
    pub(super) fn idle(&self, tree: &SourceTree, unread: &[FileId]) -> Vec<Finding> {
        let idle = self.all.iter().filter(|one| !one.is_used && !unread.contains(&one.file));
        idle.map(|one| one.idle(tree)).collect()
    }
}

impl Allowance {
    fn idle(&self, tree: &SourceTree) -> Finding {
        let id = self.code.id;
        let message = match &self.ended {
            Some(day) => {
                Words::new(format!("放行 `{id}` 已于 {day} 到期"), format!("the allowance of `{id}` ended on {day}"))
            }
            None => Words::new(
                format!("这里没有 `{id}`（{}）要放行", self.code.title_zh),
                format!("there is no `{id}` ({}) here to let pass", self.code.title_en),
            ),
        };
        let finding = Finding::new(&AL03, self.place.file, self.place.target.clone(), message);
        let finding = match &self.cover {
            Cover::Field(field) if !has_field(tree, self.file, field) => finding.allowed(
                "文件里有的栏目，如“办理时限.承诺”“申请材料[2].名称”",
                "a field of the file, such as 办理时限.承诺 or 申请材料[2].名称",
            ),
            _ => finding,
        };
        finding.repair("删掉这条放行", "remove the allowance")
    }
}

/// Whether a path leads to the field or into it. Positions in lists may be left out.
fn is_below(path: &FieldPath, field: &str) -> bool {
    (1..=path.0.len()).any(|n| {
        let steps = FieldPath(path.0[..n].to_vec());
        let keys: Vec<Step> = steps.0.iter().filter(|step| matches!(step, Step::Key(_))).cloned().collect();
        steps.to_string() == field || FieldPath(keys).to_string() == field
    })
}

/// Whether a file has a field that is named like this.
fn has_field(tree: &SourceTree, file: FileId, field: &str) -> bool {
    let first = field.split(['.', '[']).next().unwrap_or_default();
    let text = &tree.file(file).text;
    let key = Positions::of(text).and_then(|positions| positions.key(&FieldPath::root().key(first)));
    key.is_some_and(|range| text[range].trim_matches(['"', '\'']) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_what_is_in_them() {
        let path = FieldPath::root().key("申请材料").index(1).key("名称");
        for field in ["申请材料", "申请材料[2]", "申请材料[2].名称", "申请材料.名称"] {
            assert!(is_below(&path, field), "{field}");
        }
        for field in ["申请", "申请材料[1]", "名称", "申请材料[2].名", ""] {
            assert!(!is_below(&path, field), "{field}");
        }
    }
}
