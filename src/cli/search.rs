//! `mingbai search`: what a citizen would find, and why.

use std::path::PathBuf;
use std::{fs, io};

use clap::{Arg, ArgMatches, Command};
use serde::Serialize;

use crate::cli::arguments::{self, Reporting, flag, input_args, path_arg, sub, tr, unreached_arg};
use crate::cli::{Exit, report};
use crate::diagnostics::Lang;
use crate::pipeline;
use crate::search::{Class, Hit, Kind, Match, Record, Searchable, Searcher, TierName};

/// A result as JSON.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    official: &'a str,
    department: &'a str,
    url: String,
    /// What decides the order.
    score: u32,
    /// How much of the question it covers, in percent.
    coverage: u32,
    why: Vec<Reason>,
}

/// A part of the question and where it was found.
#[derive(Serialize)]
struct Reason {
    asked: String,
    field: &'static str,
}

/// The answer to a question as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    question: &'a str,
    /// How many results there are.
    total: usize,
    /// Another spelling.
    suggestion: Option<String>,
    results: Vec<Row<'a>>,
}

/// What the answers are printed with.
struct Printer<'a> {
    searcher: Searcher<'a>,
    base: &'a str,
    limit: usize,
    json: bool,
    lang: Lang,
}

/// The command line of `mingbai search`.
pub(super) fn command(lang: Lang) -> Command {
    let t = |zh, en| tr(lang, zh, en);
    sub(
        lang,
        "search",
        t("看群众这样搜会找到什么、为什么", "see what a citizen would find, and why"),
        t(
            "按网站搜索的同样办法找，列出群众会看到的结果：排在第几，问题里的哪个词在哪一栏找到，得分多少。\n找不到该找到的事项，就给它写别名，或者在 synonyms.yaml 里加词，再试一次。",
            "Searches as the site does and lists what a citizen would see: the order, which word of the question was found \
             in which field, and the score. Where an item is missed, give it another name or add words to synonyms.yaml and try again.",
        ),
    )
    .arg(Arg::new("question").value_name(t("问题", "QUESTION")).help(t("群众会怎么搜", "what somebody would type")))
    .arg(
        path_arg("from", t("文件", "FILE"), t(
            "连同一个文件里的问题一起搜，一行一个（- 是标准输入）",
            "search for the questions of a file as well, one a line (- for the standard input)",
        )),
    )
    .arg(
        Arg::new("limit")
            .long("limit")
            .value_name("N")
            .value_parser(clap::value_parser!(usize))
            .help(t("列出几项（默认 5）", "how many results (default 5)")),
    )
    .arg(unreached_arg(lang))
    .arg(flag("json", t("用 JSON 输出", "print JSON")))
    .args(input_args(lang))
}

/// Searches the portal, or lists what no everyday word reaches.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let questions = match questions(matches) {
        Ok(questions) => questions,
        Err((path, error)) => {
            report::say(&match lang {
                Lang::Zh => format!("读不了 `{}`（{error}）", path.display()),
                Lang::En => format!("`{}` cannot be read ({error})", path.display()),
            });
            return Exit::Failed;
        }
    };
    let unreached = matches.get_flag("unreached");
    if questions.is_empty() && !unreached {
        report::say(tr(
            lang,
            "请写要搜什么，如：mingbai search 驾照丢了",
            "say what to search for: mingbai search 驾照丢了",
        ));
        return Exit::Failed;
    }
    let planned = match pipeline::plan(&arguments::input(matches)) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let Some(ready) = planned.ready else {
        let reporting = Reporting::aside(lang);
        return report::findings_aside(planned.findings, &planned.tree, reporting);
    };
    if planned.findings.has_errors() {
        report::say(tr(
            lang,
            "内容有错误，出错的文件没有算进来；先运行 mingbai check 看看",
            "there are errors, and what is wrong is left out: see mingbai check",
        ));
    }
    let searchable = Searchable::new(&ready.portal);
    if unreached {
        let items: Vec<(String, String)> =
            searchable.unreached().map(|record| (record.name.clone(), record.url.clone())).collect();
        report::out(&unreached_text(&items, lang));
    }
    let printer = Printer {
        searcher: searchable.searcher(),
        base: &ready.portal.base_path,
        limit: matches.get_one::<usize>("limit").copied().unwrap_or(5),
        json: matches.get_flag("json"),
        lang,
    };
    questions.iter().for_each(|question| printer.print(question));
    Exit::Fine
}

/// The question of the command line and those of a file, one a line.
fn questions(matches: &ArgMatches) -> Result<Vec<String>, (PathBuf, io::Error)> {
    let mut questions: Vec<String> = matches.get_one::<String>("question").cloned().into_iter().collect();
    if let Some(path) = matches.get_one::<PathBuf>("from") {
        let text = if path.as_os_str() == "-" { io::read_to_string(io::stdin()) } else { fs::read_to_string(path) };
        let text = text.map_err(|error| (path.clone(), error))?;
        questions.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    }
    Ok(questions)
}

impl Printer<'_> {
    fn print(&self, question: &str) {
        let found = self.searcher.search(question);
        let suggestion = found.hits.first().and_then(|&best| self.searcher.suggestion(question, best));
        if self.json {
            let results = found.hits.iter().take(self.limit).map(|hit| self.row(question, hit)).collect();
            let answer = Answer { question, total: found.hits.len(), suggestion, results };
            let text = serde_json::to_string(&answer).expect("numbers and texts are always JSON");
            report::out(&format!("{text}\n"));
            return;
        }
        let shown = if found.hits.is_empty() { &found.nearest } else { &found.hits };
        let mut text = heading(question, found.hits.len(), shown.is_empty(), self.lang);
        if let Some(suggestion) = suggestion {
            text.push_str(tr(self.lang, "您是不是要找：", "did you mean: "));
            text.push_str(&suggestion);
            text.push('\n');
        }
        for (n, hit) in shown.iter().take(self.limit).enumerate() {
            text.push_str(&self.result(n + 1, question, hit));
        }
        report::out(&text);
    }

    fn row<'s>(&'s self, question: &str, hit: &Hit) -> Row<'s> {
        let record = self.searcher.record(question, hit.entry);
        Row {
            name: &record.name,
            official: &record.official,
            department: &record.department.name,
            url: self.url(record),
            score: hit.score,
            coverage: hit.coverage / 10,
            why: self.reasons(question, hit),
        }
    }

    fn url(&self, record: &Record) -> String {
        format!("{}{}", self.base, record.url)
    }

    fn result(&self, number: usize, question: &str, hit: &Hit) -> String {
        let record = self.searcher.record(question, hit.entry);
        let reasons = self.reasons(question, hit);
        let official =
            if record.official == record.name { String::new() } else { format!("（{}）", record.official) };
        let kind = match record.kind {
            Kind::Item if !record.open => tr(self.lang, " [现在不能办]", " [closed now]"),
            Kind::Item => "",
            Kind::Bundle => tr(self.lang, " [一件事]", " [bundle]"),
            Kind::Department => tr(self.lang, " [部门]", " [department]"),
        };
        let why: Vec<String> = reasons.iter().map(|reason| format!("{} = {}", reason.asked, reason.field)).collect();
        let (score, coverage) = (hit.score, hit.coverage / 10);
        let line = match self.lang {
            Lang::Zh => format!("得分 {score}，盖住问题的 {coverage}%：{}", why.join("，")),
            Lang::En => format!("score {score}, covers {coverage} % of the question: {}", why.join(", ")),
        };
        let (name, department, url) = (&record.name, &record.department.name, self.url(record));
        format!("\n{number:>2}  {name}{official}  {department}{kind}\n    {url}\n    {line}\n")
    }

    /// Each part of the question with the best field it was found in.
    fn reasons(&self, question: &str, hit: &Hit) -> Vec<Reason> {
        let mut best: Vec<Match> = Vec::new();
        for found in self.searcher.explain(question, hit.entry) {
            match best.iter_mut().find(|other| other.asked == found.asked) {
                Some(other) if (found.tier, found.class) < (other.tier, other.class) => *other = found,
                Some(_) => {}
                None => best.push(found),
            }
        }
        best.into_iter().map(|found| Reason { field: field(&found, self.lang), asked: found.asked }).collect()
    }
}

fn heading(question: &str, total: usize, nothing: bool, lang: Lang) -> String {
    match (lang, total, nothing) {
        (Lang::Zh, 0, true) => format!("“{question}”：没有找到，也没有相近的\n"),
        (Lang::Zh, 0, false) => format!("“{question}”：没有找到。群众会看到这些相近的：\n"),
        (Lang::Zh, ..) => format!("“{question}”：找到 {total} 项\n"),
        (Lang::En, 0, true) => format!("“{question}”: nothing found, and nothing near\n"),
        (Lang::En, 0, false) => format!("“{question}”: nothing found. What citizens are shown as near:\n"),
        (Lang::En, ..) => format!("“{question}”: {total} found\n"),
    }
}

fn field(found: &Match, lang: Lang) -> &'static str {
    match (found.tier, found.class) {
        (TierName::Sound, Class::Name) => tr(lang, "名称的读音", "sound of the name"),
        (TierName::Sound, Class::Alias) => tr(lang, "别名的读音", "sound of another name"),
        (TierName::Sound, _) => tr(lang, "口语词的读音", "sound of an everyday word"),
        (_, Class::Name) => tr(lang, "名称", "name"),
        (_, Class::Alias) => tr(lang, "别名", "another name"),
        (_, Class::Word) => tr(lang, "口语词", "everyday word"),
        (_, Class::Short) => tr(lang, "缩略", "short form"),
        (_, Class::Related) => tr(lang, "主项、结果或对象", "main item, result or group"),
        (_, Class::Meta) => tr(lang, "部门或主题", "department or topic"),
        (_, Class::Body) => tr(lang, "正文", "text"),
    }
}

/// The items that no everyday word reaches, as text.
pub(crate) fn unreached_text(unreached: &[(String, String)], lang: Lang) -> String {
    if unreached.is_empty() {
        return tr(lang, "每个事项都有口语词能搜到\n", "every item is reached by an everyday word\n").to_owned();
    }
    let mut text = match lang {
        Lang::Zh => {
            format!("{} 个事项没有任何口语词能搜到，请给它们写别名，或者在 synonyms.yaml 里加词：\n", unreached.len())
        }
        Lang::En => format!(
            "no everyday word reaches {} items: give them other names, or add words to synonyms.yaml:\n",
            unreached.len()
        ),
    };
    for (name, url) in unreached {
        text.push_str(&format!("  {name}  /{url}\n"));
    }
    text
}
