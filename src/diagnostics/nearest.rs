//! The known name nearest to a wrong one (“是不是想写……”).
//!
//! Tuned for Chinese names of two to eight characters, where one character is
//! half a word: the usual measures, made for English, find nothing near.

/// Longer texts are compared for equality only.
const MAX_CHARS: usize = 60;

/// The known name that a writer of `wrong` most probably meant, if any is near.
///
/// Near is: the same but for spaces, punctuation, case and full-width forms; a
/// character or two too many, missing, wrong or exchanged; one within the other.
/// Of equally near names the one with the same first character wins, then the
/// one of nearer length, then the earlier.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = bare(wrong);
    let mut best: Option<((usize, bool, usize), &'a str)> = None;
    for name in known {
        let candidate = bare(name);
        let Some(distance) = distance(&wrong, &candidate) else { continue };
        let rank = (distance, wrong.first() != candidate.first(), wrong.len().abs_diff(candidate.len()));
        if best.as_ref().is_none_or(|(least, _)| rank < *least) {
            best = Some((rank, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How far two names are apart, in tenths of a character, or nothing if too far.
fn distance(wrong: &[char], known: &[char]) -> Option<usize> {
    if wrong == known {
        return (!known.is_empty()).then_some(0);
    }
    let longest = wrong.len().max(known.len());
    if longest > MAX_CHARS || wrong.is_empty() || known.is_empty() {
        return None;
    }
    match (edits(wrong, known), containment(wrong, known)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The fewest characters to add, drop, change or exchange, in tenths, if they are few. To
/// add or to drop counts a little less: more is left of what was written.
fn edits(wrong: &[char], known: &[char]) -> Option<usize> {
    let tolerated = tolerated(wrong, known);
    let difference = wrong.len().abs_diff(known.len());
    if difference > tolerated {
        return None;
    }
    let text = |chars: &[char]| chars.iter().collect::<String>();
    let edits = strsim::osa_distance(&text(wrong), &text(known));
    let discount = if edits == difference { 2 } else { 0 };
    (edits <= tolerated).then(|| edits * 10 - discount)
}

/// How many edits still count as near. Two characters are near only if they share a
/// Chinese one: a single shared letter says nothing.
fn tolerated(wrong: &[char], known: &[char]) -> usize {
    match wrong.len().max(known.len()) {
        0 | 1 => 0,
        2 => usize::from(wrong.iter().any(|c| !c.is_ascii() && known.contains(c))),
        3 | 4 => 1,
        5..=7 => 2,
        // Slugs share their endings (…-registration): more than a quarter apart is another word.
        longest if wrong.iter().chain(known).all(char::is_ascii) => longest / 4,
        longest => longest / 3,
    }
}

/// How near one name is that stands within the other: a beginning or an end is nearer than
/// a middle, and the less is left over the nearer.
fn containment(wrong: &[char], known: &[char]) -> Option<usize> {
    let (short, long) = if wrong.len() < known.len() { (wrong, known) } else { (known, wrong) };
    let is_ascii = short.iter().all(char::is_ascii);
    if short.len() < if is_ascii { 3 } else { 2 } {
        return None;
    }
    let left_over = long.len() - short.len();
    if long.starts_with(short) || long.ends_with(short) {
        Some(14 + left_over)
    } else {
        long.windows(short.len()).any(|window| window == short).then_some(18 + left_over)
    }
}

/// A name without spaces and punctuation, in half-width lower case.
fn bare(name: &str) -> Vec<char> {
    let half_width = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    };
    let is_dropped = |c: &char| {
        c.is_whitespace()
            || c.is_control()
            || c.is_ascii_punctuation()
            || matches!(c, '\u{2010}'..='\u{2027}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '·')
            || matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{301F}' | '\u{FE10}'..='\u{FE4F}')
            || matches!(c, '\u{FF5F}'..='\u{FF65}' | '￥')
    };
    name.chars().map(half_width).filter(|c| !is_dropped(c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 14] = [
        "名称",
        "通俗名",
        "别名",
        "实施编码",
        "事项类型",
        "办件类型",
        "服务对象",
        "申请材料",
        "法定时限",
        "承诺时限",
        "A岗",
        "网址",
        "url",
        "department",
    ];

    fn check(wrong: &str, expected: Option<&str>) {
        assert_eq!(nearest(wrong, KEYS), expected, "{wrong}");
    }

    #[test]
    fn one_character_off() {
        check("名秤", Some("名称"));
        check("称名", Some("名称"));
        check("名", Some("名称"));
        check("通俗名称", Some("通俗名"));
        check("俗名", Some("通俗名"));
        check("实施编吗", Some("实施编码"));
        check("事项类形", Some("事项类型"));
        check("办件类", Some("办件类型"));
        check("申请才料", Some("申请材料"));
        check("departmnet", Some("department"));
        check("Department", Some("department"));
    }

    #[test]
    fn spaces_punctuation_and_width() {
        check("名 称", Some("名称"));
        check("名称：", Some("名称"));
        check("“名称”", Some("名称"));
        check("Ａ岗", Some("A岗"));
        check("a 岗", Some("A岗"));
        check("ＵＲＬ", Some("url"));
        check("【申请材料】", Some("申请材料"));
    }

    #[test]
    fn one_within_the_other() {
        check("材料", Some("申请材料"));
        check("时限", Some("法定时限"));
        check("申请材料清单", Some("申请材料"));
        check("事项的申请材料清单", Some("申请材料"));
    }

    #[test]
    fn nothing_near() {
        check("收费", None);
        check("电", None);
        check("ab", None);
        check("", None);
        check("：", None);
        check("咨询电话", None);
        check(&"名".repeat(100_000), None);
        assert_eq!(nearest("名秤", []), None);
        assert_eq!(nearest("ab", ["ac", "b"]), None);
    }
}
