//! Old and new side by side: `/__review/compare/items/a/` shows the page as it
//! was and as it is, each in a frame.
//!
//! The frames are below `/__review/old/` and `/__review/new/`, where every page
//! and file of the two states is, without the preview's own client but for what
//! takes their texts before their scripts write into them. Links in them lead to
//! the same state.

use std::path::PathBuf;

use crate::diagnostics::Words;
use crate::markdown::escape;
use crate::output::media;
use crate::plan::Output;
use crate::review::Earlier;
use crate::serve::address::encode;
use crate::serve::client::{self, OWN};
use crate::serve::review::{self, LIST};
use crate::serve::snapshot::{Snapshot, Source};

/// The script that marks what differs between two pages.
pub(super) const MARKS_SCRIPT: &str = include_str!("client/marks.js");
/// The look of the marks.
pub(super) const MARKS_STYLE: &str = include_str!("client/marks.css");
/// The script of the page with the two frames.
pub(super) const SCRIPT: &str = include_str!("client/compare.js");
/// Its look.
pub(super) const STYLE: &str = include_str!("client/compare.css");

/// What the preview shows of a page below `/__review/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Both states.
    Both,
    /// As it was.
    Old,
    /// As it is.
    New,
}

impl Side {
    const ALL: [(Side, &str); 3] = [(Side::Both, "compare/"), (Side::Old, "old/"), (Side::New, "new/")];

    /// The address of a site path seen from this side.
    pub(super) fn address(self, path: &str) -> String {
        let folder = Side::ALL.iter().find(|(side, _)| *side == self).map_or("", |(_, folder)| folder);
        encode(&format!("{LIST}{folder}{}", path.trim_start_matches('/')))
    }
}

/// What a frame shows.
pub(super) enum Frame {
    /// A file of this media type.
    File(&'static str, Vec<u8>),
    /// A file on disk.
    Copy(String, PathBuf),
    /// A way to another address.
    Redirect(String),
    /// A page that is not there on this side.
    Absent(Vec<u8>),
}

/// The side and the site path an address asks for.
pub(super) fn asked(good: &Snapshot, path: &str) -> Option<(Side, String)> {
    good.compared()?;
    let rest = path.strip_prefix(LIST).or_else(|| path.strip_prefix(good.base())?.strip_prefix(&LIST[1..]))?;
    Side::ALL.iter().find_map(|(side, folder)| Some((*side, format!("/{}", rest.strip_prefix(folder)?))))
}

/// The page with the two frames.
pub(super) fn page(good: &Snapshot, path: &str) -> Option<Vec<u8>> {
    let compared = good.compared()?;
    let (before, old) = (compared.before(), review::earlier(good, path));
    let name = |words: &Words| escape(&words.zh);
    let link = encode(&format!("{}{}", good.base(), path.trim_start_matches('/')));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; \
         connect-src 'self'; img-src data:; frame-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>新旧对照 {shown}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{OWN}compare.css\">\n\
         <script src=\"{OWN}marks.js\" defer></script>\n<script src=\"{OWN}compare.js\" defer></script>\n</head>\n\
         <body class=\"mingbai-compare\" data-own data-page=\"{link}\" data-base=\"{base}\">\n\
         <header>\n<h1>新旧对照 <a href=\"{link}\">{shown}</a></h1>\n<div class=\"bar\" role=\"group\" aria-label=\"怎么看\">\n\
         <button type=\"button\" data-look=\"phone\">手机（390）</button>\n<button type=\"button\" data-look=\"desktop\">电脑（1280）</button>\n\
         <button type=\"button\" data-look=\"print\">打印</button>\n<button type=\"button\" id=\"marks\" aria-pressed=\"true\">改动标记（D）</button>\n\
         <button type=\"button\" id=\"previous\" hidden>上一页（P）</button>\n<button type=\"button\" id=\"next\" hidden>下一页（N）</button>\n\
         <a href=\"{LIST}\">全部改动</a>\n<span id=\"said\" role=\"status\"></span>\n</div>\n</header>\n<main>\n\
         <section aria-label=\"原\"><h2>原：{}</h2><div class=\"frame\"><iframe id=\"old\" title=\"原来的页面\" src=\"{}\"></iframe></div></section>\n\
         <section aria-label=\"新\"><h2>新：{}</h2><div class=\"frame\"><iframe id=\"new\" title=\"现在的页面\" src=\"{}\"></iframe></div></section>\n\
         </main>\n</body>\n</html>\n",
        name(&before.base.name),
        Side::Old.address(old.as_deref().unwrap_or(path)),
        name(&before.head),
        Side::New.address(path),
        shown = escape(path),
        base = escape(good.base()),
    );
    Some(html.into_bytes())
}

/// What one frame shows.
pub(super) fn frame(good: &Snapshot, side: Side, path: &str) -> Option<Frame> {
    let before = good.compared()?.before();
    if side == Side::Old {
        return Some(match before.make(path) {
            Some(Earlier::File(name, bytes)) => dressed(&name, bytes, before.base_path(), side),
            Some(Earlier::Redirect(to)) => Frame::Redirect(side.address(&to)),
            None => Frame::Absent(absent("旧版本里没有这一页", "它是新增的，或者那时在别的网址。")),
        });
    }
    let Some((file, output)) = good.find(path) else {
        let folder = format!("{path}/");
        return Some(if !path.ends_with('/') && good.find(&folder).is_some() {
            Frame::Redirect(side.address(&folder))
        } else {
            Frame::Absent(absent("现在没有这一页", "它撤下了，也没有跳转。"))
        });
    };
    if let Output::Redirect { to, .. } = output {
        return Some(Frame::Redirect(side.address(to)));
    }
    Some(match good.make(file, output)? {
        Source::Bytes(bytes) => dressed(file.as_str(), bytes, good.base(), side),
        Source::File(disk) => Frame::Copy(file.as_str().to_owned(), disk),
    })
}

/// A file as its frame shows it: pages with links of their side, and the look of the marks.
fn dressed(name: &str, bytes: Vec<u8>, base: &str, side: Side) -> Frame {
    let kind = if name.ends_with('/') { media::HTML } else { media::media_type(name) };
    if kind != media::HTML {
        return Frame::File(kind, bytes);
    }
    let last = format!("<link rel=\"stylesheet\" href=\"{OWN}marks.css\"><meta name=\"robots\" content=\"noindex\">");
    let bytes = client::around_head(&bytes, &client::marks(), &last);
    let html = String::from_utf8_lossy(&bytes);
    Frame::File(kind, relinked(&html, base, &side.address("/")).into_bytes())
}

/// The page with every address of the site below another folder. Texts have no bare quotes, so these are attributes.
fn relinked(html: &str, base: &str, folder: &str) -> String {
    let mut out = html.to_owned();
    for attribute in ["href", "src", "action"] {
        let ours = format!(" {attribute}=\"{base}");
        let own = format!(" {attribute}=\"{OWN}");
        // The preview's own files stay where they are.
        let parts: Vec<&str> = out.split(&ours).collect();
        let mut joined = parts[0].to_owned();
        for part in &parts[1..] {
            let is_own = format!("{ours}{part}").starts_with(&own);
            joined.push_str(&if is_own { ours.clone() } else { format!(" {attribute}=\"{folder}") });
            joined.push_str(part);
        }
        out = joined;
    }
    out
}

/// A page that says what is not there.
fn absent(title: &str, text: &str) -> Vec<u8> {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{OWN}marks.css\">\n</head>\n\
         <body class=\"mingbai-absent\">\n<h1>{title}</h1>\n<p>{text}</p>\n</body>\n</html>\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_same_side() {
        let check = |base: &str, html: &str, expected: &str| {
            assert_eq!(relinked(html, base, "/__review/old/"), expected);
        };
        check("/", "<a href=\"/items/\">", "<a href=\"/__review/old/items/\">");
        check("/zwfw/", "<a href=\"/zwfw/items/\">", "<a href=\"/__review/old/items/\">");
        check("/", "<a href=\"#a\"><a href=\"tel:1\">", "<a href=\"#a\"><a href=\"tel:1\">");
        check("/", "<link href=\"/__mingbai/marks.css\">", "<link href=\"/__mingbai/marks.css\">");
        check("/", "<script src=\"/a.js\"></script>", "<script src=\"/__review/old/a.js\"></script>");
        check("/", "正文 href=&quot;/items/&quot;", "正文 href=&quot;/items/&quot;");
    }

    #[test]
    fn addresses_of_sides() {
        assert_eq!(Side::Both.address("/items/a/"), "/__review/compare/items/a/");
        assert_eq!(Side::Old.address("/"), "/__review/old/");
    }
}
