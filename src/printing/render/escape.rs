//! Making text harmless: no control character of a content file, a file name or
//! a message reaches a terminal, and no hidden character stays hidden.

/// Shown in place of a character that would do something unseen.
const REPLACEMENT: char = '\u{FFFD}';

/// What is shown for one character of a single line: a picture for a control
/// character, a replacement for a hidden or direction-changing one, else itself.
pub fn visible(c: char) -> char {
    match c {
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(REPLACEMENT),
        '\u{7F}' => '\u{2421}',
        c if is_unsafe(c) => REPLACEMENT,
        c => c,
    }
}

/// A text as one harmless line: line breaks and tabs become single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { visible(c) }).collect()
}

/// A text as harmless lines, at least one.
pub(super) fn lines(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(one_line).collect();
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// Writes as `\u….` what a JSON text may contain but a terminal should not.
pub(super) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\u{7F}' || is_unsafe(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// The second set of controls, characters without width, and those that turn the
/// direction of the text around. Joiners stay: emoji are made with them.
fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible() {
        assert_eq!(one_line("a\u{1b}[31m\0\u{7f}\u{9b}2J\u{202e}b\u{feff}"), "a␛[31m␀␡\u{fffd}2J\u{fffd}b\u{fffd}");
        assert_eq!(one_line("一\n二\r\n三\t四\r五"), "一 二 三 四␍五");
        assert_eq!(lines("一\n\n二\r\n"), ["一", "", "二"]);
        assert_eq!(lines(""), [""]);
        assert_eq!(one_line("👨\u{200d}👩𠮷（）"), "👨\u{200d}👩𠮷（）");
    }

    #[test]
    fn json_has_escapes_for_them() {
        assert_eq!(json("\"a\u{9b}\u{202e}名\""), "\"a\\u009b\\u202e名\"");
    }
}
