//! An address as a QR code, to be scanned from the terminal. The only user of qrcode.

use qrcode::{Color, EcLevel, QrCode};

/// How many empty modules are around a code: scanners need them.
const MARGIN: usize = 2;

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
}
