//! What kind of file a name stands for, as browsers are told.

/// The kind of HTML pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// The kind of plain text.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";
/// The kind of JSON.
pub(crate) const JSON: &str = "application/json; charset=utf-8";
/// The kind of scripts.
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
/// The kind of style sheets.
pub(crate) const STYLE: &str = "text/css; charset=utf-8";

/// The kind of what has no other.
pub(crate) const BINARY: &str = "application/octet-stream";

/// Every kind that is known, with the endings of its files.
pub(crate) const KINDS: &[(&str, &[&str])] = &[
    (HTML, &["html", "htm"]),
    (STYLE, &["css"]),
    (SCRIPT, &["js", "mjs"]),
    (JSON, &["json"]),
    ("application/ld+json; charset=utf-8", &["jsonld"]),
    ("application/geo+json; charset=utf-8", &["geojson"]),
    ("application/manifest+json; charset=utf-8", &["webmanifest"]),
    (TEXT, &["txt", "md", "yaml", "yml"]),
    ("text/csv; charset=utf-8", &["csv"]),
    ("text/calendar; charset=utf-8", &["ics"]),
    ("application/xml; charset=utf-8", &["xml"]),
    ("image/svg+xml; charset=utf-8", &["svg"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/gif", &["gif"]),
    ("image/webp", &["webp"]),
    ("image/avif", &["avif"]),
    ("image/vnd.microsoft.icon", &["ico"]),
    ("font/woff", &["woff"]),
    ("font/woff2", &["woff2"]),
    ("font/ttf", &["ttf"]),
    ("audio/mpeg", &["mp3"]),
    ("video/mp4", &["mp4"]),
    ("application/pdf", &["pdf"]),
    ("application/ofd", &["ofd"]),
    ("application/zip", &["zip"]),
    ("application/gzip", &["gz"]),
    ("application/wasm", &["wasm"]),
    ("application/msword", &["doc"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.ms-excel", &["xls"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.ms-powerpoint", &["ppt"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    ("application/vnd.ms-works", &["wps"]),
];

/// The media type of a file, by its ending.
pub(crate) fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    KINDS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map_or(BINARY, |(kind, _)| kind)
}

/// Whether a file is a text, by its ending.
pub(crate) fn is_text(name: &str) -> bool {
    media_type(name).ends_with("charset=utf-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(media_type("items/a/index.html"), HTML);
        assert_eq!(media_type("static/表.DOCX"), media_type("a.docx"));
        assert_eq!(media_type("static/CNAME"), BINARY);
        assert_eq!(media_type("a.b/c"), BINARY);
        assert!(is_text("changes/feed.xml") && !is_text("search/index.bin") && !is_text("a.pdf"));
    }
}
