//! Reads `urls.lock`, with a finding for each line that is no address.

use std::sync::Arc;

use crate::diagnostics::{Finding, Target, Words, codes};
use crate::schema::urls_lock::{BadLine, LineFault, UrlsLock};
use crate::source::SourceFile;

/// The addresses of the last release.
pub(super) fn read(file: &SourceFile, findings: &mut Vec<Finding>) -> Arc<UrlsLock> {
    let (lock, bad) = UrlsLock::read(&file.text);
    findings.extend(bad.into_iter().map(|line| finding(file, line)));
    Arc::new(lock)
}

fn finding(file: &SourceFile, BadLine { range, fault }: BadLine) -> Finding {
    let said: String = file.text[range.clone()].chars().take(60).collect();
    let (message, repair) = match fault {
        LineFault::NoAddress => (
            Words::new(format!("`{said}` 不是网址"), format!("`{said}` is no address")),
            ("删掉这一行；下次发布时会重新写这个文件", "delete the line; the next release writes this file anew"),
        ),
        LineFault::Conflict => (
            Words::new(format!("git 合并没有做完，留下了 `{said}`"), format!("a merge of git left `{said}`")),
            (
                "两边的网址都留下，只删掉带 <<<<<<<、=======、>>>>>>> 的行",
                "keep the addresses of both sides and delete only the lines with <<<<<<<, ======= and >>>>>>>",
            ),
        ),
        LineFault::Twice => (
            Words::new(format!("`{said}` 的网址上面已经有了"), format!("the address of `{said}` stands above already")),
            ("删掉这一行", "delete the line"),
        ),
    };
    Finding::new(&codes::UR04, file.id, Target::Bytes(range), message)
        .allowed(
            "一行一个以 / 开头的网址，后面空一格写页面的名称",
            "one address a line, which begins with /, then its name",
        )
        .repair(repair.0, repair.1)
}
