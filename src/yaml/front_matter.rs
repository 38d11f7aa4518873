//! The YAML at the head of a Markdown file.

use std::ops::Range;

const FENCE: &str = "---";

/// The byte range of the YAML between the two `---` lines at the head of a
/// Markdown text, or nothing if the text does not begin with such a pair.
///
/// The range begins after the first fence's line break and ends before the
/// second fence, so it is empty or ends in a line break.
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| is_fence(line))?;
    let start = first.len();
    let mut end = start;
    for line in lines {
        if is_fence(line) {
            return Some(start..end);
        }
        end += line.len();
    }
    None
}

/// Whether a line, with its line break, is a fence.
fn is_fence(line: &str) -> bool {
    line.trim_end() == FENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(front_matter(text).map(|range| &text[range]), expected, "{text:?}");
    }

    #[test]
    fn the_text_between_the_fences() {
        check("---\n标题: 甲\n---\n正文\n", Some("标题: 甲\n"));
        check("---\r\n标题: 甲\r\n--- \r\n正文", Some("标题: 甲\r\n"));
        check("---\n---", Some(""));
    }

    #[test]
    fn no_front_matter() {
        check("", None);
        check("# 标题\n---\n---\n", None);
        check("---\n标题: 甲\n", None);
        check(" ---\na: b\n---\n", None);
        check("----\na: b\n----\n", None);
    }
}
