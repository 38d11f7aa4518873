//! The review as one HTML file to mail or to carry: nothing comes from elsewhere.

use std::fmt::Write as _;

use crate::diagnostics::Lang;
use crate::review::diff::{Part, Piece, pair};
use crate::review::summary::{absent, gone, heading, impact, title};
use crate::review::{Card, Change, Remark, Review, headline};

/// The look of the page.
const CSS: &str = include_str!("review.css");
/// Going through the cards, ticks and their export.
const JS: &str = include_str!("review.js");

/// The words of the page that are not part of the review.
struct Labels {
    lang: &'static str,
    new: &'static str,
    gone: &'static str,
    tick: &'static str,
    done: &'static str,
    next: &'static str,
    previous: &'static str,
    export: &'static str,
    keys: &'static str,
    all: &'static str,
    page: &'static str,
    both: &'static str,
    digest: &'static str,
}

const ZH: Labels = Labels {
    lang: "zh-Hans",
    new: "新增",
    gone: "删除",
    tick: "已核对",
    done: "已核对",
    next: "下一条（n）",
    previous: "上一条（p）",
    export: "导出核对记录",
    keys: "按 n、p 逐条看，按 d 显示或隐藏改动标记。勾选只保存在这个浏览器里。",
    all: "全部",
    page: "看页面",
    both: "新旧并排",
    digest: "版本指纹",
};

const EN: Labels = Labels {
    lang: "en",
    new: "new",
    gone: "deleted",
    tick: "checked",
    done: "checked",
    next: "next (n)",
    previous: "previous (p)",
    export: "export the ticks",
    keys: "n and p go through the cards, d shows or hides the marks. Ticks are kept in this browser only.",
    all: "all of them",
    page: "the page",
    both: "old and new side by side",
    digest: "fingerprint",
};

/// Where a site path, or else a file of the portal, can be looked at.
pub type Link<'a> = &'a dyn Fn(Option<&str>, &str) -> Linked;

/// The addresses at which a thing can be looked at in a preview.
#[derive(Debug, Default)]
pub struct Linked {
    /// Its page.
    pub page: Option<String>,
    /// Its page as it was and as it is, side by side.
    pub both: Option<String>,
}

/// The review as a page.
pub fn html(review: &Review, lang: Lang) -> String {
    html_linked(review, lang, None)
}

/// The review as a page of a preview: with links to the pages that changed, and
/// ticks that outlast other changes. Without links it is [`html`].
pub fn html_linked(review: &Review, lang: Lang, link: Option<Link<'_>>) -> String {
    let store = if link.is_some() { "preview" } else { &review.digest };
    let link = link.unwrap_or(&|_, _| Linked::default());
    let labels = if lang == Lang::Zh { &ZH } else { &EN };
    let said = escaped(headline(review).get(lang));
    let name = heading("", lang);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{name} {}</title>\n<style>\n{CSS}</style>\n</head>\n\
         <body data-own data-digest=\"{}\" data-store=\"{store}\" data-headline=\"{said}\">\n<main>\n<h1>{name}</h1>\n<p class=\"headline\">{said}</p>\n",
        labels.lang, review.as_of, review.digest
    );
    for line in &review.about {
        let _ = writeln!(page, "<p>{}</p>", escaped(line.get(lang)));
    }
    let _ = writeln!(page, "<p class=\"file\">{} · {} {}</p>", review.as_of, labels.digest, review.digest);
    let _ = writeln!(
        page,
        "<div class=\"bar\"><span>{} <strong id=\"done\">0 / {}</strong></span> \
         <button type=\"button\" id=\"previous\">{}</button> <button type=\"button\" id=\"next\">{}</button> \
         <button type=\"button\" id=\"export\">{}</button> <span class=\"file\">{}</span></div>",
        labels.done,
        review.cards.len(),
        labels.previous,
        labels.next,
        labels.export,
        labels.keys
    );
    for card in &review.cards {
        card_html(&mut page, card, labels, lang, link);
    }
    let gone = review.gone.iter().map(|one| gone(one, lang));
    list(&mut page, heading("gone", lang), gone);
    list(&mut page, heading("fresh", lang), review.fresh.iter().cloned());
    for (name, found) in review.findings() {
        let lines = found.iter().map(|one| format!("{} {} {}", one.place, one.code, one.message.get(lang)));
        list(&mut page, heading(name, lang), lines);
    }
    let _ = write!(page, "</main>\n<script>\n{JS}</script>\n</body>\n</html>\n");
    page
}

fn card_html(page: &mut String, card: &Card, labels: &Labels, lang: Lang, link: Link<'_>) {
    let anchor = escaped(&card.anchor());
    let target = link(card.url.as_deref(), &card.file);
    let mut url = match (&card.url, &target.page) {
        (None, None) => String::new(),
        (url, page) => format!(" · {}", linked(url.as_deref().unwrap_or(labels.page), page.as_deref())),
    };
    if let Some(both) = &target.both {
        let _ = write!(url, " · {}", linked(labels.both, Some(both)));
    }
    let _ = writeln!(
        page,
        "<article id=\"{anchor}\" data-digest=\"{}\" tabindex=\"-1\" aria-labelledby=\"{anchor}-title\">\n\
         <h2 id=\"{anchor}-title\">{}</h2>\n<p class=\"file\">{}{url}</p>",
        card.digest(),
        escaped(&title(card, lang)),
        escaped(&card.file)
    );
    if !card.alike.is_empty() {
        let all: String = card
            .alike
            .iter()
            .map(|one| {
                let name = linked(&one.name, link(None, &one.file).page.as_deref());
                format!("<li>{name} <span class=\"file\">{}</span></li>", escaped(&one.file))
            })
            .collect();
        let _ = writeln!(page, "<details><summary>{}</summary><ul>{all}</ul></details>", labels.all);
    }
    let names = ["field", "old", "new", "impact"].map(|name| heading(name, lang));
    let heads: String = names.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    let _ = writeln!(page, "<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>");
    for change in &card.changes {
        row(page, change, names, labels, lang, link);
    }
    let _ = writeln!(
        page,
        "</tbody>\n</table>\n<label class=\"tick\"><input type=\"checkbox\"> {}</label>\n</article>",
        labels.tick
    );
}

fn row(page: &mut String, change: &Change, names: [&str; 4], labels: &Labels, lang: Lang, link: Link<'_>) {
    let short = change.brief.as_ref().map(|brief| brief.text.as_str()).or(change.old.as_deref());
    let (old, new) = pair(short, change.new.as_deref());
    let mut old = marked(&old, labels, lang);
    if let (Some(brief), Some(all)) = (&change.brief, &change.old) {
        let facts: String = all.split('；').map(|fact| format!("<li>{}</li>", escaped(fact))).collect();
        let _ = write!(old, "<details><summary>{}</summary><ul>{facts}</ul></details>", brief.all().get(lang));
    }
    let line = change.line.map(|line| format!(" <span class=\"file\">:{line}</span>")).unwrap_or_default();
    let class = change.class.names().1;
    let mut effects = format!("<span class=\"class {class}\">{}</span>", change.class.words().get(lang));
    for (n, phrase) in impact(change, lang).iter().enumerate() {
        let remark = change.notes.get(n).map_or(Remark::Hint, |note| note.remark);
        let _ = write!(effects, "<p class=\"effect {}\">{}</p>", remark.names().2, escaped(phrase));
    }
    if change.touched.len() > 1 {
        let all: String = change
            .touched
            .iter()
            .map(|one| {
                let name = linked(&one.name, link(Some(&one.path), "").page.as_deref());
                format!("<li>{name} <span class=\"file\">{}</span></li>", escaped(&one.path))
            })
            .collect();
        let _ = write!(effects, "<details><summary>{}</summary><ul>{all}</ul></details>", labels.all);
    }
    let _ = writeln!(
        page,
        "<tr><td data-name=\"{}\">{}{line}</td><td data-name=\"{}\">{}</td><td data-name=\"{}\">{}</td><td data-name=\"{}\">{effects}</td></tr>",
        names[0],
        escaped(&change.field),
        names[1],
        old,
        names[2],
        marked(&new, labels, lang),
        names[3]
    );
}

/// A text, as a link where there is somewhere to go.
fn linked(text: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("<a href=\"{}\">{}</a>", escaped(to), escaped(text)),
        None => escaped(text),
    }
}

/// A text with its parts marked, by elements and by words.
fn marked(pieces: &[Piece], labels: &Labels, lang: Lang) -> String {
    if pieces.is_empty() {
        return format!("<span class=\"absent\">{}</span>", absent(lang));
    }
    let shown = pieces.iter().map(|piece| {
        let text = escaped(&piece.text).replace('\n', "<br>");
        match piece.part {
            Part::Same => text,
            Part::Gone => format!("<del><span class=\"mark\">[{}]</span>{text}</del>", labels.gone),
            Part::New => format!("<ins><span class=\"mark\">[{}]</span>{text}</ins>", labels.new),
        }
    });
    shown.collect()
}

fn list(page: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.map(|line| format!("<li>{}</li>", escaped(&line))).collect();
    if !lines.is_empty() {
        let _ = writeln!(page, "<section>\n<h2>{title}</h2>\n<ul>{}</ul>\n</section>", lines.concat());
    }
}

/// Text that means nothing to HTML, within elements and in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}
