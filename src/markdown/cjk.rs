//! What counts as Chinese text, and how its lines are joined.
//!
//! Chinese has no spaces between words, so a line end between two Chinese
//! characters must vanish. Nothing here knows Markdown.

/// Whether `c` is a Han character, kana, or punctuation of Chinese text.
pub fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x2E80..=0x30FF | 0x3100..=0x312F | 0x31A0..=0x9FFF
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6
        | 0x20000..=0x3FFFD)
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Whether `c` is ASCII punctuation or punctuation of Chinese text.
pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c,
            '“' | '”'
                | '‘'
                | '’'
                | '…'
                | '—'
                | '·'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '「'
                | '」'
                | '『'
                | '』'
                | '【'
                | '】'
                | '〔'
                | '〕'
                | '（'
                | '）'
                | '、'
                | '，'
                | '。'
                | '；'
                | '：'
                | '？'
                | '！'
                | '～'
                | '％'
                | '＋'
                | '－'
                | '＝'
                | '＜'
                | '＞'
        )
}

/// Folds the line ends of a text written over several lines.
///
/// Between two Chinese characters nothing is left, elsewhere one space. A blank
/// line stays as one line end. Blanks at both ends are trimmed.
pub fn join_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank_before = false;
    for line in text.lines().map(str::trim) {
        let Some(first) = line.chars().next() else {
            blank_before = true;
            continue;
        };
        if let Some(last) = out.chars().next_back() {
            if blank_before {
                out.push('\n');
            } else if !(is_cjk(last) && is_cjk(first)) {
                out.push(' ');
            }
        }
        out.push_str(line);
        blank_before = false;
    }
    out
}
