//! `mingbai new`: begins a portal, or a document of one: a department, an item, a bundle, a law, a place, a notice.

use std::fs;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use jiff::civil::Date;

use crate::cli::ask::{self, Asker};
use crate::cli::new_arguments::names;
use crate::cli::{Exit, arguments, create, files, report};
use crate::diagnostics::{Lang, Words, nearest};
use crate::load::load;
use crate::model::terms::{Applicant, Channel, ItemType, LawKind, Level, NoticeKind, Term};
use crate::model::value::{CreditCode, Day, Slug, TaskCode, Value};
use crate::scaffold::{
    Known, KnownDepartment, KnownItem, NewBundle, NewDepartment, NewItem, NewLaw, NewNotice, NewPlace, NewPortal,
    Started, department_id, item_slug,
};

/// Runs `mingbai new <kind>`.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let done = match matches.subcommand() {
        Some(("portal", found)) => portal(found, lang),
        Some(("item", found)) => in_portal(found, lang, item),
        Some(("department", found)) => in_portal(found, lang, department),
        Some(("bundle", found)) => in_portal(found, lang, bundle),
        Some(("law", found)) => in_portal(found, lang, law),
        Some(("place", found)) => in_portal(found, lang, place),
        Some(("notice", found)) => in_portal(found, lang, notice),
        _ => return Exit::Failed,
    };
    match done {
        Ok(()) => Exit::Fine,
        Err(words) => report::failed(&words, lang),
    }
}

/// What is asked, and of whom.
struct Asked<'a, R, W> {
    matches: &'a ArgMatches,
    lang: Lang,
    known: &'a Known,
    asker: Option<Asker<R, W>>,
}

type Terminal<'a> = Asked<'a, std::io::StdinLock<'static>, std::io::Stderr>;

/// Begins a document of the portal that is there.
fn in_portal(
    matches: &ArgMatches,
    lang: Lang,
    begin: fn(&mut Terminal<'_>) -> Result<Started, Words>,
) -> Result<(), Words> {
    let root = matches.get_one::<PathBuf>("root").cloned().unwrap_or_else(|| PathBuf::from("."));
    if !root.join("content").is_dir() {
        let place = root.display();
        return Err(Words::new(
            format!("`{place}` 里没有 content 文件夹；先建门户：mingbai new portal 文件夹"),
            format!("`{place}` has no folder content; begin a portal first: mingbai new portal DIR"),
        ));
    }
    let loaded = load(&root).map_err(|error| {
        Words::new(
            format!("读不了 `{}`（{error}）", root.display()),
            format!("`{}` cannot be read ({error})", root.display()),
        )
    })?;
    let known = Known::of(&loaded.tree);
    let started = begin(&mut Asked { matches, lang, known: &known, asker: ask::terminal(lang) })?;
    let path = root.join(&started.path);
    files::below(&root, &started.path)?;
    create::new_file(&path, started.text.as_bytes())?;
    report::out(&format!("{}\n", path.display()));
    report::say(&next(&started, lang));
    Ok(())
}

/// What is still missing, and what to do now.
fn next(started: &Started, lang: Lang) -> String {
    let missing = &started.missing;
    match (lang, missing.is_empty()) {
        (Lang::Zh, true) => "写好了。运行 mingbai serve 看样子，mingbai check 看还差什么".to_owned(),
        (Lang::En, true) => "written. mingbai serve shows it, mingbai check says what is missing".to_owned(),
        (Lang::Zh, false) => format!(
            "写好了，还有 {} 项待补：{}\n打开它逐项填；mingbai serve 边改边看，mingbai check 看还差什么",
            missing.len(),
            missing.join("、")
        ),
        (Lang::En, false) => format!(
            "written; {} elements are still to be told: {}\nfill them in; mingbai serve shows it, mingbai check says what is missing",
            missing.len(),
            missing.join(", ")
        ),
    }
}

fn portal(matches: &ArgMatches, lang: Lang) -> Result<(), Words> {
    let folder = matches.get_one::<PathBuf>("folder").cloned().unwrap_or_else(|| PathBuf::from("."));
    check_empty(&folder)?;
    let area = text(matches, "area").unwrap_or_else(|| "示例市".to_owned());
    let name = text(matches, "name").unwrap_or_else(|| format!("{area}政务服务公开门户"));
    let portal = NewPortal { name, area, today: today(matches)? };
    let files: Vec<(String, Vec<u8>)> =
        portal.files().into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    create::new_files(&folder, &files)?;
    report::out(&format!("{}\n", folder.display()));
    let place = folder.display();
    report::say(&match lang {
        Lang::Zh => format!(
            "门户建好了，{} 个文件。接着：\n  cd {place}\n  mingbai serve      # 浏览器打开 http://127.0.0.1:8000/\n  mingbai check      # 看还差什么\n先读 README.md",
            files.len()
        ),
        Lang::En => format!(
            "the portal is written, {} files. Now:\n  cd {place}\n  mingbai serve      # http://127.0.0.1:8000/\n  mingbai check      # what is missing\nRead README.md first",
            files.len()
        ),
    });
    Ok(())
}

/// Refuses a folder that holds anything but the memory of git.
fn check_empty(folder: &Path) -> Result<(), Words> {
    let place = folder.display();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(Words::new(
                format!("`{place}` 不能用作门户的文件夹（{error}）"),
                format!("`{place}` cannot be the portal's folder ({error})"),
            ));
        }
    };
    if entries.flatten().all(|entry| entry.file_name() == ".git") {
        return Ok(());
    }
    Err(Words::new(
        format!("`{place}` 里已经有东西了；换一个空的或者还没有的文件夹"),
        format!("`{place}` is not empty; name a folder that is, or one that is not there yet"),
    ))
}

fn item(asked: &mut Terminal<'_>) -> Result<Started, Words> {
    let (folder, slug) = match text(asked.matches, "target") {
        Some(target) => match target.split_once('/') {
            Some((department, slug)) => (Some(department.to_owned()), Some(slug.trim_end_matches('/').to_owned())),
            None => (Some(target), None),
        },
        None => (None, None),
    };
    let name =
        asked.text("name", ("事项叫什么？照权责清单写：", "Name of the item, as in the list of powers:"), None)?;
    let department = asked.department("department", folder)?;
    let item_type: ItemType = asked.term("type", ("是什么类型的事项？", "Which type?"))?;
    let applicants =
        asked.terms::<Applicant>("applicant", ("谁可以办？可以选几个：", "Who may apply? Several may be chosen:"))?;
    let channels = asked.channels()?;
    let known = asked.known;
    let proposal = item_slug(&name, |slug| known.item(slug).is_some());
    let given = asked.matches.get_one::<Slug>("slug").map(ToString::to_string).or(slug);
    let slug = match given {
        Some(slug) => free_slug(&slug, known)?,
        None => match &mut asked.asker {
            Some(asker) => {
                let lang = asked.lang;
                let question = said(lang, ("文件夹的名字，也是网址：", "Name of the folder, and of the address:"));
                let read = |text: &str| free_slug(text, known).map_err(|words| pick(lang, &words));
                asker.ask(question, Some(&proposal), read).ok_or_else(ended)?
            }
            None => proposal,
        },
    };
    let code = asked.matches.get_one::<TaskCode>("code").cloned();
    let today = today(asked.matches)?;
    Ok(NewItem { department, slug, name, item_type, applicants, channels, code, today }.started())
}

/// The slug, if it can be an address and no item has it.
fn free_slug(text: &str, known: &Known) -> Result<String, Words> {
    let slug = Slug::parse(text).map_err(|error| {
        Words::new(
            format!("{}；允许：{}", error.problem.zh, error.allowed.zh),
            format!("{}; allowed: {}", error.problem.en, error.allowed.en),
        )
    })?;
    match known.item(slug.as_str()) {
        None => Ok(slug.to_string()),
        Some(there) => Err(Words::new(
            format!("事项 `{slug}` 已经有了，在部门 `{}` 里", there.department),
            format!("the item `{slug}` is there already, in the department `{}`", there.department),
        )),
    }
}

fn department(asked: &mut Terminal<'_>) -> Result<Started, Words> {
    let name = asked.text("name", ("部门的全称：", "Full name of the department:"), None)?;
    let short = asked.text("short", ("简称：", "Short name:"), Some(&name))?;
    let level: Level = asked.term("level", ("行使层级？", "Which level?"))?;
    let known = asked.known;
    let is_taken = |id: &str| known.departments.iter().any(|one| one.id == id);
    let id = match text(asked.matches, "target") {
        Some(id) => id,
        None => {
            let proposal = department_id(&short, is_taken);
            match &mut asked.asker {
                Some(asker) => asker
                    .text(
                        said(asked.lang, ("文件夹的名字，也是网址：", "Name of the folder, and of the address:")),
                        Some(&proposal),
                    )
                    .ok_or_else(ended)?,
                None => proposal,
            }
        }
    };
    let id = Slug::parse(&id).map_err(|error| error.problem)?.to_string();
    let code = asked.matches.get_one::<CreditCode>("code").cloned();
    Ok(NewDepartment { id, name, short_name: short, level, code }.started())
}

fn bundle(asked: &mut Terminal<'_>) -> Result<Started, Words> {
    let name = asked.text("name", ("“一件事”叫什么？", "Name of the bundle:"), None)?;
    let audience = asked.audience()?;
    let items = asked.items()?;
    let lead = match text(asked.matches, "lead") {
        Some(lead) => Some(known_department(asked.known, &lead)?.id.clone()),
        None => None,
    };
    let slug = match text(asked.matches, "target") {
        Some(slug) => slug,
        None => item_slug(&name, |slug| asked.known.bundles.iter().any(|there| there == slug)),
    };
    let slug = Slug::parse(&slug).map_err(|error| error.problem)?.to_string();
    Ok(NewBundle { slug, name, audience, lead, items, today: today(asked.matches)? }.started())
}

fn law(asked: &mut Terminal<'_>) -> Result<Started, Words> {
    let name = asked.text("name", ("全称，不带书名号：", "Full title:"), None)?;
    let name = name.trim_matches(['《', '》']).to_owned();
    let kind: LawKind = asked.term("kind", ("是哪一类？", "Of which kind?"))?;
    let issuer = asked.text("issuer", ("颁布机关：", "Issued by:"), None)?;
    let known = asked.known;
    let sounds = name.strip_prefix("中华人民共和国").unwrap_or(&name);
    let id = asked.id(|| item_slug(sounds, |id| known.laws.iter().any(|there| there == id)))?;
    Ok(NewLaw { id, name, kind, issuer }.started())
}

fn place(asked: &mut Terminal<'_>) -> Result<Started, Words> {
    let name = asked.text("name", ("地点叫什么？", "Name of the place:"), None)?;
    let address = asked.text("address", ("地址，写到路名和门牌号：", "Address with street and number:"), None)?;
    let known = asked.known;
    let id = asked.id(|| item_slug(&name, |id| known.places.iter().any(|there| there == id)))?;
    Ok(NewPlace { id, name, address }.started())
}

fn notice(asked: &mut Terminal<'_>) -> Result<Started, Words> {
    let title = asked.text("title", ("通知的标题：", "Title of the notice:"), None)?;
    let kind: NoticeKind = asked.term("kind", ("是哪一类通知？", "Which kind of notice?"))?;
    let from = match asked.matches.get_one::<Day>("from") {
        Some(day) => *day,
        None => today(asked.matches)?,
    };
    let until = match asked.matches.get_one::<Day>("until") {
        Some(day) => *day,
        None => {
            let question =
                said(asked.lang, ("显示到哪一天（含当天）？如 2026-10-08：", "Shown until, such as 2026-10-08:"));
            let lang = asked.lang;
            let read = |text: &str| Day::parse(text).map_err(|error| pick(lang, &error.allowed));
            asked.asker("until")?.ask(question, None, read).ok_or_else(ended)?
        }
    };
    if until < from {
        return Err(Words::new(
            format!("截止 `{until}` 比开始 `{from}` 早"),
            format!("`{until}`, the last day, is before `{from}`, the first"),
        ));
    }
    let slug = asked.id(|| item_slug(&title, |_| false))?;
    Ok(NewNotice { slug, title, kind, from, until }.started())
}

impl<R: BufRead, W: Write> Asked<'_, R, W> {
    /// The name that was given, or else the proposed one.
    fn id(&self, proposal: impl FnOnce() -> String) -> Result<String, Words> {
        let id = text(self.matches, "target").unwrap_or_else(proposal);
        Ok(Slug::parse(&id).map_err(|error| error.problem)?.to_string())
    }

    /// The asker, or what to add to the command line where nobody can answer.
    fn asker(&mut self, option: &str) -> Result<&mut Asker<R, W>, Words> {
        self.asker.as_mut().ok_or_else(|| {
            Words::new(
                format!("少了 `--{option}`；在终端里运行，会一项一项问"),
                format!("`--{option}` is missing; on a terminal it is asked for"),
            )
        })
    }

    fn text(
        &mut self,
        option: &str,
        question: (&'static str, &'static str),
        proposal: Option<&str>,
    ) -> Result<String, Words> {
        match text(self.matches, option) {
            Some(text) => Ok(text),
            None => {
                let question = said(self.lang, question);
                self.asker(option)?.text(question, proposal).ok_or_else(ended)
            }
        }
    }

    fn term<T: Term + Send + Sync>(
        &mut self,
        option: &str,
        question: (&'static str, &'static str),
    ) -> Result<T, Words> {
        if let Some(term) = self.matches.get_one::<T>(option) {
            return Ok(*term);
        }
        let question = said(self.lang, question);
        let choices: Vec<String> = names::<T>().into_iter().map(str::to_owned).collect();
        let at = self.asker(option)?.choose(question, &choices).ok_or_else(ended)?;
        T::ALL.get(at).copied().ok_or_else(ended)
    }

    fn terms<T: Term + Send + Sync>(
        &mut self,
        option: &str,
        question: (&'static str, &'static str),
    ) -> Result<Vec<T>, Words> {
        if let Some(terms) = self.matches.get_many::<T>(option) {
            return Ok(terms.copied().collect());
        }
        let question = said(self.lang, question);
        let choices: Vec<String> = names::<T>().into_iter().map(str::to_owned).collect();
        let chosen = self.asker(option)?.choose_some(question, &choices).ok_or_else(ended)?;
        Ok(chosen.into_iter().filter_map(|at| T::ALL.get(at).copied()).collect())
    }

    /// 办理形式; where nobody can answer it is left open.
    fn channels(&mut self) -> Result<Vec<Channel>, Words> {
        if let Some(channels) = self.matches.get_many::<Channel>("channel") {
            return Ok(channels.copied().collect());
        }
        let Some(asker) = &mut self.asker else { return Ok(Vec::new()) };
        let ways: [(&str, &str, &[Channel]); 4] = [
            ("只能到窗口办", "only at a window", &[Channel::Window]),
            ("窗口、网上都能办", "at a window and online", &[Channel::Window, Channel::Web]),
            ("只在网上办", "only online", &[Channel::Web]),
            ("还不清楚", "not known yet", &[]),
        ];
        let lang = self.lang;
        let choices: Vec<String> = ways.iter().map(|(zh, en, _)| said(lang, (zh, en)).to_owned()).collect();
        let question = said(lang, ("网上能不能办？", "Can it be done online?"));
        let at = asker.choose(question, &choices).ok_or_else(ended)?;
        Ok(ways.get(at).map(|(.., channels)| channels.to_vec()).unwrap_or_default())
    }

    /// The folder of the department that is meant.
    fn department(&mut self, option: &str, folder: Option<String>) -> Result<String, Words> {
        if let Some(named) = text(self.matches, option).or(folder) {
            return known_department(self.known, &named).map(|department| department.id.clone());
        }
        let known = self.known;
        if known.departments.is_empty() {
            return Err(Words::new(
                "门户里还没有部门；先运行 mingbai new department",
                "the portal has no department yet; begin one with mingbai new department",
            ));
        }
        let choices: Vec<String> =
            known.departments.iter().map(|one| format!("{}（{}）", one.short_name, one.id)).collect();
        let question = said(self.lang, ("哪个部门的？", "Which department?"));
        let at = self.asker(option)?.choose(question, &choices).ok_or_else(ended)?;
        known.departments.get(at).map(|department| department.id.clone()).ok_or_else(ended)
    }

    fn audience(&mut self) -> Result<String, Words> {
        const BOTH: [&str; 2] = ["个人", "法人"];
        if let Some(audience) = text(self.matches, "for") {
            let wrong = || {
                Words::new(
                    format!("`--for` 只能写 个人 或 法人，现在是 `{audience}`"),
                    format!("`--for` is `{audience}`; it can be {}", BOTH.join(" or ")),
                )
            };
            return if BOTH.contains(&audience.as_str()) { Ok(audience) } else { Err(wrong()) };
        }
        let question = said(self.lang, ("面向个人还是法人？", "For persons or for companies?"));
        let at = self.asker("for")?.choose(question, &BOTH.map(str::to_owned)).ok_or_else(ended)?;
        BOTH.get(at).map(|&name| name.to_owned()).ok_or_else(ended)
    }

    /// The items of a bundle, in their order.
    fn items(&mut self) -> Result<Vec<KnownItem>, Words> {
        let known = self.known;
        let named: Vec<String> = match self.matches.get_many::<String>("items") {
            Some(items) => items.map(|item| item.trim().to_owned()).collect(),
            None => {
                let question = said(
                    self.lang,
                    (
                        "有哪些事项？写事项文件夹的名字，按办的先后，用逗号隔开：",
                        "Folders of the items in their order, with commas:",
                    ),
                );
                let line = self.asker("items")?.text(question, None).ok_or_else(ended)?;
                line.split([',', '，', '、', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
            }
        };
        named.iter().map(|slug| known.item(slug).cloned().ok_or_else(|| no_item(slug, known))).collect()
    }
}

fn known_department<'k>(known: &'k Known, named: &str) -> Result<&'k KnownDepartment, Words> {
    known.department(named).ok_or_else(|| {
        let all = known.departments.iter().flat_map(|one| [one.id.as_str(), one.short_name.as_str()]);
        not_there(("部门", "department"), named, nearest(named, all), "mingbai new department")
    })
}

fn no_item(slug: &str, known: &Known) -> Words {
    let near = nearest(slug, known.items.iter().map(|item| item.slug.as_str()));
    not_there(("事项", "item"), slug, near, "mingbai new item")
}

fn not_there(kind: (&str, &str), named: &str, near: Option<&str>, command: &str) -> Words {
    match near {
        Some(near) => Words::new(
            format!("没有{} `{named}`，是不是 `{near}`？", kind.0),
            format!("there is no {} `{named}`; did you mean `{near}`?", kind.1),
        ),
        None => Words::new(
            format!("没有{} `{named}`；先运行 {command}", kind.0),
            format!("there is no {} `{named}`; begin it with {command}", kind.1),
        ),
    }
}

fn ended() -> Words {
    Words::new("没有回答完，什么也没写", "the answers ended; nothing was written")
}

fn said<'t>(lang: Lang, (zh, en): (&'t str, &'t str)) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn pick(lang: Lang, words: &Words) -> String {
    said(lang, (&words.zh, &words.en)).to_owned()
}

/// An option that is there and not blank.
fn text(matches: &ArgMatches, option: &str) -> Option<String> {
    let text = matches.get_one::<String>(option)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The day on which it is begun.
fn today(matches: &ArgMatches) -> Result<Day, Words> {
    let date = matches.get_one::<Date>("as-of").copied().unwrap_or_else(arguments::today);
    Day::parse(&date.to_string()).map_err(|error| error.problem)
}
