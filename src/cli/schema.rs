//! `mingbai schema`: JSON Schema for editors that complete and check while somebody types.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use crate::cli::arguments::{flag, path_arg, some_input_args, sub, tr};
use crate::cli::{Exit, create, files, report};
use crate::diagnostics::{Lang, Words, nearest};
use crate::documents::{FORMATS, Format, format_named};
use crate::scaffold::vscode;

/// The command line of `mingbai schema`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "schema",
        t("JSON Schema：让编辑器边写边提示", "JSON Schema for editors"),
        t(
            "每种文件有一份 JSON Schema（2020-12），编辑器用它补全、提示和检查。不写种类时列出全部。\n加上 --vscode，就写好 VS Code 的设置，装上扩展 redhat.vscode-yaml 就能用，不用联网。",
            "Each kind of file has a JSON Schema (2020-12) by which editors complete, explain and check. Without a kind it \
             lists them. With --vscode it writes the settings of VS Code for the extension redhat.vscode-yaml; no network is needed.",
        ),
    )
    .arg(Arg::new("kind").value_name(t("种类", "KIND")).help(t("哪种文件，如 item", "which kind, such as item")))
    .arg(path_arg("out", t("文件夹", "DIR"), t("写成文件，放到这个文件夹", "write files into this folder")))
    .arg(
        flag("vscode", t("写到门户的 .vscode 里，连同设置", "write them into .vscode of the portal, with the settings"))
            .conflicts_with_all(["out", "kind"]),
    )
    .args(some_input_args(lang, &["root"]))
}

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
        (Some(out), None) => write(out, FORMATS, lang),
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
    write(&root.join(vscode::SCHEMAS), FORMATS, lang)?;
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
