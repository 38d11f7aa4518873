//! The drawing: questions from left to right, one box for each answer, results at the right.
//!
//! Texts are texts, so that they can be searched, read aloud and translated. Lines of Chinese are
//! broken by width; nothing is measured by a font.

use std::fmt::Write as _;

use crate::diagnostics::Lang;
use crate::flow::{Kind, Node, nodes, results};
use crate::markdown::escape;
use crate::portal::Item;
use crate::wrap::{self, Measure};

/// The width of a box, and of the gap in which the lines run.
const BOX: i32 = 240;
const GAP: i32 = 48;
/// The space around the drawing and between boxes.
const MARGIN: i32 = 24;
const BETWEEN: i32 = 14;
/// Text: its size, the height of a line, the space around it in a box.
const SIZE: i32 = 15;
const LINE: i32 = 22;
const PAD: i32 = 12;

/// A box with its place.
#[derive(Debug)]
struct Placed {
    x: i32,
    y: i32,
    height: i32,
    is_result: bool,
    answer: Vec<String>,
    lines: Vec<String>,
    /// The middle of the left side of each box it leads to.
    leads: Vec<(i32, i32)>,
}

/// The drawing of an item; none where it has no cases.
pub fn svg(item: &Item, lang: Lang) -> Option<String> {
    let root = nodes(item, lang)?;
    let mut boxes = Vec::new();
    let (_, bottom) = place(&root, MARGIN, MARGIN, lang, &mut boxes);
    let right = boxes.iter().map(|one| one.x + BOX).max().unwrap_or(0);
    let (width, height) = (right + MARGIN, bottom - BETWEEN + MARGIN);
    let mut all = Vec::new();
    results(&root, &mut all);
    let (title, desc) = words(item, &root, all.len(), lang);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"flow-title flow-desc\" xml:lang=\"zh\">\n\
         <title id=\"flow-title\">{}</title>\n<desc id=\"flow-desc\">{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escape(&title),
        escape(&desc)
    );
    boxes.iter().for_each(|one| lines_from(one, &mut out));
    _ = writeln!(out, "<g font-family=\"sans-serif\" font-size=\"{SIZE}\" fill=\"#16211f\">");
    boxes.iter().for_each(|one| draw(one, &mut out));
    out.push_str("</g>\n</svg>\n");
    Some(out)
}

fn words(item: &Item, root: &Node, count: usize, lang: Lang) -> (String, String) {
    let name = item.everyday_name();
    let mut desc = String::new();
    say(root, lang, &mut desc);
    match lang {
        Lang::Zh => (format!("{name}：情形引导，{count} 种结果"), desc),
        Lang::En => (format!("{name}: its questions and {count} results"), desc),
    }
}

/// The tree in sentences, for those who do not see the drawing.
fn say(node: &Node, lang: Lang, out: &mut String) {
    match &node.kind {
        Kind::Result(number, selected) => {
            _ = write!(out, "{}：{}。", result_name(*number, lang), selected.in_numbers(lang));
        }
        Kind::Question(text, _, answers) => {
            for answer in answers {
                let label = answer.answer.as_ref().map_or("", |(label, _)| label);
                _ = write!(out, "{text}{label}。");
                say(answer, lang, out);
            }
        }
    }
}

fn result_name(number: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("结果{number}"),
        Lang::En => format!("result {number}"),
    }
}

/// Places a node and all behind it. Gives the middle of its left side, and where the next may begin.
fn place(node: &Node, x: i32, y: i32, lang: Lang, boxes: &mut Vec<Placed>) -> ((i32, i32), i32) {
    let answer = node.answer.as_ref().map_or_else(Vec::new, |(label, _)| lines(label));
    let (text, answers) = match &node.kind {
        Kind::Question(text, _, answers) => (lines(text), answers.as_slice()),
        Kind::Result(number, selected) => {
            let mut said = lines(&format!("{}：{}", result_name(*number, lang), selected.in_numbers(lang)));
            said.extend(selected.materials.iter().flat_map(|name| lines(&format!("· {name}"))));
            (said, [].as_slice())
        }
    };
    let height = answer.iter().chain(&text).map(|_| LINE).sum::<i32>() + 2 * PAD;
    let mut below = y;
    let mut leads = Vec::new();
    for answer in answers {
        let (lead, next) = place(answer, x + BOX + GAP, below, lang, boxes);
        leads.push(lead);
        below = next;
    }
    // A question stands in the middle of what it leads to.
    let middle = match (leads.first(), leads.last()) {
        (Some(first), Some(last)) => ((first.1 + last.1) / 2).max(y + height / 2),
        _ => y + height / 2,
    };
    let top = middle - height / 2;
    boxes.push(Placed { x, y: top, height, is_result: answers.is_empty(), answer, lines: text, leads });
    ((x, middle), below.max(top + height + BETWEEN))
}

/// A text in lines that fit into a box.
fn lines(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    wrap::lines(&text, BOX - 2 * PAD, Measure::Type(SIZE))
}

fn lines_from(one: &Placed, out: &mut String) {
    let (x, y) = (one.x + BOX, one.y + one.height / 2);
    for (to_x, to_y) in &one.leads {
        let bend = x + GAP / 2;
        _ = writeln!(
            out,
            "<path d=\"M{x} {y}H{bend}V{to_y}H{to_x}\" fill=\"none\" stroke=\"#5c7a80\" stroke-width=\"1.5\"/>"
        );
    }
}

fn draw(one: &Placed, out: &mut String) {
    let Placed { x, y, height, .. } = *one;
    let (fill, stroke) = if one.is_result { ("#e6eff0", "#0b4f5c") } else { ("#ffffff", "#5c7a80") };
    _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{height}\" rx=\"3\" fill=\"{fill}\" stroke=\"{stroke}\" \
         stroke-width=\"1.5\"/>"
    );
    let answer = one.answer.iter().map(|line| (line, " font-weight=\"700\" fill=\"#0b4f5c\""));
    let lines = answer.chain(one.lines.iter().map(|line| (line, "")));
    let mut baseline = y + PAD - 6;
    for (line, look) in lines {
        baseline += LINE;
        _ = writeln!(out, "<text x=\"{}\" y=\"{baseline}\"{look}>{}</text>", x + PAD, escape(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Selected;

    fn result(number: usize) -> Node {
        let selected = Selected {
            path: String::new(),
            materials: vec!["申请书".into(); number],
            steps: Vec::new(),
            fees: Vec::new(),
            promise: "当场".into(),
        };
        Node { answer: Some((format!("答案{number}"), number.to_string())), kind: Kind::Result(number, selected) }
    }

    fn question(answers: Vec<Node>) -> Node {
        let text = "这一句话很长，一行放不下，要在合适的地方断开，标点不到行首".to_owned();
        Node { answer: Some(("有".into(), "yes".into())), kind: Kind::Question(text, "q".into(), answers) }
    }

    #[test]
    fn boxes_do_not_touch_and_lines_end_at_boxes() {
        let root = question(vec![question(vec![result(1), result(2)]), result(3), question(vec![result(4)])]);
        let mut boxes = Vec::new();
        let (_, bottom) = place(&root, MARGIN, MARGIN, Lang::Zh, &mut boxes);
        assert_eq!(boxes.len(), 7);
        for (n, one) in boxes.iter().enumerate() {
            assert!(one.y >= MARGIN && one.y + one.height <= bottom, "{one:?}");
            for other in &boxes[..n] {
                let apart = one.x != other.x || one.y + one.height < other.y || other.y + other.height < one.y;
                assert!(apart, "{one:?} {other:?}");
            }
            for lead in &one.leads {
                assert!(boxes.iter().any(|to| (to.x, to.y + to.height / 2) == *lead), "{lead:?}");
            }
        }
    }
}
