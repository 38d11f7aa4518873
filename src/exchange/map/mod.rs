//! A foreign list becomes a portal (映射导入).
//!
//! A mapping file says, in the keys of the content files, where each part of
//! a document comes from in the records of the list: see the handbook. It is
//! read and checked as a whole (`compile`); then it is carried out record by
//! record: parts are taken and cleaned (`eval`, `steps`), made to fit the
//! format (`fit`), and put together into files (`assemble`).
//!
//! No value of a record gets lost in silence: each is in the portal, or in the
//! [`Report`]. What a portal requires and the list does not tell is 待补.

mod assemble;
mod compile;
mod csv;
mod data;
mod eval;
mod fit;
mod html;
mod node;
mod phones;
mod record;
mod report;
mod steps;

use std::sync::Arc;

use serde_json::Value;

pub use assemble::Done;
pub use data::LIMIT;
pub use report::{Entry, LeftOut, Report, Why};

use crate::diagnostics::{Finding, Findings, Severity, Target, Words, codes, nearest};
use crate::source::{FileId, SourceTree};
use crate::yaml::{Shape, Source, read};

/// A file by its name and text.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The path as it was given.
    pub path: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// The mapping and the list, for printing findings.
    pub tree: SourceTree,
    /// What is wrong with them.
    pub findings: Findings,
    /// The portal and the report; none if there are errors.
    pub done: Option<Done>,
}

/// Turns a list into a portal as a mapping says. Nothing is written.
pub fn import(mapping: Named<'_>, list: Named<'_>, today: &str) -> Imported {
    let mut tree = SourceTree::default();
    let mut findings = Findings::new();
    let file = tree.add_text(mapping.path, &Arc::from(mapping.text));
    let done = carry_out(file, (mapping, list), today, (&mut tree, &mut findings));
    let done = done.filter(|_| !findings.has_errors());
    Imported { tree, findings, done }
}

fn carry_out(
    file: FileId,
    (mapping, list): (Named<'_>, Named<'_>),
    today: &str,
    (tree, findings): (&mut SourceTree, &mut Findings),
) -> Option<Done> {
    let (value, found) = read::<Value>(Source { file, text: mapping.text, base: 0 }, &Shape::Any);
    findings.extend(found);
    let plan = compile::compile(&value?, file, findings)?;
    let records = match data::records(list.text, plan.within.as_deref()) {
        Ok(records) => records,
        Err(fault) => {
            findings.push(of_list(tree, list, &fault));
            return None;
        }
    };
    unknown_fields(&plan, &records, file, findings);
    assemble::assemble(&plan, &records, today, (file, findings))
}

/// A fault of the list, at its line.
fn of_list(tree: &mut SourceTree, list: Named<'_>, fault: &data::Fault) -> Finding {
    // Only the line is needed to show it; the list may be very long.
    let line = fault.line.checked_sub(1).and_then(|n| list.text.lines().nth(n)).unwrap_or_default();
    let file = tree.add_text(list.path, &Arc::from(""));
    let at = if fault.line == 0 {
        (String::new(), String::new())
    } else {
        (format!("第 {} 行：", fault.line), format!("line {}: ", fault.line))
    };
    let quoted: String = line.chars().take(60).collect();
    let quoted = if quoted.is_empty() { quoted } else { format!("：`{quoted}`") };
    let (zh, en) = (&fault.problem.zh, &fault.problem.en);
    let mut finding = Finding::new(
        &codes::IM02,
        file,
        Target::File,
        Words::new(format!("{}{zh}{quoted}", at.0), format!("{}{en}{}", at.1, quoted.replace('：', ": "))),
    );
    finding.repair = Some(fault.repair.clone());
    finding
}

/// Warns of fields that the mapping names and no record has.
fn unknown_fields(plan: &node::Plan, records: &[data::Record], file: FileId, findings: &mut Findings) {
    let mut known: Vec<&str> = Vec::new();
    for record in records {
        for name in record.fields.keys() {
            if !known.contains(&name.as_str()) {
                known.push(name);
            }
        }
    }
    let inner = |name: &str| records.iter().any(|record| record.fields.values().any(|value| has_key(value, name)));
    let mut told: Vec<&str> = Vec::new();
    for (name, at) in &plan.named {
        let first = name.split(['.', '[']).next().unwrap_or(name);
        let is_known = name == "$" || known.contains(&name.as_str()) || known.contains(&first);
        if is_known || told.contains(&name.as_str()) || inner(first) {
            continue;
        }
        told.push(name);
        let mut finding = Finding::new(
            &codes::IM03,
            file,
            Target::Value(at.clone()),
            Words::new(format!("没有一条记录有 `{name}` 这一栏"), format!("no record has a field `{name}`")),
        )
        .allowed(known.join("、"), known.join(", "));
        finding.severity = Severity::Warning;
        findings.push(match nearest(name, known.iter().copied()) {
            Some(near) => finding.repair(format!("改成 `{near}`"), format!("write `{near}`")),
            None => finding.repair("换成清单里有的栏目，或者删掉", "name a field of the list, or delete it"),
        });
    }
}

/// Whether a key stands anywhere in a value.
fn has_key(value: &Value, key: &str) -> bool {
    match value {
        Value::Object(map) => map.contains_key(key) || map.values().any(|value| has_key(value, key)),
        Value::Array(list) => list.iter().any(|value| has_key(value, key)),
        _ => false,
    }
}
