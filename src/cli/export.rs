//! `mingbai export`: the portal as a workbook, CSV files or lines of JSON.

use std::path::{Path, PathBuf};

use clap::builder::ValueParser;
use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{self, flag, some_input_args, sub, tr};
use crate::cli::{Exit, files, report};
use crate::diagnostics::{Lang, Words};
use crate::exchange::{self, Record};
use crate::load;
use crate::pipeline::Error;

/// The command line of `mingbai export`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    let place = |name: &'static str, value: &'static str, help| {
        Arg::new(name).long(name).value_name(value).value_parser(ValueParser::path_buf()).help(help)
    };
    sub(
        lang,
        "export",
        t("导出成表格，改好再导入", "write the portal as tables, to be edited and imported"),
        t(
            "把事项、材料、环节、收费、依据和部门、法律、地点导出成表格：一个工作簿，一样内容一张表，带下拉选项和说明。\n改好以后用 mingbai import 写回，没有改的地方一个字也不会动。",
            "Writes items, materials, steps, fees, bases, departments, laws and places as tables: one workbook with a sheet for \
             each, with choices to pick and an explanation.\nmingbai import takes it back and leaves alone what was not changed.",
        ),
    )
    .args(some_input_args(lang, &["root"]))
    .arg(place("xlsx", t("文件", "FILE"), t("写成一个 Excel 工作簿", "one workbook for Excel")))
    .arg(place("csv", t("文件夹", "DIR"), t("写成一张表一个 CSV 文件", "one CSV file a table")))
    .arg(place("jsonl", t("文件", "FILE"), t("写成每行一个 JSON，给程序用", "one JSON a line, for programs")))
    .arg(flag("force", t("文件已经有了就覆盖", "replace files that are there already")))
    .group(clap::ArgGroup::new("form").args(["xlsx", "csv", "jsonl"]).required(true).multiple(true))
}

/// Writes what was asked for.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let input = arguments::input_of(matches);
    let tree = match load::load(&input.root) {
        Ok(loaded) => loaded.tree,
        Err(error) => return report::failed(&Error::Content(input.root, error).words(), lang),
    };
    let (records, unreadable) = exchange::records(&tree);
    if let Some(path) = unreadable.first() {
        return report::failed(&not_readable(path, unreadable.len()), lang);
    }
    match written(matches, &records) {
        Ok(places) => {
            for place in places {
                report::out(&match lang {
                    Lang::Zh => format!("写了 {place}：{} 个文件的内容\n", records.len()),
                    Lang::En => format!("wrote {place}: the content of {} files\n", records.len()),
                });
            }
            Exit::Fine
        }
        Err(words) => report::failed(&words, lang),
    }
}

/// Writes every form that was asked for; gives their places.
fn written(matches: &ArgMatches, records: &[Record]) -> Result<Vec<String>, Words> {
    let force = matches.get_flag("force");
    let asked = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    let mut all: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut places = Vec::new();
    if let Some(file) = asked("xlsx") {
        places.push(file.display().to_string());
        all.push((file, exchange::workbook(records).map_err(|error| error.0)?));
    }
    if let Some(folder) = asked("csv") {
        places.push(folder.display().to_string());
        let files = exchange::csv_files(records);
        all.extend(files.into_iter().map(|(name, bytes)| (folder.join(name), bytes)));
    }
    if let Some(file) = asked("jsonl") {
        places.push(file.display().to_string());
        all.push((file, exchange::json_lines(records).into_bytes()));
    }
    if let Some((there, _)) = all.iter().find(|(path, _)| path.exists()).filter(|_| !force) {
        return Err(taken(there));
    }
    files::write_all(&all)?;
    Ok(places)
}

fn taken(path: &Path) -> Words {
    Words::new(
        format!("`{}` 已经有了。换一个名字；要覆盖它，加 --force", path.display()),
        format!("`{}` is there already: use another name, or --force to replace it", path.display()),
    )
}

fn not_readable(path: &str, count: usize) -> Words {
    Words::new(
        format!("`{path}` 等 {count} 个文件读不懂，导出会缺内容。先运行 mingbai check 改好"),
        format!(
            "{count} files, such as `{path}`, cannot be read and would be missing: repair them first (mingbai check)"
        ),
    )
}
