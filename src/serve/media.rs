//! What kind of file a name stands for, as browsers are told.

/// The kind of HTML pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// The kind of plain text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
/// The kind of JSON.
pub(super) const JSON: &str = "application/json; charset=utf-8";
/// The kind of scripts.
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";
/// The kind of style sheets.
pub(super) const STYLE: &str = "text/css; charset=utf-8";

/// The media type of a file, by its ending.
pub(super) fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" => HTML,
        "css" => STYLE,
        "js" | "mjs" => SCRIPT,
        "json" => JSON,
        "jsonld" => "application/ld+json; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "txt" | "md" | "yaml" | "yml" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "wasm" => "application/wasm",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "wps" => "application/vnd.ms-works",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(media_type("items/a/index.html"), HTML);
        assert_eq!(media_type("static/表.DOCX"), media_type("a.docx"));
        assert_eq!(media_type("static/CNAME"), "application/octet-stream");
        assert_eq!(media_type("a.b/c"), "application/octet-stream");
    }
}
