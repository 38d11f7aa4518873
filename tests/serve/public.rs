//! What the public would see: on another day, without drafts, and with attachments that come and go.

use std::fs;

use jiff::civil::date;
use mingbai::pipeline::{self, Input};
use serde_json::json;
use tempfile::TempDir;

use crate::browser::{Answer, Events, ask, findings, get, send};
use crate::portal::{PAGE, Preview, SITE, input, write};
use crate::review::{bar, change, committed, compared, list, small};

/// A notice of December.
const NOTICE: &str = "---\n标题: 年底停办\n类型: 窗口停办\n开始: 2026-12-01\n截止: 2026-12-31\n---\n\n年底盘点。\n";
const NOTICE_FILE: &str = "content/notices/2026-12-01-year-end.md";
const NOTICE_PAGE: &str = "/notices/2026-12-01-year-end/";

/// A folder with a small portal.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "content/site.yaml", SITE);
    write(folder.path(), "content/pages/about.md", PAGE);
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

/// A preview that shows what the public sees.
fn public(files: &[(&str, &str)]) -> Preview {
    Preview::start_as(folder(files), |options| options.input.drafts = false)
}

fn set_day(preview: &Preview, day: &str) -> Answer {
    get(preview.address, &format!("/__as-of/{day}"))
}

#[test]
fn another_day_is_looked_at() {
    let preview = public(&[(NOTICE_FILE, NOTICE)]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    assert_eq!(get(preview.address, NOTICE_PAGE).status, 404, "it is not December");
    assert_eq!(findings(preview.address)["day"], json!("2026-11-20"));
    let answer = set_day(&preview, "2026-12-05");
    assert_eq!((answer.status, answer.header("Location")), (302, "/"));
    let second = events.next_page(&first);
    assert_eq!(findings(preview.address)["day"], json!("2026-12-05"));
    let served = get(preview.address, NOTICE_PAGE);
    assert_eq!(served.status, 200);
    // The pages are those of a build for that day.
    let out = preview.folder.path().join("dist");
    let december = Input { as_of: date(2026, 12, 5), drafts: false, ..input(preview.folder.path()) };
    pipeline::build(&december, &out, false, &|_, _| {}).unwrap();
    let built = fs::read_to_string(out.join(NOTICE_PAGE.trim_start_matches('/')).join("index.html")).unwrap();
    let (from, end) = (served.text().find("<script src=\"/__mingbai/").unwrap(), "content=\"noindex\">");
    let to = from + served.text()[from..].find(end).unwrap() + end.len();
    assert_eq!(format!("{}{}", &served.text()[..from], &served.text()[to..]), built);
    // What is saved from now on is looked at on that day.
    preview.save(NOTICE_FILE, &NOTICE.replace("盘点", "检修"));
    let third = events.next_page(&second);
    assert!(get(preview.address, NOTICE_PAGE).text().contains("年底检修"));
    set_day(&preview, "2026-11-20");
    events.next_page(&third);
    assert_eq!(get(preview.address, NOTICE_PAGE).status, 404);
    preview.stop();
}

#[test]
fn a_day_that_is_none_and_a_page_that_may_not_ask() {
    let preview = public(&[]);
    let state = Events::open(preview.address).next().unwrap();
    for day in ["", "tomorrow", "2026-13-01", "2026-12-1", "1066-10-14", "2026-12-01/x"] {
        let answer = set_day(&preview, day);
        assert_eq!(answer.status, 400, "{day}");
        assert!(answer.text().contains("2026-12-01"), "{day}: {}", answer.text());
    }
    let host = preview.address.to_string();
    let from_elsewhere = format!(
        "GET /__as-of/2026-12-05 HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(send(preview.address, from_elsewhere.as_bytes()).status, 403);
    assert_eq!(ask(preview.address, "HEAD", "/__as-of/2026-12-05", &host).status, 403);
    assert_eq!(ask(preview.address, "GET", "/__as-of/2026-12-05", "evil.example").status, 403);
    assert_eq!(set_day(&preview, "2026-11-20").status, 302, "it is that day already");
    assert_eq!(Events::open(preview.address).next(), Some(state), "nothing happened");
    preview.stop();
}

#[test]
fn the_revision_is_looked_at_on_the_same_day() {
    let before = folder(&[(NOTICE_FILE, NOTICE)]);
    committed(&before);
    let preview = Preview::start_as(before, |options| {
        options.input.drafts = false;
        options.review = Some("HEAD".to_owned());
    });
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    set_day(&preview, "2026-12-05");
    events.next_page(&first);
    assert!(list(&preview).contains("没有改动"), "both states have the notice of that day");
    assert_eq!(bar(&preview, NOTICE_PAGE)["old"], json!(format!("/__review/old{NOTICE_PAGE}")));
    preview.stop();
}

#[test]
fn a_draft_becomes_public() {
    let draft = NOTICE.replace("开始: 2026-12-01", "开始: 2026-11-01\n草稿: 是");
    let preview = public(&[(NOTICE_FILE, &draft)]);
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    assert_eq!(get(preview.address, NOTICE_PAGE).status, 404);
    assert!(!get(preview.address, "/").text().contains("年底停办"));
    preview.save(NOTICE_FILE, &draft.replace("\n草稿: 是", ""));
    let second = events.next_page(&first);
    assert_eq!(get(preview.address, NOTICE_PAGE).status, 200);
    assert!(get(preview.address, "/").text().contains("年底停办"));
    preview.save(NOTICE_FILE, &draft);
    events.next_page(&second);
    assert_eq!(get(preview.address, NOTICE_PAGE).status, 404, "and a draft again");
    assert!(!get(preview.address, "/sitemap.xml").text().contains("year-end"));
    preview.stop();
    let shown = Preview::start(folder(&[(NOTICE_FILE, &draft)]));
    assert_eq!(get(shown.address, NOTICE_PAGE).status, 200, "a preview shows drafts unless told otherwise");
    shown.stop();
}

#[test]
fn attachments_come_change_and_go() {
    const FILE: &str = "/map.pdf";
    let preview = small(&[("content/static/keep.pdf", "x")]);
    let mut events = Events::open(preview.address);
    let mut state = events.next().unwrap();
    let row = |preview: &Preview| {
        let page = list(preview);
        let at = page.find("content/static/map.pdf");
        at.map(|at| page[at..].split("</tr>").next().unwrap().to_owned())
    };
    preview.save("content/static/map.pdf", "第一张");
    state = events.next_page(&state);
    let answer = get(preview.address, FILE);
    assert_eq!((answer.status, answer.header("Content-Type"), answer.text()), (200, "application/pdf", "第一张"));
    assert!(row(&preview).unwrap().contains("（没有）"), "it is new");
    preview.save("content/static/map.pdf", "第二张图");
    state = events.next_page(&state);
    assert_eq!(get(preview.address, FILE).text(), "第二张图");
    assert!(row(&preview).unwrap().contains("12 B"));
    preview.save("content/static/keep.pdf", "y");
    state = events.next_page(&state);
    assert!(list(&preview).contains("大小一样，内容不同"), "of one size, with other contents");
    fs::remove_file(preview.folder.path().join("content/static/map.pdf")).unwrap();
    fs::remove_file(preview.folder.path().join("content/static/keep.pdf")).unwrap();
    while get(preview.address, FILE).status != 404 || get(preview.address, "/keep.pdf").status != 404 {
        state = events.next_page(&state);
    }
    assert_eq!(row(&preview), None, "what came and went is no change");
    assert!(list(&preview).contains("content/static/keep.pdf"));
    preview.stop();
}

#[test]
fn a_form_that_an_item_names_comes_back() {
    let sample = crate::review::sample_folder();
    committed(&sample);
    let preview = compared(sample);
    let item = "content/departments/scjgj/food-business-licence";
    let form = preview.folder.path().join(item).join("files/application.docx");
    let bytes = fs::read(&form).unwrap();
    let mut events = Events::open(preview.address);
    let first = events.next().unwrap();
    fs::remove_file(&form).unwrap();
    let second = events.next_findings(&first);
    assert_eq!(findings(preview.address)["is_blocked"], json!(true), "the item names a form that is not there");
    assert_eq!(get(preview.address, "/items/food-business-licence/").status, 200, "the last good page stays");
    fs::write(&form, &bytes).unwrap();
    let third = events.next_page(&second);
    let address = "/items/food-business-licence/files/application.docx";
    assert_eq!(get(preview.address, address).body, bytes);
    change(&preview, &format!("{item}/item.yaml"), "    空白表格: files/application.docx\n", "");
    fs::remove_file(&form).unwrap();
    let mut state = third;
    while get(preview.address, address).status != 404 {
        state = events.next_page(&state);
    }
    assert!(list(&preview).contains("files/application.docx"));
    preview.stop();
}
