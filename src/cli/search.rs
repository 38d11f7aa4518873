//! `mingbai search`: what a citizen would find, and why.

use clap::ArgMatches;
use serde::Serialize;

use crate::cli::arguments::tr;
use crate::cli::{Exit, arguments, report};
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

/// Searches the portal, or lists what no everyday word reaches.
pub(crate) fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let planned = match pipeline::plan(&arguments::input(matches)) {
        Ok(planned) => planned,
        Err(error) => return report::failed(&error.words(), lang),
    };
    let Some(ready) = planned.ready else {
        let reporting = arguments::Reporting { strict: false, format: crate::diagnostics::Format::Human, lang };
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
    let unreached: Vec<(String, String)> =
        searchable.unreached().map(|record| (record.name.clone(), record.url.clone())).collect();
    let question = matches.get_one::<String>("question");
    if matches.get_flag("unreached") {
        report::out(&unreached_text(&unreached, lang));
    }
    let Some(question) = question else {
        if matches.get_flag("unreached") {
            return Exit::Fine;
        }
        report::say(tr(lang, "请写要搜什么，如：mingbai search 驾照丢了", "say what to search for: mingbai search 驾照丢了"));
        return Exit::Failed;
    };
    let limit = matches.get_one::<usize>("limit").copied().unwrap_or(5);
    let searcher = searchable.searcher();
    let found = searcher.search(question);
    let url = |record: &Record| ready.portal.url(&record.url);
    if matches.get_flag("json") {
        let rows: Vec<Row<'_>> = found
            .hits
            .iter()
            .take(limit)
            .map(|hit| {
                let record = searchable.record(hit.entry);
                Row {
                    name: &record.name,
                    official: &record.official,
                    department: &record.department.name,
                    url: url(record),
                    score: hit.score,
                    coverage: hit.coverage / 10,
                    why: reasons(&searcher, question, hit, lang),
                }
            })
            .collect();
        let text = serde_json::to_string_pretty(&rows).expect("numbers and texts are always JSON");
        report::out(&format!("{text}\n"));
        return Exit::Fine;
    }
    let total = found.hits.len();
    let shown = if found.hits.is_empty() { &found.nearest } else { &found.hits };
    report::out(&heading(question, total, shown.is_empty(), lang));
    for (n, hit) in shown.iter().take(limit).enumerate() {
        let record = searchable.record(hit.entry);
        report::out(&result(n + 1, record, &url(record), hit, &reasons(&searcher, question, hit, lang), lang));
    }
    Exit::Fine
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

fn result(number: usize, record: &Record, url: &str, hit: &Hit, reasons: &[Reason], lang: Lang) -> String {
    let official =
        if record.official == record.name { String::new() } else { format!("（{}）", record.official) };
    let kind = match record.kind {
        Kind::Item if !record.open => tr(lang, " [现在不能办]", " [closed now]"),
        Kind::Item => "",
        Kind::Bundle => tr(lang, " [一件事]", " [bundle]"),
        Kind::Department => tr(lang, " [部门]", " [department]"),
    };
    let why: Vec<String> = reasons.iter().map(|reason| format!("{} = {}", reason.asked, reason.field)).collect();
    let (score, coverage) = (hit.score, hit.coverage / 10);
    let line = match lang {
        Lang::Zh => format!("得分 {score}，盖住问题的 {coverage}%：{}", why.join("，")),
        Lang::En => format!("score {score}, covers {coverage} % of the question: {}", why.join(", ")),
    };
    format!("\n{number:>2}  {}{official}  {}{kind}\n    {url}\n    {line}\n", record.name, record.department.name)
}

/// Each part of the question with the best field it was found in.
fn reasons(searcher: &Searcher<'_>, question: &str, hit: &Hit, lang: Lang) -> Vec<Reason> {
    let mut best: Vec<Match> = Vec::new();
    for found in searcher.explain(question, hit.entry) {
        match best.iter_mut().find(|other| other.asked == found.asked) {
            Some(other) if (found.tier, found.class) < (other.tier, other.class) => *other = found,
            Some(_) => {}
            None => best.push(found),
        }
    }
    best.into_iter().map(|found| Reason { field: field(&found, lang), asked: found.asked }).collect()
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
        Lang::Zh => format!("{} 个事项没有任何口语词能搜到，请给它们写别名，或者在 synonyms.yaml 里加词：\n", unreached.len()),
        Lang::En => format!("no everyday word reaches {} items: give them other names, or add words to synonyms.yaml:\n", unreached.len()),
    };
    for (name, url) in unreached {
        text.push_str(&format!("  {name}  /{url}\n"));
    }
    text
}
