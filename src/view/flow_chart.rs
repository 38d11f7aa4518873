//! The flow chart of an item (流程图): its steps from top to bottom as an inline SVG.
//!
//! A pure function in two halves: [`Chart::layout`] gives every box and line its place, and
//! [`Layout::svg`] writes them down. The text is text, the colours are classes of the style sheet.

use std::fmt::Write as _;

use crate::markdown::escape;
use crate::wrap::{self, Measure};

/// The width of the drawing. On a screen 320 px wide it is shown a little smaller than this.
const WIDTH: i32 = 320;
/// The size of the type: what is left of it at 320 px is still more than 12 px.
const FONT: i32 = 16;
const TYPE: Measure = Measure::Type(FONT);
const LINE: i32 = 22;
/// Between the edge of a box and its text.
const PAD_X: i32 = 9;
const PAD_Y: i32 = 7;
/// Between two boxes, one below the other: room for an arrow.
const GAP: i32 = 22;
/// Between the two lanes.
const LANE_GAP: i32 = 12;
/// How far special procedures stand to the right of the line they leave.
const INDENT: i32 = 44;
/// Where the line runs that special procedures leave.
const SIDE: i32 = 20;

/// What a box stands for; its class in the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 提交申请.
    Start,
    /// A step within the limit.
    Step,
    /// A step that is not counted (不计入时限).
    Uncounted,
    /// A special procedure (特别程序).
    Special,
    /// The result.
    End,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Start => "start",
            Kind::Step => "step",
            Kind::Uncounted => "uncounted",
            Kind::Special => "special",
            Kind::End => "end",
        }
    }
}

/// A box: its name in bold and what is said of it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) lines: Vec<String>,
}

/// What follows from top to bottom.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// One box for everybody.
    One(Node),
    /// Steps at a window on the left, online on the right.
    Lanes([Vec<Node>; 2]),
    /// What can come in between, beside the line.
    Aside(Vec<Node>),
}

/// A flow chart before it is drawn. It begins and ends with a box.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) parts: Vec<Part>,
}

/// A chart with a place for everything.
#[derive(Debug)]
pub(super) struct Layout {
    title: String,
    description: String,
    boxes: Vec<Placed>,
    lines: Vec<Line>,
    height: i32,
}

/// A box in its place.
#[derive(Debug)]
struct Placed {
    kind: Kind,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    /// The lines of its text, the name first: how many of them are the name.
    text: Vec<String>,
    bold: usize,
}

/// A line from box to box, down or, dashed, to the side.
#[derive(Debug)]
struct Line {
    x: i32,
    y: i32,
    /// Where it ends: below, or at the right.
    to: To,
}

#[derive(Debug, Clone, Copy)]
enum To {
    Below(i32),
    Aside(i32),
}

impl Chart {
    /// Gives everything its place.
    pub(super) fn layout(self) -> Layout {
        let mut layout = Layout {
            title: self.title,
            description: self.description,
            boxes: Vec::new(),
            lines: Vec::new(),
            height: 1,
        };
        let mut before: Option<&Part> = None;
        for part in &self.parts {
            let top = layout.height;
            // The line past special procedures is drawn with what follows them.
            match part {
                Part::One(node) => {
                    if before.is_some() && !matches!(before, Some(Part::Lanes(_) | Part::Aside(_))) {
                        layout.arrow(WIDTH / 2, top, GAP);
                    }
                    if matches!(before, Some(Part::Aside(_))) {
                        layout.finish_side(top + GAP);
                    }
                    let start = if before.is_some() { top + GAP } else { top };
                    layout.height = layout.place(node, 1, WIDTH - 2, start);
                }
                Part::Lanes(lanes) => layout.lanes(lanes, top),
                Part::Aside(nodes) => layout.aside(nodes, top),
            }
            before = Some(part);
        }
        layout.height += 1;
        layout
    }
}

impl Layout {
    /// Puts a box down and says where it ends.
    fn place(&mut self, node: &Node, x: i32, width: i32, y: i32) -> i32 {
        let room = width - 2 * PAD_X;
        let mut text = wrap::lines(&node.name, room, TYPE);
        let bold = text.len();
        text.extend(node.lines.iter().flat_map(|line| wrap::lines(line, room, TYPE)));
        let height = 2 * PAD_Y + LINE * i32::try_from(text.len()).unwrap_or(i32::MAX / LINE / 2);
        self.boxes.push(Placed { kind: node.kind, x, y, width, height, text, bold });
        y + height
    }

    fn arrow(&mut self, x: i32, y: i32, length: i32) {
        self.lines.push(Line { x, y, to: To::Below(y + length) });
    }

    /// Two lanes side by side; both begin below one box and lead to the next.
    fn lanes(&mut self, lanes: &[Vec<Node>; 2], top: i32) {
        let width = (WIDTH - 2 - LANE_GAP) / 2;
        let mut ends = [top; 2];
        for (n, (lane, end)) in lanes.iter().zip(&mut ends).enumerate() {
            let x = if n == 0 { 1 } else { WIDTH - 1 - width };
            for node in lane {
                self.arrow(x + width / 2, *end, GAP);
                *end = self.place(node, x, width, *end + GAP);
            }
        }
        let bottom = ends[0].max(ends[1]);
        for (n, end) in ends.into_iter().enumerate() {
            let x = if n == 0 { 1 } else { WIDTH - 1 - width };
            self.arrow(x + width / 2, end, bottom - end + GAP);
        }
        self.height = bottom;
    }

    /// Boxes beside a line that goes on past them.
    fn aside(&mut self, nodes: &[Node], top: i32) {
        let mut y = top;
        let start = top;
        for node in nodes {
            let end = self.place(node, INDENT, WIDTH - 1 - INDENT, y + GAP / 2);
            let middle = (y + GAP / 2 + end) / 2;
            self.lines.push(Line { x: SIDE, y: middle, to: To::Aside(INDENT) });
            y = end;
        }
        self.lines.push(Line { x: SIDE, y: start, to: To::Below(y) });
        self.height = y;
    }

    /// Leads the last line past special procedures on to the next box.
    fn finish_side(&mut self, end: i32) {
        if let Some(Line { to, .. }) = self.lines.last_mut() {
            *to = To::Below(end);
        }
    }

    /// The drawing as SVG.
    pub(super) fn svg(&self) -> String {
        let Layout { title, description, height, .. } = self;
        let mut svg = format!(
            "<svg class=\"mb-flow\" role=\"img\" aria-labelledby=\"flow-title flow-desc\" viewBox=\"0 0 {WIDTH} {height}\">\
            <title id=\"flow-title\">{}</title><desc id=\"flow-desc\">{}</desc>",
            escape(title),
            escape(description)
        );
        for Line { x, y, to } in &self.lines {
            // Writing to a text cannot fail.
            let _ = match to {
                To::Below(end) => write!(
                    svg,
                    "<path class=\"mb-flow__line\" d=\"M{x} {y}V{}\"/><path class=\"mb-flow__tip\" d=\"M{} {}h10l-5 8z\"/>",
                    end - 6,
                    x - 5,
                    end - 8
                ),
                To::Aside(end) => {
                    write!(svg, "<path class=\"mb-flow__line mb-flow__line--aside\" d=\"M{x} {y}H{end}\"/>")
                }
            };
        }
        for one in &self.boxes {
            one.svg(&mut svg);
        }
        svg.push_str("</svg>");
        svg
    }
}

impl Placed {
    fn svg(&self, svg: &mut String) {
        let Placed { kind, x, y, width, height, text, bold } = self;
        let round = if matches!(kind, Kind::Start | Kind::End) { 16 } else { 2 };
        let class = kind.class();
        let _ = write!(
            svg,
            "<rect class=\"mb-flow__box mb-flow__box--{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>\
            <text class=\"mb-flow__text mb-flow__text--{class}\">"
        );
        let left = x + PAD_X;
        let mut base = y + PAD_Y + (LINE + FONT) / 2 - 3;
        for (n, line) in text.iter().enumerate() {
            let class = if n < *bold { " class=\"mb-flow__name\"" } else { "" };
            let _ = write!(svg, "<tspan{class} x=\"{left}\" y=\"{base}\">{}</tspan>", escape(line));
            base += LINE;
        }
        svg.push_str("</text>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(kind: Kind, name: &str, lines: &[&str]) -> Node {
        Node { kind, name: name.to_owned(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }
    }

    fn one(name: &str) -> Part {
        Part::One(node(Kind::Step, name, &["二楼食品许可窗口，当场"]))
    }

    fn chart(parts: Vec<Part>) -> Layout {
        Chart { title: "流程图".into(), description: "从受理到送达".into(), parts }.layout()
    }

    /// No box touches another or leaves the drawing, and no line of text leaves its box.
    fn check(layout: &Layout) {
        for (n, a) in layout.boxes.iter().enumerate() {
            assert!(a.x >= 1 && a.x + a.width < WIDTH && a.y >= 1 && a.y + a.height < layout.height, "{a:?} is inside");
            for b in &layout.boxes[n + 1..] {
                let apart = a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
                assert!(apart, "{a:?} overlaps {b:?}");
            }
            for line in &a.text {
                assert!(wrap::width(line, TYPE) <= a.width - 2 * PAD_X, "`{line}` is wider than {a:?}");
            }
        }
        for line in &layout.lines {
            if let To::Below(end) = line.to {
                assert!(end - line.y >= GAP && end <= layout.height, "{line:?} has room for its tip");
                for one in &layout.boxes {
                    let within = line.x > one.x && line.x < one.x + one.width;
                    let through = within && line.y < one.y + one.height && end > one.y;
                    assert!(!through, "{line:?} runs through {one:?}");
                }
            }
        }
    }

    #[test]
    fn boxes_stand_below_each_other_with_an_arrow_between() {
        let layout = chart(vec![one("受理"), one("审查"), one("决定")]);
        check(&layout);
        assert_eq!((layout.boxes.len(), layout.lines.len()), (3, 2));
        assert!(layout.boxes.windows(2).all(|pair| pair[0].y + pair[0].height + GAP == pair[1].y));
    }

    #[test]
    fn lanes_and_special_procedures_keep_apart() {
        let long = "现场核查和专家评审都要的那一种情形下才有的环节".repeat(3);
        let step =
            |name: &str| node(Kind::Uncounted, name, &["某某市某某区政务服务中心一楼综合窗口，3个工作日，不计入时限"]);
        let layout = chart(vec![
            one("提交"),
            Part::Lanes([vec![step("制卡"), step(&long)], vec![step("集中制卡")]]),
            one("审查"),
            Part::Aside(vec![node(Kind::Special, "听证", &["20个工作日"]), node(Kind::Special, &long, &[])]),
            one("决定"),
        ]);
        check(&layout);
        let svg = layout.svg();
        assert!(
            svg.contains("mb-flow__box--special") && svg.contains("<title id=\"flow-title\">流程图</title>"),
            "{svg}"
        );
        assert!(!svg.contains("style="), "{svg}");
    }

    #[test]
    fn the_text_is_whole_and_escaped() {
        let text = "收到<材料>的，2026年在 https://zwfw.qinglan.example/apply/very/long/address 办";
        let layout = chart(vec![Part::One(node(Kind::Step, "受理", &[text]))]);
        check(&layout);
        let drawn: String = layout.boxes[0].text[1..].concat();
        assert_eq!(drawn.replace(' ', ""), text.replace(' ', ""));
        assert!(layout.svg().contains("收到&lt;材料&gt;的"), "{}", layout.svg());
    }
}
