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

/// What is put into a page made from the snapshot `page`; with the bar of changes if there is a comparison.
pub(super) fn injection(page: &str, is_compared: bool) -> String {
    let review = if is_compared {
        format!(
            "<script src=\"{OWN}marks.js\" defer></script><script src=\"{OWN}review.js\" defer></script>\
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

/// The page with the preview's client: before `</head>`, or at the end where there is none.
pub(super) fn inject(html: &[u8], page: &str, is_compared: bool) -> Vec<u8> {
    let end = b"</head>";
    let at = html.windows(end.len()).position(|part| part.eq_ignore_ascii_case(end)).unwrap_or(html.len());
    let injection = injection(page, is_compared);
    let mut bytes = Vec::with_capacity(html.len() + injection.len());
    bytes.extend_from_slice(&html[..at]);
    bytes.extend_from_slice(injection.as_bytes());
    bytes.extend_from_slice(&html[at..]);
    bytes
}

/// A page for when there is none: it shows what is wrong and turns into the
/// page that was asked for when that is repaired.
pub(super) fn stand_in(title: &str, report: &Report, page: &str) -> Vec<u8> {
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; \
         connect-src 'self'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n</head>\n<body class=\"mingbai-stand-in\">\n<main>\n<h1>{title}</h1>\n\
         <p>改好下面的问题并保存，这里会自动变成您要看的页面，不用重新启动。</p>\n\
         <noscript><pre>{}</pre></noscript>\n</main>\n</body>\n</html>\n",
        escape(&report.text())
    );
    inject(html.as_bytes(), page, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str) {
        let html = format!("{before}{after}");
        let expected = format!("{before}{}{after}", injection("7-1", true));
        assert_eq!(String::from_utf8(inject(html.as_bytes(), "7-1", true)).unwrap(), expected);
    }

    #[test]
    fn where_it_goes() {
        check("<html><head><title>甲</title>", "</head><body></head></body>");
        check("<HTML><HEAD>", "</HEAD>");
        check("<p>没有头", "");
        check("", "");
    }

    #[test]
    fn nothing_inline() {
        let injection = injection("1-1", true);
        assert!(injection.contains("></script>") && !injection.contains("<style") && !injection.contains("style="));
    }
}
