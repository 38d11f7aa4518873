//! What the preview adds to a page: one script, one style sheet, one mark for robots.
//!
//! Everything else of an answer is what `mingbai build` writes, byte by byte.
//! Nothing is inline, because pages carry a strict Content-Security-Policy.

use crate::markdown::escape;
use crate::serve::findings::Report;

/// The script.
pub(super) const SCRIPT: &str = include_str!("client/client.js");
/// The style sheet.
pub(super) const STYLE: &str = include_str!("client/client.css");
/// Where the preview's own addresses begin. Pages are never there; a file of
/// `static/` that is would be built, but not seen in the preview.
pub(super) const OWN: &str = "/__mingbai/";

/// What is put at the begin of a page's head: what takes its texts before a script of the page writes any.
pub(super) fn marks() -> String {
    format!("<script src=\"{OWN}marks.js\" defer></script>")
}

/// What is put at the end of the head of a page made from the snapshot `page`; with the bar of changes if there is a comparison.
pub(super) fn injection(page: &str, is_compared: bool) -> String {
    let review = if is_compared {
        format!(
            "<script src=\"{OWN}review.js\" defer></script>\
             <link rel=\"stylesheet\" href=\"{OWN}marks.css\"><link rel=\"stylesheet\" href=\"{OWN}review.css\">"
        )
    } else {
        String::new()
    };
    format!(
        "<script src=\"{OWN}client.js\" data-page=\"{page}\" defer></script>\
         <link rel=\"stylesheet\" href=\"{OWN}client.css\">{review}<meta name=\"robots\" content=\"noindex\">"
    )
}

/// The page with the preview's client.
pub(super) fn inject(html: &[u8], page: &str, is_compared: bool) -> Vec<u8> {
    let first = if is_compared { marks() } else { String::new() };
    around_head(html, &first, &injection(page, is_compared))
}

/// The page with `first` after `<head>` and `last` before `</head>`; both at the end where there is no head.
pub(super) fn around_head(html: &[u8], first: &str, last: &str) -> Vec<u8> {
    let find = |part: &[u8]| html.windows(part.len()).position(|one| one.eq_ignore_ascii_case(part));
    let end = find(b"</head>").unwrap_or(html.len());
    let begin = find(b"<head>").map_or(end, |at| at + b"<head>".len()).min(end);
    let mut bytes = Vec::with_capacity(html.len() + first.len() + last.len());
    bytes.extend_from_slice(&html[..begin]);
    bytes.extend_from_slice(first.as_bytes());
    bytes.extend_from_slice(&html[begin..end]);
    bytes.extend_from_slice(last.as_bytes());
    bytes.extend_from_slice(&html[end..]);
    bytes
}

/// A page for when there is none: it shows what is wrong and turns into the
/// page that was asked for when that is repaired.
pub(super) fn stand_in(title: &str, report: Option<&Report>, page: &str) -> Vec<u8> {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; \
         connect-src 'self'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n</head>\n<body class=\"mingbai-stand-in\">\n<main>\n<h1>{title}</h1>\n\
         <p>改好下面的问题并保存，这里会自动变成您要看的页面，不用重新启动。</p>\n\
         <noscript><pre>{}</pre></noscript>\n</main>\n</body>\n</html>\n",
        escape(&report.map(Report::text).unwrap_or_default())
    );
    inject(html.as_bytes(), page, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, head: &str, after: &str) {
        let html = format!("{before}{head}{after}");
        let expected = format!("{before}{}{head}{}{after}", marks(), injection("7-1", true));
        assert_eq!(String::from_utf8(inject(html.as_bytes(), "7-1", true)).unwrap(), expected);
    }

    #[test]
    fn where_it_goes() {
        check("<html><head>", "<title>甲</title>", "</head><body></head></body>");
        check("<HTML><HEAD>", "", "</HEAD>");
        check("<html><title>甲</title>", "", "</head><body><head>");
        check("<p>没有头", "", "");
        check("", "", "");
    }

    #[test]
    fn nothing_inline() {
        let injection = injection("1-1", true);
        assert!(injection.contains("></script>") && !injection.contains("<style") && !injection.contains("style="));
    }
}
