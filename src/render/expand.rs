//! Calls of components in the built-in templates, replaced by what they stand for.
//!
//! An item page calls some hundred and fifty components, most of them a line long. To call one takes longer than to
//! show it: its arguments become a map, its variables a scope, its body a text of its own. So before the templates
//! are compiled, a call becomes the text of its component, with the arguments in place of the parameters. Pages stay
//! the same to the byte, which a test holds; what is not simple, and all that a portal's own theme says, stays a call.
//!
//! This works on text and knows no more of the language of templates than tags, words and strings.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

/// How deep calls in components are replaced; deeper ones stay.
const DEPTH: usize = 12;

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// What is shown as it is.
    Text(&'a str),
    /// A tag with its marks, `{{ … }}` or `{% … %}`.
    Tag(&'a str),
}

impl<'a> Piece<'a> {
    fn text(self) -> &'a str {
        match self {
            Piece::Text(text) | Piece::Tag(text) => text,
        }
    }

    /// What stands between the marks of a tag.
    fn inside(self) -> Option<&'a str> {
        match self {
            Piece::Text(_) => None,
            Piece::Tag(tag) => Some(tag[2..tag.len() - 2].trim()),
        }
    }

    /// Whether a tag takes away the blanks before it.
    fn trims_before(self) -> bool {
        matches!(self, Piece::Tag(tag) if tag[2..].starts_with('-'))
    }

    /// Whether a tag takes away the blanks behind it.
    fn trims_behind(self) -> bool {
        matches!(self, Piece::Tag(tag) if tag[..tag.len() - 2].ends_with('-'))
    }
}

/// A component that can be put in place of its calls.
#[derive(Debug, Clone)]
struct Component {
    /// Its parameters, and what each is if a call does not say.
    parameters: Vec<(String, Option<String>)>,
    /// What it shows.
    body: String,
    /// The variables it makes: of its loops, and what it sets.
    made: BTreeSet<String>,
    /// Whether a call has a text inside.
    wraps: bool,
}

/// A call of a component.
struct Call<'a> {
    name: &'a str,
    arguments: Vec<(&'a str, &'a str)>,
}

/// The templates with calls replaced. `templates` are names and texts of those that may call and be called; the rest
/// of a theme is not among them. `constants` are calls and what they show.
pub(super) fn expanded<'a>(
    templates: impl IntoIterator<Item = (&'a str, &'a str)>,
    constants: BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let templates: Vec<(&str, &str)> = templates.into_iter().collect();
    let components = templates.iter().filter_map(|(_, text)| component(text)).collect();
    let mut expander = Expander { components, constants, calls: 0 };
    let expand = |(name, text): (&str, &str)| Some((name.to_owned(), expander.expand(text, DEPTH)?));
    templates.into_iter().filter_map(expand).collect()
}

/// The calls in a template that say everything themselves.
pub(super) fn constant_calls(text: &str) -> impl Iterator<Item = &str> {
    let calls = pieces(text).unwrap_or_default().into_iter().filter_map(Piece::inside);
    calls.filter(|inside| {
        call(inside)
            .is_some_and(|(call, is_closed)| is_closed && call.arguments.iter().all(|(_, value)| is_literal(value)))
    })
}

/// The pieces of a template; none if it cannot be read.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (before, tag) = rest.split_at(start);
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let length = match &tag[..2] {
            "{#" => tag.find("#}")? + 2,
            "{{" => end_of_tag(tag, "}}")?,
            _ => end_of_tag(tag, "%}")?,
        };
        pieces.push(Piece::Tag(&tag[..length]));
        rest = &tag[length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Some(pieces)
}

/// Where a tag ends: its closing mark outside of strings and braces.
fn end_of_tag(tag: &str, close: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 2;
    while at < tag.len() {
        let rest = &tag[at..];
        if depth == 0 && rest.starts_with(close) {
            return Some(at + close.len());
        }
        match rest.as_bytes()[0] {
            quote @ (b'"' | b'\'' | b'`') => at += rest[1..].find(char::from(quote))? + 1,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
        while !tag.is_char_boundary(at) {
            at += 1;
        }
    }
    None
}

/// The component that a template defines, with its name, if it is a simple one: no other text beside it.
fn component(text: &str) -> Option<(String, Component)> {
    let pieces = pieces(text)?;
    let is_comment = |piece: &Piece<'_>| piece.text().starts_with("{#");
    let first = pieces.iter().position(|piece| !is_comment(piece) && !piece.text().trim().is_empty())?;
    let last = pieces.iter().rposition(|piece| !piece.text().trim().is_empty())?;
    let (open, close) = (pieces[first], pieces[last]);
    let head = open.inside()?.strip_prefix("component ")?;
    let (name, parameters) = head.split_once('(')?;
    let is_plain = close.inside()? == format!("endcomponent {name}") && !open.trims_behind() && !close.trims_before();
    let inner = &pieces[first + 1..last];
    let body: String = inner.iter().map(|piece| piece.text()).collect();
    let bodies = inner.iter().filter(|piece| piece.inside() == Some("body")).count();
    let says_body = inner.iter().filter_map(|piece| piece.inside()).any(|tag| tag != "body" && says(tag, "body"));
    if !is_plain
        || bodies > 1
        || says_body
        || inner.iter().any(is_comment)
        || !inner.iter().all(is_known)
        || uses_foreign_loop(inner)
    {
        return None;
    }
    let parameters = parameters.strip_suffix(')')?.split(',').map(str::trim).filter(|one| !one.is_empty());
    let parameters: Vec<_> = parameters.map(parameter).collect::<Option<_>>()?;
    let made = inner.iter().filter_map(|piece| piece.inside()).flat_map(made).collect::<BTreeSet<_>>();
    let is_clear = parameters.iter().all(|(name, _)| !made.contains(name) && name != "body" && name != "site");
    is_clear.then(|| (name.to_owned(), Component { parameters, body, made, wraps: bodies == 1 }))
}

/// A parameter such as `label: string = "通知"`.
fn parameter(text: &str) -> Option<(String, Option<String>)> {
    let (head, default) = match text.split_once('=') {
        Some((head, default)) => (head, Some(default.trim().to_owned())),
        None => (text, None),
    };
    let name = head.split(':').next()?.trim();
    (is_word(name) && default.as_deref().is_none_or(is_literal)).then(|| (name.to_owned(), default))
}

/// Whether a piece says nothing that means something else elsewhere, such as an inheritance.
fn is_known(piece: &Piece<'_>) -> bool {
    const STRANGE: [&str; 8] = ["block", "extends", "include", "raw", "filter", "component", "import", "set_global"];
    piece.text().starts_with("{{")
        || piece
            .inside()
            .is_none_or(|tag| !STRANGE.contains(&tag.trim_matches('-').split_whitespace().next().unwrap_or("")))
}

/// Whether `loop` is asked for outside of the component's own loops.
fn uses_foreign_loop(pieces: &[Piece<'_>]) -> bool {
    let mut depth = 0_usize;
    pieces.iter().filter_map(|piece| piece.inside()).any(|tag| {
        let tag = tag.trim_matches('-').trim();
        let foreign = depth == 0 && says(tag, "loop");
        match tag.split_whitespace().next() {
            Some("for") => depth += 1,
            Some("endfor") => depth = depth.saturating_sub(1),
            _ => {}
        }
        foreign
    })
}

/// The variables that a tag makes.
fn made(tag: &str) -> Vec<String> {
    let tag = tag.trim_matches('-').trim();
    let names = match tag.split_once(char::is_whitespace) {
        Some(("for", rest)) => rest.split(" in ").next().unwrap_or_default(),
        Some(("set", rest)) => rest.split('=').next().unwrap_or_default(),
        _ => return Vec::new(),
    };
    names.split(',').map(|name| name.trim().to_owned()).collect()
}

/// Whether a tag says a word as a variable.
fn says(tag: &str, word: &str) -> bool {
    let mut found = false;
    replaced(tag, |one| {
        found |= one == word;
        None
    });
    found
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a value stands for itself.
fn is_literal(value: &str) -> bool {
    let is_string = value.len() >= 2
        && value.starts_with('"')
        && value.ends_with('"')
        && !value[1..value.len() - 1].contains(['"', '\\', '{', '}']);
    is_string
        || matches!(value, "true" | "false" | "None")
        || (!value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a value is a variable or a part of one.
fn is_path(value: &str) -> bool {
    value.split('.').all(is_word)
}

/// A tag with its variables replaced; what `with` gives nothing for stays.
fn replaced(tag: &str, mut with: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut rest = tag;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' | '`' => rest[1..].find(c).map_or(rest.len(), |end| end + 2),
            c if c.is_ascii_alphanumeric() || c == '_' => {
                rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let (word, behind) = rest.split_at(length);
        let is_variable = is_word(word) && !is_part_of_syntax(&out, behind);
        match is_variable.then(|| with(word)).flatten() {
            Some(new) => out.push_str(&new),
            None => out.push_str(word),
        }
        rest = behind;
    }
    out
}

/// Whether a word is an attribute, a filter, a test, a function, the name of an argument or of a component.
fn is_part_of_syntax(before: &str, behind: &str) -> bool {
    let before = before.trim_end();
    let behind = behind.trim_start();
    let is_test = before.ends_with(" is") || before.ends_with(" is not");
    before.ends_with(['.', '|', '<', '/'])
        || is_test
        || behind.starts_with('(')
        || (behind.starts_with('=') && !behind.starts_with("=="))
}

/// A call in a tag: `<name a="b" c={d} />`, or without the stroke where a text follows.
fn call(inside: &str) -> Option<(Call<'_>, bool)> {
    let rest = inside.strip_prefix('<')?.strip_suffix('>')?;
    let (rest, is_closed) = rest.strip_suffix('/').map_or((rest, false), |rest| (rest, true));
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (name, mut rest) = rest.split_at(end);
    let mut arguments = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return is_word(name).then_some((Call { name, arguments }, is_closed));
        }
        let (key, value) = rest.split_once('=')?;
        let length = match value.chars().next()? {
            '"' => value[1..].find('"')? + 2,
            '{' => value.find('}')? + 1,
            _ => return None,
        };
        let (value, behind) = value.split_at(length);
        let value = value.strip_prefix('{').and_then(|value| value.strip_suffix('}')).unwrap_or(value).trim();
        if !is_word(key) || !(is_literal(value) || is_path(value)) {
            return None;
        }
        arguments.push((key, value));
        rest = behind;
    }
}

/// Replaces calls.
struct Expander {
    components: BTreeMap<String, Component>,
    /// What calls show that say everything themselves.
    constants: BTreeMap<String, String>,
    /// How many were replaced: variables of each are named by its number.
    calls: usize,
}

impl Expander {
    /// A template with its calls replaced; none if it cannot be read.
    fn expand(&mut self, text: &str, depth: usize) -> Option<String> {
        let pieces = pieces(text)?;
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < pieces.len() {
            match self.replacement(&pieces, at, depth) {
                Some((text, next)) => {
                    out.push_str(&text);
                    at = next;
                }
                None => {
                    out.push_str(pieces[at].text());
                    at += 1;
                }
            }
        }
        Some(out)
    }

    /// What stands in place of the call that begins at a piece, and the piece behind it.
    fn replacement(&mut self, pieces: &[Piece<'_>], at: usize, depth: usize) -> Option<(String, usize)> {
        let tag = pieces[at];
        let (call, is_closed) = call(tag.inside()?)?;
        if depth == 0 || tag.trims_before() || tag.trims_behind() {
            return None;
        }
        let end = if is_closed { at } else { closing(pieces, at, call.name)? };
        // A tag beside the call that takes blanks away would take those of the component too.
        let around = [at.checked_sub(1).map(|before| (before, true)), Some((end + 1, false))];
        if around.into_iter().flatten().any(|(beside, before)| takes_blanks(pieces, beside, before)) {
            return None;
        }
        if let Some(shown) = self.constants.get(tag.inside()?) {
            return Some((shown.clone(), end + 1));
        }
        let component = self.components.get(call.name)?.clone();
        if component.wraps == is_closed {
            return None;
        }
        let arguments = arguments(&component, &call)?;
        self.calls += 1;
        let number = self.calls;
        let name = |word: &str| match arguments.get(word) {
            Some(value) => Some((*value).to_owned()),
            None => component.made.contains(word).then(|| format!("{word}__{number}")),
        };
        let shown = substituted(&component.body, &name)?;
        let shown = self.expand(&shown, depth - 1)?;
        if is_closed {
            return Some((shown, end + 1));
        }
        let inner: String = pieces[at + 1..end].iter().map(|piece| piece.text()).collect();
        let inner = self.expand(&inner, depth)?;
        Some((shown.replacen("{{ body }}", &inner, 1), end + 1))
    }
}

/// What each parameter is in a call; none if a call and a component do not fit, which the engine will say.
fn arguments<'a>(component: &'a Component, call: &Call<'a>) -> Option<BTreeMap<&'a str, &'a str>> {
    let is_parameter = |name: &str| component.parameters.iter().any(|(known, _)| known == name);
    if !call.arguments.iter().all(|(name, _)| is_parameter(name)) {
        return None;
    }
    // The loop of the caller is not that of the component.
    let of_loop = |value: &str| value.split('.').next() == Some("loop");
    if call.arguments.iter().any(|(_, value)| of_loop(value)) && !component.made.is_empty() {
        return None;
    }
    let value = |(name, default): &'a (String, Option<String>)| {
        let given = call.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
        Some((name.as_str(), given.or(default.as_deref())?))
    };
    component.parameters.iter().map(value).collect()
}

/// The tags of a text with variables replaced; none if a part of a literal is asked for.
fn substituted(body: &str, with: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(body.len());
    for piece in pieces(body)? {
        let Piece::Tag(tag) = piece else {
            out.push_str(piece.text());
            continue;
        };
        if let Some(text) = piece.inside().and_then(with).as_deref().and_then(plain_string) {
            out.push_str(text);
            continue;
        }
        let mut is_whole = true;
        let new = replaced(tag, |word| {
            let new = with(word)?;
            is_whole &= is_path(&new) && !is_literal(&new) || !tag.contains(&format!("{word}."));
            Some(new)
        });
        if !is_whole {
            return None;
        }
        out.push_str(&new);
    }
    Some(out)
}

/// The text of a string that is shown as it is written.
fn plain_string(literal: &str) -> Option<&str> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains(['&', '<', '>', '\'', '/'])).then_some(text)
}

/// The piece that ends a call with a text inside.
fn closing(pieces: &[Piece<'_>], at: usize, name: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let close = format!("</{name}>");
    for (n, piece) in pieces.iter().enumerate().skip(at + 1) {
        let Some(inside) = piece.inside() else { continue };
        if inside == close {
            if depth == 0 {
                return Some(n);
            }
            depth -= 1;
        } else if call(inside).is_some_and(|(call, is_closed)| call.name == name && !is_closed) {
            depth += 1;
        }
    }
    None
}

/// Whether beside a call, perhaps behind blanks, a tag takes blanks away.
fn takes_blanks(pieces: &[Piece<'_>], beside: usize, before: bool) -> bool {
    let step = |at: usize| if before { at.checked_sub(1) } else { Some(at + 1) };
    let mut around = iter::successors(Some(beside), |at| step(*at)).map_while(|at| pieces.get(at));
    around
        .find(|piece| !piece.text().trim().is_empty())
        .is_some_and(|piece| if before { piece.trims_behind() } else { piece.trims_before() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "{#- 一行。 -#}\n{% component row(label: string, value = None) %}{% if value %}<dt>{{ label }}</dt><dd>{{ value.text }}</dd>{% endif %}{% endcomponent row %}\n";
    const PART: &str = "{% component part(id: string, title: string) %}<h2 id=\"{{ id }}\">{{ title }}</h2>{{ body }}{% endcomponent part %}";
    const LIST: &str = "{% component list(rows: array, first: bool = false) %}{% for r in rows %}{% if first and loop.first %}!{% endif %}{{<row label=\"甲\" value={r.v} />}}{% endfor %}{% endcomponent list %}";

    /// A page with its calls replaced.
    fn page(text: &str) -> String {
        let templates = [("row", ROW), ("part", PART), ("list", LIST), ("page", text)];
        let constants = BTreeMap::from([("<icon name=\"x\" />".to_owned(), "<svg/>".to_owned())]);
        expanded(templates, constants).pop().unwrap().1
    }

    #[test]
    fn a_call_becomes_what_it_stands_for() {
        assert_eq!(
            page("{{<row label={item.name} value={item.time} />}}"),
            "{% if item.time %}<dt>{{ item.name }}</dt><dd>{{ item.time.text }}</dd>{% endif %}"
        );
        assert_eq!(page("a{{<icon name=\"x\" />}}b"), "a<svg/>b");
    }

    #[test]
    fn what_stands_inside_stays_the_callers() {
        assert_eq!(
            page(
                "{% <part id=\"time\" title={title}> %}{{ id }}{% <part id=\"b\" title=\"乙\"> %}c{% </part> %}{% </part> %}"
            ),
            "<h2 id=\"time\">{{ title }}</h2>{{ id }}<h2 id=\"b\">乙</h2>c"
        );
    }

    #[test]
    fn variables_of_a_component_are_its_own() {
        assert_eq!(
            page("{% for r in groups %}{{<list rows={r.rows} first={true} />}}{% endfor %}"),
            "{% for r in groups %}{% for r__2 in r.rows %}{% if true and loop.first %}!{% endif %}\
             {% if r__2.v %}<dt>甲</dt><dd>{{ r__2.v.text }}</dd>{% endif %}{% endfor %}{% endfor %}"
        );
    }

    #[test]
    fn what_is_not_simple_stays_a_call() {
        for call in [
            "{{<row label={a + 1} value={b} />}}",
            "{{<row value={b} />}}",
            "{{<row label={a} what={b} />}}",
            "{{<row label=\"甲\" value=\"乙\" />}}",
            "{{<list rows={loop.rows} />}}",
            "{{-<row label={a} value={b} />}}",
            "{{<row label={a} value={b} />}} \n{%- if x %}{% endif %}",
            "{{<strange a={b} />}}",
            "{% <part id=\"a\" title={b}> %}",
            "{{<part id=\"a\" title={b} />}}",
        ] {
            assert_eq!(page(call), call);
        }
    }

    #[test]
    fn words_that_are_no_variables_stay() {
        let with = |word: &str| (word == "a").then(|| "x.y".to_owned());
        assert_eq!(replaced("{% if a.a and b.a | a(a=a) is a %}", with), "{% if x.y.a and b.a | a(a=x.y) is a %}");
        assert_eq!(replaced("{{ \"a\" ~ a == 'a' }}", with), "{{ \"a\" ~ x.y == 'a' }}");
    }
}
