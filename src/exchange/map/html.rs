//! Text out of HTML that an old system left in its fields: no tag and no entity stays, no word is lost.

/// Elements that begin a line of their own.
const BLOCKS: [&str; 12] = ["br", "p", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4"];

/// Elements whose content is no text.
const SILENT: [&str; 2] = ["script", "style"];

/// The text of a piece of HTML, lines apart, and what it held besides text (scripts and styles).
pub(super) fn plain(html: &str) -> (String, Vec<String>) {
    let mut silent = Vec::new();
    // Exported texts are often escaped twice.
    let mut text = html.to_owned();
    for _ in 0..2 {
        text = entities(&tags(&text, &mut silent));
    }
    let text = tags(&text, &mut silent);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    (lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"), silent)
}

fn tags(text: &str, silent: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let Some((name, end)) = tag_at(tag) else {
            out.push('<');
            rest = &tag[1..];
            continue;
        };
        if name == "!--" {
            silent.push(tag[..end].to_owned());
        } else if BLOCKS.contains(&name.trim_start_matches('/')) {
            out.push('\n');
        } else if name.trim_start_matches('/') == "td" {
            out.push(' ');
        }
        rest = &tag[end..];
        if SILENT.contains(&name.as_str()) {
            let lower = rest.to_ascii_lowercase();
            let close = lower.find(&format!("</{name}")).unwrap_or(rest.len());
            let content = rest[..close].trim();
            silent.extend((!content.is_empty()).then(|| content.to_owned()));
            rest = &rest[close..];
        }
    }
    out.push_str(rest);
    out
}

/// The name of the tag a text begins with and where the tag ends; `<中华人民共和国…>` is none.
fn tag_at(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<!--") {
        return Some(("!--".to_owned(), text.find("-->").map_or(text.len(), |at| at + 3)));
    }
    let inner = text.strip_prefix('<')?;
    let name: String = inner
        .chars()
        .enumerate()
        .take_while(|(n, c)| c.is_ascii_alphanumeric() || (*n == 0 && *c == '/'))
        .map(|(_, c)| c)
        .collect();
    if !name.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.find('>')? + 1;
    let follows = inner[name.len()..].chars().next()?;
    (follows.is_whitespace() || follows == '>' || follows == '/').then(|| (name.to_ascii_lowercase(), end))
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest[1..].find(';').filter(|end| *end <= 8).and_then(|end| Some((decoded(&rest[1..=end])?, end + 2))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.chars().filter(|c| !('\u{80}'..='\u{9f}').contains(c) && *c != '\u{200b}' && *c != '\u{feff}').collect()
}

fn decoded(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || *c == '\n');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "middot" => '·',
        "times" => '×',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_go_and_words_stay() {
        let check = |html: &str, text: &str| assert_eq!(plain(html).0, text, "{html}");
        check("<p>一、材料&nbsp;齐全；</p><p>二、<b>符合</b>条件<br/>三</p>", "一、材料 齐全；\n二、符合条件\n三");
        check("《广东省实施<中华人民共和国海洋环境保护法>办法》", "《广东省实施<中华人民共和国海洋环境保护法>办法》");
        check("&amp;lt;b&amp;gt;甲&amp;lt;/b&amp;gt;", "甲");
        check("a < b & c &unknown; &#20013;&#x4E2D;", "a < b & c &unknown; 中中");
        check("<td>甲</td><td>乙</td>", "甲 乙");
        check("<img src=x onerror=alert(1)>", "");
        check("断开的 <a href=", "断开的 <a href=");
    }

    #[test]
    fn what_is_no_text_is_told() {
        let (text, silent) = plain("甲<script>alert('x')</script>乙<!-- 批注 -->");
        assert_eq!((text.as_str(), silent.len()), ("甲乙", 2));
        assert!(silent[0].contains("alert"));
    }
}
