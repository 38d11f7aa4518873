//! Makes `**` and `~~` work beside Chinese punctuation.
//!
//! CommonMark does not close `**注意：**请` because `：` is punctuation and `请`
//! is not. Before parsing, a punctuation character that no text uses (the
//! sentinel) is put beside such a run; after parsing it is stripped from every
//! text. To be deleted once pulldown-cmark has its own option (its issue 1059).
//! It does not parse: a run inside code gets a sentinel too, which is stripped.

use std::borrow::Cow;
use std::ops::Range;

use super::cjk::{is_cjk, is_punctuation};

/// U+2E52 TIRONIAN SIGN CAPITAL ET, which no Chinese text uses.
const SENTINEL: char = '\u{2E52}';

/// A text ready for the parser, and the way back to the author's bytes.
pub(super) struct Prepared<'a> {
    /// What the parser reads.
    pub(super) text: Cow<'a, str>,
    /// Where sentinels stand in `text`, ascending.
    added: Vec<usize>,
    /// Where the author's own sentinels stood, in the text without them, ascending.
    removed: Vec<usize>,
}

impl Prepared<'_> {
    /// The author's byte for a byte of `text`.
    fn source_offset(&self, offset: usize) -> usize {
        let width = SENTINEL.len_utf8();
        let before = self.added.partition_point(|&at| at < offset);
        let clean = offset.saturating_sub(before * width);
        clean + width * self.removed.partition_point(|&at| at <= clean)
    }

    /// The author's bytes for a range of `text`.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.source_offset(range.start);
        start..self.source_offset(range.end).max(start)
    }

    /// Where the author wrote the sentinel, in the author's bytes.
    pub(super) fn sentinels(&self) -> impl Iterator<Item = Range<usize>> {
        let width = SENTINEL.len_utf8();
        self.removed.iter().enumerate().map(move |(nth, at)| {
            let start = at + nth * width;
            start..start + width
        })
    }
}

/// Removes the author's sentinels and puts in ours.
pub(super) fn prepare(source: &str) -> Prepared<'_> {
    let mut removed = Vec::new();
    let clean = if source.contains(SENTINEL) {
        let mut clean = String::with_capacity(source.len());
        for part in source.split(SENTINEL) {
            clean.push_str(part);
            removed.push(clean.len());
        }
        removed.pop();
        Cow::Owned(clean)
    } else {
        Cow::Borrowed(source)
    };
    let (added, text) = add_sentinels(&clean);
    Prepared { text: text.map_or(clean, Cow::Owned), added, removed }
}

/// The text with a sentinel beside every run that needs one, if any does.
fn add_sentinels(source: &str) -> (Vec<usize>, Option<String>) {
    let bytes = source.as_bytes();
    let mut added = Vec::new();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(skip) = bytes[at..].iter().position(|b| matches!(b, b'*' | b'~')) {
        let start = at + skip;
        let same = bytes[start..].iter().take_while(|&&b| b == bytes[start]).count();
        at = start + same;
        if (bytes[start] == b'~' && same < 2) || is_escaped(bytes, start) {
            continue;
        }
        let Some(place) = sentinel_place(source, start..at) else {
            continue;
        };
        out.push_str(&source[copied..place]);
        added.push(out.len());
        out.push(SENTINEL);
        copied = place;
    }
    if added.is_empty() {
        return (added, None);
    }
    out.push_str(&source[copied..]);
    (added, Some(out))
}

/// Where the sentinel goes beside the run: before it, after it, or nowhere.
fn sentinel_place(source: &str, run: Range<usize>) -> Option<usize> {
    let before = source[..run.start].chars().next_back()?;
    let after = source[run.end..].chars().next()?;
    if !is_cjk(before) && !is_cjk(after) {
        return None;
    }
    match (is_punctuation(before), is_punctuation(after)) {
        (false, true) if !before.is_whitespace() => Some(run.start),
        (true, false) if !after.is_whitespace() => Some(run.end),
        _ => None,
    }
}

/// Whether an odd number of backslashes stands before `at`.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}

/// The text without sentinels.
pub(super) fn strip(text: &str) -> Cow<'_, str> {
    if text.contains(SENTINEL) { Cow::Owned(text.replace(SENTINEL, "")) } else { Cow::Borrowed(text) }
}
