//! Old and new side by side: every page and file of both states, each linked within its own.

use std::fs;

use serde_json::{Value, json};

use crate::browser::{Events, get};
use crate::portal::{PAGE, Preview, SITE};
use crate::review::{HERE, ITEM, bar, change, sample, small};

/// What a frame shows.
fn frame(preview: &Preview, side: &str, path: &str) -> String {
    let answer = get(preview.address, &format!("/__review/{side}{path}"));
    assert_eq!(answer.status, 200, "{side}{path}");
    answer.text().to_owned()
}

#[test]
fn each_frame_has_the_page_of_its_side() {
    let preview = small(&[("content/static/note.txt", "旧"), ("content/static/gone.txt", "x")]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    let same = frame(&preview, "new", "/about/").replace("/__review/new/", "/__review/old/");
    assert_eq!(same, frame(&preview, "old", "/about/"), "nothing changed yet");
    assert!(!same.contains("client.js"), "a frame has no client of its own");
    fs::remove_file(preview.folder.path().join("content/static/gone.txt")).unwrap();
    preview.save("content/static/note.txt", "新");
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    let mut state = events.next_page(&first);
    while !get(preview.address, "/about/").text().contains("第二版") || get(preview.address, "/gone.txt").status == 200
    {
        state = events.next_page(&state);
    }
    for (side, text, note) in [("old", "第一版正文", "旧"), ("new", "第二版正文", "新")] {
        let page = frame(&preview, side, "/about/");
        assert!(page.contains(text), "{page}");
        let home = format!("href=\"/__review/{side}/\"");
        assert!(page.contains(&home) && !page.contains("href=\"/items/"), "{page}");
        let style = page.split("<link rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(style.starts_with(&format!("/__review/{side}/assets/")), "{style}");
        let answer = get(preview.address, style);
        assert_eq!((answer.status, answer.header("Content-Type")), (200, "text/css; charset=utf-8"));
        assert_eq!(frame(&preview, side, "/note.txt"), note);
        let folder = get(preview.address, &format!("/__review/{side}/about"));
        assert_eq!((folder.status, folder.header("Location")), (302, &*format!("/__review/{side}/about/")));
    }
    assert_eq!(frame(&preview, "old", "/gone.txt"), "x");
    assert!(frame(&preview, "new", "/gone.txt").contains("现在没有这一页"));
    assert!(frame(&preview, "old", "/later/").contains("旧版本里没有这一页"));
    preview.stop();
}

#[test]
fn the_page_with_both_frames() {
    let preview = small(&[]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    preview.save("content/pages/about.md", &PAGE.replace("第一版", "第二版"));
    preview.save("content/pages/new.md", PAGE);
    let mut state = events.next_page(&first);
    while get(preview.address, "/new/").status != 200 || !get(preview.address, "/about/").text().contains("第二版") {
        state = events.next_page(&state);
    }
    let page = frame(&preview, "compare", "/about/");
    for part in [
        "src=\"/__review/old/about/\"",
        "src=\"/__review/new/about/\"",
        "原：HEAD（",
        "新：工作区",
        "client.js",
        "frame-src 'self'",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for name in ["compare.js", "compare.css", "marks.js", "marks.css"] {
        assert_eq!(get(preview.address, &format!("/__mingbai/{name}")).status, 200, "{name}");
    }
    let shown = bar(&preview, "/about/");
    assert_eq!(
        (&shown["compare"], &shown["old"]),
        (&json!("/__review/compare/about/"), &json!("/__review/old/about/"))
    );
    assert_eq!(bar(&preview, "/new/")["old"], Value::Null, "it was not there");
    let other = bar(&preview, "/search/");
    assert_eq!(
        (&other["count"], &other["old"]),
        (&json!(0), &json!("/__review/old/search/")),
        "any page has an old one"
    );
    preview.stop();
    let alone = Preview::of(&[]);
    for side in ["compare", "old", "new"] {
        assert_eq!(get(alone.address, &format!("/__review/{side}/about/")).status, 404, "{side}");
    }
    alone.stop();
}

#[test]
fn an_item_with_another_address_is_beside_the_same_item() {
    let preview = sample();
    let root = preview.folder.path().to_owned();
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    let folder = |slug: &str| root.join(format!("content/departments/scjgj/{slug}"));
    let slug = HERE.trim_matches('/').split('/').next_back().unwrap().to_owned();
    change(&preview, ITEM, "\n通俗名: ", "\n通俗名: 新");
    state = events.next_page(&state);
    for place in [
        "content/bundles",
        "content/notices",
        "content/departments",
        "content/materials",
        "content/site.yaml",
        "content/redirects.yaml",
        "content/pages",
        "content/places",
        "content/synonyms.yaml",
    ] {
        rename_in(&root.join(place), &slug, "food-shop");
    }
    fs::rename(folder(&slug), folder("food-shop")).unwrap();
    while get(preview.address, "/items/food-shop/").status != 200 {
        state = events.next_page(&state);
    }
    let page = frame(&preview, "compare", "/items/food-shop/");
    assert!(page.contains(&format!("src=\"/__review/old/items/{slug}/\"")), "{page}");
    assert_eq!(bar(&preview, "/items/food-shop/")["old"], json!(format!("/__review/old/items/{slug}/")));
    preview.stop();
}

/// Writes another slug into every text below a folder.
fn rename_in(at: &std::path::Path, from: &str, to: &str) {
    if at.is_dir() {
        for entry in fs::read_dir(at).unwrap() {
            rename_in(&entry.unwrap().path(), from, to);
        }
    } else if let Ok(text) = fs::read_to_string(at)
        && text.contains(from)
    {
        fs::write(at, text.replace(from, to)).unwrap();
    }
}

#[test]
fn below_the_path_of_the_site() {
    let site = SITE.replace("example/", "example/zwfw/");
    let preview = small(&[("content/site.yaml", &site)]);
    for path in ["/__review/old/about/", "/zwfw/__review/old/about/"] {
        let answer = get(preview.address, path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.text().contains("href=\"/__review/old/\"") && !answer.text().contains("href=\"/zwfw/"),
            "{path}"
        );
    }
    assert!(frame(&preview, "compare", "/about/").contains("data-page=\"/zwfw/about/\""));
    preview.stop();
}
