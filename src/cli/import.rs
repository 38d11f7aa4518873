//! `mingbai import`: what a workbook, CSV files or lines of JSON change, and writing it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{self, Reporting, finding_args, flag, some_input_args, sub, tr};
use crate::cli::{Exit, files, import_map, import_words, report};
use crate::diagnostics::{Finding, Findings, Lang, Severity, Target, Words, codes};
use crate::exchange::{self, Gathered, Limits, Prepared, Table, Unreadable};
use crate::load;
use crate::pipeline::{Error, Input};
use crate::printing::{Format, Hints};
use crate::source::SourceTree;

/// How many warnings are told one by one.
const MOST_WARNINGS: usize = 50;

/// The command line of `mingbai import`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "import",
        t("把改好的表格写回内容，或者把别处的清单导进来", "take tables back, or take in the list of another system"),
        t(
            "把导出后改过的表格和现在的内容逐项比较，列出改了什么，再写进文件：只改不同的地方，备注、顺序和引号都不动。\n新的行成为新的事项；删掉的行只提示。有一处错误就一个字也不写。\n\n写 --map 时，照映射文件把别处的清单（JSON Lines、JSON 数组或 CSV）变成一个新的门户文件夹。清单里没有的必填内容写成“待补”，事项的审核状态是“导入待核”。\n没有取到的内容，逐条逐栏写在 import-report.txt 和 import-report.json 里。映射文件的写法见手册“把别的清单导进来”。",
            "Compares tables with the content value by value, tells what differs and writes it: only what differs, keeping comments, \
             order and quotes.\nNew rows become new items; rows that are gone are only told. With one error nothing is written.\n\n\
             With --map it turns a list (JSON Lines, a JSON array or CSV) into a new portal folder, as a mapping file says. What is \
             required and not in the list is left to be filled in, and the items are marked as imported and unchecked.\nWhat could \
             not be taken stands by record and field in import-report.txt and import-report.json. The handbook tells how to write \
             a mapping.",
        ),
    )
    .arg(
        Arg::new("from")
            .value_name(t("文件", "FILE"))
            .value_parser(ValueParser::path_buf())
            .required(true)
            .help(t(".xlsx、.csv、.jsonl 文件，或者放着 .csv 的文件夹", "a file .xlsx, .csv or .jsonl, or a folder of .csv files")),
    )
    .arg(import_map::map_arg(lang))
    .arg(flag("dry-run", t("只列出改了什么，不写", "tell what differs and write nothing")))
    .arg(flag("delete", t("表里没有的条目也从内容里删掉（事项本身不删）", "take out entries whose rows are gone (never a whole item)")).conflicts_with("map"))
    .args(some_input_args(lang, &["root", "as-of"]))
    .args(finding_args(lang))
}

/// Compares, tells what differs, and writes it unless it is only to be told.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    // A check does not see what is wrong with the tables, so nothing of it is folded.
    let reporting = Reporting { hints: Hints::Whole, ..arguments::reporting(matches, lang) };
    let input = arguments::input_of(matches);
    let Some(from) = matches.get_one::<PathBuf>("from") else { return Exit::Failed };
    let mut tree = match load::load(&input.root) {
        Ok(loaded) => loaded.tree,
        Err(error) => return report::failed(&Error::Content(input.root, error).words(), lang),
    };
    let (records, _) = exchange::records(&tree);
    let mut notes = Findings::new();
    let gathered = match read(from, &mut tree, &mut notes) {
        Ok(gathered) => gathered,
        Err(error) => return not_read(from, error, &mut tree, reporting),
    };
    let mut prepared = exchange::prepare(gathered, &records, &mut tree, matches.get_flag("delete"));
    notes.extend(prepared.findings().clone());
    let is_sound = !notes.has_errors();
    let first = report::findings(notes, &tree, reporting);
    let (after, found) = match exchange::verify(&input, &mut prepared) {
        Ok(found) => found,
        Err(error) => return report::failed(&error.words(), lang),
    };
    // What is wrong with the tables themselves leaves documents out; of the others only what is in
    // the cells is told, not what is missing because of it.
    let found = match is_sound {
        true => found,
        false => {
            Findings::from(found.into_iter().filter(|finding| finding.code.id.starts_with("YM")).collect::<Vec<_>>())
        }
    };
    if is_sound {
        report::out(&import_words::told(&prepared, lang));
    }
    let blocked = found.has_errors() || first != Exit::Fine;
    report::findings(shortened(found, reporting), &after, reporting);
    if blocked {
        return nothing_written(lang);
    }
    if matches.get_flag("dry-run") {
        return Exit::Fine;
    }
    write(&prepared, &input, lang)
}

/// Hundreds of warnings about new documents are for the check, not for the import: they are counted here.
fn shortened(found: Findings, reporting: Reporting) -> Findings {
    let is_told = reporting.format != Format::Human || reporting.strict || found.has_errors();
    if is_told || found.len() <= MOST_WARNINGS {
        return found;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry(finding.code.id).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{code} {count}")).collect();
    report::out(&match reporting.lang {
        Lang::Zh => format!("新的警告 {} 个（{}），写完用 mingbai check 看\n", found.len(), counts.join("，")),
        Lang::En => format!("{} new warnings ({}): see mingbai check afterwards\n", found.len(), counts.join(", ")),
    });
    Findings::new()
}

fn nothing_written(lang: Lang) -> Exit {
    report::say(match lang {
        Lang::Zh => "有错误，一个字也没有写。改好表格再导入",
        Lang::En => "there are errors, and nothing was written: repair the table and import it again",
    });
    Exit::Findings
}

/// Writes the new texts.
fn write(prepared: &Prepared, input: &Input, lang: Lang) -> Exit {
    let texts = prepared.documents.iter().filter_map(|changed| Some((changed, changed.text.as_ref()?)));
    let mut all = Vec::new();
    for (changed, text) in texts {
        match files::below(&input.root, &changed.path)
            .and_then(|place| files::unchanged(place, changed.before.as_deref()))
        {
            Ok(place) => all.push((place, text.clone().into_bytes())),
            Err(words) => return report::failed(&words, lang),
        }
    }
    if let Err(words) = files::write_all(&all) {
        return report::failed(&words, lang);
    }
    if !all.is_empty() {
        report::out(&match lang {
            Lang::Zh => format!("写了 {} 个文件。运行 mingbai review 看改动对群众意味着什么\n", all.len()),
            Lang::En => format!("wrote {} files; mingbai review tells what the changes mean\n", all.len()),
        });
    }
    Exit::Fine
}

/// Why there is nothing to compare.
enum NotRead {
    /// The system did not give it.
    System(std::io::Error),
    /// It is more than is read.
    TooLarge(u64),
    /// It is none of the forms that are read.
    Form,
    /// A file with its fault.
    File(String, Unreadable),
}

/// Reads what is to be imported.
fn read(from: &Path, tree: &mut SourceTree, notes: &mut Findings) -> Result<Gathered, NotRead> {
    let name = name_of(from);
    let ending = from.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if from.is_dir() {
        return Ok(exchange::gather(folder(from, tree, notes)?, tree));
    }
    match ending.as_str() {
        "xlsx" | "xlsm" | "xls" | "xltx" => {
            let bytes = bytes_of(from)?;
            let workbook =
                exchange::read_workbook(&name, &bytes).map_err(|fault| NotRead::File(name.clone(), fault))?;
            if workbook.has_macros {
                let words = Words::new(
                    "文件里有宏，没有运行，也没有读",
                    "the file holds macros, which are neither run nor read",
                );
                note(&name, &codes::TB07, words, tree, notes);
            }
            Ok(exchange::gather(workbook.tables, tree))
        }
        "csv" | "tsv" | "txt" => {
            let table = csv(&name, &bytes_of(from)?, tree, notes)?;
            Ok(exchange::gather(vec![table], tree))
        }
        "jsonl" | "ndjson" => {
            let bytes = bytes_of(from)?;
            let (text, _) = load::text_of(&bytes).ok_or(NotRead::Form)?;
            Ok(exchange::gather_lines(&name, &text, tree))
        }
        _ => {
            fs::metadata(from).map_err(NotRead::System)?;
            Err(NotRead::Form)
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Every CSV file of a folder, by name.
fn folder(from: &Path, tree: &mut SourceTree, notes: &mut Findings) -> Result<Vec<Table>, NotRead> {
    let entries = fs::read_dir(from).map_err(NotRead::System)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")));
    paths.sort();
    if paths.is_empty() {
        return Err(NotRead::Form);
    }
    paths.iter().map(|path| csv(&name_of(path), &bytes_of(path)?, tree, notes)).collect()
}

fn csv(name: &str, bytes: &[u8], tree: &mut SourceTree, notes: &mut Findings) -> Result<Table, NotRead> {
    let (table, encoding) = exchange::csv_table(name, bytes).map_err(|fault| NotRead::File(name.to_owned(), fault))?;
    if let Some(encoding) = encoding {
        let words = Words::new(
            format!("文件是 {encoding} 编码，照它读了"),
            format!("the file is in {encoding} and was read so"),
        );
        let mut finding = Finding::new(&codes::TB08, tree.add_missing(name), Target::File, words);
        finding.severity = Severity::Info;
        notes.push(finding);
    }
    Ok(table)
}

fn note(
    name: &str,
    code: &'static crate::diagnostics::Code,
    words: Words,
    tree: &mut SourceTree,
    notes: &mut Findings,
) {
    notes.push(Finding::new(code, tree.add_missing(name), Target::File, words));
}

/// The bytes of a file that is not too large. Its size is looked at first.
fn bytes_of(path: &Path) -> Result<Vec<u8>, NotRead> {
    let meta = fs::metadata(path).map_err(NotRead::System)?;
    if meta.len() > Limits::FILE {
        return Err(NotRead::TooLarge(meta.len()));
    }
    fs::read(path).map_err(NotRead::System)
}

fn not_read(from: &Path, error: NotRead, tree: &mut SourceTree, reporting: Reporting) -> Exit {
    let (name, problem, repair) = match error {
        NotRead::System(error) => {
            let words = Words::new(
                format!("读不了 `{}`（{error}）", from.display()),
                format!("`{}` cannot be read ({error})", from.display()),
            );
            return report::failed(&words, reporting.lang);
        }
        NotRead::TooLarge(size) => {
            let (size, most) = (size / 1024 / 1024, Limits::FILE / 1024 / 1024);
            (
                name_of(from),
                Words::new(
                    format!("文件有 {size} MB，没有读；最多 {most} MB"),
                    format!("the file has {size} MB and was not read; at most {most} MB are"),
                ),
                Words::new("删掉图片和没有内容的行，或者分成几个文件", "remove pictures and empty rows, or split it"),
            )
        }
        NotRead::Form => (
            name_of(from),
            Words::new("不是能导入的文件", "this is nothing that can be imported"),
            Words::new(
                "用 .xlsx、.csv、.jsonl 文件，或者放着 .csv 的文件夹",
                "give a file .xlsx, .csv or .jsonl, or a folder of .csv files",
            ),
        ),
        NotRead::File(name, fault) => (name, fault.problem, fault.repair),
    };
    let mut finding = Finding::new(&codes::TB01, tree.add_missing(&name), Target::File, problem);
    finding.repair = Some(repair);
    report::findings(Findings::from(vec![finding]), tree, reporting)
}
