//! An address as a QR code: for paper as SVG, for the terminal as half blocks.

use std::sync::LazyLock;

use qrcode::{Color, EcLevel, QrCode};

use crate::markdown::escape;
use crate::view::qr_mask;

/// How many empty modules are around a code on paper: as many as the standard asks for.
const QUIET_ZONE: usize = 4;

/// How many empty modules are around a code in a terminal, whose own lines are empty as well.
const MARGIN: usize = 2;

/// The code of an address as inline SVG, black on white whatever the colours of the page are;
/// nothing if the address is too long for one.
///
/// Level M is read even if a seventh of it is dirty or folded. Each row is one stroke of a path,
/// so that a printer draws sharp squares of any size.
pub(crate) fn svg(address: &str) -> Option<String> {
    let modules = qr_mask::modules(address, EcLevel::M)?;
    let width = modules.len().isqrt();
    let side = width + 2 * QUIET_ZONE;
    // Half of all modules are a run of their own, which takes about five characters.
    let mut path = String::with_capacity(2 * modules.len());
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        // The pen is put down where the row begins, then moves on from run to run.
        let mut pen = None;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                match pen {
                    None => push(&mut path, &["M", number(x + QUIET_ZONE), " ", number(y + QUIET_ZONE), ".5"]),
                    Some(pen) => push(&mut path, &["m", number(x - pen), " 0"]),
                }
                push(&mut path, &["h", number(run.len())]);
                pen = Some(x + run.len());
            }
            x += run.len();
        }
    }
    let address = escape(address);
    Some(format!(
        "<svg class=\"mb-qr\" role=\"img\" aria-label=\"二维码：{address}\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
        <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{path}\"/></svg>"
    ))
}

fn push(path: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| path.push_str(part));
}

/// A number of modules in digits: a page has a thousand of them, and formatting each takes longer than all the rest.
fn number(count: usize) -> &'static str {
    // The largest code has 177 modules and twice the quiet zone.
    static NUMBERS: LazyLock<Vec<String>> = LazyLock::new(|| (0..200).map(|n: usize| n.to_string()).collect());
    NUMBERS.get(count).map_or("", String::as_str)
}

/// The code as lines of half blocks, dark on light; nothing if the text is too long for one.
///
/// The colours are set, because a terminal can be dark or light.
pub fn terminal(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let is_dark = |x: usize, y: usize| {
        let inside = (MARGIN..MARGIN + width).contains(&x) && (MARGIN..MARGIN + width).contains(&y);
        inside && colors[(y - MARGIN) * width + x - MARGIN] == Color::Dark
    };
    let side = width + 2 * MARGIN;
    let mut lines = String::new();
    for y in (0..side).step_by(2) {
        lines.push_str("\u{1b}[30;107m");
        for x in 0..side {
            lines.push(match (is_dark(x, y), is_dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        lines.push_str("\u{1b}[0m\n");
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_margin_and_its_corners() {
        let code = terminal("http://192.168.1.20:8000/").unwrap();
        let lines: Vec<&str> =
            code.lines().map(|line| line.trim_start_matches("\u{1b}[30;107m").trim_end_matches("\u{1b}[0m")).collect();
        let width = 25 + 2 * MARGIN;
        assert!(lines.iter().all(|line| line.chars().count() == width), "{code}");
        assert_eq!((lines.len(), lines[0].trim()), (width.div_ceil(2), ""));
        let corner: String = lines[1].chars().skip(MARGIN).take(7).collect();
        assert_eq!(corner, "█▀▀▀▀▀█");
        assert_eq!(terminal(&"长".repeat(3000)), None);
    }

    #[test]
    fn on_paper_every_row_begins_after_the_quiet_zone() {
        let svg = svg("https://a.example/items/x/?a&b").unwrap();
        assert!(svg.contains("aria-label=\"二维码：https://a.example/items/x/?a&amp;b\""), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "29 modules and twice 4 empty ones: {svg}");
        assert!(svg.contains("d=\"M4 4.5h7m") && svg.contains("M4 10.5h7m"), "the corner is 7 wide: {svg}");
        assert!(!svg.contains("style"), "{svg}");
    }

    #[test]
    fn the_rows_of_the_path_are_the_modules_of_the_code() {
        let address = "https://zwfw.qinglan.example/items/food-business-licence/";
        let code = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
        let svg = svg(address).unwrap();
        let path = svg.rsplit("d=\"").next().unwrap().split('"').next().unwrap();
        let mut drawn = vec![vec![false; code.width()]; code.width()];
        for row in path.split('M').skip(1) {
            let (start, rest) = row.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let y = y.trim_end_matches(".5").parse::<usize>().unwrap() - QUIET_ZONE;
            let mut x = x.parse::<usize>().unwrap() - QUIET_ZONE;
            for run in rest.split('m') {
                let (gap, length) = run.split_once('h').map_or(("0 0", run), |(gap, length)| (gap, length));
                x += gap.trim_end_matches(" 0").parse::<usize>().unwrap();
                let length = length.parse::<usize>().unwrap();
                drawn[y][x..x + length].fill(true);
                x += length;
            }
        }
        let wanted: Vec<bool> = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        assert_eq!(drawn.concat(), wanted);
    }
}
