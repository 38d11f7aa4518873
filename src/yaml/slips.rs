//! Slips of the hand that a parser sees too late or explains badly: brackets of the wrong width or
//! without their other half, dashes without a space, lines that are not aligned.
//!
//! Looked for only where reading failed, in the lines near the place: elsewhere the same characters are
//! part of somebody's text.

use std::ops::Range;

use crate::diagnostics::{Code, Finding, Target, Words, codes};
use crate::source::FileId;
use crate::source::lines::line_around;
use crate::yaml::prescan::is_key;
use crate::yaml::read::Source;

/// How many lines above the place are looked at.
const ABOVE: usize = 3;

/// The longest line that is looked at, in bytes: nobody writes a longer one by hand, and the repair shows it whole.
const LONGEST: usize = 2_000;

/// The full-width brackets and what they should be.
const BRACKETS: [(char, char); 4] = [('｛', '{'), ('｝', '}'), ('［', '['), ('］', ']')];

/// What editors begin the entry of a list with instead of `-`.
const BULLETS: [char; 9] = ['－', '—', '–', '―', '•', '·', '●', '○', '※'];

/// A line of the text.
struct Line<'t> {
    /// Where it begins in the text.
    start: usize,
    /// Without the note behind it.
    raw: &'t str,
    /// The same with blanks for what stands in quotes, byte for byte.
    bare: String,
}

impl<'t> Line<'t> {
    /// The line at a place; none if it is too long.
    fn at(text: &'t str, at: usize) -> Option<Self> {
        let range = line_around(text, at);
        if range.len() > LONGEST {
            return None;
        }
        let (bare, end) = bare(&text[range.clone()]);
        let raw = text[range.start..range.start + end].trim_end();
        Some(Line { start: range.start, raw, bare })
    }

    fn indent(&self) -> usize {
        self.raw.len() - self.raw.trim_start_matches(' ').len()
    }

    fn is_content(&self) -> bool {
        !self.bare.trim().is_empty()
    }

    /// Where the first `-` of an entry stands, if the line begins one.
    fn dash(&self) -> Option<usize> {
        self.raw.trim_start_matches(' ').starts_with("- ").then(|| self.indent())
    }

    /// Where the text behind all dashes begins.
    fn body(&self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.raw[at..].strip_prefix("- ") {
            at = self.raw.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    /// The key the line begins with, and what stands behind its colon.
    fn key(&self) -> Option<(&'t str, &'t str)> {
        let body = &self.raw[self.body()..];
        let (name, value) = body.split_once(": ").or_else(|| Some((body.trim_end().strip_suffix(':')?, "")))?;
        is_key(name).then(|| (name, value.trim()))
    }

    fn finding(&self, source: Source<'_>, code: &'static Code, part: Range<usize>, message: Words) -> Finding {
        let begin = source.base + self.start;
        Finding::new(code, source.file, Target::Bytes(begin + part.start..begin + part.end), message)
    }
}

/// The line without what stands in quotes: blanks in place of each byte. It ends where a note begins.
fn bare(line: &str) -> (String, usize) {
    let mut out = String::with_capacity(line.len());
    // The last character that is no blank, and the last one.
    let (mut quote, mut before, mut last) = (None, None, ' ');
    for (at, c) in line.char_indices() {
        let is_masked = match (quote, c) {
            (None, '#') if last == ' ' || at == 0 => return (out, at),
            (None, '"' | '\'') if before.is_none_or(|c| ":-,[{".contains(c)) => {
                quote = Some(c);
                true
            }
            (Some(open), _) => {
                quote = quote.filter(|_| c != open);
                true
            }
            (None, _) => false,
        };
        match is_masked {
            true => out.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => {
                out.push(c);
                before = if c.is_whitespace() { before } else { Some(c) };
            }
        }
        last = c;
    }
    (out, line.len())
}

/// The line at a place and the lines with content above it, from the nearest.
fn lines_near(text: &str, at: usize) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Line::at(text, at).into_iter().collect();
    let mut above = lines.first().and_then(|line| line.start.checked_sub(1));
    while let Some(line) = above.filter(|_| lines.len() <= ABOVE).and_then(|end| Line::at(text, end)) {
        above = line.start.checked_sub(1);
        if line.is_content() {
            lines.push(line);
        }
    }
    lines
}

/// What a writer most probably did where the parser gave up at `at`, saying `info`: what is plain to see.
pub(super) fn plain(source: Source<'_>, at: usize, info: &str) -> Option<Finding> {
    let lines = lines_near(source.text, at);
    let line = lines.first()?;
    // A text that goes on over lines ends only where a key was expected.
    let ends_text = info.contains("simple key");
    let of_entry = |line| dash_without_space(source, line).or_else(|| bullet(source, line));
    of_entry(line)
        .or_else(|| lines.iter().find_map(|line| full_width_bracket(source, line)))
        .or_else(|| list_behind_key(source, line))
        .or_else(|| comma(source, line))
        .or_else(|| quoted_comma(source, line))
        .or_else(|| lines.iter().skip(1).filter(|_| ends_text).find_map(of_entry))
        .or_else(|| half_bracket(source, &lines))
}

/// The same where only the lines together tell: not aligned, or no line of its own.
pub(super) fn aligned(source: Source<'_>, at: usize) -> Option<Finding> {
    let lines = lines_near(source.text, at);
    let (line, above) = lines.split_first()?;
    misaligned(source, line, above)
        .or_else(|| value_to_quote(source, line))
        .or_else(|| above.first().and_then(|line| no_line_of_its_own(source, line)))
}

/// What is wrong with a text where a list or a mapping should be.
pub(super) fn instead(source: Source<'_>, range: Range<usize>, wants_list: bool) -> Option<Finding> {
    let line = Line::at(source.text, range.start)?;
    let text = &source.text[range.clone()];
    if text.starts_with('【') {
        let at = range.start - line.start;
        let (open, close) = if wants_list { ('[', ']') } else { ('{', '}') };
        let fixed = line.raw.replace('【', &open.to_string()).replace('】', &close.to_string());
        return Some(bracket_finding(source, &line, at, ('【', open), fixed.trim()));
    }
    full_width_bracket(source, &line)
        .or_else(|| dash_without_space(source, &line))
        .or_else(|| bullet(source, &line))
        .filter(|_| wants_list || text.starts_with(['｛', '［']))
}

fn full_width_bracket(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let fixed =
        BRACKETS.iter().fold(line.raw.to_owned(), |line, (wide, plain)| line.replace(*wide, &plain.to_string()));
    let fixed = with_ascii_marks(&fixed).unwrap_or(fixed);
    line.bare.char_indices().find_map(|(at, c)| {
        let (wide, plain) = BRACKETS.iter().find(|(wide, _)| *wide == c)?;
        let before = line.bare[..at].trim_end();
        let is_meant = match plain {
            '{' | '[' => before.is_empty() || before.ends_with([':', '：', '-', ',', '[', '{']),
            _ => count(before, ['{', '[']) > count(before, ['}', ']']),
        };
        is_meant.then(|| bracket_finding(source, line, at, (*wide, *plain), fixed.trim()))
    })
}

/// `{法定：20个工作日，承诺：10个工作日}` with the colons and commas of a mapping.
fn with_ascii_marks(line: &str) -> Option<String> {
    let (before, rest) = line.split_once('{')?;
    let (inner, after) = rest.rsplit_once('}')?;
    let pair = |part: &str| {
        let (key, value) = part.split_once(['：', ':'])?;
        is_key(key.trim()).then(|| format!("{}: {}", key.trim(), value.trim()))
    };
    let pairs: Option<Vec<String>> = inner.split(['，', ',']).map(pair).collect();
    pairs.map(|pairs| format!("{before}{{ {} }}{after}", pairs.join(", ")))
}

fn bracket_finding(
    source: Source<'_>,
    line: &Line<'_>,
    at: usize,
    (wide, plain): (char, char),
    fixed: &str,
) -> Finding {
    let words = Words::new(format!("`{wide}` 是中文括号"), format!("`{wide}` is a full-width bracket"));
    line.finding(source, &codes::YM17, at..at + wide.len_utf8(), words)
        .label("中文括号", "a full-width bracket")
        .allowed(format!("英文括号 `{plain}`"), format!("the ASCII bracket `{plain}`"))
        .repair(format!("改成 `{fixed}`"), format!("write `{fixed}`"))
}

fn count<const N: usize>(text: &str, of: [char; N]) -> usize {
    text.chars().filter(|c| of.contains(c)).count()
}

/// `-已经登记`: no entry of a list to a parser.
fn dash_without_space(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let at = line.indent();
    let rest = line.raw[at..].strip_prefix('-')?;
    let is_entry = rest.starts_with(|c: char| !c.is_ascii() || matches!(c, '{' | '[' | '"' | '\''));
    is_entry.then(|| {
        line.finding(source, &codes::YM01, at..at + 1, Words::new("`-` 后面没有空格", "`-` is not followed by a space"))
            .label("后面少一个空格", "a space is missing after it")
            .allowed("列表的每一条：英文的 - 加一个空格", "an entry of a list: a dash and a space")
            .repair(format!("改成 `- {}`", rest.trim_end()), format!("write `- {}`", rest.trim_end()))
    })
}

/// `• 已经登记`, `1. 已经登记`, `* 已经登记`: marks of other lists.
fn bullet(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let at = line.indent();
    let text = &line.raw[at..];
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let end = match text.chars().next()? {
        c if BULLETS.contains(&c) => c.len_utf8(),
        '*' if text.starts_with("* ") => 1,
        _ if digits > 0 => {
            digits + text[digits..].chars().next().filter(|c| matches!(c, '.' | '、' | '．'))?.len_utf8()
        }
        _ => return None,
    };
    let (mark, rest) = (&text[..end], text[end..].trim());
    // A value such as `1.5米` is no entry.
    (!rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()) && line.key().is_none()).then(|| {
        let words = Words::new(format!("列表不能用 `{mark}` 开头"), format!("no entry of a list begins with `{mark}`"));
        line.finding(source, &codes::YM01, at..at + end, words)
            .label("要用 - 加一个空格", "a dash and a space belong here")
            .allowed("列表的每一条：英文的 - 加一个空格", "an entry of a list: a dash and a space")
            .repair(format!("改成 `- {rest}`"), format!("write `- {rest}`"))
    })
}

/// `申请条件: - 有固定的经营场所`.
fn list_behind_key(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let (name, value) = line.key()?;
    let entry = value.strip_prefix("- ")?;
    let at = line.raw.rfind(value)?;
    let words = Words::new(
        format!("列表要另起一行，不能写在 `{name}:` 后面"),
        format!("a list begins on a line of its own, not behind `{name}:`"),
    );
    let finding = line.finding(source, &codes::YM01, at..at + 1, words).label("从这里换行", "begin a line here");
    Some(finding.repair(
        format!("在 `{name}:` 后面换行，下一行前面空两格写 `- {entry}`"),
        format!("end the line behind `{name}:` and write `- {entry}` on the next, two spaces in"),
    ))
}

/// `{ 法定: 20个工作日， 承诺: 10个工作日 }`: between two keys stands no comma, or a full-width one.
fn comma(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let open = line.bare.find('{')?;
    let close = line.bare.rfind('}').unwrap_or(line.bare.len());
    let mut at = open + 1;
    for part in line.bare.get(at..close)?.split(['{', '}', '[', ']', ',']) {
        let colons: Vec<usize> = part.match_indices(": ").map(|(at, _)| at).collect();
        if let [_, second, ..] = colons[..] {
            let name = part[..second].rsplit([' ', '，', '、', '；']).next().unwrap_or_default();
            let key = at + second - name.len();
            let before = line.raw.get(..key)?.trim_end();
            if is_key(name) && !name.is_ascii() {
                return Some(comma_finding(source, line, name, before, key));
            }
        }
        at += part.len() + 1;
    }
    None
}

fn comma_finding(source: Source<'_>, line: &Line<'_>, name: &str, before: &str, key: usize) -> Finding {
    let wide = before.chars().next_back().filter(|c| matches!(c, '，' | '、' | '；'));
    let (part, words) = match wide {
        Some(c) => (
            before.len() - c.len_utf8()..before.len(),
            Words::new(format!("`{name}` 前面是中文的 `{c}`"), format!("before `{name}` stands the full-width `{c}`")),
        ),
        None => (
            key..key + name.len(),
            Words::new(format!("`{name}` 前面少了英文逗号"), format!("a comma is missing before `{name}`")),
        ),
    };
    let before = wide.map_or(before, |c| before.trim_end_matches(c));
    let fixed = format!("{before}, {}", &line.raw[key..]);
    line.finding(source, &codes::YM01, part, words)
        .label("要用英文逗号隔开", "a comma belongs here")
        .allowed("{ 键: 值, 键: 值 }", "{ key: value, key: value }")
        .repair(format!("改成 `{}`", fixed.trim()), format!("write `{}`", fixed.trim()))
}

/// `["0600-8801001"，"0600-8801002"]`.
fn quoted_comma(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let is_quote = |text: Option<&str>, at_end: bool| {
        let text = text.unwrap_or_default().trim();
        if at_end { text.ends_with(['"', '\'']) } else { text.starts_with(['"', '\'']) }
    };
    let (at, c) = line.bare.char_indices().find(|(at, c)| {
        matches!(c, '，' | '、' | '；')
            && is_quote(line.raw.get(..*at), true)
            && is_quote(line.raw.get(at + c.len_utf8()..), false)
    })?;
    let after = line.raw[at + c.len_utf8()..].trim_start();
    let fixed = format!("{}, {after}", line.raw[..at].trim_end());
    let words =
        Words::new(format!("两条之间是中文的 `{c}`"), format!("between two entries stands the full-width `{c}`"));
    Some(
        line.finding(source, &codes::YM01, at..at + c.len_utf8(), words)
            .label("要用英文逗号隔开", "a comma belongs here")
            .allowed("英文逗号加一个空格", "a comma and a space")
            .repair(format!("改成 `{}`", fixed.trim()), format!("write `{}`", fixed.trim())),
    )
}

/// A bracket without its other half, in the first line from above that has one.
fn half_bracket(source: Source<'_>, lines: &[Line<'_>]) -> Option<Finding> {
    (0..lines.len()).rev().find_map(|n| {
        let below: String = lines[..=n].iter().rev().map(|line| line.bare.as_str()).collect();
        [('{', '}'), ('[', ']')].into_iter().find_map(|(open, close)| {
            let (line, opened, closed) = (&lines[n], count(&below, [open]), count(&below, [close]));
            let is_here = |bracket| line.bare.contains(bracket);
            match opened.cmp(&closed) {
                std::cmp::Ordering::Greater if is_here(open) && !is_here(close) => {
                    let at = line.bare.find(open)?;
                    let before = line.bare[..at].trim_end();
                    if !(before.is_empty() || before.ends_with([':', '-', ',', '[', '{'])) {
                        return None;
                    }
                    let gap = if open == '{' { " " } else { "" };
                    let fixed = format!("{}{gap}{close}", line.raw);
                    Some(half_finding(source, line, at, (open, close), ("后面", "after"), fixed.trim()))
                }
                std::cmp::Ordering::Less if n == 0 && is_here(close) && !is_here(open) => {
                    let at = line.bare.rfind(close)?;
                    let (_, value) = line.key()?;
                    let begin = line.raw.len() - value.len();
                    let fixed = format!("{}{open} {}", &line.raw[..begin], &line.raw[begin..]);
                    Some(half_finding(source, line, at, (close, open), ("前面", "before"), fixed.trim()))
                }
                _ => None,
            }
        })
    })
}

fn half_finding(
    source: Source<'_>,
    line: &Line<'_>,
    at: usize,
    (here, other): (char, char),
    (side_zh, side_en): (&str, &str),
    fixed: &str,
) -> Finding {
    let words = Words::new(
        format!("`{here}` {side_zh}少了配对的 `{other}`"),
        format!("`{here}` has no `{other}` {side_en} it"),
    );
    line.finding(source, &codes::YM01, at..at + 1, words)
        .label("括号没有配对", "one half of a pair")
        .repair(format!("改成 `{fixed}`"), format!("write `{fixed}`"))
}

/// A key or a dash that stands in no column that is open here.
fn misaligned(source: Source<'_>, line: &Line<'_>, above: &[Line<'_>]) -> Option<Finding> {
    let indent = line.indent();
    let (name, like, wanted) = match line.dash() {
        Some(_) => {
            let entry = above.iter().find(|other| other.dash().is_some_and(|dash| dash.abs_diff(indent) <= 3))?;
            ("-", "-", entry.dash()?)
        }
        None => {
            let (name, _) = line.key()?;
            let before = above.first()?;
            let (like, value) = before.key()?;
            let is_inside = before.dash().is_some_and(|dash| dash > 0 && (dash..before.body()).contains(&indent));
            if !(is_inside || (indent > before.body() && !value.is_empty())) {
                return None;
            }
            (name, like, before.body())
        }
    };
    if wanted == indent {
        return None;
    }
    let words = Words::new(
        format!("`{name}` 没有和上面的 `{like}` 对齐：前面是 {indent} 个空格"),
        format!("`{name}` is not aligned with `{like}` above: {indent} spaces before it"),
    );
    Some(
        line.finding(source, &codes::YM01, indent..indent + name.len(), words).label("没有对齐", "not aligned").repair(
            match wanted {
                0 => "把前面的空格删掉".to_owned(),
                _ => format!("把前面的空格改成 {wanted} 个"),
            },
            format!("put {wanted} spaces before it"),
        ),
    )
}

/// A value that has a meaning of its own to a parser: it is put in quotes.
fn value_to_quote(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let (name, value) = line.key()?;
    let at = line.raw.rfind(value).filter(|_| !value.is_empty())?;
    let first = value.chars().next()?;
    let words = match first {
        '*' | '&' | '!' | '|' | '>' | '%' | '@' | '`' => {
            Words::new(format!("值不能以 `{first}` 开头"), format!("no value begins with `{first}`"))
        }
        '"' | '\'' | '{' | '[' => return None,
        _ if value.contains(": ") => Words::new("值里面有英文冒号加空格", "the value has a colon and a space in it"),
        _ => return None,
    };
    if value.contains(['"', '\\']) {
        return None;
    }
    Some(
        line.finding(source, &codes::YM01, at..at + value.len(), words)
            .label("整个值要加英文双引号", "double quotes belong around it")
            .repair(format!("改成 `{name}: \"{value}\"`"), format!("write `{name}: \"{value}\"`")),
    )
}

/// A line that is neither a key nor an entry, at the column of keys.
fn no_line_of_its_own(source: Source<'_>, line: &Line<'_>) -> Option<Finding> {
    let at = line.indent();
    let text = line.raw[at..].trim_end();
    if line.key().is_some() || line.dash().is_some() || text.is_empty() || text.contains(": ") {
        return None;
    }
    let words = Words::new("这一行不是“键: 值”，也不是列表", "this line is neither a key with its value nor an entry");
    Some(
        line.finding(source, &codes::YM01, at..at + text.len(), words)
            .label("属于上一行吗", "part of the line above?")
            .repair(
                "接着上一行写的，前面比上一行多空两格；另是一条的，加上键和冒号",
                "indent it two spaces further if it goes on from the line above; if not, give it a key and a colon",
            ),
    )
}

/// `- 已经登记` further in than the entry above: to a parser it goes on from there.
pub(super) fn entry_inside(source: Source<'_>, range: Range<usize>, file: FileId) -> Option<Finding> {
    let text = source.text.get(range.clone())?;
    if text.starts_with(['"', '\'', '|', '>']) {
        return None;
    }
    let mut at = range.start;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches(' ');
        let begin = at + line.len() - rest.len();
        if at > range.start && rest.starts_with("- ") {
            let entry = rest.trim_end();
            let target = Target::Bytes(source.base + begin..source.base + begin + entry.len());
            let words = Words::new(
                format!("`{entry}` 会连在上一条后面，不是另一条"),
                format!("`{entry}` goes on from the entry above and is none of its own"),
            );
            return Some(
                Finding::new(&codes::YM16, file, target, words)
                    .label("前面多了空格", "too far in")
                    .repair("和上一条的 - 对齐", "align it with the dash above"),
            );
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_quotes_or_is_a_note_is_not_looked_at() {
        let bare = |line| bare(line).0;
        assert_eq!(bare("a: \"{，\", b # ｛"), "a:       , b ");
        assert_eq!(bare("说: it's {"), "说: it's {");
        assert_eq!(bare("a: 'x', [1"), "a:    , [1");
        assert_eq!(bare("# a"), "");
    }
}
