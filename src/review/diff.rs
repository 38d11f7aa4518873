//! What differs between two texts, character by character.

/// What became of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It is in both.
    Same,
    /// 删除.
    Gone,
    /// 新增.
    New,
}

/// A part of a text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub part: Part,
    /// The part.
    pub text: String,
}

/// More cells than this are not worked out: the texts count as wholly different.
const MAX_CELLS: usize = 4_000_000;
/// A stretch in both that is shorter than this, between two changes, only confuses.
const MIN_SAME: usize = 2;

/// The parts of two texts that are the same, gone and new, in reading order.
pub fn marks(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (tokens(old), tokens(new));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut pieces = Vec::new();
    put(&mut pieces, Part::Same, &old[..head]);
    middle(&old[head..old.len() - tail], &new[head..new.len() - tail], &mut pieces);
    put(&mut pieces, Part::Same, &old[old.len() - tail..]);
    tidy(pieces)
}

/// How alike two texts are, from 0 to 1.
pub(super) fn likeness(old: &str, new: &str) -> f64 {
    let chars = |text: &str| text.chars().count();
    let all = chars(old) + chars(new);
    if all == 0 {
        return 1.0;
    }
    let same: usize =
        marks(old, new).iter().filter(|piece| piece.part == Part::Same).map(|piece| chars(&piece.text)).sum();
    2.0 * same as f64 / all as f64
}

/// How much of an equal stretch is shown on either side of a change.
const CONTEXT: usize = 14;
/// Texts that have less in common than this are shown as two, without marks.
const MIN_COMMON: f64 = 0.3;

/// The old and the new text with what differs marked, long equal stretches shortened.
pub fn pair(old: Option<&str>, new: Option<&str>) -> (Vec<Piece>, Vec<Piece>) {
    let alone = |part, text: Option<&str>| text.map(|text| Piece { part, text: text.to_owned() }).into_iter().collect();
    let (Some(before), Some(after)) = (old, new) else { return (alone(Part::Gone, old), alone(Part::New, new)) };
    if likeness(before, after) < MIN_COMMON {
        return (alone(Part::Gone, old), alone(Part::New, new));
    }
    let pieces = marks(before, after);
    let last = pieces.len().saturating_sub(1);
    let side = |hidden: Part| {
        let all = pieces.iter().enumerate().filter(|(_, piece)| piece.part != hidden);
        all.map(|(n, piece)| Piece {
            part: piece.part,
            text: match piece.part {
                Part::Same => shortened(&piece.text, n == 0, n == last),
                _ => piece.text.clone(),
            },
        })
        .collect()
    };
    (side(Part::New), side(Part::Gone))
}

/// An equal stretch with its middle, or its outer part, left out.
fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= CONTEXT * 2 + 1 {
        return text.to_owned();
    }
    let head: String = chars[..CONTEXT].iter().collect();
    let tail: String = chars[chars.len() - CONTEXT..].iter().collect();
    match (is_first, is_last) {
        (true, _) => format!("…{tail}"),
        (_, true) => format!("{head}…"),
        _ => format!("{head}…{tail}"),
    }
}

/// A character; letters and digits in a row are one.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let is_word = c.is_ascii_alphanumeric();
        if at > start && !(is_word && in_word) {
            found.push(&text[start..at]);
            start = at;
        }
        in_word = is_word;
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

fn put(pieces: &mut Vec<Piece>, part: Part, tokens: &[&str]) {
    let text: String = tokens.concat();
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(last) if last.part == part => last.text.push_str(&text),
        _ => pieces.push(Piece { part, text }),
    }
}

/// The longest common subsequence of what is between the equal ends.
fn middle(old: &[&str], new: &[&str], pieces: &mut Vec<Piece>) {
    let (rows, columns) = (old.len(), new.len());
    if rows == 0 || columns == 0 || rows.saturating_mul(columns) > MAX_CELLS {
        put(pieces, Part::Gone, old);
        put(pieces, Part::New, new);
        return;
    }
    let width = columns + 1;
    let mut best = vec![0_u32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            best[i * width + j] = if old[i] == new[j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        if old[i] == new[j] {
            put(pieces, Part::Same, &old[i..=i]);
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            put(pieces, Part::Gone, &old[i..=i]);
            i += 1;
        } else {
            put(pieces, Part::New, &new[j..=j]);
            j += 1;
        }
    }
    put(pieces, Part::Gone, &old[i..]);
    put(pieces, Part::New, &new[j..]);
}

/// Joins changes that only a stray character keeps apart; what is gone comes before what is new.
fn tidy(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut tidied: Vec<Piece> = Vec::new();
    let (mut gone, mut new) = (String::new(), String::new());
    let count = pieces.len();
    for (n, piece) in pieces.into_iter().enumerate() {
        let is_stray = n > 0 && n + 1 < count && piece.text.chars().count() < MIN_SAME;
        match piece.part {
            Part::Gone => gone.push_str(&piece.text),
            Part::New => new.push_str(&piece.text),
            Part::Same if is_stray && !piece.text.contains('\n') => {
                gone.push_str(&piece.text);
                new.push_str(&piece.text);
            }
            Part::Same => {
                flush(&mut tidied, &mut gone, &mut new);
                tidied.push(piece);
            }
        }
    }
    flush(&mut tidied, &mut gone, &mut new);
    tidied
}

fn flush(tidied: &mut Vec<Piece>, gone: &mut String, new: &mut String) {
    for (part, text) in [(Part::Gone, gone), (Part::New, new)] {
        if !text.is_empty() {
            tidied.push(Piece { part, text: std::mem::take(text) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &str) {
        let shown: String = marks(old, new)
            .iter()
            .map(|piece| match piece.part {
                Part::Same => piece.text.clone(),
                Part::Gone => format!("[-{}-]", piece.text),
                Part::New => format!("{{+{}+}}", piece.text),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn characters_and_whole_numbers() {
        check("年满16周岁", "年满18周岁", "年满[-16-]{+18+}周岁");
        check("带身份证", "带好身份证原件", "带{+好+}身份证{+原件+}");
        check("", "新的", "{+新的+}");
        check("一样", "一样", "一样");
    }

    #[test]
    fn stray_characters_do_not_cut_a_change() {
        check("甲乙丙丁戊", "甲子丙丑戊", "甲[-乙丙丁-]{+子丙丑+}戊");
    }

    #[test]
    fn likeness_is_between_none_and_all() {
        assert!(likeness("有固定的经营场所", "有固定、整洁的经营场所") > 0.8);
        assert!(likeness("甲乙", "丙丁") < f64::EPSILON);
    }
}
