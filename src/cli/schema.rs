//! `mingbai schema`: JSON Schema for editors that complete and check while somebody types.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::{Exit, create, files, report};
use crate::diagnostics::{Lang, Words, nearest};
use crate::documents::{FORMATS, Format, format_named};
use crate::scaffold::vscode;

/// Prints or writes schemas.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let asked = matches.get_one::<String>("kind");
    let format = match asked.map(|name| (name, format_named(name))) {
        Some((name, None)) => return unknown(name, lang),
        Some((_, format)) => format,
        None => None,
    };
    let root = matches.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| PathBuf::from("."));
    let written = match (matches.get_one::<PathBuf>("out"), format) {
        _ if matches.get_flag("vscode") => for_vscode(&root, lang),
        (Some(out), Some(format)) => write(out, std::slice::from_ref(format), lang),
        (Some(out), None) => write(out, &FORMATS, lang),
        (None, Some(format)) => {
            report::out(&format.schema_text());
            Ok(())
        }
        (None, None) => {
            list(lang);
            Ok(())
        }
    };
    match written {
        Ok(()) => Exit::Fine,
        Err(words) => report::failed(&words, lang),
    }
}

fn list(lang: Lang) {
    let lines: String = FORMATS
        .iter()
        .map(|format| match lang {
            Lang::Zh => format!("{:<11} {}  {}\n", format.name, format.files, format.title),
            Lang::En => format!("{:<11} {}\n", format.name, format.files),
        })
        .collect();
    report::out(&lines);
    report::say(match lang {
        Lang::Zh => "加上名字打印一种，加 --out 写成文件，加 --vscode 让 VS Code 边写边提示",
        Lang::En => "name one to print it; --out writes files, --vscode sets VS Code up",
    });
}

fn write(folder: &Path, formats: &[Format], lang: Lang) -> Result<(), Words> {
    let texts = formats.iter().map(|format| (folder.join(format.schema_file()), format.schema_text().into_bytes()));
    files::write_all(&texts.collect::<Vec<_>>())?;
    let (count, folder) = (formats.len(), folder.display());
    report::say(&match lang {
        Lang::Zh => format!("写了 {count} 个文件到 {folder}"),
        Lang::En => format!("{count} files written to {folder}"),
    });
    Ok(())
}

/// Writes the schemas where the settings of VS Code look for them, and the settings if there are none.
fn for_vscode(root: &Path, lang: Lang) -> Result<(), Words> {
    write(&root.join(vscode::SCHEMAS), &FORMATS, lang)?;
    for (name, text) in vscode::settings() {
        let path = root.join(&name);
        if path.symlink_metadata().is_err() {
            create::new_file(&path, text.as_bytes())?;
            continue;
        }
        report::say(&match lang {
            Lang::Zh => format!("{} 已经有了，没有动它；里面要有这些：\n{text}", path.display()),
            Lang::En => format!("{} exists and was left alone; it needs this:\n{text}", path.display()),
        });
    }
    Ok(())
}

fn unknown(name: &str, lang: Lang) -> Exit {
    let near = nearest(name, FORMATS.iter().map(|format| format.name));
    report::say(&match (lang, near) {
        (Lang::Zh, Some(near)) => format!("没有 `{name}` 这种文件，是不是 `{near}`？"),
        (Lang::Zh, None) => format!("没有 `{name}` 这种文件；不写名字可以列出全部"),
        (Lang::En, Some(near)) => format!("there is no kind `{name}`; did you mean `{near}`?"),
        (Lang::En, None) => format!("there is no kind `{name}`; leave it out to list them all"),
    });
    Exit::Failed
}
