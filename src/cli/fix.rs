//! `mingbai check --fix`: the repairs a program can make, shown and written.

use clap::ArgMatches;

use crate::check::FixedFile;
use crate::cli::arguments::Reporting;
use crate::cli::{Exit, check, report};
use crate::diagnostics::Lang;
use crate::output::{self, Change, Replacement};
use crate::pipeline::{self, Input};
use crate::printing::{Format, visible};

/// Makes the repairs, or only shows them; then prints what is left.
pub(super) fn run(matches: &ArgMatches, input: &Input, reporting: Reporting) -> Exit {
    let lang = reporting.lang;
    let (files, after) = match pipeline::fixed(input) {
        Ok(fixed) => fixed,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let is_dry = matches.get_flag("dry-run");
    if !is_dry {
        let changes: Vec<Change> = files.iter().map(change).collect();
        if let Err(error) = output::change(&input.root, &changes) {
            return report::failed(&error.words(), lang);
        }
    }
    // Programs read the findings from the standard output, so the changes are told aside.
    let tell = |text: &str| match reporting.format {
        Format::Human => report::out(text),
        _ => report::say(text.trim_end()),
    };
    if !files.is_empty() {
        tell(&files.iter().map(|file| diff(file, lang)).collect::<String>());
    }
    tell(&summary(&files, is_dry, lang));
    if !is_dry {
        return check::found(after, reporting);
    }
    match pipeline::plan_both(input) {
        Ok(now) => check::found(now, reporting),
        Err(error) => report::failed(&error.words(), lang),
    }
}

fn change(file: &FixedFile) -> Change {
    let (path, after) = (file.path.clone(), file.after.to_string());
    match file.is_new {
        true => Change::Create { path, text: after },
        false => Change::Replace(Replacement { path, before: file.before.to_string(), after }),
    }
}

fn summary(files: &[FixedFile], is_dry: bool, lang: Lang) -> String {
    let places: usize = files.iter().map(|file| file.places).sum();
    let count = files.len();
    match (lang, is_dry) {
        (Lang::Zh, _) if files.is_empty() => "没有可以自动改的\n".to_owned(),
        (Lang::En, _) if files.is_empty() => "nothing to repair automatically\n".to_owned(),
        (Lang::Zh, false) => format!("改好了 {count} 个文件，{places} 处\n\n"),
        (Lang::Zh, true) => format!("会改 {count} 个文件，{places} 处；没有写文件，下面是现在的问题\n\n"),
        (Lang::En, false) => format!("repaired: {count} files, {places} places\n\n"),
        (Lang::En, true) => {
            format!(
                "would repair {count} files, {places} places; nothing was written, and this is what is found now\n\n"
            )
        }
    }
}

/// The lines of a file that change, old above new.
fn diff(file: &FixedFile, lang: Lang) -> String {
    let mut out = format!("{}\n", file.path.chars().map(visible).collect::<String>());
    if file.lost_mark {
        out.push_str(match lang {
            Lang::Zh => "      - 开头的 BOM 标记\n",
            Lang::En => "      - the byte order mark at the start\n",
        });
    }
    out.push_str(&changed_lines(&file.before, &file.after));
    out.push('\n');
    out
}

/// The lines that differ, with their numbers. Lines that come or go stand together in one place.
pub(super) fn changed_lines(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut out = String::new();
    let mut line = |number: usize, sign: char, text: &str| {
        out.push_str(&format!("{:>5} {sign} {}\n", number + 1, shown(text)));
    };
    if old.len() == new.len() {
        for (n, (old, new)) in old.iter().zip(&new).enumerate().filter(|(_, (old, new))| old != new) {
            line(n, '-', old);
            line(n, '+', new);
        }
        return out;
    }
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(old, new)| old == new).count();
    let head = same(&mut old.iter().zip(&new));
    let tail = same(&mut old[head..].iter().rev().zip(new[head..].iter().rev()));
    for (n, text) in old.iter().enumerate().take(old.len() - tail).skip(head) {
        line(n, '-', text);
    }
    for (n, text) in new.iter().enumerate().take(new.len() - tail).skip(head) {
        line(n, '+', text);
    }
    out
}

/// A line without anything that a terminal would act on; blanks at its ends can be seen.
fn shown(line: &str) -> String {
    let kept = line.trim_end_matches([' ', '\t']);
    let blank = |c: char| if c == '\t' { '→' } else { '·' };
    let lead = kept.len() - kept.trim_start_matches('\t').len();
    let tabs = std::iter::repeat_n('→', lead);
    let tail = line[kept.len()..].chars().map(blank);
    tabs.chain(kept[lead..].chars().map(visible)).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_shown_with_their_blanks() {
        let file = FixedFile {
            path: "content/a.yaml".to_owned(),
            before: "名：甲  \n同\n\t丙\u{1b}\n".into(),
            after: "名: 甲\n同\n  丙\u{1b}\n".into(),
            is_new: false,
            lost_mark: true,
            places: 4,
        };
        assert_eq!(
            diff(&file, Lang::Zh),
            "content/a.yaml\n      - 开头的 BOM 标记\n    1 - 名：甲··\n    1 + 名: 甲\n    3 - →丙␛\n    3 +   丙␛\n\n"
        );
    }

    #[test]
    fn lines_that_come_stand_in_their_place() {
        assert_eq!(changed_lines("一\n三\n", "一\n二\n三\n"), "    2 + 二\n");
        assert_eq!(changed_lines("一\n二\n", "一\n丙\n丁\n"), "    2 - 二\n    2 + 丙\n    3 + 丁\n");
        assert_eq!(changed_lines("", "一\n"), "    1 + 一\n");
        assert_eq!(changed_lines("一\n一\n", "一\n"), "    2 - 一\n");
    }
}
