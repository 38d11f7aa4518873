//! The tree in the terminal, and below it what each result selects.

use crate::diagnostics::Lang;
use crate::flow::{Kind, Node, Selected, common, nodes, results};
use crate::portal::Item;
use crate::printing::visible;

/// The questions, answers and results of an item; none where it has no cases.
pub fn tree(item: &Item, lang: Lang) -> Option<String> {
    let root = nodes(item, lang)?;
    let mut all = Vec::new();
    results(&root, &mut all);
    let mut out = format!("{} ({})\n", item.everyday_name(), item.slug);
    let questions = item.facts.situations.len();
    out.push_str(&match lang {
        Lang::Zh => format!("{questions} 个问题，{} 种结果\n\n", all.len()),
        Lang::En => format!("{questions} questions, {} results\n\n", all.len()),
    });
    draw(&root, "", lang, &mut out);
    details(&all, lang, &mut out);
    Some(out.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect())
}

fn draw(node: &Node, indent: &str, lang: Lang, out: &mut String) {
    match &node.kind {
        Kind::Result(number, selected) => {
            out.push_str(&format!("{indent}→ {}：{}\n", name(*number, lang), selected.in_numbers(lang)));
        }
        Kind::Question(text, id, answers) => {
            out.push_str(&format!("{indent}{text} [{id}]\n"));
            for (n, answer) in answers.iter().enumerate() {
                let is_last = n + 1 == answers.len();
                if let Some((label, id)) = &answer.answer {
                    out.push_str(&format!("{indent}{} {label} [{id}]\n", if is_last { "└─" } else { "├─" }));
                }
                draw(answer, &format!("{indent}{}  ", if is_last { " " } else { "│" }), lang, out);
            }
        }
    }
}

fn name(number: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("结果{number}"),
        Lang::En => format!("result {number}"),
    }
}

/// What every result has is said once; then what each has besides.
fn details(all: &[(usize, &Selected)], lang: Lang, out: &mut String) {
    type Part = fn(&Selected) -> &Vec<String>;
    let parts: [(&str, &str, Part); 3] = [
        ("材料", "materials", |one| &one.materials),
        ("环节", "steps", |one| &one.steps),
        ("收费", "fees", |one| &one.fees),
    ];
    let label = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    out.push_str(label("\n都有的\n", "\nIn every result\n"));
    let mut shared = Vec::new();
    for (zh, en, part) in parts {
        let names = common(&all.iter().map(|(_, one)| part(one)).collect::<Vec<_>>());
        if !names.is_empty() {
            out.push_str(&format!("  {}: {}\n", label(zh, en), names.join("、")));
        }
        shared.push(names);
    }
    for (number, one) in all {
        out.push_str(&format!("\n{}  {}\n", name(*number, lang), one.path));
        for ((zh, en, part), shared) in parts.iter().zip(&shared) {
            let own: Vec<&str> = part(one).iter().filter(|name| !shared.contains(name)).map(String::as_str).collect();
            if !own.is_empty() {
                out.push_str(&format!("  {} + {}\n", label(zh, en), own.join("、")));
            }
        }
        out.push_str(&format!("  {}: {}\n", label("承诺", "promised"), one.promise));
    }
}
